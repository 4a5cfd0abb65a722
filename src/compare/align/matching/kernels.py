"""Evidence in which the families compete: kernel ridge regression, and telling n-grams.

In: likeness of texts, and which reference text is in which family. Out: scores of tasks and families.
Likeness alone credits a family with every word that its members share with all others; here each
family only gets what sets it apart. Ridge of whole tasks also learns from what a task is *not*: a
task of the Fatherland Front that mentions propaganda, and that readers did not put there, speaks
against putting the next one there.

Measured (pair F1, one locality left out, mean): the prototype 0.76; with ridge of spans 0.79; with
ridge of tasks too 0.81. A ridge of labelled windows added nothing (0.80) and took ten times as long.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from compare.align.matching.texts import Texts
from compare.similarity import Vectors, blend_cosines

__all__ = ["grams_evidence", "ridge", "ridge_spans", "ridge_tasks"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# F1 0.836 and log loss 456 to 460 for a penalty of 0.15 to 0.6 on spans; 0.846 and 443 for 0.25 on
# tasks, 0.845 and 446 for 0.5.
SPAN_PENALTY = 0.3
TASK_PENALTY = 0.25
TELLING = 0.7  # an n-gram seen in one task only, and there in the family, is owned to 1 / 1.7
N_TELLING = 5  # n-grams of a task that speak for a family; not searched


def ridge(kernel: Floats, labels: Floats, queries: Floats, penalty: float) -> Floats:
    """Predict labels by kernel ridge regression.

    Parameters
    ----------
    kernel : array, n x n
        Likeness of the reference texts.
    labels : array, n x k
    queries : array, m x n
        Likeness of the new texts and the reference texts.
    penalty : float
        How much weights are held down.

    Examples
    --------
    >>> ridge(np.eye(2), np.eye(2), np.array([[1.0, 0.5]]), penalty=1.0).tolist()
    [[0.5, 0.25]]
    """
    held = kernel + penalty * np.eye(len(kernel))
    return np.asarray(queries @ np.linalg.solve(held, labels))


def ridge_spans(likeness: Floats, quoted: Vectors, starts: Ints, sizes: Ints) -> Floats:
    """Score windows for families by what sets the families' spans apart."""
    labels = np.zeros((len(likeness[0]), len(starts)))
    labels[np.arange(len(labels)), np.repeat(np.arange(len(starts)), sizes)] = 1.0
    return ridge(blend_cosines(quoted, quoted), labels, likeness, SPAN_PENALTY)


def ridge_tasks(texts: Texts, rows: Ints, reference: Ints, labels: npt.NDArray[np.bool_]) -> Floats:
    """Score whole tasks for families by what sets the families' members apart."""
    kernel = texts.kernel(reference, reference)
    queries = texts.kernel(rows, reference)
    return ridge(kernel, labels.astype(np.float64), queries, TASK_PENALTY)


def _telling(texts: Texts, spans: csr_matrix, starts: Ints, reference: Ints) -> Floats:
    """Weigh each n-gram for each family: how much the family owns it, and how rare it is besides."""
    in_family = np.add.reduceat(spans.toarray(), starts, axis=0).astype(np.float64)
    n_tasks = np.asarray(texts.grams[reference].sum(axis=0), dtype=np.float64).ravel()
    rarity = np.log((len(reference) + 1) / (n_tasks + 0.5))
    return np.asarray(in_family / (n_tasks + TELLING) * rarity)


def _most_telling(telling: Floats, grams: Ints) -> Floats:
    if not len(grams):
        return np.zeros(len(telling))
    return np.asarray(np.sort(telling[:, grams], axis=1)[:, ::-1][:, :N_TELLING].sum(axis=1))


def grams_evidence(texts: Texts, spans: csr_matrix, starts: Ints, rows: Ints, reference: Ints) -> Floats:
    """Gather what single n-grams tell: those that the family's spans hold and hardly any other task.

    Parameters
    ----------
    texts : Texts
    spans : csr_matrix
        N-grams of the reference spans, family after family.
    starts : array of int
        First span of each family.
    rows, reference : arrays of int
        Places of the tasks to score, and of the reference tasks.

    Returns
    -------
    array, tasks x families
        Weight of the most telling n-grams of the task.
    """
    telling = _telling(texts, spans, starts, reference)
    grams = csr_matrix(texts.grams[rows])
    bounds = zip(grams.indptr[:-1], grams.indptr[1:], strict=True)
    return np.stack([_most_telling(telling, grams.indices[a:b]) for a, b in bounds])
