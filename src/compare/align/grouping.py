"""Groups of clauses by average linkage, and the tasks that join them.

In: weighted links between items. Out: a group a item. Two groups join while the mean weight over all
their pairs of items is high enough, pairs without a link counting 0: one strong link between two
groups does not glue them, as it would if groups were connected components, and a chain of weak links
never does. Nothing of size n x n is made. A group draws in tasks that name its piece of work in passing.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.align.matching.windows import read_windows
from compare.clauses import make_key
from compare.similarity import Corpus, WindowVectors, group_fits, read_window_vectors

__all__ = ["fit_groups", "group_average", "group_clauses", "join_tasks", "window_vectors"]

# How well a task must fit a group to join it beside the groups of its own clauses: pair F1 of the
# families 0.66, 0.67, 0.67 at 0.20, 0.25, 0.275, and 0.63 where none joins.
JOIN_FIT = 0.25

APART = -1.0  # link of clauses that deny each other or carry out different laws


class _Groups:
    """Groups that grow by joining; a group is named after its first item."""

    def __init__(self, n: int, links: Iterable[tuple[int, int, float]]) -> None:
        self.first = list(range(n))
        self.size = [1] * n
        self.totals: list[dict[int, float]] = [{} for _ in range(n)]
        for i, j, weight in links:
            self.totals[i][j] = self.totals[j][i] = weight

    def mean(self, i: int, j: int) -> float:
        """Return the mean weight between two groups."""
        return self.totals[i].get(j, 0.0) / (self.size[i] * self.size[j])

    def join(self, i: int, j: int) -> None:
        """Join group ``j`` to group ``i``."""
        del self.totals[i][j], self.totals[j][i]
        for k, total in self.totals[j].items():
            del self.totals[k][j]
            self.totals[i][k] = self.totals[k][i] = self.totals[i].get(k, 0.0) + total
        self.totals[j] = {}
        self.size[i] += self.size[j]
        self.first[j] = i

    def find(self, item: int) -> int:
        """Return the group of an item."""
        while self.first[item] != item:
            item = self.first[item]
        return item


def group_average(n: int, links: Iterable[tuple[int, int, float]], at: float) -> list[int]:
    """Group items by average linkage on a sparse graph.

    Parameters
    ----------
    n : int
        Number of items, named 0 to n - 1.
    links : iterable of (i, j, weight)
        Each pair once, ``i < j``, weight at most 1; a negative weight speaks against joining.
    at : float
        Mean weight from which two groups join; a higher value only splits groups.

    Returns
    -------
    list of int
        The group of each item, named after its first item. Ties go to the group that comes first,
        so the result depends on nothing but the numbering.

    Examples
    --------
    >>> group_average(4, [(0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.9)], at=0.4)
    [0, 0, 2, 2]
    """
    groups = _Groups(n, links)
    heap = [(-w, i, j) for i in range(n) for j, w in groups.totals[i].items() if i < j]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if -negative < at:
            break
        if j not in groups.totals[i] or groups.mean(i, j) != -negative:
            continue  # an entry from before one of the two grew
        groups.join(i, j)
        for k in groups.totals[i]:
            heapq.heappush(heap, (-groups.mean(i, k), min(i, k), max(i, k)))
    return [groups.find(item) for item in range(n)]


def _are_apart(pairs: pd.DataFrame) -> pd.Series:
    return pairs["conflict"].astype("str").str.contains("negation|law")


def group_clauses(pairs: pd.DataFrame, n: int, floor: float, at: float) -> list[list[int]]:
    """Group clauses by their probabilities.

    Parameters
    ----------
    pairs : DataFrame
        ``left``, ``right`` (clauses), ``probability``, ``conflict``.
    n : int
        Number of clauses.
    floor : float
        Probability under which a pair counts 0.
    at : float
        Mean probability from which two groups join.

    Returns
    -------
    list of list of int
        Clauses of each group, in the order of the groups' first clauses.
    """
    apart = _are_apart(pairs)
    weights = pairs["probability"].mask(apart, APART)
    sure = apart | (weights >= floor)
    links = zip(pairs.loc[sure, "left"], pairs.loc[sure, "right"], weights[sure], strict=True)
    groups: dict[int, list[int]] = defaultdict(list)
    for clause, group in enumerate(group_average(n, links, at)):
        groups[group].append(clause)
    return list(groups.values())


@lru_cache(maxsize=1)
def window_vectors(corpus: Corpus) -> WindowVectors:
    """Read the tasks of a corpus through their windows."""
    windows = read_windows(corpus.tasks, make_key)
    return read_window_vectors(corpus, windows.keys, windows.owners)


def fit_groups(
    corpus: Corpus, windows: WindowVectors, groups: Sequence[Sequence[int]]
) -> npt.NDArray[np.float64]:
    """Compute how well each task fits each group; groups of a single task fit none."""
    shared = [number for number, group in enumerate(groups) if len(set(corpus.owners[group])) > 1]
    fits = np.zeros((len(corpus.tasks), len(groups)))
    fits[:, shared] = group_fits(corpus, windows, [groups[number] for number in shared])
    return fits


def join_tasks(
    corpus: Corpus, pairs: pd.DataFrame, groups: Sequence[Sequence[int]], at: float
) -> pd.DataFrame:
    """Find the tasks that a group holds no clause of, but that ask for its piece of work as well.

    A clause is in one group only, and yet names several pieces of work ("tiếp cận vốn, xúc tiến
    thương mại"). Of the five plans' tasks 30 join a further group so.

    Parameters
    ----------
    corpus : Corpus
    pairs : DataFrame
        Pairs of clauses, each the other's closest in the other's task.
    groups : sequence of sequences of int
        Groups of clauses, every clause in one.
    at : float
        Mean probability of the pairs of the task with the group's tasks from which it may join.

    Returns
    -------
    DataFrame
        One row a task that joins, in order: ``group``, ``task``, ``clause`` (the task's closest).
    """
    group_of = {clause: number for number, group in enumerate(groups) for clause in group}
    sides = [{"left": "clause", "right": "other", "a": "task", "b": "with"}]
    sides += [{"right": "clause", "left": "other", "b": "task", "a": "with"}]
    pairs = pairs.assign(apart=_are_apart(pairs))
    both = pd.concat([pairs.rename(columns=side) for side in sides])
    both = both.assign(group=both["other"].map(group_of).astype("int64"))
    both = both.sort_values(["group", "task", "probability", "clause"], ascending=[True, True, False, True])
    best = both.drop_duplicates(["group", "task", "with"]).groupby(["group", "task"], as_index=False)
    found = best.agg(total=("probability", "sum"), clause=("clause", "first"), apart=("apart", "any"))
    sizes = [len(set(corpus.owners[group])) for group in groups]
    fits = fit_groups(corpus, window_vectors(corpus), groups)[found["task"], found["group"]]
    inside = [t in set(corpus.owners[groups[g]]) for g, t in zip(found["group"], found["task"], strict=True)]
    mean = found["total"] / np.array(sizes, dtype=np.float64)[found["group"]]
    joins = (fits >= JOIN_FIT) & (mean >= at) & ~np.array(inside, dtype=np.bool_) & ~found["apart"]
    return found.loc[joins, ["group", "task", "clause"]].reset_index(drop=True)
