"""Quantities of a sentence: numbers with what they count and how they are meant.

In: one sentence as printed. Out: its quantities in order. What is no quantity is left out: dates, years,
numbers of documents and lists, the plan's own parts ("5 nhiệm vụ"), and a period or number word that no
word of bound or reaching leads in ("trong 12 tháng liên tục", "một số"). "Mỗi xã có ít nhất một hợp tác
xã" counts by commune, "mỗi năm 21 hợp tác xã" by year: hợp tác xã/xã, hợp tác xã/năm. "95/100 thôn" counts
95 thôn, but "2/3 số xã" is a share, 66,67 %.
"""

import re
from math import gcd
from typing import NamedTuple

from compare.numbers import Figure, find_figures
from compare.targets.grammar import Grammar, Unit
from compare.text import fold_in_place

__all__ = ["Quantity", "find_quantities"]

_SCALES = {"trieu": 1e6, "nghin": 1e3, "ngan": 1e3, "ty": 1e9, "ti": 1e9}
_SCALE = re.compile(r"\s?(?P<scale>nghin ty|ngan ty|trieu|nghin|ngan|ty|ti)(?!\w)(?! le)")
_SCALE_NAMES = {
    "trieu": "triệu", "nghin": "nghìn", "ngan": "nghìn", "ty": "tỷ", "ti": "tỷ",
    "nghin ty": "nghìn tỷ", "ngan ty": "nghìn tỷ", "": "",
}  # fmt: skip
_CURRENCY = re.compile(r"\s?(?P<name>dong|vnd|usd|do la(?: my)?)(?!\w)")
_CURRENCIES = {"dong": "đồng", "vnd": "đồng"}
_PER = re.compile(r"\s?/\s?(?=[a-z])")
_EACH = re.compile(r"(?<!\w)(?:mỗi|hàng|hằng|từng)\s+(?=\w)", re.I)
_SPELL = "một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|linh|lẻ|không"
_SPELLED = re.compile(rf"\s?\((?:(?:{_SPELL})\s?)+\)", re.I)  # "02 (hai) lớp"
_REACHES = re.compile(
    r"(?<!\w)(?:dat|la|co|len|con|xuong|xay dung|thanh lap|hinh thanh|lua chon|to chuc|them)\s+$"
)
_LASTS = re.compile(r"\b(?:(?:dat|la|con|xuong|len)(?: [a-z]+)?|khong qua|toi da)\s+$")
_STOP = re.compile(
    r"\b(?:tham gia|hoạt động|ứng dụng|sở hữu|được|đạt|có|trên|dưới|tại|ở|với|và|trong|theo|cho|là|để|đến|"
    r"vào|do|của|thuộc|trở|lên|hoặc|sử dụng|thực hiện|hoàn thành|mỗi|năm|này|so|từ|chưa|không)\b|[^\w\s]",
    re.I,
)
_FRACTION = re.compile(r"(?P<part>[1-9]\d*) ?/ ?(?P<whole>[1-9]\d*)(?P<number>\s(?:tổng\s)?số(?!\w))?", re.I)
_MOST = 10  # "2/3 xã" is two thirds; "12/15 xã" and "05/07 xã" count communes
_LONGEST = 3  # words of a unit that units.csv does not know
_NEAR = 100  # letters in which what leads a number in, or follows it, stands
_CLAUSE = 600  # letters before a number in which "mỗi ..." is looked for


class Quantity(NamedTuple):
    """One quantity: its value, unit and bound, and where lead-in, number and unit stand."""

    value: float
    high: float
    unit: str
    kind: str
    bound: str
    start: int
    at: int
    number_end: int
    end: int


def _mask(text: str, folded: str, grammar: Grammar) -> str:
    """Blank what holds numbers but no quantity, keeping every place."""
    masked = list(text)
    for pattern in grammar.masks:
        for match in pattern.finditer(folded):
            masked[match.start() : match.end()] = "¤" * (match.end() - match.start())
    return "".join(masked)


def _lead(folded: str, place: int) -> str:
    """Return what stands right before a place; a whole sentence for each number would cost its square."""
    return folded[max(0, place - _NEAR) : place]


def _is_year(figure: Figure, text: str, folded: str) -> bool:
    """Say whether a bare four-digit number is a year: where no word of reaching leads it in."""
    printed = text[figure.start : figure.end]
    plain = re.fullmatch(r"(?:19|20|21)\d\d", printed)
    return bool(plain) and not _REACHES.search(_lead(folded, figure.start))


def _bound_before(folded: str, place: int, grammar: Grammar) -> tuple[str, int]:
    """Read the word before a number: its bound, and where that word begins."""
    lead = _lead(folded, place)
    for name, pattern in grammar.bound.items():
        if not name.endswith("-after") and (match := pattern.search(lead)):
            return name, place - len(lead) + match.start()
    return "", place


def _money(folded: str, place: int) -> tuple[Unit, int] | None:
    scale = _SCALE.match(folded, place)
    end = scale.end() if scale else place
    currency = _CURRENCY.match(folded, end)
    if not currency and (not scale or scale["scale"] in ("trieu", "nghin", "ngan")):
        return None  # "2 triệu người"
    name = _CURRENCIES.get(currency["name"], "USD") if currency else "đồng"
    printed = _SCALE_NAMES[scale["scale"] if scale else ""]
    return Unit(f"{printed} {name}".strip(), "money"), currency.end() if currency else end


def _own_words(text: str, folded: str, place: int) -> tuple[Unit, int] | None:
    """Take as unit the first words after the number, up to a verb, a preposition or a stop."""
    stop = _STOP.search(text, place, place + _NEAR)
    near = text[place : stop.start() if stop else place + _NEAR]
    words = list(re.finditer(r"[^\W\d]\w*", near))[:_LONGEST]
    if not words or folded[place : place + words[0].start()].strip():
        return None
    end = place + words[-1].end()
    return Unit(" ".join(text[place:end].lower().split()), ""), end


def _count(text: str, folded: str, place: int, grammar: Grammar) -> tuple[Unit, int, float] | None:
    """Read what is counted; a scale before it ("2 triệu người") is a part of the number."""
    scale = _SCALE.match(folded, place)
    factor = _SCALES.get(scale["scale"], 1.0) if scale else 1.0
    begin = re.compile(r"\s*").match(folded, scale.end() if scale else place).end()  # type: ignore[union-attr]
    found = grammar.unit_at(folded, begin) or _own_words(text, folded, begin)
    return (*found, factor) if found else None


def _per(text: str, folded: str, unit: str, place: int, grammar: Grammar) -> tuple[str, int]:
    """Read the rest of a unit: /năm, /người/năm."""
    while (match := _PER.match(folded, place)) and "/" * 3 not in unit:
        known = grammar.unit_at(folded, match.end())
        word = re.compile(r"\w+").match(text, match.end())
        end = known[1] if known else word.end() if word else match.end()
        name = known[0].name if known else text[match.end() : end].lower()
        unit, place = f"{unit}/{name}", end
    return unit, place


def _each(text: str, folded: str, place: int, grammar: Grammar) -> str:
    """Name what the count is for: the last "mỗi ..." of the clause before the number."""
    first = max(0, place - _CLAUSE)
    begin = max(first, folded.rfind(";", first, place) + 1, folded.rfind(". ", first, place) + 1)
    matches = list(_EACH.finditer(text, begin, place))
    known = grammar.unit_at(folded, matches[-1].end()) if matches else None
    if not known or known[1] > place:
        return ""
    yearly = text[matches[-1].start() : matches[-1].end()].strip().lower() in ("hàng", "hằng")
    return known[0].name if not yearly or known[0].name in ("năm", "tháng", "tuần") else ""


def _wanted(figure: Figure, unit: Unit, led_by: tuple[str, int], folded: str, grammar: Grammar) -> bool:
    """Say whether a number is promised, by its unit and what leads it in: a bound and its place."""
    bound, start = led_by
    led = bool(bound or _REACHES.search(_lead(folded, figure.start)))
    if unit.kind == "structure":
        return False
    if unit.name == "lần" and grammar.phrase["multiple"].search(_lead(folded, start)):
        return True  # "tăng 1,5 lần so với năm 2020"
    if unit.kind == "time":  # "trên 12 tháng", "dưới 5 tuổi" are conditions
        return bool(_LASTS.search(_lead(folded, figure.start)) or (bound in ("about", "at-least")))
    if figure.word and figure.value == 5:  # "năm" is a year unless a word of bound says that it is five
        return bool(bound)
    return led or not figure.word


def _fraction(figure: Figure, text: str, folded: str, grammar: Grammar) -> Quantity | None:
    """Read "2/3 số xã" as a share in percent: in lowest terms, and out of ten at most, or of "số"."""
    match = _FRACTION.match(text, figure.start)
    if not match or not 0 < int(match["part"]) < int(match["whole"]):
        return None
    part, whole = int(match["part"]), int(match["whole"])
    found = grammar.unit_at(folded, re.compile(r"\s*").match(folded, match.end()).end())  # type: ignore[union-attr]
    counted = bool(found and found[0].kind in ("count", "person"))
    if not match["number"] and not (counted and whole <= _MOST and gcd(part, whole) == 1):
        return None
    bound, start = _bound_before(folded, figure.start, grammar)
    value, end = round(100 * part / whole, 2), match.end()
    return Quantity(value, value, "%", "share", bound or "exactly", start, figure.start, end, end)


def _quantity(figure: Figure, text: str, folded: str, grammar: Grammar) -> Quantity | None:
    if fraction := _fraction(figure, text, folded, grammar):
        return fraction
    number_end = figure.end
    if spelled := _SPELLED.match(text, number_end):
        number_end = spelled.end()
    counted = _count(text, folded, number_end, grammar)
    money = _money(folded, number_end)
    unit, end, factor = (*money, 1.0) if money else counted or (Unit("", ""), number_end, 1.0)
    bound, start = _bound_before(folded, figure.start, grammar)
    if (not unit.name and figure.word) or not _wanted(figure, unit, (bound, start), folded, grammar):
        return None
    name, end = _per(text, folded, unit.name, end, grammar)
    if unit.kind != "money" and "/" not in name and (each := _each(text, folded, figure.start, grammar)):
        name = f"{name}/{each}" if name else name
    for after in ("at-least", "at-most"):
        if grammar.bound[f"{after}-after"].search(folded[end : end + _NEAR]):
            bound = after
    value, high = (round(number * factor, 3) for number in (figure.value, figure.high))  # 4,1 triệu
    return Quantity(value, high, name, unit.kind, bound or "exactly", start, figure.start, figure.end, end)


def _out_of(figures: list[Figure], text: str) -> list[Figure]:
    """Read "95/100 thôn" as one number: what they are out of stays in the text."""
    read: list[Figure] = []
    for figure in figures:
        if read and not read[-1].word and text[read[-1].end : figure.start].strip() == "/":
            read[-1] = read[-1]._replace(end=figure.end)
        else:
            read.append(figure)
    return read


def find_quantities(text: str, grammar: Grammar) -> list[Quantity]:
    """Find the quantities of a sentence, in order.

    Examples
    --------
    >>> from compare.targets.grammar import read_grammar
    >>> found = find_quantities("Đến năm 2025 có ít nhất 40 HTX, vốn vay 1,5 tỷ đồng", read_grammar())
    >>> [(q.value, q.unit, q.bound) for q in found]
    [(40.0, 'hợp tác xã', 'at-least'), (1.5, 'tỷ đồng', 'exactly')]
    """
    folded = fold_in_place(text)
    figures = find_figures(_mask(text, folded, grammar))
    figures = [figure for figure in figures if figure.word or not _is_year(figure, text, folded)]
    figures = _out_of(figures, text)
    found = (_quantity(figure, text, folded, grammar) for figure in figures)
    kept = [quantity for quantity in found if quantity and quantity.unit]
    return [q for i, q in enumerate(kept) if i == 0 or q.at >= kept[i - 1].end]
