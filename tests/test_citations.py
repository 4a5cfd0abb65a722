"""Citations: every form of a number and a name, what is said beside it, and what carries out what."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare as cp
from compare.citations.names import find_names, read_name_patterns
from compare.document_numbers import find_numbers, iso_date, normalise_number
from compare.documents import Document, read_document
from compare.errors import SchemaError
from compare.letters import read_marks

Plan = Callable[..., Document]
Cite = Callable[..., pd.DataFrame]
HEAD = "KẾ HOẠCH\n\nThực hiện {}\n\nI. NHIỆM VỤ\n\n- {}\n"


@pytest.fixture
def cite(plan: Plan) -> Cite:
    """Extract the citations of a plan of one title and one task, by id."""

    def extract(text: str, title: str = "công tác năm", locality: str = "gia-lai") -> pd.DataFrame:
        document = plan(HEAD.format(title, text), locality)
        return cp.extract_citations([document], cp.extract_tasks([document])).set_index("citation_id")

    return extract


@pytest.mark.parametrize(
    ("printed", "number", "odd"),
    [
        ("Nghị quyết số 20-NQ/TW, ngày 16/6/2022", "20-NQ/TW", False),
        ("Nghị quyết 20-NQ/TW - Hội nghị", "20-NQ/TW", False),
        ("NGHỊ QUYẾT SỐ 20-NQ/TW NGÀY", "20-NQ/TW", False),
        ("số 17- CTr/TU", "17-CTr/TU", False),
        ("CHƯƠNG TRÌNH SỐ 17- CTR/TU", "17-CTr/TU", False),
        ("Kế hoạch số 227/KH-TU", "227-KH/TU", True),
        ("Kế hoạch số 655/UBND-KH", "655/KH-UBND", True),
        ("Công văn số 655/UBND-KH", "655/UBND-KH", False),
        ("Nghị quyết số 9/NQ-CP", "09/NQ-CP", False),
        ("Nghị quyết số 09-NQ/CP", "09/NQ-CP", True),
        ("Nghị định 98/2018/ND-CP", "98/2018/NĐ-CP", True),
        ("Nghị định 98/2018/NÐ-CP", "98/2018/NĐ-CP", True),
        ("Nghị quyết số 2O-NQ/TW", "20-NQ/TW", True),
        ("Chương trình số l7-CTr/TU", "17-CTr/TU", True),
        ("Quyết định số 12/KH-UBND", "12/KH-UBND", True),
        ("Nghị quyết số 20-\nNQ/TW", "20-NQ/TW", False),
        ("Thông tư 12/2021/TT-BGDĐT", "12/2021/TT-BGDĐT", False),
        ("Thông tư liên tịch số 01/2019/TTLT-BTC-BKHĐT", "01/2019/TTLT-BTC-BKHĐT", False),
        ("Công văn số 123/BNV-CCVC", "123/BNV-CCVC", False),
        ("Luật số 17/2023/QH15", "17/2023/QH15", False),
        ("Nghị định số 61/CP", "61/CP", False),
        ("Nghị quyết số 19/2020/NQ – HĐND", "19/2020/NQ-HĐND", False),
        ("Kế hoạch số 15-KH/BCĐ", "15-KH/BCĐ", False),
        ("Kế hoạch số 15/KH-BCĐ", "15/KH-BCĐ", False),
        ("Thông báo kết luận số 45-TB/TW", "45-TB/TW", False),
        ("số: 01 /CTr-UBND", "01/CTr-UBND", False),
    ],
)
def test_a_number_is_brought_to_the_form_of_its_class(printed: str, number: str, odd: bool) -> None:
    (found,) = find_numbers(printed)
    assert (found.number, found.odd) == (number, odd)


@pytest.mark.parametrize(
    "text",
    [
        "20 Hội nghị/năm, 01-02 mô hình, ngày 15/12",
        "- Lưu: VT, KT2, NL3/KTTH.",
        "giai đoạn 2021-2025, đến năm 2025 - UBND/HĐND không nêu",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "thu nhập 97 triệu đồng/HTX-năm, 24/7",
        "65/95 trường, 5 tấn/ha",
    ],
)
def test_what_is_no_number_is_left_alone(text: str) -> None:
    assert [found.number for found in find_numbers(text)] == []


_NUMBERS = st.builds(
    lambda n, year, pair: (n, year if pair[2] else "", *pair[:2]),
    st.integers(1, 9999),
    st.sampled_from(["", "2018", "2021"]),
    st.sampled_from(
        [
            ("NQ", "TW", 0),
            ("KH", "TU", 0),
            ("CTr", "HU", 0),
            ("NQ", "CP", 1),
            ("QĐ", "TTg", 1),
            ("NQ", "HĐND", 1),
        ]
    ),
)


@given(_NUMBERS, st.sampled_from([("-", "/"), ("/", "-")]), st.booleans())
def test_a_number_printed_in_either_form_is_itself_again(
    parts: tuple[int, str, str, str], separators: tuple[str, str], turned: bool
) -> None:
    n, year, code, body = parts
    first, second = (body, code) if turned and body in ("TW", "TU", "HU") else (code, body)
    printed = f"{n}{separators[0]}{year + separators[0] if year else ''}{first}{separators[1]}{second}"
    number = normalise_number(f"số {printed}")
    expected = (
        f"{n:02}-{code}/{body}"
        if body in ("TW", "TU", "HU")
        else "/".join(filter(None, [f"{n:02}", year, f"{code}-{body}"]))
    )
    assert number == expected == normalise_number(f"số {number}")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("theo Luật Hợp tác xã và quy định của pháp luật", ["luat-hop-tac-xa"]),
        ("Luật hợp tác xã năm 2012", ["luat-hop-tac-xa-2012"]),
        ("Luật Đất đai sửa đổi (sau khi ban hành)", ["luat-dat-dai-sua-doi"]),
        ("Luật Đất đai (sửa đổi)", ["luat-dat-dai-sua-doi"]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai", ["luat-dat-dai-sua-doi"]),
        ("Luật Các tổ chức tín dụng sửa đổi, các văn bản", ["luat-cac-to-chuc-tin-dung-sua-doi"]),
        ("Luật Khám bệnh, chữa bệnh và Bộ luật Lao động 2019", ["luat-kham-benh-chua-benh", "bo-luat-lao-dong-2019"]),
        ("Luật Phòng không nhân dân được Quốc hội thông qua", ["luat-phong-khong-nhan-dan"]),
        ("Nghị quyết Trung ương 5 khóa IX", ["nghi-quyet-trung-uong-5-khoa-ix"]),
        ("Nghị quyết Hội nghị lần thứ năm, Ban Chấp hành Trung ương Đảng (khoá XIII)", ["nghi-quyet-trung-uong-5-khoa-xiii"]),
        ("Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVI", ["nghi-quyet-dai-hoi-dang-bo-tinh-xvi"]),
        ("chương trình mục tiêu quốc gia về xây dựng nông thôn mới", ["chuong-trinh-muc-tieu-quoc-gia-xay-dung-nong-thon-moi"]),
        ("theo Chiến lược phát triển kinh tế số giai đoạn 2021 - 2030", ["chien-luoc-phat-trien-kinh-te-so-giai-doan-2021-2030"]),
        ("theo Chương trình số hóa hồ sơ đất giai đoạn 2026-2030", ["chuong-trinh-so-hoa-ho-so-dat-giai-doan-2026-2030"]),
        ("Hiến pháp năm 2013", ["hien-phap-2013"]),
        ("Luật HTX", ["luat-hop-tac-xa"]),
        ("Luật Nước sạch năm 2030", ["luat-nuoc-sach-2030"]),
        ("Pháp lệnh Dân số", ["phap-lenh-dan-so"]),
        ("theo Chương trình mỗi xã một sản phẩm (OCOP) giai đoạn 2021-2025", ["chuong-trinh-moi-xa-mot-san-pham-giai-doan-2021-2025"]),
        ("Nghị quyết Đại hội thành viên hợp tác xã lần I, Nghị quyết Đại hội Đảng các cấp", []),
        ("Xây dựng Kế hoạch phát triển kinh tế giai đoạn 2026-2030", []),
        ("thực hiện Nghị quyết, Chương trình này và Luật này", []),
        ("các luật sư, hội Luật gia, pháp luật về đất đai", []),
        ("các chương trình mục tiêu quốc gia khác", []),
    ],
)  # fmt: skip
def test_what_is_named_without_a_number(text: str, ids: list[str]) -> None:
    assert [named.citation_id for named in find_names(text, read_name_patterns())] == ids


@pytest.mark.parametrize(
    ("printed", "iso"),
    [("ngày 02 tháng 02 năm 2023", "2023-02-02"), ("NGÀY 16/6/2022", "2022-06-16"), ("ngày tháng năm 2022", "2022"), ("hôm nay", ""),
     ("ngày 31/02/2022", "2022-02"), ("ngày 99/99/2022", "2022"), ("ngày 1/1/0000", "")],
)  # fmt: skip
def test_iso_date(printed: str, iso: str) -> None:
    assert iso_date(printed) == iso


def test_a_date_that_does_not_exist_is_kept_as_far_as_it_does(cite: Cite) -> None:
    found = cite("Thực hiện Nghị quyết số 20-NQ/TW tháng 13/2022 của Ban Chấp hành Trung ương Đảng.")
    assert found.loc["20-NQ/TW", "issued_on"] == "2022"


def test_date_issuer_and_subject_are_read_after_the_number(cite: Cite) -> None:
    row = cite(
        "Thực hiện Nghị định số 98/2018/NĐ-CP ngày 05 tháng 7 năm 2018 của Chính phủ về liên kết nông sản."
    ).loc["98/2018/NĐ-CP"]
    assert tuple(row[["kind", "issued_on", "issuer", "issuer_level", "title", "relation"]]) == (
        *("Nghị định", "2018-07-05", "Chính phủ", "government", "liên kết nông sản", "cites"),
    )
    assert (row["task_ids"], row["parts"], row["lines"]) == ("gia-lai/body/I-1", "body", "7")


def test_the_title_is_implemented_legal_grounds_and_tasks_are_cited(cite: Cite) -> None:
    table = cite("Theo Luật Đất đai.", "Nghị quyết số 20-NQ/TW\n\nCăn cứ Luật Giáo dục số 43/2019/QH14;")
    assert table["relation"].to_dict() == {
        "20-NQ/TW": "implements",
        "43/2019/QH14": "cites",
        "luat-dat-dai": "cites",
    }


def test_a_name_beside_its_number_is_one_document(cite: Cite) -> None:
    table = cite("Theo Luật Hợp tác xã số 17/2023/QH15; triển khai Luật Hợp tác xã.")
    assert table["n_mentions"].to_dict() == {"17/2023/QH15": 2}
    assert table.loc["17/2023/QH15", "as_printed"] == "17/2023/QH15 | Luật Hợp tác xã"


def test_a_session_tied_to_a_number_is_that_number(cite: Cite) -> None:
    table = cite(
        "Nghị quyết 20-NQ/TW của Hội nghị Trung ương 5 (khóa XIII); Nghị quyết Trung ương 5 khóa XIII."
    )
    assert table["n_mentions"].to_dict() == {"20-NQ/TW": 2}


def test_a_name_tied_to_two_numbers_stays_a_row(cite: Cite) -> None:
    table = cite("Luật Hợp tác xã số 23/2012/QH13, Luật Hợp tác xã số 17/2023/QH15; theo Luật Hợp tác xã.")
    assert list(table.index) == ["23/2012/QH13", "17/2023/QH15", "luat-hop-tac-xa"]


def test_a_programme_approved_by_a_decision_is_that_decision(cite: Cite) -> None:
    table = cite(
        "Theo Quyết định số 1804/QĐ-TTg phê duyệt Chương trình hỗ trợ hợp tác xã giai đoạn 2021-2025."
    )
    assert list(table.index) == ["1804/QĐ-TTg"]


def test_numbers_in_a_row_share_the_word_for_their_kind(cite: Cite) -> None:
    table = cite("Theo các Luật số 17/2023/QH15, 18/2023/QH15.")
    assert table["kind"].tolist() == ["Luật", "Luật"]


def test_the_plans_own_number_is_own_in_any_form(plan: Plan) -> None:
    text = "Số: 655/KH-UBND\n\n" + HEAD.format("Nghị quyết số 09/NQ-CP", "Tuyên truyền.")
    document = plan(text + "\nPHỤ LỤC\n\n(Kèm theo Kế hoạch số 655/UBND-KH ngày 23/3/2023 của UBND tỉnh)\n")
    row = cp.extract_citations([document], cp.extract_tasks([document])).iloc[0]
    assert tuple(row[["number", "relation", "flags", "as_printed", "issued_on"]]) == (
        *("655/KH-UBND", "own", "number-form;number-odd", "655/KH-UBND | 655/UBND-KH", "2023-03-23"),
    )


def test_a_blank_number_is_kept_and_marked(plan: Plan) -> None:
    document = plan("Số: /KH-UBND\n\n" + HEAD.format("Nghị quyết số 09/NQ-CP", "Tuyên truyền."))
    row = cp.extract_citations([document], cp.extract_tasks([document])).iloc[0]
    assert tuple(row[["citation_id", "number", "relation", "flags"]]) == (
        "khong-so-kh-ubnd",
        "",
        "own",
        "number-missing",
    )


def test_a_blank_number_is_the_one_that_the_annex_prints(plan: Plan) -> None:
    text = "Số: ..../KH-UBND\n\n" + HEAD.format("Nghị quyết số 09/NQ-CP", "Tuyên truyền.")
    document = plan(
        text + "\nPHỤ LỤC\n\n(Ban hành kèm theo Kế hoạch số 321/KH-UBND ngày 02/4/2025 của UBND tỉnh)\n"
    )
    row = cp.extract_citations([document], cp.extract_tasks([document])).iloc[0]
    assert tuple(row[["citation_id", "n_mentions", "issued_on"]]) == ("321/KH-UBND", 2, "2025-04-02")


def test_a_number_broken_over_a_page_is_one_mention(cite: Cite) -> None:
    table = cite("Tuân thủ Nghị quyết số\n\n3\n\n96/2021/NQ-HĐND ngày 16/12/2021 của HĐND tỉnh.")
    assert tuple(table.loc["96/2021/NQ-HĐND", ["issued_on", "issuer_level", "lines"]]) == (
        "2021-12-16",
        "province",
        "11",
    )


def test_a_number_broken_over_two_rows_belongs_to_their_task(plan: Plan) -> None:
    head = "STT\tNhiệm vụ\tCơ quan chủ trì"
    rows = [head, "1\tTriển khai Nghị quyết số\tSở Nội vụ", "", head, "\t57-NQ/TW của Bộ Chính trị\t"]
    document = plan("\n".join(["PHỤ LỤC", "", *rows]))
    (row,) = cp.citation_mentions([document], cp.extract_tasks([document])).to_dict("records")
    assert (row["citation_id"], row["task_id"], row["line_start"], row["issuer_printed"]) == (
        *("57-NQ/TW", "gia-lai/annex/1", 7, "Bộ Chính trị"),
    )


def test_markup_inside_a_number_is_no_part_of_it(cite: Cite) -> None:
    assert list(cite("Theo **Nghị quyết số** <b>20</b>-NQ/TW.").index) == ["20-NQ/TW"]


@pytest.mark.parametrize(
    ("text", "locality", "level"),
    [
        ("Kế hoạch số 12-KH/TU", "gia-lai", "party-province"),
        ("Kế hoạch số 12-KH/TU", "go-cong-tay", "party-province"),
        ("Kế hoạch số 12-KH/HU", "go-cong-tay", "party-district"),
        ("Quyết định số 89/QĐ-UBND", "go-cong-tay", "district"),
        ("Quyết định số 89/QĐ-UBND ngày 2/2/2023 của UBND tỉnh Tiền Giang", "go-cong-tay", "province"),
        ("Quyết định số 89/QĐ-UBND", "gia-lai", "province"),
        ("Nghị quyết số 43/2022/QH15", "gia-lai", "national-assembly"),
        ("Thông tư số 01/2020/TT-BKHĐT", "gia-lai", "ministry"),
        ("Kế hoạch số 12/KH-ABC", "gia-lai", "unknown"),
    ],
)
def test_the_level_of_the_issuer(cite: Cite, text: str, locality: str, level: str) -> None:
    assert cite(f"Theo {text}.", locality=locality)["issuer_level"].tolist() == [level]


def test_a_district_that_numbers_like_a_province_is_odd(plan: Plan) -> None:
    document = plan(
        "Số 26-CTr/TU\n\n" + HEAD.format("Nghị quyết số 20-NQ/TW", "Tuyên truyền."), "go-cong-tay"
    )
    row = cp.extract_citations([document], cp.extract_tasks([document])).iloc[0]
    assert (row["issuer_level"], row["flags"]) == ("party-district", "number-odd")


def _plans(tmp_path: Path, *texts: str) -> pd.DataFrame:
    """Extract the citations of plans of up to three provinces, each of one task."""
    documents = []
    for place, text in zip(("gia-lai", "ha-tinh", "dak-nong"), texts, strict=False):
        (tmp_path / f"{place}.txt").write_text(HEAD.format("công tác", text), encoding="utf-8")
        documents.append(read_document(tmp_path / f"{place}.txt"))
    return cp.extract_citations(documents, cp.extract_tasks(documents))


def test_a_central_date_that_differs_across_plans_is_flagged(tmp_path: Path) -> None:
    usual = "Nghị quyết số 20-NQ/TW ngày 16/6/2022; Nghị quyết số 20-NQ/TW ngày 16/6/2022."
    table = _plans(tmp_path, usual, "Nghị quyết số 20-NQ/TW ngày 16/5/2022 của Bộ Chính trị.")
    assert table["flags"].tolist() == ["", "date-differs"]


MAY, JUNE = "Nghị quyết số 20-NQ/TW ngày 16/5/2022", "Nghị quyết số 20-NQ/TW ngày 16/6/2022"


@pytest.mark.parametrize(
    ("texts", "dates"),
    [
        ((f"{MAY}; {JUNE}.", f"{JUNE}."), ["2022-06-16"] * 2),  # the other plan decides
        ((f"{JUNE}; {MAY}.", f"{MAY}.", f"{JUNE}."), ["2022-06-16", "2022-05-16", "2022-06-16"]),  # none does
        ((f"{MAY}; {MAY}; {JUNE}.", f"{JUNE}."), ["2022-05-16", "2022-06-16"]),  # no tie: as the plan prints
        ((f"{MAY}; {JUNE}.",), ["2022-05-16"]),  # the first mention
        (("Nghị quyết số 20-NQ/TW năm 2022; " + JUNE + ".",), ["2022-06-16"]),
    ],
)
def test_a_tie_of_dates_is_decided_by_other_plans_then_by_the_first(
    tmp_path: Path, texts: tuple[str, ...], dates: list[str]
) -> None:
    table = _plans(tmp_path, *texts).set_index("locality")["issued_on"]
    places = ["gia-lai", "ha-tinh", "dak-nong"][: len(texts)]
    assert table[places].tolist() == dates


def test_the_row_of_a_misprinted_date_is_flagged(tmp_path: Path) -> None:
    assert _plans(tmp_path, f"{MAY}; {JUNE}.", f"{JUNE}.")["flags"].tolist() == ["date-differs", ""]


def test_a_tie_of_mentions_is_decided_by_plans(tmp_path: Path) -> None:
    table = _plans(tmp_path, f"{MAY}; {MAY}.", f"{JUNE}.", f"{JUNE}.").set_index("locality")
    assert table["flags"].to_dict() == {"gia-lai": "date-differs", "ha-tinh": "", "dak-nong": ""}


def test_a_tie_of_a_local_document_is_not_decided_elsewhere(tmp_path: Path) -> None:
    here, there = "Kế hoạch số 10-KH/TU ngày 1/1/2022", "Kế hoạch số 10-KH/TU ngày 2/2/2023"
    table = _plans(tmp_path, f"{here}; {there}.", f"{there}.").set_index("locality")
    assert table.loc["gia-lai", "issued_on"] == "2022-01-01"


def test_a_local_number_is_another_document_in_another_province(tmp_path: Path) -> None:
    table = _plans(tmp_path, "Kế hoạch số 10-KH/TU ngày 1/1/2022.", "Kế hoạch số 10-KH/TU ngày 2/2/2023.")
    assert table["flags"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Kế hoạch số 46-KH/TU của Ban Thường vụ Tỉnh ủy; Kế hoạch số 46-KH/TU của Tỉnh ủy Gia Lai.", ""),
        ("Kế hoạch số 46-KH/TU của Ban Thường vụ Tỉnh ủy; Kế hoạch số 46-KH/TU của Ban Chấp hành Đảng bộ tỉnh.", "issuer-differs"),
        ("Nghị quyết số 09/NQ-CP của Bộ Chính trị.", "issuer-differs"),
        ("Kế hoạch số 46-KH/TU ngày 1/2/2022; Kế hoạch số 46-KH/TU năm 2022.", ""),
    ],
)  # fmt: skip
def test_issuers_that_disagree_are_flagged(cite: Cite, text: str, flags: str) -> None:
    assert cite(text)["flags"].tolist() == [flags]


def test_what_carries_out_what(plan: Plan) -> None:
    title = "Chương trình số 46-CTr/TU ngày 09/12/2022 của Ban Thường vụ Tỉnh ủy về việc thực hiện Nghị quyết số 20-NQ/TW"
    document = plan("Số: 655/KH-UBND\n\n" + HEAD.format(title, "Theo Luật Đất đai."))
    tasks = cp.extract_tasks([document])
    citations, mentions = cp.extract_citations([document], tasks), cp.citation_mentions([document], tasks)
    edges = cp.citation_hierarchy(citations, mentions)[["parent", "child", "relation", "line"]]
    assert list(edges.itertuples(index=False, name=None)) == [
        ("46-CTr/TU", "655/KH-UBND", "implements", 5),
        ("20-NQ/TW", "655/KH-UBND", "implements", 5),
        ("20-NQ/TW", "46-CTr/TU", "carries-out", 5),
    ]
    with pytest.raises(SchemaError, match="missing \\['title'\\]"):
        cp.citation_hierarchy(citations.drop(columns="title"))


def test_the_line_of_an_edge_is_the_one_that_says_so(documents: list[Document], tasks: pd.DataFrame) -> None:
    """ha-tinh.txt line 11 names both documents side by side; line 15 says that one carries out the other."""
    own = [d for d in documents if d.locality == "ha-tinh"]
    citations, mentions = cp.extract_citations(own, tasks), cp.citation_mentions(own, tasks)
    edges = [cp.citation_hierarchy(citations, table).iloc[-1] for table in (None, mentions)]
    assert [(edge["child"], edge["line"]) for edge in edges] == [("17-CTr/TU", 11), ("17-CTr/TU", 15)]


def test_plans_that_answer_another_central_document(documents: list[Document], tasks: pd.DataFrame) -> None:
    table = cp.citation_comparability(cp.extract_citations(documents, tasks)).set_index("locality")
    assert table["same"].to_dict() == {
        "dak-nong": False, "dong-nai": True, "gia-lai": True, "go-cong-tay": True, "ha-tinh": True,
    }  # fmt: skip
    assert (table.loc["dak-nong", "usual"], table.loc["dak-nong", "others"]) == ("20-NQ/TW", "")


def test_the_order_of_plans_and_tasks_does_not_matter(documents: list[Document], tasks: pd.DataFrame) -> None:
    table = cp.citation_mentions(documents, tasks)
    pd.testing.assert_frame_equal(table, cp.citation_mentions(documents[::-1], tasks[::-1]))


def test_numbers_of_the_five_plans(documents: list[Document], tasks: pd.DataFrame) -> None:
    """Read by eye: every number of the five plans, and how often."""
    table = cp.extract_citations(documents, tasks)
    numbered = table[table["number"] != ""]
    counts = dict(zip(numbered["locality"] + " " + numbered["number"], numbered["n_mentions"], strict=True))
    assert counts == {
        "dak-nong 70-KL/TW": 7, "dak-nong 59-CTr/TU": 5, "dak-nong 77/2019/NĐ-CP": 1, "dak-nong 485/KH-UBND": 1,
        "dong-nai 09/NQ-CP": 6, "dong-nai 227-KH/TU": 11, "dong-nai 20-NQ/TW": 8, "dong-nai 10-KH/TW": 3,
        "dong-nai 01/CTr-UBND": 1, "gia-lai 655/KH-UBND": 2, "gia-lai 09/NQ-CP": 5, "gia-lai 46-CTr/TU": 7,
        "gia-lai 20-NQ/TW": 9, "gia-lai 98/2018/NĐ-CP": 1, "go-cong-tay 26-CTr/TU": 1, "go-cong-tay 20-NQ/TW": 5,
        "ha-tinh 17-CTr/TU": 5, "ha-tinh 20-NQ/TW": 3, "ha-tinh 56/2021/NQ-HĐND": 1, "ha-tinh 45/2021/NĐ-CP": 1,
        "ha-tinh 55/2015/NĐ-CP": 1, "ha-tinh 116/2018/NĐ-CP": 1, "ha-tinh 01/2020/TT-BKHĐT": 1,
    }  # fmt: skip


def test_letters_are_known_from_the_reference_tables() -> None:
    marks = read_marks()
    assert (marks.code("nd"), marks.body("qh15"), marks.code("XYZ")) == ("NĐ", "QH15", "")


@pytest.mark.parametrize(("word", "found"), [(", ", set()), ("  ", set()), ("Luật Đất ", {"Luật Đất"})])
def test_a_text_without_end_is_read_to_its_end(word: str, found: set[str]) -> None:
    text = word * (12000 // len(word))
    names = find_names(text)
    assert {text[name.start :][:8] for name in names} == found
    assert not names or names[-1].start > len(text) - 1000
    assert iso_date(text) == ""
