"""Sections about the numbers that plans promise.

In: :class:`Inputs`, and a locality or none. Out: blocks. Goals of the plan and outputs of annex rows
stand apart; the same goal elsewhere stands beside, with what forbids comparing the two.
"""

import pandas as pd
from markupsafe import Markup

from compare.figures import plot_targets
from compare.figures.targets import bounded, shared_shares
from compare.report.blocks import Block, Chart, Sheet, coded, lines_link, page_link, printed, task_link
from compare.report.evidence import printed_marks
from compare.report.facts import goal_pairs
from compare.report.inputs import Inputs, Row
from compare.report.shared import folded, heading, sheet, subheading
from compare.targets import compare_targets

__all__ = ["targets", "targets_all"]


def _amount(row: Row, inputs: Inputs) -> str:
    unit = inputs.names.wording.unit(row["unit"], row["value_high"])
    amount = bounded(inputs.labels, row["value"], row["value_high"], unit, row["bound"])
    return printed(amount, inputs.labels)  # a unit that units.csv does not know is as printed


def _year(row: Row, inputs: Inputs) -> str:
    return inputs.labels("target.no_year") if pd.isna(row["year"]) else str(int(row["year"]))


def _name(row: Row, inputs: Inputs) -> str:
    """Name what is promised: by its indicator, or as printed where it has none."""
    named = inputs.names.indicators.get(row["indicator"])
    return named or printed(row["text"], inputs.labels)


def _baseline(row: Row, inputs: Inputs) -> str:
    if pd.isna(row["baseline"]):
        return "–"
    unit = inputs.names.wording.unit(row["unit"], row["baseline"])
    return printed(bounded(inputs.labels, row["baseline"], row["baseline"], unit, "exactly"), inputs.labels)


def _lines(row: Row, inputs: Inputs, own: str) -> Markup:
    """Link to the lines of a goal, in which its words are marked."""
    return lines_link(row, inputs.labels, own, printed_marks(row, [row["text"]], inputs))


def _objective_sheet(inputs: Inputs, rows: pd.DataFrame, locality: str) -> Sheet:
    t, cells = inputs.labels, []
    for row in rows.to_dict("records"):
        first = (_name(row, inputs), _amount(row, inputs), _year(row, inputs), _baseline(row, inputs))
        cells.append((*first, printed(row["text"], t), _lines(row, inputs, locality)))
    columns = [t(f"column.{c}") for c in ("indicator", "amount", "year", "baseline", "as_printed", "lines")]
    return Sheet(t("sheet.objectives"), columns, cells, name=f"{locality}-objectives")


def _output_sheet(inputs: Inputs, rows: pd.DataFrame, locality: str) -> Sheet:
    t, cells = inputs.labels, []
    for row in rows.to_dict("records"):
        task = inputs.tasks.get(row["task_id"])
        where = task_link(task, t) if task else "–"
        first = (printed(row["text"], t), _amount(row, inputs), _year(row, inputs))
        cells.append((*first, where, _lines(row, inputs, locality)))
    columns = [t(f"column.{c}") for c in ("as_printed", "amount", "year", "task", "lines")]
    return Sheet(t("sheet.outputs"), columns, cells, name=f"{locality}-outputs")


def _reason(reason: str, same_level: bool, inputs: Inputs) -> str:
    """Say whether two goals compare, and where they do, what to mind."""
    words = inputs.labels(f"target.reason.{reason or 'same'}")
    return words if reason or same_level else f"{words}; {inputs.labels('target.mind_level')}"


def _why(pair: Row, inputs: Inputs) -> str:
    """Say whether a pair compares; of two shares, what each is of."""
    if pair["reason"] == "other whole":
        here, there = (inputs.names.wording.whole(pair[c]) or "–" for c in ("whole", "other_whole"))
        return inputs.labels("target.wholes", here=here, there=there)
    return _reason(pair["reason"], pair["same_level"], inputs)


def _pair_sheet(inputs: Inputs, pairs: pd.DataFrame, locality: str) -> Sheet:
    t, cells = inputs.labels, []
    goals = {row["target_id"]: row for row in inputs["targets"].to_dict("records")}
    for pair in pairs.to_dict("records"):
        here, there = goals[pair["target_id"]], goals[pair["other_id"]]
        own = Markup("{}, {}").format(_amount(here, inputs), _year(here, inputs))
        other = Markup("{}, {}").format(_amount(there, inputs), _year(there, inputs))
        place = inputs.names.locality(pair["other"])
        cells.append(
            (_name(here, inputs), own, place, other, _why(pair, inputs), _lines(there, inputs, locality))
        )
    columns = ("indicator", "amount_here", "other_place", "amount_there", "comparable", "lines_there")
    heads = [t(f"column.{column}") for column in columns]
    return Sheet(t("sheet.targets_elsewhere"), heads, cells, name=f"{locality}-targets-elsewhere")


def _beside(inputs: Inputs, locality: str) -> list[Block]:
    """Set the plan's goals beside the same ones of other plans."""
    t, pairs = inputs.labels, goal_pairs(inputs["targets"], inputs["documents"], locality)
    if pairs.empty:
        return [subheading(inputs, t("sub.targets_elsewhere"), t("finding.targets_alone"))]
    same, goals = pairs[pairs["reason"] == ""], inputs["targets"].set_index("target_id")[["value", "bound"]]
    equal = sum(
        goals.loc[a].equals(goals.loc[b]) for a, b in zip(same["target_id"], same["other_id"], strict=True)
    )
    some = "all" if equal == len(same) else "some" if equal else "none"
    compared = t(f"target.equal.{some}", n=len(same), equal=equal)
    key = "finding.targets_elsewhere" if len(same) else "finding.targets_apart"
    said = t(key, n=pairs["target_id"].nunique(), pairs=len(pairs), compared=compared)
    return [
        subheading(inputs, t("sub.targets_elsewhere"), said),
        sheet(inputs, _pair_sheet(inputs, pairs, locality)),
    ]


def _stated_elsewhere(inputs: Inputs, locality: str) -> str:
    """Say which other plans promise how many numbers."""
    counts = inputs["targets"]["locality"].value_counts().sort_index()
    t, names = inputs.labels, inputs.names
    link = {str(p): page_link(str(p), names.locality(str(p)), "targets") for p in counts.index}
    others: list[str] = [
        Markup("{} ({})").format(link[str(p)], n) for p, n in counts.items() if p != locality
    ]
    return t.markup("honest.targets_others", places=t.listed(others)) if others else ""


def _promised(own: pd.DataFrame, inputs: Inputs) -> str:
    """Say how many numbers a plan promises, where they stand, and how many give no year."""
    t = inputs.labels
    counts = {s: int((own["scope"] == s).sum()) for s in ("objective", "annex-output")}
    key = "targets" if all(counts.values()) else "targets_goals" if counts["objective"] else "targets_outputs"
    values = {"objectives": counts["objective"], "outputs": counts["annex-output"]}
    undated = int(own["year"].isna().sum())
    more = t("finding.targets_undated", n=undated) if undated else t("finding.targets_dated")
    return f"{t(f'finding.{key}', n=len(own), **values)} {more}"


def targets(inputs: Inputs, locality: str) -> list[Block]:
    """Show the numbers that the plan promises, and the same goals elsewhere."""
    t = inputs.labels
    own = inputs["targets"][inputs["targets"]["locality"] == locality]
    if own.empty:
        note = _stated_elsewhere(inputs, locality)
        return [heading(inputs, "targets", t("finding.no_targets"), t("honest.no_targets"), note)]
    goals, outputs = (own[own["scope"] == scope] for scope in ("objective", "annex-output"))
    blocks: list[Block] = [heading(inputs, "targets", _promised(own, inputs), t("honest.targets"))]
    if len(goals):
        blocks.append(sheet(inputs, _objective_sheet(inputs, goals, locality)))
    if len(outputs):
        blocks.append(sheet(inputs, _output_sheet(inputs, outputs, locality)))
    return [*blocks, *_beside(inputs, locality)]


def _counted_sheet(inputs: Inputs) -> Sheet:
    """Count what each plan promises, those that promise nothing too."""
    t, table, rows = inputs.labels, inputs["targets"], []
    for place in inputs.localities:
        own = table[table["locality"] == place]
        numbers = [int((own["scope"] == scope).sum()) for scope in ("objective", "annex-output")]
        known = [int(own[column].notna().sum()) for column in ("year", "baseline")]
        rows.append((page_link(place, inputs.names.locality(place), "targets"), *numbers, *known))
    columns = ("locality", "objectives", "outputs", "with_year", "with_baseline")
    heads = [t(f"column.{c}") for c in columns]
    return Sheet(t("sheet.targets_counted"), heads, rows, frozenset({1, 2, 3, 4}), "targets-counted")


def _share_sheet(inputs: Inputs, rows: pd.DataFrame) -> Sheet:
    t, cells = inputs.labels, []
    goals = {row["target_id"]: row for row in inputs["targets"].to_dict("records")}
    for row in rows.to_dict("records"):
        goal = goals[row["target_id"]]
        place, why = inputs.names.locality(goal["locality"]), _reason(row["reason"], True, inputs)
        first = (_name(goal, inputs), _year(goal, inputs), place, _amount(goal, inputs))
        whole = inputs.names.wording.whole(row["whole"]) or "–"
        cells.append((*first, whole, why, _lines(goal, inputs, "")))
    columns = ("indicator", "year", "locality", "amount", "whole", "comparable", "lines")
    heads = [t(f"column.{c}") for c in columns]
    return Sheet(t("sheet.target_shares"), heads, cells, name="target-shares")


def _goal_link(goal: Row, inputs: Inputs) -> Markup:
    """Write an amount, linked to its line in the report of its locality."""
    target = f"{goal['locality']}.html#L{goal['line_start']}"
    marks = printed_marks(goal, [goal["text"]], inputs)
    return Markup('<a href="{}"{}>{}</a>').format(target, coded(marks), _amount(goal, inputs))


def _count_sheet(inputs: Inputs, counts: pd.DataFrame) -> Sheet:
    """Set counts side by side, one row an indicator and year, each linked to its line."""
    t, cells = inputs.labels, []
    goals = {row["target_id"]: row for row in inputs["targets"].to_dict("records")}
    shown = [p for p in inputs.localities if p in set(counts["locality"])]
    counts = counts.assign(when=counts["year"].astype("Int64").astype("str"))
    for _, group in counts.groupby(["indicator", "when"], sort=False):
        found = dict(zip(group["locality"], group["target_id"], strict=True))
        values = [_goal_link(goals[found[p]], inputs) if p in found else "–" for p in shown]
        reasons = [reason for reason in group["reason"] if reason]
        reason = reasons[0] if reasons else ""
        first = goals[group["target_id"].iloc[0]]
        cells.append(
            (_name(first, inputs), _year(first, inputs), *values, t(f"target.short.{reason or 'same'}"))
        )
    places = [inputs.names.locality(p) for p in shown]
    heads = [t("column.indicator"), t("column.year"), *places, t("column.comparable")]
    return Sheet(t("sheet.target_counts"), heads, cells, name="target-counts")


def _shares(inputs: Inputs) -> list[Block]:
    t, rows = inputs.labels, shared_shares(inputs["targets"])
    if rows.empty:
        return []
    same = int(rows["comparable"].sum())
    said = t("finding.target_shares", n=len(rows), indicators=rows["indicator"].nunique(), same=same)
    placed = inputs["documents"]["locality"].isin(rows["locality"])
    several = inputs["documents"].loc[placed, "level"].nunique() > 1
    levels = t("honest.target_levels") if several else ""
    return [
        subheading(inputs, t("sub.target_shares"), *filter(None, (said, levels))),
        Chart(plot_targets(inputs["targets"], names=inputs.names)),
        folded(inputs, _share_sheet(inputs, rows)),
    ]


def targets_all(inputs: Inputs) -> list[Block]:
    """Show what every plan promises: counted, shares on one axis, counts side by side."""
    t, table = inputs.labels, inputs["targets"]
    missing = [inputs.names.locality(p) for p in inputs.localities if p not in set(table["locality"])]
    values = {"n": len(table), "places": table["locality"].nunique(), "total": len(inputs.localities)}
    none = t("finding.targets_missing", places=t.listed(missing)) if missing else ""
    lead = " ".join(filter(None, (t("finding.all_targets", **values), none)))
    blocks: list[Block] = [
        heading(inputs, "targets_all", lead, t("honest.targets")),
        sheet(inputs, _counted_sheet(inputs)),
        *_shares(inputs),
    ]
    compared = compare_targets(table, levels=inputs["documents"])
    counts = compared[compared["unit"] != "%"]
    if len(counts):
        said = t("finding.target_counts", n=counts["indicator"].nunique())
        blocks.append(subheading(inputs, t("sub.target_counts"), said))
        blocks.append(sheet(inputs, _count_sheet(inputs, counts)))
    return blocks
