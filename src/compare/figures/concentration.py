"""Figures of concentration: how much of the load lies on how many agencies.

In: the table ``workload``. Out: a plotly figure, and the sentence that says the same in words. The
curve goes through the agencies from the least to the most loaded: on the straight line all carry
alike, and the further below it, the more lies on few.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from compare.figures.canvas import canvas
from compare.figures.counts import carriers, ordered
from compare.figures.marks import HOVER
from compare.figures.style import INK, MUTED, PAPER, PLAIN, STRONG, Names, Options, safe, wrapped
from compare.workload import concentration

__all__ = ["largest", "load_reading", "plot_concentration"]

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_ALIKE = {"type": "line", "x0": 0, "x1": 100, "y0": 0, "y1": 100}


def _found(workload: pd.DataFrame, role: str, names: Names, groups: bool) -> pd.DataFrame:
    """Return the concentration of each locality in one role."""
    ids = sorted(set(workload["agency_id"]))
    kinds = pd.DataFrame({"agency_id": ids, "kind": carriers(ids, names.groups)})
    kinds = kinds[kinds["kind"] != "nobody"]
    rows = workload[workload["role"] == role]
    return concentration(rows, kinds, groups=groups).set_index("locality")


def largest(row: pd.Series, names: Names = PLAIN) -> list[str]:
    """Name the three that carry most; of those alike that the three do not all hold, none by name.

    Parameters
    ----------
    row : Series
        A row of :func:`compare.concentration`.
    names : Names
        Names and language.

    Returns
    -------
    list of str
        Names; last, where there is such a tie, how many of how many, and with how many assignments each.

    Examples
    --------
    >>> values = {"top": "so-x;so-y;so-z", "top_tasks": "9;4;2", "n_like_third": 3}
    >>> largest(pd.Series(values))
    ['so-x', 'so-y', 'một trong 3 cơ quan cùng có 2 lượt']
    """
    agencies, tasks = str(row["top"]).split(";"), str(row["top_tasks"]).split(";")
    alike, n = tasks.count(tasks[-1]), int(row["n_like_third"])
    named = agencies if n == alike else agencies[:-alike]
    tied = [names.labels(f"reading.tied.{alike}", n=n, tasks=int(tasks[-1]))] if n > alike else []
    return [*map(names.agency, named), *tied]


def load_reading(row: pd.Series, names: Names = PLAIN) -> str:
    """Say in one sentence how unevenly a load lies.

    Parameters
    ----------
    row : Series
        A row of :func:`compare.concentration`.
    names : Names
        Names and language.

    Returns
    -------
    str
        Who stands first, with what share, and how to read it.

    Examples
    --------
    >>> values = {"role": "lead", "top3_share": 0.62, "n_agencies": 8, "n_assignments": 40}
    >>> values |= {"top": "x;y;z", "top_tasks": "11;9;5", "n_like_third": 1, "reading": "concentrated"}
    >>> load_reading(pd.Series(values))
    'Ba cơ quan đứng đầu (x, y và z) nhận 62% trong 40 lượt chủ trì giao ...'
    """
    t = names.labels
    if row["reading"] == "few":
        return t(f"reading.few.{row['role']}", n=int(row["n_agencies"]), total=int(row["n_assignments"]))
    values = {"share": t.percent(float(row["top3_share"])), "total": int(row["n_assignments"])}
    first = t(f"reading.top.{row['role']}", agencies=t.listed(largest(row, names)), **values)
    return f"{first}; {t('reading.' + str(row['reading']))}."


def _curve(counts: Sequence[int]) -> tuple[list[float], list[float]]:
    """Return the curve in percent: share of the agencies, share of the assignments."""
    loads, total, sums = sorted(counts), sum(counts), [0]
    for load in loads:
        sums.append(sums[-1] + load)
    return [100 * i / len(loads) for i in range(len(loads) + 1)], [100 * s / total for s in sums]


def _line(place: str, counts: Sequence[int], look: Options, names: Names, mark: str) -> go.Scatter:
    """Draw a locality's curve."""
    t, (x, y) = names.labels, _curve(counts)
    word = safe(names.locality(place))
    hover = [
        f"{word}<br>{t('lorenz.point', x=t.number(a), y=t.number(b))}" for a, b in zip(x, y, strict=True)
    ]
    trace = go.Scatter(x=x, y=y, mode="lines+markers", line=look, name=f"{mark} {word}".strip())
    trace.update(marker={"size": 5, "color": look["color"]})
    return trace.update(hovertext=hover, hovertemplate=HOVER, cliponaxis=False)


def _lines(loads: dict[str, list[int]], locality: str | None, names: Names) -> list[go.Scatter]:
    """Draw the curves: all alike and numbered, or one strong among the others."""
    if locality is None:
        looks = [{"color": STRONG, "width": 2, "dash": _DASHES[i % len(_DASHES)]} for i in range(len(loads))]
        rows = zip(loads.items(), looks, strict=True)
        return [_line(p, counts, look, names, str(i + 1)) for i, ((p, counts), look) in enumerate(rows)]
    others = {"color": MUTED, "width": 1, "dash": "dot"}
    thin = [_line(p, counts, others, names, "") for p, counts in loads.items() if p != locality]
    own = {"color": STRONG, "width": 3}
    return [*thin, _line(locality, loads[locality], own, names, "")] if locality in loads else thin


def _numbers(lines: Sequence[go.Scatter]) -> list[Options]:
    """Number the curves where they hang lowest, on a ground that no line crosses."""
    look = {"showarrow": False, "bgcolor": PAPER, "borderpad": 0, "xshift": 9, "yshift": -11}
    found = []
    for n, line in enumerate(lines, start=1):
        _, x, y = max((x - y, x, y) for x, y in zip(line.x, line.y, strict=True))
        found.append({"x": x, "y": y, "text": str(n), **look})
    return found


def _note(found: pd.DataFrame, locality: str | None, names: Names) -> Options:
    """Write the reading into the empty half above the straight line."""
    if locality is None:
        t = names.labels
        lines = [
            safe(f"{i + 1}. {names.locality(str(place))}: {t.percent(float(share))}")
            for i, (place, share) in enumerate(found["top3_share"].items())
        ]
        text = "<br>".join([wrapped(t("lorenz.top3"), 26), *lines])
    elif locality in found.index:
        text = wrapped(load_reading(found.loc[locality], names), 30, 11)
    else:
        text = wrapped(names.labels("lorenz.none"), 30)
    place = {"x": 1, "xanchor": "left", "y": 100, "yanchor": "top", "align": "left", "showarrow": False}
    return {"text": text, **place, "font": {"size": 12, "color": INK}, "bgcolor": PAPER}


def plot_concentration(
    workload: pd.DataFrame,
    *,
    locality: str | None = None,
    role: str = "lead",
    groups: bool = False,
    names: Names = PLAIN,
    note: bool = True,
) -> go.Figure:
    """Plot how unevenly the load lies on the agencies.

    Parameters
    ----------
    workload : DataFrame
        Table ``workload``.
    locality : str, optional
        One locality, drawn strong among the others and read in a sentence; without it, all, numbered.
    role : {"lead", "coordinating"}
        The role counted.
    groups : bool
        Take groups of bodies as carriers too; ``names.groups`` says which they are.
    names : Names
        Names and language.
    note : bool
        Write the reading into the figure; a page that says it beside the figure has no need of it.

    Returns
    -------
    Figure
        A curve a locality; names without an id and tasks that name nobody are left out.
    """
    found = _found(workload, role, names, groups)
    rows = workload[(workload["role"] == role) & (workload["n_tasks"] > 0)]
    kept = {"body", "group"} if groups else {"body"}
    rows = rows[[kind in kept for kind in carriers(rows["agency_id"], names.groups)]]
    loads = {
        place: [int(n) for n in rows.loc[rows["locality"] == place, "n_tasks"]]
        for place in ordered(rows["locality"])
    }
    axes: Options = {
        "xaxis": {"title_text": names.labels("axis.agency_share"), "range": [0, 100], "dtick": 25},
        "yaxis": {"title_text": names.labels("axis.load_share"), "range": [0, 100], "dtick": 25},
    }
    shapes = [{**_ALIKE, "line": {"color": MUTED, "width": 1, "dash": "dash"}}]
    of = names.locality(locality) if locality else ""
    n = sum(loads.get(locality, [])) if locality else sum(map(sum, loads.values()))
    lines = _lines(loads, locality, names)
    notes = [*([_note(found, locality, names)] if note else []), *([] if locality else _numbers(lines))]
    room: Options = {"showlegend": False, "annotations": notes, "shapes": shapes}
    return canvas(lines, names, f"lorenz.{role}", 340, n=n, of=of, top=14, **room, **axes)
