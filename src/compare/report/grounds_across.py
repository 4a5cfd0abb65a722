"""The section of the overview about the documents that plans carry out and cite.

In: :class:`Inputs`. Out: blocks: what carries out what, whether the plans answer the same central
document, and who cites what.
"""

import pandas as pd
from markupsafe import Markup

from compare.citations import citation_comparability
from compare.report.blocks import Block, Sheet, coded, page_link
from compare.report.facts import split_ids
from compare.report.grounds import comparability, document_names, name_marks, picture
from compare.report.inputs import Inputs, Row
from compare.report.shared import heading, sheet, subheading
from compare.report.ways import pointed

__all__ = ["citations"]


def _matrix_sheet(inputs: Inputs, shared: pd.DataFrame) -> Sheet:
    """Set the documents that two or more plans cite against the plans, with the number of mentions."""
    t, names, cells = inputs.labels, document_names(inputs), []
    counts = shared["citation_id"].value_counts()
    for document in sorted(counts.index, key=lambda d: (-counts[d], d)):
        own = {row["locality"]: row for row in shared[shared["citation_id"] == document].to_dict("records")}
        marks = [_mention_cell(own.get(place), inputs) for place in inputs.localities]
        cells.append((names[document], *marks, int(counts[document])))
    places = [inputs.names.locality(p) for p in inputs.localities]
    heads = [t("column.document"), *places, t("column.n_plans")]
    numeric = frozenset({len(places) + 1})
    return Sheet(t("sheet.citation_matrix"), heads, cells, numeric, "citations", len(cells) > 12)


def _mention_cell(row: Row | None, inputs: Inputs) -> Markup | str:
    if row is None:
        return "–"
    t = inputs.labels
    words = t(f"citation.times.{row['relation']}", n=int(row["n_mentions"]))
    line = int(row["line_start"])
    target, marks = (
        f"{row['locality']}.html#L{line}",
        name_marks(row["citation_id"], row["locality"], line, inputs),
    )
    return Markup('<a href="{}"{}>{}</a>').format(target, coded(marks), words)


def _comparability_sheet(inputs: Inputs) -> Sheet:
    t, names, cells = inputs.labels, document_names(inputs), []
    for row in citation_comparability(inputs["citations"]).to_dict("records"):
        place = page_link(row["locality"], inputs.names.locality(row["locality"]), "citations")
        central = Markup(", ").join(names[document] for document in split_ids(row["central"])) or "–"
        others = t.listed([inputs.names.locality(p) for p in split_ids(row["others"])]) or "–"
        word = t("central.same" if row["same"] else "central.other")
        cells.append((place, central, word, others))
    heads = [t(f"column.{c}") for c in ("locality", "central", "same_central", "same_as")]
    return Sheet(t("sheet.comparability"), heads, cells, name="central-documents")


def citations(inputs: Inputs) -> list[Block]:
    """Show who carries out and cites what, and whether the plans answer the same document."""
    t, table = inputs.labels, inputs["citations"]
    rows = table[table["relation"] != "own"]
    several = rows[rows["citation_id"].map(rows["citation_id"].value_counts()) > 1]
    values = {"n": rows["citation_id"].nunique(), "shared": several["citation_id"].nunique()}
    differing = citation_comparability(table)
    places = differing.loc[~differing["same"].astype(bool), "locality"]
    notes = [
        comparability(inputs, str(p), t("caveat.of", name=inputs.names.locality(str(p)))) for p in places
    ]
    lead = t("finding.all_citations", **values)
    lead = pointed(t, lead, "table-citations", key="shared") if len(several) else lead
    blocks: list[Block] = [
        heading(inputs, "citations_all", lead, *notes),
        *picture(inputs, ""),
        subheading(inputs, t("sub.comparability"), t("finding.comparability", n=len(places))),
        sheet(inputs, _comparability_sheet(inputs)),
    ]
    if len(several):
        said = t("finding.citation_matrix", n=values["shared"])
        blocks.append(subheading(inputs, t("sub.citation_matrix"), said))
        blocks.append(sheet(inputs, _matrix_sheet(inputs, several)))
    return blocks
