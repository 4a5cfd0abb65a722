"""How far two ways of putting tasks into families agree.

In: memberships. Out: the pairs of tasks that share a family, and numbers that compare two sets of
pairs. Pairs of one locality do not count: the question is what different localities have in common.
The locality of a task is the first part of its id.
"""

from collections.abc import Iterable, Set
from itertools import combinations

import pandas as pd

__all__ = ["agreement", "f1", "locality_of", "shared_pairs", "task_pairs"]

Pairs = Set[tuple[str, str]]


def locality_of(task_id: str) -> str:
    """Return the locality in a task's id.

    Examples
    --------
    >>> locality_of("gia-lai/annex/3")
    'gia-lai'
    """
    return task_id.partition("/")[0]


def task_pairs(task_ids: Iterable[str]) -> set[tuple[str, str]]:
    """Return all pairs of tasks of different localities, the smaller id first."""
    pairs = combinations(sorted(set(task_ids)), 2)
    return {(a, b) for a, b in pairs if locality_of(a) != locality_of(b)}


def shared_pairs(memberships: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the pairs of tasks of different localities that share a family.

    Parameters
    ----------
    memberships : DataFrame
        Columns used: ``family_id``, ``task_id``, ``match``; rows with match *no* do not count.
    """
    members = memberships[memberships["match"] != "no"]
    groups = members.groupby("family_id")["task_id"].agg(list)
    return {pair for tasks in groups for pair in task_pairs(tasks)}


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of two shares.

    Examples
    --------
    >>> f1(0.5, 1.0), f1(0.0, 0.0)
    (0.6666666666666666, 0.0)
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def agreement(left: Pairs, right: Pairs, n_pairs: int) -> dict[str, float]:
    """Compare two sets of pairs, the second against the first.

    Parameters
    ----------
    left, right : sets of pairs
    n_pairs : int
        Number of all pairs that either might hold; Cohen's kappa needs it.

    Examples
    --------
    >>> found = agreement({("a", "b"), ("a", "c")}, {("a", "b"), ("b", "c")}, 10)
    >>> found["f1"], round(found["kappa"], 3)
    (0.5, 0.375)
    """
    both = len(left & right)
    precision = both / len(right) if right else 0.0
    recall = both / len(left) if left else 0.0
    p, q = (len(left) / n_pairs, len(right) / n_pairs) if n_pairs else (0.0, 0.0)
    observed = 1 - (len(left | right) - both) / n_pairs if n_pairs else 1.0
    chance = p * q + (1 - p) * (1 - q)
    return {
        "n_left": len(left),
        "n_right": len(right),
        "n_both": both,
        "precision": precision,
        "recall": recall,
        "f1": f1(precision, recall),
        "kappa": (observed - chance) / (1 - chance) if chance < 1 else 1.0,
        "n_pairs": n_pairs,
    }
