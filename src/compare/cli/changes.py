"""``doichieu changes``: say what the last build that moved something has moved."""

import argparse

from compare.cli.arguments import Commands, processed_folder
from compare.schema import read_table

__all__ = ["add_command"]


def _changes(args: argparse.Namespace) -> None:
    changes = read_table("changes", args.processed)
    if changes.empty:
        print("no build has moved anything yet, or the last one had nothing before it to compare with")
    for kind, rows in changes.groupby("kind", sort=True):
        print(f"{kind}: {len(rows)}")
        for row in rows.to_dict("records"):
            moved = f"{row['before'] or '-'} -> {row['after'] or '-'}"
            print(
                "  " + "  ".join(filter(None, [row["family_id"], row["task_id"] or row["locality"], moved]))
            )


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    changes = commands.add_parser(
        "changes", parents=[processed_folder()], help="say what the last build moved"
    )
    changes.set_defaults(run=_changes)
