"""Tasks and reporting duties placed in time: what is due once, what comes again, what has no time.

In: the tables ``tasks`` and ``deadlines``. Out: the table ``calendar``, and what of it was due before a
day. A quarter, month or year ends on its last day, and the precision says that it did. What comes again
is due on a day only where the plan prints one.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from compare.deadlines import task_rhythm
from compare.documents import Reference, read_reference
from compare.errors import SchemaError
from compare.rhythms import PERIODS, Rhythm, find_rhythms, month_end
from compare.schema import check_table
from compare.tables import TABLES
from compare.text import fold_in_place

__all__ = ["due_before", "due_days", "issue_days", "parse_day", "stated_day", "task_calendar"]

TITLE = 90  # characters of a title
_FOUND = ["due_on", "precision", "days_before"]
_QUARTER = re.compile(r"\bqu[yýií]\b", re.I)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _title(text: str) -> str:
    """Shorten a text at a word.

    Examples
    --------
    >>> _title("Báo cáo " * 20)[-12:]
    'Báo cáo Báo…'
    """
    text = " ".join(text.split()).strip("-+•* ")
    if len(text) <= TITLE:
        return text
    return text[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _first_day(iso: str) -> str:
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
        "starts_on": _first_day(start) if start else "",
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
        ongoing = {"kind": "ongoing", "rhythm": "ongoing", "starts_on": _first_day(start) if start else ""}
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
    if rhythm.period == "once":
        return _one_off("", rhythm.due, rhythm.printed)
    if rhythm.period in ("", "on-demand"):
        return {"kind": "untimed"}
    return _recurring("other" if rhythm.period == "regular" else rhythm.period, rhythm.due)


def _report_rhythm(duty: Any, task: Any | None, patterns: Mapping[str, str]) -> Rhythm:
    """Find what a row of the deadlines rests on: a time in its clause, or that of its task."""
    found = [r for r in find_rhythms(duty.text) if r.period == duty.period and r.due.endswith(duty.due)]
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


def parse_day(day: str | dt.date) -> dt.date:
    """Read a day given as ``YYYY-MM-DD`` or ``dd/mm/yyyy``.

    Raises
    ------
    SchemaError
        It is neither, or no day of the calendar.

    Examples
    --------
    >>> parse_day("1/6/2024"), parse_day("2024-06-01")
    (datetime.date(2024, 6, 1), datetime.date(2024, 6, 1))
    """
    if isinstance(day, dt.date):
        return dt.date(day.year, day.month, day.day)
    slashed = _SLASHED.fullmatch(day.strip())
    iso = "-".join(f"{int(part):02d}" for part in reversed(slashed.groups())) if slashed else day.strip()
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
            raise ValueError
        return dt.date.fromisoformat(iso)
    except ValueError:
        raise SchemaError(f"a day wanted as YYYY-MM-DD or dd/mm/yyyy, found {day!r}") from None


def _clamped(year: int, month: int, day: int) -> dt.date:
    return min(month_end(year, month), dt.date(year, month, 1) + dt.timedelta(days=day - 1))


def due_days(event: Any, first: dt.date, last: dt.date) -> list[dt.date]:
    """List the days from ``first`` to ``last`` on which a recurring event is due; only days that are printed.

    Parameters
    ----------
    event : row
        Columns used: ``rhythm``, ``due_yearly``, ``printed``.
    """
    years = range(first.year, last.year + 1)
    if event.due_yearly:
        month, day = map(int, event.due_yearly.split("-"))
        days = [_clamped(year, month, day) for year in years]
    elif stated := stated_day(event):
        step = PERIODS[event.rhythm]
        days = [_clamped(year, month, stated) for year in years for month in range(step, 13, step)]
    else:
        return []
    return [day for day in days if first <= day <= last]


def stated_day(event: Any) -> int:
    """Return the day of the month, or of a quarter's last month, that a rhythm is printed with; else 0."""
    if event.rhythm not in ("monthly", "quarterly"):
        return 0
    found = [r.due for r in find_rhythms(event.printed) if r.period == event.rhythm and r.due]
    return int(found[0].strip("-")) if found and found[0].startswith("---") else 0


def _period_end(rhythm: str, before: dt.date) -> tuple[dt.date, str] | None:
    """Return the last day before a date on which a month, quarter, half or year ended, and its precision."""
    step = PERIODS.get(rhythm, 0)
    if not step:
        return None
    ends = [month_end(y, m) for y in (before.year - 1, before.year) for m in range(step, 13, step)]
    precision = {1: "month", 3: "quarter", 6: "month", 12: "year"}[step]
    return max(day for day in ends if day < before), precision


def issue_days(documents: pd.DataFrame) -> dict[str, dt.date]:
    """Return the first day on which each plan can have been issued, by locality; none where unknown."""
    issued = zip(documents["locality"], documents["issued_on"], strict=True)
    return {place: dt.date.fromisoformat(_first_day(iso)) for place, iso in issued if iso}


def _last_due(
    event: Any, before: dt.date, issued: dt.date | None, assumed: bool
) -> tuple[dt.date, str] | None:
    """Return the last day before a date on which an event was due, and how precisely that is known."""
    if event.kind == "one-off":
        day = dt.date.fromisoformat(event.due_on) if event.due_on else None
        return (day, event.precision) if day and day < before else None
    if event.kind != "recurring":
        return None
    start = dt.date.fromisoformat(event.starts_on) if event.starts_on else dt.date(before.year - 1, 1, 1)
    days = due_days(event, start, before - dt.timedelta(days=1))
    found = (days[-1], "day") if days else None
    if not event.precision and assumed:
        found = _period_end(event.rhythm, before)
    return found if found and (issued is None or found[0] >= issued) else None


def due_before(
    calendar: pd.DataFrame,
    date: str | dt.date,
    documents: pd.DataFrame | None = None,
    assumed: bool = False,
) -> pd.DataFrame:
    """List what was due before a day.

    Parameters
    ----------
    calendar : DataFrame
        The ``calendar`` table.
    date : str or date
        The day, ``YYYY-MM-DD`` or ``dd/mm/yyyy``; what is due on the day itself is not listed.
    documents : DataFrame, optional
        The ``documents`` table: with it, a recurring event counts only since its plan was issued.
    assumed : bool
        Whether to list recurring events without a printed day too, at the end of their last month,
        quarter, half-year or year.

    Returns
    -------
    DataFrame
        The rows of ``calendar`` that were due, the latest last; ``due_on`` is the last such day (for
        recurring ones the last time), ``precision`` how precisely it is known, ``days_before`` (days)
        how long before the date.

    Raises
    ------
    SchemaError
        The date is no day.
    """
    day = parse_day(date)
    issued = {} if documents is None else issue_days(documents)
    rows = []
    for event in calendar.itertuples(index=False):
        if found := _last_due(event, day, issued.get(event.locality), assumed):
            place = dict(zip(_FOUND, (found[0].isoformat(), found[1], (day - found[0]).days), strict=True))
            rows.append({**event._asdict(), **place})
    table = pd.DataFrame(rows, columns=[*calendar.columns, "days_before"])
    return table.sort_values(["due_on", "event_id"], kind="stable", ignore_index=True)
