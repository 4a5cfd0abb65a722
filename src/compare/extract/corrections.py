"""Corrections: what no rule can put right is put right by hand, in a file beside the document.

In: the tasks of one document and its ``<stem>.corrections.csv`` (columns task_id, column, found,
value, reason). Out: the tasks with the values set, and one defect of kind ``corrected`` an entry. A
correction names what it found in print; when the print no longer says so, it is refused.
"""

import pandas as pd

from compare.documents import Document
from compare.errors import ExtractionError, accepted
from compare.schema import TABLES

__all__ = ["apply_corrections"]

_PRINTED = {"leads": "leads_text", "coordinating": "coordinating_text"}
_FIXED = {"task_id", "locality", "part", "source_file", "line_start", "line_end", "defects"}


def _check(tasks: pd.DataFrame, entry: dict[str, str], where: str) -> None:
    columns = [c for c in TABLES["tasks"].columns if c not in _FIXED]
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
        An entry names an unknown task or column, gives no reason, or no longer fits the print.
    """
    corrected, defects = tasks.set_index("task_id", drop=False), []
    for line, entry in enumerate(document.corrections.to_dict("records"), 2):
        where = f"{document.source_file.removesuffix('.txt')}.corrections.csv, line {line}"
        _check(corrected, entry, where)
        task = entry["task_id"]
        old = corrected.at[task, entry["column"]]
        value = int(entry["value"]) if isinstance(old, int) else entry["value"]
        corrected.at[task, entry["column"]] = value
        kinds = [*filter(None, corrected.at[task, "defects"].split(";")), "corrected"]
        corrected.at[task, "defects"] = ";".join(dict.fromkeys(kinds))
        shown = f"{entry['column']}: {entry['found']} -> {entry['value']}; {entry['reason']}"
        place = corrected.loc[task, ["locality", "source_file", "line_start", "line_end"]].to_dict()
        defects.append({"kind": "corrected", "task_id": task, "repaired": True, "detail": shown} | place)
    return corrected.reset_index(drop=True), defects
