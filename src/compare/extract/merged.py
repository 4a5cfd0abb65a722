"""Merged lead cells: one label printed for several rows, on top of them or in their middle.

In: the records of tables, in order. Out: the same records, each with a lead; those that were given
one are marked. Where a label stands is decided once for the rows of a section on one page: in the
middle if groups of one or three rows (or more, where no label stands on top) fill the page that way,
else on top. Where neither fills it, each label is judged by its own neighbours.
"""

from collections.abc import Sequence
from itertools import groupby

from compare.extract.record import Record

__all__ = ["spread_merged_leads"]

_LARGEST = 3  # rows of a group with its label in the middle, where the label could stand on top too


def _middles(labels: Sequence[str]) -> dict[int, int] | None:
    """Tile rows from the top with groups that have their label in the middle: index -> index of label."""
    tiled: dict[int, int] = {}
    while len(tiled) < len(labels):
        start = len(tiled)
        label = next((i for i in range(start, len(labels)) if labels[i]), len(labels))
        end = 2 * label - start + 1
        if end > len(labels) or any(labels[label + 1 : end]):
            return None
        tiled |= dict.fromkeys(range(start, end), label)
    return tiled


def _runs(labels: Sequence[str]) -> list[tuple[int, int, int]]:
    """For each label: its index and the number of empty cells right above and below it."""
    at = [i for i, label in enumerate(labels) if label]
    bounds = zip([-1, *at[:-1]], at, [*at[1:], len(labels)], strict=True) if at else ()
    return [(i, i - before - 1, after - i - 1) for before, i, after in bounds]


def _centred(labels: Sequence[str]) -> dict[int, int]:
    """Empty cells that a label with as many of them above as below claims: index -> index of label."""
    claimed: dict[int, int] = {}
    for i, above, below in _runs(labels):
        free = sum(1 for k in range(i - above, i) if k not in claimed)
        if above and free == above == below:
            claimed |= {k: i for k in range(i - above, i + below + 1) if k != i}
    return claimed


def _sources(labels: Sequence[str]) -> dict[int, int]:
    """Find the label of each row of one page of a section; rows left out have that above the page."""
    middles = _middles(labels)
    on_top = bool(labels[0])
    if middles and (not on_top or max(map(list(middles.values()).count, middles.values())) <= _LARGEST):
        return middles
    if on_top:
        return {i: max(k for k in range(i + 1) if labels[k]) for i in range(len(labels))}
    return _centred(labels)


def spread_merged_leads(records: Sequence[Record]) -> None:
    """Give the rows of a merged lead cell its label; those that no label claims, the one above them."""
    for _, section in groupby(records, key=lambda r: (r.table, r.section)):
        above: Record | None = None
        rows = list(section)
        sources: dict[int, Record] = {}
        for _, page in groupby(rows, key=lambda r: r.page):
            group = list(page)
            found = _sources([r.fields["leads_text"] for r in group])
            sources |= {id(group[k]): group[i] for k, i in found.items()}
        for record in rows:
            if record.fields["leads_text"]:
                above = record
            elif source := sources.get(id(record), above):
                _inherit(record, source)


def _inherit(record: Record, source: Record) -> None:
    lead = source.fields["leads_text"]
    record.fields["leads_text"], record.lead_inferred = lead, True
    record.mark("lead-merged", f"lead of {source.number}: {lead[:60]}")
