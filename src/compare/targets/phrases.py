"""Phrases: what of a sentence each of its quantities says.

In: a passage. Out: one :class:`Phrase` a quantity: the words as printed, with those of the quantity that
it is a part of ("trong đó có ít nhất 50% ...", "với 5.000 thành viên"), its year, its baseline. A
sentence is cut between two quantities at a semicolon, else where the subject of the second begins: at the
first comma or conjunction where a copula leads to the number ("..., lợi nhuận đạt 370 triệu đồng"), at
the last where the number leads ("đạt loại tốt, khá, trên 100 hợp tác xã ...").
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from compare.targets.grammar import Grammar
from compare.targets.passages import Passage, stated_years
from compare.targets.quantities import Quantity, find_quantities
from compare.text import fold, fold_in_place

__all__ = ["Phrase", "read_phrases", "split_sentences"]

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\W*[^\W\d_a-zà-ỹđ])|(?<=\w)\s+(?=[-+•] [^\W\d_a-zà-ỹđ])")
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]{1,2}\.$")  # "TP. Hà Tĩnh"
_FROM = re.compile(r"\btu\s+$")
_RISES = re.compile(r"^[^,;.]{0,25}?\b(?:len|xuong|con)\b(?: den| toi| con| muc)*\s*$")
_EDGE = " \t,;:.-–+"
_HEAD = re.compile(r"^[\s,;:.\-–+(/]*(?:và\s+)?")


@dataclass(frozen=True)
class Phrase:
    """One quantity and what is said of it; ``at`` is the place of the number in ``text``."""

    quantity: Quantity
    text: str
    sentence: str
    own: int  # where the quantity's own words begin in text
    at: int
    end: int
    year: int | None
    baseline: float | None


def split_sentences(text: str) -> list[str]:
    """Split a passage into sentences and list items.

    Examples
    --------
    >>> split_sentences("Có 5 lớp. Tại TP. Hà Tĩnh có 2 lớp")
    ['Có 5 lớp.', 'Tại TP. Hà Tĩnh có 2 lớp']
    """
    text, sentences, begin = " ".join(text.split()), [], 0
    for match in _SENTENCE.finditer(text):
        if not _INITIAL.search(text[: match.start()]):
            sentences.append(text[begin : match.start()])
            begin = match.end()
    return [sentence for sentence in [*sentences, text[begin:]] if sentence.strip()]


def _cut(folded: str, left: Quantity, right: Quantity, grammar: Grammar) -> tuple[int, int]:
    """Find where one quantity's words end and the next one's begin."""
    lead = _FROM.search(folded[: right.start])
    start = max(lead.start(), left.end) if lead else right.start
    gap = folded[left.end : start]
    separators = list(grammar.phrase["separator"].finditer(gap))
    stops = [m for m in separators if m.group() == ";"]
    parts = [m for m in separators if m.group() == "trong do"]
    if stops:
        return left.end + stops[0].start(), left.end + stops[-1].end()
    if not separators:
        return start, start
    chosen = parts[0] if parts else separators[-1]
    if not parts and grammar.phrase["copula"].search(gap):
        chosen = separators[0]
    begin = left.end + (chosen.end() if len(chosen.group().strip(",;()/. ")) == 0 else chosen.start())
    return left.end + chosen.start(), begin


def _spans(folded: str, quantities: list[Quantity], grammar: Grammar) -> list[tuple[int, int]]:
    """Give each quantity its own words: from the cut before it to the cut after it."""
    cuts = [_cut(folded, a, b, grammar) for a, b in pairwise(quantities)]
    first, last = quantities[0], quantities[-1]
    begins = [folded.rfind(";", 0, first.start) + 1, *(begin for _, begin in cuts)]
    stop = re.compile(";").search(folded, last.end)
    ends = [*(end for end, _ in cuts), stop.start() if stop else len(folded)]
    return [
        (begin, _close(folded, begin, quantity.end, end))
        for begin, end, quantity in zip(begins, ends, quantities, strict=True)
    ]


def _close(folded: str, begin: int, least: int, end: int) -> int:
    """End words that stand in brackets where the bracket closes."""
    for place in range(least, end):
        if folded[place] == ")" and folded.count("(", begin, place) < folded.count(")", begin, place + 1):
            return place
    return end


def _leans(folded: str, begin: int, quantity: Quantity, grammar: Grammar) -> bool:
    """Say whether a quantity says no subject of its own: "trong đó có ít nhất 50% ...", "trung bình 40%"."""
    before = folded[begin : quantity.at]
    link = bool(grammar.phrase["link"].search(before))
    subject = grammar.phrase["filler"].sub(" ", before).strip(_EDGE + "(")
    bare = quantity.kind == "share" and not folded[quantity.end :].strip()[:1].isalpha() and bool(subject)
    if bare and len(subject.split()) < 3:
        return True
    return link and len(subject.split()) < 2 and "va" not in before.split()[:1]


def _grown(spans: list[tuple[int, int]], leaning: list[bool], folded: str) -> list[int]:
    """Say where each phrase begins when the words that it leans on are added, over "và" too."""
    begins = []
    for i, (begin, _) in enumerate(spans):
        j = i
        while j and leaning[j]:
            j -= 1
            while j and folded[spans[j][0] :].lstrip().startswith("va "):
                j -= 1
        begins.append(spans[j][0] if j < i else begin)
    return begins


def _year(folded: str, quantity: Quantity, following: int, year: int | None) -> int | None:
    """Read the year by which: behind the quantity, else the last before it, else that over the item."""
    years = stated_years(folded)
    for stated, start, _ in years:
        if quantity.end <= start < following and not re.search("[,;(.]", folded[quantity.end : start]):
            return stated
    before = [stated for stated, _, end in years if end <= quantity.at]
    return before[-1] if before else year


def _split_baselines(
    folded: str, quantities: list[Quantity], grammar: Grammar
) -> tuple[list[Quantity], dict[int, float]]:
    """Part goals from present values: in brackets, or "từ 35 % lên 45 %"; keyed by the goal's place."""
    brackets = [match.span() for match in grammar.goal["baseline"].finditer(folded)]
    inside = [q for q in quantities if any(a <= q.at < b for a, b in brackets)]
    rest = [q for q in quantities if q not in inside]
    raised = {
        b.at: a
        for a, b in pairwise(rest)
        if _FROM.search(folded[: a.start]) and _RISES.match(folded[a.number_end : b.start])
    }
    goals = [q for q in rest if q not in raised.values()]
    found = {at: quantity.value for at, quantity in raised.items()}
    return goals, found | _match_baselines(goals, inside)


def _match_baselines(goals: list[Quantity], present: list[Quantity]) -> dict[int, float]:
    """Give present values to goals of the same unit, in order where as many, else to the one before."""
    found: dict[int, float] = {}
    for unit in dict.fromkeys(q.unit for q in present):
        values = [q for q in present if q.unit == unit]
        takers = [q for q in goals if q.unit == unit]
        if len(values) != len(takers):
            takers = [q for q in takers if q.at < values[0].at][-1:]
        found |= {taker.at: value.value for taker, value in zip(takers, values, strict=False)}
    return found


def _sentence_phrases(sentence: str, passage: Passage, grammar: Grammar) -> list[Phrase]:
    folded = fold_in_place(sentence)
    goals, baselines = _split_baselines(folded, find_quantities(sentence, grammar), grammar)
    if not goals:
        return []
    spans = _spans(folded, goals, grammar)
    leaning = [_leans(folded, begin, q, grammar) for (begin, _), q in zip(spans, goals, strict=True)]
    grown = _grown(spans, leaning, folded)
    followed = [*(q.start for q in goals[1:]), len(folded)]
    phrases = []
    for quantity, (own, end), start, following in zip(goals, spans, grown, followed, strict=True):
        begin = start + len(sentence[start:end]) - len(_HEAD.sub("", sentence[start:end], count=1))
        year = _year(folded, quantity, following, passage.year)
        places = max(own - begin, 0), quantity.at - begin, quantity.number_end - begin
        text = sentence[begin:end].rstrip(_EDGE)
        phrases.append(Phrase(quantity, text, sentence, *places, year, baselines.get(quantity.at)))
    return phrases


def read_phrases(passage: Passage, grammar: Grammar) -> list[Phrase]:
    """Read the quantities of a passage; a year stated in it holds for the sentences after it too."""
    phrases: list[Phrase] = []
    for sentence in split_sentences(passage.text):
        folded = fold(sentence)
        if grammar.goal["present"].search(folded):
            continue
        if not passage.sentences_only or grammar.goal["sentence"].search(folded):
            phrases += _sentence_phrases(sentence, passage, grammar)
        if years := stated_years(folded):
            passage = replace(passage, year=years[-1][0])
    return phrases
