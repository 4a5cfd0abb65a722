"""What a report is made from: the tables, the reference data, the documents' own lines.

In: the folder of processed tables; the plans and the reference data lie beside it. Out: one frozen
:class:`Inputs`. This is the only place of the reports that reads data, and it refuses tables that
were built from other documents than those at hand, since every source line would then be wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from compare.documents import Reference, read_documents, read_reference
from compare.errors import ReportError, accepted
from compare.extract import blank_lines, document_lines
from compare.figures import Names
from compare.figures.counts import score_limits
from compare.labels import Labels, read_labels
from compare.manifest import file_hash
from compare.report.sources import TABLES, inputs_key, shown_versions
from compare.schema import read_table
from compare.wording import agency_names, read_wording

__all__ = ["NEARLY", "Inputs", "Row", "open_inputs", "read_names"]

Row = dict[str, Any]
NEARLY = 0.75  # of the least probability that counts: from there a gap is called close


@dataclass(frozen=True)
class Inputs:
    """The tables by name, and what goes with them.

    ``before`` is the day that a reader asks about, if any; ``stated`` are the lines from which a plan's
    number, date, issuer and title were read, or where a blank stands for them.
    """

    tables: Mapping[str, pd.DataFrame]
    reference: Reference
    lines: Mapping[str, tuple[str, ...]]
    corrections: Mapping[str, pd.DataFrame]
    hashes: Mapping[str, str]
    language: str
    before: str = ""
    stated: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table."""
        return self.tables[name]

    @property
    def labels(self) -> Labels:
        """Strings of the report's language."""
        return read_labels(self.language)

    @cached_property
    def localities(self) -> list[str]:
        """Ids of the localities, sorted."""
        return sorted(self["documents"]["locality"])

    @cached_property
    def tasks(self) -> dict[str, Row]:
        """Tasks by id."""
        return {row["task_id"]: row for row in self["tasks"].to_dict("records")}

    @cached_property
    def members(self) -> dict[tuple[str, str], Row]:
        """Memberships by family and task."""
        rows = self["memberships"].to_dict("records")
        return {(row["family_id"], row["task_id"]): row for row in rows}

    @cached_property
    def family_tasks(self) -> dict[str, list[str]]:
        """Tasks by family, those that a reader or the program put into it."""
        groups = self["memberships"].sort_values("task_id").groupby("family_id")["task_id"]
        return {str(family): [task for task in ids if task in self.tasks] for family, ids in groups}

    @cached_property
    def cells(self) -> dict[tuple[str, str], Row]:
        """Coverage by family and locality."""
        rows = self["coverage"].to_dict("records")
        return {(row["family_id"], row["locality"]): row for row in rows}

    @cached_property
    def names(self) -> Names:
        """Names for ids; an English title that is missing is the Vietnamese one."""
        title = self["families"]["title_vi"]
        if self.language == "en":
            title = self["families"]["title_en"].where(self["families"]["title_en"] != "", title)
        agencies, pillars = self.reference.agencies, self.reference.pillars
        goals, defects = self.reference.indicators, self.reference.defects
        return Names(
            self.language,
            dict(zip(self["documents"]["locality"], self["documents"]["name_vi"], strict=True)),
            dict(zip(pillars["pillar"].astype(int), pillars[f"name_{self.language}"], strict=True)),
            dict(zip(self["families"]["family_id"], title, strict=True)),
            agency_names(self.reference, self.language),
            frozenset(agencies.loc[agencies["kind"] == "group", "agency_id"]),
            dict(zip(goals["indicator"], goals[f"name_{self.language}"], strict=True)),
            read_wording(self.reference, self.language),
            dict(zip(defects["kind"], defects[f"name_{self.language}"], strict=True)),
        )

    @cached_property
    def key(self) -> str:
        """One short hash over all inputs and versions: reports with the same key are the same."""
        return inputs_key(self.hashes, self.versions)

    @cached_property
    def catalogued(self) -> bool:
        """Whether the families come from a catalogue that a reader has reviewed."""
        return bool((self["families"]["status"] == "reviewed").any())

    @cached_property
    def read_tasks(self) -> frozenset[str]:
        """Tasks that a reader has put into a family."""
        members = self["memberships"]
        return frozenset(members.loc[members["origin"] == "reviewed", "task_id"])

    @cached_property
    def asked(self) -> frozenset[tuple[str, str]]:
        """Tasks and families that a reader is still asked about."""
        return frozenset(zip(self["queue"]["task_id"], self["queue"]["family_id"], strict=True))

    @cached_property
    def limits(self) -> dict[str, float]:
        """Probabilities that decide: of a membership with a catalogue, of a pair without one.

        Where every task was read, no probability decided anything, and there is none.
        """
        if not self.catalogued:
            return score_limits(self["pairs"])
        queue = self["queue"]
        return {} if queue.empty else {"member": float(queue["member_at"].iloc[0])}

    @cached_property
    def nearly(self) -> float:
        """Probability from which a gap is called close: a share of the least that counts.

        Where every task was read, of the least that counted for those that were proposed.
        """
        used = dict(zip(self["settings"]["name"], self["settings"]["value"], strict=True))
        proposed = float(used.get("member_at", 2.0))
        return NEARLY * min(self.limits.values(), default=proposed if pd.notna(proposed) else 2.0)

    @property
    def versions(self) -> dict[str, str]:
        """Versions of the packages that shape the result."""
        return shown_versions()

    def check_locality(self, locality: str) -> None:
        """Raise ReportError, naming those there are, where the locality is unknown."""
        if locality not in self.localities:
            raise ReportError(f"unknown locality {locality!r}; {accepted(self.localities)}")


def open_inputs(processed: str | Path, language: str = "vi") -> Inputs:
    """Read what the reports need; plans and reference data are beside the processed tables.

    Parameters
    ----------
    processed : path
        Folder of the tables, ``data/processed``.
    language : {"vi", "en"}
        Language of names and strings.

    Raises
    ------
    ReportError
        The language is unknown, or the tables were built from other documents.
    SchemaError, DocumentError
        A table, plan or reference file is missing or damaged.
    """
    read_labels(language)
    folder = Path(processed).resolve()
    tables = {name: read_table(name, folder) for name in TABLES}
    reference = read_reference(folder.parent / "reference")
    plans = {plan.locality: plan for plan in read_documents(folder.parent / "raw", reference)}
    built = dict(zip(tables["documents"]["locality"], tables["documents"]["sha256"], strict=True))
    changed = [place for place, sha in built.items() if place not in plans or plans[place].sha256 != sha]
    if changed:
        raise ReportError(f"the tables were built from other documents of {changed}; run: doichieu build")
    return Inputs(
        tables,
        reference,
        {place: plans[place].lines for place in built},
        {place: plans[place].corrections for place in built},
        {name: file_hash(folder / f"{name}.parquet") for name in TABLES},
        language,
        stated={place: blank_lines(plans[place]) | document_lines(plans[place]) for place in built},
    )


def read_names(processed: str | Path = "data/processed", language: str = "vi", locality: str = "") -> Names:
    """Read what ids are called, for the figures: localities, pillars, families, agencies.

    Parameters
    ----------
    processed, language
        As for :func:`open_inputs`.
    locality : str, optional
        A locality that the caller is going to ask for: refused where there is none of this id.

    Raises
    ------
    ReportError, SchemaError, DocumentError
        As :func:`open_inputs`; or the locality is unknown.
    """
    inputs = open_inputs(processed, language)
    if locality:
        inputs.check_locality(locality)
    return inputs.names
