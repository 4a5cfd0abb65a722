"""Taking in the decisions that a reviewer saved from a report.

In: the reviewer's file and the project's log. Out: the log with what is new in it, and what differs
from another reviewer's answers. A file with one line that does not fit is refused whole.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compare.catalogue import Catalogue
from compare.decisions.judge import judge_decisions
from compare.decisions.log import (
    COLUMNS,
    Complaint,
    add_decisions,
    family_slug,
    new_families,
    read_decisions,
    read_log,
    refuse,
    unknown_name,
)
from compare.documents import data_folder

__all__ = ["Imported", "import_decisions"]

_KEY = ["task_id", "family_id"]
_ASKED = [*_KEY, "reader"]
_WHOLE = [*_ASKED, "match", "text_sha", "settles", "date"]


@dataclass(frozen=True)
class Imported:
    """What an import did: decisions added, those that were there already, and open conflicts."""

    added: pd.DataFrame
    n_known: int
    conflicts: pd.DataFrame


def _check_titles(table: pd.DataFrame, path: Path, catalogue: Catalogue) -> None:
    """Refuse new families that have the title of another one: the catalogue would have it twice."""
    families = catalogue.families
    named = dict(zip(families["title_vi"].map(family_slug), families["family_id"], strict=True))
    made = table[table["match"] == "new"]
    slugs = made["title_vi"].map(family_slug)
    found = [
        f"line {line}: a new family wanted, found the title of {named[slug]!r}: answer whole or part"
        for line, slug, family in zip(made.index, slugs, made["family_id"], strict=True)
        if named.get(slug, family) != family
    ]
    refuse(path, found)


def _says(row: Mapping[str, str], last: Mapping[str, str] | None) -> bool:
    """Say whether a reader's last row says what a row says; a conflict is settled anew each time."""
    if last is None or any(row[column] != last[column] for column in ("match", "text_sha")):
        return False
    return not row["settles"] or all(row[column] == last[column] for column in ("settles", "date"))


def _changed(
    row: Mapping[str, str], logged: Set[tuple[str, ...]], said: Mapping[tuple[str, ...], Mapping[str, str]]
) -> bool:
    """Say whether a row is in the log, and its reader has answered otherwise on a later day."""
    last = said.get(tuple(row[column] for column in _ASKED))
    known = tuple(row[column] for column in _WHOLE) in logged
    return known and last is not None and row["date"] < last["date"]


def _unknown(table: pd.DataFrame, there: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the log does not have; what was withdrawn may be said again.

    A row that the log has, and that its reader has changed on a later day, stays changed.
    """
    ends = there.drop_duplicates(_ASKED, keep="last").to_dict("records")
    said = {tuple(row[column] for column in _ASKED): row for row in ends}
    found: list[object] = []
    logged = set(there[_WHOLE].itertuples(index=False, name=None))
    for key, asked in table.groupby(_ASKED, sort=False):
        kept = [not _changed(row, logged, said) for row in asked.to_dict("records")]
        if not any(kept):
            continue
        rows = asked[kept]
        last, records = said.get(key), rows.to_dict("records")
        if _says(records[-1], last):
            continue
        for place, row in zip(rows.index, records, strict=True):
            if not _says(row, last):
                found.append(place)
                last = row
    return table[table.index.isin(found)]


def _check_against(table: pd.DataFrame, path: Path, tasks: pd.DataFrame) -> None:
    """Refuse unknown tasks, and two answers of one reader about the same thing in one file."""
    known = set(tasks["task_id"])
    unknown = table.loc[~table["task_id"].isin(known), "task_id"]
    found: list[Complaint] = [unknown_name(n, "task_id", t, known) for n, t in unknown.items()]
    for _, rows in table[table["match"] != "withdrawn"].groupby(_ASKED, sort=False):
        if rows["match"].nunique() > 1:
            lines = " and ".join(str(line) for line in rows.index)
            found.append(
                f"lines {lines}: one answer a task and family wanted, found {', '.join(rows['match'])}"
            )
    refuse(path, found)


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
    table = read_log(Path(file), catalogue, new_families(there))
    _check_against(table, Path(file), tasks)
    _check_titles(table, Path(file), catalogue)
    added = _unknown(table, there)
    if len(added):
        add_decisions(added, place)
    judged = judge_decisions(pd.concat([there, added], ignore_index=True), catalogue, tasks)
    return Imported(added, len(table) - len(added), judged[judged["status"] == "conflict"])
