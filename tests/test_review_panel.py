"""The panel: what it shows is escaped, what goes wrong is said, and buttons do what they say."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.align.matching.evidence import FEATURES
from compare.align.matching.second_look import SECOND_FEATURES
from compare.catalogue import Catalogue
from compare.decisions import read_decisions
from compare.documents import Document, read_reference
from compare.errors import CompareError
from compare.labels import read_labels
from compare.reviewing import ReviewPanel, ReviewSession, learn_tasks, panel
from compare.reviewing.learned import Learned
from compare.reviewing.page import read_naming

PLACES, HOSTILE = ["dong-nai", "go-cong-tay", "ha-tinh"], "<script>alert(1)</script>"
pytest.importorskip("ipywidgets")


@pytest.fixture(scope="module")
def known(tasks: pd.DataFrame) -> tuple[pd.DataFrame, Catalogue]:
    """Half of three plans, the text of Ha Tinh's hostile, and what the catalogue knows of the others."""
    here = tasks[tasks["locality"].isin(PLACES)].iloc[::2]
    new = here["locality"] == "ha-tinh"
    here = here.assign(text=here["text"] + new.map({True: HOSTILE, False: ""}))
    return here, cp.read_catalogue().without(set(tasks["task_id"]) - set(here.loc[~new, "task_id"]))


@pytest.fixture(scope="module")
def learned(known: tuple[pd.DataFrame, Catalogue]) -> Learned:
    return learn_tasks(*known, Path("none.csv"))


@pytest.fixture
def opened(
    learned: Learned,
    known: tuple[pd.DataFrame, Catalogue],
    documents: list[Document],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., ReviewPanel]:
    monkeypatch.setattr(panel, "PAUSE", 0.0)

    def open_one(reader: str = "An", language: str = "vi") -> ReviewPanel:
        path = tmp_path / "decisions.csv"
        session = ReviewSession(learned, known[1], path, reader=reader, clock=lambda: date(2026, 11, 21))
        names = read_naming(read_labels(language), cp.documents_table(documents), read_reference())
        return ReviewPanel(session, names)

    return open_one


def test_text_of_a_document_is_shown_as_text(opened: Callable[..., ReviewPanel]) -> None:
    shown = opened()
    assert "<script" not in shown.page.value
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown.page.value


def test_an_item_says_where_it_stands_and_why_it_is_asked(opened: Callable[..., ReviewPanel]) -> None:
    shown = opened()
    assert "Hà Tĩnh, " in shown.page.value
    assert "ha-tinh.txt, dòng " in shown.page.value
    assert "Vì sao hỏi:" in shown.question.value
    assert "Phần mềm ước tính khả năng là " in shown.question.value
    assert "Mức khởi đầu" in shown.page.value


@pytest.mark.parametrize("match", ["whole", "part", "no"])
def test_a_click_writes_the_answer_and_says_so(opened: Callable[..., ReviewPanel], match: str) -> None:
    shown = opened()
    before = shown.page.value
    assert shown.buttons["undo"].disabled
    shown.buttons[match].click()
    assert read_decisions(shown.session.path)["match"].tolist() == [match]
    assert "Đã ghi" in shown.message.value
    assert "Đã trả lời 1," in shown.progress.value
    assert shown.page.value != before
    shown.buttons["undo"].click()
    assert shown.page.value == before


def test_a_second_click_too_soon_is_not_taken_for_the_next_item(
    opened: Callable[..., ReviewPanel], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = opened()
    monkeypatch.setattr(panel, "PAUSE", 60.0)
    shown.buttons["no"].click()
    shown.buttons["no"].click()
    assert len(read_decisions(shown.session.path)) == 1


def test_buttons_are_off_while_an_answer_is_written(
    opened: Callable[..., ReviewPanel], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, seen = opened(), []
    monkeypatch.setattr(
        shown.session, "skip", lambda: seen.extend(b.disabled for b in shown.buttons.values())
    )
    shown.buttons["skip"].click()
    assert seen == [True] * len(shown.buttons)
    assert not shown.buttons["skip"].disabled


@pytest.mark.parametrize(
    ("reader", "title", "said"),
    [
        ("", "Máy cày", "hãy ghi tên người rà soát"),
        ("An", " ", "hãy ghi tên cho đầu việc mới"),
        ("An", "{known}", "danh mục đã có đầu việc “{known}”"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    opened: Callable[..., ReviewPanel], reader: str, title: str, said: str
) -> None:
    shown = opened(reader)
    known = shown.session.catalogue.families["title_vi"].iloc[0]
    shown.title.value = title.format(known=known)
    shown.buttons["new"].click()
    assert said.format(known=known) in shown.message.value
    assert "rv-failed" in shown.message.value
    assert shown.title.value == title.format(known=known)
    assert not shown.session.path.exists()


def test_a_damaged_file_is_named_in_the_panel_and_nothing_is_lost(opened: Callable[..., ReviewPanel]) -> None:
    shown = opened()
    shown.session.path.write_text("damaged\n", encoding="utf-8")
    before = shown.page.value
    shown.buttons["no"].click()
    assert "decisions.csv, line 1: missing columns" in shown.message.value
    assert shown.page.value == before
    assert not shown.buttons["no"].disabled


def test_any_other_error_is_said_too(
    opened: Callable[..., ReviewPanel], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = opened()
    monkeypatch.setattr(shown.session, "skip", lambda: 1 // 0)
    shown.buttons["skip"].click()
    assert "ZeroDivisionError" in shown.message.value


def test_a_conflict_says_who_said_what_and_takes_no_new_family(opened: Callable[..., ReviewPanel]) -> None:
    one, other = opened("An"), opened("<b>Bình</b>")
    one.note.value = "cả “hai” vế"
    one.buttons["whole"].click()
    other.buttons["no"].click()
    one.buttons["refresh"].click()
    assert "An (21/11/2026): trọn việc; cả “hai” vế" in one.question.value
    assert "&lt;b&gt;Bình&lt;/b&gt; (21/11/2026): không phải" in one.question.value
    assert one.buttons["new"].disabled
    assert not one.buttons["part"].disabled


def test_choosers_narrow_the_queue_and_an_end_says_so(opened: Callable[..., ReviewPanel]) -> None:
    shown = opened()
    shown.locality.value = "dong-nai"
    assert "Không còn gì để hỏi" in shown.question.value
    assert "Chọn “Tất cả”" in shown.question.value
    assert shown.buttons["whole"].disabled
    shown.locality.value = "ha-tinh"
    assert "Hà Tĩnh, " in shown.page.value


def test_the_panel_speaks_english_too(opened: Callable[..., ReviewPanel]) -> None:
    assert "Does the task below belong" in opened(language="en").question.value


def test_where_no_widget_can_be_shown_the_progress_is(opened: Callable[..., ReviewPanel]) -> None:
    assert opened()._repr_mimebundle_()["text/plain"].startswith("Đã trả lời 0, còn ")


def test_without_ipywidgets_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(CompareError, match="wants the package ipywidgets, found none; .*make lab"):
        cp.open_review()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_feature_has_a_plain_name(language: str) -> None:
    strings = read_labels(language).strings
    assert {f"feature.{name}" for name in (*FEATURES, *SECOND_FEATURES, "bias")} <= set(strings)
