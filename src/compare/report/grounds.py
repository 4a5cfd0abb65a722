"""The section about the documents that a plan carries out and cites.

In: :class:`Inputs` and a locality. Out: blocks; the picture of what carries out what also of all plans.
Every mention links to its line; a number that is printed oddly is said so in plain words, beside the
form it is filed under.
"""

import pandas as pd
from markupsafe import Markup

from compare.citations import citation_comparability, citation_hierarchy
from compare.figures import plot_citations
from compare.report.blocks import (
    Block,
    Chart,
    Sheet,
    line_links,
    lines_link,
    printed,
    task_link,
    worded,
)
from compare.report.evidence import printed_marks
from compare.report.facts import split_ids
from compare.report.inputs import Inputs, Row
from compare.report.shared import folded, heading, sheet, subheading
from compare.report.stated_links import first_form, stated_link
from compare.report.ways import pointed

__all__ = ["citations", "comparability", "document_names", "name_marks", "picture"]

_PLAIN = ("unnumbered", "number-form")  # said elsewhere, of a document and not of a mention


def _called(row: Row, inputs: Inputs) -> str:
    """Name a document: its number, or as it is first printed."""
    return str(row["number"]) or printed(first_form(row), inputs.labels)


def document_names(inputs: Inputs) -> dict[str, str]:
    """Map ids to names, those of the plan that mentions a document most first."""
    order = inputs["citations"].sort_values(["n_mentions", "locality"], ascending=[False, True])
    names: dict[str, str] = {}
    for row in order.to_dict("records"):
        names.setdefault(row["citation_id"], _called(row, inputs))
    return names


def _titled(row: Row, inputs: Inputs) -> Markup:
    """Write a document's number, and what it is about beneath."""
    kind, title = inputs.names.wording.said(row["kind"]), printed(row["title"], inputs.labels)
    about = Markup("{}: {}").format(kind, title) if title else kind
    return Markup("{}<br><small>{}</small>").format(row["number"], about)


def name_marks(document: str, place: str, number: int, inputs: Inputs) -> str:
    """Return the code of a document's name where a line prints it."""
    table = inputs["citation_mentions"]
    own = (table["locality"] == place) & (table["citation_id"] == document) & (table["line_start"] == number)
    row = {"locality": place, "line_start": number, "line_end": number}
    return printed_marks(row, table.loc[own, "as_printed"], inputs)


def _links(row: Row, inputs: Inputs, own: str) -> Markup:
    place, numbers = row["locality"], dict.fromkeys(int(n) for n in split_ids(row["lines"]))
    lines = {number: name_marks(row["citation_id"], place, number, inputs) for number in numbers}
    return line_links(place, row["source_file"], lines, inputs.labels, own)


def _remarks(row: Row, inputs: Inputs) -> str:
    """Say what is odd about a document, over all its mentions."""
    t, said = inputs.labels, list[str]()
    for flag in split_ids(row["flags"]):
        if flag == "number-form":
            forms = row["as_printed"].replace(" | ", "; ")
            said.append(t.markup("citation.forms", forms=printed(forms, t)))
        elif flag not in ("unnumbered", "number-odd"):
            said.append(t(f"citation.flag.{flag}"))
    return Markup("; ").join(said) or "–"


def _cited_sheet(inputs: Inputs, rows: pd.DataFrame, locality: str) -> Sheet:
    t, cells = inputs.labels, []
    rows = rows.assign(first=rows["relation"] != "implements", most=-rows["n_mentions"])
    for row in rows.sort_values(["first", "most", "line_start", "citation_id"]).to_dict("records"):
        issued = t.date(row["issued_on"]) or "–"
        cells.append(
            (
                _titled(row, inputs),
                t(f"citation.relation.{row['relation']}"),
                issued,
                worded(inputs.names.wording.issuer(row["issuer"]), row["issuer"], t) or "–",
                int(row["n_mentions"]),
                _links(row, inputs, locality),
                _remarks(row, inputs),
            )
        )
    columns = ("document", "relation", "issued_on", "issuer", "n_mentions", "lines", "remarks")
    heads = [t(f"column.{c}") for c in columns]
    return Sheet(t("sheet.cited"), heads, cells, frozenset({4}), f"{locality}-citations", len(cells) > 12)


def _unnumbered_sheet(inputs: Inputs, rows: pd.DataFrame, locality: str) -> Sheet:
    t = inputs.labels
    cells = [
        (
            printed(first_form(row), t),
            inputs.names.wording.said(row["kind"]),
            int(row["n_mentions"]),
            _links(row, inputs, locality),
        )
        for row in rows.to_dict("records")
    ]
    heads = [t(f"column.{c}") for c in ("document", "document_kind", "n_mentions", "lines")]
    return Sheet(t("sheet.unnumbered"), heads, cells, frozenset({2}), f"{locality}-unnumbered")


def _odd(inputs: Inputs, locality: str) -> pd.DataFrame:
    """Return the mentions that are printed oddly or disagree with others."""
    own = inputs["citation_mentions"]
    own = own[own["locality"] == locality]
    odd = [any(flag not in _PLAIN for flag in split_ids(flags)) for flags in own["flags"]]
    return own[odd].sort_values(["line_start", "position"])


def _why_odd(row: Row, inputs: Inputs, names: dict[str, str]) -> str:
    t, said = inputs.labels, list[str]()
    number, form = names.get(row["citation_id"], str(row["citation_id"])), str(row["as_printed"])
    for flag in split_ids(row["flags"]):
        if flag == "number-odd":
            blanks = "".join(form.split()).casefold() == number.casefold() != form.casefold()
            key = "odd_kind" if number == form else "odd_blank" if blanks else "odd"
            said.append(t.markup(f"citation.{key}", number=number))
        elif flag not in _PLAIN:
            said.append(t(f"citation.flag.{flag}"))
    return Markup("; ").join(said)


def _odd_sheet(inputs: Inputs, rows: pd.DataFrame, locality: str) -> Sheet:
    t, names, cells = inputs.labels, document_names(inputs), []
    for row in rows.to_dict("records"):
        task = inputs.tasks.get(row["task_id"])
        where = task_link(task, t) if task else t(f"part.{row['part']}")
        quoted = [printed(row[c], t) or "–" for c in ("as_printed", "date_printed")]
        said = (*quoted, _why_odd(row, inputs, names))
        marks = printed_marks(row, [row["as_printed"], row["date_printed"]], inputs)
        cells.append((*said, where, lines_link(row, t, locality, marks)))
    heads = [t(f"column.{c}") for c in ("as_printed", "date_printed", "remarks", "place", "lines")]
    return Sheet(t("sheet.odd_numbers"), heads, cells, name=f"{locality}-odd-numbers")


def _chain(inputs: Inputs) -> pd.DataFrame:
    return citation_hierarchy(inputs["citations"], inputs["citation_mentions"])


def _chain_sheet(inputs: Inputs, chain: pd.DataFrame, own: str) -> Sheet:
    """List the edges of the picture, also those that it leaves out, with the line that says so."""
    t, names, cells = inputs.labels, document_names(inputs), []
    for row in chain.to_dict("records"):
        place = inputs.names.locality(row["locality"])
        plan = row["relation"] == "implements"
        child = t("caveat.of", name=place) if plan else names.get(row["child"], row["child"])
        line = int(row["line"])
        lines = {line: name_marks(row["parent"], row["locality"], line, inputs)}
        where = line_links(row["locality"], row["source_file"], lines, t, own)
        cells.append((child, names.get(row["parent"], row["parent"]), *(() if own else (place,)), where))
    columns = ["child", "parent", *([] if own else ["locality"]), "lines"]
    heads = [t(f"column.{column}") for column in columns]
    return Sheet(t("sheet.chain"), heads, cells, name=f"{own}-chain" if own else "chain")


def picture(inputs: Inputs, locality: str) -> list[Block]:
    """Draw what carries out what, with its data beneath; nothing where nothing is carried out."""
    t, chain, names = inputs.labels, _chain(inputs), document_names(inputs)
    chain = chain[chain["locality"] == locality] if locality else chain
    if chain.empty:
        return []
    carried = chain.loc[chain["relation"] == "implements", "parent"]
    counts = carried.value_counts()
    listed = sorted(dict.fromkeys(carried), key=lambda document: (-counts[document], document))
    key = "finding.chain" if locality else "finding.all_chain"
    shown = listed if locality else listed[:1]
    said = t.markup(
        key, documents=t.listed([inputs.names.document(names[d]) for d in shown]), n=int(counts.iloc[0])
    )
    figure = plot_citations(inputs["citations"], chain, locality=locality or None, names=inputs.names)
    return [
        subheading(inputs, t("sub.chain"), said),
        Chart(figure),
        folded(inputs, _chain_sheet(inputs, chain, locality)),
    ]


def comparability(inputs: Inputs, locality: str, subject: str, page: str = "") -> str:
    """Say whether the plan answers the same central document as the others, in the report of ``page``."""
    t, names = inputs.labels, document_names(inputs)
    row = citation_comparability(inputs["citations"]).set_index("locality")
    if locality not in row.index or not (central := split_ids(row.loc[locality, "central"])):
        return t("honest.no_central", subject=subject)
    said = [(names[document], inputs.names.document(names[document])) for document in central]
    own = t.listed([stated_link(inputs, locality, number, shown, page) for number, shown in said])
    if not row.loc[locality, "same"]:
        usual = inputs.names.document(names[row.loc[locality, "usual"]])
        return t.markup("caveat.central", subject=subject, own=own, usual=usual)
    others = [inputs.names.locality(p) for p in split_ids(row.loc[locality, "others"])]
    if not others:
        return t.markup("honest.only_central", subject=subject, own=own)
    return t.markup("honest.same_central", subject=subject, own=own, others=t.listed(others))


def citations(inputs: Inputs, locality: str) -> list[Block]:
    """Show what the plan carries out and cites, line by line, and what is printed oddly."""
    t, table = inputs.labels, inputs["citations"]
    rows = table[(table["locality"] == locality) & (table["relation"] != "own")]
    about = comparability(inputs, locality, t("caveat.this"), locality)
    if rows.empty:
        return [heading(inputs, "citations", t("finding.no_citations"))]
    numbered, named = rows[rows["number"] != ""], rows[rows["number"] == ""]
    carried = int((rows["relation"] == "implements").sum())
    values = {"carried": carried, "cited": len(rows) - carried, "mentions": int(rows["n_mentions"].sum())}
    lead = t("finding.citations", n=len(rows), **values)
    for name, key, listed in (
        ("citations", "sub.numbered", numbered),
        ("unnumbered", "sub.unnumbered", named),
    ):
        lead = pointed(t, lead, f"table-{locality}-{name}", t(key)) if len(listed) else lead
    blocks: list[Block] = [
        heading(inputs, "citations", lead, about),
        *picture(inputs, locality),
    ]
    if len(numbered):
        said = t("finding.numbered", n=len(numbered))
        blocks.append(subheading(inputs, t("sub.numbered"), said))
        blocks.append(sheet(inputs, _cited_sheet(inputs, numbered, locality)))
    if len(named):
        blocks.append(subheading(inputs, t("sub.unnumbered"), t("finding.unnumbered", n=len(named))))
        blocks.append(sheet(inputs, _unnumbered_sheet(inputs, named, locality)))
    if len(odd := _odd(inputs, locality)):
        blocks.append(subheading(inputs, t("sub.odd_numbers"), t("finding.odd_numbers", n=len(odd))))
        blocks.append(sheet(inputs, _odd_sheet(inputs, odd, locality)))
    return blocks
