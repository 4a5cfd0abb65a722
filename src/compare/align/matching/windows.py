"""Tasks are read through windows: one to three neighbouring pieces of a text.

In: tasks. Out: windows, each with its place in the task, so that it can be told whether two families
speak of the same words. Pieces are finer than clauses (:mod:`compare.clauses`): a reader quotes "tiếp
cận vốn" out of an enumeration, so a piece ends at any stop, comma or bullet. What is too short joins
its neighbour. The product column is a window of its own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Windows", "read_windows", "split_pieces"]

Ints = npt.NDArray[np.int64]
MIN_WORDS = 3
MAX_PIECES = 3
_APART = 2  # pieces between the end of the text and the product
_BULLET = re.compile(r"^\s*[-–+•*]\s*")
_CUT = re.compile(r"(?<=[.;:,…])\s+(?:[-–+•]\s+)?(?=\w)|\s+[-–+•]\s+")


@dataclass(frozen=True)
class Windows:
    """Windows in the order of their tasks: task, first piece, piece after the last, and key."""

    owners: Ints
    starts: Ints
    ends: Ints
    keys: tuple[str, ...]

    @property
    def singles(self) -> npt.NDArray[np.bool_]:
        """Return which windows are a single piece."""
        return np.asarray(self.ends - self.starts == 1)


def split_pieces(text: str) -> list[str]:
    """Split a text at stops, commas and bullets; short pieces join the one before them.

    Examples
    --------
    >>> split_pieces("- Hỗ trợ tiếp cận vốn, đất đai, khoa học công nghệ; đào tạo cán bộ.")
    ['Hỗ trợ tiếp cận vốn, đất đai,', 'khoa học công nghệ;', 'đào tạo cán bộ.']
    """
    pieces: list[str] = []
    for piece in filter(None, map(str.strip, _CUT.split(_BULLET.sub("", text)))):
        if pieces and min(len(piece.split()), len(pieces[-1].split())) < MIN_WORDS:
            pieces[-1] += " " + piece
        else:
            pieces.append(piece)
    return pieces or [text]


def _spans(n: int) -> Iterator[tuple[int, int]]:
    for start in range(n):
        for end in range(start + 1, min(start + MAX_PIECES, n) + 1):
            yield start, end
    if n > MAX_PIECES:
        yield 0, n


def read_windows(tasks: pd.DataFrame, make_key: Callable[[str], str]) -> Windows:
    """Read each task through its windows; a task has at least one.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``text``, ``product``.
    make_key : callable
        Makes the key of a window's printed text.
    """
    rows: list[tuple[int, int, int, str]] = []
    for owner, (text, product) in enumerate(zip(tasks["text"], tasks["product"], strict=True)):
        pieces = split_pieces(text)
        rows += [(owner, a, b, make_key(" ".join(pieces[a:b]))) for a, b in _spans(len(pieces))]
        if len(product.split()) >= MIN_WORDS:
            place = len(pieces) + _APART
            rows.append((owner, place, place + 1, make_key(product)))
    owners, starts, ends, keys = zip(*rows, strict=True) if rows else ((), (), (), ())
    places = [np.array(column, dtype=np.int64) for column in (owners, starts, ends)]
    return Windows(places[0], places[1], places[2], tuple(keys))
