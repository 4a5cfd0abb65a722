"""Numbers of documents: found in a text as printed, and brought to one form.

In: a text. Out: a :class:`PrintedNumber` each. Two forms stand: the party's ``N-KIND/BODY`` (20-NQ/TW) and
the state's ``N/KIND-BODY`` or ``N/YEAR/KIND-BODY`` (09/NQ-CP, 98/2018/NĐ-CP), joint ones with several
bodies, laws ``N/YEAR/BODY`` (17/2023/QH15), letters without a kind ``N/BODY-UNIT`` (123/BNV-CCVC). Which
letters are a kind and which a body is known from ``data/reference/document_kinds.csv`` and
``document_issuers.csv``; others are taken only after "số" or the word for a kind.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from compare.letters import Marks, read_marks
from compare.openings import UPPER
from compare.text import fold_in_place

__all__ = [
    "PrintedNumber",
    "cited_numbers",
    "find_numbers",
    "iso_date",
    "normalise_number",
    "possible_date",
]

_GROUP = rf"[{UPPER}Ð][^\W_]{{0,19}}(?:&[{UPPER}][^\W_]*)?"
_REST = rf"(?P<rest>{_GROUP}(?:\s?[-–/]\s?{_GROUP}(?:(?:\s?[-–/]|[-–/]\s){_GROUP}){{0,2}})?)"
_NUMBER = re.compile(
    r"(?<![0-9/\-.,A-Za-z])(?P<n>(?=[OolI]{0,3}[0-9])[0-9OolI]{1,6})\s*(?P<sep>[-–/])\s*"
    rf"(?:(?P<year>(?:19|20)\d\d)\s*[-–/]\s*)?{_REST}"
)
_BLANK = re.compile(rf"(?:Số|SỐ|số)\s*:?\s*[.…_\s]*(?P<n>)(?P<sep>[-/])\s*(?P<year>(?!)\d)?{_REST}")
_SPLIT = re.compile(r"\s*[-–/]\s*")
_DIGITS = str.maketrans("OolI", "0011")
_LONG_DATE = re.compile(r"ngày\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>\d{4})", re.I)
_SHORT_DATE = re.compile(r"(?P<d>\d{0,2})\s{0,9}[/.-]\s{0,9}(?P<m>\d{0,2})\s{0,9}[/.-]\s{0,9}(?P<y>\d{4})")
_BEFORE = 40  # letters before a number in which its kind is named


class PrintedNumber(NamedTuple):
    """One number: as printed, normalised (empty where blank), its letters, the word before it, its place."""

    printed: str
    number: str
    code: str
    body: str
    word: str
    start: int
    end: int
    odd: bool


def iso_date(text: str) -> str:
    """Return the first date of a text in ISO form, as partial as it is printed; no day that no month has.

    Examples
    --------
    >>> iso_date("ngày 16/6/2022"), iso_date("ngày    tháng 02 năm 2023"), iso_date("ngày / /2022")
    ('2022-06-16', '2023-02', '2022')
    >>> iso_date("ngày 31/02/2022"), iso_date("ngày 01/13/2022")
    ('2022-02', '2022')
    """
    match = _LONG_DATE.search(text) or _SHORT_DATE.search(text)
    if not match:
        return ""
    parts = [match["y"], match["m"], match["d"]]
    filled = [part.zfill(2) for part in parts[: parts.index("") if "" in parts else 3]]
    return possible_date("-".join(filled))


def possible_date(iso: str) -> str:
    """Cut a partial ISO date back to what the calendar has.

    Examples
    --------
    >>> possible_date("2022-02-31"), possible_date("2022-13"), possible_date("2022-06")
    ('2022-02', '2022', '2022-06')
    """
    while iso:
        try:
            dt.date.fromisoformat(iso + "-01-01"[len(iso) - 4 :])
        except ValueError:
            iso = iso.rpartition("-")[0]
        else:
            return iso
    return ""


def _trim(groups: Sequence[str], marks: Marks) -> list[str]:
    """Keep the groups that are letters of a number; a word ("- Hội nghị") ends it."""
    kept: list[str] = []
    for group in groups:
        capitals = sum(letter.isupper() for letter in group)
        if not (marks.code(group) or marks.body(group) or capitals > 1 or len(group) == 1):
            break
        kept.append(group)
    return kept


def _order(groups: Sequence[str], word: str, marks: Marks) -> tuple[str, str, list[str]]:
    """Tell kind and body apart; a body before its kind is turned round where no letter is numbered so."""
    code, body = marks.code(groups[0]), marks.body(groups[0])
    if code and not (len(groups) == 1 and body):
        others = [marks.body(group) or group.replace("Ð", "Đ") for group in groups[1:]]
        known = next((other for other in others if marks.body(other)), "")
        return code, known or (others[0] if others else ""), [code, *others]
    second = marks.code(groups[-1])
    if body and len(groups) == 2 and second and (body in marks.party or marks.kind(word, second)):
        return second, body, [second, body]
    rest = [group.replace("Ð", "Đ") for group in groups[1:]]
    return "", body, [body or groups[0].replace("Ð", "Đ"), *rest]


def _write(digits: str, order: tuple[str, str, list[str]], plain: str, year: str, marks: Marks) -> str:
    """Write a number in the form of its class; of an unknown body's, as it is printed."""
    n, (code, body, groups) = digits.translate(_DIGITS).lstrip("0").zfill(2), order
    if code and body in marks.party:
        return f"{n}-{code}/{'-'.join(groups[1:])}"
    if year or (marks.body(body) and body not in marks.loose) or len(groups) == 1:
        return "/".join(filter(None, [n, year, "-".join(groups)]))
    separators = re.findall(r"[-/]", plain)
    return n + "".join(s + g for s, g in zip(separators, groups, strict=False))


def _is_number(match: re.Match[str], groups: Sequence[str], word: str, said: bool, marks: Marks) -> bool:
    """Say whether letters after digits are a document's number: known letters, or said to be one."""
    if not groups or not (match["n"] == "" or any(map(str.isdigit, match["n"]))):
        return False
    known = [bool(marks.code(g) or marks.body(g)) for g in groups]
    if len(groups) == 1:
        return known[0] and bool(match["year"] or (word and match["n"]))
    coded = [bool(marks.code(group)) for group in groups[:2]]
    return said or coded[0] or (known[0] and coded[1])


def _read(match: re.Match[str], before: str, marks: Marks) -> PrintedNumber | None:
    groups = _trim(_SPLIT.split(match["rest"]), marks)
    named = marks.word.search(before)
    word = named["word"] if named else ""
    said = bool(word or re.search(r"\bso ?:? ?$", before))
    if not _is_number(match, groups, word, said, marks):
        return None
    start = match.start("n") if match["n"] else match.start("sep")
    length = re.match(rf"(?:{_GROUP}\s*[-–/]?\s*){{{len(groups)}}}", match["rest"])
    end = match.start("rest") + len((length.group() if length else match["rest"]).rstrip(" -–/\n"))
    text = match.string[start:end]
    printed = re.sub(r"\s+", " ", text)
    plain = re.sub(r"\s+", "", printed).replace("–", "-")
    order = _order(groups, word, marks)
    number = _write(match["n"], order, plain, match["year"] or "", marks) if match["n"] else ""
    alike = (str.upper if plain.isupper() else str)(number or plain)
    odd = plain.lstrip("0") != alike.lstrip("0") or bool(word and order[0] and not marks.kind(word, order[0]))
    return PrintedNumber(printed, number, order[0], order[1], word, start, end, odd)


def find_numbers(text: str, marks: Marks | None = None) -> list[PrintedNumber]:
    """Find the numbers of documents in a text.

    Parameters
    ----------
    text : str
        Markup removed; line breaks may stand inside a number.
    marks : Marks, optional
        Those of the project's reference tables by default.

    Returns
    -------
    list of PrintedNumber
        In order. ``odd`` where the print is not the usual form: kind and body turned round, other
        separators, letters for digits (O, l), a mark lost (ND-CP), a kind that its word contradicts.
        Blanks, capitals in a heading and a nought in front are not odd here; a reader who knows where
        lines end tells stray blanks from those (:mod:`compare.citations.reading`).

    Examples
    --------
    >>> [(n.printed, n.number, n.odd) for n in find_numbers("Kế hoạch số 227/KH-TU, 17- CTr/TU")]
    [('227/KH-TU', '227-KH/TU', True), ('17- CTr/TU', '17-CTr/TU', False)]
    """
    return list(_find(text, marks or read_marks()))


def _find(text: str, marks: Marks) -> Iterator[PrintedNumber]:
    folded = fold_in_place(text)
    end = 0
    matches = sorted([*_NUMBER.finditer(text), *_BLANK.finditer(text)], key=lambda m: m.start("sep"))
    for match in matches:
        start = match.start("n") if match["n"] else match.start("sep")
        if start < end:
            continue
        before = " ".join(folded[max(0, start - _BEFORE) : start].split())
        if found := _read(match, before, marks):
            end = found.end
            yield found


def normalise_number(printed: str, marks: Marks | None = None) -> str:
    """Bring one number to the form of its class; empty where the text holds none.

    Examples
    --------
    >>> normalise_number("Nghị quyết số 9-NQ/CP"), normalise_number("O1/2O2O/TT-BKHĐT")
    ('09/NQ-CP', '')
    >>> normalise_number("Kế hoạch số 655/UBND-KH"), normalise_number("655/UBND-KH")
    ('655/KH-UBND', '655/UBND-KH')
    """
    return next((found.number for found in find_numbers(printed, marks)), "")


def cited_numbers(text: str, marks: Marks | None = None) -> list[str]:
    """Return the numbers of the documents that a text cites, normalised, each once.

    Examples
    --------
    >>> cited_numbers("Nghị quyết số 20-NQ/TW và Chương trình 17- CTr/TU; Nghị định 98/2018/NĐ-CP")
    ['20-NQ/TW', '17-CTr/TU', '98/2018/NĐ-CP']
    """
    return list(dict.fromkeys(found.number for found in find_numbers(text, marks) if found.number))
