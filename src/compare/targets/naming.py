"""Naming: which indicator a phrase is about, and in which unit.

In: phrases. Out: the id and unit of ``indicators.csv`` whose pattern fits first, else an id made of the
phrase's own words, so that nothing is dropped. Patterns look at the phrase folded, with abbreviations
written out, its own number as ``@`` and every other number as ``#``.
"""

import re

from compare.clauses import expand_abbreviations, read_abbreviations
from compare.numbers import find_figures
from compare.targets.grammar import Grammar
from compare.targets.phrases import Phrase
from compare.text import fold

__all__ = ["name_indicator", "phrase_key"]

_LONGEST = 9  # words of an id
_YEAR = re.compile(r"(?:19|20|21)\d\d(?: ?[-–] ?(?:19|20|21)\d\d)?")
_HASHED = re.compile(r"#+(?: ?- ?#+)*")


def _hashed(text: str) -> str:
    """Write every number as #, but years, which are no quantities."""
    for figure in reversed(find_figures(text)):
        if not figure.word and not _YEAR.fullmatch(text[figure.start : figure.end]):
            text = f"{text[: figure.start]}#{text[figure.end :]}"
    return text


def phrase_key(phrase: Phrase) -> str:
    """Make the key that an indicator's pattern is looked for in.

    Examples
    --------
    >>> from compare.targets.grammar import read_grammar
    >>> from compare.targets.passages import Passage
    >>> from compare.targets.phrases import read_phrases
    >>> [phrase_key(p) for p in read_phrases(Passage("Có 35 THT với 5.000 thành viên", 1, 1), read_grammar())]
    ['co @ to hop tac', 'co # to hop tac voi @ thanh vien']
    """
    before, after = phrase.text[: phrase.at], phrase.text[phrase.end :]
    fraction = phrase.quantity.unit == "%" and "/" in phrase.text[phrase.at : phrase.end]
    whole = f"{_hashed(before)}@{'%' if fraction else ''}{_hashed(after)}"
    return fold(_HASHED.sub("#", expand_abbreviations(whole, read_abbreviations())))


def _governed(phrase: Phrase) -> str:
    """Make the key of a phrase with the verb of change over its list, where it stands before it."""
    key = phrase_key(phrase)
    return key if phrase.verb in key else f"{phrase.verb} {key}"


def _own_id(phrase: Phrase, grammar: Grammar) -> str:
    """Make an id of the phrase's own words: its subject before the number, else the words after it."""
    quantity, known = phrase.quantity, read_abbreviations()
    before = expand_abbreviations(_hashed(phrase.text[: phrase.at]), known)
    after = expand_abbreviations(_hashed(phrase.text[phrase.at + quantity.end - quantity.at :]), known)
    subject = _words(f"{before} @", grammar)
    unit = _words(quantity.unit.partition("/")[0], grammar)
    tail = _words(re.split(r"[,;.:()]", after)[0], grammar)
    words = subject if len(subject) > 1 else [*tail, *subject]
    if quantity.kind not in ("share", "money", "time") and not set(unit) <= set(words):
        words = [*unit, *words]
    words = [*(["ty", "le"] if quantity.kind == "share" else []), *(words or unit)][:_LONGEST]
    return "-".join(words) or "chi-tieu"


def _words(text: str, grammar: Grammar) -> list[str]:
    return re.findall(r"[a-z]\w*", fold(grammar.phrase["filler"].sub(" ", text.lower())))


def _dimension(unit: str) -> str:
    counted = unit.partition("/")[0]
    return counted if counted in ("%", "lần") else "money" if re.search("đồng|USD", counted) else ""


def name_indicator(phrase: Phrase, grammar: Grammar) -> tuple[str, str]:
    """Name a phrase's indicator and unit.

    Returns
    -------
    indicator, unit : str
        How many there are and how many are to be changed are two indicators: "giải thể 30 hợp tác xã" is
        ``hop-tac-xa-giai-the``, not ``so-hop-tac-xa``. The unit is that of ``indicators.csv`` where print
        only names what is counted otherwise ("thành viên" for "người"); a printed share, sum or "/năm" stays.
    """
    key, quantity = _governed(phrase), phrase.quantity
    changed = ""
    for indicator in grammar.indicators:
        alike = not indicator.unit or _dimension(indicator.unit) == _dimension(quantity.unit)
        if alike and indicator.pattern.search(key):
            if indicator.stock and phrase.verb:
                changed = changed or f"{indicator.name.removeprefix('so-')}-{phrase.verb.replace(' ', '-')}"
                continue
            plain = quantity.kind in ("count", "person", "") and "/" not in quantity.unit + indicator.unit
            return indicator.name, indicator.unit if plain and indicator.unit else quantity.unit
    return changed or _own_id(phrase, grammar), quantity.unit
