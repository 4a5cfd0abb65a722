"""An opened report: what the notebooks call.

In: the parameters of a notebook. Out: a :class:`Report`, which shows a section as notebook outputs:
HTML for words and tables, plotly's own JSON for charts. JupyterLab draws both; the report's page is
made from the same outputs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from IPython.display import publish_display_data

from compare.errors import ReportError, accepted
from compare.report import (
    burden,
    calendar,
    calendar_across,
    certainty,
    comparison,
    duties,
    grounds,
    grounds_across,
    load,
    overview,
    plan,
    promises,
    review,
    side_by_side,
)
from compare.report.blocks import Block
from compare.report.facts import hold_to
from compare.report.inputs import Inputs, open_inputs
from compare.report.method import method
from compare.report.parameters import day_given
from compare.report.ways import way, with_ways

__all__ = ["Report", "open_report"]

LOCALITY: Mapping[str, Callable[[Inputs, str], list[Block]]] = {
    "document": plan.document,
    "key": plan.key,
    "tasks": plan.tasks,
    "coverage": comparison.coverage,
    "gaps": comparison.gaps,
    "review": review.review,
    "unique": comparison.unique,
    "workload": burden.workload,
    "concentration": load.concentration,
    "links": load.links,
    "peaks": load.peaks,
    "today": load.today,
    "calendar": calendar.calendar,
    "duties": duties.duties,
    "targets": promises.targets,
    "citations": grounds.citations,
    "defects": plan.defects,
    "source": plan.source,
}
OVERVIEW: Mapping[str, Callable[[Inputs], list[Block]]] = {
    "documents": overview.documents,
    "tasks": overview.tasks,
    "coverage": overview.coverage,
    "side_by_side": side_by_side.side_by_side,
    "gaps": overview.gaps,
    "families": overview.families,
    "workload": overview.workload,
    "concentration": load.concentration_all,
    "leads": load.leads,
    "today": load.today_all,
    "calendar": calendar_across.calendar,
    "duties": duties.all_duties,
    "targets": promises.targets_all,
    "citations": grounds_across.citations,
    "defects": overview.defects,
    "scores": certainty.scores,
    "source": overview.source,
}


@dataclass(frozen=True)
class Report:
    """A report's inputs and parameters; of one locality, or of all where it is empty."""

    inputs: Inputs
    locality: str
    parameters: Mapping[str, object]

    @property
    def sections(self) -> list[str]:
        """Names of the sections, in the order in which they are meant to be shown."""
        return [*(LOCALITY if self.locality else OVERVIEW), "method"]

    def blocks(self, section: str) -> list[Block]:
        """Return the blocks of a section.

        Raises
        ------
        ReportError
            There is no section of that name in this report.
        """
        if section not in self.sections:
            raise ReportError(f"unknown section {section!r}; {accepted(self.sections)}")
        if section == "method":  # says what was done, and with what
            return method(self.inputs, list(self.parameters.items()))
        labels = self.inputs.labels
        anchor, key = ("source", "lines") if self.locality else ("task_list", "tasks")
        return with_ways(self._made(section), labels, way(labels, anchor, key))

    def _made(self, section: str) -> list[Block]:
        if self.locality:
            return LOCALITY[section](self.inputs, self.locality)
        return OVERVIEW[section](self.inputs)

    def show(self, *sections: str) -> None:
        """Show sections, each as several notebook outputs: heading, charts, tables."""
        for section in sections:
            for block in self.blocks(section):
                publish_display_data(*block.bundle())  # type: ignore[no-untyped-call]


def open_report(
    locality: str = "",
    language: str = "vi",
    processed: str | Path = "data/processed",
    min_probability: float = 0.0,
    before: str = "",
) -> Report:
    """Open the report of one locality, or of all of them.

    Parameters
    ----------
    locality : str
        Id of the locality; empty for the overview.
    language : {"vi", "en"}
        Language of the report.
    processed : path
        Folder of the built tables; plans and reference data lie beside it.
    min_probability : float
        Least probability of an automatic membership; what rests on weaker ones is shown as
        doubtful. 0 takes the coverage as it was built.
    before : str
        A day (``YYYY-MM-DD`` or ``dd/mm/yyyy``): the report lists what was due before it. Empty: no list.

    Returns
    -------
    Report

    Raises
    ------
    ReportError
        Unknown locality or language, a probability outside 0 to 1, no day, or tables that were built from
        other documents than those at hand.
    """
    if not 0 <= min_probability <= 1:
        raise ReportError(f"min_probability: a number from 0 to 1 wanted, found {min_probability!r}")
    day = day_given(before)
    inputs = open_inputs(processed, language)
    if locality:
        inputs.check_locality(locality)
    held = hold_to(inputs["coverage"], inputs["memberships"], inputs["tasks"], min_probability)
    parameters: dict[str, object] = {"locality": locality} if locality else {}
    parameters |= {"language": language, "min_probability": min_probability}
    parameters |= {"before": day} if day else {}
    tables = {**inputs.tables, "coverage": held}
    return Report(replace(inputs, tables=tables, before=day), locality, parameters)
