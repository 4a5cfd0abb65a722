"""The cold start beside the known ways of comparing texts, on the same pairs.

In: a draft and the right pairs. Out: one row a method, the known ones at the threshold that is best
for them. Bootstrap: tasks are drawn with replacement, and a pair counts as often as both its tasks.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from compare.align import Alignment
from compare.evaluate.metrics import best_cut, bootstrap_range, count_f1
from compare.text import fold

__all__ = ["compare_methods", "folded_texts"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Pairs = set[tuple[str, str]]


def _cosines(keys: list[str], vectorizer: TfidfVectorizer) -> Floats:
    vectors = vectorizer.fit_transform(keys)
    return np.asarray(np.round((vectors @ vectors.T).toarray(), 9))


def _peers(keys: list[str]) -> dict[str, Floats]:
    """Score all pairs of texts in the known ways: their defaults, on folded texts."""
    words = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), sublinear_tf=True)
    chars = TfidfVectorizer(analyzer="char", ngram_range=(3, 3))
    token_set = process.cdist(keys, keys, scorer=fuzz.token_set_ratio, dtype=np.float64) / 100
    return {
        "word 1-2-gram cosine": _cosines(keys, words),
        "char 3-gram cosine": _cosines(keys, chars),
        "token_set_ratio": np.asarray(token_set),
    }


def _matrix(pairs: pd.DataFrame, ids: list[str], values: Floats) -> Floats:
    place = {task_id: number for number, task_id in enumerate(ids)}
    table = np.zeros((len(ids), len(ids)))
    a, b = (pairs[column].map(place).to_numpy(dtype=np.int64) for column in ("task_a", "task_b"))
    table[a, b] = values
    return table


def _members_matrix(alignment: Alignment, ids: list[str]) -> Floats:
    table = pd.crosstab(alignment.memberships["task_id"], alignment.memberships["family_id"])
    table = table.reindex(ids, fill_value=0)
    return np.asarray(table.to_numpy() @ table.to_numpy().T > 0, dtype=np.float64)


def _sampled_f1(found: Bools, right: Bools, counts: Floats) -> Floats:
    """Compute F1 for each sample of tasks; a pair weighs as often as both its tasks were drawn."""

    def total(table: Bools) -> Floats:
        return np.asarray(((counts @ table) * counts).sum(axis=1))

    return count_f1(total(found & right), total(found), total(right))


def _draws(n: int, n_samples: int, seed: int) -> Floats:
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=n_samples)
    return drawn.astype(np.float64)


def _row(name: str, scores: Floats, right: Bools, asked: Bools, at: float | None) -> dict[str, object]:
    """Score one method, at a threshold or, if there is none, at its best."""
    values, truth = scores[asked], right[asked]
    threshold = best_cut(values, truth)[0] if at is None else at
    found = values >= threshold
    both = float((found & truth).sum())
    counts = np.array([both]), np.array([float(found.sum())]), np.array([float(truth.sum())])
    return {
        "method": name,
        "threshold": threshold,
        "at_best": at is None,
        "precision": both / max(float(found.sum()), 1.0),
        "recall": both / max(float(truth.sum()), 1.0),
        "f1": float(count_f1(*counts)[0]),
    }


def folded_texts(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return ``task_id`` and folded ``text``, as the known methods get them."""
    return tasks[["task_id"]].assign(text=[fold(text) for text in tasks["text"]])


def compare_methods(
    alignment: Alignment, right: Pairs, n_samples: int, seed: int, peers: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Score the cold start and the known methods on the pairs of different localities.

    Parameters
    ----------
    alignment : Alignment
        Of the cold start.
    right : set of pairs
        Pairs of task ids that readers hold alike, the smaller id first.
    n_samples, seed : int
        Of the bootstrap.
    peers : mapping
        Name of a method -> its pairs (``task_a``, ``task_b``, ``score``), scored elsewhere.

    Returns
    -------
    DataFrame
        One row a method: ``method``, ``threshold``, ``at_best`` (whether it is the best one for
        these pairs), ``precision``, ``recall``, ``f1``, ``f1_low``, ``f1_high`` (95 % range).
    """
    ids = alignment.tasks["task_id"].tolist()
    places = alignment.tasks["locality"].to_numpy()
    asked = np.triu(places[:, None] != places[None, :], 1)
    known = pd.DataFrame(sorted(right), columns=["task_a", "task_b"])
    truth = _matrix(known, ids, np.ones(len(known))) > 0
    pairs = alignment.pairs
    verdict = _matrix(pairs, ids, (pairs["verdict"] == "match").to_numpy(dtype=np.float64))
    probability = _matrix(pairs, ids, pairs["probability"].to_numpy())
    methods: list[tuple[str, Floats, float | None]] = [
        ("cold start, verdict match", verdict, alignment.settings.match_at),
        ("cold start, shared family", _members_matrix(alignment, ids), alignment.settings.family_at),
        ("cold start, probability", probability, None),
        *(
            (name, table, None)
            for name, table in _peers(folded_texts(alignment.tasks)["text"].tolist()).items()
        ),
        *((name, _matrix(table, ids, table["score"].to_numpy()), None) for name, table in peers.items()),
    ]
    counts, rows = _draws(len(ids), n_samples, seed), []
    for name, scores, at in methods:
        row = _row(name, scores, truth, asked, at)
        found = (scores >= float(str(row["threshold"]))) & asked
        low, high = bootstrap_range(_sampled_f1(found, truth, counts))
        rows.append({**row, "f1_low": low, "f1_high": high})
    return pd.DataFrame(rows)
