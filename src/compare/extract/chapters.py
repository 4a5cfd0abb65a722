"""Chapters: a plan's headings say what each chapter holds, and where the plan ends and its annex begins.

In: the blocks of a document. Out: chapters (number, title, part, paragraphs). A heading is a line with
a Roman numeral, a capital letter, "Phần" or, where a plan has nothing else, a number in capitals. The
style that comes first is the outer one; a heading of another style stands inside it, and holds what the
outer chapter holds unless its own words say otherwise (``data/reference/headings.csv``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from compare.documents import Paragraph, Row
from compare.openings import is_capitals, is_page_number
from compare.text import fold

__all__ = ["Chapter", "is_chapter_heading", "roman", "split_chapters", "split_parts"]

_SEPARATOR = r"\s*[.\-–)/:]\s*"
_PART = r"(?:phần|chương)\s+(?:thứ\s+)?(?P<number>[ivxl|]+|\d|nhất|hai|ba|tư|năm)"
_ORDINALS = ["NHẤT", "HAI", "BA", "TƯ", "NĂM"]
_STYLES = [
    ("part", rf"{_PART}(?:{_SEPARATOR}|\s+)", re.I),
    ("roman", rf"(?P<number>[IVXl|]{{1,5}}){_SEPARATOR}", 0),
    ("letter", rf"(?P<number>[A-E]){_SEPARATOR}", 0),
    ("number", rf"(?P<number>\d{{1,2}}){_SEPARATOR}", 0),
]
_HEADINGS = [(style, re.compile(rf"{mark}(?P<title>\S.{{2,}})$", flags)) for style, mark, flags in _STYLES]
_ALONE = re.compile(_PART, re.I)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_LONGEST = 150  # a mixed-case line longer than this is no heading
_NOISE = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its number (Roman, and as printed), title, part, and its paragraphs."""

    number: str
    title: str
    part: str
    paragraphs: tuple[Paragraph, ...]
    printed: str = ""


class _Heading(NamedTuple):
    style: str
    place: int
    printed: str
    title: str


def roman(number: int) -> str:
    """Write 1 to 39 as a Roman numeral."""
    return "X" * (number // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def _place(numeral: str) -> int:
    """Return the place in the count of II, B, 2 or HAI."""
    if numeral.isdigit():
        return int(numeral)
    if numeral in _ORDINALS:
        return _ORDINALS.index(numeral) + 1
    if numeral in "ABCDE":
        return ord(numeral) - 64
    values = [_ROMAN[c] for c in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _read_heading(text: str) -> _Heading | None:
    """Read a line that has the shape of a heading: a mark, and a title in capitals or unpunctuated."""
    for style, pattern in _HEADINGS:
        if match := pattern.match(text):
            title = match["title"].strip()
            plain = len(title) <= _LONGEST and title[0].isupper() and title[-1] not in ".;,"
            number = re.sub(r"[l|]", "I", match["number"]).upper()
            printed = roman(_place(number)) if number in _ORDINALS else number
            if is_capitals(title) or (plain and style != "number"):
                return _Heading(style, _place(printed), printed, title.rstrip(" :"))
    return None


def _kind(title: str, kinds: dict[str, str]) -> str:
    return next((kind for kind, pattern in kinds.items() if re.search(pattern, fold(title))), "")


def is_chapter_heading(text: str, kinds: dict[str, str]) -> bool:
    """Say whether a paragraph shows by capitals or by its words that it is the heading of a chapter."""
    heading = _read_heading(text)
    return bool(heading and (is_capitals(heading.title) or _kind(heading.title, kinds)))


@dataclass
class _Count:
    """The headings so far: the open one of each style, the outermost first."""

    kinds: dict[str, str]
    opened: dict[str, tuple[_Heading, str]] = field(default_factory=dict)

    def takes(self, heading: _Heading) -> bool:
        """Say whether a heading is one here: in capitals, known by its words, or next in the count."""
        last = self.opened[heading.style][0].place if heading.style in self.opened else 0
        known = heading.place == last + 1 or bool(_kind(heading.title, self.kinds))
        if heading.style == "number":
            return known and next(iter(self.opened), "number") == "number"
        return known or is_capitals(heading.title)

    def open(self, heading: _Heading) -> Chapter:
        """Open a chapter inside those of the styles that came before."""
        styles = list(self.opened)
        rank = styles.index(heading.style) if heading.style in styles else len(styles)
        outer = [self.opened[style] for style in styles[:rank]]
        part = _kind(heading.title, self.kinds) or (outer[-1][1] if outer else "other")
        self.opened = {h.style: (h, kind) for h, kind in [*outer, (heading, part)]}
        printed = ".".join(h.printed for h in [*(h for h, _ in outer), heading])
        return Chapter(roman(heading.place), heading.title, part, (), printed)


def split_chapters(paragraphs: Iterable[Paragraph], kinds: dict[str, str]) -> list[Chapter]:
    """Split the paragraphs before the annex into chapters.

    Parameters
    ----------
    paragraphs : iterable of Paragraph
        In order; what stands before the first chapter is left out, and so are page numbers.
    kinds : dict
        Part -> pattern of a chapter title, in the order they are tried; ``other`` for none.
    """
    count, chapters = _Count(kinds), []
    held: list[list[Paragraph]] = []
    before = ""  # "PHẦN II" may stand alone, its title below
    for paragraph in paragraphs:
        heading = _read_heading(f"{before} {paragraph.text}".strip())
        before = paragraph.text if _ALONE.fullmatch(paragraph.text) else ""
        if heading and count.takes(heading):
            chapters.append(count.open(heading))
            held.append([])
        elif (
            held
            and not before
            and not is_page_number(paragraph.text)
            and not _NOISE.fullmatch(paragraph.text)
        ):
            held[-1].append(paragraph)
    return [
        Chapter(c.number, c.title, c.part, tuple(inside), c.printed)
        for c, inside in zip(chapters, held, strict=True)
    ]


def _with_next(blocks: Sequence[object]) -> Iterator[tuple[object, object]]:
    """Pair each block with the next one that is no aside ("(Kèm theo Kế hoạch số ...)")."""
    following: object = None
    for block in reversed(blocks):
        yield block, following
        aside = isinstance(block, Paragraph) and block.text.startswith("(")
        following = following if aside else block


def split_parts(
    blocks: Sequence[object], patterns: dict[str, str]
) -> tuple[list[Paragraph], list[Paragraph], int]:
    """Split the paragraphs into those before the recipients or annex, and those of the annex.

    Returns
    -------
    before, after : list of Paragraph
    line : int
        Line of the annex heading; 0 when there is none.
    """
    before: list[Paragraph] = []
    after: list[Paragraph] = []
    line, ended = 0, False
    for block, following in reversed(list(_with_next(blocks))):
        texts = block.cells if isinstance(block, Row) else [getattr(block, "text", "")]
        ended = ended or any(re.search(patterns["recipients"], fold(text)) for text in texts)
        if not isinstance(block, Paragraph):
            continue
        if _begins_annex(block.text, following, patterns):
            line = line or block.line_start
        if line:
            after.append(block)
        elif not ended:
            before.append(block)
    return before, after, line


def _begins_annex(text: str, following: object, patterns: dict[str, str]) -> bool:
    """Say whether a paragraph heads the annex: by its words, or as the title of the table after it."""
    folded = fold(text)
    titled = is_capitals(text) and re.search(patterns["annex-title"], folded)
    return bool(
        re.search(patterns["annex"], folded)
        or (titled and (isinstance(following, Row) or folded.startswith("phu luc")))
    )
