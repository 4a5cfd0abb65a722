"""The section of the overview about what falls due when, all plans beside each other.

In: :class:`Inputs`. Out: blocks.
"""

import pandas as pd

from compare.figures import plot_due, plot_rhythms
from compare.figures.due import period_name
from compare.figures.due_counts import due_counts, rhythm_counts, way_counts
from compare.report.blocks import Block, Chart
from compare.report.calendar import due_blocks
from compare.report.inputs import Inputs
from compare.report.shared import counts_sheet, folded, heading, lost_times, subheading
from compare.report.ways import pointed

__all__ = ["calendar"]


def _places(inputs: Inputs, counts: pd.DataFrame) -> list[str]:
    return [inputs.names.locality(str(place)) for place in counts.columns]


def _due(inputs: Inputs) -> list[Block]:
    """Show how many tasks fall due in which quarter, those printed to the year apart."""
    t, counts = inputs.labels, due_counts(inputs["calendar"])
    if counts.empty:
        return [subheading(inputs, t("sub.due"), t("finding.no_due"))]
    rows = [period_name(t, *period) for period in counts.index]
    total = counts.sum(axis=1)
    most = int(total.to_numpy().argmax())
    coarse = int(total[[period == "year" for _, period in counts.index]].sum())
    places = int((counts.iloc[most] > 0).sum())
    values = {"n": int(total.sum()), "most": int(total.iloc[most]), "when": rows[most]}
    key = "finding.all_due" if coarse else "finding.all_due_exact"
    found = t(key, places=places, year=coarse, **values)
    data = counts_sheet(inputs, counts, "due_matrix", ("period", rows), _places(inputs, counts))
    chart = Chart(plot_due(inputs["calendar"], names=inputs.names))
    return [subheading(inputs, t("sub.due"), found), chart, folded(inputs, data)]


def _rhythms(inputs: Inputs) -> list[Block]:
    """Show what share of the tasks is due once, recurs, goes on or has no time."""
    t, counts = inputs.labels, rhythm_counts(inputs["calendar"])
    ways = way_counts(inputs["calendar"])
    timed = (1 - ways.loc["untimed"] / ways.sum().clip(lower=1)).sort_index()
    most, least = str(timed.idxmax()), str(timed.idxmin())
    values = {"place": inputs.names.locality(most), "share": t.percent(timed[most])}
    values |= {"other": inputs.names.locality(least), "least": t.percent(timed[least])}
    rows = [t(f"rhythm.{time}") for time in counts.index]
    data = counts_sheet(inputs, counts, "rhythm_matrix", ("rhythm", rows), _places(inputs, counts))
    chart = Chart(plot_rhythms(inputs["calendar"], names=inputs.names))
    found = t("finding.all_rhythms", **values)
    return [subheading(inputs, t("sub.rhythms"), found), chart, folded(inputs, data)]


def calendar(inputs: Inputs) -> list[Block]:
    """Show what falls due when and what recurs, locality by locality."""
    ways = way_counts(inputs["calendar"]).sum(axis=1)
    n, none = int(ways.sum()), int(ways["untimed"])
    lead = inputs.labels(
        "finding.all_calendar", n=n, none=none, share=inputs.labels.percent(none / max(n, 1))
    )
    lead = pointed(inputs.labels, lead, "table-rhythm-matrix")
    head = heading(inputs, "calendar", lead, inputs.labels("honest.calendar"), lost_times(inputs))
    return [head, *_due(inputs), *_rhythms(inputs), *due_blocks(inputs)]
