"""The scores of the compared pairs of tasks.

In: the table ``pairs``. Out: a plotly figure on a logarithmic scale, since nearly all pairs of
tasks have nothing to do with each other.
"""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas
from compare.figures.counts import score_counts, score_limits
from compare.figures.marks import HOVER, fill
from compare.figures.style import INK, MIDDLE, PALE, PLAIN, STRONG, Names, Options

__all__ = ["plot_scores"]

_STYLES = {"none": (PALE, ""), "review": (MIDDLE, "/"), "match": (STRONG, "")}
_STEP = 0.05


def _limits(thresholds: Mapping[str, float], names: Names) -> Options:
    """Draw the thresholds as lines, named at their upper end."""
    shapes, notes = [], []
    for row, (verdict, value) in enumerate(sorted(thresholds.items())):
        line = {"color": INK, "width": 1.5, "dash": "dash" if verdict == "review" else "solid"}
        y = {"yref": "paper", "y0": 0, "y1": 1.02 + 0.08 * row}
        shapes.append({"type": "line", "x0": value, "x1": value, **y, "line": line})
        text = names.labels(f"figure.scores.{verdict}", value=float(value))
        place = {"x": value, "xanchor": "left", "yref": "paper", "y": 1.02 + 0.08 * row}
        notes.append({"text": text, "showarrow": False, "yanchor": "middle", "xshift": 4, **place})
    return {"shapes": shapes, "annotations": notes}


def plot_scores(
    pairs: pd.DataFrame,
    thresholds: Mapping[str, float] | None = None,
    *,
    names: Names = PLAIN,
) -> go.Figure:
    """Plot how many compared pairs have which probability, by verdict.

    Parameters
    ----------
    pairs : DataFrame
        Table ``pairs``.
    thresholds : mapping, optional
        Verdict (``match``, ``review``) to the lowest probability that earns it; read from the pairs
        by default. With a catalogue, families decide and no threshold does: none is drawn of ``{}``.
    names : Names
        Names and language.

    Returns
    -------
    Figure
    """
    labels, counts = names.labels, score_counts(pairs)
    traces = []
    present = [verdict for verdict in _STYLES if counts[verdict].any()]
    width = 0.9 * _STEP / max(len(present), 1)  # side by side: on a log scale, stacked heights do not add up
    for place, verdict in enumerate(present):
        word = labels(f"verdict.{verdict}")
        bounds = [f"{labels.number(x, 2)} – {labels.number(x + _STEP, 2)}" for x in counts.index]
        hover = [f"{b}<br>{word}: {labels.number(n)}" for b, n in zip(bounds, counts[verdict], strict=True)]
        bar = go.Bar(x=[x + _STEP / 2 for x in counts.index], y=[int(v) for v in counts[verdict]])
        bar.update(name=word, marker=fill(_STYLES[verdict]), hovertext=hover, width=width)
        traces.append(bar.update(hovertemplate=HOVER, offset=width * (place - len(present) / 2)))
    limits = _limits(score_limits(pairs) if thresholds is None else thresholds, names)
    reach = [-0.2, math.log10(max(counts.max().max(), 2)) + 0.1]
    axes: Options = {
        "xaxis": {"title_text": labels("axis.probability"), "range": [0, 1], "tickformat": ".1f"},
        "yaxis": {
            "title_text": labels("axis.pairs_log"),
            "type": "log",
            "dtick": 1,
            "range": reach,
            "tickformat": ",~r",
        },
    }
    keys: list[Key] = [(labels(f"verdict.{verdict}"), *style) for verdict, style in _STYLES.items()]
    room: Options = {"top": 50 if limits["shapes"] else 8, "legend": keys, "barmode": "overlay"}
    return canvas(traces, names, "scores", 260, n=len(pairs), **room, **axes, **limits)
