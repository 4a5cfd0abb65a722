"""Annex tables: each damage on a tiny plan of its own."""

import random
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

import compare as cp
from compare.agencies import read_vocabulary
from compare.documents import Document, Row, read_reference
from compare.errors import ExtractionError
from compare.extract import Extraction
from compare.extract.cells import assign_cells
from compare.extract.header import header_columns
from compare.extract.marks import split_number
from compare.extract.record import FIELDS
from compare.text import strip_markup, words

Annex = Callable[..., pd.DataFrame]
PATTERNS = read_reference().patterns("column")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("STT|Nhiệm vụ|Phân công trách nhiệm", ["number", "text", "lead"]),
        (
            "TT|Nội dung công việc|Đơn vị chủ trì|Đơn vị phối hợp|Thời hạn",
            ["number", "text", "lead", "coordinating", "timeline"],
        ),
        (
            "STT|Nhiệm vụ, Đề án|Cơ quan chủ trì|Cơ quan phối hợp|Cấp trình|Sản phẩm hoàn thành|Thời gian trình",
            ["number", "text", "lead", "coordinating", "submit_to", "product", "timeline"],
        ),
        (
            "Số TT|Nhiệm vụ|Cơ quan chủ trì/ tham mưu|Kết quả|Thời gian thực hiện/hoàn thành|Ghi chú",
            ["number", "text", "lead", "product", "timeline", "note"],
        ),
        (
            "STT|Nội dung|Cơ quan thực hiện|Cơ quan phối hợp thực hiện|Tiến độ",
            ["number", "text", "lead", "coordinating", "timeline"],
        ),
        ("STT|Nhóm nhiệm vụ|Cơ quan, đơn vị", ["number", "text", "lead"]),
        ("STT|STT|Nhiệm vụ|Chủ trì", ["number", "note", "text", "lead"]),
    ],
)
def test_a_header_is_read_by_its_words(header: str, columns: list[str]) -> None:
    assert header_columns(header.split("|"), PATTERNS) == columns


@pytest.mark.parametrize("row", ["1|Xây dựng kế hoạch|Sở Tài chính", "I|Nhiệm vụ chung||", "STT||"])
def test_other_rows_are_no_header(row: str) -> None:
    assert header_columns(row.split("|"), PATTERNS) is None


@pytest.mark.parametrize(
    ("cell", "number", "rest"),
    [
        ("1.", "1", ""),
        ("2.1.", "2.1", ""),
        ("IV Nâng cao", "IV", "Nâng cao"),
        ("5\nThực hiện", "5", "Thực hiện"),
        ("Ý kiến", "", "Ý kiến"),
    ],
)
def test_split_number(cell: str, number: str, rest: str) -> None:
    assert split_number(cell) == (number, rest)


def test_assign_cells_moves_a_product_out_of_the_lead_column() -> None:
    cells = ["Hướng dẫn các hợp tác xã thực hiện", "Báo cáo", "Thường xuyên", "", ""]
    placed, _ = assign_cells(cells, ["text", "lead", "product", "timeline", "note"], read_vocabulary())
    assert placed == {0: 0, 1: 2, 2: 3}


def test_a_plain_row_is_read_as_printed(annex: Annex) -> None:
    (task,) = annex(
        "1|Xây dựng kế hoạch phát triển hợp tác xã|Sở Tài chính|Các sở, ngành|2023 - 2025"
    ).to_dict("records")
    assert task["task_id"] == "gia-lai/annex/1"
    assert (task["leads"], task["coordinating"]) == ("so-tai-chinh", "cac-so-nganh")
    assert (task["timeline_start"], task["timeline_end"], task["defects"]) == ("2023", "2025", "")
    assert (task["line_start"], task["line_end"]) == (4, 4)


def test_a_row_broken_over_pages_is_joined(annex: Annex) -> None:
    head = "STT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian"
    (task,) = annex(
        "1|Triển khai đề án xây dựng bộ|Sở Kế hoạch và|Sở Nội vụ|2023 -",
        "",
        head,
        "|máy quản lý|Đầu tư||2025",
    ).to_dict("records")
    assert task["text"] == "Triển khai đề án xây dựng bộ máy quản lý"
    assert (task["leads"], task["timeline_text"]) == ("so-ke-hoach-dau-tu", "2023 - 2025")
    assert (task["line_start"], task["line_end"], task["defects"]) == (4, 7, "page-break")


def test_a_continuation_that_lost_cells_is_joined(annex: Annex) -> None:
    (task,) = annex(
        "1|Ưu tiên bố trí ngân sách|Sở Tài chính|Các sở, ngành|Hàng năm",
        "",
        "|nhà nước hỗ trợ các tổ chức kinh tế tập thể||",
    ).to_dict("records")
    assert task["text"].endswith("ngân sách nhà nước hỗ trợ các tổ chức kinh tế tập thể")
    assert "cells-lost" in task["defects"]


@pytest.mark.parametrize(
    "heading", ["II Hoàn thiện cơ chế, chính sách||||", "II|Hoàn thiện cơ chế, chính sách|||"]
)
def test_a_section_is_read_with_its_number_apart_or_run_in(annex: Annex, heading: str) -> None:
    table = annex(
        "I|Nhận thức||||",
        "1|Tuyên truyền về hợp tác xã|Sở Tài chính|Các sở, ngành|2023",
        heading,
        "1|Rà soát các chính sách hiện hành|Sở Nội vụ|Các sở, ngành|2023",
    )
    assert table["task_id"].tolist() == ["gia-lai/annex/I.1", "gia-lai/annex/II.1"]
    assert table["pillar"].tolist() == [1, 2]


def test_a_number_that_later_rows_continue_is_a_section(annex: Annex) -> None:
    table = annex(
        "1.|Nhận thức|",
        "1.1.|Tuyên truyền về hợp tác xã|Sở Tài chính",
        head="STT|Nhiệm vụ|Phân công trách nhiệm",
    )
    assert table[["number", "section", "section_title"]].values.tolist() == [["1.1", "1", "Nhận thức"]]


def test_a_heading_merged_into_a_row_is_taken_out(annex: Annex) -> None:
    head = "STT|Nhiệm vụ|Cơ quan chủ trì|Sản phẩm|Thời gian|Ghi chú"
    table = annex(
        "1|Về tuyên truyền|Quán triệt Chương trình hành động đến toàn thể cán bộ, công chức và nhân dân trong tỉnh|Các Sở, Ban, ngành|Báo cáo|Thường xuyên",
        "2|Mở chuyên mục trên báo, đài|Sở Nội vụ|Chuyên mục|Hàng năm|",
        head=head,
    )
    first = table.iloc[0]
    assert first["text"].startswith("Quán triệt")
    assert (first["section"], first["section_title"]) == ("I", "Về tuyên truyền")
    assert (first["leads"], first["product"], first["timeline_kind"]) == (
        "cac-so-nganh",
        "Báo cáo",
        "ongoing",
    )


def test_a_lead_in_the_middle_of_its_merged_cell_reaches_both_ways(annex: Annex) -> None:
    table = annex(
        "1|Đào tạo nghề cho lao động|Sở Nội vụ||2023",
        "2|Tuyên dương hợp tác xã điển hình|||2023",
        "3|Tổ chức các lớp bồi dưỡng|Liên minh HTX tỉnh||2023",
        "4|Kiểm tra, đôn đốc các địa phương|||2023",
    )
    assert table["leads"].tolist() == [
        "so-noi-vu",
        "lien-minh-htx",
        "lien-minh-htx",
        "lien-minh-htx",
    ]
    assert table["lead_inferred"].tolist() == [False, True, False, True]


def test_a_lead_above_empty_cells_reaches_down_to_the_next(annex: Annex) -> None:
    table = annex(
        "1|Tuyên truyền về hợp tác xã|Liên minh HTX tỉnh||2023",
        "2|Xây dựng chuyên mục, phóng sự|||2023",
        "3|Hướng dẫn chính sách hỗ trợ|||2023",
        "4|Khen thưởng, tôn vinh hợp tác xã|Sở Nội vụ||2023",
    )
    assert table["leads"].tolist() == ["lien-minh-htx"] * 3 + ["so-noi-vu"]


def test_lead_and_coordinating_cells_run_together_are_parted(annex: Annex) -> None:
    table = annex(
        "1|Hỗ trợ tiếp cận thị trường|Sở Công Thương - Các sở, ngành liên quan; - UBND các huyện, thành phố|Hàng năm",
        "2|Thu hút cán bộ kỹ thuật|Liên minh HTX tỉnh; UBND các huyện, thành phố|Hàng năm",
    )
    assert table["leads"].tolist() == ["so-cong-thuong", "lien-minh-htx;ubnd-huyen"]
    assert table["coordinating"].tolist() == ["cac-so-nganh;ubnd-huyen", ""]
    assert table["timeline_kind"].tolist() == ["annual", "annual"]


def test_a_time_run_into_another_cell_is_parted(annex: Annex) -> None:
    (task,) = annex(
        "1|Xử lý hợp tác xã ngừng hoạt động|Sở Tài chính|- Các sở, ngành liên quan Hàng năm"
    ).to_dict("records")
    assert (task["coordinating"], task["timeline_kind"]) == ("cac-so-nganh", "annual")


def test_two_rows_scrambled_into_one_are_parted(annex: Annex) -> None:
    table = annex(
        "2|Quan tâm xây dựng tổ chức kinh tế tập thể phát|Liên đoàn lao động tỉnh|Các sở, ngành|Hàng năm",
        "",
        "|triển vững mạnh đối với các tổ chức có nhiều thành viên|Củng cố, tăng cường hoạt động của Liên minh hợp tác xã và các tổ chức đại diện trong tỉnh|Liên minh Hợp tác xã tỉnh|Các sở, ngành|Hàng năm",
        "3|||||",
    )
    assert table["number"].tolist() == ["2", "3"]
    assert table["text"].iloc[0].endswith("phát triển vững mạnh đối với các tổ chức có nhiều thành viên")
    assert table["text"].iloc[1].startswith("Củng cố")
    assert table["leads"].tolist() == ["lien-doan-lao-dong", "lien-minh-htx"]
    assert table["line_end"].tolist() == [6, 7]


def test_a_cell_printed_twice_is_kept_once(annex: Annex) -> None:
    (task,) = annex(
        "1|Kiểm tra, đánh giá mô hình hợp tác xã|Báo cáo|Báo cáo|Hàng năm",
        head="STT|Nhiệm vụ|Cơ quan chủ trì|Sản phẩm|Thời gian",
    ).to_dict("records")
    assert (task["product"], task["note"]) == ("Báo cáo", "")
    assert {"cell-repeated", "lead-missing"} <= set(task["defects"].split(";"))


def test_a_cell_that_fits_nowhere_is_kept_and_marked(annex: Annex) -> None:
    (task,) = annex(
        "1|Xây dựng kế hoạch phát triển|Sở Tài chính|Các sở, ngành|2023|Việc này tùy điều kiện cụ thể của từng nơi"
    ).to_dict("records")
    assert task["note"] == "Việc này tùy điều kiện cụ thể của từng nơi"
    assert "stray-cell" in task["defects"]


def test_a_row_with_nothing_but_its_number_is_kept_and_marked(annex: Annex) -> None:
    table = annex("1|Xây dựng kế hoạch phát triển|Sở Tài chính|Các sở, ngành|2023", "2||||")
    assert table["number"].tolist() == ["1", "2"]
    assert "cells-lost" in table["defects"].iloc[1]


def test_a_number_printed_twice_gives_two_ids(annex: Annex) -> None:
    table = annex("1|Xây dựng kế hoạch|Sở Tài chính||2023", "1|Rà soát chính sách|Sở Nội vụ||2023")
    assert table["task_id"].tolist() == ["gia-lai/annex/1", "gia-lai/annex/1(2)"]
    assert "number-repeated" in table["defects"].iloc[1]


def test_every_word_of_the_rows_is_kept(annex: Annex) -> None:
    rows = ["1|Một hai ba bốn năm|Sở Tài chính|Viện Khác|2023", "|sáu bảy||tám|"]
    table = annex(*rows)
    kept = " ".join(table[["text", "leads_text", "coordinating_text", "timeline_text", "note"]].iloc[0])
    assert all(word in kept for row in rows for cell in row.split("|")[1:] for word in cell.split())


def test_a_table_without_header_is_refused_with_its_lines(plan: Callable[..., Document]) -> None:
    document = plan("PHỤ LỤC\n\n1\tmột\t2\n2\thai\t3\n")
    with pytest.raises(ExtractionError, match=r"gia-lai\.txt, lines 3 to 4: a table of tasks wanted"):
        cp.extract_tasks([document])


def test_a_file_that_is_no_plan_is_refused(plan: Callable[..., Document]) -> None:
    with pytest.raises(ExtractionError, match=r"gia-lai\.txt: an action plan wanted"):
        cp.extract_tasks([plan("Công thức nấu phở\n\nNước dùng, bánh phở, thịt bò.\n")])


HEAD = "STT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Sản phẩm|Thời gian"
FIRST = "1|Tuyên truyền Luật|Sở Nội vụ|Các sở, ngành|Báo cáo|2023"
SECOND = "2|Củng cố hợp tác xã|Sở Tài chính|Các sở, ngành|Đề án|2024"
PLAIN = "STT|Nhiệm vụ|Cơ quan chủ trì"


@pytest.fixture
def extract(plan: Callable[..., Document]) -> Callable[..., Extraction]:
    """Extract tasks and defects of a plan given by its lines, cells parted by ``|``."""

    def read(*lines: str) -> Extraction:
        return cp.extract_documents([plan("\n".join(line.replace("|", "\t") for line in lines))])

    return read


@pytest.mark.parametrize(
    "row",
    [
        "2|Tổ chức hoạt động xúc tiến thương mại|Sở Công Thương|Các sở|Báo cáo kết quả|2023",
        "2|Xây dựng quy chế phối hợp quản lý HTX|Sở Nội vụ|Các sở|Đề án|2023",
        "2|Nhiệm vụ khác|Theo phân công|||",
        "|Nhiệm vụ khác|Sở Nội vụ|Các sở|Kết quả thực hiện|Theo tiến độ",
    ],
)
def test_a_row_of_heading_words_is_no_header(annex: Annex, row: str) -> None:
    table = annex(FIRST, row, head=HEAD)
    assert table["text"].tolist() == ["Tuyên truyền Luật", row.split("|")[1]]


def test_a_header_printed_again_with_slips_changes_no_column(annex: Annex) -> None:
    slips = "STT|Nhiện vụ|Cơ quan chủ trị|Cơ quan phôi hop|Sản phấm|Thời gian"
    lost = "STT|Nhiệm vụ|Cơ quan phối hợp|Sản phẩm|Thời gian"
    table = annex(FIRST, "", slips, SECOND, "", lost, FIRST.replace("1", "3", 1), head=HEAD)
    assert table["number"].tolist() == ["1", "2", "3"]
    assert (table["coordinating"] == "cac-so-nganh").all()


@pytest.mark.parametrize(
    ("total", "details"),
    [
        ("Tổng cộng: 7 nhiệm vụ", ["7 tasks are printed, 2 were read above"]),
        ("Tổng cộng: 2 nhiệm vụ./.", []),
        ("Theo đó, tổng cộng 7 nhiệm vụ được giao trước đây.", []),
        (f"Tổng cộng: 2 nhiệm vụ\n\nPHỤ LỤC II\n\n{PLAIN}\n1|Mở|Sở Nội vụ\nTổng số: 1 nhiệm vụ", []),
    ],
)
def test_a_printed_total_that_differs_from_the_rows_read_is_a_defect(
    extract: Callable[..., Extraction], total: str, details: list[str]
) -> None:
    found = extract("PHỤ LỤC", "", HEAD, FIRST, SECOND, "", total).defects
    assert found.loc[found["kind"] == "total-differs", "detail"].tolist() == details


@pytest.mark.parametrize("swap", [False, True])
def test_each_table_keeps_its_own_columns(extract: Callable[..., Extraction], swap: bool) -> None:
    wide = [HEAD, FIRST]
    slim = ["TT|Nội dung công việc|Đơn vị thực hiện", "1|Rà soát chính sách|Sở Tài chính"]
    one, two = (slim, wide) if swap else (wide, slim)
    found = extract("PHỤ LỤC I", "", *one, "", "PHỤ LỤC II", "", *two)
    tasks = found.tasks.set_index("text")
    assert tasks.at["Tuyên truyền Luật", "coordinating_text"] == "Các sở, ngành"
    assert tasks.at["Tuyên truyền Luật", "timeline_text"] == "2023"
    assert tasks["number"].tolist() == ["1", "B2.1"]
    assert found.defects.empty


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("leads_text", "Văn phòng Điều phối Chương trình nông thôn mới tỉnh"),
        ("leads_text", "Những người được phân công theo dõi việc này từ trước đến nay"),
        ("timeline_text", "Kỳ họp HĐND tỉnh cuối năm 2023"),
        ("timeline_text", "Quý II, III/2023"),
        ("timeline_text", "Theo chỉ đạo của UBND tỉnh"),
    ],
)
def test_an_unknown_name_or_time_stays_in_its_column(annex: Annex, column: str, value: str) -> None:
    old = "Sở Tài chính" if column == "leads_text" else "2024"
    task = annex(FIRST, SECOND.replace(old, value), head=HEAD).iloc[1]
    assert (task[column], task["text"], task["note"]) == (value, "Củng cố hợp tác xã", "")


def test_a_displaced_cell_is_marked_when_it_becomes_a_note(annex: Annex) -> None:
    row = "1|Tuyên truyền Luật|2023|Sở Nội vụ|Tùy tình hình cụ thể|"
    (task,) = annex(row, head="STT|Nhiệm vụ|Cơ quan chủ trì|Thời gian|Sản phẩm|Ghi chú").to_dict("records")
    assert all(p in " ".join(map(str, task.values())) for p in row.split("|")[1:])
    assert {"stray-cell", "cells-shifted"} & set(task["defects"].split(";"))


def test_rows_without_a_number_column_are_tasks(annex: Annex) -> None:
    table = annex(
        "Tuyên truyền Luật|Sở Thông tin và Truyền thông|Hàng năm",
        "20 lớp tập huấn cho HTX|Liên minh HTX tỉnh|2023 - 2025",
        "Khảo sát nước ngoài|Đơn vị tư vấn|Khi có kinh phí",
        "và trong nước||",
        head="Nội dung nhiệm vụ|Phân công thực hiện|Thời gian",
    )
    assert table["text"].tolist() == [
        "Tuyên truyền Luật",
        "20 lớp tập huấn cho HTX",
        "Khảo sát nước ngoài và trong nước",
    ]
    assert (table["number"] == "").all()
    assert not table["defects"].str.contains("number").any()


def test_numbers_that_run_on_need_no_column(annex: Annex) -> None:
    table = annex("1 Tuyên truyền Luật|Sở Nội vụ", "2 Rà soát|Sở Tài chính", head="Nhiệm vụ|Cơ quan chủ trì")
    assert table[["number", "text"]].values.tolist() == [["1", "Tuyên truyền Luật"], ["2", "Rà soát"]]


def test_rows_with_an_empty_number_are_tasks_when_they_are_whole(annex: Annex) -> None:
    rows = [
        "|- Tổ chức hội nghị;|Sở Nội vụ|Các sở, ngành|Báo cáo|2023",
        "|- Mở chuyên mục;|Báo Gia Lai|Các sở|Bài|Hàng năm",
    ]
    table = annex(*rows, head=HEAD)
    assert table["leads"].tolist() == ["so-noi-vu", "bao-tinh"]
    assert table["defects"].str.startswith("number-missing").all()


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [
        (["(1)", "(2)"], ["1", "2"]),
        (["1)", "2)"], ["1", "2"]),
        (["I.1", "I.2"], ["I.1", "I.2"]),
        (["a", "b."], ["a", "b"]),
        (["a)", "b)"], ["a", "b"]),
        (["A", "B"], ["A", "B"]),
        (["-", "-"], ["-1", "-2"]),
        (["+", "+"], ["-1", "-2"]),
        (["1", "-"], ["1", "1-1"]),
        (["2", "a)"], ["2", "2.a"]),
    ],
)
def test_every_mark_begins_a_row(annex: Annex, marks: list[str], numbers: list[str]) -> None:
    rows = [f"{marks[0]}{FIRST[1:]}", f"{marks[1]}{SECOND[1:]}"]
    table = annex(*rows, head=HEAD)
    assert table["number"].tolist() == numbers
    assert table["text"].tolist() == ["Tuyên truyền Luật", "Củng cố hợp tác xã"]


def test_headings_stand_in_one_another(annex: Annex) -> None:
    table = annex(
        "A|Chung|",
        "I|Nhận thức|",
        "1|Tuyên truyền|",
        "a|Mở hội nghị|Sở Nội vụ",
        "B|Riêng|",
        "I|Chính sách|",
        "1|Rà soát|Sở Nội vụ",
        head=PLAIN,
    )
    assert table[["section", "section_title", "number"]].values.tolist() == [
        ["A.I.1", "Chung: Nhận thức: Tuyên truyền", "a"],
        ["B.I", "Riêng: Chính sách", "1"],
    ]


@pytest.mark.parametrize("heading", ["|Cơ chế, chính sách||||", "Cơ chế, chính sách|||||"])
def test_a_heading_without_a_number_opens_a_section(annex: Annex, heading: str) -> None:
    table = annex("|Công tác tuyên truyền||||", FIRST, heading, SECOND, head=HEAD)
    assert table["section_title"].tolist() == ["Công tác tuyên truyền", "Cơ chế, chính sách"]
    assert table["text"].tolist() == ["Tuyên truyền Luật", "Củng cố hợp tác xã"]


def test_paragraphs_of_a_cell_printed_as_rows_are_joined(annex: Annex) -> None:
    rows = ["|Mở hội nghị||||", "|Mở chuyên mục||||"]
    table = annex(FIRST, *rows, SECOND, head=HEAD)
    assert table["text"].iloc[0] == "Tuyên truyền Luật Mở hội nghị Mở chuyên mục"


def test_a_heading_without_rows_is_kept_as_a_defect(extract: Callable[..., Extraction]) -> None:
    found = extract("PHỤ LỤC", "", PLAIN, "I|Nhận thức|", "II|Chính sách|", "1|Rà soát|Sở Nội vụ")
    assert found.defects[["kind", "detail"]].values.tolist() == [["text-skipped", "I Nhận thức"]]


def test_tables_that_are_not_of_tasks_are_listed(extract: Callable[..., Extraction]) -> None:
    found = extract(
        "ỦY BAN NHÂN DÂN|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "",
        "PHỤ LỤC",
        "",
        HEAD,
        FIRST,
        SECOND,
        "Tổng cộng|||2 nhiệm vụ||",
        "TT|Chỉ tiêu|Đơn vị tính|Năm 2023|Năm 2025",
        "1|Số hợp tác xã|HTX|100|200",
        "",
        HEAD,
        FIRST.replace("1", "3", 1),
        "Nơi nhận:|TM. ỦY BAN NHÂN DÂN",
        "- Như trên;|CHỦ TỊCH",
    )
    assert found.tasks["number"].tolist() == ["1", "2", "3"]
    assert found.tasks["note"].tolist() == ["", "", ""]
    places = found.defects[["kind", "line_start", "line_end"]].values.tolist()
    assert places == [
        ["table-skipped", 1, 1],
        ["text-skipped", 8, 8],
        ["table-skipped", 9, 10],
        ["table-skipped", 14, 15],
    ]


def test_a_table_in_a_chapter_is_read_too(extract: Callable[..., Extraction]) -> None:
    found = extract("I. NHIỆM VỤ, GIẢI PHÁP", "", HEAD, FIRST, "", "PHỤ LỤC", "", HEAD, FIRST, SECOND)
    assert found.tasks["task_id"].str.removeprefix("gia-lai/annex/").tolist() == ["1", "B2.1", "B2.2"]
    assert found.defects.empty


@pytest.mark.parametrize("noise", ["[Handwritten signature]", "12", "Trang 3/12", "- 4 -"])
def test_noise_between_pages_breaks_no_table(extract: Callable[..., Extraction], noise: str) -> None:
    found = extract("PHỤ LỤC", "", HEAD, FIRST, "", noise, "", HEAD, "|hợp tác xã||||", SECOND)
    assert found.tasks["number"].tolist() == ["1", "2"]
    assert found.tasks["text"].iloc[0] == "Tuyên truyền Luật hợp tác xã"
    assert set(found.defects["kind"]) == {"header-repeated", "page-break"}


def test_columns_of_one_kind_are_all_kept(annex: Annex) -> None:
    head = "STT|Nhiệm vụ|Cơ quan chủ trì|Kinh phí|Nguồn vốn|Thời gian bắt đầu|Kết thúc|Thẩm quyền phê duyệt"
    (task,) = annex("1|Rà soát|Sở Nội vụ|500 triệu|Ngân sách|2023|2025|UBND tỉnh", head=head).to_dict(
        "records"
    )
    assert task["note"] == "Kinh phí: 500 triệu; Nguồn vốn: Ngân sách"
    assert (task["timeline_start"], task["timeline_end"]) == ("2023", "2025")
    assert task["submit_to"] == "UBND tỉnh"


def test_of_two_lead_columns_the_one_that_says_so_leads(annex: Annex) -> None:
    head = "STT|Nhiệm vụ|Đơn vị thực hiện|Cơ quan chủ trì, phối hợp"
    (task,) = annex("1|Rà soát|Sở Nội vụ|Sở Tài chính", head=head).to_dict("records")
    assert (task["leads"], task["note"]) == ("so-tai-chinh", "Đơn vị thực hiện: Sở Nội vụ")


@pytest.mark.parametrize(
    "head",
    [
        ["STT|Nhiệm vụ|Phân công thực hiện||Thời gian", "||Chủ trì|Phối hợp|", "1|2|3|4|5"],
        ["STT|Nhiệm vụ|Phân công thực hiện|Thời gian", "Chủ trì|Phối hợp", "(1)|(2)|(3)|(4)|(5)"],
        [f"STT|Nội dung nhiệm vụ {'và giải pháp ' * 5}|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian"],
        ["|TT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian"],
        ["|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian"],
        ["S7T|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian"],
    ],
)
def test_headers_of_other_shapes_are_read(annex: Annex, head: list[str]) -> None:
    row = "1|Rà soát|Sở Nội vụ|Các sở, ngành|2023"
    row = f"|{row}" if head[0].startswith("|TT") else row
    (task,) = annex(*head[1:], row, head=head[0]).to_dict("records")
    assert (task["number"], task["text"], task["leads"]) == ("1", "Rà soát", "so-noi-vu")
    assert (task["coordinating"], task["timeline_text"]) == ("cac-so-nganh", "2023")
    assert task["defects"] == ""


def test_a_column_of_groups_gives_the_sections(annex: Annex) -> None:
    table = annex(
        "1|Tuyên truyền|Mở hội nghị|Sở Nội vụ",
        "2||Mở chuyên mục|Sở Nội vụ",
        "3|Chính sách|Rà soát|Sở Nội vụ",
        head="STT|Nhóm nhiệm vụ|Nội dung công việc|Cơ quan chủ trì",
    )
    assert table["text"].tolist() == ["Mở hội nghị", "Mở chuyên mục", "Rà soát"]
    assert table["section_title"].tolist() == ["Tuyên truyền", "Tuyên truyền", "Chính sách"]


def test_a_row_of_very_many_cells_is_read(annex: Annex) -> None:
    (task,) = annex(f"1|Rà soát|Sở Nội vụ|Các sở|{'|'.join(['2023'] * 600)}").to_dict("records")
    assert (task["leads"], "stray-cell" in task["defects"]) == ("so-noi-vu", False)


def test_a_number_that_is_none_stops_nothing(extract: Callable[..., Extraction]) -> None:
    found = extract("PHỤ LỤC", "", PLAIN, "1|Rà soát|Sở Nội vụ", "99999999999|Mở lớp|Sở Nội vụ")
    assert found.defects["detail"].tolist() == [" 2 to 99999999998"]


@pytest.mark.parametrize(
    ("labels", "leads"),
    [
        ("A.B.C.", "AABBCC"),
        ("A..B..C", "AAABBBC"),
        (".A..B..C.", "AAABBBCCC"),
        ("A.B.C", "ABBBC"),
        (".A", "?A"),
    ],
)
def test_labels_of_merged_leads_tile_a_page(annex: Annex, labels: str, leads: str) -> None:
    rows = (f"{i}|Nhiệm vụ thứ {i}|{label.strip('.') and f'Sở {label}'}" for i, label in enumerate(labels, 1))
    found = annex(*rows, head=PLAIN)["leads_text"].str[-1:].replace("", "?")
    assert "".join(found) == leads


@pytest.mark.parametrize(
    "cell",
    [
        "Chủ trì: Sở Tài chính; phối hợp: Sở Nội vụ",
        "Sở Tài chính chủ trì, phối hợp với Sở Nội vụ",
        "Đơn vị chủ trì: Sở Tài chính. Phối hợp thực hiện: Sở Nội vụ.",
    ],
)
def test_roles_named_in_one_cell_are_parted(annex: Annex, cell: str) -> None:
    (task,) = annex(f"1|Rà soát|{cell}", head="STT|Nhiệm vụ|Cơ quan thực hiện").to_dict("records")
    assert (task["leads_text"], task["coordinating_text"]) == ("Sở Tài chính", "Sở Nội vụ")
    assert task["defects"] == "roles-merged"


def test_text_between_rows_is_joined_or_listed(extract: Callable[..., Extraction]) -> None:
    found = extract(
        "PHỤ LỤC", "", HEAD, FIRST, "", "và Nghị quyết", "", SECOND, "", "Đơn vị tính: triệu đồng.", ""
    )
    assert found.tasks["text"].tolist() == ["Tuyên truyền Luật và Nghị quyết", "Củng cố hợp tác xã"]
    assert found.defects[["kind", "detail"]].values.tolist() == [
        ["page-break", ""],
        ["text-skipped", "Đơn vị tính: triệu đồng."],
    ]


def test_a_header_without_rows_is_named_as_such(plan: Callable[..., Document]) -> None:
    with pytest.raises(ExtractionError, match=r"lines 3 to 3: .* found a header without rows"):
        cp.extract_tasks([plan(f"PHỤ LỤC\n\n{HEAD}\n".replace("|", "\t"))])


def _damaged(document: Document, seed: int) -> Document:
    """Lose, double or empty some cells of a document's rows."""
    rng = random.Random(seed)

    def damage(cells: tuple[str, ...]) -> tuple[str, ...]:
        at = rng.randrange(len(cells))
        middle = rng.choice([(), ("",), (cells[at], cells[at])])
        return (*cells[:at], *middle, *cells[at + 1 :])

    blocks = tuple(
        Row(damage(b.cells), b.line) if isinstance(b, Row) and rng.random() < 0.2 else b
        for b in document.blocks
    )
    return replace(document, blocks=blocks, corrections=document.corrections.iloc[:0])


def _kept_words(found: Extraction) -> set[str]:
    columns = ["section", "section_title", "number", *FIELDS]
    kept = found.tasks[columns].to_numpy().ravel().tolist() + found.defects["detail"].tolist()
    return set(words(" ".join(kept)))


@pytest.mark.parametrize("locality", ["dak-nong", "dong-nai", "gia-lai", "ha-tinh"])
@pytest.mark.parametrize("seed", range(3))
def test_no_word_of_a_damaged_annex_vanishes(documents: list[Document], locality: str, seed: int) -> None:
    document = _damaged(next(d for d in documents if d.locality == locality), seed)
    kept = _kept_words(cp.extract_documents([document]))
    rows = [b for b in document.blocks if isinstance(b, Row) and not _is_heading(b)]
    assert set(words(strip_markup(" ".join(" ".join(row.cells) for row in rows)))) <= kept


def _is_heading(row: Row) -> bool:
    return bool(header_columns([strip_markup(cell) for cell in row.cells], PATTERNS))
