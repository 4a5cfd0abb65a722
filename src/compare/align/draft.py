"""What the tasks say about each other, before any family: the first half of every alignment.

In: the tasks table. Out: a :class:`Draft`: clauses, scored pairs of clauses, scored pairs of tasks.
The catalogue changes nothing here, so that one draft serves every catalogue.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from compare.align.matching import Texts, read_texts
from compare.align.model import closest_clauses, mutual_pairs, score_pairs, score_unseen, verdicts
from compare.align.settings import AlignSettings
from compare.clauses import split_clauses
from compare.errors import SchemaError
from compare.similarity import Corpus, read_corpus

__all__ = ["Draft", "add_scores", "one_thread", "read_draft"]

USED = ["task_id", "locality", "part", "pillar", "text", "leads", "product"]


def one_thread() -> AbstractContextManager[object]:
    """Keep the linear algebra to one thread.

    The matrices are small, and threads wait for each other most of the time: on a busy machine of 2
    cores a cold start of the five plans took 8.4 s with them and 1.4 s without. Their number would
    also show in the last digits.
    """
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


@dataclass(frozen=True)
class Draft:
    """Tasks and clauses in the order of their ids, and what their texts say about each other.

    Parameters
    ----------
    tasks, clauses : DataFrame
    corpus : Corpus
    linked : DataFrame
        Pairs of clauses, each the other's closest in the other's task.
    scores : DataFrame
        Pairs of tasks that were compared, with the ids of the closest clauses.
    settings : AlignSettings
    """

    tasks: pd.DataFrame
    clauses: pd.DataFrame
    corpus: Corpus
    linked: pd.DataFrame
    scores: pd.DataFrame
    settings: AlignSettings

    def read_texts(self) -> Texts | None:
        """Read the tasks for matching with families."""
        with one_thread():
            return read_texts(self.tasks)


def _check_tasks(tasks: pd.DataFrame) -> pd.DataFrame:
    if missing := [c for c in USED if c not in tasks.columns]:
        raise SchemaError(f"table 'tasks': columns {USED} wanted, missing {missing}")
    if (repeated := tasks["task_id"].duplicated()).any():
        found = tasks.loc[repeated, "task_id"].head(3).tolist()
        raise SchemaError(f"table 'tasks': key task_id is repeated: {found}")
    return tasks.sort_values("task_id", kind="stable").reset_index(drop=True)


def _name_pairs(corpus: Corpus, closest: pd.DataFrame, settings: AlignSettings) -> pd.DataFrame:
    """Give pairs of tasks their ids and verdicts."""
    tasks, clauses = corpus.tasks, corpus.clauses["clause_id"].to_numpy()
    ids, places = tasks["task_id"].to_numpy(), tasks["locality"].to_numpy()
    a, b = closest["a"].to_numpy(), closest["b"].to_numpy()
    return closest.assign(
        task_a=ids[a],
        task_b=ids[b],
        clause_a=clauses[closest["left"].to_numpy()],
        clause_b=clauses[closest["right"].to_numpy()],
        same_locality=places[a] == places[b],
        verdict=verdicts(closest, settings),
    ).drop(columns=["a", "b", "left", "right"])


def read_draft(tasks: pd.DataFrame, settings: AlignSettings | None = None) -> Draft:
    """Compare all tasks with each other.

    Raises
    ------
    SchemaError
        A column is missing, or a task_id repeated.
    """
    settings = settings or AlignSettings()
    tasks = _check_tasks(tasks)
    clauses = split_clauses(tasks)
    with one_thread():
        corpus = read_corpus(tasks, clauses, settings.fade, settings.n_topics)
        scored = score_pairs(corpus, settings)
    scores = _name_pairs(corpus, closest_clauses(scored), settings)
    return Draft(tasks, clauses, corpus, mutual_pairs(scored), scores, settings)


def add_scores(draft: Draft, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the draft's scores with pairs of tasks added that were too unlike to be compared.

    Parameters
    ----------
    draft : Draft
    pairs : DataFrame
        ``task_a``, ``task_b``, the smaller id first.
    """
    known = pd.MultiIndex.from_frame(draft.scores[["task_a", "task_b"]])
    unseen = pairs[~pd.MultiIndex.from_frame(pairs[["task_a", "task_b"]]).isin(known)]
    if unseen.empty:
        return draft.scores
    ids = draft.tasks["task_id"].to_numpy(dtype=object)
    a, b = (np.searchsorted(ids, unseen[column].to_numpy(dtype=object)) for column in ("task_a", "task_b"))
    scored = closest_clauses(score_unseen(draft.corpus, a, b))
    added = _name_pairs(draft.corpus, scored, draft.settings)[draft.scores.columns]
    both = pd.concat([draft.scores, added]).sort_values(["task_a", "task_b"])
    return both.reset_index(drop=True)
