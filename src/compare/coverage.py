"""Which locality states which piece of work, and what it leaves out.

In: an alignment. Out: the coverage table, one row a family and locality, and the gaps of one
locality. A document counts as a whole: what its body states is stated, even where its annex is
silent. A gap means "not found in the plan", never "not done".
"""

from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from compare.align import Alignment
from compare.errors import CompareError, accepted
from compare.schema import TABLES, check_table

__all__ = ["coverage_gaps", "coverage_table", "stated_tasks"]

_PRINTED = [
    "task_id",
    "part",
    "number",
    "text",
    "leads_text",
    "coordinating_text",
    "product",
    "timeline_text",
]
_SOURCE = ["source_file", "line_start", "line_end"]


def _limits(alignment: Alignment) -> pd.DataFrame:
    """Return, for each family, from which probability a task is sure, and from which doubtful."""
    settings = alignment.settings
    reviewed = alignment.families.set_index("family_id")["status"] == "reviewed"
    member_at = settings.match_at if settings.member_at is None else settings.member_at
    return pd.DataFrame(
        {
            "sure": reviewed.map({True: member_at, False: settings.match_at}).astype("float64"),
            "doubtful": reviewed.map({True: settings.doubt_at, False: settings.review_at}).astype("float64"),
        }
    )


def _status(members: pd.DataFrame, sure_at: pd.Series, locality: pd.Series) -> pd.DataFrame:
    """Sum up the members of each family in each locality."""
    members = members.assign(locality=members["task_id"].map(locality))
    members = members.sort_values(["probability", "task_id"], ascending=[False, True])
    sure_at = members["family_id"].map(sure_at).astype("float64")
    sure = (members["probability"] >= sure_at) | (members["origin"] == "reviewed")
    status = members["match"].map({"whole": "covered", "part": "partial"}).where(sure, "review")
    members = members.assign(status=pd.Categorical(status, ["covered", "partial", "review"], True))
    found = members.groupby(["family_id", "locality"]).agg(
        status=("status", "min"),
        task_ids=("task_id", lambda ids: ";".join(sorted(ids))),
        nearest_task_id=("task_id", "first"),
        nearest_probability=("probability", "first"),
    )
    return found.astype({"status": "str"})


def coverage_table(alignment: Alignment) -> pd.DataFrame:
    """Say for every family and locality whether the plan states it.

    Parameters
    ----------
    alignment : Alignment

    Returns
    -------
    DataFrame
        The ``coverage`` table, one row a family and locality, also for families of one locality.
        ``status`` is *covered* where a task is mostly about the family; *partial* where it is only
        a part of bundled tasks; *review* where its only members are doubtful, or where it has none
        but a task that no reader has decided comes as near as ``review_at`` (``doubt_at`` for a
        family of the catalogue); else *gap*. ``nearest_task_id`` is the surest
        member, or else the nearest task that was compared (empty where none was).

    Notes
    -----
    Measured with the catalogue, each of the five plans taken as new (``doichieu evaluate``): of the
    places called *gap* 0.90 are gaps, and 0.90 of all gaps are called so. Without a catalogue a
    family is a draft, and its gaps are questions, not findings.
    """
    limits = _limits(alignment)
    locality = alignment.tasks.set_index("task_id")["locality"]
    index = pd.MultiIndex.from_product(
        [alignment.families["family_id"], sorted(set(locality))], names=["family_id", "locality"]
    )
    found = _status(alignment.memberships, limits["sure"], locality).reindex(index)
    nearest = alignment.nearest.astype({"task_id": "str", "probability": "float64"})
    nearest = nearest.set_index(["family_id", "locality"]).reindex(index)
    unstated = found["status"].isna()
    doubtful_at = limits["doubtful"].reindex(index.get_level_values("family_id")).to_numpy(dtype="float64")
    doubtful = nearest["probability"].fillna(0.0) >= doubtful_at
    doubtful &= ~nearest["decided"].eq(True)
    table = found.assign(
        status=found["status"].mask(unstated, doubtful.map({True: "review", False: "gap"})),
        task_ids=found["task_ids"].fillna(""),
        nearest_task_id=found["nearest_task_id"].fillna(nearest["task_id"]).fillna(""),
        nearest_probability=found["nearest_probability"].fillna(nearest["probability"]).fillna(0.0),
    )
    return check_table(table.reset_index()[list(TABLES["coverage"].columns)], "coverage")


def coverage_gaps(
    coverage: pd.DataFrame, locality: str, min_localities: int = 2, with_review: bool = False
) -> pd.DataFrame:
    """List the families that other localities state and one locality's plan does not.

    Parameters
    ----------
    coverage : DataFrame
        The table of :func:`coverage_table`.
    locality : str
        Id of a locality in it.
    min_localities : int
        Other localities that must state the family (covered or partial): what one alone states is
        its own, not a gap of the others.
    with_review : bool
        Whether to list the doubtful ones (status *review*) too.

    Returns
    -------
    DataFrame
        The locality's rows of ``coverage`` with status *gap* (or *review*), with ``n_others`` and ``others``
        (ids, `;`-joined); most widely stated first, then by ``family_id``.

    Raises
    ------
    CompareError
        The locality is unknown, or ``min_localities`` below 1.
    """
    if locality not in set(coverage["locality"]):
        raise CompareError(f"unknown locality {locality!r}; {accepted(set(coverage['locality']))}")
    if min_localities < 1:
        raise CompareError(f"min_localities >= 1 wanted, found {min_localities}")
    stated = coverage["status"].isin(["covered", "partial"])
    others = coverage[stated].groupby("family_id")["locality"].agg(lambda ids: sorted(set(ids)))
    wanted = coverage["status"].isin(["gap", "review"] if with_review else ["gap"])
    gaps = coverage[(coverage["locality"] == locality) & wanted]
    found = gaps["family_id"].map(others)
    lists = [ids if isinstance(ids, list) else [] for ids in found]
    gaps = gaps.assign(n_others=[len(ids) for ids in lists], others=[";".join(i) for i in lists])
    gaps = gaps[gaps["n_others"] >= min_localities]
    order = gaps.sort_values(["n_others", "family_id"], ascending=[False, True])
    return order.reset_index(drop=True)


def stated_tasks(coverage: pd.DataFrame, tasks: pd.DataFrame, families: Iterable[str]) -> pd.DataFrame:
    """Lay beside each other what every plan says of some families, as printed.

    Parameters
    ----------
    coverage : DataFrame
        The table of :func:`coverage_table`.
    tasks : DataFrame
        The tasks that it was made from.
    families : iterable of str
        Ids of families.

    Returns
    -------
    DataFrame
        One row a family, locality and task: ``family_id``, ``locality``, ``status``, the task as
        printed, its source lines (``line_start``, ``line_end``; Int64). A plan that does not state a
        family has one row for it, without a task.

    Raises
    ------
    CompareError
        A family is not in ``coverage``.
    """
    wanted = list(families)
    if unknown := sorted(set(wanted) - set(coverage["family_id"])):
        near = get_close_matches(unknown[0], sorted(set(coverage["family_id"])), n=5, cutoff=0.0)
        raise CompareError(f"unknown family {unknown[0]!r}; {accepted(near)}")
    rows = coverage.loc[coverage["family_id"].isin(wanted), ["family_id", "locality", "status", "task_ids"]]
    rows = rows.assign(task_id=[ids.split(";") for ids in rows["task_ids"]]).explode("task_id")
    lines = dict.fromkeys(["line_start", "line_end"], "Int64")
    printed = tasks[[*_PRINTED, *_SOURCE]].astype(lines)
    found = rows.drop(columns="task_ids").merge(printed, on="task_id", how="left", sort=False)
    text = [*_PRINTED, "source_file"]
    found[text] = found[text].fillna("")
    return found.sort_values(["family_id", "locality", "line_start", "task_id"]).reset_index(drop=True)
