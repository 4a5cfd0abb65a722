"""``doichieu calendar``: what is due when, as a list or as a file for a calendar program."""

import argparse
from pathlib import Path

import pandas as pd

from compare.cli.arguments import Commands, processed_folder
from compare.errors import SchemaError, accepted
from compare.schema import read_table

__all__ = ["add_command"]

_KINDS = ["one-off", "recurring", "ongoing", "untimed"]


def _chosen(args: argparse.Namespace) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the calendar and the documents of the localities asked for."""
    calendar, documents = read_table("calendar", args.processed), read_table("documents", args.processed)
    if args.locality is None:
        return calendar, documents
    if unknown := sorted(set(args.locality) - set(documents["locality"])):
        raise SchemaError(f"unknown locality {unknown[0]!r}; {accepted(documents['locality'])}")
    own, issued = (table[table["locality"].isin(args.locality)] for table in (calendar, documents))
    return own, issued


def _print_due(calendar: pd.DataFrame, documents: pd.DataFrame, args: argparse.Namespace) -> None:
    """List what was due, and say what is not listed: what is due on the day itself, or on no day."""
    from compare.due import due_before, due_on_day, without_day  # noqa: PLC0415

    asked = (calendar, args.due_before, documents, args.assumed)
    rows, on_day = due_before(*asked), due_on_day(*asked)
    for row in rows.itertuples():
        print(f"{row.due_on}  {row.precision:<7}  {row.event_id}  {row.printed or '-'}  {row.title}")
    print(f"{len(rows)} due before {args.due_before}")
    if len(on_day):
        print(f"{len(on_day)} more due on {args.due_before} itself, not listed: ask for the day after")
    if left := len(without_day(calendar, args.assumed)):
        how = (
            "in no rhythm of months"
            if args.assumed
            else "on no printed day (--assumed: at their period's end)"
        )
        print(f"{left} not listed: they come again {how}")


def _print_counts(calendar: pd.DataFrame) -> None:
    for (locality, source), rows in calendar.groupby(["locality", "source"]):
        counts = rows["kind"].value_counts()
        said = ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if kind in counts)
        print(f"{locality}, {source}s: {said}")


def _write(path: Path, calendar: pd.DataFrame, documents: pd.DataFrame, args: argparse.Namespace) -> None:
    from compare.ics import LEFT_OUT, calendar_ics  # noqa: PLC0415  its library is an extra

    tasks, duties = read_table("tasks", args.processed), read_table("deadlines", args.processed)
    texts = dict(zip(tasks["task_id"], tasks["text"], strict=True))
    texts |= dict(zip(duties["deadline_id"], duties["text"], strict=True))
    found = calendar_ics(calendar, documents, texts=texts, language=args.language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(found.content)
    print(f"{len(calendar) - len(found.left_out)} events -> {path}")
    for reason, rows in found.left_out.groupby("reason"):
        print(f"left out {len(rows)}: {LEFT_OUT[str(reason)]}")


def _calendar(args: argparse.Namespace) -> None:
    calendar, documents = _chosen(args)
    if args.due_before:
        _print_due(calendar, documents, args)
    elif not args.file:
        _print_counts(calendar)
    if args.file:
        _write(Path(args.file), calendar, documents, args)


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    calendar = commands.add_parser(
        "calendar", parents=[processed_folder()], help="say what is due when, or write it as a calendar file"
    )
    calendar.add_argument("--locality", nargs="+", metavar="ID", help="only these localities (all)")
    calendar.add_argument(
        "--file", "--out", dest="file", metavar="ICS", help="write the dated events as an iCalendar file"
    )
    calendar.add_argument(
        "--due-before", metavar="DATE", help="list what was due before YYYY-MM-DD or dd/mm/yyyy"
    )
    calendar.add_argument(
        "--assumed",
        action="store_true",
        help="with --due-before: list rhythms without a day at their period's end",
    )
    calendar.add_argument("--language", choices=("vi", "en"), default="vi", help="language of the file (vi)")
    calendar.set_defaults(run=_calendar)
