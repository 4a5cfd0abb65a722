"""Vietnamese text: one Unicode form, printed text freed of markup, and folded keys.

In: text as received. Out: NFC text to show, or keys to compare. Keys are never shown: ``fold`` drops
case, tone and shape marks; ``fold_tone`` keeps them but makes the place of the tone mark irrelevant
(hoà = hòa), so that it tells "hoa" from "hòa" and unites the two spellings.
"""

import hashlib
import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

__all__ = [
    "Token",
    "fingerprint",
    "fold",
    "fold_in_place",
    "fold_tone",
    "join_pieces",
    "nfc",
    "strip_markup",
    "tokens",
    "words",
]

_TAG = re.compile(
    r"</?(?:a|b|br|center|div|em|font|h[1-6]|hr|i|img|li|o:p|ol|p|s|small|span|strong|sub|sup|table|tbody|td|"
    r"th|thead|tr|u|ul)(?=[\s/>])[^<>]*>",
    re.I,
)
_BREAK = re.compile(r"</p>|<br ?/?>|</li>|<p>|<li>", re.I)
_EMPHASIS = re.compile(
    r"\*{2,3}|^#{1,6} +|(?<!\S)\*(?=\S)(.+?)(?<=\S)\*(?!\w)|(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)", re.M
)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u00ad\ufeff\u2060"))  # zero-width, soft hyphen, byte order mark
_UNSEEN |= dict.fromkeys(
    [*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # direction
_UNSEEN |= dict.fromkeys([*range(9), *range(0x0E, 0x20), 0x7F])  # control: no calendar or cell may hold them
_DASHES = str.maketrans({c: "-" for c in "‐‑‒–—−"})
_UNMARKED = {c: None for c in range(0x20000) if unicodedata.combining(chr(c))} | {ord("đ"): "d"} | _DASHES
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_WORD = re.compile(r"\w+")


class Token(NamedTuple):
    """One word of a text: its folded key, and where it stands in the text."""

    key: str
    start: int
    end: int


def nfc(text: str) -> str:
    """Bring text to NFC with Unix line ends, without no-break spaces or characters that nobody sees."""
    text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


def strip_markup(text: str) -> str:
    """Remove HTML tags (of known names) and Markdown emphasis; a paragraph or list item ends in a line break.

    Examples
    --------
    >>> strip_markup("<p>5</p> <p>**Thực hiện** liên kết</p>")
    '5\\nThực hiện liên kết'
    """
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _EMPHASIS.sub(lambda m: m.group(1) or m.group(2) or "", html.unescape(text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def join_pieces(*pieces: str) -> str:
    """Join pieces of one text with single spaces; empty pieces leave no trace."""
    return " ".join(" ".join(pieces).split())


def fold(text: str) -> str:
    """Fold text to lower case without any mark, with plain dashes and single spaces.

    Examples
    --------
    >>> fold("Uỷ  ban – Đắk Nông")
    'uy ban - dak nong'
    """
    return " ".join(unicodedata.normalize("NFD", text.lower()).translate(_UNMARKED).split())


def fold_in_place(text: str) -> str:
    """Fold each character where it stands, so that a match in the folded text leads back to print.

    Examples
    --------
    >>> fold_in_place("Uỷ  ban – Đắk Nông")
    'uy  ban - dak nong'
    """
    return "".join(map(_fold_character, text))


@cache
def _fold_character(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 else " " if character.isspace() else character


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)) + tones


def fold_tone(text: str) -> str:
    """Fold case and put each syllable's tone mark at its end, so that its place does not matter.

    Examples
    --------
    >>> fold_tone("Hoà giải") == fold_tone("hòa giải"), fold_tone("hoa") == fold_tone("hòa")
    (True, False)
    """
    return " ".join(_tone_last(word) for word in text.lower().translate(_DASHES).split())


def words(text: str) -> list[str]:
    """Split folded text into words.

    Examples
    --------
    >>> words("Xây dựng HTX, THT")
    ['xay', 'dung', 'htx', 'tht']
    """
    return _WORD.findall(fold(text))


def tokens(text: str) -> list[Token]:
    """Split text into words that know their place, so that a match of keys leads back to print.

    Examples
    --------
    >>> tokens("Sở Y tế")
    [Token(key='so', start=0, end=2), Token(key='y', start=3, end=4), Token(key='te', start=5, end=7)]
    """
    return [Token(_fold_word(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def _fold_word(word: str) -> str:
    return fold(word)


def fingerprint(text: str) -> str:
    """Return 12 hexadecimal digits that change with the text.

    Examples
    --------
    >>> fingerprint("Củng cố hợp tác xã") == fingerprint("Củng cố  hợp tác xã")
    False
    """
    return hashlib.sha256(nfc(text).encode("utf-8")).hexdigest()[:12]
