"""Annex tables: printed rows become records, one a task, whatever pages and scanners did to them.

In: the tables of a document (:mod:`compare.extract.annex`), in order. Out: records with their fields
as printed. Each general damage has one step here: a row broken over pages, a heading or a number run
into a cell, cells that moved, two rows scrambled into one; what concerns whole groups of rows (merged
lead cells, roles or times run together) is mended afterwards by :mod:`compare.extract.repair`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from compare.agencies import Vocabulary, agency_share
from compare.documents import Paragraph, Row
from compare.extract.annex import Table, is_section
from compare.extract.cells import place_cells
from compare.extract.header import Header
from compare.extract.line import Line, line_fields, read_lines
from compare.extract.marks import rank, split_number
from compare.extract.outline import Outline
from compare.extract.record import Defect, Record
from compare.text import fold
from compare.timelines import is_timeline

__all__ = ["read_tables"]

_TAGS = re.compile(r"</?(p|ul|ol|li|b|i|br|sub|sup|span|div)\b", re.I)


@dataclass
class TableReader:
    """Reads the lines of the tables of one document, keeping the open header, heading and page."""

    vocabulary: Vocabulary
    marks: Sequence[str]
    records: list[Record] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    header: Header = field(init=False)
    n_lines: int = 0
    page: int = 0
    line: int = 0
    turned: bool = False  # this row begins a page
    joined: bool = False  # the row above is a further paragraph of the one above it

    @property
    def outline(self) -> Outline:
        """The outline of the open table."""
        return self.outlines[-1]

    def read(self, table: Table, lines: Mapping[int, Line]) -> None:
        """Read one table, or a further page of the last one."""
        if table.header:
            self.header = table.header
        if not table.goes_on:
            self.outlines.append(Outline())
        for block in table.blocks:
            if isinstance(block, Row):
                self._row(lines[block.line], block)
            else:
                self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph) -> None:
        """Text between two rows is a heading, or the rest of the text above."""
        if is_section(paragraph):
            self.outline.open(*split_number(paragraph.text), paragraph.line_start)
        elif self.records:
            self._continue(paragraph.text, paragraph.line_end)

    def _row(self, line: Line, row: Row) -> None:
        self.turned = row.line > self.line + 1
        self.page, self.line = self.page + self.turned, row.line
        self.n_lines += 1
        below = self.marks[self.n_lines] if self.n_lines < len(self.marks) else ""
        title = line.only_cell(self.header)
        if not any(line.cells):
            self._lone_mark(line.mark, row)
        elif title and line.mark and self._is_heading(line.mark, below):
            self.outline.open(line.mark, title, row.line)
        elif title and not line.mark and self._is_unmarked_heading(title, below):
            self.outline.open_unmarked(title, row.line)
        else:
            self._task_row(line, row)

    def _is_heading(self, mark: str, below: str) -> bool:
        """A, I, or a mark that later rows continue (1 before 1.1 or a), with one cell only."""
        deeper = bool(below) and rank(below) > rank(mark)
        return rank(mark) < 2 or deeper or any(m.startswith(f"{mark}.") for m in self.marks)

    def _is_unmarked_heading(self, title: str, below: str) -> bool:
        """One cell that begins a sentence, after a whole row and before a numbered one."""
        if self.header.number_at is None:
            return title.isupper()
        cut = self.joined or (self.turned and title.endswith((".", ";")))
        if not title[:1].isupper() or not below or cut:
            return False
        return self.outline.fresh or self.records[-1].complete

    def _lone_mark(self, mark: str, row: Row) -> None:
        """A row that holds only a number gives it to the task that lost its own."""
        if self.records and not self.records[-1].number:
            self.records[-1].number = self.outline.number(mark)
            self.records[-1].reach(row.line)
            self.records[-1].mark("number-restored", f"{mark} stands alone in line {row.line}")
        else:
            self._new(mark, row).mark("cells-lost", "only the number is left", repaired=False)

    def _new(self, mark: str, row: Row) -> Record:
        section, title = self.outline.section, self.outline.title
        number = self.outline.number(mark)
        record = Record("annex", number, row.line, row.line, section, title, self.page)
        record.table, record.columns = len(self.outlines), self.header.columns
        self.records.append(record)
        return record

    def _task_row(self, line: Line, row: Row) -> None:
        cells, columns = line.cells, self.header.columns
        placed = place_cells(cells, columns, self.vocabulary)
        values = {columns[j]: cells[i] for i, j in placed.items()}
        stray = [cell for i, cell in enumerate(cells) if cell and i not in placed]
        self._open_group(values.get("group", ""), row.line)
        record = self._record_for(line, values, stray, row)
        self.joined = record.line_start < row.line and not self.turned
        if record.line_start < row.line and len(cells) == len(columns):
            placed = {i: i for i, cell in enumerate(cells) if cell}  # pieces stand where they are cut
            stray = []
        if line.run_on and self.header.number_at is not None:
            record.mark("number-merged", line=row.line)
        self._fill(record, line_fields(cells, placed, self.header, record), row)
        self._note_damage(record, cells, placed, row)
        for cell in stray:
            self._stray(record, cell, row)

    def _open_group(self, title: str, line: int) -> None:
        """A column of groups holds the heading of the rows beside and below it."""
        mark, rest = split_number(title)
        if mark and rest:
            self.outline.open(mark, rest, line)
        elif title and title != self.outline.title:
            self.outline.open_unmarked(title, line)

    def _restarts(self, number: str) -> bool:
        """Say whether a number begins a new count, as the first row of a section does."""
        last = self.records[-1].number if self.records else ""
        return not last or not (last.isdigit() and number.isdigit()) or int(number) <= int(last)

    def _record_for(self, line: Line, values: dict[str, str], stray: list[str], row: Row) -> Record:
        """Find the record that a row fills: a new one, or the last one that it continues."""
        leading = "text" in values and stray and stray[0] == line.cells[0]
        if line.mark and leading and values.get("lead") and self._restarts(line.mark):
            self.outline.open(self.outline.next_mark, stray.pop(0), row.line)
            record = self._new(line.mark, row)
            found = f"section {self.outline.section}: {self.outline.title}"
            record.mark("heading-merged", found)
        elif line.mark:
            record = self._new(line.mark, row)
        elif leading and self.records:
            self._continue(stray.pop(0), row.line)
            self.records[-1].mark("rows-merged", "its end stands in the row below", line=row.line)
            record = self._new("", row)
            record.mark("rows-merged", "the end of the row above stands in this row")
        elif self._begins_task(values):
            record = self._new("", row)
            if self.header.number_at is not None:
                record.mark("number-missing", repaired=False)
        else:
            record = self.records[-1]
            record.reach(row.line)
            record.mark("page-break")
        return record

    def _continue(self, piece: str, line: int) -> None:
        self.records[-1].append("text", piece)
        self.records[-1].reach(line)
        self.records[-1].mark("page-break")

    def _begins_task(self, values: dict[str, str]) -> bool:
        """Say whether an unnumbered row is a task of its own rather than the rest of the one above.

        It is when it gives an agency or time that the row above has already; without a number column
        also when it begins a sentence on the same page, and any name or time counts.
        """
        if not self.records or self.outline.fresh:
            return True
        text, above = values.get("text", ""), self.records[-1]
        if not text or text[0].islower():
            return False
        numbered = self.header.number_at is not None
        if not numbered and not self.turned:
            return True
        lead, time = values.get("lead", ""), values.get("timeline", "")
        named = agency_share(lead, self.vocabulary) >= 0.8 if numbered else lead[:1].isupper()
        timed = is_timeline(time) if numbered else bool(time) and not time[0].islower()
        return (named and above.has("leads_text")) or (timed and above.has("timeline_text"))

    def _fill(self, record: Record, pieces: dict[str, str], row: Row) -> None:
        for name, piece in pieces.items():
            record.append(name, piece)
        if any(_TAGS.search(cell) for cell in row.cells):
            record.mark("markup")

    def _note_damage(self, record: Record, cells: Sequence[str], placed: dict[int, int], row: Row) -> None:
        columns = self.header.columns
        moved = [(i, j) for i, j in placed.items() if i != j]
        if len(cells) < len(columns):
            found = f"{len(cells)} cells under {len(columns)} headings"
            record.mark("cells-lost", found, line=row.line)
        elif moved:
            found = "; ".join(f"{columns[j]}: {cells[i][:40]}" for i, j in moved)
            record.mark("cells-shifted", found, line=row.line)
        for i, j in moved:
            if columns[j] == "note":
                record.mark("stray-cell", cells[i][:60], repaired=False, line=row.line)

    def _stray(self, record: Record, cell: str, row: Row) -> None:
        """Keep a cell that fits no column: dropped where another cell repeats it, else as a note."""
        same = [n for n, value in record.fields.items() if fold(value).startswith(fold(cell).rstrip(" ;."))]
        if same:
            record.mark("cell-repeated", f"{same[0]}: {cell[:60]}", line=row.line)
        else:
            record.append("note", cell)
            record.mark("stray-cell", cell[:60], repaired=False, line=row.line)


def read_tables(tables: Sequence[Table], vocabulary: Vocabulary) -> tuple[list[Record], list[Defect]]:
    """Read the rows of the tables of a document in order.

    Parameters
    ----------
    tables : sequence of Table
        Those without a header are passed over.
    vocabulary : Vocabulary
        Agency names, for recognising agency cells.

    Returns
    -------
    list of Record
    list of Defect
        Headings without a row under them (``text-skipped``).
    """
    read = [table for table in tables if table.header]
    lines = {row.line: line for table in read for row, line in read_lines(table)}
    reader = TableReader(vocabulary, [line.mark for line in lines.values()])
    for table in read:
        reader.read(table, lines)
    unused = [h for outline in reader.outlines for h in outline.headings if not h.used]
    skipped = [Defect("text-skipped", h.line, h.line, False, f"{h.mark} {h.title}") for h in unused]
    return reader.records, skipped
