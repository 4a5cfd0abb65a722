"""``doichieu review``: what waits for a reviewer, and what reviewers decided."""

import argparse
from collections.abc import Collection, Iterable
from pathlib import Path

import compare as cp
from compare.agreement import locality_of
from compare.catalogue import write_catalogue
from compare.cli.arguments import Commands, catalogue_folder, positive, processed_folder
from compare.cli.study import read_known
from compare.errors import CompareError, accepted
from compare.schema import read_table

__all__ = ["add_command"]


def _check_localities(names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise CompareError(f"unknown locality {name!r}; {accepted(known)}")


def _review_import(args: argparse.Namespace) -> None:
    tasks = read_table("tasks", args.processed)
    log = Path(args.catalogue, "decisions.csv")
    found = cp.import_decisions(args.file, tasks, cp.read_catalogue(args.catalogue, tasks), log)
    n = len(found.added)
    print(f"{n} decision{'' if n == 1 else 's'} taken in, {found.n_known} known already -> {log}")
    if len(found.added):
        print("they show after: doichieu build, doichieu report")
    if len(found.conflicts):
        print(f"{len(found.conflicts)} answers differ; none of them stands until one settles it:")
    for row in found.conflicts.to_dict("records"):
        print(f"  {row['task_id']}  {row['family_id']}  {row['reader']}: {row['match']}, {row['date']}")


def _review_settle(args: argparse.Namespace) -> None:
    tasks = read_table("tasks", args.processed)
    catalogue, decisions = read_known(args.catalogue, tasks)
    if catalogue is None or decisions is None:
        raise CompareError(f"decisions wanted in {args.catalogue}, found none")
    judged = cp.judge_decisions(decisions, catalogue, tasks)
    _check_localities(args.locality, {*tasks["locality"], *judged["task_id"].map(locality_of)})
    settled = cp.settle_decisions(catalogue, judged, args.locality)
    known = set(catalogue.memberships.itertuples(index=False, name=None))
    n_new = len(set(settled.memberships.itertuples(index=False, name=None)) - known)
    if not n_new:
        raise CompareError(
            f"decisions about {', '.join(args.locality)} wanted that are not settled, found none"
        )
    write_catalogue(settled, args.catalogue)
    print(f"{n_new} memberships settled -> {args.catalogue}")
    chosen = tasks[tasks["locality"].isin(args.locality)]
    read = chosen["task_id"].isin(settled.memberships["task_id"]).sum()
    print(f"{read} of {len(chosen)} tasks were read; the others are matched anew by doichieu build")


def _review_list(args: argparse.Namespace) -> None:
    queue = read_table("queue", args.processed)
    _check_localities(args.locality or (), set(read_table("tasks", args.processed)["locality"]))
    shown = queue[queue["locality"].isin(args.locality or set(queue["locality"]))].head(args.n)
    print(f"{len(queue)} memberships to review")
    if len(shown):
        columns = ["rank", "task_id", "family_id", "probability", "reason", "gain"]
        print(shown[columns].round(2).to_string(index=False))


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    review = commands.add_parser("review", help="what waits for a reviewer, and what reviewers decided")
    steps = review.add_subparsers(dest="step", required=True, metavar="STEP")
    folders = [processed_folder(), catalogue_folder()]
    taken = steps.add_parser("import", parents=folders, help="take in decisions saved from a report")
    taken.add_argument("file", metavar="FILE")
    taken.set_defaults(run=_review_import)
    settled = steps.add_parser(
        "settle", parents=folders, help="end the reading of plans: decisions become memberships"
    )
    settled.add_argument("--locality", nargs="+", metavar="ID", required=True)
    settled.set_defaults(run=_review_settle)
    waiting = steps.add_parser("list", parents=folders[:1], help="show the review queue")
    waiting.add_argument("--locality", nargs="+", metavar="ID", help="only these localities (all)")
    waiting.add_argument("-n", type=positive, default=20, metavar="N", help="number shown (20)")
    waiting.set_defaults(run=_review_list)
