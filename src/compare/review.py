"""The review queue: which undecided memberships a researcher should look at first.

In: an alignment with a catalogue. Out: one row an undecided membership, the answer that is expected
to put most right first: how likely the program is wrong, times the pairs of tasks and the gaps that
hang on it. Whatever a reader has decided is never in it, unless two readers differ or the text has
changed since.
"""

import json
from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.align import Alignment
from compare.align.catalogued import stale_memberships
from compare.align.checks import take_scores
from compare.align.explain_family import member_words
from compare.decisions import judge_decisions
from compare.schema import TABLES, check_table
from compare.text import fingerprint

__all__ = ["rank_queue", "review_queue"]

Floats = npt.NDArray[np.float64]
_KEY = ["task_id", "family_id"]
# Below it one task in a hundred belongs to the family.
ASK_FROM = 0.05
# What a wrong gap or a missed one weighs beside one wrong pair of tasks.
GAP_WEIGHT = 1.0
# The right family is among the first three for 90 to 100 % of tasks: further ones are not worth asking.
N_FIRST = 3
Pair = tuple[str, str]


def _denied_often(alignment: Alignment) -> set[str]:
    """Return the tasks for which readers denied so many families that the rest is not worth asking."""
    if alignment.catalogue is None:
        return set()
    members = alignment.catalogue.memberships
    counts = members.loc[members["match"] == "no", "task_id"].value_counts()
    return set(counts.index[counts >= N_FIRST])


def _undecided(alignment: Alignment, also: Collection[Pair] = ()) -> pd.DataFrame:
    """Return the scores worth asking about: the likely families of each task, and its first at least."""
    if alignment.matching is None:
        return pd.DataFrame(columns=[*_KEY, "probability", "closest_task_id", "decided"])
    scores = alignment.matching.scores
    open_scores = scores[~scores["decided"]]
    first = open_scores.sort_values(["probability", "family_id"], ascending=[False, True])
    first_index = first.drop_duplicates("task_id").index
    unmatched = ~open_scores["task_id"].isin(_matched_tasks(alignment) | _denied_often(alignment))
    keep = (open_scores["probability"] >= ASK_FROM) | (open_scores.index.isin(first_index) & unmatched)
    keep |= pd.MultiIndex.from_frame(open_scores[_KEY]).isin(list(also))
    return open_scores[keep]


def _matched_tasks(alignment: Alignment) -> set[str]:
    """Return the tasks that are in a family of the catalogue."""
    known = set(alignment.families.loc[alignment.families["status"] == "reviewed", "family_id"])
    members = alignment.memberships
    return set(members.loc[members["family_id"].isin(known), "task_id"])


def _hanging(alignment: Alignment, rows: pd.DataFrame, place: pd.Series) -> tuple[Floats, Floats]:
    """Count the pairs that hang on each row alone, and say whether a gap does.

    A pair hangs on a membership where no other family joins the two tasks.
    """
    members = alignment.memberships[_KEY].assign(locality=alignment.memberships["task_id"].map(place))
    tasks_of = {family: set(group["task_id"]) for family, group in members.groupby("family_id")}
    families_of = {task: set(group["family_id"]) for task, group in members.groupby("task_id")}
    here = members.groupby(["family_id", "locality"]).size()
    n_pairs, alone = [], []
    for task, family, locality, taken in zip(
        rows["task_id"], rows["family_id"], rows["locality"], rows["taken"], strict=True
    ):
        joined = [tasks_of[other] for other in families_of.get(task, ()) if other != family]
        left = tasks_of.get(family, set()).difference(*joined)
        n_pairs.append(sum(place[other] != locality for other in left))
        alone.append(here.get((family, locality), 0) == taken)
    return np.array(n_pairs, dtype=np.float64), np.array(alone, dtype=np.float64)


def _reasons(rows: pd.DataFrame, alone: Floats, matched: set[str]) -> list[str]:
    unmatched = ~rows["task_id"].isin(matched)
    checked = ~rows["taken"] & (rows["probability"] >= rows["member_at"])
    cases = {"check": checked, "unmatched": unmatched, "gap": alone > 0, "taken": rows["taken"]}
    chosen = np.select(list(cases.values()), list(cases), "left")
    return [str(reason) for reason in chosen]


def _evidence(alignment: Alignment, rows: pd.DataFrame) -> list[str]:
    """Write what each feature adds to the log-odds, largest first; nothing where none was measured."""
    texts = pd.Series("", index=rows.index, dtype="str")
    scored = rows[rows["closest_task_id"] != ""]
    if alignment.matching is None or alignment.matching.first is None or scored.empty:
        return list(map(str, texts))
    parts = alignment.matching.contributions(scored)
    for (place, values), (_, added) in zip(scored.iterrows(), parts.iterrows(), strict=True):
        names = sorted(added.index, key=lambda name: (-abs(round(added[name], 6)), name))
        pieces = (f"{name}={values.get(name, 1.0):.3f} ({added[name]:+.3f})" for name in names)
        texts[place] = "; ".join(pieces)
    return list(map(str, texts))


def _closest(alignment: Alignment, rows: pd.DataFrame) -> pd.Series:
    """Fill in a reviewed member of another locality where none was measured to be the closest."""
    members = alignment.memberships[alignment.memberships["origin"] == "reviewed"]
    members = members.sort_values(["match", "task_id"], ascending=[False, True])  # whole first
    place = alignment.tasks.set_index("task_id")["locality"]
    found = {
        index: next(iter(ids[ids.map(place) != row["locality"]]), "")
        for index, row in rows[rows["closest_task_id"] == ""].iterrows()
        for ids in [members.loc[members["family_id"] == row["family_id"], "task_id"]]
    }
    return pd.concat([rows["closest_task_id"], pd.Series(found, dtype="str")]).groupby(level=0).last()


def _quotes(alignment: Alignment, rows: pd.DataFrame) -> list[str]:
    """Return the words for which the closest member is in the family."""
    pairs = zip(rows["family_id"], rows["closest_task_id"], strict=True)
    return [member_words(alignment, family_id, task_id) for family_id, task_id in pairs]


def _new_titles(alignment: Alignment, task_ids: pd.Series) -> list[str]:
    """Offer the title of the draft that a task is in."""
    drafts = alignment.families[alignment.families["status"] == "draft"].set_index("family_id")["title_vi"]
    members = alignment.memberships[alignment.memberships["family_id"].isin(drafts.index)]
    titles = members.drop_duplicates("task_id").set_index("task_id")["family_id"].map(drafts).to_dict()
    return [titles.get(task_id, "") for task_id in task_ids]


def _disputed(alignment: Alignment, decisions: pd.DataFrame | None) -> pd.DataFrame:
    """Return what must be asked again: two readers differ, or the text has changed since."""
    catalogue, tasks = alignment.catalogue, alignment.tasks
    empty = pd.DataFrame(columns=[*_KEY, "reason"], dtype="str")
    if catalogue is None:
        return empty
    known = catalogue.memberships[catalogue.memberships["task_id"].isin(set(tasks["task_id"]))]
    stale = known.loc[stale_memberships(known, tasks), _KEY].assign(reason="stale")
    judged = empty if decisions is None else judge_decisions(decisions, catalogue, tasks)
    conflict = judged[judged["status"] == "conflict"] if len(judged) else empty
    conflict = conflict[conflict["task_id"].isin(set(tasks["task_id"]))]
    both = pd.concat([conflict[_KEY].assign(reason="conflict"), stale]).drop_duplicates(_KEY)
    pairs = zip(both["task_id"], both["family_id"], strict=True)
    return both.assign(said=[_said(known, conflict, *pair) for pair in pairs])


def _said(known: pd.DataFrame, conflict: pd.DataFrame, task_id: str, family_id: str) -> str:
    """Write who has answered what so far, as JSON: [[reader, answer, date], ...]."""
    columns = [*_KEY, "reader", "match", "date"]
    rows = pd.concat([known[columns], conflict.reindex(columns=columns)])
    rows = rows[(rows["task_id"] == task_id) & (rows["family_id"] == family_id)].drop_duplicates()
    return json.dumps(rows[["reader", "match", "date"]].to_numpy().tolist(), ensure_ascii=False)


def _queued(alignment: Alignment, rows: pd.DataFrame) -> pd.DataFrame:
    place = alignment.tasks.set_index("task_id")["locality"]
    member_at = alignment.settings.member_at or 1.0
    rows = rows.assign(locality=rows["task_id"].map(place), taken=take_scores(rows, member_at))
    rows = rows.assign(member_at=member_at)
    n_pairs, alone = _hanging(alignment, rows, place)
    wrong = np.where(rows["taken"], 1 - rows["probability"], rows["probability"])
    gain = np.round(wrong * (n_pairs + GAP_WEIGHT * alone), 6)
    return rows.assign(gain=gain, reason=_reasons(rows, alone, _matched_tasks(alignment)))


def review_queue(
    alignment: Alignment, decisions: pd.DataFrame | None = None, also: Collection[Pair] = ()
) -> pd.DataFrame:
    """List the memberships that a reader should decide, the most useful first.

    Parameters
    ----------
    alignment : Alignment
        With a catalogue; without one there is no family to ask about, and the queue is empty.
    decisions : DataFrame, optional
        Those that the alignment was made with: conflicts between reviewers come first.
    also : collection of (task_id, family_id), optional
        Asked too where no reader has decided them, however improbable they are.

    Returns
    -------
    DataFrame
        The ``queue`` table of :mod:`compare.tables`.

    Notes
    -----
    ``gain`` is the probability that the program is wrong about the membership, times the pairs with
    other localities' tasks that hang on it alone, one more where the locality's coverage of the
    family does. What its order gains over a random one is measured by ``doichieu evaluate``.
    """
    return queue_table(alignment, rank_queue(alignment, also), _disputed(alignment, decisions))


def rank_queue(alignment: Alignment, also: Collection[Pair] = ()) -> pd.DataFrame:
    """Return the undecided memberships in the order of asking, with the features behind the score."""
    rows = _queued(alignment, _undecided(alignment, also))
    order = ["gain", "probability", *_KEY]
    return rows.sort_values(order, ascending=[False, False, True, True]).reset_index(drop=True)


def _asked_again(alignment: Alignment, ranked: pd.DataFrame, disputed: pd.DataFrame) -> pd.DataFrame:
    """Look up the scores of what is disputed; what was not scored has probability 0."""
    scores = alignment.matching.scores if alignment.matching is not None else ranked
    again = disputed.merge(scores, how="left", on=_KEY)
    filled = again.assign(
        probability=again["probability"].fillna(0.0), closest_task_id=again["closest_task_id"].fillna("")
    )
    return _queued(alignment, filled.drop(columns="reason")).assign(reason=again["reason"])


def queue_table(alignment: Alignment, ranked: pd.DataFrame, disputed: pd.DataFrame) -> pd.DataFrame:
    """Write the queue: what is disputed, then what is undecided."""
    rows = ranked
    if len(disputed):
        again = _asked_again(alignment, ranked, disputed)
        known = pd.MultiIndex.from_frame(ranked[_KEY]).isin(pd.MultiIndex.from_frame(again[_KEY]))
        rows = pd.concat([again, ranked[~known]], ignore_index=True)
    fingerprints = alignment.tasks.set_index("task_id")["text"].map(fingerprint)
    table = rows.assign(
        rank=np.arange(1, len(rows) + 1),
        evidence=_evidence(alignment, rows),
        closest_task_id=_closest(alignment, rows),
        title_new=_new_titles(alignment, rows["task_id"]),
        text_sha=rows["task_id"].map(fingerprints),
    )
    said = table["said"].fillna("") if "said" in table else ""
    table = table.assign(quote=_quotes(alignment, table), said=said)
    return check_table(table[list(TABLES["queue"].columns)], "queue")
