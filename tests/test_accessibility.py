"""The reports for who sees, hears or prints them otherwise: axe finds nothing, keys reach all, paper shows all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from test_browser import SHOW_ALL, Seen, browser, sync_api

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


def test_paper_cuts_nothing(page: Any) -> None:
    """At the width of A4 between its margins: tables and charts fit, buttons of the screen are gone."""
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print", color_scheme="light")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    cut = (
        "[...document.querySelectorAll('.scroll')].filter((s) => s.scrollWidth > 681).map((s) => s.ariaLabel)"
    )
    assert page.evaluate(cut) == []
    styles = "(s, p) => [...new Set([...document.querySelectorAll(s)].map((e) => getComputedStyle(e)[p]))]"
    for selector, name, value in [
        ("thead", "display", "table-header-group"),
        ("thead .sort", "display", "contents"),
        ("figure, tr:not(.tall), .card", "breakInside", "avoid"),
    ]:
        assert set(page.evaluate(f"([s, p]) => ({styles})(s, p)", [selector, name])) <= {value}
    gone = ".skip, .take, .filter, .modebar"
    assert page.evaluate(f"[...document.querySelectorAll('{gone}')].every((e) => !e.checkVisibility())")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Any, scheme: str) -> None:
    """All rules, folds opened and charts drawn; of rows that are alike, the first three."""
    page.emulate_media(media="screen", color_scheme=scheme)
    page.evaluate(OPEN)
    page.evaluate(THIN)
    page.evaluate((Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(AXE, scheme) == []
