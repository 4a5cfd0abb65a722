"""Processes that make reports: started together, ended with the run that started them.

In: jobs. Out: their outcomes, each as it is done. A worker that dies is a failed report; a run that is
interrupted ends its workers, and workers whose run was killed end themselves.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from types import ModuleType

from compare.report.jobs import Job, Outcome

__all__ = ["make_all"]


@contextmanager
def _main_set_aside() -> Iterator[None]:
    """Keep new processes from importing the caller's script, which then needs no guard."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _end_with_parent() -> None:
    """End this worker when the run that started it is gone; Ctrl-C is the run's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _make(job: Job) -> Outcome:
    """Make a report, in a worker process."""
    from compare.report.work import make_report  # noqa: PLC0415  slow to load, needed only there

    return make_report(job)


def _outcome(done: Future[Outcome], job: Job) -> Outcome:
    """Return what a worker returned; a worker that died is a failed report."""
    error = done.exception()
    if error is None:
        return done.result()
    return Outcome(job.stem, job.scratch / f"{job.stem}.ipynb", f"{type(error).__name__}: {error}")


def make_all(jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    """Make the reports in parallel processes; yield each as it is done."""
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), context, _end_with_parent) as pool:
        with _main_set_aside():
            waiting = {pool.submit(_make, job): job for job in jobs}
        try:
            for done in as_completed(waiting):
                yield _outcome(done, waiting[done])
        except BaseException:  # interrupted, or whoever takes the outcomes has failed
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
