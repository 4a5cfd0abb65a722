"""What all figures share: names for ids, colours, one plotly template, safe labels.

In: text of documents, never trusted. Out: labels in which plotly finds no markup. Colours differ in
lightness first, so that a figure reads the same in grey; each has its counterpart on a dark page.
"""

import html
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from compare.labels import Labels, read_labels
from compare.wording import Wording
from compare.workload import UNNAMED, UNRESOLVED

__all__ = [
    "PALETTE",
    "PLAIN",
    "SYMBOLS",
    "Names",
    "Options",
    "counted",
    "safe",
    "wrapped",
]

PALETTE = {  # on a light page, on a dark page
    "ink": ("#1c2430", "#e7eaee"),
    "muted": ("#56616e", "#a9b3be"),
    "grid": ("#dde2e8", "#353e49"),
    "paper": ("#ffffff", "#161b21"),
    "strong": ("#1d4e89", "#8dbcf2"),
    "middle": ("#8fb6dd", "#3f6b97"),
    "pale": ("#d9e5f1", "#2a425c"),
    "sand": ("#e3bf6b", "#75602c"),
    "empty": ("#f4f1ea", "#20262d"),
}
INK, MUTED, GRID, PAPER, STRONG, MIDDLE, PALE, SAND, EMPTY = (light for light, _ in PALETTE.values())
SYMBOLS = {"covered": "●", "partial": "◐", "review": "?", "gap": "–"}
_ROOM = 50  # characters of a name with its number that fit beside a bar, in two lines
Options = dict[str, Any]  # of a layout or an axis, as plotly takes them
_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif'
_AXIS = {"gridcolor": GRID, "linecolor": MUTED, "zerolinecolor": GRID, "fixedrange": True, "ticks": ""}
_TITLE = {"x": 0, "xref": "container", "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom"}
TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": _FONT, "size": 13, "color": INK},
        "title": {**_TITLE, "pad": {"l": 8}, "font": {"size": 16, "weight": 600}},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": [STRONG, MIDDLE, PALE, SAND],
        "xaxis": {**_AXIS, "title": {"standoff": 8, "font": {"size": 12}}},
        "yaxis": {
            **_AXIS,
            **{"automargin": True, "ticklabelstandoff": 6, "title": {"font": {"size": 12}}},
        },
        "hoverlabel": {"align": "left", "bgcolor": PAPER, "bordercolor": MUTED},
        "dragmode": False,
        "bargap": 0.3,
        "legend": {
            **{"itemclick": False, "itemdoubleclick": False},
            **{"orientation": "h", "traceorder": "normal"},
        },
    }
)


@dataclass(frozen=True)
class Names:
    """What ids are called, in one language; an id without a name is shown itself."""

    language: str = "vi"
    localities: Mapping[str, str] = field(default_factory=dict)
    pillars: Mapping[int, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    indicators: Mapping[str, str] = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)
    defects: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> Labels:
        """Strings of the language."""
        return read_labels(self.language)

    def locality(self, locality: str) -> str:
        """Name a locality."""
        return self.localities.get(locality, locality)

    def document(self, number: str) -> str:
        """Name a document as a sentence does: its kind and number, or the number alone."""
        kind = self.wording.kind(number)
        return self.labels("document.titled", kind=kind, number=number) if kind else number

    def agency(self, agency: str) -> str:
        """Name an agency; names without an id are gathered under one, tasks that name nobody too."""
        if agency == UNNAMED:
            return self.labels("agency.unnamed")
        if agency in ("", UNRESOLVED):
            return self.labels("agency.unresolved")
        return self.agencies.get(agency, agency)

    def indicator(self, indicator: str) -> str:
        """Name what a goal counts."""
        return self.indicators.get(indicator, indicator)

    def pillar(self, pillar: int) -> str:
        """Name a pillar, with its number in front; 0, the implementation, has none."""
        name = self.pillars.get(pillar, "")
        return f"{pillar}. {name}".rstrip(". ") if pillar or not name else name


PLAIN = Names()  # ids as they are, Vietnamese labels


def safe(text: str) -> str:
    """Escape text for a plotly label, where tags and entities would be markup.

    Examples
    --------
    >>> safe("<b>R&D</b>")
    '&lt;b&gt;R&amp;D&lt;/b&gt;'
    """
    return html.escape(text, quote=False)


def counted(name: str, n: str) -> str:
    """Set a number behind a name, which is cut where both would not fit into two lines beside a bar.

    The number stays with the name's last word.

    Examples
    --------
    >>> counted("Trước: Sở Thông tin và Truyền thông của tỉnh và các huyện", "3")
    'Trước: Sở Thông tin và Truyền thông của tỉnh và…:\\xa03'
    """
    room = _ROOM - len(n)
    return f"{name if len(name) <= room else name[:room].rsplit(' ', 1)[0] + '…'}:\N{NO-BREAK SPACE}{n}"


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """Escape text and break it into at most so many lines, with an ellipsis where it is cut.

    Examples
    --------
    >>> wrapped("Hỗ trợ hợp tác xã ứng dụng công nghệ cao", 18)
    'Hỗ trợ hợp tác xã<br>ứng dụng công…'
    """
    found = textwrap.wrap(text, width)
    if len(found) > lines:
        rest = " ".join(found[lines - 1 :])
        found = [*found[: lines - 1], textwrap.shorten(rest, width, placeholder="…")]
    return "<br>".join(safe(line) for line in found)
