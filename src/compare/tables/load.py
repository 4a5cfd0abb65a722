"""The tables of who carries what."""

from compare.tables.column import PARTS, TIMELINE_KINDS, Table, count, share, text

__all__ = ["LOAD", "ONE_OFF", "RECURRING"]

RECURRING = ["annual", "biennial", "ongoing"]
ONE_OFF = ["year", "quarter", "month", "range", "deadline"]  # "from" has no end, "other" no reading

LOAD: dict[str, Table] = {
    "workload": Table(
        "one agency in one role in one locality",
        ("locality", "agency_id", "role"),
        {
            "locality": text("locality"),
            "agency_id": text(
                "agency; `unresolved` gathers names that no id was found for, `unnamed` the tasks that name "
                "nobody in the role"
            ),
            "role": text("lead or coordinating", "lead", "coordinating"),
            "n_tasks": count("pieces of work, a body restatement of an annex row not counted twice"),
            **{f"n_pillar_{p}": count(f"of these in pillar {p}") for p in range(6)},
            **{f"n_{part}": count(f"tasks of the {part}, restatements included") for part in PARTS},
            **{f"n_{kind}": count(f"of n_tasks with timeline kind {kind}") for kind in TIMELINE_KINDS},
            "n_untimed": count("of n_tasks without a printed time"),
            "n_inferred": count("of n_tasks whose lead was inferred from the section or a merged cell"),
            "share": share(
                "n_tasks over the locality's pieces of work, each once, those that name nobody included; "
                "joint leads each have the whole task, so shares may add up to more than 1"
            ),
            "n_recurring": count(f"of n_tasks with timeline kind {', '.join(RECURRING)}"),
            "n_one_off": count(f"of n_tasks with timeline kind {', '.join(ONE_OFF)}"),
            "n_sole": count("of n_tasks as the only lead; 0 in the coordinating role and for `unnamed`"),
            "n_joint": count("of n_tasks as one of several leads; 0 in the coordinating role"),
        },
    ),
    "agency_links": Table(
        "one lead and one coordinating agency in one locality",
        ("locality", "lead_id", "coordinating_id"),
        {
            "locality": text("locality"),
            "lead_id": text("agency that leads"),
            "coordinating_id": text(
                "agency that coordinates; the lead itself where a task names it in both roles"
            ),
            "n_tasks": count("pieces of work that name both, restatements not counted twice"),
            "task_ids": text("these tasks, joined by `;`"),
        },
    ),
}
