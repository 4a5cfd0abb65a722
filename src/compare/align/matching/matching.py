"""Tasks meet families: learning on the catalogue, and scoring.

In: texts and the catalogue. Out: a :class:`Matching`, every task and family scored. Tasks that a
reader has decided are scored too, as if their locality were new, so that a decision can be held
against what the others' would suggest; the score never changes the decision.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.align.matching.evidence import FEATURES, Evidence, read_evidence
from compare.align.matching.known import Known, is_single, read_known
from compare.align.matching.model import Logistic, best_threshold, fit_across
from compare.align.matching.second_look import SECOND_FEATURES, companion_shares, second_look
from compare.align.matching.texts import Texts
from compare.align.settings import PENALTIES

__all__ = ["Matching", "match_families"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
NAMES = tuple(FEATURES)
_KEY = ["task_id", "family_id"]
SECOND_NAMES = (*SECOND_FEATURES, *FEATURES)


@dataclass(frozen=True)
class Matching:
    """Tasks scored for families.

    Parameters
    ----------
    scores : DataFrame
        One row a task and family: ``task_id``, ``family_id``, ``probability``,
        ``closest_task_id`` (the reviewed member whose span is closest), ``decided`` (a reader has
        read the task, or denied this family), and the features. Only families with a member in
        another locality are there for a decided task.
    threshold : float
        Probability from which a task is taken into a family, learned on the catalogue.
    first, second : Logistic or None
        The two regressions; None where there was too little to learn from.
    """

    scores: pd.DataFrame
    threshold: float
    first: Logistic | None
    second: Logistic | None

    def contributions(self, scores: pd.DataFrame) -> pd.DataFrame:
        """Compute what each feature adds to the log-odds of some rows of ``scores``.

        Returns
        -------
        DataFrame
            One column a feature, and ``bias``; each row sums to the log-odds. The first look's
            part is shared out among its own features.
        """
        if self.first is None or self.second is None:
            return pd.DataFrame({"bias": 0.0}, index=scores.index)
        first = self.first.contributions(scores[list(NAMES)].to_numpy(dtype=np.float64))
        second = self.second.contributions(scores[list(SECOND_NAMES)].to_numpy(dtype=np.float64))
        share = self.second.weights[0] / self.second.scales[0]
        table = pd.DataFrame(second[:, 1:], columns=list(SECOND_NAMES[1:]), index=scores.index)
        table[list(NAMES)] += share * first
        for name in [check for check in PENALTIES if check in scores and scores[check].any()]:
            table[name] = -PENALTIES[name] * scores[name]
        table["bias"] = self.second.bias + share * (self.first.bias - self.second.means[0])
        return table


def _spread(evidence: Evidence, values: Floats, n_families: int) -> Floats:
    """Write values of the evidence's families into a table of all families, 0 elsewhere."""
    table = np.zeros((len(evidence.rows), n_families))
    table[:, evidence.families] = values
    return table


def _sigmoid(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _look_again(texts: Texts, known: Known, evidence: Evidence, first: Floats, rows: Ints) -> Floats:
    """Add the second look's features; ``rows`` are the plan's tasks, settled ones included."""
    reference = evidence.reference
    table = (known.labels[rows] & known.settled[rows, None]).astype(np.float64)
    scored = np.searchsorted(rows, evidence.rows)
    table[scored] = _spread(evidence, _sigmoid(first), len(known.spans.family_ids))
    more = second_look(texts, rows, table, companion_shares(known.labels[reference]))
    more = more[scored][:, evidence.families]
    return np.concatenate([first[..., None], more, evidence.values], axis=-1)


def _labels_of(known: Known, evidence: Evidence) -> Bools:
    return known.labels[np.ix_(evidence.rows, evidence.families)]


@dataclass(frozen=True)
class _Learned:
    """The regressions, the threshold, and each reviewed locality judged without it."""

    first: Logistic
    second: Logistic
    threshold: float
    judged: Mapping[str, tuple[Evidence, Floats, Floats]]


def _learn(texts: Texts, known: Known) -> _Learned | None:
    """Learn on the reviewed tasks; None where no two localities share a family."""
    names = known.learned_from()
    found = {n: read_evidence(texts, known.spans, known.reviewed(n), known.others(n)) for n in names}
    found = {name: evidence for name, evidence in found.items() if len(evidence.families)}
    if not any(_labels_of(known, evidence).any() for evidence in found.values()):
        return None
    labels = {name: _labels_of(known, evidence) for name, evidence in found.items()}
    first, odds = fit_across(NAMES, {n: (found[n].values, labels[n]) for n in found})
    designs = {n: _look_again(texts, known, found[n], odds[n], found[n].rows) for n in found}
    second, odds = fit_across(SECOND_NAMES, {n: (designs[n], labels[n]) for n in found})
    probabilities = {n: np.round(_sigmoid(odds[n]), 9) for n in found}
    judged = [
        (probabilities[n], labels[n], known.labels[np.ix_(found[n].reference, found[n].families)])
        for n in found
    ]
    kept = {n: (found[n], designs[n], probabilities[n]) for n in found}
    return _Learned(first, second, best_threshold(judged), kept)


def _score_new(texts: Texts, known: Known, learned: Matching, locality: str) -> list[pd.DataFrame]:
    """Score a locality's unsettled tasks through the reviewed members, its own settled ones included."""
    rows, unsettled = known.rows(locality), known.unsettled(locality)
    if not len(unsettled) or learned.first is None or learned.second is None:
        return []
    evidence = read_evidence(texts, known.spans, unsettled, known.reference(locality))
    first = learned.first.log_odds(evidence.values)
    design = _look_again(texts, known, evidence, first, rows)
    return [_table(texts, known, evidence, design, learned.second.probabilities(design))]


def _table(
    texts: Texts, known: Known, evidence: Evidence, design: Floats, probabilities: Floats
) -> pd.DataFrame:
    """Write scores as a table, one row a task and family."""
    ids = texts.tasks["task_id"].to_numpy()
    families = np.array(known.spans.family_ids)[evidence.families]
    n_rows, n_families = probabilities.shape
    head = pd.DataFrame(
        {
            "task_id": np.repeat(ids[evidence.rows], n_families),
            "family_id": np.tile(families, n_rows),
            "probability": probabilities.ravel(),
            "closest_task_id": ids[evidence.closest.ravel()],
            "decided": np.repeat(known.decided[evidence.rows], n_families),
        }
    )
    features = design.reshape(-1, len(SECOND_NAMES))
    return pd.concat([head, pd.DataFrame(features, columns=list(SECOND_NAMES))], axis=1)


def _answered(scores: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Write 1 and 0 where a reader has answered, whatever the score."""
    given = answers.set_index(_KEY)["match"] != "no"
    found = given.reindex(pd.MultiIndex.from_frame(scores[_KEY])).to_numpy(dtype=np.float64)
    answered = ~np.isnan(found)
    probability = np.where(answered, found, scores["probability"])
    return scores.assign(probability=probability, decided=scores["decided"] | answered)


def match_families(
    texts: Texts,
    memberships: pd.DataFrame,
    partly_read: Set[str] = frozenset(),
    recent: Set[str] = frozenset(),
    like: Matching | None = None,
) -> Matching | None:
    """Score tasks for families through the families' reviewed members.

    Parameters
    ----------
    texts : Texts
    memberships : DataFrame
        Reviewed memberships: ``family_id``, ``task_id``, ``match``, ``note``; only tasks of
        ``texts``.
    partly_read : set of str
        Tasks of which only some families were asked: what was answered stands, other families are
        scored, and the task is no evidence for others.
    recent : set of str
        Tasks that were read while the rest of their plan was not: evidence for other plans only.
    like : Matching, optional
        Regressions and threshold are taken from it instead of learned; decided tasks are not
        scored then.

    Returns
    -------
    Matching or None
        None where there is nothing to learn from: no task was read completely, or the catalogue
        knows no family that two localities share.

    Notes
    -----
    No title, description or other word of the catalogue is read but the quotes of the members
    given. Leaving a locality's memberships out leaves nothing of its labels in.
    """
    if is_single(memberships, partly_read).all():
        return None
    known = read_known(texts, memberships, partly_read, recent)
    tables: list[pd.DataFrame] = []
    if like is None:
        learned = _learn(texts, known)
        if learned is None:
            return None
        tables = [_table(texts, known, *learned.judged[name]) for name in learned.judged]
        like = Matching(pd.DataFrame(), learned.threshold, learned.first, learned.second)
    for locality in sorted(set(known.localities)):
        tables += _score_new(texts, known, like, locality)
    scores = pd.concat(tables or [like.scores.head(0)]).sort_values(_KEY).reset_index(drop=True)
    answers = memberships[is_single(memberships, partly_read)]
    return replace(like, scores=_answered(scores, answers))
