"""The section that says how a report was made: steps, how well they do, settings, versions, hashes.

In: :class:`Inputs` and the parameters of the notebook. Out: blocks, and the same facts as JSON in the
file.
"""

from collections.abc import Sequence
from typing import Any

from compare.report.blocks import Block, fragment
from compare.report.evaluation import evaluation
from compare.report.inputs import Inputs
from compare.report.shared import heading, script_json

__all__ = ["method"]


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
    t, limits = inputs.labels, inputs.limits
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
    return [
        heading(inputs, "method"),
        fragment("method", inputs.labels, catalogued=inputs.catalogued),
        *evaluation(inputs),
        fragment("settings", inputs.labels, **values),
    ]
