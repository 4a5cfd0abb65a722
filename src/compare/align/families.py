"""From scored clauses to draft families.

In: a corpus and its scored pairs of clauses. Out: draft families, and the families table. Clauses are
grouped by average linkage, so a bundled task takes part in a family through each of its clauses, and
body and annex of one locality fall together; a task joins further families that a few of its words
ask for. Groups that hold the same tasks are one family: no
document keeps them apart. A task whose clauses nothing equals is a family of its own; beside a
shared family, clauses that nothing equals make none.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.align.grouping import group_clauses, join_tasks
from compare.align.settings import AlignSettings
from compare.schema import TABLES, check_table
from compare.similarity import Corpus
from compare.text import fold

__all__ = ["Drafts", "draft_families", "families_table", "family_title"]

Ints = npt.NDArray[np.int64]
TITLE_LENGTH = 90
MOSTLY = 0.5  # a task with half its words in a family may name it
_TRAILING = " .,;:/-–…"
_LEADING = re.compile(r"^(?:đồng thời|trong đó|ngoài ra|bên cạnh đó)\b[,:\s]*", re.I)


@dataclass(frozen=True)
class Drafts:
    """Families in the making, numbered in the order of their central clauses.

    Parameters
    ----------
    ids : list of str
        Id of each family.
    family_of : array of int
        Family of each clause of the corpus, -1 for none.
    members : DataFrame
        One row a family and task: ``family``, ``task`` (place in the corpus), ``share`` of the
        task's words that its clauses in the family hold, 0 where it joined by a part of a clause.
    central : list of int
        Central clause of each family.
    """

    ids: list[str]
    family_of: Ints
    members: pd.DataFrame
    central: list[int]


def family_title(text: str, length: int = TITLE_LENGTH) -> str:
    """Shorten a clause to a title: without first joining words and last stops, cut between words.

    Examples
    --------
    >>> family_title("xử lý dứt điểm các hợp tác xã ngừng hoạt động;", 30)
    'Xử lý dứt điểm các hợp tác xã…'
    """
    short = _LEADING.sub("", text.strip(_TRAILING))
    if len(short) > length:
        short = short[: length + 1].rsplit(" ", 1)[0][:length].strip(_TRAILING) + "…"
    return short[:1].upper() + short[1:]


def _take_in(groups: Sequence[Sequence[int]], joined: pd.DataFrame, owners: Sequence[int]) -> list[list[int]]:
    """Put clauses that nothing equals into the first group that their task joins."""
    grown = [list(group) for group in groups]
    taken = {clause for group in groups if len({owners[c] for c in group}) > 1 for clause in group}
    for group, clause in zip(joined["group"], joined["clause"], strict=True):
        if clause not in taken:
            grown[group].append(clause)
            taken.add(clause)
    return grown


def _unite_groups(groups: Sequence[Sequence[int]], owners: Sequence[int]) -> list[list[int]]:
    """Unite groups of the same tasks; keep those of several tasks, then the tasks left over."""
    by_tasks: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for group in groups:
        by_tasks[tuple(sorted({owners[c] for c in group}))] += group
    shared = [clauses for tasks, clauses in by_tasks.items() if len(tasks) > 1]
    held = {owners[c] for clauses in shared for c in clauses}
    alone: dict[int, list[int]] = defaultdict(list)
    for clause, owner in enumerate(owners):
        if owner not in held:
            alone[owner].append(clause)
    return [*shared, *alone.values()]


def _members(family_of: Ints, corpus: Corpus) -> pd.DataFrame:
    """Sum up the clauses of each family and task: the first, and the share of the task's words."""
    words = corpus.clauses["text"].str.split().str.len().clip(lower=1).to_numpy()
    clauses = pd.DataFrame({"family": family_of, "task": corpus.owners, "words": words})
    total = clauses.groupby("task")["words"].sum()
    clauses["clause"] = clauses.index
    held = clauses[clauses["family"] >= 0].groupby(["family", "task"], as_index=False)
    members = held.agg(words=("words", "sum"), first=("clause", "min"))
    return members.assign(share=members["words"] / members["task"].map(total)).drop(columns="words")


def _add_joined(
    members: pd.DataFrame,
    joined: pd.DataFrame,
    groups: Sequence[Sequence[int]],
    family_of: Ints,
) -> pd.DataFrame:
    """Add the tasks that join a family with a clause that is another family's: a share of no words."""
    families = family_of[[groups[group][0] for group in joined["group"]]]
    added = pd.DataFrame({"family": families, "task": joined["task"], "share": 0.0})
    both = pd.concat([members, added]).drop_duplicates(["family", "task"])
    return both.sort_values(["family", "task"])


def _central_clauses(family_of: Ints, members: pd.DataFrame, pairs: pd.DataFrame) -> list[int]:
    """Find each family's most central task, and in it the family's first clause."""
    family = family_of[pairs["left"].to_numpy()]
    inside = pairs.assign(family=family)[(family >= 0) & (family == family_of[pairs["right"].to_numpy()])]
    best = inside.groupby(["family", "a", "b"])["probability"].max().reset_index()
    sides = [best.rename(columns={side: "task"}) for side in ("a", "b")]
    sums = pd.concat(sides).groupby(["family", "task"])["probability"].sum().round(9)
    ranked = members.join(sums, on=["family", "task"]).fillna({"probability": 0.0})
    ranked["bundled"] = ranked["share"] < MOSTLY
    ranked = ranked.sort_values(
        ["family", "bundled", "probability", "first"], ascending=[True, True, False, True]
    )
    return [int(c) for c in ranked.drop_duplicates("family")["first"]]


def _ids(clause_ids: Sequence[str]) -> list[str]:
    """Make an id of each clause id; where two would be the same, the later one gets a number."""
    seen: dict[str, int] = defaultdict(int)
    ids = []
    for clause_id in clause_ids:
        slug = "draft-" + re.sub(r"[^a-z0-9]+", "-", fold(clause_id))
        seen[slug] += 1
        ids.append(slug if seen[slug] == 1 else f"{slug}-x{seen[slug]}")
    return ids


def draft_families(corpus: Corpus, pairs: pd.DataFrame, settings: AlignSettings) -> Drafts:
    """Group clauses into families, and find each family's central clause.

    Notes
    -----
    The central task is the one with the largest sum of probabilities to the family's other tasks,
    tasks that are mostly about the family before bundled ones; ties go to the first. The family's
    id is ``draft-`` and the id of that task's first clause in the family, in kebab case: it lasts
    from run to run as long as the same task stays the central one. Reviewed families keep the ids
    of the catalogue.
    """
    groups = group_clauses(pairs, len(corpus.clauses), settings.match_at, settings.family_at)
    joined = join_tasks(corpus, pairs, groups, settings.family_at)
    groups = _take_in(groups, joined, corpus.owners.tolist())
    family_of = np.full(len(corpus.clauses), -1, dtype=np.int64)
    for number, clauses in enumerate(_unite_groups(groups, corpus.owners.tolist())):
        family_of[clauses] = number
    members = _members(family_of, corpus)
    central = _central_clauses(family_of, members, pairs)
    rank = np.argsort(np.argsort(central))
    family_of = np.where(family_of >= 0, rank[family_of], -1)
    members = members.assign(family=rank[members["family"]])
    members = _add_joined(members, joined, groups, family_of)
    central = sorted(central)
    ids = _ids([corpus.clauses["clause_id"].iloc[clause] for clause in central])
    return Drafts(ids, family_of, members.drop(columns="first").reset_index(drop=True), central)


def _main_pillars(members: pd.DataFrame, corpus: Corpus) -> list[int]:
    """Find each family's most frequent pillar; ties go to a task pillar before 0, then the smaller."""
    pillars = members.assign(pillar=corpus.tasks["pillar"].to_numpy()[members["task"]])
    counts = pillars.groupby(["family", "pillar"]).size().reset_index(name="n")
    counts["implementation"] = counts["pillar"] == 0
    ranked = counts.sort_values(
        ["family", "n", "implementation", "pillar"], ascending=[True, False, True, True]
    )
    return [int(p) for p in ranked.drop_duplicates("family")["pillar"]]


def families_table(corpus: Corpus, drafts: Drafts) -> pd.DataFrame:
    """Write the families table, in the order of pillar and id."""
    places = drafts.members.assign(locality=corpus.tasks["locality"].to_numpy()[drafts.members["task"]])
    titles = corpus.clauses["text"].iloc[drafts.central]
    table = pd.DataFrame(
        {
            "family_id": drafts.ids,
            "title_vi": [family_title(text) for text in titles],
            "title_en": "",
            "pillar": _main_pillars(drafts.members, corpus),
            "status": "draft",
            "n_localities": places.groupby("family")["locality"].nunique().to_list(),
        },
        columns=list(TABLES["families"].columns),
    )
    return check_table(table.sort_values(["pillar", "family_id"]), "families")
