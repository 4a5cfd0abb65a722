"""Annex tables: each damage on a tiny plan of its own."""

from collections.abc import Callable

import pandas as pd
import pytest

import compare as cp
from compare.agencies import read_vocabulary
from compare.documents import Document, read_reference
from compare.errors import ExtractionError
from compare.extract.cells import assign_cells
from compare.extract.header import header_columns
from compare.extract.marks import split_number

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
    placed, _ = assign_cells(
        cells, ["text", "lead", "product", "timeline", "note"], read_vocabulary()
    )
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
    assert table[["number", "section", "section_title"]].values.tolist() == [
        ["1.1", "1", "Nhận thức"]
    ]


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
    assert (
        table["text"]
        .iloc[0]
        .endswith("phát triển vững mạnh đối với các tổ chức có nhiều thành viên")
    )
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
    kept = " ".join(
        table[["text", "leads_text", "coordinating_text", "timeline_text", "note"]].iloc[0]
    )
    assert all(word in kept for row in rows for cell in row.split("|")[1:] for word in cell.split())


def test_a_table_without_header_is_refused_with_its_lines(plan: Callable[..., Document]) -> None:
    document = plan("PHỤ LỤC\n\n1\tmột\t2\n2\thai\t3\n")
    with pytest.raises(
        ExtractionError, match=r"gia-lai\.txt, lines 3 to 4: a table of tasks wanted"
    ):
        cp.extract_tasks([document])


def test_a_file_that_is_no_plan_is_refused(plan: Callable[..., Document]) -> None:
    with pytest.raises(ExtractionError, match=r"gia-lai\.txt: an action plan wanted"):
        cp.extract_tasks([plan("Công thức nấu phở\n\nNước dùng, bánh phở, thịt bò.\n")])
