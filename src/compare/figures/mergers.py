"""Figures of the load before and after the mergers of 2025.

In: the table of :func:`compare.merged_load`. Out: plotly figures. What nobody is known to hold today
stands in rows of its own, below those who hold something.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import Key, canvas, narrow_rows
from compare.figures.counts import ordered
from compare.figures.marks import SERIES, bars, count_axis, matrix, rows_axis
from compare.figures.style import PLAIN, Names, Options, counted, wrapped

__all__ = ["held_counts", "plot_merged_load"]

_NOBODY = frozenset({"none", "undetermined", "unverified"})


def held_counts(merged: pd.DataFrame, role: str = "lead") -> pd.DataFrame:
    """Count tasks by today's holder and locality: holders with most tasks first, then what nobody holds.

    Returns
    -------
    DataFrame
        Index: ids of holders, then ``none``, ``undetermined`` and ``unverified`` where there is such a
        row; one column a locality.
    """
    rows = merged[merged["role"] == role]
    names = rows["holder_id"].where(rows["holder_id"] != "", rows["outcome"])
    counts = rows.assign(name=names, last=rows["holder_id"] == "").pivot_table(
        index=["last", "name"], columns="locality", values="n_after", aggfunc="sum", fill_value=0
    )
    counts = counts.reindex(columns=ordered(merged["locality"]), fill_value=0).astype(int)
    keys = counts.assign(most=-counts.sum(axis=1)).reset_index()
    order = keys.sort_values(["last", "most", "name"]).index
    return counts.iloc[order].droplevel("last")


def _word(names: Names, holder: str) -> str:
    """Name a holder, a group marked; or say why there is none."""
    if holder in _NOBODY:
        return names.labels(f"fate.{holder}")
    name = names.agency(holder)
    return names.labels("agency.marked", name=name) if holder in names.groups else name


def _bars(merged: pd.DataFrame, names: Names) -> Iterator[tuple[str, int, bool]]:
    """Yield label, tasks and whether it is today's: each holder, then who it was before."""
    t = names.labels
    order = merged.sort_values(["n_after", "holder_id"], ascending=[False, True])
    for row in order.to_dict("records"):
        yield t("merged.now", agency=names.agency(row["holder_id"])), int(row["n_after"]), True
        each = zip(row["agencies"].split(";"), map(int, row["n_each"].split(";")), strict=True)
        for agency, n in sorted(each, key=lambda pair: (-pair[1], pair[0])):
            name = names.agency(agency)
            loose = agency in row["loose"].split(";")
            yield t("merged.before", agency=t("agency.loose", name=name) if loose else name), n, False


def _series(table: pd.DataFrame, names: Names, now: bool) -> go.Bar:
    values = [int(n) for n in table["n"].where(table["now"] == now, 0)]
    hover = [
        f"{wrapped(r, 40)}<br>{names.labels('n.tasks', n=n)}"
        for r, n in zip(table["row"], values, strict=True)
    ]
    word = names.labels("merged.today" if now else "merged.then")
    return bars(values, word, SERIES[0] if now else SERIES[2], hover=hover, text=[])


def plot_merged_load(
    merged: pd.DataFrame, *, locality: str | None = None, role: str = "lead", names: Names = PLAIN
) -> go.Figure:
    """Plot what today's agencies hold of the plans' tasks, beside who was to do it.

    Parameters
    ----------
    merged : DataFrame
        The table of :func:`compare.merged_load`.
    locality : str, optional
        One locality: agencies that came together, before and after. Without it, what everyone holds
        today, by locality.
    role : {"lead", "coordinating"}
        The role counted.
    names : Names
        Names and language.

    Returns
    -------
    Figure
        For one locality a bar for each agency of today and, beneath it, one for each before; n is the
        tasks of today's. For all, numbers by holder and locality; n is their sum.
    """
    t = names.labels
    if locality is None:
        counts = held_counts(merged, role)
        rows = [_word(names, str(holder)) for holder in counts.index]
        return matrix(counts, rows, names, f"held_matrix.{role}", int(counts.to_numpy().sum()))
    own = merged[
        (merged["locality"] == locality) & (merged["role"] == role) & (merged["outcome"] == "merged")
    ]
    table = pd.DataFrame(_bars(own, names), columns=["row", "n", "now"]).astype({"now": bool})
    labels = [counted(row, t.number(int(n))) for row, n in zip(table["row"], table["n"], strict=True)]
    rows = [wrapped(label, 30) for label in labels]
    keys: list[Key] = [(t("merged.today"), *SERIES[0]), (t("merged.then"), *SERIES[2])]
    axes: Options = {"xaxis": count_axis(t("axis.tasks"), table["n"].max()), "yaxis": rows_axis(rows)}
    room: dict[str, Any] = {"legend": keys, "narrow": narrow_rows(labels, stretch=1.2), "barmode": "overlay"}
    traces = [_series(table, names, now) for now in (True, False)]
    of, n = names.locality(locality), int(own["n_after"].sum())
    return canvas(traces, names, f"merged.{role}", 38 * max(len(rows), 1), n=n, of=of, **room, **axes)
