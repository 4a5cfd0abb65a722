"""What a table cell is: its column follows from the header's words and from what the cell holds.

In: the cells of one printed row and the columns of the header above it. Out: the cells under their
columns. Agencies, times and products recognise themselves, so a row whose cells moved left or right,
or that lost some, is put back by the order-preserving assignment with the highest score.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from compare.agencies import Vocabulary, agency_share, begins_name
from compare.text import fold, words
from compare.timelines import is_timeline

__all__ = ["assign_cells", "header_columns", "split_number"]

_NUMBER = re.compile(r"^(?P<number>[IVX]+|\d+(?:\.\d+)*)[.)]?(?:\s+(?P<rest>\S.*))?$", re.S)
_PRODUCT = re.compile(
    r"^(- ?)?(\d+ |cac |danh muc |mo cac )?(van ban|bao cao|ke hoach|quyet dinh|nghi quyet|de an|cong van|"
    r"hoi nghi|chuyen muc|chuyen trang|chuong trinh|bai bao|to trinh|quy che|danh muc|lop|thong tin)\b"
)
_CUT_TIME = re.compile(r"^((nam|quy|thang|giai doan|tu|truoc|den)\b.{0,12}|[\d\s/.-]{1,12})$")
_SKIP = -1.0  # leaving out a cell costs this, and the more the longer it is
_SAME_PLACE = 0.3  # a cell under its own header is a little more likely to belong there


def header_columns(cells: Sequence[str], patterns: Mapping[str, str]) -> list[str] | None:
    """Name the columns of a header row, or None when the row is no header.

    A header names a task column and at least one other; a cell no pattern knows becomes a note.
    """
    folded = [fold(cell) for cell in cells]
    if any(len(cell) > 60 for cell in folded):
        return None
    named = [
        next((n for n, p in patterns.items() if cell and re.search(p, cell)), "note")
        for cell in folded
    ]
    if named.count("text") != 1 or len(set(named) - {"note"}) < 2 or not any(folded[1:]):
        return None
    return named


def split_number(cell: str) -> tuple[str, str]:
    """Split a first cell into a number and what runs on after it (a heading or the task itself)."""
    match = _NUMBER.match(cell.strip())
    return (match["number"], match["rest"] or "") if match else ("", cell.strip())


def _scores(cell: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Score a cell for every column by what it holds."""
    share = agency_share(cell, vocabulary)
    if begins_name(cell, vocabulary):
        share = max(share, 0.6)  # "Sở Kế hoạch và", cut by a page break
    time, folded = is_timeline(cell), fold(cell)
    product = bool(_PRODUCT.match(folded))
    foreign = time or (share < 0.5 and (product or len(words(cell)) > 8))
    agency = -2.0 if foreign else 2 * share - 1
    return {
        "lead": agency,
        "coordinating": agency,
        "submit_to": -2.0 if time else 0.3,
        "product": -2.0 if time else 0.6 * (1 - share) + 0.5 * product,
        "timeline": 2.0 if time else 0.0 if _CUT_TIME.match(folded) else -2.0,
        "note": -0.2,
        "text": 1.0 if len(words(cell)) > 3 and share < 0.8 and not time else -0.5,
    }


def assign_cells(
    cells: Sequence[str], columns: Sequence[str], vocabulary: Vocabulary
) -> tuple[dict[int, int], float]:
    """Assign cells to columns in order, so that the sum of their scores is highest.

    Parameters
    ----------
    cells : sequence of str
        The cells after the number, markup removed; empty cells are left out of account.
    columns : sequence of str
        The columns after the number.

    Returns
    -------
    dict
        Index of the cell -> index of the column; cells that fit nowhere are absent.
    float
        The score reached.
    """
    filled = [i for i, cell in enumerate(cells) if cell]
    scores = {i: _scores(cells[i], vocabulary) for i in filled}
    aligned = len(cells) == len(columns)

    @cache
    def best(k: int, j: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if k == len(filled):
            return 0.0, ()
        cell = filled[k]
        score, chosen = best(k + 1, j)
        options = [(score + _SKIP - min(len(words(cells[cell])), 100) / 100, chosen)]
        for column in range(j, len(columns)):
            score, chosen = best(k + 1, column + 1)
            here = scores[cell][columns[column]]
            here += _SAME_PLACE * (aligned and column == cell and columns[column] != "text")
            options.append((score + here, ((cell, column), *chosen)))
        return max(options, key=lambda option: option[0])

    score, chosen = best(0, 0)
    return dict(chosen), score
