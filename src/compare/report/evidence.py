"""The words for which a claim stands, as places in the lines of the document.

In: a piece of work and a task, or words as printed. Out: short codes of places that the page's script
marks where it opens the lines: words that a reader quoted; where none are known, words that the task
shares with what other localities say of the same work; numbers and phrases as printed. The lines are
those that the page has; only the overview, which shows no document whole, takes them along, packed.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from compare.report.blocks import Fragment, anchor, fragment
from compare.report.counted import counted
from compare.report.facts import split_ids
from compare.report.inputs import Inputs, Row
from compare.report.packed import pack
from compare.report.quotes import quoted_pieces
from compare.report.shared import script_json
from compare.shared_words import Span, in_lines, shared_spans, word_shares

__all__ = ["around", "evidence", "marks_code", "matched_marks", "printed_marks"]

AROUND = 2  # lines shown before and after those of a claim
_BMP = 0xFFFF  # a script counts two for what lies beyond


@lru_cache(maxsize=4)
def _shares(texts: tuple[str, ...]) -> dict[str, float]:
    return word_shares(texts)


def _own_words(family: str, task_id: str, inputs: Inputs) -> list[str]:
    """Return the words that a reader quoted of a task for a family; none where none are known."""
    found = inputs.members.get((family, task_id))
    return quoted_pieces(found["evidence"]) if found and found["origin"] == "reviewed" else []


def matched_spans(family: str, task_id: str, inputs: Inputs) -> list[Span]:
    """Find the words that a task, member or not, shares with a family's tasks in other localities."""
    task, shares = inputs.tasks[task_id], _shares(tuple(inputs["tasks"]["text"]))
    found: set[Span] = set()
    for other in inputs.family_tasks.get(family, ()):
        if inputs.tasks[other]["locality"] != task["locality"]:
            said = "; ".join(_own_words(family, other, inputs)) or inputs.tasks[other]["text"]
            found.update(shared_spans(task["text"], said, shares))
    return sorted(found)


def marks_code(places: Iterable[tuple[int, int, int]], lines: Sequence[str]) -> str:
    """Write places in lines shortly: characters as a script counts them, lines from the first one.

    Examples
    --------
    >>> marks_code([(0, 3, 5), (0, 8, 9), (2, 0, 4)], ["một hai ba", "", "bốn"])
    '3-5,8-9;2:0-4'
    """
    found: dict[int, list[str]] = {}
    for line, *ends in places:
        start, end = (at + sum(ord(c) > _BMP for c in lines[line][:at]) for at in ends)
        found.setdefault(line, []).append(f"{start}-{end}")
    return ";".join((f"{line}:" if line else "") + ",".join(parts) for line, parts in found.items())


def _lines(row: Mapping[str, Any], inputs: Inputs) -> Sequence[str]:
    return inputs.lines[row["locality"]][int(row["line_start"]) - 1 : int(row["line_end"])]


def printed_marks(row: Mapping[str, Any], pieces: Iterable[str], inputs: Inputs) -> str:
    """Return the code of printed words in the lines of a row with locality, line_start, line_end."""
    lines = _lines(row, inputs)
    return marks_code(sorted({place for piece in pieces for place in in_lines(piece, lines)}), lines)


def matched_marks(family: str, task_id: str, inputs: Inputs) -> str:
    """Return the code of the words of a task that speak for a family: ``!`` stands before those quoted."""
    row = inputs.tasks[task_id]
    if own := _own_words(family, task_id, inputs):
        return "!" + printed_marks(row, own, inputs)
    lines = _lines(row, inputs)
    return marks_code(in_lines(row["text"], lines, matched_spans(family, task_id, inputs)), lines)


def around(lines: Sequence[str], numbers: Iterable[int], n: int = AROUND) -> list[int]:
    """Add to numbers of lines those of the ``n`` lines before and after that are not blank.

    Examples
    --------
    >>> around(["a", "b", "", "c", "d"], [4], 1)
    [2, 4, 5]
    """
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    wanted = set(numbers)
    kept = [i for i, number in enumerate(filled) if number in wanted]
    return sorted(
        wanted | {filled[k] for i in kept for k in range(max(i - n, 0), min(i + n + 1, len(filled)))}
    )


def _claims(inputs: Inputs, locality: str) -> list[tuple[str, str]]:
    """List the families and tasks that a page sets together; those nearest to a gap are among them."""
    found = []
    for (family, place), row in inputs.cells.items():
        state = inputs.cells[family, locality or place]["status"]
        if locality in ("", place) or state in ("gap", "review"):
            found += [(family, task) for task in split_ids(row["task_ids"])]
        if place == locality and state in ("gap", "review"):
            found.append((family, row["nearest_task_id"]))
    return sorted((family, task) for family, task in set(found) if task in inputs.tasks)


def _marks(inputs: Inputs, locality: str) -> dict[str, dict[str, str]]:
    """Map titles of families, and places and first lines of tasks, to the words that matched."""
    found: dict[str, dict[str, str]] = {}
    for family, task in _claims(inputs, locality):
        row: Row = inputs.tasks[task]
        if code := matched_marks(family, task, inputs):
            title = " ".join(inputs.names.families[family].split())
            found.setdefault(title, {})[f"{row['locality']}-L{row['line_start']}"] = code
    return found


def _needed(inputs: Inputs, place: str) -> str:
    """Return a document's lines that a claim can lead to, with those around; the others are left blank."""
    lines = inputs.lines[place]
    wanted: set[int] = set()
    for name in ("tasks", "targets", "deadlines", "citation_mentions", "defects"):
        rows = inputs[name][inputs[name]["locality"] == place]
        for first, last in zip(rows["line_start"], rows["line_end"], strict=True):
            wanted.update(range(int(first), int(last) + 1))
    for first, last in inputs.stated.get(place, {}).values():
        wanted.update(range(first, last + 1))
    shown = set(around(lines, wanted))
    return "\n".join(line if n in shown else "" for n, line in enumerate(lines, 1))


def _counts(inputs: Inputs, locality: str) -> tuple[dict[str, Any], list[str]]:
    """Return the tasks behind the numbers of the tables, as places in a list of their elements."""
    found = counted(inputs, locality)
    cells = [cell for rows in found.values() for columns in rows.values() for cell in columns.values()]
    order = sorted({task for cell in cells for task in cell}, key=lambda t: _place(inputs, t))
    at = {task: i for i, task in enumerate(order)}
    short = {
        table: {
            " ".join(row.split()): {column: sorted(at[t] for t in ids) for column, ids in columns.items()}
            for row, columns in rows.items()
        }
        for table, rows in found.items()
    }
    return short, [anchor(task).removeprefix("#") for task in order]


def _place(inputs: Inputs, task_id: str) -> tuple[str, int, str]:
    """Order tasks by document and line; elements that stand for pieces of work come behind."""
    if task_id not in inputs.tasks:
        return "~", 0, task_id
    row = inputs.tasks[task_id]
    return row["locality"], int(row["line_start"]), task_id


def evidence(inputs: Inputs, locality: str) -> Fragment:
    """Make what the page's script needs to open lines in place; nothing of it is seen."""
    documents = inputs["documents"]
    files = dict(zip(documents["locality"], documents["source_file"], strict=True))
    counts, tasks = _counts(inputs, locality)
    data = {
        "own": locality,
        "tasks": tasks,
        "counts": counts,
        "around": AROUND,
        "files": files,
        "marks": _marks(inputs, locality),
        "lines": {} if locality else {place: _needed(inputs, place) for place in inputs.localities},
    }
    made = fragment("evidence", inputs.labels, data=pack(script_json(data).encode()))
    return Fragment(made.html, script="evidence.js")
