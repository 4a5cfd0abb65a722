"""``doichieu workbook``: write the whole comparison as one Excel file."""

import argparse
from pathlib import Path

from compare.claim import claimed
from compare.cli.arguments import Commands, processed_folder
from compare.folders import data_folder

__all__ = ["add_command"]


def _workbook(args: argparse.Namespace) -> None:
    from compare.workbook import write_workbook  # noqa: PLC0415  slow to load, needed only here

    path = Path(args.file) if args.file else data_folder().parent / "reports" / "doi-chieu.xlsx"
    with claimed(path.parent):
        print(write_workbook(args.processed, path, args.language))


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    workbook = commands.add_parser(
        "workbook", parents=[processed_folder()], help="write the tables as one Excel workbook"
    )
    workbook.add_argument("--file", metavar="XLSX", help="the file to write (reports/doi-chieu.xlsx)")
    workbook.add_argument("--language", choices=("vi", "en"), default="vi", help="language (vi)")
    workbook.set_defaults(run=_workbook)
