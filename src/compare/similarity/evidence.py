"""The evidence for each candidate pair, one column a feature.

In: tasks and clauses. Out: candidate pairs of clauses, each with what speaks for it on the level of
the clauses (words, topics, rapidfuzz, conflicts) and of their tasks (words, characters, pillar, lead
agencies, product). Every feature is symmetric and in [0, 1]; what compares texts is 1
for the same text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix, identity
from sklearn.preprocessing import normalize

from compare.clauses import make_key
from compare.similarity.candidates import find_candidates, row_cosines
from compare.similarity.conflicts import find_conflicts
from compare.similarity.vectors import WordSpace, char_vectors, read_words, topic_vectors, word_vectors

__all__ = ["Corpus", "neighbour_cosines", "read_corpus", "score_chosen", "score_clauses", "score_tasks"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Tasks and clauses in the order of their ids, their keys and vectors, and who owns a clause.

    Two corpora are equal only if they are the same object, so that what is read from one can be kept.
    """

    tasks: pd.DataFrame
    clauses: pd.DataFrame
    owners: Ints
    keys: tuple[str, ...]
    space: WordSpace
    task_words: csr_matrix
    task_chars: csr_matrix
    products: csr_matrix
    words: csr_matrix
    topics: Floats
    n_topics: int


def read_corpus(
    tasks: pd.DataFrame,
    clauses: pd.DataFrame,
    fade: float,
    n_topics: int,
    abbreviations: Mapping[str, str] | None = None,
) -> Corpus:
    """Turn tasks and clauses into vectors.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``part``, ``text``, ``pillar``, ``leads``,
        ``product``.
    clauses : DataFrame
        The table of :func:`compare.clauses.split_clauses`.
    fade, n_topics
        See :mod:`compare.similarity.vectors`.
    abbreviations : mapping, optional
        Abbreviations that keys write out; those of ``data/reference`` by default.
    """
    tasks = tasks.sort_values("task_id", kind="stable").reset_index(drop=True)
    place = pd.Series(range(len(tasks)), index=tasks["task_id"])
    owners = place.loc[clauses["task_id"]].to_numpy(dtype=np.int64)
    order = np.argsort(owners, kind="stable")
    clauses = clauses.iloc[order].reset_index(drop=True)
    keys = tuple(make_key(text, abbreviations) for text in clauses["text"])
    whole = [make_key(text, abbreviations) for text in tasks["text"]]
    space = read_words(keys, owners[order], tasks.groupby("locality").ngroup().to_numpy(dtype=np.int64))
    words = space.vectors(keys, fade)
    return Corpus(
        tasks,
        clauses,
        owners[order],
        keys,
        space,
        space.vectors(whole),
        char_vectors(whole),
        word_vectors([make_key(text, abbreviations) for text in tasks["product"]]),
        words,
        topic_vectors(words, n_topics),
        n_topics,
    )


def _token_set(keys: tuple[str, ...], left: Ints, right: Ints) -> Floats:
    one, other = [keys[i] for i in left], [keys[j] for j in right]
    scores = process.cpdist(one, other, scorer=fuzz.token_set_ratio, dtype=np.float64)
    return np.asarray(scores) / 100


def score_chosen(corpus: Corpus, left: Ints, right: Ints) -> pd.DataFrame:
    """Score chosen pairs of clauses, ``left < right``.

    Returns
    -------
    DataFrame
        One row a pair, in the order given: ``left``, ``right`` (places of the clauses), ``a``, ``b``
        (places of their tasks, a < b), ``clause_cosine``, ``topic_cosine``, ``token_set``,
        ``conflict``.
    """
    texts = corpus.clauses["text"].to_list()
    return pd.DataFrame(
        {
            "left": left,
            "right": right,
            "a": corpus.owners[left],
            "b": corpus.owners[right],
            "clause_cosine": row_cosines(corpus.words, left, right),
            "topic_cosine": row_cosines(corpus.topics, left, right),
            "token_set": _token_set(corpus.keys, left, right),
            "conflict": [find_conflicts(texts[i], texts[j]) for i, j in zip(left, right, strict=True)],
        }
    )


def score_clauses(corpus: Corpus, n_candidates: int) -> pd.DataFrame:
    """Find candidate pairs of clauses and score them, as :func:`score_chosen`."""
    return score_chosen(corpus, *find_candidates(corpus.words, corpus.owners, n_candidates))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def score_tasks(corpus: Corpus, a: Ints, b: Ints) -> pd.DataFrame:
    """Score pairs of whole tasks.

    Returns
    -------
    DataFrame
        One row a pair, in the order given: ``a``, ``b``, ``word_cosine``, ``char_cosine``,
        ``same_pillar``, ``lead_overlap``, ``product_cosine``, ``same_list`` (both are items of one
        part of one document).
    """
    pillars = corpus.tasks["pillar"].to_numpy()
    lists = corpus.tasks.groupby(["locality", "part"]).ngroup().to_numpy()
    leads = [frozenset(ids.split(";")) - {""} for ids in corpus.tasks["leads"]]
    return pd.DataFrame(
        {
            "a": a,
            "b": b,
            "word_cosine": row_cosines(corpus.task_words, a, b),
            "char_cosine": row_cosines(corpus.task_chars, a, b),
            "same_pillar": pillars[a] == pillars[b],
            "lead_overlap": [_jaccard(leads[i], leads[j]) for i, j in zip(a, b, strict=True)],
            "product_cosine": row_cosines(corpus.products, a, b),
            "same_list": lists[a] == lists[b],
        }
    )


def neighbour_cosines(n_tasks: int, a: Ints, b: Ints, likeness: Floats) -> Floats:
    """Compare, for each pair of tasks, which other tasks the two resemble.

    Two tasks that resemble the same third ones are more likely alike than their own words say. A
    task resembles itself fully, so that the measure is 1 for two tasks that are one.

    Parameters
    ----------
    n_tasks : int
        Number of tasks.
    a, b : arrays of int
        Pairs of tasks, each once, ``a < b``.
    likeness : array of float
        How alike each pair is by its own evidence, in [0, 1].

    Examples
    --------
    >>> pairs = np.array([0, 0]), np.array([1, 2])
    >>> neighbour_cosines(3, *pairs, np.array([1.0, 0.0])).tolist()
    [1.0, 0.0]
    """
    if not len(a):
        return np.zeros(0)
    half = csr_matrix((likeness, (a, b)), shape=(n_tasks, n_tasks))
    profiles = normalize(csr_matrix(half + half.T + identity(n_tasks)))
    return row_cosines(profiles, a, b)
