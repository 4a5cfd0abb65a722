"""Reading passages: every mention of a cited document, with what is said of it there.

In: passages. Out: :class:`Mention`, in the order of print. A name beside its number ("Luật Hợp tác xã số
17/2023/QH15", "Nghị quyết 20-NQ/TW của Hội nghị Trung ương 5 (khóa XIII)", "Quyết định số 1804/QĐ-TTg phê
duyệt Chương trình ...") is tied to it, and both are one mention.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from compare.citations.issuers import Issuer, IssuerName, read_issuer
from compare.citations.names import Named, NamePatterns, find_names
from compare.citations.passages import Passage
from compare.citations.said import Said, read_said
from compare.document_numbers import PrintedNumber, find_numbers
from compare.letters import Marks
from compare.text import fold, fold_in_place

__all__ = ["Mention", "Readers", "read_mentions"]

_ALSO = re.compile(r"[\s,]*(?:va )?(?:so )?")  # between the numbers of a list under one word for their kind
_BESIDE = re.compile(r"[\s,]*\(?(?:luat )?(?:so\s*:?\s*)?")
_APPROVES = re.compile(r"[\s,]*(?:ve viec )?(?:phe duyet|ban hanh) ?")
_ANNEXED = re.compile(r"kem theo (?!phu luc|danh muc|bieu)[^,;.()]{0,40}$")
_HEAD = re.compile(r"(?:^|¶)[*\s]*so\s*:?[\s._…]*$")
_BEFORE = 80  # letters before a number that can say it is the plan's own
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")


@dataclass(frozen=True)
class Readers:
    """What the reading of a document needs to know, from the reference tables."""

    marks: Marks
    names: NamePatterns
    issuers: tuple[IssuerName, ...]


@dataclass(frozen=True)
class Mention:
    """One mention: the number or name, and the date, issuer and subject printed with it."""

    citation_id: str
    number: str
    kind: str
    printed: str
    body: str
    level: str  # of a document that is named; empty for a number
    lines: tuple[int, int]
    order: tuple[int, int, int]
    said: Said
    title: str
    odd: bool = False
    own: bool = False
    tied: str = ""  # id of a name printed beside the number

    @property
    def date(self) -> str:
        """The date printed with it, ISO."""
        return self.said.date

    @property
    def issuer(self) -> Issuer | None:
        """The issuer printed with it."""
        return self.said.issuer


@dataclass
class _Reader:
    """Reads one passage; a name that belongs to the number after it waits for it."""

    passage: Passage
    readers: Readers
    folded: str = ""
    found: list[PrintedNumber | Named] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the numbers, and the names that stand in none."""
        text = self.passage.text
        self.folded = fold_in_place(text)
        numbers = find_numbers(text, self.readers.marks)
        names = [
            name
            for name in find_names(text, self.readers.names)
            if not any(name.start < number.end and number.start < name.end for number in numbers)
        ]
        self.found = sorted([*numbers, *names], key=lambda one: one.start)

    def read(self) -> Iterator[Mention]:
        """Read every mention."""
        name, kind, skipped = None, "", None
        for n, one in enumerate(self.found):
            after = self.found[n + 1] if n + 1 < len(self.found) else None
            if one is skipped:
                continue
            if isinstance(one, Named):
                if self._beside(one, after):
                    name = one
                else:
                    yield self._named(one, after)
                continue
            before = self.found[n - 1] if n else None
            listed = kind if before and _ALSO.fullmatch(self.folded[before.end : one.start]) else ""
            said = self._said(one, after)
            skipped = self._approved(said, after)
            mention = self._numbered(one, said, listed, name or skipped)
            name, kind = None, mention.kind
            yield mention

    def _beside(self, name: Named, after: PrintedNumber | Named | None) -> bool:
        """Say whether a number follows that is the named document's own."""
        return isinstance(after, PrintedNumber) and bool(
            _BESIDE.fullmatch(self.folded[name.end : after.start])
        )

    def _approved(self, said: Said, after: PrintedNumber | Named | None) -> Named | None:
        """Return the programme that a decision is said to approve, which is the decision itself."""
        if not isinstance(after, Named) or after.level != "unknown":
            return None
        return after if _APPROVES.fullmatch(self.folded[said.end : after.start]) else None

    def _said(self, one: PrintedNumber | Named, after: PrintedNumber | Named | None) -> Said:
        end = len(self.passage.text)
        following = (after.start, after.end) if after else (end, end)
        return read_said(self.passage.text, one.end, following, self.readers.issuers, folded=self.folded)

    def _named_said(self, one: Named, after: PrintedNumber | Named | None) -> Said:
        """Read what is said of a name: it may hold its issuer, and only the National Assembly makes laws."""
        said = self._said(one, after)
        if one.of >= 0:
            within = read_issuer(self.passage.text, self.folded, one.of, self.readers.issuers)
            return replace(said, issuer=within or said.issuer)
        law = one.kind in _LAWS and said.issuer
        return replace(said, issuer=None) if law and law.known.level != "national-assembly" else said

    def _print(self, one: PrintedNumber) -> str:
        """Return a number as printed, without the blanks that only join its lines."""
        joins = {place for start in self.passage.starts for place in (start, start - 1)}
        places = range(one.start, one.end)
        text = "".join(self.passage.text[n] for n in places if not (n in joins and self.folded[n] == " "))
        return " ".join(text.split())

    def _lines(self, one: PrintedNumber | Named) -> tuple[int, int]:
        return self.passage.line(one.start), self.passage.line(one.end - 1)

    def _named(self, one: Named, after: PrintedNumber | Named | None) -> Mention:
        lines, said = self._lines(one), self._named_said(one, after)
        order = lines[0], self.passage.column, one.start
        title = one.name if one.kind in _LAWS else said.title
        return Mention(one.citation_id, "", one.kind, one.name, "", one.level, lines, order, said, title)

    def _numbered(self, one: PrintedNumber, said: Said, listed: str, name: Named | None) -> Mention:
        lines, marks = self._lines(one), self.readers.marks
        order = lines[0], self.passage.column, one.start
        said_kind = marks.kind(one.word, one.code) if one.code else marks.kind_of_word(one.word)
        kind = said_kind or next(iter(marks.kinds.get(one.code, {}) if one.code else {}), "") or listed
        printed, law = self._print(one), name if name and name.kind in _LAWS else None
        blank = f"khong-so-{'-'.join(fold(part) for part in (one.code, one.body) if part)}"
        start = max(0, one.start - _BEFORE)
        before = (" " if start else "") + self.folded[start : one.start]
        return Mention(
            one.number or blank,
            one.number,
            law.kind if law else kind,
            printed,
            one.body,
            "",
            lines,
            order,
            said,
            law.name if law else said.title,
            one.odd or " " in printed,
            own=bool(_ANNEXED.search(before) or _HEAD.search(before)),
            tied=name.citation_id if name else self._session(kind, said),
        )

    def _session(self, kind: str, said: Said) -> str:
        """Return the name that a resolution has by the session it is said to be of."""
        named = find_names(f"{kind} {said.issuer.printed}", self.readers.names) if said.issuer else []
        return next((one.citation_id for one in named), "")


def read_mentions(passages: Sequence[Passage], readers: Readers) -> list[Mention]:
    """Read every mention of some passages, in the order of lines, columns and print."""
    found = [mention for passage in passages for mention in _Reader(passage, readers).read()]
    return sorted(found, key=lambda mention: mention.order)
