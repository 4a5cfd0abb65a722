"""The section that says how a report was made: steps, how well they do, settings, versions, hashes.

In: :class:`Inputs` and the parameters of the notebook. Out: blocks, and the same facts as JSON in the
file, for who checks or collects reports by a program.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from compare.report.blocks import Block, fragment
from compare.report.evaluation import evaluation
from compare.report.facts import SELDOM, YEARS_APART
from compare.report.inputs import NEARLY, Inputs
from compare.report.shared import heading, script_json
from compare.report.telling import CONCRETE, UNLIKE
from compare.workload.peaks import THRESHOLD
from compare.workload.spread import ReadingLimits

__all__ = ["method"]

_SHOWN = ("match_at", "review_at", "family_at", "whole_at", "member_at", "doubt_at")
CONVENTIONS: Mapping[str, float] = {
    "nearly": NEARLY,
    "concentrated": ReadingLimits().high,
    "spread": ReadingLimits().low,
    "peak": THRESHOLD,
    "years_apart": YEARS_APART,
    "seldom": SELDOM,
    "unlike": UNLIKE,
    "concrete": CONCRETE,
}
"""Limits by which a report reads its figures: set, not measured; each said in the labels."""


def _written(inputs: Inputs, name: str, value: object) -> str:
    """Write a parameter's value for a reader."""
    if name == "locality":
        return inputs.names.locality(str(value))
    if name == "language":
        return inputs.labels(f"language.{value}")
    if name == "before":
        return inputs.labels.date(str(value))
    return inputs.labels.number(float(str(value)), 2)


def _settings(inputs: Inputs, parameters: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    t = inputs.labels
    return [(t(f"parameter.{name}"), _written(inputs, name, value)) for name, value in parameters]


def _thresholds(inputs: Inputs) -> dict[str, float]:
    """Return the probabilities that the alignment used, by the names of its settings."""
    used = inputs["settings"].set_index("name")["value"].dropna()
    return {name: float(value) for name, value in used.items() if name in _SHOWN}


def _limits(inputs: Inputs) -> list[tuple[str, str]]:
    """Write thresholds and conventions for a reader; whole numbers without decimals."""
    t = inputs.labels
    found = {f"limit.{name}": value for name, value in _thresholds(inputs).items()}
    found |= {f"convention.{name}": value for name, value in CONVENTIONS.items()}
    return [(t(key), t.number(value, 0 if value >= 1 else 2)) for key, value in found.items()]


def _quality(inputs: Inputs) -> dict[str, Any]:
    """Return the last evaluation for the JSON in the file: section, item, measure, [value, low, high]."""
    found: dict[str, Any] = {}
    for row in inputs["evaluation"].round(4).to_dict("records"):
        numbers = [row["value"], row["low"], row["high"]]
        known = [number for number in dict.fromkeys(numbers) if pd.notna(number)]
        found.setdefault(row["section"], {}).setdefault(row["item"], {})[row["measure"]] = known
    return found


def method(inputs: Inputs, parameters: Sequence[tuple[str, object]]) -> list[Block]:
    """Say how all this was made: settings, versions, hashes; also as JSON in the file."""
    documents = inputs["documents"].sort_values("locality")
    sources = list(zip(documents["source_file"], documents["sha256"], strict=True))
    facts = {
        "parameters": {name: value for name, value in parameters},
        "thresholds": _thresholds(inputs),
        "conventions": dict(CONVENTIONS),
        "quality": _quality(inputs),
        "versions": inputs.versions,
        "tables": dict(inputs.hashes),
        "sources": dict(sources),
        "key": inputs.key,
    }
    decided = inputs.catalogued and set(inputs.tasks) <= inputs.read_tasks
    values: dict[str, Any] = {
        "settings": _settings(inputs, parameters),
        "limits": _limits(inputs),
        "unused": inputs.labels("method.unused") if decided else "",
        "versions": list(inputs.versions.items()),
        "hashes": [(f"{name}.parquet", value) for name, value in sorted(inputs.hashes.items())],
        "sources": sources,
        "facts": script_json(facts),
    }
    return [
        heading(inputs, "method"),
        fragment("method", inputs.labels, catalogued=inputs.catalogued),
        *evaluation(inputs),
        fragment("settings", inputs.labels, **values),
    ]
