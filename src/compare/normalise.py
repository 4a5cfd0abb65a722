"""Tasks as printed get what people compare by: agency ids, pillar, kind and dates of the time.

In: the tasks of :func:`compare.extract_tasks`. Out: the same rows with the empty normalised columns
filled. A value that a correction has set stays. Nothing printed is changed.
"""

import re

import pandas as pd

from compare.agencies import agency_ids, read_vocabulary, resolve_cell
from compare.documents import Reference, read_reference
from compare.schema import TABLES, check_table
from compare.text import fold
from compare.timelines import parse_timeline

__all__ = ["add_unresolved", "normalise_tasks", "pillar_of"]

_UNRESOLVED = "agency-unresolved"


def pillar_of(title: str, reference: Reference) -> int:
    """Return the pillar that a section's title names; 0 where none does.

    Examples
    --------
    >>> pillar_of("Nâng cao hiệu lực, hiệu quả quản lý nhà nước", read_reference())
    4
    """
    folded = fold(title)
    for row in reference.pillars.itertuples():
        if row.heading_pattern and re.search(row.heading_pattern, folded):
            return int(row.pillar)
    return 0


def _top_titles(tasks: pd.DataFrame) -> pd.Series:
    """Return the title of the outermost section (2 of 2.1) of each task's section."""
    place = ["locality", "part", "section"]
    known = tasks.drop_duplicates(place).set_index(place)["section_title"].to_dict()

    def top(locality: str, part: str, section: str, title: str) -> str:
        pieces = section.split(".")
        outer = ((locality, part, ".".join(pieces[:n])) for n in range(1, len(pieces)))
        return next((known[o] for o in outer if o in known), title)

    rows = zip(*(tasks[column] for column in [*place, "section_title"]), strict=True)
    return pd.Series([top(*row) for row in rows], index=tasks.index)


def _pillars(tasks: pd.DataFrame, reference: Reference) -> pd.Series:
    named = {title: pillar_of(title, reference) for title in _top_titles(tasks).unique()}
    found = _top_titles(tasks).map(named)
    found = found.where(tasks["part"] != "implementation", 0)
    return tasks["pillar"].where(tasks["pillar"] > 0, found)


def _ids(tasks: pd.DataFrame, column: str, levels: dict[str, str]) -> list[str]:
    cells = zip(tasks["locality"], tasks[column], tasks[f"{column}_text"], strict=True)
    return [set_ or agency_ids(text, read_vocabulary(levels[place])) for place, set_, text in cells]


def _set_or(column: pd.Series, found: list[str]) -> list[str]:
    return [set_ or value for set_, value in zip(column, found, strict=True)]


def _unresolved(tasks: pd.DataFrame, levels: dict[str, str]) -> list[str]:
    """Add ``agency-unresolved`` to the defects of tasks with a name that has no id."""
    marked = []
    for task in tasks.itertuples():
        vocabulary = read_vocabulary(levels[task.locality])
        cells = [] if task.leads and "corrected" in task.defects else [task.leads_text]
        names = [m for c in [*cells, task.coordinating_text] for m in resolve_cell(c, vocabulary)]
        kinds = [*filter(None, task.defects.split(";"))]
        kinds += [_UNRESOLVED] if any(not m.agency_id for m in names) else []
        marked.append(";".join(dict.fromkeys(kinds)))
    return marked


def normalise_tasks(tasks: pd.DataFrame, reference: Reference | None = None) -> pd.DataFrame:
    """Fill the normalised columns of extracted tasks.

    Parameters
    ----------
    tasks : DataFrame
        As :func:`compare.extract_tasks` returns them.
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    DataFrame
        Table ``tasks``: the same rows with ``leads`` and ``coordinating`` (agency ids), ``pillar``,
        ``timeline_kind``, ``timeline_start`` and ``timeline_end`` filled.

    Raises
    ------
    SchemaError
        A column is missing.

    Notes
    -----
    Idempotent: normalising normalised tasks changes nothing.
    """
    reference = reference or read_reference()
    levels = dict(zip(reference.localities["locality"], reference.localities["level"], strict=True))
    times = [parse_timeline(text) for text in tasks["timeline_text"]]
    filled = tasks.assign(
        pillar=_pillars(tasks, reference),
        leads=_ids(tasks, "leads", levels),
        coordinating=_ids(tasks, "coordinating", levels),
        timeline_kind=_set_or(tasks["timeline_kind"], [t.kind for t in times]),
        timeline_start=_set_or(tasks["timeline_start"], [t.start for t in times]),
        timeline_end=_set_or(tasks["timeline_end"], [t.end for t in times]),
    )
    filled = filled.assign(defects=_unresolved(filled, levels))
    return check_table(filled, "tasks")


def add_unresolved(defects: pd.DataFrame, tasks: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Add the names without an id, which are known only after normalising, to the defects met in reading.

    Parameters
    ----------
    defects : DataFrame
        Table ``defects`` of :func:`compare.extract_documents`.
    tasks : DataFrame
        Table ``tasks``, normalised.
    mentions : DataFrame
        Table ``mentions`` of these tasks.

    Returns
    -------
    DataFrame
        Table ``defects`` with a row a task that is marked ``agency-unresolved``; its names as printed
        stand in ``detail``.

    Examples
    --------
    >>> from compare.tables import TABLES
    >>> task = {"task_id": "a/1", "locality": "a", "source_file": "a.txt", "line_start": 3, "line_end": 4}
    >>> names = pd.DataFrame({"task_id": ["a/1"], "agency_id": [""], "printed": ["Sở Du lịch"]})
    >>> none = pd.DataFrame(columns=list(TABLES["defects"].columns))
    >>> tasks = pd.DataFrame([task | {"defects": "agency-unresolved"}])
    >>> add_unresolved(none, tasks, names)["detail"].tolist()
    ['Sở Du lịch']
    """
    marked = tasks[[_UNRESOLVED in kinds.split(";") for kinds in tasks["defects"]]]
    if marked.empty:
        return defects
    unknown = mentions[mentions["agency_id"] == ""]
    printed = unknown.groupby("task_id")["printed"].agg(lambda names: "; ".join(dict.fromkeys(names)))
    rows = marked.assign(kind=_UNRESOLVED, repaired=False, detail=marked["task_id"].map(printed))
    order = ["locality", "line_start", "line_end", "kind", "task_id"]
    parts = [part for part in (defects, rows[list(TABLES["defects"].columns)]) if len(part)]
    return check_table(pd.concat(parts, ignore_index=True).sort_values(order), "defects")
