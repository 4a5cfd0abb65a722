"""Lines of a table: a printed row parted into its mark and its cells, and the fields they fill.

In: the rows of one table under its header. Out: a :class:`Line` a row, its cells counted as the
header's columns are; and, once the cells are placed, the pieces of the task's fields.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from compare.documents import Row
from compare.extract.annex import Table, clean_cells
from compare.extract.header import Header
from compare.extract.marks import split_number
from compare.extract.record import Record
from compare.text import fold

__all__ = ["Line", "line_fields", "read_lines"]

_FIELD = {
    "text": "text",
    "lead": "leads_text",
    "coordinating": "coordinating_text",
    "submit_to": "submit_to",
    "product": "product",
    "timeline": "timeline_text",
    "note": "note",
}
_JOINED = {"text": " ", "timeline_text": " - "}  # two columns of one kind; others by "; "


class Line(NamedTuple):
    """A row: its mark (empty if none), its cells without it, and whether the mark ran into a cell."""

    mark: str
    cells: tuple[str, ...]
    run_on: bool

    def only_cell(self, header: Header) -> str:
        """Return the only filled cell, if it stands where a heading does; else nothing."""
        filled = [i for i, cell in enumerate(self.cells) if cell]
        places = (0, header.columns.index("text"))
        return self.cells[filled[0]] if len(filled) == 1 and filled[0] in places else ""


def _part(cells: list[str], header: Header, loose: bool) -> Line:
    """Part a row into mark and cells; a cell in the number column that is no mark is data."""
    at = header.number_at or 0
    short = len(cells) <= len(header.columns)
    if at >= len(cells) or (at and short and not split_number(cells[at])[0]):
        at = 0
    mark, run_on = split_number(cells[at], loose)
    rest = [*cells[:at], *cells[at + 1 :]]
    if mark and run_on:
        empty = len(cells) > len(header.columns) and not any(cells[at + 1 : at + 2])
        rest = [*cells[:at], run_on, *cells[at + 1 + empty :]]
    elif not mark and (cells[at] or header.number_at is None):
        rest = cells
    while len(rest) > len(header.columns) and not rest[-1]:
        rest = rest[:-1]
    return Line(mark, tuple(rest), bool(run_on and mark))


def _numbers_run_on(rows: Sequence[Row], goes_on: bool) -> bool:
    """Say whether the first cells begin with numbers that count the rows, without a column of their own."""
    marks = [split_number(clean_cells(row)[0])[0] for row in rows]
    numbers = [int(mark) for mark in marks if mark.isdecimal()]
    first = goes_on or numbers[:1] == [1]
    return first and len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def read_lines(table: Table) -> Iterator[tuple[Row, Line]]:
    """Part the rows of a table of tasks, in order."""
    if table.header:
        numbered = table.header.number_at is not None
        loose = numbered or _numbers_run_on(table.rows, table.goes_on)
        for row in table.rows:
            yield row, _part(clean_cells(row), table.header, loose)


def line_fields(
    cells: Sequence[str], placed: Mapping[int, int], header: Header, record: Record
) -> dict[str, str]:
    """Name the pieces of a row by the fields they fill; notes say their heading, once a task.

    Two columns of one kind share a field: a beginning and an end become one time.
    """
    pieces: dict[str, str] = {}
    for i, j in placed.items():
        column, title, piece = header.columns[j], header.titles[j], cells[i]
        if column not in _FIELD:
            continue
        if column == "note" and title and "ghi chu" not in fold(title):
            piece = piece if f"{title}:" in record.fields["note"] else f"{title}: {piece}"
        name = _FIELD[column]
        pieces[name] = f"{pieces[name]}{_JOINED.get(name, '; ')}{piece}" if name in pieces else piece
    return pieces
