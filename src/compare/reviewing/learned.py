"""What a review rests on: tasks compared with each other, and what the catalogue taught.

In: the tasks, the catalogue and the file of decisions. Out: :class:`Learned`. This takes some ten
seconds and is done once; a session then aligns anew in a fraction of a second after a few answers.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compare.align import Alignment
from compare.align.alignment import Tell, align_draft, say_nothing
from compare.align.draft import Draft, read_draft
from compare.align.matching import Texts
from compare.catalogue import Catalogue
from compare.decisions import apply_decisions
from compare.reviewing.log import read_log

__all__ = ["Learned", "learn_tasks"]


@dataclass(frozen=True)
class Learned:
    """Tasks compared with each other, and what the catalogue taught: read once, aligned often."""

    draft: Draft
    texts: Texts | None
    first: Alignment

    def align(self, catalogue: Catalogue) -> Alignment:
        """Align with a catalogue; what a small one could not teach is tried anew."""
        if catalogue is self.first.catalogue:
            return self.first
        like = self.first.matching
        return align_draft(self.draft, catalogue, self.texts, like if like and like.first else None)


def learn_tasks(
    tasks: pd.DataFrame, catalogue: Catalogue, path: str | Path, tell: Tell = say_nothing
) -> Learned:
    """Compare tasks with each other and learn from the catalogue and the decisions so far.

    ``tell`` is called as in :func:`compare.align_tasks`.

    Raises
    ------
    CatalogueError
        A line of the decisions at ``path`` does not fit; the file need not exist.
    """
    tell("compare", 0, 4)
    draft = read_draft(tasks)
    tell("read", 1, 4)
    texts, log = draft.read_texts(), read_log(Path(path), catalogue, draft.tasks)
    tell("match", 2, 4)
    first = align_draft(draft, apply_decisions(catalogue, log.judged), texts)
    tell("ask", 3, 4)
    return Learned(draft, texts, first)
