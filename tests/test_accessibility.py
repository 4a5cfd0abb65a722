"""The reports for who sees, hears or prints them otherwise: axe finds nothing, keys reach all, paper shows all."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from report_tables import rendered
from test_browser import SHOW_ALL, UNTIL, Seen, browser, sync_api

__all__ = ["browser"]  # a fixture, of this module too
axe_package = pytest.importorskip("axe_playwright_python")

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OPEN = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
THIN = "document.querySelectorAll('tbody tr:nth-child(n+4), li:nth-child(n+4)').forEach((e) => e.remove())"
AXE = """async (scheme) => { // numbers in a drawing lie on bars, whose contrast axe cannot tell; dark changes colours only
  const found = [];
  const contrast = 'color-contrast';
  const run = async (where, options) => {
    const { violations } = await axe.run(where, { resultTypes: ['violations'], ...options });
    found.push(...violations.flatMap((v) => v.nodes.map((n) => [v.id, v.impact, n.html.slice(0, 120)])));
  };
  if (scheme === 'dark') await run({ exclude: ['.main-svg'] }, { runOnly: [contrast] });
  else {
    await run({ exclude: ['.main-svg'] }, {});
    if (document.querySelector('.main-svg')) {
      await run({ include: ['.main-svg'] }, { rules: { [contrast]: { enabled: false } } });
    }
  }
  return found;
}"""
FOCUSABLE = "a[href], button, input, select, summary, [tabindex='0']"
LISTEN = f"""() => {{
  const group = (e) => document.querySelector(`[type=radio][name="${{e.name}}"]`); // one stop a group
  const shown = (e) => e.checkVisibility() && !e.disabled && (e.type !== 'radio' || e === group(e));
  window.wanted = [...document.querySelectorAll("{FOCUSABLE}")].filter(shown);
  window.met = [];
  const light = (css) => {{
    const [r, g, b] = css.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }};
  const ground = (e) => {{
    for (let at = e.parentElement; at; at = at.parentElement) {{
      const colour = getComputedStyle(at).backgroundColor;
      if (!colour.endsWith(', 0)')) return colour;
    }}
    return getComputedStyle(document.body).backgroundColor;
  }};
  addEventListener('focusin', ({{ target }}) => {{
    const style = getComputedStyle(target);
    const both = [light(style.outlineColor), light(ground(target))].sort((a, b) => a - b);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    let opaque = 1;
    for (let at = target; at; at = at.parentElement) opaque *= Number(getComputedStyle(at).opacity);
    met.push({{ at: wanted.indexOf(target), contrast: seen ? opaque * (both[1] + 0.05) / (both[0] + 0.05) : 0,
      what: target.outerHTML.slice(0, 90) }});
  }});
  return wanted.length;
}}"""


@pytest.fixture(params=["gia-lai", "overview", "index"], scope="module")
def page(request: pytest.FixtureRequest, browser: sync_api.Browser) -> Iterator[Any]:
    found = Seen(browser, request.param)
    found.page.evaluate(SHOW_ALL)
    found.page.evaluate("scrollTo(0, 0)")
    yield found.page
    found.close()


def test_keys_reach_every_control_in_order_and_show_where_they_are(page: Any) -> None:
    """From the top to the end by Tab alone: no control left out, none before its turn, no trap."""
    wanted = page.evaluate(LISTEN)
    for _ in range(wanted):
        page.keyboard.press("Tab")
    met = page.evaluate("met")
    assert wanted >= 3
    assert [step["at"] for step in met] == list(range(wanted)), page.evaluate(
        "wanted.filter((_, i) => !met.some((m) => m.at === i)).map((e) => e.outerHTML.slice(0, 90))"
    )
    assert [step for step in met if step["contrast"] < 3] == []


PAPER = """() => { // what stands on paper, measured in pixels of the screen: 96 an inch
  const all = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  const style = (selector, name) => [...new Set(all(selector).map((e) => getComputedStyle(e)[name]))];
  const words = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const texts = all("body *").filter((e) => words(e) && !e.closest("script, style, .hidden, [aria-hidden]"));
  const marks = ".point path, .hm image, .scatterlayer path, .heatmaplayer image";
  return {
    wide: all(".scroll").filter((s) => s.scrollWidth > 681).map((s) => s.ariaLabel),
    gone: all(".skip, .bar, .take, .filter, .modebar, .toolbar, .contents, .prints, #beside-form, footer").length,
    heads: style("thead", "display"), sorts: style("thead .sort", "display"),
    whole: style("figure .leaf, tr:not(.tall), .card", "breakInside"),
    small: texts.filter((e) => parseFloat(getComputedStyle(e).fontSize) < 10.6).map((e) => e.outerHTML.slice(0, 80)),
    leaves: all("figure.chart").map((c) => c.querySelectorAll(".leaf").length),
    empty: all(".leaf").filter((l) => !l.querySelector(marks)).length,
    tall: Math.max(0, ...all(".leaf .main-svg").map((svg) => svg.getBoundingClientRect().height)),
    raw: all(".heads").filter((e) => /[<>]/.test(e.textContent)).length,
    headless: all("table").filter((t) => !t.tHead && !t.closest(".quotes, .item")).length,
    contents: all(".paper li").length, sections: all("main > section > h2[id]").length,
    screens: all("figure.chart > .scroll").length, open: all("details[open]").length,
    light: style("body", "backgroundColor").concat(style(".leaf .main-svg:first-child", "backgroundColor")),
  };
}"""
ANNEX = ":is([data-name$='-sources'], [data-name$='-defects']):not(details *), #side-by-side, #task_list"
ANNEXES = f'[...document.querySelectorAll("{ANNEX}")].filter((e) => e.checkVisibility()).length'
SHEET = 297 * 96 / 25.4 - (15 + 17) * 96 / 25.4  # pixels between the upper and the lower margin of A4


def on_paper(page: Any) -> dict[str, Any]:
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print", color_scheme="light")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return dict(page.evaluate(PAPER))


def test_paper_cuts_nothing(page: Any) -> None:
    """Tables and pieces of charts fit between the margins of A4; nothing of the screen, no small print."""
    found = on_paper(page)
    drawn = page.evaluate(
        "[...document.querySelectorAll('figure.chart')].filter((c) => c.checkVisibility()).length"
    )
    held = [found[name] for name in ("wide", "gone", "small", "headless", "screens", "raw")]
    assert held == [[], 0, [], 0, 0, 0]
    assert set(found["heads"]) <= {"table-header-group"}
    assert set(found["sorts"]) <= {"contents"}
    assert set(found["whole"]) <= {"avoid"}
    assert (len(found["leaves"]), all(found["leaves"]), found["empty"]) == (drawn, True, 0)
    assert 0 < found["tall"] < SHEET or not drawn
    assert found["contents"] == found["sections"]
    assert page.evaluate(ANNEXES) == 0
    pressed = "[...document.querySelectorAll('.hint, .way')].filter((e) => e.checkVisibility()).length"
    assert page.evaluate(pressed) == 0  # paper has nothing to press
    page.evaluate("document.documentElement.dataset.paper = 'all'")
    assert page.evaluate(ANNEXES) == page.locator(ANNEX).count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(UNTIL % (("!document.querySelector('.leaf')",) * 2))


@pytest.mark.parametrize("stem", ["gia-lai", "overview"])
def test_paper_asked_for_at_once_shows_every_chart(browser: sync_api.Browser, stem: str) -> None:
    """Before anything could be unpacked, in the dark, and with script at work before the page is loaded."""
    context = browser.new_context(color_scheme="dark", offline=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    early = "[Boolean(window.Plotly), document.querySelectorAll('[data-drawn]').length]"
    page.add_init_script(
        f"addEventListener('DOMContentLoaded', () => {{ window.early = {early}; dispatchEvent(new Event('beforeprint')); }})"
    )
    page.goto((rendered() / f"{stem}.html").resolve().as_uri())
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate("early") == [False, 0]
    found = page.evaluate(PAPER)
    assert found["leaves"]
    assert (all(found["leaves"]), found["empty"], found["screens"]) == (True, 0, 0)
    assert set(found["light"]) == {"rgb(255, 255, 255)"}
    assert errors == []
    context.close()


def test_paper_without_script_shows_tables_in_the_charts_stead(browser: sync_api.Browser) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((rendered() / "gia-lai.html").resolve().as_uri())
    page.emulate_media(media="print")
    first = page.locator("figure.chart").first
    assert not first.locator(".scroll").is_visible()
    assert page.locator("figure.chart + details.data table").first.is_visible()
    context.close()


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_folds_stay_off_paper_until_opened_or_asked_for(browser: sync_api.Browser) -> None:
    """Short by default, with what the reader opened; all of it by the button; the screen is as before."""
    found = Seen(browser, "gia-lai")
    page = found.page
    count = "document.querySelectorAll('%s').length"
    shut, tasks = count % "details:not([open])", count % "details[open] .tasks"
    after = "dispatchEvent(new Event('afterprint'))"
    assert found.until("document.getElementById('review-form').dataset.ready")
    folded = page.evaluate(shut)
    height = page.evaluate("document.body.scrollHeight")
    assert 3 < pages(page.pdf(prefer_css_page_size=True)) <= 2 * height / SHEET  # half full at the least
    assert (page.evaluate(shut), page.evaluate(count % ".leaf")) == (folded, 0)
    page.evaluate("document.querySelector('details:has(.tasks)').open = true")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert 0 < page.evaluate(shut) < folded
    assert page.evaluate(tasks) == 1
    page.evaluate(after)
    page.evaluate("void (window.print = () => dispatchEvent(new Event('beforeprint')))")
    page.click(".prints button >> nth=1")
    assert page.evaluate(shut) == 0
    page.evaluate(after)
    assert page.evaluate(shut) == folded - 1
    assert found.errors == []
    found.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Any, scheme: str) -> None:
    """All rules, folds opened and charts drawn; of rows that are alike, the first three."""
    page.emulate_media(media="screen", color_scheme=scheme)
    page.evaluate(OPEN)
    page.evaluate(THIN)
    page.evaluate((Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(AXE, scheme) == []
