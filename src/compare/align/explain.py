"""Why two tasks are held alike, or not.

In: an alignment and two task ids. Out: the probability as a sum of contributions, the words that the
closest clauses share, the verdict with its thresholds, the families they share, and what came nearest
instead.
"""

from difflib import get_close_matches
from typing import Any

import pandas as pd

from compare.align.alignment import Alignment
from compare.align.explain_family import explain_family
from compare.align.model import contributions
from compare.align.settings import BIAS, FIRST_BIAS, FIRST_WEIGHTS, WEIGHTS
from compare.errors import CompareError
from compare.shared_words import shared_words

__all__ = ["check_pair", "explain"]

N_ALTERNATIVES = 3


def check_pair(tasks: pd.DataFrame, *task_ids: str) -> None:
    """Check that two tasks are there and not the same, as :func:`explain` does.

    Raises
    ------
    CompareError
        With the nearest names.
    """
    known = tasks["task_id"].tolist()
    for task_id in task_ids:
        if task_id not in known:
            near = get_close_matches(task_id, known, n=5, cutoff=0.0)
            raise CompareError(f"unknown task {task_id!r}; nearest names: {', '.join(near)}")
    if len(set(task_ids)) < len(task_ids):
        raise CompareError(f"two different tasks wanted, found {task_ids[0]!r} twice")


def _contributions(alignment: Alignment, pair: pd.DataFrame) -> pd.DataFrame:
    first = alignment.settings.n_rounds == 0
    weights, bias = (FIRST_WEIGHTS, FIRST_BIAS) if first else (WEIGHTS, BIAS)
    parts = contributions(pair, weights).iloc[0]
    rows: list[tuple[str, float, float, float]] = [("bias", 1.0, bias, bias)]
    rows += [(n, float(pair[n].iloc[0]), w, float(parts[n])) for n, w in weights.items()]
    rows += [(n, 1.0, float(p), float(p)) for n, p in parts.items() if n not in weights and p]
    return pd.DataFrame(rows, columns=["feature", "value", "weight", "contribution"])


def _alternatives(alignment: Alignment, task_id: str, other: str) -> pd.DataFrame:
    """Find the pairs of a task with other tasks of the other's locality, most probable first."""
    place = alignment.tasks.set_index("task_id")["locality"]
    scores = alignment.scores
    own = scores[(scores["task_a"] == task_id) | (scores["task_b"] == task_id)]
    partners = own["task_a"].where(own["task_b"] == task_id, own["task_b"])
    own = own.assign(task_id=partners)[["task_id", "probability", "verdict"]]
    near = own[(own["task_id"].map(place) == place[other]) & (own["task_id"] != other)]
    near = near.sort_values(["probability", "task_id"], ascending=[False, True])
    return near.head(N_ALTERNATIVES).reset_index(drop=True)


def _shared_families(alignment: Alignment, task_a: str, task_b: str) -> list[str]:
    families = alignment.memberships.groupby("task_id")["family_id"].agg(set)
    return sorted(families[task_a] & families[task_b])


def explain(alignment: Alignment, task_a: str, task_b: str) -> dict[str, Any]:
    """Explain the score of a pair of tasks, or of a task and a family.

    Parameters
    ----------
    alignment : Alignment
    task_a, task_b : str
        Ids of two tasks, in any order, of one locality or of two; or of a task and of a family.

    Returns
    -------
    dict
        For a family, as :func:`compare.align.explain_family.explain_family`. For two tasks
        ``task_a``, ``task_b``; ``compared`` (False where the pair shared too little to be looked
        at; then the probability is 0 and the contributions are empty); ``probability``,
        ``verdict``, ``match_at``, ``review_at``; ``contributions``, a table (feature, value,
        weight, contribution) whose last column sums to the log-odds; ``token_set``, ``conflict``;
        ``clause_a``, ``clause_b`` (the closest clauses), ``shared_words``; ``families`` (those that
        both are in); ``nearest_a``, ``nearest_b``, tables of what else came near in the other's
        locality.

    Raises
    ------
    CompareError
        A task is unknown, or both are the same.
    """
    families = [name for name in (task_a, task_b) if "/" not in name]
    if len(families) == 1:
        return explain_family(alignment, task_a if task_b in families else task_b, families[0])
    check_pair(alignment.tasks, task_a, task_b)
    task_a, task_b = sorted((task_a, task_b))
    scores, settings = alignment.scores, alignment.settings
    pair = scores[(scores["task_a"] == task_a) & (scores["task_b"] == task_b)]
    found: dict[str, Any] = {"compared": False, "probability": 0.0, "verdict": "none"}
    found |= {"token_set": 0.0, "conflict": "", "clause_a": "", "clause_b": ""}
    found |= {"contributions": pd.DataFrame(columns=["feature", "value", "weight", "contribution"])}
    if len(pair):
        row, texts = pair.iloc[0], alignment.clauses.set_index("clause_id")["text"]
        found |= {n: row[n] for n in ("probability", "verdict", "token_set", "conflict")}
        found |= {"clause_a": texts[row["clause_a"]], "clause_b": texts[row["clause_b"]]}
        found |= {"compared": True, "contributions": _contributions(alignment, pair)}
    return {
        "task_a": task_a,
        "task_b": task_b,
        **found,
        "match_at": settings.match_at,
        "review_at": settings.review_at,
        "shared_words": shared_words(found["clause_a"], found["clause_b"]),
        "families": _shared_families(alignment, task_a, task_b),
        "nearest_a": _alternatives(alignment, task_a, task_b),
        "nearest_b": _alternatives(alignment, task_b, task_a),
    }
