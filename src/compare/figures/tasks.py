"""Figures of the tasks themselves: how many by pillar and part, and with which kind of time.

In: the table ``tasks``. Out: plotly figures, of one locality or of several side by side.
"""

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas
from compare.figures.counts import (
    PARTS,
    part_counts,
    task_counts,
    timeline_counts,
    timeline_shares,
)
from compare.figures.marks import SERIES, bars, count_axis, diamonds, matrix, rows_axis, stacked
from compare.figures.style import PAPER, PLAIN, STRONG, Names, Options, safe

__all__ = ["plot_tasks_by_pillar", "plot_timelines"]


def plot_tasks_by_pillar(
    tasks: pd.DataFrame,
    *,
    locality: str | None = None,
    names: Names = PLAIN,
) -> go.Figure:
    """Plot the number of tasks by pillar, split by the part of the document they stand in.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``.
    locality : str, optional
        Only this locality; without it, the number of tasks of each locality and pillar.
    names : Names
        Names and language.

    Returns
    -------
    Figure
    """
    if locality is None:
        found = task_counts(tasks)
        return matrix(found, [names.pillar(p) for p in found.index], names, "task_matrix", len(tasks))
    own = tasks[tasks["locality"] == locality]
    counts = part_counts(own)
    words = [names.labels(f"part.{part}") for part in PARTS]
    traces, room = stacked(counts, words, SERIES, [names.pillar(p) for p in counts.index])
    axis = count_axis(names.labels("axis.tasks"), counts.sum(axis=1).max())
    return canvas(traces, names, "tasks", n=len(own), of=names.locality(locality), xaxis=axis, **room)


def plot_timelines(
    tasks: pd.DataFrame,
    *,
    locality: str | None = None,
    names: Names = PLAIN,
) -> go.Figure:
    """Plot the kinds of time that tasks are given: yearly, by a date, over a period, none.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``.
    locality : str, optional
        One locality, as shares of its tasks beside the mean of the others; without it, the numbers
        of all localities.
    names : Names
        Names and language.

    Returns
    -------
    Figure
    """
    labels = names.labels
    if locality is None:
        counts = timeline_counts(tasks)
        kinds = [labels(f"time.{kind or 'none'}") for kind in counts.index]
        return matrix(counts, kinds, names, "timeline_matrix", len(tasks))
    table = timeline_shares(tasks, locality)
    words = [safe(labels(f"time.{kind or 'none'}")) for kind in table.index]
    rows = [f"{word}: {labels.number(n)}" for word, n in zip(words, table["n"], strict=True)]
    own, mean = safe(names.locality(locality)), labels("others.mean")
    shares = [f"{row}<br>{own}: {labels.percent(v)}" for row, v in zip(rows, table["share"], strict=True)]
    means = [f"{row}<br>{mean}: {labels.percent(v)}" for row, v in zip(rows, table["others"], strict=True)]
    traces = [
        bars(list(100 * table["share"]), own, hover=shares, text=[]),
        diamonds(list(100 * table["others"]), mean, means),
    ]
    scale = {"title_text": labels("axis.task_share"), "ticksuffix": "%", "rangemode": "tozero"}
    keys: list[Key] = [(names.locality(locality), STRONG, ""), (mean, PAPER, "diamond")]
    room: Options = {"legend": keys, "xaxis": scale, "yaxis": rows_axis(rows)}
    plot, of, n = 32 * max(len(rows), 1), names.locality(locality), int(table["n"].sum())
    return canvas(traces, names, "timelines", plot, n=n, of=of, **room)
