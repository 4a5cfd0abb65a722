"""Checks that speak against a match, however alike the words are.

In: two clauses as printed. Out: the names of the checks that failed. ``token_set_ratio`` gives 100
to "Xây dựng ..." against "Không xây dựng ...", and to two plans that differ in a law, a year or a
target group only.
A check speaks only where both clauses say something of the kind: a number that one plan leaves out
is no conflict, and documents of the localities themselves differ by nature.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from compare.documents import data_folder
from compare.numbers import find_figures, print_number
from compare.sheets import read_rows
from compare.text import fold, nfc

__all__ = ["find_agreements", "find_conflicts"]

_WORD = re.compile(r"\w+")
_NEGATIONS = frozenset(["không", "chưa", "chẳng", "đừng", "cấm"])
# A numbered document ("98/2018/NĐ-CP", "20-NQ/TW"). Only laws and decrees, which carry their year,
# tell two pieces of work apart: plans and resolutions are the same work's mandate in each locality.
_NUMBERED = re.compile(r"\b\d+(?:/\d{4})?[-/][A-ZĐ]{1,4}\d*(?:[-/][A-ZĐa-z]+)*")
_DECREE = re.compile(r"/\d{4}/(?!.*(?:UBND|HĐND))")
_LAW = re.compile(r"\bLuật\s+([A-ZĐÀ-Ỹ]\w*(?:\s+\w+)?)")
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}|ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class _Facts:
    words: tuple[str, ...]
    laws: frozenset[str]
    years: frozenset[str]
    amounts: frozenset[str]
    groups: frozenset[str]


@cache
def read_target_groups() -> tuple[tuple[str, str], ...]:
    """Read whom a piece of work may be for: phrase and group, of ``data/reference/target_groups.csv``."""
    table = read_rows(data_folder("reference") / "target_groups.csv", ["group_id", "phrase"])
    return tuple(zip(table["phrase"], table["group_id"], strict=True))


def _amounts(text: str) -> Iterator[str]:
    """Write each number and end of a range in one form ("05" is 5), with its per cent sign; no "15/12"."""
    for figure in find_figures(text):
        if not figure.word and "/" not in text[max(figure.start - 1, 0) : figure.end + 1]:
            share = "%" if text[figure.end :].startswith("%") else ""
            yield from (print_number(value) + share for value in (figure.value, figure.high))


@lru_cache(maxsize=65_536)
def _facts(text: str) -> _Facts:
    decrees = {number for number in _NUMBERED.findall(text) if _DECREE.search(number)}
    rest = _DATE.sub(" ", _NUMBERED.sub(" ", text))
    return _Facts(
        tuple(_WORD.findall(text.lower())),
        frozenset(decrees | {fold(name) for name in _LAW.findall(text)}),
        frozenset(_YEAR.findall(rest)),
        frozenset(_amounts(_YEAR.sub(" ", rest))),
        frozenset(group for phrase, group in read_target_groups() if phrase in nfc(text).lower()),
    )


def _holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))


def _negates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether one text negates what the other says plainly, in the same place."""
    for place, word in enumerate(one):
        after = one[place + 1 : place + 3]
        if word not in _NEGATIONS or not after or _holds(other, (word, *after)):
            continue
        if other[: len(after)] == after or _holds(other, (*one[max(place - 1, 0) : place], *after)):
            return True
    return False


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def find_agreements(text_a: str, text_b: str) -> set[str]:
    """Name what both texts say the same of: law, number, group.

    Examples
    --------
    >>> find_agreements("Triển khai Luật Hợp tác xã", "Phổ biến Luật Hợp tác xã năm 2023")
    {'law'}
    """
    a, b = _facts(text_a), _facts(text_b)
    same = {
        "law": a.laws & b.laws,
        "number": (a.years & b.years) | (a.amounts & b.amounts),
        "group": a.groups & b.groups,
    }
    return {name for name, both in same.items() if both}


def find_conflicts(text_a: str, text_b: str) -> str:
    """Name the checks that speak against a match: negation, law, number, group; `;`-joined.

    Examples
    --------
    >>> find_conflicts("Không xây dựng trụ sở mới", "Xây dựng trụ sở mới")
    'negation'
    >>> find_conflicts("Triển khai Luật Đất đai năm 2024", "Triển khai Luật Hợp tác xã năm 2023")
    'law;number'
    >>> find_conflicts("Vay vốn cho phụ nữ khởi nghiệp", "Vay vốn cho thanh niên khởi nghiệp")
    'group'
    """
    a, b = _facts(text_a), _facts(text_b)
    checks = {
        "negation": _negates(a.words, b.words) or _negates(b.words, a.words),
        "law": _differ(a.laws, b.laws),
        "number": _differ(a.years, b.years) or _differ(a.amounts, b.amounts),
        "group": _differ(a.groups, b.groups),
    }
    return ";".join(name for name, failed in checks.items() if failed)
