"""How well the alignment does, measured on the catalogue's own reviewed memberships.

In: tasks and catalogue. Out: tables. Two questions are asked: how good are the drafts without a
catalogue, beside the known ways of comparing texts; and how well would each locality have been
aligned, had it come as a new one, with all the others read and nothing of its own known.
"""

from compare.evaluate.cold_start import folded_texts
from compare.evaluate.evaluation import evaluate_alignment, evaluation_text
from compare.evaluate.metrics import b_cubed, best_cut, calibration_error, reliability

__all__ = [
    "b_cubed",
    "best_cut",
    "calibration_error",
    "evaluate_alignment",
    "evaluation_text",
    "folded_texts",
    "reliability",
]
