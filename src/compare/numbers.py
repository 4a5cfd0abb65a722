"""Vietnamese numbers: read as printed, and printed again.

In: text as printed. Out: floats, and the places where numbers stand. A dot parts thousands and a comma
parts decimals; where print does otherwise, these rules decide, in this order:

1. Both signs in one number: the last one parts the decimals ("1.234,5", "1,234.5").
2. Dots before groups of exactly three digits part thousands ("1.609"), unless nothing but zero stands
   before them ("0.125"). Any other single dot is a decimal point ("1.6"); any other row of dots is the
   number of a paragraph ("2.1.3"), not a number.
3. A single comma parts decimals ("1,5", "3,250"), unless three zeros follow it, which nobody prints as
   decimals ("12,000"); several commas before groups of three part thousands ("1,234,567").

A blank parts thousands only before groups of exactly three digits ("12 500", "1 000"), and where no share
follows ("quý 4 100 %"). Words are read up to nine hundred, for counts only; "năm" is five or a year, so the
reader of the sentence decides where it counts.
"""

import math
import re
from decimal import Decimal
from typing import NamedTuple

__all__ = ["Figure", "find_figures", "parse_number", "print_number"]

_BLANKS = r"[1-9]\d{0,2}(?: \d{3}){1,4}(?:,\d{1,2})?(?!\d|[.,]\d| \d| ?%)"
_DIGITS = rf"(?:{_BLANKS}|\d+(?:[.,]\d+)*)"
_GLUED = r"(?=(?:ha|km|kg|m2|m3|kw|mw)\b|[^\w]|_|$)"  # "20ha", but not "5G"
_RANGE = re.compile(
    rf"(?<![\w.,])(?<!\w-)(?P<low>{_DIGITS}){_GLUED}(?:\s?%?\s?(?:-|\bđến\b)\s?(?P<high>{_DIGITS}){_GLUED})?"
)
_THOUSANDS = re.compile(r"(?!0+\.)\d{1,3}(?:\.\d{3})+")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3},000")
_WORDS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_VALUES = {word: n for n, word in enumerate(_WORDS, 1)} | {"mốt": 1, "tư": 4, "lăm": 5}
_UNIT = "|".join(_WORDS[:9])
_TENS = (  # "mười năm" and "hai mươi năm" are years
    rf"(?:{_UNIT}) mươi(?: (?:mốt|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín)\b)?|"
    r"mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)\b)?"
)
_SPELLED = rf"(?:{_UNIT}) trăm(?: (?:linh|lẻ) (?:{_UNIT}|tư)\b| (?:{_TENS}))?|{_TENS}|{_UNIT}"
_NO_COUNT = "số|trong|phần(?! trăm)|cách|vài|bộ phận|loạt|nửa|chục|vạn|mươi|trăm|mốt|lăm"
_OTHER = "|".join(word for word in _WORDS if word != "năm")  # "hai ba lớp" is two or three
_FIRST = "".join(rf"(?<!\b{word} )" for word in _OTHER.split("|"))
_WORD = re.compile(rf"{_FIRST}\b(?:{_SPELLED})\b(?!\s*[\d/]| (?:{_NO_COUNT}|{_OTHER})\b)", re.I)
_DASHES = str.maketrans("‐‑‒–—−", "------")


class Figure(NamedTuple):
    """A number or range in a text: its value, upper value, and place; ``word`` where it is spelled."""

    value: float
    high: float
    start: int
    end: int
    word: bool = False


def parse_number(text: str) -> float | None:
    """Read one number as printed; ``None`` where the text is none.

    Examples
    --------
    >>> [parse_number(n) for n in ("1.609", "1.6", "1,5", "05", "1.234,5", "hai", "2.1.3")]
    [1609.0, 1.6, 1.5, 5.0, 1234.5, 2.0, None]
    """
    text = text.strip()
    if re.fullmatch(_SPELLED, text, re.I):
        return float(_spelled(text))
    if not re.fullmatch(_DIGITS, text):
        return None
    text = text.replace(" ", "")
    if "." in text and "," in text:
        thousands, decimal = (".", ",") if text.rindex(",") > text.rindex(".") else (",", ".")
        plain = text.replace(thousands, "").replace(decimal, ".")
    elif _THOUSANDS.fullmatch(text) or _COMMAS.fullmatch(text):
        plain = re.sub("[.,]", "", text)
    else:
        plain = text.replace(",", ".")
    value = float(plain) if plain.count(".") < 2 else math.inf
    return value if math.isfinite(value) else None


def _spelled(text: str) -> int:
    """Add up a number in words: "hai trăm mười lăm"."""
    value = last = 0
    for word in text.lower().split():
        if word in ("mươi", "trăm"):
            value, last = value - last + last * (100 if word == "trăm" else 10), 0
        else:
            last = _VALUES.get(word, 0)
            value += last
    return value


def print_number(value: float) -> str:
    """Print a number as Vietnamese documents do: dots part thousands, a comma the decimals.

    Examples
    --------
    >>> print_number(12079), print_number(1.5), print_number(1234567.25)
    ('12.079', '1,5', '1.234.567,25')
    """
    whole, _, decimals = f"{Decimal(repr(float(value))):,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def _figure(match: re.Match[str]) -> Figure | None:
    """Read a number or range; "5-3" is no range, "2.1.3" no number."""
    low = parse_number(match["low"])
    high = parse_number(match["high"] or "")
    if low is None or high is None or high < low:
        return None if low is None else Figure(low, low, *match.span("low"))
    return Figure(low, high, *match.span())


def find_figures(text: str) -> list[Figure]:
    """Find the numbers and ranges of a text, and the words that may be numbers, in order.

    Dates, years and the numbers of documents are figures too: who reads the sentence leaves them out.

    Examples
    --------
    >>> [(f.value, f.high) for f in find_figures("01-02 mô hình, 1.400 lượt người, ít nhất một lớp")]
    [(1.0, 2.0), (1400.0, 1400.0), (1.0, 1.0)]
    """
    plain = text.translate(_DASHES)
    found = [figure for m in _RANGE.finditer(plain) if (figure := _figure(m))]
    for match in _WORD.finditer(plain):
        value = parse_number(match.group()) or 0.0
        found.append(Figure(value, value, *match.span(), word=True))
    return sorted(found, key=lambda figure: figure.start)
