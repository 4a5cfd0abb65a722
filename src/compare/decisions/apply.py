"""The catalogue with the decisions in it.

In: the catalogue and the judged decisions. Out: a catalogue in which those that stand are memberships,
for as long as the log says so, or for good once the reading of a plan is settled.
"""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from compare.agreement import locality_of
from compare.catalogue import Catalogue
from compare.errors import CatalogueError

__all__ = ["apply_decisions", "settle_decisions"]

_KEY = ["task_id", "family_id"]


def apply_decisions(catalogue: Catalogue, judged: pd.DataFrame) -> Catalogue:
    """Put the decisions that stand into the catalogue.

    Parameters
    ----------
    catalogue : Catalogue
    judged : DataFrame
        Of :func:`judge_decisions`.

    Returns
    -------
    Catalogue
        A task for which only *part* and *no* were answered is ``partly_read``: its other families
        are still to be found.
    """
    stand = judged[judged["status"].isin(["standing", "stale"])].drop_duplicates(_KEY, keep="last")
    if stand.empty:
        return catalogue
    added = stand.assign(match=stand["match"].replace("new", "whole"))[catalogue.memberships.columns]
    kept = catalogue.memberships
    replaced = pd.MultiIndex.from_frame(kept[_KEY]).isin(pd.MultiIndex.from_frame(added[_KEY]))
    both = pd.concat([kept[~replaced], added]).sort_values(["family_id", "task_id"])
    catalogued = set(kept.loc[kept["match"] != "no", "task_id"])
    read = catalogued - catalogue.partly_read
    read |= set(added.loc[added["match"] == "whole", "task_id"])
    open_tasks = set(added.loc[added["match"] == "part", "task_id"]) | catalogue.partly_read
    return replace(
        catalogue,
        families=_with_new(catalogue.families, judged[judged["family_id"].isin(stand["family_id"])]),
        memberships=both.reset_index(drop=True),
        partly_read=frozenset(open_tasks - read),
        recent=catalogue.recent | frozenset(set(added["task_id"]) - catalogued),
    )


def _with_new(families: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Add the families that reviewers made, each under the title that it was given first.

    The answer that made a family need not stand: another may have joined the family since.
    """
    first = judged[judged["match"] == "new"].drop_duplicates("family_id")
    made = first.reindex(columns=["family_id", "title_vi", "pillar"])
    made = made.assign(title_en="", pillar=made["pillar"].fillna(0).astype("int64"), description="")
    made = made.assign(status="reviewed")[families.columns]
    both = pd.concat([families, made[~made["family_id"].isin(set(families["family_id"]))]])
    return both.sort_values("family_id").reset_index(drop=True)


def settle_decisions(catalogue: Catalogue, judged: pd.DataFrame, localities: Iterable[str]) -> Catalogue:
    """End the reading of some plans: what was decided of them is settled from now on.

    Parameters
    ----------
    catalogue : Catalogue
    judged : DataFrame
        Of :func:`compare.decisions.judge_decisions`.
    localities : iterable of str
        Their decided tasks become evidence for their own plan too, and are held to be read
        completely, also where only *part* was answered.

    Raises
    ------
    CatalogueError
        Reviewers still differ about a task of these plans.
    """
    here = judged["task_id"].map(locality_of).isin(set(localities))
    chosen = judged[here]
    if len(open_ones := chosen[chosen["status"] == "conflict"]):
        first = open_ones.iloc[0]
        raise CatalogueError(
            f"settled answers wanted, {len(open_ones)} differ, first {first['task_id']!r} and "
            f"{first['family_id']!r}; answer again in the notebook, or with settles=yes in a file"
        )
    # the others are looked at too: a family may have been made by the reader of another plan
    settled = apply_decisions(catalogue, judged.assign(status=judged["status"].where(here, "superseded")))
    done = set(chosen["task_id"])
    return replace(settled, partly_read=settled.partly_read - done, recent=settled.recent - done)
