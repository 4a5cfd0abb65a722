"""From evidence to probabilities: two logistic regressions and a threshold, learned on the catalogue.

In: evidence and labels, locality by locality. Out: weights, and the probability from which a task is
taken into a family. Each locality of the catalogue is scored through the others' members only, as a
new locality would be, and judged by weights learned without it; the threshold is the one that would
have given these localities the best mean F1 of pairs. Log-odds are a sum of contributions, so that
every probability can be explained.

Measured on the five plans and the settled catalogue, one locality left out of everything (F1 of the
pairs of its tasks with the others', mean of the five; `best` is the mean at each locality's own best
threshold, which no honest choice reaches):

    ==========================================================  =====  =====
    what                                                        F1     best
    ==========================================================  =====  =====
    prototype: quoted spans, n-grams, logistic regression       0.76   0.80
    + kernel ridge of spans                                     0.79   0.82
    + kernel ridge of tasks                                     0.81   0.83
    + second look (bodies and annexes restate each other)       0.82   0.84
    + keys with tones and without citations (21 features)       0.83   0.85
    + naive Bayes of windows                                    0.84   0.85
    - 10 features that added nothing                            0.84   0.86
    + tasks read with section title and product (13 features)   0.858  0.872
    - 4 features, keys without "(...)"                          0.862  0.878
    this module: other families, most members in one plan       0.865  0.885
    ==========================================================  =====  =====

The mean over thresholds from 0.20 to 0.44, and the log loss: 0.845 and 442 with 13 features, 0.852 and
436 with 9, 0.855 and 432 in the end; without any one feature of the evidence 0.842 to 0.854 and 432
to 470.

Tried on the last steps, and none of it above the noise: idf to other powers or without its floor,
single words only or triples, other character n-grams, 50 to 160 topics, other weights of words,
characters and topics, windows of other sizes, squared kernels, openings of windows (the action) as a
kernel or words that fade, the section's title and the product as kernels of their own, agencies by
naive Bayes, the mean of six readings of the texts, other families' probabilities over the same words,
how many localities state a family, how long its members are, families set by expected F1 of pairs, a
threshold of its own for a task's first family, the threshold by the median or the least locality, by
memberships, by their own best thresholds' mean, or smoothed more widely (0.842 to 0.859, where this
gives 0.857, mean of eleven sets of features). In the end too (0.855 and 432): sibling families' own
probabilities 0.853 to 0.857 and 431 to 433, distance from the task's best family 0.856 and 428 (but
calibration error 0.044 for 0.032), squares and products of features 0.853 to 0.856, weights averaged
over fits without one locality 0.855, localities weighed alike 0.856, a lower cut for the first family
of a task without any, alike to the last pair. Worse:
the pieces of whole members as further spans (F1 0.82), whole members cut after 45 words (0.83).
Before: neighbouring tasks and order in the plan 0.77, likeness diffused over a graph of tasks 0.81,
training rows weighted by family size 0.80, piecewise linear features 0.81, 300 extremely random
trees 0.80. Weights fitted with the locality's own labels in sight gained 0.01 to 0.02 only: what is
missing is evidence, not its weighing. Differences below 0.02 are within the noise of five localities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

__all__ = ["Logistic", "best_threshold", "fit_across", "fit_logistic"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Design = tuple[Floats, Bools]

# Inverse strength of regularisation; F1 0.82, 0.82, 0.81 for 0.3, 0.05, 0.003.
STRENGTH = 0.05
_GRID = np.round(np.arange(0.05, 0.9, 0.01), 2)
_SMOOTH = 7  # thresholds averaged, so that one lucky pair does not choose


@dataclass(frozen=True)
class Logistic:
    """A logistic regression on standardised features.

    Parameters
    ----------
    names : tuple of str
    means, scales, weights : tuple of float
        One a feature; a weight is per standard deviation.
    bias : float
    """

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def contributions(self, values: Floats) -> Floats:
        """Compute what each feature adds to the log-odds, in the shape of ``values``."""
        standard = (values - np.array(self.means)) / np.array(self.scales)
        return np.asarray(standard * np.array(self.weights))

    def log_odds(self, values: Floats) -> Floats:
        """Sum the contributions and the bias."""
        return np.asarray(np.round(self.contributions(values).sum(axis=-1) + self.bias, 9))

    def probabilities(self, values: Floats) -> Floats:
        """Turn log-odds into probabilities."""
        return np.asarray(np.round(1 / (1 + np.exp(-self.log_odds(values))), 9))


def fit_logistic(names: Sequence[str], designs: Sequence[Design]) -> Logistic:
    """Fit a regression; where all labels are the same, it only knows how frequent they are.

    Parameters
    ----------
    names : sequence of str
    designs : sequence of (array rows x features, array of labels)
    """
    values = np.concatenate([v.reshape(-1, len(names)) for v, _ in designs])
    labels = np.concatenate([y.ravel() for _, y in designs])
    means, scales = values.mean(axis=0), values.std(axis=0)
    scales = np.where(scales > 1e-9, scales, 1.0)
    if labels.all() or not labels.any():
        odds = (labels.sum() + 0.5) / ((~labels).sum() + 0.5)
        weights, bias = np.zeros(len(names)), float(np.log(odds))
    else:
        model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((values - means) / scales, labels)
        weights, bias = model.coef_[0], float(model.intercept_[0])
    return Logistic(
        tuple(names), tuple(means.tolist()), tuple(scales.tolist()), tuple(weights.tolist()), bias
    )


def fit_across(names: Sequence[str], designs: Mapping[str, Design]) -> tuple[Logistic, dict[str, Floats]]:
    """Fit on all localities, and judge each by a fit on the others.

    Returns
    -------
    model : Logistic
    log_odds : dict
        Locality -> log-odds by the model that was fitted without it.
    """
    judged = {}
    for locality, (values, _) in designs.items():
        others = [design for name, design in designs.items() if name != locality]
        judged[locality] = fit_logistic(names, others).log_odds(values)
    return fit_logistic(names, list(designs.values())), judged


def pair_f1(chosen: Bools, labels: Bools, reference: Bools) -> float:
    """Compute the F1 of the pairs of scored tasks with reference tasks that share a family.

    Parameters
    ----------
    chosen, labels : array, tasks x families
        Families given to the scored tasks, and their right ones.
    reference : array, tasks x families
        Families of the reference tasks.
    """
    families = reference.T.astype(np.float64)  # counts stay exact, and products of floats are fast
    found, right = chosen @ families > 0, labels @ families > 0
    total = found.sum() + right.sum()
    return float(2 * (found & right).sum() / total) if total else 1.0


def best_threshold(judged: Sequence[tuple[Floats, Bools, Bools]]) -> float:
    """Choose the threshold with the best mean F1 of pairs over the localities.

    Parameters
    ----------
    judged : sequence of (probabilities, labels, reference)
        One a locality, as :func:`pair_f1` takes them.

    Returns
    -------
    float
        The middle of the best seven neighbouring thresholds; ties go to the lower.
    """
    curve = [np.mean([pair_f1(p >= at, y, reference) for p, y, reference in judged]) for at in _GRID]
    edges = np.pad(curve, _SMOOTH // 2, mode="edge")
    smooth = np.convolve(edges, np.ones(_SMOOTH) / _SMOOTH, mode="valid")
    return float(_GRID[np.round(smooth, 9).argmax()])
