"""A figure of peaks: the one-off tasks of each agency by the quarter in which they fall due.

In: the table of :func:`compare.overload`. Out: a plotly figure of one locality.
"""

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import canvas, narrow_rows
from compare.figures.marks import columns_axis, grid, rows_axis
from compare.figures.style import PLAIN, Names, Options, wrapped
from compare.labels import Labels

__all__ = ["plot_peaks", "quarter_word"]

_MONTHS = 3  # of a quarter


def quarter_word(labels: Labels, quarter: str) -> str:
    """Write a quarter as the language does.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> quarter_word(read_labels("vi"), "2025-Q4")
    'Quý IV/2025'
    """
    year, _, number = quarter.partition("-Q")
    return labels.due(f"{year}-{_MONTHS * int(number):02d}", "quarter")


def plot_peaks(due: pd.DataFrame, locality: str, *, names: Names = PLAIN) -> go.Figure:
    """Plot how many one-off tasks of each agency fall due in each quarter.

    Parameters
    ----------
    due : DataFrame
        The table of :func:`compare.overload`.
    locality : str
        Whose agencies; at least one row of its own.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        Agencies below each other, most tasks first; the quarters in which something is due, in order.
    """
    own = due[due["locality"] == locality]
    counts = own.pivot_table(
        index="agency_id", columns="quarter", values="n_due", aggfunc="sum", fill_value=0
    )
    keys = counts.assign(most=-counts.sum(axis=1)).reset_index().sort_values(["most", "agency_id"])
    counts = counts.loc[keys["agency_id"]].astype(int)
    labels = [names.agency(str(agency)) for agency in counts.index]
    quarters = [quarter_word(names.labels, str(quarter)) for quarter in counts.columns]
    rows, columns = [wrapped(label, 30) for label in labels], [wrapped(quarter, 11) for quarter in quarters]
    axes: Options = {"xaxis": columns_axis(columns), "yaxis": rows_axis(rows)}
    room: Options = {"top": 40, "bottom": 30, "width": 160 + 60 * len(columns)}
    narrow, n = narrow_rows(labels, quarters, 1.25), int(own["n_due"].sum())
    of, plot = names.locality(locality), 40 * max(len(rows), 1)
    return canvas(
        [grid(counts, rows, columns)], names, "peaks", plot, n=n, of=of, narrow=narrow, **room, **axes
    )
