"""Times as printed become a kind, a start and an end.

In: a time cell ("Quý IV/2020", "Hàng năm"). Out: a :class:`Timeline` whose dates are ISO and as
partial as the print ("2020", "2021-02"; ``--12-15`` is the 15th of December of every year).
The grammar is one ordered table: the first pattern that fits the whole cell decides.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from compare.text import fold, fold_in_place

__all__ = ["Timeline", "find_timeline", "is_timeline", "parse_timeline", "split_trailing_timeline"]


class Timeline(NamedTuple):
    """A time: its kind (one of the schema's, or empty), start and end."""

    kind: str
    start: str = ""
    end: str = ""


_YEARLY = r"(?:hang|moi) nam"
_DAY = r"(?:ngay )?(?P<d>\d{1,2}) ?(?:/|-|thang) ?(?P<m>\d{1,2})"
_OF = r" ?(?:/|-|nam) ?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_LAST = _YEAR.replace("<y>", "<z>")
_TO = r" ?(?:-|den(?: nam)?) ?"
_BEFORE = r"(?:(?:hoan thanh )?(?:truoc|cham nhat|muon nhat)(?: vao| la)?)"
_UNTIL = rf"(?:{_BEFORE}|den(?: het)?)"
_QUARTER = r"iv|iii|ii|i|[1-4]"
_AFTERWARDS = r",? (?:va )?(?:(?:cac|nhung) nam (?:tiep theo|tiep sau|sau)|tro di)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _date(year: str, month: str | int, day: str | int = "") -> str:
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _quarter(m: re.Match[str]) -> Timeline:
    first, last = 3 * _ROMAN[m["q"]] - 2, 3 * _ROMAN[m["r"] or m["q"]]
    return Timeline("range" if m["r"] else "quarter", _date(m["y"], first), _date(m["y"], last))


def _half(m: re.Match[str]) -> Timeline:
    first = 1 if m["half"] == "dau" else 7
    return Timeline("range", _date(m["y"], first), _date(m["y"], first + 5))


def _yearly_day(m: re.Match[str]) -> Timeline:
    return Timeline("annual", "", _date("-", m["m"], m["d"]))


_GRAMMAR: list[tuple[str, Callable[[re.Match[str]], Timeline]]] = [
    (rf"{_YEARLY}(?:[,;]? (?:giai doan|va giai doan|dinh ky))?", lambda m: Timeline("annual")),
    (r"(?:nhiem vu )?thuong xuyen(?:,? lien tuc)?", lambda m: Timeline("ongoing")),
    (rf"thuong xuyen,? {_YEARLY}", lambda m: Timeline("ongoing")),
    (r"(?:hai|02|2) nam(?: ?/ ?| )(?:01 |1 |mot )?lan", lambda m: Timeline("biennial")),
    (rf"{_BEFORE} {_DAY} {_YEARLY}", _yearly_day),
    (rf"(?:dinh ky )?{_YEARLY},? \(?{_BEFORE} {_DAY}\)?", _yearly_day),
    (
        rf"(?:{_UNTIL} )?{_DAY}{_OF}{_YEAR}",
        lambda m: Timeline("deadline", "", _date(m["y"], m["m"], m["d"])),
    ),
    (
        rf"{_UNTIL} thang (?P<m>\d{{1,2}}){_OF}{_YEAR}",
        lambda m: Timeline("deadline", "", _date(m["y"], m["m"])),
    ),
    (rf"{_UNTIL}(?: nam)? {_YEAR}", lambda m: Timeline("deadline", "", m["y"])),
    (
        rf"(?:trong )?qu[yi] (?P<q>{_QUARTER})(?: ?(?:,|-|va|den)(?: qu[yi])? ?(?P<r>{_QUARTER}))?"
        rf"(?:{_OF}| ){_YEAR}",
        _quarter,
    ),
    (rf"(?:trong )?(?:6|06|sau) thang (?P<half>dau|cuoi) nam {_YEAR}", _half),
    (
        rf"(?:tu )?thang (?P<a>\d{{1,2}}) ?(?:-|den|den thang) ?(?P<b>\d{{1,2}}){_OF}{_YEAR}",
        lambda m: Timeline("range", _date(m["y"], m["a"]), _date(m["y"], m["b"])),
    ),
    (
        rf"(?:tu )?thang (?P<a>\d{{1,2}}){_OF}{_YEAR}{_TO}(?:thang )?(?P<b>\d{{1,2}}){_OF}{_LAST}",
        lambda m: Timeline("range", _date(m["y"], m["a"]), _date(m["z"], m["b"])),
    ),
    (
        rf"(?:trong )?thang (?P<m>\d{{1,2}}){_OF}{_YEAR}",
        lambda m: Timeline("month", _date(m["y"], m["m"]), _date(m["y"], m["m"])),
    ),
    (
        rf"(?:giai doan|nam|tu nam|tu)? ?{_YEAR}{_TO}{_LAST}",
        lambda m: Timeline("range", m["y"], m["z"]),
    ),
    (
        rf"(?:cac )?nam {_YEAR}(?:(?:,|;| va) (?:19|20)\d\d)*(?:,|;| va) {_LAST}",
        lambda m: Timeline("range", m["y"], m["z"]),
    ),
    (
        rf"(?:giai doan|nam|tu nam|tu)? ?{_YEAR}(?:{_TO}(?:19|20)\d\d)?{_AFTERWARDS}",
        lambda m: Timeline("from", m["y"]),
    ),
    (rf"(?:ke )?tu(?: nam)? {_YEAR}", lambda m: Timeline("from", m["y"])),
    (rf"(?:trong )?(?:nam )?{_YEAR}", lambda m: Timeline("year", m["y"], m["y"])),
    (
        r"(?:dinh ky )?(?:hang|moi) (?:thang|quy|tuan|6 thang)"
        r"(?:,? (?:va )?(?:hang )?(?:thang|quy|nam|6 thang))*",
        lambda m: Timeline("other"),
    ),
]
_COMPILED = [(re.compile(pattern), make) for pattern, make in _GRAMMAR]
_ANY = "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern, _ in _GRAMMAR)
_TRAILING = re.compile(rf"(?<=\S) (?P<time>{_ANY})$")
_DUE = r"(?:ngay )?\d{1,2} ?(?:/|thang) ?\d{1,2}"
_DAY_OF = (
    r"(?:ngay )?(?:3[01]|[12]\d|0?[1-9]),? (?:cua )?"
    r"(?:(?:hang|moi) thang|thang cuoi (?:cua )?(?:(?:hang|moi) )?quy|cuoi (?:(?:hang|moi) )?quy)"
)
# In running text a dated duty says more than a rhythm, so it is looked for first.
_IN_PROSE = [
    re.compile(rf"(?:dinh ky )?{_YEARLY},? \({_BEFORE} {_DUE}\)"),
    re.compile(rf"{_BEFORE} {_DUE}(?: {_YEARLY}| ?(?:/|nam) ?20\d\d)"),
    re.compile(rf"{_BEFORE} {_DAY_OF}\b"),
    re.compile(r"dinh ky (?:hang|moi) (?:thang|quy|tuan)(?:, (?:hang )?(?:thang|quy|nam))*"),
]


def _clean(text: str) -> str:
    return fold(text).strip(" .;,:")


def _exists(date: str) -> bool:
    """Say whether a partial ISO date is in the calendar (31 February is not)."""
    full = f"2000{date[1:]}" if date.startswith("--") else date
    try:
        dt.date.fromisoformat(full + "-01-01"[len(full) - 4 :])
    except ValueError:
        return False
    return True


def _possible(time: Timeline) -> bool:
    """Say whether the dates of a time exist and its start is not after its end."""
    common = min(len(time.start), len(time.end))
    return all(map(_exists, filter(None, time[1:]))) and time.start[:common] <= time.end[:common]


def parse_timeline(text: str) -> Timeline:
    """Parse a time as printed.

    Returns
    -------
    Timeline
        Kind empty for empty text, ``other`` for text that no pattern fits or a date that does not exist.

    Examples
    --------
    >>> parse_timeline("Tháng 02 – 11 năm 2021")
    Timeline(kind='range', start='2021-02', end='2021-11')
    >>> parse_timeline("trước ngày 15/12 hằng năm").end
    '--12-15'
    """
    cleaned = _clean(text)
    if not cleaned:
        return Timeline("")
    for pattern, make in _COMPILED:
        if match := pattern.fullmatch(cleaned):
            time = make(match)
            return time if _possible(time) else Timeline("other")
    return Timeline("other")


def is_timeline(text: str) -> bool:
    """Say whether a cell holds a time and nothing else."""
    cleaned = _clean(text)
    return any(pattern.fullmatch(cleaned) for pattern, _ in _COMPILED)


def split_trailing_timeline(text: str) -> tuple[str, str]:
    """Split a cell into what stands before a time at its end, and that time (empty if none).

    Examples
    --------
    >>> split_trailing_timeline("Báo cáo Thường xuyên")
    ('Báo cáo', 'Thường xuyên')
    """
    flat = " ".join(text.split())
    match = _TRAILING.search(fold_in_place(flat).rstrip(" .;"))
    if not match:
        return text, ""
    return flat[: match.start()].strip(), flat[match.start() :].strip()


def find_timeline(text: str) -> str:
    """Find the first explicit date or period of doing or reporting in running text, as printed.

    Examples
    --------
    >>> find_timeline("báo cáo UBND tỉnh trước ngày 15/12 hàng năm để tổng hợp")
    'trước ngày 15/12 hàng năm'
    """
    flat = " ".join(text.split())
    folded = fold_in_place(flat)
    match = next((m for pattern in _IN_PROSE if (m := pattern.search(folded))), None)
    return flat[match.start() : match.end()] if match else ""
