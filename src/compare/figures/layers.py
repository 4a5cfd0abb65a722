"""Where boxes stand that lie in layers and are joined by lines, so that no line crosses a box.

In: the layer of each node, and the edges from a layer to a later one. Out: a height for each node and
the corners of each edge. A line that passes a layer gets a slot of its own there, beside the boxes
(Sugiyama, Tagawa and Toda 1981, with the order of the last layer given).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

__all__ = ["Layers", "direct_edges", "lay_out"]

Node = Any  # anything hashable
Edge = tuple[Node, Node]
Slot = tuple[Node, Edge | None]  # a node, or the edge to it that passes
_BOX, _LINE = 1.0, 0.4  # room of a box and of a passing line
_SIDE = 0.38  # half of what a layer is wide: between layers lines slant


@dataclass(frozen=True)
class Layers:
    """Heights of the nodes, counted downwards, and the corners (layer, height) of each edge."""

    heights: Mapping[Node, float]
    corners: Mapping[Edge, Sequence[tuple[float, float]]]


def direct_edges(edges: Sequence[Edge]) -> list[Edge]:
    """Leave out the edges that a longer way already tells.

    Examples
    --------
    >>> direct_edges([("a", "b"), ("b", "c"), ("a", "c")])
    [('a', 'b'), ('b', 'c')]
    """
    below: dict[Node, list[Node]] = {}
    for parent, child in edges:
        below.setdefault(parent, []).append(child)
    return [edge for edge in edges if not _way_round(*edge, below)]


def _way_round(parent: Node, child: Node, below: Mapping[Node, Sequence[Node]]) -> bool:
    """Say whether a way of two or more edges leads from a node to another."""
    seen, rest = {parent}, [node for node in below[parent] if node not in (child, parent)]
    while rest:
        if (node := rest.pop()) in seen:
            continue
        seen.add(node)
        found = below.get(node, ())
        if child in found:
            return True
        rest += found
    return False


def _ranks(order: Sequence[Node], edges: Sequence[Edge]) -> dict[Node, float]:
    """Return for each node the mean place of the last layer's nodes that it leads to."""
    below: dict[Node, set[Node]] = {}
    for parent, child in edges:
        below.setdefault(parent, set()).add(child)
    places = {node: n for n, node in enumerate(order)}

    def reached(node: Node) -> set[Node]:
        seen: set[Node] = set()
        rest = [node]
        while rest:
            if (at := rest.pop()) not in seen:
                seen.add(at)
                rest += below.get(at, set())
        return seen & places.keys()

    nodes = dict.fromkeys([*order, *(node for edge in edges for node in edge)])
    found = {node: reached(node) for node in nodes}
    return {node: mean(places[n] for n in ends) if ends else 0.0 for node, ends in found.items()}


def _spread(wanted: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """Push apart what stands too near, and keep the middle where it was wanted."""
    heights: list[float] = []
    for n, height in enumerate(wanted):
        least = heights[-1] + (rooms[n - 1] + rooms[n]) / 2 if heights else height
        heights.append(max(height, least))
    shift = mean(h - w for h, w in zip(heights, wanted, strict=True)) if heights else 0.0
    return [height - shift for height in heights]


def _slots(layers: Mapping[Node, int], edges: Sequence[Edge]) -> dict[int, list[Slot]]:
    """List what needs room in each layer: its nodes, and the edges that pass it."""
    slots: dict[int, list[Slot]] = {}
    for node, layer in layers.items():
        slots.setdefault(layer, []).append((node, None))
    for edge in edges:
        for layer in range(layers[edge[0]] + 1, layers[edge[1]]):
            slots.setdefault(layer, []).append((edge[1], edge))
    return slots


def lay_out(layers: Mapping[Node, int], edges: Sequence[Edge], order: Sequence[Node]) -> Layers:
    """Place nodes and edges.

    Parameters
    ----------
    layers : mapping
        Layer of each node, from 0; its order decides between equals.
    edges : sequence
        Pairs of nodes, the first in an earlier layer or the same.
    order : sequence
        The nodes of the last layer, from the top.

    Returns
    -------
    Layers

    Examples
    --------
    >>> found = lay_out({"law": 0, "order": 1, "plan": 2}, [("law", "plan"), ("order", "plan")], ["plan"])
    >>> found.corners["law", "plan"][2:4]
    [(0.62, 0.35), (1.38, 0.35)]
    """
    ranks = _ranks(order, edges)
    heights: dict[Node, float] = {}
    passing: dict[tuple[int, Edge], float] = {}
    parents = {child for parent, child in edges if layers[parent] == layers[child]}
    slots = _slots(layers, edges)
    for layer in sorted(slots):
        came = _came(layer, layers, edges, heights, passing)
        keys = [
            (ranks[node], came[node, edge], node in parents, n) for n, (node, edge) in enumerate(slots[layer])
        ]
        rows = [slots[layer][key[-1]] for key in sorted(keys)]
        rooms = [_BOX if edge is None else _LINE for _, edge in rows]
        found = _spread([ranks[node] for node, _ in rows], rooms)
        for (node, edge), height in zip(rows, found, strict=True):
            if edge is None:
                heights[node] = height
            else:
                passing[layer, edge] = height
    return Layers(heights, {edge: _corners(edge, layers, heights, passing) for edge in edges})


def _came(
    layer: int,
    layers: Mapping[Node, int],
    edges: Sequence[Edge],
    heights: Mapping[Node, float],
    passing: Mapping[tuple[int, Edge], float],
) -> Mapping[Slot, float]:
    """Return for each slot of a layer the mean height in the layer before that its lines come from."""
    found: dict[Slot, list[float]] = defaultdict(list)
    for edge in edges:
        if layers[edge[0]] < layer <= layers[edge[1]]:
            height = passing.get((layer - 1, edge), heights[edge[0]])
            found[edge[1], None if layers[edge[1]] == layer else edge].append(height)
    return defaultdict(float, {slot: mean(known) for slot, known in found.items()})


def _corners(
    edge: Edge,
    layers: Mapping[Node, int],
    heights: Mapping[Node, float],
    passing: Mapping[tuple[int, Edge], float],
) -> list[tuple[float, float]]:
    """List the corners of an edge: flat where it passes a layer, slanting between layers."""
    first, last = layers[edge[0]], layers[edge[1]]
    ends = (float(first), heights[edge[0]]), (float(last), heights[edge[1]])
    if first == last:
        return list(ends)
    found = [ends[0], (first + _SIDE, ends[0][1])]
    for layer in range(first + 1, last):
        found += [(layer - _SIDE, passing[layer, edge]), (layer + _SIDE, passing[layer, edge])]
    return [*found, (last - _SIDE, ends[1][1]), ends[1]]
