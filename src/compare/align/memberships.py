"""Which task is in which family, how sure that is, and how near the families' other localities come.

In: a corpus, its scored pairs of clauses and the draft families. Out: the memberships table, and for
each family and locality the nearest task, found among the clauses of the family itself: a bundled
member lends a family only what its own clause there resembles.
"""

import pandas as pd

from compare.align.families import Drafts
from compare.align.settings import WEIGHTS, AlignSettings
from compare.schema import TABLES, check_table
from compare.similarity import Corpus

__all__ = ["NEAREST_COLUMNS", "memberships_table", "nearest_table"]

NEAREST_COLUMNS = ["family_id", "locality", "task_id", "probability"]


def _both_ways(corpus: Corpus, pairs: pd.DataFrame, drafts: Drafts) -> pd.DataFrame:
    """Write each pair of clauses twice: the family of one clause, and the task of the other."""
    ways = []
    for here, there in (("left", "right"), ("right", "left")):
        one, other = pairs[here].to_numpy(), pairs[there].to_numpy()
        way = pairs.assign(family=drafts.family_of[one], other_family=drafts.family_of[other])
        ways.append(way.assign(member=corpus.owners[one], task=corpus.owners[other]))
    both = pd.concat(ways, ignore_index=True)
    both = both[both["family"] >= 0]
    places = corpus.tasks["locality"].to_numpy()
    here, there = places[both["member"]], places[both["task"]]
    return both.assign(locality=there, abroad=here != there)


def nearest_table(corpus: Corpus, pairs: pd.DataFrame, drafts: Drafts) -> pd.DataFrame:
    """Find, for each family and locality, the task that resembles a member's clause most.

    Returns
    -------
    DataFrame
        Key ``family_id``, ``locality``; ``task_id``, ``probability``. Only members of other
        localities count; where no candidate was found, there is no row.
    """
    both = _both_ways(corpus, pairs, drafts)
    ranked = both[both["abroad"]].sort_values(
        ["family", "locality", "probability", "task", "member"],
        ascending=[True, True, False, True, True],
    )
    best = ranked.drop_duplicates(["family", "locality"])
    best = best.assign(
        family_id=[drafts.ids[number] for number in best["family"]],
        task_id=corpus.tasks["task_id"].to_numpy()[best["task"]],
    )
    return best[NEAREST_COLUMNS].reset_index(drop=True)


def _evidence(pair: pd.Series, other: str) -> str:
    values = (f"{name}={pair[name]:.2f}" for name in WEIGHTS)
    return "; ".join([other, *values]) + (f"; conflict={pair['conflict']}" if pair["conflict"] else "")


def _closest_members(corpus: Corpus, pairs: pd.DataFrame, drafts: Drafts) -> pd.DataFrame:
    """Find each member's closest other member, one of another locality if there is any.

    Pairs of the family's own clauses go first; a task that joined it has none there.
    """
    both = _both_ways(corpus, pairs, drafts).merge(drafts.members[["family", "task"]])
    both["own"] = both["family"] == both["other_family"]
    inside = both.sort_values(
        ["family", "task", "own", "abroad", "probability", "member"],
        ascending=[True, True, False, False, False, True],
    )
    best = inside.drop_duplicates(["family", "task"]).set_index(["family", "task"])
    ids = corpus.tasks["task_id"].to_numpy()
    evidence = [_evidence(row, ids[row["member"]]) for _, row in best.iterrows()]
    return best[["probability"]].assign(evidence=pd.Series(evidence, index=best.index, dtype=object))


def memberships_table(
    corpus: Corpus, pairs: pd.DataFrame, drafts: Drafts, settings: AlignSettings
) -> pd.DataFrame:
    """Write the memberships table, in the order of family and task.

    Notes
    -----
    ``match`` is whole where the family's clauses hold at least ``whole_at`` of the task's words.
    ``probability`` is that of the closest other member, of another locality if there is any; a
    family of one task is certain.
    """
    members = drafts.members.join(_closest_members(corpus, pairs, drafts), on=["family", "task"])
    table = members.assign(
        family_id=[drafts.ids[number] for number in members["family"]],
        task_id=corpus.tasks["task_id"].to_numpy()[members["task"]],
        match=(members["share"] >= settings.whole_at).map({True: "whole", False: "part"}),
        probability=members["probability"].fillna(1.0),
        origin="auto",
        evidence=members["evidence"].fillna(""),
    )
    columns = list(TABLES["memberships"].columns)
    return check_table(table[columns].sort_values(["family_id", "task_id"]), "memberships")
