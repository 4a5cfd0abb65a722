"""What the file of decisions says at one moment, as a session needs it.

In: the file and the catalogue. Out: a :class:`Log`: each decision judged, and which of them hold. A
decision *holds* where it stands, is stale, or is one side of a conflict.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from compare.catalogue import Catalogue
from compare.decisions import COLUMNS, judge_decisions, read_decisions

__all__ = ["Log", "Pair", "read_log"]

Pair = tuple[str, str]  # task and family
_KEY = ["task_id", "family_id"]
_HOLDS = ("standing", "stale", "conflict")
_SAID = ["reader", "date", "match", "title_vi", "note"]


@dataclass(frozen=True)
class Log:
    """The decisions in the order of the file, each with its status."""

    judged: pd.DataFrame

    @property
    def decisions(self) -> pd.DataFrame:
        """The decisions as they were read."""
        return self.judged[COLUMNS]

    @cached_property
    def holding(self) -> pd.DataFrame:
        """Those that hold."""
        return self.judged[self.judged["status"].isin(_HOLDS)]

    @cached_property
    def status(self) -> Mapping[Pair, set[str]]:
        """How the answers about a task and family hold."""
        return {
            (str(pair[0]), str(pair[1])): set(rows) for pair, rows in self.holding.groupby(_KEY)["status"]
        }

    @cached_property
    def closed(self) -> set[str]:
        """Tasks that readers put into one family as a whole: nothing else is asked about them."""
        agreed = self.holding["status"] != "conflict"
        return set(self.holding.loc[agreed & self.holding["match"].isin(["whole", "new"]), "task_id"])

    def own(self, reader: str) -> pd.DataFrame:
        """Return one reader's answers that hold."""
        return self.holding[self.holding["reader"] == reader]

    def has(self, row: Mapping[str, str]) -> bool:
        """Say whether a row's reader has said the same of the same text, and it holds."""
        same = ["reader", *_KEY, "match", "text_sha"]
        return bool((self.holding[same] == [row[column] for column in same]).all(axis=1).any())

    def said(self, pair: Pair, catalogue: Catalogue) -> pd.DataFrame:
        """List what the catalogue and readers say of a task and family."""
        known = catalogue.memberships.assign(title_vi="")
        both = pd.concat([known, self.holding])
        return both.loc[(both[_KEY] == list(pair)).all(axis=1), _SAID].reset_index(drop=True)


def read_log(path: Path, catalogue: Catalogue, tasks: pd.DataFrame) -> Log:
    """Read and judge the decisions; a file that does not exist yet holds none.

    Raises
    ------
    CatalogueError
        A line does not fit.
    """
    empty = pd.DataFrame(columns=COLUMNS, dtype="str")
    found = read_decisions(path, catalogue) if path.is_file() else empty
    return Log(judge_decisions(found, catalogue, tasks))
