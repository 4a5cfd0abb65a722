"""The command ``doichieu``: the whole study in a few words.

``build`` makes the tables, ``changes`` says what the last build moved, ``report`` makes the HTML,
``workbook`` the Excel file, ``calendar`` says what is due when, ``explain`` gives the reasons of a score,
``evaluate`` measures the alignment, ``review`` takes in what reviewers decided. An error is one line on
standard error and exit status 2; nothing half-written is left behind. Each command is a module with its
run function and its sub-parser; :mod:`compare.cli.study` makes the tables.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from compare.cli import build, calendar, changes, evaluate, explain, report, review, workbook
from compare.cli.study import build_tables
from compare.documents import data_folder
from compare.errors import CompareError

__all__ = ["build_tables", "main"]

COMMANDS = (
    build,
    evaluate,
    changes,
    report,
    workbook,
    calendar,
    explain,
    review,
)
"""The commands in the order of ``doichieu --help``."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doichieu",
        description="Compare the action plans of Vietnamese localities, task by task.",
    )
    parser.add_argument("--version", action="version", version=f"doichieu {version('doi-chieu')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_command(commands)
    return parser


def _fill_folders(args: argparse.Namespace) -> None:
    """Set the folders that were not named to those of the project."""
    for name, default in (("raw", "raw"), ("processed", "processed"), ("catalogue", "catalogue")):
        if getattr(args, name, "") is None:
            setattr(args, name, data_folder(default))
    if getattr(args, "out", "") is None:
        args.out = data_folder().parent / "reports"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status (0, or 2 after an error that it named)."""
    args = _parser().parse_args(arguments)
    try:
        _fill_folders(args)
        args.run(args)
    except CompareError as error:
        print(f"doichieu: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever was reading has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return 0
    except OSError as error:
        print(f"doichieu: {error.strerror}: {error.filename}", file=sys.stderr)
        return 2
    return 0
