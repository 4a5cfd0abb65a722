"""Tasks and reporting duties placed in time: what is due once, what comes again, what has no time.

In: the tables ``tasks`` and ``deadlines``. Out: the table ``calendar``. A quarter, month or year ends on
its last day, and the precision says that it did. What comes again is due on a day only where the plan
prints one.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from compare.deadlines import task_rhythm
from compare.documents import Reference, read_reference
from compare.rhythms import PERIODS, Rhythm, find_rhythms, month_end
from compare.schema import check_table
from compare.tables import TABLES
from compare.text import fold_in_place

__all__ = ["first_day", "task_calendar"]

TITLE = 90  # characters of a title
_QUARTER = re.compile(r"\bqu[yýií]\b", re.I)


def _title(text: str) -> str:
    """Shorten a text at a word.

    Examples
    --------
    >>> _title("Báo cáo " * 20)[-12:]
    'cáo Báo cáo…'
    """
    text = " ".join(text.split()).strip("-+•* ")
    if len(text) <= TITLE:
        return text
    return text[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def first_day(iso: str) -> str:
    """Return the first day of a partial ISO date."""
    return (iso + "-01-01")[:10] if len(iso) == 4 else (iso + "-01")[:10]


def _last_day(iso: str) -> str:
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    return iso if len(iso) == 10 else month_end(year, month).isoformat()


def _one_off(start: str, end: str, printed: str) -> dict[str, str]:
    """Place something that is due once; its precision is that of its end."""
    precision = {4: "year", 7: "month", 10: "day"}.get(len(end), "")
    if precision == "month" and _QUARTER.search(printed):
        precision = "quarter"
    return {
        "kind": "one-off",
        "starts_on": first_day(start) if start else "",
        "due_on": _last_day(end) if end else "",
        "precision": precision,
    }


def _recurring(rhythm: str, due: str = "") -> dict[str, str]:
    yearly = due[2:] if re.fullmatch(r"--\d\d-\d\d", due) else ""
    return {
        "kind": "recurring",
        "rhythm": rhythm,
        "due_yearly": yearly,
        "precision": "day" if yearly or due.startswith("---") else "",
    }


def _task_place(task: Any) -> dict[str, str]:
    """Place a task by the kind of its time."""
    kind, start, end = task.timeline_kind, task.timeline_start, task.timeline_end
    if kind in ("", "from", "ongoing"):
        ongoing = {"kind": "ongoing", "rhythm": "ongoing", "starts_on": first_day(start) if start else ""}
        return ongoing if kind else {"kind": "untimed"}
    if kind == "biennial":
        return _recurring("biennial")
    if kind not in ("annual", "other"):
        return _one_off(start, end, task.timeline_text)
    found = [task_rhythm(task)] if kind == "annual" else find_rhythms(task.timeline_text)
    found.sort(key=lambda rhythm: PERIODS.get(rhythm.period, 99))
    return _rhythm_place(found[0]) if found else {"kind": "untimed"}


def _rhythm_place(rhythm: Rhythm) -> dict[str, str]:
    """Place what a rhythm says: once, again and again, or nothing that is known beforehand."""
    if rhythm.period == "once" and not rhythm.due.startswith("--"):  # else of a year that nobody knows
        return _one_off("", rhythm.due, rhythm.printed)
    if rhythm.period in ("", "on-demand", "once"):
        return {"kind": "untimed"}
    return _recurring("other" if rhythm.period == "regular" else rhythm.period, rhythm.due)


def _report_rhythm(duty: Any, task: Any | None, patterns: Mapping[str, str]) -> Rhythm:
    """Find what a row of the deadlines rests on: a time in its clause, or that of its task."""
    said = find_rhythms(duty.text)
    found = [r for r in said if duty.due and r.due.endswith(duty.due)]
    found = [r._replace(period=duty.period, due=duty.due_on or r.due) for r in found]
    found = found or [r for r in said if not duty.due and r.period == duty.period]
    if not found and task is not None and not duty.due:
        own = task_rhythm(task)
        found = [own] if own.period == duty.period and not own.due.startswith("--") else []
    return found[0] if found else Rhythm(duty.period, "", _said(duty, patterns))


def _said(duty: Any, patterns: Mapping[str, str]) -> str:
    """Return the words of a clause that stand for a rhythm without a name, or for none."""
    names = {"regular": ("regular", "by-rule"), "on-demand": ("on-demand", "as-it-comes")}
    folded = fold_in_place(duty.text)
    found = (re.search(patterns[name], folded) for name in names.get(duty.period, ()))
    return next((duty.text[m.start() : m.end()] for m in found if m), "")


def _row(event: Any, source: str, place: dict[str, str]) -> dict[str, Any]:
    empty = dict.fromkeys(TABLES["calendar"].columns, "")
    taken = ("locality", "task_id", "source_file", "line_start", "line_end")
    return empty | {name: getattr(event, name) for name in taken} | {"source": source} | place


def _task_rows(tasks: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for task in tasks.itertuples():
        own = {"event_id": task.task_id, "printed": task.timeline_text, "leads": task.leads}
        yield _row(task, "task", _task_place(task) | own | {"title": _title(str(task.text))})


def _report_rows(
    deadlines: pd.DataFrame, tasks: pd.DataFrame, patterns: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    known = {task.task_id: task for task in tasks.itertuples()}
    for duty in deadlines.itertuples():
        rhythm = _report_rhythm(duty, known.get(duty.task_id), patterns)
        own = {"event_id": duty.deadline_id, "printed": rhythm.printed, "leads": duty.reporter}
        yield _row(duty, "report", _rhythm_place(rhythm) | own | {"title": _title(str(duty.text))})


def task_calendar(
    tasks: pd.DataFrame, deadlines: pd.DataFrame, reference: Reference | None = None
) -> pd.DataFrame:
    """Place every task and every reporting duty in time.

    Parameters
    ----------
    tasks, deadlines : DataFrame
        The tables of these names.
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    DataFrame
        The ``calendar`` table, one row a task or duty, in the order of locality, line and id. A task
        printed with several rhythms has the most frequent of them.

    Examples
    --------
    >>> row = dict.fromkeys(TABLES["tasks"].columns, "") | {"task_id": "a/annex/1", "locality": "a"}
    >>> row |= {"timeline_kind": "quarter", "timeline_text": "Quý IV/2020", "line_start": 1, "line_end": 1}
    >>> row |= {"timeline_start": "2020-10", "timeline_end": "2020-12"}
    >>> none = pd.DataFrame(columns=list(TABLES["deadlines"].columns))
    >>> task_calendar(pd.DataFrame([row]), none)[["starts_on", "due_on", "precision"]].values.tolist()
    [['2020-10-01', '2020-12-31', 'quarter']]
    """
    patterns = (reference or read_reference()).patterns("report")
    rows = [*_task_rows(tasks), *_report_rows(deadlines, tasks, patterns)]
    table = pd.DataFrame(rows, columns=list(TABLES["calendar"].columns))
    order = ["locality", "line_start", "source", "event_id"]
    natural = table.assign(
        source=table["source"].map({"task": 0, "report": 1}),
        event_id=[re.sub(r"\d+", lambda m: m.group().zfill(6), event) for event in table["event_id"]],
    )
    return check_table(table.loc[natural.sort_values(order, kind="stable").index], "calendar")
