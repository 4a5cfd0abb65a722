"""The tasks behind a count, as short links, and the names of agencies.

In: ids of tasks and agencies. Out: markup. A count of tasks can be looked up: each of its tasks is a
link, named by its number and gathered by the part of the document.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from compare.figures.counts import PARTS
from compare.report.blocks import anchor
from compare.report.inputs import Inputs
from compare.workload import assignments, counted_tasks

__all__ = ["agency_both", "agency_name", "agency_names", "carried", "once", "task_list", "task_numbers"]

_RUN = 3  # links that stay on one line, so that a narrow screen does not stack them one by one


def agency_name(inputs: Inputs, agency: str) -> str:
    """Name an agency; a group is marked, so that it is not read as one body."""
    name = inputs.names.agency(agency)
    return inputs.labels("agency.marked", name=name) if agency in inputs.names.groups else name


def agency_both(inputs: Inputs, agency: str) -> str:
    """Name an agency, in a page of another language with its Vietnamese name beneath."""
    name, printed = inputs.names.agency(agency), inputs.names.wording.originals.get(agency)
    if not printed:
        return name
    return Markup('{}<br><small lang="vi">{}</small>').format(name, printed)


def agency_names(inputs: Inputs, joined: str) -> str:
    """Name the agencies of a ``;``-joined list."""
    return "; ".join(agency_name(inputs, agency) for agency in joined.split(";") if agency)


def _link(inputs: Inputs, task_id: str) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(anchor(task_id), inputs.tasks[task_id]["number"])


def _ordered(inputs: Inputs, ids: Iterable[str]) -> list[str]:
    return sorted(set(ids), key=lambda task: (int(inputs.tasks[task]["line_start"]), task))


def task_numbers(inputs: Inputs, ids: Iterable[str]) -> Markup:
    """Link to tasks of one locality by their numbers, in document order."""
    links = [_link(inputs, task) for task in _ordered(inputs, ids)]
    runs = (links[i : i + _RUN] for i in range(0, len(links), _RUN))
    return Markup(", ").join(Markup(",\u00a0").join(run) for run in runs)


def task_list(inputs: Inputs, ids: Iterable[str]) -> Markup:
    """Link to tasks of one locality: numbers in document order, gathered by part."""
    rows, parts = _ordered(inputs, ids), []
    for part in PARTS:
        own = [task for task in rows if inputs.tasks[task]["part"] == part]
        if own:
            parts.append(Markup("{} {}").format(inputs.labels(f"part.{part}"), task_numbers(inputs, own)))
    return Markup("; ").join(parts)


def once(inputs: Inputs, locality: str = "") -> str:
    """Say that a restated task counts once, with the numbers where there are any; and what a group is."""
    t, tasks = inputs.labels, inputs["tasks"]
    own = tasks[tasks["locality"] == locality] if locality else tasks
    counts = {"n": len(own), "pieces": len(counted_tasks(own, inputs["memberships"]))}
    said = t("honest.once_counted", **counts) if counts["n"] != counts["pieces"] else t("honest.once")
    return f"{said} {t('honest.workload')}"


def carried(inputs: Inputs, locality: str) -> Mapping[tuple[str, str], list[str]]:
    """Map a role and an agency to the counted tasks that a locality gives it in that role."""
    tasks = counted_tasks(inputs["tasks"], inputs["memberships"])
    rows = assignments(tasks[tasks["locality"] == locality], inputs["mentions"])
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows.itertuples():
        found.setdefault((str(row.role), str(row.agency_id)), []).append(str(row.task_id))
    return found
