"""Which tasks are the same piece of work: pairs with a probability, and families of tasks.

In: the tasks table, and the catalogue if there is one. Out: an :class:`Alignment`. With a catalogue,
what readers decided stands and other tasks are matched to its families (:mod:`compare.align.matching`);
without one, families are drafted for a researcher to correct (:mod:`compare.align.settings`). How good
both are is measured by ``doichieu evaluate``.
"""

from compare.align.alignment import Alignment, align_tasks
from compare.align.explain import explain
from compare.align.grouping import group_average
from compare.align.settings import AlignSettings

__all__ = ["AlignSettings", "Alignment", "align_tasks", "explain", "group_average"]
