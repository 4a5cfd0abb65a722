"""The section of the overview that holds a few chosen plans beside each other, piece of work by piece.

In: :class:`Inputs`. Out: blocks: a heading, and a form with its data. The choice is the reader's, so
the page's script makes the rows; the data say only which tasks belong where, packed, and the text of
a task is taken from the page's own list of tasks, where it stands once, escaped.
"""

from dataclasses import replace
from typing import Any

from compare.citations.issuers import issuer_kind, read_issuers
from compare.figures.counts import pillars_first
from compare.figures.coverage import family_order
from compare.report.blocks import Block, Fragment, anchor, fragment
from compare.report.facts import YEARS_APART, caveats, central_documents, is_stale, split_ids
from compare.report.inputs import Inputs
from compare.report.packed import pack
from compare.report.quotes import quoted_pieces
from compare.report.shared import heading, script_json, status_word
from compare.report.ways import pointed
from compare.shared_words import COMMON, RARE

__all__ = ["MOST", "side_by_side", "side_data"]

MOST = 4  # columns that can still be read beside each other
_WORDS = ("beside.", "origin.", "match.part", "csv.get")


def _places(inputs: Inputs) -> list[dict[str, Any]]:
    """Describe the localities by what makes plans comparable: level, issuer, central documents and more."""
    t, issuers = inputs.labels, read_issuers()
    annex = set(inputs["tasks"].loc[inputs["tasks"]["part"] == "annex", "locality"])
    return [
        {
            "id": row["locality"],
            "name": row["name_vi"],
            "level": t(f"level.{row['level']}"),
            "issuer": t(f"issuer.{kind}") if (kind := issuer_kind(row["issuer"], issuers)) else "",
            "central": [inputs.names.document(number) for number in central_documents(row["implements"])],
            "year": int(row["issued_on"][:4]) if row["issued_on"] else 0,
            "annex": row["locality"] in annex,
        }
        for row in inputs["documents"].sort_values("locality").to_dict("records")
    ]


def _member(family: str, task_id: str, inputs: Inputs) -> list[Any]:
    """Describe a member: element of its task, whether it is whole, who decided, how surely, its words."""
    unknown = {"origin": "", "probability": 0.0, "match": "whole", "evidence": ""}
    found = inputs.members.get((family, task_id), unknown)
    reviewed = found["origin"] == "reviewed"
    words = quoted_pieces(found["evidence"]) if reviewed and found["match"] == "part" else []
    said = "stale" if is_stale(found["evidence"]) else found["origin"]
    share = inputs.labels.percent(found["probability"])
    return [anchor(task_id), int(found["match"] == "whole"), said, share, words]


def _cell(family: str, place: str, inputs: Inputs) -> list[Any]:
    """Describe what one plan says of one family: its status, its tasks, surest first."""
    row = inputs.cells.get((family, place), {"status": "gap", "task_ids": ""})
    ids = split_ids(row["task_ids"])
    return [row["status"], [_member(family, task, inputs) for task in ids if task in inputs.tasks]]


def side_data(inputs: Inputs) -> dict[str, Any]:
    """Return what the page's script needs to lay plans beside each other.

    Returns
    -------
    dict
        ``places`` (id, name, level, issuer, central, year, annex); ``tasks`` (element id to the name of the
        task); ``families`` in the order of the report: id, title, pillar, cells (one a place:
        status, members as element id, whole, origin, share, words quoted).
    """
    order = family_order(inputs["coverage"], inputs["families"])
    families = [
        [
            row["family_id"],
            inputs.names.families[row["family_id"]],
            int(row["pillar"]),
            [_cell(row["family_id"], place, inputs) for place in inputs.localities],
        ]
        for row in order.to_dict("records")
    ]
    tasks = {
        anchor(task): inputs.labels(f"task.{row['part']}", number=row["number"])
        for task, row in inputs.tasks.items()
    }
    return {"places": _places(inputs), "tasks": tasks, "families": families}


def _first_choice(inputs: Inputs) -> list[str]:
    """Choose the two localities that compare best, in order of id: those with the fewest caveats."""
    found = caveats(inputs["documents"], inputs["tasks"])
    return sorted(sorted(inputs.localities, key=lambda place: (len(found[place]), place))[:2])


def _form(inputs: Inputs) -> Fragment:
    """Make the form, its data and its strings."""
    t = inputs.labels
    pillars = [(p, inputs.names.pillar(p)) for p in pillars_first(inputs["families"]["pillar"])]
    statuses = {status: status_word(inputs, status) for status in ("covered", "partial", "review", "gap")}
    words = {key: text for key, text in t.strings.items() if key.startswith(_WORDS)}
    columns = ("family", "pillar", "locality", "status", "task", "text", "leads", "coordinates")
    heads = [t(f"column.{name}") for name in (*columns, "time", "product", "decided", "lines")]
    settings = {
        "words": words, "statuses": statuses, "heads": heads, "pillars": dict(pillars), "most": MOST,
        "first": _first_choice(inputs), "common": COMMON, "rare": RARE, "apart": YEARS_APART,
    }  # fmt: skip
    values: dict[str, Any] = {
        "places": [(place, inputs.names.locality(place)) for place in inputs.localities],
        "pillars": pillars,
        "settings": script_json(settings),
        "data": pack(script_json(side_data(inputs)).encode()),
    }
    made = fragment("side_by_side", t, most=MOST, **values)
    return replace(made, script="side_by_side.js")


def side_by_side(inputs: Inputs) -> list[Block]:
    """Show what two to four chosen plans say of each piece of work, column by column."""
    t = inputs.labels
    lead = t("finding.side-by-side", most=min(MOST, len(inputs.localities)), n=len(inputs["families"]))
    lead = pointed(t, lead, "table-coverage")
    return [heading(inputs, "side-by-side", lead, t("beside.how"), t("honest.gap")), _form(inputs)]
