"""How alike texts are: vectors, candidates, and the evidence for each candidate pair.

In: the tasks and clauses tables. Out: pairs of clauses worth looking at, each with features in
[0, 1] (1 for the same text), and the checks that speak against a match. Nothing here decides: the
weights and thresholds are those of :mod:`compare.align`. All of it works on sparse candidates in
blocks, never on all pairs at once.
"""

from compare.similarity.candidates import find_candidates, row_cosines
from compare.similarity.conflicts import find_agreements, find_conflicts
from compare.similarity.evidence import (
    Corpus,
    neighbour_cosines,
    read_corpus,
    score_chosen,
    score_clauses,
    score_tasks,
)
from compare.similarity.space import Space, Vectors, blend_cosines, cosine_kinds, read_space
from compare.similarity.vectors import WordSpace, char_vectors, read_words, topic_vectors, word_vectors
from compare.similarity.windows import (
    WindowVectors,
    compare_windows,
    group_cosines,
    group_fits,
    read_window_vectors,
)

__all__ = [
    "Corpus",
    "Space",
    "Vectors",
    "WindowVectors",
    "WordSpace",
    "blend_cosines",
    "char_vectors",
    "compare_windows",
    "cosine_kinds",
    "find_agreements",
    "find_candidates",
    "find_conflicts",
    "group_cosines",
    "group_fits",
    "neighbour_cosines",
    "read_corpus",
    "read_space",
    "read_window_vectors",
    "read_words",
    "row_cosines",
    "score_chosen",
    "score_clauses",
    "score_tasks",
    "topic_vectors",
    "word_vectors",
]
