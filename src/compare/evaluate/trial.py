"""A trial: one locality aligned as if nobody had read it, and what its readers said of it.

In: a draft, its texts, the catalogue. Out: :class:`Trial`, with the families that were given to its
tasks, those that are right, and the pairs that both make with the other localities' tasks. Families
that no other locality has cannot be found, and are not asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.agreement import f1
from compare.align import Alignment
from compare.align.alignment import align_draft
from compare.align.draft import Draft
from compare.align.matching import Texts
from compare.catalogue import Catalogue

__all__ = ["Trial", "indicator", "shares", "try_locality"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_KEY = ["family_id", "task_id"]


def indicator(rows: pd.DataFrame, ids: Sequence[str], families: Sequence[str]) -> Floats:
    """Write rows of task, family (and probability) as a table of tasks and families."""
    values = rows["probability"] if "probability" in rows else pd.Series(1.0, index=rows.index)
    table = pd.DataFrame(0.0, index=list(ids), columns=list(families))
    inside = rows["task_id"].isin(set(ids)) & rows["family_id"].isin(set(families))
    places = table.index.get_indexer(rows.loc[inside, "task_id"])
    table_values: Floats = table.to_numpy(dtype=np.float64, copy=True)
    table_values[places, table.columns.get_indexer(rows.loc[inside, "family_id"])] = values[inside]
    return table_values


def shares(both: float, found: float, right: float) -> tuple[float, float, float]:
    """Compute precision, recall and F1 from counts."""
    precision, recall = both / max(found, 1.0), both / max(right, 1.0)
    return precision, recall, f1(precision, recall)


@dataclass(frozen=True)
class Trial:
    """One locality left out: its tasks, an alignment without its labels, and the truth.

    Parameters
    ----------
    locality : str
    ids : list of str
        Its tasks.
    alignment : Alignment
    families : list of str
        Families that other localities have.
    right : DataFrame
        What readers said of all localities: ``family_id``, ``task_id``, ``match``.
    """

    locality: str
    ids: list[str]
    alignment: Alignment
    families: list[str]
    right: pd.DataFrame

    @property
    def scores(self) -> pd.DataFrame:
        """Every score that the locality's tasks were given."""
        columns = ["task_id", "family_id", "probability", "closest_task_id"]
        if self.alignment.matching is None:
            return pd.DataFrame(columns=columns)
        scores = self.alignment.matching.scores
        return scores.loc[scores["task_id"].isin(self.ids), columns].reset_index(drop=True)

    def tables(self) -> tuple[Bools, Bools, Bools]:
        """Return families given to the tasks, their right ones, and those of the others' tasks."""
        tasks = self.alignment.tasks
        others = tasks.loc[tasks["locality"] != self.locality, "task_id"].tolist()
        found = indicator(self.alignment.memberships[_KEY], self.ids, self.families) > 0
        right = indicator(self.right[_KEY], self.ids, self.families) > 0
        return found, right, indicator(self.right[_KEY], others, self.families) > 0

    def pair_counts(self) -> Floats:
        """Count, for each task, pairs with the others' tasks: both right and found, found, right."""
        found, right, others = self.tables()
        one, other = (table.astype(np.int64) @ others.T.astype(np.int64) > 0 for table in (found, right))
        counts = [(one & other).sum(axis=1), one.sum(axis=1), other.sum(axis=1)]
        return np.stack(counts, axis=1).astype(np.float64)

    def pair_f1(self) -> float:
        """Compute F1 of the pairs with other localities' tasks."""
        return shares(*self.pair_counts().sum(axis=0))[2]


def right_memberships(catalogue: Catalogue) -> pd.DataFrame:
    """Return what readers said of all localities."""
    known = catalogue.memberships
    return known.loc[known["match"] != "no", [*_KEY, "match"]]


def try_locality(draft: Draft, texts: Texts, catalogue: Catalogue, locality: str) -> Trial:
    """Take all that readers said of a locality out of the catalogue, and align it as new."""
    ids = draft.tasks.loc[draft.tasks["locality"] == locality, "task_id"].tolist()
    alignment = align_draft(draft, catalogue.without(ids), texts)
    right = right_memberships(catalogue)
    families = sorted(set(right.loc[~right["task_id"].isin(ids), "family_id"]))
    return Trial(locality, ids, alignment, families, right)
