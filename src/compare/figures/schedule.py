"""The dated tasks on a time line.

In: the table ``tasks``, with ISO dates that may be partial (``2021-02``, ``2023``) or yearly
(``--12-15``). Out: a plotly figure. Tasks with the same period share a row; a year stands for its
first and last day; yearly dates stand apart, in a panel of twelve months.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import canvas
from compare.figures.marks import HOVER, rows_axis
from compare.figures.style import GRID, INK, MIDDLE, PALE, PLAIN, STRONG, Names, Options, wrapped
from compare.labels import Labels

__all__ = ["dated", "period", "plot_schedule", "yearly"]

_ROW, _GAP = 30, 74
_LISTED = 6
_LABELLED, _LABELLED_NARROW = 8, 3  # years that are written out at most


def dated(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the tasks with a start or an end in a calendar year, by start, then end; yearly ones apart."""
    start, end = tasks["timeline_start"], tasks["timeline_end"]
    each_year = end.str.startswith("--")
    found = tasks[(start.str.match(r"\d{4}") | end.str.match(r"\d{4}")) & ~each_year]
    return found.sort_values(["timeline_start", "timeline_end", "task_id"], ignore_index=True)


def yearly(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the tasks that fall due on the same date each year (``--MM-DD``), by date."""
    found = tasks[tasks["timeline_end"].str.startswith("--")]
    return found.sort_values(["timeline_end", "task_id"], ignore_index=True)


def period(labels: Labels, start: str, end: str) -> str:
    """Write a period: from, until, from until, or the one date that both are.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> [period(read_labels("vi"), *p) for p in (("2023", "2025"), ("2023", "2023"), ("2023", ""))]
    ['2023 – 2025', '2023', 'từ 2023']
    """
    first, last = labels.date(start), labels.date(end)
    if end.startswith("--"):
        return f"{labels('date.from', date=first)}, {last}" if start else last
    if start and end:
        return first if start == end else f"{first} – {last}"
    return labels("date.from", date=first) if start else labels("date.until", date=last)


def _first_day(iso: str) -> str:
    return (iso + "-01-01")[:10] if len(iso) == 4 else (iso + "-01")[:10]


def _last_day(iso: str) -> str:
    if len(iso) == 4:
        return f"{iso}-12-31"
    if len(iso) == 7:
        return f"{iso}-{calendar.monthrange(int(iso[:4]), int(iso[5:]))[1]:02}"
    return iso


@dataclass(frozen=True)
class _Row:
    """Tasks of the same period."""

    label: str
    start: str
    end: str
    texts: tuple[str, ...]

    def hover(self, labels: Labels) -> str:
        shown = [wrapped(f"• {text}", 64, 2) for text in self.texts[:_LISTED]]
        if len(self.texts) > _LISTED:
            shown.append(labels("figure.schedule.more", n=len(self.texts) - _LISTED))
        return "<br>".join([f"{self.label}: {labels('n.tasks', n=len(self.texts))}", *shown])


def _grouped(tasks: pd.DataFrame, labels: Labels) -> list[_Row]:
    rows = []
    for key, group in tasks.groupby(["timeline_start", "timeline_end"], sort=False):
        start, end = (str(part) for part in key)
        rows.append(_Row(period(labels, start, end), start, end, tuple(group["text"])))
    return rows


def _spans(rows: Sequence[_Row], labels: Labels) -> go.Bar:
    """Draw each period as a bar; one without a start or an end reaches the edge, paler."""
    days = [day for row in rows for day in (row.start, row.end) if day]
    left, right = f"{min(days)[:4]}-01-01", f"{max(days)[:4]}-12-31"
    starts = [_first_day(row.start) if row.start else left for row in rows]
    ends = [_last_day(row.end) if row.end else right for row in rows]
    length = [
        max((pd.Timestamp(end) - pd.Timestamp(start)).days + 1, 12) * 86_400_000
        for start, end in zip(starts, ends, strict=True)
    ]
    colours = [MIDDLE if row.start and row.end else PALE for row in rows]
    return go.Bar(
        base=starts,
        x=length,
        y=list(range(len(rows))),
        orientation="h",
        text=[str(len(row.texts)) for row in rows],
        textposition="outside",
        hovertext=[row.hover(labels) for row in rows],
        hovertemplate=HOVER,
        marker={"color": colours, "line": {"color": INK, "width": 0.6}},
        cliponaxis=False,
        showlegend=False,
    )


def _yearly_marks(rows: Sequence[_Row], labels: Labels) -> go.Scatter:
    months = [int(row.end[2:4]) + (int(row.end[5:7] or 1) - 1) / 31 for row in rows]
    return go.Scatter(
        x=months,
        y=list(range(len(rows))),
        mode="markers+text",
        text=[f"  {len(row.texts)}" for row in rows],
        textposition="middle right",
        hovertext=[row.hover(labels) for row in rows],
        hovertemplate=HOVER,
        marker={"symbol": "diamond", "size": 12, "color": STRONG},
        cliponaxis=False,
        showlegend=False,
        xaxis="x2",
        yaxis="y2",
    )


def _years(rows: Sequence[_Row], labelled: int) -> list[str]:
    """List the years of the rows; only so many of them, evenly spaced, are written out."""
    dates = sorted(int(day[:4]) for row in rows for day in (row.start, row.end) if day)
    years = range(dates[0], dates[-1] + 1)
    step = -(-len(years) // labelled)
    return [str(year) if n % step == 0 else "" for n, year in enumerate(years)]


def _year_ticks(rows: Sequence[_Row]) -> Options:
    """Write each year in its middle, with a line where it begins."""
    first = min(int(day[:4]) for row in rows for day in (row.start, row.end) if day)
    written = _years(rows, _LABELLED)
    middles = [f"{first + n}-07-02" for n in range(len(written))]
    lines = {"dtick": "M12", "tick0": f"{first}-01-01", "showgrid": True, "gridcolor": GRID}
    ticks = {"tickmode": "array", "tickvals": middles, "ticktext": written, "tickangle": 0}
    room = pd.Timedelta(days=14 * len(written))  # for the number behind the longest bar
    end = (pd.Timestamp(f"{first + len(written)}-01-01") + room).date().isoformat()
    shown = {"range": [f"{first}-01-01", end], "showgrid": False, "minor": lines}
    return {"type": "date", **ticks, **shown}


def _narrow(rows: Sequence[_Row]) -> Options:
    """Give periods in short lines and few years for a narrow screen, where they would touch."""
    if not rows:
        return {}
    labels = [wrapped(row.label, 12, 3) for row in rows]
    return {"rows": labels, "columns": _years(rows, _LABELLED_NARROW), "stretch": 1.15}


def _axes(rows: Sequence[_Row], each_year: Sequence[_Row], plot: int, labels: Labels) -> dict[str, Any]:
    """Lay the two panels under each other, each with its own time axis."""
    below = _ROW * len(each_year) / plot if each_year else 0.0
    above = 1 - _ROW * len(rows) / plot if each_year and rows else 0.0
    axes: dict[str, Any] = {}
    if rows:
        axes["xaxis"] = {"title_text": labels("axis.year"), "anchor": "y", **_year_ticks(rows)}
        axes["yaxis"] = rows_axis([row.label for row in rows], domain=[above, 1])
    if each_year:
        ticks = {"tickvals": [m + 0.5 for m in range(1, 13)], "ticktext": [str(m) for m in range(1, 13)]}
        months = {"range": [1, 13], **ticks, "showgrid": False, "tickangle": 0, "tickfont": {"size": 11}}
        axes["xaxis2"] = {"title_text": labels("axis.month"), "anchor": "y2", **months}
        labels_axis = rows_axis([row.label for row in each_year], domain=[0, below], gridcolor=GRID)
        axes["yaxis2"] = {**labels_axis, "anchor": "x2"}
    return axes


def plot_schedule(
    tasks: pd.DataFrame,
    *,
    locality: str | None = None,
    names: Names = PLAIN,
) -> go.Figure:
    """Plot the dated tasks on a time line, those due each year apart.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``.
    locality : str, optional
        Only this locality.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        One row a period, with its number of tasks; their texts are in the hover text.
    """
    own = tasks if locality is None else tasks[tasks["locality"] == locality]
    labels = names.labels
    rows, each_year = _grouped(dated(own), labels), _grouped(yearly(own), labels)
    traces = [_spans(rows, labels)] if rows else []
    traces += [_yearly_marks(each_year, labels)] if each_year else []
    gap = _GAP if rows and each_year else 0
    plot = max(_ROW * (len(rows) + len(each_year)) + gap, _ROW)
    axes = _axes(rows, each_year, plot, labels)
    n = sum(len(row.texts) for row in (*rows, *each_year))
    of = names.locality(locality) if locality else ""
    return canvas(traces, names, "schedule", plot, n=n, of=of, narrow=_narrow(rows), **axes)
