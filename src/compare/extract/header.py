"""Headers: the printed row that says which column holds what.

In: a row, the row below it, and the patterns of headings (``data/reference/headings.csv``). Out: a
:class:`Header`, the columns by name beside their headings as printed. A header can be two rows high,
printed again on each page with slips, or followed by a row that counts its columns.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from compare.agencies import Vocabulary, agency_share
from compare.extract.marks import split_number
from compare.text import fold
from compare.timelines import is_timeline

__all__ = [
    "Header",
    "counts_columns",
    "header_columns",
    "is_all_headings",
    "is_numbering",
    "read_header",
    "same_header",
]

_LONGEST = 120  # letters of a heading; those of the five plans have up to 30
_COUNT = re.compile(r"\(?(\d{1,2}|[A-ZĐ])\)?( ?=.{0,20})?")
# Headings are the same when this alike. Those of the five plans printed again reach 98 at least,
# different ones 78 at most.
_SAME = 80.0


@dataclass(frozen=True)
class Header:
    """The columns of a table without its number column, their headings, and where the number stands."""

    columns: tuple[str, ...]
    titles: tuple[str, ...]
    number_at: int | None
    printed: tuple[str, ...]
    line: int
    height: int = 1


def _name(heading: str, patterns: Mapping[str, str]) -> str:
    """Name the column of one folded heading; empty for one that no pattern knows."""
    return next((n for n, p in patterns.items() if heading and re.search(p, heading)), "")


def is_numbering(cells: Sequence[str], patterns: Mapping[str, str]) -> bool:
    """Say whether a row begins as a header does: its first filled cell is "STT"."""
    first = next((fold(cell) for cell in cells if cell), "")
    return _name(first, patterns) == "number"


def counts_columns(cells: Sequence[str]) -> bool:
    """Say whether a row under a header only counts its columns: (1), (2), (3)."""
    return sum(map(bool, cells)) > 1 and all(_COUNT.fullmatch(cell) for cell in cells if cell)


def header_columns(cells: Sequence[str], patterns: Mapping[str, str]) -> list[str] | None:
    """Name the columns of a header row, or None when the row is no header.

    A header names a task column and at least one other; a cell no pattern knows becomes a note, an
    empty one at the head of the task column the number. Of several lead columns the one that says
    "chủ trì" is the lead's.
    """
    folded = [fold(cell) for cell in cells]
    named = [_name(cell, patterns) or "note" for cell in folded]
    if "number" in named:
        at = named.index("number")
        named[at + 1 :] = ["note" if n == "number" else n for n in named[at + 1 :]]
    if "text" not in named:
        named = ["text" if n == "group" else n for n in named]
    if named.count("lead") > 1 and any("chu tri" in cell for cell in folded):
        pairs = zip(named, folded, strict=True)
        named = ["note" if n == "lead" and "chu tri" not in cell else n for n, cell in pairs]
    kinds = set(named) - {"note", "group"}
    if any(len(cell) > _LONGEST for cell in folded) or "text" not in kinds or len(kinds) < 2:
        return None
    if not folded[0] and "number" not in named:
        named[0] = "number"
    return named


def _holds_data(cells: Sequence[str], patterns: Mapping[str, str], vocabulary: Vocabulary) -> bool:
    """Say whether a row begins with a number, or holds an agency or a time: then it is no header."""
    if is_numbering(cells, patterns):
        return False
    unknown = [cell for cell in cells if cell and not _name(fold(cell), patterns)]
    return bool(split_number(cells[0])[0]) or any(
        is_timeline(cell) or agency_share(cell, vocabulary) >= 0.8 for cell in unknown
    )


def _spread(above: Sequence[str], below: Sequence[str], patterns: Mapping[str, str]) -> list[str]:
    """Set the lower row of a header under the upper one, whether or not it kept its empty cells."""
    if len(below) < len(above):
        named = [_name(fold(cell), patterns) for cell in above]
        at = named.index("lead") if "lead" in named else len(above)
        upto = at + 1
        while upto < min(len(above), at + len(below)) and not above[upto]:
            upto += 1
        return [*above[:at], *below, *above[upto:]]
    padded = [*above, *[""] * (len(below) - len(above))]
    return [low or top for top, low in zip(padded, below, strict=True)]


def _is_lower(above: Sequence[str], below: Sequence[str], patterns: Mapping[str, str]) -> bool:
    """Say whether a row is the lower half of a header: headings only, without a task column."""
    names = [_name(fold(cell), patterns) for cell in below if cell]
    whole = len(below) < len(above) or not below[0]
    return whole and len(names) > 1 and all(names) and "number" not in names and names[0] != "text"


def read_header(
    cells: Sequence[str],
    below: Sequence[str],
    line: int,
    patterns: Mapping[str, str],
    vocabulary: Vocabulary,
) -> Header | None:
    """Read a row, with the row below it where both make one header.

    Returns
    -------
    Header or None
        None when the row is no header of a table of tasks.
    """
    two = _is_lower(cells, below, patterns)
    printed = _spread(cells, below, patterns) if two else list(cells)
    named = header_columns(printed, patterns)
    if not named or _holds_data(printed, patterns, vocabulary):
        return None
    at = named.index("number") if "number" in named else None
    kept = [i for i in range(len(named)) if i != at]
    columns, titles = (tuple(values[i] for i in kept) for values in (named, printed))
    return Header(columns, titles, at, tuple(cells), line, 1 + two)


def is_all_headings(cells: Sequence[str], patterns: Mapping[str, str]) -> bool:
    """Say whether every cell of a row of three or more is a known heading."""
    return len(cells) > 2 and all(_name(fold(cell), patterns) for cell in cells)


def same_header(cells: Sequence[str], below: Sequence[str], header: Header) -> bool:
    """Say whether a row prints the open header again, slips allowed, and lost cells over whole rows."""
    printed = header.printed
    if len(cells) == len(printed):
        return all(_alike(a, b) for a, b in zip(cells, printed, strict=True))
    rest = iter(printed)
    in_order = all(any(_alike(cell, heading) for heading in rest) for cell in cells)
    return in_order and 1 < len(cells) < len(printed) == len(below)


def _alike(a: str, b: str) -> bool:
    return fuzz.ratio(fold(a), fold(b)) >= _SAME
