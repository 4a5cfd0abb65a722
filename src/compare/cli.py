"""The command ``doichieu``: the whole study in a few words.

``build`` makes the tables, ``changes`` says what the last build moved, ``report`` makes the HTML,
``explain`` gives the reasons of a score, ``evaluate`` measures the alignment, ``review`` takes in what
reviewers decided. An error is one line on standard error and exit status 2; nothing half-written is
left behind.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

import compare as cp
from compare.agencies import mentions_table
from compare.agreement import locality_of
from compare.catalogue import Catalogue, write_catalogue
from compare.changes import build_changes
from compare.documents import data_folder, read_reference
from compare.errors import CompareError, SchemaError, accepted
from compare.measured import inputs_fingerprint, read_evaluation, write_evaluation
from compare.schema import read_table, write_tables

__all__ = ["build_tables", "main"]


def read_known(
    folder: str | Path | None, tasks: pd.DataFrame
) -> tuple[Catalogue | None, pd.DataFrame | None]:
    """Read the catalogue and the decisions of a folder; ``None`` is a cold start, without either."""
    if folder is None:
        return None, None
    place = Path(folder)
    catalogue = cp.read_catalogue(place, tasks)
    log = place / "decisions.csv"
    return catalogue, cp.read_decisions(log, catalogue) if log.is_file() else None


def build_tables(
    raw: str | Path, reference: str | Path | None = None, catalogue: str | Path | None = None
) -> dict[str, pd.DataFrame]:
    """Make every derived table from a folder of plans.

    Parameters
    ----------
    raw : path
        Folder with the plans.
    reference : path, optional
        Folder with the reference tables; that of the project by default.
    catalogue : path, optional
        Folder with the catalogue and the decisions; without it, families are drafted anew.

    Returns
    -------
    dict
        Table name -> table, as :data:`compare.schema.TABLES` defines them, but ``changes``.
    """
    known = read_reference(reference)
    documents = cp.read_documents(raw, known)
    extraction = cp.extract_documents(documents, known)
    tasks = cp.normalise_tasks(extraction.tasks, known)
    levels = {d.locality: d.level for d in documents}
    mentions = mentions_table(tasks, levels)
    families, decisions = read_known(catalogue, tasks)
    alignment = cp.align_tasks(tasks, families, decisions)
    return {
        "documents": cp.documents_table(documents),
        "tasks": tasks,
        "defects": extraction.defects,
        "mentions": mentions,
        "clauses": alignment.clauses,
        "pairs": alignment.pairs,
        "families": alignment.families,
        "memberships": alignment.memberships,
        "queue": cp.review_queue(alignment, decisions),
        "evaluation": _last_evaluation(catalogue, tasks, families),
        "coverage": cp.coverage_table(alignment),
        "citations": cp.extract_citations(documents, tasks, known),
        "citation_mentions": cp.citation_mentions(documents, tasks, known),
        "workload": cp.agency_workload(tasks, alignment.memberships, mentions=mentions),
    }


def _last_evaluation(folder: str | Path | None, tasks: pd.DataFrame, known: Catalogue | None) -> pd.DataFrame:
    """Read the last evaluation of a catalogue; there is none without one."""
    if folder is None or known is None:
        return read_evaluation(Path())
    return read_evaluation(Path(folder, "evaluation.csv"), inputs_fingerprint(tasks, known))


def _tables_before(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read what the last build left; tables of an older version are no ground to compare on."""
    try:
        return {name: read_table(name, folder) for name in ("memberships", "coverage")}
    except SchemaError:
        return {}


def _build(args: argparse.Namespace) -> None:
    tables = build_tables(args.raw, args.reference, None if args.cold_start else args.catalogue)
    changes = build_changes(_tables_before(args.processed), tables)
    write_tables({**tables, "changes": changes}, args.processed)
    counts = tables["tasks"].groupby("locality", sort=False).size()
    for locality, n_tasks in counts.items():
        print(f"{locality}: {n_tasks} tasks")
    print(f"{len(tables['families'])} families, {len(tables['pairs'])} pairs -> {args.processed}")
    print(f"{len(tables['queue'])} memberships to review, {len(changes)} changes since the last build")


def _changes(args: argparse.Namespace) -> None:
    changes = read_table("changes", args.processed)
    if changes.empty:
        print("the last build moved nothing, or had nothing before it to compare with")
    for kind, rows in changes.groupby("kind", sort=True):
        print(f"{kind}: {len(rows)}")
        for row in rows.to_dict("records"):
            moved = f"{row['before'] or '-'} -> {row['after'] or '-'}"
            print(
                "  " + "  ".join(filter(None, [row["family_id"], row["task_id"] or row["locality"], moved]))
            )


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


def _peer_scores(tasks: pd.DataFrame, python: str) -> dict[str, pd.DataFrame]:
    """Let string_grouper score the same texts, by the interpreter of its own environment."""
    from compare.evaluate import folded_texts, peer  # noqa: PLC0415  slow to load, needed only here

    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder, "texts.csv"), Path(folder, "pairs.csv")
        folded_texts(tasks).to_csv(given, index=False)
        command = [python, str(peer.__file__), str(given), str(found)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines()[-1:] or ["no message"]
            raise CompareError(
                f"{python} wanted with string_grouper (make evaluate sets it up), found: {said[0]}"
            )
        return {"string_grouper": pd.read_csv(found)}


def _readings(folder: str | Path) -> pd.DataFrame:
    """Compute how far the two readings agree, where they are kept."""
    if not Path(folder, "readings").is_dir():
        return pd.DataFrame(columns=["pair"])
    table = cp.reading_agreement(folder)
    return table.assign(pair=table["left"] + "-" + table["right"])[
        ["pair", "precision", "recall", "f1", "kappa"]
    ]


def _evaluate(args: argparse.Namespace) -> None:
    from compare.evaluate import evaluate_alignment, evaluation_text  # noqa: PLC0415

    documents = cp.read_documents(args.raw)
    tasks = cp.normalise_tasks(cp.extract_tasks(documents))
    catalogue = cp.read_catalogue(args.catalogue, tasks)
    peers = _peer_scores(tasks, args.peers) if args.peers else {}
    tables = evaluate_alignment(tasks, catalogue, args.seed, peers=peers)
    print(evaluation_text(tables))
    tables |= {"readings": _readings(args.catalogue)}
    place = Path(args.catalogue, "evaluation.csv")
    write_evaluation(tables, inputs_fingerprint(tasks, catalogue), place)
    print(f"\n-> {place}")


def _pair_explanation(found: dict[str, Any]) -> list[str]:
    """Write why two tasks are held alike, or not."""
    head = (
        f"{found['task_a']} ~ {found['task_b']}: probability {found['probability']:.2f}, {found['verdict']}"
    )
    limits = f"match from {found['match_at']:.2f}, doubtful from {found['review_at']:.2f}"
    if not found["compared"]:
        return [head, limits, "The two share too little to be compared."]
    lines = [head, limits, f"A: {found['clause_a']}", f"B: {found['clause_b']}"]
    lines.append("shared words: " + "; ".join(found["shared_words"]))
    table = found["contributions"].assign(log_odds=found["contributions"]["contribution"].round(2))
    lines += ["", table[["feature", "value", "weight", "log_odds"]].round(2).to_string(index=False)]
    lines += ["", "families of both: " + (", ".join(found["families"]) or "none")]
    for side in ("a", "b"):
        near = found[f"nearest_{side}"]
        lines += [f"nearest to {found[f'task_{side}']} otherwise:", near.round(2).to_string(index=False)]
    return lines


def _family_explanation(found: dict[str, Any]) -> list[str]:
    """Write why a task is held to belong to a family, or not."""
    absent = "no member, a reader said no" if found["denied"] else "no member"
    decided = {"reviewed": "decided by a reader", "auto": "taken in by the program", "": absent}
    lines = [
        f"{found['task_id']} in {found['family_id']} ({found['title_vi']}): "
        f"{decided[found['origin']]} {found['match']}".rstrip(),
        f"probability {found['probability']:.2f}, taken in from {found['member_at']:.2f}",
        f"task: {found['text']}",
        f"closest reviewed member, {found['closest_task_id'] or 'none'}: {found['member_words']}",
        "shared words: " + "; ".join(found["shared_words"]),
    ]
    table = found["contributions"].round(2)
    order = table["contribution"].abs().sort_values(ascending=False, kind="stable").index
    lines += ["", table.loc[order].to_string(index=False) if len(table) else "no score"]
    return [*lines, "", "nearest other families:", found["nearest"].round(2).to_string(index=False)]


def _explain(args: argparse.Namespace) -> None:
    tasks = read_table("tasks", args.processed)
    catalogue, decisions = read_known(None if args.cold_start else args.catalogue, tasks)
    found = cp.explain(cp.align_tasks(tasks, catalogue, decisions), args.task, args.other)
    lines = _family_explanation(found) if "family_id" in found else _pair_explanation(found)
    print("\n".join(lines))


def _check_localities(names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise CompareError(f"unknown locality {name!r}; {accepted(known)}")


def _review_import(args: argparse.Namespace) -> None:
    tasks = read_table("tasks", args.processed)
    log = Path(args.catalogue, "decisions.csv")
    found = cp.import_decisions(args.file, tasks, cp.read_catalogue(args.catalogue, tasks), log)
    print(f"{len(found.added)} decisions taken in, {found.n_known} known already -> {log}")
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


def _at_least(least: int, text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if value < least:
        raise argparse.ArgumentTypeError(f"a whole number of {least} or more wanted, found {text!r}")
    return value


def _positive(text: str) -> int:
    return _at_least(1, text)


def _seed(text: str) -> int:
    return _at_least(0, text)


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

    known = argparse.ArgumentParser(add_help=False)
    known.add_argument("--catalogue", metavar="DIR", help="folder of the catalogue (data/catalogue)")

    build = commands.add_parser("build", parents=[folder, known], help="make the tables from the plans")
    build.add_argument("--raw", metavar="DIR", help="folder of the plans (data/raw)")
    build.add_argument("--reference", metavar="DIR", help="folder of the reference tables (data/reference)")
    build.add_argument("--cold-start", action="store_true", help="draft families without a catalogue")
    build.set_defaults(run=_build)

    evaluate = commands.add_parser(
        "evaluate",
        parents=[known],
        help="measure the alignment on the catalogue, and keep the figures for the reports",
    )
    evaluate.add_argument("--raw", metavar="DIR", help="folder of the plans (data/raw)")
    evaluate.add_argument("--seed", type=_seed, default=0, metavar="N", help="of the random samples (0)")
    evaluate.add_argument("--peers", metavar="PYTHON", help="interpreter with string_grouper")
    evaluate.set_defaults(run=_evaluate)

    changes = commands.add_parser("changes", parents=[folder], help="say what the last build moved")
    changes.set_defaults(run=_changes)

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

    explain = commands.add_parser(
        "explain", parents=[folder, known], help="say why two tasks, or a task and a family, match or do not"
    )
    explain.add_argument("task", metavar="TASK")
    explain.add_argument("other", metavar="TASK_OR_FAMILY")
    explain.add_argument("--cold-start", action="store_true", help="as without a catalogue")
    explain.set_defaults(run=_explain)

    review = commands.add_parser("review", help="what waits for a reader, and what readers decided")
    steps = review.add_subparsers(dest="step", required=True, metavar="STEP")
    taken = steps.add_parser("import", parents=[folder, known], help="take in decisions saved from a report")
    taken.add_argument("file", metavar="FILE")
    taken.set_defaults(run=_review_import)
    settled = steps.add_parser(
        "settle", parents=[folder, known], help="end the reading of plans: decisions become memberships"
    )
    settled.add_argument("--locality", nargs="+", metavar="ID", required=True)
    settled.set_defaults(run=_review_settle)
    waiting = steps.add_parser("list", parents=[folder], help="show the review queue")
    waiting.add_argument("--locality", nargs="+", metavar="ID", help="only these localities (all)")
    waiting.add_argument("-n", type=_positive, default=20, metavar="N", help="number shown (20)")
    waiting.set_defaults(run=_review_list)
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
