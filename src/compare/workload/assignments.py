"""Which tasks count, and which agency each is assigned to in which role.

In: the tasks, with the memberships where known, and the mentions where names stayed unresolved. Out:
one row an assignment. A piece of work counts once: a body or implementation item whose families are
all held by annex rows of the same locality restates them and is left out. A group of bodies ("các
sở, ban, ngành") stands as itself, never as its members. What names nobody in a role is assigned to
``unnamed``, so that nothing is dropped silently.
"""

import pandas as pd

__all__ = ["ROLES", "UNNAMED", "UNRESOLVED", "assignments", "counted_tasks", "kinds_of", "restatements"]

UNRESOLVED = "unresolved"
UNNAMED = "unnamed"
ROLES = {"lead": "leads", "coordinating": "coordinating"}


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


def counted_tasks(tasks: pd.DataFrame, memberships: pd.DataFrame | None) -> pd.DataFrame:
    """Return the rows of the tasks that count as pieces of work; without memberships, all of them."""
    restated = set() if memberships is None else restatements(tasks, memberships)
    return tasks[~tasks["task_id"].isin(restated)]


def _named(tasks: pd.DataFrame, role: str) -> pd.DataFrame:
    """Write one row a task and agency of a role, by the ids that the tasks hold."""
    ids = tasks[["task_id"]].assign(role=role, agency_id=tasks[ROLES[role]].str.split(";"))
    rows = ids.explode("agency_id")
    return rows[rows["agency_id"] != ""]


def _unnamed(tasks: pd.DataFrame, role: str, found: pd.DataFrame) -> pd.DataFrame:
    """Write one row a task that names nobody in a role; words that gave no id are unresolved."""
    left = tasks[~tasks["task_id"].isin(found.loc[found["role"] == role, "task_id"])]
    printed = left[f"{ROLES[role]}_text"] != ""
    return left[["task_id"]].assign(role=role, agency_id=printed.map({True: UNRESOLVED, False: UNNAMED}))


def assignments(tasks: pd.DataFrame, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Write one row a task, role and agency.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``leads``, ``coordinating`` and the two as printed (``_text``).
    mentions : DataFrame, optional
        The ``mentions`` table; its names without an id are ``unresolved``, one row a task and role.

    Returns
    -------
    DataFrame
        Columns task_id, role, agency_id (``unresolved``, or ``unnamed`` where the task names nobody
        in the role), n_named (how many names the task gives in that role; 0 for ``unnamed``).
    """
    parts = [_named(tasks, role) for role in ROLES]
    if mentions is not None:
        lost = mentions.loc[mentions["agency_id"] == "", ["task_id", "role"]]
        parts.append(lost[lost["task_id"].isin(tasks["task_id"])].assign(agency_id=UNRESOLVED))
    found = pd.concat(parts)
    rows = pd.concat([found, *(_unnamed(tasks, role, found) for role in ROLES)])
    n_named = (rows["agency_id"] != UNNAMED).groupby([rows["task_id"], rows["role"]]).transform("sum")
    return rows.assign(n_named=n_named.astype("int64")).drop_duplicates(ignore_index=True)


def kinds_of(agencies: pd.DataFrame) -> dict[str, str]:
    """Map each agency to ``body`` or ``group``; what no id was found for, and nobody, are themselves."""
    known = dict(zip(agencies["agency_id"], agencies["kind"], strict=True))
    return {**known, UNRESOLVED: UNRESOLVED, UNNAMED: UNNAMED}
