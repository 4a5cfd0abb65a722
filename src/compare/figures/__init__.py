"""Figures: a table goes in, a plotly figure comes out; no file, no screen, no state.

Every figure has a title with n, axis titles with units and a source note, rows sorted by value, and
reads in grey. Text of documents is escaped; numbers are written as the language writes them.
"""

from compare.figures.citations import plot_citations
from compare.figures.concentration import largest, load_reading, plot_concentration
from compare.figures.coverage import plot_coverage, plot_gaps_by_pillar
from compare.figures.due import plot_due, plot_rhythms, plot_year
from compare.figures.links import plot_link_flow, plot_links
from compare.figures.mergers import plot_merged_load
from compare.figures.peaks import plot_peaks
from compare.figures.schedule import plot_schedule
from compare.figures.scores import plot_scores
from compare.figures.style import Names
from compare.figures.targets import plot_targets
from compare.figures.tasks import plot_tasks_by_pillar
from compare.figures.workload import plot_workload

__all__ = [
    "Names",
    "largest",
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
]
