"""What the columns of a sheet show: how a value of a table becomes a typed cell.

In: values of the tables. Out: text, numbers, dates or yes and no, in the reader's language. A date
that the document gives only in part stays text, since no cell could hold it honestly.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from compare.figures import Names

__all__ = ["Field", "Value", "cell"]

Value = str | float | bool | datetime.date | None
_FIRST = "1900-03-01"  # a workbook counts earlier days wrongly or not at all
_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Field:
    """One column of a sheet: the table's column, how it is shown, how wide in characters, its heading.

    ``head`` is the column whose heading it has, where what is shown is not what the table's own says.
    """

    column: str
    kind: str = "text"
    width: int = 14
    head: str = ""


def _named(name: Callable[[str], str]) -> Callable[[Names, str], str]:
    """Name every id of a ``;``-joined list, one a line."""
    return lambda names, value: "\n".join(name(part) for part in value.split(";")) if value else ""


def _agencies(names: Names, value: str) -> str:
    return _named(names.agency)(names, value)


def _families(names: Names, value: str) -> str:
    return _named(lambda family: names.families.get(family, family))(names, value)


def _date(names: Names, value: str) -> Value:
    whole = _WHOLE_DATE.fullmatch(value) and value >= _FIRST
    return datetime.date.fromisoformat(value) if whole else names.labels.date(value)


def _yearly(_: Names, value: str) -> str:
    """Write a day of every year (``MM-DD``) as day/month; it is no date, since it has no year."""
    return "/".join(reversed(value.split("-")))


def _word(prefix: str) -> Callable[[Names, str], str]:
    """Name a code by the label ``<prefix>.<code>``."""
    return lambda names, value: names.labels(f"{prefix}.{value}") if value else ""


def _words(prefix: str) -> Callable[[Names, str], str]:
    """Name every code of a ``;``-joined list, one a line."""
    return lambda names, value: _named(lambda code: names.labels(f"{prefix}.{code}"))(names, value)


_KINDS: dict[str, Callable[[Names, str], Value]] = {
    "agencies": _agencies,
    "families": _families,
    "date": _date,
    "yearly": _yearly,
    "locality": lambda names, value: names.locality(value),
    "pillar": lambda names, value: names.pillar(int(value)),
    "indicator": lambda names, value: names.indicator(value),
    "parts": _words("part"),
    "codes": _words("book.value"),
    "said": lambda names, value: names.wording.said(value),
    "unit": lambda names, value: names.wording.unit(value),
    "issuer": lambda names, value: names.wording.issuer(value),
    "defect": lambda names, value: names.defects.get(value, value),
    "list": lambda _, value: value.replace(";", "\n"),
    **{kind: _word(kind) for kind in ("level", "part", "status", "role", "time")},
    "book": _word("book.value"),
}


def cell(names: Names, field: Field, value: object) -> Value:
    """Return what a cell holds: named, typed, and nothing where the table has nothing.

    Parameters
    ----------
    names : Names
        What ids are called, and the language.
    field : Field
        The column.
    value : object
        The table's value.

    Returns
    -------
    str, float, bool, date or None
        ``None`` for a missing number and for no text.
    """
    if field.kind in ("number", "index", "percent"):
        return None if str(value) in ("", "nan", "<NA>", "None") else float(str(value))
    if field.kind == "flag":
        return bool(value)
    found = _KINDS[field.kind](names, str(value)) if field.kind in _KINDS else str(value)
    return None if found == "" else found
