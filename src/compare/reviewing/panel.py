"""The widgets of a review: what a researcher sees and clicks in JupyterLab.

In: a :class:`~compare.reviewing.session.ReviewSession`. Out: a :class:`ReviewPanel`, which shows one
item at a time and hands each answer on. Whatever goes wrong is said in the panel, since a widget's
callback has nobody else to tell.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from time import monotonic
from typing import Any

from markupsafe import Markup

from compare.decisions import family_of_title
from compare.errors import CompareError
from compare.reviewing.page import Naming, done, item_page, question, style
from compare.reviewing.session import Item, ReviewSession
from compare.shared_words import word_shares

__all__ = ["ReviewPanel", "load_widgets"]

# Clicks that come sooner after an answer were meant for the item before: seconds.
PAUSE = 0.3


def load_widgets() -> Any:
    """Import ipywidgets, which a batch does not need.

    Raises
    ------
    CompareError
        It is not installed.
    """
    try:
        return import_module("ipywidgets")
    except ImportError:
        raise CompareError(
            "the review panel wants the package ipywidgets, found none; "
            "start JupyterLab with: make lab (or install doi-chieu[lab])"
        ) from None


class ReviewPanel:
    """A session's items, one at a time, with buttons for the answers.

    Parameters
    ----------
    session : ReviewSession
    naming : Naming
        What ids are called, and the language.
    """

    def __init__(self, session: ReviewSession, naming: Naming) -> None:  # noqa: D107
        self.session, self.naming, self.labels = session, naming, naming.labels
        self._w, self._shares = load_widgets(), word_shares(session.tasks["text"])
        self._ready, self._said = 0.0, ""
        self._shown: Item | None = {}
        self._make_fields()
        self._make_buttons()
        self.box = self._w.VBox(
            [
                self._w.HTML(style()),
                self._row(self.reader, self.locality, self.pillar, self.buttons["refresh"]),
                self.progress,
                self.question,
                self._row(*(self.buttons[name] for name in ("whole", "part", "no", "skip", "undo"))),
                self._row(self.title, self.buttons["new"], self.note),
                self.message,
                self.page,
            ]
        )
        self.box.add_class("rv")
        self._show()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Show the widgets; where none can be shown, say how far the review is."""
        bundle = self.box._repr_mimebundle_(**options)
        data, *metadata = bundle if isinstance(bundle, tuple) else (bundle,)
        data = {**data, "text/plain": self._progress()}
        return (data, *metadata) if metadata else data

    def _row(self, *children: Any) -> Any:
        layout = self._w.Layout(
            flex_flow="row wrap", align_items="center", overflow="visible", grid_gap="4px"
        )
        return self._w.HBox(children, layout=layout)

    def _field(self, kind: str, name: str, width: str, **more: Any) -> Any:
        layout = self._w.Layout(width="auto", flex=f"1 1 {width}", max_width="40rem", min_width="0")
        more |= {"description": self.labels(f"review_nb.{name}"), "style": {"description_width": "initial"}}
        return getattr(self._w, kind)(layout=layout, **more)

    def _make_fields(self) -> None:
        session, labels = self.session, self.labels
        here = sorted(set(session.tasks["locality"]))
        places = [(labels("review_nb.all"), ""), *((self.naming.localities.get(p, p), p) for p in here)]
        pillars = [(labels("review_nb.all"), -1), *((f"{n}. {t}", n) for n, t in self.naming.pillars.items())]
        self.reader = self._field("Text", "reader", "8rem", value=session.reader)
        self.locality = self._field("Dropdown", "locality", "9rem", options=places, value=session.locality)
        self.pillar = self._field("Dropdown", "pillar", "9rem", options=pillars, value=-1)
        self.title = self._field("Text", "title", "26rem")
        self.note = self._field("Text", "note", "16rem")
        self.progress, self.question, self.message, self.page = (self._w.HTML() for _ in range(4))
        self.reader.observe(lambda _: self._run(self._sign), "value")
        self.locality.observe(lambda _: self._run(self._choose), "value")
        self.pillar.observe(lambda _: self._run(self._choose), "value")

    def _make_buttons(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            **{name: partial(self._answer, name) for name in ("whole", "part", "no", "new")},
            "skip": self._skip,
            "undo": self._undo,
            "refresh": self._refresh,
        }
        self.buttons = {
            name: self._w.Button(
                description=self.labels(f"review_nb.button.{name}"),
                tooltip=self.labels(f"review_nb.tip.{name}"),
                button_style="primary" if name in ("whole", "part", "no") else "",
                layout=self._w.Layout(width="auto", min_width="6.5rem"),
            )
            for name in acts
        }
        for name, act in acts.items():
            self.buttons[name].add_class(f"rv-{name}")
            self.buttons[name].on_click(lambda button, act=act: self._click(button, act))

    def _click(self, button: Any, act: Callable[[], None]) -> None:
        if monotonic() - self._ready < PAUSE:
            return
        self._run(act)
        self._ready = monotonic()
        button.focus()

    def _run(self, act: Callable[[], None]) -> None:
        """Do something with all buttons off, then show what is asked now, and what went wrong."""
        for button in self.buttons.values():
            button.disabled = True
        self._said = ""
        failed = self._tried(act) or self._tried(self._show)
        self._say(failed or self._said, "rv-said rv-failed" if failed else "rv-said")
        self._enable()

    def _tried(self, act: Callable[[], None]) -> str:
        try:
            act()
        except CompareError as error:
            return self.labels("review_nb.failed", error=error)
        except Exception as error:  # a callback has nobody else to tell
            return self.labels("review_nb.failed", error=f"{type(error).__name__}: {error}")
        return ""

    def _say(self, text: str, kind: str) -> None:
        self.message.value = str(Markup('<p class="{}" role="status">{}</p>').format(kind, text))

    def _answer(self, match: str) -> None:
        item, title = self.session.current, self.title.value
        if not self.session.reader:
            raise CompareError(self.labels("review_nb.no_reader"))
        if match == "new" and not title.strip():
            raise CompareError(self.labels("review_nb.no_title"))
        if match == "new" and (taken := family_of_title(title, self.session.catalogue)):
            family = self.naming.title(self.session.family(taken))
            raise CompareError(self.labels("review_nb.taken_title", title=family))
        self.session.record(match, title, self.note.value)
        answer = self.labels(f"review_nb.answer.{match}")
        self._said = self.labels("review_nb.saved", answer=answer, task=item["task_id"] if item else "")

    def _skip(self) -> None:
        self.session.skip()
        self._said = self.labels("review_nb.skipped")

    def _undo(self) -> None:
        last = self.session.undo()
        answer = self.labels(f"review_nb.answer.{last['match']}")
        self._said = self.labels("review_nb.undone", answer=answer, task=last["task_id"])

    def _refresh(self) -> None:
        self.session.refresh()
        self._said = self.labels("review_nb.refreshed")

    def _sign(self) -> None:
        self.session.reader = self.reader.value.strip()

    def _choose(self) -> None:
        self.session.choose(self.locality.value, self.pillar.value)

    def _progress(self) -> str:
        answered, left = self.session.progress
        return self.labels("review_nb.progress", answered=answered, left=left)

    def _show(self) -> None:
        """Show the current item, or that there is none."""
        session, item = self.session, self.session.current
        self.progress.value = str(Markup('<p class="rv-progress">{}</p>').format(self._progress()))
        if item is not self._shown:  # what was typed for this item stays
            self.title.value, self.note.value = (item["title_new"] if item else ""), ""
        self._shown = item
        if item is None:
            self.question.value = done(self.naming, bool(session.locality) or session.pillar != -1)
            self.page.value = ""
        else:
            self.question.value = question(session, item, self.naming)
            self.page.value = item_page(session, item, self.naming, self._shares)
        self._enable()

    def _enable(self) -> None:
        """Turn on the buttons that have something to do."""
        item = self.session.current
        again = item is not None and item["reason"] in ("conflict", "stale")
        for name, button in self.buttons.items():
            button.disabled = item is None and name not in ("undo", "refresh")
        self.buttons["new"].disabled = item is None or again
        self.buttons["undo"].disabled = not self.session.can_undo
