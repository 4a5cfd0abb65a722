"""``doichieu evaluate``: measure the alignment on the catalogue, and keep the figures for the reports."""

import argparse
import subprocess
import tempfile
from pathlib import Path

import pandas as pd

import compare as cp
from compare.cli.arguments import Commands, catalogue_folder, seed
from compare.errors import CompareError
from compare.measured import inputs_fingerprint, write_evaluation

__all__ = ["add_command"]


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


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    evaluate = commands.add_parser(
        "evaluate",
        parents=[catalogue_folder()],
        help="measure the alignment on the catalogue, and keep the figures for the reports",
    )
    evaluate.add_argument("--raw", metavar="DIR", help="folder of the plans (data/raw)")
    evaluate.add_argument("--seed", type=seed, default=0, metavar="N", help="of the random samples (0)")
    evaluate.add_argument("--peers", metavar="PYTHON", help="interpreter with string_grouper")
    evaluate.set_defaults(run=_evaluate)
