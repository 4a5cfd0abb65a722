"""Which sheets the workbook has, in order: the table behind each, and the columns shown.

Nothing but this list decides what a sheet holds; ids stand last, for who looks things up by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from compare.workbook.fields import Field

__all__ = ["SHEETS", "Page"]


@dataclass(frozen=True)
class Page:
    """One sheet: its table, its columns, the one whose cells others link to, and the columns that link."""

    table: str
    fields: tuple[Field, ...]
    frozen: int = 1
    target: str = ""
    links: Mapping[str, str] | None = None


_LINES = (Field("source_file", width=16), Field("line_start", "index", 8), Field("line_end", "index", 8))
_TO_TASK = {"task_id": "tasks"}

SHEETS: dict[str, Page] = {
    "documents": Page(
        "documents",
        (
            Field("name_vi"),
            Field("level", "level"),
            Field("number", width=16),
            Field("issued_on", "date"),
            Field("issuer", "issuer", 24),
            Field("implements", "list", 18),
            Field("title", width=60),
            Field("n_lines", "number", 10),
            Field("source_file", width=16),
            Field("sha256", width=20),
        ),
    ),
    "tasks": Page(
        "tasks",
        (
            Field("locality", "locality"),
            Field("part", "part", 16),
            Field("number", width=10),
            Field("pillar", "pillar", 24),
            Field("text", width=80),
            Field("leads", "agencies", 32),
            Field("coordinating", "agencies", 32),
            Field("lead_inferred", "flag", 10),
            Field("product", width=28),
            Field("timeline_text", width=18),
            Field("timeline_kind", "time", 16),
            Field("timeline_start", "date"),
            Field("timeline_end", "date"),
            *_LINES,
            Field("task_id", width=28),
        ),
        frozen=3,
        target="task_id",
    ),
    "families": Page(
        "families",
        (
            Field("title_vi", width=70),
            Field("title_en", width=50),
            Field("pillar", "pillar", 24),
            Field("n_localities", "number", 10),
            Field("status", "book", 18),
            Field("family_id", width=34),
        ),
        target="family_id",
    ),
    "memberships": Page(
        "memberships",
        (
            Field("family_id", "families", 60, head="family"),
            Field("task_id", width=28),
            Field("match", "book", 12),
            Field("probability", "percent", 10),
            Field("origin", "book", 18),
            Field("family_id", width=34),
        ),
        links=_TO_TASK,
    ),
    "workload": Page(
        "workload",
        (
            Field("locality", "locality"),
            Field("agency_id", "agencies", 36),
            Field("role", "role", 12),
            Field("n_tasks", "number", 10),
            *(Field(f"n_pillar_{pillar}", "number", 8) for pillar in range(6)),
            Field("n_annex", "number", 8),
            Field("n_body", "number", 8),
            Field("n_implementation", "number", 8),
            Field("n_untimed", "number", 10),
            Field("n_inferred", "number", 10),
            Field("share", "percent", 10),
            Field("n_recurring", "number", 10),
            Field("n_one_off", "number", 10),
            Field("n_sole", "number", 10),
            Field("n_joint", "number", 10),
        ),
        frozen=2,
    ),
    "calendar": Page(
        "calendar",
        (
            Field("locality", "locality"),
            Field("source", "book", 12),
            Field("title", width=70, head="text"),
            Field("leads", "agencies", 32),
            Field("kind", "book", 16),
            Field("rhythm", "book", 18),
            Field("starts_on", "date"),
            Field("due_on", "date"),
            Field("precision", "book", 10),
            Field("due_yearly", "yearly", 16),
            Field("printed", width=30),
            *_LINES,
            Field("task_id", width=28),
            Field("event_id", width=28),
        ),
        links=_TO_TASK,
    ),
    "deadlines": Page(
        "deadlines",
        (
            Field("locality", "locality"),
            Field("reporter_text", width=36),
            Field("report_to", width=28),
            Field("via", width=24),
            Field("period", "book", 18),
            Field("due", "yearly", 16),
            Field("due_on", "date"),
            Field("text", width=80),
            Field("reporter", "agencies", 32),
            Field("report_to_id", "agencies", 24),
            Field("via_id", "agencies", 24),
            *_LINES,
            Field("task_id", width=28),
            Field("deadline_id", width=18),
        ),
        links=_TO_TASK,
    ),
    "agency_links": Page(
        "agency_links",
        (
            Field("locality", "locality"),
            Field("lead_id", "agencies", 36),
            Field("coordinating_id", "agencies", 36),
            Field("n_tasks", "number", 10),
            Field("task_ids", "list", 28),
        ),
        frozen=3,
    ),
    "holders": Page(
        "holders",
        (
            Field("locality", "locality"),
            Field("agency_id", "agencies", 36),
            Field("role", "role", 12),
            Field("task_id", width=28),
            Field("outcome", "book", 20),
            Field("holder_id", "agencies", 36),
            Field("content", "said", 32),
            Field("chosen", "flag", 10),
            Field("since", "date"),
            Field("ground", "said", 70),
        ),
        frozen=2,
        links=_TO_TASK,
    ),
    "defects": Page(
        "defects",
        (
            Field("locality", "locality"),
            Field("kind", "defect", 40),
            Field("task_id", width=28),
            Field("repaired", "flag", 10),
            *_LINES,
        ),
        links=_TO_TASK,
    ),
    "targets": Page(
        "targets",
        (
            Field("locality", "locality"),
            Field("indicator", "indicator", 40),
            Field("bound", "book", 12),
            Field("value", "number", 12),
            Field("value_high", "number", 12),
            Field("unit", "unit", 20),
            Field("year", "index", 8),
            Field("baseline", "number", 12),
            Field("scope", "book", 18),
            Field("text", width=60),
            Field("sentence", width=60),
            Field("task_id", width=28),
            *_LINES,
            Field("target_id", width=18),
        ),
        frozen=2,
        links=_TO_TASK,
    ),
    "citations": Page(
        "citations",
        (
            Field("locality", "locality"),
            Field("number", width=18),
            Field("kind", "said", 16),
            Field("issued_on", "date"),
            Field("issuer", "issuer", 30),
            Field("issuer_level", "book", 22),
            Field("title", width=50),
            Field("as_printed", width=40),
            Field("relation", "book", 16),
            Field("n_mentions", "number", 10),
            Field("parts", "parts", 20),
            Field("flags", "codes", 30),
            Field("lines", "list", 10),
            Field("source_file", width=16),
            Field("citation_id", width=28),
        ),
        frozen=2,
    ),
    "citation_mentions": Page(
        "citation_mentions",
        (
            Field("locality", "locality"),
            Field("as_printed", width=40),
            Field("date_printed", width=22),
            Field("issuer_printed", width=30),
            Field("part", "part", 16),
            Field("task_id", width=28),
            Field("flags", "codes", 30),
            *_LINES,
            Field("position", "index", 8),
            Field("citation_id", width=28),
        ),
        frozen=2,
        links=_TO_TASK,
    ),
}
