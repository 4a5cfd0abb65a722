"""What both reports have: headings, folded tables, defects, how far a reader has decided."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from compare.figures.style import SYMBOLS
from compare.report.blocks import Fragment, Sheet, fragment, lines_link, printed, task_link, worded
from compare.report.facts import reviewed_counts, reviewed_share
from compare.report.inputs import Inputs
from compare.report.ways import linked

__all__ = [
    "corrections_sheet",
    "counts_sheet",
    "defect_sheet",
    "folded",
    "heading",
    "lost_times",
    "reviewed_note",
    "script_json",
    "sheet",
    "status_word",
    "subheading",
]


def heading(inputs: Inputs, key: str, finding: str = "", *notes: str, title: str = "") -> Fragment:
    """Open a section: its title, the sentence that was found, and how to read it."""
    said = title or inputs.labels(f"section.{key}")
    return _opening(inputs, "heading", (key, said), (finding,), anchor=key, notes=notes)


def _opening(
    inputs: Inputs, template: str, named: tuple[str, str], findings: Sequence[str], **values: object
) -> Fragment:
    """Open a section or a part of one; sentences without a link can be given one, behind the last of them."""
    known = named if template == "heading" else None
    texts = [text for text in findings if text]

    bare = [i for i, text in enumerate(texts) if not linked(text)]

    def made(way: Markup) -> Fragment:
        said = [
            Markup("{} {}").format(text, way) if way and i in bare[-1:] else text
            for i, text in enumerate(texts)
        ]
        return fragment(template, inputs.labels, known, title=named[1], findings=said, **values)

    return replace(made(Markup("")), led=made if bare else None)


def reviewed_note(inputs: Inputs, locality: str = "") -> str:
    """Say whether a gap rests on a reader who read the plan, or on what the program proposes."""
    counts = reviewed_counts(inputs["memberships"], inputs["tasks"])
    own = counts.loc[locality] if locality else counts.sum()
    reviewed, total = reviewed_share(inputs["memberships"], inputs["tasks"])
    n, unread = int(own["n_tasks"]), int(own["n_tasks"] - own["read"])
    share = inputs.labels.percent(reviewed / max(total, 1))
    new = locality and unread == n
    key = "none" if not reviewed else "unread" if new else "some" if unread else "all"
    values = {"n": n, "unread": unread, "reviewed": reviewed, "total": total, "share": share}
    return inputs.labels(f"honest.{'this' if locality else 'these'}_{key}", **values)


def subheading(inputs: Inputs, title: str, *findings: str) -> Fragment:
    """Open a part of a section."""
    return _opening(inputs, "subheading", ("", title), findings)


def sheet(inputs: Inputs, table: Sheet) -> Fragment:
    """Show a table."""
    made = fragment("sheet", inputs.labels, table=table, folded="", notes=())
    return replace(made, holds=table.anchor)


def folded(
    inputs: Inputs, table: Sheet, summary: str = "", *, repeats: bool = False, notes: Sequence[str] = ()
) -> Fragment:
    """Show a table folded up, such as that of a chart's data; ``repeats``: its rows stand elsewhere too.

    ``notes`` stand with it, such as what an index means.
    """
    title = summary or inputs.labels("data.table")
    made = fragment("sheet", inputs.labels, table=table, folded=title, notes=notes)
    return replace(made, repeats=repeats, holds=table.anchor)


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
    own = inputs["defects"][inputs["defects"]["locality"] == locality]
    rows = []
    for row in own.sort_values(["line_start", "line_end", "kind", "task_id"]).to_dict("records"):
        task = row["task_id"]
        where = task_link(inputs.tasks[task], t) if task in inputs.tasks else t("whole.document")
        mended = t("defect.repaired" if row["repaired"] else "defect.left")
        rows.append(
            (inputs.names.defects.get(row["kind"], row["kind"]), where, lines_link(row, t, locality), mended)
        )
    columns = [t("column.defect"), t("column.task"), t("column.lines"), t("column.repaired")]
    return Sheet(t("sheet.defects"), columns, rows, name=f"{locality}-defects")


def lost_times(inputs: Inputs, locality: str = "") -> str:
    """Say how many tasks without a time have lost their cell in the digitised text, if any."""
    lost = inputs["defects"].query("kind == 'time-missing' and not repaired")
    tasks = inputs["tasks"]
    bare = tasks[(tasks["timeline_kind"] == "") & ((tasks["locality"] == locality) | (locality == ""))]
    n = int(bare["task_id"].isin(lost["task_id"]).sum())
    return inputs.labels("honest.times_lost", n=n) if n else ""


def corrections_sheet(inputs: Inputs, locality: str) -> Sheet:
    """List the corrections made by hand, with their reasons."""
    t, rows = inputs.labels, []
    for entry in inputs.corrections[locality].to_dict("records"):
        task = entry["task_id"]
        where = task_link(inputs.tasks[task], t) if task in inputs.tasks else task
        value = _corrected_value(inputs, entry["column"], entry["value"])
        field = t(f"field.{entry['column']}")
        found, reason = printed(entry["found"], t), inputs.names.wording.said(entry["reason"])
        rows.append(
            (where, field, found or t("empty"), value or t("empty"), worded(reason, entry["reason"], t))
        )
    columns = ["task", "field", "found", "value", "reason"]
    return Sheet(t("sheet.corrections"), [t(f"column.{c}") for c in columns], rows, name="corrections")


def _corrected_value(inputs: Inputs, column: str, value: str) -> str:
    if column in ("leads", "coordinating"):
        return "; ".join(inputs.names.agency(agency) for agency in value.split(";") if agency)
    return printed(value, inputs.labels)


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
