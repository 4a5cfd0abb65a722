"""Quantified goals are found wherever a plan states them, one row a number, and set side by side."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare as cp
from compare.documents import Document
from compare.errors import SchemaError
from compare.numbers import print_number
from compare.schema import TABLES
from compare.targets.grammar import read_grammar
from compare.targets.passages import Passage, stated_years
from compare.targets.phrases import read_phrases, split_sentences
from compare.targets.quantities import find_quantities

Plan = Callable[..., Document]
WORK = "\n\nII. NHIỆM VỤ, GIẢI PHÁP\n\n1. Tuyên truyền\n\n- Tuyên truyền sâu rộng trong nhân dân.\n"


def read(*documents: Document) -> pd.DataFrame:
    return cp.extract_targets(documents, cp.normalise_tasks(cp.extract_tasks(documents)))


@pytest.fixture(scope="module")
def targets(documents: list[Document], tasks: pd.DataFrame) -> pd.DataFrame:
    """The targets of the five plans."""
    return cp.extract_targets(documents, tasks)


@pytest.fixture
def goals(plan: Plan) -> Callable[[str], pd.DataFrame]:
    """Extract the targets of a chapter of goals."""
    return lambda text: read(plan(f"I. MỤC TIÊU\n\n{text}{WORK}"))


def said(targets: pd.DataFrame, *columns: str) -> list[list[object]]:
    rows = targets[list(columns or ("value", "unit", "bound"))].astype("object")
    return rows.where(rows.notna(), None).values.tolist()


def quantities(text: str) -> list[tuple[float, str, str]]:
    return [(q.value, q.unit, q.bound) for q in find_quantities(text, read_grammar())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khoảng 1.609 trường", (1609.0, "trường", "about")),
        ("ít nhất 50% tham gia", (50.0, "%", "at-least")),
        ("tối thiểu 5 lớp", (5.0, "lớp", "at-least")),
        ("không dưới 5 lớp", (5.0, "lớp", "at-least")),
        ("Hỗ trợ từ 16 HTX trở lên", (16.0, "hợp tác xã", "at-least")),
        ("đạt từ 80% trở lên", (80.0, "%", "at-least")),
        ("trên 65 % số hộ", (65.0, "%", "more-than")),
        ("hơn 100 doanh nghiệp", (100.0, "doanh nghiệp", "more-than")),
        ("tối đa 3 đợt", (3.0, "đợt", "at-most")),
        ("không quá 5% giáo viên", (5.0, "%", "at-most")),
        ("còn dưới 1,0%", (1.0, "%", "at-most")),
        ("lên 45%", (45.0, "%", "exactly")),
        ("là 27.379 người", (27379.0, "người", "exactly")),
        ("đạt 12.079 triệu đồng/năm", (12079.0, "triệu đồng/năm", "exactly")),
        ("65 triệu đồng/người/năm", (65.0, "triệu đồng/người/năm", "exactly")),
        ("số tiền 45,5 tỷ", (45.5, "tỷ đồng", "exactly")),
        ("vốn 2,5 triệu USD", (2.5, "triệu USD", "exactly")),
        ("thu hút 4,1 triệu người", (4_100_000.0, "người", "exactly")),
        ("có ít nhất mười hai lớp", (12.0, "lớp", "at-least")),
        ("đạt một trăm phần trăm", (100.0, "%", "exactly")),
        ("ít nhất mười năm", (10.0, "năm", "at-least")),
        ("khoảng 2,5 triệu lượt người", (2_500_000.0, "lượt người", "about")),
        ("mỗi năm mở 02 (hai) lớp", (2.0, "lớp/năm", "exactly")),
        ("Mỗi xã có ít nhất một bác sĩ", (1.0, "bác sĩ/xã", "at-least")),
        ("cấp 300 máy tính bảng tốt", (300.0, "máy tính bảng", "exactly")),
        ("số năm sống khỏe đạt tối thiểu 67 năm", (67.0, "năm", "at-least")),
        ("Phấn đấu 95/100 thôn có quy ước", (95.0, "thôn", "exactly")),
        ("Doanh thu tăng 1,5 lần so với năm 2020", (1.5, "lần", "exactly")),
        ("Thu nhập tăng ít nhất 2 lần", (2.0, "lần", "at-least")),
        ("gấp hơn 3 lần năm 2020", (3.0, "lần", "more-than")),
        ("có 12/15 xã đạt chuẩn", (12.0, "xã", "exactly")),
        ("có 05/07 xã đạt chuẩn", (5.0, "xã", "exactly")),
        ("có 6/10 xã đạt chuẩn", (6.0, "xã", "exactly")),  # nobody prints three fifths so
        ("2/3 số xã có hợp tác xã", (66.67, "%", "exactly")),
        ("trên 3/4 xã có hợp tác xã", (75.0, "%", "more-than")),
        ("ít nhất 12/15 tổng số hộ tham gia", (80.0, "%", "at-least")),
        ("ít nhất năm mô hình", (5.0, "mô hình", "at-least")),
        ("còn 12,5‰", (12.5, "‰", "exactly")),
        ("đạt 2000 hội viên", (2000.0, "hội viên", "exactly")),
    ],
)
def test_a_quantity_has_value_unit_and_bound(text: str, found: tuple[float, str, str]) -> None:
    assert quantities(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị quyết số 20-NQ/TW ngày 16/6/2022 và Nghị định 98/2018/NĐ-CP",
        "Kế hoạch số 227/KH-TU ngày 20 tháng 02 năm 2023",
        "Nghị quyết Trung ương 5 khóa IX; Hội nghị lần thứ 5 (khóa XIII)",
        "đến năm 2030, giai đoạn 2021 - 2025, năm học 2023-2024",
        "cách mạng công nghiệp 4.0, mạng 5G, tiêu chuẩn ISO 9001:2015",
        "ở 3 cấp (tỉnh, huyện, xã); 5 nhiệm vụ và 4 nhóm giải pháp",
        "hợp tác xã không hoạt động trong 12 tháng liên tục",
        "phổ cập cho trẻ dưới 5 tuổi",
        "tiêu chí số 13; Điều 5; Phụ lục 2; quý 3; dịch vụ công mức độ 4",
        "báo cáo trước ngày 15/12 hằng năm",
        "(1) rà soát; (2) sắp xếp",
        "các chỉ tiêu đạt năm 2025; có năm học mới",
        "một số địa phương; một trong những nhiệm vụ; Chương trình mỗi xã một sản phẩm",
        "hơn một nửa số xã",
        "thuộc nhóm 30 tỉnh dẫn đầu; hỗ trợ lãi suất 2% cho doanh nghiệp; trực 24/7",
    ],
)
def test_what_is_no_goal_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


@given(st.integers(1, 10**7), st.sampled_from(["hợp tác xã", "lượt người", "tỷ đồng", "%", "trường"]))
def test_any_number_before_a_unit_comes_back(value: int, unit: str) -> None:
    text = f"Phấn đấu đạt {print_number(value)} {unit}"
    assert quantities(text) == [(float(value), unit, "exactly")]


def test_one_sentence_gives_one_row_a_number_with_what_it_is_a_part_of(
    goals: Callable[[str], pd.DataFrame],
) -> None:
    targets = goals(
        "- Có khoảng 35 THT với 500 thành viên, 636 HTX và 02 liên hiệp HTX với 1.770 thành viên (trung bình mỗi năm "
        "thành lập mới khoảng 21 HTX)."
    )
    assert said(targets, "value", "unit", "indicator", "text") == [
        [35.0, "tổ hợp tác", "so-to-hop-tac", "Có khoảng 35 THT"],
        [500.0, "người", "thanh-vien-to-hop-tac", "Có khoảng 35 THT với 500 thành viên"],
        [636.0, "hợp tác xã", "so-hop-tac-xa", "636 HTX"],
        [2.0, "liên hiệp hợp tác xã", "so-lien-hiep-hop-tac-xa", "02 liên hiệp HTX"],
        [1770.0, "người", "thanh-vien-hop-tac-xa", "636 HTX và 02 liên hiệp HTX với 1.770 thành viên"],
        [
            21.0,
            "hợp tác xã/năm",
            "hop-tac-xa-thanh-lap-moi",
            "trung bình mỗi năm thành lập mới khoảng 21 HTX",
        ],
    ]


def test_the_whole_of_a_share_within_a_share_stays_in_the_text(goals: Callable[[str], pd.DataFrame]) -> None:
    targets = goals(
        "- Trên 65% trường học đạt loại tốt, khá, trong đó có ít nhất 50% đạt chuẩn; giữ vững nề nếp."
    )
    assert said(targets, "value", "bound", "text") == [
        [65.0, "more-than", "Trên 65% trường học đạt loại tốt, khá"],
        [50.0, "at-least", "Trên 65% trường học đạt loại tốt, khá, trong đó có ít nhất 50% đạt chuẩn"],
    ]


YEARS = [
    ("Đến năm 2030:\n\n- Có 5 trường.\n\n- Có 6 lớp.", [2030, 2030]),  # alone on its line
    ("- Đến năm 2030\n\n+ Có 5 trường.\n\n- Đến năm 2045\n\nCó 6 lớp.", [2030, 2045]),
    ("- Đến năm 2025 có 5 trường.\n\n- Có 6 lớp.", [2025, None]),  # in an item: that item's alone
    ("- Đến năm 2025, có 5 trường. Mở 6 lớp.", [2025, 2025]),
    ("- Tăng từ 5% năm 2020 lên 7% năm 2025 và 9% năm 2030; mở 6 lớp.", [2025, 2030, None]),
    (
        "1. Mục tiêu đến năm 2025\n\n1.1. Về trường\n\n- Có 5 trường.\n\n2. Mục tiêu khác\n\n- Có 6 lớp.",
        [2025, None],
    ),
    ("Giai đoạn 2021 - 2025:\n\n- Có 5 trường.", [2025]),
    ("1. Mục tiêu đến năm 2025, tầm nhìn đến năm 2030\n\n- Có 5 trường.", [2025]),
    ("Phấn đấu đến năm 2025 và năm 2030 đạt:\n\n- Có 5 trường.", [None]),  # which of them is not said
    ("- Tăng 5% so với năm 2020.", [None]),
    ("- Có 5 trường theo Luật Giáo dục năm 2019.", [None]),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_a_year_is_inherited_only_where_the_plan_says_so(
    goals: Callable[[str], pd.DataFrame], text: str, years: list[int | None]
) -> None:
    assert [row[0] for row in said(goals(text), "year")] == years


BASELINES = [
    (
        "- Nâng tỷ lệ trường khá lên 45%, trung bình 40% (hiện tại: khá là 35%, trung bình 47%).",
        [[45, 35], [40, 47]],
    ),
    ("- Giảm hộ nghèo từ 3,2% xuống còn dưới 1,0%.", [[1.0, 3.2]]),
    ("- Thu nhập đạt 65 triệu đồng/năm (năm 2020 là 48 triệu đồng/năm).", [[65, 48]]),
    ("- Giảm 50% phòng học tạm (hiện có 320 phòng).", [[50, None]]),
    ("- Xây từ 03 đến 05 trường.", [[3, None]]),
    ("- Hiện nay có 12 trường. Phấn đấu có 15 trường.", [[15, None]]),
]


@pytest.mark.parametrize(("text", "values"), BASELINES)
def test_present_values_are_baselines_and_no_goals(
    goals: Callable[[str], pd.DataFrame], text: str, values: list[list[float | None]]
) -> None:
    assert said(goals(text), "value", "baseline") == values


def test_goals_are_read_in_chapters_sections_lists_and_sentences(plan: Plan) -> None:
    targets = read(
        plan(
            "I. TÌNH HÌNH\n\nPhấn đấu trong 5 năm qua có 10 trường.\n\nII. QUAN ĐIỂM, MỤC TIÊU\n\n1. Quan điểm\n\n"
            "- Huy động 11 trường.\n\n2. Mục tiêu\n\n- Có 12 trường.\n\nIII. YÊU CẦU\n\n1. Yêu cầu chung\n\n"
            "Các ngành thực hiện các mục tiêu sau, đó là:\n\nĐến năm 2030:\n\n- Có 13 trường.\n\n2. Yêu cầu khác\n\n"
            "- Mở 14 lớp.\n\nIV. NHIỆM VỤ\n\n1. Tuyên truyền\n\n- Mở 15 lớp.\n\n- Phấn đấu đến năm 2025 có 16 lớp.\n"
        )
    )
    assert said(targets, "value", "year") == [[12.0, None], [13.0, 2030], [16.0, 2025]]
    assert set(targets["scope"]) == {"objective"}


DAMAGED = [
    "- Có **khoảng** **636** trường học.",
    "- Có khoảng\n636 trường học.",
    "- Có khoảng 636\ntrường học.",
    "- Phân đầu co khoảng 636 trừơng học.",  # slips of character recognition
    "- Cả tỉnh phấn đấu đến năm 2025 và những năm tiếp theo xây dựng, đưa vào sử dụng, có\n\nkhoảng 636 trường học.",
    "- Có khoảng 636 (sáu trăm ba mươi sáu) trường học.",
]


@pytest.mark.parametrize("text", DAMAGED)
def test_breaks_markup_and_slips_do_not_hide_a_goal(goals: Callable[[str], pd.DataFrame], text: str) -> None:
    assert said(goals(text), "value", "bound") == [[636.0, "about"]]


TABLE = (
    "Các chỉ tiêu tại bảng sau:\n\n{head}\n1\tTỷ lệ hộ nghèo\t%\t5,2\tDưới 3\t<1\n2\tSố hợp tác xã\tHTX\t120\t150-160\t\n"
    "Thu nhập bình quân\ttriệu đồng/năm\t48\t65\t80\n"  # its number cell is lost
)


def test_a_table_of_goals_gives_one_row_a_goal_and_year(goals: Callable[[str], pd.DataFrame]) -> None:
    targets = goals(TABLE.format(head="STT\tChỉ tiêu\tĐVT\tThực hiện 2020\tNăm 2025\tGiai đoạn 2026-2030"))
    assert said(targets, "value", "value_high", "unit", "bound", "year", "baseline") == [
        [3.0, 3.0, "%", "at-most", 2025, 5.2],
        [1.0, 1.0, "%", "at-most", 2030, 5.2],
        [150.0, 160.0, "hợp tác xã", "exactly", 2025, 120.0],
        [65.0, 65.0, "triệu đồng/năm", "exactly", 2025, 48.0],
        [80.0, 80.0, "triệu đồng/năm", "exactly", 2030, 48.0],
    ]
    assert targets["text"].iloc[0] == "Tỷ lệ hộ nghèo: Dưới 3 % (Thực hiện 2020: 5,2 %)"
    assert targets["line_start"].tolist() == [6, 6, 7, 8, 8]


def test_a_table_of_other_things_is_no_table_of_goals(goals: Callable[[str], pd.DataFrame]) -> None:
    assert goals(TABLE.format(head="STT\tTên xã\tĐVT\tThực hiện 2020\tNăm 2025\tNăm 2030")).empty


def test_annex_rows_promise_outputs(annex: Callable[..., pd.DataFrame], plan: Plan, tmp_path: Path) -> None:
    tasks = annex(
        "1|Tổ chức 05 lớp tập huấn cho 250 học viên|Sở Y tế|20 hội nghị/năm/1.400 lượt người|Năm 2024",
        "2|Rà soát ở 3 cấp các xã có trên 50 hộ|Sở Y tế|Báo cáo|Hàng năm",
        "3|Hỗ trợ trạm y tế|Sở Y tế|Hỗ trợ từ 16 trạm y tế trở lên: nhà; xe|2021-2025",
        head="STT|Nhiệm vụ|Cơ quan chủ trì|Sản phẩm|Thời gian",
    )
    targets = cp.extract_targets([cp.read_documents(tmp_path)[0]], tasks)
    assert said(targets, "value", "unit", "bound", "year") == [
        [5.0, "lớp", "exactly", 2024],
        [250.0, "học viên", "exactly", 2024],
        [20.0, "hội nghị/năm", "exactly", 2024],
        [1400.0, "lượt người", "exactly", 2024],
        [16.0, "trạm y tế", "at-least", 2025],
    ]
    assert set(targets["scope"]) == {"annex-output"}
    assert targets["task_id"].tolist() == ["gia-lai/annex/1"] * 4 + ["gia-lai/annex/3"]
    assert targets["line_start"].tolist() == [4, 4, 4, 4, 6]


def test_a_cell_copied_into_the_next_column_counts_once(
    annex: Callable[..., pd.DataFrame], tmp_path: Path
) -> None:
    tasks = annex("1|Hỗ trợ 16 trường|Hỗ trợ 16 trường|Năm 2024", head="STT|Nhiệm vụ|Sản phẩm|Thời gian")
    assert len(cp.extract_targets(cp.read_documents(tmp_path), tasks)) == 1


def test_an_unknown_indicator_is_named_by_its_own_words(goals: Callable[[str], pd.DataFrame]) -> None:
    targets = goals(
        "- Tỷ lệ hộ nghèo còn 5%.\n\n- Trồng 20.000 cây xanh đô thị.\n\n- Vốn vay đạt 5 tỷ đồng.\n\n- Đạt 20%."
    )
    named = ["ty-le-ho-ngheo", "cay-xanh-do-thi-trong", "von-vay", "ty-le"]
    assert targets["indicator"].tolist() == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Giải thể ít nhất 30 hợp tác xã", ["hop-tac-xa-giai-the"]),
        ("Thành lập 30 HTX", ["hop-tac-xa-thanh-lap-moi"]),
        ("Củng cố, kiện toàn 30 hợp tác xã", ["hop-tac-xa-cung-co"]),
        ("Đào tạo cho ít nhất 30 hợp tác xã", ["hop-tac-xa-dao-tao"]),
        ("Hỗ trợ 30 hợp tác xã", ["hop-tac-xa-duoc-ho-tro"]),
        ("Kết nạp 500 thành viên hợp tác xã", ["thanh-vien-hop-tac-xa-ket-nap"]),
        (
            "Giải thể 2 liên hiệp hợp tác xã, 30 hợp tác xã với 500 thành viên và 5 tổ hợp tác",
            [
                "lien-hiep-hop-tac-xa-giai-the",
                "hop-tac-xa-giai-the",
                "thanh-vien-hop-tac-xa-giai-the",
                "to-hop-tac-giai-the",
            ],
        ),
        ("Giải thể các hợp tác xã yếu kém, toàn tỉnh còn 30 hợp tác xã", ["so-hop-tac-xa"]),
        ("Hỗ trợ cơ sở vật chất cho các xã; có 30 hợp tác xã", ["so-hop-tac-xa"]),
        ("Tăng lên 30 hợp tác xã", ["so-hop-tac-xa"]),
        ("Duy trì 30 hợp tác xã", ["so-hop-tac-xa"]),
        (
            "Thành lập mới 21 hợp tác xã, toàn tỉnh có 636 hợp tác xã",
            ["hop-tac-xa-thanh-lap-moi", "so-hop-tac-xa"],
        ),
    ],
)
def test_what_is_changed_is_another_indicator_than_what_there_is(
    goals: Callable[[str], pd.DataFrame], text: str, named: list[str]
) -> None:
    assert goals(f"- {text}.")["indicator"].tolist() == named


def test_a_multiple_of_an_earlier_year_is_a_goal_of_its_own(goals: Callable[[str], pd.DataFrame]) -> None:
    targets = goals(
        "- Đến năm 2030 doanh thu bình quân của hợp tác xã tăng 1,5 lần so với năm 2020; họp 2 lần."
    )
    assert said(targets, "value", "unit", "year") == [[1.5, "lần", 2030]]
    assert "so với năm 2020" in targets["text"][0]
    years = goals("- Vốn vay gấp 2 lần năm 2020.\n\n- Lợi nhuận gấp 2 lần vào năm 2030.")["year"]
    assert [None if pd.isna(year) else int(year) for year in years] == [None, 2030]


def test_a_fraction_has_the_indicator_of_its_share(goals: Callable[[str], pd.DataFrame]) -> None:
    targets = goals(
        "- Có 2/3 tổng số hợp tác xã hoạt động hiệu quả.\n\n- Có 70% hợp tác xã hoạt động hiệu quả."
    )
    assert targets["indicator"].tolist() == ["ty-le-to-chuc-kttt-hieu-qua"] * 2
    assert targets["value"].tolist() == [66.67, 70.0]


def test_a_plan_without_numbers_gives_an_empty_table(goals: Callable[[str], pd.DataFrame]) -> None:
    targets = goals("- Nâng cao nhận thức.")
    assert targets.empty
    assert list(targets.columns) == list(TABLES["targets"].columns)
    assert cp.compare_targets(targets).empty


def test_targets_do_not_depend_on_the_order_of_documents_and_tasks(
    documents: list[Document], tasks: pd.DataFrame, targets: pd.DataFrame
) -> None:
    pd.testing.assert_frame_equal(cp.extract_targets(documents[::-1], tasks.iloc[::-1]), targets)


def test_every_target_of_the_five_plans_is_printed_on_its_lines(
    documents: list[Document], targets: pd.DataFrame
) -> None:
    lines = {d.locality: d.lines for d in documents}
    for row in targets.itertuples():
        printed = " ".join(" ".join(lines[row.locality][row.line_start - 1 : row.line_end]).split())
        assert row.text in printed.replace("**", ""), row.target_id
    assert targets["target_id"].is_unique
    assert targets.groupby("locality").size().to_dict() == {"dak-nong": 24, "dong-nai": 12, "go-cong-tay": 10}


def _target(
    locality: str, value: float, unit: str = "hợp tác xã", year: int | None = 2030, text: str = ""
) -> dict[str, object]:
    blank: dict[str, object] = {c: "" for c in TABLES["targets"].columns}
    return blank | {
        "target_id": f"{locality}/{value:g}", "locality": locality, "indicator": "so", "value": value,
        "value_high": value, "unit": unit, "bound": "exactly", "year": year, "baseline": None,
        "text": text or f"{value:g} {unit}", "scope": "objective", "line_start": 1, "line_end": 1,
    }  # fmt: skip


def compared(
    *rows: dict[str, object],
    population: pd.DataFrame | None = None,
    levels: dict[str, str] | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare goals of localities of one level, where none are given."""
    table = pd.DataFrame(list(rows)).astype({"year": "Int64", "baseline": "float64", "value": "float64"})
    return cp.compare_targets(
        table, population, {"a": "province", "b": "province"} if levels is None else levels
    )


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (_target("b", 9), ""),
        (_target("b", 9, year=2025), "other year"),
        (_target("b", 9, year=None), "no year"),
        (_target("b", 9, unit="hợp tác xã/năm"), "other unit"),
    ],
)
def test_goals_compare_in_the_same_year_and_unit_only(other: dict[str, object], reason: str) -> None:
    table = compared(_target("a", 5), other)
    assert table.set_index("locality").loc["b", "reason"] == reason
    assert table["comparable"].tolist() == [reason == ""] * 2


def test_shares_of_different_wholes_do_not_compare() -> None:
    whole = _target("a", 65, "%", text="trên 65% tổ chức kinh tế tập thể đạt loại khá")
    part = _target("b", 60, "%", text="Nâng tỷ lệ HTX đạt loại khá lên 60%")
    table = compared(whole, part)
    assert table["whole"].tolist() == ["tổ chức kinh tế tập thể", "hợp tác xã"]
    assert table["reason"].tolist() == ["other whole"] * 2


@pytest.mark.parametrize(
    ("levels", "unit", "reason"),
    [
        ({"a": "province", "b": "province"}, "hợp tác xã", ""),
        ({"a": "province", "b": "district"}, "hợp tác xã", "other level"),
        ({"a": "province", "b": "district"}, "tỷ đồng", "other level"),
        ({"a": "province", "b": "district"}, "%", ""),  # a share has its own whole
        ({"a": "province"}, "hợp tác xã", "level unknown"),
        ({}, "hợp tác xã", "level unknown"),
        ({}, "%", ""),
        (pd.DataFrame({"locality": ["a", "b"], "level": ["district", "province"]}), "người", "other level"),
    ],
)
def test_counts_compare_among_localities_of_one_level_only(
    levels: dict[str, str] | pd.DataFrame, unit: str, reason: str
) -> None:
    table = compared(_target("a", 636, unit), _target("b", 30, unit), levels=levels)
    assert table["reason"].tolist() == [reason] * 2
    assert table["comparable"].tolist() == [reason == ""] * 2


def test_a_count_of_one_level_compares_beside_one_of_another() -> None:
    levels = {"a": "province", "b": "province", "c": "district"}
    table = compared(_target("a", 5), _target("b", 9), _target("c", 2), levels=levels)
    assert table["reason"].tolist() == ["", "", "other level"]


def test_levels_without_their_columns_are_refused() -> None:
    with pytest.raises(SchemaError, match=r"levels: .* missing \['level'\]"):
        compared(_target("a", 5), _target("b", 9), levels=pd.DataFrame({"locality": ["a", "b"]}))


@pytest.mark.parametrize(
    ("there", "whole", "reason"),
    [
        ("30 hợp tác xã với 9 thành viên", "hợp tác xã", "other whole"),
        ("Thành viên hợp tác xã là 9 thành viên", "", "other whole"),
        ("2 liên hiệp HTX và 30 HTX với khoảng 9 thành viên", "hợp tác xã và liên hiệp hợp tác xã", ""),
    ],
)
def test_counts_of_members_compare_where_the_same_bodies_have_them(
    there: str, whole: str, reason: str
) -> None:
    here = _target("a", 70, "người", text="636 hợp tác xã và 02 liên hiệp hợp tác xã với 70 thành viên")
    table = compared(here, _target("b", 9, "người", text=there))
    assert table["whole"].tolist() == ["hợp tác xã và liên hiệp hợp tác xã", whole]
    assert table["reason"].tolist() == [reason] * 2


def test_a_count_without_a_whole_compares_with_one_of_a_single_whole() -> None:
    here = _target("a", 70, "người", text="30 hợp tác xã với 70 thành viên")
    assert compared(here, _target("b", 9, "người", text="9 người"))["reason"].tolist() == ["", ""]


def test_a_fraction_is_a_share_of_what_it_is_a_fraction_of() -> None:
    here = _target("a", 66.67, "%", text="2/3 số xã có hợp tác xã")
    there = _target("b", 70, "%", text="70% xã có hợp tác xã")
    assert compared(here, there)[["whole", "reason"]].values.tolist() == [["xã", ""]] * 2


def test_sums_are_brought_to_one_scale() -> None:
    table = compared(_target("a", 1.5, "tỷ đồng"), _target("b", 900, "triệu đồng"))
    assert said(table, "value", "unit", "comparable") == [
        [1500.0, "triệu đồng", True],
        [900.0, "triệu đồng", True],
    ]


def test_a_sum_brought_to_one_scale_is_as_round_as_it_was_printed() -> None:
    table = compared(_target("a", 2.03, "tỷ đồng"), _target("b", 900, "triệu đồng"))
    assert table["value"].tolist() == [2030.0, 900.0]


def test_many_goals_of_one_indicator_are_compared() -> None:
    rows = [_target(f"a{n}", n, year=2025 + n % 2) for n in range(3000)]
    levels = {f"a{n}": "province" for n in range(3000)}
    assert compared(*rows, levels=levels)["comparable"].all()


def test_an_indicator_of_one_locality_is_left_out() -> None:
    assert compared(_target("a", 5), _target("a", 6)).empty


PEOPLE = pd.DataFrame(
    {
        "locality": ["a", "a", "b"],
        "year": [2019, 2022, 2022],
        "population": [1, 50_000, 200_000],
        "source": "Niên giám 2022",
    }
)


def test_goals_per_head_are_worked_out_from_a_sourced_population() -> None:
    table = compared(_target("a", 5), _target("b", 9), population=PEOPLE)
    assert table["per_100k"].tolist() == [10.0, 4.5]  # 5 / 50.000 * 100.000, 9 / 200.000 * 100.000
    assert table["population_source"].tolist() == ["Niên giám 2022"] * 2
    shares = compared(_target("a", 5, "%"), _target("b", 9, "%"), population=PEOPLE)
    assert shares["per_100k"].isna().all()


@pytest.mark.parametrize(
    ("population", "message"),
    [
        (
            PEOPLE.drop(columns="source"),
            r"columns \['locality', 'year', 'population', 'source'\] wanted .* missing \['source'\]",
        ),
        (PEOPLE.assign(source=" "), "the source of every number wanted"),
        (PEOPLE[PEOPLE["locality"] == "a"], r"a row for each locality wanted, found none for \['b'\]"),
        (PEOPLE.assign(population=0), "numbers of people above 0 wanted"),
        (PEOPLE.assign(year=2022), "one row a locality and year wanted, 1 repeated"),
    ],
)
def test_a_population_without_source_or_locality_is_refused(population: pd.DataFrame, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        compared(_target("a", 5), _target("b", 9), population=population)


@given(st.text(alphabet="0123456789., -–/%()đến một năm tỷ HTX;:\n", max_size=60))
def test_any_text_is_read_without_error_and_phrases_are_print(text: str) -> None:
    for phrase in read_phrases(Passage(text, 1, 1), read_grammar()):
        assert phrase.text in phrase.sentence
        assert phrase.sentence in " ".join(text.split())


def test_sentences_end_at_stops_and_bullets_not_at_initials() -> None:
    assert split_sentences("Có 5 lớp. Đạt 2 giải; - Mở lớp tại TP. Hà Tĩnh") == [
        "Có 5 lớp.",
        "Đạt 2 giải;",
        "- Mở lớp tại TP. Hà Tĩnh",
    ]


@pytest.mark.parametrize(
    ("word", "quantities", "sentences"),
    [
        ("1", 0, 0),
        ("năm 2020 ", 0, 0),
        (". ", 0, 0),
        ("a. A ", 0, 0),
        ("mỗi ", 0, 0),
        ("đạt 5% ", 1, 0),
        ("TP. A", 0, 1),
    ],
)
def test_a_sentence_without_end_is_read_to_its_end(word: str, quantities: int, sentences: int) -> None:
    """So many quantities and further sentences a repetition."""
    n = 4000 // len(word)
    assert len(find_quantities(word * n, read_grammar())) == n * quantities
    assert len(split_sentences(word * n)) == max(n * sentences, 1)
    assert stated_years(word * n) == []
