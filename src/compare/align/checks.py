"""Checks that speak against a membership, however alike the words are.

In: tasks scored for families. Out: the same, with lower probabilities where a task negates what a
member of the family says, or names another law, year, amount or target group than a member, and the
same as none. What only one side names is no conflict. Such a task is never taken in without a reader.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.agreement import locality_of
from compare.align.draft import Draft
from compare.align.matching import Matching, quoted_words
from compare.align.settings import PENALTIES
from compare.similarity import find_agreements, find_conflicts
from compare.text import words

__all__ = ["CHECKED_FROM", "check_scores", "take_scores"]

Floats = npt.NDArray[np.float64]
CHECKED_FROM = 0.05  # what is less probable is neither taken in nor asked about
_LEAST, _DIGITS = 1e-9, 9


def _closest_clause(clauses: Iterable[str], member: str) -> str:
    """Return the clause that shares the most words with a member; ties go to the first."""
    wanted = set(words(member))
    return max(clauses, key=lambda clause: len(wanted & set(words(clause))), default="")


def _failed(clauses: list[str], members: list[str]) -> set[str]:
    """Name the checks that fail against a member, and are met by none."""
    pairs = [(_closest_clause(clauses, member), member) for member in members]
    failed = {name for pair in pairs for name in find_conflicts(*pair).split(";")}
    return failed - {name for pair in pairs for name in find_agreements(*pair)} - {""}


def _member_words(draft: Draft, known: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Collect, for each family, the locality and the words of each reviewed member."""
    texts = draft.tasks.set_index("task_id")["text"]
    stated = known[known["match"] != "no"].sort_values(["family_id", "task_id"])
    members: dict[str, list[tuple[str, str]]] = {}
    for family, task, note in zip(stated["family_id"], stated["task_id"], stated["note"], strict=True):
        said = quoted_words(note) or str(texts[task])
        members.setdefault(family, []).append((locality_of(task), said))
    return members


def take_scores(scores: pd.DataFrame, member_at: float) -> pd.Series:
    """Say which scores suffice: probable enough, and no check fails."""
    checks = scores.columns.intersection(list(PENALTIES))
    return (scores["probability"] >= member_at) & (scores[checks].fillna(0).sum(axis=1) == 0)


def _less(probability: Floats, penalty: Floats) -> Floats:
    """Take penalties off the log-odds of probabilities."""
    sure = np.clip(probability, _LEAST, 1 - _LEAST)
    odds = np.log(sure) - np.log1p(-sure)
    lowered = np.round(1 / (1 + np.exp(penalty - odds)), _DIGITS)
    return np.where(penalty > 0, lowered, probability)


def check_scores(draft: Draft, known: pd.DataFrame, matching: Matching) -> Matching:
    """Lower the probabilities of undecided tasks that conflict with a family.

    Parameters
    ----------
    draft : Draft
    known : DataFrame
        Reviewed memberships of the draft's tasks.
    matching : Matching

    Returns
    -------
    Matching
        ``scores`` with a column a check (1 where it fails), whose weights are those of the cold start
        (:data:`compare.align.settings.PENALTIES`).

    Notes
    -----
    Members of the task's own plan are left aside: what a reader answers moves nothing else there.
    """
    clauses = draft.clauses.groupby("task_id", sort=False)["text"].agg(list)
    members, scores = _member_words(draft, known), matching.scores
    asked = scores[~scores["decided"] & (scores["probability"] >= CHECKED_FROM)]
    failed = pd.DataFrame(0.0, index=scores.index, columns=list(PENALTIES))
    for place, task, family in zip(asked.index, asked["task_id"], asked["family_id"], strict=True):
        others = [said for where, said in members.get(family, []) if where != locality_of(task)]
        for name in _failed(clauses[task], others):
            failed.loc[place, name] = 1.0
    penalty = failed.to_numpy() @ np.array(list(PENALTIES.values()))
    lowered = _less(scores["probability"].to_numpy(dtype=np.float64), penalty)
    return replace(matching, scores=scores.assign(**failed, probability=lowered))
