"""Which reports are due: those whose inputs have changed since they were made, or whose file has.

In: a request, the data as they are, the manifest of the folder. Out: one :class:`Due` a file, with
the inputs that it would be made from. Nothing is made here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.errors import ReportError, accepted
from compare.labels import read_labels
from compare.manifest import Entries, Entry, file_hash, is_whole, program_inputs
from compare.report.jobs import Job, Request
from compare.report.parameters import check_parameters, notebook_parameters
from compare.report.sources import inputs_key, known_localities, shown_versions, source_hashes

__all__ = [
    "ASSETS",
    "OVERVIEW",
    "WORKBOOK",
    "WORKBOOK_FILE",
    "Due",
    "index_inputs",
    "is_current",
    "list_due",
    "shared_inputs",
    "tables_key",
]

OVERVIEW = "overview"
WORKBOOK = "doi-chieu"
WORKBOOK_FILE = f"{WORKBOOK}.xlsx"
ASSETS = "assets"
NOTEBOOKS = ("locality_report", "overview_report")


@dataclass(frozen=True)
class Due:
    """A file that was asked for: how to make it, and what it would be made from."""

    job: Job
    inputs: Entry


def shared_inputs(request: Request) -> Entry:
    """Return what every file of the folder is made from: data, program, language."""
    sources = source_hashes(request.processed)
    return {**program_inputs(request.project), **sources, "language": request.language}


def tables_key(shared: Entry) -> str:
    """Return the short hash over tables and versions that every page keeps."""
    return inputs_key(shared["tables"], shown_versions())


def index_inputs(shared: Entry, states: Mapping[str, str]) -> Entry:
    """Return what the index is made from: besides what all share, the states that it tells of."""
    return {**shared, "states": dict(states)}


def is_current(file: str, inputs: Entry, entries: Entries, out: Path) -> bool:
    """Say whether a file is there whole, made from these inputs, with the assets that it needs."""
    entry = entries.get(file, {})
    assets = entry.get("assets", ())
    whole = is_whole(out / file, entry) and all((out / ASSETS / name).is_file() for name in assets)
    return whole and not entry.get("error") and entry.get("inputs") == inputs


def _stems(request: Request) -> list[str]:
    """Return the stems of the pages to make, the slowest first; check the localities."""
    known = known_localities(request.processed)
    for locality in request.localities:
        if locality not in known:
            raise ReportError(f"unknown locality {locality!r}; {accepted(known)}")
    return [OVERVIEW, *(dict.fromkeys(request.localities) or known)]


def _own_parameters(request: Request) -> dict[str, dict[str, Any]]:
    """Return notebook -> the given parameters that it knows, in the types of their defaults."""
    known = {name: notebook_parameters(request.notebooks / f"{name}.ipynb") for name in NOTEBOOKS}
    typed = check_parameters(request.parameters, {**known[NOTEBOOKS[0]], **known[NOTEBOOKS[1]]})
    return {name: {key: typed[key] for key in typed if key in known[name]} for name in NOTEBOOKS}


def _pages(request: Request, shared: Entry, key: str) -> Iterable[Due]:
    given = _own_parameters(request)
    place = {"language": request.language, "processed": str(request.processed)}
    for stem in _stems(request):
        name = NOTEBOOKS[stem == OVERVIEW]
        own = {**given[name], **({} if stem == OVERVIEW else {"locality": stem})}
        path = request.notebooks / f"{name}.ipynb"
        job = Job(
            stem, f"{stem}.html", path, {**own, **place}, request.language, key,
            processed=request.processed, shared_assets=request.shared_assets,
        )  # fmt: skip
        made_by = {"notebook": file_hash(path), "parameters": own, "shared_assets": request.shared_assets}
        yield Due(job, {**shared, **made_by})


def list_due(request: Request, shared: Entry) -> list[Due]:
    """List the files that a request asks for, whether they are current or not.

    Raises
    ------
    ReportError
        Unknown language, locality or parameter, or a notebook that is missing.
    SchemaError
        The tables were not built yet.
    """
    if request.workers < 1:
        raise ReportError(f"jobs: a number from 1 wanted, found {request.workers}")
    read_labels(request.language)
    key = tables_key(shared)
    found = list(_pages(request, shared, key))
    if request.workbook:
        job = Job(WORKBOOK, WORKBOOK_FILE, None, {}, request.language, key, processed=request.processed)
        found.append(Due(job, shared))
    return found
