"""``doichieu report``: make the HTML reports from the tables."""

import argparse

import compare as cp
from compare.cli.arguments import Commands, assignment, positive, processed_folder

__all__ = ["add_command"]


def _report(args: argparse.Namespace) -> None:
    paths = cp.render_reports(
        args.locality or None,
        jobs=args.jobs,
        language=args.language,
        processed=args.processed,
        out=args.out,
        parameters=dict(args.parameter),
    )
    for path in paths:
        print(path)


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    report = commands.add_parser(
        "report", parents=[processed_folder()], help="make the HTML reports from the tables"
    )
    report.add_argument("--locality", nargs="+", metavar="ID", help="only these localities (all)")
    report.add_argument("--jobs", type=positive, default=2, metavar="N", help="reports made at once (2)")
    report.add_argument("--language", choices=("vi", "en"), default="vi", help="language (vi)")
    report.add_argument("--out", metavar="DIR", help="folder of the reports (reports)")
    report.add_argument(
        "--parameter",
        type=assignment,
        nargs="+",
        default=[],
        metavar="NAME=VALUE",
        help="parameters of the report's notebook",
    )
    report.set_defaults(run=_report)
