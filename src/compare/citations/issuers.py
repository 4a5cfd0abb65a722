"""Issuers: who a document is said to be of, and at which level that is.

In: what stands after a number ("ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng"), the letters of the
number, the level of the locality. Out: an :class:`Issuer`, and a level. The names are those of
``data/reference/document_issuers.csv``; a name "in general" (Tỉnh ủy) agrees with each of its level.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compare.documents import Reference, read_reference
from compare.openings import UPPER
from compare.text import fold_in_place

__all__ = [
    "Issuer",
    "IssuerName",
    "find_approvals",
    "issuer_kind",
    "issuer_level",
    "read_approval",
    "read_issuer",
    "read_issuers",
]

_PROPER = re.compile(rf"(?:\s+(?:tỉnh|huyện|thành phố|thị xã|xã|phường))?((?:\s+[{UPPER}][^\W\d_]*){{1,4}})")
_LOCAL = ("province", "district", "commune", "party-province", "party-district", "party-commune")
_NO_PROPER = re.compile(r"\s(?:Kế|Nghị|Chương|Kết|Về|Quyết|Ban|Ủy)\b")
_SAID = r"[ ,]*\(?(?:(?:sau )?khi (?:da )?(?:(?:duoc|co) )?|(?:da )?duoc |do )(?=\S)"
_APPROVAL = re.compile(rf"(?<![ ,]){_SAID}")
_APPROVAL_AFTER = re.compile(rf"(?: tren dia ban [^.;:()¶\t]{{2,40}})?{_SAID}")
_APPROVES = re.compile(
    r" (?:ban hanh|phe duyet|thong qua|quyet dinh|ky ban hanh)(?: (?:de an|chuong trinh|ke hoach|"
    r"chien luoc|quy hoach|nghi quyet|nghi dinh|luat))?(?=\s*(?:[).,;¶\t]|$))"
)


@dataclass(frozen=True)
class IssuerName:
    """One body that issues documents: its letters in numbers, its level, and how it is printed."""

    suffixes: frozenset[str]
    name: str
    level: str
    general: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Issuer:
    """An issuer as printed: the whole phrase, the plain name, and which known body it is."""

    printed: str
    plain: str
    known: IssuerName
    end: int


def read_issuers(reference: Reference | None = None) -> tuple[IssuerName, ...]:
    """Read the bodies that issue documents."""
    rows = (reference or read_reference()).document_issuers.itertuples()
    return tuple(
        IssuerName(
            frozenset(str(row.suffix).split(";")),
            str(row.name_vi),
            str(row.issuer_level),
            row.general == "yes",
            re.compile(rf"(?:{row.pattern})(?!\w)"),
        )
        for row in rows
    )


def read_issuer(text: str, folded: str, start: int, issuers: Sequence[IssuerName]) -> Issuer | None:
    """Read the issuer that a text names at a place; the longest name wins, then the first in order."""
    found = [(match, known) for known in issuers if (match := known.pattern.match(folded, start))]
    if not found:
        return None
    match, known = max(found, key=lambda pair: pair[0].end())
    named = match.groupdict().get("name")
    plain = text[match.start("name") : match.end("name")] if named else text[start : match.end()]
    end = match.end()
    if known.level in _LOCAL and (proper := _PROPER.match(text, end)):
        stop = _NO_PROPER.search(proper.group())
        more = proper.group()[: stop.start()] if stop else proper.group()
        plain, end = plain + more, end + len(more)
    return Issuer(" ".join(text[start:end].split()), " ".join(plain.split()), known, end)


def issuer_kind(printed: str, issuers: Sequence[IssuerName]) -> str:
    """Say whose a body is by its name: party, government, or "" where it is not known.

    Examples
    --------
    >>> [issuer_kind(n, read_issuers()) for n in ("Ban Chấp hành Đảng bộ huyện", "UBND tỉnh", "Liên minh")]
    ['party', 'government', '']
    """
    found = read_issuer(printed, fold_in_place(printed), 0, issuers)
    level = found.known.level if found else "unknown"
    return "party" if level.startswith("party") else "" if level == "unknown" else "government"


def _approval(text: str, folded: str, start: int, issuers: Sequence[IssuerName]) -> Issuer | None:
    """Read who issues a document and the word for it, at a place; it ends where the word does."""
    issuer = read_issuer(text, folded, start, issuers)
    approves = _APPROVES.match(folded, issuer.end) if issuer else None
    return replace(issuer, end=approves.end()) if issuer and approves else None


def read_approval(text: str, folded: str, start: int, issuers: Sequence[IssuerName]) -> Issuer | None:
    """Read who is said, right after a document, to issue it: "(sau khi được Quốc hội ban hành)"."""
    said = _APPROVAL_AFTER.match(folded, start)
    return _approval(text, folded, said.end(), issuers) if said else None


def find_approvals(text: str, folded: str, issuers: Sequence[IssuerName]) -> Iterator[tuple[int, Issuer]]:
    """Find every place where a text says who issues what stands before it, and whom it names."""
    for said in _APPROVAL.finditer(folded):
        if issuer := _approval(text, folded, said.end(), issuers):
            yield said.start(), issuer


def issuer_level(body: str, printed: Sequence[IssuerName], issuers: Sequence[IssuerName], own: str) -> str:
    """Return the level of who issued a document: as named, else by its letters, else the locality's.

    Parameters
    ----------
    body : str
        The letters of the body in the number.
    printed : sequence of IssuerName
        Bodies that the text names as its issuer.
    issuers : sequence of IssuerName
    own : str
        Level that letters used at several levels (UBND, HĐND) mean in this plan.
    """
    named = [known.level for known in printed if known.level not in ("party", "unknown")]
    if named:
        return max(sorted(set(named)), key=named.count)
    letters = body.rstrip("0123456789")
    levels = {known.level for known in issuers if letters and letters in known.suffixes}
    if len(levels) > 1:
        return own if own in levels else f"party-{own}" if f"party-{own}" in levels else "unknown"
    level = next(iter(levels), "unknown")
    return level if level != "party" else "unknown"
