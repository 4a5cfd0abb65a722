"""The made reports, all of them, as a reader has them: ``make test-reports`` (minutes; no part of ``make test``).

In: ``reports``, and beside it ``build/en`` (English) and ``build/shared`` (shared assets), as the command makes
them first. Every rule of axe, the contrast of every text of every chart, narrow screens, wide letters,
forced colours, and each picture and table taken and opened.
"""

import base64
import io
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from compare.sheets import runs_as_formula
from test_browser import SHOW_ALL, browser, sync_api

__all__ = ["browser"]  # a fixture, of this module too
axe_package = pytest.importorskip("axe_playwright_python")

pytestmark = [pytest.mark.browser, pytest.mark.reports]
ROOT = Path(__file__).parents[1]
FOLDERS = ("reports", "build/en", "build/shared")
STEMS = ("dak-nong", "dong-nai", "gia-lai", "go-cong-tay", "ha-tinh", "overview", "index")
OPEN = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]
AXE = """async (tags) => { // the contrast within drawings is measured apart, in what is painted
  const found = [];
  const run = async (where, rules) => {
    const { violations } = await axe.run(where, {
      runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], rules,
    });
    found.push(...violations.flatMap((v) => v.nodes.map((n) => [v.id, v.impact, n.html.slice(0, 120)])));
  };
  await run({ exclude: ['.main-svg'] }, { 'target-size': { enabled: true } });
  if (document.querySelector('.main-svg')) await run({ include: ['.main-svg'] }, { 'color-contrast': { enabled: false } });
  return found;
}"""
TEXTS = """(figure) => {
  const frame = figure.querySelector('.plot').getBoundingClientRect();
  return [...figure.querySelectorAll('.main-svg text')].flatMap((text) => {
    const style = getComputedStyle(text);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    const parts = [...text.querySelectorAll('tspan.line')];
    return (parts.length ? parts : [text]).map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      const box = [left - frame.left, top - frame.top, width, height];
      return { what: part.textContent, fill: getComputedStyle(part).fill, opacity: style.opacity * style.fillOpacity, least, box };
    }).filter(({ what, box }) => what.trim() && box[2]);
  });
}"""
JUDGE = """async ([png, texts]) => { // what is painted under each text: every colour that fills a twelfth of its box
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const context = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    .getContext('2d', { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  return texts.map(({ what, fill, opacity, least, box }) => {
    const [x, y, width, height] = box.map(Math.round);
    const { data } = context.getImageData(x, y, Math.max(width, 1), Math.max(height, 1));
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const colour = data.slice(i, i + 3).join();
      counts.set(colour, (counts.get(colour) || 0) + 1);
    }
    const ink = fill.match(/[\\d.]+/g).map(Number).slice(0, 3);
    const grounds = [...counts].filter(([, n]) => n * 12 >= data.length / 4).map(([colour]) => colour);
    const contrast = Math.min(...grounds.map((ground) => ratio(ink, ground.split(',').map(Number)))) * opacity;
    return { what, fill, grounds, contrast, least };
  }).filter(({ contrast, least }) => contrast < least);
}"""
HIDE = ":is(#any, .main-svg) text, :is(#any, .main-svg) tspan { fill: transparent !important; }"  # over the page's own
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; } .main-svg * { letter-spacing: normal !important; word-spacing: normal !important; }"""
CLIPPED = """[...document.querySelectorAll('main *, nav *')].filter((e) => {
  const style = getComputedStyle(e);
  const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
  return hides && !e.closest('.hidden, .plot') && e.checkVisibility() && e.scrollWidth > e.clientWidth + 1;
}).map((e) => e.outerHTML.slice(0, 120))"""
TABLES = """[...document.querySelectorAll('table[data-name]')].map((table) => [...table.rows].map((row) =>
  [...row.cells].map((cell) => cell.querySelector('.hint') ? '–' : cell.innerText.trim().replace(/\\s*\\n\\s*/g, '; ').replace(/\\u00a0/g, ' '))))"""


@pytest.fixture(scope="module", params=[(folder, stem) for folder in FOLDERS for stem in STEMS], ids="-".join)
def made(request: pytest.FixtureRequest, browser: sync_api.Browser) -> Iterator[Any]:
    """A report with every fold open and every chart drawn, and what it asked for."""
    folder, stem = request.param
    path = ROOT / folder / f"{stem}.html"
    assert path.is_file(), (
        f"{path.relative_to(ROOT)}: a made report wanted, found none; make test-reports makes it"
    )
    context = browser.new_context(viewport={"width": 1280, "height": 2200}, offline=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.evaluate(
        f"async () => {{ for (let i = 0; i < 500 && document.querySelector('.part'); i += 1) {WAIT} }}"
    )
    page.evaluate(OPEN)
    page.evaluate(SHOW_ALL)
    yield page, said
    context.close()


WAIT = "await new Promise((done) => setTimeout(done, 20));"


@pytest.fixture
def page(made: tuple[Any, list[str]]) -> Iterator[Any]:
    """The report on a wide light screen, left so."""
    found = made[0]
    yield found
    found.emulate_media(color_scheme="light", forced_colors="none", contrast="no-preference")
    found.set_viewport_size({"width": 1280, "height": 2200})


def test_nothing_leaves_the_file_and_nothing_is_complained_of(made: tuple[Any, list[str]]) -> None:
    page, said = made
    beside = str((ROOT / "build/shared/assets").as_uri())
    own = page.url
    assert [s for s in said if s != own and not s.startswith((beside, "data:", "blob:"))] == []
    assert page.evaluate("document.querySelectorAll('figure.chart:not([data-drawn])').length") == 0
    bare = """[...document.querySelectorAll('.finding, .findings li')].filter((e) => { // one link for all of a run
      const last = (at) => (at.nextElementSibling && at.nextElementSibling.matches('.finding') ? last(at.nextElementSibling) : at);
      return !e.querySelector('a[href]') && !last(e).querySelector('a[href]') && !e.closest('section').querySelector('#method');
    })"""
    assert own.endswith("index.html") or page.evaluate(f"{bare}.map((e) => e.textContent)") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Any, scheme: str) -> None:
    """Every row, every rule but WCAG's AAA; in the dark, where only colours change, the contrast."""
    page.emulate_media(color_scheme=scheme)
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate((Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(AXE, TAGS if scheme == "light" else ["wcag2aa"]) == []


@pytest.mark.parametrize(
    ("scheme", "contrast"), [("light", "no-preference"), ("dark", "no-preference"), ("dark", "more")]
)
def test_every_text_of_a_chart_stands_out_from_what_is_under_it(
    page: Any, scheme: str, contrast: str
) -> None:
    page.emulate_media(color_scheme=scheme, contrast=contrast)
    pale = []
    for figure in page.query_selector_all("figure.chart"):
        texts = figure.evaluate(TEXTS)
        style = page.add_style_tag(content=HIDE)
        png = base64.b64encode(figure.query_selector(".plot").screenshot()).decode()
        style.evaluate("(element) => element.remove()")
        pale += [(figure.get_attribute("id"), text) for text in page.evaluate(JUDGE, [png, texts])]
    assert pale == []


@pytest.mark.parametrize("width", [375, 320])
def test_narrow_page_is_read_without_going_sideways(page: Any, width: int) -> None:
    """A phone; and 1280 pixels at 400 %. With letters, words and lines apart as WCAG 1.4.12 has it, too."""
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    style = page.add_style_tag(content=SPACED)
    found = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(CLIPPED)
    style.evaluate("(element) => element.remove()")
    assert found == (width, [])


def test_frame_that_goes_on_shows_it(page: Any) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    state = "[...document.querySelectorAll('.scroll')].map((s) => [s.scrollWidth - s.clientWidth > 2, s.classList.contains('more')])"
    page.wait_for_timeout(500)
    found = page.evaluate(state)
    assert [pair for pair in found if pair[0] != pair[1]] == []
    page.evaluate("document.querySelectorAll('.scroll').forEach((s) => { s.scrollLeft = s.scrollWidth; })")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelectorAll('.scroll.more').length") == 0


def test_colours_that_mean_something_stay_where_colours_are_forced(page: Any) -> None:
    page.emulate_media(forced_colors="active")
    kept = "[...document.querySelectorAll('.plot, .key')].every((e) => getComputedStyle(e).forcedColorAdjust === 'none')"
    assert page.evaluate(kept)


def _first_pixel(png: bytes) -> tuple[tuple[int, int], bytes]:
    """Return width and height, and the first pixel: no filter changes that of the first row."""
    at, data, size = 8, b"", (0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        size = struct.unpack(">II", body[:8]) if kind == b"IHDR" else size
        data += body if kind == b"IDAT" else b""
        at += length + 12
    return size, zlib.decompress(data)[1:4]


def test_every_chart_is_taken_as_pictures_that_stand_alone(page: Any) -> None:
    page.emulate_media(color_scheme="dark")  # the picture is for paper and slides all the same
    for figure in page.query_selector_all("figure.chart"):
        title = "".join(figure.query_selector("figcaption").inner_text().split())
        taken = []
        for button in figure.query_selector_all(".modebar-btn"):
            with page.expect_download() as download:
                button.click()  # as a hand does: a page may not start many downloads by itself
            taken.append((download.value.suggested_filename, Path(download.value.path()).read_bytes()))
        (svg_name, svg), (png_name, png) = taken
        name = f"{PurePosixPath(page.url).stem}-{figure.get_attribute('id')}"  # says of which report it is
        assert (svg_name, png_name) == (f"{name}.svg", f"{name}.png")
        root = ElementTree.fromstring(svg)
        said = "".join("".join(root.itertext()).split())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert title[:24] in said
        assert "sans-serif" in svg.decode()
        assert root[0].tag.endswith("rect")
        assert "fill: rgb(255, 255, 255)" in root[0].get("style", "")
        size, pixel = _first_pixel(png)
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert size[0] == 2000
        assert pixel == b"\xff\xff\xff"


def test_every_chart_has_its_table_and_every_table_is_taken_as_csv(page: Any) -> None:
    """A table's file has its rows, and nothing that a spreadsheet would run."""
    with_data = """[...document.querySelectorAll('figure.chart')].filter((figure) => {
      for (let at = figure.nextElementSibling; at && !at.matches('figure'); at = at.nextElementSibling) {
        if (at.querySelector('table[data-name]')) return false;
      }
      return true;
    }).map((figure) => figure.innerText.slice(0, 60))"""
    assert page.evaluate(with_data) == []
    tables, buttons = page.evaluate(TABLES), page.query_selector_all("button.take")
    buttons = [
        button for button in buttons if button.evaluate("(b) => b.previousElementSibling?.matches('.scroll')")
    ]
    assert len(tables) == len(buttons)
    for rows, button in zip(tables, buttons, strict=True):
        with page.expect_download() as download:
            button.focus()
            page.keyboard.press("Enter")  # as a hand does: a page may not start many downloads by itself
            page.wait_for_timeout(150)  # nor may a hand more than ten a second
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        table = pd.read_csv(
            io.BytesIO(content), header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
        tamed = [[f"'{cell}" if runs_as_formula(cell) else cell for cell in row] for row in rows]
        assert table.to_numpy().tolist() == tamed


def test_plans_stand_side_by_side_on_a_phone_by_keys_alone(browser: sync_api.Browser) -> None:
    """With shared assets: reached by Tab, chosen by Space, opened by Enter; no request leaves."""
    context = browser.new_context(viewport={"width": 375, "height": 800}, offline=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((ROOT / "build/shared/overview.html").as_uri() + "#side-by-side")
    page.evaluate(
        f"async () => {{ for (let i = 0; i < 500 && !document.getElementById('beside')?.dataset.ready; i += 1) {WAIT} }}"
    )
    page.evaluate("document.querySelector('#beside-form input').focus({ focusVisible: true })")
    before = page.evaluate("document.querySelectorAll('#beside-form :checked').length")
    wanted = "document.activeElement.matches('#beside-form input:not(:checked)')"
    for _ in range(8):
        if page.evaluate(wanted):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelectorAll('#beside-form :checked').length") == before + 1
    within = page.evaluate(
        "[...document.querySelectorAll('#beside-rows mark')].map((m) => m.textContent + '|' + (m.nextSibling?.textContent || '').slice(0, 3))"
    )
    assert len(within) > 20
    assert [m for m in within if re.search(r"\d[-/]?\w*\|[-/]\w", m)] == []  # no document's number in two
    for _ in range(60):
        if page.evaluate("document.activeElement.matches('details.side > summary')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    assert (
        page.evaluate("document.activeElement.parentElement.querySelectorAll('.columns > section').length")
        == before
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    outside = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert outside == []
    context.close()
