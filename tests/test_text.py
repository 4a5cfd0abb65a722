"""Unicode, markup and keys."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.text import fold, fold_in_place, fold_tone, join_pieces, nfc, strip_markup, tokens, words


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("khỏe", "khoẻ"), ("Ủy ban", "Uỷ ban"), ("thúy", "thuý")]
)
def test_fold_tone_unites_both_places_of_the_tone_mark(old: str, new: str) -> None:
    assert old != new
    assert fold_tone(old) == fold_tone(new)


@pytest.mark.parametrize(("one", "other"), [("hoa", "hòa"), ("má", "mà"), ("đường", "dường"), ("ban", "bàn")])
def test_fold_tone_keeps_words_apart_that_differ(one: str, other: str) -> None:
    assert fold_tone(one) != fold_tone(other)


def test_fold_drops_marks_dashes_and_case() -> None:
    assert fold("Đắk  Nông – KẾ HOẠCH") == "dak nong - ke hoach"


def test_nfc_unites_composed_and_decomposed_text() -> None:
    assert nfc(unicodedata.normalize("NFD", "Nghị quyết")) == "Nghị quyết"


def test_nfc_removes_the_byte_order_mark_and_windows_line_ends() -> None:
    assert nfc("\ufeffa\r\nb\u00a0c") == "a\nb c"


@pytest.mark.parametrize(
    ("received", "text"),
    [
        ("<p>5</p> <p>Thực hiện</p>", "5\nThực hiện"),
        ('<ul style="list-style-type: none"> - Sở A; - Sở B', "- Sở A; - Sở B"),
        ("#### **I. MỤC ĐÍCH**", "I. MỤC ĐÍCH"),
        ("*(Được nêu tại Phụ lục)*", "(Được nêu tại Phụ lục)"),
        ("* Cơ quan tham mưu:", "* Cơ quan tham mưu:"),
        ("NL<sub>3</sub>.", "NL3."),
        ("tỷ lệ < 5 và > 3", "tỷ lệ < 5 và > 3"),
        ("<ktht@gialai.gov.vn> <Nội bộ>", "<ktht@gialai.gov.vn> <Nội bộ>"),
        ("_Nơi nhận:_ ten_tep ____", "Nơi nhận: ten_tep ____"),
        ("&lt;b&gt; &amp; c", "<b> & c"),
    ],
)
def test_strip_markup_leaves_only_the_text(received: str, text: str) -> None:
    assert strip_markup(received) == text


def test_nfc_drops_what_nobody_sees() -> None:
    assert nfc("hợp\u200b tác\u00ad xã") == "hợp tác xã"
    assert nfc("5\u20600 \u202ehợp\x00 tác\u200f xã\t\x0c") == "50 hợp tác xã\t\x0c"


@given(st.text())
def test_fold_in_place_keeps_every_character_s_place(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


def test_join_pieces_leaves_single_spaces() -> None:
    assert join_pieces("xây dựng ", "", "\nbộ máy") == "xây dựng bộ máy"


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="ăâđêôơưaàáảãạ hòahoà\t\n-–"))
def test_tokens_point_back_at_the_text(text: str) -> None:
    assert [fold(text[t.start : t.end]) for t in tokens(text)] == [t.key for t in tokens(text)]


def test_words_keeps_numbers() -> None:
    assert words("Nghị định 98/2018/NĐ-CP") == ["nghi", "dinh", "98", "2018", "nd", "cp"]
