"""The key figures of a plan, and where it lacks most.

In: :class:`Inputs` and a locality. Out: numbers with their words, sentences. A finding appears only
where there is something to say.
"""

import pandas as pd

from compare.figures.counts import NOBODY, PARTS
from compare.report.facts import completeness
from compare.report.inputs import Inputs
from compare.report.quotes import missing_families
from compare.report.shared import lost_times
from compare.report.ways import pointed

__all__ = ["findings", "tiles"]


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
    agencies = set(load.loc[load["n_tasks"] > 0, "agency_id"]) - NOBODY
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


def _weakest_pillar(inputs: Inputs, missing: pd.DataFrame) -> str:
    counts = missing["pillar"].value_counts().sort_index()
    pillar = int(counts.idxmax())
    t, n = inputs.labels, int(counts[pillar])
    said = t("key.pillar", pillar=inputs.names.pillar(pillar), n=n)
    return pointed(t, said, "table-gaps")


def _untimed(inputs: Inputs, own: pd.DataFrame) -> str:
    t, n = inputs.labels, int((own["timeline_kind"] == "").sum())
    if not n:
        return ""
    said = t("key.untimed", n=n, share=t.percent(n / len(own)))
    return pointed(t, said, f"table-{own['locality'].iloc[0]}-timelines")


def findings(inputs: Inputs, locality: str) -> list[str]:
    """Return up to three sentences: where the plan lacks most, how much has no time, or has lost it."""
    t, missing = inputs.labels, missing_families(inputs, locality, "gap")
    found = [_weakest_pillar(inputs, missing)] if len(missing) else []
    found.append(_untimed(inputs, _own(inputs, "tasks", locality)))
    if lost := lost_times(inputs, locality):
        found.append(pointed(t, lost, f"table-{locality}-defects"))
    return [sentence for sentence in found if sentence]
