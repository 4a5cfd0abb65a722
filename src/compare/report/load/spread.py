"""Sections about how unevenly the load lies, and whose it is: one body's, several bodies', nobody's.

In: :class:`Inputs` and a locality. Out: blocks. The indices are about the bodies that are answerable
by name; groups of bodies and tasks that name nobody are counted beside them.
"""

import pandas as pd
from markupsafe import Markup

from compare.figures import largest, load_reading, plot_concentration
from compare.figures.counts import agency_loads
from compare.figures.style import Options
from compare.report.blocks import Block, Chart, Sheet, page_link
from compare.report.inputs import Inputs
from compare.report.load.lists import task_list
from compare.report.shared import folded, heading, sheet, subheading
from compare.report.ways import pointed
from compare.workload import CARRIERS, ReadingLimits, task_carriers, work_by_carrier
from compare.workload import concentration as indices

__all__ = ["concentration", "concentration_all", "indices_sheet"]

_ROLES = ("lead", "coordinating")
_HEADS = {"lead": "column.leads", "coordinating": "column.coordinates"}
_INDICES = ("herfindahl", "gini")
_MEASURES = ("n_bodies", "n_assignments", "n_left_out", "top3", *_INDICES)
_SPLIT = ("n_sole", "n_joint", "n_recurring", "n_one_off")


def _explained(inputs: Inputs) -> list[str]:
    """Say what the indices are, and from which of them the words for a reading hold."""
    t, limits = inputs.labels, ReadingLimits()
    values = {"high": t.number(limits.high, 3), "low": t.number(limits.low, 3)}
    return [t("explain.indices"), t("honest.convention", **values)]


def _indices(inputs: Inputs) -> pd.DataFrame:
    """Return the concentration of every locality and role that names a body."""
    return indices(inputs["workload"], inputs.reference.agencies)


def _spread_sheet(inputs: Inputs, locality: str) -> Sheet:
    """List the named bodies that lead, with their shares, and how their tasks split."""
    t, table = inputs.labels, inputs["workload"]
    loads = agency_loads(table, locality, "lead", inputs.names.groups, [])
    bodies = loads[loads["kind"] == "body"]
    own = table[(table["locality"] == locality) & (table["role"] == "lead")].set_index("agency_id")
    sums, rows = bodies["n_tasks"].cumsum() / max(bodies["n_tasks"].sum(), 1), []
    for row in bodies.itertuples():
        one = own.loc[str(row.agency_id)]
        shares = [t.percent(float(one["share"])), t.percent(float(sums[row.Index]))]
        split = [int(one[column]) for column in _SPLIT]
        rows.append((inputs.names.agency(str(row.agency_id)), row.n_tasks, *shares, *split))
    columns = ["agency", "lead", "share_of_tasks", "share_summed", *_SPLIT]
    heads = [t(f"column.{column}") for column in columns]
    numeric = frozenset(range(1, len(heads)))
    return Sheet(t("sheet.spread_lead"), heads, rows, numeric, f"{locality}-spread")


def _carrier_sheet(inputs: Inputs, locality: str) -> Sheet:
    """Count the tasks of each kind of carrier in both roles; those without a clear lead are linked."""
    t, tasks = inputs.labels, inputs["tasks"]
    own = tasks[tasks["locality"] == locality]
    found = task_carriers(own, inputs["memberships"], inputs["mentions"], inputs.reference.agencies)
    counts = pd.crosstab(found["carrier"], found["role"]).reindex(columns=list(_ROLES), fill_value=0)
    total, rows = found["task_id"].nunique(), []
    for carrier in [carrier for carrier in CARRIERS if carrier in counts.index]:
        numbers = [int(n) for n in counts.loc[carrier]]
        cells = [cell for n in numbers for cell in (n, t.percent(n / total))]
        led = found.loc[(found["carrier"] == carrier) & (found["role"] == "lead"), "task_id"]
        named = carrier in CARRIERS[:2]  # most tasks; their number opens to them
        which = task_list(inputs, led) or "–"
        if named and not led.empty:
            which = Markup('<span class="hint">{}</span>').format(t("which.press"))
        rows.append((t(f"carrier.{carrier}"), *cells, which))
    columns = ["carrier", "leads", "share_led", "coordinates", "share_coordinated", "led_tasks"]
    heads = [t(f"column.{column}") for column in columns]
    return Sheet(t("sheet.carriers"), heads, rows, frozenset({1, 2, 3, 4}), f"{locality}-carriers")


def _carried(inputs: Inputs, locality: str) -> list[str]:
    """Say of the leads, then of the coordinating agencies, how many tasks are whose."""
    t, tasks = inputs.labels, inputs["tasks"][inputs["tasks"]["locality"] == locality]
    found = work_by_carrier(tasks, inputs["memberships"], inputs["mentions"], inputs.reference.agencies)
    said = []
    for role in _ROLES:
        row = found[found["role"] == role].iloc[0]
        counts = {carrier: int(row[f"n_{carrier}"]) for carrier in CARRIERS}
        parts = [t(f"carried.{carrier}", n=n) for carrier, n in counts.items() if n]
        said.append(t(f"finding.carried_{role}", total=int(row["n_tasks"]), parts="; ".join(parts)))
    return said


def _measures(row: pd.Series, inputs: Inputs) -> list[object]:
    """Write the numbers of one load."""
    t = inputs.labels
    numbers: list[object] = [int(row[column]) for column in ("n_agencies", "n_assignments", "n_left_out")]
    return [*numbers, t.percent(float(row["top3_share"])), *(t.number(float(row[c]), 3) for c in _INDICES)]


def indices_sheet(inputs: Inputs, own: pd.DataFrame, locality: str) -> Sheet:
    """List the indices of a locality's loads by role, where there are enough assignments to read them."""
    t = inputs.labels
    rows = [(t(_HEADS[row["role"]]), *_measures(row, inputs)) for _, row in own.iterrows()]
    heads = [t(f"column.{column}") for column in ("role", *_MEASURES)]
    return Sheet(t("sheet.indices"), heads, rows, frozenset(range(1, 7)), f"{locality}-indices")


def _readable(inputs: Inputs, found: pd.DataFrame) -> pd.DataFrame:
    """Keep the leads of the localities that have enough of them for a curve to be read."""
    enough = found.loc[(found["role"] == "lead") & (found["reading"] != "few"), "locality"]
    return inputs["workload"][inputs["workload"]["locality"].isin(enough)]


def concentration(inputs: Inputs, locality: str) -> list[Block]:
    """Show how unevenly a locality's load lies, and how much of it no single body has by name."""
    t, found = inputs.labels, _indices(inputs)
    own = found[found["locality"] == locality].set_index("role")
    carried = _carried(inputs, locality)
    blocks: list[Block] = [
        heading(inputs, "concentration", "", t("honest.concentration")),
        subheading(inputs, t("sub.carriers"), *carried),
        sheet(inputs, _carrier_sheet(inputs, locality)),
    ]
    for role in _ROLES:
        title = t(f"sub.spread_{role}")
        if role not in own.index:
            blocks.append(subheading(inputs, title, t(f"finding.no_body_{role}")))
            continue
        row = own.loc[role].copy()
        row["role"] = role
        said = load_reading(row, inputs.names)
        if role == "coordinating":  # its table is that of the section above
            said = pointed(t, said, f"table-{locality}-{role}")
        blocks.append(subheading(inputs, title, said))
        if role == "lead":
            blocks += _spread(inputs, found, locality)
    return blocks


def _spread(inputs: Inputs, found: pd.DataFrame, locality: str) -> list[Block]:
    """Draw how the lead is spread where there is enough to read; fold up the tables."""
    t, own = inputs.labels, found[(found["locality"] == locality) & (found["reading"] != "few")]
    table = _spread_sheet(inputs, locality)
    if "lead" not in set(own["role"]):
        return [folded(inputs, table, t("data.alone"))]
    how: Options = {"locality": locality, "names": inputs.names, "note": False}  # said above
    indices_of = indices_sheet(inputs, own.sort_values("role", ascending=False), locality)
    return [
        Chart(plot_concentration(_readable(inputs, found), **how)),
        folded(inputs, table),
        folded(inputs, indices_of, indices_of.caption, notes=_explained(inputs)),
    ]


def _index_sheet(inputs: Inputs, found: pd.DataFrame) -> Sheet:
    """List the indices of all localities."""
    t, rows = inputs.labels, []
    for _, row in found.iterrows():
        place = page_link(row["locality"], inputs.names.locality(row["locality"]), "concentration")
        first = "; ".join(largest(row, inputs.names))
        rows.append((place, *_measures(row, inputs), t(f"reading.{row['reading']}"), first))
    heads = [t(f"column.{column}") for column in ("locality", *_MEASURES, "reading", "first_three")]
    return Sheet(t("sheet.concentration"), heads, rows, frozenset(range(1, 7)), "concentration")


def _carriers_sheet(inputs: Inputs, found: pd.DataFrame) -> Sheet:
    """Count, for each locality, the tasks by whose lead they are."""
    t, rows = inputs.labels, []
    columns = [f"n_{carrier}" for carrier in CARRIERS]
    for row in found.to_dict("records"):
        shared = t.percent(row["n_one_body"] / max(row["n_tasks"], 1))
        numbers = [int(row[column]) for column in columns]
        rows.append((inputs.names.locality(row["locality"]), int(row["n_tasks"]), *numbers, shared))
    heads = [t("column.locality"), t("column.pieces"), *(t(f"carrier.{carrier}") for carrier in CARRIERS)]
    heads.append(t("column.share_one_body"))
    return Sheet(t("sheet.carriers_all"), heads, rows, frozenset(range(1, len(heads))), "carriers")


def concentration_all(inputs: Inputs) -> list[Block]:
    """Compare how unevenly the load lies, and how much of it a body is answerable for by name."""
    t, found, names = inputs.labels, _indices(inputs), inputs.names
    work = work_by_carrier(
        inputs["tasks"], inputs["memberships"], inputs["mentions"], inputs.reference.agencies
    )
    work = work[work["role"] == "lead"]
    alone = (work["n_one_body"] / work["n_tasks"]).set_axis(work["locality"]).sort_index()
    most, least = str(alone.idxmax()), str(alone.idxmin())
    values = {"place": names.locality(most), "share": t.percent(alone[most])}
    values |= {"other": names.locality(least), "least": t.percent(alone[least])}
    blocks: list[Block] = [
        heading(inputs, "concentration", "", t("honest.concentration")),
        subheading(inputs, t("sub.carriers"), t("finding.all_carriers", **values)),
        sheet(inputs, _carriers_sheet(inputs, work)),
    ]
    led = found[(found["role"] == "lead") & (found["reading"] != "few")]
    told = t("finding.no_concentration")
    if len(led):
        first, last = led.loc[led["top3_share"].idxmax()], led.loc[led["top3_share"].idxmin()]
        values = {"place": names.locality(first["locality"]), "share": t.percent(first["top3_share"])}
        values |= {"other": names.locality(last["locality"]), "least": t.percent(last["top3_share"])}
        told = t("finding.all_concentration", **values)
    blocks.append(subheading(inputs, t("sub.spread_lead"), told))
    if len(led):
        blocks.append(Chart(plot_concentration(_readable(inputs, found), names=names)))
    table = _index_sheet(inputs, found[found["role"] == "lead"])
    summary = "" if len(led) else t("data.alone")
    return [*blocks, folded(inputs, table, summary, notes=_explained(inputs))]
