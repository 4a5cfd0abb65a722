"""A figure of peaks: the one-off tasks of each agency by the quarter or year in which they fall due.

In: the table of :func:`compare.overload`. Out: a plotly figure of one locality.
"""

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import canvas, narrow_rows
from compare.figures.due import period_name
from compare.figures.marks import columns_axis, grid, rows_axis
from compare.figures.style import PLAIN, Names, Options, wrapped
from compare.labels import Labels
from compare.workload.peaks import period_order

__all__ = ["period_word", "plot_peaks"]

_MONTHS = 3  # of a quarter


def period_word(labels: Labels, period: str) -> str:
    """Write a quarter, or a year of which no quarter is printed, as the language does.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> [period_word(read_labels("vi"), period) for period in ("2025-Q4", "2025")]
    ['Quý IV/2025', 'năm 2025 (chỉ ghi năm)']
    """
    year, _, number = period.partition("-Q")
    if not number:
        return period_name(labels, f"{year}-12-31", "year")
    return labels.due(f"{year}-{_MONTHS * int(number):02d}", "quarter")


def _crossed(due: pd.DataFrame, values: str) -> pd.DataFrame:
    """Set whole numbers by agency and period, the periods in time."""
    table = due.pivot_table(index="agency_id", columns="period", values=values, aggfunc="sum", fill_value=0)
    return table[sorted(table.columns, key=period_order)].astype(int)


def plot_peaks(due: pd.DataFrame, locality: str, *, names: Names = PLAIN) -> go.Figure:
    """Plot how many one-off tasks of each agency fall due in each quarter, or by each year.

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
        Agencies below each other, most tasks first; the quarters in which something is due, in order,
        and behind those of a year what is printed to that year only. A signal is dark, any other pale.
    """
    own = due[due["locality"] == locality]
    counts, signals = _crossed(own, "n_due"), _crossed(own, "signal")
    keys = counts.assign(most=-counts.sum(axis=1)).reset_index().sort_values(["most", "agency_id"])
    counts, signals = (table.loc[keys["agency_id"]] for table in (counts, signals))
    labels = [names.agency(str(agency)) for agency in counts.index]
    periods = [period_word(names.labels, str(period)) for period in counts.columns]
    rows, columns = [wrapped(label, 30) for label in labels], [wrapped(period, 11, 3) for period in periods]
    axes: Options = {"xaxis": columns_axis(columns), "yaxis": rows_axis(rows)}
    room: Options = {"top": 60, "bottom": 30, "width": 160 + 60 * len(columns)}
    narrow, n = narrow_rows(labels, periods, 1.25), int(own["n_due"].sum())
    of, plot = names.locality(locality), 40 * max(len(rows), 1)
    return canvas(
        [grid(counts, rows, columns, signals)],
        names,
        "peaks",
        plot,
        n=n,
        of=of,
        narrow=narrow,
        **room,
        **axes,
    )
