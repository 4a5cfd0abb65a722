"""The first screen of a plan's report: what it is, how complete, what tells most, how sure that is.

In: :class:`Inputs` and a locality. Out: sentences and short lists, each claim with a link to its
evidence in the same file. Wording is of the labels; which gaps and strengths tell most is computed.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.report.blocks import task_link, worded
from compare.report.facts import completeness
from compare.report.inputs import Inputs, Row
from compare.report.stated_links import implements_links, stated_link
from compare.report.telling import states_time, telling_gaps, telling_strengths, weights
from compare.report.ways import pointed, way

__all__ = ["answers", "gap_table", "strength_note", "strength_table", "sureness"]

N_SHOWN = 4
CLOSE = 0.5  # probability from which a gap's nearest task is named
_ISSUED = {4: "first.issued_year", 7: "first.issued_month"}  # by how much of the date is known
N_NAMED = 4  # more localities than these are counted, not named


def _identity(inputs: Inputs, row: Row) -> str:
    """Say which document it is, in one sentence."""
    t = inputs.labels
    place, n = row["locality"], int((inputs["tasks"]["locality"] == row["locality"]).sum())
    said = worded(inputs.names.wording.issuer(row["issuer"]), row["issuer"], t)
    shown = {"number": row["number"], "issued_on": t.date(row["issued_on"]), "issuer": said}
    linked = {fact: stated_link(inputs, place, fact, text, place) for fact, text in shown.items()}
    number = t.markup("first.number", number=linked["number"]) if row["number"] else t("first.no_number")
    known = _ISSUED.get(len(row["issued_on"]), "first.issued")
    issued = t.markup(known, date=linked["issued_on"]) if row["issued_on"] else t("first.no_date")
    values = {"number": number, "issued": issued, "level": t(f"level.{row['level']}"), "n": n}
    text = t.markup("first.identity", issuer=linked["issuer"] or t("blank.short"), **values)
    carried = implements_links(inputs, place, place, named=True)
    more = t.markup("first.implements", documents=t.listed(carried)) if carried else ""
    return Markup(" ").join(filter(None, [text, more, way(t, "tasks", "tasks")]))


def _complete(inputs: Inputs, locality: str) -> tuple[str, str]:
    """Say how much the plan states of what others state, and how it stands beside the comparable ones."""
    t, table = inputs.labels, completeness(inputs["coverage"])
    row = table.loc[locality]
    weight = weights(inputs["documents"], locality)
    peers = [place for place in sorted(weight) if weight[place] == 1]
    n, total = int(row["stated"]), int(row["elsewhere"])
    text = t("first.complete", n=n, total=total, share=t.percent(row["share"]))
    if not peers:
        return text, pointed(t, t("first.no_peers"), "table-completeness")
    shares = table.loc[peers, "share"]
    most, least = bool((row["share"] > shares).all()), bool((row["share"] < shares).all())
    place = "most" if most else "least" if least else "between"
    mean = t.percent(float(shares.mean()))
    beside = t(f"first.peers.{place}", places=_named(inputs, peers), mean=mean)
    return text, pointed(t, beside, "table-completeness")


def _named(inputs: Inputs, places: list[str]) -> str:
    """Name a few localities, count many."""
    t = inputs.labels
    if len(places) > N_NAMED:
        return t("first.places", n=len(places))
    return t.listed([inputs.names.locality(place) for place in places])


def gap_table(inputs: Inputs, locality: str) -> pd.DataFrame:
    """Return :func:`telling_gaps` of these inputs."""
    stated, tasks = (inputs["coverage"], inputs["memberships"]), inputs["tasks"]
    return telling_gaps(*stated, tasks, inputs["documents"], locality, inputs.nearly)


def strength_table(inputs: Inputs, locality: str) -> pd.DataFrame:
    """Return :func:`telling_strengths` of these inputs."""
    stated, tasks = (inputs["coverage"], inputs["memberships"]), inputs["tasks"]
    return telling_strengths(*stated, tasks, inputs["documents"], locality, inputs.names.groups)


def _nearest(inputs: Inputs, row: Row, locality: str) -> Markup:
    """Name the plan's task that comes close to a gap, where one does: a reader may see it otherwise."""
    cell = inputs.cells[row["family_id"], locality]
    if cell["nearest_probability"] < CLOSE or cell["nearest_task_id"] not in inputs.tasks:
        return Markup("")
    link = task_link(inputs.tasks[cell["nearest_task_id"]], inputs.labels)
    return Markup("; {}").format(inputs.labels.markup("first.near", task=link))


def _gaps(inputs: Inputs, locality: str) -> list[dict[str, Any]]:
    """Return the most telling gaps: a link to the evidence, and who states the work."""
    link = Markup('<a href="#gap-{}">{}</a>')
    found = []
    for row in gap_table(inputs, locality).head(N_SHOWN).to_dict("records"):
        note = Markup("{}{}").format(
            inputs.labels("first.gap", places=_named(inputs, row["places"])), _nearest(inputs, row, locality)
        )
        title = inputs.names.families[row["family_id"]]
        found.append({"what": link.format(row["family_id"], title), "note": note})
    return found


def strength_note(inputs: Inputs, row: Row, href: str = "") -> Markup:
    """Say what a task settles, and how many others fall behind; ``href`` leads to these."""
    t, task = inputs.labels, inputs.tasks[row["task_id"]]
    has = {"timeline_text": states_time(task["timeline_kind"]), "product": bool(task["product"])}
    said = [t(f"first.has.{name}") for name, stated in has.items() if stated]
    behind = [t(f"first.{key}", n=row[f"n_{key}"]) for key in ("vaguer", "silent") if row[f"n_{key}"]]
    settled, others = t.listed([t("first.has.leads"), *said]), t.listed(behind)
    shown = Markup('<a href="{}">{}</a>').format(href, others) if href else others
    return Markup("{}; {}").format(t("first.strength", has=settled), shown)


def _strengths(inputs: Inputs, locality: str) -> list[dict[str, Any]]:
    """Return the clearest strengths: a link to the task, what it settles, how others fall behind."""
    found = []
    for row in strength_table(inputs, locality).head(N_SHOWN).to_dict("records"):
        title, task = inputs.names.families[row["family_id"]], inputs.tasks[row["task_id"]]
        what = Markup("{} ({})").format(title, task_link(task, inputs.labels))
        found.append({"what": what, "note": strength_note(inputs, row, f"#family-{row['family_id']}")})
    return found


def sureness(inputs: Inputs, locality: str = "") -> tuple[str, str]:
    """Say how far readers have read a plan, or all, and how many questions are open."""
    t, tasks, queue = inputs.labels, inputs["tasks"], inputs["queue"]
    own = tasks.loc[(tasks["locality"] == locality) | (locality == ""), "task_id"]
    read = int(own.isin(inputs.read_tasks).sum())
    key = "all" if read == len(own) else "some" if read else "none"
    asked = int(((queue["locality"] == locality) | (locality == "")).sum())
    sure = t(f"first.sure.{'' if locality else 'these_'}{key}", n=len(own), read=read)
    section = "coverage" if locality else "coverage_all"
    link = pointed(t, sure, section, t(f"section.{section}"))
    return link, t("key.asked", n=asked) if asked else ""


def answers(inputs: Inputs, locality: str) -> dict[str, Any]:
    """Return what the first screen says, as its template takes it."""
    row = inputs["documents"].set_index("locality", drop=False).loc[locality].to_dict()
    sure, asked = sureness(inputs, locality)
    return {
        "identity": _identity(inputs, row),
        "complete": _complete(inputs, locality),
        "gaps": _gaps(inputs, locality),
        "strengths": _strengths(inputs, locality),
        "sure": sure,
        "asked": asked,
    }
