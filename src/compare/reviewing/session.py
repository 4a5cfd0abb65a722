"""A reader's session: which item is asked, and what happens to the answer. No widget, no notebook.

In: the tasks, the catalogue, the file of decisions and the reader's name. Out: a
:class:`ReviewSession`. The file is the only memory: each answer is in it before the next item is
asked, so that a session that was cut off goes on where it was, and two readers on one file see each
other's answers.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from compare.catalogue import Catalogue
from compare.decisions import COLUMNS, add_decisions, apply_decisions, family_of_title, family_slug
from compare.errors import CompareError, accepted
from compare.review import review_queue
from compare.reviewing.learned import Learned
from compare.reviewing.log import Pair, read_log

__all__ = ["REFRESH_EVERY", "Item", "ReviewSession"]

Item = dict[str, Any]  # a row of the queue
REFRESH_EVERY = 5
GIVEN = ("whole", "part", "no", "new")
AGAIN = ("conflict", "stale")  # reasons for which an item is asked again: the answer settles it


class ReviewSession:
    """The queue as one reader goes through it.

    Parameters
    ----------
    learned : Learned
        Of :func:`compare.reviewing.learned.learn_tasks`.
    catalogue : Catalogue
        Without the decisions.
    path : path
        The file of decisions, which need not exist yet.
    reader : str
        Whose answers these are; may be set later, before the first answer.
    locality : str
        Only items of this locality; empty for all.
    clock : callable
        Returns today's date.

    Attributes
    ----------
    alignment : Alignment
        With the decisions as of the last :meth:`refresh`.
    tasks : DataFrame
        The tasks, by their ids.
    """

    def __init__(  # noqa: D107
        self,
        learned: Learned,
        catalogue: Catalogue,
        path: str | Path,
        *,
        reader: str = "",
        locality: str = "",
        clock: Callable[[], date] = date.today,
    ) -> None:
        self.path, self.reader, self.clock = Path(path), reader.strip(), clock
        self.catalogue, self._learned = catalogue, learned
        self.tasks = learned.draft.tasks.set_index("task_id", drop=False).rename_axis(None)
        self._place = {
            row.task_id: (row.locality, int(row.pillar)) for row in learned.draft.tasks.itertuples()
        }
        self._front: Pair | None = None
        self._skipped: list[Pair] = []
        self.choose(locality)
        self.refresh()

    def choose(self, locality: str = "", pillar: int = -1) -> None:
        """Ask only about one locality or pillar; the defaults take all.

        Raises
        ------
        CompareError
            No task is of that locality.
        """
        known = set(self.tasks["locality"])
        if locality and locality not in known:
            raise CompareError(f"unknown locality {locality!r}; {accepted(known)}")
        self.locality, self.pillar, self._front = locality, pillar, None

    def refresh(self) -> None:
        """Read the file and align anew with the decisions so far; what was answered changes the rest."""
        self._sync()
        self.alignment = self._learned.align(apply_decisions(self.catalogue, self.log.judged))
        also = [self._front] if self._front else []
        queue = review_queue(self.alignment, self.log.decisions, also)
        rows: list[Item] = [{str(k): v for k, v in row.items()} for row in queue.to_dict("records")]
        self._items = {(row["task_id"], row["family_id"]): row for row in rows}
        self._n_since = 0

    def _sync(self) -> None:
        """Read what all readers have decided until now."""
        self.log = read_log(self.path, self.catalogue, self.tasks)

    def _is_open(self, pair: Pair) -> bool:
        status, reason = self.log.status.get(pair, set()), self._items[pair]["reason"]
        if reason == "conflict":
            return "conflict" in status
        if reason == "stale":
            return "standing" not in status
        return not status and pair[0] not in self.log.closed

    def _in_scope(self, task_id: str) -> bool:
        locality, pillar = self._place[task_id]
        return self.locality in ("", locality) and self.pillar in (-1, pillar)

    @property
    def pending(self) -> list[Pair]:
        """What is still to ask: what was taken back, then the queue, then what was skipped."""
        late = {pair: place for place, pair in enumerate(self._skipped)}
        pairs = [p for p in self._items if self._is_open(p) and (p == self._front or self._in_scope(p[0]))]
        return sorted(pairs, key=lambda pair: (pair != self._front, late.get(pair, -1)))

    @property
    def current(self) -> Item | None:
        """The item that is asked now, a row of the queue; None at its end."""
        pairs = self.pending
        return self._items[pairs[0]] if pairs else None

    @property
    def progress(self) -> tuple[int, int]:
        """How many items this reader has answered, and how many are left."""
        return sum(map(self._in_scope, self._own()["task_id"])), len(self.pending)

    def _own(self) -> pd.DataFrame:
        """Return this reader's answers that hold, in the order in which they were given."""
        own = self.log.own(self.reader)
        return own[own["task_id"].isin(self.tasks.index)]

    @property
    def can_undo(self) -> bool:
        """Whether this reader has an answer to take back."""
        return not self._own().empty

    def record(self, match: str, title: str = "", note: str = "") -> None:
        """Write the answer to the current item into the file, and go on to the next.

        Parameters
        ----------
        match : {"whole", "part", "no", "new"}
        title : str
            Of the new family.
        note : str

        Raises
        ------
        CompareError
            Nothing is asked, there is no reader, the answer is unknown, the catalogue has a family
            of that title, or a conflict is answered with a new family; nothing is written then.
        CatalogueError
            The title is empty, or the file was damaged.
        """
        row = self._row(match, title, note)
        self._sync()
        if row["settles"] or not self.log.has(row):
            add_decisions(pd.DataFrame([row], columns=COLUMNS), self.path)
        self._front = None
        self._n_since += 1
        if self._n_since >= REFRESH_EVERY:
            self.refresh()
        else:
            self._sync()

    def _row(self, match: str, title: str, note: str) -> dict[str, str]:
        """Write the answer to the current item as a row of the file."""
        item = self.current
        if item is None:
            raise CompareError("an item to answer wanted, found the end of the queue")
        if match not in GIVEN:
            raise CompareError(f"unknown answer {match!r}; {accepted(GIVEN)}")
        again, new = item["reason"] in AGAIN, match == "new"
        if new and again:
            raise CompareError("an answer about this family wanted, found new; accepted: no, part, whole")
        if new and (taken := family_of_title(title, self.catalogue)):
            raise CompareError(f"a new family wanted, found the title of {taken!r}, which the catalogue has")
        row = {"task_id": item["task_id"], "match": match, "text_sha": item["text_sha"], "note": note.strip()}
        row |= {"family_id": family_slug(title) if new else item["family_id"]}
        return {**row, "title_vi": title.strip() if new else "", **self._signed("yes" if again else "")}

    def _signed(self, settles: str) -> dict[str, str]:
        if not self.reader:
            raise CompareError("a reviewer's name wanted, found none")
        return {"reader": self.reader, "date": self.clock().isoformat(), "settles": settles}

    def skip(self) -> None:
        """Put the current item at the end of this session; nothing is written."""
        if pairs := self.pending:
            self._skipped = [pair for pair in self._skipped if pair != pairs[0]] + [pairs[0]]
            self._front = None

    def undo(self) -> Item:
        """Take this reader's last answer back, and ask its item again; again goes further back.

        Returns
        -------
        dict
            The decision that was taken back.

        Raises
        ------
        CompareError
            This reader has no answer that holds.
        """
        self._sync()
        own = self._own()
        if own.empty:
            raise CompareError(f"an answer of {self.reader!r} to take back wanted, found none")
        last: Item = own[COLUMNS].iloc[-1].to_dict()
        row = {**last, **self._signed(last["settles"]), "match": "withdrawn", "title_vi": "", "note": ""}
        add_decisions(pd.DataFrame([row], columns=COLUMNS), self.path)
        self._bring_back(last)
        return last

    def _bring_back(self, decision: Item) -> None:
        """Ask the item of a decision next; of a new family, the task's first item."""
        self._sync()
        pair = (decision["task_id"], decision["family_id"])
        if decision["match"] == "new":
            pair = next((p for p in self._items if p[0] == pair[0]), pair)
        self._front = pair
        self._skipped = [p for p in self._skipped if p != pair]
        if pair not in self._items or not self._is_open(pair):
            self.refresh()

    def family(self, family_id: str) -> Item:
        """Return a family's title_vi, title_en, description and pillar."""
        known, made = self.alignment.catalogue or self.catalogue, self.log.decisions
        made = made[made["match"] == "new"].assign(title_en="", description="", pillar=0)
        both = pd.concat([known.families, made]).drop_duplicates("family_id").set_index("family_id")
        row: Item = both.loc[family_id, ["title_vi", "title_en", "description", "pillar"]].to_dict()
        return row

    def nearest(self, item: Item, n: int = 3) -> list[tuple[str, float]]:
        """Return the other families that come nearest to the item's task, with their probabilities."""
        if self.alignment.matching is None:
            return []
        scores = self.alignment.matching.scores
        near = scores[(scores["task_id"] == item["task_id"]) & (scores["family_id"] != item["family_id"])]
        near = near.sort_values(["probability", "family_id"], ascending=[False, True]).head(n)
        return list(zip(near["family_id"], near["probability"].astype(float), strict=True))
