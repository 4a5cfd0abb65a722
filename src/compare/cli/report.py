"""``doichieu report``: make the HTML reports that are due, and the workbook."""

import argparse
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from compare.cli.arguments import Commands, assignment, positive, processed_folder
from compare.errors import ReportError
from compare.report.batch import complaint, run_batch
from compare.report.jobs import Line, Request

__all__ = ["add_command", "line_text", "total_text"]

_POINT = {"vi": ",", "en": "."}


def _number(value: float, digits: int, language: str) -> str:
    return f"{value:.{digits}f}".replace(".", _POINT[language])


def _megabytes(n_bytes: int, language: str) -> str:
    return f"{_number(n_bytes / 1e6, 2, language)} MB"


def line_text(line: Line, language: str) -> str:
    """Write what became of a report.

    Examples
    --------
    >>> line_text(Line("gia-lai", "gia-lai.html", "made", 2_294_476, 3.14), "vi")
    'gia-lai      made       2,29 MB  3,1 s'
    >>> line_text(Line("gia-lai", "gia-lai.html", "failed", error="NameError: x"), "vi")
    'gia-lai      failed: NameError: x'
    """
    if line.state == "failed":
        return f"{line.stem:<11}  failed: {line.error.splitlines()[-1][:200]}"
    said = f"{line.stem:<11}  {line.state:<9}  {_megabytes(line.n_bytes, language)}"
    return f"{said}  {_number(line.seconds, 1, language)} s" if line.state == "made" else said


def total_text(lines: Sequence[Line], seconds: float, language: str) -> str:
    """Write what became of all reports together.

    Examples
    --------
    >>> total_text([Line("index", "index.html", "unchanged", 18_631)], 0.2, "en")
    '1 files: 0 made, 1 unchanged, 0 failed; 0.02 MB; 0.2 s'
    """
    states = [line.state for line in lines]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("made", "unchanged", "failed"))
    size = _megabytes(sum(line.n_bytes for line in lines), language)
    return f"{len(lines)} files: {counts}; {size}; {_number(seconds, 1, language)} s"


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let a request to end be answered as Ctrl-C is: what is half made is cleared away."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _request(args: argparse.Namespace) -> Request:
    processed = Path(args.processed).resolve()
    return Request(
        processed, Path(args.out).resolve(), processed.parents[1] / "notebooks",
        tuple(args.locality or ()), args.jobs, args.language, dict(args.parameter),
        args.force, args.shared_assets, args.workbook,
    )  # fmt: skip


def _report(args: argparse.Namespace) -> None:
    started, request = time.perf_counter(), _request(args)
    with _stopped_by_sigterm():
        lines = run_batch(request, lambda line: print(line_text(line, args.language), flush=True))
    print(f"{total_text(lines, time.perf_counter() - started, args.language)} -> {request.out}")
    if said := complaint(lines, request.out):
        raise ReportError(said)


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    report = commands.add_parser(
        "report",
        parents=[processed_folder()],
        help="make the HTML reports from the tables",
        description="Make the HTML reports whose inputs have changed, and those that are missing or altered.",
    )
    only = "only these localities (all)"
    report.add_argument("--locality", "--only", nargs="+", metavar="ID", help=only)
    report.add_argument("--jobs", type=positive, default=2, metavar="N", help="reports made at once (2)")
    report.add_argument("--language", choices=("vi", "en"), default="vi", help="language (vi)")
    report.add_argument("--out", metavar="DIR", help="folder of the reports (reports)")
    report.add_argument("--force", action="store_true", help="make also what is unchanged")
    beside = "keep plotly.js, style and script once in assets, beside small pages"
    report.add_argument("--shared-assets", action="store_true", help=beside)
    report.add_argument("--workbook", action="store_true", help="make the workbook doi-chieu.xlsx too")
    report.add_argument(
        "--parameter",
        type=assignment,
        nargs="+",
        default=[],
        metavar="NAME=VALUE",
        help="parameters of the report's notebook",
    )
    report.set_defaults(run=_report)
