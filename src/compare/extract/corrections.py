"""Corrections: what no rule can put right is put right by hand, in a file beside the document.

In: the tasks of one document and its ``<stem>.corrections.csv`` (columns task_id, column, found,
value, reason). Out: the tasks with the values set, and one defect of kind ``corrected`` an entry. A
correction names what it found in print; when the print no longer says so, it is refused, and so is a
value that its column cannot hold.
"""

import re
from collections.abc import Sequence

import pandas as pd

from compare.documents import Document, read_reference
from compare.errors import ExtractionError, accepted
from compare.schema import TABLES

__all__ = ["apply_corrections"]

_COLUMNS = TABLES["tasks"].columns
_LISTS = ("leads", "coordinating")  # agency ids joined by ;
_DATES = ("timeline_start", "timeline_end")
_DATE = r"|--\d\d-\d\d|\d{4}(-\d\d(-\d\d)?)?"
_CHOICES = {"bool": ["True", "False"]}
_PRINTED = {
    **{column: f"{column}_text" for column in _LISTS},
    **dict.fromkeys(("timeline_kind", *_DATES), "timeline_text"),
}
_FIXED = {"task_id", "locality", "part", "source_file", "line_start", "line_end", "defects"}


def _check(tasks: pd.DataFrame, entry: dict[str, str], where: str) -> None:
    columns = [c for c in _COLUMNS if c not in _FIXED]
    if entry["column"] not in columns:
        raise ExtractionError(f"{where}: column {entry['column']!r} cannot be corrected; {accepted(columns)}")
    if entry["task_id"] not in tasks.index:
        raise ExtractionError(
            f"{where}: task {entry['task_id']!r} wanted, found none of that id; {accepted(tasks.index)}"
        )
    if not entry["reason"].strip():
        raise ExtractionError(f"{where}: a reason wanted, found none")
    printed = str(tasks.at[entry["task_id"], _PRINTED.get(entry["column"], entry["column"])])
    if printed != entry["found"]:
        raise ExtractionError(
            f"{where}: the correction was made for {entry['found']!r}, but the document says {printed!r}; "
            "read the place again and renew or remove the entry"
        )


def _choices(column: str) -> Sequence[str]:
    """List the values that a column of ids, kinds, numbers or truths may hold; none where it is free."""
    if column in _LISTS:
        return ["", *read_reference().agencies["agency_id"]]
    low, high = _COLUMNS[column].bounds or (0, -1)
    numbers = [str(n) for n in range(int(low), int(high) + 1)]
    return _COLUMNS[column].values or numbers or _CHOICES.get(_COLUMNS[column].dtype, [])


def _value(column: str, value: str, where: str) -> str | int | bool:
    """Return a corrected value as its column holds it."""
    choices = _choices(column)
    pieces = value.split(";") if column in _LISTS else [value]
    wrong = [piece for piece in pieces if choices and piece not in choices]
    if column in _DATES and not re.fullmatch(_DATE, value):
        wrong, choices = [value], ["", "2025", "2025-06", "2025-06-30", "--12-15"]
    if wrong:
        raise ExtractionError(f"{where}: {column} cannot be {wrong[0]!r}; {accepted(choices)}")
    dtype = _COLUMNS[column].dtype
    return int(value) if dtype == "int" else value == "True" if dtype == "bool" else value


def apply_corrections(
    tasks: pd.DataFrame, document: Document
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """Set the corrected values of a document's tasks.

    Returns
    -------
    DataFrame
        The tasks, with the values set and ``corrected`` among their defects.
    list of dict
        One row of the table ``defects`` an entry.

    Raises
    ------
    ExtractionError
        An entry names an unknown task or column, gives no reason, no longer fits the print, or sets a
        value that its column cannot hold (an agency or kind that does not exist).
    """
    corrected, defects = tasks.set_index("task_id", drop=False), []
    for line, entry in enumerate(document.corrections.to_dict("records"), 2):
        where = f"{document.source_file.removesuffix('.txt')}.corrections.csv, line {line}"
        _check(corrected, entry, where)
        task = entry["task_id"]
        corrected.at[task, entry["column"]] = _value(entry["column"], entry["value"], where)
        kinds = [*filter(None, corrected.at[task, "defects"].split(";")), "corrected"]
        corrected.at[task, "defects"] = ";".join(dict.fromkeys(kinds))
        shown = f"{entry['column']}: {entry['found']} -> {entry['value']}; {entry['reason']}"
        place = corrected.loc[task, ["locality", "source_file", "line_start", "line_end"]].to_dict()
        defects.append({"kind": "corrected", "task_id": task, "repaired": True, "detail": shown} | place)
    return corrected.reset_index(drop=True), defects
