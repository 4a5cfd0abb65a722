"""Annex tables: printed rows become records, one a task, whatever pages and scanners did to them.

In: the rows of a document's annex, in order. Out: records with their fields as printed. Each general
damage has one step here: a header printed again, a row broken over pages, a heading or a number run
into a cell, cells that moved, two rows scrambled into one; what concerns whole groups of rows (merged
lead cells, roles or times run together) is mended afterwards by :mod:`compare.extract.repair`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from compare.agencies import Vocabulary, agency_share
from compare.documents import Row
from compare.extract.cells import assign_cells, header_columns, split_number
from compare.extract.record import Defect, Record
from compare.text import fold, strip_markup

__all__ = ["TableReader", "read_table_rows"]

_FIELD = {
    "text": "text",
    "lead": "leads_text",
    "coordinating": "coordinating_text",
    "submit_to": "submit_to",
    "product": "product",
    "timeline": "timeline_text",
    "note": "note",
}
_ROMAN = re.compile(r"[IVX]+")
_TAGS = re.compile(r"</?(p|ul|ol|li|b|i|br|sub|sup|span|div)\b", re.I)


def roman(number: int) -> str:
    """Write 1 to 39 as a Roman numeral."""
    return (
        "X" * (number // 10)
        + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]
    )


@dataclass
class TableReader:
    """Reads the rows of one annex, keeping the open header, section and page."""

    patterns: dict[str, str]
    vocabulary: Vocabulary
    numbers: Sequence[str]
    columns: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    section: str = ""
    section_title: str = ""
    n_sections: int = 0
    page: int = 0
    line: int = 0

    def read(self, row: Row) -> None:
        """Read one printed row."""
        cells = [strip_markup(cell) for cell in row.cells]
        self.page += row.line > self.line + 1
        self.line = row.line
        if named := header_columns(cells, self.patterns):
            self._header(named, row)
        elif self.columns and any(cells):
            self._content(cells, row)

    def _header(self, named: list[str], row: Row) -> None:
        if self.columns:
            self.defects.append(Defect("header-repeated", row.line, row.line))
        self.columns, self.page = named, self.page + 1

    def _content(self, cells: list[str], row: Row) -> None:
        number, run_on = split_number(cells[0])
        rest = cells[1:]
        if cells[0] and not number:
            rest, run_on = cells, ""
        if number and run_on and not any(rest) and _ROMAN.fullmatch(number):
            self._open_section(number, run_on)
        elif number and self._is_section(number, run_on, rest):
            self._open_section(number, next(cell for cell in rest if cell))
        elif number and not run_on and not any(rest):
            self._lone_number(number, row)
        else:
            self._task_row(number, run_on, rest, row)

    def _is_section(self, number: str, run_on: str, rest: Sequence[str]) -> bool:
        """A Roman numeral, or a number that later rows continue (1 before 1.1), with one cell only."""
        if run_on or sum(map(bool, rest)) != 1 or not rest[0]:
            return False
        return bool(_ROMAN.fullmatch(number)) or any(
            n.startswith(f"{number}.") for n in self.numbers
        )

    def _open_section(self, number: str, title: str) -> None:
        self.section, self.section_title = number, " ".join(title.split())
        self.n_sections += 1

    def _lone_number(self, number: str, row: Row) -> None:
        """A row that holds only a number gives it to the task that lost its own."""
        if self.records and not self.records[-1].number:
            self.records[-1].number = number
            self.records[-1].reach(row.line)
            self.records[-1].mark("number-restored", f"{number} stands alone in line {row.line}")
        else:
            self._new(number, row).mark("cells-lost", "only the number is left", repaired=False)

    def _new(self, number: str, row: Row) -> Record:
        record = Record(
            "annex", number, row.line, row.line, self.section, self.section_title, self.page
        )
        self.records.append(record)
        return record

    def _task_row(self, number: str, run_on: str, rest: list[str], row: Row) -> None:
        cells = [run_on, *rest] if run_on else rest
        columns = self.columns[1:] if self.columns[0] == "number" else self.columns
        if not number and self.records and len(row.cells) == len(self.columns):
            placed = {i: i for i, cell in enumerate(cells) if cell and i < len(columns)}
        else:
            placed, _ = assign_cells(tuple(cells), tuple(columns), self.vocabulary)
        values = {columns[j]: cells[i] for i, j in placed.items()}
        stray = [cells[i] for i in range(len(cells)) if cells[i] and i not in placed]
        record = self._record_for(number, cells, values, stray, row)
        if run_on:
            record.mark("number-merged", line=row.line)
        self._fill(record, values, row)
        self._note_damage(record, cells, columns, placed, row)
        for cell in stray:
            self._stray(record, cell, row)

    def _restarts(self, number: str) -> bool:
        """Say whether a number begins a new count, as the first row of a section does."""
        last = self.records[-1].number if self.records else ""
        return not last or not (last.isdigit() and number.isdigit()) or int(number) <= int(last)

    def _record_for(
        self, number: str, cells: list[str], values: dict[str, str], stray: list[str], row: Row
    ) -> Record:
        """Find the record that a row fills: a new one, or the last one that it continues."""
        leading = "text" in values and stray and stray[0] == cells[0]
        if number and leading and values.get("lead") and self._restarts(number):
            self._open_section(roman(self.n_sections + 1), stray.pop(0))
            record = self._new(number, row)
            record.mark("heading-merged", f"section {self.section}: {self.section_title}")
        elif number:
            record = self._new(number, row)
        elif leading and self.records and not number:
            self._continue(stray.pop(0), row)
            record = self._new("", row)
            record.mark("rows-merged", "the end of the row above stands in this row")
        elif self._begins_task(values):
            record = self._new("", row)
            record.mark("number-missing", repaired=False)
        else:
            record = self.records[-1]
            record.reach(row.line)
            record.mark("page-break")
        return record

    def _continue(self, piece: str, row: Row) -> None:
        self.records[-1].append("text", piece)
        self.records[-1].reach(row.line)
        self.records[-1].mark("page-break")
        self.records[-1].mark("rows-merged", "its end stands in the row below", line=row.line)

    def _begins_task(self, values: dict[str, str]) -> bool:
        """Say whether an unnumbered row is a task of its own rather than the rest of the one above."""
        if not self.records:
            return True
        text, above = values.get("text", ""), self.records[-1].fields
        return (
            text[:1].isupper()
            and above["text"].endswith((".", ";"))
            and bool(above["leads_text"])
            and agency_share(values.get("lead", ""), self.vocabulary) == 1.0
        )

    def _fill(self, record: Record, values: dict[str, str], row: Row) -> None:
        for column, value in values.items():
            if column != "number":
                record.append(_FIELD[column], value)
        if any(_TAGS.search(cell) for cell in row.cells):
            record.mark("markup")

    def _note_damage(
        self, record: Record, cells: list[str], columns: list[str], placed: dict[int, int], row: Row
    ) -> None:
        if len(cells) < len(columns):
            found = f"{len(cells)} cells under {len(columns)} headings"
            record.mark("cells-lost", found, line=row.line)
        elif any(i != j for i, j in placed.items()):
            moved = "; ".join(f"{columns[j]}: {cells[i][:40]}" for i, j in placed.items() if i != j)
            record.mark("cells-shifted", moved, line=row.line)

    def _stray(self, record: Record, cell: str, row: Row) -> None:
        """Keep a cell that fits no column: dropped where another cell repeats it, else as a note."""
        same = [
            n
            for n, value in record.fields.items()
            if fold(value).startswith(fold(cell).rstrip(" ;."))
        ]
        if same:
            record.mark("cell-repeated", f"{same[0]}: {cell[:60]}", line=row.line)
        else:
            record.append("note", cell)
            record.mark("stray-cell", cell[:60], repaired=False, line=row.line)


def read_table_rows(
    rows: Sequence[Row], patterns: dict[str, str], vocabulary: Vocabulary
) -> TableReader:
    """Read the rows of an annex in order.

    Parameters
    ----------
    rows : sequence of Row
        All rows with tabs that stand in the annex.
    patterns : dict
        Column name -> pattern of its heading, in the order they are tried.
    vocabulary : Vocabulary
        Agency names, for recognising agency cells.

    Returns
    -------
    TableReader
        With ``records`` and the table's own ``defects``.
    """
    numbers = [split_number(strip_markup(row.cells[0]))[0] for row in rows]
    reader = TableReader(patterns, vocabulary, numbers)
    for row in rows:
        reader.read(row)
    return reader
