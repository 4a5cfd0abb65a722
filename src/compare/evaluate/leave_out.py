"""Each locality aligned as if it were new, and held against what its readers said.

In: trials. Out: one row a locality, and every score given. All that the readers said of a locality's
tasks was taken out of the catalogue before anything was computed; it comes back only to judge.
Families that no other locality has cannot be found, and do not count against membership, hits and
pairs; B-cubed sees them, as drafts that should stand alone.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from compare.agreement import locality_of
from compare.coverage import coverage_table
from compare.evaluate.metrics import b_cubed, bootstrap_range, count_f1, hit_rate
from compare.evaluate.trial import Trial, indicator, shares

__all__ = ["leave_out"]

Floats = npt.NDArray[np.float64]
_KEY = ["family_id", "task_id"]


def _b_cubed(trial: Trial) -> tuple[float, float, float]:
    tasks, given = trial.alignment.tasks["task_id"].tolist(), trial.alignment.memberships
    found = indicator(given[_KEY], tasks, sorted(set(given["family_id"]))) > 0
    right = indicator(trial.right[_KEY], tasks, sorted(set(trial.right["family_id"]))) > 0
    rows = np.flatnonzero(np.isin(np.array(tasks, dtype=object), trial.ids))
    return b_cubed(found, right, rows)


def _gaps(trial: Trial, min_localities: int) -> tuple[float, float, int]:
    """Compare the gaps of the locality with the right ones, families of enough other localities."""
    right = trial.right.assign(locality=trial.right["task_id"].map(locality_of))
    stated = set(right.loc[right["locality"] == trial.locality, "family_id"])
    others = right[right["locality"] != trial.locality].groupby("family_id")["locality"].nunique()
    asked = set(others.index[others >= min_localities])
    coverage = coverage_table(trial.alignment)
    rows = (coverage["locality"] == trial.locality) & (coverage["status"] == "gap")
    found = set(coverage.loc[rows, "family_id"]) & asked
    gaps = asked - stated
    precision, recall, _ = shares(len(found & gaps), len(found), len(gaps))
    return precision, recall, len(gaps)


def _whole_right(trial: Trial) -> float:
    """Compute the share of right memberships whose match (whole or part) is the reader's."""
    given = trial.alignment.memberships[trial.alignment.memberships["origin"] == "auto"]
    both = given.merge(trial.right, on=_KEY, suffixes=("", "_right"))
    return float((both["match"] == both["match_right"]).mean()) if len(both) else 0.0


def _judge(trial: Trial) -> dict[str, object]:
    found, right, _ = trial.tables()
    scores = indicator(trial.scores, trial.ids, trial.families)
    pairs = shares(*trial.pair_counts().sum(axis=0))
    members = shares(float((found & right).sum()), float(found.sum()), float(right.sum()))
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


def _predictions(trial: Trial) -> pd.DataFrame:
    keys = pd.MultiIndex.from_frame(trial.scores[["task_id", "family_id"]])
    right = pd.MultiIndex.from_frame(trial.right[["task_id", "family_id"]])
    given = trial.alignment.memberships[["task_id", "family_id"]]
    taken = keys.isin(pd.MultiIndex.from_frame(given))
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
    trials: Sequence[Trial], n_samples: int = 500, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge each locality that was aligned as new.

    Parameters
    ----------
    trials : sequence of Trial
        One a locality, of :func:`compare.evaluate.trial.try_locality`.
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
    for trial in trials:
        samples.append(_sampled(trial.pair_counts(), n_samples, rng))
        low, high = bootstrap_range(samples[-1])
        rows.append({**_judge(trial), "pair_f1_low": low, "pair_f1_high": high})
        predictions.append(_predictions(trial))
    judged = pd.DataFrame(rows)
    mean = _mean_row(judged)
    mean[["pair_f1_low", "pair_f1_high"]] = bootstrap_range(np.mean(samples, axis=0))
    return pd.concat([judged, mean], ignore_index=True), pd.concat(predictions, ignore_index=True)
