"""An item as HTML: both texts side by side, what they share, and why it is asked.

In: a session and its item. Out: HTML for a notebook. The template escapes, so that text of a document
is never markup; colours are JupyterLab's own, so that it fits a light and a dark page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from compare.documents import Reference
from compare.labels import Labels
from compare.reviewing.session import Item, ReviewSession
from compare.shared_words import marked

__all__ = [
    "Naming",
    "done",
    "item_page",
    "question",
    "read_naming",
    "style",
]

TEMPLATES = Path(__file__).parent
N_REASONS = 5  # shown at once; the others on demand
_REASON = re.compile(r"(\w+)=-?[\d.]+ \(([-+][\d.]+)\)")


@dataclass(frozen=True)
class Naming:
    """What ids are called, in the labels' language."""

    labels: Labels
    localities: Mapping[str, str]
    pillars: Mapping[int, str]
    agencies: Mapping[str, str]

    def title(self, family: Item) -> str:
        """Return a family's title; an English one that is missing is the Vietnamese one."""
        return str((self.labels.language == "en" and family["title_en"]) or family["title_vi"])


def read_naming(labels: Labels, documents: pd.DataFrame, reference: Reference) -> Naming:
    """Take names from the documents table and the reference tables."""
    pillars, agencies = reference.pillars, reference.agencies
    return Naming(
        labels,
        dict(zip(documents["locality"], documents["name_vi"], strict=True)),
        dict(zip(pillars["pillar"].astype(int), pillars[f"name_{labels.language}"], strict=True)),
        dict(zip(agencies["agency_id"], agencies["name_vi"], strict=True)),
    )


def _side(task: Item, text: Markup, head: str, naming: Naming) -> dict[str, Any]:
    """Return a task as the template takes it: where it stands, who leads it, until when."""
    labels = naming.labels
    names = [naming.agencies.get(agency, agency) for agency in str(task["leads"]).split(";") if agency]
    first, last = int(task["line_start"]), int(task["line_end"])
    lines = labels("lines.one", line=str(first)) if first == last else ""
    lines = lines or labels("lines.many", first=str(first), last=str(last))
    facts = {
        "leads": task["leads_text"] or "; ".join(names),
        "time": task["timeline_text"],
        "product": task["product"],
        "source": f"{task['source_file']}, {lines}",
    }
    where = labels(f"task.{task['part']}", number=task["number"])
    return {
        "head": head,
        "where": f"{naming.localities.get(task['locality'], task['locality'])}, {where}",
        "text": text,
        "facts": [(labels(f"review_nb.{name}"), value) for name, value in facts.items() if value],
    }


def _sides(
    session: ReviewSession, item: Item, naming: Naming, shares: Mapping[str, float]
) -> list[dict[str, Any]]:
    labels, task = naming.labels, session.tasks.loc[item["task_id"]].to_dict()
    if item["closest_task_id"] not in session.tasks.index:
        return [_side(task, escape(task["text"]), labels("review_nb.asked"), naming)]
    member = session.tasks.loc[item["closest_task_id"]].to_dict()
    one, other = marked(task["text"], member["text"], shares), marked(member["text"], task["text"], shares)
    sides = [
        _side(task, one, labels("review_nb.asked"), naming),
        _side(member, other, labels("review_nb.member"), naming),
    ]
    if item["quote"] and item["quote"] != member["text"]:
        sides[1]["facts"].insert(0, (labels("review_nb.quote"), f"“{item['quote']}”"))
    return sides


def _reasons(item: Item, labels: Labels) -> list[dict[str, Any]]:
    """Read the evidence: what each feature adds, with the width of its bar in percent."""
    found = [(name, float(added)) for name, added in _REASON.findall(item["evidence"])]
    found.sort(key=lambda pair: pair[0] == "bias")  # the same for all items: last, and without a bar
    most = max((abs(added) for name, added in found if name != "bias"), default=1.0) or 1.0
    return [
        {
            "name": labels(f"feature.{name}"),
            "added": ("+" if added > 0 else "−") + labels.number(abs(added), 2),
            "for": added > 0,
            "width": 0 if name == "bias" else round(100 * abs(added) / most),
        }
        for name, added in found
    ]


def _said(session: ReviewSession, item: Item, labels: Labels) -> list[str]:
    rows = session.log.said((item["task_id"], item["family_id"]), session.catalogue)
    return [
        labels(
            "review_nb.said",
            reader=row["reader"],
            date=labels.date(row["date"]),
            answer=labels(f"review_nb.answer.{row['match']}"),
        )
        + (f"; {row['note']}" if row["note"] else "")
        for row in rows.to_dict("records")
    ]


def question(session: ReviewSession, item: Item, naming: Naming) -> str:
    """Write the question: the family's title and description, and why it is asked."""
    labels, family = naming.labels, session.family(item["family_id"])
    chance = labels(
        "review_nb.chance", share=labels.percent(item["probability"]), limit=labels.percent(item["member_at"])
    )
    again = item["reason"] in ("conflict", "stale")
    return (
        _environment()
        .get_template("question.html.j2")
        .render(
            labels=labels,
            title=naming.title(family),
            description=family["description"] if labels.language == "vi" else "",
            reason=labels(f"reason.{item['reason']}"),
            said=_said(session, item, labels) if again else [],
            chance=chance if item["probability"] > 0 else "",
        )
    )


def item_page(session: ReviewSession, item: Item, naming: Naming, shares: Mapping[str, float]) -> str:
    """Write both texts, what speaks for and against, and the nearest other families.

    ``shares`` is of :func:`compare.shared_words.word_shares`, over all tasks.
    """
    near = [
        (naming.title(session.family(family)), naming.labels.percent(probability))
        for family, probability in session.nearest(item)
    ]
    return (
        _environment()
        .get_template("item.html.j2")
        .render(
            labels=naming.labels,
            sides=_sides(session, item, naming, shares),
            reasons=_reasons(item, naming.labels),
            n_reasons=N_REASONS,
            near=near,
        )
    )


def done(naming: Naming, chosen: bool) -> str:
    """Say that nothing is left to ask: of what was chosen, or at all, and what comes next then."""
    return _environment().get_template("done.html.j2").render(labels=naming.labels, chosen=chosen)


def style() -> str:
    """Return the panel's style sheet."""
    return f"<style>{(TEMPLATES / 'panel.css').read_text(encoding='utf-8')}</style>"


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
