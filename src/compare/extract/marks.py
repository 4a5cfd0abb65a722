"""Marks of rows: what stands in the number column, and how deep it stands.

In: the first cell of a row. Out: its mark ("IV", "2.1", "a", "-") and what runs on after it. A mark
printed as "(1)", "1)", "1." is the mark "1". Marks have ranks: A before I before 1 before 1.1 before a
before a bullet; a row whose one cell stands over marks of a lower rank is a heading.
"""

import re

from compare.timelines import is_timeline

__all__ = ["BULLETS", "begins_count", "join_numbers", "rank", "roman", "split_number"]

BULLETS = "-+•*"
_NUMBER = re.compile(
    r"^\(?(?P<number>[IVX]+(?:\.\d{1,4})*|\d{1,12}(?:\.\d{1,4})*[a-zđ]?|[A-ZĐa-zđ]|[-+•*])"
    r"(?P<stop>[.)]*)(?:\s+(?P<rest>\S.*))?$",
    re.S,
)
_RANKS = [
    (re.compile(r"[IVX]+"), 1),
    (re.compile(r"[A-ZĐ]"), 0),
    (re.compile(r"[IVX\d.]+[a-zđ]?"), 2),
    (re.compile(r"[a-zđ]"), 3),
    (re.compile(r"."), 4),
]
_FIRST = re.compile(r"I|A|a|0?1(\.0?1)*|I\.1")


def _runs_on(mark: str, stop: str, loose: bool) -> bool:
    """Say whether text may follow a mark in its cell: "IV Nâng cao", "1. Rà soát", never "- Rà soát"."""
    if mark in BULLETS:
        return False
    return bool(stop) or rank(mark) == 1 or (loose and mark[-1].isdigit())


def split_number(cell: str, loose: bool = True) -> tuple[str, str]:
    """Split a first cell into a mark and what runs on after it (a heading or the task itself).

    Parameters
    ----------
    cell : str
        The cell, markup removed.
    loose : bool
        Whether "5 Thực hiện" is the mark 5; not where "20 lớp tập huấn" can begin a task.

    Examples
    --------
    >>> split_number("2.1. Rà soát"), split_number("20 lớp tập huấn", loose=False)
    (('2.1', 'Rà soát'), ('', '20 lớp tập huấn'))
    """
    cell = cell.strip()
    match = _NUMBER.match(cell)
    if not match or is_timeline(cell):
        return "", cell
    if match["rest"] and not _runs_on(match["number"], match["stop"], loose):
        return "", cell
    return match["number"], match["rest"] or ""


def rank(mark: str) -> int:
    """Return the rank of a mark, 0 for the highest (A), 4 for a bullet."""
    return next(r for pattern, r in _RANKS if pattern.fullmatch(mark))


def roman(number: int) -> str:
    """Write 1 to 39 as a Roman numeral."""
    return "X" * (number // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def begins_count(mark: str) -> bool:
    """Say whether a mark is the first of a count: 1, I, A, a, 1.1."""
    return bool(_FIRST.fullmatch(mark))


def join_numbers(above: str, number: str) -> str:
    """Put the number of a section or row before that of a row in it: I.1, 2.a, 2-1.

    Examples
    --------
    >>> join_numbers("I", "1"), join_numbers("2.a", "-1"), join_numbers("", "3")
    ('I.1', '2.a-1', '3')
    """
    return f"{above}{number}" if not above or number.startswith("-") else f"{above}.{number}"
