"""All reports in one go: only those that are due, in parallel, moved into place when whole.

In: the built tables and the two notebooks. Out: one HTML file a locality, the overview, the index, the
workbook where it is asked for, and the manifest that says what each was made from. A report that fails
leaves its executed notebook in ``failed/``, does not stop the others, and is tried again by the next
run. Everything is made in a folder beside and moved when complete.
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from compare.claim import claimed
from compare.errors import ReportError
from compare.manifest import Entry, read_manifest, write_manifest
from compare.report.due import (
    OVERVIEW,
    WORKBOOK,
    WORKBOOK_FILE,
    Due,
    index_inputs,
    is_current,
    list_due,
    shared_inputs,
    tables_key,
)
from compare.report.folder import Folder
from compare.report.jobs import Line, Request
from compare.report.sources import known_localities
from compare.report.states import report_state
from compare.report.workers import make_all

if TYPE_CHECKING:
    from compare.report.inputs import Inputs

__all__ = ["complaint", "render_reports", "run_batch"]

INDEX = "index"


def _make_due(folder: Folder, due: Sequence[Due], workers: int) -> None:
    """Make what is due, each file moved and noted as soon as it is made."""
    with TemporaryDirectory(dir=folder.out, prefix=".making-", ignore_cleanup_errors=True) as scratch:
        jobs = {d.job.stem: replace(d.job, scratch=Path(scratch)) for d in due}
        asked = {d.job.stem: d for d in due}
        for outcome in make_all(list(jobs.values()), workers):
            folder.take(asked[outcome.stem], outcome)


def _workbook_state(folder: Folder, shared: Entry) -> str:
    """Say what there is of the workbook: made, old (made from other data) or missing."""
    if not (folder.out / WORKBOOK_FILE).is_file():
        return "missing"
    return "made" if is_current(WORKBOOK_FILE, shared, folder.entries, folder.out) else "old"


def _make_index(folder: Folder, request: Request, shared: Entry, inputs: "Inputs | None") -> None:
    """Make the index, unless it tells already of what there is now."""
    file, key = f"{INDEX}.html", tables_key(shared)
    stems = [*known_localities(request.processed), OVERVIEW]
    states = {stem: report_state(stem, folder.out, key) for stem in stems}
    states[WORKBOOK] = _workbook_state(folder, shared)
    wanted = index_inputs(shared, states)
    if not request.force and is_current(file, wanted, folder.entries, folder.out):
        folder.unchanged(INDEX, file)
        return
    from compare.report.index import render_index  # noqa: PLC0415  slow to load, seldom needed

    started = time.perf_counter()
    render_index(inputs or _opened(request), folder.out, states[WORKBOOK])
    folder.made(INDEX, file, wanted, time.perf_counter() - started, [])


def _opened(request: Request) -> "Inputs":
    """Read the tables; this refuses those that do not fit the plans at hand."""
    from compare.report.inputs import open_inputs  # noqa: PLC0415  slow to load, seldom needed

    return open_inputs(request.processed, request.language)


def run_batch(request: Request, tell: Callable[[Line], None] = lambda line: None) -> list[Line]:
    """Make the reports that are due, and say of each file asked for what became of it.

    Parameters
    ----------
    request : Request
        What is asked for.
    tell : callable
        Takes each line as soon as it is known.

    Returns
    -------
    list of Line
        One line a file asked for, the index last.

    Raises
    ------
    ReportError, SchemaError
        Unknown names, or tables that do not fit the plans, before anything is made.
    CompareError
        Another run writes into the folder.
    """
    shared = shared_inputs(request)
    asked = list_due(request, shared)
    with claimed(request.out):
        before = read_manifest(request.out)
        folder = Folder(request.out, dict(before), tell)
        current = [not request.force and is_current(d.job.file, d.inputs, before, request.out) for d in asked]
        for found in compress(asked, current):
            folder.unchanged(found.job.stem, found.job.file)
        due = [d for d, is_there in zip(asked, current, strict=True) if not is_there]
        inputs = _opened(request) if due else None
        if due:
            _make_due(folder, due, request.workers)
        _make_index(folder, request, shared, inputs)
        folder.clear()
        if folder.entries != before:
            write_manifest(folder.entries, request.out)
    return folder.lines


def complaint(lines: Sequence[Line], out: Path) -> str:
    """Say which reports failed, why in one line each, and where their notebooks are; "" if none."""
    failed = sorted((line for line in lines if line.state == "failed"), key=lambda line: line.stem)
    reasons = "; ".join(f"{line.stem} ({line.error.splitlines()[-1][:200]})" for line in failed)
    said = f"{len(failed)} of the reports failed: {reasons}; executed notebooks in {out / 'failed'}"
    return said if failed else ""


def render_reports(  # noqa: PLR0917
    localities: Sequence[str] | None = None,
    jobs: int = 2,
    language: str = "vi",
    processed: str | Path = "data/processed",
    out: str | Path = "reports",
    parameters: Mapping[str, Any] | None = None,
    notebooks: str | Path | None = None,
    *,
    force: bool = False,
    shared_assets: bool = False,
    workbook: bool = False,
) -> list[Path]:
    """Make the HTML reports of some or all localities, the overview and the index.

    Parameters
    ----------
    localities : sequence of str, optional
        Ids of the localities; all by default. The overview and the index are always made.
    jobs : int
        Number of worker processes.
    language : {"vi", "en"}
        Language of the reports.
    processed, out : path
        Folders of the built tables and of the reports.
    parameters : mapping, optional
        Further parameters of the notebooks, such as ``min_probability``.
    notebooks : path, optional
        Folder of the two notebooks; by default ``notebooks`` beside the data folder.
    force : bool
        Make also what is current: made from the same inputs, and not altered since.
    shared_assets : bool
        Keep plotly.js, style and script once in ``assets`` beside the pages, rather than in each page.
    workbook : bool
        Make the Excel workbook ``doi-chieu.xlsx`` too.

    Returns
    -------
    list of Path
        The files asked for, made now or before: the localities' pages, the overview, the workbook where
        it was asked for, the index.

    Raises
    ------
    ReportError
        Unknown locality, language or parameter, before anything is made; failed reports, after all
        others and the index were made.
    CompareError
        Another run is writing into the folder.

    Notes
    -----
    The same inputs give the same bytes: nothing depends on the clock, the machine or the order of
    work; the time of making stands in ``manifest.json`` only. A report that fails leaves its page of
    before untouched; the index names it as failed.
    """
    from tqdm import tqdm  # noqa: PLC0415

    folder = Path(processed).resolve()
    request = Request(
        folder, Path(out).resolve(), Path(notebooks or folder.parents[1] / "notebooks").resolve(),
        tuple(localities or ()), jobs, language, dict(parameters or {}), force, shared_assets, workbook,
    )  # fmt: skip
    with tqdm(unit="report", file=sys.stderr) as bar:

        def tell(line: Line) -> None:
            bar.set_description(f"{line.stem} {line.state}")
            bar.update()

        lines = run_batch(request, tell)
    if said := complaint(lines, request.out):
        raise ReportError(said)
    return _paths(lines, request)


def _paths(lines: Sequence[Line], request: Request) -> list[Path]:
    """Return the files of some lines: localities as asked for, overview, workbook, index."""
    last = {OVERVIEW: 1, WORKBOOK: 2, INDEX: 3}
    places = {place: n for n, place in enumerate(request.localities)}
    ordered = sorted(lines, key=lambda line: (last.get(line.stem, 0), places.get(line.stem, 0), line.stem))
    return [request.out / line.file for line in ordered]
