"""The words that two texts share, marked where they stand.

In: two texts as printed, and how common each word is. Out: the first as HTML with its shared runs in
``<mark>``. Tone and shape marks count ("hoa" is not "hóa"), where a tone mark stands does not. Alone,
a word is marked only where it is rare; a run of two or more needs one word that is not everywhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from markupsafe import Markup, escape

from compare.text import fold_tone

__all__ = ["COMMON", "RARE", "marked", "word_shares"]

COMMON = 0.25  # share of the tasks from which a word says nothing about what a run is about
RARE = 0.03  # up to which it says enough on its own
_WORD = re.compile(r"\w+")
_APART = re.compile(r"[.;:!?\n()]")  # no run goes on across these


def _keys(text: str) -> list[str]:
    return [fold_tone(word) for word in _WORD.findall(text)]


def word_shares(texts: Iterable[str]) -> dict[str, float]:
    """Return each word's share of the texts that hold it.

    Examples
    --------
    >>> word_shares(["Hội viên", "hội đồng", "hội", "xã"])[fold_tone("hội")]
    0.75
    """
    counts: Counter[str] = Counter()
    n = 0
    for n, text in enumerate(texts, 1):  # noqa: B007  the last number is the count
        counts.update(sorted(set(_keys(text))))
    return {key: count / n for key, count in counts.items()}


def _joined(text: str, words: list[re.Match[str]]) -> list[bool]:
    """Say of each word whether it goes on from the one before."""
    gaps = [text[a.end() : b.start()] for a, b in pairwise(words)]
    return [False, *(not _APART.search(gap) for gap in gaps)]


def _pairs(text: str) -> set[tuple[str, str]]:
    words = list(_WORD.finditer(text))
    keys = [fold_tone(word.group()) for word in words]
    return {(a, b) for a, b, on in zip(keys, keys[1:], _joined(text, words)[1:], strict=False) if on}


def _runs(keys: list[str], joined: list[bool], other: str) -> list[tuple[int, int]]:
    """Find the longest runs of words, each of whose neighbouring pairs the other text holds."""
    pairs, alone = _pairs(other), set(_keys(other))
    runs: list[tuple[int, int]] = []
    for i, key in enumerate(keys):
        if key not in alone:
            continue
        if runs and runs[-1][1] == i and joined[i] and (keys[i - 1], key) in pairs:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _telling(keys: list[str], shares: Mapping[str, float]) -> bool:
    """Say whether a run is worth marking; a number alone never is."""
    if len(keys) == 1:
        return shares.get(keys[0], 0.0) <= RARE and len(keys[0]) > 1 and not keys[0].isdigit()
    return any(shares.get(key, 0.0) < COMMON and not key.isdigit() for key in keys)


def marked(text: str, other: str, shares: Mapping[str, float]) -> Markup:
    """Mark in a text the words that another holds too.

    Parameters
    ----------
    text, other : str
    shares : mapping
        Of :func:`word_shares`, over all tasks, by :func:`compare.text.fold_tone`.

    Examples
    --------
    >>> shares = word_shares(["Củng cố và giải thể <HTX>", "giải thể và sắp xếp", *["và"] * 8])
    >>> print(marked("Củng cố và giải thể <HTX>", "giải thể và sắp xếp", shares))
    Củng cố và <mark>giải thể</mark> &lt;HTX&gt;
    """
    words = list(_WORD.finditer(text))
    keys = [fold_tone(word.group()) for word in words]
    html, at = Markup(""), 0
    for first, end in _runs(keys, _joined(text, words), other):
        if not _telling(keys[first:end], shares):
            continue
        start, stop = words[first].start(), words[end - 1].end()
        html += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:stop])
        at = stop
    return html + escape(text[at:])
