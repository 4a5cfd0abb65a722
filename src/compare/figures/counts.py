"""The numbers behind the figures, as small tables, so that a report can print what it draws.

In: the processed tables. Out: tables of counts whose index and columns are ids, in the order in
which they are shown: pillars by number with the implementation (0) last, localities by id, agencies
by load with groups after named bodies, kinds of time as in the schema with "none printed" last.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from compare.tables import TIMELINE_KINDS
from compare.workload import UNNAMED, UNRESOLVED

__all__ = [
    "KINDS",
    "NOBODY",
    "PARTS",
    "STATED",
    "STATUSES",
    "agency_loads",
    "carriers",
    "gap_counts",
    "load_counts",
    "ordered",
    "part_counts",
    "pillars_first",
    "score_counts",
    "score_limits",
    "stated_elsewhere",
    "status_counts",
    "task_counts",
    "timeline_counts",
    "timeline_shares",
]

PARTS = ("annex", "body", "implementation")
STATUSES = ("covered", "partial", "review", "gap")
STATED = ("covered", "partial")
KINDS = (*TIMELINE_KINDS, "")
NOBODY = frozenset({UNRESOLVED, UNNAMED})  # rows of the workload that are no agency
_BINS = 20


def ordered(localities: Iterable[str], first: str | None = None) -> list[str]:
    """Sort localities by id, with one of them in front."""
    return sorted(set(localities), key=lambda locality: (locality != first, locality))


def pillars_first(pillars: Iterable[int]) -> list[int]:
    """Sort pillars by number, the implementation (0) last."""
    return sorted({int(pillar) for pillar in pillars}, key=lambda pillar: (pillar == 0, pillar))


def _by_pillar(pillar: pd.Series, other: pd.Series, columns: Iterable[str]) -> pd.DataFrame:
    counts = pd.crosstab(pillar, other)
    return counts.reindex(index=pillars_first(counts.index), columns=list(columns), fill_value=0)


def part_counts(tasks: pd.DataFrame) -> pd.DataFrame:
    """Count tasks by pillar and part."""
    return _by_pillar(tasks["pillar"], tasks["part"], PARTS)


def task_counts(tasks: pd.DataFrame) -> pd.DataFrame:
    """Count tasks by pillar and locality."""
    return _by_pillar(tasks["pillar"], tasks["locality"], ordered(tasks["locality"]))


def timeline_counts(tasks: pd.DataFrame) -> pd.DataFrame:
    """Count tasks by kind of time and locality."""
    counts = pd.crosstab(tasks["timeline_kind"], tasks["locality"])
    return counts.reindex([kind for kind in KINDS if kind in counts.index])


def timeline_shares(tasks: pd.DataFrame, locality: str) -> pd.DataFrame:
    """Count a locality's tasks by kind of time, beside the mean share of the other localities.

    Returns
    -------
    DataFrame
        Index: kind, most frequent first, "" (no time printed) last; columns ``n``, ``share`` and
        ``others``, shares of all tasks of a locality, from 0 to 1.
    """
    counts = timeline_counts(tasks)
    shares = counts / counts.sum()
    others = shares.drop(columns=locality).mean(axis=1).fillna(0.0)
    table = pd.DataFrame({"n": counts[locality], "share": shares[locality], "others": others})
    keys = table.assign(none=table.index == "", most=-table["n"], rest=-others)
    return table.loc[keys.sort_values(["none", "most", "rest"], kind="stable").index]


def stated_elsewhere(coverage: pd.DataFrame, locality: str) -> pd.DataFrame:
    """Return a locality's rows of the families that another locality states, at least in part."""
    stated = coverage[coverage["status"].isin(STATED)]
    elsewhere = stated.loc[stated["locality"] != locality, "family_id"]
    return coverage[(coverage["locality"] == locality) & coverage["family_id"].isin(elsewhere)]


def status_counts(coverage: pd.DataFrame, families: pd.DataFrame, locality: str) -> pd.DataFrame:
    """Count, by pillar, the statuses of a locality's families that another locality states."""
    rows = stated_elsewhere(coverage, locality)
    pillar = rows["family_id"].map(families.set_index("family_id")["pillar"])
    return _by_pillar(pillar, rows["status"], STATUSES)


def gap_counts(coverage: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """Count, by pillar and locality, the families that others state and the plan does not."""
    places = ordered(coverage["locality"])
    found = {place: status_counts(coverage, families, place)["gap"] for place in places}
    counts = pd.DataFrame(found).fillna(0).astype(int)
    return counts.reindex(pillars_first(counts.index))


def carriers(agencies: Iterable[str], groups: frozenset[str]) -> list[str]:
    """Tell bodies, groups of bodies, and what is nobody; the kinds sort in this order."""
    return ["nobody" if a in NOBODY else "group" if a in groups else "body" for a in agencies]


def agency_loads(
    workload: pd.DataFrame, locality: str, role: str, groups: frozenset[str], peers: Sequence[str]
) -> pd.DataFrame:
    """List the agencies of a locality with their tasks, beside the mean share of its peers.

    Parameters
    ----------
    workload : DataFrame
        Table ``workload``.
    locality, role : str
        Whose agencies, in which role.
    groups : frozenset of str
        Agency ids that are groups.
    peers : sequence of str
        Localities to compare with; an agency that one does not name counts 0 there.

    Returns
    -------
    DataFrame
        agency_id, n_tasks, share (of all the plan's tasks in this role, a task counted with each agency
        that has it), kind (body, group, or nobody: names without an id, and tasks that name nobody),
        peers (mean of the peers' shares, NaN without peers): in the order of the kinds, most tasks first.
        Shares, since a plan of twice the tasks gives every agency twice as many.
    """
    rows = workload[(workload["role"] == role) & (workload["n_tasks"] > 0)]
    table = rows.loc[rows["locality"] == locality, ["agency_id", "n_tasks"]]
    shares = rows["n_tasks"] / rows.groupby("locality")["n_tasks"].transform("sum")
    total = shares[rows["locality"].isin(peers)].groupby(rows["agency_id"]).sum()
    mean = table["agency_id"].map(total).fillna(0) / len(peers) if peers else float("nan")
    table = table.assign(share=shares.reindex(table.index), peers=mean)
    table = table.assign(kind=carriers(table["agency_id"], groups))
    order = {"kind": True, "n_tasks": False, "agency_id": True}
    return table.sort_values(list(order), ascending=list(order.values()), ignore_index=True)


def load_counts(workload: pd.DataFrame, role: str, groups: frozenset[str]) -> pd.DataFrame:
    """Count tasks by agency and locality: bodies, groups, then what is nobody's; most tasks first."""
    rows = workload[(workload["role"] == role) & (workload["n_tasks"] > 0)]
    counts = rows.pivot_table(
        index="agency_id", columns="locality", values="n_tasks", aggfunc="sum", fill_value=0
    )
    counts = counts.reindex(columns=ordered(workload["locality"]), fill_value=0).astype(int)
    kind = carriers(counts.index, groups)
    keys = counts.assign(kind=kind, most=-counts.sum(axis=1), id=counts.index)
    return counts.loc[keys.sort_values(["kind", "most", "id"]).index]


def score_counts(pairs: pd.DataFrame) -> pd.DataFrame:
    """Count pairs by twentieth of probability (index: its lower edge) and verdict."""
    step = (pairs["probability"] * _BINS).astype(int).clip(upper=_BINS - 1)
    counts = pd.crosstab(step, pairs["verdict"])
    counts = counts.reindex(index=range(_BINS), columns=["none", "review", "match"], fill_value=0)
    return counts.set_axis([step / _BINS for step in range(_BINS)])


def score_limits(pairs: pd.DataFrame) -> dict[str, float]:
    """Return the lowest probability that was accepted, and the lowest that was held for review."""
    lowest = pairs.groupby("verdict")["probability"].min()
    return {verdict: float(lowest[verdict]) for verdict in ("match", "review") if verdict in lowest}
