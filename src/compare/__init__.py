"""Đối chiếu: extract, align and compare the tasks of Vietnamese localities' action plans.

The study in a few lines::

    import compare as cp

    documents = cp.read_documents("data/raw")
    tasks = cp.normalise_tasks(cp.extract_tasks(documents))
    alignment = cp.align_tasks(tasks)
    coverage = cp.coverage_table(alignment)
    workload = cp.agency_workload(tasks, alignment.memberships)
    cp.render_reports(["gia-lai"], jobs=2)
"""

from compare.align import Alignment, AlignSettings, align_tasks, explain
from compare.coverage import coverage_gaps, coverage_table
from compare.documents import read_documents, read_reference
from compare.errors import CompareError, DocumentError, ExtractionError, ReportError, SchemaError
from compare.extract import Extraction, check_counts, documents_table, extract, extract_tasks
from compare.figures import (
    plot_coverage,
    plot_gaps_by_pillar,
    plot_schedule,
    plot_scores,
    plot_tasks_by_pillar,
    plot_timelines,
    plot_workload,
)
from compare.figures import (
    Names,
    plot_coverage,
    plot_gaps_by_pillar,
    plot_schedule,
    plot_scores,
    plot_tasks_by_pillar,
    plot_timelines,
    plot_workload,
)
from compare.normalise import normalise_tasks
from compare.report import open_report, render_reports
from compare.report import Report, open_report, read_names, render_reports
from compare.schema import read_table, write_tables
from compare.workload import agency_workload, workload_by_kind

__all__ = [
    "AlignSettings",
    "Alignment",
    "CompareError",
    "DocumentError",
    "Extraction",
    "ExtractionError",
    "Names",
    "Report",
    "ReportError",
    "SchemaError",
    "agency_workload",
    "align_tasks",
    "check_counts",
    "coverage_gaps",
    "coverage_table",
    "documents_table",
    "explain",
    "extract",
    "extract_tasks",
    "normalise_tasks",
    "open_report",
    "plot_coverage",
    "plot_gaps_by_pillar",
    "plot_schedule",
    "plot_scores",
    "plot_tasks_by_pillar",
    "plot_timelines",
    "plot_workload",
    "read_documents",
    "read_names",
    "read_reference",
    "read_table",
    "render_reports",
    "workload_by_kind",
    "write_tables",
]
