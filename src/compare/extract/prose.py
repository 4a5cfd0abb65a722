"""The task chapters and "Tổ chức thực hiện": numbered, lettered and bulleted items become records.

In: the paragraphs of one chapter. Out: records of the parts body and implementation. The smallest listed
item is a task: '+' items and unmarked paragraphs belong to the item above. A number heads the items below
it, and is an item itself where none follows; an assignment gives its agencies to the items before it.
A paragraph that is nothing of this is noted as a defect of the task next to it.
"""

import re
from dataclasses import dataclass, field

from compare.agencies import Vocabulary
from compare.documents import Paragraph
from compare.extract.assignment import Assignment, read_own_fields
from compare.extract.chapters import Chapter, split_chapters, split_parts
from compare.extract.place import BULLETS, Place
from compare.extract.record import Record
from compare.extract.roles import listed_leads, names_only
from compare.openings import Opening, read_opening
from compare.text import fold

__all__ = ["Chapter", "read_chapter", "split_chapters", "split_parts"]

_SENTENCE = (".", ";", "!")
_FINISHED = (*_SENTENCE, ":", "?", ")", "”", '"')
_LABELLED = re.compile(r"[^.:;]{3,40}:\s")  # "Kinh phí: ..." says more of the item above


@dataclass
class ChapterReader:
    """Reads the paragraphs of one chapter, keeping the open section, lists, heading and assignment."""

    chapter: Chapter
    patterns: dict[str, str]
    vocabulary: Vocabulary
    place: Place
    assignment: Assignment
    plain: bool  # no paragraph has a mark, so each is an item
    records: list[Record] = field(default_factory=list)
    strays: list[Paragraph] = field(default_factory=list)
    style: str = ""  # the kind of mark that numbers the sections
    heading: Record | None = None  # the heading that no item stands under yet
    section_from: int = 0  # the first record of the section, and of the list in it
    list_from: int = 0
    last: str = ""

    def read(self, paragraph: Paragraph) -> None:
        """Read one paragraph by its mark."""
        text = paragraph.text
        opening = self._opening(text)
        if self.assignment.begins(text):
            self._close_assignment()
            self.assignment.paragraphs = [text]
        elif not opening:
            self._unmarked(paragraph)
        elif self._opens_section(opening):
            self._numbered(opening, paragraph)
        else:
            self._listed(opening, paragraph)
        self.last = text

    def _opening(self, text: str) -> Opening | None:
        """Read the mark of a paragraph; in the middle of a sentence a number must continue its count."""
        opening = read_opening(text)
        if opening and opening.kind == "number" and not self._finished():
            return opening if self.place.continues(opening.mark) else None
        return opening

    def _finished(self) -> bool:
        return not self.last or bool(self.heading) or self.last.endswith(_FINISHED)

    def _opens_section(self, opening: Opening) -> bool:
        """A number does; one in brackets only where it is the first kind that the chapter counts by."""
        return opening.kind == "number" or ("number" in opening.kind and self.style in ("", opening.kind))

    def _is(self, name: str, text: str) -> bool:
        return bool(re.search(self.patterns[name], fold(text)))

    @property
    def _in_body(self) -> bool:
        return self.chapter.part == "body"

    def _record(self, text: str, paragraph: Paragraph) -> Record:
        """Make the record of an item at the open place."""
        section = self.place.within(self.place.mark if self._in_body else "")
        title = self.chapter.title if self.place.mark else ""
        title = self.place.section.title if self._in_body else title
        lines = paragraph.line_start, paragraph.line_end
        record = Record(self.chapter.part, self.place.number(), *lines, section, title)
        record.append("text", text)
        return record

    def _new(self, text: str, paragraph: Paragraph) -> None:
        """Add an item, with what its heading gives it."""
        self.heading = None
        record = self._record(text, paragraph)
        record.fields |= self.place.section.given
        record.lead_inferred = "leads_text" in self.place.section.given
        self.records.append(record)

    def _numbered(self, opening: Opening, paragraph: Paragraph) -> None:
        """Open a section: its heading waits for items, and is an item where none comes."""
        self._close_assignment()
        if not opening.mark.startswith(f"{self.place.mark}."):
            self._keep_heading()
        self.style = opening.kind
        self.place.open_section(opening.mark, opening.text.rstrip(" :."))
        self.section_from = self.list_from = len(self.records)
        self.assignment.start = self.assignment.end = len(self.records)
        self.heading = self._record(opening.text, paragraph)
        self._settle_heading()

    def _settle_heading(self) -> None:
        """In the implementation part only a name or a colon heads other items; a sentence is an item."""
        if self._in_body or not self.heading:
            return
        text = self.heading.fields["text"]
        leads = listed_leads(text, self.vocabulary)
        self.place.section.given |= {"leads_text": leads} if leads else {}
        if not text.endswith(":") and not names_only(text, leads):
            self._keep_heading()

    def _keep_heading(self) -> None:
        """Make an item of the heading that no item stands under."""
        if not self.heading:
            return
        record, parent = self.heading, self.place.parent
        if self._in_body and (parent or record.fields["text"].endswith(_SENTENCE)):
            record.section = self.place.within(parent)
            record.section_title = self.place.sections[parent].title
        record.fields |= self.place.section.given
        record.lead_inferred = "leads_text" in self.place.sections[parent].given
        self.records.append(record)
        self.heading = None

    def _listed(self, opening: Opening, paragraph: Paragraph) -> None:
        """Read an item of a list; a container ("Nội dung:") only heads the items below it."""
        if opening.kind == "plus" and self._goes_under_item():
            self._go_on(paragraph)
        elif opening.kind in BULLETS and self.assignment.takes_bullet(opening.text):
            self.assignment.paragraphs.append(opening.text)
        else:
            self._close_assignment()
            self.place.open_list(opening.kind, opening.mark, inside=self.last.endswith(":"))
            if self._is("container", opening.text):
                self.list_from = len(self.records)
                self.heading = self._record(opening.text, paragraph)
            else:
                self._new(opening.text, paragraph)

    def _goes_under_item(self) -> bool:
        """Say whether a '+' stands under an open item rather than being one."""
        return len(self.records) > self.list_from and "plus" not in self.place.kinds

    def _unmarked(self, paragraph: Paragraph) -> None:
        """The rest of what stands above; straight under a heading or after an assignment, an item."""
        text = paragraph.text
        goes_on = text[:1].islower() or (text[:1].isdigit() and not self._finished())
        closing = self._is("ending", text) or (not self._in_body and self._is("closing", text))
        if not goes_on and (closing or self._is("pointer", text) or self._is("container", text)):
            self._close_assignment()
        elif self.assignment.lists or (goes_on and self.assignment.paragraphs):
            self.assignment.paragraphs.append(text)
        elif goes_on and self.heading:
            self._widen_heading(self.heading, paragraph)
        elif self.heading and self.heading.fields["text"].endswith(_SENTENCE):
            self._keep_heading()
            self._go_on(paragraph)
        elif self._begins_item(text):
            self._close_assignment()
            if not self.heading:
                self.place.open_list("bullet")
            self._new(text, paragraph)
        elif len(self.records) > self.section_from:
            self._go_on(paragraph, broken=goes_on)
        else:
            self.strays.append(paragraph)

    def _begins_item(self, text: str) -> bool:
        """Straight under a heading, in a chapter without marks, or after the assignment of the item above."""
        after = self.assignment.follows(self.records)
        said = text.startswith("(") or (after and _LABELLED.match(text))
        return not said and (bool(self.heading) or after or self.plain)

    def _go_on(self, paragraph: Paragraph, broken: bool = False) -> None:
        """Add a paragraph to the item above."""
        record = self.records[-1]
        record.append("text", paragraph.text)
        record.reach(paragraph.line_end)
        if broken:
            record.mark("page-break", line=paragraph.line_start)

    def _widen_heading(self, heading: Record, paragraph: Paragraph) -> None:
        """Add the rest of a heading that a page break has cut."""
        self.records.append(heading)
        self._go_on(paragraph, broken=True)
        self.records.pop()
        if self._in_body:
            title = heading.fields["text"].rstrip(" :.")
            heading.section_title = self.place.section.title = title
        self._settle_heading()

    def _close_assignment(self) -> None:
        """Give the fields of an assignment to its items; under a heading without any, to those to come."""
        fields, items = self.assignment.close(self.records)
        if self.heading or not items:
            self.place.section.given |= fields
            items = []
        for record in items:
            record.fields |= fields
            record.lead_inferred |= "leads_text" in fields and len(items) > 1

    def finish(self) -> list[Record]:
        """Close what is open and read each item's own agencies and dates."""
        self._close_assignment()
        self._keep_heading()
        self._note_strays()
        for record in self.records:
            read_own_fields(record, self.patterns["label"], self.vocabulary)
        return self.records

    def _note_strays(self) -> None:
        """Note the paragraphs that are no item as defects of the first item after them."""
        for paragraph in self.strays:
            after = (r for r in self.records if r.line_start > paragraph.line_start)
            if record := next(after, next(iter(self.records), None)):
                record.mark("paragraph-skipped", paragraph.text[:80], False, paragraph.line_start)


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
    plain = not any(read_opening(paragraph.text) for paragraph in chapter.paragraphs)
    place = Place(chapter.printed)
    if "." in chapter.printed:  # inside another chapter, its own title heads what no number does
        place.section.title = chapter.title
    assignment = Assignment(patterns["label"], vocabulary)
    reader = ChapterReader(chapter, patterns, vocabulary, place, assignment, plain)
    for paragraph in chapter.paragraphs:
        reader.read(paragraph)
    return reader.finish()
