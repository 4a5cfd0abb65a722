"""All reports in one go: notebooks run in parallel processes, pages moved into place when whole.

In: the built tables and the two notebooks. Out: one HTML file a locality, the overview, the index.
A report that fails leaves its executed notebook in ``failed/``, does not stop the others, and is named
in a :class:`ReportError` at the end. Everything is made in a folder beside and moved when complete.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from tqdm import tqdm

from compare.errors import ReportError
from compare.report.index import render_index
from compare.report.inputs import Inputs, open_inputs
from compare.report.jobs import Job, Outcome
from compare.report.parameters import check_parameters, notebook_parameters

__all__ = ["render_reports"]

OVERVIEW = "overview"
NOTEBOOKS = ("locality_report", "overview_report")


def _jobs(
    stems: Sequence[str], notebooks: Path, given: Mapping[str, Any], inputs: Inputs, scratch: Path
) -> list[Job]:
    """Describe the reports of some localities, and the overview; check the parameters first."""
    known = {name: notebook_parameters(notebooks / f"{name}.ipynb") for name in NOTEBOOKS}
    typed = check_parameters(given, {**known[NOTEBOOKS[0]], **known[NOTEBOOKS[1]]})
    jobs = []
    for stem in stems:
        name = NOTEBOOKS[stem == OVERVIEW]
        own = {key: value for key, value in {**typed, "locality": stem}.items() if key in known[name]}
        path = notebooks / f"{name}.ipynb"
        jobs.append(Job(stem, path, own, inputs.language, inputs.key, scratch))
    return jobs


@contextmanager
def _main_set_aside() -> Iterator[None]:
    """Keep new processes from importing the caller's script, which then needs no guard."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _make(job: Job) -> Outcome:
    """Make a report, in a worker process."""
    from compare.report.work import make_report  # noqa: PLC0415  slow to load, needed only there

    return make_report(job)


def _outcomes(jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    """Make the reports in parallel; yield each as it is done."""
    with ProcessPoolExecutor(min(workers, len(jobs)), get_context("spawn")) as pool:
        with _main_set_aside():
            waiting = {pool.submit(_make, job): job for job in jobs}
        try:
            for done in as_completed(waiting):
                yield _outcome(done, waiting[done])
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _outcome(done: Future[Outcome], job: Job) -> Outcome:
    """Return what a worker returned; a worker that died is a failed report."""
    error = done.exception()
    if error is None:
        return done.result()
    return Outcome(job.stem, job.scratch / f"{job.stem}.ipynb", f"{type(error).__name__}: {error}")


def _move(outcome: Outcome, out: Path) -> None:
    """Move a finished page into place, or the notebook of a failed one into ``failed``."""
    failed = out / "failed" / f"{outcome.stem}.ipynb"
    if not outcome.error:
        os.replace(outcome.made, out / f"{outcome.stem}.html")
        failed.unlink(missing_ok=True)
        if failed.parent.is_dir() and not any(failed.parent.iterdir()):
            failed.parent.rmdir()
        return
    failed.parent.mkdir(exist_ok=True)
    if outcome.made.is_file():
        os.replace(outcome.made, failed)
    else:
        empty = {"cells": [], "metadata": {"error": outcome.error}, "nbformat": 4, "nbformat_minor": 5}
        failed.write_text(json.dumps(empty, ensure_ascii=False), encoding="utf-8")


def _checked(localities: Sequence[str] | None, inputs: Inputs) -> list[str]:
    """Return the file stems to make: the localities', each once, and the overview."""
    for locality in localities or []:
        inputs.check_locality(locality)
    return [*(dict.fromkeys(localities) if localities else inputs.localities), OVERVIEW]


def _run(jobs: Sequence[Job], workers: int, out: Path) -> dict[str, Outcome]:
    """Make all reports and move each into place; show the progress on stderr."""
    found: dict[str, Outcome] = {}
    with tqdm(total=len(jobs), unit="report", file=sys.stderr) as bar:
        for outcome in _outcomes(jobs, workers):
            _move(outcome, out)
            found[outcome.stem] = outcome
            bar.set_description(f"{outcome.stem} {'failed' if outcome.error else 'made'}")
            bar.update()
    return found


def render_reports(  # noqa: PLR0917
    localities: Sequence[str] | None = None,
    jobs: int = 2,
    language: str = "vi",
    processed: str | Path = "data/processed",
    out: str | Path = "reports",
    parameters: Mapping[str, Any] | None = None,
    notebooks: str | Path | None = None,
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
    notebooks : path, optional
        Folder of the two notebooks; by default ``notebooks`` beside the data folder.
    parameters : mapping, optional
        Further parameters of the notebooks, such as ``min_probability``.

    Returns
    -------
    list of Path
        The files made, the index last.

    Raises
    ------
    ReportError
        Unknown locality, language or parameter, before anything is made; failed reports, after all
        others and the index were made.

    Notes
    -----
    The same inputs give the same bytes: nothing depends on the clock, the machine or the order of
    work. A report that fails leaves its page of before untouched; the index names it as failed.
    """
    if jobs < 1:
        raise ReportError(f"jobs: a number from 1 wanted, found {jobs}")
    inputs = open_inputs(processed, language)
    stems, out = _checked(localities, inputs), Path(out).resolve()
    given = {**(parameters or {})}
    folder = Path(notebooks or Path(processed).resolve().parents[1] / "notebooks").resolve()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as scratch:
        made = _jobs(stems, folder, given, inputs, Path(scratch))
        fixed = {"language": language, "processed": str(Path(processed).resolve())}
        outcomes = _run([replace(job, parameters={**job.parameters, **fixed}) for job in made], jobs, out)
    index = render_index(inputs, out)
    failed = [outcomes[stem] for stem in stems if outcomes[stem].error]
    if failed:
        raise ReportError(_complaint(failed, out))
    return [*(out / f"{stem}.html" for stem in stems), index]


def _complaint(failed: Sequence[Outcome], out: Path) -> str:
    """Say which reports failed, why in one line each, and where their notebooks are."""
    reasons = "; ".join(f"{o.stem} ({o.error.splitlines()[-1][:200]})" for o in failed)
    return f"{len(failed)} of the reports failed: {reasons}; executed notebooks in {out / 'failed'}"
