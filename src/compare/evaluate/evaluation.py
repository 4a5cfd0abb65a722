"""The evaluation: all measurements in one go, and how they are written.

In: tasks and catalogue. Out: a dict of tables, and a text for a terminal or a report.
"""

from collections.abc import Mapping

import pandas as pd

from compare.agreement import shared_pairs, task_pairs
from compare.align.alignment import align_draft
from compare.align.draft import read_draft
from compare.align.settings import AlignSettings
from compare.catalogue import Catalogue
from compare.errors import CatalogueError, accepted
from compare.evaluate.cold_start import compare_methods
from compare.evaluate.leave_out import leave_out
from compare.evaluate.metrics import calibration_error, reliability
from compare.evaluate.queue_gain import queue_gain
from compare.evaluate.trial import try_locality

__all__ = ["TABLE_NAMES", "evaluate_alignment", "evaluation_text"]

N_SAMPLES = 500
N_ORDERS = 3  # random orders beside the review queue
# Below it a family is out of the question; nearly all of a task's families are. Counting them would
# make any calibration look perfect.
IN_QUESTION = 0.05
TABLE_NAMES = ("cold_start", "left_out", "calibration", "queue", "summary", "predictions")


def _check(tasks: pd.DataFrame, catalogue: Catalogue) -> None:
    read = set(catalogue.memberships.loc[catalogue.memberships["match"] != "no", "task_id"])
    if unread := sorted(set(tasks["task_id"]) - read):
        raise CatalogueError(
            f"evaluation: tasks that a reviewer put into families wanted, {len(unread)} without, "
            f"first {unread[0]!r}; keep only localities that are read completely"
        )
    if (n := tasks["locality"].nunique()) < 3:
        raise CatalogueError(f"evaluation: three localities or more wanted, found {n}")


def _bins(asked: pd.DataFrame) -> pd.DataFrame:
    table = reliability(asked["probability"].to_numpy(), asked["right"].to_numpy())
    names = [f"{low:.1f}-{high:.1f}" for low, high in zip(table["low"], table["high"], strict=True)]
    return table.assign(bin=names)[["bin", "low", "high", "n", "probability", "share"]]


def _summary(left_out: pd.DataFrame, predictions: pd.DataFrame, calibration: pd.DataFrame) -> pd.DataFrame:
    each, mean = left_out.iloc[:-1], left_out.iloc[-1]
    whole = reliability(predictions["probability"].to_numpy(), predictions["right"].to_numpy())
    rows = {
        "pair F1, mean": mean["pair_f1"],
        "pair F1, least": each["pair_f1"].min(),
        "right family first": mean["top_1"],
        "right family among the first three": mean["top_3"],
        "gap precision": mean["gap_precision"],
        "gap recall": mean["gap_recall"],
        "expected calibration error": calibration_error(calibration),
        "expected calibration error, with families out of the question": calibration_error(whole),
    }
    return pd.DataFrame({"measure": list(rows), "value": [float(v) for v in rows.values()]})


def evaluate_alignment(
    tasks: pd.DataFrame,
    catalogue: Catalogue,
    seed: int = 0,
    settings: AlignSettings | None = None,
    *,
    n_samples: int = N_SAMPLES,
    n_orders: int = N_ORDERS,
    peers: Mapping[str, pd.DataFrame] | None = None,
) -> dict[str, pd.DataFrame]:
    """Measure the alignment on reviewed memberships.

    Parameters
    ----------
    tasks : DataFrame
        The tables' ``tasks``, of three localities or more, each task read.
    catalogue : Catalogue
    seed, n_samples : int
        Of the bootstrap; with the same seed the numbers are the same.
    n_orders : int
        Random orders that the review queue is held against; with 0 the queue is not played.
    peers : mapping, optional
        Further methods for ``cold_start``: name -> pairs (``task_a``, ``task_b``, ``score``).
    settings : AlignSettings, optional

    Returns
    -------
    dict
        ``cold_start`` (:func:`compare.evaluate.cold_start.compare_methods`), ``left_out`` and
        ``predictions`` (:func:`compare.evaluate.leave_out.leave_out`), ``calibration`` (reliability
        of the scores of 0.05 or more that localities left out got), ``queue``
        (:func:`compare.evaluate.queue_gain.queue_gain`), ``summary`` (measure, value).

    Raises
    ------
    CatalogueError
        A task is in no family yet, or there are fewer than three localities.
    """
    _check(tasks, catalogue)
    draft = read_draft(tasks, settings)
    texts = draft.read_texts()
    if texts is None:
        raise CatalogueError("evaluation: tasks with text wanted, found none")
    right = shared_pairs(catalogue.memberships) & task_pairs(draft.tasks["task_id"])
    places = sorted(set(draft.tasks["locality"]))
    trials = [try_locality(draft, texts, catalogue, place) for place in places]
    left_out, predictions = leave_out(trials, n_samples, seed)
    asked = predictions[predictions["probability"] >= IN_QUESTION]
    calibration = _bins(asked)
    return {
        "cold_start": compare_methods(align_draft(draft), right, n_samples, seed, peers or {}),
        "left_out": left_out,
        "calibration": calibration,
        "queue": queue_gain(draft, texts, catalogue, trials, range(n_orders)),
        "summary": _summary(left_out, predictions, calibration),
        "predictions": predictions,
    }


def _section(title: str, table: pd.DataFrame, digits: int = 3) -> list[str]:
    return ["", title, table.round(digits).to_string(index=False)]


def _ranges(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Write a number and its range in one cell."""
    low, high = table[f"{column}_low"], table[f"{column}_high"]
    cells = [f"{v:.3f} ({a:.2f}-{b:.2f})" for v, a, b in zip(table[column], low, high, strict=True)]
    return table.assign(**{column: cells}).drop(columns=[f"{column}_low", f"{column}_high"])


def evaluation_text(tables: Mapping[str, pd.DataFrame]) -> str:
    """Write the evaluation as plain text.

    Parameters
    ----------
    tables : mapping
        Of :func:`evaluate_alignment`.

    Raises
    ------
    CatalogueError
        A table is missing.
    """
    if missing := [name for name in TABLE_NAMES if name not in tables]:
        raise CatalogueError(f"evaluation: tables missing {missing}; {accepted(TABLE_NAMES)}")
    left_out = _ranges(tables["left_out"], "pair_f1")
    groups = {
        "Each locality left out: pairs with the others, and memberships": ["pair_", "member_"],
        "Each locality left out: right family found, groups": ["top_", "b_cubed_", "match_right"],
        "Each locality left out: gaps (families of one, and of two other localities)": ["gap_", "n_gaps"],
    }
    lines = ["Evaluation on the reviewed memberships; ranges: 95 % of the bootstrap samples."]
    lines += _section("Without a catalogue, on the same pairs", _ranges(tables["cold_start"], "f1"))
    for title, stems in groups.items():
        chosen = [c for c in left_out.columns if c.startswith(tuple(stems))]
        lines += _section(title, left_out[["locality", "n_tasks", *chosen]])
    lines += _section(f"Calibration of scores of {IN_QUESTION} or more", tables["calibration"])
    lines += _section("Answers to the review queue, and in a random order", tables["queue"])
    return "\n".join(lines + _section("Summary", tables["summary"]))
