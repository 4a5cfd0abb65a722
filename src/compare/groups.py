"""Groups of bodies ("các sở, ban, ngành") and the bodies that they stood for on a day.

In: any table with agency ids, and the hand-kept table ``group_members.csv``. Out: the same rows with
groups opened into members, on request only: a group's task is nobody's in particular. Assumed: a
member belongs to its group from ``valid_from`` to ``valid_to``, both days included, empty for open.
"""

from typing import Any

import pandas as pd

from compare.documents import Reference, read_reference
from compare.errors import DocumentError, SchemaError, accepted
from compare.fates import check_day

__all__ = ["UNVERIFIED_GROUND", "expand_groups"]

UNVERIFIED_GROUND = "chưa kiểm chứng"  # how the ground of a membership without a source begins
_FILE = "data/reference/group_members.csv"


def _check_member(row: Any, kinds: dict[str, str]) -> None:
    where = f"{_FILE}, line {row.Index + 2}"
    groups = [agency for agency, kind in kinds.items() if kind == "group"]
    if row.group_id not in groups:
        raise DocumentError(f"{where}: unknown group {row.group_id!r}; {accepted(groups)}")
    if kinds.get(row.member_id) != "body":
        bodies = [agency for agency, kind in kinds.items() if kind == "body"]
        raise DocumentError(f"{where}: unknown body {row.member_id!r}; {accepted(bodies)}")
    first, last = check_day(row.valid_from, where), check_day(row.valid_to, where)
    if first and last and first > last:
        raise DocumentError(f"{where}: valid_to wanted on or after {first}, found {last}")
    if not row.ground:
        raise DocumentError(f"{where}: a ground wanted (a source, or {UNVERIFIED_GROUND!r})")


def _check_overlaps(members: pd.DataFrame) -> None:
    ordered = members.assign(last=members["valid_to"].replace("", "9999-12-31"))
    ordered = ordered.sort_values(["group_id", "member_id", "valid_from"], kind="stable")
    before = ordered.groupby(["group_id", "member_id"])["last"].shift()
    if len(bad := ordered[before.notna() & (before >= ordered["valid_from"])]):
        row = bad.iloc[0]
        raise DocumentError(
            f"{_FILE}, line {bad.index[0] + 2}: {row['member_id']!r} is in {row['group_id']!r} twice at the "
            "same time; accepted: spans that do not overlap"
        )


def _members_on(reference: Reference, day: str, unverified: bool) -> dict[str, list[str]]:
    """Return the members of each group on a day, in order of the file."""
    members = reference.group_members
    kinds = dict(zip(reference.agencies["agency_id"], reference.agencies["kind"], strict=True))
    for row in members.itertuples():
        _check_member(row, kinds)
    _check_overlaps(members)
    then = (members["valid_from"] <= day) & (members["valid_to"].eq("") | (members["valid_to"] >= day))
    known = ~members["ground"].map(lambda ground: ground.startswith(UNVERIFIED_GROUND)).astype(bool)
    chosen = members[then & (known | unverified)]
    return {str(group): rows["member_id"].tolist() for group, rows in chosen.groupby("group_id")}


def expand_groups(
    rows: pd.DataFrame, on: str, reference: Reference | None = None, unverified: bool = False
) -> pd.DataFrame:
    """Open the groups among a table's agencies into the bodies of a day.

    Parameters
    ----------
    rows : DataFrame
        Any table with a column ``agency_id``, one id a row (``workload``, ``holders``, ``mentions``).
    on : str
        Day as YYYY-MM-DD: departments before and after 1 March 2025 differ.
    reference : Reference, optional
        Reference tables; those of the project by default.
    unverified : bool
        Count memberships too whose ground begins with "chưa kiểm chứng".

    Returns
    -------
    DataFrame
        The rows of named bodies as they are, those of a group once a member, with ``via_group`` added
        last: the group that a body stands in for, "" where the row names the body itself. A group
        without known members on that day stays as it is. Figures are repeated, not shared out: sums
        over opened groups count one task many times.

    Raises
    ------
    CompareError
        ``on`` is no date as YYYY-MM-DD.
    DocumentError
        A row of ``group_members.csv`` does not hold: unknown name, date, overlap.
    SchemaError
        ``rows`` has no column ``agency_id``.

    Examples
    --------
    >>> rows = pd.DataFrame({"agency_id": ["cac-so-nganh", "mttq"], "n_tasks": [2, 1]})
    >>> opened = expand_groups(rows, "2025-12-31")
    >>> opened[opened["agency_id"].isin(["so-tai-chinh", "mttq"])].values.tolist()
    [['so-tai-chinh', 2, 'cac-so-nganh'], ['mttq', 1, '']]
    """
    if "agency_id" not in rows.columns:
        raise SchemaError(f"a table with column 'agency_id' wanted, found {list(rows.columns)}")
    if not on:
        raise SchemaError("on: a date wanted as YYYY-MM-DD, found none")
    members = _members_on(reference or read_reference(), check_day(on, "on"), unverified)
    groups = [agency if agency in members else "" for agency in rows["agency_id"]]
    bodies = [members.get(agency, [agency]) for agency in rows["agency_id"]]
    opened = rows.assign(agency_id=bodies, via_group=groups).explode("agency_id")
    return opened.reset_index(drop=True)
