"""The section about who works with whom.

In: :class:`Inputs` and a locality. Out: blocks. A link to a group of bodies names no partner, and is
counted apart.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.figures import plot_link_flow, plot_links
from compare.report.blocks import Block, Chart, Sheet
from compare.report.inputs import Inputs
from compare.report.load.lists import agency_name, task_list
from compare.report.shared import folded, heading, subheading

__all__ = ["links"]

_SIDES = ("lead_id", "coordinating_id")


def _own(inputs: Inputs, locality: str) -> pd.DataFrame:
    """Return a locality's links, those of most tasks first."""
    table = inputs["agency_links"]
    own = table[table["locality"] == locality]
    return own.sort_values(["n_tasks", *_SIDES], ascending=[False, True, True])


def _partner(inputs: Inputs, row: dict[str, Any]) -> Markup:
    """Name a partner with the number of common tasks, which are linked where both are named bodies."""
    name, joined = agency_name(inputs, str(row["coordinating_id"])), str(row["task_ids"])
    group = {row[side] for side in _SIDES} & inputs.names.groups
    tasks = Markup("") if group else Markup(" ({})").format(task_list(inputs, joined.split(";")))
    return Markup("{}: {}").format(name, inputs.labels.number(int(row["n_tasks"]))) + tasks


def _side(own: pd.DataFrame, side: str) -> list[tuple[str, pd.DataFrame, int]]:
    """Gather the links of each agency of one side; most common tasks first."""
    found = [
        (str(agency), rows, len({task for ids in rows["task_ids"] for task in ids.split(";")}))
        for agency, rows in own.groupby(side)
    ]
    return sorted(found, key=lambda item: (-item[2], item[0]))


def _lead_sheet(inputs: Inputs, own: pd.DataFrame, locality: str) -> Sheet:
    """List the leads with their partners."""
    t, rows = inputs.labels, []
    for agency, links_of, n in _side(own, "lead_id"):
        partners = [_partner(inputs, row) for row in links_of.to_dict("records")]
        rows.append((agency_name(inputs, agency), len(partners), n, Markup("; ").join(partners)))
    heads = [t(f"column.{h}") for h in ("agency", "partners_lead", "tasks_lead", "with_lead")]
    return Sheet(t("sheet.links_lead"), heads, rows, frozenset({1, 2}), f"{locality}-links-lead", True)


def _partner_sheet(inputs: Inputs, own: pd.DataFrame, locality: str) -> Sheet:
    """Count the leads and the common tasks of each coordinating agency."""
    t = inputs.labels
    rows = [(agency_name(inputs, a), len(rows), n) for a, rows, n in _side(own, "coordinating_id")]
    heads = [t(f"column.{h}") for h in ("agency", "partners_coordinating", "tasks_coordinating")]
    name = f"{locality}-links-coordinating"
    return Sheet(t("sheet.links_coordinating"), heads, rows, frozenset({1, 2}), name)


def _finding(inputs: Inputs, own: pd.DataFrame) -> str:
    """Say who works together most, and how many pairs name a group on either side."""
    t, groups = inputs.labels, inputs.names.groups
    group = own["lead_id"].isin(groups) | own["coordinating_id"].isin(groups)
    n, grouped = len(own), int(group.sum())
    key = {0: "finding.links_bodies", n: "finding.links_grouped"}.get(grouped, "finding.links")
    said = t(key, n=n, groups=grouped)
    bodies = own[~group]
    if bodies.empty:
        return said + " " + t("finding.links_groups")
    top = bodies.iloc[0]
    if top["n_tasks"] == 1:
        return said + " " + t("finding.links_once", n=len(bodies))
    pair = {"lead": inputs.names.agency(top["lead_id"]), "other": inputs.names.agency(top["coordinating_id"])}
    return said + " " + t("finding.links_top", most=int(top["n_tasks"]), **pair)


def links(inputs: Inputs, locality: str) -> list[Block]:
    """Show which lead works with which coordinating agency."""
    t, own = inputs.labels, _own(inputs, locality)
    if own.empty:
        return [heading(inputs, "links", t("finding.no_links"))]
    table, names = inputs["agency_links"], inputs.names
    leads, others = own["lead_id"].nunique(), own["coordinating_id"].nunique()
    return [
        heading(inputs, "links", _finding(inputs, own), t("honest.links")),
        Chart(plot_links(table, locality, names=names)),
        folded(inputs, _lead_sheet(inputs, own, locality)),
        subheading(inputs, t("sub.flow"), t("finding.flow", leads=leads, others=others)),
        Chart(plot_link_flow(table, locality, names=names)),
        folded(inputs, _partner_sheet(inputs, own, locality)),
    ]
