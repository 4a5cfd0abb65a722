"""The first screen: key figures, and the few findings that tell most.

In: :class:`Inputs` and a locality. Out: numbers with their words, sentences with links. A finding
appears only where there is something to say.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.figures.counts import PARTS
from compare.report.facts import completeness, others_than, reviewed_share
from compare.report.inputs import Inputs
from compare.report.quotes import missing_families

__all__ = ["findings", "tiles"]

_NAMED = 3


def _own(inputs: Inputs, table: str, locality: str) -> pd.DataFrame:
    return inputs[table][inputs[table]["locality"] == locality]


def _tile(key: str, value: str, note: str, href: str) -> dict[str, str]:
    return {"key": key, "value": value, "note": note, "href": href}


def tiles(inputs: Inputs, locality: str) -> list[dict[str, str]]:
    """Return the key figures of a plan: value, what it counts, a note, a link to the section."""
    t = inputs.labels
    own, damage = _own(inputs, "tasks", locality), _own(inputs, "defects", locality)
    parts = [
        f"{t(f'part.{part}')} {t.number(n)}" for part in PARTS if (n := int((own["part"] == part).sum()))
    ]
    row = completeness(inputs["coverage"]).loc[locality]
    load = _own(inputs, "workload", locality)
    agencies = set(load.loc[load["n_tasks"] > 0, "agency_id"]) - {"unresolved"}
    groups = len(agencies & inputs.names.groups)
    left = int((~damage["repaired"]).sum())
    note = "note" if left else "note_mended" if len(damage) else "note_none"
    part = f"{t.number(int(row['stated']))}/{t.number(int(row['elsewhere']))}"
    doubtful = t("tile.gaps.note", n=int(row["review"])) if row["review"] else ""
    return [
        _tile("tasks", t.number(len(own)), "; ".join(parts), "tasks"),
        _tile("stated", part, t("tile.stated.note", share=t.percent(row["share"])), "coverage"),
        _tile("gaps", t.number(int(row["gap"])), doubtful, "gaps"),
        _tile("unique", t.number(int(row["unique"])), t("tile.unique.note"), "unique"),
        _tile("agencies", t.number(len(agencies) - groups), t("tile.agencies.note", n=groups), "workload"),
        _tile("defects", t.number(len(damage)), t(f"tile.defects.{note}", n=left), "defects"),
    ]


def _complete(inputs: Inputs, locality: str) -> str:
    t, table = inputs.labels, completeness(inputs["coverage"])
    row = table.loc[locality]
    others = table.loc[others_than(locality, list(table.index)), "share"]
    rank = int((table["share"] > row["share"]).sum()) + 1
    values: dict[str, Any] = {
        "share": t.percent(row["share"]),
        "mean": t.percent(others.mean()),
        "rank": rank,
    }
    values |= {"review": int(row["review"]), "of": len(table)}
    said = "key.complete" if row["review"] else "key.complete_clear"
    return t(said, n=int(row["stated"]), total=int(row["elsewhere"]), **values)


def _weakest_pillar(inputs: Inputs, missing: pd.DataFrame) -> str:
    counts = missing["pillar"].value_counts().sort_index()
    pillar = int(counts.idxmax())
    return inputs.labels("key.pillar", pillar=inputs.names.pillar(pillar), n=int(counts[pillar]))


def _missed_alone(inputs: Inputs, missing: pd.DataFrame) -> Markup:
    """Name the families that all others state, with links to the evidence."""
    rows = missing[missing["n_others"] == len(inputs.localities) - 1]
    if rows.empty:
        return Markup("")
    link = Markup('<a href="#gap-{}">{}</a>')
    named = [link.format(f, inputs.names.families[f]) for f in rows["family_id"].head(_NAMED)]
    text = inputs.labels("key.alone" if len(rows) <= _NAMED else "key.alone_more", n=len(rows))
    return Markup("{} {}").format(text, Markup("; ").join(named))


def _untimed(inputs: Inputs, own: pd.DataFrame) -> str:
    n = int((own["timeline_kind"] == "").sum())
    return inputs.labels("key.untimed", n=n, share=inputs.labels.percent(n / len(own))) if n else ""


def _sure(inputs: Inputs, locality: str) -> str:
    reviewed, total = reviewed_share(inputs["memberships"], inputs["tasks"], locality)
    key = "key.sure_all" if reviewed == total else "key.sure" if reviewed else "key.sure_none"
    return inputs.labels(key, n=reviewed, total=total, share=inputs.labels.percent(reviewed / max(total, 1)))


def _asked(inputs: Inputs, locality: str) -> Markup:
    """Lead to what a reader should decide."""
    n = int((inputs["queue"]["locality"] == locality).sum())
    link = Markup('<a href="#review">{}</a>')
    return link.format(inputs.labels("key.asked", n=n)) if n else Markup("")


def findings(inputs: Inputs, locality: str) -> list[Any]:
    """Return up to six sentences: how complete, where it lacks most, when, how sure, what to decide."""
    missing = missing_families(inputs, locality, "gap")
    found: list[Any] = [_complete(inputs, locality)]
    if len(missing):
        found += [_weakest_pillar(inputs, missing), _missed_alone(inputs, missing)]
    found += [_untimed(inputs, _own(inputs, "tasks", locality)), _sure(inputs, locality)]
    found += [_asked(inputs, locality)]
    return [sentence for sentence in found if sentence]
