"""The record of one task while it is being read, and the damage met on the way.

A :class:`Record` is filled by the readers of tables and prose; it becomes a row of the ``tasks``
table only when the whole document is read, because a later row can still belong to it.
"""

import re
from dataclasses import dataclass, field

from compare.text import fold, join_pieces

__all__ = ["Defect", "Record"]

FIELDS = (
    "text",
    "leads_text",
    "coordinating_text",
    "submit_to",
    "product",
    "timeline_text",
    "note",
)

_CUT = re.compile(r"(\b(va|cua|cac|cho|voi)|[-,/])$")  # a cell that goes on on the next page


@dataclass(frozen=True)
class Defect:
    """One damaged place: its kind, lines, whether it was put right, and what was found."""

    kind: str
    line_start: int
    line_end: int
    repaired: bool = True
    detail: str = ""


@dataclass
class Record:
    """One task being read: where it stands, its fields as printed, its lines and defects.

    A row of a table knows its table, counted from 1, and the columns of the header above it.
    """

    part: str
    number: str
    line_start: int
    line_end: int
    section: str = ""
    section_title: str = ""
    page: int = 0
    table: int = 0
    columns: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    lead_inferred: bool = False
    defects: list[Defect] = field(default_factory=list)

    def append(self, name: str, piece: str) -> None:
        """Join a further piece to a field."""
        self.fields[name] = join_pieces(self.fields[name], piece)

    def mark(self, kind: str, detail: str = "", repaired: bool = True, line: int = 0) -> None:
        """Note a defect of this task, once a kind and line."""
        start, end = (line, line) if line else (self.line_start, self.line_end)
        if all((d.kind, d.line_start) != (kind, start) for d in self.defects):
            self.defects.append(Defect(kind, start, end, repaired, detail))

    def reach(self, line: int) -> None:
        """Extend the task to a line."""
        self.line_end = max(self.line_end, line)

    def has(self, name: str) -> bool:
        """Say whether a field is filled, and does not end as a cell cut by a page break does."""
        return bool(self.fields[name]) and not _CUT.search(fold(self.fields[name]))

    @property
    def complete(self) -> bool:
        """Whether the task has its agency or its time, so that the row after it can be another's."""
        return self.has("leads_text") or self.has("timeline_text")
