"""Headings of chapters, of the annex and of the recipients, in every dress that plans give them."""

from collections.abc import Callable

import pytest

import compare as cp
from compare.documents import Document
from compare.extract.chapters import split_chapters

KINDS = cp.read_reference().patterns("chapter")
ITEMS = ["1. Một", "- Bố trí vốn."]
TABLE = "STT\tNhiệm vụ\tCơ quan chủ trì\n1\tXây dựng kế hoạch\tSở Tài chính"
Plan = Callable[..., Document]


def _numbers(document: Document) -> list[str]:
    return [task_id.removeprefix("gia-lai/") for task_id in cp.extract_tasks([document])["task_id"]]


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("II. Nhiệm vụ và giải pháp", "body/II.1-1"),
        ("II. NHIỆM VỤ (Kèm phụ lục)", "body/II.1-1"),
        ("PHẦN II. NHIỆM VỤ TRỌNG TÂM", "body/II.1-1"),
        ("PHẦN THỨ HAI\n\nNHIỆM VỤ, GIẢI PHÁP", "body/II.1-1"),
        ("B. NHIỆM VỤ", "body/B.1-1"),
        ("2. NHIỆM VỤ, GIẢI PHÁP", "body/2.1-1"),
        ("Ill. NHIỆM VỤ", "body/III.1-1"),
        ("lII. NHIỆM VỤ", "body/III.1-1"),
        ("II. NỘI DUNG THỰC HIỆN", "body/II.1-1"),
        ("V. PHÂN CÔNG TRÁCH NHIỆM\n\n- Theo dõi.", "implementation/V-1"),
    ],
)
def test_a_chapter_is_known_in_every_dress(plan: Plan, heading: str, number: str) -> None:
    assert _numbers(plan("\n\n".join([heading, *ITEMS])))[0] == number


def test_a_mixed_case_heading_ends_the_chapter_before(plan: Plan) -> None:
    before = ["I. Mục đích", "- Quán triệt.", "II. Nhiệm vụ", *ITEMS, "III. Kinh phí", "- Ngân sách."]
    document = plan("\n\n".join([*before, "IV. Tổ chức thực hiện", "1. Giao Sở Tài chính theo dõi."]))
    assert _numbers(document) == ["body/II.1-1", "implementation/IV.1"]


def test_numbers_in_capitals_are_chapters_only_where_nothing_else_is(plan: Plan) -> None:
    text = "\n\n".join(["1. MỤC ĐÍCH", "- Quán triệt.", "2. NHIỆM VỤ", "2.1. Tuyên truyền", "- Bố trí vốn."])
    assert _numbers(plan(text)) == ["body/2.1-1"]
    assert _numbers(plan("II. NHIỆM VỤ\n\n1. YÊU CẦU VỀ VỐN\n\n- Bố trí vốn.")) == ["body/II.1-1"]


def test_a_heading_of_another_style_holds_what_the_outer_chapter_holds(plan: Plan) -> None:
    paragraphs = [
        "A. MỤC TIÊU",
        "B. NHIỆM VỤ",
        "I. Nâng cao nhận thức",
        *ITEMS,
        "II. Vốn",
        "- Hai.",
        "C. KINH PHÍ",
    ]
    blocks = plan("\n\n".join(paragraphs)).blocks
    assert [(c.printed, c.part) for c in split_chapters(blocks, KINDS)] == [
        ("A", "other"),
        ("B", "body"),
        ("B.I", "body"),
        ("B.II", "body"),
        ("C", "other"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Phụ lục",
        "Phụ lục số 01: Danh mục nhiệm vụ",
        "PHỤ LỤC 1: PHÂN CÔNG NHIỆM VỤ",
        "PHỤ LỤC NHIỆM VỤ\n\n(Kèm theo Kế hoạch)",
        "DANH MỤC NHIỆM VỤ\n\n(Kèm theo Kế hoạch)",
    ],
)
def test_the_annex_is_known_by_its_heading(plan: Plan, heading: str) -> None:
    tasks = cp.extract_tasks([plan("\n\n".join(["II. NHIỆM VỤ", *ITEMS, heading, TABLE]))])
    assert tasks["text"].tolist() == ["Bố trí vốn.", "Xây dựng kế hoạch"]


@pytest.mark.parametrize(
    "end",
    [
        "_Nơi nhận:_\n\n- Như trên;",
        "**Nơi nhận:**\n- Như trên;",
        "TM. ỦY BAN NHÂN DÂN\n\nKT. CHỦ TỊCH\n\n- Lưu: VT.",
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tKT. CHỦ TỊCH\n- Lưu: VT.",
    ],
)
def test_recipients_and_signature_are_no_tasks(plan: Plan, end: str) -> None:
    tasks = cp.extract_tasks([plan("\n\n".join(["II. NHIỆM VỤ", *ITEMS, end]))])
    assert tasks["text"].tolist() == ["Bố trí vốn."]
