"""The section that asks: what is asked and shown, what is marked, what the page says of its own quality."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from compare.align.matching.evidence import FEATURES
from compare.align.matching.second_look import SECOND_FEATURES
from compare.decisions import ANSWERS, COLUMNS
from compare.labels import read_labels
from compare.report import open_report
from compare.report.blocks import Fragment
from compare.report.evaluation import METHODS, evaluation
from compare.report.inputs import Inputs
from compare.report.packed import pack, unpack
from compare.report.quotes import cited_lines
from compare.report.review import CHOICES, DISPUTED, review
from compare.report.waterfall import read_evidence, waterfall
from compare.tables import TABLES
from report_tables import data, report_tables

VI = read_labels("vi")
QUEUE = report_tables()["queue"]


def inputs_with(**tables: pd.DataFrame) -> Inputs:
    inputs = open_report("", processed=data()).inputs
    return replace(inputs, tables={**inputs.tables, **tables})


def html_of(inputs: Inputs, locality: str = "gia-lai") -> str:
    return "\n".join(block.html for block in review(inputs, locality) if isinstance(block, Fragment))


def unpacked(html: str) -> str:
    """Undo what packs the questions beyond the first ones."""
    n_bytes, text = re.search(r'octet-stream" data-bytes="(\d+)">(.*?)</script>', html, re.S).groups()
    return unpack(text, int(n_bytes)).decode()


def question(html: str, number: int) -> str:
    return re.search(
        rf'<li class="item" id="review-{number}".*?</li>\n(?=<li class="item"|</ol>|\Z)', html, re.S
    )[0]


@pytest.fixture(scope="module")
def asked() -> str:
    return html_of(inputs_with())


# What is asked


def test_disputed_questions_stand_first_then_by_rank(asked: str) -> None:
    order = re.findall(r'data-family="([^"]+)"', asked + unpacked(asked))
    known = dict(zip(QUEUE["family_id"], QUEUE["reason"], strict=True))
    reasons = [known[family] for family in order]
    assert reasons[:4] == ["conflict", "stale", "conflict", "stale"]
    assert not set(reasons[4:]) & set(DISPUTED)
    assert order[4:] == [f for f in QUEUE["family_id"] if known[f] not in DISPUTED]


def test_questions_beyond_ten_are_folded_and_packed(asked: str) -> None:
    assert "Còn 2 câu hỏi nữa" in asked
    assert len(re.findall(r'<li class="item"', asked)) == 10
    assert re.findall(r'<li class="item" id="review-(\d+)"', unpacked(asked)) == ["11", "12"]


def test_question_carries_what_a_decision_needs(asked: str) -> None:
    row = QUEUE[QUEUE["family_id"] == "tuyen-truyen"].iloc[0]
    html = question(asked, 5)
    for name, column in (("task", "task_id"), ("family", "family_id"), ("sha", "text_sha")):
        assert f'data-{name}="{row[column]}"' in html
    assert 'data-settles=""' in html
    assert 'data-settles="yes"' in question(asked, 1)


def test_choices_are_a_labelled_group(asked: str) -> None:
    html = question(asked, 5)
    assert html.count('type="radio" name="answer-5"') == len(CHOICES) == 5
    assert set(CHOICES) - {"skip"} == set(ANSWERS) - {"withdrawn"}
    assert re.search(r"<fieldset><legend>Trả lời<span class=\"hidden\"> Câu 5: Tuyên truyền", html)
    inputs = re.findall(r"<input[^>]*>", asked)
    assert len(inputs) == len(re.findall(r"<label[^>]*>[^<]*<input", asked))


def test_both_sides_are_quoted_with_their_lines(asked: str) -> None:
    html = question(asked, 5)
    assert "phụ lục 1.1" in html
    assert "Nhiệm vụ giống nhất đã có người rà soát: Đồng Nai" in html
    targets = set(re.findall(r'href="#(dong-nai-L\d+)"', asked))
    lines = cited_lines(inputs_with(), "gia-lai")["dong-nai"]
    assert targets
    assert targets <= {f"dong-nai-L{line}" for line in lines}


def test_probability_is_a_sentence_with_the_threshold(asked: str) -> None:
    assert "xác suất 12% là nhiệm vụ thuộc đầu việc này; từ 40% trở lên" in question(asked, 5)


def test_reason_is_said_for_every_reason(asked: str) -> None:
    values = TABLES["queue"].columns["reason"].values
    html = asked + unpacked(asked)
    assert all(VI(f"reason.{reason}") in html for reason in values)


def test_a_conflict_says_who_answered_what(asked: str) -> None:
    assert "Lan &lt;b&gt; (21/11/2026): không phải" in asked
    assert "Hoa (20/11/2026): một phần" in asked


def test_unknown_family_and_missing_member_are_said(asked: str) -> None:
    html = question(asked, 4)
    assert "đầu việc mới do một người rà soát đề nghị" in html
    assert "Không có nhiệm vụ đã đọc nào gần." in html
    assert "xác suất" not in html
    visible = re.sub(r"<[^>]*>", " ", html)
    assert "de-nghi-moi" not in visible


def test_no_family_id_is_shown(asked: str) -> None:
    visible = re.sub(r"<script.*?</script>|<[^>]*>", " ", asked + unpacked(asked), flags=re.S)
    assert not [family for family in QUEUE["family_id"] if re.search(rf"\b{family}\b", visible)]


def test_other_pieces_of_work_of_the_same_task_are_linked(asked: str) -> None:
    assert '<a href="#review-6">Mở chuyên mục' in question(asked, 5)


def test_hostile_text_is_escaped(asked: str) -> None:
    html = asked + unpacked(asked)
    assert "<script>alert" not in html
    assert "<b>đậm" not in html
    assert 'value="Ghi &lt;/script&gt;' in html


def test_report_asks_for_its_script_only_where_needed() -> None:
    inputs = inputs_with()
    asking, silent = (review(inputs, place) for place in ("gia-lai", "dong-nai"))
    assert [block.bundle()[1].get("script") for block in asking] == [None, "review.js"]
    assert [block.bundle()[1].get("script") for block in silent] == [None]


@pytest.mark.parametrize(
    ("status", "origin", "said"),
    [
        ("reviewed", "reviewed", "không còn nội dung cần xác nhận"),
        ("reviewed", "auto", "không có lượt xếp nào còn đủ gần"),
        ("draft", "auto", "Chưa có danh mục đầu việc"),
    ],
)
def test_empty_queue_is_one_sentence(status: str, origin: str, said: str) -> None:
    tables = report_tables()
    families = tables["families"].assign(status=status)
    members = tables["memberships"].assign(origin=origin)
    html = html_of(inputs_with(queue=QUEUE.head(0), families=families, memberships=members))
    assert said in html
    assert "review-form" not in html


def test_columns_of_the_file_are_those_of_a_decision(asked: str) -> None:
    assert str(COLUMNS).replace("'", '"') in asked


def test_first_screen_leads_to_the_questions() -> None:
    report = open_report("gia-lai", processed=data())
    assert '<a href="#review">12 câu hỏi' in report.blocks("document")[0].html


# Why


def test_signs_sum_to_the_total() -> None:
    evidence = "; ".join(
        f"{name}=1.0 ({'+' if n % 2 else '-'}{n / 10:.3f})" for n, name in enumerate(FEATURES, 1)
    )
    fall = waterfall(f"bias=1.000 (-3.000); {evidence}", 0.0, VI)
    points = [float(bar.points.replace("−", "-").replace(",", ".")) for bar in fall.bars]
    total = sum(value for _, value in read_evidence(evidence)) - 3
    assert len(fall.bars) == 8
    assert sum(points) == pytest.approx(total, abs=0.03)
    assert fall.total == f"{total:+.2f}".replace("-", "−").replace(".", ",")
    assert all(0 <= bar.start <= 100.1 and bar.start + bar.size <= 100.2 for bar in fall.bars)


def test_signs_without_the_start_come_to_the_probability() -> None:
    fall = waterfall("gia-lai/annex/1; span_held=1.00 (+2.95); leads=0.00 (-0.07)", 0.9, VI)
    assert fall.share == "90%"
    assert [bar.name for bar in fall.bars][-1] == "Mức khởi đầu và các dấu hiệu còn lại"


@pytest.mark.parametrize("evidence", ["", "reviewed by An; 2026-11-21", "x/annex/1; word_cosine=0.40"])
def test_evidence_without_points_explains_nothing(evidence: str) -> None:
    assert waterfall(evidence, 0.5, VI) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sign_has_a_name(language: str) -> None:
    strings = read_labels(language).strings
    names = {*FEATURES, *SECOND_FEATURES, "bias", "rest", "rest_and_bias", "other"} - {"first_look"}
    assert not [name for name in names if f"feature.{name}" not in strings]


def test_packing_is_undone_by_the_same_letters() -> None:
    text = "Đối chiếu & <so sánh> " * 50
    packed = pack(text.encode())
    assert not re.search(r"[<&\\\s]", packed.text)
    assert unpacked(f'octet-stream" data-bytes="{packed.n_bytes}">{packed.text}</script>') == text


# How well the program does


def evaluated(table: pd.DataFrame) -> str:
    return "\n".join(block.html for block in evaluation(inputs_with(evaluation=table)))


def test_evaluation_is_said_with_its_range_and_state() -> None:
    html = evaluated(report_tables()["evaluation"])
    assert "0,82 (0,75–0,88)" in html
    assert "đứng đầu trong 90% trường hợp và nằm trong ba đầu việc đầu trong 97%" in html
    assert "trạng thái cũ hơn" in html
    assert "So tập hợp từ" in html
    assert "own &lt;way&gt;" in html
    assert "bình quân 3,0 điểm phần trăm" in html
    assert ">0–10%</th>" in html
    assert "Lần đọc thứ nhất và thứ hai" in html
    assert html.index(">5</th>") < html.index(">20</th>")


def test_what_answers_gain_is_said_from_the_beginning_to_the_most() -> None:
    table = report_tables()["evaluation"]
    start = table[table["section"] == "queue"].head(1).assign(item="queue 0", value=0.7, low=0.7, high=0.7)
    said = (
        "đi từ 0,70 lên 0,91 sau 20 câu trả lời theo thứ tự của danh sách; chọn câu ngẫu nhiên thì lên 0,86"
    )
    assert said in evaluated(pd.concat([table, start]))
    assert "câu trả lời theo thứ tự" not in evaluated(table)


def test_evaluation_of_this_state_says_so() -> None:
    assert "đúng số liệu và danh mục" in evaluated(report_tables()["evaluation"].assign(current=True))


def test_no_evaluation_is_one_sentence() -> None:
    html = evaluated(report_tables()["evaluation"].head(0))
    assert "Chưa có lần đo nào" in html
    assert "<table" not in html


@pytest.mark.parametrize("section", ["cold_start", "left_out", "calibration", "queue", "readings", "summary"])
def test_part_of_an_evaluation_is_shown_alone(section: str) -> None:
    table = report_tables()["evaluation"]
    assert evaluated(table[table["section"] == section]).count("<table") == (section != "summary")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_known_method_has_a_name(language: str) -> None:
    assert not [m for m in METHODS.values() if f"evaluation.{m}" not in read_labels(language).strings]


BINS = [("0.1-0.2", 0.1, 0.2, 9, 0.15, 0.11), ("0.5-0.6", 0.5, 0.6, 45, 0.55, 0.76)]


def test_calibration_says_where_it_is_worst() -> None:
    rows = [
        (i, m, v)
        for i, *vs in BINS
        for m, v in zip(("low", "high", "n", "probability", "share"), vs, strict=True)
    ]
    table = pd.DataFrame(
        [("calibration", *row) for row in rows], columns=["section", "item", "measure", "value"]
    )
    summary = ("summary", "expected calibration error", "value", 0.03)
    table.loc[len(table)] = summary
    html = evaluated(table.assign(low=table["value"], high=table["value"], fingerprint="", current=True))
    assert "khoảng 50–60%: trong 45 trường hợp, thực tế đúng 76%" in html
