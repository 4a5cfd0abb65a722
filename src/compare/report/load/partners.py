"""The section about who works with whom.

In: :class:`Inputs` and a locality. Out: blocks. A link to a group of bodies names no partner, and is
counted apart.
"""

import pandas as pd

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


def _pair_sheet(inputs: Inputs, own: pd.DataFrame, locality: str) -> Sheet:
    """List the pairs; those of two named bodies with their tasks."""
    t, rows = inputs.labels, []
    for row in own.itertuples():
        pair = [agency_name(inputs, str(row.lead_id)), agency_name(inputs, str(row.coordinating_id))]
        group = {row.lead_id, row.coordinating_id} & inputs.names.groups
        which = "–" if group else task_list(inputs, str(row.task_ids).split(";"))
        rows.append((*pair, row.n_tasks, which))
    heads = [t(f"column.{column}") for column in ("leads", "coordinates", "pieces", "which")]
    return Sheet(t("sheet.links"), heads, rows, frozenset({2}), f"{locality}-links", True)


def _partner_sheet(inputs: Inputs, own: pd.DataFrame, locality: str) -> Sheet:
    """Count, for each agency, its partners and its common tasks in either role."""
    t, found = inputs.labels, []
    for agency in sorted({*own["lead_id"], *own["coordinating_id"]}):
        sides = [own[own[side] == agency] for side in _SIDES]
        tasks = [len({i for ids in side["task_ids"] for i in ids.split(";")}) for side in sides]
        numbers = [n for side, count in zip(sides, tasks, strict=True) for n in (len(side), count)]
        name = agency_name(inputs, agency)
        found.append(((-sum(tasks), str(name)), (name, *numbers)))
    rows = [row for _, row in sorted(found)]
    heads = ["agency", "partners_lead", "tasks_lead", "partners_coordinating", "tasks_coordinating"]
    return Sheet(
        t("sheet.partners"),
        [t(f"column.{h}") for h in heads],
        rows,
        frozenset(range(1, 5)),
        f"{locality}-partners",
    )


def _finding(inputs: Inputs, own: pd.DataFrame) -> str:
    """Say who works together most, and how many pairs name a group on either side."""
    t, groups = inputs.labels, inputs.names.groups
    group = own["lead_id"].isin(groups) | own["coordinating_id"].isin(groups)
    said = t("finding.links", n=len(own), groups=int(group.sum()))
    bodies = own[~group]
    if bodies.empty:
        return said + " " + t("finding.links_groups")
    top = bodies.iloc[0]
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
        folded(inputs, _pair_sheet(inputs, own, locality)),
        subheading(inputs, t("sub.flow"), t("finding.flow", leads=leads, others=others)),
        Chart(plot_link_flow(table, locality, names=names)),
        folded(inputs, _partner_sheet(inputs, own, locality)),
    ]
