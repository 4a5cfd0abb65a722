"""The section of a locality's report about what falls due when, and the list of what was due before a day.

In: :class:`Inputs` and a locality. Out: blocks. What is due once stands on a time line, what comes again
and what has no time in bars; what has a day can be taken as a calendar file, made with the report.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.due import due_before, due_on_day, without_day
from compare.figures import plot_rhythms, plot_schedule
from compare.figures.counts import timeline_shares
from compare.figures.due_counts import rhythm_counts, way_counts
from compare.figures.schedule import dated, period, yearly
from compare.ics import calendar_ics
from compare.report.blocks import (
    Block,
    Chart,
    Fragment,
    Sheet,
    fragment,
    lines_link,
    page_link,
    printed,
    task_link,
)
from compare.report.evidence import printed_marks
from compare.report.inputs import Inputs
from compare.report.packed import pack
from compare.report.shared import folded, heading, lost_times, sheet, subheading
from compare.report.ways import pointed

__all__ = ["calendar", "due_blocks"]

_NOTHING = "–"
_WAYS = {"one-off": "calendar.n_once", "recurring": "calendar.n_again", "ongoing": "calendar.n_going"}
_LONG = 12  # rows from which a table can be filtered


def _own(inputs: Inputs, name: str, locality: str) -> pd.DataFrame:
    table = inputs[name]
    return table[table["locality"] == locality] if locality else table


def _schedule_sheet(rows: pd.DataFrame, inputs: Inputs, locality: str) -> Sheet:
    t, cells = inputs.labels, []
    for row in rows.to_dict("records"):
        when = period(t, row["timeline_start"], row["timeline_end"])
        place = lines_link(row, t, locality, printed_marks(row, [row["timeline_text"]], inputs))
        said, text = (printed(row[c], t) for c in ("timeline_text", "text"))
        cells.append((when, said, task_link(row, t), text, place))
    columns = [t(f"column.{c}") for c in ("when", "as_printed", "task", "text", "lines")]
    return Sheet(t("sheet.schedule"), columns, cells, name=f"{locality}-schedule")


def _once_key(n: int, coarse: int) -> str:
    """Choose the words for tasks due once: printed to the year all, some, or none of them."""
    return {0: "finding.once_exact", n: "finding.once_coarse"}.get(coarse, "finding.once")


def _once(inputs: Inputs, locality: str) -> list[Block]:
    """Show the tasks with a date on a time line."""
    t, own = inputs.labels, _own(inputs, "tasks", locality)
    fixed, each_year = dated(own), yearly(own)
    rows = pd.concat([fixed, each_year])
    if rows.empty:
        return [subheading(inputs, t("sub.schedule"), t("finding.no_schedule"))]
    several = "finding.schedule_yearly" if len(fixed) else "finding.schedule_only_yearly"
    key = several if len(each_year) else "finding.schedule"
    events = _own(inputs, "calendar", locality)
    once = events[(events["source"] == "task") & (events["kind"] == "one-off")]
    coarse = int((once["precision"] == "year").sum())
    found = [t(key, n=len(fixed), yearly=len(each_year))]
    if len(once):
        exact = len(once) - coarse
        found.append(t(_once_key(len(once), coarse), n=len(once), year=coarse, exact=exact))
    figure = plot_schedule(own, locality=locality, names=inputs.names)
    data = folded(inputs, _schedule_sheet(rows, inputs, locality))
    return [subheading(inputs, t("sub.schedule"), *found), Chart(figure), data]


def _rhythm_sheet(counts: pd.DataFrame, inputs: Inputs, locality: str) -> Sheet:
    t = inputs.labels
    rows = [
        (t(f"rhythm.{time}"), int(row["task"]), int(row["report"]), int(row.sum()))
        for time, row in counts.iterrows()
    ]
    columns = [t("column.rhythm"), t("event.task"), t("event.report"), t("column.total")]
    return Sheet(t("sheet.rhythms"), columns, rows, frozenset({1, 2, 3}), f"{locality}-rhythms")


def _kinds_sheet(inputs: Inputs, locality: str) -> Sheet:
    """Tell the kinds of time as printed, beside the mean of the other localities."""
    t, shares = inputs.labels, timeline_shares(inputs["tasks"], locality)
    rows = [
        (
            t(f"time.{row.Index or 'none'}"),
            row.n,
            t.percent(float(str(row.share))),
            t.percent(float(str(row.others))),
        )
        for row in shares.itertuples()
    ]
    columns = [t(f"column.{c}") for c in ("time_kind", "tasks", "share", "others_share")]
    return Sheet(t("sheet.timelines"), columns, rows, frozenset({1, 2, 3}), f"{locality}-timelines")


def _again(counts: "pd.Series[int]", inputs: Inputs) -> str:
    """Say how often tasks recur; of one rhythm only, that all do."""
    t, n = inputs.labels, int(counts.sum())
    if len(counts) == 1:
        return t("finding.rhythms_one", n=n, rhythms=t(f"rhythm.{counts.index[0]}"))
    listed = t.listed([t("n.rhythm", n=int(k), rhythm=t(f"rhythm.{time}")) for time, k in counts.items()])
    return t("finding.rhythms" if n else "finding.no_rhythms", n=n, rhythms=listed)


def _rhythms(inputs: Inputs, locality: str) -> list[Block]:
    """Show what recurs and how often, what goes on, and what has no time."""
    t, counts = inputs.labels, rhythm_counts(inputs["calendar"], locality)
    again = counts["task"].drop(["one-off", "ongoing", "untimed"], errors="ignore")
    again = again[again > 0]
    going = int(counts["task"].get("ongoing", 0))
    return [
        subheading(
            inputs, t("sub.rhythms"), _again(again, inputs), t("finding.going", n=going) if going else ""
        ),
        Chart(plot_rhythms(inputs["calendar"], locality=locality, names=inputs.names)),
        folded(inputs, _rhythm_sheet(counts, inputs, locality)),
        folded(inputs, _kinds_sheet(inputs, locality), t("sheet.timelines")),
    ]


def _file(inputs: Inputs, locality: str) -> list[Block]:
    """Offer what has a day as a calendar file that stands in the page, where one can be made."""
    if not find_spec("icalendar"):  # an extra
        return []
    t, events, documents = inputs.labels, _own(inputs, "calendar", locality), inputs["documents"]
    names = {**inputs.names.agencies, **inputs.names.localities}
    own = documents[documents["locality"] == locality]
    made = calendar_ics(events, own, names, language=inputs.language)
    left, n = len(made.left_out), len(events) - len(made.left_out)
    said = t("calendar_file.said" if n else "calendar_file.none", n=n, left=left)
    file = pack(made.content) if n else None
    found = fragment("calendar_file", t, name=f"{locality}.ics", said=said, file=file)
    script = "calendar.js" if file else ""
    return [subheading(inputs, t("sub.calendar_file")), Fragment(found.html, script=script)]


def _counted(ways: "pd.Series[int]", inputs: Inputs) -> str:
    """Count the tasks by kind of time, those kinds that there are."""
    t, n, none = inputs.labels, int(ways.sum()), int(ways["untimed"])
    if none == n:
        return t("finding.calendar_none", n=n)
    found = [way for way in _WAYS if ways[way]]
    if len(found) == 1 and not none:
        return t("finding.calendar_one", n=n, way=t(f"rhythm.{found[0]}"))
    parts = t.listed([t(_WAYS[way], n=int(ways[way])) for way in found])
    key = "finding.calendar" if none else "finding.calendar_timed"
    return t(key, n=n, parts=parts, none=none, share=t.percent(none / n))


def calendar(inputs: Inputs, locality: str) -> list[Block]:
    """Show what falls due once and when, what recurs, and what has no time at all."""
    t, ways = inputs.labels, way_counts(_own(inputs, "calendar", locality))[locality]
    lead = pointed(t, _counted(ways, inputs), f"table-{locality}-rhythms")
    return [
        heading(inputs, "calendar", lead, t("honest.calendar"), lost_times(inputs, locality)),
        *_once(inputs, locality),
        *_rhythms(inputs, locality),
        *_file(inputs, locality),
        *due_blocks(inputs, locality),
    ]


def _due_row(row: Mapping[str, Any], inputs: Inputs, locality: str) -> tuple[object, ...]:
    t = inputs.labels
    day = t.due(row["due_on"], row["precision"])
    word, task = t(f"event.{row['source']}"), inputs.tasks.get(row["task_id"])
    where = Markup(" ({})").format(task_link(task, t)) if locality and task else ""
    what = Markup('<div style="min-width: min(14rem, 60vw)">{}{}: {}</div>').format(
        word, where, printed(row["title"], t)
    )
    agencies = t.listed([inputs.names.agency(agency) for agency in row["leads"].split(";") if agency])
    place = () if locality else (page_link(row["locality"], inputs.names.locality(row["locality"])),)
    return (
        day,
        *place,
        what,
        agencies or _NOTHING,
        printed(row["printed"], t) or _NOTHING,
        int(row["days_before"]),
        lines_link(row, t, locality, printed_marks(row, [row["printed"]], inputs)),
    )


def due_blocks(inputs: Inputs, locality: str = "") -> list[Block]:
    """List what was due before the day that the reader gave; nothing where none was given."""
    if not inputs.before:
        return []
    t, events = inputs.labels, _own(inputs, "calendar", locality)
    found = due_before(events, inputs.before, inputs["documents"])
    day = t.date(inputs.before)
    again = without_day(events)
    title = t("section.due", date=day)
    lead = t("finding.due", n=len(found), date=day) if len(found) else t("finding.due_none", date=day)
    on_day = len(due_on_day(events, inputs.before, inputs["documents"]))
    notes = [t("honest.due"), t("honest.due_on", n=on_day, date=day) if on_day else ""]
    notes += [t("honest.due_again", n=len(again)) if len(again) else ""]
    head = heading(inputs, "due", lead, *notes, title=title)
    if found.empty:
        return [head]
    rows = [_due_row(row, inputs, locality) for row in found.to_dict("records")]
    names = ["when", *([] if locality else ["locality"]), "due_what", "due_who", "as_printed"]
    columns = [t(f"column.{c}") for c in (*names, "days_before", "lines")]
    name = f"{locality or 'all'}-due-before-{inputs.before}"
    days = frozenset({len(names)})
    return [head, sheet(inputs, Sheet(title, columns, rows, days, name, len(rows) > _LONG))]
