"""The words that two texts share, where they stand; the one implementation that all else uses.

In: two texts as printed, and how common each word is. Out: the shared runs of the first as places or as
words, or the text as HTML with them in ``<mark>``; and where words of a text stand in the lines of its
document. Tone and shape marks count ("hoa" is not "hóa"), where a tone mark stands does not. Alone, a
word is marked only where it is rare; a run of two or more needs one word that is not everywhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

from compare.text import fold_tone

__all__ = ["COMMON", "RARE", "Span", "in_lines", "marked", "shared_spans", "shared_words", "word_shares"]

COMMON = 0.25  # share of the tasks from which a word says nothing about what a run is about
RARE = 0.03  # up to which it says enough on its own
Span = tuple[int, int]  # first character and the one after the last
_TRIED = 200  # places of a word from which its run is followed, in a line that says one for ever
_LEAST = 2  # words that a piece of a text must keep together to be found in its lines
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
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


def shared_spans(text: str, other: str, shares: Mapping[str, float] | None = None) -> list[Span]:
    """Find the runs of words of a text that another holds too.

    Parameters
    ----------
    text, other : str
    shares : mapping, optional
        Of :func:`word_shares`, over all tasks, by :func:`compare.text.fold_tone`: runs that say nothing
        are left out. Without it, all runs are found.

    Returns
    -------
    list of (int, int)
        Places in ``text``, in its order; they do not overlap.

    Examples
    --------
    >>> shared_spans("Hoà giải, hỗ trợ", "hỗ trợ; hòa giải")
    [(0, 8), (10, 16)]
    """
    words = list(_WORD.finditer(text))
    keys = [fold_tone(word.group()) for word in words]
    runs = _runs(keys, _joined(text, words), other)
    return [
        (words[first].start(), words[end - 1].end())
        for first, end in runs
        if shares is None or _telling(keys[first:end], shares)
    ]


def shared_words(text: str, other: str, shares: Mapping[str, float] | None = None) -> list[str]:
    """Return the runs of :func:`shared_spans` as the first text prints them.

    Examples
    --------
    >>> shared_words("Củng cố hợp tác xã yếu", "Giải thể hợp tác xã yếu kém")
    ['hợp tác xã yếu']
    """
    return [text[start:end] for start, end in shared_spans(text, other, shares)]


def marked(text: str, other: str, shares: Mapping[str, float]) -> Markup:
    """Mark in a text the words that another holds too.

    Parameters
    ----------
    text, other, shares
        As for :func:`shared_spans`.

    Examples
    --------
    >>> shares = word_shares(["Củng cố và giải thể <HTX>", "giải thể và sắp xếp", *["và"] * 8])
    >>> print(marked("Củng cố và giải thể <HTX>", "giải thể và sắp xếp", shares))
    Củng cố và <mark>giải thể</mark> &lt;HTX&gt;
    """
    html, at = Markup(""), 0
    for start, end in shared_spans(text, other, shares):
        html += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return html + escape(text[at:])


@lru_cache(maxsize=64)
def _line_words(lines: tuple[str, ...]) -> list[tuple[str, int, int, int]]:
    """List the words of lines, markup aside: key, line, first character, the one after the last."""
    return [
        (fold_tone(word.group()), number, word.start(), word.end())
        for number, line in enumerate(lines)
        for word in _WORD.finditer(_TAG.sub(lambda tag: " " * len(tag.group()), line))
    ]


def _placed(keys: list[str], held: Sequence[str], at: Mapping[str, list[int]]) -> dict[int, int]:
    """Map the words of a text to those of the lines: the longest runs of them, in order of the text."""
    found: dict[int, int] = {}
    done = 0
    while done < len(keys):
        best, size = -1, 0
        for start in at.get(keys[done], ())[:_TRIED]:
            n = 1
            while done + n < len(keys) and start + n < len(held) and held[start + n] == keys[done + n]:
                n += 1
            best, size = (start, n) if n > size else (best, size)
        if size >= min(_LEAST, len(keys)):
            found.update({done + i: best + i for i in range(size)})
        done += max(size, 1)
    return found


def in_lines(
    text: str, lines: Sequence[str], spans: Sequence[Span] | None = None
) -> list[tuple[int, int, int]]:
    """Find where words of a text stand in the lines that it was read from.

    Parameters
    ----------
    text : str
        Freed of markup, joined over the ends of lines.
    lines : sequence of str
        As the document has them.
    spans : sequence of (int, int), optional
        Places in the text; without them, all of it.

    Returns
    -------
    list of (int, int, int)
        Line from 0, first character, the one after the last; in order, without overlap. What the lines
        do not hold is left out.

    Examples
    --------
    >>> in_lines("hỗ trợ vay vốn", ["1. <b>Hỗ trợ</b>", "vay vốn; hỗ trợ đất"])
    [(0, 6, 12), (1, 0, 7)]
    """
    words, parts = _line_words(tuple(lines)), list(_WORD.finditer(text))
    held, at = [word[0] for word in words], dict[str, list[int]]()
    for i, key in enumerate(held):
        at.setdefault(key, []).append(i)
    wanted = [(0, len(text))] if spans is None else spans
    placed = _placed([fold_tone(part.group()) for part in parts], held, at)
    chosen = {j for i, j in placed.items() if any(a <= parts[i].start() < b for a, b in wanted)}
    found: list[tuple[int, int, int]] = []
    for i in sorted(chosen):
        _, line, start, end = words[i]
        if i - 1 in chosen and found[-1][0] == line:
            found[-1] = (line, found[-1][1], end)
        else:
            found.append((line, start, end))
    return found
