"""``doichieu explain``: say why two tasks, or a task and a family, match or do not."""

import argparse
from typing import Any

import compare as cp
from compare.align.explain import check_pair
from compare.cli.arguments import Commands, catalogue_folder, catalogue_or_none, processed_folder
from compare.cli.study import read_known
from compare.schema import read_table

__all__ = ["add_command"]


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
    absent = "no member, a reviewer said no" if found["denied"] else "no member"
    decided = {"reviewed": "decided by a reviewer", "auto": "taken in by the program", "": absent}
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
    if "/" in args.task and "/" in args.other:
        check_pair(tasks, args.task, args.other)  # before the alignment, which takes its time
    catalogue, decisions = read_known(catalogue_or_none(args), tasks)
    found = cp.explain(cp.align_tasks(tasks, catalogue, decisions), args.task, args.other)
    lines = _family_explanation(found) if "family_id" in found else _pair_explanation(found)
    print("\n".join(lines))


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    explain = commands.add_parser(
        "explain",
        parents=[processed_folder(), catalogue_folder()],
        help="say why two tasks, or a task and a family, match or do not",
    )
    explain.add_argument("task", metavar="TASK")
    explain.add_argument("other", metavar="TASK_OR_FAMILY")
    explain.add_argument("--cold-start", action="store_true", help="as without a catalogue")
    explain.set_defaults(run=_explain)
