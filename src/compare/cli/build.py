"""``doichieu build``: make the tables from the plans, beside those of the last build."""

import argparse
from pathlib import Path

import pandas as pd

import compare as cp
from compare.cli.arguments import Commands, catalogue_folder, processed_folder
from compare.cli.study import build_tables
from compare.errors import SchemaError
from compare.schema import read_table, write_tables

__all__ = ["add_command"]


def _tables_before(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read what the last build left; tables of an older version are no ground to compare on."""
    try:
        return {name: read_table(name, folder) for name in ("memberships", "coverage")}
    except SchemaError:
        return {}


def _build(args: argparse.Namespace) -> None:
    tables = build_tables(args.raw, args.reference, None if args.cold_start else args.catalogue)
    changes = cp.build_changes(_tables_before(args.processed), tables)
    write_tables({**tables, "changes": changes}, args.processed)
    counts = tables["tasks"].groupby("locality", sort=False).size()
    for locality, n_tasks in counts.items():
        print(f"{locality}: {n_tasks} tasks")
    print(f"{len(tables['families'])} families, {len(tables['pairs'])} pairs -> {args.processed}")
    print(f"{len(tables['queue'])} memberships to review, {len(changes)} changes since the last build")


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    build = commands.add_parser(
        "build", parents=[processed_folder(), catalogue_folder()], help="make the tables from the plans"
    )
    build.add_argument("--raw", metavar="DIR", help="folder of the plans (data/raw)")
    build.add_argument("--reference", metavar="DIR", help="folder of the reference tables (data/reference)")
    build.add_argument("--cold-start", action="store_true", help="draft families without a catalogue")
    build.set_defaults(run=_build)
