"""What answers to the review queue gain, beside answers in a random order.

In: a draft, its texts, the catalogue. Out: F1 of pairs of each locality left out after so many
decisions. The reader is played by the catalogue: it answers whole or part where a membership stands
there, and no elsewhere. As in the notebook, the queue is made anew after a few answers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from compare.align import Alignment
from compare.align.catalogued import find_members
from compare.align.draft import Draft
from compare.align.matching import Texts
from compare.catalogue import Catalogue
from compare.decisions import COLUMNS, apply_decisions, judge_decisions
from compare.evaluate.trial import Trial
from compare.review import rank_queue
from compare.text import fingerprint

__all__ = ["STEPS", "queue_gain", "take_items"]

# Numbers of decisions that are measured, and after which the queue is made anew.
STEPS = (0, 5, 10, 20, 40)
BETWEEN = (15, 30)
_KEY = ["task_id", "family_id"]
Order = Callable[[pd.DataFrame], pd.DataFrame]


def _answer(asked: pd.DataFrame, answers: pd.Series, texts: pd.Series) -> pd.DataFrame:
    """Answer from the catalogue, as rows of decisions."""
    keys = pd.MultiIndex.from_frame(asked[_KEY])
    table = asked[_KEY].assign(match=answers.reindex(keys).fillna("no").to_numpy())
    shas = [fingerprint(texts[task_id]) for task_id in table["task_id"]]
    return table.assign(text_sha=shas, reader="catalogue", date="2000-01-01").reindex(
        columns=COLUMNS, fill_value=""
    )


def take_items(ranked: pd.DataFrame, answers: pd.Series, n: int) -> pd.DataFrame:
    """Take the first items; a task that was answered *whole* is asked no further."""
    chosen, settled = list[object](), set[str]()
    for row in ranked[_KEY].itertuples():
        if row.task_id in settled or len(chosen) == n:
            continue
        chosen.append(row.Index)
        if answers.get((row.task_id, row.family_id)) == "whole":
            settled.add(str(row.task_id))
    return ranked.loc[chosen]


def _play(
    draft: Draft, texts: Texts, base: Catalogue, trial: Trial, order: Order
) -> Iterator[tuple[int, Alignment]]:
    """Ask, answer, and align again; yield the alignment after each number of decisions."""
    printed = draft.tasks.set_index("task_id")["text"]
    answers = trial.right.set_index(_KEY)["match"]
    decisions, alignment, done = pd.DataFrame(columns=COLUMNS, dtype="str"), trial.alignment, 0
    for step in sorted({*STEPS, *BETWEEN}):
        asked = take_items(order(rank_queue(alignment)), answers, step - done)
        decisions = pd.concat([decisions, _answer(asked, answers, printed)], ignore_index=True)
        settled = apply_decisions(base, judge_decisions(decisions, base, draft.tasks))
        members, matching = find_members(draft, settled, texts, trial.alignment.matching)
        found = {"memberships": members, "matching": matching, "catalogue": settled}
        alignment, done = replace(trial.alignment, **found), step
        if step in STEPS:
            yield step, alignment


def _orders(seeds: Sequence[int]) -> dict[str, list[Order]]:
    def shuffled(seed: int) -> Order:
        return lambda ranked: ranked.sample(frac=1, random_state=np.random.RandomState(seed))

    return {"queue": [lambda ranked: ranked], "random": [shuffled(seed) for seed in seeds]}


def queue_gain(
    draft: Draft, texts: Texts, catalogue: Catalogue, trials: Sequence[Trial], seeds: Sequence[int]
) -> pd.DataFrame:
    """Measure what decisions gain, with each locality left out in turn.

    Parameters
    ----------
    draft : Draft
    texts : Texts
    catalogue : Catalogue
    trials : sequence of Trial
    seeds : sequence of int
        Random orders to average over.

    Returns
    -------
    DataFrame
        One row an order and number of decisions: ``decisions`` (*queue 20*, *random 20*),
        ``pair_f1`` (mean of the localities), ``least`` (the lowest of them).
    """
    rows = []
    for trial in trials:
        base = catalogue.without(trial.ids)
        for name, orders in _orders(seeds).items():
            for order in orders:
                for n, alignment in _play(draft, texts, base, trial, order):
                    rows.append((name, n, trial.locality, replace(trial, alignment=alignment).pair_f1()))
    table = pd.DataFrame(rows, columns=["order", "n", "locality", "pair_f1"])
    each = table.groupby(["order", "n", "locality"])["pair_f1"].mean()
    found = each.groupby(["order", "n"]).agg(["mean", "min"]).reset_index()
    names = found["order"] + " " + found["n"].astype("str")
    return pd.DataFrame({"decisions": names, "pair_f1": found["mean"], "least": found["min"]})
