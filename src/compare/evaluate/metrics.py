"""The measures, each small enough to be checked by hand.

In: what was found and what is right, as tables of truth values or scores. Out: numbers in [0, 1].
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.agreement import f1

__all__ = [
    "b_cubed",
    "best_cut",
    "bootstrap_range",
    "calibration_error",
    "count_f1",
    "hit_rate",
    "reliability",
]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LEVEL = 95.0


def count_f1(both: Floats, found: Floats, right: Floats) -> Floats:
    """Compute F1 from counts, element by element; 0 where there is nothing.

    Examples
    --------
    >>> count_f1(np.array([1.0, 0.0]), np.array([2.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.5, 0.0]
    """
    return np.asarray(2 * both / np.maximum(found + right, 1e-12))


def best_cut(scores: Floats, right: Bools) -> tuple[float, float, float, float]:
    """Find the threshold with the best F1; scores that are equal are taken together.

    Returns
    -------
    threshold, precision, recall, f1 : float

    Examples
    --------
    >>> best_cut(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False]))
    (0.5, 0.6666666666666666, 1.0, 0.8)
    """
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(right[order])
    last = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))
    found = (last + 1).astype(np.float64)
    values = count_f1(hits[last].astype(np.float64), found, np.full(len(last), float(right.sum())))
    best = int(values.argmax())
    precision = float(hits[last[best]] / found[best])
    recall = float(hits[last[best]] / max(right.sum(), 1))
    return float(ranked[last[best]]), precision, recall, f1(precision, recall)


def hit_rate(scores: Floats, right: Bools, n: int) -> float:
    """Compute the share of rows with a right column among the first ``n``; ties go to the first.

    Rows without any right column do not count.

    Examples
    --------
    >>> hit_rate(np.array([[0.9, 0.5], [0.8, 0.1]]), np.array([[True, False], [False, True]]), 1)
    0.5
    """
    first = np.argsort(-scores, axis=1, kind="stable")[:, :n]
    hits = np.asarray(np.take_along_axis(right, first, axis=1).any(axis=1))
    asked = np.asarray(right.any(axis=1))
    return float(hits[asked].mean()) if asked.any() else 0.0


def _multiplicity(found: Ints, right: Ints) -> Floats:
    """Average, over each row's related items, how much of the relation is right."""
    share = np.minimum(found, right) / np.maximum(found, 1)
    return np.asarray(share.sum(axis=1) / np.maximum((found > 0).sum(axis=1), 1))


def b_cubed(found: Bools, right: Bools, rows: Ints) -> tuple[float, float, float]:
    """Compute extended B-cubed for items that may be in several groups.

    Parameters
    ----------
    found, right : arrays, items x groups
        Groups that were found, and that are right; their numbers need not correspond.
    rows : array of int
        Items to judge, against all items, themselves included.

    Returns
    -------
    precision, recall, f1 : float

    Notes
    -----
    Amigó et al. 2009, section 5: the share of the groups that two items have in common by the one
    that they also have by the other.

    Examples
    --------
    >>> found, right = np.array([[1], [1], [1]], bool), np.array([[1, 0], [1, 0], [0, 1]], bool)
    >>> [round(value, 3) for value in b_cubed(found, right, np.array([0, 1, 2]))]
    [0.556, 1.0, 0.714]
    """
    one, other = (table[rows].astype(np.int64) @ table.T.astype(np.int64) for table in (found, right))
    precision, recall = _multiplicity(one, other).mean(), _multiplicity(other, one).mean()
    return float(precision), float(recall), f1(float(precision), float(recall))


def reliability(probabilities: Floats, right: Bools, n_bins: int = 10) -> pd.DataFrame:
    """Compare probabilities with what came true, bin by bin.

    Returns
    -------
    DataFrame
        One row a bin that is not empty: ``low``, ``high``, ``n``, ``probability`` (mean),
        ``share`` (right).
    """
    bins = np.minimum((probabilities * n_bins).astype(np.int64), n_bins - 1)
    table = pd.DataFrame({"bin": bins, "probability": probabilities, "share": right.astype(np.float64)})
    table = table.groupby("bin").agg(
        n=("share", "size"), probability=("probability", "mean"), share=("share", "mean")
    )
    edges = table.index.to_numpy() / n_bins
    table = table.assign(low=edges, high=edges + 1 / n_bins)
    return table[["low", "high", "n", "probability", "share"]].reset_index(drop=True)


def calibration_error(table: pd.DataFrame) -> float:
    """Compute the expected calibration error of a reliability table.

    Examples
    --------
    >>> calibration_error(reliability(np.array([0.8, 0.8]), np.array([True, False])))
    0.3
    """
    gaps = (table["probability"] - table["share"]).abs()
    return round(float((gaps * table["n"]).sum() / max(table["n"].sum(), 1)), 9)


def bootstrap_range(samples: Floats) -> tuple[float, float]:
    """Return the range that holds 95 % of the samples."""
    low, high = np.percentile(samples, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return float(low), float(high)
