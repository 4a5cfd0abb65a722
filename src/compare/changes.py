"""What moved between two builds: memberships, families, gaps.

In: the memberships and coverage tables of both. Out: the changes table, one row a change. A build
compares itself with the tables that it replaces, so that a researcher sees what a decision, a new plan
or a new version of the program has moved.
"""

from collections.abc import Mapping

import pandas as pd

from compare.agreement import locality_of
from compare.schema import TABLES, check_table

__all__ = ["build_changes"]

_KEY = ["family_id", "task_id"]
_PLACE = ["family_id", "locality"]


def _row_changes(before: pd.DataFrame, after: pd.DataFrame, column: str, kind: str) -> pd.DataFrame:
    """Return the memberships of both builds in which a column changed."""
    both = before.merge(after, on=_KEY, suffixes=("_before", "_after"))
    old, new = both[f"{column}_before"], both[f"{column}_after"]
    changed = both[old != new]
    return changed[_KEY].assign(kind=kind, before=old[changed.index], after=new[changed.index])


def _membership_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    both = before[_KEY].merge(after[_KEY], how="outer", on=_KEY, indicator=True)
    new, lost = both[both["_merge"] == "right_only"], both[both["_merge"] == "left_only"]
    once = [side[~side["task_id"].duplicated(keep=False)] for side in (lost, new)]
    moved = once[0].merge(once[1], on="task_id", suffixes=("_lost", ""))
    rows = moved[_KEY].assign(
        kind="membership-moved", before=moved["family_id_lost"], after=moved["family_id"]
    )
    new, lost = (side[~side["task_id"].isin(moved["task_id"])] for side in (new, lost))
    return pd.concat(
        [
            rows,
            new[_KEY].assign(kind="membership-new", before="", after="member"),
            lost[_KEY].assign(kind="membership-lost", before="member", after=""),
            _row_changes(before, after, "match", "match-changed"),
            _row_changes(before, after, "origin", "origin-changed"),
        ]
    )


def _gap_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the places that became a gap, or ceased to be one; families of both builds only."""
    both = before.merge(after, on=_PLACE, suffixes=("_before", "_after"))
    gap = [both[f"status_{side}"] == "gap" for side in ("before", "after")]
    changed = both[gap[0] != gap[1]]
    kind = (changed["status_after"] == "gap").map({True: "gap-opened", False: "gap-closed"}).astype("str")
    return changed[_PLACE].assign(
        kind=kind, before=changed["status_before"], after=changed["status_after"], task_id=""
    )


def _family_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    old, new = set(before["family_id"]), set(after["family_id"])
    rows = [(f, "family-new", "", "family") for f in sorted(new - old)]
    rows += [(f, "family-lost", "family", "") for f in sorted(old - new)]
    return pd.DataFrame(rows, columns=["family_id", "kind", "before", "after"], dtype="str")


def build_changes(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Compare two builds.

    Parameters
    ----------
    before, after : mapping
        Tables ``memberships`` and ``coverage`` of both; ``before`` may be empty, as at a first build.

    Returns
    -------
    DataFrame
        The ``changes`` table of :mod:`compare.tables`; empty where nothing moved, or where there is
        nothing to compare with.
    """
    columns = list(TABLES["changes"].columns)
    if "memberships" not in before or "coverage" not in before:
        return check_table(pd.DataFrame(columns=columns, dtype="str"), "changes")
    tables = [
        _family_changes(before["memberships"], after["memberships"]),
        _membership_changes(before["memberships"], after["memberships"]),
        _gap_changes(before["coverage"], after["coverage"]),
    ]
    rows = pd.concat(tables).fillna("")
    locality = rows["locality"].where(rows["locality"] != "", rows["task_id"].map(locality_of))
    rows = rows.assign(locality=locality).sort_values(["kind", "family_id", "locality", "task_id"])
    return check_table(rows[columns], "changes")
