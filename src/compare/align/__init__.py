"""Which tasks are the same piece of work: pairs with a probability, and families of tasks.

In: the tasks table. Out: an :class:`Alignment`. This is the cold start, without a catalogue: a first
draft for a researcher to correct, measured against a reader's families of the five plans in
:mod:`compare.align.settings`.
"""

from compare.align.alignment import Alignment, align_tasks
from compare.align.explain import explain
from compare.align.grouping import group_average
from compare.align.settings import AlignSettings

__all__ = ["AlignSettings", "Alignment", "align_tasks", "explain", "group_average"]
