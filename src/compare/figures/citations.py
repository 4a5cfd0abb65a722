"""What carries out what: from central resolutions through government and province to the plans.

In: the tables ``citations`` and :func:`compare.citation_hierarchy`. Out: a plotly figure in layers, the
plans on the right, one below the other, so that any number of them can be read. A line that a longer
way already tells is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import canvas
from compare.figures.layers import Edge, Layers, direct_edges, lay_out
from compare.figures.marks import columns_axis
from compare.figures.style import EMPTY, INK, MUTED, PALE, PAPER, PLAIN, STRONG, Names, Options, wrapped

__all__ = ["plot_citations"]

Node = tuple[str, str]  # locality and document; a central document is the same for all, without locality
_LAYERS = {
    "party-central": "party",
    "national-assembly": "state",
    "government": "state",
    "ministry": "state",
    "party-province": "province",
    "province": "province",
}
_ORDER = ("party", "state", "province", "district", "plan")  # any other level is the district's layer
_ROW, _WRAP, _NAME = 76, 13, 4
_PLAN = "plan"


def _layer(level: str) -> str:
    return _LAYERS.get(level, "district")


def _node(locality: str, document: str, level: str) -> Node:
    """Tell a province's own documents from those of others: their numbers repeat."""
    return ("" if _layer(level) in ("party", "state") else locality, document)


def _edges(hierarchy: pd.DataFrame, levels: Mapping[Node, str]) -> list[Edge]:
    """List the edges between nodes, the plan at the end of what it carries out."""
    found: dict[Edge, None] = {}
    for row in hierarchy.sort_values(["locality", "parent", "child"]).itertuples():
        place = str(row.locality)
        ends = [_node(place, str(d), levels.get((place, str(d)), "")) for d in (row.parent, row.child)]
        child = (place, _PLAN) if row.relation == "implements" else ends[1]
        found[ends[0], child] = None
    return direct_edges(list(found))


def _plans(edges: Sequence[Edge], places: Sequence[str]) -> list[Node]:
    """Order the plans: those that answer the same central documents together, most plans first."""
    above: dict[Any, list[Any]] = {}
    for parent, child in edges:
        above.setdefault(child, []).append(parent)

    def roots(node: Any, seen: frozenset[Any]) -> set[Any]:
        parents = [p for p in above.get(node, []) if p not in seen]
        return set().union(*(roots(p, seen | {p}) for p in parents)) if parents else {node}

    found = {p: tuple(sorted(roots((p, _PLAN), frozenset({(p, _PLAN)})))) for p in places}
    central = {p: tuple(node for node in nodes if not node[0]) for p, nodes in found.items()}
    counts = [n for nodes in central.values() for n in nodes]
    usual = {p: -max((counts.count(n) for n in nodes), default=0) for p, nodes in central.items()}
    return [(p, _PLAN) for p in sorted(places, key=lambda p: (usual[p], p))]


def _text(row: Mapping[str, Any], names: Names, plan: bool) -> str:
    """Write what stands in a box: the number or name, and the date."""
    number = wrapped(str(row["number"]), _WRAP)
    name = str(row["number"]) or str(row["as_printed"]).split(" | ")[0]
    bold = names.locality(str(row["locality"])) if plan else name
    lines = [
        f"<b>{wrapped(bold, _WRAP, _NAME)}</b>",
        number if plan else "",
        names.labels.date(str(row["issued_on"])),
    ]
    return "<br>".join(line for line in lines if line)


def _box(text: str, place: tuple[float, float], hover: str, plan: bool) -> Options:
    fill = {"bgcolor": PALE if plan else PAPER, "bordercolor": STRONG if plan else MUTED}
    look = {"borderpad": 3, "showarrow": False, "font": {"size": 11, "color": INK}}
    return {"x": place[0], "y": place[1], "text": text, "hovertext": hover, **fill, **look}


def _lines(found: Layers) -> go.Scatter:
    """Draw all edges as one broken line."""
    x: list[float | None] = []
    y: list[float | None] = []
    for corners in found.corners.values():
        x += [*(corner[0] for corner in corners), None]
        y += [*(corner[1] for corner in corners), None]
    line = {"color": STRONG, "width": 1.5}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _rows(citations: pd.DataFrame) -> dict[Node, dict[str, Any]]:
    """Return one row of ``citations`` a node, the most mentioned of a central document."""
    rows: dict[Node, dict[str, Any]] = {}
    order = citations.sort_values(["n_mentions", "locality", "citation_id"], ascending=[False, True, True])
    for row in order.to_dict("records"):
        own = row["relation"] == "own"
        node = (
            (row["locality"], _PLAN)
            if own
            else _node(row["locality"], row["citation_id"], row["issuer_level"])
        )
        rows.setdefault(node, row)
    return rows


def _boxes(
    layers: Mapping[Node, int],
    heights: Mapping[Any, float],
    rows: Mapping[Node, dict[str, Any]],
    names: Names,
) -> list[Options]:
    boxes = []
    for node, layer in layers.items():
        plan = node[1] == _PLAN
        empty = {"locality": node[0], "number": "", "as_printed": node[1], "issued_on": ""}
        row = {**empty, "issuer": "", "title": "", **rows.get(node, {})}
        said = [text for text in (names.wording.issuer(str(row["issuer"])), str(row["title"])) if text]
        hover = "<br>".join(wrapped(text, 50, 3) for text in said)
        boxes.append(_box(_text(row, names, plan), (layer, heights[node]), hover, plan))
    return boxes


def plot_citations(
    citations: pd.DataFrame, hierarchy: pd.DataFrame, *, locality: str | None = None, names: Names = PLAIN
) -> go.Figure:
    """Plot which document carries out which, in layers from the central ones to the plans.

    Parameters
    ----------
    citations : DataFrame
        Table ``citations``.
    hierarchy : DataFrame
        As :func:`compare.citation_hierarchy` gives it.
    locality : str, optional
        Only the plan of this locality.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        One box a document; central ones are shared, those of a province or district are its own. A line
        is left out where a longer way leads from the one to the other.
    """
    if locality is not None:
        hierarchy = hierarchy[hierarchy["locality"] == locality]
        citations = citations[citations["locality"] == locality]
    columns = zip(citations["locality"], citations["citation_id"], citations["issuer_level"], strict=True)
    levels = {(place, document): level for place, document, level in columns}
    edges = _edges(hierarchy, levels)
    order = _plans(edges, sorted(set(hierarchy["locality"])))
    rows = _rows(citations)
    kinds = {
        node: "plan" if node[1] == _PLAN else _layer(str(rows.get(node, {}).get("issuer_level", "")))
        for node in [*order, *(node for edge in edges for node in edge)]
    }
    used = [name for name in _ORDER if name in kinds.values()]
    layers = {node: used.index(kind) for node, kind in sorted(kinds.items())}
    forward = [(a, b) if layers[a] <= layers[b] else (b, a) for a, b in edges]
    found = lay_out(layers, forward, order)
    heights = list(found.heights.values()) or [0.0]
    heads = [names.labels(f"layer.{name}") for name in used]
    axis = columns_axis([wrapped(h, 18, 3) for h in heads], range=[-0.5, len(used) - 0.5])
    room: Options = {
        "xaxis": axis,
        "yaxis": {"visible": False, "range": [max(heights) + 0.6, min(heights) - 0.6], "fixedrange": True},
        "annotations": _boxes(layers, found.heights, rows, names),
        "narrow": {"rows": [""], "columns": [wrapped(h, 10, 3) for h in heads], "stretch": 1.0},
        "shapes": [_band(n) for n in range(0, len(used), 2)],
        "of": names.locality(locality) if locality else "",
    }
    plot = _ROW * (max(heights) - min(heights) + 1.2)
    return canvas([_lines(found)], names, "citations", plot, n=len(layers), top=50, bottom=30, **room)


def _band(layer: int) -> Options:
    """Shade every other layer."""
    area = {"type": "rect", "yref": "paper", "x0": layer - 0.5, "x1": layer + 0.5, "y0": 0, "y1": 1}
    return {**area, "fillcolor": EMPTY, "line": {"width": 0}, "layer": "below"}
