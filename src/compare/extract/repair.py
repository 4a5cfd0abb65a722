"""Damage that concerns a whole annex: merged lead cells, roles or times run together, numbering.

In: the records of one table, in order. Each function changes the records in place and marks what it
did; none looks at a locality or a line number.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from compare.agencies import Vocabulary, find_mentions
from compare.extract.record import Record
from compare.text import fold
from compare.timelines import split_trailing_timeline

__all__ = ["mark_missing", "name_numbers", "repair_records", "spread_merged_leads"]

_BULLET = re.compile(r"(?:^|[\s;.,])[-+•]\s")


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
    cuts = [
        m.end() - 2
        for m in _BULLET.finditer(text)
        if not any(a < m.end() - 1 < b for a, b in inside)
    ]
    starts = sorted({0, *cuts})
    ends = [*starts[1:], len(text)]
    return [(a, text[a:b]) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def split_run_on_roles(records: Sequence[Record], vocabulary: Vocabulary) -> None:
    """Part a lead cell from a coordinating cell that runs on in it.

    Bodies "liên quan" (concerned) coordinate by their name; the bullet that names them begins the
    coordinating agencies. A cell without such a bullet, or that begins with it, is left whole.
    """
    for record in records:
        if record.fields["coordinating_text"]:
            continue
        text = record.fields["leads_text"]
        items = _bullet_items(text, vocabulary)
        cut = next((a for a, item in items[1:] if "lien quan" in fold(item)), 0)
        if cut:
            record.fields["leads_text"] = text[:cut].strip()
            record.fields["coordinating_text"] = text[cut:].strip()
            record.mark("roles-merged", record.fields["coordinating_text"][:80])


def _runs(labels: Sequence[str]) -> list[tuple[int, int, int]]:
    """For each label: its index and the number of empty cells right above and below it."""
    found = []
    for i, label in enumerate(labels):
        if label:
            above = next((k for k in range(i) if labels[i - 1 - k]), i)
            below = next(
                (k for k in range(len(labels) - i - 1) if labels[i + 1 + k]), len(labels) - i - 1
            )
            found.append((i, above, below))
    return found


def _centred(labels: Sequence[str]) -> dict[int, int]:
    """Empty cells that a label in the middle of its merged cell claims: index -> index of label."""
    claimed: dict[int, int] = {}
    for i, above, below in _runs(labels):
        free = sum(1 for k in range(i - above, i) if k not in claimed)
        if above and free == above == below:
            claimed |= {k: i for k in range(i - above, i + below + 1) if k != i}
    return claimed


def spread_merged_leads(records: Sequence[Record]) -> None:
    """Give the rows of a merged lead cell its label.

    A label with as many empty cells above it as below, on one page of one section, stands in the
    middle of its merged cell; any other empty cell belongs to the label above it in its section.
    """
    for _, section in groupby(records, key=lambda r: r.section):
        above: Record | None = None
        rows = list(section)
        sources: dict[int, Record] = {}
        for _, page in groupby(rows, key=lambda r: r.page):
            group = list(page)
            claims = _centred([r.fields["leads_text"] for r in group])
            sources |= {id(group[k]): group[i] for k, i in claims.items()}
        for record in rows:
            if record.fields["leads_text"] and not record.lead_inferred:
                above = record
            elif source := sources.get(id(record), above):
                record.fields["leads_text"] = source.fields["leads_text"]
                record.lead_inferred = True
                record.mark(
                    "lead-merged", f"lead of {source.number}: {source.fields['leads_text'][:60]}"
                )


def mark_missing(records: Sequence[Record], columns: Sequence[str]) -> None:
    """Mark rows whose lead or time the header promises and the row does not give."""
    for record in records:
        if "timeline" in columns and not record.fields["timeline_text"]:
            record.mark("time-missing", repaired=False)
        if "lead" in columns and not record.fields["leads_text"]:
            record.mark("lead-missing", repaired=False)


def name_numbers(records: Sequence[Record]) -> None:
    """Put the section before the numbers where numbering restarts in each section."""
    printed = [r.number for r in records if r.number]
    in_sections = {(r.section, r.number) for r in records if r.number}
    if len(set(printed)) < len(in_sections):
        for record in records:
            if record.section:
                record.number = f"{record.section}.{record.number}"


def repair_records(
    records: Sequence[Record], columns: Sequence[str], vocabulary: Vocabulary
) -> None:
    """Run every repair of a table in its order."""
    split_run_on_times(records)
    if "coordinating" in columns:
        split_run_on_roles(records, vocabulary)
    if "lead" in columns:
        spread_merged_leads(records)
    mark_missing(records, columns)
    name_numbers(records)
