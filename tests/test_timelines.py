"""Times as printed become kind, start and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.tables import TIMELINE_KINDS
from compare.timelines import find_timeline, is_timeline, parse_timeline, split_trailing_timeline

PRINTED = [
    ("Hàng năm", "annual", "", ""),
    ("Hằng năm", "annual", "", ""),
    ("Hàng năm, giai đoạn", "annual", "", ""),
    ("Thường xuyên", "ongoing", "", ""),
    ("Nhiệm vụ thường xuyên", "ongoing", "", ""),
    ("2023 - 2025", "range", "2023", "2025"),
    ("2023-2024", "range", "2023", "2024"),
    ("Giai đoạn 2020-2025", "range", "2020", "2025"),
    ("Năm 2020-2021", "range", "2020", "2021"),
    ("Tháng 02 – 11 năm 2021", "range", "2021-02", "2021-11"),
    ("Quý IV/2020", "quarter", "2020-10", "2020-12"),
    ("Quý I/2021", "quarter", "2021-01", "2021-03"),
    ("Quý 2 năm 2022", "quarter", "2022-04", "2022-06"),
    ("Tháng 6/2023", "month", "2023-06", "2023-06"),
    ("2023", "year", "2023", "2023"),
    ("Từ 2023", "from", "2023", ""),
    ("Từ năm 2023 trở đi", "from", "2023", ""),
    ("Đến năm 2030", "deadline", "", "2030"),
    ("Trước ngày 31/12/2023", "deadline", "", "2023-12-31"),
    ("Hoàn thành trước tháng 6 năm 2023", "deadline", "", "2023-06"),
    ("Hai năm 01 lần", "biennial", "", ""),
    ("trước ngày 15/12 hàng năm", "annual", "", "--12-15"),
    ("định kỳ hàng năm (trước ngày 20 tháng 12)", "annual", "", "--12-20"),
    ("Định kỳ hàng tháng, quý", "other", "", ""),
    ("Đến 31/12/2025", "deadline", "", "2025-12-31"),
    ("30/6/2023", "deadline", "", "2023-06-30"),
    ("Trước 30-6-2023", "deadline", "", "2023-06-30"),
    ("Đến tháng 6/2023", "deadline", "", "2023-06"),
    ("Quý III 2023", "quarter", "2023-07", "2023-09"),
    ("Quí II/2023", "quarter", "2023-04", "2023-06"),
    ("Quý II, III/2023", "range", "2023-04", "2023-09"),
    ("6 tháng đầu năm 2023", "range", "2023-01", "2023-06"),
    ("6 tháng cuối năm 2023", "range", "2023-07", "2023-12"),
    ("Trong tháng 6/2023", "month", "2023-06", "2023-06"),
    ("Năm 2023, 2024", "range", "2023", "2024"),
    ("Các năm 2023, 2024 và 2025", "range", "2023", "2025"),
    ("Từ tháng 3/2023 đến tháng 12/2024", "range", "2023-03", "2024-12"),
    ("2023-2025 và các năm tiếp theo", "from", "2023", ""),
    ("Trước ngày 31/02/2023", "other", "", ""),
    ("Tháng 13/2023", "other", "", ""),
    ("trước ngày 31/4 hàng năm", "other", "", ""),
    ("2025-2023", "other", "", ""),
    ("Tháng 11 - 02 năm 2021", "other", "", ""),
    ("", "", "", ""),
    ("khi cần", "other", "", ""),
]


@pytest.mark.parametrize(("printed", "kind", "start", "end"), PRINTED)
def test_parse_timeline(printed: str, kind: str, start: str, end: str) -> None:
    assert tuple(parse_timeline(printed)) == (kind, start, end)


@pytest.mark.parametrize("printed", [row[0] for row in PRINTED if row[0] not in ("", "khi cần")])
def test_a_time_recognises_itself(printed: str) -> None:
    assert is_timeline(printed)


@pytest.mark.parametrize(
    "cell",
    ["Báo cáo", "Kế hoạch đào tạo hàng năm", "12 chuyên trang/năm", "Sở Tài chính", "20 lớp"],
)
def test_other_cells_are_no_time(cell: str) -> None:
    assert not is_timeline(cell)


@pytest.mark.parametrize(
    ("cell", "head", "time"),
    [
        ("Báo cáo Thường xuyên", "Báo cáo", "Thường xuyên"),
        ("- Các sở, ngành liên quan Hàng năm", "- Các sở, ngành liên quan", "Hàng năm"),
        ("Hàng năm", "Hàng năm", ""),
        ("Báo cáo", "Báo cáo", ""),
    ],
)
def test_split_trailing_timeline(cell: str, head: str, time: str) -> None:
    assert split_trailing_timeline(cell) == (head, time)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("báo cáo Sở trước ngày 15/12 hằng năm để tổng hợp", "trước ngày 15/12 hằng năm"),
        ("định kỳ hàng quý, năm tổng hợp báo cáo", "định kỳ hàng quý, năm"),
        (
            "Định kỳ hàng tuần báo cáo; gửi Sở chậm nhất vào ngày 18 tháng 12 hàng năm.",
            "chậm nhất vào ngày 18 tháng 12 hàng năm",
        ),
        ("Nghị quyết số 20-NQ/TW ngày 16/6/2022", ""),
    ],
)
def test_find_timeline_wants_an_explicit_date_or_period(text: str, found: str) -> None:
    assert find_timeline(text) == found


@given(st.integers(1, 4), st.integers(1990, 2050))
def test_quarters_come_back_as_their_months(quarter: int, year: int) -> None:
    roman = ["I", "II", "III", "IV"][quarter - 1]
    timeline = parse_timeline(f"Quý {roman}/{year}")
    assert (timeline.start, timeline.end) == (
        f"{year}-{3 * quarter - 2:02d}",
        f"{year}-{3 * quarter:02d}",
    )


@given(st.text(max_size=40))
def test_any_text_gets_a_kind_of_the_schema(text: str) -> None:
    assert parse_timeline(text).kind in {"", *TIMELINE_KINDS}
