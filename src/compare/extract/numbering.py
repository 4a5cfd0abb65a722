"""What the documents print themselves: unbroken numbering and totals, held against what was found.

In: records or tasks. Out: defects where numbers jump, and a table of counts for the notebooks.
"""

import re
from collections.abc import Sequence

import pandas as pd

from compare.documents import Document, Paragraph
from compare.extract.prose import Chapter
from compare.extract.record import Defect, Record
from compare.text import fold

__all__ = ["check_counts", "mark_numbering"]

_TOTAL = re.compile(r"tong (?:cong|so)\s*:?\s*(\d+) nhiem vu")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def _arabic(numeral: str) -> int:
    values = [_ROMAN[c] for c in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _gaps(numbers: Sequence[int]) -> list[int]:
    """Numbers that an unbroken count from 1 would hold and this one does not."""
    return sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))


def mark_numbering(records: Sequence[Record], chapters: Sequence[Chapter]) -> list[Defect]:
    """Return the gaps in the numbering of chapters and of annex rows."""
    defects = []
    numbered = {_arabic(c.number): c for c in chapters}
    for missing in _gaps(list(numbered)):
        after = next(numbered[n] for n in sorted(numbered) if n > missing)
        line = after.paragraphs[0].line_start if after.paragraphs else 1
        found = f"chapter {missing} is not printed before {after.number}"
        defects.append(Defect("numbering-gap", line, line, False, found))
    annex = [r for r in records if r.part == "annex"]
    for section in dict.fromkeys(r.section for r in annex):
        last = [r for r in annex if r.section == section and r.number.split(".")[-1].isdigit()]
        numbers = [int(r.number.split(".")[-1]) for r in last]
        for missing in [n for n in _gaps(numbers) if numbers and n > min(numbers)]:
            defects.append(
                Defect(
                    "numbering-gap",
                    last[0].line_start,
                    last[-1].line_end,
                    False,
                    f"{section} {missing}",
                )
            )
    return defects


def _printed_total(document: Document) -> str:
    texts = (fold(b.text) for b in document.blocks if isinstance(b, Paragraph))
    return next((m[1] for text in texts if (m := _TOTAL.search(text))), "")


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
    totals = {d.locality: _printed_total(d) for d in documents}
    grouped = tasks.groupby(["locality", "part", "section"], sort=False)
    table = grouped.agg(found=("task_id", "size"), last_number=("number", "last")).reset_index()
    annex = table["part"] == "annex"
    table["last_number"] = table["last_number"].where(annex, "").str.split(".").str[-1]
    table["printed_total"] = table["locality"].map(totals).where(annex, "")
    return table
