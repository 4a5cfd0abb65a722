"""What a table shows: headings and words in the reader's language, and how much room a column wants.

In: any table with column names of :mod:`compare.tables`, or a count of one thing by another. Out: the
same rows with headings, names and words, numbers left as numbers. Headings, kinds and widths of the
columns are those of the workbook; a column that it does not know stays as it is.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from compare.figures import Names
from compare.workbook.fields import Field, cell
from compare.workbook.sheets import SHEETS

__all__ = ["NUMERIC", "Column", "shown_table"]

NUMERIC = ("number", "index")
_MORE = (  # columns that no sheet of the workbook has
    *(Field(c, "number", 10) for c in ("value", "weight", "contribution", "n_members", "n_bodies")),
    *(Field(c, "number", 10) for c in ("n_agencies", "n_assignments", "n_left_out", "n_due", "days_before")),
    *(Field(c, "number", 10) for c in ("n_before_sum", "n_after", "n_shared", "n_others", "found", "total")),
    *(Field(c, "number", 10) for c in ("herfindahl", "gini")),
    *(Field(c, "percent", 10) for c in ("probability", "top3_share", "member_precision", "member_recall")),
    *(Field(c, "percent", 10) for c in ("member_f1", "pair_f1", "gap_precision", "gap_recall", "top_3")),
    *(Field(c, width=80) for c in ("text_a", "text_b", "printed_lines", "quote", "nearest")),
    *(Field(c, "agencies", 30) for c in ("leads_elsewhere", "agencies", "loose", "top")),
    *(Field(c, width=30) for c in ("leads_text", "coordinating_text", "defect", "task_a", "task_b")),
    *(Field(c, "list", 28) for c in ("n_each", "central", "usual")),
    Field("others", "localities", 20), Field("same", "flag", 10), Field("comparable", "flag", 10),
    Field("signal", "flag", 10), Field("item", "locality", 14), Field("verdict", "verdict", 16),
    Field("conflict", "feature", 20), Field("feature", "feature", 40), Field("name", width=36),
    Field("lead_kind", "lead_kind", 14), Field("reason", "reason", 36), Field("reading", "reading", 24),
    Field("line", "index", 8),
)  # fmt: skip
_FIELDS: Mapping[str, Field] = {
    **{field.column: field for field in _MORE},
    **{field.column: field for page in reversed(SHEETS.values()) for field in page.fields},
    "status": Field("status", "status", 14),  # of a family in a plan, not of a family
}
_KEYS = ("explore.column", "book.column", "column")
_PREFIXES = {
    **{kind: kind for kind in ("reading", "verdict", "feature")},
    **{"lead_kind": "agency", "reason": "target.reason"},
}
_OTHERWISE = ("explore.value", "flag", "fate")  # where codes that no sheet knows are named


@dataclass(frozen=True)
class Column:
    """One column as it is shown: its heading, its kind (see :mod:`compare.workbook.fields`), its width."""

    head: str
    kind: str = "text"
    width: int = 14


def _head(column: str, names: Names) -> str:
    """Return a column's heading: a label, a locality's name, or the column's own name."""
    found = (f"{key}.{column}" for key in _KEYS)
    key = next((key for key in found if key in names.labels.strings), None)
    return names.labels(key) if key else names.locality(column)


def _words(prefixes: Sequence[str], value: str, names: Names) -> str:
    """Name the codes of a ``;``-joined list by labels; what has none stays as it is."""
    strings = names.labels.strings
    keys = ([f"{prefix}.{code}" for prefix in prefixes] for code in value.split(";"))
    found = [next((key for key in some if key in strings), "") for some in keys]
    said = [names.labels(key) if key else code for key, code in zip(found, value.split(";"), strict=True)]
    return "; ".join(said)


def _said(found: object, names: Names, kind: str) -> str:
    """Write a typed cell of the workbook as text."""
    if found is None:
        return ""
    if kind == "percent":
        return names.labels.percent(float(str(found)))
    if isinstance(found, bool):
        return names.labels("signal.yes" if found else "signal.no")
    return (
        names.labels.date(found.isoformat())
        if isinstance(found, datetime.date)
        else str(found).replace("\n", "; ")
    )


def _value(value: object, field: Field, names: Names) -> object:
    """Return what a cell shows: a number as it is, everything else as text."""
    if field.kind in _PREFIXES:
        return _words([_PREFIXES[field.kind]], str(value), names)
    if field.kind == "localities":
        return ", ".join(names.locality(part) for part in str(value).split(";") if part)
    try:
        found = cell(names, field, value)
    except (KeyError, ValueError):  # not what this column holds elsewhere
        return _words(_OTHERWISE, str(value), names)
    return found if field.kind in NUMERIC else _said(found, names, field.kind)


def _field(column: str, table: pd.DataFrame, known: Mapping[str, Field]) -> Field:
    """Say how a column is shown; what is not known is told by its values."""
    values = table[column]
    if field := known.get(column):
        return field
    if pd.api.types.is_bool_dtype(values):
        return Field(column, "flag", 10)
    if pd.api.types.is_numeric_dtype(values):
        return Field(column, "number", 10)
    longest = int(values.astype(str).str.len().max()) if len(values) else 0
    return Field(column, "text", min(max(longest, 8), 80))


def _flat(table: pd.DataFrame, names: Names, known: Mapping[str, Field]) -> tuple[pd.DataFrame, list[str]]:
    """Make columns of a named index, and words of codes that stand as columns."""
    across = known.get(str(table.columns.name or ""))
    flat = table.reset_index() if any(name is not None for name in table.index.names) else table
    kept = set(flat.columns) - set(table.columns)
    heads = [
        str(_value(column, across, names))
        if across and column not in kept and column != "total"
        else _head(str(column), names)
        for column in flat.columns
    ]
    return flat.set_axis([str(column) for column in flat.columns], axis=1), heads


def shown_table(
    table: pd.DataFrame, names: Names, sheet: str = "", heads: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, list[Column]]:
    """Return a table as it is shown, and what its columns are.

    Parameters
    ----------
    table : DataFrame
        A named index becomes columns; so a count of localities by part reads well.
    names : Names
        What ids are called, and the language.
    sheet : str
        The sheet of the workbook whose words are meant, where columns of different tables share a name.
    heads : mapping, optional
        Headings for columns, in place of the usual ones.

    Returns
    -------
    DataFrame, list of Column
        Columns numbered from 0; numbers (NaN where there is none) or text.

    Examples
    --------
    >>> table = pd.DataFrame({"role": ["lead"], "share": [0.25], "n_tasks": [4]})
    >>> shown, columns = shown_table(table, Names())
    >>> [column.head for column in columns], shown.iloc[0].astype(str).tolist()
    (['Vai trò', 'Tỉ lệ trong số việc', 'Số việc'], ['chủ trì', '25%', '4.0'])
    """
    own = {field.column: field for field in SHEETS[sheet].fields} if sheet else {}
    known = {**_FIELDS, **own}
    flat, words = _flat(table, names, known)
    fields = [_field(column, flat, known) for column in flat.columns]
    words = [(heads or {}).get(column, word) for column, word in zip(flat.columns, words, strict=True)]
    cells = {
        n: pd.Series(
            [_value(value, field, names) for value in flat[field_column]],
            dtype="float64" if field.kind in NUMERIC else "object",
        )
        for n, (field_column, field) in enumerate(zip(flat.columns, fields, strict=True))
    }
    columns = [Column(word, field.kind, field.width) for word, field in zip(words, fields, strict=True)]
    return pd.DataFrame(cells), columns
