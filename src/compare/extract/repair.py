"""Damage that concerns whole tables: roles or times run together, missing cells, numbering.

In: the records of a document's tables, in order. Each function changes the records in place and marks what it
did; none looks at a locality or a line number.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from compare.agencies import Vocabulary, find_mentions
from compare.extract.marks import join_numbers
from compare.extract.merged import spread_merged_leads
from compare.extract.record import Record
from compare.text import fold
from compare.timelines import split_trailing_timeline

__all__ = ["mark_missing", "name_numbers", "repair_records"]

_BULLET = re.compile(r"(?:^|[\s;.,])[-+•]\s")
_COORDINATING = re.compile(r"\bphoi hop( thuc hien)?( voi| cung)?\b ?:?")
_LEAD_FIRST = re.compile(r"^\W*((cơ quan|đơn vị) )?chủ trì( thực hiện)?\s*:\s*", re.I)
_LEAD_LAST = re.compile(r"\s+(là )?(cơ quan |đơn vị )?chủ trì\W*$", re.I)
_STOPS = " ,;.-–:()"


def split_run_on_times(records: Sequence[Record]) -> None:
    """Move a time at the end of another cell into the empty time cell."""
    for record in records:
        for name in ("product", "coordinating_text", "leads_text"):
            head, time = split_trailing_timeline(record.fields[name])
            if time and head and not record.fields["timeline_text"] and time[0].isupper():
                record.fields[name], record.fields["timeline_text"] = head, time
                record.mark("time-merged", f"{name}: {time}")


def _bullet_items(text: str, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """Cut an agency cell at its bullets (a dash inside a name is none): start and text of each item."""
    mentions = find_mentions(text, vocabulary)
    inside = [(m.start, m.end) for m in mentions]
    cuts = [m.end() - 2 for m in _BULLET.finditer(text) if not any(a < m.end() - 1 < b for a, b in inside)]
    starts = sorted({0, *cuts})
    ends = [*starts[1:], len(text)]
    return [(a, text[a:b]) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _cut_at_words(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Part "Chủ trì: A; phối hợp: B" or "A chủ trì, phối hợp với B" into A and B (empty if none)."""
    inside = [(m.start, m.end) for m in find_mentions(text, vocabulary)]
    folded = fold(text)
    match = _COORDINATING.search(folded) if len(folded) == len(text) else None
    if match and any(a < match.end() and match.start() < b for a, b in inside):
        match = None
    lead = _LEAD_LAST.sub("", _LEAD_FIRST.sub("", text[: match.start()] if match else text))
    other = text[match.end() :].strip(_STOPS) if match else ""
    if match and not (lead.strip(_STOPS) and other):
        return text, ""
    return (lead.strip(_STOPS), other) if match else (lead, "")


def _cut_at_bullet(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Part a cell at the bullet that names bodies "liên quan" (concerned), which coordinate by their name.

    A cell without such a bullet, or that begins with it, is left whole.
    """
    items = _bullet_items(text, vocabulary)
    cut = next((a for a, item in items[1:] if "lien quan" in fold(item)), 0)
    return (text[:cut].strip(), text[cut:].strip()) if cut else (text, "")


def split_run_on_roles(records: Sequence[Record], vocabulary: Vocabulary) -> None:
    """Part lead and coordinating agencies that stand in one cell: at the words, or at a bullet."""
    for record in records:
        printed, coordinating = record.fields["leads_text"], record.fields["coordinating_text"]
        lead, other = _cut_at_words(printed, vocabulary)
        found = printed
        if lead == printed and "coordinating" in record.columns and not coordinating:
            lead, other = _cut_at_bullet(printed, vocabulary)
            found = other[:80]
        if lead != printed:
            both = "; ".join(filter(None, (coordinating, other)))
            record.fields["leads_text"], record.fields["coordinating_text"] = lead, both
            record.mark("roles-merged", found)


def mark_missing(records: Sequence[Record]) -> None:
    """Mark rows whose lead or time the header promises and the row does not give."""
    for record in records:
        if "timeline" in record.columns and not record.fields["timeline_text"]:
            record.mark("time-missing", repaired=False)
        if "lead" in record.columns and not record.fields["leads_text"]:
            record.mark("lead-missing", repaired=False)


def name_numbers(records: Sequence[Record]) -> None:
    """Put the section before the numbers where numbering restarts in each section.

    The rows of a later table that print the same numbers once more get that table before theirs (B2).
    """
    printed = [r.number for r in records if r.number]
    in_sections = {(r.section, r.number) for r in records if r.number}
    if len(set(printed)) < len(in_sections):
        for record in records:
            if record.number:
                record.number = join_numbers(record.section, record.number)
    seen: set[str] = set()
    for table, rows in groupby(records, key=lambda r: r.table):
        group = [r for r in rows if r.number]
        again = not seen.isdisjoint(r.number for r in group)
        for record in group if again else ():
            record.number = f"B{table}.{record.number}"
        seen |= {r.number for r in group}


def repair_records(records: Sequence[Record], vocabulary: Vocabulary) -> None:
    """Run every repair of a document's tables in its order."""
    split_run_on_times(records)
    split_run_on_roles(records, vocabulary)
    spread_merged_leads([r for r in records if "lead" in r.columns])
    mark_missing(records)
    name_numbers(records)
