"""Letters of documents' numbers: which are a kind of document, and which the body that issued it.

In: ``data/reference/document_kinds.csv`` and ``document_issuers.csv``. Out: :class:`Marks`, which looks up
letters without regard to case and marks (nd is NĐ), keeps the term of an assembly (QH15), and knows the
words for each kind. Letters that two rows share (QĐ: Quyết định, Quy định) are told apart by the word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from compare.documents import Reference, data_folder, read_reference
from compare.text import fold

__all__ = ["Marks", "read_marks"]


@dataclass(frozen=True)
class Marks:
    """What the letters of a number may be: kinds and bodies by folded letters, and the words for kinds."""

    codes: Mapping[str, str]
    bodies: Mapping[str, str]
    party: frozenset[str]
    loose: frozenset[str]  # bodies that party and state both have
    kinds: Mapping[str, Mapping[str, re.Pattern[str]]]  # code -> name of the kind -> its words
    word: re.Pattern[str]

    def code(self, group: str) -> str:
        """Return the code of a kind in its usual letters, or nothing."""
        return self.codes.get(fold(group.replace("Ð", "Đ")), "")

    def body(self, group: str) -> str:
        """Return a body in its usual letters, the term of an assembly kept, or nothing."""
        letters = group.replace("Ð", "Đ").rstrip("0123456789")
        known = self.bodies.get(fold(letters), "")
        return known + group[len(letters) :] if known else ""

    def kind(self, word: str, code: str) -> str:
        """Name the kind that a word and the letters of a number both mean; empty where they disagree."""
        known = self.kinds.get(code, {})
        return next((name for name, words in known.items() if words.fullmatch(word)), "")

    def kind_of_word(self, word: str) -> str:
        """Name the kind that a word alone means, where no letters say it."""
        named = (names for names in self.kinds.values())
        found = (n for names in named for n, words in names.items() if word and words.fullmatch(word))
        return next(found, "")


def _marks(reference: Reference) -> Marks:
    kinds: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in reference.document_kinds.itertuples():
        kinds.setdefault(str(row.code), {})[str(row.name_vi)] = re.compile(str(row.pattern))
    issuers = reference.document_issuers
    suffixes = {
        suffix: level
        for listed, level in zip(issuers["suffix"], issuers["issuer_level"], strict=True)
        for suffix in listed.split(";")
    }
    words = sorted(set(reference.document_kinds["pattern"]), key=lambda word: (-len(word), word))
    return Marks(
        {fold(code): code for code in kinds if code},
        {fold(suffix): suffix for suffix in suffixes},
        frozenset(suffix for suffix, level in suffixes.items() if level.startswith("party")),
        frozenset(suffix for suffix, level in suffixes.items() if level == "unknown"),
        kinds,
        re.compile(rf"\b(?P<word>{'|'.join(words)})(?: ?\bso)? ?:? ?$"),
    )


def read_marks(reference: Reference | None = None) -> Marks:
    """Read what the letters of numbers may be, from the reference tables."""
    return _marks(reference) if reference else _read_marks(str(data_folder("reference")))


@cache
def _read_marks(folder: str) -> Marks:
    return _marks(read_reference(folder))
