"""Tasks are matched to families through the families' reviewed members.

In: tasks, and the catalogue. Out: for each task and family the probability that the task belongs
there, with the evidence and what each piece of it contributes. A family is known by its *spans*: the
words of each member that a reader quoted (or all of the member, where the family is all it asks). A
task is read through *windows* of one to three neighbouring pieces, and each family speaks for the
window that resembles its spans most. The weights of the evidence are learned on the catalogue
itself, each locality scored through the members of the others, as a new locality would be.

Measured, how well this does, and what was tried: :mod:`compare.align.matching.model`.
"""

from compare.align.matching.matching import Matching, match_families
from compare.align.matching.model import Logistic
from compare.align.matching.spans import quoted_words
from compare.align.matching.texts import Texts, read_texts

__all__ = ["Logistic", "Matching", "Texts", "match_families", "quoted_words", "read_texts"]
