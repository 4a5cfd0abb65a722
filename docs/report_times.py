"""Time the made reports from file://, as a reader opens them: ``make bench-reports``.

In: folders of reports, one file each or with shared assets. Out: for each report, milliseconds from the
start of the navigation to the first paint, to the whole text, and to the first chart, which is scrolled to at
once; median and slowest of some runs, each in a browser that was started for it alone; and how long its main
thread was busy until then, which depends less on what else the machine does. Beside them the peer:
the same page whose charts stand as ``plotly.io.to_html`` writes them, with plotly.js plain in the page.
"""

import argparse
import json
import re
import tempfile
from pathlib import Path
from statistics import median

import plotly.graph_objects as go
import plotly.io as pio
from playwright.sync_api import Playwright, sync_playwright

from compare.figures.style import TEMPLATE
from compare.report.packed import unpack

ROOT = Path(__file__).parents[1]
AIMS = {"paint": 500, "text": 500, "chart": 2500}
WATCH = """
window.times = {};
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.name === 'first-contentful-paint') times.paint = entry.startTime;
})).observe({ type: 'paint', buffered: true });
const note = (name) => requestAnimationFrame(() => setTimeout(() => { times[name] ??= performance.now(); }));
const look = () => {
  const chart = document.querySelector('figure.chart, .plotly-graph-div');
  if (chart && !times.scrolled) {
    chart.scrollIntoView({ behavior: 'instant' });
    times.scrolled = performance.now();
  }
  const whole = document.querySelector('footer') && !document.querySelector('.part');
  if (whole && !times.whole) { times.whole = 1; note('text'); }
  const drawn = chart && chart.querySelector('svg.main-svg :is(.trace, .hm image)');
  if (drawn && !times.drawn) { times.drawn = 1; note('chart'); }
};
new MutationObserver(look).observe(document, { childList: true, subtree: true });
"""
FIGURE = re.compile(
    r'<figure class="chart" id="([^"]+)">.*?data-bytes="(\d+)">([^<]*)</script>.*?</figure>', re.S
)
SCRIPT = re.compile(
    r"<script>.*?</script>|<script type=\"application/octet-stream\" id=\"plotly\".*?</script>", re.S
)
PART = re.compile(r'<div class="part">.*?data-bytes="(\d+)">([^<]*)</script>\s*</div>', re.S)


def plain(page: str) -> str:
    """Write a report's page with its charts as plotly writes them itself."""
    first = True

    def chart(found: re.Match[str]) -> str:
        nonlocal first
        figure = json.loads(unpack(found[3], int(found[2])))
        figure["layout"]["template"] = TEMPLATE.to_plotly_json()
        made: str = pio.to_html(
            go.Figure(figure), full_html=False, include_plotlyjs=first, div_id=found[1], validate=False
        )
        first = False
        return made

    page = PART.sub(lambda found: unpack(found[2], int(found[1])).decode(), page)
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    return FIGURE.sub(chart, SCRIPT.sub("", page))


def times(playwright: Playwright, page: Path) -> dict[str, float]:
    """Open a page once, in a browser of its own that has never seen it."""
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
    )
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    tab.add_init_script(WATCH)
    tab.goto(page.resolve().as_uri(), wait_until="commit")
    for _ in range(600):
        found: dict[str, float] = tab.evaluate("times")
        if AIMS.keys() <= found.keys():
            break
        tab.wait_for_timeout(50)
    metrics = session.send("Performance.getMetrics")["metrics"]
    busy = next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime")
    browser.close()
    return {**{name: found[name] for name in AIMS}, "busy": 1000 * busy}


def measure(pages: dict[str, Path], runs: int) -> None:
    """Open each page so many times, in turn, and print a line for each."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    with sync_playwright() as playwright:
        for _ in range(runs):
            for name, page in pages.items():
                found[name].append(times(playwright, page))
    peers = {
        name.split()[0]: median(run["chart"] for run in found[name]) for name in pages if "plain" in name
    }
    heads = [*AIMS, "busy"]
    print(f"{'milliseconds':28}" + "".join(f"{head:>16}" for head in heads) + "  chart, plain = 1")
    for name, all_runs in found.items():
        columns = [[run[head] for run in all_runs] for head in heads]
        cells = "".join(f"{f'{median(column):.0f} ({max(column):.0f})':>16}" for column in columns)
        print(f"{name:28}{cells}{median(columns[2]) / peers[name.split()[0]]:18.2f}")
    print(f"{'aims':28}" + "".join(f"{f'≤ {aim}':>16}" for aim in AIMS.values()))


def main() -> None:
    """Read the folders, write the peers into a folder that is removed, measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=Path, default=ROOT / "reports")
    parser.add_argument("--shared", type=Path, help="folder of the same reports with shared assets")
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    stems = given.only or sorted(path.stem for path in given.reports.glob("*.html") if path.stem != "index")
    with tempfile.TemporaryDirectory() as folder:
        pages = {}
        for stem in stems:
            peer = Path(folder, f"{stem}.html")
            peer.write_text(
                plain((given.reports / f"{stem}.html").read_text(encoding="utf-8")), encoding="utf-8"
            )
            pages[f"{stem} one file"] = given.reports / f"{stem}.html"
            if given.shared:
                pages[f"{stem} shared assets"] = given.shared / f"{stem}.html"
            pages[f"{stem} plain plotly"] = peer
        measure(pages, given.runs)


if __name__ == "__main__":
    main()
