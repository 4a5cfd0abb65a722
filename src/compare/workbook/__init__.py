"""The whole comparison as one Excel workbook: every table typed, filtered and linked.

In: the folder of built tables. Out: one ``.xlsx`` file, the same bytes for the same tables. A first
sheet says what the workbook is and what its figures do not mean.
"""

import datetime
import os
import tempfile
from pathlib import Path
from typing import Any

from compare.errors import ReportError
from compare.report.inputs import Inputs, open_inputs
from compare.workbook.fields import Field, cell
from compare.workbook.matrix import gap_rows, matrix_rows
from compare.workbook.sheets import SHEETS, Page
from compare.workbook.writing import Formats, Places, write_cell, write_rows

__all__ = ["write_workbook"]

_STAMP = datetime.datetime(2000, 1, 1)  # a workbook must have a time, and it may not be the clock's
_GAPS = (
    Field("locality", "locality"),
    Field("status", "status", 14),
    Field("family", width=70),
    Field("pillar", "pillar", 24),
    Field("n_elsewhere", "number", 10),
    Field("elsewhere", width=30),
    Field("nearest_task_id", width=28),
    Field("nearest_probability", "percent", 12),
    Field("family_id", width=34),
)


class _Book:
    """A workbook being written: its sheets by name, and where tasks and families stand in it."""

    def __init__(self, inputs: Inputs, book: Any) -> None:
        self.inputs, self.book, self.formats = inputs, book, Formats(book)
        self.places: dict[str, Places] = {}

    def name(self, sheet: str) -> str:
        return self.inputs.labels(f"book.sheet.{sheet}")

    def head(self, field: Field) -> str:
        return self.inputs.labels(f"book.column.{field.head or field.column}")

    def locate(self, page: Page) -> None:
        """Remember where the rows of a sheet that others link to will stand."""
        values = self.inputs[page.table][page.target]
        sheet = self.name(page.table)
        self.places[page.table] = {
            str(value): f"internal:'{sheet}'!A{number}" for number, value in enumerate(values, 2)
        }

    def sheet(self, name: str, frozen: int, widths: list[int]) -> Any:
        sheet = self.book.add_worksheet(self.name(name))
        sheet.freeze_panes(1, frozen)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet


def _write_first(book: _Book) -> None:
    """Say what the workbook is, what it does not mean, and from what it was made."""
    t, sheet = book.inputs.labels, book.book.add_worksheet(book.name("read_me"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, t("index.title"), book.formats.title)
    lines = [("book.about", t("book.about.text")), ("book.honest", t("honest.gap"))]
    lines += [("book.load", t("honest.workload")), ("book.marks", t("book.marks.text"))]
    lines += [("book.key", book.inputs.key)]
    lines += [("book.versions", ", ".join(f"{n} {v}" for n, v in book.inputs.versions.items()))]
    for row, (key, text) in enumerate(lines, 2):
        write_cell(sheet, (row, 0), t(key), book.formats, "text")
        write_cell(sheet, (row, 1), text, book.formats, "text")


def _write_page(book: _Book, name: str, page: Page) -> None:
    rows = book.inputs[page.table].to_dict("records")
    sheet = book.sheet(name, page.frozen, [field.width for field in page.fields])
    columns = [field.column for field in page.fields]
    links = {columns.index(c): book.places[to] for c, to in (page.links or {}).items()}
    cells = ([(cell(book.inputs.names, f, row[f.column]), f.kind) for f in page.fields] for row in rows)
    n_rows = write_rows(sheet, [book.head(f) for f in page.fields], cells, book.formats, links)
    sheet.autofilter(0, 0, n_rows, len(page.fields) - 1)


def _write_matrix(book: _Book) -> None:
    """Write the coverage matrix: each cell its status, linked to the task."""
    t, inputs = book.inputs.labels, book.inputs
    sheet = book.sheet("coverage", 2, [70, 24, *([16] * len(inputs.localities)), 10])
    heads = [t("book.column.family"), t("book.column.pillar")]
    heads += [inputs.names.locality(place) for place in inputs.localities] + [t("book.column.n_localities")]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, book.formats.head)
    n_rows = 0
    for n_rows, (family, cells) in enumerate(matrix_rows(inputs), 1):
        title = inputs.names.families[family["family_id"]]
        sheet.write_url(
            n_rows, 0, book.places["families"][family["family_id"]], book.formats.link, title[:2000]
        )
        sheet.write_string(n_rows, 1, inputs.names.pillar(family["pillar"]), book.formats.text)
        for column, (status, task) in enumerate(cells, 2):
            mark, word = book.formats.marks[status], t(f"status.{status}")
            if task:
                sheet.write_url(n_rows, column, book.places["tasks"][task], mark, word, task)
            else:
                sheet.write_string(n_rows, column, word, mark)
        sheet.write_number(n_rows, len(heads) - 1, family["n_localities"], book.formats.whole)
    sheet.autofilter(0, 0, n_rows, len(heads) - 1)


def _write_gaps(book: _Book) -> None:
    """Write what others state and a plan does not."""
    inputs = book.inputs
    sheet = book.sheet("gaps", 3, [field.width for field in _GAPS])

    def shown(row: dict[str, Any]) -> list[Any]:
        places = [inputs.names.locality(place) for place in row["elsewhere"].split(";")]
        row = {**row, "elsewhere": "\n".join(places), "family": inputs.names.families[row["family_id"]]}
        return [(cell(inputs.names, field, row[field.column]), field.kind) for field in _GAPS]

    columns = [field.column for field in _GAPS]
    links = {columns.index("nearest_task_id"): book.places["tasks"]}
    rows = (shown(row) for row in gap_rows(inputs))
    n_rows = write_rows(sheet, [book.head(f) for f in _GAPS], rows, book.formats, links)
    sheet.autofilter(0, 0, n_rows, len(_GAPS) - 1)


def _write_all(inputs: Inputs, path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415  an extra of the project

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as made:
        made.set_properties({"title": inputs.labels("index.title"), "created": _STAMP})
        book = _Book(inputs, made)
        for page in SHEETS.values():
            if page.target:
                book.locate(page)
        _write_first(book)
        for name, page in SHEETS.items():
            _write_page(book, name, page)
            if name == "families":
                _write_matrix(book)
                _write_gaps(book)


def write_workbook(
    processed: str | Path = "data/processed",
    path: str | Path = "reports/doi-chieu.xlsx",
    language: str = "vi",
) -> Path:
    """Write the comparison as an Excel workbook.

    Parameters
    ----------
    processed : path
        Folder of the built tables.
    path : path
        The file to write; replaced when the new one is whole.
    language : {"vi", "en"}
        Language of names and headings; texts of documents stay as printed.

    Returns
    -------
    Path
        The file written: a sheet of explanations, then one sheet a table, the coverage matrix with
        links to tasks, and the gaps. Cells are typed, headings frozen, every sheet can be filtered.

    Raises
    ------
    ReportError
        XlsxWriter is not installed, or as :func:`compare.open_report`.

    Notes
    -----
    The same tables give the same bytes. Text is written as text: what begins with ``=`` in a document
    is never a formula.
    """
    inputs, path = open_inputs(processed, language), Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".making-") as scratch:
            made = Path(scratch, path.name)
            _write_all(inputs, made)
            os.replace(made, path)
    except ModuleNotFoundError as error:
        raise ReportError(
            f"XlsxWriter wanted for the workbook, not installed ({error}); install doi-chieu[workbook]"
        ) from None
    return path
