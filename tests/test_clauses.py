"""Clauses: what is cut, what stays together, and that nothing is lost."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.clauses import (
    clause_texts,
    expand_abbreviations,
    make_key,
    read_abbreviations,
    split_clauses,
)
from compare.errors import DocumentError
from compare.text import words

ABBREVIATIONS = {"HTX": "hợp tác xã", "LHHTX": "liên hiệp hợp tác xã", "KT-XH": "kinh tế - xã hội"}


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "- Rà soát các hợp tác xã yếu kém. - Giải thể hợp tác xã ngừng hoạt động.",
            ["Rà soát các hợp tác xã yếu kém.", "Giải thể hợp tác xã ngừng hoạt động."],
        ),
        (
            "Tổ chức tuyên truyền về kinh tế tập thể: + Mở chuyên mục trên báo, đài; + Tập huấn cho cán bộ các cấp.",
            [
                "Tổ chức tuyên truyền về kinh tế tập thể: Mở chuyên mục trên báo, đài;",
                "Tập huấn cho cán bộ các cấp.",
            ],
        ),
        (
            "Củng cố các hợp tác xã yếu; giải thể hợp tác xã đã ngừng hoạt động",
            ["Củng cố các hợp tác xã yếu;", "giải thể hợp tác xã đã ngừng hoạt động"],
        ),
        (
            "Theo dõi hoạt động của hợp tác xã, đồng thời kịp thời tháo gỡ vướng mắc",
            ["Theo dõi hoạt động của hợp tác xã,", "đồng thời kịp thời tháo gỡ vướng mắc"],
        ),
    ],
    ids=["bullets", "plus", "semicolon", "dong-thoi"],
)
def test_clauses_end_where_the_document_ends_a_piece_of_work(text: str, clauses: list[str]) -> None:
    assert clause_texts(text) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "Giải quyết nợ tồn đọng (nợ nhà nước; nợ ngân hàng. Nợ khác (nếu có); nợ thành viên) của hợp tác xã",
        "Phát triển kinh tế - xã hội của tỉnh trong từng thời kỳ",
        "Xây dựng thương hiệu; website",
        "Chính sách đào tạo, tín dụng, đất đai,... cho hợp tác xã ở các xã",
        "Hướng dẫn các hợp tác xã của TP. Hà Tĩnh đăng ký lại",
    ],
    ids=["parentheses", "dash-inside", "short-tail", "dots", "abbreviation"],
)
def test_clauses_keep_one_piece_of_work_together(text: str) -> None:
    assert clause_texts(text) == [text]


def test_clauses_do_not_cut_at_coordinated_verbs() -> None:
    """Measured: pieces between commas are too short to be recognised."""
    text = "Xây dựng kế hoạch, hướng dẫn, kiểm tra các hợp tác xã, hỗ trợ thành lập mới hợp tác xã"
    assert clause_texts(text) == [text]


@given(st.text(alphabet="aăB ôđ.;:,-+()…\n", max_size=80))
def test_clauses_lose_no_word(text: str) -> None:
    assert words(" ".join(clause_texts(text))) == words(text)


@pytest.mark.parametrize("text", ["", "  ", ";", "…"])
def test_task_without_words_has_one_clause(text: str) -> None:
    assert len(clause_texts(text)) == 1


def test_split_clauses_numbers_clauses_within_each_task_in_order_of_ids() -> None:
    tasks = pd.DataFrame(
        {
            "task_id": ["b/annex/1", "a/annex/1"],
            "text": ["Mở lớp đào tạo cán bộ.", "Một hai ba bốn năm. Sáu bảy tám chín mười."],
        }
    )
    clauses = split_clauses(tasks)
    assert clauses["clause_id"].tolist() == ["a/annex/1#1", "a/annex/1#2", "b/annex/1#1"]
    assert tasks["task_id"].tolist() == ["b/annex/1", "a/annex/1"]  # the argument is left alone


def test_split_clauses_of_no_task_is_empty() -> None:
    assert split_clauses(pd.DataFrame({"task_id": [], "text": []}, dtype="str")).empty


def test_split_clauses_of_the_plans_lose_no_word(tasks: pd.DataFrame) -> None:
    joined = split_clauses(tasks).groupby("task_id")["text"].agg(" ".join)
    for task_id, text in zip(tasks["task_id"], tasks["text"], strict=True):
        assert words(joined[task_id]) == words(text), task_id


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("Liên minh HTX tỉnh", "Liên minh hợp tác xã tỉnh"),
        ("LHHTX và HTX", "liên hiệp hợp tác xã và hợp tác xã"),
        ("phát triển KT-XH", "phát triển kinh tế - xã hội"),
        ("HTXNN, htx", "HTXNN, htx"),
    ],
)
def test_abbreviations_are_written_out_where_they_stand_alone(text: str, expanded: str) -> None:
    assert expand_abbreviations(text, ABBREVIATIONS) == expanded


def test_key_unites_abbreviation_case_and_tone_mark_placement() -> None:
    assert make_key("Củng cố, hoà giải HTX") == make_key("củng cố, hòa giải hợp tác xã")


def test_read_abbreviations_knows_the_words_of_the_plans() -> None:
    assert {"HTX", "THT", "KTTT", "UBND", "QLNN", "LHHTX", "NTM"} <= set(read_abbreviations())


def test_read_abbreviations_names_a_missing_file_and_wrong_columns(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="found none"):
        read_abbreviations(str(tmp_path / "none.csv"))
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("short,long\nHTX,hợp tác xã\n", encoding="utf-8")
    with pytest.raises(
        DocumentError, match=r"\['abbreviation', 'expansion'\] wanted, found \['short', 'long'\]"
    ):
        read_abbreviations(str(wrong))
