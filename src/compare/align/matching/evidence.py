"""What speaks for each task and family.

In: texts, spans, the tasks to score, and the reviewed tasks through which they may be scored. Out:
:class:`Evidence`, one number a task, family and feature. Only spans of the reference tasks are looked
at: leaving a locality out of them leaves nothing of its labels in.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from compare.align.matching.bayes import bayes_evidence
from compare.align.matching.kernels import grams_evidence, ridge_spans, ridge_tasks
from compare.align.matching.spans import Spans
from compare.align.matching.texts import Texts
from compare.similarity import blend_cosines

__all__ = ["FEATURES", "Evidence", "read_evidence"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FEATURES = {
    "span_held": "share of the closest span's words that the window holds",
    "spans_ahead": "how far ahead of the best other family over the same words",
    "plan_size": "log of the most members in one plan",
    "task_length": "log of the task's words",
    "grams_rank": "root of the rank by the five n-grams of the task that tell most of the family",
    "words_ahead": "naive Bayes: log share of the family in the best window",
    "ridge_span": "kernel ridge of spans: the best window's score",
    "ridge_task": "kernel ridge of whole tasks",
    "ridge_task_rank": "root of the rank by it",
}


@dataclass(frozen=True)
class Evidence:
    """Evidence for some tasks and families.

    Parameters
    ----------
    rows : array of int
        Places of the tasks.
    reference : array of int
        Places of the reviewed tasks through which they are scored.
    families : array of int
        Numbers of the families that have a reference member.
    values : array, tasks x families x features
    closest : array of int, tasks x families
        Place of the reference member with the closest span.
    """

    rows: Ints
    reference: Ints
    families: Ints
    values: Floats
    closest: Ints


@dataclass(frozen=True)
class _Chosen:
    """The spans of the reference, family after family."""

    spans: Ints
    families: Ints
    starts: Ints
    sizes: Ints
    owners: Ints

    def best(self, values: Floats) -> Floats:
        """Return the largest value of each family's spans."""
        return np.asarray(np.maximum.reduceat(values, self.starts, axis=-1))

    def blocks(self) -> list[slice]:
        """Return where each family's spans stand."""
        return [slice(a, a + n) for a, n in zip(self.starts, self.sizes, strict=True)]


def _choose(spans: Spans, reference: Ints) -> _Chosen:
    chosen = np.flatnonzero(np.isin(spans.owners, reference))
    families, starts, sizes = np.unique(spans.families[chosen], return_index=True, return_counts=True)
    return _Chosen(chosen, families, starts, sizes, spans.owners[chosen])


def rank_roots(values: Floats) -> Floats:
    """Return the root of each value's rank in its row, 0 for the largest."""
    above = (values[..., None, :] > values[..., :, None]).sum(axis=-1)
    return np.asarray(np.sqrt(above))


def _ahead(scores: Floats, starts: Ints, ends: Ints) -> Floats:
    """Compare each family's score with the best other one whose window overlaps."""
    overlap = (starts[None, :] < ends[:, None]) & (starts[:, None] < ends[None, :])
    np.fill_diagonal(overlap, False)
    return np.asarray(scores - np.where(overlap, scores[None, :], 0.0).max(axis=1))


def _contained(texts: Texts, windows: Ints, spans: Spans, chosen: Ints) -> Floats:
    """Compute the share of each span's word weight that each window holds."""
    words = spans.vectors.words[chosen]
    total = np.asarray(words.sum(axis=1), dtype=np.float64).ravel()
    held = np.asarray((texts.window_vectors.words[windows].sign() @ words.T).toarray())
    return held / np.maximum(total, 1e-9)[None, :]


def _strongest(scores: Floats, offsets: Ints) -> Ints:
    """Find each task's strongest window for each family; ties go to the first."""
    ends = [*offsets[1:], len(scores)]
    return np.stack([scores[a:b].argmax(axis=0) + a for a, b in zip(offsets, ends, strict=True)])


def _all_ahead(texts: Texts, scores: Floats, windows: Ints) -> Floats:
    starts, ends = texts.windows.starts[windows], texts.windows.ends[windows]
    return np.stack([_ahead(*row) for row in zip(scores, starts, ends, strict=True)])


def _window_evidence(
    texts: Texts, spans: Spans, chosen: _Chosen, rows: Ints, reference: Ints
) -> tuple[dict[str, Floats], Ints]:
    """Find each family's best window in each task, and compare it with the other families'."""
    windows = np.flatnonzero(np.isin(texts.windows.owners, rows))
    offsets = np.searchsorted(texts.windows.owners[windows], rows)
    vectors, quoted = texts.window_vectors.take(windows), spans.vectors.take(chosen.spans)
    likeness = blend_cosines(vectors, quoted)
    best, numbers = chosen.best(likeness), np.arange(len(chosen.families))
    closest = np.stack([likeness[:, b].argmax(axis=1) + b.start for b in chosen.blocks()], axis=1)
    where = _strongest(best, offsets)
    span = closest[where, numbers]
    values = {"span_held": _contained(texts, windows, spans, chosen.spans)[where, span]}
    values["spans_ahead"] = _all_ahead(texts, best[where, numbers], windows[where])
    shares = bayes_evidence(texts, spans.grams[chosen.spans], chosen.starts, windows, reference)
    values["words_ahead"] = np.maximum.reduceat(shares, offsets, axis=0)
    ridge = np.round(ridge_spans(likeness, quoted, chosen.starts, chosen.sizes), 9)
    values["ridge_span"] = np.maximum.reduceat(ridge, offsets, axis=0)
    return values, chosen.owners[span]


def _most_in_one(labels: npt.NDArray[np.bool_], localities: npt.NDArray[np.object_]) -> Floats:
    """Count, for each family, the members in the plan that has most of them.

    Examples
    --------
    >>> _most_in_one(np.array([[True], [True], [True]]), np.array(["a", "a", "b"], dtype=object)).tolist()
    [2.0]
    """
    counts = [labels[localities == name].sum(axis=0) for name in sorted(set(localities))]
    return np.asarray(np.max(counts, axis=0), dtype=np.float64)


def _task_evidence(
    texts: Texts, spans: Spans, chosen: _Chosen, rows: Ints, reference: Ints
) -> dict[str, Floats]:
    """Compare whole tasks with the members, and describe both sides."""
    lengths = np.array([len(texts.keys[row].split()) for row in rows])
    shape = (len(rows), len(chosen.families))
    telling = grams_evidence(texts, spans.grams[chosen.spans], chosen.starts, rows, reference)
    labels = spans.labels(len(texts.tasks))[np.ix_(reference, chosen.families)]
    ridge = ridge_tasks(texts, rows, reference, labels)
    most = _most_in_one(labels, texts.tasks["locality"].to_numpy(dtype=object)[reference])
    return {
        "plan_size": np.broadcast_to(np.log(most), shape),
        "task_length": np.broadcast_to(np.log(np.maximum(lengths, 1))[:, None], shape),
        "grams_rank": rank_roots(telling),
        "ridge_task": ridge,
        "ridge_task_rank": rank_roots(ridge),
    }


def read_evidence(texts: Texts, spans: Spans, rows: Ints, reference: Ints) -> Evidence:
    """Gather the evidence for tasks and families.

    Parameters
    ----------
    texts : Texts
    spans : Spans
    rows : array of int
        Places of the tasks to score, ascending.
    reference : array of int
        Places of the reviewed tasks through which they are scored, ascending.
    """
    chosen = _choose(spans, reference)
    if not len(rows) or not len(chosen.spans):
        empty = np.zeros((len(rows), 0), dtype=np.int64)
        return Evidence(rows, reference, chosen.families, np.zeros((len(rows), 0, len(FEATURES))), empty)
    values, closest = _window_evidence(texts, spans, chosen, rows, reference)
    values |= _task_evidence(texts, spans, chosen, rows, reference)
    table = np.stack([values[name] for name in FEATURES], axis=-1)
    return Evidence(rows, reference, chosen.families, np.round(table, 9), closest)
