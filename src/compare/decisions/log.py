"""The log of decisions: read and checked line by line, and added to.

In: a CSV file. Out: one row a decision, in the order in which they were made. A row that was written
is never touched again; what it said is superseded or taken back by later rows.
"""

import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from compare.catalogue import Catalogue
from compare.documents import data_folder
from compare.errors import CatalogueError, accepted
from compare.sheets import csv_text, nearest_names, read_rows
from compare.text import fold

__all__ = [
    "ANSWERS",
    "COLUMNS",
    "Complaint",
    "add_decisions",
    "family_of_title",
    "family_slug",
    "new_families",
    "read_decisions",
    "read_log",
    "refuse",
    "unknown_name",
]

COLUMNS = ["task_id", "family_id", "match", "title_vi", "text_sha", "reader", "date", "settles", "note"]
OPTIONAL = ["title_vi", "settles", "note"]
ANSWERS = ("whole", "part", "no", "new", "withdrawn")
WANTED = ("task_id", "family_id", "reader")
_DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_SHA = re.compile(r"[0-9a-f]{12}")
N_COMPLAINTS = 20
Complaint: TypeAlias = str | Callable[[], str]  # a function where saying it takes time
LONGEST = 100_000  # characters of a cell; a reader of CSV takes some more


def family_slug(title: str) -> str:
    """Make a title a family's id.

    Examples
    --------
    >>> family_slug("Bảo hiểm nông nghiệp cho thành viên")
    'bao-hiem-nong-nghiep-cho-thanh-vien'
    """
    words = re.findall(r"[a-z0-9]+", fold(title))
    while words[:1] == ["draft"]:
        words = words[1:]
    return "-".join(words)


def family_of_title(title: str, catalogue: Catalogue) -> str:
    """Return the family of the catalogue that a title would be taken for; empty where it is new."""
    slug, families = family_slug(title), catalogue.families
    named = families.loc[families["title_vi"].map(family_slug) == slug, "family_id"].tolist()
    return slug if slug in set(families["family_id"]) else next(iter(named), "")


def _settled_families(table: pd.DataFrame, catalogue: Catalogue) -> set[str]:
    """Return the new families that the catalogue has from these very decisions."""
    key = ["task_id", "family_id"]
    there = pd.MultiIndex.from_frame(table[key]).isin(pd.MultiIndex.from_frame(catalogue.memberships[key]))
    return new_families(table[there])


def unknown_name(line: object, column: str, name: str, known: Collection[str]) -> Complaint:
    """Complain about a name that is not there; the nearest are looked for when it is shown."""
    return lambda: f"line {line}: unknown {column} {name!r}; {nearest_names(name, known)}"


def _family_complaints(
    line: object, row: Mapping[str, str], catalogued: Mapping[str, str], known: Set[str]
) -> list[Complaint]:
    """Refuse families that are not there, and new ones that are, but those that were settled since."""
    family = row["family_id"]
    if row["match"] == "new" and fold(catalogued.get(family, row["title_vi"])) != fold(row["title_vi"]):
        taken = f"family {family!r} is in the catalogue: answer whole or part, or give another title_vi"
        return [f"line {line}: {taken}"]
    if row["match"] != "new" and family not in known:
        return [unknown_name(line, "family_id", family, known)]
    return []


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _complaints(row: Mapping[str, str]) -> list[str]:
    """Say what is wrong with one row, whatever the catalogue and the tasks."""
    wrong = [f"a {column} wanted, found none" for column in WANTED if not row[column]]
    if row["match"] not in ANSWERS:
        wrong.append(f"unknown match {row['match']!r}; {accepted(ANSWERS)}")
    if not _is_date(row["date"]):
        wrong.append(f"a date like 2026-11-21 wanted, found {row['date']!r}")
    if not _SHA.fullmatch(row["text_sha"]):
        wrong.append(f"a text_sha of 12 hexadecimal digits wanted, found {row['text_sha']!r}")
    wrong += [f"{c} of up to {LONGEST} characters wanted" for c in COLUMNS if len(row[c]) > LONGEST]
    if row["settles"] not in ("", "yes"):
        wrong.append(f"settles: yes or nothing wanted, found {row['settles']!r}")
    if row["match"] == "new" and not family_slug(row["title_vi"]):
        wrong.append("a title_vi wanted for a new family, found none")
    elif row["match"] == "new" and row["family_id"] != family_slug(row["family_id"]):
        wrong.append(f"family_id in kebab-case and without 'draft-' wanted, found {row['family_id']!r}")
    return wrong


def _normalised(table: pd.DataFrame) -> pd.DataFrame:
    """Undo what a spreadsheet does to dates, and capitals in answers."""
    return table.assign(
        match=table["match"].str.lower(),
        settles=table["settles"].str.lower(),
        date=table["date"].str.replace(_DAY_FIRST, _iso, regex=True),
    )


def _iso(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _fill_family(table: pd.DataFrame) -> pd.DataFrame:
    """Give a new family without an id the one that its title makes."""
    made = (table["match"] == "new") & (table["family_id"] == "")
    return table.assign(family_id=table["family_id"].mask(made, table["title_vi"].map(family_slug)))


def refuse(path: Path, found: Sequence[Complaint]) -> None:
    """Raise CatalogueError with the first complaints about a file, if there are any."""
    if found:
        more = f"; and {len(found) - N_COMPLAINTS} more" if len(found) > N_COMPLAINTS else ""
        said = [c if isinstance(c, str) else c() for c in found[:N_COMPLAINTS]]
        raise CatalogueError(f"{path}: " + "; ".join(said) + more)


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
    return read_log(place, catalogue)


def read_log(place: Path, catalogue: Catalogue | None, made: Collection[str] = ()) -> pd.DataFrame:
    """Read and check decisions; ``made`` are new families of other decisions."""
    table = read_rows(place, COLUMNS, OPTIONAL)
    table = table[table["task_id"].str.lstrip("\ufeff") != "task_id"]  # a second header
    table = _fill_family(_normalised(table))
    rows = list(zip(table.index, table.to_dict("records"), strict=True))
    found: list[Complaint] = [f"line {line}: {c}" for line, row in rows for c in _complaints(row)]
    if catalogue is not None:
        families = catalogue.families
        catalogued = dict(zip(families["family_id"], families["title_vi"], strict=True))
        known = set(catalogued) | new_families(table) | set(made)
        for family in _settled_families(table, catalogue):
            catalogued.pop(family, None)  # it may have got a better title since
        found += [c for line, row in rows for c in _family_complaints(line, row, catalogued, known)]
    refuse(place, found)
    return table


def new_families(decisions: pd.DataFrame) -> set[str]:
    """Return the families that decisions make."""
    return set(decisions.loc[decisions["match"] == "new", "family_id"])


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
    refuse(place, [f"new row: {c}" for c in found])
    place.parent.mkdir(parents=True, exist_ok=True)
    before = place.read_bytes() if place.is_file() else b""
    header = before.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip()
    if before and header != ",".join(COLUMNS):
        raise CatalogueError(
            f"{place}, line 1: columns {','.join(COLUMNS)} wanted, in this order and parted by commas; "
            f"found {header!r}"
        )
    start = "\n" if before and not before.endswith(b"\n") else "" if before else "\ufeff"
    with place.open("ab") as file:  # in one write; of two processes that begin it, each writes a header
        file.write((start + csv_text(rows, header=not before)).encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    return place
