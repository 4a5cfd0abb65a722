"""Which rows stand together: the blocks of a document become tables, each under its header.

In: the blocks of a whole document. Out: tables in order, and the defects that are no task's: a header
printed again, a table that is none of tasks (letterhead, signatures, targets), text that belongs to no
row. A table of tasks is read wherever it stands. Page numbers and stamps between two pages of a table
break nothing; a header after other text begins a new table when the count begins anew.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from compare.agencies import Vocabulary
from compare.documents import Block, Paragraph, Reference, Row
from compare.extract.header import (
    Header,
    counts_columns,
    is_all_headings,
    is_numbering,
    read_header,
    same_header,
)
from compare.extract.marks import begins_count, rank, split_number
from compare.extract.record import Defect
from compare.text import fold, strip_markup

__all__ = ["Table", "clean_cells", "is_section", "split_tables"]

_NOISE = re.compile(
    r"^(trang )?\W*\d{1,4}(\s*/\s*\d{1,4})?\W*$|^\[[^\]]*\]$|^[\W_]+$", re.I
)  # page numbers and stamps
_TITLE = re.compile(r"^\(|^(phu luc|bieu|bang|mau)\b|tong (cong|so)\b.*\d+ nhiem vu")


@dataclass
class Table:
    """Rows under one printed header (none for a table that is not of tasks), and text among them.

    ``goes_on`` tells a further page of the table above from a table of its own.
    """

    header: Header | None
    line: int
    goes_on: bool = False
    blocks: list[Block] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The rows, without the text among them."""
        return [b for b in self.blocks if isinstance(b, Row)]


def clean_cells(row: Row) -> list[str]:
    """Return the cells of a row without markup."""
    return [strip_markup(cell) for cell in row.cells]


def is_section(paragraph: Paragraph) -> bool:
    """Say whether a paragraph among tables is the heading of a section: "II. Cơ chế, chính sách"."""
    mark, title = split_number(paragraph.text)
    return bool(title) and rank(mark) < 2 if mark else False


@dataclass
class TableSplitter:
    """Goes through the blocks of a document, keeping the open table."""

    blocks: Sequence[Block]
    begin: int  # line of the annex heading, 0 for none
    patterns: Mapping[str, Mapping[str, str]]
    vocabulary: Vocabulary
    tables: list[Table] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    table: Table | None = None
    parted: bool = False  # by text since the last row
    inside: bool = False  # among the rows of the annex
    lower: bool = False  # the next row is the lower half of a header
    fresh: bool = False  # the next row is the first under a header
    headings: list[Block] = field(default_factory=list)

    def split(self) -> list[Table]:
        """Split all blocks into tables."""
        for at, block in enumerate(self.blocks):
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif any(cells := clean_cells(block)):
                self._row(at, block, cells)
        return self.tables

    def _paragraph(self, paragraph: Paragraph) -> None:
        text, folded = paragraph.text, fold(paragraph.text)
        if _NOISE.match(text):
            return
        if self.inside and self.table and self.table.header and text[:1].islower():
            self.table.blocks.append(paragraph)
            return
        self.parted = True
        closed = re.search(self.patterns["row"]["closing"], folded)
        if not 0 < self.begin < paragraph.line_start or closed:
            self.table = None if closed or paragraph.line_start == self.begin else self.table
            self.inside = False
        elif re.search(self.patterns["paragraph"]["annex"], folded):
            self.inside = False
        elif is_section(paragraph):
            self.headings.append(paragraph)
        elif self.inside and not (text.isupper() or _TITLE.search(folded)):
            lines = paragraph.line_start, paragraph.line_end
            self.defects.append(Defect("text-skipped", *lines, False, text))

    def _row(self, at: int, row: Row, cells: list[str]) -> None:
        lower, fresh = self.lower, self.fresh
        self.lower, self.fresh = False, lower
        if lower or (fresh and counts_columns(cells)):
            return
        below = next(self._rows_after(at), [])
        header = read_header(cells, below, row.line, self.patterns["column"], self.vocabulary)
        known = self.table.header if self.table else None
        if known and same_header(cells, below, known):
            self._open_header(known, at, row, bool(header and header.height > 1))
        elif header and (not known or self.parted or self._is_plain_header(cells)):
            self._open_header(header, at, row, header.height > 1)
        elif not self.table or (known and self._ends_table(cells)):
            self._keep(self._open(Table(None, row.line)), row)
        elif known and re.search(self.patterns["row"]["total"], fold(next(filter(None, cells)))):
            printed = " | ".join(filter(None, cells))
            self.defects.append(Defect("text-skipped", row.line, row.line, False, printed))
        else:
            self._keep(self.table, row)

    def _rows_after(self, at: int) -> Iterator[list[str]]:
        rows = (self.blocks[i] for i in range(at + 1, len(self.blocks)))
        return (clean_cells(b) for b in rows if isinstance(b, Row))

    def _is_plain_header(self, cells: list[str]) -> bool:
        columns = self.patterns["column"]
        return is_numbering(cells, columns) or is_all_headings(cells, columns)

    def _ends_table(self, cells: list[str]) -> bool:
        """Say whether a row begins a table that is none of tasks."""
        closing = self.patterns["row"]["closing"]
        return is_numbering(cells, self.patterns["column"]) or any(
            re.search(closing, fold(cell)) for cell in cells
        )

    def _open(self, table: Table) -> Table:
        self.tables.append(table)
        self.table, self.parted = table, False
        return table

    def _keep(self, table: Table, row: Row) -> None:
        """Put a row into a table, after the headings that stand before it."""
        if table.header:
            table.blocks += self.headings
            self.headings, self.inside = [], 0 < self.begin < row.line
        table.blocks.append(row)
        self.parted = False

    def _open_header(self, header: Header, at: int, row: Row, two: bool) -> None:
        """Open a table under a header, or a further page of the open one."""
        again = self.table is not None and self.table.header == header
        known = any(table.header for table in self.tables)
        goes_on = known and ((again and not self.parted) or not self._begins_anew(at))
        if again and goes_on:
            self.defects.append(Defect("header-repeated", row.line, row.line))
        self.lower, self.fresh = two, not two
        self._open(Table(header, row.line, goes_on))

    def _begins_anew(self, at: int) -> bool:
        """Say whether the first mark under a header begins a count; without marks, text parts tables."""
        for cells in self._rows_after(at):
            if is_numbering(cells, self.patterns["column"]):
                break
            if cells and (mark := split_number(cells[0], loose=False)[0]):
                return begins_count(mark)
        return self.parted or not (self.table and self.table.header)


def _name_number_column(tables: Sequence[Table]) -> None:
    """Take a first column of unknown heading for the number column when most of its cells are marks."""
    for header in {t.header for t in tables if t.header and t.header.number_at is None}:
        alike = [t for t in tables if t.header == header]
        cells = [split_number(clean_cells(row)[0]) for table in alike for row in table.rows]
        marks = sum(bool(mark) and not rest for mark, rest in cells)
        if header.columns[0] == "note" and 2 * marks > len(cells):
            columns, titles = header.columns[1:], header.titles[1:]
            for table in alike:
                table.header = replace(header, columns=columns, titles=titles, number_at=0)


def _skipped(tables: Sequence[Table]) -> Iterator[Defect]:
    """Name the tables that are none of tasks: without a known header, or without rows under it."""
    for table, below in zip(tables, [*tables[1:], None], strict=False):
        last = table.rows[-1].line if table.rows else table.line
        if not table.header:
            first = " | ".join(filter(None, clean_cells(table.rows[0])))
            yield Defect("table-skipped", table.line, last, False, f"no such header: {first[:200]}")
        elif not (table.rows or table.goes_on or (below and below.goes_on)):
            yield Defect("table-skipped", table.line, last, False, "a header without rows")


def split_tables(
    blocks: Sequence[Block], begin: int, reference: Reference, vocabulary: Vocabulary
) -> tuple[list[Table], list[Defect]]:
    """Split the blocks of a document into tables.

    Parameters
    ----------
    blocks : sequence of Block
        All blocks of the document.
    begin : int
        Line of the annex heading; text after it belongs to the annex.
    reference : Reference
        For the patterns of headings.
    vocabulary : Vocabulary
        Agency names: a row that holds one is no header.

    Returns
    -------
    list of Table
    list of Defect
        Of the kinds ``header-repeated``, ``text-skipped`` and ``table-skipped``.
    """
    patterns = {use: reference.patterns(use) for use in ("column", "row", "paragraph")}
    splitter = TableSplitter(blocks, begin, patterns, vocabulary)
    tables = splitter.split()
    _name_number_column(tables)
    return tables, [*splitter.defects, *_skipped(tables)]
