"""Phrases: what of a sentence each of its quantities says.

In: a passage. Out: one :class:`Phrase` a quantity: the words as printed, with those of the quantity that
it is a part of ("trong đó có ít nhất 50% ...", "với 5.000 thành viên"), its year, its baseline. A
sentence is cut between two quantities at a semicolon, else where the subject of the second begins: at the
first comma or conjunction where a copula leads to the number ("..., lợi nhuận đạt 370 triệu đồng"), at
the last where the number leads ("đạt loại tốt, khá, trên 100 hợp tác xã ...").
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from compare.openings import UPPER
from compare.targets.grammar import Grammar
from compare.targets.passages import Passage, stated_years
from compare.targets.quantities import Quantity, find_quantities
from compare.text import fold_in_place

__all__ = ["Phrase", "read_phrases", "split_sentences"]

_SENTENCE = re.compile(rf"(?<=[.!?…])\s+(?=\W{{0,9}}[{UPPER}])|(?<=[\w.;:,])\s+(?=[-+•] [{UPPER}])")
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]{1,2}\.$")  # "TP. Hà Tĩnh"
_FROM = re.compile(r"\btu\s+$")
_RISES = re.compile(r"^[^,;.]{0,25}?\b(?:len|xuong|con)\b(?: den| toi| con| muc)*\s*$")
_AFTER = re.compile(r"\(.*|so với.*|theo .*|trở (?:lên|xuống)")
_LISTED = re.compile(r"\W*(?:(?:va|voi|cung|trong do)\b)?\W*")  # before the next number of a list
_AGAINST = re.compile(r"\s*(?:so )?(?:voi )?nam \d{4}")  # "gấp 2 lần năm 2020" is for another year
_NEAR = 20  # letters in which "từ" leads a number in
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
    verb: str = ""  # of change, before this number or the list that it is in: "giai the"


def split_sentences(text: str) -> list[str]:
    """Split a passage into sentences and list items.

    Examples
    --------
    >>> split_sentences("Có 5 lớp. Tại TP. Hà Tĩnh có 2 lớp")
    ['Có 5 lớp.', 'Tại TP. Hà Tĩnh có 2 lớp']
    """
    text, sentences, begin = " ".join(text.split()), [], 0
    for match in _SENTENCE.finditer(text):
        if not _INITIAL.search(text[max(0, match.start() - 9) : match.start()]):
            sentences.append(text[begin : match.start()])
            begin = match.end()
    return [sentence for sentence in [*sentences, text[begin:]] if sentence.strip()]


def _cut(folded: str, left: Quantity, right: Quantity, grammar: Grammar) -> tuple[int, int]:
    """Find where one quantity's words end and the next one's begin."""
    lead = _FROM.search(folded, max(0, right.start - _NEAR), right.start)
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


def _leans(sentence: str, span: tuple[int, int], quantity: Quantity, grammar: Grammar) -> bool:
    """Say whether a quantity says no subject of its own: "trong đó có ít nhất 50% ...", "trung bình 40%"."""
    before = sentence[span[0] : quantity.at].lower()
    after = sentence[quantity.end : span[1]].lower()
    subject = grammar.phrase["filler"].sub(" ", f"{before}@").strip(_EDGE + "(@").split()
    if (
        quantity.kind == "share"
        and _AFTER.sub("", grammar.phrase["filler"].sub(" ", after)).strip(_EDGE) == ""
    ):
        return len(subject) < 3
    linked = grammar.phrase["link"].search(fold_in_place(before))
    return bool(linked) and len(subject) < 2 and "và" not in before.split()[:1]


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


def _years_behind(folded: str, quantities: list[Quantity]) -> dict[int, tuple[int, int]]:
    """Find the years that stand straight behind quantities ("70% năm 2025"): place -> year, its end."""
    found: dict[int, tuple[int, int]] = {}
    for year, start, end in reversed(stated_years(folded)):
        before = [q for q in quantities if q.end <= start]
        if before and not re.search("[,;(.]", folded[before[-1].end : start]):
            found[before[-1].at] = year, end
    return found


def _years(folded: str, quantities: list[Quantity], year: int | None) -> dict[int, int | None]:
    """Read the year of each quantity, by its place: behind it, else the last before it, else that given.

    A year behind one quantity is not the next one's. The key -1 holds the year for what follows.
    """
    behind = _years_behind(folded, quantities)
    stated = [(y, end) for y, _, end in stated_years(folded) if (y, end) not in behind.values()]
    years: dict[int, int | None] = {-1: stated[-1][0] if stated else year}
    for quantity in quantities:
        place = quantity.at
        before = [found for found, end in stated if end <= place]
        against = quantity.unit == "lần" and _AGAINST.match(folded, quantity.end)
        own = behind[place][0] if place in behind and not against else None
        years[place] = own or (before[-1] if before else year)
    return years


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
        if _FROM.search(folded, max(0, a.start - _NEAR), a.start)
        and _RISES.match(folded[a.number_end : b.start])
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


def _verbs(folded: str, spans: list[tuple[int, int]], goals: list[Quantity], grammar: Grammar) -> list[str]:
    """Name the verb of change that governs each quantity; that of a list holds for all its items."""
    verbs: list[str] = []
    for (begin, _), quantity in zip(spans, goals, strict=True):
        before = folded[begin : quantity.start]
        found = grammar.phrase["flow"].search(f"{before}@")
        listed = bool(verbs) and _LISTED.fullmatch(before)
        verbs.append(found["verb"] if found else verbs[-1] if listed else "")
    return verbs


def _sentence_phrases(
    sentence: str, quantities: list[Quantity], years: dict[int, int | None], grammar: Grammar
) -> list[Phrase]:
    folded = fold_in_place(sentence)
    goals, baselines = _split_baselines(folded, quantities, grammar)
    if not goals:
        return []
    spans = _spans(folded, goals, grammar)
    leaning = [_leans(sentence, span, q, grammar) for span, q in zip(spans, goals, strict=True)]
    grown, phrases = _grown(spans, leaning, folded), []
    verbs = _verbs(folded, spans, goals, grammar)
    for quantity, (own, end), start, verb in zip(goals, spans, grown, verbs, strict=True):
        begin = start + len(sentence[start:end]) - len(_HEAD.sub("", sentence[start:end], count=1))
        places = max(own - begin, 0), quantity.at - begin, quantity.number_end - begin
        text, year, now = sentence[begin:end].rstrip(_EDGE), years[quantity.at], baselines.get(quantity.at)
        phrases.append(Phrase(quantity, text, sentence, *places, year, now, verb))
    return phrases


def read_phrases(passage: Passage, grammar: Grammar) -> list[Phrase]:
    """Read the quantities of a passage; a year that opens a sentence holds for those after it too."""
    phrases: list[Phrase] = []
    year = passage.year
    for sentence in split_sentences(passage.text):
        folded = fold_in_place(sentence)
        if grammar.goal["present"].search(folded):
            continue
        quantities = find_quantities(sentence, grammar)
        years = _years(folded, quantities, year)
        if not passage.sentences_only or grammar.goal["sentence"].search(folded):
            phrases += _sentence_phrases(sentence, quantities, years, grammar)
        year = years[-1]
    return phrases
