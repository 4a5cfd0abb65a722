"""What was due before a day, and on which days a rhythm falls due.

In: the table ``calendar``, a day, and where known the plans' days of issue. Out: the events that were
due, each with the last such day. A rhythm falls due only on a day that the plan prints; a day that a
month lacks (the 30th in February) is its last day.
"""

import datetime as dt
import re
from typing import Any

import pandas as pd

from compare.errors import SchemaError
from compare.rhythms import PERIODS, find_rhythms, month_end
from compare.schedule import first_day

__all__ = [
    "due_before",
    "due_days",
    "due_on_day",
    "in_report",
    "issue_days",
    "parse_day",
    "stated_day",
    "without_day",
]

_FOUND = ["due_on", "precision", "days_before"]
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


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
    iso = "-".join(part.zfill(2) for part in reversed(slashed.groups())) if slashed else day.strip()
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


def _day_of(event: Any) -> tuple[str, str]:
    """Return the task of an event and its printed day, the latter empty where none is printed."""
    if event.precision != "day":
        return event.task_id, ""
    stated = stated_day(event)
    return event.task_id, event.due_on or event.due_yearly or (f"{event.rhythm} {stated}" if stated else "")


def in_report(calendar: pd.DataFrame) -> list[bool]:
    """Mark the tasks whose only day is that of a report in them, which is an event of its own.

    Parameters
    ----------
    calendar : DataFrame
        The ``calendar`` table, with the reports.

    Returns
    -------
    list of bool
        One a row. A day is a printed one: of one year, of every year, or of a month or quarter. What
        is printed to a month, quarter or year only has no day, so the task stays beside its report.
    """
    events = list(calendar.itertuples(index=False))
    told = {day for event in events if event.source == "report" and (day := _day_of(event))[1]}
    return [event.source == "task" and _day_of(event) in told for event in events]


def _period_end(rhythm: str, before: dt.date) -> tuple[dt.date, str] | None:
    """Return the last day before a date on which a month, quarter, half or year ended, and its precision."""
    step = PERIODS.get(rhythm, 0)
    if not step:
        return None
    years = (max(before.year - 1, 1), before.year)
    ends = [month_end(y, m) for y in years for m in range(step, 13, step)]
    precision = {1: "month", 3: "quarter", 6: "month", 12: "year"}[step]
    done = [day for day in ends if day < before]
    return (max(done), precision) if done else None


def issue_days(documents: pd.DataFrame) -> dict[str, dt.date]:
    """Return the first day on which each plan can have been issued, by locality; none where unknown."""
    issued = zip(documents["locality"], documents["issued_on"], strict=True)
    return {place: dt.date.fromisoformat(first_day(iso)) for place, iso in issued if iso}


def _last_due(
    event: Any, before: dt.date, issued: dt.date | None, assumed: bool
) -> tuple[dt.date, str] | None:
    """Return the last day before a date on which an event was due, and how precisely that is known."""
    if event.kind == "one-off":
        day = dt.date.fromisoformat(event.due_on) if event.due_on else None
        return (day, event.precision) if day and day < before else None
    if event.kind != "recurring":
        return None
    start = (
        dt.date.fromisoformat(event.starts_on) if event.starts_on else dt.date(max(before.year - 1, 1), 1, 1)
    )
    days = [day for day in due_days(event, start, before) if day < before]
    found = (days[-1], "day") if days else None
    if not event.precision and assumed:
        found = _period_end(event.rhythm, before)
    return found if found and (issued is None or found[0] >= issued) else None


def without_day(calendar: pd.DataFrame, assumed: bool = False) -> pd.DataFrame:
    """Return what comes again on no printed day, which :func:`due_before` cannot list.

    Parameters
    ----------
    calendar : DataFrame
        The ``calendar`` table.
    assumed : bool
        As there: what has months, quarters, half-years or years is then listed at their ends, and what
        is left has none (weekly, every two years, "định kỳ").
    """
    again = calendar[(calendar["kind"] == "recurring") & (calendar["precision"] == "")]
    return again[[not (assumed and PERIODS.get(rhythm)) for rhythm in again["rhythm"]]]


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
        The day, ``YYYY-MM-DD`` or ``dd/mm/yyyy``; what is due on the day itself is not listed. What is
        printed to a year is due on 31 December: ask for the first day of the next year to see it.
    documents : DataFrame, optional
        The ``documents`` table: with it, a recurring event counts only since its plan was issued.
    assumed : bool
        Whether to list recurring events without a printed day too, at the end of their last month,
        quarter, half-year or year.

    Returns
    -------
    DataFrame
        The rows of ``calendar`` that were due, the latest last, a task whose only day is that of a
        report in it as the report (:func:`in_report`); ``due_on`` is the last such day (for
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
    told = in_report(calendar)
    for event in calendar.loc[[not once for once in told]].itertuples(index=False):
        if found := _last_due(event, day, issued.get(event.locality), assumed):
            place = dict(zip(_FOUND, (found[0].isoformat(), found[1], (day - found[0]).days), strict=True))
            rows.append({**event._asdict(), **place})
    table = pd.DataFrame(rows, columns=[*calendar.columns, "days_before"])
    return table.sort_values(["due_on", "event_id"], kind="stable", ignore_index=True)


def due_on_day(
    calendar: pd.DataFrame,
    date: str | dt.date,
    documents: pd.DataFrame | None = None,
    assumed: bool = False,
) -> pd.DataFrame:
    """List what is due on a day itself, which :func:`due_before` leaves out; the parameters are its own."""
    day = parse_day(date)
    if day == dt.date.max:
        return due_before(calendar.iloc[:0], day)
    found = due_before(calendar, day + dt.timedelta(days=1), documents, assumed)
    return found[found["due_on"] == day.isoformat()].reset_index(drop=True)
