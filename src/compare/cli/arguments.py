"""What commands share: the folders they read and write, and the kinds of value they take.

In: the text of an argument. Out: its value, or the error that :mod:`argparse` shows with the usage.
"""

import argparse
from pathlib import Path
from typing import TypeAlias

from compare.errors import CatalogueError

__all__ = [
    "Commands",
    "assignment",
    "catalogue_folder",
    "catalogue_or_none",
    "positive",
    "processed_folder",
    "seed",
]

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a command adds its sub-parser."""


def _folder(name: str, help_text: str) -> argparse.ArgumentParser:
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument(f"--{name}", metavar="DIR", help=help_text)
    return parent


def processed_folder() -> argparse.ArgumentParser:
    """Give the parent of each command that reads or writes the tables."""
    return _folder("processed", "folder of the tables (data/processed)")


def catalogue_folder() -> argparse.ArgumentParser:
    """Give the parent of each command that reads or writes the catalogue."""
    return _folder("catalogue", "folder of the catalogue (data/catalogue)")


def catalogue_or_none(args: argparse.Namespace) -> Path | None:
    """Return the folder of the catalogue, or ``None`` where a cold start is asked for.

    Raises
    ------
    CatalogueError
        The folder holds no catalogue, and no cold start is asked for.
    """
    if args.cold_start:
        return None
    folder = Path(args.catalogue)
    if not (folder / "families.csv").is_file():
        raise CatalogueError(
            f"a catalogue (families.csv, memberships.csv) wanted in {folder}, found none; "
            "accepted: --catalogue DIR with one, --cold-start to go without"
        )
    return folder


def _at_least(least: int, text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if value < least:
        raise argparse.ArgumentTypeError(f"a whole number of {least} or more wanted, found {text!r}")
    return value


def positive(text: str) -> int:
    """Read a whole number from 1.

    Examples
    --------
    >>> positive("2")
    2
    """
    return _at_least(1, text)


def seed(text: str) -> int:
    """Read the seed of a random sample: a whole number from 0."""
    return _at_least(0, text)


def assignment(text: str) -> tuple[str, str]:
    """Read a parameter of a report.

    Examples
    --------
    >>> assignment("n_rows=5")
    ('n_rows', '5')
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"NAME=VALUE wanted, found {text!r}")
    return name, value
