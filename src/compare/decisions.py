"""Decisions: what a researcher said of a task and a family, one row each time, never rewritten.

In: ``data/catalogue/decisions.csv``, to which the review notebook adds a row for each click and
``doichieu review import`` the rows that a reviewer saved from a report. Out: what stands, what
waits because two reviewers disagree, and the catalogue with the decisions in it.

An answer is *whole* (the family is nearly all that the task asks: nothing else is asked about it),
*part*, *no*, *new* (a family of its own, whose title stands beside it) or *withdrawn* (an earlier
answer of the same reader is taken back; where that one settled a conflict, and the withdrawal says so
too, the conflict is open again). Each row keeps the fingerprint of the task's text as it was
read; where the text has changed since, the decision stands and is shown as stale.
"""

import os
import re
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from compare.agreement import locality_of
from compare.catalogue import Catalogue
from compare.documents import data_folder
from compare.errors import CatalogueError, accepted
from compare.sheets import nearest_names, read_rows
from compare.text import fingerprint, fold

__all__ = [
    "ANSWERS",
    "COLUMNS",
    "Imported",
    "add_decisions",
    "apply_decisions",
    "family_slug",
    "import_decisions",
    "judge_decisions",
    "read_decisions",
]

COLUMNS = ["task_id", "family_id", "match", "title_vi", "text_sha", "reader", "date", "settles", "note"]
OPTIONAL = ["title_vi", "settles", "note"]
ANSWERS = ("whole", "part", "no", "new", "withdrawn")
STATUSES = ("standing", "stale", "conflict", "superseded", "withdrawn", "lost")
_KEY = ["task_id", "family_id"]
_ASKED = [*_KEY, "reader"]
_SAME = [*_ASKED, "match", "text_sha"]
_SHA = re.compile(r"[0-9a-f]{12}")
N_COMPLAINTS = 20


def family_slug(title: str) -> str:
    """Make a title a family's id.

    Examples
    --------
    >>> family_slug("Bảo hiểm nông nghiệp cho thành viên")
    'bao-hiem-nong-nghiep-cho-thanh-vien'
    """
    words = re.findall(r"[a-z0-9]+", fold(title))
    return "-".join(words[1:] if words[:1] == ["draft"] else words)


def _family_complaints(row: Mapping[str, str], catalogued: Set[str], known: Set[str]) -> list[str]:
    family = row["family_id"]
    if row["match"] == "new" and family in catalogued:
        return [f"family {family!r} is in the catalogue: answer whole or part, or give another title_vi"]
    if row["match"] != "new" and family not in known:
        return [f"unknown family_id {family!r}; {nearest_names(family, known)}"]
    return []


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _complaints(row: Mapping[str, str]) -> list[str]:
    """Say what is wrong with one row, whatever the catalogue and the tasks."""
    wrong = [f"a {column} wanted, found none" for column in _ASKED if not row[column]]
    if row["match"] not in ANSWERS:
        wrong.append(f"unknown match {row['match']!r}; {accepted(ANSWERS)}")
    if not _is_date(row["date"]):
        wrong.append(f"a date like 2026-11-21 wanted, found {row['date']!r}")
    if not _SHA.fullmatch(row["text_sha"]):
        wrong.append(f"a text_sha of 12 hexadecimal digits wanted, found {row['text_sha']!r}")
    if row["settles"] not in ("", "yes"):
        wrong.append(f"settles: yes or nothing wanted, found {row['settles']!r}")
    if row["match"] == "new" and not family_slug(row["title_vi"]):
        wrong.append("a title_vi wanted for a new family, found none")
    elif row["match"] == "new" and row["family_id"] != family_slug(row["family_id"]):
        wrong.append(f"family_id in kebab-case and without 'draft-' wanted, found {row['family_id']!r}")
    return wrong


def _fill_family(table: pd.DataFrame) -> pd.DataFrame:
    """Give a new family without an id the one that its title makes."""
    made = (table["match"] == "new") & (table["family_id"] == "")
    return table.assign(family_id=table["family_id"].mask(made, table["title_vi"].map(family_slug)))


def _refuse(path: Path, found: list[str]) -> None:
    if found:
        more = f"; and {len(found) - N_COMPLAINTS} more" if len(found) > N_COMPLAINTS else ""
        raise CatalogueError(f"{path}: " + "; ".join(found[:N_COMPLAINTS]) + more)


def read_decisions(path: str | Path | None = None, catalogue: Catalogue | None = None) -> pd.DataFrame:
    """Read and check decisions.

    Parameters
    ----------
    path : path, optional
        ``data/catalogue/decisions.csv`` by default, which need not exist yet.
    catalogue : Catalogue, optional
        When given, a family that neither it nor a *new* row knows is an error.

    Returns
    -------
    DataFrame
        One row a decision in the order of the file, indexed by its line: :data:`COLUMNS`.
        ``text_sha`` is the :func:`fingerprint` of the task's text; ``settles`` is *yes* where the
        answer ends a conflict.

    Raises
    ------
    CatalogueError
        With every line that does not fit, up to twenty.
    """
    place = data_folder("catalogue") / "decisions.csv" if path is None else Path(path)
    if path is None and not place.is_file():
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    return _read_log(place, catalogue)


def _read_log(place: Path, catalogue: Catalogue | None, made: Collection[str] = ()) -> pd.DataFrame:
    """Read and check decisions; ``made`` are new families of other decisions."""
    table = _fill_family(read_rows(place, COLUMNS, OPTIONAL))
    rows = list(zip(table.index, table.to_dict("records"), strict=True))
    found = [f"line {line}: {c}" for line, row in rows for c in _complaints(row)]
    if catalogue is not None:
        catalogued = set(catalogue.families["family_id"])
        known = catalogued | _made(table) | set(made)
        found += [
            f"line {line}: {c}" for line, row in rows for c in _family_complaints(row, catalogued, known)
        ]
    _refuse(place, found)
    return table


def _made(decisions: pd.DataFrame) -> set[str]:
    """Return the families that decisions make."""
    return set(decisions.loc[decisions["match"] == "new", "family_id"])


def _unsettled(rows: pd.DataFrame) -> list[object]:
    """Find settling answers that their reader took back as such, and the rows that took them back."""
    found: list[object] = []
    settled: dict[str, list[object]] = {}
    for place, row in rows[rows["settles"] != ""].iterrows():
        before = settled.setdefault(row["reader"], [])
        if row["match"] != "withdrawn":
            before.append(place)
        elif before:
            found += [before.pop(), place]
    return found


def _judge_pair(rows: pd.DataFrame, catalogued: str) -> dict[object, str]:
    """Judge the decisions about one task and family, in the order in which they were made."""
    unsettled = _unsettled(rows)
    status: dict[object, str] = dict.fromkeys(unsettled, "withdrawn")
    last: dict[str, object] = {}
    for place, row in rows.drop(index=unsettled).iterrows():
        taken_back = (
            list(last.values()) if row["settles"] else [last[r] for r in (row["reader"],) if r in last]
        )
        status |= dict.fromkeys(taken_back, "withdrawn" if row["match"] == "withdrawn" else "superseded")
        if row["settles"]:
            last, catalogued = {}, ""
        last.pop(row["reader"], None)
        if row["match"] == "withdrawn":
            status[place] = "withdrawn"
        else:
            last[row["reader"]] = place
    answers = {rows.at[place, "match"].replace("new", "whole") for place in last.values()}
    standing = "standing" if len(answers | ({catalogued} - {""})) < 2 else "conflict"
    return status | dict.fromkeys(last.values(), standing)


def judge_decisions(
    decisions: pd.DataFrame, catalogue: Catalogue | None = None, tasks: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say of each decision whether it stands.

    Parameters
    ----------
    decisions : DataFrame
        Of :func:`read_decisions`.
    catalogue : Catalogue, optional
        Its memberships count as an earlier reviewer's answers.
    tasks : DataFrame, optional
        Columns used: ``task_id``, ``locality``, ``text``.

    Returns
    -------
    DataFrame
        The decisions with ``status``: *standing*; *stale* (stands, but the task's text has changed
        since); *conflict* (two reviewers, or a reviewer and the catalogue, answer differently, and
        none has settled it: neither stands); *superseded* and *withdrawn* (by a later row);
        *lost* (the locality's document has no such task any more).
    """
    matches = catalogue.memberships.set_index(_KEY)["match"].to_dict() if catalogue is not None else {}
    judged: dict[object, str] = {}
    for pair, rows in decisions.groupby(_KEY, sort=False):
        judged |= _judge_pair(rows, matches.get(pair, ""))
    status = pd.Series(judged, dtype="str").reindex(decisions.index)
    table = decisions.assign(status=status.astype("str"))
    return table if tasks is None else _mark_changed(table, tasks)


def _mark_changed(judged: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    now = dict(zip(tasks["task_id"], tasks["text"].map(fingerprint), strict=True))
    found = judged["task_id"].map(now)
    here = judged["task_id"].map(locality_of).isin(set(tasks["locality"]))
    stands = judged["status"] == "standing"
    status = judged["status"].mask(stands & found.notna() & (found != judged["text_sha"]), "stale")
    return judged.assign(status=status.mask(stands & here & found.isna(), "lost"))


def apply_decisions(catalogue: Catalogue, judged: pd.DataFrame) -> Catalogue:
    """Put the decisions that stand into the catalogue.

    Parameters
    ----------
    catalogue : Catalogue
    judged : DataFrame
        Of :func:`judge_decisions`.

    Returns
    -------
    Catalogue
        A task for which only *part* and *no* were answered is ``partly_read``: its other families
        are still to be found.
    """
    stand = judged[judged["status"].isin(["standing", "stale"])].drop_duplicates(_KEY, keep="last")
    if stand.empty:
        return catalogue
    added = stand.assign(match=stand["match"].replace("new", "whole"))[catalogue.memberships.columns]
    kept = catalogue.memberships
    replaced = pd.MultiIndex.from_frame(kept[_KEY]).isin(pd.MultiIndex.from_frame(added[_KEY]))
    both = pd.concat([kept[~replaced], added]).sort_values(["family_id", "task_id"])
    read = set(kept.loc[kept["match"] != "no", "task_id"]) - catalogue.partly_read
    read |= set(added.loc[added["match"] == "whole", "task_id"])
    open_tasks = set(added.loc[added["match"] == "part", "task_id"]) | catalogue.partly_read
    return replace(
        catalogue,
        families=_with_new(catalogue.families, judged[judged["family_id"].isin(stand["family_id"])]),
        memberships=both.reset_index(drop=True),
        partly_read=frozenset(open_tasks - read),
        recent=catalogue.recent | frozenset(set(added["task_id"]) - set(kept["task_id"])),
    )


def _with_new(families: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Add the families that reviewers made, each under the title that it was given first.

    The answer that made a family need not stand: another may have joined the family since.
    """
    first = judged[judged["match"] == "new"].drop_duplicates("family_id")
    made = first[["family_id", "title_vi"]].assign(title_en="", pillar=0, description="", status="reviewed")
    both = pd.concat([families, made[~made["family_id"].isin(set(families["family_id"]))]])
    return both.sort_values("family_id").reset_index(drop=True)


def add_decisions(rows: pd.DataFrame, path: str | Path | None = None) -> Path:
    """Add decisions to the file, at once and in one piece; nothing that stands there is touched.

    Parameters
    ----------
    rows : DataFrame
        :data:`COLUMNS`.
    path : path, optional
        ``data/catalogue/decisions.csv`` by default, made where it does not exist.

    Raises
    ------
    CatalogueError
        A row does not fit, or the file has other columns; nothing is written then.
    """
    place = data_folder("catalogue") / "decisions.csv" if path is None else Path(path)
    rows = _fill_family(rows[COLUMNS])
    found = [c for row in rows.to_dict("records") for c in _complaints(row)]
    _refuse(place, [f"new row: {c}" for c in found])
    before = place.read_bytes() if place.is_file() else b""
    header = before.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip()
    if before and header != ",".join(COLUMNS):
        raise CatalogueError(
            f"{place}, line 1: columns {','.join(COLUMNS)} wanted, in this order and parted by commas; "
            f"found {header!r}"
        )
    text = rows.to_csv(index=False, header=not before, lineterminator="\n")
    start = "\n" if before and not before.endswith(b"\n") else "" if before else "\ufeff"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab") as file:
        file.write((start + text).encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    return place


@dataclass(frozen=True)
class Imported:
    """What an import did: decisions added, those that were there already, and open conflicts."""

    added: pd.DataFrame
    n_known: int
    conflicts: pd.DataFrame


def _check_against(table: pd.DataFrame, path: Path, tasks: pd.DataFrame) -> None:
    """Refuse unknown tasks, and two answers of one reader about the same thing in one file."""
    known = set(tasks["task_id"])
    unknown = table.loc[~table["task_id"].isin(known), "task_id"]
    found = [f"line {n}: unknown task_id {t!r}; {nearest_names(t, known)}" for n, t in unknown.items()]
    for _, rows in table[table["match"] != "withdrawn"].groupby(_ASKED, sort=False):
        if rows["match"].nunique() > 1:
            lines = " and ".join(str(line) for line in rows.index)
            found.append(
                f"lines {lines}: one answer a task and family wanted, found {', '.join(rows['match'])}"
            )
    _refuse(path, found)


def import_decisions(
    file: str | Path, tasks: pd.DataFrame, catalogue: Catalogue, path: str | Path | None = None
) -> Imported:
    """Take in the decisions that a reviewer saved from a report.

    Parameters
    ----------
    file : path
        CSV with :data:`COLUMNS`.
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``text``.
    catalogue : Catalogue
    path : path, optional
        The project's decisions, ``data/catalogue/decisions.csv`` by default.

    Returns
    -------
    Imported
        ``conflicts`` are the rows of both sides; none of them stands until one settles it.

    Raises
    ------
    CatalogueError
        With every line that does not fit; nothing is taken in then.
    """
    place = data_folder("catalogue") / "decisions.csv" if path is None else Path(path)
    there = read_decisions(place) if place.is_file() else pd.DataFrame(columns=COLUMNS, dtype="str")
    table = _read_log(Path(file), catalogue, _made(there))
    _check_against(table, Path(file), tasks)
    last = there.drop_duplicates(_ASKED, keep="last")  # what was withdrawn may be said again
    old = pd.MultiIndex.from_frame(table[_SAME]).isin(pd.MultiIndex.from_frame(last[_SAME]))
    old |= table.duplicated(_SAME)
    added = table[~old]
    if len(added):
        add_decisions(added, place)
    judged = judge_decisions(pd.concat([there, added], ignore_index=True), catalogue, tasks)
    return Imported(added, int(old.sum()), judged[judged["status"] == "conflict"])
