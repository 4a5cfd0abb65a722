"""How much each agency carries: tasks by role, pillar, part and kind of time.

In: the tasks, with the memberships and mentions where known. Out: the table ``workload``. Its
``share`` is of all the locality's counted pieces of work, those that name nobody included; a task
with three leads counts once below the line and for each of the three above it, so the shares of the
named agencies add up to more than one where leads are joint.
"""

import pandas as pd

from compare.errors import SchemaError
from compare.schema import check_table
from compare.tables import ONE_OFF, PARTS, RECURRING, TABLES, TIMELINE_KINDS
from compare.workload.assignments import UNNAMED, UNRESOLVED, assignments, counted_tasks

__all__ = ["agency_workload", "workload_by_kind"]

_KEY = ["locality", "agency_id", "role"]


def _flags(tasks: pd.DataFrame, memberships: pd.DataFrame | None) -> pd.DataFrame:
    """Give each task one 0/1 column for everything that is counted."""
    counted = tasks["task_id"].isin(counted_tasks(tasks, memberships)["task_id"])
    kind = tasks["timeline_kind"]
    flags = {"task_id": tasks["task_id"], "locality": tasks["locality"], "n_tasks": counted}
    flags |= {f"n_pillar_{p}": counted & (tasks["pillar"] == p) for p in range(6)}
    flags |= {f"n_{part}": tasks["part"] == part for part in PARTS}
    flags |= {f"n_{one}": counted & (kind == one) for one in TIMELINE_KINDS}
    flags["n_untimed"] = counted & (kind == "")
    flags["n_inferred"] = counted & tasks["lead_inferred"].astype(bool)
    flags["n_recurring"] = counted & kind.isin(RECURRING)
    flags["n_one_off"] = counted & kind.isin(ONE_OFF)
    return pd.DataFrame(flags)


def _rows(tasks: pd.DataFrame, flags: pd.DataFrame, mentions: pd.DataFrame | None) -> pd.DataFrame:
    """Join the assignments with what is counted of their tasks, and whether the lead stands alone."""
    rows = assignments(tasks, mentions).merge(flags, on="task_id")
    led = rows["n_tasks"] & (rows["role"] == "lead")
    return rows.assign(n_sole=led & (rows["n_named"] == 1), n_joint=led & (rows["n_named"] > 1))


def agency_workload(
    tasks: pd.DataFrame,
    memberships: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the tasks of each agency in each role and locality.

    Parameters
    ----------
    tasks : DataFrame
        The ``tasks`` table.
    memberships : DataFrame, optional
        The ``memberships`` table; without it every task counts, restatements too.
    mentions : DataFrame, optional
        The ``mentions`` table; its names without an id gather under ``unresolved``.

    Returns
    -------
    DataFrame
        The ``workload`` table, one row a locality, agency and role, in that order. A task with
        several leads counts for each of them, so the column does not add up to the number of tasks.
        The row ``unnamed`` gathers the tasks that name nobody in the role. ``share`` is ``n_tasks``
        over the locality's counted tasks, each once, from 0 to 1.

    Examples
    --------
    >>> from compare.schema import TABLES
    >>> task = dict.fromkeys(TABLES["tasks"].columns, "") | {"task_id": "a/annex/1", "locality": "a"}
    >>> task |= {"part": "annex", "pillar": 2, "leads": "so-tai-chinh", "lead_inferred": False}
    >>> agency_workload(pd.DataFrame([task]))[["agency_id", "role", "n_tasks"]].values.tolist()
    [['so-tai-chinh', 'lead', 1], ['unnamed', 'coordinating', 1]]
    """
    flags = _flags(tasks, memberships)
    counts = [c for c in TABLES["workload"].columns if c not in {*_KEY, "share"}]
    table = _rows(tasks, flags, mentions).groupby(_KEY)[counts].sum().reset_index()
    whole = table["locality"].map(flags.groupby("locality")["n_tasks"].sum()).astype("float64")
    share = table["n_tasks"] / whole.where(whole > 0, 1.0)
    return check_table(table.assign(share=share), "workload")


def workload_by_kind(workload: pd.DataFrame, agencies: pd.DataFrame) -> pd.DataFrame:
    """Tell named bodies from groups of bodies.

    Parameters
    ----------
    workload : DataFrame
        The table of :func:`agency_workload`.
    agencies : DataFrame
        Columns used: ``agency_id``, ``name_vi``, ``kind`` (body or group).

    Returns
    -------
    DataFrame
        The rows of ``workload`` with ``kind`` and ``name_vi`` in front (both ``unresolved`` for the
        names without an id, ``unnamed`` for the tasks that name nobody), in the order of locality,
        role, kind, most tasks first.

    Raises
    ------
    SchemaError
        An agency of the workload is not among ``agencies``.
    """
    known = agencies.set_index("agency_id")[["kind", "name_vi"]]
    for gathered in (UNRESOLVED, UNNAMED):
        known.loc[gathered] = gathered
    if unknown := sorted(set(workload["agency_id"]) - set(known.index)):
        raise SchemaError(f"table 'workload', column 'agency_id': {unknown} wanted among the agencies")
    named = workload.join(known, on="agency_id")
    named = named.sort_values(
        ["locality", "role", "kind", "n_tasks", "agency_id"], ascending=[True, True, True, False, True]
    )
    return named[["kind", "name_vi", *workload.columns]].reset_index(drop=True)
