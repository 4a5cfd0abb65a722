"""Who leads the same family in different localities.

In: the tasks, the memberships, the families and the kinds of the agencies. Out: one row a family and
locality. A task lends its leads to every family it belongs to, also to those that are only part of it,
so the leads of a bundled row may stand for a neighbour's piece of work: look at the printed row before
concluding. Bodies are compared with bodies of the same level only: a district's office is not another
choice than a province's department.
"""

from collections.abc import Mapping

import pandas as pd

from compare.documents import read_reference
from compare.workload.assignments import kinds_of

__all__ = ["FLAGS", "family_leads"]

FLAGS = ("other-body", "named-only-here", "unnamed-here")
_COLUMNS = ["family_id", "title_vi", "locality", "lead_kind", "leads", "leads_elsewhere", "flags", "task_ids"]


def _leads(tasks: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Write one row a family and locality: the ids of its leads and its tasks, sorted."""
    members = memberships[["family_id", "task_id"]].merge(tasks[["task_id", "locality", "leads"]])
    groups = members.groupby(["family_id", "locality"])
    found = groups.agg(
        leads=("leads", lambda cells: sorted({i for cell in cells for i in cell.split(";")} - {""})),
        task_ids=("task_id", lambda ids: ";".join(sorted(set(ids)))),
    )
    return found.reset_index()


def _bodies(leads: list[str], kinds: Mapping[str, str]) -> set[str]:
    return {lead for lead in leads if kinds.get(lead) == "body"}


def _kind(leads: list[str], kinds: Mapping[str, str]) -> str:
    if _bodies(leads, kinds):
        return "body"
    return "group" if leads else "none"


def _other_body(own: set[str], others: list[set[str]], levels: Mapping[str, str]) -> bool:
    """Say whether some other locality names bodies of a same level, and none of them is one of ours."""
    own_levels = {levels[body] for body in own}
    like = [{body for body in other if levels[body] in own_levels} for other in others]
    return any(bodies and not bodies & own for bodies in like)


def _flags(own: set[str], others: list[set[str]], levels: Mapping[str, str]) -> str:
    found = {
        "other-body": bool(own) and _other_body(own, others, levels),
        "named-only-here": bool(own) and not any(others),
        "unnamed-here": not own and any(others),
    }
    return ";".join(flag for flag in FLAGS if found[flag])


def _compared(family: pd.DataFrame, kinds: Mapping[str, str], levels: Mapping[str, str]) -> list[object]:
    """Write a family's rows, each beside the others."""
    rows, bodies = list(family.itertuples()), [_bodies(leads, kinds) for leads in family["leads"]]
    found: list[object] = []
    for i, row in enumerate(rows):
        elsewhere = sorted({lead for other in rows if other is not row for lead in other.leads})
        flags = _flags(bodies[i], [*bodies[:i], *bodies[i + 1 :]], levels)
        lists = {"leads": ";".join(row.leads), "leads_elsewhere": ";".join(elsewhere), "flags": flags}
        key = {"family_id": row.family_id, "locality": row.locality, "task_ids": row.task_ids}
        found.append({**key, **lists, "lead_kind": _kind(row.leads, kinds)})
    return found


def family_leads(
    tasks: pd.DataFrame,
    memberships: pd.DataFrame,
    families: pd.DataFrame,
    agencies: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare who leads the same family in different localities.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``leads``.
    memberships : DataFrame
        Columns used: ``family_id``, ``task_id``.
    families : DataFrame
        Columns used: ``family_id``, ``title_vi``.
    agencies : DataFrame, optional
        Columns used: ``agency_id``, ``kind``, ``level``; those of the project by default.

    Returns
    -------
    DataFrame
        One row a family and locality, of the families that two or more localities state: title_vi,
        lead_kind (body where one is named; group; none), leads, leads_elsewhere and task_ids
        (``;``-joined), flags (``;``-joined): ``other-body`` (some other locality names bodies of the
        same level, and none of this one's), ``named-only-here`` (a body leads here; elsewhere nobody
        or only a group), ``unnamed-here`` (the reverse: nobody or only a group here).

    Examples
    --------
    >>> rows = [("a/1", "a", "so-tai-chinh"), ("b/1", "b", "cac-so-nganh")]
    >>> tasks = pd.DataFrame(rows, columns=["task_id", "locality", "leads"])
    >>> members = pd.DataFrame({"family_id": "f", "task_id": ["a/1", "b/1"]})
    >>> families = pd.DataFrame({"family_id": ["f"], "title_vi": ["Vốn"]})
    >>> family_leads(tasks, members, families)[["locality", "lead_kind", "flags"]].values.tolist()
    [['a', 'body', 'named-only-here'], ['b', 'group', 'unnamed-here']]
    """
    known = read_reference().agencies if agencies is None else agencies
    kinds, levels = kinds_of(known), dict(zip(known["agency_id"], known["level"], strict=True))
    found = _leads(tasks, memberships)
    shared = found[found.groupby("family_id")["locality"].transform("size") >= 2]
    rows = [row for _, family in shared.groupby("family_id") for row in _compared(family, kinds, levels)]
    titles = dict(zip(families["family_id"], families["title_vi"], strict=True))
    table = pd.DataFrame(rows, columns=[c for c in _COLUMNS if c != "title_vi"])
    return table.assign(title_vi=table["family_id"].map(titles).fillna(""))[_COLUMNS]
