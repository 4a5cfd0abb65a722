"""The work of one process: run one notebook, make its page.

In: a :class:`Job`. Out: an :class:`Outcome`. Only worker processes import this module, since
papermill and nbconvert take a second to load. The kernel runs the interpreter that runs this,
whatever kernels are registered on the machine.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

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


def _execute(job: Job, executed: Path) -> Any:
    """Run the notebook with papermill; the executed one is written to ``executed``."""
    return papermill.execute_notebook(
        str(job.notebook),
        str(executed),
        dict(job.parameters),
        kernel_name="python3",
        kernel_manager_class=ThisInterpreter,
        cwd=str(job.notebook.parent),
        progress_bar=False,
        request_save_on_cell_execute=False,  # a failure is saved all the same
        execution_timeout=_SECONDS,
    )


def make_report(job: Job) -> Outcome:
    """Run a job's notebook and write its page into the scratch folder.

    Any failure becomes an outcome: one report must not stop the others.
    """
    executed, page = job.scratch / f"{job.stem}.ipynb", job.scratch / f"{job.stem}.html"
    os.environ["IPYTHONDIR"] = tempfile.mkdtemp(dir=job.scratch)  # no start-up files of the user
    try:
        html = export_page(_execute(job, executed), job.language, job.key)
        page.write_text(html, encoding="utf-8", newline="\n")
    except Exception as error:
        return Outcome(job.stem, executed, f"{type(error).__name__}: {error}".strip())
    return Outcome(job.stem, page)
