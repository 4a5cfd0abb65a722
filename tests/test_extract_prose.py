"""Task chapters and "Tổ chức thực hiện", each habit of the plans on a tiny plan of its own."""

from collections.abc import Callable

import pandas as pd
import pytest

import compare as cp
from compare.agencies import read_vocabulary
from compare.documents import Document
from compare.extract.roles import coordinating_in_text, leads_in_text

VOCABULARY = read_vocabulary()


@pytest.fixture
def prose(plan: Callable[..., Document]) -> Callable[..., pd.DataFrame]:
    """Extract the tasks of a plan given by its paragraphs."""

    def extract(*paragraphs: str, locality: str = "gia-lai") -> pd.DataFrame:
        document = plan("\n\n".join(paragraphs), locality)
        return cp.normalise_tasks(cp.extract_tasks([document]))

    return extract


Prose = Callable[..., pd.DataFrame]
CHAPTER = "II. NHIỆM VỤ, GIẢI PHÁP"
SECTION = "1. Nhận thức đúng về kinh tế tập thể"


def test_lettered_items_are_tasks(prose: Prose) -> None:
    table = prose(CHAPTER, SECTION, "a) Tuyên truyền sâu rộng.", "b) Mở chuyên mục.")
    assert table["task_id"].tolist() == ["gia-lai/body/II.1.a", "gia-lai/body/II.1.b"]
    assert table["text"].tolist() == ["Tuyên truyền sâu rộng.", "Mở chuyên mục."]
    assert table["section_title"].iloc[0] == "Nhận thức đúng về kinh tế tập thể"


def test_a_lead_and_a_coordinating_body_inside_an_item_are_read(prose: Prose) -> None:
    text = "a) Giao Tỉnh đoàn chủ trì, phối hợp với Sở Du lịch thực hiện chương trình khởi nghiệp."
    (task,) = prose(CHAPTER, SECTION, text).to_dict("records")
    assert (task["leads"], task["leads_text"]) == ("doan-thanh-nien", "Tỉnh đoàn")
    assert (task["coordinating_text"], task["lead_inferred"]) == ("Sở Du lịch", False)


@pytest.mark.parametrize(
    ("text", "coordinating"),
    [
        (
            "Chủ trì, phối hợp với Sở Du lịch, các tổ chức đoàn thể mở lớp.",
            "Sở Du lịch, các tổ chức đoàn thể",
        ),
        ("Phối hợp với Hội Nông dân, mở lớp; phối hợp với Sở Du lịch.", "Hội Nông dân; Sở Du lịch"),
        ("Chủ trì, phối hợp với Sở Du lịch và Hội Nông dân tổ chức lớp.", "Sở Du lịch và Hội Nông dân"),
        ("Tăng cường phối hợp với doanh nghiệp thực hiện liên kết.", ""),
    ],
)
def test_an_unknown_coordinating_body_is_kept_as_printed(text: str, coordinating: str) -> None:
    assert coordinating_in_text(text, VOCABULARY) == coordinating


def test_bullets_are_counted_in_their_section(prose: Prose) -> None:
    table = prose(CHAPTER, SECTION, "- Một.", "- Hai.", "2. Chính sách", "- Ba.")
    assert table["number"].tolist() == ["II.1-1", "II.1-2", "II.2-1"]


def test_plus_items_and_unmarked_paragraphs_belong_to_the_item_above(prose: Prose) -> None:
    (task,) = prose(CHAPTER, SECTION, "a) Tuyên truyền, trong đó:", "+ Điểm một.", "Đoạn tiếp theo.").to_dict(
        "records"
    )
    assert task["text"] == "Tuyên truyền, trong đó: + Điểm một. Đoạn tiếp theo."
    assert (task["line_start"], task["line_end"]) == (5, 9)


def test_a_paragraph_broken_by_a_page_is_joined_and_marked(prose: Prose) -> None:
    (task,) = prose(CHAPTER, SECTION, "a) Hỗ trợ các tổ chức", "5", "kinh tế tập thể.").to_dict("records")
    assert task["text"] == "Hỗ trợ các tổ chức kinh tế tập thể."
    assert task["defects"] == "page-break"


def test_a_paragraph_straight_under_its_heading_is_a_task(prose: Prose) -> None:
    table = prose(CHAPTER, "2. Chính sách hỗ trợ", "- Chung.", "2.2. Chính sách đất đai", "Bố trí quỹ đất.")
    assert table["number"].tolist() == ["II.2-1", "II.2.2"]
    assert table["pillar"].tolist() == [2, 2]


def test_an_assignment_paragraph_gives_its_agencies_to_the_whole_section(prose: Prose) -> None:
    table = prose(
        CHAPTER,
        SECTION,
        "a) Nội dung:",
        "- Một.",
        "- Đề nghị Ủy ban Mặt trận Tổ quốc vận động.",
        "b) Cơ quan tham mưu, thực hiện: Sở Nội vụ chủ trì, phối hợp với các sở, ngành liên quan tham mưu Ủy ban nhân dân tỉnh.",
    )
    assert table["leads"].tolist() == ["so-noi-vu", "mttq"]
    assert table["coordinating"].tolist() == ["cac-so-nganh", "cac-so-nganh"]
    assert table["lead_inferred"].tolist() == [True, False]


def test_a_starred_assignment_is_the_item_s_own(prose: Prose) -> None:
    table = prose(CHAPTER, SECTION, "a) Một.", "* Cơ quan tham mưu, thực hiện: Sở Tài chính.", "b) Hai.")
    assert table["leads"].tolist() == ["so-tai-chinh", ""]
    assert not table["lead_inferred"].any()


def test_the_bullets_of_an_assignment_are_no_tasks(prose: Prose) -> None:
    table = prose(
        CHAPTER,
        SECTION,
        "a) Nội dung:",
        "- Một.",
        "b) Cơ quan tham mưu, thực hiện:",
        "- Liên minh Hợp tác xã tỉnh hướng dẫn.",
        "- UBND các huyện, thành phố rà soát.",
    )
    assert table["leads"].tolist() == ["lien-minh-htx;ubnd-huyen"]


def test_implementation_items_take_their_heading_s_agencies(prose: Prose) -> None:
    table = prose(
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Các sở, ban, ngành tỉnh:",
        "a) Xây dựng kế hoạch; báo cáo trước ngày 15/12 hàng năm.",
        "Các nhiệm vụ cụ thể theo phụ lục đính kèm.",
        "2. Giao Sở Tài chính chủ trì, phối hợp với các sở, ngành theo dõi.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan báo cáo.",
        "Nơi nhận:",
        "- Lưu: VT.",
    )
    assert table["number"].tolist() == ["IV.1.a", "IV.2"]
    assert table["leads"].tolist() == ["cac-so-nganh", "so-tai-chinh"]
    assert table["lead_inferred"].tolist() == [True, False]
    assert table["timeline_end"].tolist() == ["--12-15", ""]
    assert table["pillar"].tolist() == [0, 0]
    assert table["text"].str.contains("phụ lục|vướng mắc|Lưu").sum() == 0


def test_other_chapters_hold_no_tasks(prose: Prose) -> None:
    table = prose("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "- Quán triệt.", CHAPTER, SECTION, "- Một.")
    assert table["number"].tolist() == ["II.1-1"]


def test_a_chapter_missing_from_the_count_is_a_defect(plan: Callable[..., Document]) -> None:
    document = plan("\n\n".join(["I. MỤC ĐÍCH", "Một.", "III. NHIỆM VỤ", SECTION, "- Hai."]))
    found = cp.extract_documents([document]).defects
    assert found[["kind", "detail"]].values.tolist() == [
        ["numbering-gap", "chapter 2 is not printed before III"]
    ]


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Giao Sở Tài chính chủ trì, phối hợp với các sở, ngành.", "Sở Tài chính"),
        ("Giao Giám đốc Sở Nội vụ chủ trì, đôn đốc các ngành.", "Giám đốc Sở Nội vụ"),
        (
            "Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh và các tổ chức đoàn thể vận động.",
            "Ủy ban Mặt trận Tổ quốc tỉnh và các tổ chức đoàn thể",
        ),
        (
            "Căn cứ Nghị quyết 20-NQ/TW và Kế hoạch này, Giám đốc các sở, ban, ngành xây dựng kế hoạch.",
            "Giám đốc các sở, ban, ngành",
        ),
        (
            "Các sở, ban, ngành triển khai; UBND các huyện, thành phố xây dựng kế hoạch.",
            "Các sở, ban, ngành; UBND các huyện, thành phố",
        ),
        (
            "Tăng cường quản lý. Phòng Tài chính Kế hoạch là cơ quan tham mưu.",
            "Phòng Tài chính Kế hoạch",
        ),
        ("Tăng cường hoạt động của Ban Chỉ đạo phát triển kinh tế tập thể.", ""),
        ("Các tổ chức kinh tế tập thể được vay vốn.", ""),
        ("Tiếp cận chính sách (về tổ chức; tổ chức đại diện; huy động vốn trong hợp tác xã).", ""),
    ],
)
def test_leads_are_the_subject_of_a_sentence(text: str, leads: str) -> None:
    assert leads_in_text(text, VOCABULARY) == leads


@pytest.mark.parametrize(
    ("text", "coordinating"),
    [
        (
            "Chủ trì, phối hợp với các sở, ngành liên quan và UBND các huyện, thành phố tham mưu",
            "các sở, ngành liên quan và UBND các huyện, thành phố",
        ),
        ("Phối hợp tốt với Liên minh Hợp tác xã tỉnh trong việc", "Liên minh Hợp tác xã tỉnh"),
        ("Các sở phối hợp cơ quan báo đài xây dựng chuyên mục", "cơ quan báo đài"),
        ("Tăng cường phối hợp giữa các cơ quan liên quan", ""),
        ("phối hợp tổ chức vận động", ""),
    ],
)
def test_coordinating_agencies_follow_phoi_hop_voi(text: str, coordinating: str) -> None:
    assert coordinating_in_text(text, VOCABULARY) == coordinating


def _told(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_an_assignment_is_for_the_items_since_the_last_one(prose: Prose) -> None:
    table = prose(
        *(CHAPTER, SECTION, "- Bố trí vốn.", "Cơ quan chủ trì: Sở Tài chính."),
        *("- Rà soát đất.", "Cơ quan chủ trì: Sở Nội vụ.", "- Lập HTX."),
    )
    assert _told(table, "text", "leads") == [
        ("Bố trí vốn.", "so-tai-chinh"),
        ("Rà soát đất.", "so-noi-vu"),
        ("Lập HTX.", ""),
    ]


def test_labels_say_the_role(prose: Prose) -> None:
    table = prose(
        *(CHAPTER, "1. Bố trí vốn cho HTX.", "Đơn vị chủ trì: Sở Du lịch", "Đơn vị phối hợp: Sở Nội vụ"),
        *("Thời gian thực hiện: Quý IV/2023", "2. Rà soát đất."),
    )
    assert _told(table, "number", "leads_text", "coordinating", "timeline_text") == [
        ("II.1", "Sở Du lịch", "so-noi-vu", "Quý IV/2023"),
        ("II.2", "", "", ""),
    ]


def test_an_open_assignment_takes_only_bullets_that_name_agencies(prose: Prose) -> None:
    table = prose(CHAPTER, SECTION, "- Lập HTX.", "Cơ quan chủ trì:", "- Sở Tài chính", "- Rà soát đất.")
    assert _told(table, "text", "leads") == [("Lập HTX.", "so-tai-chinh"), ("Rà soát đất.", "")]


@pytest.mark.parametrize(
    ("text", "leads", "coordinating", "time"),
    [
        (
            "Phổ biến luật (Cơ quan chủ trì: Sở Tư pháp; thời gian: Quý II/2023)",
            "Sở Tư pháp",
            "",
            "Quý II/2023",
        ),
        ("Rà soát (chủ trì: Sở Y tế (cũ); phối hợp: các sở, ngành); báo cáo", "Sở Y tế", "các sở, ngành", ""),
        ("Sở Du lịch chủ trì, phối hợp với Sở Y tế lập mô hình", "Sở Du lịch", "Sở Y tế", ""),
        ("Phòng Tài nguyên và Môi trường chủ trì rà soát", "Phòng Tài nguyên và Môi trường", "", ""),
    ],
)
def test_an_item_s_own_labels_and_unknown_bodies_are_kept(
    prose: Prose, text: str, leads: str, coordinating: str, time: str
) -> None:
    table = prose(CHAPTER, SECTION, f"- {text}.")
    assert _told(table, "leads_text", "coordinating_text", "timeline_text") == [(leads, coordinating, time)]


@pytest.mark.parametrize(
    ("paragraphs", "numbers"),
    [
        (["1. Tuyên truyền", "1.1. Tổ chức quán triệt.", "1.2. Mở chuyên mục."], ["II.1.1", "II.1.2"]),
        (["1. Tổ chức quán triệt.", "2. Đào tạo", "- Một.", "3. Rà soát."], ["II.1", "II.2-1", "II.3"]),
        (["1. Tuyên truyền", "(1) Hội nghị.", "(2) Chuyên mục."], ["II.1.1", "II.1.2"]),
        (["1) Tuyên truyền.", "2) Mở chuyên mục."], ["II.1", "II.2"]),
        (["1.Tuyên truyền", "a)Tổ chức hội nghị."], ["II.1.a"]),
        (["1. Tuyên truyền", "a. Hội nghị.", "b/ Chuyên mục."], ["II.1.a", "II.1.b"]),
        (["Tổ chức tuyên truyền.", "Rà soát các HTX."], ["II-1", "II-2"]),
        (
            ["1. Một", "+ Bố trí vốn.", "+ Rà soát đất.", "2. Hai", "- Ba", "+ bốn"],
            ["II.1-1", "II.1-2", "II.2-1"],
        ),
        (["- Một, gồm:", "a) Hai.", "b) Ba.", "- Bốn."], ["II-1", "II-1.a", "II-1.b", "II-2"]),
    ],
)
def test_every_form_of_a_list_is_read(prose: Prose, paragraphs: list[str], numbers: list[str]) -> None:
    assert prose(CHAPTER, *paragraphs)["number"].tolist() == numbers


@pytest.mark.parametrize("mark", ["• ", "– ", "— ", "▪ ", "* ", "-"])
def test_every_bullet_begins_an_item(prose: Prose, mark: str) -> None:
    assert prose(CHAPTER, SECTION, f"{mark}Bố trí vốn.", f"{mark}Rà soát đất.")["text"].tolist() == [
        "Bố trí vốn.",
        "Rà soát đất.",
    ]


def test_a_section_takes_its_title_from_the_number_above(prose: Prose) -> None:
    table = prose(CHAPTER, "1. Nhận thức đúng về kinh tế tập thể", "1.1. Quán triệt.")
    assert _told(table, "section", "pillar") == [("II.1", 1)]


def test_a_paragraph_that_is_no_item_leaves_a_trace(plan: Callable[..., Document]) -> None:
    lead_in = "Để đạt mục tiêu, tập trung các nhiệm vụ sau:"
    extraction = cp.extract_documents([plan("\n\n".join(["I. NHIỆM VỤ", lead_in, SECTION, "- Một."]))])
    assert _told(extraction.defects, "kind", "task_id", "detail", "line_start") == [
        ("paragraph-skipped", "gia-lai/body/I.1-1", lead_in, 3)
    ]


def test_agencies_as_headings_lead_the_items_below(prose: Prose) -> None:
    table = prose(
        *("III. TỔ CHỨC THỰC HIỆN", "1. Sở Kế hoạch và Đầu tư"),
        *("- Chủ trì, phối hợp với các sở, ngành theo dõi.", "- Tổng hợp báo cáo."),
        *("2. Sở Du lịch", "Xây dựng mô hình HTX du lịch.", "3. Sở Nội vụ:", "3.1. Rà soát."),
    )
    assert _told(table, "number", "leads_text", "leads", "lead_inferred") == [
        ("III.1-1", "Sở Kế hoạch và Đầu tư", "so-ke-hoach-dau-tu", True),
        ("III.1-2", "Sở Kế hoạch và Đầu tư", "so-ke-hoach-dau-tu", True),
        ("III.2", "Sở Du lịch", "", True),
        ("III.3.1", "Sở Nội vụ", "so-noi-vu", True),
    ]


@pytest.mark.parametrize("page", ["5", "- 5 -", "Trang 6", "6/12"])
def test_a_number_in_a_sentence_is_no_section(prose: Prose, page: str) -> None:
    (task,) = prose(
        CHAPTER, SECTION, "a) Hỗ trợ giai đoạn 2021 -", page, "2025. Tiếp tục đến ngày", "15. Báo cáo."
    ).to_dict("records")
    assert task["text"] == "Hỗ trợ giai đoạn 2021 - 2025. Tiếp tục đến ngày 15. Báo cáo."
    assert task["defects"] == "page-break"


def test_closing_words_are_dropped_from_the_implementation_part_only(prose: Prose) -> None:
    words = "Trong quá trình chuyển đổi, gỡ vướng mắc cho HTX."
    (task,) = prose(CHAPTER, SECTION, "- Một.", words, "Yêu cầu các HTX báo cáo.").to_dict("records")
    assert task["text"] == f"Một. {words} Yêu cầu các HTX báo cáo."
    (task,) = prose("III. TỔ CHỨC THỰC HIỆN", "1. Theo dõi.", words, "Trên đây là Kế hoạch.").to_dict(
        "records"
    )
    assert task["text"] == "Theo dõi."


def test_a_long_item_is_read_in_time(prose: Prose) -> None:
    (task,) = prose(CHAPTER, SECTION, "- " + "Tăng cường phối hợp với Sở Tài chính. " * 1500).to_dict(
        "records"
    )
    assert task["coordinating"] == "so-tai-chinh"
