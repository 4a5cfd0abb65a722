"""What a table cell is: its column follows from the header's words and from what the cell holds.

In: the cells of one printed row and the columns of the header above it. Out: the cells under their
columns. A cell stays in the column it is printed in unless it says itself that it belongs elsewhere:
agencies, times and products recognise themselves. A row whose cells moved left or right is then put
back by the order-preserving assignment with the highest score.
"""

import re
from collections.abc import Sequence

from compare.agencies import Vocabulary, agency_share, begins_name
from compare.text import fold, words
from compare.timelines import is_timeline

__all__ = ["assign_cells", "place_cells"]

_PRODUCT = re.compile(
    r"^(- ?)?(\d+ |cac |danh muc |mo cac )?(van ban|bao cao|ke hoach|quyet dinh|nghi quyet|de an|cong van|"
    r"hoi nghi|chuyen muc|chuyen trang|chuong trinh|bai bao|to trinh|quy che|danh muc|lop|thong tin)\b"
)
_BODY = re.compile(  # how names of bodies begin, known or not
    r"^(- ?)?(cac )?(so(?! huu)|ban(?! hanh)|bo(?! may| tieu| sung)|uy ban|ubnd|hdnd|cuc|chi cuc|van phong|"
    r"trung tam|vien|truong|phong(?!,? chong| ngua)|hoi(?! nghi| thao| cho)|lien (?:minh|doan|hiep)|"
    r"doan|quy(?! che| dinh| hoach| trinh| mo)|ngan hang|cong (?:an|ty)|dai|thanh tra|toa an|mat tran|"
    r"co quan|don vi|\w+ (?:uy|doan))\b"
)
_CUT_TIME = re.compile(r"^((nam|quy|thang|giai doan|tu|truoc|den)\b.{0,12}|[\d\s/.-]{1,12})$")
_SKIP = -1.0  # leaving out a cell costs this, and the more the longer it is
_SAME_PLACE = 0.3  # a cell under its own header is a little more likely to belong there
# What a cell is -> the columns it belongs in, and those where it does no harm.
_HOMES = {
    "time": ({"timeline"}, set()),
    "agency": ({"lead", "coordinating"}, {"submit_to", "note", "text", "group"}),
    "product": ({"product"}, {"submit_to", "note", "text", "group"}),
}


def _scores(cell: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Score a cell for every column by what it holds."""
    share, time, folded = agency_share(cell, vocabulary), is_timeline(cell), fold(cell)
    product = bool(_PRODUCT.match(folded))
    body = len(words(cell)) < 20 and bool(_BODY.match(folded))
    if begins_name(cell, vocabulary) or body:
        share = max(share, 0.6)  # "Sở Kế hoạch và", cut by a page break
    foreign = time or (share < 0.5 and (product or len(words(cell)) > 8))
    agency = -2.0 if foreign else 2 * share - 1
    return {
        "lead": agency,
        "coordinating": agency,
        "submit_to": -2.0 if time else 0.3,
        "product": -2.0 if time else 0.6 * (1 - share) + 0.5 * product,
        "timeline": 2.0 if time else 0.0 if _CUT_TIME.match(folded) else -2.0,
        "note": -0.2,
        "group": -0.2,
        "text": 1.0 if len(words(cell)) > 3 and share < 0.8 and not (time or body) else -0.5,
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
    aligned, width = len(cells) == len(columns), len(columns)
    best = [0.0] * (width + 1)  # of the cells below the current one, from each column on
    choices: list[list[int]] = []
    for cell in reversed(filled):
        scores, below = _scores(cells[cell], vocabulary), best
        skip = _SKIP - min(len(words(cells[cell])), 100) / 100
        here = [
            scores[c] + _SAME_PLACE * (aligned and i == cell and c != "text") for i, c in enumerate(columns)
        ]
        best, chosen = [], []
        for start in range(width + 1):
            options = [(below[start] + skip, -1)]
            options += [(below[i + 1] + here[i], i) for i in range(start, width)]
            score, choice = max(options, key=lambda option: option[0])
            best.append(score)
            chosen.append(choice)
        choices.append(chosen)
    placed, start = {}, 0
    for cell, chosen in zip(filled, reversed(choices), strict=True):
        if (column := chosen[start]) >= 0:
            placed[cell], start = column, column + 1
    return placed, best[0]


def _kind(cell: str, vocabulary: Vocabulary) -> str:
    """Say what a cell shows itself to be: a time, an agency, a product, or (empty) none of these."""
    if is_timeline(cell):
        return "time"
    share = agency_share(cell, vocabulary)
    if share >= 0.8:
        return "agency"
    return "product" if share < 0.5 and _PRODUCT.match(fold(cell)) else ""


def _displaced(cells: Sequence[str], columns: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Say whether a cell of a row belongs elsewhere: where it would go is free, or it is there already."""
    kinds = [_kind(cell, vocabulary) for cell in cells]

    def displaced(at: int) -> bool:
        kind, column = kinds[at], columns[at] if at < len(columns) else ""
        homes, harmless = _HOMES.get(kind, (set(), set()))
        free = any(c in homes and kinds[j : j + 1] != [kind] for j, c in enumerate(columns))
        again = column in _HOMES["agency"][0] and kind != "agency"
        return (free and column not in homes | harmless) or (again and _printed_again(at, cells, columns))

    return any(displaced(i) for i, cell in enumerate(cells) if cell)


def _printed_again(at: int, cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Say whether the product cell begins as this cell does, one of them being cut."""
    others = [fold(cells[j]) for j, c in enumerate(columns[: len(cells)]) if c == "product"]
    cell = fold(cells[at])
    return any(other and (cell.startswith(other) or other.startswith(cell)) for other in others)


def place_cells(cells: Sequence[str], columns: Sequence[str], vocabulary: Vocabulary) -> dict[int, int]:
    """Place the cells of a row: as printed, unless one of them belongs elsewhere.

    Returns
    -------
    dict
        Index of the cell -> index of the column; cells that fit nowhere are absent.
    """
    if _displaced(cells, columns, vocabulary):
        return assign_cells(cells, columns, vocabulary)[0]
    return {i: i for i, cell in enumerate(cells[: len(columns)]) if cell}
