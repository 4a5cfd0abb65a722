"""The shares that several plans promise, on one axis from 0 to 100 %.

In: the table ``targets``. Out: a plotly figure. Counts are not drawn: a district's 30 cooperatives and
a province's 636 say nothing on one axis, and a table sets them side by side. Each year of an indicator
stands apart; how a number is meant (at least, about) is written beside it and shown by its mark.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas
from compare.figures.marks import HOVER, rows_axis
from compare.figures.style import INK, MUTED, PAPER, PLAIN, STRONG, Names, Options, safe, wrapped
from compare.labels import Labels
from compare.targets import compare_targets

__all__ = ["bounded", "plot_targets", "shared_shares"]

_MARKS = {
    "exactly": "circle",
    "about": "diamond",
    "at-least": "triangle-right",
    "more-than": "triangle-right",
    "at-most": "triangle-left",
}
_UPWARD, _DOWNWARD = ("at-least", "more-than"), ("at-most",)
_ROW, _WRAP, _NARROW = 38, 48, 23
_FAR = 50  # percent from which a number is written on the left of its mark


def _plain(labels: Labels, value: float) -> str:
    return labels.number(value, 0 if float(value).is_integer() else 2)


def bounded(labels: Labels, value: float, high: float, unit: str, bound: str) -> str:
    """Write a promised number with its unit and, in words, how it is meant.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> t = read_labels("vi")
    >>> bounded(t, 65, 65, "%", "more-than"), bounded(t, 1, 2, "mô hình/huyện", "exactly")
    ('trên 65%', '1–2 mô hình/huyện')
    """
    number = _plain(labels, value) if value == high else f"{_plain(labels, value)}–{_plain(labels, high)}"
    return labels(f"bound.{bound}", value=number + (unit if unit == "%" else f" {unit}".rstrip()))


def shared_shares(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the goals in percent that two or more localities have, by year, indicator and size.

    Returns
    -------
    DataFrame
        Rows of :func:`compare.compare_targets`; goals without a year stand last in their indicator.
    """
    compared = compare_targets(targets)
    found = compared[compared["unit"] == "%"].assign(none=compared["year"].isna())
    order = ["indicator", "none", "year", "value", "locality"]
    up = [True, True, True, False, True]
    return found.sort_values(order, ascending=up, ignore_index=True).drop(columns="none")


def _labelled(rows: pd.DataFrame, names: Names) -> list[tuple[str, int | None]]:
    """List the lines of the figure: a heading an indicator and year, then its goals by their place."""
    lines: list[tuple[str, int | None]] = []
    before: tuple[str, str] = ("", "")
    for i, row in enumerate(rows.to_dict("records")):
        year = names.labels("target.no_year") if pd.isna(row["year"]) else str(int(row["year"]))
        if (row["indicator"], year) != before:
            before = (row["indicator"], year)
            lines.append((f"{names.indicator(row['indicator'])}, {year}", None))
        whole = names.labels("target.of", whole=names.wording.whole(row["whole"])) if row["whole"] else ""
        lines.append((" ".join((names.locality(row["locality"]), whole)).strip(), i))
    return lines


def _ticks(lines: Sequence[tuple[str, int | None]], width: int, most: int = 2) -> list[str]:
    """Wrap the labels of the lines, headings bold."""
    return [
        f"<b>{wrapped(text, width, most)}</b>" if goal is None else wrapped(text, width, most)
        for text, goal in lines
    ]


def _reach(rows: pd.DataFrame, places: Sequence[int]) -> go.Scatter:
    """Draw a thin line from a bound over the numbers that keep the promise."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, place in zip(rows.to_dict("records"), places, strict=True):
        if row["bound"] in (*_UPWARD, *_DOWNWARD):
            x += [row["value"], 100 if row["bound"] in _UPWARD else 0, None]
            y += [place, place, None]
    line = {"color": MUTED, "width": 1}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _beside(value: float, bound: str) -> str:
    """Say where the number is written: towards the middle of the axis, above a line that is there."""
    side = "left" if value > _FAR else "right"
    crossed = bound in (_DOWNWARD if side == "left" else _UPWARD)
    return f"{'top' if crossed else 'middle'} {side}"


def _goals(rows: pd.DataFrame, places: Sequence[int], names: Names, same: bool) -> go.Scatter:
    """Mark the goals that compare with another, or those that do not, each with its number in words."""
    t, kept = names.labels, [i for i, found in enumerate(rows["comparable"]) if bool(found) == same]
    rows = rows.iloc[kept]
    units = [names.wording.unit(*cells) for cells in zip(rows["unit"], rows["value_high"], strict=True)]
    columns = (rows["value"], rows["value_high"], units, rows["bound"])
    words = [bounded(t, *cells) for cells in zip(*columns, strict=True)]
    hover = [
        f"{safe(names.locality(place))}: {safe(word)}<br>{wrapped(t('target.reason.' + (why or 'same')), 50)}"
        for place, word, why in zip(rows["locality"], words, rows["reason"], strict=True)
    ]
    look: Options = {"color": STRONG if same else PAPER, "size": 13, "line": {"color": INK, "width": 1.5}}
    return go.Scatter(
        x=list(rows["value"]),
        y=[places[i] for i in kept],
        mode="markers+text",
        name=t("target.key.same" if same else "target.key.apart"),
        text=[safe(word) for word in words],
        textposition=[_beside(*cells) for cells in zip(rows["value"], rows["bound"], strict=True)],
        hovertext=hover,
        hovertemplate=HOVER,
        marker={**look, "symbol": [_MARKS[bound] for bound in rows["bound"]]},
        cliponaxis=False,
    )


def plot_targets(targets: pd.DataFrame, *, names: Names = PLAIN) -> go.Figure:
    """Plot the shares that two or more localities promise, each indicator and year apart.

    Parameters
    ----------
    targets : DataFrame
        Table ``targets``; only goals in percent are drawn.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        One line a goal on an axis from 0 to 100 %: a filled mark compares with another locality's, an
        open one has another year or whole; a thin line covers the numbers that keep the promise.
    """
    rows = shared_shares(targets)
    lines = _labelled(rows, names)
    places = [n for n, (_, goal) in enumerate(lines) if goal is not None]
    keys: list[Key] = [
        (names.labels("target.key.same"), STRONG, ""),
        (names.labels("target.key.apart"), PAPER, ""),
    ]
    traces = [_reach(rows, places), *(_goals(rows, places, names, same) for same in (True, False))]
    narrow: Options = {"rows": _ticks(lines, _NARROW, 4), "columns": [], "stretch": 1.5}
    axis: Options = {"title_text": names.labels("axis.target_share"), "range": [0, 102], "dtick": 25}
    room: Options = {
        "legend": keys,
        "narrow": narrow,
        "xaxis": axis,
        "yaxis": rows_axis(_ticks(lines, _WRAP)),
    }
    return canvas(traces, names, "targets", _ROW * max(len(lines), 1), n=len(rows), **room)
