"""Words that two texts share are marked: the same in a report and in the review notebook."""

import re

import pytest

from compare.shared_words import marked, word_shares
from compare.text import fold_tone

SHARES = {"và": 0.9, "các": 0.8, "hợp": 0.7, "tác": 0.7, "xã": 0.7, "sen": 0.01}


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        ("đào tạo và dạy", "dạy và bồi dưỡng", []),
        ("mở lớp đào tạo nghề", "các lớp đào tạo, nghề mới", ["lớp đào tạo nghề"]),
        ("các hợp tác xã", "các hợp tác xã", []),
        ("hoà giải cơ sở", "Hòa giải viên", ["hoà giải"]),
        ("hóa đơn lẻ", "hoa đơn lẻ", ["đơn lẻ"]),
        ("trồng sen", "hoa sen đẹp", ["sen"]),
        ("kết thúc. Mở lớp", "kết thúc mở", ["kết thúc"]),
        ("năm 2025", "năm 2025", []),
    ],
)
def test_shared_words_are_marked(text: str, other: str, found: list[str]) -> None:
    common = dict.fromkeys(("dạy", "năm"), 0.5) | SHARES
    rest = dict.fromkeys((w for w in (text + " " + other).lower().split() if w not in common), 0.1)
    shares = {fold_tone(key.strip(".,")): share for key, share in {**rest, **common}.items()}
    assert re.findall("<mark>(.*?)</mark>", str(marked(text, other, shares))) == found


def test_marking_changes_no_word() -> None:
    text = "Hỗ trợ <b>hợp tác xã</b> & doanh nghiệp"
    html = marked(text, text, word_shares([text, "khác"] * 3))
    assert html.striptags().replace("&lt;", "<") == text
    assert "<b>" not in html


def test_marks_in_any_order_and_stock_phrases_left_out() -> None:
    texts = ["Mở lớp đào tạo cho hợp tác xã", "Hợp tác xã mở đào tạo", *["hợp tác xã"] * 70]
    html = str(marked(texts[0], texts[1], word_shares(texts)))
    assert re.findall("<mark>(.*?)</mark>", html) == ["Mở", "đào tạo"]
    assert marked("a & b", "", {}) == "a &amp; b"
    assert marked("", "", {}) == ""
