"""The catalogue's evidence: the words for which each member is in its family.

In: texts and reviewed memberships. Out: spans, one a membership *whole* or *part*. The span of a
*part* is what the reader quoted in the note; of a *whole*, and of a note without a quote, all of the
task. Quotes are read as they stand: they are the members' own words, not a description.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from compare.align.matching.keys import match_key
from compare.align.matching.texts import Texts
from compare.similarity import Vectors

__all__ = ["Spans", "quoted_words", "read_spans"]

Ints = npt.NDArray[np.int64]
MIN_WORDS = 3
_QUOTE = re.compile(r'[“"]([^“”"]+)[”"]')
_GAP = re.compile(r"\.\.\.|…")


@dataclass(frozen=True)
class Spans:
    """Spans in the order of family and task; families are numbered in the order of their ids."""

    family_ids: tuple[str, ...]
    families: Ints
    owners: Ints
    whole: npt.NDArray[np.bool_]
    n_words: Ints
    vectors: Vectors
    grams: csr_matrix

    def labels(self, n_tasks: int) -> npt.NDArray[np.bool_]:
        """Return which task is in which family."""
        table = np.zeros((n_tasks, len(self.family_ids)), dtype=bool)
        table[self.owners, self.families] = True
        return table


def quoted_words(note: str) -> str:
    """Return what a note quotes, without the marks of omission; an unquoted note is empty.

    Examples
    --------
    >>> quoted_words("“tiếp cận … vốn” — tín dụng là việc thứ hai; “vay ưu đãi”")
    'tiếp cận vốn vay ưu đãi'
    """
    return " ".join(_GAP.sub(" ", " ".join(_QUOTE.findall(note))).split())


def _span_key(match: str, note: str, whole: str) -> str:
    quoted = match_key(quoted_words(note)) if match == "part" else ""
    return quoted if len(quoted.split()) >= MIN_WORDS else whole


def read_spans(texts: Texts, memberships: pd.DataFrame) -> Spans:
    """Read the spans of reviewed memberships.

    Parameters
    ----------
    texts : Texts
    memberships : DataFrame
        Columns used: ``family_id``, ``task_id``, ``match`` (whole or part), ``note``; only tasks
        of ``texts``.
    """
    members = memberships.sort_values(["family_id", "task_id"], kind="stable")
    ids = sorted(set(members["family_id"]))
    owners = texts.places(members["task_id"])
    rows = zip(members["match"], members["note"], owners, strict=True)
    keys = [_span_key(match, note, texts.keys[owner]) for match, note, owner in rows]
    return Spans(
        tuple(ids),
        np.searchsorted(ids, members["family_id"].to_numpy(dtype=str)).astype(np.int64),
        owners,
        (members["match"] == "whole").to_numpy(),
        np.array([len(key.split()) for key in keys], dtype=np.int64),
        texts.space.vectors(keys),
        csr_matrix(texts.counter.transform(keys)),
    )
