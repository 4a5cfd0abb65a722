"""Tasks as printed, and the source lines behind them.

In: ids of tasks. Out: what a template needs to quote them: text, agencies, time, product, who decided
that the task belongs to the family, and a link to the lines of the document in the same file.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.report.blocks import anchor, lines_link, printed, task_link
from compare.report.facts import family_table, goal_pairs, is_stale, split_ids
from compare.report.inputs import Inputs, Row
from compare.report.stated import caveat_rows
from compare.report.waterfall import waterfall

__all__ = [
    "cited_lines",
    "missing_families",
    "origin_mark",
    "quote",
    "quoted_pieces",
    "quotes_of",
    "source_lines",
    "task_rows",
]

_QUOTE = re.compile("“([^”]+)”")
_LIST_MARK = re.compile(r"(?:^|(?<=[;,.]))\s*[-–+•*]\s+")


def _unlisted(text: str) -> str:
    """Leave out the marks of a printed list: those before its items, and what ends it.

    Examples
    --------
    >>> _unlisted("- Sở Nội vụ; - UBND các huyện, thành phố;"), _unlisted("Sở Lao động - Thương binh")
    ('Sở Nội vụ; UBND các huyện, thành phố', 'Sở Lao động - Thương binh')
    """
    return _LIST_MARK.sub(" ", text).strip().rstrip(";,").rstrip()


def _agencies(row: Row, role: str, inputs: Inputs) -> str:
    """Write the agencies as printed, marks of lists aside, or by name where only the ids are known."""
    names = (inputs.names.agency(agency) for agency in split_ids(row[role]))
    return printed(_unlisted(row[f"{role}_text"]), inputs.labels) or "; ".join(names)


def quote(task_id: str, inputs: Inputs, own: str) -> dict[str, Any]:
    """Return a task as printed, with links, as the templates take it."""
    row = inputs.tasks[task_id]
    return {
        "anchor": anchor(task_id),
        "link": task_link(row, inputs.labels),
        "number": row["number"],
        "part": row["part"],
        "text": row["text"],
        "words": "",
        "leads": _agencies(row, "leads", inputs),
        "inferred": bool(row["lead_inferred"]),
        "coordinating": _agencies(row, "coordinating", inputs),
        "time": row["timeline_text"],
        "product": row["product"],
        "lines": lines_link(row, inputs.labels, own),
        "damaged": bool(row["defects"]),
    }


def task_rows(tasks: pd.DataFrame, inputs: Inputs, own: str) -> list[dict[str, Any]]:
    """Return tasks as printed, in document order."""
    order = tasks.sort_values(["line_start", "line_end", "task_id"])
    return [quote(task_id, inputs, own) for task_id in order["task_id"]]


def quoted_pieces(evidence: str) -> list[str]:
    """Return the words that a reader quoted from the task.

    Examples
    --------
    >>> quoted_pieces("reviewed by An; “vay vốn” và “bảo hiểm”")
    ['vay vốn', 'bảo hiểm']
    """
    return _QUOTE.findall(evidence)


def _decided(family: str, task_id: str, inputs: Inputs) -> dict[str, Any]:
    """Say who decided the membership, how surely and why, and whether the task asks for more."""
    unknown = {"origin": "", "probability": 0.0, "match": "whole", "evidence": ""}
    found = inputs.members.get((family, task_id), unknown)
    auto = found["origin"] == "auto"
    return {
        **{key: found[key] for key in ("origin", "probability", "match")},
        "words": " … ".join(quoted_pieces(found["evidence"]))
        if found["match"] == "part" and not auto
        else "",
        "stale": is_stale(found["evidence"]),
        "why": waterfall(found["evidence"], found["probability"], inputs.labels) if auto else None,
    }


def origin_mark(family: str, task_id: str, inputs: Inputs) -> Markup:
    """Mark a membership that a reader has not decided, or decided on another text."""
    t, found = inputs.labels, inputs.members.get((family, task_id))
    mark = Markup(' <span class="tag{}" title="{}">{}</span>')
    if found and is_stale(found["evidence"]):
        return mark.format(" stale", t("origin.stale.note"), t("origin.stale"))
    if found and found["origin"] == "auto":
        return mark.format("", t("origin.auto", share=t.percent(found["probability"])), t("origin.mark"))
    return Markup("")


def quotes_of(family: str, places: Iterable[str], inputs: Inputs, own: str) -> list[dict[str, Any]]:
    """Quote what some localities say of a family, surest members first.

    Of a task that asks for more, the words that a reader quoted stand for it; its lines are linked.
    """
    quotes = []
    for place in places:
        ids = split_ids(inputs.cells[family, place]["task_ids"])
        found = [quote(t, inputs, own) | _decided(family, t, inputs) for t in ids]
        found.sort(key=lambda q: (q["origin"] != "reviewed", -q["probability"], q["anchor"]))
        quotes += [{"place": inputs.names.locality(place), **q} for q in found]
    return quotes


def missing_families(inputs: Inputs, locality: str, status: str) -> pd.DataFrame:
    """List the families of a status (gap, review) that others state, most others first."""
    table = family_table(inputs["coverage"], inputs["families"], locality)
    table = table[(table["status"] == status) & (table["n_others"] > 0)]
    table = table.assign(most=-table["n_others"], last=table["pillar"] == 0)
    return table.sort_values(["most", "last", "pillar", "family_id"], ignore_index=True)


def _cited_tasks(inputs: Inputs, locality: str) -> set[str]:
    """Return the tasks of other documents that a locality's report quotes."""
    found: set[str] = set()
    for status in ("gap", "review"):
        for row in missing_families(inputs, locality, status).itertuples():
            for place in row.others:
                found.update(split_ids(inputs.cells[row.family_id, place]["task_ids"]))
    queue = inputs["queue"]
    found.update(queue.loc[queue["locality"] == locality, "closest_task_id"])
    return {task for task in found if task in inputs.tasks and inputs.tasks[task]["locality"] != locality}


def _cited_goals(inputs: Inputs, locality: str) -> list[Row]:
    """Return the goals of other documents that a locality's report sets beside its own."""
    pairs = goal_pairs(inputs["targets"], inputs["documents"], locality)
    goals = inputs["targets"]
    found: list[Row] = goals[goals["target_id"].isin(set(pairs["other_id"]))].to_dict("records")
    return found


def cited_lines(inputs: Inputs, locality: str) -> dict[str, list[int]]:
    """List the lines of other documents that a locality's report quotes or rests on."""
    found: dict[str, set[int]] = {}
    tasks = [inputs.tasks[task_id] for task_id in _cited_tasks(inputs, locality)]
    for row in (*tasks, *_cited_goals(inputs, locality), *caveat_rows(inputs, locality)):
        lines = range(int(row["line_start"]), int(row["line_end"]) + 1)
        found.setdefault(row["locality"], set()).update(lines)
    return {place: sorted(lines) for place, lines in sorted(found.items())}


def source_lines(
    inputs: Inputs, locality: str, numbers: Sequence[int] | None = None
) -> list[tuple[int, str]]:
    """Return a document's lines with their numbers, blank ones left out."""
    lines = inputs.lines[locality]
    wanted = numbers if numbers is not None else range(1, len(lines) + 1)
    return [(n, lines[n - 1]) for n in wanted if 0 < n <= len(lines) and lines[n - 1].strip()]
