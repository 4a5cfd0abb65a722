"""Reports: what they say, what they refuse, and that a batch is whole, safe and the same each time."""

import ast
import json
import re
import shutil
import string
from dataclasses import replace
from functools import cache
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from compare.errors import ReportError, SchemaError
from compare.figures.style import PALETTE
from compare.labels import read_labels
from compare.report import certainty, comparison, open_report, plan, render_reports
from compare.report.blocks import Block, Fragment
from compare.report.facts import caveats, completeness, family_table, hold_to
from compare.report.index import render_index
from compare.report.inputs import open_inputs
from compare.report.opened import Report
from compare.report.page import export_page
from compare.report.parameters import check_parameters, notebook_parameters
from compare.report.quotes import cited_lines, missing_families
from compare.report.shared import reviewed_note, script_json
from report_tables import HOSTILE, PROJECT, data, page_of, rendered, report_tables, write_data

TABLES = report_tables()
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*_report.ipynb"))


@cache
def report_of(locality: str, **parameters: object) -> Report:
    return open_report(locality, processed=data(), **parameters)


@cache
def blocks_of(section: str, locality: str, **parameters: object) -> list[Block]:
    return report_of(locality, **parameters).blocks(section)


def html_of(section: str, locality: str = "gia-lai", **parameters: object) -> str:
    blocks = blocks_of(section, locality, **parameters)
    return "\n".join(block.html for block in blocks if isinstance(block, Fragment))


# Labels


def test_languages_have_the_same_strings_with_the_same_places() -> None:
    def places(found: str | list[str]) -> set[str]:
        forms = [found] if isinstance(found, str) else found
        return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}

    vi, en = (read_labels(language).strings for language in ("vi", "en"))
    assert vi.keys() == en.keys()
    assert {key for key in vi if places(vi[key]) != places(en[key])} == set()


def test_unknown_language_names_those_there_are() -> None:
    with pytest.raises(ReportError, match=r"unknown language 'fr'; accepted: en, vi"):
        read_labels("fr")


def test_label_leaves_braces_of_values_alone() -> None:
    assert read_labels("vi")("caveat.of", name="{x} {0}") == "Văn bản của {x} {0}"


# Facts


def _coverage(**marks: str) -> pd.DataFrame:
    """Make coverage of localities a, b, c: one letter each a family."""
    status = {"c": "covered", "p": "partial", "r": "review", "g": "gap"}
    rows = [
        {"family_id": family, "locality": place, "status": status[mark], "task_ids": "",
         "nearest_task_id": "", "nearest_probability": 0.0}
        for family, letters in marks.items()
        for place, mark in zip("abc", letters, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_completeness_counts_only_what_others_state() -> None:
    row = completeness(_coverage(f="cpg", g="gcr", h="cgg", i="rgc")).loc["a"]
    assert row[["elsewhere", "stated", "covered", "gap", "review", "unique"]].tolist() == [3, 1, 1, 1, 1, 1]
    assert row["share"] == pytest.approx(1 / 3)


def test_family_table_says_who_else_states_it() -> None:
    families = pd.DataFrame({"family_id": ["f", "g"], "pillar": [0, 2]})
    table = family_table(_coverage(f="gcp", g="crg"), families, "a")
    assert table["family_id"].tolist() == ["g", "f"]  # the implementation stands last
    assert table["others"].tolist() == [[], ["b", "c"]]


def test_higher_least_probability_makes_automatic_statuses_doubtful() -> None:
    coverage, members, tasks = (TABLES[name] for name in ("coverage", "memberships", "tasks"))
    assert hold_to(coverage, members, tasks, 0.0).equals(coverage)
    held = hold_to(coverage, members, tasks, 0.99)
    weak = held[held["status"] != coverage["status"]]
    assert set(weak["status"]) == {"review"}
    reviewed = set(members.loc[members["origin"] == "reviewed", "family_id"])
    assert len(weak)
    assert not reviewed & set(weak["family_id"])


def test_caveats_say_what_keeps_plans_apart() -> None:
    found = caveats(TABLES["documents"], TABLES["tasks"])
    keys = {place: [caveat.key for caveat in own] for place, own in found.items()}
    assert keys == {
        "dak-nong": ["caveat.central", "caveat.year", "caveat.columns"],
        "dong-nai": ["caveat.columns"],
        "gia-lai": ["caveat.columns"],
        "go-cong-tay": ["caveat.level", "caveat.issuer", "caveat.number", "caveat.date", "caveat.annex"],
    }
    assert found["dak-nong"][0].values == {"own": "70-KL/TW", "usual": "20-NQ/TW"}
    assert found["dak-nong"][1].values == {"year": "2020", "usual": "2023"}


@pytest.mark.parametrize(
    ("timed", "products", "rare"), [(4, 1, {}), (4, 0, {"product": "0"}), (0, 4, {"time": "0"})]
)
def test_annex_that_seldom_gives_a_column_is_a_caveat(
    timed: int, products: int, rare: dict[str, str]
) -> None:
    tasks = pd.DataFrame({"locality": "a", "part": "annex", "coordinating": "", "coordinating_text": "các sở",
                          "timeline_text": ["2023"] * timed + [""] * (4 - timed),
                          "product": ["Đề án"] * products + [""] * (4 - products)})  # fmt: skip
    plans = pd.DataFrame({"locality": ["a", "b", "c"], "level": "province", "implements": "", "issuer": "", "number": "1",
                          "issued_on": ["2018-01-02", "2022-03-04", "2023-05-06"]})  # fmt: skip
    found = {caveat.key: caveat.values for caveat in caveats(plans, tasks)["a"]}
    assert found["caveat.year"] == {"year": "2018", "usual": "2022–2023"}
    assert found.get("caveat.columns", {}) == (rare and {"n": "4", **rare})


# Sections


def test_report_names_its_sections() -> None:
    report = open_report("gia-lai", processed=data())
    with pytest.raises(
        ReportError, match=r"unknown section 'gap'; accepted: .*citations, .*targets, .*workload"
    ):
        report.show("gap")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("locality", ["gia-lai", "go-cong-tay", "dak-nong", ""])
def test_every_section_can_be_shown(locality: str, language: str) -> None:
    given = {} if language == "vi" else {"language": language}
    for section in report_of(locality, **given).sections:
        blocks = blocks_of(section, locality, **given)
        assert blocks[0].bundle()[1].keys() == {"anchor", "title"}
        assert json.dumps([block.bundle() for block in blocks])


def test_every_chart_has_a_sentence_above_and_its_data_beneath() -> None:
    for locality in ("gia-lai", "dong-nai", ""):
        for section in report_of(locality).sections:
            blocks = blocks_of(section, locality)
            for i, block in enumerate(blocks):
                if not isinstance(block, Fragment):
                    assert 'class="finding"' in blocks[i - 1].html, section
                    assert "<caption>" in blocks[i + 1].html, section


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("locality", ["gia-lai", "go-cong-tay", "dak-nong", ""])
def test_every_sentence_of_finding_leads_to_what_it_rests_on(locality: str, language: str) -> None:
    """To lines, or to a table, list or section that the same page has."""
    given = {} if language == "vi" else {"language": language}
    html = "".join(html_of(section, locality, **given) for section in report_of(locality, **given).sections)
    ids, n = set(re.findall(r' id="([^"]+)"', html)), 0
    claims = r'((?:<p class="finding">.*?</p>\s*)+)|(?<=<ul class="findings">)(.*?)(?=</ul>)'  # one link for all of a run
    for said in ("".join(found) for found in re.findall(claims, html.split('id="method"')[0], re.S)):
        for claim in re.findall("<li>(.*?)</li>", said, re.S) or [said]:
            targets = re.findall(r'href="(.*?)#([^"]+)"', claim)
            assert targets, claim
            assert not {target for page, target in targets if not page} - ids, claim
            n += len(targets)
    assert n > 30
    assert len(re.findall(' id="table-', html)) == len(set(re.findall(' id="(table-[^"]+)', html)))


def test_overview_keeps_groups_apart_from_named_bodies() -> None:
    rows = TABLES["workload"].query("role == 'lead' and n_tasks > 0")
    groups, nobody = report_of("").inputs.names.groups, {"unnamed", "unresolved"}
    many = rows[rows["agency_id"].isin(groups)]["n_tasks"].sum()
    named = rows[~rows["agency_id"].isin({*groups, *nobody})].groupby("agency_id")["n_tasks"].sum()
    html = html_of("workload", "")
    assert min(many, named.max()) > 1  # else nothing is kept apart here
    assert f"{len(named)} cơ quan được nêu tên chủ trì; nhiều nhất là" in html
    assert f"Các nhóm cơ quan nói chung được giao {many} lượt chủ trì." in html


def test_gap_quotes_the_others_and_links_to_lines_in_the_same_file() -> None:
    html = html_of("gaps")
    assert 'id="gap-giai-the"' in html
    assert "Tiếp tục: Giải thể, sắp xếp lại hợp tác xã ngừng hoạt động" in html
    assert "3/3 địa phương khác nêu" in html
    targets = set(re.findall(r'href="#([^"]+)"', html))
    ids = set(re.findall(r'id="([^"]+)"', html_of("source") + html_of("tasks") + html))
    assert targets <= ids | {"coverage"}


def test_nothing_to_review_is_not_counted() -> None:
    inputs = report_of("gia-lai").inputs
    coverage = TABLES["coverage"].assign(status=TABLES["coverage"]["status"].replace("review", "gap"))
    clear = replace(inputs, tables={**inputs.tables, "coverage": coverage})
    for shown, says in ((inputs, True), (clear, False)):
        blocks = [comparison.gaps(shown, "gia-lai")[0], *plan.key(shown, "gia-lai")]
        said = re.sub(r"\d+ câu hỏi.*", "", " ".join(block.html for block in blocks))
        assert ("cần xem lại" in said) == says, said


def test_gap_near_the_threshold_says_so() -> None:
    inputs = report_of("gia-lai").inputs
    drafted = TABLES["memberships"].assign(origin="auto")
    inputs = replace(inputs, tables={**inputs.tables, "memberships": drafted})
    missing = missing_families(inputs, "gia-lai", "gap")
    near = int((missing["nearest_probability"] > 0.3001).sum())  # three quarters of 0.4
    assert 0 < near < len(missing)
    html = "\n".join(b.html for b in comparison.gaps(inputs, "gia-lai") if isinstance(b, Fragment))
    assert html.count("sát ngưỡng") == near


def test_gap_whose_nearest_task_was_read_is_not_near() -> None:
    html = html_of("gaps")
    assert "Người rà soát đã đọc mục này và không xếp vào đầu việc ấy" in html
    assert "sát ngưỡng" not in html


def test_who_decided_is_said() -> None:
    html = html_of("gaps")
    assert "người rà soát xác nhận" in html
    assert re.search(r"phần mềm đề xuất, xác suất \d+%", html)


def test_program_says_why_and_old_readings_are_marked() -> None:
    html = html_of("gaps", "go-cong-tay")
    assert 'Chứa nhiều từ của đoạn đã đọc gần nhất</th><td class="n">+2,95' in html
    assert "lời văn đã thay đổi" in html
    assert 'title="Người rà soát đã xác nhận theo lời văn cũ' in html


def test_words_that_a_reader_quoted_stand_for_a_bundled_task() -> None:
    note = "reviewed by An; “liên kết theo chuỗi” và “doanh nghiệp”"
    members = TABLES["memberships"].assign(evidence=note, origin="reviewed", match="part")
    inputs = report_of("gia-lai").inputs
    inputs = replace(inputs, tables={**inputs.tables, "memberships": members})
    html = "\n".join(b.html for b in comparison.gaps(inputs, "gia-lai") if isinstance(b, Fragment))
    assert "<p>“liên kết theo chuỗi … doanh nghiệp”</p>" in html


def test_coverage_marks_what_nobody_has_read() -> None:
    html = html_of("coverage")
    assert 'title="phần mềm đề xuất, xác suất 95%">đề xuất</span>' in html
    assert "lời văn đã thay đổi</span>" in html


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("reviewed", "Người rà soát đã đọc cả 11 nhiệm vụ"),
        ("auto", "Chưa có người rà soát nào"),
        ("", "4 trong 11 nhiệm vụ"),
    ],
)
def test_gaps_say_whether_a_reader_read_the_plan(origin: str, said: str) -> None:
    inputs = report_of("gia-lai").inputs
    members = TABLES["memberships"].assign(origin=origin) if origin else TABLES["memberships"]
    note = reviewed_note(replace(inputs, tables={**inputs.tables, "memberships": members}), "gia-lai")
    assert note.startswith(said)


def test_plan_that_nobody_read_is_said_beside_plans_that_were() -> None:
    inputs = report_of("gia-lai").inputs
    members = TABLES["memberships"]
    here = members["task_id"].str.startswith("gia-lai/")
    members = members.assign(origin=here.map({True: "auto", False: "reviewed"}).astype("str"))
    inputs = replace(inputs, tables={**inputs.tables, "memberships": members})
    assert reviewed_note(inputs, "gia-lai").startswith("Chưa có người rà soát nào đọc văn bản này: cả 11")
    assert reviewed_note(inputs, "dong-nai").startswith("Người rà soát đã đọc cả 14")
    assert "11 trong 41 nhiệm vụ chưa có" in reviewed_note(inputs)


def test_thresholds_are_named_where_they_decide() -> None:
    inputs = report_of("").inputs
    assert inputs.limits == {"member": 0.4}
    read = replace(inputs, tables={**inputs.tables, "queue": TABLES["queue"].head(0)})
    assert read.limits == {}
    drafts = TABLES["families"].assign(status="draft")
    cold = replace(inputs, tables={**inputs.tables, "families": drafts})
    assert cold.limits.keys() == {"match", "review"}
    scores = [b.html for b in certainty.scores(inputs) if isinstance(b, Fragment)]
    assert any("vì thuộc cùng một đầu việc" in html for html in scores)
    assert not any("vì thuộc cùng" in b.html for b in certainty.scores(cold) if isinstance(b, Fragment))


def test_method_stands_in_the_file_as_json_too() -> None:
    """What a program would collect: parameters, thresholds as used, figures of the last evaluation, hashes."""
    found = re.search(r'id="method-facts">(?P<facts>.*?)</script>', html_of("method"), re.DOTALL)
    facts = json.loads(found["facts"]) if found else {}
    used = TABLES["settings"].set_index("name")["value"]
    assert facts["parameters"] == {"locality": "gia-lai", "language": "vi", "min_probability": 0.0}
    assert facts["thresholds"] == {name: used[name] for name in facts["thresholds"]}
    assert {"member_at", "match_at", "doubt_at"} <= facts["thresholds"].keys()
    assert facts["quality"]["left_out"]["mean"]["pair_f1"] == [0.82, 0.75, 0.88]
    assert facts["quality"]["summary"]["expected calibration error"]["value"] == [0.03]
    assert set(facts["tables"]) == set(report_of("gia-lai").inputs.hashes)
    assert len(facts["sources"]) == len(TABLES["documents"])


def test_inferred_lead_is_marked() -> None:
    assert "suy ra" in html_of("tasks", "dong-nai")


def test_document_with_blanks_says_so() -> None:
    html = html_of("document", "go-cong-tay")
    assert html.count("không ghi trong bản được đọc") == 2
    assert "Văn bản này là của cấp huyện" in html


def test_correction_is_shown_with_its_reason() -> None:
    html = html_of("defects")
    assert "Tên in &lt;sai&gt;" in html
    assert "Liên minh Hợp tác xã tỉnh" in html


def test_min_probability_changes_the_report() -> None:
    def counted(least: float) -> str:
        return re.search(r"<strong>(\d+/\d+)</strong>", html_of("key", min_probability=least))[1]

    assert counted(0.0) != counted(0.99)


def test_only_agencies_of_the_same_level_are_compared() -> None:
    assert "Không có địa phương cùng cấp" in html_of("workload", "go-cong-tay")
    assert "tỉ lệ bình quân ở các địa phương cùng cấp: Đắk Nông và Đồng Nai" in html_of("workload")


def test_tasks_that_name_nobody_are_said_and_are_no_agency() -> None:
    html = html_of("workload")
    assert "Số việc không nêu ai phối hợp: 1." in html
    assert "Số việc không nêu ai chủ trì" not in html
    assert re.search(r"Không nêu tên cơ quan</th>\s*<td>–</td>", html)


def test_cited_lines_are_those_of_the_quoted_tasks() -> None:
    inputs = report_of("gia-lai").inputs
    rows = missing_families(inputs, "gia-lai", "gap")
    assert rows["family_id"].tolist()[0] == "giai-the"
    assert cited_lines(inputs, "gia-lai")["go-cong-tay"] == [1, 9, 13]  # its level (a caveat), a goal, a task


@pytest.mark.parametrize("section", ["tasks", "coverage", "gaps", "unique", "source"])
@pytest.mark.parametrize("locality", ["dong-nai", "gia-lai"])
def test_text_of_documents_is_escaped(section: str, locality: str) -> None:
    html = html_of(section, locality)
    assert "<script>alert" not in html
    assert "<b>đậm" not in html


def test_english_report_marks_vietnamese_text() -> None:
    html = html_of("tasks", language="en")
    assert '<td class="text" lang="vi">' in html
    assert "Tasks: 1. Awareness" in html


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"locality": "gialai"},
            "unknown locality 'gialai'; accepted: dak-nong, dong-nai, gia-lai, go-cong-tay",
        ),
        ({"locality": "gia-lai", "language": "de"}, "unknown language 'de'"),
        ({"locality": "gia-lai", "min_probability": 1.5}, "from 0 to 1 wanted, found 1.5"),
    ],
)
def test_report_refuses(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ReportError, match=re.escape(message)):
        open_report(**arguments, processed=data())


def test_report_refuses_tables_of_other_documents(tmp_path: Path) -> None:
    processed = write_data(tmp_path / "data")
    (tmp_path / "data" / "raw" / "gia-lai.txt").write_text("KẾ HOẠCH khác\n", encoding="utf-8")
    with pytest.raises(ReportError, match=r"other documents of \['gia-lai'\]; run: doichieu build"):
        open_report("gia-lai", processed=processed)


def test_report_needs_the_tables(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="build it first"):
        open_report("gia-lai", processed=tmp_path)


# Notebooks and parameters


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_thin(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) <= 12
    assert sum(len(cell.source.splitlines()) for cell in code) <= 40
    banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While)
    assert not [n for cell in code for n in ast.walk(ast.parse(cell.source)) if isinstance(n, banned)]
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_shows_every_section_once(path: Path) -> None:
    source = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code")
    shown = [
        name
        for call in re.findall(r"report\.show\(([^)]*)\)", source)
        for name in ast.literal_eval(f"[{call}]")
    ]
    locality = "gia-lai" if path.stem.startswith("locality") else ""
    assert sorted(shown) == sorted(open_report(locality, processed=data()).sections)


def test_parameters_are_those_of_the_cell() -> None:
    assert list(notebook_parameters(NOTEBOOKS[0])) == [
        "locality",
        "language",
        "processed",
        "min_probability",
        "before",
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"min_prob": 0.5}, "unknown parameter 'min_prob'; accepted: before, min_probability"),
        ({"locality": "gia-lai"}, "unknown parameter 'locality'"),
        ({"min_probability": "much"}, "parameter 'min_probability': float wanted, found 'much'"),
        ({"min_probability": True}, "float wanted, found True"),
    ],
)
def test_parameter_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ReportError, match=re.escape(message)):
        check_parameters(given, notebook_parameters(NOTEBOOKS[0]))


@pytest.mark.parametrize("value", [1, "1", "1.0", 1.0])
def test_parameter_is_brought_to_its_type(value: object) -> None:
    found = check_parameters({"min_probability": value}, notebook_parameters(NOTEBOOKS[0]))
    assert found == {"min_probability": 1.0}
    assert isinstance(found["min_probability"], float)


def test_unknown_names_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    common = {"processed": data(), "out": tmp_path / "out", "notebooks": PROJECT / "notebooks"}
    with pytest.raises(ReportError, match="unknown locality 'hanoi'"):
        render_reports(["hanoi"], **common)
    with pytest.raises(ReportError, match="unknown parameter"):
        render_reports(parameters={"colour": 1}, **common)
    with pytest.raises(ReportError, match="jobs: a number from 1"):
        render_reports(jobs=0, **common)
    with pytest.raises(ReportError, match="notebook wanted at"):
        render_reports(**{**common, "notebooks": tmp_path})
    assert not list(tmp_path.rglob("*.html"))
    assert not list(tmp_path.rglob(".making*"))


# Pages


def _notebook(*outputs: dict[str, object]) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_markdown_cell("# for explorers"), nbformat.v4.new_code_cell("secret = 1")]
    found = [nbformat.v4.new_output("display_data", data=o, metadata=m) for o, m in outputs]
    cells[1]["outputs"] = [*found, nbformat.v4.new_output("stream", text="noise")]
    return nbformat.v4.new_notebook(cells=cells)


def test_page_holds_only_what_was_shown() -> None:
    head = ({"text/html": "<h1>Gia Lai</h1>"}, {"anchor": "top", "title": "Gia <Lai>"})
    page = export_page(_notebook(head), "vi", "abc")
    assert "<title>Gia &lt;Lai&gt;</title>" in page
    assert '<html lang="vi">' in page
    assert "<h1>Gia Lai</h1>" in page
    assert not [word for word in ("explorers", "secret", "noise", 'id="plotly"') if word in page]


def test_json_in_a_script_cannot_end_it() -> None:
    text = str(script_json({"a": HOSTILE, "b": "<!--\u2028"}))
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text)["a"] == HOSTILE


@pytest.mark.slow
def test_page_is_one_safe_file() -> None:
    page = (rendered() / "gia-lai.html").read_text(encoding="utf-8")
    bare = re.sub(r'<script type="application/octet-stream".*?</script>', "", page, flags=re.S)
    assert page.count('id="plotly"') == 1
    assert len(page.encode()) < 2_500_000
    assert not re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?(?:https?:)?//', bare)
    assert str(PROJECT) not in page
    assert str(data()) not in page
    assert "<script>alert" not in bare
    for text in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', bare, flags=re.S):
        json.loads(text)
    ids = re.findall(r'\sid="([^"]+)"', bare)
    assert len(ids) == len(set(ids))
    links = re.sub(r"<style>.*?</style>", "", bare, flags=re.S)  # a selector may name a link
    assert set(re.findall(r'href="#([^"]+)"', links)) <= set(ids)


@pytest.mark.slow
@pytest.mark.parametrize(("stem", "locality"), [("gia-lai", "gia-lai"), ("overview", "")])
def test_a_kernel_adds_nothing_to_the_page(stem: str, locality: str) -> None:
    """Other tests may therefore make a page without one."""
    assert page_of(locality, data()).encode() == (rendered() / f"{stem}.html").read_bytes()


@pytest.mark.slow
def test_another_index_of_the_same_pages_has_the_same_bytes(tmp_path: Path) -> None:
    for stem in ("gia-lai", "overview"):
        shutil.copy(rendered() / f"{stem}.html", tmp_path)
    made = render_index(open_inputs(data()), tmp_path)
    assert made.read_bytes() == (rendered() / "index.html").read_bytes()


@pytest.mark.parametrize(("state", "said"), [("missing", 0), ("made", 0), ("old", 1)])
def test_index_links_the_workbook_that_there_is(state: str, said: int, tmp_path: Path) -> None:
    inputs = open_inputs(data())
    page = render_index(inputs, tmp_path, state).read_text(encoding="utf-8")
    assert ('href="doi-chieu.xlsx"' in page) == (state != "missing")
    assert page.count(inputs.labels("index.old")) == said


@pytest.mark.slow
def test_page_carries_the_colours_of_the_figures() -> None:
    for name in ("gia-lai.html", "index.html"):
        page = (rendered() / name).read_text(encoding="utf-8")
        for light, dark in PALETTE.values():
            assert f": {light};" in page
            assert f": {dark};" in page


@pytest.mark.slow
def test_index_links_what_there_is() -> None:
    page = (rendered() / "index.html").read_text(encoding="utf-8")
    assert '<a href="gia-lai.html">Mở báo cáo Gia Lai</a>' in page
    assert '<a href="overview.html">Mở trang tổng quan</a>' in page
    assert 'href="dong-nai.html"' not in page
    assert page.count("Chưa lập báo cáo") == 3
    assert not (rendered() / "failed").exists()


@pytest.mark.slow
def test_run_from_a_script_without_guard_says_what_it_made_and_leaves_nothing_else() -> None:
    """That another run gives the same bytes is seen where a page is made without a kernel."""
    said = (rendered().parent / "reports.said").read_text(encoding="utf-8")
    assert "gia-lai made" in said
    assert "overview made" in said
    assert {p.name for p in rendered().iterdir()} == {
        "gia-lai.html", "overview.html", "index.html", "manifest.json", ".lock",
    }  # fmt: skip


@pytest.mark.slow
def test_reports_that_were_made_are_found_unchanged(capsys: pytest.CaptureFixture[str]) -> None:
    out = rendered()
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    paths = render_reports(["gia-lai"], processed=data(), out=out, notebooks=PROJECT / "notebooks")
    assert [path.name for path in paths] == ["gia-lai.html", "overview.html", "index.html"]
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == {
        **before,
        ".lock": (out / ".lock").stat().st_mtime_ns,
    }
    assert "gia-lai unchanged" in capsys.readouterr().err


@pytest.mark.slow
def test_failed_report_leaves_the_others_and_its_notebook(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks")
    for path in (tmp_path / "notebooks").glob("*_report.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = notebook.cells[:3]  # title, parameters explained, parameters
        stop = 'assert locality != "gia-lai"' if path.stem.startswith("locality") else "pass"
        notebook.cells.append(nbformat.v4.new_code_cell(stop, id="stop"))
        head = "from IPython.display import display\ndisplay({'text/html': '<h1>x</h1>'}, raw=True, "
        head += "metadata={'anchor': 'top', 'title': 'x'})"
        notebook.cells.append(nbformat.v4.new_code_cell(head, id="show"))
        nbformat.write(notebook, path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "gia-lai.html").write_text("of before")
    with pytest.raises(ReportError, match=r"1 of the reports failed: gia-lai \(.*AssertionError"):
        render_reports(["gia-lai"], 1, processed=data(), out=out, notebooks=tmp_path / "notebooks")
    assert (out / "gia-lai.html").read_text() == "of before"
    assert {p.name for p in out.iterdir()} == {
        "gia-lai.html", "overview.html", "index.html", "failed", "manifest.json", ".lock",
    }  # fmt: skip
    failed = nbformat.read(out / "failed" / "gia-lai.ipynb", as_version=4)
    assert any("AssertionError" in str(cell.get("outputs")) for cell in failed.cells)
    index = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="failed/gia-lai.ipynb"' in index
    assert 'href="gia-lai.html"' not in index
