"""Who holds an agency's work today: departments merged, split or ended since the plan was written.

In: tasks with agency ids, and the hand-kept tables ``agencies.csv`` and ``successions.csv``. Out: the
table ``holders``: what each named agency became, and which of several holders the task's own words
point to. Assumed: the plan's record is right for its date and stays as it is; a successor stands
beside it. What no published source says is marked unverified and never given as the holder unasked.

A row of ``successions.csv`` says: of this agency (in this locality, or everywhere) this content went
to this successor on this date, by this ground. An empty successor is none; the agency itself is the
same body, or, with a date, a new body under the old name. Rows of a locality replace the general ones.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from compare.documents import Reference, read_reference
from compare.errors import CompareError, DocumentError, SchemaError, accepted
from compare.schema import check_table
from compare.tables import TABLES
from compare.text import fold

__all__ = ["STATUSES", "agency_holders", "agency_successors", "check_day"]

STATUSES = ("sourced", "unverified")
_ROLES = {"lead": "leads", "coordinating": "coordinating"}
_KEY = list(TABLES["holders"].key)


class _Fate(NamedTuple):
    """One end of an agency's way: who holds which content since when, by what ground."""

    holder_id: str
    content: str
    pattern: str
    since: str
    ground: str
    status: str


def check_day(day: str, where: str) -> str:
    """Return a full ISO date, or "" for none; ``where`` opens the message of the error.

    Raises
    ------
    CompareError
        The text is no date as YYYY-MM-DD.
    """
    try:
        if day and date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        raise CompareError(f"{where}: a date wanted as YYYY-MM-DD, found {day!r}") from None
    return day


def _check_row(row: Any, agencies: set[str], localities: set[str]) -> None:
    where = f"data/reference/successions.csv, line {row.Index + 2}"
    for name, value, known in (
        ("agency_id", row.agency_id, agencies),
        ("successor_id", row.successor_id, agencies | {""}),
        ("locality", row.locality, localities | {""}),
        ("status", row.status, set(STATUSES)),
    ):
        if value not in known:
            raise DocumentError(f"{where}: unknown {name} {value!r}; {accepted(filter(None, known))}")
    check_day(row.since, where)
    if not row.ground:
        raise DocumentError(f"{where}: a ground wanted (the published source, or why there is none)")
    try:
        re.compile(row.content_pattern)
    except re.error as error:
        raise DocumentError(f"{where}: content_pattern {row.content_pattern!r}: {error}") from error


def _check_overlaps(rows: pd.DataFrame) -> None:
    """Refuse two rows that dispose of the same part of an agency's work."""
    for _, own in rows.groupby(["agency_id", "locality"], sort=False):
        whole = own["content"].eq("")
        bad = own[own["content"].duplicated() | (whole & (len(own) > 1))]
        if len(bad):
            lines = ", ".join(str(i + 2) for i in own.index)
            raise DocumentError(
                f"data/reference/successions.csv, line {bad.index[0] + 2}: overlapping rows of "
                f"{bad['agency_id'].iloc[0]!r} (lines {lines}); accepted: one row for all of its work, "
                "or several rows with different contents"
            )


def _check_cycles(rows: pd.DataFrame) -> None:
    onward: dict[str, set[str]] = {}
    for agency, successor in zip(rows["agency_id"], rows["successor_id"], strict=True):
        onward.setdefault(agency, set()).update({successor} - {agency, ""})
    for line, agency in zip(rows.index + 2, rows["agency_id"], strict=True):
        reached, ahead = set[str](), set(onward[agency])
        while ahead:
            reached |= ahead
            ahead = {after for at in ahead for after in onward.get(at, ())} - reached
        if agency in reached:
            raise DocumentError(
                f"data/reference/successions.csv, line {line}: {agency!r} comes back to itself by way of "
                f"{', '.join(sorted(reached - {agency}))}; accepted: successors that lead onward only"
            )


def _read_successions(reference: Reference) -> pd.DataFrame:
    """Return the rows of ``successions.csv`` when all of them hold together."""
    rows = reference.successions
    agencies = set(reference.agencies["agency_id"])
    localities = set(reference.localities["locality"])
    for row in rows.itertuples():
        _check_row(row, agencies, localities)
    _check_overlaps(rows)
    _check_cycles(rows)
    return rows


class _Successions:
    """The rows by agency and locality, and the way from an agency to its holders of a day."""

    def __init__(self, reference: Reference, on: str) -> None:
        self.on = on
        self.rows: dict[tuple[str, str], list[Any]] = {}
        for row in _read_successions(reference).itertuples(index=False):
            self.rows.setdefault((row.agency_id, row.locality), []).append(row)

    def _own(self, agency: str, locality: str, after: str) -> Iterator[Any]:
        own = self.rows.get((agency, locality)) or self.rows.get((agency, ""), [])
        return (row for row in own if row.since > after) if after else iter(own)

    def fates(self, agency: str, locality: str, after: str = "") -> list[_Fate]:
        """Follow an agency to its holders; an agency without a row is unverified."""
        own = list(self._own(agency, locality, after))
        if not own:
            return [_Fate("", "", "", "", "chưa có dòng nào trong successions.csv", STATUSES[1])]
        in_force = [row for row in own if not self.on or row.since <= self.on]
        if not in_force:
            first = min(row.since for row in own)
            return [_Fate(agency, "", "", "", f"trước ngày {first} chưa có thay đổi", STATUSES[0])]
        return [fate for row in in_force for fate in self._onward(row, locality)]

    def _onward(self, row: Any, locality: str) -> Iterator[_Fate]:
        here = _Fate(row.successor_id, row.content, row.content_pattern, row.since, row.ground, row.status)
        later = [r for r in self._own(row.successor_id, locality, row.since) if self._in_force(r)]
        if row.successor_id in ("", row.agency_id) or not row.since or not later:
            yield here
            return
        for fate in self.fates(row.successor_id, locality, row.since):
            status = STATUSES[1] if STATUSES[1] in (here.status, fate.status) else STATUSES[0]
            yield _Fate(
                fate.holder_id,
                here.content or fate.content,
                here.pattern or fate.pattern,
                fate.since,
                f"{here.ground}; {fate.ground}",
                status,
            )

    def _in_force(self, row: Any) -> bool:
        return not self.on or row.since <= self.on


def _outcome(fate: _Fate, agency: str, n_holders: int) -> str:
    if fate.status != STATUSES[0]:
        return STATUSES[1]
    if not fate.holder_id:
        return "none"
    if n_holders > 1:
        return "several"
    return "same" if fate.holder_id == agency and not fate.since else "one"


def _fate_rows(agency: str, locality: str, known: _Successions, unverified: bool) -> Iterator[dict[str, Any]]:
    fates = known.fates(agency, locality)
    n_holders = len({fate.holder_id for fate in fates})
    for fate in fates:
        outcome = _outcome(fate, agency, n_holders)
        hidden = outcome == STATUSES[1] and not unverified
        yield {
            "locality": locality,
            "agency_id": agency,
            "holder_id": "" if hidden else fate.holder_id,
            "outcome": outcome,
            "content": fate.content,
            "pattern": "" if hidden else fate.pattern,
            "sole": n_holders == 1,
            "since": "" if hidden else fate.since,
            "ground": fate.ground if outcome != STATUSES[1] else f"chưa kiểm chứng: {fate.ground}",
        }


def _assignments(tasks: pd.DataFrame) -> pd.DataFrame:
    """Write one row a task, role and agency named in it."""
    parts = [
        tasks[["task_id", "locality"]].assign(role=role, agency_id=tasks[column].map(lambda v: v.split(";")))
        for role, column in _ROLES.items()
    ]
    rows = pd.concat(parts).explode("agency_id")
    return rows[rows["agency_id"] != ""].drop_duplicates()


def _check_agencies(rows: pd.DataFrame, reference: Reference) -> None:
    known = set(reference.agencies["agency_id"])
    if len(bad := rows[~rows["agency_id"].isin(known)]):
        first = bad.iloc[0]
        raise SchemaError(
            f"table 'tasks', task {first['task_id']!r}: unknown agency {first['agency_id']!r}; "
            + accepted(known)
        )


def _named(rows: pd.DataFrame, tasks: pd.DataFrame) -> list[bool]:
    """Say of each row whether its content is named: by text or product, else by the section's title."""
    indexed = tasks.set_index("task_id")
    own = (indexed["text"] + " " + indexed["product"]).map(fold)
    sections = indexed["section_title"].map(fold)
    patterns = {p: re.compile(p) for p in rows["pattern"].unique() if p}

    def hits(texts: pd.Series) -> pd.Series:
        found = [
            bool(p and patterns[p].search(texts[task]))
            for task, p in zip(rows["task_id"], rows["pattern"], strict=True)
        ]
        return pd.Series(found, rows.index, dtype=bool)

    by_task = hits(own)
    silent = ~by_task.groupby([rows[c] for c in _KEY[:3]]).transform("any")
    named: list[bool] = (by_task | (silent & hits(sections))).tolist()
    return named


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, values)))


def _merge_holders(rows: pd.DataFrame) -> pd.DataFrame:
    """Make one row of the contents that one holder took over."""
    chosen = {"content": _joined, "chosen": "any", "since": "min", "ground": _joined}
    table = rows.groupby(_KEY, sort=True).agg({"locality": "first", "outcome": "first", **chosen})
    return table.reset_index()[list(TABLES["holders"].columns)]


def agency_holders(
    tasks: pd.DataFrame,
    reference: Reference | None = None,
    on: str | None = None,
    unverified: bool = False,
) -> pd.DataFrame:
    """Say who holds today what each agency of each task was to do.

    Parameters
    ----------
    tasks : DataFrame
        The ``tasks`` table; columns used: ``task_id``, ``locality``, ``leads``, ``coordinating``,
        ``text``, ``product``, ``section_title``.
    reference : Reference, optional
        Reference tables; those of the project by default.
    on : str, optional
        Day as YYYY-MM-DD of which the holders are wanted; the latest that the tables know by default.
    unverified : bool
        Name the holders too that no published source names; their outcome stays ``unverified``.

    Returns
    -------
    DataFrame
        The ``holders`` table: one row a task, role, agency and holder, in that order. An agency that
        was split has a row a holder, ``chosen`` where the task's own words name the holder's content.

    Raises
    ------
    CompareError
        ``on`` is no date as YYYY-MM-DD.
    DocumentError
        A row of ``successions.csv`` does not hold: unknown name, no date, overlap or cycle.
    SchemaError
        A task names an agency that ``agencies.csv`` does not list.

    Examples
    --------
    >>> task = {"task_id": "ha-tinh/annex/1", "locality": "ha-tinh", "leads": "so-ke-hoach-dau-tu"}
    >>> task |= {"coordinating": "", "text": "Đăng ký hợp tác xã", "product": "", "section_title": ""}
    >>> agency_holders(pd.DataFrame([task]))[["holder_id", "outcome", "since"]].values.tolist()
    [['so-tai-chinh', 'one', '2025-03-01']]
    """
    reference = reference or read_reference()
    rows = _assignments(tasks)
    _check_agencies(rows, reference)
    known = _Successions(reference, check_day(on or "", "on"))
    pairs = sorted(set(zip(rows["agency_id"], rows["locality"], strict=True)))
    fates = [row for agency, locality in pairs for row in _fate_rows(agency, locality, known, unverified)]
    if not fates:
        return check_table(pd.DataFrame(columns=list(TABLES["holders"].columns)), "holders")
    rows = rows.merge(pd.DataFrame(fates), on=["locality", "agency_id"]).reset_index(drop=True)
    is_fact = ~rows["outcome"].isin(["none", "unverified"])
    rows["chosen"] = is_fact & (rows["sole"] | pd.Series(_named(rows, tasks), rows.index))
    return check_table(_merge_holders(rows), "holders")


def agency_successors(reference: Reference | None = None) -> pd.DataFrame:
    """Write what became of each agency, as ``successions.csv`` says it, with names to read.

    Parameters
    ----------
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    DataFrame
        One row an agency, locality ("" for everywhere without rows of its own) and successor:
        ``agency_id``, ``name_vi``, ``locality``, ``successor_id``, ``successor_vi``, ``outcome``,
        ``content``, ``since`` (ISO), ``status`` (sourced or unverified) and ``ground``.

    Raises
    ------
    DocumentError
        As :func:`agency_holders`.

    Examples
    --------
    >>> table = agency_successors().set_index(["agency_id", "locality"])
    >>> table.loc[("phong-tai-chinh-ke-hoach", ""), ["outcome", "since"]].tolist()
    ['none', '2025-07-01']
    """
    reference = reference or read_reference()
    rows = _read_successions(reference)
    names = dict(zip(reference.agencies["agency_id"], reference.agencies["name_vi"], strict=True))
    n_holders = rows.groupby(["agency_id", "locality"])["successor_id"].transform("nunique")
    outcomes = [
        _outcome(_Fate(r.successor_id, "", "", r.since, "", r.status), r.agency_id, n)
        for r, n in zip(rows.itertuples(), n_holders, strict=True)
    ]
    table = rows.assign(
        name_vi=rows["agency_id"].map(names),
        successor_vi=rows["successor_id"].map(names).fillna(""),
        outcome=outcomes,
    )
    columns = ["agency_id", "name_vi", "locality", "successor_id", "successor_vi", "outcome", "content"]
    table = table[[*columns, "since", "status", "ground"]]
    return table.sort_values(["agency_id", "locality", "content", "successor_id"]).reset_index(drop=True)
