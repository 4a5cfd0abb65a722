"""The second look: what the other tasks of the same plan, and the other families of a task, tell.

In: first probabilities of one locality's tasks (1 and 0 where a reader has decided). Out: further
features. A plan says most things twice, once in the body and once in the annex, and what one of the
two says plainly helps to recognise the other. Families that share tasks elsewhere often do so here.

Measured: pair F1, one locality left out, mean 0.81 with one look, 0.82 with two; the hardest locality
gains most (0.73 to 0.75). Restatements within the same part added nothing (0.840 with and without).
`others`, beside `plan_size` of the evidence: F1 over thresholds from 0.20 to 0.44 0.852 to 0.857, log
loss 436 to 433; then `family_size` is not needed any more (0.855, 432). As a logarithm, capped at 1,
or the largest instead of the sum: 436. A third look, from the second's probabilities: 0.852 and 436.
"""

import numpy as np
import numpy.typing as npt

from compare.align.matching.texts import Texts

__all__ = ["SECOND_FEATURES", "companion_shares", "second_look"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
SECOND_FEATURES = {
    "first_look": "log-odds of the first look",
    "restated": "the task of the plan's other parts that is most alike and most probable: product of both",
    "claimed": "largest probability of another task of the plan",
    "companions": "how often the task's other families go with this one elsewhere",
    "others": "sum of the probabilities of the task's other families",
}
RARE = 2  # tasks added to each family's count, so that one shared task proves little


def companion_shares(labels: npt.NDArray[np.bool_]) -> Floats:
    """Compute how often a task of one family (row) is in another (column) too.

    Examples
    --------
    >>> companion_shares(np.array([[True, True], [True, False]])).tolist()
    [[0.0, 0.25], [0.3333333333333333, 0.0]]
    """
    counts = labels.astype(np.float64)
    shared = counts.T @ counts
    np.fill_diagonal(shared, 0.0)
    return np.asarray(shared / (counts.sum(axis=0)[:, None] + RARE))


def _strongest_other(probabilities: Floats) -> Floats:
    """Return, for each task and family, the largest probability of another task."""
    if len(probabilities) < 2:
        return np.zeros_like(probabilities)
    ranked = np.sort(probabilities, axis=0)[::-1]
    return np.asarray(np.where(probabilities == ranked[0], ranked[1], ranked[0]))


def _carried(likeness: Floats, probabilities: Floats) -> Floats:
    return np.stack([(row[:, None] * probabilities).max(axis=0) for row in likeness])


def second_look(texts: Texts, rows: Ints, probabilities: Floats, companions: Floats) -> Floats:
    """Compute the features of :data:`SECOND_FEATURES` but the first.

    Parameters
    ----------
    texts : Texts
    rows : array of int
        Places of all tasks of one locality.
    probabilities : array, tasks x families
    companions : array, families x families
        Of :func:`companion_shares`.

    Returns
    -------
    array, tasks x families x features
    """
    likeness = texts.likeness(rows, rows)
    parts = texts.tasks["part"].to_numpy()[rows]
    elsewhere = np.where(parts[:, None] != parts[None, :], likeness, 0.0)
    features = (
        _carried(elsewhere, probabilities),
        _strongest_other(probabilities),
        np.stack([(row[:, None] * companions).max(axis=0) for row in probabilities]),
        probabilities.sum(axis=1, keepdims=True) - probabilities,
    )
    return np.round(np.stack(features, axis=-1), 9)
