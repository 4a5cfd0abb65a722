"""The first page of the folder: every plan as a card, with what was made of it.

In: the inputs and the folder of reports. Out: ``index.html``. What it says of a report is read from
the folder: a failed notebook, a page, a page made from other data than those at hand, or nothing.
"""

import os
from pathlib import Path

from compare.figures.style import PALETTE
from compare.report.blocks import asset, environment
from compare.report.due import WORKBOOK_FILE
from compare.report.facts import completeness, reviewed_counts
from compare.report.inputs import Inputs
from compare.report.stated_links import carried_names
from compare.report.states import report_state
from compare.report.subject import subject

__all__ = ["render_index"]


def _cards(inputs: Inputs, out: Path) -> list[dict[str, object]]:
    table = completeness(inputs["coverage"])
    counts = reviewed_counts(inputs["memberships"], inputs["tasks"])
    cards = []
    for row in inputs["documents"].sort_values("locality").to_dict("records"):
        place = row["locality"]
        state = report_state(place, out, inputs.key)
        read = {"tasks": int(counts.loc[place, "n_tasks"]), "read": int(counts.loc[place, "read"])}
        carried = carried_names(inputs, place)
        cards.append({"row": row, "state": state, "carried": carried, **read, **table.loc[place]})
    return cards


def render_index(inputs: Inputs, out: Path, workbook: str = "missing") -> Path:
    """Write ``index.html`` for what the folder holds now.

    ``workbook`` says what there is of the workbook: made, old (made from other data) or missing.

    Returns
    -------
    Path
        The file written.
    """
    html = (
        environment()
        .get_template("index.html.j2")
        .render(
            css=asset("page.css") + asset("print.css"),
            palette=PALETTE,
            t=inputs.labels,
            labels=inputs.labels,
            language=inputs.language,
            cards=_cards(inputs, out),
            subject=subject(inputs),
            workbook=workbook,
            workbook_file=WORKBOOK_FILE,
            overview=report_state("overview", out, inputs.key),
            n_families=len(inputs["families"]),
            n_tasks=len(inputs["tasks"]),
        )
    )
    written = out / ".index.html"
    written.write_text(html, encoding="utf-8", newline="\n")
    os.replace(written, out / "index.html")
    return out / "index.html"
