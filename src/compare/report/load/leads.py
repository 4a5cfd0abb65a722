"""The section about who leads the same piece of work in different localities.

In: :class:`Inputs`. Out: blocks of the overview. Bodies are compared with bodies of the same level
only; the leads of a row that bundles several pieces of work may stand for a neighbour's.
"""

import pandas as pd
from markupsafe import Markup

from compare.report.blocks import Block, Sheet
from compare.report.facts import peers_of
from compare.report.inputs import Inputs
from compare.report.load.lists import task_numbers
from compare.report.shared import folded, heading, sheet
from compare.workload import family_leads

__all__ = ["leads"]

_FLAGS = ("other-body", "named-only-here", "unnamed-here")


def _flagged(table: pd.DataFrame, flag: str) -> pd.DataFrame:
    return table[table["flags"].map(lambda flags: flag in flags.split(";")).astype(bool)]


def _count_sheet(inputs: Inputs, table: pd.DataFrame) -> Sheet:
    """Count the families of each locality by how its leads compare; bodies with those of its level only."""
    t, rows = inputs.labels, []
    for place in inputs.localities:
        own = table[table["locality"] == place]
        named = int((own["lead_kind"] == "body").sum())
        flags: list[int | str] = [len(_flagged(own, flag)) for flag in _FLAGS]
        flags[0] = flags[0] if peers_of(place, inputs["documents"]) else "–"
        rows.append((inputs.names.locality(place), len(own), named, *flags))
    heads = [t(f"column.{c}") for c in ("locality", "shared_families", "named_lead")]
    heads += [t(f"flag.{flag}") for flag in _FLAGS]
    return Sheet(t("sheet.lead_flags"), heads, rows, frozenset(range(1, 6)), "lead-flags")


def _cell(inputs: Inputs, rows: pd.DataFrame) -> Markup:
    """Name the leads of a family in one locality, with its tasks."""
    if rows.empty:
        return Markup("–")
    row, found = rows.iloc[0], [agency for agency in rows.iloc[0]["leads"].split(";") if agency]
    bodies = [inputs.names.agency(agency) for agency in found if agency not in inputs.names.groups]
    groups = [inputs.labels("agency.group")] if len(bodies) < len(found) else []
    names = "; ".join([*bodies, *groups]) or inputs.labels("agency.nobody_named")
    return Markup("{} <small>{}</small>").format(names, task_numbers(inputs, row["task_ids"].split(";")))


def _difference(inputs: Inputs, family: pd.DataFrame) -> str:
    """Say in words how the localities differ over one family."""
    t = inputs.labels
    said = [t("differs.other-body")] if len(_flagged(family, "other-body")) else []
    alone = [inputs.names.locality(p) for p in _flagged(family, "named-only-here")["locality"]]
    return "; ".join([*said, *(t("differs.named-only-here", place=place) for place in alone)])


def _rank(family: pd.DataFrame) -> int:
    """Order families: led by different bodies, then by a body in one place only, then the others."""
    flags = [len(_flagged(family, flag)) for flag in _FLAGS[:2]]
    return next((i for i, n in enumerate(flags) if n), len(flags))


def _lead_sheet(inputs: Inputs, table: pd.DataFrame) -> Sheet:
    """List the families that different bodies lead, then those that a body leads in one place only."""
    t, found = inputs.labels, []
    for family, own in table.groupby("family_id"):
        if (rank := _rank(own)) < len(_FLAGS) - 1:
            cells = [_cell(inputs, own[own["locality"] == place]) for place in inputs.localities]
            said = _difference(inputs, own)
            found.append((rank, str(family), (inputs.names.families[str(family)], said, *cells)))
    rows = [cells for _, _, cells in sorted(found, key=lambda item: item[:2])]
    places = [inputs.names.locality(place) for place in inputs.localities]
    heads = [t("column.family"), t("column.differs"), *places]
    return Sheet(t("sheet.leads"), heads, rows, name="leads", filtered=True)


def leads(inputs: Inputs) -> list[Block]:
    """Show by whom the same family is led where, and where a body leads what elsewhere nobody does."""
    t, agencies = inputs.labels, inputs.reference.agencies
    table = family_leads(inputs["tasks"], inputs["memberships"], inputs["families"], agencies)
    if table.empty:
        return [heading(inputs, "leads", t("finding.no_shared"))]
    other, alone, unnamed = (_flagged(table, flag)["family_id"].nunique() for flag in _FLAGS)
    values = {"n": table["family_id"].nunique(), "other": other, "alone": alone, "unnamed": unnamed}
    return [
        heading(inputs, "leads", t("finding.leads", **values), t("honest.leads"), t("honest.lead_levels")),
        sheet(inputs, _count_sheet(inputs, table)),
        folded(inputs, _lead_sheet(inputs, table), t("data.leads")),
    ]
