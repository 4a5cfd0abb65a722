"""Taking in the decisions that a reviewer saved from a report.

In: the reviewer's file and the project's log. Out: the log with what is new in it, and what differs
from another reviewer's answers. A file with one line that does not fit is refused whole.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compare.catalogue import Catalogue
from compare.decisions.judge import judge_decisions
from compare.decisions.log import COLUMNS, add_decisions, new_families, read_decisions, read_log, refuse
from compare.documents import data_folder
from compare.sheets import nearest_names

__all__ = ["Imported", "import_decisions"]

_KEY = ["task_id", "family_id"]
_ASKED = [*_KEY, "reader"]
_SAME = [*_ASKED, "match", "text_sha"]


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
    last = there.drop_duplicates(_ASKED, keep="last")  # what was withdrawn may be said again
    old = pd.MultiIndex.from_frame(table[_SAME]).isin(pd.MultiIndex.from_frame(last[_SAME]))
    old |= table.duplicated(_SAME)
    added = table[~old]
    if len(added):
        add_decisions(added, place)
    judged = judge_decisions(pd.concat([there, added], ignore_index=True), catalogue, tasks)
    return Imported(added, int(old.sum()), judged[judged["status"] == "conflict"])
