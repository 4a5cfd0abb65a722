"""Who works with whom: the network from leads to coordinating agencies.

In: the tasks, with the memberships where known. Out: the table ``agency_links``, and a locality's
links as a matrix. A task with two leads and three coordinating agencies is six links of one task;
tasks that name nobody on one side have no link. An agency that a task names in both roles is linked
with itself, as printed.
"""

import pandas as pd

from compare.errors import SchemaError, accepted
from compare.schema import check_table
from compare.workload.assignments import ROLES, counted_tasks

__all__ = ["agency_links", "link_matrix"]

_KEY = ["locality", "lead_id", "coordinating_id"]


def agency_links(tasks: pd.DataFrame, memberships: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the tasks that one agency leads and another coordinates.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``part``, ``leads``, ``coordinating``.
    memberships : DataFrame, optional
        The ``memberships`` table; without it restatements of annex rows count too.

    Returns
    -------
    DataFrame
        The ``agency_links`` table, one row a locality, lead and coordinating agency, in that order.

    Examples
    --------
    >>> task = {"task_id": "a/annex/1", "locality": "a", "part": "annex"}
    >>> task |= {"leads": "so-x;so-y", "coordinating": "so-z"}
    >>> agency_links(pd.DataFrame([task]))[["lead_id", "coordinating_id", "n_tasks"]].values.tolist()
    [['so-x', 'so-z', 1], ['so-y', 'so-z', 1]]
    """
    counted = counted_tasks(tasks, memberships)
    rows = counted[["task_id", "locality", *ROLES.values()]]
    for role, column in ROLES.items():
        ids = rows.assign(**{f"{role}_id": rows[column].str.split(";")}).explode(f"{role}_id")
        rows = ids[ids[f"{role}_id"] != ""]
    rows = rows.drop_duplicates([*_KEY, "task_id"]).sort_values([*_KEY, "task_id"])
    table = rows.groupby(_KEY)["task_id"].agg(["size", ";".join]).reset_index()
    return check_table(table.rename(columns={"size": "n_tasks", "join": "task_ids"}), "agency_links")


def _by_load(own: pd.DataFrame, column: str) -> dict[str, int]:
    """Count the distinct tasks of each agency on one side, most tasks first."""
    found: dict[str, set[str]] = {}
    for agency, ids in zip(own[column], own["task_ids"], strict=True):
        found.setdefault(str(agency), set()).update(str(ids).split(";"))
    return {agency: len(found[agency]) for agency in sorted(found, key=lambda a: (-len(found[a]), a))}


def link_matrix(links: pd.DataFrame, locality: str, *, square: bool = False) -> pd.DataFrame:
    """Write a locality's links as a matrix, leads by coordinating agencies.

    Parameters
    ----------
    links : DataFrame
        The table of :func:`agency_links`.
    locality : str
        Whose links.
    square : bool
        Give both sides the same agencies, by all the tasks they have in either role.

    Returns
    -------
    DataFrame
        Index ``lead_id``, columns ``coordinating_id``, each with most linked tasks first; a task
        counts once for an agency however many links it makes. Cells are numbers of tasks.

    Raises
    ------
    SchemaError
        The locality has no link.

    Examples
    --------
    >>> rows = [("a", "so-x", "so-z", 1, "a/1"), ("a", "so-y", "so-z", 2, "a/2;a/3")]
    >>> names = ["locality", "lead_id", "coordinating_id", "n_tasks", "task_ids"]
    >>> link_matrix(pd.DataFrame(rows, columns=names), "a")["so-z"].to_dict()
    {'so-y': 2, 'so-x': 1}
    """
    own = links[links["locality"] == locality]
    if own.empty:
        raise SchemaError(f"locality {locality!r}: no link found; {accepted(sorted(set(links['locality'])))}")
    sides = {side: own.rename(columns={side: "agency"})[["agency", "task_ids"]] for side in _KEY[1:]}
    rows, columns = (list(_by_load(one, "agency")) for one in sides.values())
    if square:
        rows = columns = list(_by_load(pd.concat(list(sides.values())), "agency"))
    table = own.pivot_table(index="lead_id", columns="coordinating_id", values="n_tasks", aggfunc="sum")
    return table.reindex(index=rows, columns=columns).fillna(0).astype("int64")
