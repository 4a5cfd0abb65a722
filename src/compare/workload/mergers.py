"""What the mergers of 2025 add up: the load before and after, by who holds it today.

In: the tasks, who holds each assignment today (the table ``holders``), and the memberships where known.
Out: one row a locality, role and holder. Two departments that led a task jointly and are one today have
one task, not two. Where an agency's work was split and the task's own words point to no part of it, or
where nobody is known to hold it, the load is given to nobody: it stands in a row of its own.
The labels ``held.<outcome>`` name the outcomes.
"""

import pandas as pd

from compare.workload.assignments import ROLES, UNNAMED, UNRESOLVED, assignments, counted_tasks

__all__ = ["OUTCOMES", "merged_load"]

OUTCOMES = ("same", "moved", "merged", "undetermined", "none", "unverified")
_ASSIGNED = ["task_id", "role", "agency_id"]
_LEFT = {"several": "undetermined", "none": "none", "unverified": "unverified"}
_KEY = ["locality", "role", "holder_id", "outcome"]


def _settled(rows: pd.DataFrame) -> pd.Series:
    """Say which rows give an assignment to somebody: unchanged, one successor, or a chosen one."""
    sure = rows["outcome"].isin(["same", "one"]) | rows["chosen"]
    return sure & (rows["holder_id"] != "")


def _held(tasks: pd.DataFrame, holders: pd.DataFrame) -> pd.DataFrame:
    """Write one row an assignment and holder; one that no holder was looked up for is unverified."""
    rows = assignments(tasks)
    rows = rows[~rows["agency_id"].isin([UNNAMED, UNRESOLVED])].merge(tasks[["task_id", "locality"]])
    rows = rows.merge(holders[[*_ASSIGNED, "holder_id", "outcome", "chosen"]], how="left", on=_ASSIGNED)
    rows = rows.assign(chosen=rows["chosen"].eq(True), holder_id=rows["holder_id"].fillna(""))
    rows = rows.assign(outcome=rows["outcome"].fillna("unverified"))
    settled = _settled(rows)
    decided = settled.groupby([rows[column] for column in _ASSIGNED]).transform("any")
    left = rows[~decided].drop_duplicates(_ASSIGNED)
    left = left.assign(holder_id="", outcome=left["outcome"].map(_LEFT).fillna("undetermined"))
    rows = rows.assign(loose=rows["agency_id"].where(rows["outcome"] == "loose", ""))
    return pd.concat([rows[settled].assign(outcome=""), left.assign(loose="")])


def _outcome(holder: str, agencies: list[str]) -> str:
    if len(agencies) > 1:
        return "merged"
    return "same" if agencies == [holder] else "moved"


def merged_load(
    tasks: pd.DataFrame, holders: pd.DataFrame, memberships: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Add up the load of the agencies that are one today.

    Parameters
    ----------
    tasks : DataFrame
        The ``tasks`` table.
    holders : DataFrame
        The ``holders`` table; columns used: ``task_id``, ``role``, ``agency_id``, ``holder_id``,
        ``outcome`` (same, one, loose, several, none, unverified), ``chosen``.
    memberships : DataFrame, optional
        The ``memberships`` table; without it restatements of annex rows count too.

    Returns
    -------
    DataFrame
        One row a locality, role and holder: holder_id, outcome (same: the agency as before; moved: one
        agency's work went to another; merged: that of several came together; with an empty holder_id:
        undetermined, none or unverified), agencies (before, ``;``-joined), n_each (tasks of each of
        them, in the same order), loose (those of them whose work went there for the most part only,
        ``;``-joined), n_before_sum (the same, added), n_after (tasks, each once), n_shared
        (the difference: what the sum counts twice), task_ids. A split agency's task that names
        several contents is with each of their holders.

    Examples
    --------
    >>> from compare.schema import TABLES
    >>> task = dict.fromkeys(TABLES["tasks"].columns, "") | {"task_id": "a/1", "locality": "a"}
    >>> rows = [("a/1", "lead", agency, "so-z", "one", False) for agency in ("so-x", "so-y")]
    >>> names = ["task_id", "role", "agency_id", "holder_id", "outcome", "chosen"]
    >>> table = merged_load(pd.DataFrame([task | {"leads": "so-x;so-y"}]), pd.DataFrame(rows, columns=names))
    >>> table[["holder_id", "outcome", "n_before_sum", "n_after", "n_shared"]].values.tolist()
    [['so-z', 'merged', 2, 1, 1]]
    """
    rows = _held(counted_tasks(tasks, memberships), holders)
    table = rows.groupby(_KEY).agg(
        agencies=("agency_id", lambda ids: sorted(set(ids))),
        n_each=("agency_id", lambda ids: ";".join(str(n) for n in ids.value_counts().sort_index())),
        loose=("loose", lambda ids: ";".join(sorted({*ids} - {""}))),
        n_before_sum=("agency_id", "size"),
        n_after=("task_id", "nunique"),
        task_ids=("task_id", lambda ids: ";".join(sorted(set(ids)))),
    )
    table = table.reset_index().assign(n_shared=lambda t: t["n_before_sum"] - t["n_after"])
    named = zip(table["outcome"], table["holder_id"], table["agencies"], strict=True)
    outcomes = [outcome or _outcome(holder, agencies) for outcome, holder, agencies in named]
    table = table.assign(outcome=outcomes, agencies=table["agencies"].map(";".join))
    table["role"] = pd.Categorical(table["role"], list(ROLES))
    order = ["locality", "role", "holder_id", "outcome"]
    table = table.assign(last=table["holder_id"] == "").sort_values([*order[:2], "last", *order[2:]])
    columns = [*_KEY, "agencies", "n_each", "loose", "n_before_sum", "n_after", "n_shared", "task_ids"]
    return table.astype({"role": "str"})[columns].reset_index(drop=True)
