"""The figure of the tasks themselves: how many by pillar and part.

In: the table ``tasks``. Out: a plotly figure, of one locality or of several side by side.
"""

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import canvas
from compare.figures.counts import PARTS, part_counts, task_counts
from compare.figures.marks import SERIES, count_axis, matrix, stacked
from compare.figures.style import PLAIN, Names

__all__ = ["plot_tasks_by_pillar"]


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
