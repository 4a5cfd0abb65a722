"""Reporting duties: who reports, to whom, through whom, how often and until when."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare as cp
from compare.agencies import read_vocabulary
from compare.documents import Document, read_reference
from compare.duties import Duty, DutyReader
from compare.rhythms import find_rhythms

RHYTHMS = [
    ("định kỳ báo cáo UBND tỉnh trước ngày 15/12 hằng năm", [("annual", "--12-15")]),
    ("định kỳ hàng năm (trước ngày 20 tháng 12)", [("annual", "--12-20")]),
    ("chậm nhất vào ngày 18 tháng 12 hàng năm", [("annual", "--12-18")]),
    ("định kỳ hàng quý, năm tổng hợp", [("quarterly", ""), ("annual", "")]),
    (
        "hàng tuần, hàng tháng, hàng quý, hàng năm thực hiện",
        [("weekly", ""), ("monthly", ""), ("quarterly", ""), ("annual", "")],
    ),
    ("báo cáo 6 tháng, 9 tháng và năm", [("half-yearly", ""), ("annual", ""), ("annual", "")]),
    ("trước ngày 05/6 và 05/12 hằng năm", [("half-yearly", "--06-05"), ("half-yearly", "--12-05")]),
    (
        "báo cáo 6 tháng, năm trước ngày 05/6 và 05/12 hằng năm",
        [("half-yearly", "--06-05"), ("annual", "--12-05")],
    ),
    (
        "hằng quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 20/6), năm (trước ngày 20/11)",
        [("quarterly", "---20"), ("half-yearly", "--06-20"), ("annual", "--11-20")],
    ),
    ("trước ngày 30 hàng tháng", [("monthly", "---30")]),
    ("vào ngày 25 hàng tháng", [("monthly", "---25")]),
    ("chậm nhất ngày 20 của tháng cuối quý", [("quarterly", "---20")]),
    ("báo cáo sơ kết vào tháng 6/2025", [("once", "2025-06")]),
    ("quý IV/2025 báo cáo sơ kết", [("once", "2025-12")]),
    ("sơ kết vào năm 2025, tổng kết vào năm 2030", [("once", "2025"), ("once", "2030")]),
    ("gửi về Sở Nội vụ trước 25/11/2024", [("once", "2024-11-25")]),
    ("định kỳ 02 lần/năm", [("half-yearly", "")]),
    ("mỗi năm một lần", [("annual", "")]),
    ("hai năm một lần", [("regular", "")]),
    ("báo cáo trước ngày 15/12", [("", "--12-15")]),
    ("trước ngày 31/02 hằng năm", [("annual", "")]),
    ("Thông tư số 01/2020/TT-BKHĐT ngày 19/02/2020", []),
    ("báo cáo theo quy định tại Quy chế", []),
    ("báo cáo nắm tình hình năm 2025 của tháng 6", []),
]


@pytest.mark.parametrize(("text", "expected"), RHYTHMS)
def test_rhythms_and_due_days_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.period, r.due) for r in find_rhythms(text)] == expected


def test_a_rhythm_is_kept_as_printed() -> None:
    text = "Định kỳ hàng năm (trước ngày 20 tháng 12), báo cáo"
    assert find_rhythms(text)[0].printed == "Định kỳ hàng năm (trước ngày 20 tháng 12)"


@settings(max_examples=60, deadline=None)
@given(st.dates(), st.sampled_from(["{d}/{m}", "{d:02d}/{m:02d}", "{d} tháng {m}", "{d:02d} tháng {m:02d}"]))
def test_a_yearly_day_is_read_as_it_is_printed(day: object, form: str) -> None:
    month, number = day.month, day.day  # type: ignore[attr-defined]
    text = f"báo cáo trước ngày {form.format(d=number, m=month)} hằng năm"
    assert [(r.period, r.due) for r in find_rhythms(text)] == [("annual", f"--{month:02d}-{number:02d}")]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="báocháoquýnămtrưng 0123456789/,;()-ngày", max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    printed = " ".join(text.split())
    assert all(rhythm.printed in printed for rhythm in find_rhythms(text))


@pytest.fixture(scope="module")
def reader() -> DutyReader:
    return DutyReader(read_reference().patterns("report"), read_vocabulary())


def who(duties: list[Duty]) -> list[tuple[str, str, str, str]]:
    return [(d.reporter, d.recipient, d.via, d.rhythm.period) for d in duties]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("báo cáo UBND tỉnh (qua Sở Nội vụ) hằng năm", [("", "UBND tỉnh", "Sở Nội vụ", "annual")]),
        ("tổng hợp kết quả gửi về Sở Y tế, báo cáo hằng quý", [("", "Sở Y tế", "", "quarterly")]),
        (
            "Các sở, ngành và UBND cấp xã gửi báo cáo về Sở Nội vụ trước 25/11/2024 để tổng hợp, báo cáo UBND tỉnh",
            [
                ("Các sở, ngành và UBND cấp xã", "Sở Nội vụ", "", "once"),
                ("Sở Nội vụ", "UBND tỉnh", "", "once"),
            ],
        ),
        (
            "báo cáo UBND tỉnh (thông qua Sở Y tế) trước 15/11 hằng năm để trình Chủ tịch UBND tỉnh",
            [
                ("", "UBND tỉnh", "Sở Y tế", "annual"),
                ("Sở Y tế", "Chủ tịch UBND tỉnh", "", "annual"),
            ],
        ),
        (
            "định kỳ hoặc đột xuất tham mưu UBND tỉnh báo cáo theo yêu cầu của cơ quan có thẩm quyền",
            [
                ("", "cơ quan có thẩm quyền", "", "regular"),
                ("", "cơ quan có thẩm quyền", "", "on-demand"),
            ],
        ),
        (
            "nếu có khó khăn, vướng mắc, các sở, ngành kịp thời phản ánh về Sở Tài chính",
            [("các sở, ngành", "Sở Tài chính", "", "on-demand")],
        ),
        (
            "Hướng dẫn các hợp tác xã thực hiện chế độ báo cáo theo quy định",
            [("các hợp tác xã", "", "", "regular")],
        ),
        (
            "Đề nghị các đơn vị báo cáo sơ kết vào tháng 6/2025, gửi Sở Nội vụ",
            [("các đơn vị", "Sở Nội vụ", "", "once")],
        ),
        (
            "báo cáo Sở Nông nghiệp và phát triển nông thôn và tham mưu",
            [("", "Sở Nông nghiệp và phát triển nông thôn", "", "")],
        ),
        (
            "gửi báo cáo Bộ Nông nghiệp và Môi trường kết quả",
            [("", "Bộ Nông nghiệp và Môi trường", "", "")],
        ),
    ],
)
def test_who_reports_to_whom_is_read(
    reader: DutyReader, clause: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert who(reader.read(clause)) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "Xây dựng báo cáo đánh giá tác động của chính sách hằng năm",
        "Lập báo cáo tài chính hằng năm",
        "Tập huấn cho báo cáo viên cấp tỉnh hằng năm",
        "kịp thời đề xuất UBND tỉnh giải quyết những vướng mắc",
        "Báo cáo đánh giá",
        "Kiểm tra, đánh giá theo định kỳ việc thực hiện kế hoạch",
    ],
)
def test_a_product_or_another_sense_is_no_duty(reader: DutyReader, clause: str) -> None:
    assert reader.read(clause) == []


PLAN = """KẾ HOẠCH phát triển du lịch

II. NHIỆM VỤ

1. Mở lớp tập huấn về du lịch cho cán bộ cấp xã.

III. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ theo dõi việc thực hiện; tổng hợp, báo cáo UBND tỉnh trước ngày 30 hàng tháng.

2. Sở Tài chính bố trí kinh phí; báo cáo UBND tỉnh trước ngày 05/6 và 05/12 hằng năm.

Trong quá trình thực hiện, nếu có vướng mắc, các sở, ngành báo cáo về UBND tỉnh (qua Sở Nội vụ).
"""


def deadlines_of(document: Document) -> pd.DataFrame:
    return cp.extract_deadlines([document], cp.normalise_tasks(cp.extract_tasks([document])))


def test_duties_stand_in_the_order_of_the_plan(plan: Callable[..., Document]) -> None:
    found = deadlines_of(plan(PLAN))
    columns = ["deadline_id", "task_id", "reporter", "period", "due", "report_to_id", "via_id", "line_start"]
    task = "gia-lai/implementation/III."
    assert found[columns].values.tolist() == [
        ["gia-lai/1", task + "1", "so-noi-vu", "monthly", "", "ubnd-tinh", "", 9],
        ["gia-lai/2", task + "2", "so-tai-chinh", "half-yearly", "06-05", "ubnd-tinh", "", 11],
        ["gia-lai/3", task + "2", "so-tai-chinh", "half-yearly", "12-05", "ubnd-tinh", "", 11],
        ["gia-lai/4", "", "cac-so-nganh", "on-demand", "", "ubnd-tinh", "so-noi-vu", 13],
    ]


def test_a_duty_without_rhythm_comes_as_often_as_its_task(annex: Callable[..., pd.DataFrame]) -> None:
    tasks = annex("1|Tổng hợp khó khăn, báo cáo UBND tỉnh|Sở Y tế||Hằng năm", "2|Mua xe|Sở Y tế||2023")
    document = cp.read_documents("data/raw")[2]
    rows = cp.extract_deadlines([document], tasks)
    assert rows.loc[rows["task_id"] != "", ["reporter", "period"]].values.tolist() == [["so-y-te", "annual"]]


@pytest.mark.parametrize(
    ("text", "time", "expected"),
    [
        ("Báo cáo UBND tỉnh trước ngày 25/11/2024", "Hằng năm", ["once", "11-25", "2024-11-25"]),
        ("Báo cáo UBND tỉnh vào tháng 6/2025", "Hằng năm", ["once", "", "2025-06"]),
        ("Tổng hợp khó khăn, báo cáo UBND tỉnh", "Quý IV/2024", ["once", "", "2024-12"]),
        ("Tổng hợp khó khăn, báo cáo UBND tỉnh trước ngày 15/11", "2024", ["once", "11-15", "2024-11-15"]),
        ("Tổng hợp khó khăn, báo cáo UBND tỉnh trước ngày 15/11", "2023 - 2024", ["once", "11-15", "2024"]),
        ("Báo cáo UBND tỉnh trước ngày 15/12 hằng năm", "2024", ["annual", "12-15", ""]),
    ],
)
def test_a_single_report_has_the_date_of_its_year(
    annex: Callable[..., pd.DataFrame], text: str, time: str, expected: list[str]
) -> None:
    tasks = annex(f"1|{text}|Sở Y tế||{time}", "2|Mua xe|Sở Y tế||2023")
    rows = cp.extract_deadlines(cp.read_documents("data/raw")[2:3], tasks)
    own = rows[rows["task_id"] != ""]
    assert own[["period", "due", "due_on"]].to_numpy().tolist() == [expected]
    placed = cp.task_calendar(tasks, own).set_index("event_id").loc[own["deadline_id"].iloc[0]]
    assert placed["due_on"][: len(expected[2])] == expected[2]


def test_a_product_in_a_table_is_no_duty(annex: Callable[..., pd.DataFrame]) -> None:
    head = "STT|Nhiệm vụ|Cơ quan chủ trì|Sản phẩm|Thời gian"
    tasks = annex("1|Đánh giá môi trường kinh doanh|Sở Y tế|Báo cáo|Hằng năm", head=head)
    rows = cp.extract_deadlines(cp.read_documents("data/raw")[2:3], tasks)
    assert (rows["task_id"] == "").all()


def test_deadlines_do_not_depend_on_the_order_of_rows(documents: list[Document], tasks: pd.DataFrame) -> None:
    first = cp.extract_deadlines(documents, tasks)
    again = cp.extract_deadlines(documents[::-1], tasks.sample(frac=1, random_state=4))
    pd.testing.assert_frame_equal(first, again)


def test_the_five_plans_have_their_dated_reports(documents: list[Document], tasks: pd.DataFrame) -> None:
    found = cp.extract_deadlines(documents, tasks)
    dated = found.loc[found["due"] != "", ["locality", "line_start", "due", "period", "report_to", "via_id"]]
    through = "so-ke-hoach-dau-tu"
    assert dated.values.tolist() == [
        ["dong-nai", 97, "12-15", "annual", "Ủy ban nhân dân tỉnh", through],
        ["gia-lai", 127, "12-15", "annual", "Ủy ban nhân dân tỉnh", through],
        ["ha-tinh", 25, "12-20", "annual", "UBND tỉnh", through],
        ["ha-tinh", 80, "12-18", "annual", "Sở Kế hoạch và Đầu tư", ""],
    ]
    held = found.merge(tasks[["task_id", "line_start", "line_end"]], on="task_id", suffixes=("", "_task"))
    assert (held["line_start"] >= held["line_start_task"]).all()
    assert (held["line_end"] <= held["line_end_task"]).all()
