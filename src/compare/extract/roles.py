"""Who does what in running text: leads are the subject of an item, coordinating follow "phối hợp".

In: the text of an item or of an assignment paragraph ("Cơ quan tham mưu, thực hiện: ..."). Out: the
leads and the coordinating agencies as printed. A body named inside a sentence as an object ("giám sát
hoạt động của Ban Chỉ đạo") is neither.
"""

import re
from collections.abc import Sequence

from compare.agencies import Mention, Vocabulary, find_mentions
from compare.text import fold, tokens

__all__ = ["assigned", "coordinating_in_text", "leads_in_text"]

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


def _before_name(text: str, start: int, vocabulary: Vocabulary) -> int:
    """Where the titles and "các" right before a name begin."""
    known = vocabulary.titles | {("cac",)}
    before = tokens(text[:start])
    while before:
        taken = next((before[-n:] for n in (3, 2, 1) if tuple(t.key for t in before[-n:]) in known), None)
        if not taken or re.search(r"[,;.:]", text[taken[0].start : start]):
            break
        start, before = taken[0].start, before[: -len(taken)]
    return start


def _after_name(text: str, end: int, vocabulary: Vocabulary) -> int:
    """Where the words right after a name that belong to it ("tỉnh", "liên quan") end."""
    after = tokens(text)
    after = [t for t in after if t.start >= end]
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
    start, end = _before_name(text, start, vocabulary), _after_name(text, end, vocabulary)
    return text[start:end].strip(" ,;")


def _subject(segment: str, vocabulary: Vocabulary) -> str:
    """Return the agencies that a sentence begins with, as printed, or nothing."""
    for start, end, members in _runs(segment, vocabulary):
        if not _BEFORE_SUBJECT.match(fold(segment[:start])):
            continue
        helped = all(m.agency_id in vocabulary.beneficiaries for m in members)
        if not helped and not _NOT_SUBJECT.match(fold(segment[end:])):
            return _widen(segment, start, end, vocabulary)
    return ""


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
        before = fold(text[:start])
        if _COORDINATE.search(before):
            found.append(_widen(text, start, end, vocabulary))
    return "; ".join(dict.fromkeys(found))


def assigned(paragraphs: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """Return leads and coordinating agencies that an assignment paragraph and its bullets give."""
    texts = [re.sub(r"^[^:]{0,60}:\s*", "", paragraphs[0]), *paragraphs[1:]]
    leads = dict.fromkeys(filter(None, (leads_in_text(t.lstrip("-+ "), vocabulary) for t in texts)))
    others = dict.fromkeys(filter(None, (coordinating_in_text(t, vocabulary) for t in texts)))
    return "; ".join(leads), "; ".join(others)
