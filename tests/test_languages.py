"""Nothing left over in the other language: every page and table of names says its own words in English."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import compare as cp
from compare.documents import read_reference
from compare.errors import DocumentError
from compare.labels import read_labels
from compare.report import Report, open_report
from compare.report.blocks import printed, worded
from compare.wording import Wording, agency_names, read_wording
from report_tables import data

VIETNAMESE = re.compile("[\u00c0-\u1ef9]")
REFERENCE = read_reference()
ENGLISH = read_wording(REFERENCE, "en")
_NUMBER = re.compile(r"\d+(?:/\d{4})?[-/][\w/-]+")  # of a document: 45/2025/NĐ-CP
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_QUOTING = ("calendar", "citations", "duties")  # charts with words of the plans in and behind their marks
_SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-filter")


def places() -> list[str]:
    """Return the proper names of places, which have no other form in English."""
    made = REFERENCE.locality_successions["made_of"].str.split(";").explode()
    named = [*REFERENCE.localities["name_vi"], *REFERENCE.localities["parent"], *made, "Đồng Tháp"]
    return sorted({*named, "Quảng Trị", "Hà Giang", "Đối chiếu"} - {""}, key=lambda name: -len(name))


_PLACE = re.compile("|".join(map(re.escape, places())))


def left_over(text: str) -> bool:
    """Tell text that holds Vietnamese letters, names of places and numbers of documents aside."""
    return bool(VIETNAMESE.search(_NUMBER.sub("", _PLACE.sub("", text))))


class _Page(HTMLParser):
    """Gather what stands in an English page outside elements that say they are Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.spoken: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        vietnamese = said.get("lang") == "vi" or bool(self.spoken and self.spoken[-1][1])
        if tag not in _VOID:
            self.spoken.append((tag, vietnamese or tag in ("script", "style")))
        if not vietnamese:
            self.found += [value for name, value in attrs if name in _SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        while self.spoken and self.spoken.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        if not (self.spoken and self.spoken[-1][1]):
            self.found.append(text)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a chart."""
    if isinstance(value, str):
        yield re.sub("<[^>]*>", " ", value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def english_report(locality: str) -> Report:
    """Open a report whose pieces of work have English titles."""
    report = open_report(locality, "en", data())
    families = report.inputs["families"]
    families = families.assign(title_en="Piece of work " + families["family_id"])
    return replace(
        report, inputs=replace(report.inputs, tables={**report.inputs.tables, "families": families})
    )


def shown(report: Report, section: str) -> Iterator[str]:
    """Yield what a section of an English report shows, but for what is marked as Vietnamese."""
    for block in report.blocks(section):
        for kind, value in block.bundle()[0].items():
            if kind == "text/html":
                page = _Page()
                page.feed(value)
                yield from page.found
            elif section not in _QUOTING:
                yield from _texts(value)


@pytest.mark.parametrize("locality", ["gia-lai", ""])
def test_an_english_report_holds_no_vietnamese_but_what_is_marked(locality: str) -> None:
    report = english_report(locality)
    found = {name: [text for text in shown(report, name) if left_over(text)] for name in report.sections}
    assert {section: texts for section, texts in found.items() if texts} == {}


def test_the_english_strings_are_english() -> None:
    strings = read_labels("en").strings
    assert [key for key, value in strings.items() if left_over(str(value))] == []


@pytest.mark.parametrize("kind", ["phrases", "document_kinds", "agencies", "units", "document_issuers"])
def test_the_words_of_a_reference_table_have_english(kind: str) -> None:
    table: pd.DataFrame = getattr(REFERENCE, kind)
    english = [column for column in table.columns if column.endswith("_en")]
    assert english
    assert [text for column in english for text in table[column] if left_over(text)] == []


def test_agencies_of_one_kind_have_different_english_names() -> None:
    names = agency_names(REFERENCE, "en")
    assert len(set(names.values())) == len(names)


def test_every_ground_and_content_can_be_said_in_english() -> None:
    tables = (REFERENCE.successions, REFERENCE.group_members, REFERENCE.locality_successions)
    said = [text for table in tables for text in table["ground"]] + list(REFERENCE.successions["content"])
    said += [f"ở nơi khác: {text}" for text in REFERENCE.successions["ground"]]
    assert [text for text in said if left_over(re.sub(r"\(http[^()]*\)", "", ENGLISH.said(text)))] == []
    assert [ENGLISH.said(text) for text in said if text.count("; ") != ENGLISH.said(text).count("; ")] == []


def test_every_unit_and_sum_of_money_has_english() -> None:
    units = [*REFERENCE.units["unit"], "nghìn đồng", "triệu đồng/năm", "tỷ đồng", "hợp tác xã/xã"]
    assert [unit for unit in units if left_over(ENGLISH.unit(unit))] == []
    assert ENGLISH.unit("hợp tác xã/xã", 1) == "cooperative per commune"
    assert ENGLISH.whole("hợp tác xã và liên hiệp hợp tác xã") == "cooperatives and unions of cooperatives"


@pytest.mark.parametrize(
    ("issuer", "english"),
    [
        ("UBND tỉnh", "Provincial People's Committee"),
        ("Ủy ban nhân dân tỉnh Đồng Nai", "Provincial People's Committee, Đồng Nai"),
        ("Ban chấp hành Trung ương Đảng", "Central Committee"),
        ("một hội lạ", "một hội lạ"),
        ("", ""),
    ],
)
def test_an_issuer_is_named_with_its_place(issuer: str, english: str) -> None:
    assert ENGLISH.issuer(issuer) == english
    assert read_wording(REFERENCE, "vi").issuer(issuer) == issuer


def test_vietnamese_is_shown_as_it_is_in_a_vietnamese_page() -> None:
    words, vi, en = Wording(), read_labels("vi"), read_labels("en")
    assert words.said("hai sở hợp nhất") == "hai sở hợp nhất"
    assert printed("Bộ Chính trị", vi) == "Bộ Chính trị"
    assert worded("lạ & xa lạ", "lạ & xa lạ", en) == '<span lang="vi">lạ &amp; xa lạ</span>'
    assert worded("merged in Hà Tĩnh", "hợp nhất ở Hà Tĩnh", en) == "merged in Hà Tĩnh"


def test_names_of_both_languages_serve_notebooks() -> None:
    english, vietnamese = (cp.read_names(data(), language) for language in ("en", "vi"))
    assert english.agency("so-tai-chinh") == "Department of Finance"
    assert vietnamese.agency("so-tai-chinh") == "Sở Tài chính"
    assert english.wording.unit("tổ hợp tác") == "cooperative groups"


def test_a_word_behind_a_number_fits_it() -> None:
    t = read_labels("en")
    assert [t("finding.going", n=n) for n in (1, 2)] == [
        "1 task is ongoing.",
        "2 tasks are ongoing.",
    ]


def test_a_row_without_english_is_named(tmp_path: Path) -> None:
    for path in Path("data/reference").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "phrases.csv").open("a", encoding="utf-8") as file:
        file.write("một câu lạ,\n")
    with pytest.raises(DocumentError, match=r"phrases.csv, line \d+, column 'name_en': English wanted"):
        read_reference(tmp_path)
