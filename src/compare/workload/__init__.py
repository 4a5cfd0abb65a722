"""Who carries the load: how much, with whom, how unevenly, by when, and what mergers add up.

In: the tasks, with memberships, unresolved names, families and holders where known. Out: the tables
``workload`` and ``agency_links``, and small tables made from them. A piece of work counts once:
:mod:`compare.workload.assignments` says which.
"""

from compare.workload.across import family_leads
from compare.workload.assignments import UNNAMED, UNRESOLVED, assignments, counted_tasks, restatements
from compare.workload.carriers import CARRIERS, task_carriers, work_by_carrier
from compare.workload.links import agency_links, link_matrix
from compare.workload.loads import agency_workload, workload_by_kind
from compare.workload.mergers import merged_load
from compare.workload.peaks import overload
from compare.workload.spread import ReadingLimits, concentration, gini, herfindahl

__all__ = [
    "CARRIERS",
    "UNNAMED",
    "UNRESOLVED",
    "ReadingLimits",
    "agency_links",
    "agency_workload",
    "assignments",
    "concentration",
    "counted_tasks",
    "family_leads",
    "gini",
    "herfindahl",
    "link_matrix",
    "merged_load",
    "overload",
    "restatements",
    "task_carriers",
    "work_by_carrier",
    "workload_by_kind",
]
