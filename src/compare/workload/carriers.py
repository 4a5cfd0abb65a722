"""Whose the tasks are: one body's, several bodies', a group's, or nobody's.

In: the tasks and the kinds of the agencies. Out: one row a locality and role, in which every counted
task stands in exactly one column, unlike in the workload, where it counts for each agency it names.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.documents import read_reference
from compare.errors import SchemaError, accepted
from compare.workload.assignments import UNNAMED, assignments, counted_tasks, kinds_of

__all__ = ["CARRIERS", "task_carriers", "work_by_carrier"]

CARRIERS = ("one_body", "bodies", "mixed", "group", "unresolved", "unnamed")
_BY = ("pillar", "part", "timeline_kind")


def _carrier(agencies: pd.Series, kinds: Mapping[str, str]) -> str:
    """Name the one column that a task's agencies in a role put it in."""
    found = [kinds[agency] for agency in agencies]
    if found == [UNNAMED]:
        return "unnamed"
    if "body" not in found:
        return "group" if "group" in found else "unresolved"
    if set(found) != {"body"}:
        return "mixed"
    return "one_body" if len(found) == 1 else "bodies"


def task_carriers(
    tasks: pd.DataFrame,
    memberships: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    agencies: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say of each counted task and role whose it is.

    Parameters
    ----------
    tasks, memberships, mentions, agencies
        As :func:`work_by_carrier` takes them.

    Returns
    -------
    DataFrame
        One row a counted task and role: task_id, role, carrier (one of ``CARRIERS``).

    Raises
    ------
    SchemaError
        A task names an agency that is not among ``agencies``.
    """
    kinds = kinds_of(read_reference().agencies if agencies is None else agencies)
    rows = assignments(counted_tasks(tasks, memberships), mentions)
    if lost := sorted(set(rows["agency_id"]) - set(kinds)):
        raise SchemaError(f"tasks, columns 'leads' and 'coordinating': {lost} wanted among the agencies")
    found = rows.groupby(["task_id", "role"])["agency_id"].agg(lambda ids: _carrier(ids, kinds))
    return found.rename("carrier").reset_index()


def work_by_carrier(
    tasks: pd.DataFrame,
    memberships: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    agencies: pd.DataFrame | None = None,
    *,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Count the tasks that one body, several, a group or nobody carries.

    Parameters
    ----------
    tasks : DataFrame
        The ``tasks`` table.
    memberships : DataFrame, optional
        The ``memberships`` table; without it restatements of annex rows count too.
    mentions : DataFrame, optional
        The ``mentions`` table, for the names without an id.
    agencies : DataFrame, optional
        Columns used: ``agency_id``, ``kind``; those of the project by default.
    by : sequence of {"pillar", "part", "timeline_kind"}
        Split the rows further by these columns of the tasks.

    Returns
    -------
    DataFrame
        One row a locality, role (and value of ``by``): n_tasks, and of these n_one_body (a single
        body and nobody else), n_bodies (several, all bodies), n_mixed (bodies beside groups or names
        without an id), n_group (groups, no body), n_unresolved (only names without an id), n_unnamed.

    Raises
    ------
    SchemaError
        ``by`` names another column, or a task an agency that is not among ``agencies``.

    Examples
    --------
    >>> from compare.schema import TABLES
    >>> task = dict.fromkeys(TABLES["tasks"].columns, "") | {"task_id": "a/annex/1", "locality": "a"}
    >>> table = work_by_carrier(pd.DataFrame([task | {"leads": "so-tai-chinh;cac-so-nganh"}]))
    >>> table[["role", "n_tasks", "n_mixed", "n_unnamed"]].values.tolist()
    [['coordinating', 1, 0, 1], ['lead', 1, 1, 0]]
    """
    if unknown := sorted(set(by) - set(_BY)):
        raise SchemaError(f"by: columns of the tasks wanted, found {unknown}; {accepted(_BY)}")
    found = task_carriers(tasks, memberships, mentions, agencies)
    table = found.merge(tasks[["task_id", "locality", *by]], on="task_id")
    counts = pd.DataFrame({f"n_{one}": table["carrier"] == one for one in CARRIERS}).assign(n_tasks=True)
    counts = counts[["n_tasks", *(f"n_{one}" for one in CARRIERS)]].astype("int64")
    key = ["locality", "role", *by]
    return pd.concat([table[key], counts], axis=1).groupby(key).sum().reset_index()
