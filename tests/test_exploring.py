"""Tables and choosers of the notebooks: in JupyterLab, and where nobody looks on."""

import json
import subprocess
import sys

import pandas as pd
import pytest

import compare as cp
from compare.exploring import choosing, grid
from compare.exploring.columns import shown_table
from compare.exploring.live import is_live, load
from compare.labels import LANGUAGES, read_labels

NAMES = cp.Names(
    localities={"gia-lai": "Gia Lai", "ha-tinh": "Hà Tĩnh"},
    pillars={1: "Nhận thức", 3: "Chất lượng"},
    families={"fund": "Quỹ hỗ trợ", "land": "Đất đai", "training": "Bồi dưỡng"},
)
FAMILIES = pd.DataFrame({"family_id": ["fund", "land", "training"], "pillar": [3, 3, 1]})
LONG = pd.DataFrame(
    {"text": [f"việc {n}" for n in range(30)], "n_tasks": range(30), "part": ["annex", "body"] * 15}
)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/03_coverage_gaps.ipynb")


@pytest.fixture(autouse=True)
def batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def bundle(view: object) -> dict[str, str]:
    return view._repr_mimebundle_()  # type: ignore[attr-defined,no-any-return]


def test_importing_the_library_loads_nothing_of_the_extra_lab() -> None:
    code = (
        "import sys, compare as cp; cp.show_table; cp.choose; cp.show_progress; "
        "found = {'ipywidgets', 'itables', 'jupyterlab'} & set(sys.modules); assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("package", ["ipywidgets", "itables"])
def test_a_missing_package_is_named_with_what_to_install(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(cp.CompareError, match=f"package {package}, found none.*make lab.*doi-chieu.lab."):
        load(package, "a chooser")


def test_only_a_kernel_of_jupyterlab_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_live()
    monkeypatch.setenv("JPY_SESSION_NAME", "a.ipynb")
    assert is_live()


def test_headings_and_words_are_the_reader_s() -> None:
    table = pd.DataFrame({"locality": ["gia-lai"], "status": ["gap"], "due_on": ["2025-12-31"], "odd": ["x"]})
    shown, columns = shown_table(table, NAMES)
    assert [column.head for column in columns] == ["Địa phương", "Tình trạng", "Đến hạn", "odd"]
    assert shown.iloc[0].tolist() == ["Gia Lai", "không thấy", "31/12/2025", "x"]


def test_a_count_of_one_by_the_other_has_words_along_both_edges() -> None:
    table = pd.DataFrame({"locality": ["gia-lai", "ha-tinh"], "part": ["annex", "body"], "n": [1, 2]})
    counts = table.pivot_table(index="locality", columns="part", values="n", aggfunc="sum", fill_value=0)
    shown, columns = shown_table(counts.assign(total=counts.sum(axis=1)), NAMES)
    assert [column.head for column in columns] == ["Địa phương", "phụ lục", "phần nội dung", "Tổng"]
    assert shown.iloc[1].tolist() == ["Hà Tĩnh", 0.0, 2.0, 2.0]


def test_a_code_that_is_not_known_stays_as_it_is() -> None:
    shown, _ = shown_table(pd.DataFrame({"part": ["cover"], "flags": ["other-body;strange"]}), NAMES)
    assert shown.iloc[0].tolist() == ["cover", "Nơi khác giao cho cơ quan khác; strange"]


def test_the_sheet_says_what_a_column_of_many_tables_means() -> None:
    table = pd.DataFrame({"status": ["reviewed"]})
    assert shown_table(table, NAMES, "families")[0].iloc[0, 0] == "người rà soát"
    with pytest.raises(cp.CompareError, match=r"unknown sheet 'sheets'; accepted: .*families"):
        cp.show_table(table, NAMES, "sheets")


def test_a_page_of_no_rows_is_refused() -> None:
    with pytest.raises(cp.CompareError, match=r"rows >= 1 wanted, found 0"):
        cp.show_table(LONG, rows=0)


def test_where_nobody_looks_on_a_table_is_plain_and_whole() -> None:
    made = bundle(cp.show_table(LONG.assign(n_tasks=1234.5), NAMES))["text/html"]
    assert made.count("<tr>") == 31
    assert "1.234,5" in made
    assert "<script" not in made


@pytest.mark.parametrize("live", [False, True])
def test_what_a_document_says_is_never_markup(live: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if live:
        monkeypatch.setenv("JPY_SESSION_NAME", "a.ipynb")
    table = pd.DataFrame({"text": ["<img src=x onerror=alert(1)>"]})
    assert "<img" not in bundle(cp.show_table(table, NAMES, text="<img>"))["text/html"]


@pytest.mark.usefixtures("looked_at")
def test_in_jupyterlab_a_long_table_is_searched_without_anything_from_the_net() -> None:
    made = bundle(cp.show_table(LONG, NAMES))["text/html"]
    assert "searchList" in made  # of the column with two different words
    assert json.dumps("Hiện _MENU_ hàng") in made
    assert "import " not in made.replace("await import", "")
    assert "<script src" not in made
    start = grid._bundle()
    assert "unpkg.com" not in start
    assert "diacritics(fold)" in start


@pytest.mark.usefixtures("looked_at")
def test_columns_with_the_same_heading_are_both_shown() -> None:
    table = pd.DataFrame({"lead_id": ["so-tai-chinh"], "leads": ["ubnd-huyen"]})
    assert "Chủ trì\u200b</th>" in bundle(cp.show_table(table, NAMES))["text/html"]


def test_a_saved_run_says_what_was_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    cp.choose(lambda locality: f"drawn for {locality}", NAMES, locality="ha-tinh")._ipython_display_()
    assert "drawn for ha-tinh" in capsys.readouterr().out
    assert repr(cp.choose(print, NAMES, locality="ha-tinh")) == "Địa phương: Hà Tĩnh"


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"locality": "gia lai"}, "unknown locality 'gia lai'; accepted: gia-lai, ha-tinh"),
        ({"pillar": 9}, "unknown pillar 9; accepted: 1, 3, None"),
        ({"pillar": 1, "family": "land"}, "unknown family 'land'; accepted: training"),
        ({"agency": "x"}, r"unknown choice \['agency'\]; accepted: family, locality, pillar"),
    ],
)
def test_a_start_that_cannot_be_chosen_is_refused(chosen: dict[str, object], message: str) -> None:
    with pytest.raises(cp.CompareError, match=message):
        cp.choose(print, NAMES, FAMILIES, **chosen)


def test_families_to_choose_from_are_wanted() -> None:
    with pytest.raises(cp.CompareError, match=r"families .family_id, pillar. wanted with family, found none"):
        cp.choose(print, NAMES, family="land")


def test_choosing_draws_anew_and_a_pillar_offers_its_families() -> None:
    drawn: list[tuple[object, ...]] = []
    choice = cp.choose(
        lambda pillar, family: drawn.append((pillar, family)), NAMES, FAMILIES, pillar=3, family="land"
    )
    panel = choice.panel()
    pillar, family = panel.children[:2]
    assert drawn == [(3, "land")]
    assert [title for title, _ in family.options] == ["Đất đai", "Quỹ hỗ trợ"]
    pillar.value = 1
    assert drawn[-1] == (1, "training")
    pillar.value = None
    assert drawn[-1] == (None, "training")
    assert len(family.options) == 3


def test_progress_is_silent_where_nobody_looks_on(capsys: pytest.CaptureFixture[str]) -> None:
    tell = cp.show_progress()
    tell("compare", 0, 2)
    tell("done", 2, 2)
    assert capsys.readouterr() == ("", "")


def test_every_step_of_an_alignment_is_told_and_has_a_name() -> None:
    rows = [
        (f"{place}/annex/{n}", place, text)
        for place in ("a", "b")
        for n, text in enumerate(("mở lớp", "vay vốn"))
    ]
    tasks = pd.DataFrame(rows, columns=["task_id", "locality", "text"])
    tasks = tasks.assign(part="annex", pillar=1, leads="", product="")
    told: list[tuple[str, int, int]] = []
    cp.align_tasks(tasks, tell=lambda *step: told.append(step))
    assert told == [("compare", 0, 2), ("draft", 1, 2), ("done", 2, 2)]
    steps = ("compare", "read", "match", "draft", "ask", "done")
    assert all(
        f"explore.step.{step}" in read_labels(language).strings for step in steps for language in LANGUAGES
    )


def test_what_every_plan_says_of_a_family_stands_beside_each_other() -> None:
    coverage = pd.DataFrame({
        "family_id": ["fund"] * 2, "locality": ["gia-lai", "ha-tinh"], "status": ["covered", "gap"],
        "task_ids": ["gia-lai/annex/2;gia-lai/annex/1", ""],
    })  # fmt: skip
    texts = dict.fromkeys(
        ["part", "number", "text", "leads_text", "coordinating_text", "product", "timeline_text"], "x"
    )
    ids = ["gia-lai/annex/1", "gia-lai/annex/2"]
    tasks = pd.DataFrame({"task_id": ids, "line_start": [5, 9], "line_end": [5, 9]})
    found = cp.stated_tasks(coverage, tasks.assign(**texts, source_file="gia-lai.txt"), ["fund"])
    assert found["task_id"].tolist() == [*ids, ""]
    assert found["status"].tolist() == ["covered", "covered", "gap"]
    assert found["line_start"].isna().tolist() == [False, False, True]
    with pytest.raises(cp.CompareError, match=r"unknown family 'fonds'; accepted: fund"):
        cp.stated_tasks(coverage, tasks, ["fonds"])


def test_a_plan_that_was_not_read_is_named_with_those_that_were(plan: object) -> None:
    read = [plan("I. MỤC TIÊU")]  # type: ignore[operator]
    assert cp.find_document(read, "gia-lai") is read[0]
    with pytest.raises(
        cp.CompareError, match=r"unknown locality 'gia lai': no plan of it was read; accepted: gia-lai"
    ):
        cp.find_document(read, "gia lai")


def test_options_are_sorted_as_they_are_read() -> None:
    assert choosing.Choice(print, NAMES, {}).options("locality") == [
        ("Gia Lai", "gia-lai"),
        ("Hà Tĩnh", "ha-tinh"),
    ]
