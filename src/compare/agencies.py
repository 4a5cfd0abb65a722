"""Names of agencies as printed become agency ids.

In: a cell or a sentence, and the vocabulary of ``data/reference`` (agencies and their aliases). Out:
mentions: which agency, how it was found, and where it stands in the text. Names are found by the
longest alias over folded words, so that commas inside a name ("UBND các huyện, thành phố") and slips
in the marks ("Mật trấn Tổ quốc") do no harm; what is left of a cell is tried by fuzzy matching, and
what that does not find stays visible as unresolved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from compare.documents import Reference, read_reference
from compare.text import Token, join_pieces, tokens, words

__all__ = [
    "Mention",
    "Vocabulary",
    "agency_ids",
    "agency_share",
    "begins_name",
    "build_vocabulary",
    "find_mentions",
    "mentions_table",
    "read_vocabulary",
    "resolve_cell",
]

# A name with a slip must be this close to an alias that begins with the same word. Measured on the 102
# names of the five plans with one letter changed, dropped or doubled (1,974 variants, see test_agencies):
# of the slips after the first word 83 % come back right and 0.3 % wrong at 88 (84: 83 and 0.3, 92: 80 and
# 0.25), the others stay unresolved; a slip in the first word (389) stays unresolved and is never wrong.
FUZZY_MIN = 88.0
_MODIFIER, _TITLE = "-", "^"  # words after a name and titles before one, in the alias table
_SILENT = {"va", "cung", "hoac", "voi", "cac"}  # words that stand between or before names


@dataclass(frozen=True)
class Mention:
    """One agency named in a text: its id (empty if unresolved), place, and how it was found."""

    agency_id: str
    start: int
    end: int
    method: str


@dataclass(frozen=True)
class Vocabulary:
    """Aliases as folded words, for documents of one level."""

    aliases: dict[tuple[str, ...], str]
    modifiers: frozenset[tuple[str, ...]]
    titles: frozenset[tuple[str, ...]]
    beneficiaries: frozenset[str]
    beginnings: frozenset[tuple[str, ...]]
    by_beginning: dict[tuple[str, int], dict[str, str]]
    longest: int
    lengths: dict[str, list[int]]


def _key(alias: str) -> tuple[str, ...]:
    return tuple(w for w in words(alias) if w not in _SILENT)


def _aliases(reference: Reference, level: str) -> Iterable[tuple[tuple[str, ...], str]]:
    places = list(reference.localities["name_vi"])
    for row in reference.agencies.itertuples():
        yield _key(row.name_vi), row.agency_id
    for row in reference.agency_aliases.itertuples():
        if row.level in ("", level):
            for place in places if "{place}" in row.alias else [""]:
                yield _key(row.alias.replace("{place}", place)), row.agency_id
    for place in places:
        yield _key(place), _MODIFIER
        yield _key(f"tỉnh {place}"), _MODIFIER


@cache
def _vocabulary(folder: str | None, level: str) -> Vocabulary:
    return build_vocabulary(read_reference(folder), level)


def _lengths(keys: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    """Return how many words the names have that begin with a word, the longest first."""
    lengths: dict[str, set[int]] = {}
    for key in keys:
        lengths.setdefault(key[0], set()).add(len(key))
    return {word: sorted(found, reverse=True) for word, found in lengths.items()}


def build_vocabulary(reference: Reference, level: str) -> Vocabulary:
    """Build the vocabulary of one level from the reference tables."""
    pairs = [(key, agency) for key, agency in _aliases(reference, level) if key]
    aliases = {key: agency for key, agency in pairs if agency not in (_MODIFIER, _TITLE)}
    by_beginning: dict[tuple[str, int], dict[str, str]] = {}
    for key in sorted(aliases):
        by_beginning.setdefault((key[0], len(key)), {})[" ".join(key)] = aliases[key]
    helps = reference.agencies["beneficiary"] == "yes"
    return Vocabulary(
        aliases,
        frozenset(key for key, agency in pairs if agency == _MODIFIER),
        frozenset(key for key, agency in pairs if agency == _TITLE),
        frozenset(reference.agencies.loc[helps, "agency_id"]),
        frozenset(key[:n] for key in aliases for n in (2, 3)),
        by_beginning,
        max(len(key) for key, _ in pairs),
        _lengths(key for key, _ in pairs),
    )


def read_vocabulary(level: str = "province", folder: str | None = None) -> Vocabulary:
    """Return the vocabulary for documents of one level (of the project's reference by default)."""
    return _vocabulary(folder, level)


class _Hit(NamedTuple):
    """What begins at a word: how many words it takes, its agency (or modifier), how it was found."""

    length: int
    agency_id: str
    method: str


def _exact(keys: Sequence[str], at: int, vocabulary: Vocabulary) -> _Hit | None:
    """Find the longest alias or modifier that begins at a word."""
    for length in vocabulary.lengths.get(keys[at], ()):
        key = tuple(keys[at : at + length])
        if key in vocabulary.aliases:
            return _Hit(len(key), vocabulary.aliases[key], "alias")
        if key in vocabulary.modifiers or key in vocabulary.titles:
            return _Hit(len(key), _MODIFIER, "alias")
    return None


def _closest(keys: Sequence[str], at: int, vocabulary: Vocabulary, least: int) -> _Hit | None:
    """Find the longest alias, of more than ``least`` words, that the words at a place come close to.

    The first word says what kind of body it is and of which level (bộ, sở, phòng): it must be the same.
    """
    for length in range(min(vocabulary.longest, len(keys) - at), max(least, 1), -1):
        names = vocabulary.by_beginning.get((keys[at], length), {})
        printed = " ".join(keys[at : at + length])
        if best := process.extractOne(printed, names.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_MIN):
            return _Hit(length, names[best[0]], "fuzzy")
    return None


def _scan(
    content: Sequence[Token], vocabulary: Vocabulary, fuzzy: bool = False
) -> tuple[list[Mention], list[list[Token]]]:
    """Go through a text's words: the mentions found, and the runs of words that nothing explains."""
    keys = [t.key for t in content]
    found: list[Mention] = []
    rest: list[list[Token]] = []
    at, gap = 0, True
    while at < len(content):
        hit = _exact(keys, at, vocabulary)
        if fuzzy and not (hit and hit.length > 2 and hit.agency_id != _MODIFIER):
            hit = _closest(keys, at, vocabulary, hit.length if hit else 0) or hit
        if hit and hit.agency_id != _MODIFIER:
            end = content[at + hit.length - 1].end
            found.append(Mention(hit.agency_id, content[at].start, end, hit.method))
        if not hit:
            if gap:
                rest.append([])
            rest[-1].append(content[at])
        gap = hit is not None
        at += hit.length if hit else 1
    return found, rest


def _without_qualifiers(found: list[Mention], text: str, vocabulary: Vocabulary) -> list[Mention]:
    """Leave out places that only say where the body before them is ("Hội Nông dân các huyện, thị xã").

    Such a name begins with a word that may stand after any name, and no mark or "và" parts the two.
    """
    kept: list[Mention] = []
    for mention in found:
        key = _key(text[mention.start : mention.end])
        between = words(text[kept[-1].end : mention.start]) if kept else ["-"]
        parted = bool(kept) and any(mark in text[kept[-1].end : mention.start] for mark in ",;.:/\t\n")
        if parted or key[:1] not in vocabulary.modifiers or any(word != "cac" for word in between):
            kept.append(mention)
    return kept


def find_mentions(text: str, vocabulary: Vocabulary) -> list[Mention]:
    """Find the agencies that a text names by an alias, in order of printing.

    Examples
    --------
    >>> [m.agency_id for m in find_mentions("Sở Tài chính; UBND các huyện, thành phố", read_vocabulary())]
    ['so-tai-chinh', 'ubnd-huyen']
    """
    content = [t for t in tokens(text) if t.key not in _SILENT]
    return _without_qualifiers(_scan(content, vocabulary)[0], text, vocabulary)


def agency_share(text: str, vocabulary: Vocabulary) -> float:
    """Return the share (0 to 1) of a cell's words that agency names explain."""
    content = [t for t in tokens(text) if t.key not in _SILENT]
    found, rest = _scan(content, vocabulary)
    return 1 - sum(map(len, rest)) / len(content) if found else 0.0


def begins_name(text: str, vocabulary: Vocabulary) -> bool:
    """Say whether a short cell begins as a name does, though it may be cut off."""
    keys = tuple(t.key for t in tokens(text) if t.key not in _SILENT)
    return len(keys) <= 8 and keys[:3] in vocabulary.beginnings


def resolve_cell(text: str, vocabulary: Vocabulary) -> list[Mention]:
    """Resolve a whole agency cell: aliases, close spellings, then unresolved; nothing is left out.

    A cell of words that only stand around a name ("các huyện") is unresolved as a whole.
    """
    content = [t for t in tokens(text) if t.key not in _SILENT]
    found, rest = _scan(content, vocabulary, fuzzy=True)
    found = _without_qualifiers(found, text, vocabulary)
    runs = [run for run in rest if any(len(t.key) > 1 for t in run)]
    runs = runs if found or runs or not content else [content]
    found += [Mention("", run[0].start, run[-1].end, "unresolved") for run in runs]
    return sorted(found, key=lambda m: m.start)


def agency_ids(text: str, vocabulary: Vocabulary) -> str:
    """Return the ids of a cell's agencies, each once, in order of printing, joined by ``;``."""
    return ";".join(dict.fromkeys(m.agency_id for m in resolve_cell(text, vocabulary) if m.agency_id))


def mentions_table(tasks: pd.DataFrame, levels: dict[str, str]) -> pd.DataFrame:
    """List every agency name of the tasks' lead and coordinating cells and what became of it.

    Parameters
    ----------
    tasks : DataFrame
        With ``task_id``, ``locality``, ``leads_text``, ``coordinating_text``.
    levels : dict
        Level of each locality.

    Returns
    -------
    DataFrame
        Table ``mentions``: one row an agency named, key (task_id, role, position).
    """
    rows = [
        (task.task_id, role, position, join_pieces(cell[m.start : m.end]), m.agency_id, m.method)
        for task in tasks.itertuples()
        for role, cell in (("lead", task.leads_text), ("coordinating", task.coordinating_text))
        for position, m in enumerate(resolve_cell(cell, read_vocabulary(levels[task.locality])), 1)
    ]
    columns = ["task_id", "role", "position", "printed", "agency_id", "method"]
    return pd.DataFrame(rows, columns=columns)
