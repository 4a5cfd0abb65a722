"""Who carries the load: tasks by agency, role, pillar, part and kind of time.

In: the tasks table, with the memberships where known, and the mentions where names stayed
unresolved. Out: the workload table. A piece of work counts once: a body or implementation item whose
families are all held by annex rows of the same locality restates them and is left out of
``n_tasks``. A group of bodies ("các sở, ban, ngành") counts as itself, never as its members: a
group's tasks are nobody's in particular.
"""

import pandas as pd

from compare.errors import SchemaError
from compare.schema import check_table
from compare.tables import PARTS, TABLES, TIMELINE_KINDS

__all__ = ["UNRESOLVED", "agency_workload", "restatements", "workload_by_kind"]

UNRESOLVED = "unresolved"
_KEY = ["locality", "agency_id", "role"]
_ROLES = {"lead": "leads", "coordinating": "coordinating"}


def restatements(tasks: pd.DataFrame, memberships: pd.DataFrame) -> set[str]:
    """Find the body and implementation tasks that only restate annex rows of their locality.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``part``.
    memberships : DataFrame
        Columns used: ``family_id``, ``task_id``.

    Returns
    -------
    set of str
        Ids of the tasks all of whose families an annex task of the same locality holds too.
    """
    members = memberships[["family_id", "task_id"]].merge(tasks[["task_id", "locality", "part"]])
    annex = members.loc[members["part"] == "annex", ["family_id", "locality"]].drop_duplicates()
    other = members[members["part"] != "annex"].merge(annex, how="left", indicator="held")
    held = (other["held"] == "both").groupby(other["task_id"]).all()
    return set(held.index[held])


def _assignments(tasks: pd.DataFrame, mentions: pd.DataFrame | None) -> pd.DataFrame:
    """Write one row a task, agency and role; unresolved names of one task and role are one row."""
    parts = [
        tasks[["task_id"]].assign(role=role, agency_id=tasks[column].str.split(";")).explode("agency_id")
        for role, column in _ROLES.items()
    ]
    if mentions is not None:
        lost = mentions.loc[mentions["agency_id"] == "", ["task_id", "role"]]
        parts.append(lost.assign(agency_id=UNRESOLVED))
    rows = pd.concat(parts)
    return rows[rows["agency_id"] != ""].drop_duplicates()


def _flags(tasks: pd.DataFrame, memberships: pd.DataFrame | None) -> pd.DataFrame:
    """Give each task one 0/1 column for everything that is counted."""
    restated = set() if memberships is None else restatements(tasks, memberships)
    counted = ~tasks["task_id"].isin(restated)
    flags = {"task_id": tasks["task_id"], "locality": tasks["locality"], "n_tasks": counted}
    flags |= {f"n_pillar_{p}": counted & (tasks["pillar"] == p) for p in range(6)}
    flags |= {f"n_{part}": tasks["part"] == part for part in PARTS}
    flags |= {f"n_{kind}": counted & (tasks["timeline_kind"] == kind) for kind in TIMELINE_KINDS}
    flags["n_untimed"] = counted & (tasks["timeline_kind"] == "")
    flags["n_inferred"] = counted & tasks["lead_inferred"].astype(bool)
    return pd.DataFrame(flags)


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

    Examples
    --------
    >>> from compare.schema import TABLES
    >>> task = dict.fromkeys(TABLES["tasks"].columns, "") | {"task_id": "a/annex/1", "locality": "a"}
    >>> task |= {"part": "annex", "pillar": 2, "leads": "so-tai-chinh", "lead_inferred": False}
    >>> agency_workload(pd.DataFrame([task]))[["agency_id", "role", "n_tasks"]].values.tolist()
    [['so-tai-chinh', 'lead', 1]]
    """
    rows = _assignments(tasks, mentions).merge(_flags(tasks, memberships), on="task_id")
    counts = [c for c in TABLES["workload"].columns if c not in _KEY]
    table = rows.groupby(_KEY)[counts].sum().reset_index()
    return check_table(table, "workload")


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
        names without an id), in the order of locality, role, kind, most tasks first.

    Raises
    ------
    SchemaError
        An agency of the workload is not among ``agencies``.
    """
    known = agencies.set_index("agency_id")[["kind", "name_vi"]]
    known.loc[UNRESOLVED] = UNRESOLVED
    if unknown := sorted(set(workload["agency_id"]) - set(known.index)):
        raise SchemaError(f"table 'workload', column 'agency_id': {unknown} wanted among the agencies")
    named = workload.join(known, on="agency_id")
    named = named.sort_values(
        ["locality", "role", "kind", "n_tasks", "agency_id"], ascending=[True, True, True, False, True]
    )
    return named[["kind", "name_vi", *workload.columns]].reset_index(drop=True)
