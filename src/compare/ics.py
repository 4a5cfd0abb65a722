"""The dated part of the calendar as an iCalendar file, for any calendar program.

In: the tables ``calendar`` and ``documents``. Out: RFC 5545 text as bytes, and what was left out and
why. What is due once stands as an all-day event on its last day, what comes again on its printed day as
a repeated one from the issue of the plan on. No clock is read: the same tables give the same bytes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple

import pandas as pd

from compare.documents import read_reference
from compare.due import due_days, in_report, issue_days, stated_day
from compare.errors import CompareError
from compare.labels import Labels, read_labels
from compare.rhythms import PERIODS
from compare.wording import agency_names

__all__ = ["CalendarFile", "calendar_ics"]

_FIRST = dt.date(1970, 1, 1)  # the stamp of events of plans whose issue nobody knows
_SHORTEST = 28  # days that every month has
LEFT_OUT = {
    "untimed": "no time is printed, or only on demand",
    "open": "goes on without an end",
    "no-day": "comes again, but on no printed day",
    "issue-unknown": "the plan's day of issue is not known, so neither is the first time",
    "in-report": "its only day is that of a report in it, which has an event of its own",
}


class CalendarFile(NamedTuple):
    """An iCalendar file, and the events that it does not hold (``event_id``, ``reason``)."""

    content: bytes
    left_out: pd.DataFrame


@dataclass(frozen=True)
class _Writer:
    """Writes events in one language."""

    library: ModuleType
    labels: Labels
    names: Mapping[str, str]
    issued: Mapping[str, dt.date]
    texts: Mapping[str, str]

    def calendar(self, events: Iterable[Any]) -> bytes:
        """Write the whole file."""
        calendar = self.library.Calendar()
        calendar.add("prodid", f"-//doi-chieu//{self.labels.language.upper()}")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", self.labels("calendar.name"))
        for event in events:
            calendar.add_component(self._event(event))
        return bytes(calendar.to_ical())

    def _event(self, event: Any) -> Any:
        first = self.first_day(event)
        if first is None:
            raise CompareError(f"an event with a day wanted, found {event.event_id!r}")
        written = self.library.Event()
        written.add("uid", f"{event.event_id}@doi-chieu")
        stamp = self.issued.get(event.locality, _FIRST)
        written.add("dtstamp", dt.datetime.combine(stamp, dt.time(), dt.UTC))
        written.add("dtstart", first)
        written.add("dtend", first + dt.timedelta(days=1))
        if rule := _rule(event):
            written.add("rrule", rule)
        place = self.names.get(event.locality, event.locality)
        written.add("summary", self.labels(f"calendar.due_{event.source}", place=place, title=event.title))
        written.add("description", "\n".join(self._description(event)))
        written.add("transp", "TRANSPARENT")
        return written

    def first_day(self, event: Any) -> dt.date | None:
        """Return the first day on which an event is due, none where it has no day."""
        if event.kind == "one-off":
            return dt.date.fromisoformat(event.due_on) if event.due_on else None
        issued = self.issued.get(event.locality)
        if event.kind != "recurring" or issued is None:
            return None
        days = due_days(event, issued, issued + dt.timedelta(days=366))
        return days[0] if days else None

    def _description(self, event: Any) -> list[str]:
        agencies = [self.names.get(agency, agency) for agency in event.leads.split(";") if agency]
        lines = (event.line_start, event.line_end)
        where = str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}-{lines[1]}"
        said = {
            "calendar.leads": "; ".join(agencies),
            "calendar.printed": event.printed,
            "calendar.until": self.labels.due(event.due_on, event.precision),
            "calendar.source": f"{event.source_file}:{where}",
            "calendar.task": event.task_id,
        }
        text = self.texts.get(event.event_id, event.title)
        return [text, *(self.labels(key, value=value) for key, value in said.items() if value)]


def _days_up_to(day: int) -> dict[str, Any]:
    """Write a day of the month that a short month may lack: its last day then."""
    if day <= _SHORTEST:
        return {"bymonthday": day}
    return {"bymonthday": list(range(_SHORTEST, day + 1)), "bysetpos": -1}


def _rule(event: Any) -> dict[str, Any]:
    """Write how an event comes again; empty for what is due once."""
    if event.kind != "recurring":
        return {}
    if event.due_yearly:
        month, day = map(int, event.due_yearly.split("-"))
        return {"freq": "yearly", "bymonth": month, **_days_up_to(day)}
    return {"freq": "monthly", "interval": PERIODS[event.rhythm], **_days_up_to(stated_day(event))}


def _reason(event: Any, writer: _Writer, told: bool) -> str:
    """Say why an event is left out; empty for one that is written."""
    if event.kind in ("untimed", "ongoing"):
        return "untimed" if event.kind == "untimed" else "open"
    if told:
        return "in-report"
    if writer.first_day(event):
        return ""
    dated = event.due_yearly or stated_day(event)
    return "issue-unknown" if dated else "no-day" if event.kind == "recurring" else "open"


def _library() -> ModuleType:
    try:
        import icalendar  # noqa: PLC0415  an extra, needed only here
    except ImportError as error:
        raise CompareError(
            "the package icalendar wanted for a calendar file, found none; pip install 'doi-chieu[calendar]'"
        ) from error
    return icalendar


def _names(language: str) -> dict[str, str]:
    """Name agencies and localities by the reference tables."""
    known = read_reference()
    places = known.localities
    return agency_names(known, language) | dict(zip(places["locality"], places["name_vi"], strict=True))


def calendar_ics(
    calendar: pd.DataFrame,
    documents: pd.DataFrame,
    names: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    language: str = "vi",
) -> CalendarFile:
    """Write the events with a day as an iCalendar file.

    Parameters
    ----------
    calendar, documents : DataFrame
        The tables of these names; of the documents ``locality`` and ``issued_on``.
    names : mapping, optional
        Agency or locality id -> name; those of the reference tables by default.
    texts : mapping, optional
        event_id -> whole text for the description; the title by default.
    language : str
        Language of the words around the text, ``vi`` or ``en``.

    Returns
    -------
    CalendarFile
        ``content``, the file, and ``left_out``, one row an event that it does not hold (``event_id``,
        ``reason``, a key of ``LEFT_OUT``).

    Raises
    ------
    CompareError
        The package ``icalendar`` is not installed.

    Notes
    -----
    Something printed as a quarter, month or year is due on its last day. A day that a month lacks (the
    30th in February) falls on the month's last day. Repeated events have no end: plans print none.
    """
    issued = issue_days(documents)
    named = _names(language) if names is None else names
    writer = _Writer(_library(), read_labels(language), named, issued, texts or {})
    events = list(calendar.itertuples(index=False))
    told = in_report(calendar)
    reasons = [_reason(event, writer, once) for event, once in zip(events, told, strict=True)]
    content = writer.calendar(e for e, reason in zip(events, reasons, strict=True) if not reason)
    left = [(e.event_id, reason) for e, reason in zip(events, reasons, strict=True) if reason]
    return CalendarFile(content, pd.DataFrame(left, columns=["event_id", "reason"], dtype="str"))
