"""Documents named by kind and title: who issues them is said before the title or after it."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare as cp
from compare.citations.names import find_names, read_name_patterns
from compare.documents import Document

Plan = Callable[..., Document]
PATTERNS = read_name_patterns()
HEAD = "KẾ HOẠCH\n\nThực hiện công tác năm\n\nI. NHIỆM VỤ\n\n- {}\n"


def _mentions(document: Document) -> pd.DataFrame:
    return cp.citation_mentions([document], cp.extract_tasks([document]))


def _row(document: Document) -> pd.Series:
    (row,) = cp.extract_citations([document], cp.extract_tasks([document])).to_dict("records")
    return pd.Series(row)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Triển khai Nghị định hướng dẫn hộ kinh doanh (sau khi được Chính phủ ban hành)", "Nghị định hướng dẫn hộ kinh doanh"),
        ("Quán triệt Chỉ thị của Ban Bí thư về tăng cường dân vận, Sở Y tế chủ trì", "Chỉ thị của Ban Bí thư về tăng cường dân vận"),
        ("theo Quyết định của Thủ tướng Chính phủ về hỗ trợ nhà ở trên địa bàn tỉnh", "Quyết định của Thủ tướng Chính phủ về hỗ trợ nhà ở"),
        ("Thực hiện Nghị quyết của HĐND tỉnh về khuyến khích đầu tư; văn bản khác", "Nghị quyết của HĐND tỉnh về khuyến khích đầu tư"),
        ("thực hiện quy hoạch mạng lưới trường học sau khi được Thủ tướng Chính phủ phê duyệt", "quy hoạch mạng lưới trường học"),
        ("Triển khai Chiến lược chuyển đổi xanh đã được Thủ tướng Chính phủ phê duyệt.", "Chiến lược chuyển đổi xanh"),
        ("Triển khai kế hoạch đào tạo theo Đề án nhân lực số (sau khi Bộ Nội vụ ban hành Đề án)", "Đề án nhân lực số"),
        ("Đề án nhân lực số (sau khi được Thủ tướng Chính phủ ban hành)", "Đề án nhân lực số"),
        ("Chương trình tổng thể phục hồi rừng (sau khi được Quốc hội thông qua)", "Chương trình tổng thể phục hồi rừng"),
        ("Tham mưu Kế hoạch thực hiện Đề án chăm sóc người già (sau khi được Bộ Y tế phê duyệt)", "Đề án chăm sóc người già"),
        ("quá trình thực hiện Đề án chăm sóc người già đã được Bộ Y tế phê duyệt", "Đề án chăm sóc người già"),
        ("triển khai đề án tinh gọn bộ máy trên địa bàn tỉnh Gia Lai (sau khi Chính phủ ban hành Đề án)", "đề án tinh gọn bộ máy"),
        ("quán triệt Nghị quyết của Hội nghị Trung ương 5 khóa XIII về đổi mới", "Nghị quyết của Hội nghị Trung ương 5 khóa XIII"),
    ],
)  # fmt: skip
def test_a_title_whose_issuer_is_said_names_a_document(text: str, name: str) -> None:
    assert [named.name for named in find_names(text, PATTERNS)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Xây dựng Đề án sắp xếp trường học trình UBND tỉnh phê duyệt",
        "Xây dựng Đề án sắp xếp trường học (sau khi được UBND tỉnh phê duyệt chủ trương)",
        "Xây dựng và triển khai Đề án sắp xếp trường học (sau khi được UBND tỉnh phê duyệt)",
        "Xây dựng Đề án sắp xếp trường học; thực hiện Đề án sắp xếp trường học (sau khi UBND tỉnh phê duyệt)",
        "Xây dựng, trình UBND tỉnh ban hành Đề án A; thực hiện Đề án sau khi được UBND tỉnh phê duyệt",
        "Tham mưu UBND tỉnh trình HĐND tỉnh ban hành Nghị quyết của HĐND tỉnh về chính sách hỗ trợ",
        "Trình UBND tỉnh Đề án sắp xếp trường học được UBND tỉnh phê duyệt",
        "Trên đây là Kế hoạch của UBND tỉnh về phát triển hợp tác xã, yêu cầu các sở thực hiện",
        "Chương trình hành động của Chính phủ, của Ban Thường vụ Tỉnh ủy là căn cứ",
        "theo Chương trình của Bộ Nông nghiệp và Phát triển nông thôn ban hành",
        "Điều chỉnh kế hoạch sử dụng đất sau khi được UBND tỉnh phê duyệt",
        "Sửa đổi Chương trình làng nghề (sau khi Thủ tướng Chính phủ quyết định Chương trình của quốc gia)",
        "đề nghị Bộ Kế hoạch và Đầu tư sớm trình, sau khi được Chính phủ ban hành",
        "Hệ thống dữ liệu quốc gia sau khi được Bộ Kế hoạch và Đầu tư quyết định triển khai",
        "Xây dựng kế hoạch tuyên truyền pháp luật sau khi Quốc hội thông qua",
        "Xây dựng chương trình đào tạo nghề do Bộ Công Thương ban hành",
        "thực hiện kế hoạch hằng năm sau khi được Thủ tướng Chính phủ phê duyệt",
        "các chỉ tiêu kế hoạch được Thủ tướng Chính phủ giao, các dự án được Chính phủ phê duyệt",
        "Nghị quyết của HĐND tỉnh về chính sách hỗ trợ",
    ],
)
def test_what_the_plan_draws_up_itself_or_does_not_name_is_no_citation(text: str) -> None:
    assert find_names(text, PATTERNS) == []


@given(
    st.sampled_from(["Đề án", "Chiến lược", "Nghị định"]),
    st.sampled_from(["số hóa đất đai", "rừng, biển", "đa dạng sinh học", "đô thị xanh"]),
)
def test_the_title_alone_makes_the_id(kind: str, title: str) -> None:
    said = [
        "(sau khi được Chính phủ ban hành)",
        "đã được Chính phủ phê duyệt",
        "(sau khi Chính phủ thông qua)",
    ]
    ids = {named.citation_id for one in said for named in find_names(f"theo {kind} {title} {one}", PATTERNS)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("text", "issuer", "level"),
    [
        ("Triển khai Đề án nhân lực số (sau khi được Bộ Nội vụ ban hành).", "Bộ Nội vụ", "ministry"),
        ("Triển khai Nghị quyết của Chính phủ về nhân lực số.", "Chính phủ", "government"),
        ("Triển khai Luật Nước sạch sửa đổi (sau khi được Quốc hội ban hành).", "Quốc hội", "national-assembly"),
        ("Triển khai Luật Nước sạch (sau khi Chính phủ ban hành).", "", "national-assembly"),
        ("Triển khai Luật Nước sạch (sau khi cấp có thẩm quyền ban hành).", "", "national-assembly"),
        ("Triển khai Đề án nhân lực số giai đoạn 2026-2030 (sau khi Quốc hội thông qua).", "Quốc hội", "national-assembly"),
        ("Triển khai Đề án nhân lực số giai đoạn 2026-2030.", "", "unknown"),
        ("Triển khai Nghị quyết số 09/NQ-CP do Chính phủ ban hành.", "Chính phủ", "government"),
    ],
)  # fmt: skip
def test_who_is_said_to_issue_a_document_is_its_issuer(
    plan: Plan, text: str, issuer: str, level: str
) -> None:
    row = _row(plan(HEAD.format(text)))
    assert (row["issuer"], row["issuer_level"]) == (issuer, level)


def test_a_title_broken_over_two_rows_is_one_document(plan: Plan) -> None:
    head = "STT\tNhiệm vụ\tCơ quan chủ trì"
    rows = [head, "1\tTriển khai đề án tinh gọn bộ\tSở Nội vụ", "", head]
    rows.append("\tmáy cấp xã (sau khi Thủ tướng Chính phủ ban hành Đề án)\t")
    (row,) = _mentions(plan("\n".join(["PHỤ LỤC", "", *rows]))).to_dict("records")
    assert (row["citation_id"], row["task_id"], row["line_start"], row["line_end"]) == (
        *("de-an-tinh-gon-bo-may-cap-xa", "gia-lai/annex/1", 4, 7),
    )


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Theo Chương trình số 01 /CTr-UBND.", "number-odd"),
        ("Theo Chương trình số 17- CTr/TU.", "number-odd"),
        ("Theo Chương trình số 17- CTr/TU; Chương trình số 17-CTr/TU.", "number-form;number-odd"),
        ("Theo Chương trình số 17-CTr/TU; Chương trình số 17-CTr/TU.", ""),
        ("Theo Chương trình số 17-\nCTr/TU; Chương trình số 17-CTr/TU.", ""),
    ],
)
def test_a_stray_blank_is_odd_and_the_end_of_a_line_is_none(plan: Plan, text: str, flags: str) -> None:
    assert _row(plan(HEAD.format(text)))["flags"] == flags


def test_a_bracket_that_was_opened_elsewhere_is_no_part_of_the_issuer(plan: Plan) -> None:
    text = "Rà soát (theo Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XIII)."
    (row,) = _mentions(plan(HEAD.format(text))).to_dict("records")
    assert row["issuer_printed"] == "Ban Chấp hành Trung ương Đảng khóa XIII"
