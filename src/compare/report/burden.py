"""Sections about who carries the load, and with which kinds of time.

In: :class:`Inputs` and a locality. Out: blocks. Named bodies and groups of bodies stand apart; a
plan's agencies are compared with those of plans of the same level only.
"""

import pandas as pd

from compare.figures import plot_timelines, plot_workload
from compare.figures.counts import agency_loads, timeline_shares
from compare.figures.style import Options
from compare.report.blocks import Block, Chart, Sheet
from compare.report.facts import peers_of
from compare.report.inputs import Inputs
from compare.report.load.lists import carried, task_list
from compare.report.shared import folded, heading, subheading
from compare.workload import UNNAMED

__all__ = ["timelines", "workload"]


def _load_sheet(loads: pd.DataFrame, inputs: Inputs, role: str, locality: str) -> Sheet:
    t, rows, tasks = inputs.labels, [], carried(inputs, locality)  # partners have their tasks in 'links'
    for row in loads.itertuples():
        kind = "–" if row.kind == "nobody" else t(f"agency.{row.kind}")
        mean = t.number(float(str(row.peers)), 1) if row.peers == row.peers else "–"
        which = [task_list(inputs, tasks.get((role, str(row.agency_id)), []))] if role == "lead" else []
        rows.append((inputs.names.agency(str(row.agency_id)), kind, row.n_tasks, mean, *which))
    columns = ["agency", "kind", role, "peers", *(["which"] if role == "lead" else [])]
    columns = [t(f"column.{column}") for column in columns]
    return Sheet(t(f"sheet.{role}"), columns, rows, frozenset({2, 3}), f"{locality}-{role}")


def _load_finding(loads: pd.DataFrame, inputs: Inputs, role: str) -> str:
    t, bodies = inputs.labels, loads[loads["kind"] == "body"]
    total = loads.groupby("kind")["n_tasks"].sum()
    groups, unnamed = int(total.get("group", 0)), loads.loc[loads["agency_id"] == UNNAMED, "n_tasks"].sum()
    more = " " + t(f"finding.{role}_unnamed", n=int(unnamed)) if unnamed else ""
    if bodies.empty:
        return t(f"finding.{role}_groups", groups=groups) + more
    top = bodies.iloc[0]
    name = inputs.names.agency(top["agency_id"])
    found = t(f"finding.{role}", agency=name, most=int(top["n_tasks"]), n=len(bodies), groups=groups)
    return found + more


def workload(inputs: Inputs, locality: str) -> list[Block]:
    """Show which agencies lead and coordinate how much, beside the plans of the same level."""
    t, peers = inputs.labels, peers_of(locality, inputs["documents"])
    about = t("honest.peers", peers=t.listed([inputs.names.locality(p) for p in peers]))
    blocks: list[Block] = [
        heading(inputs, "workload", "", t("honest.workload"), about if peers else t("honest.no_peers"))
    ]
    for role in ("lead", "coordinating"):
        loads = agency_loads(inputs["workload"], locality, role, inputs.names.groups, peers)
        if (loads["kind"] == "nobody").all():
            blocks.append(subheading(inputs, t(f"sub.{role}"), t(f"finding.no_{role}")))
            continue
        blocks.append(subheading(inputs, t(f"sub.{role}"), _load_finding(loads, inputs, role)))
        how: Options = {"locality": locality, "role": role, "peers": peers, "names": inputs.names}
        blocks.append(Chart(plot_workload(inputs["workload"], **how)))
        blocks.append(folded(inputs, _load_sheet(loads, inputs, role, locality)))
    return blocks


def _time_sheet(shares: pd.DataFrame, inputs: Inputs, locality: str) -> Sheet:
    t = inputs.labels
    rows = [
        (
            t(f"time.{row.Index or 'none'}"),
            row.n,
            t.percent(float(str(row.share))),
            t.percent(float(str(row.others))),
        )
        for row in shares.itertuples()
    ]
    columns = [t(f"column.{c}") for c in ("time_kind", "tasks", "share", "others_share")]
    return Sheet(t("sheet.timelines"), columns, rows, frozenset({1, 2, 3}), f"{locality}-timelines")


def timelines(inputs: Inputs, locality: str) -> list[Block]:
    """Show which kinds of time the tasks have."""
    t, names = inputs.labels, inputs.names
    shares = timeline_shares(inputs["tasks"], locality)
    untimed = int(shares["n"].get("", 0))
    total = int(shares["n"].sum())
    lead = t("finding.timelines", n=untimed, total=total, share=t.percent(untimed / total))
    chart = Chart(plot_timelines(inputs["tasks"], locality=locality, names=names))
    return [heading(inputs, "timelines", lead), chart, folded(inputs, _time_sheet(shares, inputs, locality))]
