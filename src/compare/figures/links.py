"""Figures of the network: which lead works with which coordinating agency.

In: the table ``agency_links``. Out: plotly figures of one locality, as a grid of numbers and as two
columns of agencies joined by lines. Groups of bodies are marked in both, since a link to "các sở, ban,
ngành" names no partner.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas, narrow_rows
from compare.figures.marks import HOVER, SERIES, columns_axis, fill, grid, rows_axis
from compare.figures.style import INK, MUTED, PLAIN, STRONG, Names, Options, wrapped
from compare.workload import link_matrix

__all__ = ["plot_link_flow", "plot_links"]

_TOP = 150  # pixels for agency names that stand upright
_WIDEST = 9  # pixels of the thickest line


def _marked(names: Names, agencies: Sequence[str]) -> list[str]:
    """Name agencies; a group is marked."""
    return [
        names.labels("agency.marked", name=names.agency(a)) if a in names.groups else names.agency(a)
        for a in agencies
    ]


def _largest(links: pd.DataFrame, locality: str, most: int, names: Names) -> tuple[pd.DataFrame, Options]:
    """Return a locality's matrix, so many agencies a side, and what the title says of it.

    What is linked only to agencies beyond these is left out with them.
    """
    whole = link_matrix(links, locality)
    counts, n = whole.iloc[:most, :most], int((links["locality"] == locality).sum())
    counts = counts.loc[(counts > 0).any(axis=1), (counts > 0).any(axis=0)]
    drawn = int((counts.to_numpy() > 0).sum())
    if counts.shape == whole.shape:
        return counts, {"n": n}
    (leads, others), (all_leads, all_others) = counts.shape, whole.shape
    numbers = {"leads": leads, "others": others, "all_leads": all_leads, "all_others": all_others}
    return counts, {"n": n, "said": names.labels("figure.links.part", n=n, drawn=drawn, **numbers)}


def plot_links(links: pd.DataFrame, locality: str, *, names: Names = PLAIN, most: int = 15) -> go.Figure:
    """Plot how many tasks each lead shares with each coordinating agency, as a grid.

    Parameters
    ----------
    links : DataFrame
        Table ``agency_links``.
    locality : str
        Whose links.
    names : Names
        Names and language; ``names.groups`` says which agencies are groups.
    most : int
        At most so many leads, and so many coordinating agencies.

    Returns
    -------
    Figure
        Leads below each other, coordinating agencies side by side, each with most tasks first.

    Raises
    ------
    SchemaError
        The locality has no link.
    """
    counts, told = _largest(links, locality, most, names)
    leads, others = _marked(names, list(counts.index)), _marked(names, list(counts.columns))
    rows, columns = [wrapped(name, 30) for name in leads], [wrapped(name, 24) for name in others]
    axis = columns_axis(columns, tickangle=-90, title={"text": names.labels("sub.coordinating")})
    axes: Options = {
        "xaxis": axis,
        "yaxis": rows_axis(rows, title={"text": names.labels("sub.lead"), "standoff": 14}),
    }
    room: Options = {"top": _TOP + 30, "bottom": 30, "width": 180 + 36 * len(columns)}
    narrow, of = narrow_rows(leads), names.locality(locality)
    plot = 36 * max(len(rows), 1)
    return canvas(
        [grid(counts, rows, columns)], names, "links", plot, **told, of=of, narrow=narrow, **room, **axes
    )


def _places(count: int, longest: int) -> list[float]:
    """Spread agencies over the height of the longer column."""
    return [(i + 0.5) * longest / count - 0.5 for i in range(count)]


def _lines(counts: pd.DataFrame, names: Names, at: tuple[list[float], list[float]]) -> list[go.Scatter]:
    """Draw one line a link: thicker for more tasks, dotted where either side is a group."""
    most, found = int(counts.to_numpy().max()), []
    for i, lead in enumerate(counts.index):
        for j, other in enumerate(counts.columns):
            n = int(counts.iat[i, j])
            if not n:
                continue
            group = lead in names.groups or other in names.groups
            look = {"color": MUTED if group else STRONG, "dash": "dot" if group else "solid"}
            line = {**look, "width": 1 + (_WIDEST - 1) * (n - 1) / max(most - 1, 1)}
            found.append(
                go.Scatter(x=[0, 1], y=[at[0][i], at[1][j]], mode="lines", line=line, hoverinfo="skip")
            )
    return found


def _nodes(
    names: Names, agencies: Sequence[str], side: int, places: list[float], hover: list[str]
) -> go.Scatter:
    """Mark the agencies of one side; a group has a paler, open mark."""
    looks = [SERIES[2] if agency in names.groups else SERIES[0] for agency in agencies]
    marker = {
        "color": [fill(look)["color"] for look in looks],
        "size": 13,
        "line": {"color": INK, "width": 1},
    }
    marker["symbol"] = ["square" if agency in names.groups else "circle" for agency in agencies]
    kind: Options = {"mode": "markers", "marker": marker, "hovertext": hover, "hovertemplate": HOVER}
    return go.Scatter(x=[side] * len(places), y=places, yaxis="y2" if side else "y", cliponaxis=False, **kind)


def _hover(counts: pd.DataFrame, names: Names) -> list[str]:
    """List, for each row of a matrix, its partners with the numbers of tasks, most first."""
    found = []
    for agency, row in zip(counts.index, counts.to_numpy(), strict=True):
        partners = sorted(zip(-row, _marked(names, list(counts.columns)), strict=True))
        lines = [f"{wrapped(name, 40)}: {-n}" for n, name in partners if n]
        found.append("<br>".join([f"<b>{wrapped(names.agency(agency), 40)}</b>", *lines]))
    return found


def plot_link_flow(links: pd.DataFrame, locality: str, *, names: Names = PLAIN, most: int = 12) -> go.Figure:
    """Draw leads on the left, coordinating agencies on the right, and a line for each pair.

    Parameters
    ----------
    links : DataFrame
        Table ``agency_links``.
    locality : str
        Whose links.
    names : Names
        Names and language; ``names.groups`` says which agencies are groups.
    most : int
        At most so many agencies a side.

    Returns
    -------
    Figure
        Each side with most tasks first; lines are thicker for more tasks, dotted where either side is
        a group.

    Raises
    ------
    SchemaError
        The locality has no link.
    """
    counts, told = _largest(links, locality, most, names)
    sides = [list(counts.index), list(counts.columns)]
    longest = max(map(len, sides))
    left, right = places = (_places(len(sides[0]), longest), _places(len(sides[1]), longest))
    traces = [*_lines(counts, names, places), _nodes(names, sides[0], 0, left, _hover(counts, names))]
    traces.append(_nodes(names, sides[1], 1, right, _hover(counts.T, names)))
    labels = [[wrapped(name, 22, 3) for name in _marked(names, side)] for side in sides]
    axes: Options = {
        "xaxis": {"visible": False, "range": [-0.04, 1.04], "fixedrange": True},
        "yaxis": rows_axis(["" for _ in range(longest)]) | {"tickvals": left, "ticktext": labels[0]},
        "yaxis2": rows_axis(["" for _ in range(longest)]) | {"tickvals": right, "ticktext": labels[1]},
    }
    axes["yaxis2"] |= {"overlaying": "y", "side": "right"}
    keys: list[Key] = [
        (names.labels("agency.bodies"), *SERIES[0]),
        (names.labels("agency.groups"), *SERIES[2]),
    ]
    room: Options = {"legend": keys, "bottom": 40, "width": 520, "showlegend": False}
    of = names.locality(locality)
    return canvas(traces, names, "link_flow", 52 * longest, **told, of=of, **room, **axes)
