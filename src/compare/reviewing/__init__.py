"""Reviewing: a reader goes through the queue and decides, in a notebook.

In: the tables, the catalogue and the file of decisions. Out: :func:`open_review`, a panel of widgets;
behind it a :class:`ReviewSession`, which knows of no widget. ``log`` is what the file says, ``learned``
what a session rests on, ``session`` what is asked next and what an answer does, ``page`` how an item is
shown, ``panel`` the widgets, ``opening`` all of it from the folders.
"""

from compare.reviewing.learned import learn_tasks
from compare.reviewing.opening import open_review
from compare.reviewing.panel import ReviewPanel
from compare.reviewing.session import ReviewSession

__all__ = ["ReviewPanel", "ReviewSession", "learn_tasks", "open_review"]
