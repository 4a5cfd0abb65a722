"""Who holds an agency's work today: departments merged, split or ended since the plan was written.

In: tasks with agency ids, and the hand-kept tables ``agencies.csv`` and ``successions.csv``. Out: the
table ``holders``: what each named agency became, and which of several holders the task's own words
point to. Assumed: the plan's record is right for its date and stays as it is; a successor stands
beside it. What no published source says is marked unverified and never given as the holder unasked.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from compare.documents import Reference, read_reference
from compare.errors import SchemaError, accepted
from compare.fates import UNVERIFIED, Fate, Successions, check_day, outcome_of, read_successions
from compare.schema import check_table
from compare.tables import TABLES
from compare.text import fold

__all__ = ["agency_holders", "agency_successors"]

_ROLES = {"lead": "leads", "coordinating": "coordinating"}
_KEY = list(TABLES["holders"].key)


def _fate_rows(agency: str, locality: str, known: Successions, unverified: bool) -> Iterator[dict[str, Any]]:
    """Write one row a holder of an agency's work; what is unverified has no holder unless asked for."""
    fates = known.fates(agency, locality)
    n_holders = len({fate.holder_id for fate in fates})
    by_holder: dict[str, list[tuple[str, Fate]]] = {}
    for fate in fates:
        outcome = outcome_of(fate, agency, n_holders)
        holder = fate.holder_id if unverified or outcome != UNVERIFIED else ""
        by_holder.setdefault(holder, []).append((outcome, fate))
    for holder, found in by_holder.items():
        own = {"agency_id": agency, "locality": locality, "holder_id": holder, "sole": n_holders == 1}
        yield own | _fate_row(found, hidden=not holder)


def _joined(values: Iterable[str], mark: str = "; ") -> str:
    return mark.join(dict.fromkeys(filter(None, values)))


def _fate_row(found: list[tuple[str, Fate]], hidden: bool) -> dict[str, Any]:
    """Put together what one holder took over; it is a fact only when all of it is."""
    outcomes = [outcome for outcome, _ in found]
    doubtful = UNVERIFIED in outcomes
    ground = _joined(fate.ground for _, fate in found)
    return {
        "outcome": UNVERIFIED if doubtful else outcomes[0],
        "content": _joined(fate.content for _, fate in found),
        "pattern": "" if doubtful else _joined((fate.pattern for _, fate in found), "|"),
        "since": "" if doubtful and hidden else min(fate.since for _, fate in found),
        "ground": f"chưa kiểm chứng: {ground}" if doubtful else ground,
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


def _named(rows: pd.DataFrame, tasks: pd.DataFrame) -> pd.Series:
    """Say of each row whether its content is named: by text or product, else by the section's title."""
    split = rows.loc[rows["pattern"] != "", ["pattern", *_KEY[:3]]]
    indexed = tasks[tasks["task_id"].isin(split["task_id"])].set_index("task_id")
    patterns = {pattern: re.compile(pattern) for pattern in split["pattern"].unique()}

    def hits(texts: pd.Series) -> pd.Series:
        folded = texts.map(fold).to_dict()
        found = [
            patterns[p].search(folded[t]) for p, t in zip(split["pattern"], split["task_id"], strict=True)
        ]
        return pd.Series([m is not None for m in found], split.index, dtype=bool)

    own = hits(indexed["text"] + " " + indexed["product"])
    silent = ~own.groupby([split[c] for c in _KEY[:3]]).transform("any").astype(bool)
    return (own | (silent & hits(indexed["section_title"]))).reindex(rows.index, fill_value=False)


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
    known = Successions(reference, check_day(on or "", "on"))
    pairs = sorted(set(zip(rows["agency_id"], rows["locality"], strict=True)))
    fates = [row for agency, locality in pairs for row in _fate_rows(agency, locality, known, unverified)]
    if not fates:
        return check_table(pd.DataFrame(columns=list(TABLES["holders"].columns)), "holders")
    rows = rows.merge(pd.DataFrame(fates), on=["locality", "agency_id"]).reset_index(drop=True)
    is_fact = ~rows["outcome"].isin(["none", "unverified"])
    rows["chosen"] = is_fact & (rows["sole"] | _named(rows, tasks))
    return check_table(rows.sort_values(_KEY)[list(TABLES["holders"].columns)], "holders")


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
        ``content``, ``since`` (ISO), ``status`` (sourced, renewed, loose or unverified) and ``ground``.

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
    rows = read_successions(reference)
    names = dict(zip(reference.agencies["agency_id"], reference.agencies["name_vi"], strict=True))
    n_holders = rows.groupby(["agency_id", "locality"])["successor_id"].transform("nunique")
    outcomes = [
        outcome_of(Fate(r.successor_id, "", "", r.since, "", r.status), r.agency_id, n)
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
