"""The command ``doichieu``: the whole study in a few words.

``build`` makes the tables, ``report`` the HTML, ``explain`` a pair's score. An error is one line on
standard error and exit status 2; nothing half-written is left behind.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

import compare as cp
from compare.agencies import mentions_table
from compare.documents import data_folder, read_reference
from compare.errors import CompareError
from compare.schema import read_table, write_tables

__all__ = ["build_tables", "main"]


def build_tables(raw: str | Path, reference: str | Path | None = None) -> dict[str, pd.DataFrame]:
    """Make every derived table from a folder of plans.

    Parameters
    ----------
    raw : path
        Folder with the plans.
    reference : path, optional
        Folder with the reference tables; that of the project by default.

    Returns
    -------
    dict
        Table name -> table, as :data:`compare.schema.TABLES` defines them.
    """
    known = read_reference(reference)
    documents = cp.read_documents(raw, known)
    extraction = cp.extract_documents(documents, known)
    tasks = cp.normalise_tasks(extraction.tasks, known)
    levels = {d.locality: d.level for d in documents}
    mentions = mentions_table(tasks, levels)
    alignment = cp.align_tasks(tasks)
    return {
        "documents": cp.documents_table(documents),
        "tasks": tasks,
        "defects": extraction.defects,
        "mentions": mentions,
        "clauses": alignment.clauses,
        "pairs": alignment.pairs,
        "families": alignment.families,
        "memberships": alignment.memberships,
        "coverage": cp.coverage_table(alignment),
        "workload": cp.agency_workload(tasks, alignment.memberships, mentions=mentions),
    }


def _build(args: argparse.Namespace) -> None:
    tables = build_tables(args.raw, args.reference)
    write_tables(tables, args.processed)
    counts = tables["tasks"].groupby("locality", sort=False).size()
    for locality, n_tasks in counts.items():
        print(f"{locality}: {n_tasks} tasks")
    print(f"{len(tables['families'])} families, {len(tables['pairs'])} pairs -> {args.processed}")


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


def _explanation(found: dict[str, Any]) -> str:
    """Write what :func:`compare.explain` found as plain text."""
    head = (
        f"{found['task_a']} ~ {found['task_b']}: probability {found['probability']:.2f}, {found['verdict']}"
    )
    limits = f"match from {found['match_at']:.2f}, doubtful from {found['review_at']:.2f}"
    if not found["compared"]:
        return f"{head}\n{limits}\nThe two share too little to be compared."
    lines = [head, limits, f"A: {found['clause_a']}", f"B: {found['clause_b']}"]
    lines.append("shared words: " + "; ".join(found["shared_words"]))
    table = found["contributions"].assign(log_odds=found["contributions"]["contribution"].round(2))
    lines += ["", table[["feature", "value", "weight", "log_odds"]].round(2).to_string(index=False)]
    lines += ["", "families of both: " + (", ".join(found["families"]) or "none")]
    for side in ("a", "b"):
        near = found[f"nearest_{side}"]
        lines += [f"nearest to {found[f'task_{side}']} otherwise:", near.round(2).to_string(index=False)]
    return "\n".join(lines)


def _explain(args: argparse.Namespace) -> None:
    alignment = cp.align_tasks(read_table("tasks", args.processed))
    print(_explanation(cp.explain(alignment, args.task_a, args.task_b)))


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"a whole number of 1 or more wanted, found {text}")
    return value


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"NAME=VALUE wanted, found {text!r}")
    return name, value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doichieu",
        description="Compare the action plans of Vietnamese localities, task by task.",
    )
    parser.add_argument("--version", action="version", version=f"doichieu {version('doi-chieu')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument("--processed", metavar="DIR", help="folder of the tables (data/processed)")

    build = commands.add_parser("build", parents=[folder], help="make the tables from the plans")
    build.add_argument("--raw", metavar="DIR", help="folder of the plans (data/raw)")
    build.add_argument("--reference", metavar="DIR", help="folder of the reference tables (data/reference)")
    build.set_defaults(run=_build)

    report = commands.add_parser("report", parents=[folder], help="make the HTML reports from the tables")
    report.add_argument("--locality", nargs="+", metavar="ID", help="only these localities (all)")
    report.add_argument("--jobs", type=_positive, default=2, metavar="N", help="reports made at once (2)")
    report.add_argument("--language", choices=("vi", "en"), default="vi", help="language (vi)")
    report.add_argument("--out", metavar="DIR", help="folder of the reports (reports)")
    report.add_argument(
        "--parameter",
        type=_assignment,
        nargs="+",
        default=[],
        metavar="NAME=VALUE",
        help="parameters of the report's notebook",
    )
    report.set_defaults(run=_report)

    explain = commands.add_parser("explain", parents=[folder], help="say why two tasks match or do not")
    explain.add_argument("task_a", metavar="TASK_A")
    explain.add_argument("task_b", metavar="TASK_B")
    explain.set_defaults(run=_explain)
    return parser


def _fill_folders(args: argparse.Namespace) -> None:
    """Set the folders that were not named to those of the project."""
    for name, default in (("raw", "raw"), ("processed", "processed")):
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
    except OSError as error:
        print(f"doichieu: {error.strerror}: {error.filename}", file=sys.stderr)
        return 2
    return 0
