"""How a paragraph opens: with a number, a letter, a bullet, or as a heading, a page number, an end.

In: the text of a line or paragraph. Out: its opening mark and what follows it. The marks are one ordered
table; whether a mark counts in its place (a number must continue its count) is for the reader of the
chapter to say, who knows what stands before.
"""

import re
from typing import NamedTuple

from compare.text import fold

__all__ = ["UPPER", "Opening", "is_capitals", "is_page_number", "opens_block", "read_opening"]

UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper())
_LOWER = "".join(c for c in map(chr, range(0x61, 0x1EFA)) if c.islower())
_FREE = rf"(?:\s+(?=\S)|(?=[{UPPER}\"“(]))"  # a blank after a mark may be missing before a capital


class Opening(NamedTuple):
    """What a paragraph opens with: kind of mark, the mark itself, and the text after it."""

    kind: str
    mark: str
    text: str


_MARKS = [
    ("number", rf"(?P<mark>\d{{1,2}}(?:\.\d{{1,2}})*)\.{_FREE}"),
    ("number", rf"(?P<mark>\d{{1,2}}(?:\.\d{{1,2}})+)\s+(?=[{UPPER}])"),
    ("number/", r"(?P<mark>\d{1,2})/\s+"),
    ("number)", rf"(?P<mark>\d{{1,2}})\){_FREE}"),
    ("(number)", r"\((?P<mark>\d{1,2})\)\s*"),
    ("letter", r"\(?(?P<mark>[a-zđ])\)\s*"),
    ("letter", rf"(?P<mark>[a-zđ])[./]{_FREE}"),
    ("plus", r"(?P<mark>\+)\s*"),
    ("bullet", rf"(?P<mark>[-‐‑‒–—−])(?:\s+|(?=[{UPPER}][{_LOWER}\s]))"),
    ("bullet", r"(?P<mark>[•▪●▫◦·\uf0a7\uf0b7\uf02d])\s*"),
    ("bullet", r"(?P<mark>\*)\s+"),
]
_COMPILED = [(kind, re.compile(rf"{mark}(?P<text>\S.*)", re.S)) for kind, mark in _MARKS]
_PAGE = re.compile(r"\d{1,3}|- ?\d{1,3} ?-|trang \d{1,3}(?: ?/ ?\d{1,3})?|\d{1,3} ?/ ?\d{1,3}")
_HEADING = re.compile(
    rf"(?:[Pp]hần|PHẦN|[Cc]hương|CHƯƠNG)\s+[IVX\d]|[IVXl|]{{1,5}}\s*[.–/)-]\s*[{UPPER}]|[A-E]\s*[.–/)-]\s+[{UPPER}]"
)
_END = re.compile(r"phu luc(?: so)?(?: [ivx]+| \d+)?\s*(?:[:.(].*)?$|noi nhan\b|t/?m\.? (?:uy ban|ubnd)\b")


def read_opening(text: str) -> Opening | None:
    """Read the mark that a paragraph opens with, if any.

    Examples
    --------
    >>> read_opening("2.1. Chính sách đất đai")
    Opening(kind='number', mark='2.1', text='Chính sách đất đai')
    >>> read_opening("a)Tổ chức").mark, read_opening("2025. Tiếp tục") is None
    ('a', True)
    """
    found = ((kind, pattern.match(text)) for kind, pattern in _COMPILED)
    return next((Opening(kind, m["mark"], m["text"]) for kind, m in found if m), None)


def is_capitals(text: str) -> bool:
    """Say whether a text is set in capitals, what stands in parentheses left out of account."""
    letters = re.sub(r"\([^()]*\)?", "", text)
    return letters.upper() == letters and sum(map(str.isalpha, letters)) > 3


def is_page_number(text: str) -> bool:
    """Say whether a paragraph is the number of a page: 5, - 5 -, Trang 6, 6/12."""
    return len(text) < 15 and bool(_PAGE.fullmatch(fold(text)))


def opens_block(line: str, before: str) -> bool:
    """Say whether a line begins a paragraph of its own though no blank line parts it from the one before."""
    headed = _HEADING.match(before) and is_capitals(before) and not is_capitals(line)
    alone = is_page_number(before) or is_page_number(line)
    return bool(headed or alone or read_opening(line) or _HEADING.match(line) or _END.match(fold(line)))
