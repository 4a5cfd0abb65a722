"""The task chapters and "Tổ chức thực hiện": numbered, lettered and bulleted items become records.

In: the paragraphs of a document before its annex. Out: records of the parts body and implementation.
Chapters carry Roman numerals; their words say what they hold (``data/reference/headings.csv``).
Inside, the smallest listed item is a task: '+' items and unmarked paragraphs belong to the item above,
an assignment paragraph gives its agencies to the items before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from compare.agencies import Vocabulary
from compare.documents import Paragraph
from compare.extract.record import Record
from compare.extract.roles import assigned, coordinating_in_text, leads_in_text
from compare.text import fold
from compare.timelines import find_timeline

__all__ = ["Chapter", "is_chapter_heading", "read_chapter", "split_chapters", "split_parts"]

_CHAPTER = re.compile(
    r"^(?P<number>[IVX]+)\s*[.\-–)/]\s*(?P<title>[^a-zàáạảãăâđèéẹẻẽêìíịỉĩòóọỏõôơùúụủũưỳýỵỷỹ]{6,})$"
)
_NUMBERED = re.compile(r"^(?P<mark>\d+(?:\.\d+)*)[.)]\s+(?P<text>\S.*)$", re.S)
_LETTERED = re.compile(r"^(?P<mark>[a-zđ])\)\s+(?P<text>\S.*)$", re.S)
_BULLET = re.compile(r"^(?P<mark>-)\s*(?P<text>\S.*)$", re.S)
_NOISE = re.compile(r"^(\d{1,3}|\[[^\]]*\])$")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its number and title as printed, its part, and its paragraphs."""

    number: str
    title: str
    part: str
    paragraphs: tuple[Paragraph, ...]


def is_chapter_heading(text: str) -> bool:
    """Say whether a paragraph is the heading of a chapter: a Roman numeral and capitals."""
    return bool(_CHAPTER.match(text))


def split_chapters(paragraphs: Iterable[Paragraph], kinds: dict[str, str]) -> list[Chapter]:
    """Split the paragraphs before the annex into chapters.

    Parameters
    ----------
    paragraphs : iterable of Paragraph
        In order; what stands before the first chapter is left out.
    kinds : dict
        Part -> pattern of a chapter title, in the order they are tried; ``other`` for none.
    """
    chapters: list[tuple[str, str, str, list[Paragraph]]] = []
    for paragraph in paragraphs:
        if match := _CHAPTER.match(paragraph.text):
            title = match["title"].strip()
            part = next((k for k, pattern in kinds.items() if re.search(pattern, fold(title))), "other")
            chapters.append((match["number"], title, part, []))
        elif chapters and not _NOISE.match(paragraph.text):
            chapters[-1][3].append(paragraph)
    return [Chapter(number, title, part, tuple(rest)) for number, title, part, rest in chapters]


@dataclass
class ChapterReader:
    """Reads the paragraphs of one chapter, keeping the open section and list."""

    chapter: Chapter
    patterns: dict[str, str]
    vocabulary: Vocabulary
    records: list[Record] = field(default_factory=list)
    section: str = ""
    section_title: str = ""
    letter: str = ""
    leads: str = ""
    bullets: int = 0
    section_from: int = 0
    assignment: list[str] = field(default_factory=list)

    def read(self, paragraph: Paragraph) -> None:
        """Read one paragraph by its mark."""
        folded, text = fold(paragraph.text), paragraph.text
        if re.search(self.patterns["assignment"], folded):
            self._close_assignment()
            self.assignment = [text]
        elif match := _NUMBERED.match(text):
            self._numbered(match["mark"], match["text"], paragraph)
        elif match := _LETTERED.match(text):
            self._lettered(match["mark"], match["text"], paragraph)
        elif match := _BULLET.match(text):
            self._bulleted(match["text"], paragraph)
        else:
            self._unmarked(paragraph, folded)

    def _is(self, name: str, text: str) -> bool:
        return bool(re.search(self.patterns[name], fold(text)))

    def _new(self, mark: str, text: str, paragraph: Paragraph) -> None:
        number = ".".join(filter(None, (self.chapter.number, mark)))
        inner = self.section if self.chapter.part == "body" else ""
        section = ".".join(filter(None, (self.chapter.number, inner)))
        record = Record(
            self.chapter.part,
            number,
            paragraph.line_start,
            paragraph.line_end,
            section,
            self.section_title,
        )
        record.append("text", text)
        if self.leads:
            record.fields["leads_text"], record.lead_inferred = self.leads, True
        self.records.append(record)

    def _numbered(self, mark: str, text: str, paragraph: Paragraph) -> None:
        """A heading in a task chapter; an item in the implementation part unless it opens a list."""
        self._close_assignment()
        self.letter, self.leads, self.bullets = "", "", 0
        self.section_from = len(self.records)
        title = self.chapter.title if self.chapter.part == "implementation" else text.rstrip(" :.")
        self.section, self.section_title = mark, title
        if self.chapter.part == "body":
            return
        if text.rstrip().endswith(":"):
            self.leads = leads_in_text(text, self.vocabulary)
        else:
            self._new(mark, text, paragraph)

    def _lettered(self, mark: str, text: str, paragraph: Paragraph) -> None:
        self._close_assignment()
        self.letter, self.bullets = mark, 0
        if not self._is("container", text):
            self._new(".".join(filter(None, (self.section, mark))), text, paragraph)

    def _bulleted(self, text: str, paragraph: Paragraph) -> None:
        if self.assignment:
            self.assignment.append(text)
            return
        self.bullets += 1
        place = ".".join(filter(None, (self.section, self.letter)))
        self._new(f"{place}-{self.bullets}" if place else f"-{self.bullets}", text, paragraph)

    def _unmarked(self, paragraph: Paragraph, folded: str) -> None:
        """The rest of the item above; or, straight under a heading, an item of its own."""
        text = paragraph.text
        goes_on = text[:1].islower()
        if not goes_on and (self._is("pointer", text) or self._is("closing", text)):
            self._close_assignment()
        elif self.assignment:
            self.assignment.append(text)
        elif len(self.records) > self.section_from:
            record = self.records[-1]
            record.append("text", text)
            record.reach(paragraph.line_end)
            if goes_on:
                record.mark("page-break", line=paragraph.line_start)
        elif self.section and not folded.startswith("("):
            self._new(self.section, text, paragraph)

    def _close_assignment(self) -> None:
        """Give the agencies of an assignment to the items before it: one item, or a whole section's."""
        if not self.assignment:
            return
        leads, others = assigned(self.assignment, self.vocabulary)
        single = self.assignment[0].lstrip().startswith("*")
        for record in self.records[-1:] if single else self.records[self.section_from :]:
            own = leads_in_text(record.fields["text"], self.vocabulary)
            record.fields["leads_text"] = own or leads
            record.fields["coordinating_text"] = others
            record.lead_inferred = not own and not single
        self.assignment = []

    def finish(self) -> list[Record]:
        """Close what is open and read each item's own agencies and dates."""
        self._close_assignment()
        for record in self.records:
            text = record.fields["text"]
            if not record.fields["leads_text"]:
                record.fields["leads_text"] = leads_in_text(text, self.vocabulary)
            if not record.fields["coordinating_text"]:
                record.fields["coordinating_text"] = coordinating_in_text(text, self.vocabulary)
            record.fields["timeline_text"] = find_timeline(text)
        return self.records


def read_chapter(chapter: Chapter, patterns: dict[str, str], vocabulary: Vocabulary) -> list[Record]:
    """Read the items of one chapter, in order.

    Parameters
    ----------
    chapter : Chapter
        A chapter of the part body or implementation.
    patterns : dict
        Kind of paragraph -> pattern.
    vocabulary : Vocabulary
        Agency names.
    """
    reader = ChapterReader(chapter, patterns, vocabulary)
    for paragraph in chapter.paragraphs:
        reader.read(paragraph)
    return reader.finish()


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
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        folded = fold(block.text)
        ended = ended or bool(re.search(patterns["recipients"], folded))
        if re.search(patterns["annex"], folded):
            line = line or block.line_start
        if line:
            after.append(block)
        elif not ended:
            before.append(block)
    return before, after, line
