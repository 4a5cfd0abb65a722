"""What is said of a document where it is cited: "ngày <date> của <issuer> về <subject>", each optional.

In: a text and the place where a number or name ends. Out: :class:`Said`. The subject "thực hiện Nghị quyết
số 20-NQ/TW" says what the document carries out, and is read as far as that; another ends at the sentence,
at the next document of a list, or where a clause of the plan itself begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.citations.issuers import Issuer, IssuerName, read_approval, read_issuer
from compare.document_numbers import iso_date, possible_date

__all__ = ["SUBJECT_END", "Said", "read_said"]

_DATE = re.compile(
    r"[\s,(]*(?P<date>ngay\s*\d{0,2}\s*(?:[/.-]|thang)\s*\d{0,2}\s*(?:[/.-]|nam)\s*\d{4}|"
    r"thang \d{1,2}(?:/| nam )\d{4})"
)
_MONTH = re.compile(r"thang (\d{1,2})(?:/| nam )(\d{4})")
_OF = re.compile(r"[\s,]*cua\s+|\s+(?!ubnd|uy ban nhan dan|hdnd|hoi dong)|,\s*(?=hoi nghi)")
_KIND = r"ke hoach|nghi quyet|chuong trinh|quyet dinh|ket luan|chi thi|nghi dinh|thong tu|luat"
_SUBJECT = re.compile(
    r"[\s,]*(?:\(?khoa [ivx]+\)?[\s,]*)?(?:ve viec|ve|v/v)\s+(?=\S)|"
    r"[\s,]+(?=(?:tiep tuc |to chuc )?(?:trien khai|thuc hien|doi moi|cu the hoa)|quy dinh |huong dan |"
    r"phe duyet |sua doi |ban hanh )"
)
SUBJECT_END = re.compile(
    r"[.;:(¶\t]| nham | de (?!an)| gan voi | den (?:toan|cac|tung|moi)| theo (?:yeu cau|quy dinh)|"
    rf",? (?:va )+(?:{_KIND}|nhung|cac chi)|"
    rf", (?=(?:uy ban nhan dan|ubnd|ban chap hanh|ban thuong vu|{_KIND}|so |giam doc)|"
    r"[^,.;]{3,80} (?:da|duoc) )"
)
_CARRIES = re.compile(
    r"(?:ban hanh )?(?:(?:chuong trinh(?: hanh dong)?|ke hoach) (?:cua chinh phu )?)?"
    r"(?:tiep tuc |to chuc |trien khai )*(?:thuc hien|cu the hoa) "
)
_LONGEST = 250


@dataclass(frozen=True)
class Said:
    """Date, issuer and subject of one mention, and where the issuer ends."""

    end: int
    date: str = ""
    date_printed: str = ""
    issuer: Issuer | None = None
    title: str = ""
    carries: bool = False


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" ,")


def _read_date(text: str, folded: str, at: int) -> tuple[str, str, int]:
    """Read a date at a place: in ISO form, as printed, and where it ends; "" and the place without one."""
    match = _DATE.match(folded, at)
    if not match:
        return "", "", at
    month = _MONTH.fullmatch(match["date"])
    printed = _plain(text[match.start("date") : match.end()])
    date = possible_date(f"{month[2]}-{month[1].zfill(2)}") if month else iso_date(printed)
    return date, printed, match.end()


def _read_subject(text: str, folded: str, at: int, next_document: tuple[int, int]) -> tuple[str, bool]:
    """Read the subject, and whether it says that the next document is carried out."""
    match = _SUBJECT.match(folded, at)
    if not match or match.end() >= next_document[0]:
        return "", False
    begin = match.end()
    stop = SUBJECT_END.search(folded, begin)
    last = min(stop.start() if stop else len(text), begin + _LONGEST)
    carries = bool(_CARRIES.match(folded, begin)) and next_document[0] < last
    return _plain(text[begin : next_document[1] if carries else last]), carries


def read_said(
    text: str, start: int, next_document: tuple[int, int], issuers: Sequence[IssuerName], *, folded: str
) -> Said:
    """Read what is said of a document after its number or name.

    Parameters
    ----------
    text, folded : str
        The passage, as printed and folded character by character.
    start : int
        Where the number or name ends.
    next_document : tuple of int
        Where the next number or name begins and ends; twice the end of the text without one.
    issuers : sequence of IssuerName
    """
    date, printed, at = _read_date(text, folded, start)
    of = _OF.match(folded, at)
    issuer = read_issuer(text, folded, of.end(), issuers) if of else None
    issuer = issuer or read_approval(text, folded, at, issuers)
    if issuer and issuer.end <= next_document[0]:
        at = issuer.end
    else:
        issuer = None
    if not date:
        date, printed, at = _read_date(text, folded, at)
    title, carries = _read_subject(text, folded, at, next_document)
    return Said(at, date, printed, issuer, title, carries)
