"""Figures of workload: which agency leads or coordinates how many tasks.

In: the table ``workload``. Out: plotly figures. Named bodies and groups of bodies ("các sở, ban,
ngành") stand apart, since a group's tasks are nobody's in particular; below both stand the tasks that
name nobody, and names that no id was found for, which are no assignment to anybody known.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas, narrow_rows
from compare.figures.counts import NOBODY, agency_loads, carriers, load_counts
from compare.figures.marks import SERIES, bars, count_axis, diamonds, matrix, rows_axis
from compare.figures.style import MUTED, PAPER, PLAIN, Names, Options, counted, wrapped

__all__ = ["plot_workload"]

_KINDS = {
    "body": ("agency.bodies", SERIES[0]),
    "group": ("agency.groups", SERIES[2]),
    "nobody": ("agency.nobody", SERIES[1]),
}


def _label(names: Names, agency: str) -> str:
    """Name an agency; a group is marked, so that it is not read as one body."""
    name = names.agency(agency)
    return names.labels("agency.marked", name=name) if agency in names.groups else name


def _shown(table: pd.DataFrame) -> dict[str, tuple[str, tuple[str, str]]]:
    """Return the kinds to show: bodies and groups always, so that their absence is seen."""
    return {k: style for k, style in _KINDS.items() if k != "nobody" or (table["kind"] == k).any()}


def _series(table: pd.DataFrame, rows: Sequence[str], names: Names) -> list[go.Bar]:
    """Make a series a kind: named bodies, groups, and nobody where there is such a row."""
    traces = []
    for kind, (key, style) in _shown(table).items():
        values = [int(n) for n in table["n_tasks"].where(table["kind"] == kind, 0)]
        hover = [f"{row}<br>{names.labels('n.tasks', n=n)}" for row, n in zip(rows, values, strict=True)]
        more = {"showlegend": kind != "nobody"}  # its row is named so; the legend keeps its one line
        traces.append(bars(values, names.labels(key), style, hover=hover, text=[], **more))
    return traces


def _means(table: pd.DataFrame, rows: Sequence[str], names: Names) -> go.Scatter:
    """Mark the tasks that an agency would have here at the mean share that it has with the peers."""
    word = names.labels("peers.mean")
    values = [float(value) for value in table["expected"]]
    shown = [names.labels.number(value, 1) for value in values]
    return diamonds(values, word, [f"{r}<br>{word}: {v}" for r, v in zip(rows, shown, strict=True)])


def _divider(kind: pd.Series) -> list[dict[str, Any]]:
    """Draw a line between the bodies and the rest."""
    bodies = int((kind == "body").sum())
    y = {
        "y0": bodies - 0.5,
        "y1": bodies - 0.5,
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, **y}
    return [line] if 0 < bodies < len(kind) else []


def _said(numbers: pd.Series, nobody: Any, names: Names, key: str) -> tuple[int, str]:
    """Count the assignments, and say beside n how many tasks are drawn that are nobody's by name."""
    n, rest = int(numbers[~nobody].sum()), int(numbers[nobody].sum())
    return n, names.labels(f"figure.{key}.n", n=n) + (names.labels("figure.nobody", n=rest) if rest else "")


def plot_workload(
    workload: pd.DataFrame,
    *,
    locality: str | None = None,
    role: str = "lead",
    peers: Sequence[str] = (),
    names: Names = PLAIN,
    most: int = 20,
) -> go.Figure:
    """Plot how many tasks each agency leads or coordinates.

    Parameters
    ----------
    workload : DataFrame
        Table ``workload``.
    locality : str, optional
        One locality, as bars; without it, the numbers of all localities.
    role : {"lead", "coordinating"}
        The role counted.
    peers : sequence of str
        Localities beside which the plan is set: each bar has a mark where it would end at the mean share
        that the agency has of their tasks.
    names : Names
        Names and language; ``names.groups`` says which agencies are groups.
    most : int
        At most so many named bodies, and so many groups.

    Returns
    -------
    Figure
        Bodies above, groups below, tasks that name nobody last, each sorted by value; n counts the
        assignments, and what names nobody is said beside it.
    """
    if locality is None:
        counts = load_counts(workload, role, names.groups)
        sums = counts.sum(axis=1)
        n, said = _said(sums, counts.index.isin(NOBODY), names, f"load_matrix.{role}")
        counts = counts.groupby(carriers(counts.index, names.groups)).head(most)
        labels = [_label(names, agency) for agency in counts.index]
        return matrix(counts, labels, names, f"load_matrix.{role}", n, said=said)
    loads = agency_loads(workload, locality, role, names.groups, peers)
    loads = loads.assign(expected=loads["peers"] * loads["n_tasks"].sum())
    table = loads.groupby("kind").head(most).reset_index(drop=True)
    pairs = zip(table["agency_id"], table["n_tasks"], strict=True)
    labels = [counted(names.agency(agency), names.labels.number(n)) for agency, n in pairs]
    rows = [wrapped(label, 30) for label in labels]
    traces = [*_series(table, rows, names), *([_means(table, rows, names)] if peers else [])]
    keys: list[Key] = [(names.labels(key), *style) for key, style in _shown(table).values()]
    keys += [(names.labels("peers.mean"), PAPER, "diamond")] if peers else []
    axis = count_axis(names.labels("axis.tasks"), table[["n_tasks", "expected"]].max().max())
    room: Options = {
        "legend": keys,
        "narrow": narrow_rows(labels, stretch=1.2),
        "xaxis": axis,
        "yaxis": rows_axis(rows),
    }
    room |= {"barmode": "overlay", "shapes": _divider(table["kind"]), "of": names.locality(locality)}
    n, said = _said(loads["n_tasks"], loads["kind"] == "nobody", names, f"workload.{role}")
    return canvas(traces, names, f"workload.{role}", 38 * max(len(rows), 1), n=n, said=said, **room)
