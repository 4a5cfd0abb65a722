"""The sections on the load: their sentences and tables hold what the tables hold."""

import re
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from compare.figures import Names, plot_merged_load, plot_peaks
from compare.figures.mergers import held_counts
from compare.figures.peaks import period_word
from compare.labels import read_labels
from compare.report import open_report
from compare.report.blocks import Fragment
from compare.report.load.grounds import Sources
from compare.report.load.lists import carried, task_list
from compare.report.load.spread import concentration
from compare.report.load.today import today
from compare.workload import assignments, merged_load, overload, task_carriers, work_by_carrier
from report_tables import HOSTILE, data, report_tables

TABLES = report_tables()
SECTIONS = ("concentration", "links", "peaks", "today")
MERGED = pd.DataFrame(
    [
        ("a", "lead", "so-z", "merged", "so-x;so-y", "2;3", "so-y", 5, 4, 1, "a/1;a/2;a/3;a/4"),
        ("a", "lead", "nhom", "same", "nhom", "6", "", 6, 6, 0, "a/5"),
        ("a", "lead", "", "unverified", "so-v", "1", "", 1, 1, 0, "a/6"),
        ("b", "lead", "so-z", "moved", "so-x", "2", "", 2, 2, 0, "b/1;b/2"),
    ],
    columns=[
        *("locality", "role", "holder_id", "outcome", "agencies", "n_each", "loose"),
        *("n_before_sum", "n_after", "n_shared", "task_ids"),
    ],
)


def html_of(section: str, locality: str = "gia-lai", language: str = "vi") -> str:
    report = open_report(locality, language, data())
    return "\n".join(block.html for block in report.blocks(section) if isinstance(block, Fragment))


def _text(cell: str) -> str:
    return re.sub(r"<.*?>", "", cell).strip()


def rows_of(html: str, name: str) -> list[list[str]]:
    """Read the rows of a table by its name."""
    table = re.search(rf'<table data-name="{name}".*?</table>', html, re.S)
    assert table, name
    body = table[0].split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [[_text(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S)] for row in rows]


def test_every_link_of_the_sections_leads_to_a_task_of_the_report() -> None:
    html = "".join(html_of(section) for section in (*SECTIONS, "workload"))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    ids = set(re.findall(r'id="([^"]+)"', html_of("tasks") + html_of("source") + html))
    assert targets
    assert targets <= ids


def test_the_overview_links_to_tasks_of_every_locality() -> None:
    html = "".join(html_of(section, "") for section in ("leads", "today"))
    targets = set(re.findall(r'<a href="#([^"]+)"', html))
    assert {target.split("/")[0] for target in targets} == set(TABLES["documents"]["locality"])
    assert targets <= set(re.findall(r'id="([^"]+)"', html_of("source", "")))


def test_a_workload_row_links_to_as_many_tasks_as_it_counts() -> None:
    found = rows_of(html_of("workload"), "gia-lai-lead")
    html = html_of("workload")
    table = re.search(r'<table data-name="gia-lai-lead".*?</table>', html, re.S)
    assert table
    links = [row.count("<a ") for row in re.findall(r"<tr>(.*?)</tr>", table[0].split("<tbody>")[1], re.S)]
    assert links == [int(row[2]) for row in found]


def test_who_carries_adds_up_to_the_counted_tasks() -> None:
    rows = rows_of(html_of("concentration"), "gia-lai-carriers")
    own = TABLES["tasks"][TABLES["tasks"]["locality"] == "gia-lai"]
    assert sum(int(row[1]) for row in rows) == sum(int(row[3]) for row in rows) == len(own)
    assert f"Chủ trì, trong {len(own)} việc:" in html_of("concentration")


def test_task_carriers_are_what_work_by_carrier_counts() -> None:
    tasks = TABLES["tasks"]
    found = task_carriers(tasks).merge(tasks[["task_id", "locality"]])
    counts = work_by_carrier(tasks).set_index(["locality", "role"])
    named = found[found["carrier"] == "one_body"].groupby(["locality", "role"]).size()
    assert named.to_dict() == {key: n for key, n in counts["n_one_body"].items() if n}


def test_links_are_counted_from_both_sides() -> None:
    html, links = html_of("links"), TABLES["agency_links"]
    own = links[links["locality"] == "gia-lai"]
    for side in ("lead", "coordinating"):
        rows = rows_of(html, f"gia-lai-links-{side}")
        assert sum(int(row[1]) for row in rows) == len(own)
        assert len(rows) == own[f"{side}_id"].nunique()
    assert f"{len(own)} cặp chủ trì – phối hợp" in html


def test_a_pair_with_a_group_has_no_task_links_but_a_count() -> None:
    row = next(row for row in rows_of(html_of("links"), "gia-lai-links-lead") if "(nhóm)" in row[3])
    assert re.search(r"\(nhóm\): \d+(;|$)", row[3])


def test_peaks_say_when_nothing_falls_due_and_what_the_threshold_is() -> None:
    due = overload(TABLES["tasks"])
    for place in TABLES["documents"]["locality"]:
        own, html = due[due["locality"] == place], html_of("peaks", place)
        assert "quy ước" in html
        if own["signal"].any():
            assert "Có từ 3 việc" in html
        else:
            assert "Không" in html.split('class="finding">')[1]


def test_a_quarter_is_written_in_the_language() -> None:
    assert period_word(read_labels("en"), "2024-Q1") == read_labels("en").due("2024-03", "quarter")
    rows = [
        ("a", "so-x", "2024-Q1", 2, False),
        ("a", "so-x", "2023", 1, False),
        ("a", "so-y", "2023-Q4", 4, True),
    ]
    names = ["locality", "agency_id", "period", "n_due", "signal"]
    figure = plot_peaks(pd.DataFrame(rows, columns=names), "a")
    ticks = [tick.replace("<br>", " ") for tick in figure.layout.xaxis.ticktext]
    assert ticks == ["Quý IV/2023", "năm 2023 (chỉ ghi năm)", "Quý I/2024"]
    assert list(figure.layout.yaxis.ticktext) == ["so-y", "so-x"]
    (cells,) = figure.data
    assert [list(row) for row in cells.z] == [[10, 0, 0], [0, 1, 1]]  # a signal dark, 1 and 2 alike pale
    assert "(n = 7" in figure.layout.title.text


def test_no_unverified_holder_is_named_as_a_fact() -> None:
    rows = [row for row in rows_of(html_of("today"), "gia-lai-today") if row[0].startswith("Liên minh")]
    assert [row[1:4] for row in rows] == [["chưa kiểm chứng", "chưa kiểm chứng", "–"]]
    assert "Chưa kiểm chứng được nơi giữ" in html_of("today")


def test_printed_names_stand_beside_today_s_holder() -> None:
    rows = {row[0]: row for row in rows_of(html_of("today"), "gia-lai-today")}
    moved = rows["so-nong-nghiep-ptnt"]
    assert moved[1:4] == ["Sở Nông nghiệp và Môi trường", "chuyển về một nơi", "01/03/2025"]
    loose = next(row for row in rows.values() if row[1].startswith("UBND các xã"))
    assert loose[2] == "tương ứng một phần: phần lớn, không phải tất cả"
    assert rows["so-tai-chinh"][2] == "cùng tên, đã sắp xếp lại"
    own = TABLES["tasks"][TABLES["tasks"]["locality"] == "gia-lai"]
    assert int(moved[4]) == (own["leads"] == "so-nong-nghiep-ptnt").sum()
    assert "<script>alert" not in html_of("today")


def test_a_task_that_points_to_no_part_of_a_split_agency_is_counted_with_no_part() -> None:
    inputs = open_report("gia-lai", processed=data()).inputs
    task = inputs["holders"].query("locality == 'gia-lai' and role == 'lead'").iloc[0]
    parts = [("", "unverified", "báo chí"), ("so-khoa-hoc-cong-nghe", "several", "thông tin")]
    rows = [dict(task) | {"holder_id": h, "outcome": o, "content": c, "chosen": False} for h, o, c in parts]
    tables = {**inputs.tables, "holders": pd.DataFrame(rows)}
    blocks = today(replace(inputs, tables=tables), "gia-lai")
    html = "\n".join(block.html for block in blocks if isinstance(block, Fragment))
    found = [(row[2], row[4]) for row in rows_of(html, "gia-lai-today")]
    assert found == [
        ("chia cho nhiều nơi", "0"),
        ("chưa kiểm chứng", "0"),
        ("chưa xác định được theo lời văn", "1"),
    ]


def test_a_locality_whose_territory_nobody_looked_up_is_said_so() -> None:
    inputs = open_report("gia-lai", processed=data()).inputs
    rows = inputs.reference.locality_successions
    reference = replace(inputs.reference, locality_successions=rows[rows["locality"] != "gia-lai"])
    said = str(today(replace(inputs, reference=reference), "gia-lai")[0])
    assert "Địa bàn: chưa tra được" in said
    assert "Địa bàn: chưa tra được" not in str(today(inputs, "gia-lai")[0])


def test_the_indices_of_a_load_are_explained_in_the_fold_that_holds_them_not_in_its_sentences() -> None:
    inputs = open_report("gia-lai", processed=data()).inputs
    agencies = inputs.reference.agencies
    bodies = agencies.loc[agencies["kind"] == "body", "agency_id"].head(6)
    workload = pd.DataFrame({"agency_id": bodies, "n_tasks": (4, 3, 3, 3, 2, 2)})
    workload["share"] = workload["n_tasks"] / 17
    workload = workload.assign(
        locality="gia-lai", role="lead", n_sole=0, n_joint=0, n_recurring=0, n_one_off=0
    )
    tables = {**inputs.tables, "workload": workload}
    blocks = concentration(replace(inputs, tables=tables), "gia-lai")
    *said, fold, _ = [block.html for block in blocks if isinstance(block, Fragment)]
    assert rows_of(fold, "gia-lai-indices") == [["Chủ trì", "6", "17", "0", "59%", "0,176", "0,127"]]
    assert "0,200 nghĩa là tập trung như khi năm cơ quan chia đều" in fold
    assert "từ 0,180 trở lên" in fold
    html = "".join(said)
    assert "Herfindahl" not in html
    assert "và hai trong 3 cơ quan cùng có 3 lượt) nhận 59% trong 17 lượt chủ trì" in html
    assert "Bảng số liệu của biểu đồ" in html


def test_too_few_assignments_have_a_table_and_no_chart_of_which_it_would_be() -> None:
    html = html_of("concentration")
    assert "quá ít để nói" in html
    assert "<summary>Bảng số liệu</summary>" in html


def test_a_district_s_bodies_have_no_successor_and_it_is_said() -> None:
    html = html_of("today", "go-cong-tay")
    assert "không có đơn vị kế thừa, chỉ có các xã mới" in html


def test_sources_are_numbered_once_and_their_addresses_are_text() -> None:
    grounds = [
        "hợp nhất; Nghị định 45 (https://a.vn/1); Hà Tĩnh (https://b.vn/2)",
        "chưa kiểm chứng: như Hà Tĩnh: Hà Tĩnh (https://b.vn/2)",
        f"không nguồn <b> {HOSTILE}",
    ]
    inputs = open_report("gia-lai", processed=data()).inputs
    sources = Sources(inputs, grounds)
    assert sources.numbers == {"https://a.vn/1": 1, "https://b.vn/2": 2}
    assert sources.texts["https://b.vn/2"] == "Hà Tĩnh"
    assert _text(sources.cite(grounds[0])) == "hợp nhất [1] [2]"
    assert _text(sources.cite(grounds[1])) == "chưa kiểm chứng: như Hà Tĩnh [2]"
    assert "<b>" not in sources.cite(grounds[2])
    sheet = sources.sheet("x")
    assert [row[1] for row in sheet.rows] == ["chưa phân loại"] * 2
    assert sources.kinds() == "2 chưa phân loại"
    assert "href" not in "".join(str(cell) for row in sheet.rows for cell in row)


def test_merged_load_is_drawn_before_and_after() -> None:
    names = Names(groups=frozenset({"nhom"}))
    figure = plot_merged_load(MERGED, locality="a", names=names)
    assert [text.replace("<br>", " ") for text in figure.layout.yaxis.ticktext] == [
        "Nay: so-z:\xa04",
        "Trước: so-y (tương ứng một phần):\xa03",
        "Trước: so-x:\xa02",
    ]
    now, then = figure.data
    assert isinstance(now, go.Bar)
    assert (list(now.x), list(then.x)) == ([4, 0, 0], [0, 3, 2])


def test_what_nobody_holds_stands_last_in_the_matrix() -> None:
    counts = held_counts(MERGED)
    assert counts.index.tolist() == ["nhom", "so-z", "unverified"]
    assert counts.loc["so-z"].tolist() == [4, 2]
    figure = plot_merged_load(MERGED, names=Names(groups=frozenset({"nhom"})))
    assert list(figure.layout.yaxis.ticktext) == ["nhom (nhóm)", "so-z", "chưa kiểm chứng"]


def test_merged_load_says_each_agency_s_part() -> None:
    table = merged_load(TABLES["tasks"], TABLES["holders"])
    each = [sum(map(int, cell.split(";"))) for cell in table["n_each"]]
    assert each == table["n_before_sum"].tolist()
    assert [len(c.split(";")) for c in table["n_each"]] == [len(c.split(";")) for c in table["agencies"]]


def test_tasks_stand_in_document_order_by_part() -> None:
    inputs = open_report("gia-lai", processed=data()).inputs
    ids = [task for task in inputs.tasks if task.startswith("gia-lai/")]
    assert task_list(inputs, reversed(ids)) == task_list(inputs, ids)
    assert _text(task_list(inputs, ids)).startswith("phụ lục 1.1,\u00a01.2")
    rows = assignments(TABLES["tasks"][TABLES["tasks"]["locality"] == "gia-lai"])
    assert sum(map(len, carried(inputs, "gia-lai").values())) == len(rows)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_leads_across_localities_say_how_many_families_differ(language: str) -> None:
    html = html_of("leads", "", language)
    rows = rows_of(html, "leads")
    word = read_labels(language)("differs.other-body")
    other = sum(word in row[1] for row in rows)
    assert re.search(rf"\b{other}\b", _text(html.split('class="finding">')[1].split("</p>")[0]))
    assert other
