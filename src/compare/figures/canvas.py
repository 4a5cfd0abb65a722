"""The canvas of all figures: title with n, legend, source note, heights in pixels.

In: traces and the figure's name in the labels. Out: a plotly figure that stands for itself. Title,
legend and source note have rooms of known height, said in ``layout.meta``, so that a page can take
them out and set them as text of its own, which wraps, can be selected and read aloud. Where the figure
stands for itself, long titles and notes are broken into lines that fit an output of a notebook.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from compare.figures.style import MUTED, PALETTE, TEMPLATE, Names, Options, safe, wrapped

__all__ = ["LEGEND_HEIGHT", "SOURCE_HEIGHT", "TITLE_HEIGHT", "Key", "canvas", "narrow_rows"]

TITLE_HEIGHT, LEGEND_HEIGHT, SOURCE_HEIGHT = 40, 36, 18
_TITLE_LINE, _SOURCE_LINE = 21, 15  # pixels of each further line
_TITLE_WIDTH, _SOURCE_WIDTH = 84, 100  # characters; the note begins where the plot does, beside its labels
Key = tuple[str, str, str]  # of a legend: words, colour, pattern
_TOKENS = {light: token for token, (light, _) in PALETTE.items()}


def narrow_rows(rows: Sequence[str], columns: Sequence[str] = (), stretch: float = 1.0) -> Options:
    """Give the labels of rows and columns once more for a narrow screen, and how much taller it gets."""
    labels = {"rows": [wrapped(row, 21, 3) for row in rows]}
    return {**labels, "columns": [wrapped(column, 7, 3) for column in columns], "stretch": stretch}


def _source(text: str, bottom: int) -> Options:
    """Write the source note at the lower edge."""
    where = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 0, "yanchor": "bottom"}
    look = {"showarrow": False, "yshift": 4 - bottom, "align": "left", "font": {"size": 11, "color": MUTED}}
    return {"name": "source", "text": text, **where, **look}


def canvas(
    traces: Sequence[Any],
    names: Names,
    key: str,
    plot: float,
    *,
    n: int,
    of: str = "",
    said: str = "",
    top: int = 8,
    bottom: int = 68,
    width: int = 320,
    legend: Sequence[Key] = (),
    narrow: Options | None = None,
    **layout: Any,
) -> go.Figure:
    """Put traces on the project's canvas.

    Parameters
    ----------
    traces : sequence of traces
    names : Names
    key : str
        The figure's name in the labels.
    plot, top, bottom : float
        Pixels of the plotting area and of the room above (without title and legend) and below it.
    n : int
        Number of items the figure shows.
    of : str
        What the figure is of, behind the title: a locality, a pillar.
    said : str
        What stands in the title instead of n alone, where not all is drawn.
    width : int
        Least width in pixels at which the figure can be read.
    legend : sequence of Key
        What the legend says, for a page that writes its own.
    narrow : dict, optional
        Labels for a narrow screen, from :func:`narrow_rows`.
    **layout
        Further plotly layout.
    """
    title = names.labels(f"figure.{key}.title", n=n) + (f": {of}" if of else "")
    above = top + (LEGEND_HEIGHT if legend else 0)
    said = said or names.labels(f"figure.{key}.n", n=n)
    keys = [{"text": safe(w), "colour": _TOKENS[c], "shape": s} for w, c, s in legend]
    head = wrapped(f"{title} ({said})", _TITLE_WIDTH, 4)
    note = wrapped(names.labels(f"figure.{key}.source"), _SOURCE_WIDTH, 5)
    room = {
        "title": TITLE_HEIGHT + _TITLE_LINE * head.count("<br>"),
        "source": SOURCE_HEIGHT + _SOURCE_LINE * note.count("<br>"),
    }
    above, bottom = above + room["title"], bottom + room["source"] - SOURCE_HEIGHT
    place = {"x": 0, "xanchor": "left", "y": 1 + (top + 2) / plot, "yanchor": "bottom"}
    return go.Figure(list(traces)).update_layout(
        template=TEMPLATE,
        title_pad_b=above - room["title"] + 8,
        title_text=head,
        annotations=[_source(note, bottom), *layout.pop("annotations", [])],
        height=above + plot + bottom,
        margin={"t": above, "b": bottom, "l": 8, "r": 28},
        separators=names.labels.separators,
        legend=place,
        meta={"width": width, "legend": keys, "narrow": narrow or {}, "room": room},
        **layout,
    )
