"""How well the alignment does, as the last evaluation measured it.

In: the table ``evaluation``: section, item, measure, value and its range. Out: blocks: one sentence and
one plain table a question, folded but for the first. What was not measured is not
mentioned; with no evaluation, one sentence says so.
"""

import re
from collections.abc import Callable, Sequence
from math import isnan

import pandas as pd

from compare.labels import Labels
from compare.report.blocks import Block, Sheet
from compare.report.inputs import Inputs
from compare.report.shared import folded, sheet, subheading

__all__ = ["evaluation"]

MEAN = "mean"
SHARES = ("top_1", "top_3", "gap_2_precision", "gap_2_recall")
# The names that the evaluation gives to methods, and their keys in the labels.
METHODS = {
    "cold start, verdict match": "own_pairs",
    "cold start, shared family": "own_families",
    "cold start, probability": "own_best",
    "word 1-2-gram cosine": "words",
    "char 3-gram cosine": "letters",
    "token_set_ratio": "sets",
}
_QUEUE = re.compile(r"(?P<kind>queue|random)\D*(?P<n>\d+)")
Numbers = dict[tuple[str, str], tuple[float, float, float]]


def _numbers(inputs: Inputs, section: str) -> Numbers:
    """Return a section's values and ranges by item and measure, in the order of the table."""
    rows = inputs["evaluation"][inputs["evaluation"]["section"] == section]
    return {(r["item"], r["measure"]): (r["value"], r["low"], r["high"]) for r in rows.to_dict("records")}


def _items(numbers: Numbers) -> list[str]:
    return list(dict.fromkeys(item for item, _ in numbers))


def _ranged(found: tuple[float, float, float] | None, write: Callable[[float], str]) -> str:
    """Write a number, and its range where one was computed."""
    if found is None or found[0] != found[0]:
        return "–"
    value, low, high = found
    return write(value) if low == high else f"{write(value)} ({write(low)}–{write(high)})"


def _decimal(labels: Labels) -> Callable[[float], str]:
    return lambda value: labels.number(value, 2)


def _left_out(inputs: Inputs) -> list[Block]:
    """Say how well a new plan is placed by the program alone."""
    t, numbers = inputs.labels, _numbers(inputs, "left_out")
    rows = []
    for item in sorted(_items(numbers), key=lambda item: (item == MEAN, item)):
        name = t("evaluation.mean") if item == MEAN else inputs.names.locality(item)
        n = None if item == MEAN else numbers.get((item, "n_tasks"))
        first = (
            name,
            "–" if n is None else t.number(n[0]),
            _ranged(numbers.get((item, "pair_f1")), _decimal(t)),
        )
        rows.append((*first, *(_ranged(numbers.get((item, m)), t.percent) for m in SHARES)))
    columns = ("locality", "tasks", "pair_f1", *SHARES)
    table = Sheet(
        t("sheet.left_out"), [t(f"column.{c}") for c in columns], rows, frozenset(range(1, 7)), "left-out"
    )
    return [subheading(inputs, t("sub.left_out"), *_left_out_findings(t, numbers)), sheet(inputs, table)]


def _left_out_findings(t: Labels, numbers: Numbers) -> list[str]:
    found = []
    for key, measures in (("pairs", ("pair_f1",)), ("placed", SHARES[:2]), ("gaps", SHARES[2:])):
        values = [numbers.get((MEAN, measure)) for measure in measures]
        if all(value is not None and value[0] == value[0] for value in values):
            write = _decimal(t) if key == "pairs" else t.percent
            known = zip(("a", "b"), values, strict=False)
            found.append(t(f"evaluation.{key}", **{name: _ranged(value, write) for name, value in known}))
    return found


def _calibration(inputs: Inputs) -> list[Block]:
    """Hold what the program thought against what came true."""
    t, numbers = inputs.labels, _numbers(inputs, "calibration")
    rows = []
    for item in _items(numbers):
        n, thought, right = (numbers.get((item, m)) for m in ("n", "probability", "share"))
        count = "–" if n is None else t.number(n[0])
        rows.append((_bin(item, numbers, t), count, _ranged(thought, t.percent), _ranged(right, t.percent)))
    error = _numbers(inputs, "summary").get(("expected calibration error", "value"))
    said = []
    if error:
        said.append(t("evaluation.calibration", error=_ranged(error, lambda value: t.number(100 * value, 1))))
        said.append(_worst(numbers, t))
    columns = [t(f"column.{c}") for c in ("thought_range", "n_asked", "thought", "came_true")]
    table = Sheet(t("sheet.calibration"), columns, rows, frozenset({1, 2, 3}), "calibration")
    return [subheading(inputs, t("sub.calibration"), *said), folded(inputs, table, table.caption)]


def _worst(numbers: Numbers, t: Labels) -> str:
    """Say where what was thought and what came true lie furthest apart."""
    known = [i for i in _items(numbers) if all((i, m) in numbers for m in ("n", "probability", "share"))]
    apart = {i: abs(numbers[i, "probability"][0] - numbers[i, "share"][0]) for i in known}
    found = sorted((-gap, item) for item, gap in apart.items() if not isnan(gap))
    if not found:
        return ""
    worst = found[0][1]
    n, share = int(numbers[worst, "n"][0]), t.percent(numbers[worst, "share"][0])
    return t("evaluation.worst", bin=_bin(worst, numbers, t), n=n, share=share)


def _bin(item: str, numbers: Numbers, t: Labels) -> str:
    low, high = (numbers.get((item, edge)) for edge in ("low", "high"))
    if low is None or high is None:
        return item
    return f"{t.percent(low[0])[:-1]}–{t.percent(high[0])}"


def _cold_start(inputs: Inputs) -> list[Block]:
    """Show the program without a catalogue beside the known simple methods."""
    t, numbers = inputs.labels, _numbers(inputs, "cold_start")
    ranked = sorted(_items(numbers), key=lambda item: -numbers.get((item, "f1"), (0.0, 0.0, 0.0))[0])
    measures = ("threshold", "precision", "recall", "f1")
    rows = []
    for item in ranked:
        name = t(f"evaluation.{METHODS[item]}") if item in METHODS else item
        write = (_decimal(t), t.percent, t.percent, _decimal(t))
        found = zip(measures, write, strict=True)
        rows.append((name, *(_ranged(numbers.get((item, m)), written) for m, written in found)))
    columns = [t("column.method"), *(t(f"column.{measure}") for measure in measures)]
    table = Sheet(t("sheet.cold_start"), columns, rows, frozenset(range(1, 5)), "cold-start")
    return [
        subheading(inputs, t("sub.cold_start"), t("evaluation.cold_start")),
        folded(inputs, table, table.caption),
    ]


def _readings(inputs: Inputs) -> list[Block]:
    """Show how far the two readings agree with each other and with what was settled."""
    t, numbers = inputs.labels, _numbers(inputs, "readings")
    rows = []
    for item in _items(numbers):
        name = t.strings.get(f"readings.{item}", item)
        found = (_ranged(numbers.get((item, measure)), _decimal(t)) for measure in ("f1", "kappa"))
        rows.append((str(name), *found))
    between = numbers.get(("a-b", "f1"))
    lead = t("evaluation.readings", f1=_ranged(between, _decimal(t))) if between else ""
    columns = [t("column.readings"), t("column.f1"), t("column.kappa")]
    table = Sheet(t("sheet.readings"), columns, rows, frozenset({1, 2}), "readings")
    return [
        subheading(inputs, t("sub.readings"), lead, t("evaluation.kappa")),
        folded(inputs, table, table.caption),
    ]


def _gain(t: Labels, found: dict[int, dict[str, str]]) -> str:
    """Say what the most answers measured gain, where a beginning without any was measured too."""
    most = max(found, default=0)
    if not most or 0 not in found or set(found[most]) < {"queue", "random"}:
        return ""
    start = found[0].get("queue", found[0].get("random", ""))
    return t("evaluation.gained", n=most, start=start, end=found[most]["queue"], random=found[most]["random"])


def _queue(inputs: Inputs) -> list[Block]:
    """Show what answers gain, in the order of asking and at random."""
    t, numbers = inputs.labels, _numbers(inputs, "queue")
    found: dict[int, dict[str, str]] = {}
    for item in _items(numbers):
        if known := _QUEUE.search(item):
            gained = _ranged(numbers.get((item, "pair_f1")), _decimal(t))
            found.setdefault(int(known["n"]), {})[known["kind"]] = gained
    rows = [
        (t.number(n), *(row.get(kind, "–") for kind in ("queue", "random")))
        for n, row in sorted(found.items())
    ]
    columns = [t("column.n_answers"), t("column.in_order"), t("column.at_random")]
    lead = _gain(t, found)
    table = Sheet(t("sheet.gain"), columns, rows, frozenset({1, 2}), "gain")
    return [
        subheading(inputs, t("sub.gain"), lead, t("evaluation.gain")),
        folded(inputs, table, table.caption),
    ]


SECTIONS: dict[str, Callable[[Inputs], list[Block]]] = {
    "left_out": _left_out,
    "calibration": _calibration,
    "cold_start": _cold_start,
    "readings": _readings,
    "queue": _queue,
}


def _state(t: Labels, current: pd.Series) -> str:
    return t("evaluation.current" if current.all() else "evaluation.earlier")


def evaluation(inputs: Inputs) -> Sequence[Block]:
    """Show the last evaluation, or say that none was made."""
    t, table = inputs.labels, inputs["evaluation"]
    if table.empty:
        return [subheading(inputs, t("sub.evaluation"), t("evaluation.none"))]
    head = subheading(inputs, t("sub.evaluation"), _state(t, table["current"]), t("evaluation.how"))
    known = set(table["section"])
    return [head, *(block for name, show in SECTIONS.items() if name in known for block in show(inputs))]
