"""How a sheet is written: heading row, typed cells, filters, frozen panes, links to other sheets.

In: rows of values. Out: a worksheet. Text is always written as text, so that what begins with ``=`` in
a document is never a formula, and is marked as text where it would become one once a reader edits the cell.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from compare.sheets import runs_as_formula
from compare.workbook.fields import Value

__all__ = ["Formats", "Places", "write_rows"]

Places = Mapping[str, str]  # text of a cell -> where in the workbook it links to
MAX_LINKS = 65_530  # what a sheet may hold
_MAX_TEXT = 32_767


class Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        """Make them, in this order, so that files are the same from run to run."""
        top = {"valign": "top"}
        self.text = book.add_format({**top, "text_wrap": True})
        self.tame = book.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self.number = book.add_format({**top, "num_format": "#,##0.##"})
        self.whole = book.add_format({**top, "num_format": "#,##0"})
        self.index = book.add_format({**top, "num_format": "0"})
        self.percent = book.add_format({**top, "num_format": "0%"})
        self.date = book.add_format({**top, "num_format": "dd/mm/yyyy", "align": "left"})
        self.link = book.add_format({**top, "text_wrap": True, "font_color": "#0b5394", "underline": 1})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e7e9ee", "bottom": 1}
        )
        self.title = book.add_format({"bold": True, "font_size": 14, "text_wrap": True})
        self.marks = {
            status: book.add_format({**top, "text_wrap": True, "bg_color": colour, "border": 1})
            for status, colour in STATUS_FILL.items()
        }


STATUS_FILL = {"covered": "#bcd9c6", "partial": "#e3efd9", "review": "#fde9c4", "gap": "#ffffff"}


def write_cell(sheet: Any, at: tuple[int, int], value: Value, formats: Formats, kind: str) -> None:
    """Write one value in its own type."""
    if isinstance(value, bool):
        sheet.write_boolean(*at, value, formats.text)
    elif isinstance(value, float):
        plain = formats.whole if value.is_integer() else formats.number
        known = {"percent": formats.percent, "index": formats.index}
        sheet.write_number(*at, value, known.get(kind, plain))
    elif isinstance(value, datetime.date):
        sheet.write_datetime(*at, value, formats.date)
    elif value is not None:
        cut = value if len(value) <= _MAX_TEXT else f"{value[: _MAX_TEXT - 1]}…"
        sheet.write_string(*at, cut, formats.tame if runs_as_formula(cut) else formats.text)


def write_rows(
    sheet: Any,
    heads: Sequence[str],
    rows: Iterable[Sequence[tuple[Value, str]]],
    formats: Formats,
    links: Mapping[int, Places],
) -> int:
    """Write the heading row and the rows; cells of linked columns point at their places.

    Parameters
    ----------
    sheet : Worksheet
    heads : sequence of str
        Texts of the heading row.
    rows : iterable of sequences
        Value and kind of each cell.
    formats : Formats
    links : mapping
        Column number -> text of a cell -> place, as ``internal:'Sheet'!A1``.

    Returns
    -------
    int
        Number of rows written below the heading.
    """
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, formats.head)
    n_rows = n_links = 0
    for n_rows, row in enumerate(rows, 1):
        for column, (value, kind) in enumerate(row):
            place = links.get(column, {}).get(str(value))
            if place and n_links < MAX_LINKS:
                sheet.write_url(n_rows, column, place, formats.link, str(value))
                n_links += 1
            else:
                write_cell(sheet, (n_rows, column), value, formats, kind)
    return n_rows
