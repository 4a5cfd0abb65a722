"""``doichieu build``: make the tables from the plans, beside those of the last build.

A build whose plans, reference data, catalogue and program are those of the last one, and whose tables
are as it left them, makes nothing. The table ``changes`` is about the last build that moved something:
a build that is skipped, or moves nothing, leaves it as it is.
"""

import argparse
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from compare.claim import claimed
from compare.cli.arguments import Commands, catalogue_folder, catalogue_or_none, processed_folder
from compare.errors import SchemaError
from compare.folders import data_folder
from compare.manifest import (
    Entry,
    file_record,
    folder_hashes,
    is_whole,
    made_now,
    program_inputs,
    read_manifest,
    write_manifest,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["add_command"]

MADE = "tables"  # the one entry of the manifest: tables are made together


def _inputs(args: argparse.Namespace) -> Entry:
    """Return the hashes of all that the tables are made from."""
    reference = Path(args.reference or data_folder("reference"))
    return {
        **program_inputs(reference.resolve().parents[1]),
        "catalogue": {} if args.cold_start else folder_hashes(Path(args.catalogue)),
        "cold_start": args.cold_start,
        "raw": folder_hashes(Path(args.raw)),
        "reference": folder_hashes(reference),
    }


def _is_current(folder: Path, inputs: Entry) -> bool:
    """Say whether a folder holds whole tables that were all made from these inputs."""
    entry = read_manifest(folder).get(MADE, {})
    files: dict[str, Entry] = entry.get("files", {})
    same = bool(files) and entry.get("inputs") == inputs
    return same and all(is_whole(folder / name, found) for name, found in files.items())


def _tables_before(folder: Path) -> dict[str, "pd.DataFrame"]:
    """Read what the last build left; tables of an older version are no ground to compare on."""
    from compare.schema import read_table  # noqa: PLC0415  slow to load, not needed where nothing changed

    found = {}
    try:
        found = {name: read_table(name, folder) for name in ("memberships", "coverage")}
        return {**found, "changes": read_table("changes", folder)}
    except SchemaError:
        return found


def _write(tables: "Mapping[str, pd.DataFrame]", folder: Path, inputs: Entry, started: float) -> int:
    """Write the tables, what they moved, and the manifest; return the number of changes."""
    from compare.changes import build_changes  # noqa: PLC0415
    from compare.schema import write_tables  # noqa: PLC0415

    before = _tables_before(folder)
    moved = build_changes(before, tables)
    kept = before["changes"] if moved.empty and "changes" in before else moved
    paths = write_tables({**tables, "changes": kept}, folder)
    files = {path.name: file_record(path) for path in paths}
    entry = {"files": files, "inputs": inputs, **made_now(time.perf_counter() - started)}
    write_manifest({MADE: entry}, folder)
    return len(moved)


def _build(args: argparse.Namespace) -> None:
    started, folder, catalogue = time.perf_counter(), Path(args.processed), catalogue_or_none(args)
    inputs = _inputs(args)
    if not args.force and _is_current(folder, inputs):
        print(f"unchanged: plans, reference data, catalogue and program are those of {folder}")
        return
    from compare.cli.study import build_tables  # noqa: PLC0415  slow to load

    tables = build_tables(args.raw, args.reference, catalogue)
    with claimed(folder, wait=True):
        if not args.force and _is_current(folder, inputs):
            print(f"unchanged: another run has built the tables meanwhile in {folder}")
            return
        n_changes = _write(tables, folder, inputs, started)
    counts = tables["tasks"].groupby("locality", sort=False).size()
    for locality, n_tasks in counts.items():
        print(f"{locality}: {n_tasks} tasks")
    print(f"{len(tables['families'])} families, {len(tables['pairs'])} pairs -> {args.processed}")
    print(f"{len(tables['queue'])} memberships to review, {n_changes} changes since the last build")


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    build = commands.add_parser(
        "build", parents=[processed_folder(), catalogue_folder()], help="make the tables from the plans"
    )
    build.add_argument("--raw", metavar="DIR", help="folder of the plans (data/raw)")
    build.add_argument("--reference", metavar="DIR", help="folder of the reference tables (data/reference)")
    build.add_argument("--cold-start", action="store_true", help="draft families without a catalogue")
    build.add_argument("--force", action="store_true", help="build also where nothing has changed")
    build.set_defaults(run=_build)
