"""The work of one process: run one notebook, make its page.

In: a :class:`Job`. Out: an :class:`Outcome`. Only worker processes import this module, since
papermill and nbconvert take a second to load. The kernel runs the interpreter that runs this,
whatever kernels are registered on the machine.
"""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from compare.report.assets import page_assets
from compare.report.jobs import Job, Outcome
from compare.report.page import export_page

__all__ = ["make_report"]

_SECONDS = 600


class ThisInterpreter(AsyncKernelManager):
    """A kernel manager whose only kernel is this interpreter."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel, found without a look at what is registered."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=50"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


def _execute(notebook: Path, parameters: Mapping[str, Any], executed: Path) -> Any:
    """Run the notebook with papermill; the executed one is written to ``executed``."""
    return papermill.execute_notebook(
        str(notebook),
        str(executed),
        dict(parameters),
        kernel_name="python3",
        kernel_manager_class=ThisInterpreter,
        cwd=str(notebook.parent),
        progress_bar=False,
        request_save_on_cell_execute=False,  # a failure is saved all the same
        execution_timeout=_SECONDS,
    )


def _page(job: Job, notebook: Path, executed: Path, page: Path) -> tuple[Path, ...]:
    """Run the notebook and write its page; return the files that it needs beside it, if there are any."""
    found = _execute(notebook, job.parameters, executed)
    html = export_page(found, job.language, job.key, shared=job.shared_assets)
    page.write_text(html, encoding="utf-8", newline="\n")
    if not job.shared_assets:
        return ()
    folder = Path(tempfile.mkdtemp(dir=job.scratch))
    for asset in page_assets().values():
        (folder / asset.name).write_bytes(asset.content)
    return tuple(folder / asset.name for asset in page_assets().values())


def _make(job: Job, executed: Path, made: Path) -> tuple[Path, ...]:
    if job.notebook is not None:
        return _page(job, job.notebook, executed, made)
    from compare.workbook import write_workbook  # noqa: PLC0415  an extra of the project

    write_workbook(job.processed, made, job.language)
    return ()


def make_report(job: Job) -> Outcome:
    """Run a job's notebook and write its page into the scratch folder; or write the workbook.

    Any failure becomes an outcome: one report must not stop the others.
    """
    started = time.perf_counter()
    executed, made = job.scratch / f"{job.stem}.ipynb", job.scratch / job.file
    os.environ["IPYTHONDIR"] = tempfile.mkdtemp(dir=job.scratch)  # no start-up files of the user
    try:
        assets = _make(job, executed, made)
    except Exception as error:
        said = f"{type(error).__name__}: {error}".strip()
        return Outcome(job.stem, executed, said, time.perf_counter() - started)
    return Outcome(job.stem, made, "", time.perf_counter() - started, assets)
