"""Which gaps and which strengths of a plan tell most: weights and sums that can be done by hand.

In: the processed tables and a locality. Out: small tables, the most telling first. Assumed: a plan of
another level, or of another central document, says half as much about what this one could hold.
"""

from collections.abc import Iterable

import pandas as pd

from compare.figures.counts import NOBODY, STATED
from compare.report.facts import central_documents, is_stale, split_ids

__all__ = ["comparable", "concreteness", "states_time", "telling_gaps", "telling_strengths", "weights"]

UNLIKE = 0.5  # of another level, or of another central document; of both, its square
BUNDLED = 0.5  # a piece of work that is only a part of a task
SILENT = 0.5  # a plan that says nothing of it: the work may not concern it
TIMELESS = ("", "ongoing")  # kinds of time that say no date and no rhythm ("Thường xuyên")
NEVER = 2.0  # above every probability: no nearest task is close
CONCRETE = 0.75  # from which a task is a strength: a lead, and a time or a product


def weights(documents: pd.DataFrame, locality: str) -> dict[str, float]:
    """Weigh the other localities: how much their plans say about what this plan could hold.

    Returns
    -------
    dict
        Each other locality to 1, halved where the level differs, halved where both name central
        documents and share none.

    Examples
    --------
    >>> plans = pd.DataFrame({"locality": ["a", "b", "c"], "level": ["province", "province", "district"],
    ...                       "implements": ["20-NQ/TW", "20-NQ/TW;1-CT", "70-KL/TW"]})
    >>> weights(plans, "a")
    {'b': 1.0, 'c': 0.25}
    """
    rows = documents.set_index("locality").sort_index()
    level, own = rows["level"], central_documents(str(rows.at[locality, "implements"]))
    found = {}
    for place in rows.index.drop(locality):
        central = central_documents(str(rows.at[place, "implements"]))
        apart = bool(own and central and not set(own) & set(central))
        found[str(place)] = UNLIKE ** (int(level[place] != level[locality]) + int(apart))
    return found


def comparable(documents: pd.DataFrame) -> list[str]:
    """Return the largest group of localities of one level whose plans share central documents.

    Returns
    -------
    list of str
        Ids, sorted; of groups as large the one of the first id. Empty where no two are alike.

    Examples
    --------
    >>> plans = pd.DataFrame({"locality": ["a", "b", "c"], "level": ["province", "province", "district"],
    ...                       "implements": ["20-NQ/TW", "20-NQ/TW;1-CT", "70-KL/TW"]})
    >>> comparable(plans)
    ['a', 'b']
    """
    groups = []
    for place in sorted(documents["locality"]):
        alike = {other for other, weight in weights(documents, place).items() if weight == 1}
        groups.append(sorted({place, *alike}))
    largest = max(groups, key=len, default=[])
    return largest if len(largest) > 1 else []


def _sureness(memberships: pd.DataFrame) -> pd.Series:
    """How sure a membership is: 1 where a reader decided on this text, else its probability."""
    read = (memberships["origin"] == "reviewed") & ~memberships["evidence"].map(is_stale).astype(bool)
    return memberships["probability"].mask(read, 1.0)


def _named_lead(tasks: pd.DataFrame, groups: Iterable[str]) -> pd.Series:
    """Say of each task whether the plan names a lead: no group, and not inferred."""
    vague = {*groups, *NOBODY}
    named = tasks["leads"].map(lambda leads: bool(set(split_ids(leads)) - vague)).astype(bool)
    return named & ~tasks["lead_inferred"]


def states_time(kind: str) -> bool:
    """Say whether a kind of time is a date, a span or a rhythm; "Thường xuyên" is none.

    Examples
    --------
    >>> states_time("annual"), states_time("ongoing")
    (True, False)
    """
    return kind not in TIMELESS


def concreteness(tasks: pd.DataFrame, groups: Iterable[str] = ()) -> pd.Series:
    """Say how concrete each task is: a quarter for being there, for a named lead, a time, a product.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``.
    groups : iterable of str
        Agency ids of groups, which are nobody in particular.

    Returns
    -------
    Series
        0.25 to 1, indexed by task_id; an inferred lead is not a named one, and "Thường xuyên" no time.

    Examples
    --------
    >>> one = pd.DataFrame({"task_id": ["x"], "leads": ["so-tai-chinh"], "lead_inferred": [False],
    ...                     "timeline_kind": ["year"], "product": [""]})
    >>> float(concreteness(one)["x"])
    0.75
    """
    timed = tasks["timeline_kind"].map(states_time).astype(bool)
    said = [_named_lead(tasks, groups), timed, tasks["product"] != ""]
    total = sum((part.astype("float64") for part in said), pd.Series(1.0, index=tasks.index))
    return (total / 4).set_axis(tasks["task_id"])


def _stated(
    coverage: pd.DataFrame, memberships: pd.DataFrame, tasks: pd.DataFrame, groups: Iterable[str]
) -> pd.DataFrame:
    """Sum up, for each family and locality that states it: sure, concrete, task_id, whole."""
    place = tasks.set_index("task_id")["locality"]
    rows = memberships.assign(
        locality=memberships["task_id"].map(place),
        sure=_sureness(memberships),
        whole=memberships["match"] == "whole",
        concrete=memberships["task_id"].map(concreteness(tasks, groups)),
    )
    rows["concrete"] *= rows["whole"].map({True: 1.0, False: BUNDLED})
    rows = rows.sort_values(["concrete", "sure", "task_id"], ascending=[False, False, True])
    found = rows.groupby(["family_id", "locality"]).agg(
        sure=("sure", "max"), concrete=("concrete", "first"), task_id=("task_id", "first"),
        whole=("whole", "first"), own_sure=("sure", "first"),
    )  # fmt: skip
    cells = coverage.loc[coverage["status"].isin(STATED), ["family_id", "locality"]]
    return cells.merge(found.reset_index(), on=["family_id", "locality"], validate="1:1")


def _absence(gaps: pd.DataFrame, memberships: pd.DataFrame, tasks: pd.DataFrame, locality: str) -> pd.Series:
    """How sure it is that a plan does not state a family: 1 where a reader has read all its tasks."""
    read = set(memberships.loc[memberships["origin"] == "reviewed", "task_id"])
    whole = set(tasks.loc[tasks["locality"] == locality, "task_id"]) <= read
    return gaps["nearest_probability"] * 0 + 1 if whole else 1 - gaps["nearest_probability"]


def telling_gaps(  # noqa: PLR0917
    coverage: pd.DataFrame,
    memberships: pd.DataFrame,
    tasks: pd.DataFrame,
    documents: pd.DataFrame,
    locality: str,
    nearly: float = NEVER,
) -> pd.DataFrame:
    """List the families that a plan does not state and others do, the most telling first.

    Parameters
    ----------
    coverage, memberships, tasks, documents : DataFrame
        The tables of these names.
    locality : str
        Whose gaps.
    nearly : float
        Probability from which the nearest task of the plan is close (:attr:`Inputs.nearly`).

    Returns
    -------
    DataFrame
        One row a family of status *gap* that another locality states: family_id, places (who states
        it, ids), score: how sure the gap is (0 to 1) times the sum, over who states it, of that
        locality's weight times how sure it is that it does, close. Among equals, what others state
        more concretely stands first. A gap whose nearest task is *close* is no headline, though a
        reader has refused that task: it stands behind all others.
    """
    weight = weights(documents, locality)
    stated = _stated(coverage, memberships, tasks, ())
    stated = stated.assign(weight=stated["locality"].map(weight))
    stated = stated.assign(says=stated["weight"] * stated["sure"], firm=stated["weight"] * stated["concrete"])
    others = stated[stated["locality"] != locality].sort_values("locality").groupby("family_id")
    found = others.agg(places=("locality", list), says=("says", "sum"), firm=("firm", "sum"))
    own = coverage[(coverage["locality"] == locality) & (coverage["status"] == "gap")]
    own = own.merge(found.reset_index(), on="family_id", validate="1:1")
    own = own.assign(score=own["says"] * _absence(own, memberships, tasks, locality))
    own = own.assign(below=-own["score"].round(9), soft=-own["firm"].round(9))
    own = own.assign(close=own["nearest_probability"] >= nearly)
    own = own.sort_values(["close", "below", "soft", "family_id"], ignore_index=True)
    return own[["family_id", "places", "score", "close"]]


def _shortfall(own: float, status: str, other: float) -> float:
    """How much less another plan says of a family than this one; 0 where that is doubtful."""
    return own * SILENT if status == "gap" else max(own - other, 0.0) if status in STATED else 0.0


def telling_strengths(  # noqa: PLR0917
    coverage: pd.DataFrame,
    memberships: pd.DataFrame,
    tasks: pd.DataFrame,
    documents: pd.DataFrame,
    locality: str,
    groups: Iterable[str] = (),
) -> pd.DataFrame:
    """List what a plan states as tasks of their own, more concretely than others, the best first.

    Returns
    -------
    DataFrame
        One row a family that the plan states as a whole task with a named lead, and a time or a
        product (:func:`concreteness`): family_id, task_id (the most concrete), n_silent and n_vaguer
        (other localities that do not state it, or less concretely), score: how sure the plan states it
        times the sum, over the other localities, of weight times how much less they say (a silent one
        counts half).
        What no other locality falls behind in is left out.
    """
    weight = weights(documents, locality)
    stated = _stated(coverage, memberships, tasks, groups)
    led = set(tasks.loc[_named_lead(tasks, groups), "task_id"])
    concrete = stated.set_index(["family_id", "locality"])["concrete"].to_dict()
    status = coverage.set_index(["family_id", "locality"])["status"].to_dict()
    columns = ["family_id", "task_id", "n_silent", "n_vaguer", "score"]
    rows = []
    for row in stated[stated["locality"] == locality].itertuples():
        own, family = float(str(row.concrete)), str(row.family_id)
        if not row.whole or own < CONCRETE or row.task_id not in led:
            continue
        less = {
            p: _shortfall(own, status.get((family, p), ""), concrete.get((family, p), 0.0)) for p in weight
        }
        behind = [status[family, place] for place, missing in less.items() if missing > 0]
        silent = behind.count("gap")
        score = float(str(row.own_sure)) * sum(weight[place] * missing for place, missing in less.items())
        rows.append((family, row.task_id, silent, len(behind) - silent, score))
    table = pd.DataFrame(rows, columns=columns).query("score > 0")
    table = table.assign(below=-table["score"].astype("float64").round(9))
    return table.sort_values(["below", "family_id"], ignore_index=True)[columns]
