"""Make the README's pictures from the real reports: ``make pictures`` (needs Debian's chromium)."""

from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = {"report": ("gia-lai.html", 0), "index": ("index.html", 0)}

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
    )
    page = browser.new_page(viewport={"width": 1200, "height": 820})
    for name, (file, top) in PICTURES.items():
        page.goto((ROOT / "reports" / file).as_uri())
        page.evaluate(f"scrollTo(0, {top})")
        page.wait_for_timeout(1500)
        page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")
    browser.close()
