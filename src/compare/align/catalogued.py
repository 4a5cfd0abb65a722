"""The tables of an alignment with the catalogue.

In: a draft, the catalogue, and the tasks matched to its families. Out: families, memberships, nearest
tasks and scores. What a reader decided stands as it is; a task that no reader has seen goes to the
families that it matches; what matches none is grouped anew among its like, by the cold start.
"""

from collections.abc import Set
from dataclasses import replace
from difflib import get_close_matches

import numpy as np
import pandas as pd

from compare.agreement import locality_of
from compare.align.checks import check_scores, take_scores
from compare.align.draft import Draft, add_scores
from compare.align.families import draft_families, families_table
from compare.align.matching import Matching, Texts, match_families
from compare.align.memberships import NEAREST_COLUMNS, memberships_table, nearest_table
from compare.align.settings import AlignSettings
from compare.catalogue import Catalogue
from compare.errors import CatalogueError
from compare.schema import TABLES, check_table
from compare.text import fingerprint

__all__ = ["align_with", "find_members", "known_memberships", "stale_memberships"]

N_REASONS = 6
STALE = "the text has changed since"
_KEY = ["family_id", "task_id"]


def known_memberships(tasks: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the memberships of the tasks' localities; those of other localities have no text here.

    Raises
    ------
    CatalogueError
        A membership names a task that its locality's document does not have.
    """
    memberships, ids = catalogue.memberships, tasks["task_id"].tolist()
    localities = memberships["task_id"].map(locality_of)
    here = memberships[localities.isin(set(tasks["locality"]))]
    for task_id in here.loc[~here["task_id"].isin(ids), "task_id"].head(1):
        near = ", ".join(get_close_matches(task_id, ids, n=3, cutoff=0.0))
        raise CatalogueError(f"catalogue: a task of the table wanted, found {task_id!r}; nearest: {near}")
    return here.reset_index(drop=True)


def stale_memberships(known: pd.DataFrame, tasks: pd.DataFrame) -> pd.Series:
    """Say which memberships were decided on another text than the task has now."""
    texts = tasks.set_index("task_id")["text"].reindex(known["task_id"])
    now = pd.Series([fingerprint(text) for text in texts], index=known.index, dtype="str")
    return (known["text_sha"] != "") & (known["text_sha"] != now)


def _reviewed(known: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Write the reader's memberships; what decided them is the evidence."""
    stated = known[known["match"] != "no"]
    stale = stale_memberships(stated, tasks).map({True: f"{STALE}; ", False: ""}).astype("str")
    evidence = stale + "reviewed by " + stated["reader"].where(stated["reader"] != "", "a reviewer")
    evidence += ("; " + stated["date"]).where(stated["date"] != "", "")
    evidence += ("; " + stated["note"]).where(stated["note"] != "", "")
    return stated.assign(probability=1.0, origin="reviewed", evidence=evidence.astype("str"))


def _reasons(matching: Matching, taken: pd.DataFrame) -> list[str]:
    """Name the closest reviewed member and the features that weighed most, with what they added."""
    parts = matching.contributions(taken).drop(columns="bias")
    texts = []
    for (_, row), (_, weights) in zip(taken.iterrows(), parts.iterrows(), strict=True):
        order = np.lexsort((weights.index, -weights.abs().round(6)))[:N_REASONS]
        names = weights.index[order]
        reasons = (f"{name}={row[name]:.2f} ({weights[name]:+.2f})" for name in names)
        texts.append("; ".join([row["closest_task_id"], *reasons]))
    return texts


def _matched(matching: Matching, member_at: float, known: pd.DataFrame) -> pd.DataFrame:
    """Write the memberships that no reader has decided.

    ``match`` is whole where the task fits one family only; how often that is the reader's word,
    ``match_right`` of ``doichieu evaluate`` says.
    """
    scores = matching.scores
    taken = scores[~scores["decided"] & take_scores(scores, member_at)].reset_index(drop=True)
    n_families = taken.groupby("task_id")["family_id"].transform("size")
    alone = (n_families == 1) & ~taken["task_id"].isin(set(known.loc[known["match"] != "no", "task_id"]))
    return taken.assign(
        match=alone.map({True: "whole", False: "part"}).astype("str"),
        origin="auto",
        evidence=pd.Series(_reasons(matching, taken), index=taken.index, dtype="str"),
    )


def _paired(draft: Draft, known: pd.DataFrame, partly_read: Set[str]) -> Matching:
    """Score families by the closest pair of tasks, where the catalogue is too small to learn from."""
    reviewed = known.loc[known["match"] != "no", _KEY]
    sides = [
        draft.scores.rename(columns={one: "closest_task_id", other: "task_id"})
        for one, other in (("task_a", "task_b"), ("task_b", "task_a"))
    ]
    pairs = pd.concat(sides).merge(reviewed.rename(columns={"task_id": "closest_task_id"}))
    order = ["task_id", "family_id", "probability", "closest_task_id"]
    best = pairs.sort_values(order, ascending=[True, True, False, True]).drop_duplicates(order[:2])
    decided = best["task_id"].isin(set(reviewed["task_id"]) - partly_read)
    decided |= pd.MultiIndex.from_frame(best[_KEY]).isin(pd.MultiIndex.from_frame(known[_KEY]))
    scores = best[[*order[:3], "closest_task_id"]].assign(decided=decided)
    return Matching(scores.reset_index(drop=True), draft.settings.match_at, None, None)


def _nearest(matching: Matching, tasks: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Find each family's nearest task in each locality among those that are not its members."""
    place = tasks.set_index("task_id")["locality"]
    scores = matching.scores.assign(locality=matching.scores["task_id"].map(place))
    taken = pd.MultiIndex.from_frame(members[_KEY])
    scores = scores[~pd.MultiIndex.from_frame(scores[_KEY]).isin(taken)]
    ranked = scores.sort_values(
        ["family_id", "locality", "decided", "probability", "task_id"],
        ascending=[True, True, True, False, True],
    )
    best = ranked.drop_duplicates(["family_id", "locality"])
    return best[[*NEAREST_COLUMNS, "decided"]].reset_index(drop=True)


def _families(catalogue: Catalogue, members: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Write the catalogue's families that have a member among the tasks."""
    place = tasks.set_index("task_id")["locality"]
    counts = members.assign(locality=members["task_id"].map(place))
    counts = counts.groupby("family_id")["locality"].nunique()
    families = catalogue.families[catalogue.families["family_id"].isin(counts.index)]
    table = families.assign(status="reviewed", n_localities=families["family_id"].map(counts))
    return table[list(TABLES["families"].columns)]


def _drafted(draft: Draft, members: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Group the tasks that are in no family yet, by the cold start."""
    left = ~draft.tasks["task_id"].isin(set(members["task_id"])).to_numpy()
    linked = draft.linked
    among = linked[left[linked["a"].to_numpy()] & left[linked["b"].to_numpy()]]
    drafts = draft_families(draft.corpus, among, draft.settings)
    memberships = memberships_table(draft.corpus, among, drafts, draft.settings)
    memberships = memberships[memberships["task_id"].isin(set(draft.tasks.loc[left, "task_id"]))]
    new = set(memberships["family_id"])
    families = families_table(draft.corpus, drafts)
    nearest = nearest_table(draft.corpus, draft.linked, drafts).assign(decided=False)
    return {
        "memberships": memberships,
        "families": families[families["family_id"].isin(new)],
        "nearest": nearest[nearest["family_id"].isin(new)],
    }


def _shared(members: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of tasks that share a family, with the largest product of probabilities."""
    columns = members[["family_id", "task_id", "probability"]]
    both = columns.merge(columns, on="family_id", suffixes=("_a", "_b"))
    both = both[both["task_id_a"] < both["task_id_b"]]
    both = both.assign(certainty=both["probability_a"] * both["probability_b"])
    best = both.groupby(["task_id_a", "task_id_b"])["certainty"].max().reset_index()
    return best.set_axis(["task_a", "task_b", "certainty"], axis=1)


def _decide_pairs(
    draft: Draft, members: pd.DataFrame, partly_read: Set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Let families decide pairs: those that share one match, two read tasks that share none do not.

    Returns the scores, their verdicts decided and their probabilities as the texts gave them; and
    the pairs across localities, in which a match has the probability that the families give it.
    """
    shared = _shared(members)
    scores = add_scores(draft, shared).merge(shared, how="left", on=["task_a", "task_b"])
    read = set(members.loc[members["origin"] == "reviewed", "task_id"]) - partly_read
    apart = scores["certainty"].isna() & scores["task_a"].isin(read) & scores["task_b"].isin(read)
    verdict = scores["verdict"].mask(apart, "none").mask(scores["certainty"].notna(), "match")
    scores = scores.assign(verdict=verdict)
    pairs = scores.loc[~scores["same_locality"]]
    surer = pairs[["probability", "certainty"]].max(axis=1)
    pairs = pairs.assign(probability=surer)[list(TABLES["pairs"].columns)]
    return scores.drop(columns="certainty"), check_table(pairs, "pairs")


def _match_draft(
    draft: Draft, catalogue: Catalogue, texts: Texts | None, like: Matching | None = None
) -> tuple[pd.DataFrame, Matching]:
    """Return the memberships known of a draft's tasks, and all its tasks scored for families."""
    known = known_memberships(draft.tasks, catalogue)
    read, matching = catalogue.partly_read, None
    if texts is not None and len(known):
        matching = match_families(texts, known, read, catalogue.recent, like)
    if matching is None:
        return known, _paired(draft, known, read)
    return known, check_scores(draft, known, matching)


def find_members(
    draft: Draft, catalogue: Catalogue, texts: Texts | None, like: Matching | None = None
) -> tuple[pd.DataFrame, Matching]:
    """Return the memberships in families of the catalogue, and the scores behind them."""
    known, matching = _match_draft(draft, catalogue, texts, like)
    reviewed, columns = _reviewed(known, draft.tasks), list(TABLES["memberships"].columns)
    matched = _matched(matching, draft.settings.member_at or matching.threshold, known)
    return pd.concat([reviewed[columns], matched[columns]], ignore_index=True), matching


def align_with(
    draft: Draft, catalogue: Catalogue, texts: Texts | None, like: Matching | None = None
) -> tuple[dict[str, pd.DataFrame], Matching, AlignSettings]:
    """Align the tasks of a draft with the families of a catalogue.

    Parameters
    ----------
    draft : Draft
    catalogue : Catalogue
    texts : Texts or None
        The draft's tasks, read for matching; None where they hold no word.
    like : Matching, optional
        What was learned before is taken from it.

    Returns
    -------
    tables : dict
        ``families``, ``memberships``, ``nearest``, ``scores``, ``pairs``.
    matching : Matching
    settings : AlignSettings
        The draft's, with the ``member_at`` that was used.
    """
    members, matching = find_members(draft, catalogue, texts, like)
    member_at = draft.settings.member_at or matching.threshold
    drafted = _drafted(draft, members)
    scores, pairs = _decide_pairs(draft, members, catalogue.partly_read)
    families = pd.concat([_families(catalogue, members, draft.tasks), drafted["families"]])
    everything = pd.concat([members, drafted["memberships"]]).sort_values(_KEY)
    nearest = pd.concat([_nearest(matching, draft.tasks, members), drafted["nearest"]])
    tables = {
        "families": check_table(families.sort_values(["pillar", "family_id"]), "families"),
        "memberships": check_table(everything, "memberships"),
        "nearest": nearest.sort_values(["family_id", "locality"]).reset_index(drop=True),
        "scores": scores,
        "pairs": pairs,
    }
    return tables, matching, replace(draft.settings, member_at=member_at)
