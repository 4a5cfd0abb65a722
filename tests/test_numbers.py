"""Vietnamese numbers are read as printed, and printed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.numbers import find_figures, parse_number, print_number

PRINTED = [
    ("1.609", 1609.0),
    ("117.738", 117738.0),
    ("1.234.567", 1234567.0),
    ("1.6", 1.6),
    ("1.25", 1.25),
    ("0.125", 0.125),
    ("02.500", 2500.0),
    ("1,5", 1.5),
    ("3,250", 3.25),
    ("12,000", 12000.0),
    ("1,234,567", 1234567.0),
    ("1.234,5", 1234.5),
    ("1,234.5", 1234.5),
    ("05", 5.0),
    ("0,0", 0.0),
    ("một", 1.0),
    ("Hai", 2.0),
    ("mười", 10.0),
    (" 20 ", 20.0),
    ("1 000", 1000.0),
    ("12 500", 12500.0),
    ("1 234 567,5", 1234567.5),
    ("mười hai", 12.0),
    ("hai mươi mốt", 21.0),
    ("hai trăm mười lăm", 215.0),
    ("một trăm linh năm", 105.0),
]


@pytest.mark.parametrize(("printed", "value"), PRINTED)
def test_parse_number_decides_what_dots_and_commas_part(printed: str, value: float) -> None:
    assert parse_number(printed) == value


@pytest.mark.parametrize(
    "printed", ["", "2.1.3", "1,2,3", "XIII", "20%", "-5", "1.", "năm 2030", "1 00", "0 500", "9" * 400]
)
def test_what_is_no_number_is_none(printed: str) -> None:
    assert parse_number(printed) is None


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1609, "1.609"),
        (1.5, "1,5"),
        (0, "0"),
        (1234567.25, "1.234.567,25"),
        (0.125, "0,125"),
        (1.234, "1,234"),
    ],
)
def test_numbers_are_printed_as_vietnamese_documents_do(value: float, printed: str) -> None:
    assert print_number(value) == printed


@given(st.floats(min_value=0, max_value=1e15, allow_nan=False, allow_infinity=False))
def test_a_printed_number_is_read_as_itself(value: float) -> None:
    assert parse_number(print_number(value)) == value


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_a_number_read_and_printed_again_is_the_same_print(value: object) -> None:
    printed = print_number(float(str(value)))
    assert print_number(parse_number(printed) or 0.0) == printed


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_range_is_found_where_it_rises(first: int, second: int) -> None:
    text = f"từ {print_number(first)} – {print_number(second)} lớp"
    found = [(f.value, f.high) for f in find_figures(text)]
    assert found[0] == (float(first), float(max(first, second) if second >= first else first))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Từ 03 – 05 chuyên mục", [(3.0, 5.0)]),
        ("từ 70% đến 80%", [(70.0, 80.0)]),
        ("5-3", [(5.0, 5.0)]),
        ("quý 4 100 % số xã", [(4.0, 4.0), (100.0, 100.0)]),
        ("năm 2025 100 lớp", [(2025.0, 2025.0), (100.0, 100.0)]),
        ("10 - 15 000 lớp", [(10.0, 15000.0)]),
        ("hai ba lớp, một nửa số lớp, ba chục lớp", []),
        ("20ha cà phê, mạng 5G", [(20.0, 20.0)]),
        ("một số hợp tác xã; một hợp tác xã", [(1.0, 1.0)]),
        ("đạt 1.400, tăng 5.", [(1400.0, 1400.0), (5.0, 5.0)]),
    ],
)
def test_find_figures_reads_ranges_words_and_glued_units(
    text: str, values: list[tuple[float, float]]
) -> None:
    assert [(f.value, f.high) for f in find_figures(text)] == values


@given(st.text(alphabet="0123456789., -–/%đến một năm", max_size=30))
def test_find_figures_takes_any_text_and_keeps_the_order(text: str) -> None:
    found = find_figures(text)
    assert found == sorted(found, key=lambda figure: figure.start)
    assert all(f.value <= f.high and text[f.start : f.end].strip() for f in found)
