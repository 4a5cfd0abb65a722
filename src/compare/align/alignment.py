"""The alignment: from tasks to pairs, families and memberships, step by step.

In: the tasks table, and the catalogue if there is one. Out: an :class:`Alignment`, every intermediate
kept for inspection. The order of rows and of localities leaves no trace: everything is put in the
order of ``task_id`` first, and ties are broken by it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from compare.align.catalogued import align_with
from compare.align.draft import Draft, one_thread, read_draft
from compare.align.families import draft_families, families_table
from compare.align.matching import Matching, Texts
from compare.align.memberships import memberships_table, nearest_table
from compare.align.settings import AlignSettings
from compare.catalogue import Catalogue, empty_catalogue
from compare.decisions import apply_decisions, judge_decisions
from compare.errors import CompareError
from compare.schema import TABLES, check_table

__all__ = ["Alignment", "Tell", "align_draft", "align_tasks", "say_nothing"]

Tell = Callable[[str, int, int], None]  # the step that begins, how many are done, of how many


def say_nothing(step: str, done: int, of: int) -> None:
    """Tell nobody how far something has come."""


@dataclass(frozen=True)
class Alignment:
    """Tasks, and what was found out about them.

    Parameters
    ----------
    tasks, clauses, pairs, families, memberships : DataFrame
        The tables of :mod:`compare.schema`; tasks as received, in the order of ``task_id``.
    scores : DataFrame
        Every pair of tasks that was compared, also within a locality, with the ids of the closest
        clauses and the probability that their texts give; ``pairs`` is its part across localities.
    nearest : DataFrame
        One row a family and locality: the task nearest to the family, member or not (with a
        catalogue: not), and whether a reader has decided about it.
    settings : AlignSettings
        The settings used.
    matching : Matching or None
        Every task and family of the catalogue scored; None without a catalogue.
    catalogue : Catalogue or None
        The catalogue, with the decisions that stand in it.
    """

    tasks: pd.DataFrame
    clauses: pd.DataFrame
    pairs: pd.DataFrame
    families: pd.DataFrame
    memberships: pd.DataFrame
    scores: pd.DataFrame
    nearest: pd.DataFrame
    settings: AlignSettings = field(default_factory=AlignSettings)
    matching: Matching | None = None
    catalogue: Catalogue | None = None


def _cold_start(draft: Draft) -> Alignment:
    corpus, linked, settings = draft.corpus, draft.linked, draft.settings
    drafts = draft_families(corpus, linked, settings)
    pairs = draft.scores.loc[~draft.scores["same_locality"], list(TABLES["pairs"].columns)]
    return Alignment(
        draft.tasks,
        draft.clauses,
        check_table(pairs, "pairs"),
        families_table(corpus, drafts),
        memberships_table(corpus, linked, drafts, settings),
        draft.scores,
        nearest_table(corpus, linked, drafts).assign(decided=False),
        settings,
    )


def align_draft(
    draft: Draft,
    catalogue: Catalogue | None = None,
    texts: Texts | None = None,
    like: Matching | None = None,
) -> Alignment:
    """Align tasks that have been compared with each other already.

    Parameters
    ----------
    draft : Draft
        Of :func:`compare.align.draft.read_draft`.
    catalogue : Catalogue, optional
    texts : Texts, optional
        Of ``draft.read_texts()``, to read the texts only once for several catalogues.
    like : Matching, optional
        Of an earlier alignment: what it learned is taken over, which is fast.
    """
    if catalogue is None:
        return _cold_start(draft)
    with one_thread():
        tables, matching, settings = align_with(draft, catalogue, texts or draft.read_texts(), like)
    return Alignment(
        tasks=draft.tasks,
        clauses=draft.clauses,
        settings=settings,
        matching=matching,
        catalogue=catalogue,
        **tables,
    )


def _decided(catalogue: Catalogue | None, decisions: pd.DataFrame, tasks: pd.DataFrame) -> Catalogue:
    """Put decisions into the catalogue, or into an empty one."""
    base = empty_catalogue() if catalogue is None else catalogue
    return apply_decisions(base, judge_decisions(decisions, base, tasks))


def align_tasks(
    tasks: pd.DataFrame,
    catalogue: Catalogue | None = None,
    decisions: pd.DataFrame | None = None,
    settings: AlignSettings | None = None,
    tell: Tell = say_nothing,
) -> Alignment:
    """Find out which tasks are the same piece of work.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``part``, ``pillar``, ``text``, ``leads``,
        ``product``.
    catalogue : Catalogue, optional
        Families and reviewed memberships; without it, families are drafted by the cold start.
    decisions : DataFrame, optional
        Of :func:`compare.read_decisions`; those that stand win over every score.
    settings : AlignSettings, optional
        Thresholds; their defaults are measured.
    tell : callable, optional
        Called as each step begins with its name, how many are done, and of how many; see
        :func:`compare.show_progress`.

    Returns
    -------
    Alignment
        With a catalogue, its memberships are *reviewed* with probability 1; every task without any
        is matched to its families (*auto*), and drafted into a new family where none fits.

    Raises
    ------
    SchemaError
        A column is missing, or a task_id repeated.
    CatalogueError
        The catalogue knows a task that its locality's document does not have.
    CompareError
        ``catalogue`` is no catalogue.

    Notes
    -----
    Pairs that share a family of the catalogue match, with probability 1 where a reader put both
    tasks there; pairs of tasks that readers put into different families do not match. Else pairs
    keep their verdict by the texts. Families whose members are all of localities that ``tasks`` does
    not hold are left out: nothing here could be compared with them.
    """
    if catalogue is not None and not isinstance(catalogue, Catalogue):
        raise CompareError(
            f"catalogue: a Catalogue wanted (compare.read_catalogue), found {type(catalogue).__name__}"
        )
    decided = decisions is not None and not decisions.empty
    n_steps = 2 if catalogue is None and not decided else 3
    tell("compare", 0, n_steps)
    draft, texts = read_draft(tasks, settings), None
    if decisions is not None and decided:
        catalogue = _decided(catalogue, decisions, draft.tasks)
    if catalogue is not None:
        tell("read", 1, n_steps)
        texts = draft.read_texts()
    tell("draft" if catalogue is None else "match", n_steps - 1, n_steps)
    alignment = align_draft(draft, catalogue, texts)
    tell("done", n_steps, n_steps)
    return alignment
