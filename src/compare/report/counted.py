"""The tasks behind the numbers of the tables: each number that counts tasks can be opened to a list of them.

In: :class:`Inputs`, and a locality or none. Out: for each table by its name, and each row and column by
its words, the tasks that were counted, or the pieces of work that a plan states or does not. The page's
script opens a number only where the list is as long as the number says, so a list never stands for
another count.
"""

from collections.abc import Iterator

from compare.figures.counts import PARTS, STATED, stated_elsewhere
from compare.figures.due import period_name
from compare.figures.due_counts import due_period, time_of
from compare.report.inputs import Inputs
from compare.report.load.lists import agency_name, carried
from compare.report.shared import status_word
from compare.workload import merged_load, task_carriers

__all__ = ["counted"]

_Cell = tuple[str, str, str, list[str]]  # table, row, column, tasks
_ROLES = ("lead", "coordinating")


def _pillars(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    t, names = inputs.labels, inputs.names
    for task, row in inputs.tasks.items():
        pillar, place = names.pillar(int(row["pillar"])), row["locality"]
        if locality == place and row["part"] in PARTS:
            yield "tasks", pillar, t(f"part.{row['part']}"), [task]
            yield "tasks", pillar, t("column.total"), [task]
        elif not locality:
            yield "task-matrix", pillar, names.locality(place), [task]


def _compared(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    """Yield the pieces of work behind counts of what plans state of what others state."""
    t, names = inputs.labels, inputs.names
    pillars = dict(zip(inputs["families"]["family_id"], inputs["families"]["pillar"], strict=True))
    for place in inputs.localities:
        for row in stated_elsewhere(inputs["coverage"], place).to_dict("records"):
            family, status, here = row["family_id"], row["status"], names.locality(place)
            pillar, own = names.pillar(int(pillars[family])), status not in STATED and place == locality
            shown = f"#gap-{family}" if own else f"#family-{family}"
            shown = f"#gap-{place}-{family}" if not locality and status == "gap" else shown
            column = {"gap": "gaps", "review": "review"}.get(status, "stated")
            yield "completeness", here, t(f"column.{column}"), [shown]
            if place == locality:
                yield "gaps", pillar, status_word(inputs, status), [shown]
            elif not locality and status == "gap":
                yield "gap-matrix", pillar, here, [shown]


def _alone(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    stated = inputs["coverage"][inputs["coverage"]["status"].isin(STATED)]
    for row in stated.drop_duplicates("family_id", keep=False).to_dict("records"):
        name, column = inputs.names.locality(row["locality"]), inputs.labels("column.unique")
        yield "completeness", name, column, [f"#family-{row['family_id']}"]


def _loads(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    t, names = inputs.labels, inputs.names
    for place in [locality] if locality else inputs.localities:
        for (role, agency), tasks in carried(inputs, place).items():
            if not locality:
                yield f"load-{role}", names.agency(agency), names.locality(place), tasks
                continue
            tables = [f"{place}-spread"] if role == "lead" else [f"{place}-{role}"]
            for table in tables:
                yield table, names.agency(agency), t(f"column.{role}"), tasks


def _carriers(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    t, tasks = inputs.labels, inputs["tasks"]
    own = tasks[tasks["locality"] == locality] if locality else tasks
    found = task_carriers(own, inputs["memberships"], inputs["mentions"], inputs.reference.agencies)
    for row in found.to_dict("records"):
        carrier, role = t(f"carrier.{row['carrier']}"), row["role"]
        if locality:
            head = t("column.leads" if role == "lead" else "column.coordinates")
            yield f"{locality}-carriers", carrier, head, [row["task_id"]]
        elif role == "lead":
            place = inputs.names.locality(inputs.tasks[row["task_id"]]["locality"])
            yield "carriers", place, carrier, [row["task_id"]]


def _links(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    table = inputs["agency_links"]
    for row in table[table["locality"] == locality].to_dict("records"):
        for role in _ROLES:
            name, column = agency_name(inputs, row[f"{role}_id"]), inputs.labels(f"column.tasks_{role}")
            yield f"{locality}-links-{role}", name, column, row["task_ids"].split(";")


def _times(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    t, names, events = inputs.labels, inputs.names, inputs["calendar"]
    for row in events[events["source"] == "task"].to_dict("records"):
        place, time = names.locality(row["locality"]), t(f"rhythm.{time_of(row['kind'], row['rhythm'])}")
        if not locality:
            yield "rhythm-matrix", time, place, [row["task_id"]]
            if row["kind"] == "one-off":
                period = period_name(t, *due_period(row["due_on"], row["precision"]))
                yield "due-matrix", period, place, [row["task_id"]]
        elif locality == row["locality"]:
            yield f"{locality}-rhythms", time, t("event.task"), [row["task_id"]]
    for task, row in inputs.tasks.items():
        if locality == row["locality"]:
            kind = t(f"time.{row['timeline_kind'] or 'none'}")
            yield f"{locality}-timelines", kind, t("column.tasks"), [task]


def _held(inputs: Inputs, locality: str) -> Iterator[_Cell]:
    if locality:
        return
    merged = merged_load(inputs["tasks"], inputs["holders"], inputs["memberships"])
    for row in merged[merged["role"] == "lead"].to_dict("records"):
        known = agency_name(inputs, row["holder_id"]) if row["holder_id"] else ""
        name = known or inputs.labels(f"fate.{row['outcome']}")
        yield "held", name, inputs.names.locality(row["locality"]), row["task_ids"].split(";")


def counted(inputs: Inputs, locality: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    """List the tasks behind the numbers of a page.

    Returns
    -------
    dict
        Table by name, row by its first cell, column by its heading: ids of tasks, sorted; of counted
        pieces of work ``#`` and the id of the page's element that stands for each.
    """
    found: dict[str, dict[str, dict[str, set[str]]]] = {}
    for cells in (_pillars, _compared, _alone, _loads, _carriers, _links, _times, _held):
        for table, row, column, tasks in cells(inputs, locality):
            held = found.setdefault(table, {}).setdefault(row, {}).setdefault(column, set())
            held.update(task for task in tasks if task in inputs.tasks or task.startswith("#"))
    return {
        table: {
            row: {column: sorted(tasks) for column, tasks in sorted(columns.items())}
            for row, columns in sorted(rows.items())
        }
        for table, rows in sorted(found.items())
    }
