"""The alignment: from tasks to pairs, families and memberships, step by step.

In: the tasks table. Out: an :class:`Alignment`, every intermediate kept for inspection. The order of
rows and of localities leaves no trace: everything is put in the order of ``task_id`` first, and ties
are broken by it.
"""

from dataclasses import dataclass, field

import pandas as pd

from compare.align.families import draft_families, families_table
from compare.align.memberships import memberships_table, nearest_table
from compare.align.model import closest_clauses, mutual_pairs, score_pairs, verdicts
from compare.align.settings import AlignSettings
from compare.clauses import split_clauses
from compare.errors import CompareError, SchemaError
from compare.schema import TABLES, check_table
from compare.similarity import Corpus, read_corpus

__all__ = ["Alignment", "align_tasks"]

USED = ["task_id", "locality", "part", "pillar", "text", "leads", "product"]


@dataclass(frozen=True)
class Alignment:
    """Tasks, and what was found out about them.

    Parameters
    ----------
    tasks, clauses, pairs, families, memberships : DataFrame
        The tables of :mod:`compare.schema`; tasks as received, in the order of ``task_id``.
    scores : DataFrame
        Every pair of tasks that was compared, also within a locality, with the ids of the closest
        clauses; ``pairs`` is its part across localities.
    nearest : DataFrame
        One row a family and locality: the task nearest to the family, member or not.
    settings : AlignSettings
        The settings used.
    """

    tasks: pd.DataFrame
    clauses: pd.DataFrame
    pairs: pd.DataFrame
    families: pd.DataFrame
    memberships: pd.DataFrame
    scores: pd.DataFrame
    nearest: pd.DataFrame
    settings: AlignSettings = field(default_factory=AlignSettings)


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


def align_tasks(
    tasks: pd.DataFrame,
    catalogue: object | None = None,
    settings: AlignSettings | None = None,
) -> Alignment:
    """Find out which tasks are the same piece of work.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``part``, ``pillar``, ``text``, ``leads``,
        ``product``.
    catalogue : optional
        Families and reviewed memberships; only None, the cold start, is built yet.
    settings : AlignSettings, optional
        Thresholds; their defaults are measured.

    Returns
    -------
    Alignment

    Raises
    ------
    SchemaError
        A column is missing, or a task_id repeated.
    CompareError
        A catalogue was given.
    """
    if catalogue is not None:
        raise CompareError("catalogue=None wanted: alignment with a catalogue is not built yet")
    settings = settings or AlignSettings()
    tasks = _check_tasks(tasks)
    clauses = split_clauses(tasks)
    corpus = read_corpus(tasks, clauses, settings.fade, settings.n_topics)
    scored = score_pairs(corpus, settings)
    linked = mutual_pairs(scored)
    drafts = draft_families(corpus, linked, settings)
    scores = _name_pairs(corpus, closest_clauses(scored), settings)
    pairs = scores.loc[~scores["same_locality"], list(TABLES["pairs"].columns)]
    return Alignment(
        tasks,
        clauses,
        check_table(pairs, "pairs"),
        families_table(corpus, drafts),
        memberships_table(corpus, linked, drafts, settings),
        scores,
        nearest_table(corpus, linked, drafts),
        settings,
    )
