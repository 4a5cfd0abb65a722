"""From evidence to probabilities.

In: a corpus of tasks and clauses. Out: candidate pairs of clauses and, from the closest of them,
pairs of tasks, each with its features and the probability that both ask for the same piece of work.
The model is a logistic combination with fixed weights: each feature's contribution is its value
times its weight, and nothing else happens, so a score can be explained by a sum.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.align.grouping import fit_groups, group_clauses, window_vectors
from compare.align.settings import (
    BIAS,
    FIRST_BIAS,
    FIRST_WEIGHTS,
    PENALTIES,
    SAME_LIST,
    WEIGHTS,
    AlignSettings,
)
from compare.similarity import (
    Corpus,
    WindowVectors,
    compare_windows,
    group_cosines,
    neighbour_cosines,
    score_chosen,
    score_clauses,
    score_tasks,
)

__all__ = ["closest_clauses", "contributions", "mutual_pairs", "score_pairs", "score_unseen", "verdicts"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
AROUND = ["neighbour_cosine", "group_cosine"]
# Exponent of the probabilities that neighbours are compared by, so that doubtful ones count too:
# average precision with each locality left out 0.689, 0.683 at 0.75 and 1.
EASED = 0.75
# Mean probability from which clauses are one group while probabilities are renewed: F1 with each
# locality left out 0.640, 0.644, 0.643, 0.638 at 0.10, 0.14, 0.20, 0.30.
GROUP_AT = 0.14
_DIGITS = 9


def contributions(pairs: pd.DataFrame, weights: Mapping[str, float] = WEIGHTS) -> pd.DataFrame:
    """Compute what each feature adds to each pair's log-odds; conflicts take away.

    Parameters
    ----------
    pairs : DataFrame
        The features named in ``weights``, ``conflict`` and ``same_list``.

    Returns
    -------
    DataFrame
        One row a pair, one column a feature and a check.
    """
    parts = {name: pairs[name].to_numpy(dtype=np.float64) * w for name, w in weights.items()}
    failed = pairs["conflict"].astype("str").str.get_dummies(sep=";")
    for name, penalty in PENALTIES.items():
        parts[name] = -penalty * failed[name].to_numpy() if name in failed else np.zeros(len(pairs))
    parts["same_list"] = -SAME_LIST * pairs["same_list"].to_numpy(dtype=np.float64)
    return pd.DataFrame(parts, index=pairs.index)


def _probability(pairs: pd.DataFrame, weights: Mapping[str, float], bias: float) -> Floats:
    log_odds = contributions(pairs, weights).sum(axis=1).to_numpy() + bias
    return np.asarray(np.round(1 / (1 + np.exp(-log_odds)), _DIGITS))


def _score_tasks(corpus: Corpus, windows: WindowVectors, a: Ints, b: Ints) -> pd.DataFrame:
    return score_tasks(corpus, a, b).assign(containment=compare_windows(windows, corpus.n_topics, a, b))


def _look_around(
    corpus: Corpus, windows: WindowVectors, pairs: pd.DataFrame, settings: AlignSettings
) -> pd.DataFrame:
    """Compare, for pairs of tasks, the tasks that both resemble and the groups that both fit."""
    tasks = pairs.groupby(["a", "b"], sort=True)["probability"].max().reset_index()
    a, b = tasks["a"].to_numpy(), tasks["b"].to_numpy()
    likeness = tasks.pop("probability").to_numpy() ** EASED
    groups = group_clauses(mutual_pairs(pairs), len(corpus.owners), settings.match_at, GROUP_AT)
    return tasks.assign(
        neighbour_cosine=neighbour_cosines(len(corpus.tasks), a, b, likeness),
        group_cosine=group_cosines(fit_groups(corpus, windows, groups), a, b),
    )


def score_pairs(corpus: Corpus, settings: AlignSettings) -> pd.DataFrame:
    """Score candidate pairs of clauses.

    Returns
    -------
    DataFrame
        One row a candidate pair of clauses of different tasks, in order: the columns of
        :func:`compare.similarity.score_clauses` and :func:`~compare.similarity.score_tasks`,
        ``containment``, ``probability``, ``neighbour_cosine`` and ``group_cosine`` (0 where no round
        looked at them).

    Notes
    -----
    The first round judges each pair by itself. Each further round looks at how alike the two tasks'
    relations to all other tasks were in the round before, and how well both fit one of the groups
    that the clauses then made, and judges again.
    """
    windows = window_vectors(corpus)
    pairs = score_clauses(corpus, settings.n_candidates)
    tasks = pairs[["a", "b"]].drop_duplicates()
    pairs = pairs.merge(_score_tasks(corpus, windows, tasks["a"].to_numpy(), tasks["b"].to_numpy()))
    pairs["probability"] = _probability(pairs, FIRST_WEIGHTS, FIRST_BIAS)
    pairs[AROUND] = 0.0
    for _ in range(settings.n_rounds):
        around = _look_around(corpus, windows, pairs, settings)
        pairs = pairs.drop(columns=AROUND).merge(around, how="left")
        pairs["probability"] = _probability(pairs, WEIGHTS, BIAS)
    return pairs


def score_unseen(corpus: Corpus, a: Ints, b: Ints) -> pd.DataFrame:
    """Score all clauses of pairs of tasks that were no candidates, by their own evidence only.

    Parameters
    ----------
    corpus : Corpus
    a, b : arrays of int
        Places of the tasks, ``a < b``.

    Returns
    -------
    DataFrame
        As :func:`score_pairs`, ``neighbour_cosine`` and ``group_cosine`` 0.
    """
    clauses = pd.DataFrame({"task": corpus.owners, "clause": np.arange(len(corpus.owners))})
    pairs = pd.DataFrame({"a": a, "b": b})
    pairs = pairs.merge(clauses, left_on="a", right_on="task").merge(clauses, left_on="b", right_on="task")
    scored = score_chosen(corpus, pairs["clause_x"].to_numpy(), pairs["clause_y"].to_numpy())
    windows = window_vectors(corpus)
    scored = scored.merge(_score_tasks(corpus, windows, a, b)).assign(**dict.fromkeys(AROUND, 0.0))
    return scored.assign(probability=_probability(scored, WEIGHTS, BIAS))


def closest_clauses(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep, for each pair of tasks, its most probable pair of clauses; ties go to the first."""
    ranked = pairs.sort_values(
        ["a", "b", "probability", "left", "right"], ascending=[True, True, False, True, True]
    )
    return ranked.drop_duplicates(["a", "b"]).reset_index(drop=True)


def mutual_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs of clauses in which each is the other's closest in the other's task.

    What speaks for two bundled tasks as wholes speaks for the clauses that correspond, not for each
    clause of one with every clause of the other, which would glue the pieces of a bundle together
    (of the drafted families of two tasks the reader held 0.5 right with all pairs, 0.75 with these).
    """
    ranked = pairs.sort_values(["probability", "left", "right"], ascending=[False, True, True])
    closest = ~ranked.duplicated(["left", "b"]) & ~ranked.duplicated(["right", "a"])
    return ranked[closest].sort_index()


def verdicts(pairs: pd.DataFrame, settings: AlignSettings) -> list[str]:
    """Give each pair its verdict: match, review or none; with a conflict never more than review."""
    probable = pairs["probability"] >= settings.match_at
    doubtful = pairs["probability"] >= settings.review_at
    sound = pairs["conflict"] == ""
    return list(np.select([probable & sound, doubtful], ["match", "review"], "none"))
