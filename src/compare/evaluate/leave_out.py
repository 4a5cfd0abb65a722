"""Each locality aligned as if it were new, and held against what its readers said.

In: a draft, its texts, the catalogue. Out: one row a locality, and every score given. All that the
readers said of a locality's tasks is taken out of the catalogue before anything is computed; what
readers said comes back only to judge. Families that no other locality has cannot be found, and do
not count against membership, hits and pairs; B-cubed sees them, as drafts that should stand alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.agreement import f1
from compare.align import Alignment
from compare.align.alignment import align_draft
from compare.align.catalogued import known_memberships
from compare.align.draft import Draft
from compare.align.matching import Texts, match_families
from compare.catalogue import Catalogue
from compare.coverage import coverage_table
from compare.evaluate.metrics import b_cubed, bootstrap_range, count_f1, hit_rate

__all__ = ["leave_out"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_KEY = ["family_id", "task_id"]


@dataclass(frozen=True)
class _Trial:
    """One locality left out: its tasks, the alignment without its labels, scores, and the truth."""

    locality: str
    ids: list[str]
    alignment: Alignment
    scores: pd.DataFrame
    families: list[str]
    right: pd.DataFrame


def _try(draft: Draft, texts: Texts, catalogue: Catalogue, locality: str) -> _Trial:
    ids = draft.tasks.loc[draft.tasks["locality"] == locality, "task_id"].tolist()
    others = catalogue.without(ids)
    alignment = align_draft(draft, others, texts)
    matching = match_families(texts, known_memberships(draft.tasks, others))
    columns = ["task_id", "family_id", "probability", "closest_task_id"]
    scores = matching.scores if matching else pd.DataFrame(columns=columns)
    scores = scores.loc[scores["task_id"].isin(ids), columns].reset_index(drop=True)
    known = catalogue.memberships
    right = known.loc[known["match"] != "no", [*_KEY, "match"]]
    families = sorted(set(right.loc[~right["task_id"].isin(ids), "family_id"]))
    return _Trial(locality, ids, alignment, scores, families, right)


def _table(rows: pd.DataFrame, ids: Sequence[str], families: Sequence[str]) -> Floats:
    """Write rows of task, family (and probability) as a table of tasks and families."""
    values = rows["probability"] if "probability" in rows else pd.Series(1.0, index=rows.index)
    table = pd.DataFrame(0.0, index=list(ids), columns=list(families))
    inside = rows["task_id"].isin(set(ids)) & rows["family_id"].isin(set(families))
    places = table.index.get_indexer(rows.loc[inside, "task_id"])
    table_values: Floats = table.to_numpy(dtype=np.float64, copy=True)
    table_values[places, table.columns.get_indexer(rows.loc[inside, "family_id"])] = values[inside]
    return table_values


def _shares(both: float, found: float, right: float) -> tuple[float, float, float]:
    precision, recall = both / max(found, 1.0), both / max(right, 1.0)
    return precision, recall, f1(precision, recall)


def _tables(trial: _Trial) -> tuple[Bools, Bools, Bools]:
    """Return families given to the tasks, their right ones, and those of the other localities' tasks."""
    given = trial.alignment.memberships[trial.alignment.memberships["origin"] == "auto"]
    tasks = trial.alignment.tasks
    others = tasks.loc[tasks["locality"] != trial.locality, "task_id"].tolist()
    found = _table(given[_KEY], trial.ids, trial.families) > 0
    right = _table(trial.right[_KEY], trial.ids, trial.families) > 0
    return found, right, _table(trial.right[_KEY], others, trial.families) > 0


def _pair_counts(trial: _Trial) -> Floats:
    """Count, for each task, pairs with other localities' tasks: both right and found, found, right."""
    found, right, others = _tables(trial)
    one, other = (table.astype(np.int64) @ others.T.astype(np.int64) > 0 for table in (found, right))
    counts = [(one & other).sum(axis=1), one.sum(axis=1), other.sum(axis=1)]
    return np.stack(counts, axis=1).astype(np.float64)


def _b_cubed(trial: _Trial) -> tuple[float, float, float]:
    tasks, given = trial.alignment.tasks["task_id"].tolist(), trial.alignment.memberships
    found = _table(given[_KEY], tasks, sorted(set(given["family_id"]))) > 0
    right = _table(trial.right[_KEY], tasks, sorted(set(trial.right["family_id"]))) > 0
    rows = np.flatnonzero(np.isin(np.array(tasks, dtype=object), trial.ids))
    return b_cubed(found, right, rows)


def _gaps(trial: _Trial, min_localities: int) -> tuple[float, float, int]:
    """Compare the gaps of the locality with the right ones, families of enough other localities."""
    right = trial.right.assign(locality=trial.right["task_id"].str.partition("/")[0])
    stated = set(right.loc[right["locality"] == trial.locality, "family_id"])
    others = right[right["locality"] != trial.locality].groupby("family_id")["locality"].nunique()
    asked = set(others.index[others >= min_localities])
    coverage = coverage_table(trial.alignment)
    rows = (coverage["locality"] == trial.locality) & (coverage["status"] == "gap")
    found = set(coverage.loc[rows, "family_id"]) & asked
    gaps = asked - stated
    precision, recall, _ = _shares(len(found & gaps), len(found), len(gaps))
    return precision, recall, len(gaps)


def _whole_right(trial: _Trial) -> float:
    """Compute the share of right memberships whose match (whole or part) is the reader's."""
    given = trial.alignment.memberships[trial.alignment.memberships["origin"] == "auto"]
    both = given.merge(trial.right, on=_KEY, suffixes=("", "_right"))
    return float((both["match"] == both["match_right"]).mean()) if len(both) else 0.0


def _judge(trial: _Trial) -> dict[str, object]:
    found, right, _ = _tables(trial)
    scores = _table(trial.scores, trial.ids, trial.families)
    pairs = _shares(*_pair_counts(trial).sum(axis=0))
    members = _shares(float((found & right).sum()), float(found.sum()), float(right.sum()))
    groups, gaps, gaps_2 = _b_cubed(trial), _gaps(trial, 1), _gaps(trial, 2)
    named = zip(("precision", "recall", "f1"), pairs, members, groups, strict=True)
    row: dict[str, object] = {"locality": trial.locality, "n_tasks": len(trial.ids)}
    row["threshold"] = trial.alignment.settings.member_at
    for name, pair, member, group in named:
        row |= {f"pair_{name}": pair, f"member_{name}": member, f"b_cubed_{name}": group}
    row |= {f"top_{n}": hit_rate(scores, right, n) for n in (1, 3)}
    row |= {"gap_precision": gaps[0], "gap_recall": gaps[1], "n_gaps": gaps[2]}
    row |= {"gap_2_precision": gaps_2[0], "gap_2_recall": gaps_2[1], "n_gaps_2": gaps_2[2]}
    return row | {"match_right": _whole_right(trial)}


def _predictions(trial: _Trial) -> pd.DataFrame:
    keys = pd.MultiIndex.from_frame(trial.scores[["task_id", "family_id"]])
    right = pd.MultiIndex.from_frame(trial.right[["task_id", "family_id"]])
    taken = trial.scores["probability"] >= (trial.alignment.settings.member_at or 1.0)
    table = trial.scores.assign(locality=trial.locality, taken=taken, right=keys.isin(right))
    return table[["locality", *trial.scores.columns, "taken", "right"]]


def _sampled(counts: Floats, n_samples: int, rng: np.random.Generator) -> Floats:
    """Compute F1 of pairs for samples of the locality's tasks, drawn with replacement."""
    drawn = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=n_samples)
    sums = drawn @ counts
    return count_f1(sums[:, 0], sums[:, 1], sums[:, 2])


def _mean_row(table: pd.DataFrame) -> pd.DataFrame:
    mean = table.drop(columns="locality").mean().to_frame().T.assign(locality="mean")
    totals = [c for c in table.columns if c.startswith("n_")]
    mean[totals] = table[totals].sum().to_numpy()[None, :]
    return mean[table.columns].astype({c: "int64" for c in totals})


def leave_out(
    draft: Draft, texts: Texts, catalogue: Catalogue, n_samples: int = 500, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave each locality out in turn, align it as new, and judge.

    Parameters
    ----------
    draft : Draft
    texts : Texts
        The draft's.
    catalogue : Catalogue
    n_samples, seed : int
        Of the bootstrap over the locality's tasks.

    Returns
    -------
    judged : DataFrame
        One row a locality, and the row *mean* (``n_`` columns: sum): ``pair_*`` (pairs with other
        localities' tasks that share a family, with the 95 % range of F1), ``member_*``,
        ``b_cubed_*``, ``top_1``, ``top_3`` (of tasks that have a family to find), ``gap_*``
        (families of one other locality or more), ``gap_2_*`` (of two or more, as reports list
        them), ``match_right`` (share of right memberships with the reader's whole or part).
    predictions : DataFrame
        One row a task and family: ``locality``, ``task_id``, ``family_id``, ``probability``,
        ``closest_task_id``, ``taken``, ``right``.
    """
    rng = np.random.default_rng(seed)
    rows, samples, predictions = [], [], []
    for locality in sorted(set(draft.tasks["locality"])):
        trial = _try(draft, texts, catalogue, locality)
        samples.append(_sampled(_pair_counts(trial), n_samples, rng))
        low, high = bootstrap_range(samples[-1])
        rows.append({**_judge(trial), "pair_f1_low": low, "pair_f1_high": high})
        predictions.append(_predictions(trial))
    judged = pd.DataFrame(rows)
    mean = _mean_row(judged)
    mean[["pair_f1_low", "pair_f1_high"]] = bootstrap_range(np.mean(samples, axis=0))
    return pd.concat([judged, mean], ignore_index=True), pd.concat(predictions, ignore_index=True)
