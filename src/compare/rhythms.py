"""How often, and until which day: the rhythms and dates of duties in running text.

In: a clause ("định kỳ 6 tháng, năm ... trước ngày 15/6 và 15/12 hằng năm"). Out: one :class:`Rhythm`
a rhythm and date, in order of print. A due day is ISO and as partial as the print: ``2024-11-25`` and
``2025-06`` come once, ``--12-15`` every year, ``---30`` on a day of the rhythm's last month. A date
counts only after a word such as "trước" or "vào": dates of cited documents are none.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from compare.text import fold_in_place

__all__ = ["PERIODS", "Rhythm", "find_rhythms", "month_end"]

PERIODS = {"weekly": 0, "monthly": 1, "quarterly": 3, "half-yearly": 6, "annual": 12}  # months


class Rhythm(NamedTuple):
    """One rhythm (of ``PERIODS``, ``regular``, ``once``, or none), its due day, and both as printed."""

    period: str
    due: str = ""
    printed: str = ""


class _Part(NamedTuple):
    """A piece of a text that says how often or when: its place, and that of the words around it."""

    kind: str  # a period, "once", "day" (of a year), "nine months"
    due: str
    start: int
    end: int
    around: tuple[int, int]


_YEAR = r"(?:nam )?(?P<y>20\d\d)"
_BEFORE = r"(?:truoc|cham nhat|muon nhat|khong qua|den het)(?: vao| la)?"
_AT = rf"(?:{_BEFORE}|vao|trong|so ket|tong ket)(?: cuoi)?"
_DAY = r"(?:ngay )?(?:0?[1-9]|[12]\d|3[01]) ?(?:/|-|thang) ?(?:1[0-2]|0?[1-9])(?!\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ONCE = [
    (r"(?:ngay )?(?P<d>\d{1,2}) ?(?:/|-|thang) ?(?P<m>\d{1,2}) ?(?:/|-|,? nam) ?(?P<y>20\d\d)"),
    (r"thang (?P<m>\d{1,2}) ?(?:/|-|nam) ?(?P<y>20\d\d)"),
    (r"qu[yi] (?P<q>iv|iii|ii|i|[1-4]) ?(?:/|-|nam| ) ?(?P<y>20\d\d)"),
    _YEAR,
]
_ONCE_AT = [re.compile(rf"(?:^|\b{_AT} ){when}\b") for when in _ONCE]
_DAYS = re.compile(
    rf"\b(?:{_BEFORE}|vao) (?P<days>{_DAY}(?:(?:,|;| va| hoac) {_DAY})*)(?! ?(?:/|-|,? ?nam) ?\d)"
)
_IN_MONTH = re.compile(
    rf"\b(?:(?:{_BEFORE}|vao) (?:ngay )?|ngay )(?P<d>[12]\d|3[01]|0?[1-9]),? (?:cua )?"
    r"(?:(?P<monthly>(?:hang|moi) thang)|thang cuoi (?:cua )?(?:moi |hang )?quy|cuoi (?:moi |hang )?quy)\b"
)
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_N = r"(?P<n>\d{1,2}|mot|hai|ba|bon)"
_TIMES = [
    re.compile(rf"\b(?:(?:moi|mot|hang|trong) )?nam (?:{_N}) lan\b"),
    re.compile(rf"\b{_N} lan ?(?:/|mot|moi|trong(?: mot)?) ?nam\b"),
]
_OFTEN = {1: "annual", 2: "half-yearly", 4: "quarterly", 12: "monthly"}
_YEARS = re.compile(r"\b(?:\d|hai|ba|nam) nam(?: ?/ ?| )(?:01|1|mot) lan\b")
_NINE = "nine months"
_UNITS = {
    "half-yearly": r"(?:6|06|sau) thang(?: (?:dau|cuoi) nam)?|nua nam",
    _NINE: r"(?:9|09|chin) thang(?: dau nam)?",
    "annual": r"(?:cuoi |ca )?nam(?! \d| (?:tinh|bat|chac|ro|vung))",
    "weekly": r"tuan(?! thu)",
    "monthly": r"thang(?! \d| cuoi)",
    "quarterly": r"quy(?! (?:dinh|che|mo|hoach|trinh|uoc|dat|chuan|\d|i{1,3}|iv)\b)",
}
_UNIT = "|".join(f"(?:{unit})" for unit in _UNITS.values())
_EACH = r"(?:hang|moi|theo|dinh ky|bao cao|so ket|tong ket)"
_AND = rf"(?: \([^()]*\))?(?: ?[,;/] ?| va | hoac | )(?:{_EACH} )*"
_LIST = re.compile(rf"\b{_EACH} (?:{_EACH} ){{0,4}}(?:{_UNIT})\b(?:{_AND}(?:{_UNIT})\b)*")
_ONE = [(period, re.compile(rf"\b(?:{unit})\b")) for period, unit in _UNITS.items()]
_DATED = ("quarterly", "half-yearly", "annual")
_YEARLY_AFTER = re.compile(r" (?:hang|moi) nam\b")
_YEARLY_BEFORE = re.compile(r"(?:dinh ky )?\b(?:hang|moi) nam,? \(?$")
_SHARED = {2: "half-yearly", 4: "quarterly"}  # so many days of one year


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month.

    Examples
    --------
    >>> month_end(2024, 2)
    datetime.date(2024, 2, 29)
    """
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _is_date(year: int, month: int, day: int = 1) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _part(kind: str, due: str, match: re.Match[str]) -> _Part:
    return _Part(kind, due, *match.span(), match.span())


def _once(text: str) -> Iterator[_Part]:
    """Read dates of one year: days, months, quarters, years."""
    for pattern in _ONCE_AT:
        for m in pattern.finditer(text):
            found = m.groupdict()
            month = 3 * _ROMAN[found["q"]] if found.get("q") else int(found.get("m") or 1)
            if _is_date(int(m["y"]), month, int(found.get("d") or 1)):
                parts = [m["y"]] + [f"{month:02d}"] * ("m" in found or "q" in found)
                parts += [f"{int(m['d']):02d}"] if "d" in found else []
                yield _part("once", "-".join(parts), m)


def _days(text: str) -> Iterator[_Part]:
    """Read days of every year, of which several may follow one "trước ngày"."""
    for m in _DAYS.finditer(text):
        for one in re.finditer(_DAY, m["days"]):
            day, month = map(int, re.findall(r"\d+", one.group()))
            if _is_date(2000, month, day):
                at = m.start("days")
                place = at + one.start(), at + one.end()
                yield _Part("day", f"--{month:02d}-{day:02d}", *place, m.span())


def _in_month(text: str) -> Iterator[_Part]:
    """Read days of every month, or of the last month of every quarter."""
    for m in _IN_MONTH.finditer(text):
        yield _part("monthly" if m["monthly"] else "quarterly", f"---{int(m['d']):02d}", m)


def _times(text: str) -> Iterator[_Part]:
    """Read "hai năm một lần", "02 lần/năm"."""
    for m in _YEARS.finditer(text):
        yield _part("regular", "", m)
    for pattern in _TIMES:
        for m in pattern.finditer(text):
            number = _NUMBERS.get(m["n"]) or int(m["n"])
            yield _part(_OFTEN.get(number, "regular"), "", m)


def _listed(text: str) -> Iterator[_Part]:
    """Read lists of rhythms: "hàng tháng, quý, 6 tháng, năm"."""
    for m in _LIST.finditer(text):
        inside = m.group()
        for period, pattern in _ONE:
            for one in pattern.finditer(inside):
                place = m.start() + one.start(), m.start() + one.end()
                yield _Part(period, "", *place, m.span())
            inside = pattern.sub(lambda found: "_" * len(found.group()), inside)


def _parts(text: str) -> list[_Part]:
    """Find what says how often or when; no word is read twice."""
    found: list[_Part] = []
    for read in (_once, _in_month, _days, _times, _listed):
        for part in list(read(text)):
            if not any(part.start < other.end and other.start < part.end for other in found):
                found.append(part)
    return sorted(found, key=lambda part: part.start)


def _owner(day: _Part, days: list[_Part], rhythms: list[_Part]) -> str:
    """Say which rhythm a day of the year belongs to; none where the text names none."""
    names = list(dict.fromkeys(r.kind for r in rhythms if not r.due and r.kind in _DATED))
    if not names:
        return ""
    if names == ["annual"]:
        return _SHARED.get(len(days), "annual")
    if len(names) == len(days):
        return names[days.index(day)]
    if len(days) == 1 and "annual" in names:
        return "annual"
    return ([r.kind for r in rhythms if r.kind in names and r.end <= day.start] or names)[-1]


def _undated(rhythms: list[_Part], dated: set[str]) -> list[_Part]:
    """Keep the rhythms that no day belongs to; a yearly one may only say that the days come each year."""
    shared = {r.kind for r in rhythms} <= {"annual"} and dated & set(_SHARED.values())
    return [] if shared else [r for r in rhythms if not r.due and r.kind not in dated]


def _words(text: str, folded: str, part: _Part) -> str:
    """Return a part with what stands around it: "(trước ngày) 15/12 (hằng năm)"."""
    start, end = part.around
    before, after = (
        _YEARLY_BEFORE.search(folded[max(0, start - 40) : start]),
        _YEARLY_AFTER.match(folded[end : end + 40]),
    )
    if part.kind != "day":
        before = after = None
    closes = bool(before and before.group().endswith("(") and folded[end : end + 1] == ")")
    return text[start - len(before.group()) if before else start : end + (after.end() if after else closes)]


def find_rhythms(text: str) -> list[Rhythm]:
    """Find the rhythms and due days of a clause, in order of print.

    Returns
    -------
    list of Rhythm
        Each rhythm and day once. A day of the year without a rhythm has the period ``""``; two days
        of one year are half-yearly, four quarterly; a report on nine months comes once a year.

    Examples
    --------
    >>> [r[:2] for r in find_rhythms("báo cáo 6 tháng, năm trước ngày 05/6 và 05/12 hằng năm")]
    [('half-yearly', '--06-05'), ('annual', '--12-05')]
    >>> find_rhythms("gửi về Sở Nội vụ trước 25/11/2024 để tổng hợp")
    [Rhythm(period='once', due='2024-11-25', printed='trước 25/11/2024')]
    """
    flat = " ".join(text.split())
    folded = fold_in_place(flat)
    parts = _parts(folded)
    days = [p for p in parts if p.kind == "day"]
    rhythms = [p for p in parts if p.kind not in ("day", "once")]
    found = [(_owner(day, days, rhythms), day) for day in days]
    dated = {period for period, _ in found} | {p.kind for p in rhythms if p.due}
    whole = [p for p in parts if p.kind == "once" or (p.due and p.kind != "day")]
    found += [(p.kind, p) for p in [*whole, *_undated(rhythms, dated)]]
    once: dict[tuple[str, str], Rhythm] = {}
    for period, part in sorted(found, key=lambda pair: pair[1].start):
        name = "annual" if period == _NINE else period
        once.setdefault((period, part.due), Rhythm(name, part.due, _words(flat, folded, part)))
    return list(once.values())
