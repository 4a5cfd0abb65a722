"""The sections of the overview: all plans held beside each other.

In: :class:`Inputs`. Out: blocks, with a computed sentence above each chart and its data beneath.
Links to source lines lead into the reports of the localities, which lie beside this file.
"""

import pandas as pd
from markupsafe import Markup

from compare.figures import (
    plot_coverage,
    plot_gaps_by_pillar,
    plot_tasks_by_pillar,
    plot_workload,
)
from compare.figures.counts import (
    NOBODY,
    gap_counts,
    load_counts,
    pillars_first,
    task_counts,
)
from compare.figures.coverage import family_order
from compare.report.answers_across import answers_across
from compare.report.blocks import Block, Chart, Sheet, fragment, page_link, task_link
from compare.report.comparison import completeness_sheet
from compare.report.evidence import evidence
from compare.report.facts import caveats, completeness, split_ids
from compare.report.inputs import Inputs
from compare.report.load.lists import agency_both, once
from compare.report.load.today import changed_territory
from compare.report.quotes import missing_families, origin_mark, task_rows
from compare.report.shared import (
    counts_sheet,
    folded,
    heading,
    reviewed_note,
    sheet,
    status_word,
    subheading,
)
from compare.report.stated_links import caveat_links, implements_links, stated_link
from compare.report.telling import comparable
from compare.report.ways import pointed

__all__ = [
    "coverage",
    "defects",
    "documents",
    "families",
    "gaps",
    "source",
    "tasks",
    "workload",
]


def _places(inputs: Inputs) -> list[str]:
    return [inputs.names.locality(place) for place in inputs.localities]


def _documents_sheet(inputs: Inputs) -> Sheet:
    t, rows = inputs.labels, []
    for row in inputs["documents"].sort_values("locality").itertuples():
        place = str(row.locality)
        link = page_link(place, str(row.name_vi))
        shown = {"number": str(row.number), "issued_on": t.date(str(row.issued_on))}
        linked = [stated_link(inputs, place, fact, text, "") or t("blank") for fact, text in shown.items()]
        carried = Markup(", ").join(implements_links(inputs, place, "")) or t("blank")
        level = stated_link(inputs, place, "issuer", t(f"level.{row.level}"), "")
        rows.append((link, level, *linked, carried))
    columns = [t(f"column.{c}") for c in ("locality", "level", "number", "issued_on", "implements")]
    return Sheet(t("sheet.documents"), columns, rows, name="documents")


def documents(inputs: Inputs) -> list[Block]:
    """Say which documents are compared, what keeps them apart, and how complete each is."""
    t = inputs.labels
    title = t("title.overview", n=len(inputs.localities))
    found = caveats(inputs["documents"], inputs["tasks"])
    moved = [(p, said) for p in inputs.localities if (said := changed_territory(inputs, p))]
    values = {"caveats": sorted(found.items()), "names": inputs.names, "moved": moved}
    values |= {"ground": caveat_links(inputs, "")}
    return [
        fragment("overview", t, ("top", title), title=title, **answers_across(inputs), **values),
        heading(inputs, "documents"),
        sheet(inputs, _documents_sheet(inputs)),
        sheet(inputs, completeness_sheet(inputs)),
    ]


def tasks(inputs: Inputs) -> list[Block]:
    """Show the number of tasks by pillar and locality."""
    t, counts = inputs.labels, task_counts(inputs["tasks"])
    total = counts.sum()
    values = {"most": int(total.max()), "least": int(total.min()), "n": int(total.sum())}
    places = {key: inputs.names.locality(str(total.agg(f"idx{key}"))) for key in ("max", "min")}
    lead = t("finding.all_tasks", place=places["max"], other=places["min"], **values)
    rows = [inputs.names.pillar(pillar) for pillar in counts.index]
    chart = Chart(plot_tasks_by_pillar(inputs["tasks"], names=inputs.names))
    data = counts_sheet(inputs, counts, "task_matrix", ("pillar", rows), _places(inputs))
    return [heading(inputs, "tasks", lead), chart, folded(inputs, data)]


def _cell(inputs: Inputs, family: str, place: str) -> Markup:
    """Write a status, and the tasks behind it as links."""
    row = inputs.cells[family, place]
    ids = split_ids(row["task_ids"])
    links = [task_link(inputs.tasks[task], inputs.labels) + origin_mark(family, task, inputs) for task in ids]
    word = Markup("{}").format(status_word(inputs, row["status"]))
    return Markup("{}<br><small>{}</small>").format(word, Markup(", ").join(links)) if links else word


def _family_sheet(inputs: Inputs, order: pd.DataFrame, caption: str, name: str, pillars: bool) -> Sheet:
    """Make the table of families by localities; with ``pillars``, one that can be filtered."""
    t, rows = inputs.labels, []
    for row in order.itertuples():
        family = str(row.family_id)
        cells = [_cell(inputs, family, place) for place in inputs.localities]
        title = inputs.names.families[family]
        named = Markup('<span id="family-{}">{}</span>')
        first = [title if pillars else named.format(family, title)]
        first += [inputs.names.pillar(int(str(row.pillar)))] if pillars else []
        rows.append((*first, *cells, row.n_stated))
    heads = [t("column.family"), *([t("column.pillar")] if pillars else []), *_places(inputs)]
    numeric = frozenset({len(heads)})
    return Sheet(caption, [*heads, t("column.n_localities")], rows, numeric, name, pillars)


def coverage(inputs: Inputs) -> list[Block]:
    """Show families by localities, one grid a pillar, then all in one table that can be filtered."""
    t, names, table = inputs.labels, inputs.names, inputs["coverage"]
    order = family_order(table, inputs["families"])
    many = int((order["n_stated"] > 1).sum())
    lead = pointed(t, t("finding.all_coverage", n=len(order), many=many), "table-coverage")
    blocks: list[Block] = [heading(inputs, "coverage_all", lead, t("honest.marks"))]
    for pillar in pillars_first(order["pillar"]):
        name, group = names.pillar(pillar), order[order["pillar"] == pillar]
        rows = table[table["family_id"].isin(group["family_id"])]
        shared = int((group["n_stated"] > 1).sum())
        data = _family_sheet(inputs, group, t("sheet.coverage", pillar=name), f"coverage-{pillar}", False)
        blocks.append(subheading(inputs, name, t("finding.all_pillar", n=len(group), many=shared)))
        blocks.append(Chart(plot_coverage(rows, inputs["families"], names=names, of=name)))
        blocks.append(folded(inputs, data))
    whole = _family_sheet(inputs, order, t("sheet.all_families"), "coverage", True)
    return [
        *blocks,
        subheading(inputs, t("sub.all_families")),
        folded(inputs, whole, t("sheet.all_families"), repeats=True),
    ]


def _gap_finding(inputs: Inputs) -> str:
    """Say where most and least of what others state was not found, among plans that can be ranked."""
    t, group = inputs.labels, comparable(inputs["documents"])
    table = completeness(inputs["coverage"]).reindex(group)
    missing = table["gap"] / table["elsewhere"].clip(lower=1)
    if missing.nunique() < 2:
        return ""
    values: dict[str, object] = {"n": len(group)}
    for key, place in (("most", str(missing.idxmax())), ("least", str(missing.idxmin()))):
        values[f"{key}_place"] = inputs.names.locality(place)
        values[key] = f"{int(table.at[place, 'gap'])}/{int(table.at[place, 'elsewhere'])}"
    return t("finding.all_gaps", **values)


def gaps(inputs: Inputs) -> list[Block]:
    """Show the number of gaps by pillar and locality, then which they are."""
    t, names = inputs.labels, inputs.names
    counts = gap_counts(inputs["coverage"], inputs["families"])
    lead = _gap_finding(inputs)
    rows = [names.pillar(pillar) for pillar in counts.index]
    data = counts_sheet(inputs, counts, "gap_matrix", ("pillar", rows), _places(inputs))
    chart = Chart(plot_gaps_by_pillar(inputs["coverage"], inputs["families"], names=names))
    lists = [(place, missing_families(inputs, place, "gap")) for place in inputs.localities]
    return [
        heading(
            inputs, "gaps_all", lead, t("honest.gap"), pointed(t, reviewed_note(inputs), "table-reviewed")
        ),
        chart,
        folded(inputs, data),
        fragment("gap_lists", t, lists=lists, names=names),
    ]


def families(inputs: Inputs) -> list[Block]:
    """List what every plan states, and what only one does."""
    t, order = inputs.labels, family_order(inputs["coverage"], inputs["families"])
    many = {"everywhere": len(inputs.localities), "once": 1}
    listed = {key: order[order["n_stated"] == n] for key, n in many.items()}
    captions = {key: t(f"sheet.{key}", n=len(rows)) for key, rows in listed.items()}
    lead = t("finding.families", **{key: len(rows) for key, rows in listed.items()})
    for key, caption in captions.items():
        lead = pointed(t, lead, f"table-{key}", caption)
    sheets = [_family_sheet(inputs, rows, captions[key], key, True) for key, rows in listed.items()]
    return [
        heading(inputs, "families", lead),
        *(folded(inputs, table, table.caption, repeats=True) for table in sheets),
    ]


def _most_named(inputs: Inputs, named: pd.DataFrame, role: str) -> str:
    """Say which body has most tasks in a role, how many others there are, and how much groups have."""
    group = named.index.isin(list(inputs.names.groups))
    bodies, groups = named[~group], int(named[group].to_numpy().sum())
    if bodies.empty:
        return inputs.labels(f"finding.{role}_groups", groups=groups)
    counts, most = bodies.iloc[0], int(bodies.iloc[0].sum())
    top = {"agency": inputs.names.agency(str(bodies.index[0])), "places": int((counts > 0).sum())}
    key = f"finding.all_{role}" if most > 1 else f"finding.{role}_one"
    return inputs.labels(key, n=len(bodies), most=most, groups=groups, **top)


def workload(inputs: Inputs) -> list[Block]:
    """Show which agencies lead and coordinate how much, locality by locality."""
    t, names = inputs.labels, inputs.names
    blocks: list[Block] = [heading(inputs, "workload", "", once(inputs), t("honest.levels"))]
    for role in ("lead", "coordinating"):
        counts = load_counts(inputs["workload"], role, names.groups)
        named = counts[~counts.index.isin(NOBODY)]
        lead = t(f"finding.no_{role}") if named.empty else _most_named(inputs, named, role)
        rows = [agency_both(inputs, str(agency)) for agency in counts.index]
        data = counts_sheet(inputs, counts, f"load_{role}", ("agency", rows), _places(inputs))
        chart = Chart(plot_workload(inputs["workload"], role=role, names=names))
        blocks += [subheading(inputs, t(f"sub.{role}"), lead), chart, folded(inputs, data)]
    return blocks


def defects(inputs: Inputs) -> list[Block]:
    """Count the damaged places by kind and locality."""
    t, table = inputs.labels, inputs["defects"]
    counts = pd.crosstab(table["kind"], table["locality"])
    counts = counts.reindex(columns=inputs.localities, fill_value=0)
    rows = [inputs.names.defects.get(str(kind), str(kind)) for kind in counts.index]
    left = int((~table["repaired"]).sum())
    lead = t(f"finding.defects_all{'' if left else '_mended'}", n=len(table), left=left)
    data = counts_sheet(inputs, counts, "defect_matrix", ("defect", rows), _places(inputs))
    return [heading(inputs, "defects", lead), sheet(inputs, data)]


def source(inputs: Inputs) -> list[Block]:
    """Show all tasks as printed, one folded table a locality."""
    table = inputs["tasks"]
    lists = [
        (inputs.names.locality(place), task_rows(table[table["locality"] == place], inputs, ""))
        for place in inputs.localities
    ]
    shown = fragment("tasks", inputs.labels, groups=lists, name="all", titled=False)
    return [heading(inputs, "task_list"), shown, evidence(inputs, "")]
