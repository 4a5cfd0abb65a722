"""Why a probability is what it is: the signs that speak for and against, one bar each.

In: the evidence of a membership or of a question, as the tables hold it. Out: a :class:`Waterfall`:
each sign in plain words with the points it adds, what is left summed up, and the total. Points are
log-odds; readers see that they add up and what they come to.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.labels import Labels

__all__ = ["Bar", "Waterfall", "read_evidence", "waterfall"]

N_SHOWN = 6
_PIECE = re.compile(r"(?P<name>\w+)=(?P<value>-?[\d.]+) \((?P<points>[+-][\d.]+)\)")
_SURE = 1e-6


@dataclass(frozen=True)
class Bar:
    """One sign: its points, and where its bar begins and how long it is, in percent of the width."""

    name: str
    points: str
    up: bool
    start: float
    size: float


@dataclass(frozen=True)
class Waterfall:
    """The signs in order, the sum of their points, and the probability that it comes to."""

    bars: tuple[Bar, ...]
    total: str
    share: str


def read_evidence(evidence: str) -> list[tuple[str, float]]:
    """Read the features and what each adds to the log-odds; empty where none are written.

    Examples
    --------
    >>> read_evidence("ha-tinh/annex/3.4; span_held=0.63 (+1.67); leads=0.00 (-0.07)")
    [('span_held', 1.67), ('leads', -0.07)]
    """
    return [(found["name"], float(found["points"])) for found in _PIECE.finditer(evidence)]


def _log_odds(probability: float) -> float:
    held = min(max(probability, _SURE), 1 - _SURE)
    return math.log(held / (1 - held))


def _steps(parts: Sequence[tuple[str, float]], probability: float) -> list[tuple[str, float]]:
    """Choose the start, the signs that weigh most, and the rest as one step."""
    known = dict(parts)
    whole = "bias" in known
    total = sum(known.values()) if whole else _log_odds(probability)
    signs = sorted((part for part in parts if part[0] != "bias"), key=lambda part: -abs(part[1]))
    shown = ([("bias", known["bias"])] if whole else []) + signs[:N_SHOWN]
    rest = total - sum(points for _, points in shown)
    return [*shown, ("rest" if whole else "rest_and_bias", rest)]


def _bars(steps: Sequence[tuple[str, float]], labels: Labels) -> list[Bar]:
    """Lay the steps end to end on one scale."""
    ends = [0.0]
    for _, points in steps:
        ends.append(ends[-1] + points)
    low, width = min(ends), max(max(ends) - min(ends), _SURE)
    bars = []
    for (name, points), a, b in zip(steps, ends, ends[1:], strict=False):
        text = labels.strings.get(f"feature.{name}", labels.strings["feature.other"])
        start, size = (100 * (min(a, b) - low) / width, 100 * abs(points) / width)
        bars.append(Bar(str(text), signed(points, labels), points >= 0, round(start, 1), round(size, 1)))
    return bars


def signed(points: float, labels: Labels) -> str:
    """Write points with their sign.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> signed(-1.5, read_labels("vi"))
    '−1,50'
    """
    return ("+" if round(points, 2) >= 0 else "−") + labels.number(abs(points), 2)


def waterfall(evidence: str, probability: float, labels: Labels) -> Waterfall | None:
    """Lay out what speaks for and against; None where the evidence says no points.

    Parameters
    ----------
    evidence : str
        Column ``evidence`` of ``queue`` (all signs, and where they start from) or ``memberships``
        (those that weigh most).
    probability : float
        What the signs come to, where not all of them are there.
    labels : Labels
    """
    parts = read_evidence(evidence)
    if not parts:
        return None
    steps = _steps(parts, probability)
    total = sum(points for _, points in steps)
    share = 1 / (1 + math.exp(-total))
    return Waterfall(tuple(_bars(steps, labels)), signed(total, labels), labels.percent(share))
