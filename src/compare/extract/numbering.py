"""What the documents print themselves: unbroken numbering and totals, held against what was found.

In: records or tasks. Out: defects where numbers jump or a total differs, and a table of
counts for the notebooks.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import pandas as pd

from compare.documents import Document, Paragraph
from compare.extract.prose import Chapter
from compare.extract.record import Defect, Record
from compare.text import fold

__all__ = ["check_counts", "mark_numbering", "mark_totals"]

_TOTAL = re.compile(r"tong (?:cong|so)\s*:?\s*(\d+) nhiem vu")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def _arabic(numeral: str) -> int:
    values = [_ROMAN[c] for c in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _gaps(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Find the runs of numbers, first and last, that an unbroken count would hold and this one does not.

    Examples
    --------
    >>> _gaps([1, 2, 5, 7])
    [(3, 4), (6, 6)]
    """
    ordered = sorted(set(numbers))
    return [(a + 1, b - 1) for a, b in pairwise(ordered) if b > a + 1]


def _show(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _chapter_gaps(chapters: Sequence[Chapter]) -> Iterator[Defect]:
    numbered = {_arabic(c.number): c for c in chapters}
    for first, last in _gaps([0, *numbered]) if numbered else ():
        after = numbered[last + 1]
        line = after.paragraphs[0].line_start if after.paragraphs else 1
        found = f"chapter {_show(first, last)} is not printed before {after.number}"
        yield Defect("numbering-gap", line, line, False, found)


def _row_gaps(records: Sequence[Record]) -> Iterator[Defect]:
    for (_, section), group in groupby(records, key=lambda r: (r.table, r.section)):
        rows = [r for r in group if r.number.split(".")[-1].isdecimal()]
        for first, last in _gaps([int(r.number.split(".")[-1]) for r in rows]):
            lines = rows[0].line_start, rows[-1].line_end
            yield Defect("numbering-gap", *lines, False, f"{section} {_show(first, last)}")


def mark_numbering(records: Sequence[Record], chapters: Sequence[Chapter]) -> list[Defect]:
    """Return the gaps in the numbering of chapters and of annex rows."""
    rows = [r for r in records if r.part == "annex"]
    return [*_chapter_gaps(chapters), *_row_gaps(rows)]


def _printed_totals(document: Document) -> list[tuple[int, int]]:
    """Return the totals of tasks that paragraphs and rows begin with, each with its line."""
    texts = (
        (b.text, b.line_start) if isinstance(b, Paragraph) else (" ".join(b.cells), b.line)
        for b in document.blocks
    )
    found = ((_TOTAL.match(fold(text).strip(" -+*")), line) for text, line in texts)
    return [(int(match[1]), line) for match, line in found if match]


def mark_totals(document: Document, records: Sequence[Record]) -> list[Defect]:
    """Return the printed totals that count neither the rows above, nor those since the last, nor all."""
    rows = [r.line_start for r in records if r.part == "annex"] or [r.line_start for r in records]
    defects, last = [], 0
    for total, line in _printed_totals(document):
        above, since = (sum(start < at < line for at in rows) for start in (0, last))
        if total not in (above, since, len(rows)):
            found = f"{total} tasks are printed, {above} were read above"
            defects.append(Defect("total-differs", line, line, False, found))
        last = line
    return defects


def check_counts(documents: Sequence[Document], tasks: pd.DataFrame) -> pd.DataFrame:
    """Count the tasks by part and section, beside the last number printed and the printed total.

    Parameters
    ----------
    documents : sequence of Document
    tasks : DataFrame
        Table ``tasks``.

    Returns
    -------
    DataFrame
        One row a locality, part and section: ``found``, ``last_number`` (of annex rows, as printed),
        ``printed_total`` (of the annex, empty where the document prints none).
    """
    printed = {d.locality: _printed_totals(d) for d in documents}
    totals = {place: str(found[0][0]) if found else "" for place, found in printed.items()}
    grouped = tasks.groupby(["locality", "part", "section"], sort=False)
    table = grouped.agg(found=("task_id", "size"), last_number=("number", "last")).reset_index()
    annex = table["part"] == "annex"
    table["last_number"] = table["last_number"].where(annex, "").str.split(".").str[-1]
    table["printed_total"] = table["locality"].map(totals).where(annex, "")
    return table
