"""The tables of who carries what."""

from compare.tables.column import PARTS, TIMELINE_KINDS, Table, count, text

__all__ = ["LOAD"]

LOAD: dict[str, Table] = {
    "workload": Table(
        "one agency in one role in one locality",
        ("locality", "agency_id", "role"),
        {
            "locality": text("locality"),
            "agency_id": text("agency; `unresolved` gathers names that no id was found for"),
            "role": text("lead or coordinating", "lead", "coordinating"),
            "n_tasks": count("pieces of work, a body restatement of an annex row not counted twice"),
            **{f"n_pillar_{p}": count(f"of these in pillar {p}") for p in range(6)},
            **{f"n_{part}": count(f"tasks of the {part}, restatements included") for part in PARTS},
            **{f"n_{kind}": count(f"of n_tasks with timeline kind {kind}") for kind in TIMELINE_KINDS},
            "n_untimed": count("of n_tasks without a printed time"),
            "n_inferred": count("of n_tasks whose lead was inferred from the section or a merged cell"),
        },
    ),
}
