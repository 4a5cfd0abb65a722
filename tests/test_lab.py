"""Every notebook in JupyterLab, by a browser without a net: run, look, search, choose.

This takes minutes: ``make test-lab`` runs it, ``make test`` does not.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import compare as cp
from lab_page import lab_server, run_all
from test_browser import browser, sync_api

__all__ = ["browser"]  # a fixture, of this module too
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.lab]
pytest.importorskip("jupyterlab")

ROOT = Path(__file__).parents[1]
DRAWN = {  # figures and searchable tables of each notebook
    "01_corpus": (0, 7), "02_alignment": (1, 7), "03_coverage_gaps": (2, 3), "04_agency_workload": (3, 6),
    "05_time_and_targets": (3, 4), "06_citations": (1, 5), "07_review": (0, 1),
    "locality_report": (19, 0), "overview_report": (18, 0),
}  # fmt: skip
FAILED = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
WAIT = 120_000  # milliseconds, of which a fast machine needs few


@pytest.fixture(scope="module")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("processed"))
    shutil.copytree(built, root / "data" / "processed")
    with lab_server(root) as found:
        yield found


@pytest.fixture
def left() -> list[str]:
    """What the page asked of other machines."""
    return []


@pytest.fixture
def page(address: str, browser: sync_api.Browser, left: list[str]) -> Iterator[sync_api.Page]:
    own = (address.removesuffix("/lab"), address.removesuffix("/lab").replace("http", "ws"), "data:", "blob:")

    def let_through(route: sync_api.Route) -> None:
        if route.request.url.startswith(own):
            route.continue_()
        else:
            left.append(route.request.url)
            route.abort()

    found = browser.new_page(viewport={"width": 1400, "height": 1300})
    found.set_default_timeout(WAIT)
    found.route("**/*", let_through)
    yield found
    found.close()


def open_and_run(page: sync_api.Page, address: str, stem: str) -> None:
    """Run a notebook from top to bottom, and wait until every cell has its number."""
    page.goto(f"{address}/workspaces/{stem}/tree/{stem}.ipynb")
    run_all(page)
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(e => /\\[\\d+\\]/.test(e.textContent))"
    )


def outputs_below(page: sync_api.Page, heading: str) -> sync_api.Locator:
    """Return the first cell of code below a heading."""
    cell = page.locator(".jp-MarkdownCell", has=page.get_by_role("heading", name=heading))
    return cell.locator("xpath=following-sibling::*[contains(@class, 'jp-CodeCell')]").first


@pytest.mark.parametrize("stem", DRAWN)
def test_a_notebook_runs_in_jupyterlab_and_nothing_leaves_the_machine(
    stem: str, page: sync_api.Page, address: str, left: list[str]
) -> None:
    open_and_run(page, address, stem)
    figures, tables = DRAWN[stem]
    if tables:
        page.locator("table.dataTable").nth(tables - 1).wait_for(state="attached")
    if figures:
        page.locator(".js-plotly-plot .main-svg").nth(3 * figures - 1).wait_for(state="attached")
    assert page.locator(FAILED).all_inner_texts() == []
    assert page.locator("table.dataTable").count() == tables
    assert page.get_by_text("Jupyter news").count() == 0
    assert left == []


def test_a_table_is_searched_without_accents(page: sync_api.Page, address: str) -> None:
    open_and_run(page, address, "01_corpus")
    cell = outputs_below(page, "Nhiệm vụ như đã đọc")
    table, said = cell.locator("table.dataTable"), cell.locator(".dt-info")
    table.locator("tbody tr").first.wait_for()
    assert re.fullmatch(r"Hàng 1 đến 10 trong \d+", said.inner_text())
    for typed, meant in (("hop tac", "hợp tác"), ("dau tu", "đầu tư"), ("hợp tác", "hợp tác")):
        cell.locator("input[type=search]").first.fill(typed)
        cell.get_by_text("(lọc từ").wait_for()
        assert all(meant in row.lower() for row in table.locator("tbody tr").all_inner_texts()), typed
    cell.locator("input[type=search]").first.fill("khong co chu nay")
    cell.get_by_text("Không có hàng nào").first.wait_for()


def test_choosing_a_locality_or_a_family_draws_anew(page: sync_api.Page, address: str) -> None:
    open_and_run(page, address, "03_coverage_gaps")
    cell = outputs_below(page, "Ma trận: đầu việc và địa phương")
    figure = cell.locator(".js-plotly-plot")
    figure.locator(".main-svg").first.wait_for(state="attached")
    assert cell.locator("select").first.evaluate("e => e.selectedOptions[0].text").split() == ["Gia", "Lai"]
    assert figure.locator(".xtick text").first.text_content().split() == ["Gia", "Lai"]
    cell.locator("select").first.select_option("Hà Tĩnh")
    page.wait_for_function(
        "/^Hà.Tĩnh$/.test(document.querySelector('.js-plotly-plot .xtick text').textContent)"
    )
    rows = figure.locator(".ytick").count()
    cell.locator("select").nth(1).select_option("Tất cả trụ cột")
    page.wait_for_function(
        f"document.querySelectorAll('.js-plotly-plot')[0].querySelectorAll('.ytick').length > {rows}"
    )

    cell = outputs_below(page, "Một đầu việc, từng nơi viết gì")
    before = cell.locator("table.dataTable tbody td").nth(2).text_content()
    cell.locator("select").first.select_option("1. Nhận thức, tuyên truyền")
    page.wait_for_function("before => !document.body.textContent.includes(before)", arg=before)
    cell.locator("table.dataTable tbody td").nth(3).wait_for()
    named, wanted = (
        cell.locator("table.dataTable tbody td:first-child"),
        set(cp.read_names(ROOT / "data" / "processed").localities.values()),
    )
    for _ in range(100):  # the table is drawn row by row
        if set(named.all_inner_texts()) == wanted:
            break
        page.wait_for_timeout(50)
    assert set(named.all_inner_texts()) == wanted
