"""Passages: the running texts of a document that a citation can stand in, each knowing its lines.

In: a document and its tasks. Out: passages: paragraphs in a row (one that a page cuts is joined again, the
others are parted by ¶), and each cell of a table, joined over the printed rows of its task.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare.documents import Document, Paragraph, Row
from compare.extract.header import is_all_headings, is_numbering
from compare.openings import is_page_number
from compare.text import strip_markup

__all__ = ["BREAK", "Passage", "read_passages"]

BREAK = "¶"
_OPEN = re.compile(r"(?:\b[Ss]ố|\bSỐ|[-/]|\bngày|\d)$")
_NOISE = re.compile(r"\[[^\]]*\]")
_Piece = tuple[int, str]  # a line and what it prints


@dataclass(frozen=True)
class Passage:
    """One text, and where in it each line of the file begins."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    column: int = 0

    def line(self, offset: int) -> int:
        """Return the line of the file that a place in the text was printed on."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]


def _passage(pieces: Sequence[_Piece], column: int = 0) -> Passage:
    text, starts = "", []
    for _, piece in pieces:
        starts.append(len(text))
        text += piece
    return Passage(text, tuple(starts), tuple(line for line, _ in pieces), column)


def _plain(text: str) -> str:
    return strip_markup(text).replace("\n", " ")


def _prose(document: Document, paragraphs: Sequence[Paragraph]) -> Passage:
    """Join paragraphs: those that a page cuts without a mark, others with one."""
    pieces: list[_Piece] = []
    before = ""
    for paragraph in paragraphs:
        for number in range(paragraph.line_start, paragraph.line_end + 1):
            plain = _plain(document.lines[number - 1])
            if not plain or is_page_number(plain) or _NOISE.fullmatch(plain):
                continue
            inside = number > paragraph.line_start
            cut = plain[0].islower() or _OPEN.search(before)
            glue = "" if not before else " " if inside or cut else BREAK
            pieces.append((number, glue + plain))
            before = plain
    return _passage(pieces)


def _cells(rows: Sequence[Row]) -> Iterator[Passage]:
    """Join the rows of one task cell by cell; rows of another width stand for themselves."""
    widths = {len(row.cells) for row in rows}
    for width in sorted(widths):
        alike = [row for row in rows if len(row.cells) == width]
        for column in range(width):
            pieces = [
                (row.line, _plain(row.cells[column]) + " ") for row in alike if row.cells[column].strip()
            ]
            if pieces:
                yield _passage(pieces, column)


def read_passages(document: Document, owners: Mapping[int, str], columns: Mapping[str, str]) -> list[Passage]:
    """Read the passages of a document.

    Parameters
    ----------
    document : Document
    owners : mapping
        Line -> task whose row it is part of.
    columns : mapping
        Patterns of the headings of columns, to leave out a header that each page prints again.
    """
    found: list[Passage] = []
    prose: list[Paragraph] = []
    rows: dict[str, list[Row]] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            prose.append(block)
            continue
        found += [_prose(document, prose)] if prose else []
        prose = []
        if not (is_numbering(block.cells, columns) or is_all_headings(block.cells, columns)):
            rows.setdefault(owners.get(block.line, str(block.line)), []).append(block)
    found += [_prose(document, prose)] if prose else []
    for task in rows.values():
        found += _cells(task)
    return [passage for passage in found if passage.text]
