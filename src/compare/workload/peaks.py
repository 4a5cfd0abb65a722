"""Where many one-off tasks fall due at once: an agency's quarters.

In: the tasks with their parsed times. Out: one row a locality, agency and quarter. Only times that end
once count (a year, quarter, month, range or deadline), each in the quarter of its end: "2023 - 2025" in
the last quarter of 2025, since nothing printed asks for it sooner. What recurs is a steady load and no
peak; "from 2023" has no end.
"""

import pandas as pd

from compare.tables import ONE_OFF
from compare.workload.assignments import UNNAMED, UNRESOLVED, assignments, counted_tasks

__all__ = ["overload", "quarter_of"]

_KEY = ["locality", "agency_id", "quarter"]
_LAST_MONTH = "12"


def quarter_of(date: str) -> str:
    """Name the quarter of a partial ISO date; a year alone ends in its last quarter.

    Examples
    --------
    >>> quarter_of("2021-02"), quarter_of("2025")
    ('2021-Q1', '2025-Q4')
    """
    month = int(date[5:7] or _LAST_MONTH)
    return f"{date[:4]}-Q{(month + 2) // 3}"


def overload(
    tasks: pd.DataFrame,
    memberships: pd.DataFrame | None = None,
    *,
    role: str = "lead",
    threshold: int = 3,
) -> pd.DataFrame:
    """Count the one-off tasks of each agency that fall due in the same quarter.

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
        convention, not a measured capacity; set it to what an agency is known to manage.

    Returns
    -------
    DataFrame
        One row a locality, agency and quarter (``2025-Q4``) with a task due, in that order: n_due,
        signal (bool), task_ids (``;``-joined). A group counts as itself.

    Examples
    --------
    >>> from compare.schema import TABLES
    >>> task = dict.fromkeys(TABLES["tasks"].columns, "") | {"task_id": "a/annex/1", "locality": "a"}
    >>> task |= {"leads": "so-x", "timeline_kind": "range", "timeline_end": "2025"}
    >>> overload(pd.DataFrame([task]))[["agency_id", "quarter", "n_due", "signal"]].values.tolist()
    [['so-x', '2025-Q4', 1, False]]
    """
    counted = counted_tasks(tasks, memberships)
    due = counted[counted["timeline_kind"].isin(ONE_OFF) & (counted["timeline_end"] != "")]
    ends = due[["task_id", "locality"]].assign(quarter=[quarter_of(end) for end in due["timeline_end"]])
    rows = assignments(due)
    rows = rows[(rows["role"] == role) & ~rows["agency_id"].isin([UNNAMED, UNRESOLVED])]
    rows = rows.merge(ends, on="task_id").sort_values([*_KEY, "task_id"])
    table = rows.groupby(_KEY)["task_id"].agg(["size", ";".join]).reset_index()
    table = table.rename(columns={"size": "n_due", "join": "task_ids"})
    table = table.assign(signal=table["n_due"] >= threshold)
    return table[[*_KEY, "n_due", "signal", "task_ids"]]
