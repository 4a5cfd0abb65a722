"""Sections about the plan itself: which document, key figures, its tasks, its damage, its lines.

In: :class:`Inputs` and a locality. Out: blocks. Each section opens with a sentence that is computed,
never typed; each claim links to its source lines.
"""

from functools import partial
from typing import Any

from compare.figures import plot_tasks_by_pillar
from compare.figures.counts import PARTS, part_counts
from compare.report.answers import answers
from compare.report.blocks import Block, Chart, fragment, worded
from compare.report.evidence import around, evidence
from compare.report.facts import caveats
from compare.report.inputs import Inputs
from compare.report.load.today import changed_territory
from compare.report.quotes import cited_lines, source_lines, task_rows
from compare.report.shared import (
    corrections_sheet,
    counts_sheet,
    defect_sheet,
    folded,
    heading,
    sheet,
    subheading,
)
from compare.report.stated import ACROSS
from compare.report.stated_links import caveat_links, fact_lines, implements_links
from compare.report.summary import findings, tiles

__all__ = ["defects", "document", "key", "source", "tasks"]


def _grounds(inputs: Inputs, locality: str) -> dict[str, Any]:
    """Return what links the document's facts, and what keeps it apart from others, to their lines."""
    return {
        "locality": locality,
        "across": ACROSS,
        "lines": partial(fact_lines, inputs, locality),
        "carried": implements_links(inputs, locality, locality),
        "ground": caveat_links(inputs, locality),
    }


def document(inputs: Inputs, locality: str) -> list[Block]:
    """Say in one screen what there is to know, then what keeps it from being compared like with like."""
    row = inputs["documents"].set_index("locality").loc[locality]
    found = caveats(inputs["documents"], inputs["tasks"])
    others = [(place, found[place]) for place in inputs.localities if place != locality]
    title = inputs.labels("title.locality", name=row["name_vi"])
    issuer = worded(inputs.names.wording.issuer(row["issuer"]), row["issuer"], inputs.labels)
    values = {"row": row, "own": found[locality], "others": others, "names": inputs.names}
    values |= {"moved": changed_territory(inputs, locality)}
    return [
        fragment(
            "masthead", inputs.labels, ("top", title), title=title, **answers(inputs, locality), **values
        ),
        fragment("document", inputs.labels, issuer=issuer, **values, **_grounds(inputs, locality)),
    ]


def key(inputs: Inputs, locality: str) -> list[Block]:
    """Give the key figures and the few findings that tell most."""
    values: dict[str, Any] = {"tiles": tiles(inputs, locality), "findings": findings(inputs, locality)}
    return [heading(inputs, "key"), fragment("key", inputs.labels, **values)]


def tasks(inputs: Inputs, locality: str) -> list[Block]:
    """Show the tasks by pillar and part, then each as printed."""
    t, names = inputs.labels, inputs.names
    own = inputs["tasks"][inputs["tasks"]["locality"] == locality]
    counts = part_counts(own)
    most = int(counts.sum(axis=1).idxmax())
    largest = {"pillar": names.pillar(most), "most": int(counts.loc[most].sum())}
    lead = t("finding.tasks", n=len(own), **largest)
    pillars = [names.pillar(pillar) for pillar in counts.index]
    data = counts_sheet(inputs, counts, "tasks", ("pillar", pillars), [t(f"part.{part}") for part in PARTS])
    chart = Chart(plot_tasks_by_pillar(own, locality=locality, names=names))
    lists = [task_rows(own[own["pillar"] == pillar], inputs, locality) for pillar in counts.index]
    listed = fragment("tasks", t, groups=list(zip(pillars, lists, strict=True)), name=locality, titled=True)
    return [heading(inputs, "tasks", lead), chart, folded(inputs, data), listed]


def defects(inputs: Inputs, locality: str) -> list[Block]:
    """Show what is damaged in the source, and what was put right by hand."""
    t = inputs.labels
    own = inputs["defects"][inputs["defects"]["locality"] == locality]
    left = int((~own["repaired"]).sum())
    key = "defects" if left else "defects_mended" if len(own) else "no_defects"
    lead = t(f"finding.{key}", n=len(own), left=left)
    blocks: list[Block] = [heading(inputs, "defects", lead)]
    if len(own):
        blocks.append(sheet(inputs, defect_sheet(inputs, locality)))
    if mended := len(inputs.corrections[locality]):
        blocks.append(subheading(inputs, t("sheet.corrections"), t("finding.corrections", n=mended)))
        blocks.append(sheet(inputs, corrections_sheet(inputs, locality)))
    return blocks


def source(inputs: Inputs, locality: str) -> list[Block]:
    """Show the document's lines, and of other documents those that are quoted, with the lines around."""
    files = inputs["documents"].set_index("locality")["source_file"]
    cited = [
        (place, files[place], source_lines(inputs, place, around(inputs.lines[place], numbers)))
        for place, numbers in cited_lines(inputs, locality).items()
    ]
    own = source_lines(inputs, locality)
    values = {"file": files[locality], "own": own, "cited": cited}
    shown = fragment("source", inputs.labels, **values)
    return [heading(inputs, "source"), shown, evidence(inputs, locality)]
