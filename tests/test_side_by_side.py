"""Plans side by side, and what tells most of a plan: the data behind both, by hand where there is a formula."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from markupsafe import escape

from compare.report import open_report
from compare.report.answers import answers, gap_table, strength_table
from compare.report.answers_across import answers_across
from compare.report.blocks import Fragment, anchor
from compare.report.inputs import Inputs
from compare.report.quotes import missing_families
from compare.report.side_by_side import side_by_side, side_data
from compare.report.subject import common_document, subject
from compare.report.telling import concreteness, telling_gaps, telling_strengths, weights
from report_tables import HOSTILE, data, report_tables

TABLES = report_tables()


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return open_report("", processed=data()).inputs


def html_of(section: str, locality: str = "", language: str = "vi") -> str:
    report = open_report(locality, language, data())
    return "\n".join(block.html for block in report.blocks(section) if isinstance(block, Fragment))


# Side by side


def test_every_family_has_a_cell_a_place_in_the_order_of_the_report(inputs: Inputs) -> None:
    found = side_data(inputs)
    assert [place["id"] for place in found["places"]] == inputs.localities
    assert {family for family, *_ in found["families"]} == set(TABLES["families"]["family_id"])
    assert [pillar for _, _, pillar, _ in found["families"]] == [1] * 4 + [2] * 4 + [3] * 4 + [4, 4, 5, 0]
    assert all(len(cells) == 4 for *_, cells in found["families"])


def test_cells_say_who_decided_and_what_is_only_a_part(inputs: Inputs) -> None:
    cells = {family: cells for family, _, _, cells in side_data(inputs)["families"]}
    assert cells["khen-thuong"][0] == ["partial", [["dak-nong/annex/1.3", 0, "auto", "70%", []]]]
    assert cells["chuyen-muc"][0] == ["gap", []]
    assert cells["chuyen-muc"][1] == ["covered", [["dong-nai/annex/1.2", 1, "stale", "95%", []]]]


def test_words_that_a_reader_quoted_travel_with_a_part(inputs: Inputs) -> None:
    note = "reviewed by An; “liên kết theo chuỗi” và “doanh nghiệp”"
    members = TABLES["memberships"].assign(evidence=note, origin="reviewed", match="part")
    changed = replace(inputs, tables={**inputs.tables, "memberships": members})
    cells = {family: cells for family, _, _, cells in side_data(changed)["families"]}
    assert cells["lien-ket"][0][1][0][4] == ["liên kết theo chuỗi", "doanh nghiệp"]


def test_data_do_not_depend_on_the_order_of_rows(inputs: Inputs) -> None:
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in inputs.tables.items()}
    other = side_data(replace(inputs, tables=turned))
    assert json.dumps(other, sort_keys=True) == json.dumps(side_data(inputs), sort_keys=True)


def test_every_task_of_the_data_stands_in_the_list_of_tasks(inputs: Inputs) -> None:
    ids = set(re.findall(r'<tr id="([^"]+)"', html_of("source")))
    assert set(side_data(inputs)["tasks"]) == ids


def test_plans_that_compare_best_are_chosen_first(inputs: Inputs) -> None:
    made = side_by_side(inputs)[1]
    settings = json.loads(re.search(r'id="beside-settings">(.*?)</script>', made.html, re.S)[1])
    assert settings["first"] == ["dong-nai", "gia-lai"]
    assert settings["heads"][-1] == "Dòng nguồn"
    assert made.bundle()[1] == {"script": "side_by_side.js"}


@pytest.mark.parametrize(("language", "said"), [("vi", "Trình duyệt không chạy"), ("en", "does not run")])
def test_page_without_script_says_where_the_evidence_is(language: str, said: str) -> None:
    note = re.search(r"<noscript>(.*?)</noscript>", html_of("side_by_side", language=language), re.S)[1]
    assert said in note
    assert set(re.findall(r'href="#([^"]+)"', note)) == {"coverage_all", "task_list"}


# What tells most


def _plans(**levels: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"locality": place, "level": level, "implements": "20-NQ/TW"} for place, level in levels.items()
    )


def _tasks(**leads: str) -> pd.DataFrame:
    """Make tasks, one a locality: a lead, a time and a product where a lead is given."""
    return pd.DataFrame(
        {"task_id": f"{place}/1", "locality": place, "leads": lead, "lead_inferred": False,
         "timeline_kind": "year" if lead else "", "product": "Kế hoạch" if lead else ""}
        for place, lead in leads.items()
    )  # fmt: skip


def _members(*rows: tuple[str, str, str, float, str]) -> pd.DataFrame:
    names = ["family_id", "task_id", "match", "probability", "origin"]
    return pd.DataFrame(rows, columns=names).assign(evidence="")


def _coverage(near: float = 0.25, **marks: str) -> pd.DataFrame:
    status = {"c": "covered", "p": "partial", "r": "review", "g": "gap"}
    return pd.DataFrame(
        {"family_id": family, "locality": place, "status": status[mark], "nearest_probability": near}
        for family, letters in marks.items()
        for place, mark in zip("abc", letters, strict=True)
    )


def test_gap_score_is_weight_times_sureness_by_hand() -> None:
    plans, tasks = _plans(a="province", b="province", c="district"), _tasks(a="x", b="x", c="x")
    members = _members(("f", "b/1", "whole", 0.8, "auto"), ("f", "c/1", "part", 0.9, "reviewed"),
                       ("g", "c/1", "whole", 0.9, "reviewed"))  # fmt: skip
    coverage = _coverage(f="gcp", g="ggc", h="ggg")
    found = telling_gaps(coverage, members, tasks, plans, "a")
    assert found["family_id"].tolist() == ["f", "g"]
    assert found["places"].tolist() == [["b", "c"], ["c"]]
    # 1 - 0.25 sure that it is absent; b says it with 0.8, c of another level with half a weight
    assert found["score"].tolist() == pytest.approx([0.75 * (1 * 0.8 + 0.5 * 1), 0.75 * 0.5])


def test_gap_of_a_plan_that_was_read_is_sure() -> None:
    plans, tasks = _plans(a="province", b="province", c="district"), _tasks(a="x", b="x", c="x")
    members = _members(("f", "b/1", "whole", 0.8, "reviewed"), ("e", "a/1", "whole", 0.8, "reviewed"))
    found = telling_gaps(_coverage(e="cgg", f="gcg"), members, tasks, plans, "a")
    assert found["score"].tolist() == [1.0]


def test_gap_with_a_close_passage_stands_behind_all_others() -> None:
    plans, tasks = _plans(a="province", b="province", c="district"), _tasks(a="x", b="x", c="x")
    members = _members(("f", "b/1", "whole", 0.8, "reviewed"), ("f", "c/1", "whole", 0.8, "reviewed"),
                       ("g", "c/1", "part", 0.5, "auto"), ("e", "a/1", "whole", 0.8, "reviewed"))  # fmt: skip
    coverage = _coverage(e="cgg", f="gcc", g="ggp")
    coverage.loc[(coverage["family_id"] == "f") & (coverage["locality"] == "a"), "nearest_probability"] = 0.97
    tables = (coverage, members, tasks, plans, "a")
    assert telling_gaps(*tables)["family_id"].tolist() == ["f", "g"]
    found = telling_gaps(*tables, nearly=0.3)
    assert found["family_id"].tolist() == ["g", "f"]
    assert found["close"].tolist() == [False, True]
    assert telling_gaps(*tables, nearly=0.98)["family_id"].tolist() == ["f", "g"]


def test_doubtful_family_is_no_gap() -> None:
    plans, tasks = _plans(a="province", b="province", c="district"), _tasks(a="x", b="x", c="x")
    members = _members(("f", "b/1", "whole", 0.8, "auto"))
    assert telling_gaps(_coverage(f="rcg"), members, tasks, plans, "a").empty


def test_strength_counts_who_is_silent_and_who_is_vaguer_by_hand() -> None:
    plans, tasks = _plans(a="province", b="province", c="district"), _tasks(a="x", b="", c="x")
    members = _members(("f", "a/1", "whole", 0.9, "reviewed"), ("f", "b/1", "part", 0.9, "reviewed"))
    found = telling_strengths(_coverage(f="cpg"), members, tasks, plans, "a")
    assert found[["family_id", "task_id", "n_silent", "n_vaguer"]].to_numpy().tolist() == [["f", "a/1", 1, 1]]
    # own 1; b a bare part, 0.25 / 2; c is silent and of another level: half of a half
    assert found["score"].tolist() == pytest.approx([(1 - 0.125) + 0.5 * 0.5])


@pytest.mark.parametrize(
    ("lead", "match", "marks"), [("nhom", "whole", "cgg"), ("x", "part", "pgg"), ("", "whole", "cgg")]
)
def test_no_strength_without_a_named_lead_and_a_task_of_its_own(lead: str, match: str, marks: str) -> None:
    plans, tasks = _plans(a="province", b="province", c="district"), _tasks(a=lead, b="x", c="x")
    members = _members(("f", "a/1", match, 0.9, "reviewed"))
    assert telling_strengths(_coverage(f=marks), members, tasks, plans, "a", ["nhom"]).empty


def test_work_that_all_state_as_concretely_is_no_strength() -> None:
    plans, tasks = _plans(a="province", b="province", c="district"), _tasks(a="x", b="x", c="x")
    members = _members(*(("f", f"{place}/1", "whole", 0.9, "reviewed") for place in "abc"))
    assert telling_strengths(_coverage(f="ccc"), members, tasks, plans, "a").empty


def test_inferred_lead_is_no_named_one() -> None:
    tasks = _tasks(a="x").assign(lead_inferred=True)
    assert concreteness(tasks).tolist() == [0.75]
    assert concreteness(_tasks(a="x"), ["x"]).tolist() == [0.75]


@pytest.mark.parametrize(
    ("kind", "said"), [("annual", 1.0), ("other", 1.0), ("from", 1.0), ("ongoing", 0.75)]
)
def test_ongoing_work_states_no_time(kind: str, said: float) -> None:
    tasks = _tasks(a="x").assign(timeline_kind=kind)
    assert concreteness(tasks).tolist() == [said]


def test_central_documents_weigh_only_where_both_are_known() -> None:
    plans = _plans(a="province", b="province", c="province").assign(implements=["20-NQ/TW", "70-KL/TW", ""])
    assert weights(plans, "a") == {"b": 0.5, "c": 1.0}


def test_subject_is_the_title_that_most_plans_of_one_central_document_print(inputs: Inputs) -> None:
    cited = inputs["citations"].assign(
        title=lambda t: t["number"].map({"20-NQ/TW": "kinh tế tập thể"}).fillna("")
    )
    titled = replace(inputs, tables={**inputs.tables, "citations": cited})
    said = "Phần lớn văn bản (3 trong 4) thực hiện Nghị quyết số 20-NQ/TW về kinh tế tập thể."
    assert subject(titled) == said
    assert re.sub("<[^>]+>", "", subject(titled, linked=True)) == said
    english = subject(replace(titled, language="en"))
    assert english.startswith("Most plans (3 of 4) implement Resolution")
    assert '“<span lang="vi">kinh tế tập thể</span>”' in english


def test_no_subject_without_a_title_or_a_document_of_most(inputs: Inputs) -> None:
    assert subject(inputs) == ""  # nobody prints a title
    half = pd.DataFrame({"implements": ["20-NQ/TW", "70-KL/TW"]})
    assert common_document(half, pd.DataFrame({"number": ["20-NQ/TW"], "title": ["x"]})) == ("", "", 0)


def test_order_of_rows_does_not_change_what_tells() -> None:
    names = ("coverage", "memberships", "tasks", "documents")
    tables = [TABLES[name] for name in names]
    turned = [table.iloc[::-1].reset_index(drop=True) for table in tables]
    for telling in (telling_gaps, telling_strengths):
        pd.testing.assert_frame_equal(telling(*tables, "gia-lai"), telling(*turned, "gia-lai"))


# The first screen


def test_first_screen_says_what_the_plan_is_and_how_complete(inputs: Inputs) -> None:
    found = answers(inputs, "gia-lai")
    assert re.sub("<[^>]+>", "", found["identity"]) == (
        "Ủy ban nhân dân tỉnh Gia Lai (cấp tỉnh), văn bản số 655/KH-UBND, ban hành 23/03/2023: 11 nhiệm vụ. "
        "Thực hiện Nghị quyết số 20-NQ/TW và Nghị quyết số 09/NQ-CP. Xem các nhiệm vụ"
    )
    assert found["complete"][0].startswith("Văn bản nêu 10 trong 15 đầu việc")
    assert found["complete"][1].startswith(
        "Thấp hơn mọi địa phương cùng cấp và cùng văn bản trung ương (Đồng Nai;"
    )


def test_plan_without_like_is_not_ranked(inputs: Inputs) -> None:
    found = answers(inputs, "go-cong-tay")
    assert "văn bản không ghi số, không ghi ngày ban hành" in found["identity"]
    assert found["complete"][1].startswith("Không có địa phương nào cùng cấp")


@pytest.mark.parametrize("locality", ["gia-lai", "dong-nai", "go-cong-tay"])
def test_first_screen_links_to_evidence_in_the_same_file(locality: str) -> None:
    report = open_report(locality, processed=data())
    first, document = (block.html for block in report.blocks("document"))
    targets = set(re.findall(r'href="#([^"]+)"', first))
    tasks = {anchor(task) for task, row in report.inputs.tasks.items() if row["locality"] == locality}
    gaps = {f"gap-{family}" for family in missing_families(report.inputs, locality, "gap")["family_id"]}
    families = {f"family-{family}" for family in report.inputs.names.families}
    assert targets & gaps
    assert targets & tasks
    assert targets & families
    assert 'id="caveats"' in document
    assert targets <= tasks | gaps | families | {"L1", "caveats", "table-completeness", *report.sections}


@pytest.mark.parametrize(
    ("origin", "said"),
    [("reviewed", "Người rà soát đã đọc cả 11"), ("auto", "Chưa có người")],
)
def test_first_screen_says_how_sure(inputs: Inputs, origin: str, said: str) -> None:
    members = TABLES["memberships"].assign(origin=origin)
    changed = replace(inputs, tables={**inputs.tables, "memberships": members})
    assert answers(changed, "gia-lai")["sure"].startswith(said)


def test_first_screen_escapes_titles(inputs: Inputs) -> None:
    shown = "".join(str(item["what"]) for item in answers(inputs, "gia-lai")["gaps"])
    assert "<script>" not in shown
    assert HOSTILE.split("<")[0] in shown


def test_overview_says_of_each_plan_what_it_lacks_and_states_best(inputs: Inputs) -> None:
    found = answers_across(inputs)
    for key, table in (("gaps", gap_table), ("strengths", strength_table)):
        first = {place: table(inputs, place).head(1)["family_id"].tolist() for place in inputs.localities}
        wanted = [(place, inputs.names.families[told[0]]) for place, told in first.items() if told]
        assert len(found[key]) == len(wanted) > 0
        for item, (place, title) in zip(found[key], wanted, strict=True):
            assert f'<a href="{place}.html">' in item["what"]
            assert escape(title) in item["what"]


def test_overview_links_what_it_says_to_tasks_in_the_same_file() -> None:
    html = html_of("documents")
    first = html[: html.index('id="documents"')]
    report = open_report("", processed=data())
    tasks = {anchor(task) for task in report.inputs.tasks}
    targets = set(re.findall(r'href="#([^"]+)"', first))
    assert targets & tasks
    sections = {"caveats", "coverage_all", "families", "gaps_all", "task_list", "table-completeness"}
    assert targets <= tasks | sections | {f"family-{family}" for family in report.inputs.names.families}


def test_overview_says_who_states_most_only_where_plans_differ(inputs: Inputs) -> None:
    assert answers_across(inputs)["complete"].startswith(
        "Trong 2 văn bản cùng cấp, cùng văn bản trung ương, Đồng Nai"
    )
    alike = inputs["coverage"].assign(status="covered")
    changed = replace(inputs, tables={**inputs.tables, "coverage": alike})
    assert not answers_across(changed)["complete"]
    assert answers_across(changed)["gaps"] == []


def test_overview_of_many_plans_names_those_that_tell_most(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.report.answers_across.N_PLACES", 1)
    (gap,) = answers_across(inputs)["gaps"]
    scores = {
        p: gap_table(inputs, p)["score"].iloc[0] for p in inputs.localities if len(gap_table(inputs, p))
    }
    assert f'"{max(sorted(scores), key=lambda place: round(scores[place], 9))}.html"' in gap["what"]
