"""The section that asks: which links between tasks and pieces of work a person should decide.

In: :class:`Inputs` and a locality. Out: blocks. Each question shows the task as printed beside the
reviewed task that comes closest, why it is asked, and what the program thinks; answers are kept in the
browser and saved as a file that ``doichieu review import`` reads. Questions beyond the first ones are
packed, since a hundred of them would double the page.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from compare.decisions import COLUMNS
from compare.labels import Labels
from compare.report.blocks import Block, Fragment, fragment
from compare.report.facts import reviewed_share
from compare.report.inputs import Inputs, Row
from compare.report.packed import pack
from compare.report.quotes import quote
from compare.report.shared import heading, script_json
from compare.report.waterfall import waterfall
from compare.report.ways import pointed
from compare.shared_words import marked, word_shares

__all__ = ["CHOICES", "DISPUTED", "review"]

CHOICES = ("whole", "part", "no", "new", "skip")
DISPUTED = ("conflict", "stale")
N_OPEN = 10  # questions that stand open
N_NEXT = 3  # other pieces of work named for the same task


@lru_cache(maxsize=4)
def _shares(texts: tuple[str, ...]) -> dict[str, float]:
    return word_shares(texts)


def _queued(inputs: Inputs, locality: str) -> pd.DataFrame:
    """Return a locality's questions, numbered from 1, disputed ones first."""
    queue = inputs["queue"]
    own = queue[queue["locality"] == locality]
    own = own.assign(settled=~own["reason"].isin(DISPUTED)).sort_values(["settled", "rank"])
    return own.assign(number=range(1, len(own) + 1))


def family_title(inputs: Inputs, family: str) -> str:
    """Name a family; one that a reader has just proposed has no title in the tables yet."""
    return inputs.names.families.get(family) or inputs.labels("review.unnamed")


def _near(row: Row, inputs: Inputs, locality: str) -> dict[str, Any] | None:
    """Return the reviewed task that comes closest, with the words for which it is in the family."""
    if row["closest_task_id"] not in inputs.tasks:
        return None
    task = inputs.tasks[row["closest_task_id"]]
    words = _shares(tuple(inputs["tasks"]["text"]))
    own = inputs.tasks[row["task_id"]]["text"]
    return {
        **quote(row["closest_task_id"], inputs, locality),
        "place": inputs.names.locality(task["locality"]),
        "marked": marked(row["quote"] or task["text"], own, words),
        "all": row["quote"] in ("", task["text"]),
    }


def _next_best(row: Row, rows: Sequence[Row], inputs: Inputs) -> list[dict[str, Any]]:
    """Name the other pieces of work that this task is asked about, likeliest first."""
    others = [r for r in rows if r["task_id"] == row["task_id"] and r["family_id"] != row["family_id"]]
    others.sort(key=lambda r: (-r["probability"], r["family_id"]))
    return [
        {
            "number": other["number"],
            "title": family_title(inputs, other["family_id"]),
            "share": inputs.labels.percent(other["probability"]),
        }
        for other in others[:N_NEXT]
    ]


def _question(row: Row, rows: Sequence[Row], inputs: Inputs, locality: str) -> dict[str, Any]:
    """Return one question as the template takes it."""
    t, words = inputs.labels, _shares(tuple(inputs["tasks"]["text"]))
    near = _near(row, inputs, locality)
    task = quote(row["task_id"], inputs, locality)
    why = waterfall(row["evidence"], row["probability"], t) if near else None
    return {
        **{name: row[name] for name in ("task_id", "family_id", "text_sha", "number", "reason", "title_new")},
        "title": family_title(inputs, row["family_id"]),
        "task": {**task, "marked": marked(task["text"], row["quote"] if near else "", words)},
        "near": near,
        "share": why.share if why else t.percent(row["probability"]),
        "limit": t.percent(row["member_at"]),
        "taken": (row["family_id"], row["task_id"]) in inputs.members,
        "known": near is not None,
        "settles": row["reason"] in DISPUTED,
        "said": _said(row["said"], t),
        "why": why,
        "others": _next_best(row, rows, inputs),
    }


def _said(answers: str, t: Labels) -> list[str]:
    """Say who has answered what so far."""
    rows = json.loads(answers) if answers else []
    return [
        t("review.said", reader=reader, date=t.date(date) or date, answer=t(f"choice.{match}").lower())
        for reader, match, date in rows
    ]


def _words(labels: Labels) -> dict[str, str]:
    """Return what the script has to say."""
    known = labels.strings.items()
    return {key.partition(".")[2]: str(text) for key, text in known if key.startswith("answering.")}


def _form(inputs: Inputs, locality: str) -> Fragment:
    """Make the form: the first questions as they are, the others packed."""
    t, rows = inputs.labels, _queued(inputs, locality).to_dict("records")
    asked = [_question(row, rows, inputs, locality) for row in rows]
    rest = fragment("review_items", t, items=asked[N_OPEN:], choices=CHOICES).html
    settings = {"words": _words(t), "columns": COLUMNS, "locality": locality}
    form = fragment(
        "review",
        t,
        items=asked[:N_OPEN],
        choices=CHOICES,
        n=len(asked),
        n_rest=len(asked[N_OPEN:]),
        rest=pack(rest.encode("utf-8")),
        settings=script_json(settings),
        locality=locality,
    )
    return replace(form, script="review.js", holds="review-form")


def _nothing(inputs: Inputs, locality: str) -> str:
    """Say why there is nothing to ask."""
    n, total = reviewed_share(inputs["memberships"], inputs["tasks"], locality)
    key = "all" if n == total else "none" if inputs.catalogued else "cold"
    return inputs.labels(f"finding.review_{key}", n=n, total=total)


def review(inputs: Inputs, locality: str) -> list[Block]:
    """Ask about what no reader has decided, or what readers decided differently."""
    t, rows = inputs.labels, _queued(inputs, locality)
    if rows.empty:
        nothing = pointed(t, _nothing(inputs, locality), "coverage", t("section.coverage"))
        return [heading(inputs, "review", nothing)]
    n_tasks, disputed = rows["task_id"].nunique(), int((~rows["settled"]).sum())
    lead = t("finding.review", n=len(rows), tasks=n_tasks)
    more = t("finding.disputed", n=disputed) if disputed else ""
    return [heading(inputs, "review", lead, more, t("review.how")), _form(inputs, locality)]
