"""The first screen of the overview: how complete the plans are, what each lacks and says best, how sure.

In: :class:`Inputs`. Out: sentences and two short lists, one entry a locality, each claim with a link to
tasks in the same file. With many localities only those whose entries tell most are named.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.figures.coverage import family_order
from compare.report.answers import gap_table, strength_note, strength_table, sureness
from compare.report.blocks import page_link, task_link
from compare.report.facts import completeness, split_ids
from compare.report.inputs import Inputs, Row
from compare.report.subject import subject
from compare.report.telling import comparable
from compare.report.ways import pointed

__all__ = ["answers_across"]

N_PLACES = 5


def _shared(inputs: Inputs) -> str:
    """Say how many families every plan states, and how many only one."""
    stated = family_order(inputs["coverage"], inputs["families"])["n_stated"]
    n, places = len(stated), len(inputs.localities)
    values = {"everywhere": int((stated == places).sum()), "once": int((stated == 1).sum())}
    return inputs.labels("finding.overview", n=n, tasks=len(inputs["tasks"]), places=places, **values)


def _complete(inputs: Inputs) -> str:
    """Say which of the plans that can be ranked state most and least of what others state."""
    t, group = inputs.labels, comparable(inputs["documents"])
    share = completeness(inputs["coverage"])["share"].reindex(group)
    if share.nunique() < 2:
        return ""
    most, least = str(share.idxmax()), str(share.idxmin())
    values = {"share": t.percent(float(share[most])), "least": t.percent(float(share[least]))}
    values |= {"place": inputs.names.locality(most), "other": inputs.names.locality(least)}
    ranked = t("first.all", n=len(group), **values)
    rest = [inputs.names.locality(place) for place in inputs.localities if place not in group]
    return f"{ranked} {t('first.all.rest', places=t.listed(rest))}" if 0 < len(rest) <= N_PLACES else ranked


def _best(found: dict[str, pd.DataFrame]) -> list[tuple[str, Row]]:
    """Take each locality's first row; of many localities those of the highest scores, in order of id."""
    rows = [(place, table.iloc[0].to_dict()) for place, table in sorted(found.items()) if len(table)]
    kept = sorted(rows, key=lambda pair: (pair[1].get("close", False), -round(pair[1]["score"], 9), pair[0]))
    kept = kept[:N_PLACES]
    return sorted(kept, key=lambda pair: pair[0])


def _what(inputs: Inputs, place: str, family: str) -> Markup:
    link, title = page_link(place, inputs.names.locality(place)), inputs.names.families[family]
    return Markup("<strong>{}</strong>: {}").format(link, title)


def _stating(inputs: Inputs, family: str, place: str) -> Markup:
    """Name a locality, and its first task about the family as a link."""
    task = inputs.tasks[split_ids(inputs.cells[family, place]["task_ids"])[0]]
    return Markup("{} ({})").format(inputs.names.locality(place), task_link(task, inputs.labels))


def _gaps(inputs: Inputs, tables: dict[str, pd.DataFrame]) -> list[dict[str, Markup]]:
    found = []
    for place, row in _best(tables):
        family = row["family_id"]
        said = Markup(", ").join(_stating(inputs, family, other) for other in row["places"][:N_PLACES])
        note = inputs.labels.markup("first.gap", places=said)
        found.append({"what": _what(inputs, place, family), "note": note})
    return found


def _strengths(inputs: Inputs, tables: dict[str, pd.DataFrame]) -> list[dict[str, Markup]]:
    found = []
    for place, row in _best(tables):
        link = task_link(inputs.tasks[row["task_id"]], inputs.labels)
        what = Markup("{} ({})").format(_what(inputs, place, row["family_id"]), link)
        found.append({"what": what, "note": strength_note(inputs, row, f"#family-{row['family_id']}")})
    return found


def _without(inputs: Inputs, found: dict[str, pd.DataFrame]) -> str:
    """Name the plans of which a list has nothing to say, where they are few."""
    t, none = inputs.labels, [inputs.names.locality(place) for place, table in found.items() if table.empty]
    return t("first.none_of", places=t.listed(none)) if 0 < len(none) <= N_PLACES else ""


def answers_across(inputs: Inputs) -> dict[str, Any]:
    """Return what the overview's first screen says, as its template takes it."""
    t, (sure, asked) = inputs.labels, sureness(inputs)
    gaps = {place: gap_table(inputs, place) for place in inputs.localities}
    strengths = {place: strength_table(inputs, place) for place in inputs.localities}
    return {
        "lead": pointed(t, _shared(inputs), "families", t("section.families")),
        "subject": subject(inputs, linked=True),
        "complete": _complete(inputs),
        "gaps": _gaps(inputs, gaps),
        "strengths": _strengths(inputs, strengths),
        "without": _without(inputs, strengths) if any(len(found) for found in strengths.values()) else "",
        "sure": sure,
        "asked": asked,
    }
