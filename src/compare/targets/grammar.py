"""The words around a number, from ``data/reference``: what it counts, how it is meant, what is none.

In: the reference tables. Out: one :class:`Grammar` of compiled patterns over text that was folded in
place, so that a match leads back to print.
"""

import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from compare.documents import Reference, read_reference

__all__ = ["Grammar", "Indicator", "Unit", "read_grammar"]


@dataclass(frozen=True)
class Unit:
    """What a number counts: its normalised name and kind."""

    name: str
    kind: str  # share, count, person, money, measure, time, structure; "" where the word is not known


@dataclass(frozen=True)
class Indicator:
    """One row of ``indicators.csv``: its id, unit and pattern, and whether it counts what there is."""

    name: str
    unit: str
    pattern: re.Pattern[str]
    stock: bool = False  # how many there are, not how many are founded, dissolved or helped


@dataclass(frozen=True)
class Grammar:
    """Compiled patterns, each table in its own order."""

    goal: dict[str, re.Pattern[str]]
    bound: dict[str, re.Pattern[str]]
    phrase: dict[str, re.Pattern[str]]
    masks: tuple[re.Pattern[str], ...]
    units: tuple[tuple[Unit, re.Pattern[str]], ...]
    indicators: tuple[Indicator, ...]

    def unit_at(self, folded: str, place: int) -> tuple[Unit, int] | None:
        """Find the longest unit that begins at a place of a folded text, and where it ends."""
        found = [(m.end(), unit) for unit, pattern in self.units if (m := pattern.match(folded, place))]
        if not found:
            return None
        end, unit = max(found, key=lambda pair: pair[0])
        return unit, end


def _compile(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def _bounds(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """Anchor the words before a number at its place, those after it behind its unit."""
    anchored = {
        name: rf"^\s*(?:{pattern})" if name.endswith("-after") else rf"(?<!\w)(?:{pattern})\s*$"
        for name, pattern in patterns.items()
    }
    return _compile(anchored)


def _units(table: pd.DataFrame) -> tuple[tuple[Unit, re.Pattern[str]], ...]:
    rows = zip(table["unit"], table["kind"], table["pattern"], strict=True)
    return tuple((Unit(unit, kind), re.compile(rf"(?:{pattern})(?!\w)")) for unit, kind, pattern in rows)


def read_grammar(reference: Reference | None = None) -> Grammar:
    """Compile the patterns of the reference tables; those of the project by default."""
    return _project_grammar() if reference is None else _grammar(reference)


@cache
def _project_grammar() -> Grammar:
    return _grammar(read_reference())


def _grammar(reference: Reference) -> Grammar:
    table = reference.indicators
    rows = zip(table["indicator"], table["unit"], table["pattern"], table["kind"] == "stock", strict=True)
    return Grammar(
        goal=_compile(reference.patterns("goal")),
        bound=_bounds(reference.patterns("bound")),
        phrase=_compile(reference.patterns("phrase")),
        masks=tuple(_compile(reference.patterns("quantity")).values()),
        units=_units(reference.units),
        indicators=tuple(
            Indicator(name, unit, re.compile(pattern), stock) for name, unit, pattern, stock in rows
        ),
    )
