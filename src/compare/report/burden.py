"""The section about who carries the load.

In: :class:`Inputs` and a locality. Out: blocks. Named bodies and groups of bodies stand apart; a
plan's agencies are compared with those of plans of the same level only.
"""

import pandas as pd

from compare.figures import plot_workload
from compare.figures.counts import agency_loads
from compare.figures.style import Options
from compare.report.blocks import Block, Chart, Sheet
from compare.report.facts import peers_of
from compare.report.inputs import Inputs
from compare.report.load.lists import agency_both, carried, once, task_list
from compare.report.shared import folded, heading, subheading
from compare.workload import UNNAMED

__all__ = ["workload"]


def _load_sheet(loads: pd.DataFrame, inputs: Inputs, role: str, locality: str) -> Sheet:
    peered = bool(loads["peers"].notna().all())
    t, rows, tasks = inputs.labels, [], carried(inputs, locality)  # partners have their tasks in 'links'
    for row in loads.itertuples():
        kind = "–" if row.kind == "nobody" else t(f"agency.{row.kind}")
        shares = [t.percent(float(str(row.share))), t.percent(float(str(row.peers))) if peered else "–"]
        which = [task_list(inputs, tasks.get((role, str(row.agency_id)), []))] if role == "lead" else []
        rows.append((agency_both(inputs, str(row.agency_id)), kind, row.n_tasks, *shares, *which))
    columns = ["agency", "kind", role, "share_of_rows", "peers", *(["which"] if role == "lead" else [])]
    columns = [t(f"column.{column}") for column in columns]
    return Sheet(t(f"sheet.{role}"), columns, rows, frozenset({2, 3, 4}), f"{locality}-{role}")


def _load_finding(loads: pd.DataFrame, inputs: Inputs, role: str) -> str:
    t, bodies = inputs.labels, loads[loads["kind"] == "body"]
    total = loads.groupby("kind")["n_tasks"].sum()
    groups, unnamed = int(total.get("group", 0)), loads.loc[loads["agency_id"] == UNNAMED, "n_tasks"].sum()
    more = " " + t(f"finding.{role}_unnamed", n=int(unnamed)) if unnamed else ""
    if bodies.empty:
        return t(f"finding.{role}_groups", groups=groups) + more
    top = bodies.iloc[0]
    name = inputs.names.agency(top["agency_id"])
    most = int(top["n_tasks"])
    key = f"finding.{role}" if most > 1 else f"finding.{role}_one"  # all alike: none stands out
    return t(key, agency=name, most=most, n=len(bodies), groups=groups) + more


def workload(inputs: Inputs, locality: str) -> list[Block]:
    """Show which agencies lead and coordinate how much, beside the plans of the same level."""
    t, peers = inputs.labels, peers_of(locality, inputs["documents"])
    about = t("honest.peers", peers=t.listed([inputs.names.locality(p) for p in peers]))
    blocks: list[Block] = [
        heading(inputs, "workload", "", once(inputs, locality), about if peers else t("honest.no_peers"))
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
