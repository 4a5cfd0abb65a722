"""Where many one-off tasks fall due at once: an agency's quarters, and its years.

In: the tasks with their parsed times. Out: one row a locality, agency and period. Only times that end
once count (a year, quarter, month, range or deadline), each in the quarter of its end. What is printed
to the year only ("2025", "2023 - 2025") counts under the year: nobody knows in which quarter it falls
due. What recurs is a steady load and no peak; "from 2023" has no end.
"""

import pandas as pd

from compare.tables import ONE_OFF
from compare.workload.assignments import UNNAMED, UNRESOLVED, assignments, counted_tasks

__all__ = ["THRESHOLD", "overload", "period_of", "period_order"]

THRESHOLD = 3  # tasks of one quarter: one a month; a convention

_KEY = ["locality", "agency_id", "period"]


def period_of(date: str) -> str:
    """Name the quarter of a partial ISO date; a year alone is a year.

    Examples
    --------
    >>> period_of("2021-02"), period_of("2025")
    ('2021-Q1', '2025')
    """
    return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}" if date[5:7] else date[:4]


def period_order(period: str) -> str:
    """Give the key by which periods stand in time: a year behind its quarters.

    Examples
    --------
    >>> sorted(["2026-Q1", "2025", "2025-Q4"], key=period_order)
    ['2025-Q4', '2025', '2026-Q1']
    """
    return period if "-" in period else f"{period}-Y"


def overload(
    tasks: pd.DataFrame,
    memberships: pd.DataFrame | None = None,
    *,
    role: str = "lead",
    threshold: int = THRESHOLD,
) -> pd.DataFrame:
    """Count the one-off tasks of each agency that fall due in the same quarter, or by the same year.

    Parameters
    ----------
    tasks : DataFrame
        The ``tasks`` table.
    memberships : DataFrame, optional
        The ``memberships`` table; without it restatements of annex rows count too.
    role : {"lead", "coordinating"}
        The role counted.
    threshold : int
        A signal from so many tasks. Three is one task a month of the quarter: a reader's
        convention, not a measured capacity; set it to what an agency is known to manage. So many of
        one year are a signal of the year, which may spread over it: a weaker one.

    Returns
    -------
    DataFrame
        One row a locality, agency and period with a task due, in that order, a year behind its
        quarters: period (``2025-Q4``; ``2025`` for what is printed to the year only), precision
        (``quarter`` or ``year``), n_due, signal (bool), task_ids (``;``-joined). No task counts both
        in a quarter and in a year. A group counts as itself.

    Examples
    --------
    >>> from compare.schema import TABLES
    >>> task = dict.fromkeys(TABLES["tasks"].columns, "") | {"task_id": "a/annex/1", "locality": "a"}
    >>> task |= {"leads": "so-x", "timeline_kind": "range", "timeline_end": "2025"}
    >>> overload(pd.DataFrame([task]))[["agency_id", "period", "n_due", "signal"]].values.tolist()
    [['so-x', '2025', 1, False]]
    """
    counted = counted_tasks(tasks, memberships)
    due = counted[counted["timeline_kind"].isin(ONE_OFF) & (counted["timeline_end"] != "")]
    ends = due[["task_id", "locality"]].assign(period=[period_of(end) for end in due["timeline_end"]])
    rows = assignments(due)
    rows = rows[(rows["role"] == role) & ~rows["agency_id"].isin([UNNAMED, UNRESOLVED])]
    rows = rows.merge(ends, on="task_id")
    rows = rows.assign(order=[period_order(period) for period in rows["period"]])
    rows = rows.sort_values(["locality", "agency_id", "order", "task_id"])
    table = rows.groupby(_KEY, sort=False)["task_id"].agg(["size", ";".join]).reset_index()
    table = table.rename(columns={"size": "n_due", "join": "task_ids"})
    precision = ["quarter" if "-" in period else "year" for period in table["period"]]
    table = table.assign(precision=precision, signal=table["n_due"] >= threshold)
    return table[[*_KEY, "precision", "n_due", "signal", "task_ids"]]
