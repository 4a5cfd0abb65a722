"""Words that two texts share are marked: the same in a report and in the review notebook."""

import re

import pytest

from compare.shared_words import in_lines, marked, shared_spans, shared_words, word_shares
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


def test_words_are_found_in_the_lines_as_the_document_has_them() -> None:
    """Over the end of a line and a tag, whatever the case; a word alone that stands elsewhere is no find."""
    lines = ["1. <b>Hỗ trợ</b>\tvay", "vốn; hỗ trợ đất", "vốn"]
    found = [(line, lines[line][start:end]) for line, start, end in in_lines("hỗ trợ vay vốn rẻ", lines)]
    assert found == [(0, "Hỗ trợ</b>\tvay"), (1, "vốn")]
    assert in_lines("vốn", lines) == [(1, 0, 3)]
    assert in_lines("", lines) == in_lines("không có", lines) == in_lines("vốn", []) == []


def test_place_in_a_text_leads_to_its_own_place_in_the_lines() -> None:
    """The second "đất" of the text is the second of the lines, not the first that there is."""
    text, lines = "giao đất và thuê đất", ["giao đất", "và thuê đất"]
    assert in_lines(text, lines, [(text.rindex("đất"), len(text))]) == [(1, 8, 11)]
    assert in_lines(text, lines) == [(0, 0, 8), (1, 0, 11)]


def test_spans_words_and_marks_are_the_same_finds() -> None:
    text, other = "Mở lớp đào tạo cho hợp tác xã", "Hợp tác xã mở đào tạo"
    shares = word_shares([text, other, *["hợp tác xã"] * 70])
    words = ["Mở", "đào tạo"]
    assert shared_words(text, other, shares) == words
    assert [text[start:end] for start, end in shared_spans(text, other, shares)] == words
    assert re.findall("<mark>(.*?)</mark>", str(marked(text, other, shares))) == words
    assert shared_words(text, other) == ["Mở", "đào tạo", "hợp tác xã"]


def test_a_line_that_says_one_word_for_ever_is_searched_in_no_time() -> None:
    """Followed from every place it would take hours; the answer is held, not a clock."""
    line = "dài " * 20_000
    assert in_lines("dài dài dài", [line]) == [(0, 0, 11)]
    assert in_lines(line.strip(), [line]) == [(0, 0, len(line) - 1)]
