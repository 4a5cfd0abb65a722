"""What mergers add up: the load of agencies that are one today, before and after.

In: :class:`Inputs`, and a locality for its own. Out: blocks. A task that two merged departments led
together is one task today. What nobody is known to hold stands apart.
"""

import pandas as pd

from compare.figures import plot_merged_load
from compare.figures.mergers import held_counts
from compare.report.blocks import Block, Chart, Sheet
from compare.report.inputs import Inputs
from compare.report.load.lists import agency_name, agency_names, task_list
from compare.report.shared import counts_sheet, folded, heading, sheet, subheading
from compare.workload import merged_load

__all__ = ["merged_blocks", "today_all"]

_LEFT = ("none", "unverified", "undetermined")


def _merged(inputs: Inputs) -> pd.DataFrame:
    return merged_load(inputs["tasks"], inputs["holders"], inputs["memberships"])


def _before(inputs: Inputs, row: pd.Series) -> str:
    """Write who was to do it, with the number of tasks of each, most first."""
    each = zip(row["agencies"].split(";"), map(int, row["n_each"].split(";")), strict=True)
    order, t = sorted(each, key=lambda pair: (-pair[1], pair[0])), inputs.labels
    said = {a: t("agency.loose", name=agency_name(inputs, a)) for a in row["loose"].split(";") if a}
    return "; ".join(
        f"{said.get(agency) or agency_name(inputs, agency)}: {t.number(n)}" for agency, n in order
    )


def _holder(inputs: Inputs, row: pd.Series) -> str:
    return (
        agency_name(inputs, row["holder_id"]) if row["holder_id"] else inputs.labels(f"fate.{row['outcome']}")
    )


def _sheet(inputs: Inputs, table: pd.DataFrame, name: str, place: bool) -> Sheet:
    """List today's holders with who was before; ``place`` adds the locality."""
    t, rows = inputs.labels, []
    for _, row in table.iterrows():
        where = [inputs.names.locality(row["locality"])] if place else []
        numbers = [int(row[column]) for column in ("n_before_sum", "n_after", "n_shared")]
        cells = [*where, _before(inputs, row), *numbers]
        rows.append((_holder(inputs, row), *cells, task_list(inputs, row["task_ids"].split(";"))))
    where = ["locality"] if place else []
    columns = ["holder", *where, "before", "n_before", "n_after", "n_shared", "which"]
    first = 2 + len(where)
    heads = [t(f"column.{column}") for column in columns]
    return Sheet(t("sheet.merged"), heads, rows, frozenset(range(first, first + 3)), name, True)


def _finding(inputs: Inputs, own: pd.DataFrame) -> str:
    """Say who holds most of what came together, and from whom."""
    t = inputs.labels
    if own.empty:
        return t("finding.no_merged")
    top = own.sort_values(["n_after", "holder_id"], ascending=[False, True]).iloc[0]
    values = {"agency": inputs.names.agency(top["holder_id"]), "most": int(top["n_after"])}
    said = t("finding.merged", before=_before(inputs, top), n=len(own), **values)
    shared = int(top["n_shared"])
    return said + (" " + t("finding.merged_shared", n=shared) if shared else "")


def _nobody(inputs: Inputs, table: pd.DataFrame) -> list[str]:
    """Say, outcome by outcome, which led tasks nobody is known to hold."""
    found = []
    for outcome in _LEFT:
        rows = table[(table["outcome"] == outcome) & (table["holder_id"] == "")]
        for _, row in rows.iterrows():
            agencies = agency_names(inputs, row["agencies"])
            found.append(inputs.labels(f"finding.left_{outcome}", n=int(row["n_after"]), agencies=agencies))
    return found


def merged_blocks(inputs: Inputs, locality: str) -> list[Block]:
    """Show the load that came together in a locality, and what nobody is known to hold."""
    t, table = inputs.labels, _merged(inputs)
    own = table[table["locality"] == locality]
    led = own[own["role"] == "lead"]
    together = led[led["outcome"] == "merged"]
    nobody = _nobody(inputs, led)
    left = [subheading(inputs, t("sub.left"), *nobody)] if nobody else []
    blocks: list[Block] = [*left, subheading(inputs, t("sub.merged"), _finding(inputs, together))]
    if len(together):
        blocks.append(Chart(plot_merged_load(table, locality=locality, names=inputs.names)))
    changed = led[led["outcome"] != "same"].sort_values(["n_after", "holder_id"], ascending=[False, True])
    return [*blocks, folded(inputs, _sheet(inputs, changed, f"{locality}-merged", False), t("data.merged"))]


def _held_words(inputs: Inputs, counts: pd.DataFrame) -> list[str]:
    return [inputs.labels(f"fate.{h}") if h in _LEFT else agency_name(inputs, str(h)) for h in counts.index]


def today_all(inputs: Inputs) -> list[Block]:
    """Show who holds the plans' led tasks today, locality by locality."""
    t, table = inputs.labels, _merged(inputs)
    led = table[table["role"] == "lead"]
    if led.empty:
        return [heading(inputs, "today_all", t("finding.no_agency"))]
    counts = held_counts(table)
    named = counts[~counts.index.isin({*_LEFT, *inputs.names.groups})]
    groups = int(counts[counts.index.isin(inputs.names.groups)].to_numpy().sum())
    lost = int(counts[counts.index.isin(_LEFT)].to_numpy().sum())
    lead = t("finding.no_holder", n=lost)
    if len(named):
        top = str(named.index[0])
        values = {"agency": inputs.names.agency(top), "most": int(named.loc[top].sum())}
        lead = t("finding.all_today", places=int((named.loc[top] > 0).sum()), n=lost, groups=groups, **values)
    together = led[led["outcome"] == "merged"].sort_values(
        ["n_after", "holder_id", "locality"], ascending=[False, True, True]
    )
    shared = int(together["n_shared"].sum())
    said = t("finding.all_merged" if len(together) else "finding.all_merged_none", n=len(together))
    said += " " + t("finding.all_merged_shared", n=shared) if shared else ""
    places = [inputs.names.locality(place) for place in inputs.localities]
    data = counts_sheet(inputs, counts, "held", ("holder", _held_words(inputs, counts)), places)
    blocks: list[Block] = [
        heading(inputs, "today_all", lead, t("honest.today")),
        Chart(plot_merged_load(table, names=inputs.names)),
        folded(inputs, data),
        subheading(inputs, t("sub.merged"), said),
    ]
    return [*blocks, sheet(inputs, _sheet(inputs, together, "merged", True))] if len(together) else blocks
