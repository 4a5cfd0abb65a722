"""Short stretches of tasks, compared with those of other tasks and with groups of clauses.

In: the keys of windows (one to three neighbouring pieces of a task) and their tasks. Out: how much of
one task another one holds, and how well two tasks fit the same group of clauses. A bundled task names
most of its pieces of work in a few words ("tiếp cận vốn, xúc tiến thương mại"): as a whole, and even
clause by clause, it resembles none of the tasks that ask for one of them only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from compare.similarity.evidence import Corpus
from compare.similarity.vectors import topic_vectors

__all__ = ["WindowVectors", "compare_windows", "group_cosines", "group_fits", "read_window_vectors"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_DIGITS = 9
_LEAST = 1e-9
_BLOCK = 64  # tasks compared with all groups at once
# Weight of the words that a window is thought to lack: two or three words in common are no likeness
# yet. Average precision of the closest windows 0.40, 0.54, 0.57, 0.58, 0.58, 0.57 at 0, 5, 10, 15, 20
# and 30; half of all windows weigh between 8 and 14.
DAMPING = 10.0


@dataclass(frozen=True)
class WindowVectors:
    """Windows in the order of their tasks: where each task's begin, weighted words, and lengths."""

    owners: Ints
    starts: Ints
    words: csr_matrix
    lengths: Floats


def read_window_vectors(corpus: Corpus, keys: Sequence[str], owners: Ints) -> WindowVectors:
    """Place windows among the words of a corpus.

    Parameters
    ----------
    corpus : Corpus
    keys : sequence of str
        Folded texts of the windows; each task has at least one.
    owners : array of int
        Place of each window's task, ascending.
    """
    words = corpus.space.weigh(keys)
    starts = np.searchsorted(owners, np.arange(len(corpus.tasks)))
    return WindowVectors(owners, starts, words, np.sqrt(_squares(words)))


def _squares(rows: csr_matrix) -> Floats:
    return np.asarray(rows.multiply(rows).sum(axis=1)).ravel()


def _rows(windows: WindowVectors, tasks: Ints) -> tuple[Ints, Ints]:
    """Return the windows of tasks, and where each task's begin among them."""
    ends = np.append(windows.starts[1:], len(windows.owners))
    rows = [np.arange(windows.starts[task], ends[task]) for task in tasks]
    sizes = [len(part) for part in rows]
    return np.concatenate(rows), np.cumsum([0, *sizes[:-1]])


def _held(windows: WindowVectors, topics: Floats, task: int, others: Ints) -> Floats:
    """Compute how much of one task each of the others holds, or it of them, the larger."""
    own, _ = _rows(windows, np.array([task]))
    rows, starts = _rows(windows, others)
    cosines = np.clip(topics[own] @ topics[rows].T, 0.0, 1.0)
    weights, weight = windows.lengths[rows], windows.lengths[own]
    one = weight @ np.maximum.reduceat(cosines, starts, axis=1) / max(weight.sum(), _LEAST)
    sums = np.maximum(np.add.reduceat(weights, starts), _LEAST)
    other = np.add.reduceat(weights * cosines.max(axis=0), starts) / sums
    return np.asarray(np.maximum(one, other))


def compare_windows(windows: WindowVectors, n_topics: int, a: Ints, b: Ints) -> Floats:
    """Compute, for pairs of tasks, how much of one the other holds; the larger of both directions.

    Each window of one task is compared with the closest window of the other, and the cosines are
    averaged, longer windows counting more. Beside the other features this adds 0.013 to the average
    precision.

    Parameters
    ----------
    windows : WindowVectors
    n_topics : int
        Topics of the windows, which have their own: F1 with each locality left out is 0.65 with them
        and 0.63 with the topics of the clauses.
    a, b : arrays of int
        Places of the tasks.
    """
    lengths = np.maximum(windows.lengths, _LEAST)[:, None]
    topics = topic_vectors(csr_matrix(windows.words.multiply(1 / lengths)), n_topics)
    held = np.zeros(len(a))
    order = np.argsort(a, kind="stable")
    tasks, firsts = np.unique(a[order], return_index=True)
    for task, pairs in zip(tasks, np.split(order, firsts[1:]), strict=True) if len(a) else ():
        held[pairs] = _held(windows, topics, int(task), b[pairs])
    return np.clip(np.round(held, _DIGITS), 0.0, 1.0)


@dataclass(frozen=True)
class _Groups:
    """Sums of groups of clauses, and what each task has in each group, with squared lengths.

    ``squares`` are those of the groups; ``others`` those of the groups without the task's share.
    """

    sums: csr_matrix
    squares: Floats
    tasks: Ints
    groups: Ints
    shares: csr_matrix
    others: Floats


def _read_groups(corpus: Corpus, groups: Sequence[Sequence[int]]) -> _Groups:
    numbers = np.repeat(np.arange(len(groups)), [len(clauses) for clauses in groups])
    clauses = np.concatenate([np.asarray(group, dtype=np.int64) for group in groups])
    pairs, member = np.unique(np.stack([corpus.owners[clauses], numbers]), axis=1, return_inverse=True)
    rows = np.arange(len(clauses)), corpus.words[clauses]
    sums = csr_matrix((np.ones(len(clauses)), (numbers, rows[0]))) @ rows[1]
    shares = csr_matrix((np.ones(len(clauses)), (member.ravel(), rows[0]))) @ rows[1]
    others = sums[pairs[1]] - shares
    return _Groups(sums, _squares(sums), pairs[0], pairs[1], shares, _squares(others))


def _fits(windows: WindowVectors, first: int, last: int, groups: _Groups) -> Floats:
    """Compute how well the closest window of each of some tasks fits what others have in each group."""
    ends = np.append(windows.starts, len(windows.owners))
    rows = slice(ends[first], ends[last])
    words, owners = windows.words[rows], windows.owners[rows]
    products = (words @ groups.sums.T).toarray()
    squares = np.broadcast_to(groups.squares, products.shape).copy()
    own = slice(*np.searchsorted(groups.tasks, (first, last)))
    window, member = np.nonzero(owners[:, None] == groups.tasks[own])
    group = groups.groups[own][member]
    products[window, group] -= (words @ groups.shares[own].T).toarray()[window, member]
    squares[window, group] = groups.others[own][member]
    lengths = np.sqrt(windows.lengths[rows] ** 2 + DAMPING**2)
    cosines = products / lengths[:, None] / np.sqrt(np.maximum(squares, _LEAST))
    return np.asarray(np.maximum.reduceat(cosines, ends[first:last] - ends[first], axis=0))


def group_fits(corpus: Corpus, windows: WindowVectors, groups: Sequence[Sequence[int]]) -> Floats:
    """Compute how well each task fits groups of clauses.

    A task fits a group as well as its closest window fits the sum of the clauses that other tasks
    have there.

    Parameters
    ----------
    corpus : Corpus
    windows : WindowVectors
    groups : sequence of sequences of int
        Clauses of each group, those of two tasks at least.

    Returns
    -------
    array of float
        One row a task, one column a group.
    """
    n = len(windows.starts)
    if not groups:
        return np.zeros((n, 0))
    read = _read_groups(corpus, groups)
    parts = [_fits(windows, i, min(i + _BLOCK, n), read) for i in range(0, n, _BLOCK)]
    return np.clip(np.round(np.concatenate(parts), _DIGITS), 0.0, 1.0)


def group_cosines(fits: Floats, a: Ints, b: Ints) -> Floats:
    """Compute how well two tasks fit the same group: as well as the one that fits it less.

    Examples
    --------
    >>> fits = np.array([[0.9, 0.1], [0.3, 0.2], [0.0, 0.8]])
    >>> group_cosines(fits, np.array([0, 1]), np.array([1, 2])).tolist()
    [0.3, 0.2]
    """
    best = np.zeros(len(a))
    for column in fits.T:
        best = np.maximum(best, np.minimum(column[a], column[b]))
    return best
