"""The review notebook in JupyterLab, as a researcher uses it: click, read the file, restart, go on."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import compare as cp
from compare.decisions import read_decisions
from compare.documents import Document
from compare.labels import read_labels
from compare.schema import write_tables
from lab_page import CHROMIUM, lab_server, run_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]
if not Path(CHROMIUM).is_file():
    pytest.skip(f"Chromium wanted at {CHROMIUM}, found none", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api")
pytest.importorskip("jupyterlab")

ROOT = Path(__file__).parents[1]
HELD_OUT, PLACES = "ha-tinh", ["dong-nai", "go-cong-tay", "ha-tinh"]
LABELS = read_labels("vi")
WAIT = 40_000  # milliseconds, of which a fast machine needs few


@pytest.fixture(scope="module")
def project(documents: list[Document], tasks: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the notebook beside half of three plans, of which the catalogue knows two."""
    root = tmp_path_factory.mktemp("project")
    here = tasks[tasks["locality"].isin(PLACES) & (tasks["part"] != "implementation")].iloc[::2]
    plans = cp.documents_table([d for d in documents if d.locality in PLACES])
    write_tables({"tasks": here, "documents": plans}, root / "data" / "processed")
    shutil.copytree(ROOT / "data" / "reference", root / "data" / "reference")
    read = here.loc[here["locality"] != HELD_OUT, "task_id"]
    known = cp.read_catalogue().without(set(tasks["task_id"]) - set(read))
    (root / "data" / "catalogue").mkdir()
    known.families.to_csv(root / "data" / "catalogue" / "families.csv", index=False)
    known.memberships.to_csv(root / "data" / "catalogue" / "memberships.csv", index=False)
    notebook = nbformat.read(ROOT / "notebooks" / "07_review.ipynb", as_version=4)
    parameters = next(cell for cell in notebook.cells if cell.cell_type == "code")
    parameters.source = re.sub(r'reader = ""', 'reader = "An"', parameters.source)
    (root / "notebooks").mkdir()
    nbformat.write(notebook, root / "notebooks" / "07_review.ipynb")
    return root


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    with lab_server(project) as lab:
        yield f"{lab}/tree/07_review.ipynb"


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[sync_api.Page]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        found = chromium.new_page(viewport={"width": 1500, "height": 1300})
        found.set_default_timeout(WAIT)
        found.goto(address)
        yield found
        chromium.close()


def restart_and_run_all(page: sync_api.Page) -> None:
    page.locator("#jp-MainMenu").get_by_text("Run", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells").click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()


def answer(page: sync_api.Page, name: str, said: str) -> None:
    """Click a button with its keyboard, and wait until the panel has said what it did."""
    time.sleep(0.4)  # sooner a click is taken for a double one
    button = page.locator(f".rv button.rv-{name}")
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".rv-said", has_text=said).wait_for()


def progress(page: sync_api.Page) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", page.locator(".rv-progress").inner_text())]


def asked(page: sync_api.Page) -> tuple[str, str]:
    return page.locator(".rv-where").first.inner_text(), page.locator(".rv-question h3").inner_text()


def test_a_researcher_answers_takes_back_restarts_and_goes_on(page: sync_api.Page, project: Path) -> None:
    path = project / "data" / "catalogue" / "decisions.csv"
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    run_all(page)
    page.locator(".rv-text mark").first.wait_for()
    assert progress(page)[0] == 0
    assert not path.exists()

    seen = []
    for n, match in enumerate(("whole", "part", "no"), 1):
        seen.append(asked(page))
        answer(page, match, f"“{LABELS(f'review_nb.answer.{match}')}”")
        assert read_decisions(path)["match"].tolist()[-1] == match
        assert progress(page)[0] == n == len(read_decisions(path))
        assert asked(page) not in seen
    assert page.evaluate("document.activeElement.classList.contains('rv-no')")

    answer(page, "undo", "Đã rút lại “không phải”")
    assert read_decisions(path)["match"].tolist()[-2:] == ["no", "withdrawn"]
    assert asked(page) == seen.pop()

    page.get_by_label(LABELS("review_nb.title")).fill("")
    answer(page, "new", LABELS("review_nb.no_title"))
    assert len(read_decisions(path)) == 4
    page.get_by_label(LABELS("review_nb.title")).fill("Bảo hiểm <b>cho</b> máy cày")
    seen.append(asked(page))
    answer(page, "new", "“việc mới”")
    assert read_decisions(path)["family_id"].tolist()[-1] == "bao-hiem-b-cho-b-may-cay"

    before, left = asked(page), progress(page)
    restart_and_run_all(page)
    page.locator(".rv").wait_for(state="detached")
    page.locator(".rv-text mark").first.wait_for()
    assert progress(page)[0] == left[0] == 3
    assert asked(page) not in seen
    assert before not in seen
    assert len(read_decisions(path)) == 5
    answer(page, "undo", "Đã rút lại “việc mới”")
    assert asked(page)[0] == seen[-1][0]
