"""Texts become vectors: weighted words, characters, topics.

In: keys (folded texts). Out: one row a key, of length 1 (or 0 for a key without words), so that a
dot product is a cosine. What every text says ("tiếp tục", "tăng cường", "kinh tế tập thể") weighs
little because it is everywhere: the weights come from the data, not from a list of stop words.
"""

import math
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

__all__ = ["char_vectors", "gram_weights", "topic_vectors", "word_vectors"]

_WORD = re.compile(r"\w+")
_DIGITS = 9  # results are rounded here, so that the order of additions leaves no trace


def gram_weights(key: str, fade: float | None = None) -> dict[str, float]:
    """Weigh the words and pairs of neighbouring words of one key, later ones less.

    Parameters
    ----------
    key : str
        Folded text.
    fade : float, optional
        Number of words over which the weight falls to 1/e; none weighs all alike. A clause names
        its action and object first, then whom, what for and according to what.

    Examples
    --------
    >>> gram_weights("cung co hop")
    {'cung': 1.0, 'cung co': 1.0, 'co': 1.0, 'co hop': 1.0, 'hop': 1.0}
    """
    found: dict[str, float] = {}
    words = _WORD.findall(key)
    for place, word in enumerate(words):
        weight = math.exp(-place / fade) if fade else 1.0
        found.setdefault(word, weight)
        if place + 1 < len(words):
            found.setdefault(f"{word} {words[place + 1]}", weight)
    return found


def word_vectors(keys: Sequence[str], fade: float | None = None) -> csr_matrix:
    """Make TF-IDF vectors of words and pairs of words.

    Notes
    -----
    A word counts once a text, however often it stands there. Measured on the five plans (20,504
    pairs of tasks, 728 of them alike by a reader): folded keys with marks dropped do as well as
    keys with tones (best F1 0.52 and 0.53 on tasks, 0.53 and 0.52 on clauses) and forgive OCR
    slips; pairs of words add 0.05 to single words; a fade of 60 words adds 0.02 on clauses.
    """
    if not any(_WORD.search(key) for key in keys):
        return csr_matrix((len(keys), 1))
    counts = DictVectorizer().fit_transform(gram_weights(key, fade) for key in keys)
    return csr_matrix(TfidfTransformer().fit_transform(counts))


def char_vectors(keys: Sequence[str]) -> csr_matrix:
    """Make TF-IDF vectors of 3 to 5 neighbouring characters within words: robust to OCR slips."""
    if not any(_WORD.search(key) for key in keys):
        return csr_matrix((len(keys), 1))
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return csr_matrix(vectorizer.fit_transform(keys))


def topic_vectors(vectors: csr_matrix, n_topics: int) -> npt.NDArray[np.float64]:
    """Project word vectors on the main topics of the corpus (latent semantic analysis).

    Two texts that share few words but words that go together elsewhere come near each other.

    Notes
    -----
    With as many topics as texts the projection would change nothing; small corpora therefore fall
    back on the word vectors themselves. Seeded; rows in, rows out, so the caller fixes their order.
    """
    if min(vectors.shape) <= n_topics:
        return np.asarray(vectors.toarray())
    topics = TruncatedSVD(n_topics, random_state=0).fit_transform(vectors)
    return np.asarray(np.round(normalize(topics), _DIGITS))
