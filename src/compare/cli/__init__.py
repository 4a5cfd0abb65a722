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
from importlib import import_module
from importlib.metadata import version
from typing import Any

from compare.errors import CompareError
from compare.folders import data_folder

__all__ = ["build_tables", "main"]

COMMANDS = (
    "build",
    "evaluate",
    "changes",
    "report",
    "workbook",
    "calendar",
    "explain",
    "review",
)
"""The commands in the order of ``doichieu --help``; each is a module of this folder."""


def __getattr__(name: str) -> Any:
    """Import :func:`compare.cli.study.build_tables` when it is first used."""
    if name != "build_tables":
        raise AttributeError(f"module 'compare.cli' has no attribute {name!r}")
    return import_module("compare.cli.study").build_tables


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Make the parser; of the commands only the one that is given, where one is, since each takes time."""
    parser = argparse.ArgumentParser(
        prog="doichieu",
        description="Compare the action plans of Vietnamese localities, task by task.",
    )
    parser.add_argument("--version", action="version", version=f"doichieu {version('doi-chieu')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    given = [name for name in COMMANDS if arguments[:1] == [name]]
    for name in given or COMMANDS:
        import_module(f"compare.cli.{name}").add_command(commands)
    return parser


def _fill_folders(args: argparse.Namespace) -> None:
    """Set the folders that were not named to those of the project."""
    for name, default in (("raw", "raw"), ("processed", "processed"), ("catalogue", "catalogue")):
        if getattr(args, name, "") is None:
            setattr(args, name, data_folder(default))
    if getattr(args, "out", "") is None:
        args.out = data_folder().parent / "reports"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status (0, 2 after an error that it named, 130 if interrupted)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    args = _parser(given).parse_args(given)
    try:
        _fill_folders(args)
        args.run(args)
    except KeyboardInterrupt:
        print("doichieu: interrupted; what was whole before is whole", file=sys.stderr)
        return 130
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
