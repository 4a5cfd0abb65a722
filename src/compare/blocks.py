"""Blocks: the lines of a document become paragraphs and rows of tables, each knowing its lines.

In: lines as received, table cells parted by tabs. Out: paragraphs freed of markup, and rows with their
cells as received. A tab alone makes no row: a row holds two filled cells, or stands among rows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.openings import opens_block
from compare.text import strip_markup

__all__ = ["Block", "Paragraph", "Row", "lines_to_blocks"]

_ONLY_MARK = re.compile(r"[-+*•–—]|\(?[\d.]{1,5}[.)]|\(?[a-zđ][.)]")
_FEW_BLANKS = 0.1  # blank lines a printed line; a file with fewer prints one paragraph a line


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, markup removed, with its first and last line (counted from 1)."""

    text: str
    line_start: int
    line_end: int


@dataclass(frozen=True)
class Row:
    """One printed row of a table: its cells as received, and its line."""

    cells: tuple[str, ...]
    line: int


Block = Paragraph | Row


def _holds_cells(cells: Sequence[str]) -> bool:
    """Say whether a line holds two filled cells; a list mark and its text are one."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 + bool(_ONLY_MARK.fullmatch(filled[0]))


def _row_lines(lines: Sequence[str]) -> list[bool]:
    """Say of each line whether it is a row: by its cells, or by the rows it stands among.

    A line with a tab that touches a row of cells is one, and so is one of three or more cells after a row
    (over a page break), or of as many cells as the row after it.
    """
    cells = [line.split("\t") for line in lines]
    held = [len(row) > 1 and _holds_cells(row) for row in cells]
    rows = list(held)
    for way in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        last = way[0] if lines else 0
        for i in way:
            if "\t" in lines[i] and rows[last]:
                touches = abs(i - last) == 1 and held[last]
                alike = i > last or len(cells[i]) == len(cells[last])
                rows[i] |= touches or (alike and len(cells[i]) > 2)
            last = i if lines[i].strip() or rows[i] else last
    return rows


def lines_to_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Group lines into blocks: rows, and paragraphs of lines that neither a blank nor a mark parts.

    Examples
    --------
    >>> lines_to_blocks(["1. Tuyên truyền", "sâu rộng", "- Một", "", "STT\\tNhiệm vụ"])
    (Paragraph(text='1. Tuyên truyền sâu rộng', line_start=1, line_end=2),
     Paragraph(text='- Một', line_start=3, line_end=3),
     Row(cells=('STT', 'Nhiệm vụ'), line=5))
    """
    rows = _row_lines(lines)
    printed = sum(bool(line.strip()) and not row for line, row in zip(lines, rows, strict=True))
    by_line = sum(not line.strip() for line in lines) < _FEW_BLANKS * printed
    blocks: list[Block] = []
    pending: list[tuple[int, str]] = []

    def flush() -> None:
        text = strip_markup("\n".join(line for _, line in pending)).replace("\n", " ")
        if text:
            blocks.append(Paragraph(text, pending[0][0], pending[-1][0]))
        pending.clear()

    for number, (line, row) in enumerate(zip(lines, rows, strict=True), 1):
        plain, before = strip_markup(line), strip_markup(" ".join(text for _, text in pending))
        if row or not plain or by_line or opens_block(plain, before):
            flush()
        if row:
            blocks.append(Row(tuple(line.split("\t")), number))
        elif line.strip():
            pending.append((number, line))
    flush()
    return tuple(blocks)
