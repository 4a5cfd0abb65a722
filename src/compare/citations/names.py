"""Documents named without a number: laws, party resolutions by their session, programmes and strategies.

In: a text. Out: a :class:`Named` each. What counts as a document:

- a law or code by its name (``data/reference/law_names.csv`` knows names that hold "và" or a comma; of
  others the name ends at the first word that cannot belong to one), the constitution;
- a resolution or conclusion of a session of the Central Committee, or of a congress;
- a national target programme by its name;
- a strategy, programme, plan, project or master plan that is named with its period, or any kind that is
  named with its title and who issues it (:mod:`compare.citations.titled`).

A law amended ("sửa đổi"), of a year ("năm 2012"), or a programme of a period is a document of its own.
"Nghị quyết", "Chương trình này" alone point back and are no citations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.citations.issuers import IssuerName, read_issuers
from compare.citations.titled import WORDS_END, Named, find_titled, kebab, name_id, print_match
from compare.documents import Reference, read_reference
from compare.text import fold, fold_in_place

__all__ = ["NamePatterns", "Named", "find_names", "read_name_patterns"]

_NAME_END = re.compile(WORDS_END)
_LONGEST = 250
_ROMAN = r"[ivxl]{1,6}"
_ORDINALS = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"]
_COUNT = {"bon": "4"} | {word: str(n) for n, word in enumerate(_ORDINALS, 1)}
_PLACE = rf"(?:\d{{1,2}}|bon|{'|'.join(_ORDINALS)}(?: mot| hai| ba| bon)?)"
_SESSION = re.compile(
    r"\b(?P<kind>nghi quyet|ket luan)(?: cua)?(?: hoi nghi)?(?: lan)?(?: thu)?"
    rf"(?: (?P<a>{_PLACE})(?!\w))?,?(?: cua)?(?: bch| ban chap hanh)?(?: trung uong| tw)?"
    rf"(?: dang)?(?: cong san viet nam)?(?: lan)?(?: thu)?(?: (?P<b>{_PLACE})(?!\w))?"
    rf"[ ,]*\(?khoa (?P<term>{_ROMAN})\b\)?"
)
_CONGRESS = re.compile(
    r"\b(?P<kind>nghi quyet|van kien)(?: cua)? dai hoi(?: dai bieu)?(?: toan quoc)?"
    r"(?:(?P<place> dang bo (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong))[^.,;:()¶]{0,25}?)?"
    rf"(?: dang)?(?: lan(?: thu)?)? (?P<term>{_ROMAN})\b(?: cua dang)?"
)
_LAW = re.compile(r"\b(?P<kind>bo luat|luat|phap lenh) ")
_LAWS = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh"}
_NO_LAW = re.compile(r"\b(?:phap|quy|ky|he) $")
_AMENDED = re.compile(r"sua doi,?(?: va)? ?bo sung(?: mot so dieu)?(?: cua)?(?: cac)? luat |sua doi luat ")
_AFTER = re.compile(
    r" ?\(?(?P<amended>sua doi(?:, bo sung)?(?! mot))?\)?"
    r"(?: ?\(?(?:nam )?(?P<year>(?:19|20)\d\d)(?!\d| ?[-/–])\)?)?"
)
_CONSTITUTION = re.compile(r"\bhien phap(?: nuoc[^.,;:()¶]{0,50}?)?(?: nam (?P<year>\d{4}))?\b")


_PARTY = {
    **dict.fromkeys(["tinh", "thanh"], "party-province"),
    **dict.fromkeys(["huyen", "quan", "thi"], "party-district"),
    **dict.fromkeys(["xa", "phuong"], "party-commune"),
}


@dataclass(frozen=True)
class NamePatterns:
    """What names a law, the names known, longest first; and the bodies that issue documents."""

    law: re.Pattern[str]
    printed: frozenset[str]
    issuers: tuple[IssuerName, ...]


def read_name_patterns(reference: Reference | None = None) -> NamePatterns:
    """Read the names of laws and of issuers from the reference tables."""
    reference = reference or read_reference()
    names = reference.law_names["name_vi"]
    folded = sorted({fold(name) for name in names}, key=lambda name: (-len(name), name))
    law = re.compile(rf"(?:{'|'.join(map(re.escape, folded))})(?!\w)")
    return NamePatterns(law, frozenset(name.lower() for name in names), read_issuers(reference))


def _laws(text: str, folded: str, patterns: NamePatterns) -> Iterator[Named]:
    for match in _LAW.finditer(folded):
        if _NO_LAW.search(folded, max(0, match.start() - _LONGEST), match.start()) or folded[
            match.end() :
        ].startswith("so "):
            continue
        amended = _AMENDED.match(folded, match.end())
        begin = amended.end() if amended else match.end()
        known = patterns.law.match(folded, begin)
        printed = text[begin : known.end()] if known else ""
        named = text[match.start()].isupper() and printed in patterns.printed
        if not (text[begin : begin + 1].isupper() or named):
            continue
        end = known.end() if known else _name_end(folded, begin)
        after = _AFTER.match(folded, end)
        changed = bool(amended or (after and after["amended"]))
        year = after["year"] if after and after["year"] else ""
        name = name_id(text[begin:end])
        if len(name) < 3:
            continue
        end = after.end() if after and (changed or year) and not amended else end
        kind = _LAWS[match["kind"]]
        words = [kebab(kind), name, *(["sua-doi"] if changed else []), *([year] if year else [])]
        printed = text[match.start() : end].strip(" (")
        yield Named("-".join(words), kind, printed, "national-assembly", match.start(), end)


def _name_end(folded: str, start: int) -> int:
    """Return where a name that nobody knows ends: before the first word that cannot belong to it."""
    last = min(len(folded), start + _LONGEST)
    found = _NAME_END.search(folded, start, last)
    return found.start() if found else last


def _sessions(text: str, folded: str) -> Iterator[Named]:
    for match in _SESSION.finditer(folded):
        place = match["a"] or match["b"]
        if place:
            kind = "Nghị quyết" if match["kind"] == "nghi quyet" else "Kết luận"
            place = _COUNT.get(place, place.lstrip("0"))
            name = f"{kebab(kind)}-trung-uong-{kebab(place)}-khoa-{match['term']}"
            yield Named(name, kind, print_match(text, match), "party-central", *match.span())
    for match in _CONGRESS.finditer(folded):
        place = match["place"] or ""
        level = "party-central" if not place else _PARTY[place.split()[2]]
        kind = "Nghị quyết" if match["kind"] == "nghi quyet" else "Văn kiện"
        name = f"{kebab(kind)}-dai-hoi-{kebab(place) + '-' if place else ''}{match['term']}"
        yield Named(name, kind, print_match(text, match), level, *match.span())


def find_names(text: str, patterns: NamePatterns | None = None) -> list[Named]:
    """Find the documents that a text names without a number.

    Examples
    --------
    >>> [n.citation_id for n in find_names("theo Luật Đất đai sửa đổi và Nghị quyết Trung ương 5 khóa IX")]
    ['luat-dat-dai-sua-doi', 'nghi-quyet-trung-uong-5-khoa-ix']
    >>> find_names("theo quy định của pháp luật; xây dựng Kế hoạch phát triển kinh tế giai đoạn 2026-2030")
    []
    """
    patterns = patterns or read_name_patterns()
    folded = fold_in_place(text)
    titled = find_titled(text, folded, patterns.issuers)
    found = [*_laws(text, folded, patterns), *_sessions(text, folded), *titled]
    for match in _CONSTITUTION.finditer(folded):
        if text[match.start()].isupper():
            name = "hien-phap" + (f"-{match['year']}" if match["year"] else "")
            found.append(
                Named(name, "Hiến pháp", print_match(text, match), "national-assembly", *match.span())
            )
    kept: list[Named] = []
    for named in sorted(found, key=lambda n: (n.start, n.level == "unknown", -n.end)):
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept
