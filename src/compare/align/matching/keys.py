"""Keys under which texts are matched to families: tones kept, citations and brackets left out.

In: a text as printed. Out: a key, never shown. Folding away the tones makes one word of "quán",
"quân" and "quan"; here only the place of the tone mark is folded (hoà = hòa), and the mark becomes a
letter of its word. Numbers, dates and issuers of the documents cited say what a plan rests on, not
what it asks; what stands in "(...)" is an abbreviation, an example or a source.

Measured, one locality left out, mean (pair F1 as the mean over thresholds from 0.20 to 0.44, which
is less noisy than at one; sum of the log losses):

    ==========================================  =====  ========
    keys                                        F1     log loss
    ==========================================  =====  ========
    folded, as in the cold start                0.813  489
    folded, without citations                   0.825  482
    with tones                                  0.822  468
    with tones, without citations               0.831  463
    ... but the issuers left in                 0.830  467
    ... also without "(...)"                    0.834  465
    ... also without "kinh tế tập thể, HTX"     0.834  474
    in the end, with tones, without citations   0.848  436
    ... also without "(...)": this module       0.852  436
    ==========================================  =====  ========
"""

import re
from functools import lru_cache

from compare.clauses import expand_abbreviations, read_abbreviations
from compare.text import fold_tone, nfc

__all__ = ["match_key"]

_ISSUERS = (
    r"ban chấp hành (?:trung ương(?: đảng)?(?: khóa \w+)?|đảng bộ tỉnh)|ban thường vụ tỉnh ủy|tỉnh ủy|"
    r"bộ chính trị|(?:thủ tướng )?chính phủ|(?:hội đồng|[uủ][yỷ] ban) nhân dân tỉnh|(?:hđnd|ubnd) tỉnh"
)
_DATE = r"(?:\s*,?\s*ngày \d+\s*/\s*\d+\s*/\s*\d+|,? ngày \d+ tháng \d+ năm \d+)"
_CITATION = re.compile(rf"\bsố\s+\d[\w/–-]*{_DATE}?(?:\s+của (?:{_ISSUERS}))?", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
# Combining marks end a word for ``\w``: tones are written as letters, as on a Vietnamese keyboard.
_TONE_LETTERS = str.maketrans({"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"})
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=50_000)
def _with_tone_letter(word: str) -> str:
    return fold_tone(word).translate(_TONE_LETTERS)


def match_key(text: str) -> str:
    """Make the key under which a text is matched; a text that is all citation or bracket keeps it.

    Examples
    --------
    >>> match_key("Quán triệt Nghị quyết số 20-NQ/TW ngày 16/6/2022 của Bộ Chính trị; hoà = hòa")
    'quans triêtj nghij quyêts ; hoaf = hoaf'
    """
    for left_out in (_BRACKETS, _CITATION):
        kept = left_out.sub(" ", nfc(text))
        text = kept if kept.strip() else text
    printed = expand_abbreviations(text, read_abbreviations())
    return " ".join(_WORD.sub(lambda m: _with_tone_letter(m.group()), printed).split())
