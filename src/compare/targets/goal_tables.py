"""Tables of goals: one row a goal, a column of units, and columns of years.

In: the blocks of a plan. Out: a :class:`Passage` a goal and year, its cells put in one line as a sentence
of the body would say it: "Tỷ lệ hộ nghèo: 3 % (Thực hiện 2020: 5 %)". A table is one of goals when its
header has a column of goals and one of a year; what stands before the first year ahead is the present.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from compare.documents import Document, Row
from compare.extract.annex import clean_cells
from compare.openings import is_page_number
from compare.targets.grammar import Grammar
from compare.targets.passages import Passage
from compare.text import fold

__all__ = ["table_passages"]

_YEAR = re.compile(r"\b((?:19|20|21)\d\d)\b(?!.*\b(?:19|20|21)\d\d\b)")  # the last: "2021-2025" is 2025
_NUMBER = re.compile(r"\d")
_IN_BRACKETS = re.compile(r"\(([^()]{1,20})\)\s*$")


class _Header(NamedTuple):
    cells: list[str]
    goal: int
    unit: int | None
    years: dict[int, int]
    present: int | None


def _find(cells: list[str], pattern: re.Pattern[str]) -> int | None:
    return next((i for i, cell in enumerate(cells) if pattern.search(fold(cell))), None)


def _read_header(cells: list[str], grammar: Grammar) -> _Header | None:
    """Read the header of a table of goals, if the row is one."""
    goal = _find(cells, grammar.goal["table-goal"])
    years = {i: int(m[1]) for i, cell in enumerate(cells) if i != goal and (m := _YEAR.search(cell))}
    now = [i for i, cell in enumerate(cells) if grammar.goal["table-present"].search(fold(cell))]
    ahead = {i: year for i, year in years.items() if i not in now}
    if goal is None or not ahead:
        return None
    return _Header(cells, goal, _find(cells, grammar.goal["table-unit"]), ahead, now[-1] if now else None)


def _with_unit(cell: str, unit: str) -> str:
    """Put the unit behind a number that stands alone in its cell."""
    return cell if cell[-1:] == "%" or len(cell.split()) > 2 else f"{cell} {unit}".strip()


def _row_passages(cells: list[str], line: int, header: _Header) -> Iterator[Passage]:
    """Say each goal of a row; a row whose number cell is lost is counted from its right end."""
    if len(cells) < len(header.cells):
        cells = [""] * (len(header.cells) - len(cells)) + cells
    name, bracket = cells[header.goal].strip(), _IN_BRACKETS.search(cells[header.goal])
    unit = cells[header.unit] if header.unit is not None else bracket[1] if bracket else ""
    now = ""
    if header.present is not None and _NUMBER.search(cells[header.present]):
        now = f" ({header.cells[header.present]}: {_with_unit(cells[header.present], unit)})"
    for i, year in header.years.items():
        if name and _NUMBER.search(cells[i]):
            yield Passage(f"{name}: {_with_unit(cells[i], unit)}{now}", line, line, year)


def table_passages(document: Document, grammar: Grammar) -> list[Passage]:
    """List the goals that stand in tables, row by row; a table ends where a paragraph follows it."""
    passages: list[Passage] = []
    header: _Header | None = None
    for block in document.blocks:
        if not isinstance(block, Row):
            header = header if is_page_number(block.text) else None
            continue
        cells = clean_cells(block)
        if found := _read_header(cells, grammar):
            header = found
        elif header:
            passages += _row_passages(cells, block.line, header)
    return passages
