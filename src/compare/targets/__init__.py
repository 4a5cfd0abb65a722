"""Quantified goals: found in the plans, one row a number, and set side by side.

In: documents and tasks. Out: the ``targets`` table, and its comparison over localities.
"""

from compare.targets.comparison import compare_targets
from compare.targets.extract import extract_targets
from compare.targets.pairs import pair_targets

__all__ = ["compare_targets", "extract_targets", "pair_targets"]
