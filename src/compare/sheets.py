"""Hand-kept CSV files: read as text, checked row by row, each complaint with its file and line.

In: a file that a person keeps in a spreadsheet or an editor. Out: a table whose index is the line on
which each row starts, and checks that name that line. Where decimals are written with a comma, a
spreadsheet parts cells with a semicolon; both are read.
"""

import csv
import os
import shutil
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

import pandas as pd

from compare.errors import CatalogueError, accepted
from compare.text import nfc

__all__ = [
    "check_known",
    "check_unique",
    "csv_text",
    "nearest_names",
    "read_rows",
    "runs_as_formula",
    "write_rows",
]

N_NAMES = 5
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # as page.js has them


def _read_text(path: Path) -> str:
    if not path.is_file():
        raise CatalogueError(f"a CSV file wanted at {path}, found none")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(
            f"{path}: UTF-8 wanted, found byte {error.object[error.start]:#04x} at {error.start}; "
            "a spreadsheet writes it as 'CSV UTF-8'"
        ) from None


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _check_header(
    header: Sequence[str], path: Path, columns: Sequence[str], optional: Collection[str]
) -> None:
    if missing := [c for c in columns if c not in {*header, *optional}]:
        raise CatalogueError(f"{path}, line 1: missing columns {missing}; {accepted(columns)}")
    if repeated := [c for c in columns if header.count(c) > 1]:
        raise CatalogueError(f"{path}, line 1: each column once wanted, found {repeated} again")


def read_rows(path: Path, columns: Sequence[str], optional: Collection[str] = ()) -> pd.DataFrame:
    """Read a CSV file as text; the index is the line on which a row starts.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        Columns wanted, in any order in the file; others are left out.
    optional : collection of str
        Those of them that may be missing; they are then empty.

    Raises
    ------
    CatalogueError
        The file is missing or not UTF-8, a column is missing or there twice, a row has too few or too
        many cells.
    """
    text, lines, rows = _read_text(path), list[int](), list[list[str]]()
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = next(reader, [])
        _check_header(header, path, columns, optional)
        before = reader.line_num
        for row in reader:
            if row and len(row) != len(header):
                raise CatalogueError(
                    f"{path}, line {before + 1}: {len(header)} cells wanted, found {len(row)}"
                )
            if any(cell.strip() for cell in row):
                rows.append([nfc(cell).strip() for cell in row])
                lines.append(before + 1)
            before = reader.line_num
    except csv.Error as error:
        raise CatalogueError(f"{path}, line {reader.line_num}: no CSV: {error}") from None
    table = pd.DataFrame(rows, index=lines, columns=header, dtype="str")
    table = table.loc[:, ~table.columns.duplicated()]  # columns that nobody asked for
    return table.reindex(columns=list(columns), fill_value="").astype("str")


def nearest_names(found: str, known: Collection[str]) -> str:
    """Name what would have been accepted: all where they are few, else the nearest."""
    if len(known) <= 2 * N_NAMES:
        return accepted(known)
    return "accepted, nearest first: " + ", ".join(
        get_close_matches(found, sorted(known), n=N_NAMES, cutoff=0.0)
    )


def check_known(table: pd.DataFrame, path: Path, column: str, known: Collection[str]) -> None:
    """Refuse the first value of a column that is not known.

    Raises
    ------
    CatalogueError
        With the file, the line, and the names that come nearest.
    """
    for line, found in table.loc[~table[column].isin(set(known)), column].head(1).items():
        raise CatalogueError(
            f"{path}, line {line}: unknown {column} {found!r}; {nearest_names(found, known)}"
        )


def check_unique(table: pd.DataFrame, path: Path, key: list[str]) -> None:
    """Refuse the first row whose key a row before it had.

    Raises
    ------
    CatalogueError
        With the file and both lines.
    """
    for line, row in table[table.duplicated(key)].head(1).iterrows():
        first = table.index[(table[key] == row[key]).all(axis=1)][0]
        raise CatalogueError(
            f"{path}, line {line}: one row a ({', '.join(key)}) wanted, "
            f"found {tuple(row[key])} again, first on line {first}"
        )


def runs_as_formula(text: str) -> bool:
    """Say whether a spreadsheet could read a text as a formula, were it typed or opened there.

    Examples
    --------
    >>> [runs_as_formula(text) for text in ("=1+1", "＋84", "- Sở Tài chính", "-5", "Sở Tài chính")]
    [True, True, True, False, False]
    """
    if not text.startswith(_FORMULA):
        return False
    try:
        float(text)
    except ValueError:
        return True
    return False


def csv_text(table: pd.DataFrame, *, header: bool = True) -> str:
    """Write a table of text as CSV; a bare carriage return in a cell would be read as the end of its row."""
    plain = table.replace(r"\r\n?", "\n", regex=True)
    text: str = plain.to_csv(index=False, header=header, lineterminator="\n")
    return text


def write_rows(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV for spreadsheets (UTF-8 with BOM): the old file stays whole until then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".writing-{os.getpid()}-{path.name}")
    try:
        with scratch.open("wb") as file:
            file.write(csv_text(table).encode("utf-8-sig"))
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, scratch)
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)
