"""The tables of which body holds what today."""

from compare.tables.column import Table, flag, text

__all__ = ["BODIES", "OUTCOMES"]

OUTCOMES = ["same", "one", "loose", "several", "none", "unverified"]

BODIES: dict[str, Table] = {
    "holders": Table(
        "one task, role, agency and who holds it today",
        ("task_id", "role", "agency_id", "holder_id"),
        {
            "task_id": text("task"),
            "locality": text("id of who issued the plan"),
            "role": text("role of the agency in the task", "lead", "coordinating"),
            "agency_id": text("agency that the plan names"),
            "holder_id": text(
                "agency that holds its work now; empty: none, or none that a published source names"
            ),
            "outcome": text(
                "same (still there under that name), one successor, loose (most went there, not all), "
                "several, none, or unverified",
                *OUTCOMES,
            ),
            "content": text("the part of the agency's work that went to this holder; empty for all of it"),
            "chosen": flag("the only holder, or the one of several whose content the task's own words name"),
            "since": text(
                "ISO date since when it holds the work; empty where nothing changed, or no source says when"
            ),
            "ground": text("the published source, or why there is none"),
        },
    ),
}
