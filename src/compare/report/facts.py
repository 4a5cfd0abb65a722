"""What the reports say, as tables and numbers: pure functions of the processed tables.

In: the tables of ``data/processed``. Out: small tables and numbers; no wording (that is in the
labels) and no HTML. *Stated* means covered or partial; a *gap* was not found in the plan.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from compare.align.catalogued import STALE
from compare.citations.issuers import issuer_kind, read_issuers
from compare.figures.counts import STATED, STATUSES, stated_elsewhere
from compare.targets import compare_targets, pair_targets

__all__ = [
    "SELDOM",
    "YEARS_APART",
    "Caveat",
    "caveats",
    "central_documents",
    "completeness",
    "family_table",
    "goal_pairs",
    "hold_to",
    "is_stale",
    "most_frequent",
    "others_than",
    "peers_of",
    "reviewed_counts",
    "reviewed_share",
    "split_ids",
]

_CENTRAL = re.compile(r"/TW$")
YEARS_APART = 2
SELDOM = 0.25  # of an annex's tasks: what fewer of them state, its form may have no column for
_COLUMNS = {"coordinating": ("coordinating", "coordinating_text"), "time": ("timeline_text",),
            "product": ("product",)}  # fmt: skip


def split_ids(joined: str) -> list[str]:
    """Split a `;`-joined value; an empty one holds nothing."""
    return [item for item in joined.split(";") if item]


def others_than(locality: str, localities: Sequence[str]) -> list[str]:
    """Return the other localities, sorted."""
    return sorted(set(localities) - {locality})


def peers_of(locality: str, documents: pd.DataFrame) -> list[str]:
    """Return the other localities of the same level, whose agencies are of the same kind."""
    level = documents.set_index("locality")["level"]
    return sorted(level.index[(level == level[locality]) & (level.index != locality)])


def hold_to(
    coverage: pd.DataFrame, memberships: pd.DataFrame, tasks: pd.DataFrame, least: float
) -> pd.DataFrame:
    """Hold automatic memberships to a higher probability: what rests on weaker ones is doubtful.

    Parameters
    ----------
    coverage, memberships, tasks : DataFrame
        The tables of these names.
    least : float
        Least probability of an automatic membership, from 0 (as built) to 1.

    Returns
    -------
    DataFrame
        Table ``coverage``; a covered or partial status whose members are all automatic and below
        ``least`` is ``review``. What a reader decided stays.
    """
    strong = memberships[(memberships["origin"] == "reviewed") | (memberships["probability"] >= least)]
    localities = strong["task_id"].map(tasks.set_index("task_id")["locality"])
    kept = set(zip(strong["family_id"], localities, strict=True))
    cells = zip(coverage["family_id"], coverage["locality"], strict=True)
    weak = pd.Series([cell not in kept for cell in cells], index=coverage.index, dtype=bool)
    weak &= coverage["status"].isin(STATED) & (least > 0)
    return coverage.assign(status=coverage["status"].mask(weak, "review"))


def family_table(coverage: pd.DataFrame, families: pd.DataFrame, locality: str) -> pd.DataFrame:
    """List the families with a locality's status and who else states them.

    Returns
    -------
    DataFrame
        One row a family, by pillar (implementation last), then most others first: family_id,
        pillar, status, task_ids, nearest_task_id, nearest_probability, others (ids), n_others.
    """
    own = coverage[coverage["locality"] == locality].drop(columns="locality")
    stated = coverage[coverage["status"].isin(STATED) & (coverage["locality"] != locality)]
    others = stated.sort_values("locality").groupby("family_id")["locality"].agg(list)
    table = own.merge(families[["family_id", "pillar"]], on="family_id", validate="1:1")
    lists = [others.get(family, []) for family in table["family_id"]]
    table = table.assign(others=lists, n_others=[len(found) for found in lists])
    table = table.assign(last=table["pillar"] == 0, most=-table["n_others"])
    table = table.sort_values(["last", "pillar", "most", "nearest_probability", "family_id"])
    return table.drop(columns=["last", "most"]).reset_index(drop=True)


def completeness(coverage: pd.DataFrame) -> pd.DataFrame:
    """Count, for each locality, what it states of the families that others state.

    Returns
    -------
    DataFrame
        Index: locality; columns covered, partial, review, gap, elsewhere (families that another
        locality states), stated (of these, here too), share (stated / elsewhere), unique (here only).
    """
    rows = {}
    for locality, own in coverage.groupby("locality"):
        compared = stated_elsewhere(coverage, str(locality))
        counts = compared["status"].value_counts().reindex(list(STATUSES), fill_value=0)
        stated = int(counts["covered"] + counts["partial"])
        alone = own["status"].isin(STATED) & ~own["family_id"].isin(compared["family_id"])
        share = stated / max(len(compared), 1)
        more = {"elsewhere": len(compared), "stated": stated, "share": share}
        rows[locality] = {**counts.to_dict(), **more, "unique": int(alone.sum())}
    return pd.DataFrame.from_dict(rows, orient="index")


def goal_pairs(targets: pd.DataFrame, documents: pd.DataFrame, locality: str) -> pd.DataFrame:
    """Set each goal of a locality beside the same goals of others, as :func:`pair_targets` does."""
    levels = dict(zip(documents["locality"], documents["level"], strict=True))
    return pair_targets(compare_targets(targets, levels=levels), locality, levels)


def reviewed_share(memberships: pd.DataFrame, tasks: pd.DataFrame, locality: str = "") -> tuple[int, int]:
    """Count a locality's memberships, or all: those a reader decided, and all."""
    own = memberships["task_id"].isin(tasks.loc[tasks["locality"] == locality, "task_id"]) | (locality == "")
    return int((memberships.loc[own, "origin"] == "reviewed").sum()), int(own.sum())


def reviewed_counts(memberships: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Count, for each locality, tasks and memberships, and what of them a reader has decided.

    Returns
    -------
    DataFrame
        Index: locality; columns n_tasks, read (tasks in a reviewed membership), members, reviewed,
        auto, stale (reviewed, but the text has changed since).
    """
    place = tasks.set_index("task_id")["locality"]
    sure = memberships["origin"] == "reviewed"
    read = tasks["task_id"].isin(set(memberships.loc[sure, "task_id"]))
    counts = pd.DataFrame({"locality": memberships["task_id"].map(place), "reviewed": sure, "auto": ~sure})
    counts["stale"] = memberships["evidence"].map(is_stale)
    table = counts.groupby("locality").sum()
    found = tasks.assign(read=read).groupby("locality").agg(n_tasks=("task_id", "size"), read=("read", "sum"))
    table = found.join(table).fillna(0).astype("int64")
    return table.assign(members=table["reviewed"] + table["auto"])


def is_stale(evidence: str) -> bool:
    """Say whether a reader's decision was about another text than the task has now."""
    return evidence.startswith(STALE)


@dataclass(frozen=True)
class Caveat:
    """One reason why a plan compares badly with the others: a key of the labels and its values."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


def central_documents(implements: str) -> list[str]:
    """Return those of the implemented documents that are of the centre.

    Examples
    --------
    >>> central_documents("20-NQ/TW;09/NQ-CP")
    ['20-NQ/TW']
    """
    return [number for number in split_ids(implements) if _CENTRAL.search(number)]


def most_frequent(values: Iterable[str]) -> tuple[str, int]:
    """Return the most frequent value that is not empty and how often it is there; of equals the first.

    Examples
    --------
    >>> most_frequent(["b", "a", "", "", ""]), most_frequent([])
    (('a', 1), ('', 0))
    """
    counts = Counter(value for value in values if value)
    return min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))


def _usual(values: Iterable[str]) -> str:
    return most_frequent(values)[0]


def _year_caveat(year: str, others: Sequence[str]) -> list[Caveat]:
    known = sorted(int(other) for other in others if other)
    if not year or not known:
        return []
    middle = known[len(known) // 2]
    if abs(int(year) - middle) < YEARS_APART:
        return []
    span = "–".join(str(year) for year in dict.fromkeys((known[0], known[-1])))
    return [Caveat("caveat.year", {"year": year, "usual": span})]


def _column_caveat(annex: pd.DataFrame) -> list[Caveat]:
    """Name what few or none of an annex's tasks state: n, and how many state each such thing."""
    given = {name: int((annex[list(columns)] != "").any(axis=1).sum()) for name, columns in _COLUMNS.items()}
    rare = {name: str(stated) for name, stated in given.items() if stated < SELDOM * len(annex)}
    return [Caveat("caveat.columns", {"n": str(len(annex)), **rare})] if rare else []


def caveats(documents: pd.DataFrame, tasks: pd.DataFrame) -> dict[str, list[Caveat]]:
    """Find what keeps each plan from being compared like with like.

    Returns
    -------
    dict
        Locality to its caveats: another central document, another level, another kind of issuer (of the
        Party or of the government), another time, a number or date left blank, no annex, or an annex
        that says little of coordinating agencies, time or product.
    """
    usual_central = _usual([n for row in documents["implements"] for n in central_documents(row)])
    usual_level = _usual(list(documents["level"]))
    issuers = read_issuers()
    kinds = [issuer_kind(issuer, issuers) for issuer in documents["issuer"]]
    usual_kind = _usual(kinds)
    years = dict(zip(documents["locality"], documents["issued_on"].str[:4], strict=True))
    annexes = dict(iter(tasks[tasks["part"] == "annex"].groupby("locality")))
    found: dict[str, list[Caveat]] = {}
    for row, kind in zip(documents.itertuples(), kinds, strict=True):
        place, central, own = str(row.locality), central_documents(str(row.implements)), []
        if central and usual_central not in central:
            own.append(Caveat("caveat.central", {"own": central[0], "usual": usual_central}))
        if row.level != usual_level:
            own.append(Caveat("caveat.level", {"own": str(row.level), "usual": usual_level}))
        if kind and kind != usual_kind:
            own.append(Caveat("caveat.issuer", {"own": kind, "usual": usual_kind}))
        own += _year_caveat(years[place], [year for other, year in years.items() if other != place])
        own += [Caveat("caveat.number")] if not row.number else []
        own += [Caveat("caveat.date")] if len(str(row.issued_on)) < len("2023-01-01") else []
        own += [Caveat("caveat.annex")] if place not in annexes and annexes else []
        own += _column_caveat(annexes[place]) if place in annexes else []
        found[place] = own
    return found
