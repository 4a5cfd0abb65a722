"""Reviewing: a reader goes through the queue and decides, in a notebook.

In: the tables, the catalogue and the file of decisions. Out: :func:`open_review`, a panel of widgets;
behind it a :class:`ReviewSession`, which knows of no widget. ``log`` is what the file says, ``session``
what is asked next and what an answer does, ``page`` how an item is shown, ``panel`` the widgets.
"""

from compare.reviewing.panel import ReviewPanel, open_review
from compare.reviewing.session import ReviewSession, learn_tasks

__all__ = ["ReviewPanel", "ReviewSession", "learn_tasks", "open_review"]
