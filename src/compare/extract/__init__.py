"""Extraction: a plan becomes a table of tasks as printed, each with its lines and its damage.

In: documents as blocks (never files). Out: :class:`Extraction`, the tasks (normalised columns still
empty, save where a correction fills them) and the defects met. A plan is a body and an implementation
part, read by :mod:`compare.extract.prose`, and an annex table, read by :mod:`compare.extract.table`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import pandas as pd

from compare.agencies import Vocabulary, read_vocabulary
from compare.documents import Document, Reference, read_reference
from compare.errors import ExtractionError
from compare.extract.annex import split_tables
from compare.extract.corrections import apply_corrections
from compare.extract.describe import blank_lines, document_lines, documents_table
from compare.extract.numbering import check_counts, mark_numbering, mark_totals
from compare.extract.prose import read_chapter, split_chapters, split_parts
from compare.extract.record import Defect, Record
from compare.extract.repair import repair_records
from compare.extract.roles import coordinating_in_text
from compare.extract.table import read_tables
from compare.schema import TABLES, check_table
from compare.timelines import find_timeline

__all__ = [
    "Extraction",
    "blank_lines",
    "check_counts",
    "document_lines",
    "documents_table",
    "extract_documents",
    "extract_tasks",
]


@dataclass(frozen=True)
class Extraction:
    """Tasks and defects of some documents, as the tables ``tasks`` and ``defects``."""

    tasks: pd.DataFrame
    defects: pd.DataFrame


def _annex(document: Document, line: int, reference: Reference) -> tuple[list[Record], list[Defect]]:
    """Read the tables of tasks, wherever they stand; an annex begins at a line, 0 for none."""
    vocabulary = read_vocabulary(document.level)
    tables, defects = split_tables(document.blocks, line, reference, vocabulary)
    records, unused = read_tables(tables, vocabulary)
    repair_records(records, vocabulary)
    for record in records:
        _read_missing_columns(record, vocabulary)
    return records, defects + unused


def _read_missing_columns(record: Record, vocabulary: Vocabulary) -> None:
    """Read from a row's text what its table has no column for and no other cell gave."""
    text, fields = record.fields["text"], record.fields
    if "coordinating" not in record.columns and not fields["coordinating_text"]:
        fields["coordinating_text"] = coordinating_in_text(text, vocabulary)
    if "timeline" not in record.columns and not fields["timeline_text"]:
        fields["timeline_text"] = find_timeline(text)


def _refuse(document: Document, defects: Sequence[Defect]) -> NoReturn:
    """Say what a document without any task was expected to hold, and what was found."""
    skipped = [d for d in defects if d.kind == "table-skipped"]
    if skipped:
        found = max(skipped, key=lambda d: d.line_end - d.line_start)
        raise ExtractionError(
            f"{document.source_file}, lines {found.line_start} to {found.line_end}: a table of tasks wanted "
            "(a header row with a task column and an agency, product or time column, and rows under it), "
            f"found {found.detail}"
        )
    raise ExtractionError(
        f"{document.source_file}: an action plan wanted (chapters numbered I, II, ... of which one is "
        "'Nhiệm vụ, giải pháp' or 'Tổ chức thực hiện', or an annex table of tasks), found none"
    )


def _read(document: Document, reference: Reference) -> tuple[list[Record], list[Defect]]:
    """Read one document: records in document order, and defects that are no task's."""
    patterns = reference.patterns("paragraph")
    before, _, line = split_parts(document.blocks, patterns)
    vocabulary = read_vocabulary(document.level)
    chapters = split_chapters(before, reference.patterns("chapter"))
    records = [
        record
        for chapter in chapters
        if chapter.part != "other"
        for record in read_chapter(chapter, patterns, vocabulary)
    ]
    rows, defects = _annex(document, line, reference)
    if not records + rows:
        _refuse(document, defects)
    records = sorted(records + rows, key=lambda r: r.line_start)
    return records, [*defects, *mark_numbering(records, chapters), *mark_totals(document, records)]


def _task_ids(document: Document, records: Sequence[Record]) -> list[str]:
    """Name each record; a number printed twice gets its occurrence added, a missing one its line."""
    seen: Counter[str] = Counter()
    names = []
    for record in records:
        name = f"{document.locality}/{record.part}/{record.number or f'L{record.line_start}'}"
        seen[name] += 1
        if seen[name] > 1:
            record.mark("number-repeated", f"{record.number} is printed again", repaired=False)
            name = f"{name}({seen[name]})"
        names.append(name)
    return names


def _task_row(document: Document, name: str, record: Record) -> dict[str, object]:
    columns = TABLES["tasks"].columns.items()
    blank: dict[str, object] = {c: 0 if s.dtype == "int" else "" for c, s in columns}
    return (
        blank
        | record.fields
        | {
            "task_id": name,
            "locality": document.locality,
            "part": record.part,
            "section": record.section,
            "section_title": record.section_title,
            "number": record.number,
            "lead_inferred": record.lead_inferred,
            "source_file": document.source_file,
            "line_start": record.line_start,
            "line_end": record.line_end,
            "defects": ";".join(dict.fromkeys(d.kind for d in record.defects)),
        }
    )


def _defect_row(document: Document, name: str, defect: Defect) -> dict[str, object]:
    return {
        "locality": document.locality,
        "kind": defect.kind,
        "task_id": name,
        "repaired": defect.repaired,
        "detail": defect.detail,
        "source_file": document.source_file,
        "line_start": defect.line_start,
        "line_end": defect.line_end,
    }


def _extract_one(document: Document, reference: Reference) -> Extraction:
    records, loose = _read(document, reference)
    names = _task_ids(document, records)
    rows = [_task_row(document, name, r) for name, r in zip(names, records, strict=True)]
    defects = [_defect_row(document, "", defect) for defect in loose]
    for name, record in zip(names, records, strict=True):
        defects += [_defect_row(document, name, defect) for defect in record.defects]
    tasks, corrected = apply_corrections(pd.DataFrame(rows), document)
    columns = list(TABLES["defects"].columns)
    return Extraction(tasks, pd.DataFrame([*defects, *corrected], columns=columns))


def extract_documents(documents: Sequence[Document], reference: Reference | None = None) -> Extraction:
    """Extract every task of some documents, and every defect met.

    Parameters
    ----------
    documents : sequence of Document
        In any order.
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    Extraction
        ``tasks``: one row a task, in the order of localities and lines, the columns of the schema;
        ``leads``, ``coordinating``, ``pillar`` and the parsed timeline are still empty (see
        :func:`compare.normalise_tasks`). ``defects``: one row a damaged place.

    Raises
    ------
    ExtractionError
        A document holds no plan, or a correction does not fit what was extracted.
    """
    reference = reference or read_reference()
    parts = [_extract_one(d, reference) for d in sorted(documents, key=lambda d: d.locality)]
    tasks = pd.concat([part.tasks for part in parts], ignore_index=True)
    defects = pd.concat([part.defects for part in parts], ignore_index=True)
    order = ["locality", "line_start", "line_end", "kind", "task_id"]
    defects = defects.drop_duplicates(order).sort_values(order)
    return Extraction(tasks, check_table(defects, "defects"))


def extract_tasks(documents: Sequence[Document], reference: Reference | None = None) -> pd.DataFrame:
    """Extract every task of some documents: the ``tasks`` of :func:`extract_documents`."""
    return extract_documents(documents, reference).tasks
