"""The section about peaks: many one-off tasks of one agency due in the same quarter, or by the same year.

In: :class:`Inputs` and a locality. Out: blocks. A signal is a question to the agency, not a verdict:
how much it can carry is nowhere in the plan.
"""

import pandas as pd

from compare.figures import plot_peaks
from compare.figures.peaks import period_word
from compare.report.blocks import Block, Chart, Sheet
from compare.report.inputs import Inputs
from compare.report.load.lists import agency_name, task_list
from compare.report.shared import folded, heading
from compare.workload import overload
from compare.workload.peaks import THRESHOLD, period_order

__all__ = ["peaks"]


def _peak_sheet(inputs: Inputs, due: pd.DataFrame, locality: str) -> Sheet:
    """List agencies and periods, most tasks first, with the tasks that fall due."""
    t, rows = inputs.labels, []
    order = due.sort_values(["n_due", "period", "agency_id"], ascending=[False, True, True])
    for row in order.itertuples():
        signal = t("signal.yes") if row.signal else t("signal.no")
        cells = [agency_name(inputs, str(row.agency_id)), period_word(t, str(row.period)), row.n_due]
        rows.append((*cells, signal, task_list(inputs, str(row.task_ids).split(";"))))
    heads = [t(f"column.{column}") for column in ("agency", "period", "pieces", "signal", "which")]
    return Sheet(t("sheet.peaks"), heads, rows, frozenset({2}), f"{locality}-peaks")


def _finding(inputs: Inputs, due: pd.DataFrame) -> str:
    """Name the agencies and periods with a signal, most tasks first."""
    t, found = inputs.labels, due[due["signal"]].sort_values(["n_due", "agency_id"])
    if found.empty:
        return t("finding.no_peaks", threshold=THRESHOLD, most=int(due["n_due"].max()))
    said = []
    for period in sorted(found["period"].unique(), key=period_order):
        own = found[found["period"] == period]
        names = [f"{inputs.names.agency(str(r.agency_id))} ({r.n_due})" for r in own.itertuples()]
        said.append(t("peaks.period", period=period_word(t, period), agencies=t.listed(names)))
    return t("finding.peaks", threshold=THRESHOLD, peaks="; ".join(said))


def peaks(inputs: Inputs, locality: str) -> list[Block]:
    """Show which agencies have many one-off tasks due in the same quarter, or by the same year."""
    t = inputs.labels
    tasks = inputs["tasks"][inputs["tasks"]["locality"] == locality]
    due = overload(tasks, inputs["memberships"], threshold=THRESHOLD)
    if due.empty:
        return [heading(inputs, "peaks", t("finding.peaks_undated"), t("honest.peaks", threshold=THRESHOLD))]
    return [
        heading(inputs, "peaks", _finding(inputs, due), t("honest.peaks", threshold=THRESHOLD)),
        Chart(plot_peaks(due, locality, names=inputs.names)),
        folded(inputs, _peak_sheet(inputs, due, locality)),
    ]
