"""Why a task is held to belong to a family of the catalogue, or not.

In: an alignment with a catalogue, a task, a family. Out: the probability as a sum of contributions,
the closest reviewed member and the words that both share, the threshold, the nearest other families.
"""

from difflib import get_close_matches
from typing import Any

import pandas as pd

from compare.align.alignment import Alignment
from compare.align.matching import Matching, quoted_words
from compare.errors import CompareError
from compare.shared_words import shared_words

__all__ = ["explain_family", "member_words"]

N_ALTERNATIVES = 3
_KEY = ["task_id", "family_id"]


def member_words(alignment: Alignment, family_id: str, task_id: str) -> str:
    """Return the words for which a reviewed member is in its family; all where it is all about it."""
    if alignment.catalogue is None or not task_id:
        return ""
    rows = alignment.catalogue.memberships
    notes = rows.loc[(rows["family_id"] == family_id) & (rows["task_id"] == task_id), "note"]
    texts = alignment.tasks.loc[alignment.tasks["task_id"] == task_id, "text"]
    return next((q for q in map(quoted_words, notes) if q), next(iter(texts), ""))


def _contributions(matching: Matching, row: pd.DataFrame) -> pd.DataFrame:
    """List what each feature adds to the log-odds, the bias first."""
    if row.empty or matching.first is None:
        return pd.DataFrame({"feature": [], "value": [], "contribution": []})
    added = matching.contributions(row).iloc[0]
    names = ["bias", *(name for name in added.index if name != "bias")]
    values = [1.0 if name == "bias" else float(row[name].iloc[0]) for name in names]
    table = pd.DataFrame({"feature": names, "value": values, "contribution": added[names].to_numpy()})
    return table.astype({"feature": "str", "contribution": "float64"})


def _membership(alignment: Alignment, task_id: str, family_id: str) -> dict[str, str]:
    members = alignment.memberships
    rows = members[(members["task_id"] == task_id) & (members["family_id"] == family_id)]
    return {name: str(rows[name].iloc[0]) if len(rows) else "" for name in ("origin", "match")}


def _is_denied(alignment: Alignment, task_id: str, family_id: str) -> bool:
    if alignment.catalogue is None:
        return False
    rows = alignment.catalogue.memberships
    rows = rows[(rows["task_id"] == task_id) & (rows["family_id"] == family_id)]
    return bool((rows["match"] == "no").any())


def _nearest(scores: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """Return the families that come next."""
    order = scores.sort_values(["probability", "family_id"], ascending=[False, True])
    first = order.head(N_ALTERNATIVES)[["family_id", "probability"]].reset_index(drop=True)
    return first.assign(title_vi=[titles.get(family, "") for family in first["family_id"]])


def _titles(alignment: Alignment) -> dict[str, str]:
    families = alignment.families if alignment.catalogue is None else alignment.catalogue.families
    return dict(zip(families["family_id"], families["title_vi"], strict=True))


def _check(alignment: Alignment, task_id: str, family_id: str) -> Matching:
    if alignment.matching is None or alignment.catalogue is None:
        raise CompareError(f"an alignment with a catalogue wanted to explain family {family_id!r}")
    known = alignment.tasks["task_id"].tolist()
    families = alignment.catalogue.families["family_id"].tolist()
    for kind, name, names in (("task", task_id, known), ("family", family_id, families)):
        if name not in names:
            near = ", ".join(get_close_matches(name, names, n=5, cutoff=0.0))
            raise CompareError(f"unknown {kind} {name!r}; nearest names: {near}")
    return alignment.matching


def explain_family(alignment: Alignment, task_id: str, family_id: str) -> dict[str, Any]:
    """Explain the score of a task and a family.

    Parameters
    ----------
    alignment : Alignment
        Made with a catalogue.
    task_id, family_id : str

    Returns
    -------
    dict
        ``task_id``, ``family_id``, ``title_vi``; ``scored`` (False where no reviewed member of
        another locality speaks for the family); ``probability``, ``member_at``, ``origin``
        (*reviewed*, *auto*, or empty where the task is no member), ``match``, ``denied`` (a
        reader said no); ``contributions``
        (feature, value, contribution, whose sum is the log-odds); ``closest_task_id`` (the reviewed
        member that comes closest), ``text``, ``member_words``, ``shared_words``; ``nearest``, the
        task's nearest other families.

    Raises
    ------
    CompareError
        The task or the family is unknown, or the alignment has no catalogue.

    Notes
    -----
    A task that a reader has decided is scored as if its locality were new; the decision stands,
    whatever the score.
    """
    matching = _check(alignment, task_id, family_id)
    scores = matching.scores[matching.scores["task_id"] == task_id]
    row = scores[scores["family_id"] == family_id]
    titles = _titles(alignment)
    text = str(alignment.tasks.set_index("task_id").at[task_id, "text"])
    closest = str(row["closest_task_id"].iloc[0]) if len(row) else ""
    words = member_words(alignment, family_id, closest)
    return {
        "task_id": task_id,
        "family_id": family_id,
        "title_vi": titles.get(family_id, ""),
        "scored": bool(len(row)),
        "probability": float(row["probability"].iloc[0]) if len(row) else 0.0,
        "member_at": alignment.settings.member_at,
        **_membership(alignment, task_id, family_id),
        "denied": _is_denied(alignment, task_id, family_id),
        "contributions": _contributions(matching, row),
        "closest_task_id": closest,
        "text": text,
        "member_words": words,
        "shared_words": shared_words(text, words),
        "nearest": _nearest(scores[scores["family_id"] != family_id], titles),
    }
