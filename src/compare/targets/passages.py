"""Passages: where a plan states its goals, and what its annex rows promise.

In: the paragraphs of a plan, and its tasks. Out: :class:`Passage` by passage, each with its lines and
the year that stands over it. A goal stands in a chapter or numbered section whose title says so, under a
sentence that ends by opening a list ("... mục tiêu ..., đó là:"), or in a sentence of its own ("Phấn đấu
đến năm 2025 ..."). A chapter that also holds other things ("Quan điểm, mục tiêu") counts only its
sections of goals.

A year that stands alone over items ("Đến năm 2030:") or ends their heading ("Mục tiêu đến năm 2030") is
theirs, up to the next such line or the end of the numbered section. A year inside one item is that
item's alone: the plan does not say that its neighbours share it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from compare.documents import Document, Paragraph, Reference
from compare.extract.chapters import Chapter, split_chapters, split_parts
from compare.openings import Opening, read_opening
from compare.targets.grammar import Grammar
from compare.text import fold, fold_in_place

__all__ = ["Passage", "annex_passages", "goal_passages", "stated_years"]

_ANY = r"(?:19|20|21)\d\d"
_BY = r"(?:den|vao|trong|toi|truoc)(?: het| cuoi| dau)?(?: nam)?|het nam|cuoi nam|nam"
_PERIOD = rf"giai doan(?: {_ANY} ?-| tu nam {_ANY} den nam| {_ANY} den)?"
_YEAR = re.compile(rf"\b(?:{_BY}|{_PERIOD})\s?(?P<year>{_ANY})(?: ?- ?(?P<last>{_ANY}))?\b")
_OF_LAW = re.compile(r"\bluat [^,;.]{0,60}$|\bthang \d{1,2} $|/\s?$|\bso voi [^,;.]{0,20}$")
_FURTHER = re.compile(r"tầm nhìn|định hướng", re.I)  # "đến năm 2025, tầm nhìn đến năm 2030"
_END = (".", ";", ",")
_BEFORE = 80  # letters before a year that can say it is no goal's
_LONGEST_HEADING = 15  # words; a longer paragraph is no heading
_FINISHED = (".", ";", ":", "!", "?", ")", "”")


@dataclass(frozen=True)
class Passage:
    """Text that may promise numbers; ``sentences_only`` where only sentences of goals count."""

    text: str
    line_start: int
    line_end: int
    year: int | None = None
    task_id: str = ""
    sentences_only: bool = False


def stated_years(folded: str) -> list[tuple[int, int, int]]:
    """Find the years by which something is to be: year, and the places where its words begin and end.

    Examples
    --------
    >>> stated_years("den nam 2030, tang 5% so voi nam 2020; giai doan 2021-2025")
    [(2030, 0, 12), (2025, 39, 58)]
    """
    return [
        (int(m["last"] or m["year"]), m.start(), m.end())
        for m in _YEAR.finditer(folded)
        if not _OF_LAW.search(folded[max(0, m.start() - _BEFORE) : m.start()])
    ]


def _joined(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Join what a page or line break has cut: it goes on in lower case, or with a number mid-sentence."""
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        first = paragraph.text[:1]
        before = joined[-1].text if joined else ""
        open_end = bool(before) and not before.endswith(_FINISHED)
        cut = first.islower() and not read_opening(paragraph.text)
        cut |= first.isdigit() and open_end and len(before.split()) > _LONGEST_HEADING
        if before and cut and not before.endswith((".", ":", "!", "?")):
            text = f"{before} {paragraph.text}"
            joined[-1] = Paragraph(text, joined[-1].line_start, paragraph.line_end)
        else:
            joined.append(paragraph)
    return joined


@dataclass
class _Years:
    """The years that stand over items: one a numbered section, the innermost counts."""

    mark: str = ""
    by_mark: dict[str, int] = field(default_factory=dict)

    def open(self, opening: Opening | None) -> None:
        """Open a numbered section: years of sections that it does not stand in end."""
        if opening and opening.kind == "number":
            self.mark = opening.mark
            inside = [m for m in self.by_mark if not m or f"{self.mark}.".startswith(f"{m}.")]
            self.by_mark = {mark: self.by_mark[mark] for mark in inside if mark != self.mark}

    def read(self, text: str) -> None:
        """Take the year of a heading or of a sentence that opens a list; one of two years is nobody's."""
        folded = fold_in_place(_FURTHER.split(text)[0])
        years = {year for year, _, _ in stated_years(folded)}
        heading = len(text.split()) <= _LONGEST_HEADING and not text.endswith(_END)
        if len(years) == 1 and (heading or text.endswith(":")):
            self.by_mark[self.mark] = years.pop()

    @property
    def now(self) -> int | None:
        """The year over the next item."""
        return self.by_mark[max(self.by_mark, key=len)] if self.by_mark else None


@dataclass
class _Reader:
    """Reads a chapter's paragraphs, keeping whether they state goals and for which year."""

    grammar: Grammar
    goals: bool  # the chapter is one of goals
    only_sections: bool  # but only its sections that say so
    years: _Years = field(default_factory=_Years)
    section: bool = False
    section_mark: str = ""
    listing: bool = False

    def read(self, paragraph: Paragraph) -> Passage:
        """Place one paragraph."""
        opening = read_opening(paragraph.text)
        text = opening.text if opening else paragraph.text
        self.years.open(opening)
        if opening and opening.kind == "number":
            self._open_section(opening)
        self.years.read(text)
        inside = (self.goals and not self.only_sections) or self.section or self.listing
        passage = Passage(text, paragraph.line_start, paragraph.line_end, self.years.now, "", not inside)
        self.listing |= bool(self.grammar.goal["opening"].search(fold(text)))
        return passage

    def _open_section(self, opening: Opening) -> None:
        if self.section and opening.mark.startswith(f"{self.section_mark}."):
            return
        head = " ".join(opening.text.split()[:_LONGEST_HEADING])
        self.section = bool(self.grammar.goal["heading"].search(fold(head)))
        self.section &= not opening.text.endswith(_END)
        self.section_mark, self.listing = opening.mark, False


def _is_goal(title: str, grammar: Grammar) -> bool:
    return bool(grammar.goal["heading"].search(fold(title)))


def _outer_titles(chapters: Sequence[Chapter]) -> Iterator[tuple[Chapter, str]]:
    """Pair each chapter with the title of the one that it stands in."""
    titles: dict[str, str] = {}
    for chapter in chapters:
        titles[chapter.printed] = chapter.title
        yield chapter, titles.get(chapter.printed.rpartition(".")[0], "")


def _chapter_passages(chapter: Chapter, outer: str, grammar: Grammar) -> Iterator[Passage]:
    title = fold(chapter.title)
    if grammar.goal["situation"].search(title):
        return
    own = _is_goal(title, grammar)
    goals = own or (_is_goal(outer, grammar) and not grammar.goal["other"].search(title))
    mixed = own and bool(grammar.goal["other"].search(title))
    paragraphs = _joined(chapter.paragraphs)
    heads = [o.text for p in paragraphs if (o := read_opening(p.text)) and o.kind == "number"]
    only_sections = mixed and any(_is_goal(" ".join(h.split()[:_LONGEST_HEADING]), grammar) for h in heads)
    reader = _Reader(grammar, goals, only_sections)
    reader.years.read(chapter.title)
    yield from (reader.read(paragraph) for paragraph in paragraphs)


def goal_passages(document: Document, reference: Reference, grammar: Grammar) -> list[Passage]:
    """List the passages of a plan's text, chapter by chapter; those of a situation are left out."""
    before, _, _ = split_parts(document.blocks, reference.patterns("paragraph"))
    chapters = split_chapters(before, reference.patterns("chapter"))
    return [
        passage
        for chapter, outer in _outer_titles(chapters)
        for passage in _chapter_passages(chapter, outer, grammar)
    ]


def annex_passages(tasks: pd.DataFrame, grammar: Grammar) -> list[Passage]:
    """List the texts and products of annex rows; a row's time says by which year.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``part``, ``text``, ``product``, ``timeline_end``, ``line_start``,
        ``line_end``.
    """
    passages = []
    for row in tasks[tasks["part"] == "annex"].itertuples():
        end = str(row.timeline_end)[:4]
        year = int(end) if end.isdigit() else None
        asked = _without_conditions(str(row.text), grammar)
        for text in dict.fromkeys((asked, str(row.product))):
            passages.append(Passage(text, row.line_start, row.line_end, year, str(row.task_id)))
    return passages


def _without_conditions(text: str, grammar: Grammar) -> str:
    """Blank the numbers that say whom the work is for ("các xã có trên 50 hộ")."""
    blanks = list(text)
    for match in grammar.goal["condition"].finditer(fold_in_place(text)):
        blanks[match.start() : match.end()] = [
            "…" if c.isdigit() else c for c in blanks[match.start() : match.end()]
        ]
    return "".join(blanks)
