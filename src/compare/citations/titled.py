"""Documents named by kind and title: target programmes, plans of a period, texts whose issuer is said.

In: a text and the bodies that issue documents. Out: a :class:`Named` each, in no order. Besides national
target programmes, a title names a document where one of these stands beside it:

- its period ("Chiến lược phát triển ... giai đoạn 2021-2030");
- its issuer, before the title ("Nghị quyết của Chính phủ về ...") or after it ("Đề án ... (sau khi được
  Thủ tướng Chính phủ ban hành)").

What the text asks to draw up or to submit is no citation. A kind without a capital, or with one only because
a sentence begins, names a document only where a central body is awaited from.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from compare.citations.issuers import Issuer, IssuerName, find_approvals, read_issuer
from compare.citations.said import SUBJECT_END
from compare.clauses import make_key
from compare.text import fold

__all__ = ["WORDS_END", "Named", "find_titled", "kebab", "name_id", "print_match"]

WORDS_END = (
    r"(?= (?:nam \d+|so \d+|ngay \d+|theo|quy dinh|cho|doi voi|de|cua|trong|co|duoc|la|do|sau|khi|tren|tai|"
    r"den|voi|nham|cac|hoac|cung|nay|hien hanh|gan|dam bao|bao dam|vao|phu hop|thuoc|tu|bang|da|ve|"
    r"va (?:cac|nghi|luat|quy|chinh|phap|huong|nhung|van))\b)|[.,;:()“”\"¶/\t]|$"
)
_TARGET = re.compile(
    r"\bchuong trinh (?:mtqg|muc tieu quoc gia)(?: ve)? (?P<name>xay dung nong thon moi|giam ngheo ben vung|"
    r"phat trien kinh te ?- ?xa hoi vung dong bao dan toc thieu so va mien nui|"
    rf"(?!nay|khac|tren|do|cua|va|hien|duoc|dang|giai)[^.,;:()¶/]{{6,90}}?(?:{WORDS_END}|(?= giai doan)))"
    r"(?P<period>,? giai doan (?P<from>20\d\d) ?[-–] ?(?P<to>20\d\d))?"
)
_PERIOD = re.compile(
    r"\b(?P<kind>chien luoc|chuong trinh|ke hoach|de an|quy hoach) (?!nay|tren|so ?:? ?[\d:/._…])"
    r"(?P<name>[“\"]?(?:(?!chien luoc|chuong trinh|ke hoach(?! va dau tu)|de an|quy hoach|phan dau|nham|"
    r"nghi quyet|luat )[^.;:()¶\t]){4,160}?)(?: \([^()¶]{2,20}\))?"
    r",? (?P<period>(?:giai doan|thoi ky)(?: tu)?(?: nam)? 20\d\d ?(?:[-–]|den(?: nam)?) ?20\d\d|"
    r"den nam 20\d\d)"
    r"(?:,? (?:va )?tam nhin(?: den)?(?: nam)? 20\d\d)?”?"
)
_PLANS = "chien luoc|chuong trinh|ke hoach(?! va dau tu)|de an|quy hoach"
_KINDS = rf"{_PLANS}|nghi quyet|quyet dinh|chi thi|ket luan|nghi dinh|thong tu|quy che"
_KIND = re.compile(rf"\b(?P<kind>{_KINDS}) (?=\S)")
_NO_TITLE = re.compile(  # with its tones: đa dạng, đô thị, số hóa and hàng không do begin a title
    r"(?:này|trên|của|được|đã|do|và|hằng|hàng (?:năm|quý|tháng)|mục tiêu quốc gia|mtqg)\b|số ?:? ?[\d:/._…]",
    re.IGNORECASE,
)
_OF = re.compile(rf"\b(?P<kind>(?P<word>{_KINDS})(?: hanh dong| tong the)?) cua (?=\S)")
_ABOUT = re.compile(r",? ve (?:viec )?(?=\w)")
_TITLE_END = re.compile(r" tren dia ban | (?:sau )?khi (?:da )?(?:duoc|co) ")
_OTHER = re.compile(r"\b(?:luat|bo luat) ")
_DRAWN_UP = re.compile(
    r"\b(?:xay dung|ban hanh|lap|soan thao|du thao|hoan thien|tham muu|de xuat)(?: cac| noi dung)? $|"
    r"(?<!chuong )(?<!qua )\btrinh (?:[^.;:¶]{0,60} )?(?:ban hanh|phe duyet|thong qua|quyet dinh)(?: cac)? $|"
    r"(?<!chuong )(?<!qua )\btrinh (?:ubnd|hdnd|uy ban|hoi dong|cap|thu tuong|chinh phu)\b[^.;:,¶]{0,30} $|"
    r"\btren day la (?:noi dung )?$"
)
_DRAWS_UP = (
    r"\b(?:xay dung|soan thao|du thao|lap)(?:[^.¶]{0,40} KIND\b|"
    r"(?:,| va)(?: trinh| to chuc| trien khai| thuc hien| ban hanh|,| va)+ $)"
)
_AWAITED = re.compile(r"[ ,]*\(?(?:sau )?khi ")
_CENTRAL = ("party-central", "national-assembly", "government", "ministry")
_LONGEST = 250


class Named(NamedTuple):
    """One document named: its id, kind, name as printed, level of its issuer, place; its issuer's place."""

    citation_id: str
    kind: str
    name: str
    level: str
    start: int
    end: int
    of: int = -1  # where the name itself says who issues it


def name_id(text: str) -> str:
    """Write a name as an id, abbreviations written out and what stands in brackets left out."""
    return kebab(make_key(re.sub(r"\([^()]*\)", " ", text)))


def kebab(text: str) -> str:
    """Write a text as an id: folded words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def print_match(text: str, match: re.Match[str]) -> str:
    """Return what a match in the folded text prints."""
    return _print(text, *match.span())


def _print(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split()).rstrip(" ,")


def _targets(text: str, folded: str) -> Iterator[Named]:
    for match in _TARGET.finditer(folded):
        period = f"-{match['from']}-{match['to']}" if match["period"] else ""
        subject = name_id(text[match.start("name") : match.end("name")])
        name = f"chuong-trinh-muc-tieu-quoc-gia-{subject}{period}"
        yield Named(name, "Chương trình", print_match(text, match), "unknown", *match.span())


def _is_name(text: str, folded: str, start: int, end: int) -> bool:
    """Say whether a capital marks a name: no sentence or heading begins there, nothing is drawn up."""
    before = folded[max(0, start - _LONGEST) : start]
    begins = not before or before.endswith(("¶", "- ")) or text[start:end].isupper()
    return text[start].isupper() and not begins and not _DRAWN_UP.search(before)


def _periods(text: str, folded: str) -> Iterator[Named]:
    for match in _PERIOD.finditer(folded):
        if _is_name(text, folded, *match.span()):
            printed = print_match(text, match)
            kind = printed[: len(match["kind"])].capitalize()
            yield Named(name_id(printed), kind, printed, "unknown", *match.span())


def _issued(text: str, folded: str, issuers: Sequence[IssuerName]) -> Iterator[Named]:
    """Find kinds followed by who issues them and the title: Nghị quyết của Chính phủ về ..."""
    for match in _OF.finditer(folded):
        issuer = read_issuer(text, folded, match.end(), issuers)
        about = _ABOUT.match(folded, issuer.end) if issuer else None
        if not (issuer and about and _is_name(text, folded, match.start(), about.end())):
            continue
        ends = [pattern.search(folded, about.end()) for pattern in (SUBJECT_END, _TITLE_END)]
        end = min([about.end() + _LONGEST, len(text), *(found.start() for found in ends if found)])
        title = _print(text, about.end(), end)
        if len(title) < 4:
            continue
        kind = text[match.start("word") : match.end("word")].capitalize()
        words = [text[match.start("kind") : match.end("kind")], issuer.known.name, title]
        name = "-".join(map(name_id, words))
        printed = _print(text, match.start(), end)
        yield Named(name, kind, printed, "unknown", match.start(), end, match.end())


def _title_start(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """Return the kind that a title before a place begins with: the last with a capital, else the first."""
    found = _KIND.finditer(folded, start, end)
    kinds = [kind for kind in found if not _NO_TITLE.match(text, kind.end())]
    capital = [kind for kind in kinds if text[kind.start()].isupper()]
    plans = [kind for kind in kinds if re.fullmatch(_PLANS, kind["kind"])]
    return capital[-1] if capital else plans[0] if plans and _AWAITED.match(folded, end) else None


def _is_named(text: str, folded: str, match: re.Match[str], end: int, issuer: Issuer) -> bool:
    """Say whether a title and the body that is said to issue it name a document from elsewhere."""
    before = folded[max(0, match.start() - _LONGEST) : match.start()]
    if _DRAWN_UP.search(before) or SUBJECT_END.search(folded, match.end(), end):
        return False
    if issuer.known.level in _CENTRAL:
        return not _OTHER.search(folded, match.end(), end)
    own = re.search(_DRAWS_UP.replace("KIND", match["kind"]), before.rpartition("¶")[2])
    return _is_name(text, folded, match.start(), end) and not own


def _approved(text: str, folded: str, issuers: Sequence[IssuerName]) -> Iterator[Named]:
    """Find titles followed by who issues them: Đề án ... (sau khi được Thủ tướng Chính phủ ban hành)."""
    for at, issuer in find_approvals(text, folded, issuers):
        start = max([at - _LONGEST, *(folded.rfind(mark, 0, at) + 1 for mark in ".;:¶\t")])
        match = _title_start(text, folded, start, at)
        if not match:
            continue
        place = _TITLE_END.search(folded, match.end(), at)
        end = place.start() if place else at
        if end - match.end() >= 4 and _is_named(text, folded, match, end, issuer):
            printed = _print(text, match.start(), end)
            kind = text[match.start() : match.end("kind")].capitalize()
            yield Named(name_id(printed), kind, printed, "unknown", match.start(), end)


def find_titled(text: str, folded: str, issuers: Sequence[IssuerName]) -> Iterator[Named]:
    """Find the documents that a text names by kind and title; ``folded`` is the text folded in place."""
    yield from _targets(text, folded)
    yield from _periods(text, folded)
    yield from _issued(text, folded, issuers)
    yield from _approved(text, folded, issuers)
