"""Đối chiếu: extract, align and compare the tasks of Vietnamese localities' action plans.

The study in a few lines::

    import compare as cp

    documents = cp.read_documents("data/raw")
    tasks = cp.normalise_tasks(cp.extract_tasks(documents))
    catalogue = cp.read_catalogue("data/catalogue", tasks)
    alignment = cp.align_tasks(tasks, catalogue)
    coverage = cp.coverage_table(alignment)
    workload = cp.agency_workload(tasks, alignment.memberships)
    cp.render_reports(["gia-lai"], jobs=2)

Each name is imported when it is first used, so that a kernel or worker that only shows tables does
not wait for the libraries that make them.
"""

from importlib import import_module
from typing import Any

_MODULES = {
    "align": ["AlignSettings", "Alignment", "align_tasks", "explain"],
    "catalogue": ["Catalogue", "read_catalogue", "reading_agreement"],
    "changes": ["build_changes"],
    "citations": [
        "citation_comparability",
        "citation_hierarchy",
        "citation_mentions",
        "extract_citations",
    ],
    "coverage": ["coverage_gaps", "coverage_table", "stated_tasks"],
    "deadlines": ["extract_deadlines"],
    "decisions": [
        "add_decisions",
        "import_decisions",
        "judge_decisions",
        "read_decisions",
        "settle_decisions",
    ],
    "documents": ["find_document", "read_documents", "read_reference"],
    "due": ["due_before"],
    "errors": [
        "CatalogueError",
        "CompareError",
        "DocumentError",
        "ExtractionError",
        "ReportError",
        "SchemaError",
    ],
    "exploring": ["choose", "show_progress", "show_table", "start_notebook"],
    "extract": ["Extraction", "check_counts", "documents_table", "extract_documents", "extract_tasks"],
    "figures": [
        "Names",
        "load_reading",
        "plot_citations",
        "plot_concentration",
        "plot_coverage",
        "plot_due",
        "plot_gaps_by_pillar",
        "plot_link_flow",
        "plot_links",
        "plot_merged_load",
        "plot_peaks",
        "plot_rhythms",
        "plot_schedule",
        "plot_scores",
        "plot_targets",
        "plot_tasks_by_pillar",
        "plot_workload",
        "plot_year",
    ],
    "groups": ["expand_groups"],
    "ics": ["CalendarFile", "calendar_ics"],
    "normalise": ["normalise_tasks"],
    "report": ["Report", "open_report", "read_names", "render_reports"],
    "review": ["review_queue"],
    "reviewing": ["ReviewPanel", "ReviewSession", "open_review"],
    "schedule": ["task_calendar"],
    "schema": ["read_table", "write_tables"],
    "succession": ["agency_holders", "agency_successors"],
    "targets": ["compare_targets", "extract_targets"],
    "workbook": ["write_workbook"],
    "workload": [
        "ReadingLimits",
        "agency_links",
        "agency_workload",
        "concentration",
        "family_leads",
        "link_matrix",
        "merged_load",
        "overload",
        "work_by_carrier",
        "workload_by_kind",
    ],
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}
__all__ = sorted(_HOME)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in _HOME:
        raise AttributeError(f"module 'compare' has no attribute {name!r}")
    value = getattr(import_module(f"compare.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
