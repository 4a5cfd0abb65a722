"""What readers said, as the matching takes it: which tasks teach, and for whom.

In: texts and reviewed memberships. Out: :class:`Known`: quoted spans, labels, and which tasks may be
evidence for which plan.
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.align.matching.spans import Spans, read_spans
from compare.align.matching.texts import Texts

__all__ = ["Known", "is_single", "read_known"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
READ_SHARE = 0.5  # share of a locality's tasks that must have been read for it to be learned from


@dataclass(frozen=True)
class Known:
    """What readers said, in the numbering of texts and spans.

    ``decided`` tasks were read completely; those of them that are not ``settled`` were read while
    the rest of their plan was not, and are evidence for other plans only: what a reader answers
    moves nothing else in the plan that is being read.
    """

    spans: Spans
    labels: Bools
    decided: Bools
    settled: Bools
    localities: npt.NDArray[np.object_]

    def unsettled(self, locality: str) -> Ints:
        """Return a locality's tasks that are to be scored."""
        return np.flatnonzero((self.localities == locality) & ~self.settled)

    def rows(self, locality: str) -> Ints:
        """Return all tasks of a locality."""
        return np.flatnonzero(self.localities == locality)

    def reviewed(self, locality: str) -> Ints:
        """Return a locality's settled tasks."""
        return np.flatnonzero((self.localities == locality) & self.settled)

    def others(self, locality: str) -> Ints:
        """Return the settled tasks of the other localities."""
        return np.flatnonzero((self.localities != locality) & self.settled)

    def reference(self, locality: str) -> Ints:
        """Return the tasks through which a locality's are scored."""
        return np.flatnonzero(self.settled | (self.decided & (self.localities != locality)))

    def learned_from(self) -> list[str]:
        """Return the localities that were read: what a reader chose out of a plan is no fair sample."""
        names = sorted(set(self.localities[self.settled]))
        return [n for n in names if self.settled[self.localities == n].mean() >= READ_SHARE]


def is_single(memberships: pd.DataFrame, partly_read: Set[str]) -> pd.Series:
    """Say which rows answer for one family only, and leave the task's others open."""
    return memberships["task_id"].isin(partly_read) | (memberships["match"] == "no")


def read_known(texts: Texts, memberships: pd.DataFrame, partly_read: Set[str], recent: Set[str]) -> Known:
    """Number what readers said by the places of the texts.

    Parameters are those of :func:`compare.align.matching.match_families`.
    """
    spans = read_spans(texts, memberships[~is_single(memberships, partly_read)])
    labels = spans.labels(len(texts.tasks))
    localities = texts.tasks["locality"].to_numpy(dtype=object)
    decided = np.asarray(labels.any(axis=1))
    settled = decided & ~texts.tasks["task_id"].isin(recent).to_numpy()
    return Known(spans, labels, decided, settled, localities)
