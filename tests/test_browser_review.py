"""Questions answered in a browser, offline: by keyboard and mouse, kept, taken back, saved, read again."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.agencies import mentions_table
from compare.align import Alignment
from compare.catalogue import Catalogue
from compare.decisions import COLUMNS, import_decisions, read_decisions
from compare.documents import Document
from compare.extract import Extraction
from compare.measured import read_evaluation
from compare.report.sources import TABLES
from compare.schema import read_table, write_tables
from report_tables import page_of
from test_browser import UNTIL, browser, sync_api

__all__ = ["browser"]  # a fixture, of this module too
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROJECT = Path(__file__).parents[1]
PLACE = "ha-tinh"
READY = "document.querySelector('#review-form[data-ready]')"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"


@dataclass(frozen=True)
class Asked:
    """A report that asks, and what its answers are held against."""

    page: Path
    tasks: pd.DataFrame
    catalogue: Catalogue
    queue: pd.DataFrame


@pytest.fixture(scope="module")
def asked(  # noqa: PLR0917
    documents: list[Document],
    extraction: Extraction,
    tasks: pd.DataFrame,
    catalogue: Catalogue,
    new_tasks: list[str],
    new_alignment: Alignment,
    built: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Asked:
    """Make the report of a locality as if nobody had read it."""
    folder = tmp_path_factory.mktemp("asked")
    for name in ("raw", "reference"):
        shutil.copytree(PROJECT / "data" / name, folder / "data" / name)
    alignment = new_alignment
    queue = cp.review_queue(alignment)
    mentions = mentions_table(tasks, {d.locality: d.level for d in documents})
    tables = {
        "documents": cp.documents_table(documents), "tasks": tasks, "defects": extraction.defects,
        "pairs": alignment.pairs, "families": alignment.families, "memberships": alignment.memberships,
        "queue": queue, "evaluation": read_evaluation(folder / "none.csv"), "coverage": cp.coverage_table(alignment),
        "workload": cp.agency_workload(tasks, alignment.memberships, mentions=mentions),
    }  # fmt: skip
    others = {name: read_table(name, built) for name in TABLES if name not in tables}
    write_tables({**tables, **others}, folder / "data" / "processed")
    page = folder / f"{PLACE}.html"
    page.write_text(page_of(PLACE, folder / "data" / "processed"), encoding="utf-8", newline="\n")
    return Asked(page, tasks, catalogue.without(new_tasks), queue[queue["locality"] == PLACE])


class Reader:
    """A person with a browser: one page, what it asked for and what it complained of."""

    def __init__(self, browser: sync_api.Browser, asked: Asked, script: str = "") -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        if script:
            context.add_init_script(script)
        self.page, self.requests, self.errors = context.new_page(), [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(asked.page.resolve().as_uri())
        self.until(READY)

    def until(self, condition: str) -> bool:
        return bool(self.page.evaluate(UNTIL % (condition, condition)))

    def choose(self, number: int, answer: str) -> None:
        self.page.check(f"#review-{number} input[value={answer}]")

    def answer(self, number: int) -> str | None:
        return self.page.locator(f"#review-{number}").get_attribute("data-answer")

    def said(self, name: str = "said") -> str:
        return self.page.locator(f"#review-{name}").inner_text()

    def save(self, to: Path) -> Path:
        with self.page.expect_download() as download:
            self.page.click("#review-save")
        download.value.save_as(to / download.value.suggested_filename)
        return to / download.value.suggested_filename


@pytest.fixture
def reader(browser: sync_api.Browser, asked: Asked) -> Iterator[Reader]:
    found = Reader(browser, asked)
    yield found
    found.page.context.close()


def answer_five(reader: Reader) -> None:
    """Answer by mouse, by keyboard, with a new title, with a remark, and skip one."""
    reader.choose(1, "whole")
    reader.page.focus("#review-2 input[value=whole]")
    reader.page.keyboard.press("Space")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowDown")
    reader.choose(3, "part")
    reader.page.fill("#review-3 input[name=note]", ' hai "việc",\n một câu ')
    reader.choose(4, "new")
    reader.page.fill("#review-4 input[name=title]", " Bảo hiểm  nông nghiệp, thí điểm ")
    reader.choose(5, "skip")


def test_answers_are_saved_and_taken_in(reader: Reader, asked: Asked, tmp_path: Path) -> None:
    answer_five(reader)
    assert [reader.answer(n) for n in range(1, 6)] == ["whole", "no", "part", "new", "skip"]
    assert reader.said("progress") == f"Đã trả lời 4 / {len(asked.queue)}, bỏ qua 1"
    reader.page.fill("#review-reader", " Nguyễn  Văn An ")
    file = reader.save(tmp_path)
    assert file.name == f"decisions-{PLACE}.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    rows = read_decisions(file)
    asked_first = asked.queue.sort_values("rank").head(4)
    assert rows["task_id"].tolist() == asked_first["task_id"].tolist()
    assert rows["match"].tolist() == ["whole", "no", "part", "new"]
    assert rows["family_id"].tolist()[:3] == asked_first["family_id"].tolist()[:3]
    assert rows["family_id"].tolist()[3] == "bao-hiem-nong-nghiep-thi-diem"
    assert rows["note"].tolist()[2] == 'hai "việc", một câu'
    assert set(rows["reader"]) == {"Nguyễn Văn An"}
    assert set(rows["settles"]) == {""}
    assert reader.page.evaluate("new Date().toLocaleDateString('sv')") in set(rows["date"])
    assert f"doichieu review import {file.name}" in reader.said()
    taken = import_decisions(file, asked.tasks, asked.catalogue, tmp_path / "log.csv")
    assert (len(taken.added), taken.n_known, len(taken.conflicts)) == (4, 0, 0)
    again = import_decisions(file, asked.tasks, asked.catalogue, tmp_path / "log.csv")
    assert (len(again.added), again.n_known) == (0, 4)
    assert reader.errors == []
    assert [url for url in reader.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_reloading_keeps_answers(reader: Reader) -> None:
    answer_five(reader)
    reader.page.fill("#review-reader", "An")
    reader.page.reload()
    assert reader.until(READY)
    assert [reader.answer(n) for n in range(1, 6)] == ["whole", "no", "part", "new", "skip"]
    assert reader.page.input_value("#review-reader") == "An"
    assert reader.page.input_value("#review-4 input[name=title]") == " Bảo hiểm  nông nghiệp, thí điểm "
    assert reader.page.is_visible("#review-4 input[name=title]")
    assert not reader.page.is_visible("#review-1 input[name=title]")


def test_answers_are_taken_back(reader: Reader) -> None:
    answer_five(reader)
    for number, wanted in ((5, ""), (4, "new"), (4, "")):  # the title was typed after the choice
        reader.page.click("#review-undo")
        assert reader.answer(number) == wanted
        assert reader.said() == f"Đã hoàn tác ở câu {number}."
    reader.page.click("#review-1 .clear")
    assert reader.answer(1) == ""
    assert reader.page.evaluate("document.activeElement.name") == "answer-1"
    reader.page.click("#review-undo")
    assert reader.answer(1) == "whole"
    assert reader.said("progress").startswith("Đã trả lời 3 /")


def test_saving_wants_answers_a_title_and_a_name(reader: Reader) -> None:
    reader.page.click("#review-save")
    assert reader.said() == "Chưa có câu trả lời nào để lưu."
    reader.choose(2, "new")
    reader.page.fill("#review-2 input[name=title]", " … ")
    reader.page.click("#review-save")
    assert reader.said() == "Chưa lưu: câu 2 là việc mới, hãy đặt tên cho việc ấy."
    assert reader.page.evaluate("document.activeElement.name") == "title"
    reader.page.keyboard.type("Việc mới")
    reader.page.click("#review-save")
    assert reader.said() == "Chưa lưu: hãy ghi tên người rà soát."
    assert reader.page.get_attribute("#review-reader", "aria-invalid") == "true"


def test_browser_that_keeps_nothing_says_so_and_warns(
    browser: sync_api.Browser, asked: Asked, tmp_path: Path
) -> None:
    reader = Reader(browser, asked, script=NO_STORAGE)
    assert reader.said("storage").startswith("Trình duyệt không cho giữ câu trả lời")
    reader.choose(1, "no")
    leave = "(() => { const e = new Event('beforeunload', { cancelable: true }); dispatchEvent(e); return e.defaultPrevented; })()"
    assert reader.page.evaluate(leave) is True
    reader.page.fill("#review-reader", "An")
    assert read_decisions(reader.save(tmp_path))["match"].tolist() == ["no"]
    assert reader.page.evaluate(leave) is False
    assert reader.errors == []
    reader.page.context.close()


def test_packed_questions_are_there_and_reached(reader: Reader, asked: Asked) -> None:
    n = len(asked.queue)
    assert reader.page.locator(".item").count() == n > 10
    reader.page.evaluate(f"location.hash = '#review-{n}'")
    assert reader.until(f"document.getElementById('review-{n}').getBoundingClientRect().height > 0")
    reader.choose(n, "skip")
    for number in range(1, 11):
        reader.choose(number, "no")
    reader.page.click("#review-next")
    assert reader.page.evaluate("document.activeElement.name") == "answer-11"


def test_settling_ends_a_dispute_and_begins_something_new(reader: Reader, tmp_path: Path) -> None:
    reader.page.evaluate("document.getElementById('review-1').dataset.settles = 'yes'")
    reader.choose(1, "new")
    reader.page.fill("#review-1 input[name=title]", "Việc khác hẳn")
    reader.page.fill("#review-reader", "An")
    rows = read_decisions(reader.save(tmp_path))
    assert rows["match"].tolist() == ["no", "new"]
    assert rows["settles"].tolist() == ["yes", "yes"]


def test_an_answer_from_before_a_dispute_does_not_settle_it(reader: Reader) -> None:
    reader.choose(1, "whole")
    reader.page.evaluate(
        """document.getElementById('review-1').dataset.settles = 'yes';
        const key = Object.keys(localStorage).find((k) => k.startsWith('doichieu-review:'));
        dispatchEvent(new StorageEvent('storage', { key, newValue: localStorage.getItem(key) }));"""
    )
    assert reader.answer(1) == ""


def test_every_control_is_named_and_nothing_is_cut(reader: Reader) -> None:
    reader.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for width in (375, 1280):
        reader.page.set_viewport_size({"width": width, "height": 800})
        assert reader.until(f"innerWidth === {width}")
        assert reader.page.evaluate("document.documentElement.scrollWidth") == width
        nameless = (
            "[...document.querySelectorAll('#review-form input')].filter((i) => !i.labels.length).length"
        )
        assert reader.page.evaluate(nameless) == 0
        ids = reader.page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        assert len(ids) == len(set(ids))
        links = reader.page.evaluate(
            "[...document.querySelectorAll('main a[href^=\"#\"]')].map((a) => a.hash)"
        )
        assert {re.sub("^#", "", link) for link in links} <= set(ids)
    assert reader.errors == []


def test_page_that_asks_is_not_heavy(asked: Asked) -> None:
    assert asked.page.stat().st_size < 2_500_000
