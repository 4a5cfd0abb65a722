"""One space for texts that are read at different times.

In: keys (folded texts). Out: a space, fitted once to some texts, that turns any other texts into
comparable vectors: words and pairs of words, characters, topics. A plan is compared with quoted words
of the catalogue in it; the space is fitted to the plans' texts alone, so that what was quoted leaves
no trace in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
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
class Grams:
    """N-grams, counted and weighed by TF-IDF."""

    counter: CountVectorizer
    weights: TfidfTransformer

    def weigh(self, keys: Sequence[str]) -> csr_matrix:
        """Turn texts into rows of length 1, or 0 where no n-gram is known."""
        return csr_matrix(self.weights.transform(self.counter.transform(keys)))


@dataclass(frozen=True)
class Space:
    """A space fitted to texts."""

    words: Grams
    chars: Grams
    topics: TruncatedSVD

    def vectors(self, keys: Sequence[str]) -> Vectors:
        """Place texts in the space; words that it does not know count for nothing."""
        return self._placed(self.words.weigh(keys), self.chars.weigh(keys))

    def _placed(self, words: csr_matrix, chars: csr_matrix) -> Vectors:
        return Vectors(words, chars, np.round(normalize(self.topics.transform(words)), _DIGITS))


def _fit_grams(keys: Sequence[str], **settings: Any) -> tuple[Grams, csr_matrix]:
    """Count the n-grams of texts and learn their weights; texts are read once, which is what takes time."""
    counter = CountVectorizer(dtype=np.float64, **settings)
    counts = csr_matrix(counter.fit_transform(keys))
    return Grams(counter, TfidfTransformer(sublinear_tf=True).fit(counts)), counts


def _sorted_rows(grams: Grams, counts: csr_matrix) -> csr_matrix:
    """Weigh counts as :meth:`Grams.weigh` does, whose rows are in the order of their columns."""
    return csr_matrix(grams.weights.transform(counts.sorted_indices()))


def read_space(keys: Sequence[str], n_topics: int) -> tuple[Space, Vectors] | None:
    """Fit a space to texts and place them in it; None where they hold no word.

    Parameters
    ----------
    keys : sequence of str
        Folded texts.
    n_topics : int
        Topics of the latent semantic analysis, fewer where there are fewer texts.
    """
    if not any(_WORD.search(key) for key in keys):
        return None
    words, word_counts = _fit_grams(keys, token_pattern=r"\w+", ngram_range=(1, 2))
    chars, char_counts = _fit_grams(keys, analyzer="char_wb", ngram_range=(3, 5))
    vectors = csr_matrix(words.weights.transform(word_counts))
    topics = TruncatedSVD(max(1, min(n_topics, min(vectors.shape) - 1)), random_state=0)
    space = Space(words, chars, topics.fit(vectors))
    return space, space._placed(_sorted_rows(words, word_counts), _sorted_rows(chars, char_counts))


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
