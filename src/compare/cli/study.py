"""The whole study on one page: from a folder of plans to every derived table.

In: the folders. Out: one table a name. What several tables rest on (documents, tasks, alignment) is made
once, when it is first asked for; so a new table is one line in :data:`MAKERS`, wherever it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

import compare as cp
from compare.agencies import mentions_table
from compare.align import Alignment, align_tasks
from compare.align.settings import settings_table
from compare.catalogue import Catalogue
from compare.documents import Document, Reference, read_documents, read_reference
from compare.extract import Extraction, extract_documents
from compare.measured import inputs_fingerprint, read_evaluation
from compare.normalise import add_unresolved

__all__ = ["MAKERS", "Study", "build_tables", "read_known"]


def read_known(
    folder: str | Path | None, tasks: pd.DataFrame
) -> tuple[Catalogue | None, pd.DataFrame | None]:
    """Read the catalogue and the decisions of a folder; ``None`` is a cold start, without either."""
    if folder is None:
        return None, None
    place = Path(folder)
    catalogue = cp.read_catalogue(place, tasks)
    log = place / "decisions.csv"
    return catalogue, cp.read_decisions(log, catalogue) if log.is_file() else None


@dataclass(frozen=True)
class Study:
    """What the tables are made from, and by name (``study["tasks"]``) the tables; each made once.

    Attributes
    ----------
    raw, reference, catalogue : path
        The folders, as for :func:`build_tables`.
    tables : dict
        The tables made so far.
    """

    raw: str | Path
    reference: str | Path | None = None
    catalogue: str | Path | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Give a table, made now if it is the first time that it is asked for."""
        if name not in self.tables:
            self.tables[name] = MAKERS[name](self)
        return self.tables[name]

    @cached_property
    def known(self) -> Reference:
        """The reference tables."""
        return read_reference(self.reference)

    @cached_property
    def documents(self) -> list[Document]:
        """The plans as read."""
        return read_documents(self.raw, self.known)

    @cached_property
    def levels(self) -> dict[str, str]:
        """Locality -> its level."""
        return {d.locality: d.level for d in self.documents}

    @cached_property
    def extraction(self) -> Extraction:
        """Tasks and defects as extracted."""
        return extract_documents(self.documents, self.known)

    @cached_property
    def reviewed(self) -> tuple[Catalogue | None, pd.DataFrame | None]:
        """The catalogue and the decisions."""
        return read_known(self.catalogue, self["tasks"])

    @cached_property
    def alignment(self) -> Alignment:
        """The tasks aligned."""
        return align_tasks(self["tasks"], *self.reviewed)


def _last_evaluation(study: Study) -> pd.DataFrame:
    """Read the last evaluation of a catalogue; there is none without one."""
    known, _ = study.reviewed
    if study.catalogue is None or known is None:
        return read_evaluation(Path())
    fingerprint = inputs_fingerprint(study["tasks"], known)
    return read_evaluation(Path(study.catalogue, "evaluation.csv"), fingerprint)


MAKERS: dict[str, Callable[[Study], pd.DataFrame]] = {
    "documents": lambda s: cp.documents_table(s.documents),
    "tasks": lambda s: cp.normalise_tasks(s.extraction.tasks, s.known),
    "defects": lambda s: add_unresolved(s.extraction.defects, s["tasks"], s["mentions"]),
    "mentions": lambda s: mentions_table(s["tasks"], s.levels),
    "clauses": lambda s: s.alignment.clauses,
    "pairs": lambda s: s.alignment.pairs,
    "families": lambda s: s.alignment.families,
    "memberships": lambda s: s.alignment.memberships,
    "settings": lambda s: settings_table(s.alignment.settings),
    "queue": lambda s: cp.review_queue(s.alignment, s.reviewed[1]),
    "evaluation": _last_evaluation,
    "coverage": lambda s: cp.coverage_table(s.alignment),
    "deadlines": lambda s: cp.extract_deadlines(s.documents, s["tasks"], s.known),
    "calendar": lambda s: cp.task_calendar(s["tasks"], s["deadlines"], s.known),
    "workload": lambda s: cp.agency_workload(s["tasks"], s["memberships"], mentions=s["mentions"]),
    "holders": lambda s: cp.agency_holders(s["tasks"], s.known),
    "agency_links": lambda s: cp.agency_links(s["tasks"], s["memberships"]),
    "targets": lambda s: cp.extract_targets(s.documents, s["tasks"], s.known),
    "citations": lambda s: cp.extract_citations(s.documents, s["tasks"], s.known),
    "citation_mentions": lambda s: cp.citation_mentions(s.documents, s["tasks"], s.known),
}
"""How each table is made, one line a table: from what the study knows and from other tables."""


def build_tables(
    raw: str | Path, reference: str | Path | None = None, catalogue: str | Path | None = None
) -> dict[str, pd.DataFrame]:
    """Make every derived table from a folder of plans.

    Parameters
    ----------
    raw : path
        Folder with the plans.
    reference : path, optional
        Folder with the reference tables; that of the project by default.
    catalogue : path, optional
        Folder with the catalogue and the decisions; without it, families are drafted anew.

    Returns
    -------
    dict
        Table name -> table, as :data:`compare.schema.TABLES` defines them, but ``changes``.
    """
    study = Study(raw, reference, catalogue)
    return {name: study[name] for name in MAKERS}
