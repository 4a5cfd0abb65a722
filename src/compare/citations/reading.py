"""Reading one document: every mention of a cited document, with what is said of it there.

In: a document, its tasks. Out: :class:`Mention`, in the order of print. What follows a number or name is
read as "ngày <date> của <issuer> về <subject>", each optional; "thực hiện Nghị quyết số 20-NQ/TW" as a
subject says what it carries out. A name beside its number ("Luật Hợp tác xã số 17/2023/QH15", "Nghị quyết
20-NQ/TW của Hội nghị Trung ương 5 (khóa XIII)") is tied to it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.citations.issuers import Issuer, IssuerName, read_issuer
from compare.citations.names import Named, NamePatterns, find_names
from compare.citations.passages import BREAK, Passage
from compare.numbers import Marks, PrintedNumber, find_numbers, iso_date
from compare.text import fold_in_place

__all__ = ["Mention", "Readers", "read_mentions"]

_DATE = re.compile(
    r"[\s,(]*(?P<date>ngay\s*\d{0,2}\s*(?:[/.-]|thang)\s*\d{0,2}\s*(?:[/.-]|nam)\s*\d{4}|thang \d{1,2}(?:/| nam )\d{4})"
)
_MONTH = re.compile(r"tháng (\d{1,2})(?:/| năm )(\d{4})", re.I)
_OF = re.compile(r"[\s,]*cua\s+|\s+(?!ubnd|uy ban nhan dan|hdnd|hoi dong)|,\s*(?=hoi nghi)")
_SUBJECT = re.compile(
    r"[\s,]*(?:\(?khoa [ivx]+\)?[\s,]*)?(?:ve viec|ve|v/v)\s+(?=\S)|"
    r"[\s,]+(?=(?:tiep tuc |to chuc )?(?:trien khai|thuc hien|doi moi|cu the hoa)|quy dinh |huong dan |phe duyet |"
    r"sua doi |ban hanh )"
)
_SUBJECT_END = re.compile(
    rf"[.;:(){BREAK}\t]| nham | de (?!an)| gan voi | den (?:toan|cac|tung|moi)| theo (?:yeu cau|quy dinh)|"
    r",? (?:va )+(?:ke hoach|nghi quyet|chuong trinh|quyet dinh|ket luan|chi thi|nghi dinh|thong tu|luat|nhung|cac chi)|"
    r", (?=(?:uy ban nhan dan|ubnd|ban chap hanh|ban thuong vu|nghi quyet|ke hoach|chuong trinh|ket luan|chi thi|"
    r"nghi dinh|thong tu|luat|quyet dinh|so |giam doc)|[^,.;]{3,80} (?:da|duoc) )"
)
_CARRIES = re.compile(
    r"(?:ban hanh )?(?:(?:chuong trinh(?: hanh dong)?|ke hoach) (?:cua chinh phu )?)?"
    r"(?:tiep tuc |to chuc |trien khai )*(?:thuc hien|cu the hoa) "
)
_APPROVES = re.compile(r"(?:phe duyet|ban hanh) ?")
_ALSO = re.compile(r"[\s,]*(?:va )?(?:so )?")
_BESIDE = re.compile(r"[\s,]*\(?(?:luat )?(?:so\s*:?\s*)?$")
_ANNEXED = re.compile(r"kem theo (?!phu luc|danh muc|bieu)[^,;.()]{0,40}$")
_HEAD = re.compile(r"(?:^|¶)[*\s]*so\s*:?[\s._…]*$")
_LONGEST = 250


@dataclass(frozen=True)
class Readers:
    """What the reading of a document needs to know, from the reference tables."""

    marks: Marks
    names: NamePatterns
    issuers: tuple[IssuerName, ...]


@dataclass
class Mention:
    """One mention: the number or name, and the date, issuer and subject printed with it."""

    citation_id: str
    number: str
    kind: str
    printed: str
    body: str
    level: str  # of a document that is named; empty for a number
    lines: tuple[int, int]
    order: tuple[int, int, int]
    odd: bool = False
    date: str = ""
    date_printed: str = ""
    issuer: Issuer | None = None
    title: str = ""
    carries: bool = False  # the title names what it carries out
    own: bool = False
    tied: str = ""  # id of a name printed beside the number


def _mention(found: PrintedNumber | Named, passage: Passage, marks: Marks) -> Mention:
    lines = passage.line(found.start), passage.line(found.end - 1)
    order = lines[0], passage.column, found.start
    if isinstance(found, Named):
        title = found.name if "uật" in found.kind else ""
        mention = Mention(found.citation_id, "", found.kind, found.name, "", found.level, lines, order)
        mention.title = title
        return mention
    default = next(iter(marks.kinds[found.code]), "") if found.code else ""
    word = marks.kind(found.word, found.code) or ("" if found.code else marks.kind_of_word(found.word))
    blank = f"khong-so-{found.code}-{found.body}".lower().replace("đ", "d")
    printed = found.printed or "/"
    number = Mention(
        found.number or blank, found.number, word or default, printed, found.body, "", lines, order
    )
    number.odd = found.odd
    return number


def _read_after(mention: Mention, text: str, folded: str, end: int, following: int, readers: Readers) -> int:
    """Read date, issuer and subject after a mention; return where what is said of it ends."""
    at = end
    for _ in range(2):
        if not mention.date and (match := _DATE.match(folded, at)):
            printed = text[match.start("date") : match.end("date")]
            month = _MONTH.fullmatch(printed)
            mention.date = f"{month[2]}-{month[1].zfill(2)}" if month else iso_date(printed)
            mention.date_printed, at = " ".join(printed.split()), match.end()
        of = None if mention.issuer else _OF.match(folded, at)
        issuer = read_issuer(text, folded, of.end(), readers.issuers) if of else None
        if issuer and issuer.end <= following:
            mention.issuer, at = issuer, issuer.end
    if (match := _SUBJECT.match(folded, at)) and match.end() < following:
        begin = match.end()
        stop = _SUBJECT_END.search(folded, begin)
        last = min(stop.start() if stop else len(text), begin + _LONGEST)
        mention.carries = bool(_CARRIES.match(folded, begin)) and begin < following < last
        if not mention.title:
            mention.title = " ".join(text[begin:last].split()).rstrip(" ,")
    return at


def _found(text: str, readers: Readers) -> list[PrintedNumber | Named]:
    numbers = find_numbers(text, marks=readers.marks)
    names = [
        name
        for name in find_names(text, readers.names)
        if not any(name.start < number.end and number.start < name.end for number in numbers)
    ]
    return sorted([*numbers, *names], key=lambda found: found.start)


def _read_passage(passage: Passage, readers: Readers) -> Iterator[Mention]:
    text, folded = passage.text, fold_in_place(passage.text)
    found = _found(text, readers)
    name, approved = None, None
    kind = ""
    for n, one in enumerate(found):
        after = found[n + 1] if n + 1 < len(found) else None
        following = after.start if after else len(text)
        if one is approved:
            continue
        if isinstance(one, Named) and isinstance(after, PrintedNumber):
            if _BESIDE.fullmatch(folded[one.end : after.start]):
                name = one
                continue
        mention = _mention(one, passage, readers.marks)
        if isinstance(one, PrintedNumber):
            before = folded[max(0, one.start - 80) : one.start]
            before = before if one.start <= 80 or "¶" in before else " " + before
            mention.own = bool(_ANNEXED.search(before) or _HEAD.search(before))
            if name:
                mention.tied, mention.kind, mention.title = name.citation_id, name.kind, name.name
            if n and not mention.kind and _ALSO.fullmatch(folded[found[n - 1].end : one.start]):
                mention.kind = kind
        name, kind = None, mention.kind
        at = _read_after(mention, text, folded, one.end, following, readers)
        if isinstance(one, PrintedNumber) and isinstance(after, Named) and after.level == "unknown":
            if _APPROVES.fullmatch(folded[at : after.start].lstrip(" ,").removeprefix("ve viec ")):
                mention.tied, approved = after.citation_id, after
        if mention.carries and after:
            mention.title = _up_to(mention.title, text, at, after)
        if isinstance(one, PrintedNumber) and mention.issuer and not mention.tied:
            said = find_names(f"{mention.kind} {mention.issuer.printed}", readers.names)
            mention.tied = next((n.citation_id for n in said), "")
        yield mention


def _up_to(title: str, text: str, at: int, after: PrintedNumber | Named) -> str:
    """Cut a title after the document that it says is carried out."""
    whole = " ".join(text[at : after.end].split())
    begin = whole.find(title[:20])
    return whole[begin:].strip(" ,") if begin >= 0 else title


def read_mentions(passages: Sequence[Passage], readers: Readers) -> list[Mention]:
    """Read every mention of some passages, in the order of lines, columns and print."""
    found = [mention for passage in passages for mention in _read_passage(passage, readers)]
    return sorted(found, key=lambda mention: mention.order)
