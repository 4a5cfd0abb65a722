"""Make the README's pictures from real reports and notebooks: ``make pictures`` (needs Debian's chromium).

Each picture is a page of ``reports/``, or a notebook in JupyterLab, brought to where a reader would look.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from lab_page import CHROMIUM, lab_server, run_all  # noqa: E402  the tests know how to start JupyterLab

WIDE, PHONE = {"width": 1200, "height": 820}, {"width": 390, "height": 820}
DRAWN = 1500  # milliseconds until a chart that came into view is drawn


def _first(page: Page) -> None:
    """The first screen is where a page opens."""


def _coverage(page: Page) -> None:
    page.evaluate("document.getElementById('coverage').scrollIntoView()")


def _evidence(page: Page) -> None:
    """Open the first gap, and the lines of the document behind its first quote."""
    page.click("details.gap > summary >> nth=0")
    page.click("details.gap[open] a.lines >> nth=0")
    page.evaluate("document.querySelector('details.gap[open]').scrollIntoView()")


def _beside(page: Page) -> None:
    """Set two plans side by side, the third pillar."""
    page.locator("#beside-form input[value=dong-nai]").check()
    page.locator("#beside-form input[value=gia-lai]").check()
    page.select_option("#beside-form select", "3")
    page.evaluate("document.getElementById('side-by-side').scrollIntoView()")


REPORTS: dict[str, tuple[str, Callable[[Page], None], dict[str, int], str]] = {
    "report": ("gia-lai.html", _first, WIDE, "light"),
    "coverage": ("gia-lai.html", _coverage, WIDE, "light"),
    "evidence": ("gia-lai.html", _evidence, WIDE, "light"),
    "side-by-side": ("overview.html", _beside, WIDE, "light"),
    "phone": ("dong-nai.html", _first, PHONE, "dark"),
}


def _save(page: Page, name: str) -> None:
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")
    page.close()


def _notebook(browser: Browser, root: Path) -> None:
    """Run a copy of the notebook on gaps in JupyterLab, and go to its chooser of a piece of work."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(ROOT / "data", root / "data")
    with lab_server(root) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(f"{address}/workspaces/picture/tree/03_coverage_gaps.ipynb")
        run_all(page)
        page.locator("table.dataTable").nth(2).wait_for()
        page.get_by_role("heading", name="Một đầu việc, từng nơi viết gì").evaluate("h => h.scrollIntoView()")
        _save(page, "notebook")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    for name, (file, bring, size, scheme) in REPORTS.items():
        page = browser.new_page(viewport=size, color_scheme=scheme)
        page.goto((ROOT / "reports" / file).as_uri())
        page.wait_for_timeout(DRAWN)
        bring(page)
        _save(page, name)
    with tempfile.TemporaryDirectory() as folder:
        _notebook(browser, Path(folder))
    browser.close()
