"""Figures of coverage: which family stands in which plan, and how many are missing by pillar.

In: the tables ``coverage`` and ``families``. Out: plotly figures. A gap is a family that was not
found in the plan; that is not the same as work not done, and the figures' source notes say so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas, narrow_rows
from compare.figures.counts import (
    STATED,
    STATUSES,
    gap_counts,
    ordered,
    pillars_first,
    status_counts,
)
from compare.figures.marks import HOVER, columns_axis, count_axis, matrix, rows_axis, stacked
from compare.figures.style import (
    EMPTY,
    MIDDLE,
    PLAIN,
    SAND,
    STRONG,
    SYMBOLS,
    Names,
    Options,
    safe,
    wrapped,
)

__all__ = ["family_order", "plot_coverage", "plot_gaps_by_pillar"]

_STYLES = ((STRONG, ""), (MIDDLE, "/"), (SAND, "x"), (EMPTY, ""))
_ROW, _WRAP, _HEADS = 38, 48, 40


def family_order(coverage: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """Sort families by pillar (implementation last), then by how many localities state them.

    Returns
    -------
    DataFrame
        One row a family of ``coverage``: family_id, pillar, n_stated.
    """
    known = families.loc[families["family_id"].isin(coverage["family_id"]), ["family_id", "pillar"]]
    stated = coverage[coverage["status"].isin(STATED)].groupby("family_id").size()
    found = known.assign(n_stated=known["family_id"].map(stated).fillna(0).astype(int))
    keys = found.assign(last=found["pillar"] == 0, most=-found["n_stated"])
    return found.loc[keys.sort_values(["last", "pillar", "most", "family_id"]).index]


def _rows(order: pd.DataFrame, names: Names) -> list[tuple[str, str]]:
    """List the rows of the grid, (family id or nothing, label): each pillar under its heading."""
    rows = []
    pillars = pillars_first(order["pillar"])
    for pillar in pillars:
        if len(pillars) > 1:
            rows.append(("", names.pillar(pillar)))
        ids = order.loc[order["pillar"] == pillar, "family_id"]
        rows += [(family, names.families.get(family, family)) for family in ids]
    return rows


def _scale() -> list[list[float | str]]:
    """Make a colour scale of one step a status."""
    edges = [(i / len(STATUSES), (i + 1) / len(STATUSES)) for i in range(len(STATUSES))]
    steps = zip(edges, _STYLES, strict=True)
    return [[edge, colour] for bounds, (colour, _) in steps for edge in bounds]


def _legend(names: Names) -> list[Key]:
    words = [f"{SYMBOLS[s]} {names.labels(f'status.{s}')}" for s in STATUSES]
    return [(word, colour, "") for word, (colour, _) in zip(words, _STYLES, strict=True)]


def _colour_bar(keys: Sequence[Key], plot: float) -> Options:
    """Make the colour bar a legend: one field a status, named with its symbol."""
    words = [word for word, _, _ in keys]
    ticks = {"tickvals": list(range(len(STATUSES))), "ticktext": words, "tickfont": {"size": 12}}
    place = {"x": 0, "xanchor": "left", "xpad": 0, "y": 1 + _HEADS / plot, "yanchor": "bottom"}
    size = {"len": 400, "lenmode": "pixels", "thickness": 10, "ypad": 0, "outlinewidth": 0.5}
    return {"orientation": "h", "ticks": "", **ticks, **place, **size}


def _hover(row: Mapping[str, Any], names: Names) -> str:
    status = names.labels(f"status.{row['status']}")
    parts = [f"{safe(names.locality(row['locality']))}: {status}"]
    if row["status"] != "covered" and row["nearest_task_id"]:
        share = names.labels.percent(row["nearest_probability"])
        parts.append(names.labels("figure.coverage.nearest", share=share))
    return "<br>".join(parts)


def _grid(coverage: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], names: Names) -> go.Heatmap:
    """Draw the cells: a colour, a symbol and a hover text a status."""
    known = {(row["family_id"], row["locality"]): row for row in coverage.to_dict("records")}
    grid = [[known.get((family, place)) for place in columns] for family in rows]
    colours = [[None if c is None else STATUSES.index(c["status"]) for c in line] for line in grid]
    return go.Heatmap(
        z=colours,
        text=[["" if c is None else SYMBOLS[c["status"]] for c in line] for line in grid],
        texttemplate="%{text}",
        hovertext=[["" if c is None else _hover(c, names) for c in line] for line in grid],
        hovertemplate=HOVER,
        hoverongaps=False,
        colorscale=_scale(),
        **{"zmin": -0.5, "zmax": len(STATUSES) - 0.5, "xgap": 2, "ygap": 2},
    )


def plot_coverage(
    coverage: pd.DataFrame,
    families: pd.DataFrame | None = None,
    *,
    locality: str | None = None,
    names: Names = PLAIN,
    of: str = "",
) -> go.Figure:
    """Plot which family stands in which plan: families in rows by pillar, localities in columns.

    Parameters
    ----------
    coverage : DataFrame
        Table ``coverage``.
    families : DataFrame, optional
        Table ``families``, for the pillars; without it families are not grouped.
    locality : str, optional
        The locality whose column stands first.
    names : Names
        Names and language.
    of : str
        What is shown, behind the title, such as a pillar.

    Returns
    -------
    Figure
        A grid; each cell has a colour, a symbol and a text for its status.
    """
    if families is None:
        families = coverage[["family_id"]].drop_duplicates().assign(pillar=0)
    rows = _rows(family_order(coverage, families), names)
    places = ordered(coverage["locality"], locality)
    plot, keys = _ROW * max(len(rows), 1), _legend(names)
    trace = _grid(coverage, [family for family, _ in rows], places, names)
    trace.update(colorbar=_colour_bar(keys, plot))
    heads = [wrapped(names.locality(place), 11) for place in places]
    heads = [f"<b>{h}</b>" if p == locality else h for h, p in zip(heads, places, strict=True)]
    labels = [
        wrapped(label, _WRAP) if family else f"<b>{wrapped(label, _WRAP, 1)}</b>" for family, label in rows
    ]
    axes: Options = {"xaxis": columns_axis(heads), "yaxis": rows_axis(labels)}
    room: Options = {"top": _HEADS, "bottom": 30, "width": 140 + 40 * len(places), "legend": keys}
    narrow = narrow_rows([label for _, label in rows], [names.locality(place) for place in places], 1.3)
    n = int(coverage["family_id"].nunique())
    return canvas([trace], names, "coverage", plot, n=n, of=of, narrow=narrow, **room, **axes)


def plot_gaps_by_pillar(
    coverage: pd.DataFrame,
    families: pd.DataFrame,
    *,
    locality: str | None = None,
    names: Names = PLAIN,
) -> go.Figure:
    """Plot how much of what others state a plan states, by pillar.

    Parameters
    ----------
    coverage, families : DataFrame
        The tables of these names.
    locality : str, optional
        One locality: stacked bars of the statuses. Without it: the number of gaps of each locality.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        Only families that at least one other locality states are counted.
    """
    if locality is None:
        gaps = gap_counts(coverage, families)
        rows = [names.pillar(pillar) for pillar in gaps.index]
        return matrix(gaps, rows, names, "gap_matrix", int(gaps.to_numpy().sum()))
    counts = status_counts(coverage, families, locality)
    words = [names.labels(f"status.{status}") for status in STATUSES]
    traces, room = stacked(counts, words, _STYLES, [names.pillar(p) for p in counts.index])
    axis = count_axis(names.labels("axis.families"), counts.sum(axis=1).max())
    n = int(counts.to_numpy().sum())
    return canvas(traces, names, "gaps", n=n, of=names.locality(locality), xaxis=axis, **room)
