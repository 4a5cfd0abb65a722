"""Choosers for locality, pillar and family: what is below them is drawn anew with each choice.

In: a function that draws, and the notebook's parameters, with which it starts. Out: dropdowns of
ipywidgets in JupyterLab; elsewhere the starting choice, said in words above what was drawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import pandas as pd
from IPython.display import Markdown, display

from compare.errors import CompareError, accepted
from compare.exploring.live import is_live, load
from compare.figures import Names
from compare.figures.counts import pillars_first
from compare.text import fold

__all__ = ["Choice", "choose"]

_KEYS = ("locality", "pillar", "family")
_WIDTHS = {"locality": "22rem", "pillar": "36rem", "family": "52rem"}
Options = list[tuple[str, Any]]  # what is read, what is meant


@dataclass(frozen=True)
class Choice:
    """Something drawn for what is chosen; ``chosen`` is what it starts with."""

    draw: Callable[..., Any]
    names: Names
    chosen: Mapping[str, Any]
    families: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"family_id": [], "pillar": []}))

    def options(self, key: str, pillar: int | None = None) -> Options:
        """List what can be chosen; families of one pillar only, where one is given."""
        if key == "locality":
            return [(self.names.locality(place), place) for place in sorted(self.names.localities)]
        if key == "pillar":
            known = pillars_first(self.names.pillars)
            named = [(self.names.pillar(number), number) for number in known]
            return [(self.names.labels("explore.every_pillar"), None), *named]
        rows = self.families if pillar is None else self.families[self.families["pillar"] == pillar]
        titles = [(self.names.families.get(family, family), family) for family in rows["family_id"]]
        return sorted(titles, key=lambda title: (fold(title[0]), title))

    def __repr__(self) -> str:
        """Say in words what is chosen at first."""
        words = {
            key: next(w for w, v in self.options(key) if v == value) for key, value in self.chosen.items()
        }
        return "; ".join(f"{self.names.labels(f'explore.{key}')}: {word}" for key, word in words.items())

    def panel(self) -> Any:
        """Make the dropdowns, and draw below them.

        Raises
        ------
        CompareError
            ipywidgets is not installed.
        """
        widgets = load("ipywidgets", "a chooser")
        fields = {
            key: widgets.Dropdown(
                options=self.options(key, self.chosen.get("pillar")),
                value=value,
                description=self.names.labels(f"explore.{key}"),
                layout=widgets.Layout(width=_WIDTHS[key], max_width="100%"),
                style={"description_width": "6.5rem"},
            )
            for key, value in self.chosen.items()
        }
        if {"pillar", "family"} <= set(fields):
            fields["pillar"].observe(lambda change: self._narrow(fields["family"], change["new"]), "value")
        panel = widgets.interactive(self.draw, {"manual": False, "auto_display": True}, **fields)
        panel.add_class("dc-choice")
        return panel

    def _narrow(self, family: Any, pillar: int | None) -> None:
        """Offer the families of a pillar; the one that is chosen stays if it is among them."""
        offered, before = self.options("family", pillar), family.value
        family.options = offered
        if before in [meant for _, meant in offered]:
            family.value = before

    def _ipython_display_(self) -> None:
        """Show dropdowns and drawing, or where nobody can choose, the first choice."""
        if is_live():
            display(self.panel())  # type: ignore[no-untyped-call]
            return
        display(Markdown(f"*{self!r}*"))  # type: ignore[no-untyped-call]
        display(self.draw(**self.chosen))  # type: ignore[no-untyped-call]


def choose(
    draw: Callable[..., Any], names: Names, families: pd.DataFrame | None = None, **chosen: Any
) -> Choice:
    """Draw a figure or table for a locality, pillar or family that the reader chooses.

    Parameters
    ----------
    draw : callable
        Takes what is chosen by the names of ``chosen``; returns a figure or table.
    names : Names
        What can be chosen is what has a name here.
    families : DataFrame, optional
        ``family_id``, ``pillar``: the families to choose from, wanted with ``family``.
    **chosen
        Any of ``locality``, ``pillar`` (None for all) and ``family``: the choices offered, and the
        value that each starts with. Families are those of the chosen pillar, where both are offered.

    Returns
    -------
    Choice
        Shown by a notebook.

    Raises
    ------
    CompareError
        Something else is to be chosen, or a starting value cannot be chosen.

    Examples
    --------
    >>> names = Names(localities={"gia-lai": "Gia Lai", "ha-tinh": "Hà Tĩnh"})
    >>> choose(print, names, locality="gia-lai")
    Địa phương: Gia Lai
    """
    if unknown := sorted(set(chosen) - set(_KEYS)):
        raise CompareError(f"unknown choice {unknown}; {accepted(_KEYS)}")
    if "family" in chosen and families is None:
        raise CompareError("choose: families (family_id, pillar) wanted with family, found none")
    made = Choice(draw, names, chosen) if families is None else Choice(draw, names, chosen, families)
    for key, value in chosen.items():
        _check(key, value, [meant for _, meant in made.options(key, chosen.get("pillar"))])
    return made


def _check(key: str, value: Any, known: list[Any]) -> None:
    """Raise where a starting value cannot be chosen; of many, the nearest are named."""
    if value in known:
        return
    words = [str(one) for one in known]
    near = words if len(words) <= 12 else get_close_matches(str(value), words, n=5, cutoff=0.0)
    raise CompareError(f"unknown {key} {value!r}; {accepted(near)}")
