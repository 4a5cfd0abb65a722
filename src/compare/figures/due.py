"""What falls due when: by quarter, in which rhythm, and on which days of every year.

In: the table ``calendar``. Out: plotly figures, of one locality or of several side by side.
"""

from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas, narrow_rows
from compare.figures.counts import ordered
from compare.figures.due_counts import WAYS, due_counts, rhythm_counts, way_counts, yearly_days
from compare.figures.marks import HOVER, SERIES, bars, count_axis, matrix, rows_axis, stacked
from compare.figures.style import EMPTY, GRID, INK, PAPER, PLAIN, STRONG, Names, Options, safe, wrapped
from compare.labels import Labels

__all__ = ["period_name", "plot_due", "plot_rhythms", "plot_year"]

_STYLES = (*SERIES, (EMPTY, ""))  # of the kinds, from the most definite to none
_ROW = 34
_FITTING = {"minsize": 10, "mode": "hide"}  # a number that a bar is too short for stands in the table


def period_name(labels: Labels, until: str, period: str) -> str:
    """Name a quarter, or a year of which no quarter is printed.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> [period_name(read_labels("vi"), *p) for p in (("2021-03-31", "quarter"), ("2025-12-31", "year"))]
    ['Quý I/2021', 'năm 2025 (chỉ ghi năm)']
    """
    if not until:
        return labels("due.open")
    name = labels.due(until, period)
    return labels("due.year_only", year=name) if period == "year" else name


def plot_due(calendar: pd.DataFrame, *, names: Names = PLAIN) -> go.Figure:
    """Plot how many tasks fall due once, by quarter and locality.

    Parameters
    ----------
    calendar : DataFrame
        Table ``calendar``.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        A row a quarter, and a row a year for what is printed to the year only.
    """
    counts = due_counts(calendar)
    rows = [period_name(names.labels, *period) for period in counts.index]
    return matrix(counts, rows, names, "due", int(counts.to_numpy().sum()))


def plot_rhythms(calendar: pd.DataFrame, *, locality: str | None = None, names: Names = PLAIN) -> go.Figure:
    """Plot what comes again and how often, what is due once, and what has no time at all.

    Parameters
    ----------
    calendar : DataFrame
        Table ``calendar``.
    locality : str, optional
        One locality: the numbers of its tasks and reporting duties by rhythm. Without it: what share
        of the tasks of each locality is due once, recurs, goes on, or has no time.
    names : Names
        Names and language.

    Returns
    -------
    Figure
    """
    if locality is None:
        return _plot_shares(calendar, names)
    counts, labels = rhythm_counts(calendar, locality), names.labels
    words = [labels(f"event.{source}") for source in counts.columns]
    rows = [labels(f"rhythm.{time}") for time in counts.index]
    traces, room = stacked(counts, words, SERIES[:2], rows)
    room["plot"] = _ROW * max(len(rows), 1)
    axis = count_axis(labels("axis.events"), counts.sum(axis=1).max() if rows else 1)
    n, of = int(counts.to_numpy().sum()), names.locality(locality)
    return canvas(traces, names, "rhythms", n=n, of=of, xaxis=axis, uniformtext=_FITTING, **room)


def _plot_shares(calendar: pd.DataFrame, names: Names) -> go.Figure:
    """Plot the shares of the kinds of time in the tasks of each locality."""
    labels, counts = names.labels, way_counts(calendar)
    shares = (counts / counts.sum().clip(lower=1)).T
    places = [names.locality(place) for place in counts.columns]
    rows, traces = [wrapped(place, 30) for place in places], []
    words = [labels(f"rhythm.{way}") for way in WAYS]
    for way, word, style in zip(WAYS, words, _STYLES, strict=True):
        said = [labels.percent(share) if share else "" for share in shares[way]]
        parts = zip(rows, counts.loc[way], said, strict=True)
        hover = [f"{row}<br>{word}: {labels('n.tasks', n=int(n))} ({share})" for row, n, share in parts]
        traces.append(bars(list(100 * shares[way]), word, style, hover=hover, text=said))
    keys: list[Key] = [(word, *style) for word, style in zip(words, _STYLES, strict=True)]
    axis: Options = {
        "title_text": labels("axis.task_share"),
        "ticksuffix": "%",
        "range": [0, 100],
        "dtick": 25,
    }
    room: Options = {"legend": keys, "narrow": narrow_rows(places), "yaxis": rows_axis(rows)}
    plot, n = 44 * max(len(rows), 1), int(counts.to_numpy().sum())
    return canvas(traces, names, "ways", plot, n=n, xaxis=axis, barmode="stack", uniformtext=_FITTING, **room)


def _position(day: str) -> float:
    """Place a day (``MM-DD``) in a year of equal months that begins at 1."""
    return int(day[:2]) + (int(day[3:]) - 1) / 31


def _days(rows: pd.DataFrame, at: dict[str, int], first: str | None, names: Names) -> list[go.Scatter]:
    """Mark days; those of the same row and month, which would touch, share one label."""
    marks, labels = [], names.labels
    grouped = groupby(rows.itertuples(), key=lambda row: (row.locality, row.due_yearly[:2]))
    for (place, month), events in grouped:
        found = list(events)
        days = sorted({event.due_yearly for event in found})
        label = ", ".join(f"{day[3:]}/{day[:2]}" for day in days)
        late = month > "06"  # the label stands where there is room
        texts = [""] * len(days)
        texts[0 if late else -1] = f"{label}  " if late else f"  {label}"
        hover = [
            "<br>".join(
                [
                    f"{safe(names.locality(place))}: {labels.date(f'--{day}')}",
                    *(wrapped(f"• {e.title}", 64, 2) for e in found if e.due_yearly == day),
                ]
            )
            for day in days
        ]
        own = first in (None, place)
        marks.append(
            go.Scatter(
                x=[_position(day) for day in days],
                y=[at[place]] * len(days),
                mode="markers+text",
                text=texts,
                textposition="middle left" if late else "middle right",
                textfont={"weight": 700 if own and first else 400},
                hovertext=hover,
                hovertemplate=HOVER,
                marker={
                    **{"symbol": "diamond", "size": 12, "color": STRONG if own else PAPER},
                    "line": {"color": INK, "width": 1.2},
                },
                cliponaxis=False,
                showlegend=False,
            )
        )
    return marks


def plot_year(calendar: pd.DataFrame, *, locality: str | None = None, names: Names = PLAIN) -> go.Figure:
    """Plot the days of the year on which something falls due every year, a row a locality.

    Parameters
    ----------
    calendar : DataFrame
        Table ``calendar``.
    locality : str, optional
        The locality that stands first, its days filled, those of the others not.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        A strip from January to December; a locality that prints no such day has an empty row.
    """
    found, places = yearly_days(calendar), ordered(calendar["locality"], locality)
    at = {place: row for row, place in enumerate(places)}
    heads = [wrapped(names.locality(place), 30) for place in places]
    heads = [f"<b>{h}</b>" if p == locality else h for h, p in zip(heads, places, strict=True)]
    months = list(range(1, 13))
    ticks = {"tickmode": "array", "tickvals": [m + 0.5 for m in months], "ticktext": [str(m) for m in months]}
    lines = [{"type": "line", "x0": m, "x1": m, "yref": "paper", "y0": 0, "y1": 1} for m in range(1, 14)]
    shapes = [{**line, "layer": "below", "line": {"color": GRID, "width": 1}} for line in lines]
    axis = {
        "title_text": names.labels("axis.month_only"),
        "range": [1, 13],
        "showgrid": False,
        "tickangle": 0,
    }
    rows = rows_axis(heads, showgrid=True, gridcolor=GRID)
    plot = _ROW * max(len(places), 1)
    axes: Options = {"xaxis": {**axis, **ticks}, "yaxis": rows, "shapes": shapes}
    return canvas(_days(found, at, locality, names), names, "year", plot, n=len(found), **axes)
