"""Who does what in running text: leads are the subject of an item, coordinating follow "phối hợp".

In: the text of an item, or what a label ("Cơ quan chủ trì: ...") gives. Out: the leads and the
coordinating agencies as printed. A body named inside a sentence as an object ("giám sát hoạt động của
Ban Chỉ đạo") is neither. A body that the vocabulary does not know is told by the word that begins its
name, and kept as printed.
"""

import re

from compare.agencies import Mention, Vocabulary, find_mentions
from compare.openings import UPPER
from compare.text import Token, fold, tokens, words

__all__ = ["coordinating_in_text", "leads_in_text", "listed_leads", "names_only"]

_TITLES = "thu truong|giam doc|chu tich|lanh dao|ban thuong truc|nguoi dung dau|cac"
_SUFFIXES = "tinh|huyen|cap tinh|cap huyen|thuoc tinh|cac cap|viet nam|lien quan|co lien quan"
_MARKS = r"[\s,;().&/-]"
_CONNECTOR = re.compile(rf"^(?:va|cung|cung voi|hoac|{_SUFFIXES}|{_TITLES}|{_MARKS})*$")
_BEFORE_SUBJECT = re.compile(
    rf"^[\s\"“(*+-]*(?:de nghi|giao(?: cho)?|yeu cau|{_TITLES}|(?:can cu|theo|tren co so)\b.*,|[\s,()])*\s*$"
)
_COORDINATE = re.compile(
    r"phoi hop(?! (?:giua|cua))(?: chat che| tot| dong bo)?(?: (?:voi|cung))?(?: cac)*\s*$"
)
_NOT_SUBJECT = re.compile(r"^[\s,]*(duoc|bi|la chu the)\b")
_SEGMENT = re.compile(r"(?<=[.;:])\s+(?=\S)")
_ASIDE = re.compile(r"\([^()]*\)")
_NEAR = 80  # words that belong to a name, or "phối hợp với", stand within so many characters of it
_FAR = 600  # no sentence has its subject later
_NAMED = (
    r"(?:Sở|Bộ|Ban|Cục|Chi cục|Tổng cục|Phòng|Viện|Trường|Hội|Hiệp hội|Liên minh|Liên hiệp|Liên đoàn|Đoàn|"
    r"Quỹ|Trung tâm|Văn phòng|Công ty|Tổng công ty|Ngân hàng|Đài|Báo|Kho bạc|Bảo hiểm|Công an|Thanh tra|"
    rf"Chi nhánh)\s+[{UPPER}]"
)
_ASKED = r"(?:Đề nghị|Giao(?: cho)?|Yêu cầu)"
_DOES = (
    r",?\s+(?:là cơ quan |là đơn vị )?"
    r"(?:chủ trì|phối hợp|tham mưu|hướng dẫn|có trách nhiệm|chịu trách nhiệm)\b"
)
_UNKNOWN_SUBJECT = re.compile(rf"[\s(*+-]*(?:{_ASKED}\s+)?(?P<name>{_NAMED}[^.;:]{{1,80}}?){_DOES}")
_THEN = (
    r"thực hiện|tổ chức|triển khai|tham mưu|xây dựng|hướng dẫn|rà soát|tiếp tục|hỗ trợ|đẩy mạnh|tăng cường|"
    r"kiểm tra|theo dõi|đề xuất|ban hành|nghiên cứu|tuyên truyền|lồng ghép|mở"
)
_UNKNOWN_COORDINATING = re.compile(
    rf"[Pp]hối hợp (?:chặt chẽ )?(?:với )?(?P<name>{_NAMED}[^.;:(]{{1,80}}?)"
    rf"(?=(?<!các)\s+(?:{_THEN})\b|\s*[.;:(]|\s*$)"
)


def _runs(text: str, vocabulary: Vocabulary) -> list[tuple[int, int, list[Mention]]]:
    """Group mentions that only connectors part: start, end and mentions of each group."""
    runs: list[tuple[int, int, list[Mention]]] = []
    for mention in find_mentions(text, vocabulary):
        if runs and _CONNECTOR.match(fold(text[runs[-1][1] : mention.start])):
            start, _, members = runs[-1]
            runs[-1] = (start, mention.end, [*members, mention])
        else:
            runs.append((mention.start, mention.end, [mention]))
    return runs


def _before_name(before: list[Token], text: str, start: int, vocabulary: Vocabulary) -> int:
    """Where the titles and "các" right before a name begin."""
    known = vocabulary.titles | {("cac",)}
    while before:
        taken = next((before[-n:] for n in (3, 2, 1) if tuple(t.key for t in before[-n:]) in known), None)
        if not taken or re.search(r"[,;.:]", text[taken[0].start : start]):
            break
        start, before = taken[0].start, before[: -len(taken)]
    return start


def _after_name(after: list[Token], text: str, end: int, vocabulary: Vocabulary) -> int:
    """Where the words right after a name that belong to it ("tỉnh", "liên quan") end."""
    while after:
        lengths = range(vocabulary.longest, 0, -1)
        keys = (after[:n] for n in lengths if len(after) >= n)
        taken = next(
            (k for k in keys if tuple(t.key for t in k if t.key != "cac") in vocabulary.modifiers),
            None,
        )
        if not taken or re.search(r"[,;.:(]", text[end : taken[-1].end]):
            break
        end, after = taken[-1].end, after[len(taken) :]
    return end


def _widen(text: str, start: int, end: int, vocabulary: Vocabulary) -> str:
    """Return names with the words around them that belong to them ("Giám đốc các sở liên quan")."""
    low, high = max(0, start - _NEAR), end + _NEAR
    near = [Token(t.key, t.start + low, t.end + low) for t in tokens(text[low:high])]
    start = _before_name([t for t in near if t.end <= start], text, start, vocabulary)
    end = _after_name([t for t in near if t.start >= end], text, end, vocabulary)
    return text[start:end].strip(" ,;")


def _subject(segment: str, vocabulary: Vocabulary) -> str:
    """Return the agencies that a sentence begins with, as printed, or nothing."""
    for start, end, members in _runs(segment[:_FAR], vocabulary):
        if not _BEFORE_SUBJECT.match(fold(segment[:start])):
            continue
        helped = all(m.agency_id in vocabulary.beneficiaries for m in members)
        if not helped and not _NOT_SUBJECT.match(fold(segment[end : end + _NEAR])):
            return _widen(segment, start, end, vocabulary)
    unknown = _UNKNOWN_SUBJECT.match(segment)
    return unknown["name"].strip(" ,") if unknown else ""


def leads_in_text(text: str, vocabulary: Vocabulary) -> str:
    """Return the agencies that are the subject of a sentence of the text, as printed, joined by `; `.

    Examples
    --------
    >>> from compare.agencies import read_vocabulary
    >>> leads_in_text("Giao Sở Tài chính chủ trì, phối hợp với các sở, ngành.", read_vocabulary())
    'Sở Tài chính'
    """
    plain = _ASIDE.sub(lambda m: m.group() if len(m.group()) < 20 else " ", text)
    subjects = (_subject(segment, vocabulary) for segment in _SEGMENT.split(plain))
    return "; ".join(dict.fromkeys(s for s in subjects if s))


def coordinating_in_text(text: str, vocabulary: Vocabulary) -> str:
    """Return the agencies that follow "phối hợp (với)", as printed, joined by `; `.

    Examples
    --------
    >>> from compare.agencies import read_vocabulary
    >>> coordinating_in_text("Chủ trì, phối hợp với các sở, ngành tham mưu", read_vocabulary())
    'các sở, ngành'
    """
    found = []
    for start, end, _ in _runs(text, vocabulary):
        if _COORDINATE.search(fold(text[max(0, start - _NEAR) : start])):
            found.append((start, _widen(text, start, end, vocabulary)))
    for match in _UNKNOWN_COORDINATING.finditer(text):
        if not any(mention.start == 0 for mention in find_mentions(match["name"], vocabulary)):
            found.append((match.start("name"), match["name"].strip(" ,")))
    return "; ".join(dict.fromkeys(name for _, name in sorted(found)))


def listed_leads(text: str, vocabulary: Vocabulary) -> str:
    """Return the leads that a label or heading gives: a list of names, of which some may be unknown.

    Examples
    --------
    >>> from compare.agencies import read_vocabulary
    >>> listed_leads("Sở Du lịch, Sở Tài chính chủ trì, phối hợp với các sở", read_vocabulary())
    'Sở Du lịch, Sở Tài chính'
    """
    names = re.sub(rf"^{_ASKED}\s+", "", re.split(_DOES, text)[0]).strip(" .,;:")
    known = find_mentions(names, vocabulary)
    named = [m.start() for m in re.finditer(_NAMED, names)]
    unknown = [at for at in named if not any(m.start <= at < m.end for m in known)]
    first = min([*named, *(m.start for m in known)], default=0)
    listed = len(names) <= 200 and _BEFORE_SUBJECT.match(fold(names[:first]))
    return names if unknown and listed else leads_in_text(text, vocabulary)


def names_only(text: str, names: str) -> bool:
    """Say whether a heading holds nothing but the names found in it."""
    rest = re.sub(rf"\([^()]*\)|^{_ASKED}\s", "", text.replace(names, " ", 1))
    return bool(names) and len(words(rest)) <= 1
