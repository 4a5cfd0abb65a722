"""Who has to report what, to whom and until when: the reporting duties of plans.

In: the documents and their tasks. Out: the table ``deadlines``. The tasks' clauses are read first
(:mod:`compare.duties`), then the paragraphs of the implementation chapters that no task holds
("Trong quá trình thực hiện, nếu có khó khăn ..."). A clause that does not say who reports is a duty of
the task's leads; one that does not say how often comes as often as the task. A product "Báo cáo" in a
table is no duty.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare.agencies import Vocabulary, agency_ids, read_vocabulary
from compare.clauses import clause_texts
from compare.documents import Document, Paragraph, Reference, read_reference
from compare.duties import Duty, DutyReader
from compare.extract.prose import split_chapters, split_parts
from compare.extract.roles import leads_in_text
from compare.rhythms import Rhythm, find_rhythms
from compare.schema import check_table
from compare.tables import TABLES
from compare.text import strip_markup, words

__all__ = ["extract_deadlines"]

_DAY = re.compile(r"^(?:-|\d{4})-(\d\d-\d\d)$")  # of every year, or of one
_ENDS = 12  # words at either end of a clause by which its lines are found


@dataclass(frozen=True)
class _Reader:
    """Reads one document."""

    document: Document
    duties: DutyReader
    patterns: dict[str, str]
    chapters: dict[str, str]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.duties.vocabulary

    def of_task(self, task: Any) -> Iterator[dict[str, Any]]:
        """Read the duties of one task; it gives what its clauses leave open."""
        start, end = int(task.line_start), int(task.line_end)
        for clause in clause_texts(task.text):
            for duty in self.duties.read(clause):
                row = self._row(duty, *_lines_of(self.document, duty.text, start, end))
                if not row["reporter_text"] and not duty.onward:
                    row |= {"reporter": task.leads, "reporter_text": task.leads_text}
                if not row["period"]:
                    row |= _inherited(task, row["due"])
                yield row | {"task_id": task.task_id}

    def of_prose(self, paragraph: Paragraph) -> Iterator[dict[str, Any]]:
        """Read the duties of a paragraph outside the tasks; its first subject reports where none is named."""
        subject = leads_in_text(paragraph.text, self.vocabulary)
        for clause in clause_texts(paragraph.text):
            for duty in self.duties.read(clause):
                lines = _lines_of(self.document, duty.text, paragraph.line_start, paragraph.line_end)
                row = self._row(duty, *lines)
                if not row["reporter_text"] and not duty.onward:
                    row |= {"reporter_text": subject, "reporter": agency_ids(subject, self.vocabulary)}
                yield row | {"task_id": ""}

    def _row(self, duty: Duty, line_start: int, line_end: int) -> dict[str, Any]:
        ids = {
            "reporter": agency_ids(duty.reporter, self.vocabulary),
            "report_to_id": agency_ids(duty.recipient, self.vocabulary),
            "via_id": agency_ids(duty.via, self.vocabulary),
        }
        printed = {"reporter_text": duty.reporter, "report_to": duty.recipient, "via": duty.via}
        place = {"locality": self.document.locality, "source_file": self.document.source_file}
        lines = {"line_start": line_start, "line_end": line_end}
        return {**place, **lines, **ids, **printed, "text": duty.text, **_period(duty.rhythm)}

    def prose(self, held: Iterable[tuple[int, int]]) -> Iterator[Paragraph]:
        """Give the paragraphs of the implementation chapters that stand outside the tasks' lines."""
        ranges = list(held)
        paragraphs, _, _ = split_parts(self.document.blocks, self.patterns)
        for chapter in split_chapters(paragraphs, self.chapters):
            for paragraph in chapter.paragraphs if chapter.part == "implementation" else ():
                first, last = paragraph.line_start, paragraph.line_end
                if not any(start <= last and first <= end for start, end in ranges):
                    yield paragraph


def task_rhythm(task: Any) -> Rhythm:
    """Return how often a task comes, as a report in it does where the report says nothing of its own.

    Parameters
    ----------
    task : row
        Columns used: ``timeline_kind``, ``timeline_text``, ``timeline_end``.
    """
    kind, text, end = task.timeline_kind, task.timeline_text, task.timeline_end
    if kind in ("", "from"):
        return Rhythm("", "", text)
    if kind == "annual":
        return Rhythm("annual", end, text)
    if kind in ("ongoing", "biennial"):
        return Rhythm("regular", "", text)
    if kind == "other":
        return next(iter(find_rhythms(text)), Rhythm("", "", text))
    return Rhythm("once", end, text)


def _period(rhythm: Rhythm, due: str = "") -> dict[str, str]:
    """Write a rhythm as the columns ``period`` and ``due``; only a day of a year is a due day."""
    day = _DAY.search(rhythm.due)
    once = rhythm.due if rhythm.period == "once" else ""
    return {"period": rhythm.period, "due": due or (day[1] if day else ""), "due_on": once}


def _inherited(task: Any, due: str) -> dict[str, str]:
    """Write the rhythm of a task, with a clause's own day: of the task's year, where it has but one."""
    found = _period(task_rhythm(task), due)
    year = found["due_on"][:4]
    one = year and due and task.timeline_start[:4] in ("", year)
    return found | {"due_on": f"{year}-{due}"} if one else found


def _words_at(document: Document, start: int, end: int) -> list[tuple[str, int]]:
    """Return the words of some lines, each with its line."""
    lines = enumerate(document.lines[start - 1 : end], start)
    return [(word, number) for number, line in lines for word in words(strip_markup(line))]


def _at(found: Sequence[str], wanted: Sequence[str], after: int = 0) -> int:
    """Return where some words stand among others, -1 for nowhere."""
    n = len(wanted)
    places = range(after, len(found) - n + 1)
    return next((i for i in places if found[i : i + n] == wanted), -1) if n else -1


def _lines_of(document: Document, text: str, start: int, end: int) -> tuple[int, int]:
    """Find the lines of a clause between two lines, by its first and its last words."""
    placed = _words_at(document, start, end)
    found, wanted = [word for word, _ in placed], words(text)
    first = _at(found, wanted[:_ENDS])
    if first < 0:
        return start, end
    last = _at(found, wanted[-_ENDS:], first)
    return placed[first][1], placed[last + min(_ENDS, len(wanted)) - 1][1] if last >= 0 else end


def _reader(document: Document, reference: Reference) -> _Reader:
    duties = DutyReader(reference.patterns("report"), read_vocabulary(document.level))
    return _Reader(document, duties, reference.patterns("paragraph"), reference.patterns("chapter"))


def _document_rows(document: Document, tasks: pd.DataFrame, reference: Reference) -> list[dict[str, Any]]:
    """Read one document; rows in the order of its lines, and of print within a line."""
    reader = _reader(document, reference)
    own = tasks[tasks["locality"] == document.locality].sort_values(["line_start", "task_id"])
    rows = [row for task in own.itertuples() for row in reader.of_task(task)]
    held = zip(own["line_start"], own["line_end"], strict=True)
    rows += [row for paragraph in reader.prose(held) for row in reader.of_prose(paragraph)]
    rows.sort(key=lambda row: row["line_start"])
    return [{**row, "deadline_id": f"{document.locality}/{n}"} for n, row in enumerate(rows, 1)]


def extract_deadlines(
    documents: Sequence[Document], tasks: pd.DataFrame, reference: Reference | None = None
) -> pd.DataFrame:
    """Extract the reporting duties of plans.

    Parameters
    ----------
    documents : sequence of Document
        The plans as read.
    tasks : DataFrame
        The ``tasks`` table of these plans, normalised.
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    DataFrame
        The ``deadlines`` table, one row a duty and period (or due day), in the order of locality and print.

    Notes
    -----
    A sentence with several rhythms is one row a rhythm. What the collecting body reports onward is a row
    of its own, with that body as reporter, and comes as often as the reports that it collects.

    Examples
    --------
    >>> import compare as cp
    >>> documents = cp.read_documents("data/raw")
    >>> found = extract_deadlines(documents, cp.normalise_tasks(cp.extract_tasks(documents)))
    >>> found[found["due"] != ""].groupby("locality", sort=False)["due"].first().to_dict()
    {'dong-nai': '12-15', 'gia-lai': '12-15', 'ha-tinh': '12-20'}
    """
    reference = reference or read_reference()
    ordered = sorted(documents, key=lambda document: document.locality)
    rows = [row for document in ordered for row in _document_rows(document, tasks, reference)]
    return check_table(pd.DataFrame(rows, columns=list(TABLES["deadlines"].columns)), "deadlines")
