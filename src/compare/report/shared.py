"""Sections that both reports have: headings, folded tables, defects, method, source lines."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.figures.counts import score_limits
from compare.figures.style import SYMBOLS
from compare.report.blocks import Block, Fragment, Sheet, fragment, lines_link, task_link
from compare.report.inputs import Inputs

__all__ = [
    "corrections_sheet",
    "counts_sheet",
    "defect_sheet",
    "draft_note",
    "folded",
    "heading",
    "method",
    "script_json",
    "sheet",
    "status_word",
    "subheading",
]


def heading(inputs: Inputs, key: str, finding: str = "", *notes: str) -> Fragment:
    """Open a section: its title, the sentence that was found, and how to read it."""
    title = inputs.labels(f"section.{key}")
    values = {"title": title, "anchor": key, "finding": finding, "notes": notes}
    return fragment("heading", inputs.labels, (key, title), **values)


def draft_note(inputs: Inputs) -> str:
    """Say how many families nobody has reviewed; a gap of such a family is a question."""
    drafts, total = int((inputs["families"]["status"] == "draft").sum()), len(inputs["families"])
    return inputs.labels("honest.draft", n=drafts, total=total) if drafts else ""


def subheading(inputs: Inputs, title: str, *findings: str) -> Fragment:
    """Open a part of a section."""
    return fragment("subheading", inputs.labels, title=title, findings=findings)


def sheet(inputs: Inputs, table: Sheet) -> Fragment:
    """Show a table."""
    return fragment("sheet", inputs.labels, table=table, folded="")


def folded(inputs: Inputs, table: Sheet, summary: str = "") -> Fragment:
    """Show a table folded up, such as that of a chart's data beneath the chart."""
    title = summary or inputs.labels("data.table")
    return fragment("sheet", inputs.labels, table=table, folded=title)


def status_word(inputs: Inputs, status: str) -> str:
    """Write a status with its symbol."""
    return f"{SYMBOLS[status]} {inputs.labels(f'status.{status}')}"


def counts_sheet(
    inputs: Inputs, counts: pd.DataFrame, key: str, rows: tuple[str, Sequence[str]], columns: Sequence[str]
) -> Sheet:
    """Make the table of a figure's counts, with a total a row; ``key`` names it in the labels.

    ``rows`` is what the rows are (a column of the labels) and their names.
    """
    numbers = [[int(value) for value in line] for line in counts.to_numpy()]
    cells = [(row, *line, sum(line)) for row, line in zip(rows[1], numbers, strict=True)]
    heads = [inputs.labels(f"column.{rows[0]}"), *columns, inputs.labels("column.total")]
    numeric = frozenset(range(1, len(heads)))
    return Sheet(inputs.labels(f"sheet.{key}"), heads, cells, numeric, key.replace("_", "-"))


def defect_sheet(inputs: Inputs, locality: str) -> Sheet:
    """List the damaged places of a document in document order."""
    t = inputs.labels
    kinds = inputs.reference.defects.set_index("kind")[f"name_{inputs.language}"]
    own = inputs["defects"][inputs["defects"]["locality"] == locality]
    rows = []
    for row in own.sort_values(["line_start", "line_end", "kind", "task_id"]).to_dict("records"):
        task = row["task_id"]
        where = task_link(inputs.tasks[task], t) if task in inputs.tasks else t("whole.document")
        mended = t("defect.repaired" if row["repaired"] else "defect.left")
        rows.append((kinds.get(row["kind"], row["kind"]), where, lines_link(row, t, locality), mended))
    columns = [t("column.defect"), t("column.task"), t("column.lines"), t("column.repaired")]
    return Sheet(t("sheet.defects"), columns, rows, name=f"{locality}-defects")


def corrections_sheet(inputs: Inputs, locality: str) -> Sheet:
    """List the corrections made by hand, with their reasons."""
    t, rows = inputs.labels, []
    for entry in inputs.corrections[locality].to_dict("records"):
        task = entry["task_id"]
        where = task_link(inputs.tasks[task], t) if task in inputs.tasks else task
        value = _corrected_value(inputs, entry["column"], entry["value"])
        field = t(f"field.{entry['column']}")
        rows.append((where, field, entry["found"] or t("empty"), value or t("empty"), entry["reason"]))
    columns = ["task", "field", "found", "value", "reason"]
    return Sheet(t("sheet.corrections"), [t(f"column.{c}") for c in columns], rows, name="corrections")


def _corrected_value(inputs: Inputs, column: str, value: str) -> str:
    if column in ("leads", "coordinating"):
        return "; ".join(inputs.names.agency(agency) for agency in value.split(";") if agency)
    return value


def _written(inputs: Inputs, name: str, value: object) -> str:
    """Write a parameter's value for a reader."""
    if name == "locality":
        return inputs.names.locality(str(value))
    if name == "language":
        return inputs.labels(f"language.{value}")
    return inputs.labels.number(float(str(value)), 2)


def _settings(inputs: Inputs, parameters: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    t, limits = inputs.labels, score_limits(inputs["pairs"])
    found = [(t(f"parameter.{name}"), _written(inputs, name, value)) for name, value in parameters]
    return found + [(t(f"limit.{verdict}"), t.number(value, 2)) for verdict, value in limits.items()]


def method(inputs: Inputs, parameters: Sequence[tuple[str, object]]) -> list[Block]:
    """Say how all this was made: settings, versions, hashes; also as JSON in the file."""
    documents = inputs["documents"].sort_values("locality")
    sources = list(zip(documents["source_file"], documents["sha256"], strict=True))
    facts = {
        "parameters": {name: value for name, value in parameters},
        "versions": inputs.versions,
        "tables": dict(inputs.hashes),
        "sources": dict(sources),
        "key": inputs.key,
    }
    values: dict[str, Any] = {
        "settings": _settings(inputs, parameters),
        "versions": list(inputs.versions.items()),
        "hashes": [(f"{name}.parquet", value) for name, value in sorted(inputs.hashes.items())],
        "sources": sources,
        "facts": script_json(facts),
    }
    return [heading(inputs, "method"), fragment("method", inputs.labels, **values)]


def script_json(value: object) -> Markup:
    """Write JSON that can stand in a script element: no tag or comment can begin in it.

    Examples
    --------
    >>> print(script_json({"text": "</script>"}))
    {"text": "\\u003c/script\\u003e"}
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for mark, code in {"<": "003c", ">": "003e", "&": "0026", "\u2028": "2028", "\u2029": "2029"}.items():
        text = text.replace(mark, f"\\u{code}")
    return Markup(text)
