"""One space for texts that are read at different times.

In: keys (folded texts). Out: a space, fitted once to some texts, that turns any other texts into
comparable vectors: words and pairs of words, characters, topics. A plan is compared with quoted words
of the catalogue in it; the space is fitted to the plans' texts alone, so that what was quoted leaves
no trace in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

__all__ = ["Space", "Vectors", "blend_cosines", "cosine_kinds", "read_space"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_WORD = re.compile(r"\w+")
_DIGITS = 9
# How much words, characters and topics count together. Set before any other tuning, not searched.
BLEND = (0.4, 0.3, 0.3)


@dataclass(frozen=True)
class Vectors:
    """Texts as rows of length 1 (or 0): weighted words, characters, topics."""

    words: csr_matrix
    chars: csr_matrix
    topics: Floats

    def take(self, rows: Ints) -> "Vectors":
        """Return some of the rows."""
        return Vectors(self.words[rows], self.chars[rows], self.topics[rows])


@dataclass(frozen=True)
class Space:
    """A space fitted to texts."""

    words: TfidfVectorizer
    chars: TfidfVectorizer
    topics: TruncatedSVD

    def vectors(self, keys: Sequence[str]) -> Vectors:
        """Place texts in the space; words that it does not know count for nothing."""
        words = csr_matrix(self.words.transform(keys))
        chars = csr_matrix(self.chars.transform(keys))
        return Vectors(words, chars, np.round(normalize(self.topics.transform(words)), _DIGITS))


def read_space(keys: Sequence[str], n_topics: int) -> Space | None:
    """Fit a space to texts; None where they hold no word.

    Parameters
    ----------
    keys : sequence of str
        Folded texts.
    n_topics : int
        Topics of the latent semantic analysis, fewer where there are fewer texts.
    """
    if not any(_WORD.search(key) for key in keys):
        return None
    words = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), sublinear_tf=True)
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit(keys)
    vectors = csr_matrix(words.fit_transform(keys))
    topics = TruncatedSVD(max(1, min(n_topics, min(vectors.shape) - 1)), random_state=0)
    return Space(words, chars, topics.fit(vectors))


def cosine_kinds(one: Vectors, other: Vectors) -> tuple[Floats, Floats, Floats]:
    """Compute the cosines of all rows of one with all of another: words, characters, topics.

    Both sides are meant to be small: one locality's texts, and the catalogue's quotes.
    """
    words = np.asarray((one.words @ other.words.T).toarray())
    chars = np.asarray((one.chars @ other.chars.T).toarray())
    return words, chars, np.clip(one.topics @ other.topics.T, 0.0, 1.0)


def blend_cosines(one: Vectors, other: Vectors) -> Floats:
    """Compute the weighted mean of the three cosines."""
    kinds = cosine_kinds(one, other)
    return np.asarray(np.round(sum(w * kind for w, kind in zip(BLEND, kinds, strict=True)), _DIGITS))
