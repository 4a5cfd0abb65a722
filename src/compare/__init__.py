"""Đối chiếu: extract, align and compare the tasks of Vietnamese localities' action plans.

The study in a few lines::

    import compare as cp

    documents = cp.read_documents("data/raw")
    tasks = cp.normalise_tasks(cp.extract_tasks(documents))
"""

from compare.align import Alignment, AlignSettings, align_tasks, explain
from compare.catalogue import Catalogue, read_catalogue, reading_agreement
from compare.coverage import coverage_gaps, coverage_table
from compare.documents import read_documents, read_reference
from compare.errors import (
    CatalogueError,
    CompareError,
    DocumentError,
    ExtractionError,
    ReportError,
    SchemaError,
)
from compare.evaluate import evaluate, evaluation_text
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
from compare.normalise import normalise_tasks
from compare.report import open_report, render_reports
from compare.schema import read_table, write_tables
from compare.workload import agency_workload, workload_by_kind

__all__ = [
    "AlignSettings",
    "Alignment",
    "Catalogue",
    "CatalogueError",
    "CompareError",
    "DocumentError",
    "Extraction",
    "ExtractionError",
    "ReportError",
    "SchemaError",
    "agency_workload",
    "align_tasks",
    "check_counts",
    "coverage_gaps",
    "coverage_table",
    "documents_table",
    "evaluate",
    "evaluation_text",
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
    "read_catalogue",
    "read_documents",
    "read_reference",
    "read_table",
    "reading_agreement",
    "render_reports",
    "workload_by_kind",
    "write_tables",
]
