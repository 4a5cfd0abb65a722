"""How unevenly the load lies: on few shoulders or on many.

In: the table ``workload`` and the kinds of the agencies. Out: one row a locality and role with three
indices and how to read them. The weight of an agency is its share of the *assignments* (lượt giao): a
task with two leads is two. Names without an id and tasks that name nobody are not on any known
shoulder; they are left out of the indices and counted beside them.

The three say different things. ``herfindahl`` is the sum of squared weights: its inverse is the number
of equally loaded agencies that would give the same index. ``gini`` compares the agencies that have any
load with each other (agencies that the plan gives nothing are not in it): 0 is all alike. ``top3_share``
is the plainest.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from compare.documents import read_reference
from compare.errors import CompareError
from compare.workload.assignments import kinds_of

__all__ = ["READINGS", "ReadingLimits", "concentration", "gini", "herfindahl"]

READINGS = ("few", "concentrated", "moderate", "spread")
_COLUMNS = ["locality", "role", "n_agencies", "n_assignments", "n_left_out", "herfindahl", "gini"]
_COLUMNS += ["top3_share", "top", "top_tasks", "n_like_third", "reading"]


class ReadingLimits(NamedTuple):
    """From where a load is called concentrated, and until where spread.

    ``high`` 0.18 and ``low`` 0.10 are the steps of the United States Horizontal Merger Guidelines of
    1992; here they mean a load as if fewer than six, or more than ten, agencies shared it alike. They are
    a convention for reading, not a measurement. Fewer than ``agencies`` (six) are above ``high``, and
    fewer than ``assignments`` (eleven) never below ``low``, however a plan shares them out: so nothing is
    said of these.
    """

    high: float = 0.18
    low: float = 0.10
    agencies: int = 6
    assignments: int = 11


def _loads(counts: Iterable[float]) -> np.ndarray:
    found = np.sort(np.asarray(list(counts), dtype="float64"))
    if not len(found) or found[0] <= 0:
        raise CompareError(f"loads above zero wanted, found {found.tolist()}")
    return found


def herfindahl(counts: Iterable[float]) -> float:
    """Sum the squared shares of the load.

    Parameters
    ----------
    counts : iterable of float
        Load of each agency that has any, above zero.

    Returns
    -------
    float
        From 1/n (all alike) to 1 (one carries all).

    Raises
    ------
    CompareError
        No load, or one that is not above zero.

    Examples
    --------
    >>> herfindahl([2, 2, 2, 2])
    0.25
    """
    found = _loads(counts)
    return float(((found / found.sum()) ** 2).sum())


def gini(counts: Iterable[float]) -> float:
    """Measure how unequal the loads are among those who have any.

    Parameters
    ----------
    counts : iterable of float
        Load of each agency that has any, above zero.

    Returns
    -------
    float
        From 0 (all alike) to below 1; half the mean difference of two loads, over the mean load.

    Raises
    ------
    CompareError
        No load, or one that is not above zero.

    Examples
    --------
    >>> round(gini([3, 2, 1]), 4)
    0.2222
    """
    found = _loads(counts)
    n = len(found)
    ranks = np.arange(1, n + 1)
    return max(float((2 * ranks - n - 1) @ found / (n * found.sum())), 0.0)


def _reading(n: int, total: int, index: float, limits: ReadingLimits) -> str:
    if n < limits.agencies or total < limits.assignments:
        return "few"
    if index >= limits.high:
        return "concentrated"
    return "spread" if index < limits.low else "moderate"


def _row(own: pd.DataFrame, kinds: tuple[str, ...], limits: ReadingLimits) -> dict[str, object]:
    inside = own[own["kind"].isin(kinds)].sort_values(["n_tasks", "agency_id"], ascending=[False, True])
    counts, total = inside["n_tasks"], int(inside["n_tasks"].sum())
    index = herfindahl(counts)
    return {
        "n_agencies": len(inside),
        "n_assignments": total,
        "n_left_out": int(own["n_tasks"].sum()) - total,
        "herfindahl": index,
        "gini": gini(counts),
        "top3_share": float(counts.head(3).sum() / total),
        "top": ";".join(inside["agency_id"].head(3)),
        "top_tasks": ";".join(map(str, counts.head(3))),
        "n_like_third": int((counts == counts.head(3).min()).sum()),
        "reading": _reading(len(inside), total, index, limits),
    }


def concentration(
    workload: pd.DataFrame,
    agencies: pd.DataFrame | None = None,
    *,
    groups: bool = False,
    limits: ReadingLimits = ReadingLimits(),  # noqa: B008
) -> pd.DataFrame:
    """Say how unevenly the load lies in each locality and role.

    Parameters
    ----------
    workload : DataFrame
        Columns used: ``locality``, ``agency_id``, ``role``, ``n_tasks``.
    agencies : DataFrame, optional
        Columns used: ``agency_id``, ``kind`` (body or group); those of the project by default.
    groups : bool
        Take groups of bodies ("các sở, ban, ngành") as carriers too. Without them the indices are
        about the bodies that are answerable by name.
    limits : ReadingLimits
        From where a load is called concentrated or spread.

    Returns
    -------
    DataFrame
        One row a locality and role with at least one such agency: n_agencies, n_assignments,
        n_left_out (assignments to others: groups unless taken, names without an id, tasks that name
        nobody), herfindahl, gini, top3_share (of the assignments), top (the three, ids joined by
        ``;``), top_tasks (their assignments, likewise), n_like_third (agencies with as many as the last
        of the three: where they are more than the three hold, which of them is named is arbitrary),
        reading (concentrated, moderate or spread; few where there is too little to say).

    Examples
    --------
    >>> rows = [("a", "so-x", "lead", 3), ("a", "so-y", "lead", 2), ("a", "so-z", "lead", 1)]
    >>> table = pd.DataFrame(rows, columns=["locality", "agency_id", "role", "n_tasks"])
    >>> kinds = pd.DataFrame({"agency_id": ["so-x", "so-y", "so-z"], "kind": "body"})
    >>> concentration(table, kinds)[["herfindahl", "top3_share", "reading"]].round(3).values.tolist()
    [[0.389, 1.0, 'few']]
    """
    known = kinds_of(read_reference().agencies if agencies is None else agencies)
    rows = workload[workload["n_tasks"] > 0]
    rows = rows.assign(kind=rows["agency_id"].map(known))
    kinds = ("body", "group") if groups else ("body",)
    found = [
        {"locality": locality, "role": role, **_row(own, kinds, limits)}
        for (locality, role), own in rows.groupby(["locality", "role"])
        if own["kind"].isin(kinds).any()
    ]
    return pd.DataFrame(found, columns=_COLUMNS)
