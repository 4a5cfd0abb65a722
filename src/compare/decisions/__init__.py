"""Decisions: what a researcher said of a task and a family, one row each time, never rewritten.

In: ``data/catalogue/decisions.csv``, to which the review notebook adds a row for each click and
``doichieu review import`` the rows that a reviewer saved from a report. Out: what stands, what
waits because two reviewers disagree, and the catalogue with the decisions in it.

An answer is *whole* (the family is nearly all that the task asks: nothing else is asked about it),
*part*, *no*, *new* (a family of its own, whose title stands beside it) or *withdrawn* (an earlier
answer of the same reader is taken back; where that one settled a conflict, and the withdrawal says so
too, the conflict is open again). Each row keeps the fingerprint of the task's text as it was
read; where the text has changed since, the decision stands and is shown as stale.
"""

from compare.decisions.apply import apply_decisions, settle_decisions
from compare.decisions.judge import judge_decisions
from compare.decisions.log import (
    ANSWERS,
    COLUMNS,
    add_decisions,
    family_of_title,
    family_slug,
    read_decisions,
)
from compare.decisions.merge import Imported, import_decisions

__all__ = [
    "ANSWERS",
    "COLUMNS",
    "Imported",
    "add_decisions",
    "apply_decisions",
    "family_of_title",
    "family_slug",
    "import_decisions",
    "judge_decisions",
    "read_decisions",
    "settle_decisions",
]
