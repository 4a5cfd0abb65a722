"""Evidence in which the families compete for each window: naive Bayes.

In: n-grams of windows, and of the spans of each family. Out: for each window and family, how sure the
window is of the family, against all other families and against none of them. A kernel compares texts
as wholes; here each word speaks for itself, and a window that one family explains well is explained
away for its siblings.

Measured, one locality left out, mean (pair F1 as the mean over thresholds from 0.20 to 0.44; sum of
the log losses):

    ========================================================  ============  ========
    without                                                   0.831         463
    this module                                               0.839         456
    n-grams of three words too, sharpness 3                   0.835         460
    ... sharpness 1 and 2                                     0.832, 0.834  461, 460
    ... background 10 and 60, sharpness 2                     0.833, 0.833  462, 461
    ... least -0.5 and -2, sharpness 2                        0.831, 0.832  461, 463
    ========================================================  ============  ========
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from compare.align.matching.texts import Texts

__all__ = ["bayes_evidence", "log_shares"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
BACKGROUND = 30.0  # n-grams of the plans at large added to those of each family
LEAST = -1.0  # a word that is rare in the family speaks against it no more than this
SHARPNESS = 3.0
LEAST_SHARE = 1e-4


def log_shares(scores: Floats) -> Floats:
    """Turn scores of windows and families into log shares; a score of 0 stands for no family.

    Examples
    --------
    >>> np.exp(log_shares(np.array([[0.0, 0.0, 0.0]]))).round(2).tolist()
    [[0.25, 0.25, 0.25]]
    """
    largest = np.maximum(scores.max(axis=1, keepdims=True), 0.0)
    shares = np.exp(scores - largest)
    shares /= shares.sum(axis=1, keepdims=True) + np.exp(-largest)
    return np.asarray(np.log(np.maximum(shares, LEAST_SHARE)))


def _log_ratios(counts: csr_matrix, background: Floats) -> tuple[csr_matrix, Floats]:
    """Compare how likely each n-gram is in a family and in the plans at large.

    Returns what an n-gram of the family adds to the second result, which is what any other n-gram
    counts for.
    """
    total = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    absent = np.maximum(np.log(BACKGROUND / (total + BACKGROUND)), LEAST)
    families = np.repeat(np.arange(len(total)), np.diff(counts.indptr))
    likely = counts.data / background[counts.indices] + BACKGROUND
    ratios = np.maximum(np.log(likely / (total + BACKGROUND)[families]), LEAST)
    return csr_matrix((ratios - absent[families], counts.indices, counts.indptr), counts.shape), absent


def _count_grams(grams: csr_matrix, starts: Ints) -> csr_matrix:
    """Count in how many spans of each family an n-gram stands."""
    ends = [*starts[1:], grams.shape[0]]
    families = np.repeat(np.arange(len(starts)), np.subtract(ends, starts))
    places = (families, np.arange(grams.shape[0]))
    return csr_matrix(csr_matrix((np.ones(len(families)), places)) @ grams)


def bayes_evidence(texts: Texts, spans: csr_matrix, starts: Ints, windows: Ints, reference: Ints) -> Floats:
    """Score windows for families by their words.

    Parameters
    ----------
    texts : Texts
    spans : csr_matrix
        N-grams of the reference spans, family after family.
    starts : array of int
        First span of each family.
    windows : array of int
        Places of the windows to score.
    reference : array of int
        Places of the reference tasks.

    Returns
    -------
    array, windows x families
        Log share of each family in each window.
    """
    grams = csr_matrix(texts.window_grams[:, texts.short_grams])
    known = texts.windows.singles & np.isin(texts.windows.owners, reference)
    background = np.asarray(grams[known].sum(axis=0), dtype=np.float64).ravel() + 0.5
    counts = _count_grams(csr_matrix(spans[:, texts.short_grams]), starts)
    added, absent = _log_ratios(counts, background / background.sum())
    asked = csr_matrix(grams[windows])
    sizes = np.asarray(asked.sum(axis=1), dtype=np.float64)
    scores = np.asarray((asked @ added.T).toarray()) + sizes * absent[None, :]
    return log_shares(SHARPNESS * scores / np.sqrt(np.maximum(sizes, 1.0)))
