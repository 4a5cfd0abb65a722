"""The catalogue: the families of work, and which task a reader put into which.

In: ``families.csv`` and ``memberships.csv`` of ``data/catalogue``, kept by hand and in git. Out: a
:class:`Catalogue`, checked row by row, so that an error names the file and the line to mend. Assumed:
a task with at least one membership *whole* or *part* has been read completely; a *no* only says that
this task is not in this family.
"""

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from compare.agreement import agreement, shared_pairs, task_pairs
from compare.documents import data_folder
from compare.errors import CatalogueError, accepted
from compare.text import nfc

__all__ = ["MATCHES", "Catalogue", "read_catalogue", "reading_agreement"]

FAMILY_COLUMNS = ["family_id", "title_vi", "title_en", "pillar", "description", "status"]
MEMBERSHIP_COLUMNS = ["family_id", "task_id", "match", "reader", "date", "note"]
READING_COLUMNS = ["family_id", "task_id", "match", "note"]
MATCHES = ("whole", "part", "no")
PILLARS = ("0", "1", "2", "3", "4", "5")
STATUSES = ("reviewed", "draft")
N_NAMES = 5
_KEBAB = re.compile(r"(?!draft-)[a-z0-9]+(?:-[a-z0-9]+)*")  # drafted families own the prefix


@dataclass(frozen=True)
class Catalogue:
    """Families, and reviewed memberships.

    Parameters
    ----------
    families : DataFrame
        ``family_id``, ``title_vi``, ``title_en``, ``pillar``, ``description``, ``status``.
    memberships : DataFrame
        ``family_id``, ``task_id``, ``match`` (whole, part, no), ``reader``, ``date``, ``note``; the
        note of a *part* quotes the words of the task that the family is in.
    """

    families: pd.DataFrame
    memberships: pd.DataFrame

    def without(self, task_ids: Iterable[str]) -> "Catalogue":
        """Return the catalogue as if these tasks had never been read.

        Families that had no other member are gone too: their titles would speak of those tasks.
        """
        kept = self.memberships[~self.memberships["task_id"].isin(set(task_ids))]
        families = self.families[self.families["family_id"].isin(set(kept["family_id"]))]
        return Catalogue(families.reset_index(drop=True), kept.reset_index(drop=True))


def _read_rows(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read a CSV file as text; the index is the line on which a row starts."""
    if not path.is_file():
        raise CatalogueError(f"catalogue file wanted at {path}, found none")
    lines: list[int] = []
    rows: list[list[str]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header, before = next(reader, []), reader.line_num
        if missing := [c for c in columns if c not in header]:
            raise CatalogueError(f"{path}, line 1: missing columns {missing}; {accepted(columns)}")
        for row in reader:
            if row and len(row) != len(header):
                raise CatalogueError(
                    f"{path}, line {before + 1}: {len(header)} cells wanted, found {len(row)}"
                )
            if row:
                rows.append([nfc(cell) for cell in row])
                lines.append(before + 1)
            before = reader.line_num
    return pd.DataFrame(rows, index=lines, columns=header, dtype="str")[list(columns)]


def _names(found: str, known: Collection[str]) -> str:
    """Name what would have been accepted: all where they are few, else the nearest."""
    if len(known) <= 2 * N_NAMES:
        return accepted(known)
    return "accepted, nearest first: " + ", ".join(
        get_close_matches(found, sorted(known), n=N_NAMES, cutoff=0.0)
    )


def _check_known(table: pd.DataFrame, path: Path, column: str, known: Collection[str]) -> None:
    for line, found in table.loc[~table[column].isin(set(known)), column].head(1).items():
        raise CatalogueError(f"{path}, line {line}: unknown {column} {found!r}; {_names(found, known)}")


def _check_unique(table: pd.DataFrame, path: Path, key: list[str]) -> None:
    for line, row in table[table.duplicated(key)].head(1).iterrows():
        first = table.index[(table[key] == row[key]).all(axis=1)][0]
        raise CatalogueError(
            f"{path}, line {line}: one row a ({', '.join(key)}) wanted, "
            f"found {tuple(row[key])} again, first on line {first}"
        )


def _check_ids(table: pd.DataFrame, path: Path) -> None:
    for line, found in table["family_id"].items():
        if not _KEBAB.fullmatch(found):
            raise CatalogueError(
                f"{path}, line {line}: family_id in kebab-case and without 'draft-' wanted, found {found!r}"
            )


def _read_families(path: Path) -> pd.DataFrame:
    families = _read_rows(path, FAMILY_COLUMNS)
    _check_ids(families, path)
    _check_unique(families, path, ["family_id"])
    _check_known(families, path, "pillar", PILLARS)
    _check_known(families, path, "status", STATUSES)
    return families.astype({"pillar": "int64"})


def _read_memberships(
    path: Path, columns: Sequence[str], families: Collection[str], tasks: pd.DataFrame | None
) -> pd.DataFrame:
    memberships = _read_rows(path, columns)
    _check_known(memberships, path, "family_id", families)
    _check_known(memberships, path, "match", MATCHES)
    _check_unique(memberships, path, ["family_id", "task_id"])
    if tasks is not None:
        _check_known(memberships, path, "task_id", tasks["task_id"].tolist())
    return memberships


def read_catalogue(folder: str | Path | None = None, tasks: pd.DataFrame | None = None) -> Catalogue:
    """Read and check the catalogue.

    Parameters
    ----------
    folder : path, optional
        Folder with ``families.csv`` and ``memberships.csv``; ``data/catalogue`` by default.
    tasks : DataFrame, optional
        Column used: ``task_id``. When given, a membership of any other task is an error.

    Returns
    -------
    Catalogue
        Both tables in the order of their keys, whatever the order in the files.

    Raises
    ------
    CatalogueError
        A file or column is missing, an id unknown, malformed or repeated, or a value not accepted;
        the message names the file and the line.
    """
    place = data_folder("catalogue") if folder is None else Path(folder)
    families = _read_families(place / "families.csv")
    known = set(families["family_id"])
    memberships = _read_memberships(place / "memberships.csv", MEMBERSHIP_COLUMNS, known, tasks)
    return Catalogue(
        families.sort_values("family_id").reset_index(drop=True),
        memberships.sort_values(["family_id", "task_id"]).reset_index(drop=True),
    )


def _read_reading(folder: Path) -> pd.DataFrame:
    families = _read_rows(folder / "families.csv", ["family_id"])
    known = set(families["family_id"])
    return _read_memberships(folder / "memberships.csv", READING_COLUMNS, known, None)


def reading_agreement(folder: str | Path | None = None) -> pd.DataFrame:
    """Compute how far the two readings agree with each other and with the settled catalogue.

    Parameters
    ----------
    folder : path, optional
        Folder with the catalogue and ``readings/a``, ``readings/b``.

    Returns
    -------
    DataFrame
        One row a comparison: ``left``, ``right``, ``n_left``, ``n_right``, ``n_both`` (pairs of
        tasks of different localities that share a family in the one, the other, both),
        ``precision`` and ``recall`` of right against left, ``f1``, ``kappa``, all in [0, 1]
        (kappa from -1), and ``n_pairs``, all pairs of different localities.

    Raises
    ------
    CatalogueError
        As :func:`read_catalogue`.
    """
    place = data_folder("catalogue") if folder is None else Path(folder)
    readings = {
        "a": _read_reading(place / "readings" / "a"),
        "b": _read_reading(place / "readings" / "b"),
        "settled": read_catalogue(place).memberships,
    }
    tasks = sorted({task for reading in readings.values() for task in reading["task_id"]})
    universe = task_pairs(tasks)
    pairs = {name: shared_pairs(reading) & universe for name, reading in readings.items()}
    rows = [
        {"left": left, "right": right, **agreement(pairs[left], pairs[right], len(universe))}
        for left, right in (("a", "b"), ("a", "settled"), ("b", "settled"))
    ]
    return pd.DataFrame(rows)
