"""Assignments: labels ("Cơ quan chủ trì:", "Thời gian thực hiện:") say who does an item, and by when.

In: the paragraph under some items that a label begins, with its bullets; or an item that holds labels
of its own, mostly in parentheses. Out: the fields they give, as printed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from compare.agencies import Vocabulary
from compare.extract.record import Record
from compare.extract.roles import coordinating_in_text, leads_in_text, listed_leads
from compare.text import fold, fold_in_place
from compare.timelines import find_timeline

__all__ = ["Assignment", "fields_assigned", "fields_labelled", "read_own_fields"]

_MARK = r"(?:\*|[a-z][).]|[-+•])?\s*"
_ROLES = [
    ("timeline_text", "^(thoi|tien do)"),
    ("product", "^san pham"),
    ("leads_text", "chu tri"),
    ("coordinating_text", "phoi hop"),
    ("leads_text", ""),
]


@cache
def _labels(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^{_MARK}|(?<=[(;.])\s*)(?P<label>{pattern})\s*:\s*")


def _role(label: str) -> str:
    return next(role for role, pattern in _ROLES if re.search(pattern, fold(label)))


def _closed(value: str) -> str:
    """Cut a value at the parenthesis that closes what its label stands in, or where its sentence ends."""
    depth = 0
    for i, character in enumerate(value):
        depth += (character == "(") - (character == ")")
        if depth < 0 or (depth == 0 and value[i : i + 2] == ". "):
            return value[:i]
    return value


def _values(text: str, pattern: str) -> list[tuple[str, str]]:
    """Return the roles that labels give in a text, with their values as printed."""
    found = list(_labels(pattern).finditer(fold_in_place(text)))
    ends = [*(m.start() for m in found[1:]), len(text)]
    values = [text[m.end() : end] for m, end in zip(found, ends, strict=False)]
    return [(_role(m["label"]), value) for m, value in zip(found, values, strict=True)]


def _fields(values: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> dict[str, str]:
    fields: dict[str, dict[str, None]] = {}
    for role, value in values:
        printed = value.strip(" .,;()")
        given = {role: printed}
        if role == "leads_text":
            given = {
                role: listed_leads(value, vocabulary),
                "coordinating_text": coordinating_in_text(value, vocabulary),
            }
        for name, found in given.items():
            fields.setdefault(name, {}).update({found: None} if found else {})
    return {name: "; ".join(found) for name, found in fields.items() if found}


def fields_assigned(paragraphs: Sequence[str], pattern: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the fields that an assignment paragraph and its bullets give.

    Examples
    --------
    >>> from compare.agencies import read_vocabulary
    >>> fields_assigned(["Đơn vị chủ trì: Sở Tài chính; thời gian: Quý IV/2023"], "don vi chu tri|thoi gian",
    ...     read_vocabulary())
    {'leads_text': 'Sở Tài chính', 'timeline_text': 'Quý IV/2023'}
    """
    values = _values(paragraphs[0], pattern)
    bullets = [(values[0][0], text.lstrip("-+•* ")) for text in paragraphs[1:]]
    return _fields([*values, *bullets], vocabulary)


def fields_labelled(text: str, pattern: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the fields that labels inside an item give."""
    return _fields([(role, _closed(value)) for role, value in _values(text, pattern)], vocabulary)


def read_own_fields(record: Record, pattern: str, vocabulary: Vocabulary) -> None:
    """Read the agencies and dates that an item names itself: labels first, then its sentences."""
    text, fields = record.fields["text"], record.fields
    labelled = fields_labelled(text, pattern, vocabulary)
    fields |= labelled
    if own := labelled.get("leads_text") or leads_in_text(text, vocabulary):
        fields["leads_text"], record.lead_inferred = own, False
    fields["coordinating_text"] = fields["coordinating_text"] or coordinating_in_text(text, vocabulary)
    fields["timeline_text"] = fields["timeline_text"] or find_timeline(text)


@dataclass
class Assignment:
    """The open assignment paragraph of a section with its bullets, and the items the last one was for."""

    pattern: str
    vocabulary: Vocabulary
    paragraphs: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def begins(self, text: str) -> bool:
        """Say whether a label begins a paragraph."""
        return bool(_labels(self.pattern).match(fold_in_place(text)))

    @property
    def lists(self) -> bool:
        """An assignment whose text ends in a colon goes on in the paragraphs below it."""
        return bool(self.paragraphs) and self.paragraphs[0].endswith(":")

    def takes_bullet(self, text: str) -> bool:
        """Say whether a bullet names who does what, rather than a new item."""
        return self.lists and bool(listed_leads(text, self.vocabulary))

    def follows(self, records: Sequence[Record]) -> bool:
        """Say whether an assignment stands between the last item and here."""
        return bool(self.paragraphs) or self.start < self.end == len(records)

    def close(self, records: Sequence[Record]) -> tuple[dict[str, str], Sequence[Record]]:
        """Return what the open assignment gives, and the items it is for: those since the last one.

        A starred assignment is for the item above it; one straight under another is for the same items.
        """
        if not self.paragraphs:
            return {}, []
        fields = fields_assigned(self.paragraphs, self.pattern, self.vocabulary)
        if len(records) > self.end:
            self.start, self.end = self.end, len(records)
        starred = self.paragraphs[0].startswith("*")
        self.paragraphs = []
        return fields, records[-1:] if starred else records[self.start :]
