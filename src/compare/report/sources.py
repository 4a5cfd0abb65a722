"""What reports are made from, without reading it: tables, reference data, plans, and their hashes.

In: the folder of processed tables. Out: hashes, and the ids of the localities. :mod:`compare.report.inputs`
reads the same things for a report; here nothing is opened that takes time, since most runs find that
nothing has changed.
"""

import csv
import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from compare.errors import SchemaError
from compare.manifest import file_hash, folder_hashes

__all__ = ["PACKAGES", "TABLES", "inputs_key", "known_localities", "shown_versions", "source_hashes"]

TABLES = [
    *("documents", "tasks", "families", "memberships", "pairs", "coverage", "workload", "defects"),
    *("queue", "settings", "evaluation", "targets", "citations", "citation_mentions"),
    *("mentions", "agency_links", "holders", "deadlines", "calendar"),
]
PACKAGES = ["doi-chieu", "pandas", "scikit-learn", "rapidfuzz", "plotly", "papermill", "nbconvert"]


def shown_versions() -> dict[str, str]:
    """Return the versions of the packages that shape the result, as a report shows them."""
    return {name: version(name) for name in PACKAGES}


def inputs_key(hashes: Mapping[str, str], versions: Mapping[str, str]) -> str:
    """Return one short hash over tables and versions: it is kept in every page.

    Examples
    --------
    >>> inputs_key({"tasks": "ab"}, {"pandas": "3"}) == inputs_key({"tasks": "ac"}, {"pandas": "3"})
    False
    """
    parts = [f"{name}={value}" for name, value in sorted(hashes.items())]
    parts += [f"{name}={number}" for name, number in versions.items()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def source_hashes(processed: Path) -> dict[str, Any]:
    """Return the hashes of all data that reports read: tables, reference data, plans with corrections."""
    return {
        "raw": folder_hashes(processed.parent / "raw"),
        "reference": folder_hashes(processed.parent / "reference"),
        "tables": {name: file_hash(processed / f"{name}.parquet") for name in TABLES},
    }


def known_localities(processed: Path) -> list[str]:
    """Return the ids of the localities in the built tables, sorted.

    Raises
    ------
    SchemaError
        The tables were not built yet.
    """
    path = processed / "documents.csv"
    if not path.is_file():
        raise SchemaError(f"table 'documents' wanted at {path}, not found; build it first: doichieu build")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted(row["locality"] for row in csv.DictReader(file))
