"""The reports in a browser, offline: charts drawn, nothing fetched, nothing cut, everything reachable."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import compare as cp
from compare.report.evidence import matched_marks
from compare.report.inputs import open_inputs
from report_tables import HOSTILE, data, rendered

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
if not Path(CHROMIUM).is_file():
    pytest.skip(f"Chromium wanted at {CHROMIUM}, found none", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api")

GRID = (Path(cp.__file__).parent / "exploring" / "grid.js").read_text(encoding="utf-8")
UNTIL = """async () => {
  for (let i = 0; i < 500 && !(%s); i += 1) await new Promise((r) => setTimeout(r, 20));
  return Boolean(%s);
}"""
SHOW_ALL = """async () => {
  for (const chart of document.querySelectorAll('figure.chart')) {
    for (let i = 0; i < 500 && !chart.dataset.drawn; i += 1) { // again: the page may be on its way to a line
      if (i % 50 === 0) chart.scrollIntoView({ behavior: 'instant' });
      await new Promise((r) => setTimeout(r, 20));
    }
  }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


class Seen:
    """A page, what it asked for and what it complained of."""

    def __init__(
        self,
        browser: sync_api.Browser,
        stem: str,
        width: int = 1280,
        scheme: str = "light",
        hash_: str = "",
    ) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
        )
        self.page, self.requests, self.errors = context.new_page(), [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto((rendered() / f"{stem}.html").resolve().as_uri() + hash_)

    def until(self, condition: str) -> bool:
        """Wait for a condition (the page's own policy forbids playwright's way)."""
        return bool(self.page.evaluate(UNTIL % (condition, condition)))

    def close(self) -> None:
        self.page.context.close()


@pytest.fixture(scope="module")
def drawn(browser: sync_api.Browser) -> Callable[[str], Seen]:
    """Open a page and draw all of it, once for the tests that leave no trace on one another."""

    @cache
    def opened(stem: str) -> Seen:
        found = Seen(browser, stem)
        found.page.evaluate(SHOW_ALL)
        return found

    return opened


CHARTS = {"gia-lai": 17, "overview": 17}  # figures a page


@pytest.fixture(params=CHARTS)
def stem(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def seen(stem: str, drawn: Callable[[str], Seen]) -> Seen:
    return drawn(stem)


@pytest.fixture
def overview(drawn: Callable[[str], Seen]) -> Seen:
    """The overview, nothing filtered; which of its tables a test sorts is its own."""
    found = drawn("overview")
    found.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found.page.locator("label.filter input").first.fill("")
    return found


def test_every_figure_is_drawn(seen: Seen, stem: str) -> None:
    marks = ".main-svg .point path, .main-svg .hm image, .main-svg .scatterlayer path, .main-svg .heatmaplayer image"
    counts = seen.page.evaluate(
        f"[...document.querySelectorAll('figure.chart')].map((c) => c.querySelectorAll('{marks}').length)"
    )
    assert len(counts) == CHARTS[stem]
    assert all(counts), counts


def test_nothing_is_fetched_and_nothing_complained_of(seen: Seen) -> None:
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert sum(url.startswith("file:") for url in seen.requests) == 1
    assert seen.errors == []


def test_hostile_text_is_shown_as_text(seen: Seen) -> None:
    assert seen.page.evaluate("document.body.textContent").count(HOSTILE)
    labels = seen.page.evaluate(
        "[...document.querySelectorAll('.main-svg .ytick')].map((t) => t.textContent)"
    )
    assert any("</script><script>" in label for label in labels)
    assert (
        seen.page.evaluate("document.querySelectorAll('.main-svg script, main script:not([type])').length")
        == 0
    )


def test_chart_offers_pictures_and_no_cloud(seen: Seen) -> None:
    titles = seen.page.evaluate(
        "[...document.querySelector('figure.chart').querySelectorAll('.modebar-btn')].map((b) => b.dataset.title)"
    )
    assert titles == ["Tải hình SVG", "Tải hình PNG"]


def test_chart_is_taken_as_a_picture(seen: Seen) -> None:
    seen.page.hover("#chart-1 .plot")
    with seen.page.expect_download() as download:
        seen.page.click('#chart-1 .modebar-btn[data-title="Tải hình SVG"]')
    svg = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Nguồn: " in svg
    assert "(n = " in svg


def test_table_is_taken_as_csv(seen: Seen) -> None:
    seen.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    with seen.page.expect_download() as download:
        seen.page.click("button.take >> nth=0")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert download.value.suggested_filename.endswith(".csv")


def test_cells_that_a_spreadsheet_would_run_are_taken_as_text(seen: Seen) -> None:
    with seen.page.expect_download() as download:
        seen.page.evaluate("""doichieu.saveCsv('tame', [
          ['=1+1', '-5', '+84 "a"', '@x', '–3', 'Hợp tác'], ['＝1', '＋1', '－1', '＠x', '\\rx', '\\n=1', '\\tx'],
        ])""")
    content = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert content.split("\r\n", 1) == [
        '''"'=1+1","-5","'+84 ""a""","'@x","–3","Hợp tác"''',
        """"'＝1","'＋1","'－1","'＠x","'\rx","'\n=1","'\tx\"""",
    ]


BACKGROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 27, 33)"}


@pytest.mark.parametrize("name", [*CHARTS, "index"])
def test_phone_width_has_no_sideways_scroll_and_colours_follow_the_scheme(
    browser: sync_api.Browser, name: str
) -> None:
    """Opened in the dark; the page follows when the phone turns light."""
    found = Seen(browser, name, 375, "dark")
    found.page.evaluate(SHOW_ALL)
    found.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for scheme, background in reversed(BACKGROUND.items()):
        found.page.emulate_media(color_scheme=scheme)
        for element in ("body", ".main-svg") if name in CHARTS else ("body",):
            colour = f"getComputedStyle(document.querySelector('{element}')).backgroundColor"
            assert found.until(f"{colour} === '{background}'"), (element, scheme)
        assert found.page.evaluate("document.documentElement.scrollWidth") == 375
        wide = found.page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter((s) => s.tabIndex !== 0 || !s.getAttribute('role')).length"
        )
        assert wide == 0
    assert found.errors == []
    found.close()


def test_charts_are_drawn_in_english_too(browser: sync_api.Browser) -> None:
    """A locale registered over plotly's own English left charts undrawn."""
    page = (rendered() / "gia-lai.html").read_text(encoding="utf-8")
    english = page.replace('<html lang="vi">', '<html lang="en">')
    (rendered().parent / "english.html").write_text(english, encoding="utf-8")
    found = Seen(browser, "../english")
    found.page.evaluate(SHOW_ALL)
    assert found.page.evaluate("document.querySelectorAll('figure:not([data-drawn])').length") == 0
    assert found.errors == []
    found.close()


def test_filter_ignores_marks(overview: Seen) -> None:
    table = overview.page.locator("table[data-name=coverage]")
    overview.page.locator("label.filter input").first.fill("no ton dong")
    shown = table.locator("tbody tr:visible")
    assert shown.count() == 1
    assert "nợ tồn đọng" in shown.first.inner_text()
    assert overview.page.evaluate("doichieu.plain('\\u00d0ắk Đắk \\u00f0ắk đắk')") == "dak dak dak dak"
    overview.page.evaluate(
        "window.ITABLES = Promise.resolve({ jQuery: { fn: { dataTable: { util: { diacritics(f) { window.fold = f; } } } } } })"
    )
    overview.page.evaluate(GRID)  # as the tables of the notebooks are searched
    assert overview.page.evaluate("fold('\u00d0ắk Đắk \u00f0ắk')") == "Dak Dak dak"


def test_keyboard_reaches_the_content_and_links_open_what_hides_it(browser: sync_api.Browser) -> None:
    found = Seen(browser, "gia-lai")
    found.page.keyboard.press("Tab")
    assert found.page.evaluate("document.activeElement.className") == "skip"
    found.page.keyboard.press("Enter")
    assert found.page.evaluate("document.activeElement.id") == "main"
    assert found.page.evaluate("document.getElementById('gap-giai-the')?.open ?? false") is False
    found.page.evaluate("location.hash = '#L5'")
    assert found.until("document.getElementById('L5').getBoundingClientRect().height > 0")
    found.page.evaluate("location.hash = '#gap-giai-the'")
    assert found.until("document.getElementById('gap-giai-the').open")
    found.close()


SIDE = "#side-by-side&places=dong-nai,gia-lai,go-cong-tay&pillar=2"
CARD = "[...document.querySelectorAll('details.side')].find((d) => d.textContent.includes('%s'))"


def test_plans_stand_side_by_side(browser: sync_api.Browser) -> None:
    """One page, opened by a link with a choice: columns, words, honest gaps, caveats, a table, an address."""
    found = Seen(browser, "overview", 375, "dark", SIDE)
    assert found.until("document.getElementById('beside').dataset.ready")
    page = found.page
    assert page.evaluate("[...document.querySelectorAll('#beside-form :checked')].map((b) => b.value)") == [
        "dong-nai", "gia-lai", "go-cong-tay", "2",
    ]  # fmt: skip
    assert page.evaluate("document.querySelectorAll('details.side[open]').length") == 0  # a phone: by title
    page.evaluate("document.querySelectorAll('details.side').forEach((d) => { d.open = true; })")
    columns = CARD % "tiếp cận đất đai" + ".querySelectorAll('.columns > section')"
    assert page.evaluate(f"{columns}.length") == 3
    assert page.evaluate(f"{columns}[2].querySelector('.absent').textContent") == "Không thấy trong văn bản"
    assert page.evaluate(f"new Set([...{columns}].map((s) => s.getBoundingClientRect().left)).size") == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    warned = page.inner_text("#beside-caveats")
    assert "Khác cấp: Đồng Nai (cấp tỉnh), Gia Lai (cấp tỉnh), Gò Công Tây (cấp huyện)" in warned
    assert "Không có phụ lục phân công: Gò Công Tây" in warned
    issuers = "Đồng Nai (cơ quan chính quyền), Gia Lai (cơ quan chính quyền), Gò Công Tây (cấp ủy Đảng)"
    assert f"Khác loại cơ quan ban hành: {issuers}" in warned
    page.check("#beside-form input[value=dak-nong]")
    assert "Đắk Nông (2020), Đồng Nai (2023), Gia Lai (2023), Gò Công Tây (không ghi năm)" in page.inner_text(
        "#beside-caveats"
    )
    assert "pillar=2" in page.url
    assert "places=dak-nong,dong-nai,gia-lai,go-cong-tay" in page.url
    assert found.until(
        "document.getElementById('beside-caveats').textContent.includes('Đắk Nông (Kết luận số 70-KL/TW)')"
    )
    page.select_option("#beside-form select", "1")
    hostile = CARD % "<script>alert(1)"
    assert page.evaluate(f"{hostile}.querySelectorAll('script, b').length") == 0
    with page.expect_download() as download:
        page.click("#beside-take button")
    content = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert content[0].startswith('"Đầu việc","Trụ cột","Địa phương","Tình trạng"')
    assert len(content) == 1 + 4 * 4
    for place in ("dak-nong", "dong-nai", "gia-lai"):
        page.uncheck(f"#beside-form input[value={place}]")
    assert page.inner_text("#beside-said") == "Hãy chọn ít nhất hai địa phương."
    assert found.errors == []
    assert sum(url.startswith("file:") for url in found.requests) == 1
    found.close()


def test_words_that_only_one_plan_writes_are_marked(browser: sync_api.Browser) -> None:
    """Automatic members look unlike those that a reader confirmed; nothing is marked beside silence."""
    page = (rendered() / "overview.html").read_text(encoding="utf-8")
    said = "Tiếp tục: Phát triển liên kết theo chuỗi"
    changed = page.replace(f">{said}", f">Nuôi trồng rong biển trong cả tỉnh; {said[10:]}")
    assert changed != page
    (rendered().parent / "words.html").write_text(changed, encoding="utf-8")
    found = Seen(browser, "../words", hash_="#side-by-side&places=dak-nong,dong-nai&pillar=3")
    assert found.until("document.getElementById('beside').dataset.ready")
    card = CARD % "Nuôi trồng"
    words = f"[...{card}.querySelectorAll('mark')].map((m) => [m.closest('section').ariaLabel.slice(0, 8), m.textContent])"
    assert found.page.evaluate(words) == [["Đồng Nai", "Nuôi trồng rong biển trong cả tỉnh"]]
    alone = CARD % "nợ tồn đọng"
    assert found.page.evaluate(f"{alone}.querySelectorAll('mark').length") == 0
    line = "getComputedStyle(document.querySelector('.said.%s blockquote')).borderLeftStyle"
    assert [found.page.evaluate(line % said) for said in ("auto", "reviewed")] == ["dashed", "solid"]
    found.close()


def test_tables_are_sorted_by_their_headings(overview: Seen) -> None:
    page = overview.page
    table = "document.querySelector('table[data-name=%s]')"
    column = "[...%s.tBodies[0].rows].map((r) => r.cells[%s].innerText)"
    sort = page.locator("table[data-name=completeness] thead .sort")
    sort.nth(4).focus()
    page.keyboard.press("Enter")
    shares = page.evaluate(column % (table % "completeness", 4))
    assert [int(share.rstrip("%")) for share in shares] == sorted(int(share.rstrip("%")) for share in shares)
    page.keyboard.press("Enter")
    assert page.evaluate(column % (table % "completeness", 4)) == shares[::-1]
    heads = f"[...{table % 'completeness'}.tHead.rows[0].cells].map((c) => c.ariaSort)"
    assert [found for found in page.evaluate(heads) if found] == ["descending"]
    sort.nth(0).click()
    assert page.evaluate(column % (table % "completeness", 0)) == [
        "Đắk Nông",
        "Đồng Nai",
        "Gia Lai",
        "Gò Công Tây",
    ]
    page.locator("table[data-name=documents] thead .sort").nth(3).click()
    dates = page.evaluate(column % (table % "documents", 3))
    assert dates == ["11/09/2020", "23/03/2023", "02/11/2023", "không ghi trong bản được đọc"]


def test_filtered_and_sorted_table_is_taken_as_it_stands(overview: Seen) -> None:
    page = overview.page
    page.locator("label.filter input").first.fill("hop tac xa")
    page.locator("table[data-name=coverage] thead .sort").first.click()
    shown = page.locator("table[data-name=coverage] tbody tr:visible th").all_inner_texts()
    with page.expect_download() as download:
        page.locator("div.scroll:has(table[data-name=coverage]) + button.take").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split('","')[0].strip('"') for line in lines] == shown
    assert 1 < len(shown) < 16
    assert download.value.suggested_filename == "overview-coverage-đã-lọc.csv"


OPENED = """async ([selector, n]) => {
  const opener = document.querySelectorAll(selector)[n];
  opener.focus();
  opener.click();
  for (let i = 0; i < 500 && opener.getAttribute('aria-expanded') !== 'true'; i += 1) await new Promise((r) => setTimeout(r, 5));
  const found = document.querySelector('.raw');
  const rows = [...found.querySelectorAll('li')];
  return [rows.map((li) => [li.value, li.textContent, li.className === 'own']), [...found.querySelectorAll('mark')].map((m) => m.textContent)];
}"""


@pytest.mark.parametrize(
    ("name", "claim", "place", "task"),
    [
        ("gia-lai", "#gap-giai-the .quotes a.lines", "dak-nong", ""),  # quoted of another document
        ("gia-lai", "#gap-giai-the > .from a.lines", "gia-lai", "nearest_task_id"),
        ("overview", "table[data-name=coverage] tbody tr:nth-child(1) td a", "dak-nong", ""),
    ],
)
def test_lines_open_where_the_claim_stands(
    drawn: Callable[[str], Seen], name: str, claim: str, place: str, task: str
) -> None:
    """As the document has them, with those around; the words of the tables are marked; keys lead back."""
    inputs, page = open_inputs(data()), drawn(name).page
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    title = page.evaluate("(s) => document.querySelector(s).closest('tr')?.cells[0].textContent ?? ''", claim)
    titles = {text: family for family, text in inputs.names.families.items()}
    family = titles[title] if title else "giai-the"
    row = inputs.tasks[inputs.cells[family, place][task or "task_ids"]]
    shown, marks = page.evaluate(OPENED, [claim, 0])
    lines, at = inputs.lines[place], row["line_start"]
    around = [n for n in range(at - 2, at + 3) if 0 < n <= len(lines) and lines[n - 1].strip()]
    assert [n for n, _, _ in shown if n in around] == around
    assert [(text, own) for _, text, own in shown] == [(lines[n - 1], n == at) for n, _, _ in shown]
    code = matched_marks(family, row["task_id"], inputs).removeprefix("!")
    spans = [[int(end) for end in pair.split("-")] for pair in code.split(",") if pair]
    assert marks == [lines[at - 1][start:end] for start, end in spans]
    assert marks or task  # what is nearest to a gap may share no telling word
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelectorAll('.raw').length") == 0
    assert page.evaluate("(s) => document.activeElement === document.querySelector(s)", claim)


def test_numbers_open_to_their_tasks_and_jumps_lead_back(drawn: Callable[[str], Seen]) -> None:
    """A number, its tasks, the lines of one, the full text with the line set off, and back again."""
    found = drawn("gia-lai")
    page, before = found.page, found.page.url
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    count = "table[data-name=tasks] .count"
    assert found.until(f"document.querySelector('{count}')")
    number = page.locator(count).first
    number.focus()
    page.keyboard.press("Enter")
    assert page.locator(".tally li").count() == int(number.inner_text())
    begun = page.locator(".tally small").first.inner_text().removesuffix("…")  # of the task's own words
    assert 0 < len(begun) <= 90
    task = page.locator(".tally a").first.get_attribute("href")
    assert page.evaluate("(h) => document.getElementById(h.slice(1)).cells[1].textContent", task).startswith(
        begun
    )
    page.locator(".tally a").first.focus()
    page.keyboard.press(" ")
    assert found.until("document.querySelector('.tally .raw .own')")
    line = page.evaluate("document.querySelector('.tally .raw .own').value")
    page.locator(".tally .raw a").first.click()
    assert found.until(f"document.activeElement.id === 'L{line}'")
    assert page.evaluate("document.querySelector('li:target').id") == f"L{line}"
    page.locator(".back").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.tally') !== null")
    assert page.url == before
    page.keyboard.press("Escape")
    page.locator(
        "a.way[href='#table-gaps']"
    ).first.click()  # named by its table; a number there opens to gaps
    assert page.evaluate("document.activeElement.id") == "table-gaps"
    caption = page.locator("table[data-name=gaps] caption").inner_text()
    assert page.locator("a.way[href='#table-gaps']").first.get_attribute("aria-label").endswith(caption)
    gaps = page.locator("table[data-name=gaps] tbody tr:not(.opened) td:nth-child(5) .count").first
    gaps.press("Enter")
    assert page.locator(".tally li").count() == int(gaps.inner_text())
    assert page.locator(".tally a").first.get_attribute("href").startswith("#gap-")
    page.locator(".tally .take").press("Escape")
    page.locator(".back").press("Enter")
    page.locator("table[data-name=tasks] thead .sort").first.click()
    assert page.evaluate("document.querySelectorAll('.raw, .back').length") == 0
    assert found.errors == []
