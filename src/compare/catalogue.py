"""The catalogue: the families of work, and which task a reader put into which.

In: ``families.csv`` and ``memberships.csv`` of ``data/catalogue``, kept by hand and in git. Out: a
:class:`Catalogue`, checked row by row, so that an error names the file and the line to mend. Assumed:
a task with at least one membership *whole* or *part* has been read completely; a *no* only says that
this task is not in this family.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compare.agreement import agreement, locality_of, shared_pairs, task_pairs
from compare.documents import data_folder
from compare.errors import CatalogueError
from compare.sheets import check_known, check_unique, read_rows, write_rows

__all__ = [
    "MATCHES",
    "Catalogue",
    "empty_catalogue",
    "read_catalogue",
    "reading_agreement",
    "write_catalogue",
]

FAMILY_COLUMNS = ["family_id", "title_vi", "title_en", "pillar", "description", "status"]
MEMBERSHIP_COLUMNS = ["family_id", "task_id", "match", "reader", "date", "note", "text_sha"]
READING_COLUMNS = ["family_id", "task_id", "match", "note"]
MATCHES = ("whole", "part", "no")
PILLARS = ("0", "1", "2", "3", "4", "5")
STATUSES = ("reviewed", "draft")
_KEBAB = re.compile(r"(?!draft-)[a-z0-9]+(?:-[a-z0-9]+)*")  # drafted families own the prefix


@dataclass(frozen=True)
class Catalogue:
    """Families, and reviewed memberships.

    Parameters
    ----------
    families : DataFrame
        ``family_id``, ``title_vi``, ``title_en``, ``pillar``, ``description``, ``status``.
    memberships : DataFrame
        ``family_id``, ``task_id``, ``match`` (whole, part, no), ``reader``, ``date``, ``note`` (that
        of a *part* quotes the words of the task that the family is in), ``text_sha`` (fingerprint of
        the task's text when it was read, :func:`compare.text.fingerprint`; empty where it was
        not taken).
    partly_read : frozenset of str
        Tasks of which a reader has decided some families, and may not have seen others.
    recent : frozenset of str
        Tasks that only the log of decisions knows: evidence for other plans, not for their own,
        which is still being read.
    """

    families: pd.DataFrame
    memberships: pd.DataFrame
    partly_read: frozenset[str] = frozenset()
    recent: frozenset[str] = frozenset()

    def without(self, task_ids: Iterable[str]) -> "Catalogue":
        """Return the catalogue as if these tasks had never been read.

        Families that had no other member are gone too: their titles would speak of those tasks.
        """
        kept = self.memberships[~self.memberships["task_id"].isin(set(task_ids))]
        families = self.families[self.families["family_id"].isin(set(kept["family_id"]))]
        left = set(kept["task_id"])
        return Catalogue(
            families.reset_index(drop=True),
            kept.reset_index(drop=True),
            self.partly_read & left,
            self.recent & left,
        )


def empty_catalogue() -> Catalogue:
    """Return a catalogue that knows nothing yet."""
    families = pd.DataFrame(columns=FAMILY_COLUMNS, dtype="str").astype({"pillar": "int64"})
    return Catalogue(families, pd.DataFrame(columns=MEMBERSHIP_COLUMNS, dtype="str"))


def _check_ids(table: pd.DataFrame, path: Path) -> None:
    for line, found in table["family_id"].items():
        if not _KEBAB.fullmatch(found):
            raise CatalogueError(
                f"{path}, line {line}: family_id in kebab-case and without 'draft-' wanted, found {found!r}"
            )


def _read_families(path: Path) -> pd.DataFrame:
    families = read_rows(path, FAMILY_COLUMNS)
    _check_ids(families, path)
    check_unique(families, path, ["family_id"])
    check_known(families, path, "pillar", PILLARS)
    check_known(families, path, "status", STATUSES)
    return families.astype({"pillar": "int64"})


def _read_memberships(
    path: Path, columns: Sequence[str], families: Collection[str], tasks: pd.DataFrame | None
) -> pd.DataFrame:
    memberships = read_rows(path, columns, optional=["text_sha"])
    check_known(memberships, path, "family_id", families)
    check_known(memberships, path, "match", MATCHES)
    check_unique(memberships, path, ["family_id", "task_id"])
    if tasks is not None:
        here = memberships["task_id"].map(locality_of).isin(set(tasks["task_id"].map(locality_of)))
        check_known(memberships[here], path, "task_id", tasks["task_id"].tolist())
    return memberships


def read_catalogue(folder: str | Path | None = None, tasks: pd.DataFrame | None = None) -> Catalogue:
    """Read and check the catalogue.

    Parameters
    ----------
    folder : path, optional
        Folder with ``families.csv`` and ``memberships.csv``; ``data/catalogue`` by default.
    tasks : DataFrame, optional
        Column used: ``task_id``. When given, a membership of any other task of their localities is
        an error; localities that are not there are left alone.

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


def write_catalogue(catalogue: Catalogue, folder: str | Path) -> None:
    """Write both tables as :func:`read_catalogue` reads them; the families first.

    Families stay in the order of the file that is there, new ones follow. A crash between the two
    leaves families without members, which is no error.
    """
    place = Path(folder, "families.csv")
    there = read_rows(place, ["family_id"])["family_id"].tolist() if place.is_file() else []
    order = {family: number for number, family in enumerate(there)}
    rank = catalogue.families["family_id"].map(lambda family: order.get(family, len(order)))
    families = catalogue.families.assign(rank=rank).sort_values(["rank", "family_id"])[FAMILY_COLUMNS]
    memberships = catalogue.memberships.sort_values(["family_id", "task_id"])[MEMBERSHIP_COLUMNS]
    write_rows(families, place)
    write_rows(memberships, Path(folder, "memberships.csv"))


def _read_reading(folder: Path) -> pd.DataFrame:
    families = read_rows(folder / "families.csv", ["family_id"])
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
