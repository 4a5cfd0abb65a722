"""Sections that hold a plan beside the others: coverage, gaps, what only it has.

In: :class:`Inputs` and a locality. Out: blocks. A gap is said as what it is: not found in the plan.
"""

from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from compare.figures import plot_coverage, plot_gaps_by_pillar
from compare.figures.counts import STATED, STATUSES, ordered, pillars_first, status_counts
from compare.figures.coverage import family_order
from compare.report.blocks import Block, Chart, Fragment, Sheet, fragment, page_link, task_link
from compare.report.facts import completeness, family_table, split_ids
from compare.report.inputs import Inputs, Row
from compare.report.quotes import missing_families, origin_mark, quote, quotes_of
from compare.report.shared import counts_sheet, folded, heading, reviewed_note, status_word, subheading
from compare.report.ways import pointed

__all__ = ["completeness_sheet", "coverage", "coverage_sheet", "gaps", "unique"]


_TABLE = "table-completeness"


def _task_links(family: str, joined: str, inputs: Inputs) -> Markup:
    """Link to tasks; those that no reader put into the family are marked."""
    links = [
        task_link(inputs.tasks[task], inputs.labels) + origin_mark(family, task, inputs)
        for task in split_ids(joined)
    ]
    return Markup(", ").join(links)


def coverage_sheet(inputs: Inputs, families: list[str], locality: str, caption: str, pillar: int) -> Sheet:
    """Make the table of a coverage grid: families, the plan's tasks, everyone's status."""
    t, places = inputs.labels, ordered(inputs.localities, locality)
    rows = []
    for family in families:
        found = _task_links(family, inputs.cells[family, locality]["task_ids"], inputs)
        statuses = (status_word(inputs, inputs.cells[family, place]["status"]) for place in places)
        title = Markup('<span id="family-{}">{}</span>').format(family, inputs.names.families[family])
        rows.append((title, *statuses, found))
    places = [inputs.names.locality(place) for place in places]
    columns = [t("column.family"), *places, t("column.own_tasks")]
    return Sheet(caption, columns, rows, name=f"{locality}-coverage-{pillar}")


def completeness_sheet(inputs: Inputs, locality: str = "") -> Sheet:
    """Say how much of what others state each plan states; in the overview with links to the reports."""
    t, rows = inputs.labels, []
    n_tasks = inputs["tasks"].groupby("locality").size()
    for place, row in completeness(inputs["coverage"]).iterrows():
        numbers = [int(row[c]) for c in ("stated", "elsewhere")]
        rest = [int(row[c]) for c in ("gap", "review", "unique")]
        name = inputs.names.locality(str(place))
        shown = name if locality else page_link(str(place), name, "coverage")
        rows.append((shown, int(n_tasks[place]), *numbers, t.percent(row["share"]), *rest))
    columns = ("locality", "tasks", "stated", "elsewhere", "share", "gaps", "review", "unique")
    heads = [t(f"column.{column}") for column in columns]
    return Sheet(t("sheet.completeness"), heads, rows, frozenset(range(1, 8)), "completeness")


def coverage(inputs: Inputs, locality: str) -> list[Block]:
    """Show families by localities, one grid a pillar."""
    t, names, table = inputs.labels, inputs.names, inputs["coverage"]
    order = family_order(table, inputs["families"])
    stated = set(table.loc[(table["locality"] == locality) & table["status"].isin(STATED), "family_id"])
    lead = t("finding.coverage", n=len(order), stated=len(stated))
    blocks: list[Block] = [
        heading(inputs, "coverage", lead, t("honest.marks")),
        folded(inputs, completeness_sheet(inputs, locality), t("sheet.completeness")),
    ]
    for pillar in pillars_first(order["pillar"]):
        name, ids = names.pillar(pillar), list(order.loc[order["pillar"] == pillar, "family_id"])
        rows = table[table["family_id"].isin(ids)]
        own = t("finding.pillar", n=len(ids), stated=len(stated & set(ids)))
        chart = plot_coverage(rows, inputs["families"], locality=locality, names=names, of=name)
        data = coverage_sheet(inputs, ids, locality, t("sheet.coverage", pillar=name), pillar)
        blocks += [subheading(inputs, name, own), Chart(chart), folded(inputs, data)]
    return blocks


def _gap(row: Row, inputs: Inputs, locality: str) -> dict[str, object]:
    """Return one missing family as the template takes it."""
    near, probability = row["nearest_task_id"], float(row["nearest_probability"])
    read = near in inputs.read_tasks and (near, row["family_id"]) not in inputs.asked
    return {
        "id": row["family_id"],
        "title": inputs.names.families[row["family_id"]],
        "pillar": inputs.names.pillar(int(row["pillar"])),
        "n": int(row["n_others"]),
        "of": len(inputs.localities) - 1,
        "quotes": quotes_of(row["family_id"], row["others"], inputs, locality),
        "near": quote(near, inputs, locality) if near in inputs.tasks else None,
        "share": inputs.labels.percent(probability),
        "read": read,
        "close": row["status"] == "gap" and probability >= inputs.nearly and not read,
    }


def _gap_list(inputs: Inputs, locality: str, key: str, rows: pd.DataFrame) -> Fragment:
    """List gaps of a kind; those of one other plan are many, and stand in that plan's own report too."""
    shown = [_gap(row, inputs, locality) for row in rows.to_dict("records")]
    made = fragment("gaps", inputs.labels, key=key, gaps=shown, open=key == "gaps.several")
    return replace(made, repeats=key == "gaps.single")


def gaps(inputs: Inputs, locality: str) -> list[Block]:
    """Show the families that others state and this plan does not, with the evidence."""
    t = inputs.labels
    missing = missing_families(inputs, locality, "gap")
    doubtful = missing_families(inputs, locality, "review")
    total = int(completeness(inputs["coverage"]).loc[locality, "elsewhere"])
    found = "finding.gaps" if len(doubtful) else "finding.gaps_clear"
    lead = t(found, n=len(missing), total=total, doubtful=len(doubtful))
    groups = {
        "gaps.several": missing[missing["n_others"] > 1],
        "gaps.single": missing[missing["n_others"] == 1],
        "gaps.doubtful": doubtful,
    }
    counts = status_counts(inputs["coverage"], inputs["families"], locality)
    pillars = [inputs.names.pillar(pillar) for pillar in counts.index]
    words = [status_word(inputs, status) for status in STATUSES]
    data = counts_sheet(inputs, counts, "gaps", ("pillar", pillars), words)
    chart = plot_gaps_by_pillar(inputs["coverage"], inputs["families"], locality=locality, names=inputs.names)
    read = pointed(t, reviewed_note(inputs, locality), "coverage", t("section.coverage"))
    return [
        heading(inputs, "gaps", lead, t("honest.gap"), read),
        Chart(chart),
        folded(inputs, data),
        *(_gap_list(inputs, locality, key, rows) for key, rows in groups.items() if len(rows)),
    ]


def unique(inputs: Inputs, locality: str) -> list[Block]:
    """Show the families that only this plan states."""
    table = family_table(inputs["coverage"], inputs["families"], locality)
    rows = table[table["status"].isin(STATED) & (table["n_others"] == 0)]
    found = [
        {
            "title": inputs.names.families[family],
            "pillar": inputs.names.pillar(int(pillar)),
            "quotes": quotes_of(family, [locality], inputs, locality),
        }
        for family, pillar in zip(rows["family_id"], rows["pillar"], strict=True)
    ]
    lead = inputs.labels("finding.unique" if found else "finding.no_unique", n=len(found))
    listed = fragment("unique", inputs.labels, families=found)
    return [heading(inputs, "unique", lead), replace(listed, holds="unique-list" if found else _TABLE)]
