"""Which pairs are worth looking at, found in blocks.

In: vectors of length 1, and an owner a row. Out: unordered pairs of rows. Memory grows with the
block and the number of candidates, never with the square of the number of texts.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

__all__ = ["find_candidates", "row_cosines"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_DIGITS = 9


def _nearest(scores: csr_matrix, first: int, owners: Ints, n: int) -> list[tuple[int, int]]:
    """Keep each row's ``n`` best partners of another owner; ties go to the earlier row."""
    pairs = []
    for row in range(scores.shape[0]):
        span = slice(scores.indptr[row], scores.indptr[row + 1])
        partners, values = scores.indices[span], np.round(scores.data[span], _DIGITS)
        other = (owners[partners] != owners[first + row]) & (values > 0)
        partners, values = partners[other], values[other]
        best = np.lexsort((partners, -values))[:n]
        pairs += [(first + row, int(p)) for p in partners[best]]
    return pairs


def find_candidates(vectors: csr_matrix, owners: Ints, n: int, block: int = 1024) -> tuple[Ints, Ints]:
    """Find each row's nearest rows of other owners.

    Parameters
    ----------
    vectors : csr_matrix
        One row a text, of length 1 or 0.
    owners : array of int
        Rows of the same owner (the clauses of one task) are never paired.
    n : int
        Partners kept a row.
    block : int
        Rows compared at once.

    Returns
    -------
    left, right : arrays of int
        Pairs with ``left < right``, each once, in order.
    """
    columns = vectors.T.tocsr()
    found: set[tuple[int, int]] = set()
    for first in range(0, vectors.shape[0], block):
        scores = csr_matrix(vectors[first : first + block] @ columns)
        found.update((min(p), max(p)) for p in _nearest(scores, first, owners, n))
    pairs = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def row_cosines(vectors: csr_matrix | Floats, left: Ints, right: Ints, block: int = 8192) -> Floats:
    """Compute the cosine of chosen pairs of rows, clipped to [0, 1]."""
    cosines = np.zeros(len(left))
    for first in range(0, len(left), block):
        part = slice(first, first + block)
        a, b = vectors[left[part]], vectors[right[part]]
        products = a * b if isinstance(a, np.ndarray) else a.multiply(b)
        cosines[part] = np.asarray(products.sum(axis=1)).ravel()
    return np.clip(np.round(cosines, _DIGITS), 0.0, 1.0)
