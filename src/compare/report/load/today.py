"""The section about who holds the work today: what became of the agencies that the plan names.

In: :class:`Inputs` and a locality. Out: blocks. The plan's names stand as they are, and today's holder
beside them with its source; what no published source says is called unverified and names no holder.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.report.blocks import Block, Sheet, printed, worded
from compare.report.inputs import Inputs
from compare.report.load.grounds import Sources
from compare.report.load.lists import agency_name
from compare.report.load.merged import merged_blocks
from compare.report.shared import heading, sheet, subheading
from compare.workload import counted_tasks

__all__ = ["changed_territory", "today"]

_LEFT = ("none", "unverified", "undetermined")  # outcomes without a holder
_FATE = ["holder_id", "outcome", "content", "since", "ground"]


def _fate(row: dict[str, Any]) -> str:
    """Tell a body that goes on from one that was set up anew under its old name."""
    again = row["outcome"] == "one" and row["holder_id"] == row["agency_id"]
    return "renewed" if again else str(row["outcome"])


def _numbers(own: pd.DataFrame, counted: frozenset[str]) -> list[int]:
    """Count the tasks of some rows of the holders, as lead and as coordinating agency."""
    rows = own[own["task_id"].isin(counted)]
    return [rows.loc[rows["role"] == role, "task_id"].nunique() for role in ("lead", "coordinating")]


def _fates(own: pd.DataFrame, counted: frozenset[str]) -> list[dict[str, Any]]:
    """List one agency's holders with their tasks; last, the tasks that no holder can be told for."""
    rows, several = [], own["holder_id"].nunique() > 1
    for _, part in own.groupby("holder_id", sort=True):
        row = dict(part.iloc[0][["agency_id", *_FATE]])
        rows.append({**row, "n": _numbers(part[part["chosen"]] if several else part, counted)})
    if several:
        decided = own.groupby(["task_id", "role"])["chosen"].transform("any")
        left = _numbers(own[~decided], counted)
        if any(left):
            blank = dict.fromkeys(_FATE, "") | {"outcome": "undetermined"}
            rows.append({"agency_id": own["agency_id"].iloc[0], **blank, "n": left})
    return sorted(
        rows, key=lambda row: (not row["holder_id"], row["outcome"] == "undetermined", -sum(row["n"]))
    )


def _by_load(own: pd.DataFrame, counted: frozenset[str]) -> list[list[dict[str, Any]]]:
    """List the agencies, those of most tasks first, each with its holders."""
    found = [(agency, rows, _numbers(rows, counted)) for agency, rows in own.groupby("agency_id")]
    order = sorted(found, key=lambda item: (-item[2][0], -item[2][1], item[0]))
    return [_fates(rows, counted) for _, rows, _ in order]


def _printed(inputs: Inputs, locality: str) -> dict[str, str]:
    """Map each agency to its names as the plan prints them, most frequent first; capitals aside."""
    mentions = inputs["mentions"]
    own = mentions[mentions["task_id"].map(lambda task: inputs.tasks[task]["locality"] == locality)]
    counts = own.groupby(["agency_id", "printed"]).size().reset_index(name="n")
    counts = counts.sort_values(["agency_id", "n", "printed"], ascending=[True, False, True])
    counts = counts[
        ~counts.assign(printed=counts["printed"].map(str.casefold)).duplicated(["agency_id", "printed"])
    ]
    return {str(agency): "; ".join(rows["printed"]) for agency, rows in counts.groupby("agency_id")}


def _holder(inputs: Inputs, row: dict[str, Any]) -> Markup:
    """Name who holds the work, with the part of it; or say that nobody is known to."""
    if row["outcome"] in _LEFT or not row["holder_id"]:
        name = inputs.labels(f"held.{row['outcome']}")
    else:
        name = agency_name(inputs, row["holder_id"])
    content = worded(inputs.names.wording.said(row["content"]), row["content"], inputs.labels)
    part = Markup("<br><small>{}</small>").format(content) if content else Markup("")
    return Markup("{}").format(name) + part


def _fate_sheet(
    inputs: Inputs, agencies: list[list[dict[str, Any]]], sources: Sources, locality: str
) -> Sheet:
    t, names, rows = inputs.labels, _printed(inputs, locality), []
    for row in [row for fates in agencies for row in fates]:
        agency = str(row["agency_id"])
        name = printed(names[agency], t) if agency in names else inputs.names.agency(agency)
        since = t.date(row["since"]) if row["since"] else "–"
        cells = [_holder(inputs, row), t(f"fate.{_fate(row)}"), since, *row["n"]]
        rows.append((name, *cells, sources.cite(row["ground"])))
    heads = ["as_printed", "holder", "fate", "since", "leads", "coordinates", "ground"]
    return Sheet(
        t("sheet.today"),
        [t(f"column.{h}") for h in heads],
        rows,
        frozenset({4, 5}),
        f"{locality}-today",
        True,
    )


def territory(inputs: Inputs, locality: str) -> str:
    """Say what became of the locality itself, or that nobody has looked it up."""
    t, table = inputs.labels, inputs.reference.locality_successions
    found = table[table["locality"] == locality].to_dict("records")
    if not found or found[0]["status"] != "sourced":
        return t("place.unknown")
    row = found[0]
    note = row["note" if inputs.language == "vi" else "note_en"]
    key = "place.none" if not row["successor_vi"] else "place.merged" if row["since"] else "place.same"
    values = {
        "name": row["successor_vi"],
        "of": t.listed(row["made_of"].split(";")),
        "since": t.date(row["since"]),
    }
    return t(key, note=note, **values)


def changed_territory(inputs: Inputs, locality: str) -> str:
    """Say the same where the locality is no longer what it was when its plan was issued; else nothing."""
    table = inputs.reference.locality_successions
    known = table[(table["locality"] == locality) & (table["status"] == "sourced") & (table["since"] != "")]
    return territory(inputs, locality) if len(known) else ""


def _place(inputs: Inputs, locality: str, sources: Sources) -> Markup:
    """Say what became of the locality, with the sources."""
    table = inputs.reference.locality_successions
    grounds = table.loc[(table["locality"] == locality) & (table["status"] == "sourced"), "ground"]
    said = Markup("{}").format(territory(inputs, locality))
    return Markup(" ").join([said, *(sources.cite(str(ground)) for ground in grounds)])


def _finding(inputs: Inputs, agencies: list[list[dict[str, Any]]]) -> str:
    """Count the agencies by what became of them; one with several holders is split."""
    t, first = inputs.labels, ("several", "none", "unverified", "loose", "one", "renewed", "same")
    kinds = [{_fate(row) for row in fates} for fates in agencies]
    fates = [next(kind for kind in first if kind in found) for found in kinds]
    parts = [t(f"fates.{kind}", n=fates.count(kind)) for kind in reversed(first) if kind in fates]
    restated = sum(not any(sum(row["n"]) for row in fates) for fates in agencies)
    said = t("finding.today", total=len(agencies), parts="; ".join(parts))
    return f"{said} {t('finding.today_restated', n=restated)}" if restated else said


def today(inputs: Inputs, locality: str) -> list[Block]:
    """Show who holds the work of the plan's agencies today, and what that adds up to."""
    t, holders = inputs.labels, inputs["holders"]
    own = holders[holders["locality"] == locality]
    if own.empty:
        return [heading(inputs, "today", t("finding.no_agency"))]
    counted = frozenset(counted_tasks(inputs["tasks"], inputs["memberships"])["task_id"])
    agencies, table = _by_load(own, counted), inputs.reference.locality_successions
    grounds = [row["ground"] for fates in agencies for row in fates]
    sources = Sources(inputs, [*grounds, *table.loc[table["locality"] == locality, "ground"]])
    place = _place(inputs, locality, sources)
    return [
        heading(inputs, "today", _finding(inputs, agencies), t("honest.today"), place),
        sheet(inputs, _fate_sheet(inputs, agencies, sources, locality)),
        *merged_blocks(inputs, locality),
        subheading(
            inputs, t("sub.sources"), t("finding.sources", n=len(sources.texts), kinds=sources.kinds())
        ),
        sheet(inputs, sources.sheet(f"{locality}-sources")),
    ]
