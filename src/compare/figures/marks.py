"""The marks that figures are made of: horizontal bars, a grid of numbers, a mark for a mean.

In: numbers and safe labels, in the order in which they are shown from the top. Out: plotly traces
and axes. Rows are numbered, never named, so that two rows with the same label stay two.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas, narrow_rows
from compare.figures.style import EMPTY, INK, MIDDLE, PALE, PAPER, STRONG, Names, Options, wrapped

__all__ = [
    "SERIES",
    "bars",
    "columns_axis",
    "count_axis",
    "diamonds",
    "grid",
    "matrix",
    "rows_axis",
    "stacked",
]

SERIES = ((STRONG, ""), (MIDDLE, "/"), (PALE, "."))  # colour and pattern, darkest first
HOVER = "%{hovertext}<extra></extra>"
_STEPS = ((0, EMPTY), (0.001, PALE), (0.3, MIDDLE), (0.65, STRONG))  # from which share of the largest
_NO_LINES = {"showgrid": False, "zeroline": False, "tickmode": "array"}
_TICKS = 6
_SHADES = 10  # of a grid with marked numbers, which stand at its ends


def rows_axis(labels: Sequence[str], **more: Any) -> Options:
    """Make the vertical axis of rows 0, 1, 2 ... from the top."""
    count = len(labels)
    ticks = {"tickvals": list(range(count)), "ticktext": list(labels)}
    return {**_NO_LINES, **ticks, "range": [count - 0.5, -0.5], **more}


def columns_axis(labels: Sequence[str], **more: Any) -> Options:
    """Make the horizontal axis of columns 0, 1, 2 ..., its labels above."""
    ticks = {"tickvals": list(range(len(labels))), "ticktext": list(labels)}
    return {**_NO_LINES, **ticks, "side": "top", "tickangle": 0, **more}


def count_axis(title: str, most: float) -> Options:
    """Make a horizontal axis of whole numbers, with a step of 1, 2, 5, 10 ... between the ticks."""
    steps = (step * 10**power for power in count() for step in (1, 2, 5))
    step = next(step for step in steps if not step * _TICKS < most)  # an empty figure has no most
    return {"title_text": title, "dtick": step, "tick0": 0, "rangemode": "tozero", "tickformat": ",d"}


def fill(style: tuple[str, str]) -> Options:
    """Fill a bar: colour, pattern, and an outline that holds where the fill is pale."""
    colour, shape = style
    look = {"fgcolor": INK, "bgcolor": colour, "fgopacity": 0.3, "size": 7, "solidity": 0.18}
    return {"color": colour, "line": {"color": INK, "width": 0.6}, "pattern": {"shape": shape, **look}}


def _number_font(colour: str, shape: str) -> Options:
    """Choose the ink of a number in a bar; on a pattern, an edge of the contrary colour sets it off."""
    edge = {"shadow": "auto", "weight": 600} if shape else {}
    return {"color": PAPER if colour == STRONG else INK, **edge}


def bars(
    values: Sequence[float],
    name: str,
    style: tuple[str, str] = SERIES[0],
    *,
    hover: Sequence[str],
    text: Sequence[str] | None = None,
    **more: Any,
) -> go.Bar:
    """Make one series of horizontal bars; a zero carries no number."""
    shown = text if text is not None else [f"{value:g}" if value else "" for value in values]
    return go.Bar(
        x=list(values),
        y=list(range(len(values))),
        orientation="h",
        name=name,
        text=list(shown),
        textangle=0,
        hovertext=list(hover),
        hovertemplate=HOVER,
        marker=fill(style),
        insidetextfont=_number_font(*style),
        **{"textposition": "inside", "insidetextanchor": "middle", "cliponaxis": False, **more},
    )


def stacked(
    counts: pd.DataFrame, words: Sequence[str], styles: Sequence[tuple[str, str]], rows: Sequence[str]
) -> tuple[list[go.Bar], Options]:
    """Make one series of bars a column of ``counts``, stacked, and what the canvas needs for them.

    Parameters
    ----------
    counts : DataFrame
        One row a bar, one column a series.
    words, styles : sequences
        Name, and colour and pattern, of each series.
    rows : sequence of str
        Labels of the bars, not yet escaped.
    """
    labels = [wrapped(row, 30) for row in rows]
    traces = []
    for column, word, style in zip(counts.columns, words, styles, strict=True):
        values = [int(value) for value in counts[column]]
        hover = [f"{label}<br>{word}: {n}" for label, n in zip(labels, values, strict=True)]
        traces.append(bars(values, word, style, hover=hover))
    keys: list[Key] = [(word, *style) for word, style in zip(words, styles, strict=True)]
    room = {"legend": keys, "narrow": narrow_rows(rows), "yaxis": rows_axis(labels)}
    return traces, {**room, "plot": 44 * max(len(rows), 1), "barmode": "stack"}


def diamonds(values: Sequence[float], name: str, hover: Sequence[str]) -> go.Scatter:
    """Mark one value a row, such as the mean of the other localities; a zero has no mark."""
    line = {"color": INK, "width": 1.5}
    return go.Scatter(
        x=[value or None for value in values],
        y=list(range(len(values))),
        mode="markers",
        name=name,
        hovertext=list(hover),
        hovertemplate=HOVER,
        marker={"symbol": "diamond", "size": 10, "color": PAPER, "line": line},
        cliponaxis=False,
    )


def _steps() -> list[list[float | str]]:
    """Make a colour scale of steps, each with enough contrast to the number on it."""
    edges = [*(edge for edge, _ in _STEPS), 1]
    pairs = zip(_STEPS, edges[1:], strict=True)
    return [[edge, colour] for (low, colour), high in pairs for edge in (low, high)]


def _marked(counts: pd.DataFrame, marked: pd.DataFrame) -> list[list[int]]:
    """Give marked numbers the darkest shade, others but zero the palest."""
    pairs = zip(counts.to_numpy(), marked.to_numpy(), strict=True)
    return [[(_SHADES if m else 1) if n else 0 for n, m in zip(*pair, strict=True)] for pair in pairs]


def grid(
    counts: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], marked: pd.DataFrame | None = None
) -> go.Heatmap:
    """Make a grid of whole numbers, each but zero with its number; safe labels.

    Darker where larger or, where ``marked`` (0 or more, as ``counts``) is given, dark where it is not 0.
    """
    values = [[int(value) for value in row] for row in counts.to_numpy()]
    hover = [
        [f"{row}<br>{column}: {value}" for column, value in zip(columns, line, strict=True)]
        for row, line in zip(rows, values, strict=True)
    ]
    shades = values if marked is None else _marked(counts, marked)
    most = max(map(max, values), default=1) or 1 if marked is None else _SHADES
    return go.Heatmap(
        z=shades,
        text=[[str(value) if value else "" for value in line] for line in values],
        texttemplate="%{text}",
        hovertext=hover,
        hovertemplate=HOVER,
        colorscale=_steps(),
        showscale=False,
        **{"xgap": 2, "ygap": 2, "zmin": 0, "zmax": most},
    )


def matrix(
    counts: pd.DataFrame, rows: Sequence[str], names: Names, key: str, n: int, *, said: str = ""
) -> go.Figure:
    """Draw whole numbers by row and locality, darker where larger, each but zero with its number.

    Parameters
    ----------
    counts : DataFrame
        The numbers; the columns are localities.
    rows : sequence of str
        Labels of the rows, not yet escaped.
    names, key, n, said
        As :func:`compare.figures.canvas.canvas` takes them.
    """
    places = [names.locality(place) for place in counts.columns]
    labels, columns = [wrapped(row, 30) for row in rows], [wrapped(place, 11) for place in places]
    title = {"text": names.labels("axis.locality"), "standoff": 6}
    axes: Options = {"xaxis": columns_axis(columns, title=title), "yaxis": rows_axis(labels)}
    room: Options = {"top": 60, "bottom": 30, "width": 140 + 44 * len(columns)}
    narrow = narrow_rows(rows, places, 1.25)
    return canvas(
        [grid(counts, labels, columns)],
        names,
        key,
        40 * max(len(rows), 1),
        n=n,
        said=said,
        narrow=narrow,
        **room,
        **axes,
    )
