"""Quantified goals: found in the plans, one row a number, and set side by side.

In: documents and tasks. Out: the ``targets`` table, and its comparison over localities.
"""

from compare.targets.extract import extract_targets

__all__ = ["extract_targets"]
