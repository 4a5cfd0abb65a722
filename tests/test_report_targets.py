"""What the reports say of promised numbers and of cited documents."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from compare.report import open_report
from compare.report.blocks import Chart, Fragment
from compare.report.quotes import cited_lines
from compare.targets import pair_targets
from report_tables import data, report_tables

TABLES = report_tables()
LEVELS = {"a": "province", "b": "province", "c": "district"}


def html_of(section: str, locality: str = "gia-lai", language: str = "vi", **tables: pd.DataFrame) -> str:
    report = open_report(locality, language, data())
    report = replace(report, inputs=replace(report.inputs, tables={**report.inputs.tables, **tables}))
    return "\n".join(block.html for block in report.blocks(section) if isinstance(block, Fragment))


def _goal(
    place: str, year: int | None, unit: str = "%", whole: str = "hợp tác xã", n: int = 1
) -> dict[str, object]:
    name = {"indicator": "x", "target_id": f"{place}/{n}"}
    return {**name, "locality": place, "year": year, "unit": unit, "whole": whole}


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        (_goal("b", 2030), ""),
        (_goal("c", 2030), ""),  # a share of a district can be held against that of a province
        (_goal("b", None), "no year"),
        (_goal("b", 2025), "other year"),
        (_goal("b", 2030, "người", ""), "other unit"),
        (_goal("b", 2030, whole="dân số"), "other whole"),
    ],
)
def test_pair_says_what_keeps_two_goals_apart(there: dict[str, object], reason: str) -> None:
    table = pd.DataFrame([_goal("a", 2030), there]).astype({"year": "Int64"})
    assert pair_targets(table, "a", LEVELS)["reason"].tolist() == [reason]


def test_counts_of_another_level_do_not_compare() -> None:
    table = pd.DataFrame([_goal("a", 2030, "người", ""), _goal("c", 2030, "người", "")])
    assert pair_targets(table, "a", LEVELS)["reason"].tolist() == ["other level"]


def test_pair_of_one_year_leaves_other_years_out() -> None:
    table = pd.DataFrame([_goal("a", 2030), _goal("b", 2030), _goal("b", 2045, n=2), _goal("c", 2045)])
    assert pair_targets(table, "a", LEVELS)["other_id"].tolist() == ["b/1", "c/1"]


def test_plan_without_targets_says_so_and_who_has_some() -> None:
    targets = TABLES["targets"]
    html = html_of("targets", targets=targets[targets["locality"] != "gia-lai"])
    assert "Không thấy chỉ tiêu bằng số trong văn bản." in html
    assert "Đắk Nông (1), Đồng Nai (2) và Gò Công Tây (1)" in re.sub("<[^>]+>", "", html)
    assert "<table" not in html


def test_targets_tell_goals_from_outputs_and_link_to_their_lines() -> None:
    html = html_of("targets")
    assert "3 con số: 2 chỉ tiêu của kế hoạch và 1 sản phẩm" in html
    assert "ít nhất 300 hợp tác xã" in html
    assert "1–2 mô hình/xã" in html
    assert "&lt;của&gt;" in html
    targets = set(re.findall(r'href="#([^"]+)"', html))
    ids = set(re.findall(r'id="([^"]+)"', html_of("source") + html_of("tasks") + html))
    assert targets
    assert targets <= ids


def test_targets_stand_beside_those_of_other_plans() -> None:
    html = html_of("targets")
    assert "khoảng 636 hợp tác xã, 2030" in html
    assert "khác cấp (tỉnh – huyện): số đếm không so được" in html
    inputs = open_report("gia-lai", processed=data()).inputs
    goals = TABLES["targets"]
    other = goals[goals["locality"] == "go-cong-tay"].iloc[0]
    assert other["line_start"] in cited_lines(inputs, "gia-lai")["go-cong-tay"]


def test_overview_draws_shares_and_sets_counts_side_by_side() -> None:
    report = open_report("", processed=data())
    assert sum(isinstance(block, Chart) for block in report.blocks("targets")) == 1
    html = html_of("targets", "")
    assert re.search('<a href="dong-nai.html#L5"[^>]*>khoảng 636 hợp tác xã</a>', html)
    assert "khác cấp" in html
    none = html_of("targets", "", targets=TABLES["targets"].head(0))
    assert "0 con số cam kết, ở 0 trong 4 văn bản. Không thấy" in none


def test_citations_say_what_is_carried_out_and_link_every_mention() -> None:
    cited = TABLES["citations"]
    twice = cited.assign(n_mentions=2, lines="1;3")
    html = html_of("citations", citations=twice)
    assert "2 văn bản mà nó thực hiện và 1 văn bản chỉ được dẫn" in html
    assert html.count('<a href="#L3">3</a>') == 3
    assert "Văn bản ghi rõ thực hiện Nghị quyết số 09/NQ-CP và Nghị quyết số 20-NQ/TW." in html
    assert "cùng văn bản trung ương với Đồng Nai và Gò Công Tây" in html
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html


def test_plan_of_another_central_document_is_said() -> None:
    said = ' thực hiện <a href="{}#L1">Kết luận số 70-KL/TW</a>, còn đa số'
    assert "Văn bản này" + said.format("") in html_of("citations", "dak-nong")
    assert "Văn bản của Đắk Nông" + said.format("dak-nong.html") in html_of("citations", "")


@pytest.mark.parametrize(
    ("printed", "flags", "said"),
    [
        ("20/NQ-TW", "number-odd", "in khác dạng thường dùng là 20-NQ/TW"),
        ("20 -NQ/TW", "number-odd", "thừa dấu cách; thường viết 20-NQ/TW"),
        ("20-NQ/TW", "number-odd", "20-NQ/TW: ký hiệu không thường dùng"),
        ("20-NQ/TW", "date-differs", "ngày khác với đa số chỗ dẫn cùng số"),
        ("/KH-UBND", "number-missing", "chỗ ghi số để trống"),
    ],
)
def test_odd_print_is_said_in_plain_words(printed: str, flags: str, said: str) -> None:
    mentions = TABLES["citation_mentions"]
    hit = (mentions["locality"] == "gia-lai") & (mentions["citation_id"] == "20-NQ/TW")
    changed = mentions.assign(
        as_printed=mentions["as_printed"].mask(hit, printed), flags=mentions["flags"].mask(hit, flags)
    )
    html = html_of("citations", citation_mentions=changed)
    assert "1 chỗ in khác thường" in html
    assert said in html


def test_plan_that_cites_nothing_says_so() -> None:
    cited = TABLES["citations"]
    html = html_of("citations", citations=cited[cited["locality"] != "gia-lai"])
    assert "Không thấy văn bản nào được dẫn." in html


def test_overview_sets_documents_against_plans() -> None:
    html = html_of("citations", "")
    row = re.search(r'<th scope="row">20-NQ/TW</th>(.*)</tr>', html)
    assert row
    assert row[1].count("thực hiện, 1 lượt") == 3
    assert 'href="go-cong-tay.html#L1"' in row[1]


@pytest.mark.parametrize("locality", ["gia-lai", "dong-nai", ""])
def test_sections_are_short(locality: str) -> None:
    html = html_of("targets", locality) + html_of("citations", locality)
    assert len(html.encode()) < 40_000
