"""What a table's contract is made of: tables, their columns, and the values that several share.

In: nothing. Out: the two dataclasses and the short ways to write a column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["LEVELS", "PARTS", "SOURCE", "TIMELINE_KINDS", "Column", "Table", "count", "flag", "share", "text"]

TIMELINE_KINDS = [
    *("annual", "biennial", "ongoing"),  # recurring
    *("year", "quarter", "month", "range", "deadline", "from"),  # dated
    "other",
]
PARTS = ["body", "implementation", "annex"]
LEVELS = ["province", "district", "commune"]


@dataclass(frozen=True)
class Column:
    """One column: its type (text, int, float, bool), meaning, and the values it may hold.

    Only an ``optional`` number may be missing; a text that is not there is ``""``.
    """

    dtype: str
    meaning: str
    values: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One table: what one row is, its key columns and its columns in order."""

    row: str
    key: tuple[str, ...]
    columns: Mapping[str, Column] = field(default_factory=dict)


def text(meaning: str, *values: str) -> Column:
    """Describe a column of text."""
    return Column("text", meaning, tuple(values))


def count(meaning: str) -> Column:
    """Describe a column of whole numbers."""
    return Column("int", meaning)


def flag(meaning: str) -> Column:
    """Describe a column of yes or no."""
    return Column("bool", meaning)


def share(meaning: str) -> Column:
    """Describe a column of numbers from 0 to 1."""
    return Column("float", meaning, bounds=(0.0, 1.0))


SOURCE = {
    "source_file": text("file name of the document in data/raw"),
    "line_start": count("first line in the source file, counted from 1"),
    "line_end": count("last line in the source file"),
}
