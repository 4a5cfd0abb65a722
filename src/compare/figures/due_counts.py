"""The numbers behind the figures of what is due when, so that a report can print what it draws.

In: the table ``calendar``. Out: tables of counts whose columns are localities, and the days that come
again each year. What is printed to a year only is counted apart from what is printed to a day, month
or quarter, since nobody knows in which quarter of the year it falls due.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import pandas as pd

from compare.due import in_report
from compare.figures.counts import ordered

__all__ = [
    "TIMES",
    "WAYS",
    "due_counts",
    "due_period",
    "rhythm_counts",
    "time_of",
    "way_counts",
    "yearly_days",
]

WAYS = ("one-off", "recurring", "ongoing", "untimed")
"""Kinds of the calendar, from the most to the least definite."""
TIMES = (
    *("one-off", "weekly", "monthly", "quarterly", "half-yearly", "annual", "biennial", "other"),
    *("ongoing", "untimed"),
)
"""Kinds of the calendar, what recurs split by its rhythm."""


def _of_tasks(calendar: pd.DataFrame) -> pd.DataFrame:
    return calendar[calendar["source"] == "task"]


def _crossed(
    left: Iterable[Hashable], right: Iterable[Hashable], rows: Sequence[Hashable], columns: Sequence[str]
) -> pd.DataFrame:
    """Count pairs in a grid of these rows and columns; of an empty table too."""
    found = Counter(zip(left, right, strict=True))
    counts = [[found[row, column] for column in columns] for row in rows]
    return pd.DataFrame(counts, columns=list(columns), dtype="int64").set_axis(list(rows))


def due_period(due_on: str, precision: str) -> tuple[str, str]:
    """Return the last day of the quarter or, where only the year is printed, of the year.

    Examples
    --------
    >>> due_period("2021-02-28", "month"), due_period("2025-12-31", "year"), due_period("", "")
    (('2021-03-31', 'quarter'), ('2025-12-31', 'year'), ('', ''))
    """
    if not due_on:
        return "", ""
    if precision == "year":
        return f"{due_on[:4]}-12-31", "year"
    last = ("03-31", "06-30", "09-30", "12-31")[(int(due_on[5:7]) - 1) // 3]
    return f"{due_on[:4]}-{last}", "quarter"


def due_counts(calendar: pd.DataFrame) -> pd.DataFrame:
    """Count the tasks that fall due once, by the period in which they do and by locality.

    Parameters
    ----------
    calendar : DataFrame
        Table ``calendar``.

    Returns
    -------
    DataFrame
        Index: last day of the period (ISO; empty where no end is printed) and what the period is
        (``quarter``, or ``year`` where only the year is printed), by time; a column a locality, those
        without such a task too.
    """
    places = ordered(calendar["locality"])
    own = _of_tasks(calendar)
    own = own[own["kind"] == "one-off"]
    periods = [due_period(*pair) for pair in zip(own["due_on"], own["precision"], strict=True)]
    rows = sorted(set(periods), key=lambda period: (not period[0], period))
    ends, kinds = [period[0] for period in rows], [period[1] for period in rows]
    index = pd.MultiIndex.from_arrays([ends, kinds], names=["until", "period"])
    return _crossed(periods, own["locality"], rows, places).set_axis(index)


def way_counts(calendar: pd.DataFrame) -> pd.DataFrame:
    """Count the tasks by kind of the calendar and locality.

    Returns
    -------
    DataFrame
        Index: :data:`WAYS`, all of them; a column a locality.
    """
    own = _of_tasks(calendar)
    return _crossed(own["kind"], own["locality"], WAYS, ordered(calendar["locality"]))


def time_of(kind: str, rhythm: str) -> str:
    """Return the one of :data:`TIMES` that an event of the calendar is."""
    return rhythm if kind in ("recurring", "ongoing") else kind


def rhythm_counts(calendar: pd.DataFrame, locality: str | None = None) -> pd.DataFrame:
    """Count by kind of time, what recurs by its rhythm.

    Parameters
    ----------
    calendar : DataFrame
        Table ``calendar``.
    locality : str, optional
        One locality: its tasks beside its reporting duties. Without it: the tasks of each locality.

    Returns
    -------
    DataFrame
        Index: those of :data:`TIMES` that occur; columns: ``task`` and ``report``, or localities.
    """
    if locality is None:
        own, columns, by = _of_tasks(calendar), ordered(calendar["locality"]), "locality"
    else:
        own, columns, by = calendar[calendar["locality"] == locality], ["task", "report"], "source"
    timed = [time_of(*pair) for pair in zip(own["kind"], own["rhythm"], strict=True)]
    present = set(timed)
    return _crossed(timed, own[by], [time for time in TIMES if time in present], columns)


def yearly_days(calendar: pd.DataFrame) -> pd.DataFrame:
    """List what falls due on the same day each year; a task that only holds such a report is left out.

    Returns
    -------
    DataFrame
        Rows of ``calendar`` with ``due_yearly``, by locality, day and id.
    """
    found = calendar[calendar["due_yearly"] != ""]
    kept = [not told for told in in_report(found)]
    return found.loc[kept].sort_values(["locality", "due_yearly", "event_id"], ignore_index=True)
