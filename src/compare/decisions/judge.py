"""Which decisions stand.

In: the log of decisions, the catalogue, the tasks as they are now. Out: a status for each row. Two
reviewers who differ are both heard: neither answer stands until one of them, or a third, settles it.
"""

import pandas as pd

from compare.agreement import locality_of
from compare.catalogue import Catalogue
from compare.text import fingerprint

__all__ = ["judge_decisions"]

_KEY = ["task_id", "family_id"]


def _unsettled(rows: pd.DataFrame) -> list[object]:
    """Find settling answers that their reader took back as such, and the rows that took them back."""
    found: list[object] = []
    settled: dict[str, list[object]] = {}
    for place, row in rows[rows["settles"] != ""].iterrows():
        before = settled.setdefault(row["reader"], [])
        if row["match"] != "withdrawn":
            before.append(place)
        elif before:
            found += [before.pop(), place]
    return found


def _judge_pair(rows: pd.DataFrame, catalogued: str) -> dict[object, str]:
    """Judge the decisions about one task and family, in the order in which they were made."""
    unsettled = _unsettled(rows)
    status: dict[object, str] = dict.fromkeys(unsettled, "withdrawn")
    last: dict[str, object] = {}
    for place, row in rows.drop(index=unsettled).iterrows():
        settles = row["settles"] and row["match"] != "withdrawn"  # nobody takes back what others said
        taken_back = list(last.values()) if settles else [last[r] for r in (row["reader"],) if r in last]
        status |= dict.fromkeys(taken_back, "withdrawn" if row["match"] == "withdrawn" else "superseded")
        if settles:
            last, catalogued = {}, ""
        last.pop(row["reader"], None)
        if row["match"] == "withdrawn":
            status[place] = "withdrawn"
        else:
            last[row["reader"]] = place
    answers = {rows.at[place, "match"].replace("new", "whole") for place in last.values()}
    standing = "standing" if len(answers | ({catalogued} - {""})) < 2 else "conflict"
    return status | dict.fromkeys(last.values(), standing)


def judge_decisions(
    decisions: pd.DataFrame, catalogue: Catalogue | None = None, tasks: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say of each decision whether it stands.

    Parameters
    ----------
    decisions : DataFrame
        Of :func:`read_decisions`.
    catalogue : Catalogue, optional
        Its memberships count as an earlier reviewer's answers.
    tasks : DataFrame, optional
        Columns used: ``task_id``, ``locality``, ``text``, and ``pillar`` if it is there.

    Returns
    -------
    DataFrame
        The decisions with ``status``, and with ``pillar`` of the task where tasks are given. *standing*;
        *stale* (stands, but the task's text has changed since); *conflict* (two reviewers, or a
        reviewer and the catalogue, answer differently, and none has settled it: neither stands);
        *superseded* and *withdrawn* (by a later row); *lost* (the locality's document has no such
        task any more).
    """
    matches = catalogue.memberships.set_index(_KEY)["match"].to_dict() if catalogue is not None else {}
    judged: dict[object, str] = {}
    for pair, rows in decisions.groupby(_KEY, sort=False):
        judged |= _judge_pair(rows, matches.get(pair, ""))
    status = pd.Series(judged, dtype="str").reindex(decisions.index)
    table = decisions.assign(status=status.astype("str"))
    if tasks is None:
        return table
    pillars = tasks.set_index("task_id")["pillar"].to_dict() if "pillar" in tasks else {}
    return _mark_changed(table, tasks).assign(pillar=[pillars.get(t, 0) for t in table["task_id"]])


def _mark_changed(judged: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    now = dict(zip(tasks["task_id"], tasks["text"].map(fingerprint), strict=True))
    found = judged["task_id"].map(now)
    here = judged["task_id"].map(locality_of).isin(set(tasks["locality"]))
    stands = judged["status"] == "standing"
    status = judged["status"].mask(stands & found.notna() & (found != judged["text_sha"]), "stale")
    waits = stands | (judged["status"] == "conflict")  # nobody can be asked about what is gone
    return judged.assign(status=status.mask(waits & here & found.isna(), "lost"))
