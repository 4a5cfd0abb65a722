"""The workbook holds what the tables hold: typed, filtered, linked, and never a formula."""

import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from compare.cli import main
from compare.errors import ReportError
from compare.labels import read_labels
from compare.report.inputs import open_inputs
from compare.schema import read_table
from compare.workbook import fields, write_workbook
from compare.workbook.sheets import SHEETS
from compare.workbook.writing import Formats, write_rows
from report_tables import DOCUMENTS, FAMILIES, HOSTILE, STATUS, report_tables, write_data

FORMULA = "=HYPERLINK(“x”;1+1)"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = report_tables()
    tables["tasks"].loc[0, "product"] = FORMULA
    return write_data(tmp_path_factory.mktemp("workbook") / "data", tables)


@pytest.fixture(scope="module")
def path(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(data, tmp_path_factory.mktemp("xlsx") / "doi-chieu.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def _heads(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): number for number, cell in enumerate(sheet[1])}


def test_there_is_a_sheet_for_every_table_after_the_explanations(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[0] == "Đọc trước"
    label = read_labels("vi")
    assert {label(f"book.sheet.{name}") for name in [*SHEETS, "coverage", "gaps"]} == set(book.sheetnames[1:])


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_has_every_row_frozen_headings_and_a_filter(
    book: openpyxl.Workbook, data: Path, name: str
) -> None:
    sheet = book[read_labels("vi")(f"book.sheet.{name}")]
    table = read_table(SHEETS[name].table, data)
    assert sheet.max_row == len(table) + 1
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.freeze_panes.endswith("2")


def test_a_heading_says_what_its_cells_hold(book: openpyxl.Workbook, data: Path) -> None:
    """Codes stand under "Mã đầu việc" in every sheet, so that one sheet is looked up by another."""
    label = read_labels("vi")
    known = set(read_table("families", data)["family_id"])
    for name in ("families", "memberships", "gaps"):
        sheet = book[label(f"book.sheet.{name}")]
        place = _heads(sheet)["Mã đầu việc"]
        codes = {row[place].value for row in sheet.iter_rows(min_row=2)}
        assert codes, name
        assert codes <= known, name
    assert "Tên văn bản" not in _heads(book[label("book.sheet.calendar")])


def test_cells_hold_numbers_dates_and_yes_or_no(book: openpyxl.Workbook, data: Path) -> None:
    tasks, sheet = read_table("tasks", data), book["Nhiệm vụ"]
    heads = _heads(sheet)
    lines = [row[heads["Từ dòng"]].value for row in sheet.iter_rows(min_row=2)]
    assert lines == tasks["line_start"].tolist()
    inferred = [row[heads["Chủ trì do suy ra"]].value for row in sheet.iter_rows(min_row=2)]
    assert inferred == tasks["lead_inferred"].tolist()
    documents = book["Văn bản"]
    issued = [row[_heads(documents)["Ngày ban hành"]].value for row in documents.iter_rows(min_row=2)]
    assert issued[0] == datetime.datetime(2020, 9, 11)
    assert issued[-1] is None  # no date in the document, and none made up


def test_a_partial_date_stays_text(book: openpyxl.Workbook) -> None:
    sheet = book["Nhiệm vụ"]
    ends = {row[_heads(sheet)["Kết thúc"]].value for row in sheet.iter_rows(min_row=2)}
    assert {"12/2020", "2025", "15/12 hằng năm"} <= ends


def test_a_text_too_long_for_a_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "long.xlsx") as made:
        write_rows(made.add_worksheet(), ["h"], [[("a" * 40_000, "text")]], Formats(made), {})
    value = openpyxl.load_workbook(tmp_path / "long.xlsx").active["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


def test_a_day_that_a_workbook_counts_wrongly_stays_text(data: Path) -> None:
    field, inputs = fields.Field("issued_on", "date"), open_inputs(data, "vi")
    assert fields.cell(inputs, field, "1890-05-19") == "19/05/1890"
    assert fields.cell(inputs, field, "2022-06-16") == datetime.date(2022, 6, 16)


def test_text_that_looks_like_a_formula_stays_text(book: openpyxl.Workbook) -> None:
    sheet = book["Nhiệm vụ"]
    cell = sheet.cell(2, _heads(sheet)["Sản phẩm"] + 1)
    assert (cell.value, cell.data_type) == (FORMULA, "s")
    assert cell.quotePrefix  # stays text when a reader edits it
    assert not sheet.cell(2, 1).quotePrefix
    assert not [c for rows in book for row in rows.iter_rows() for c in row if c.data_type == "f"]
    families = book["Đầu việc"]
    assert HOSTILE in {row[0].value for row in families.iter_rows(min_row=2)}


def test_the_matrix_says_the_status_and_leads_to_the_task(book: openpyxl.Workbook, data: Path) -> None:
    sheet, tasks = book["Ma trận"], book["Nhiệm vụ"]
    words = {"c": "có nêu", "p": "nêu một phần", "r": "cần xem lại", "g": "không thấy"}
    id_column = _heads(tasks)["Mã nhiệm vụ"] + 1
    coverage = read_table("coverage", data).set_index(["family_id", "locality"])
    by_title = {title: (family, letters) for family, (title, _, letters) in FAMILIES.items()}
    seen = 0
    for row in sheet.iter_rows(min_row=2):
        family, letters = by_title[row[0].value]
        assert [cell.value for cell in row[2:6]] == [words[letter] for letter in letters]
        for place, held in zip(DOCUMENTS, row[2:6], strict=True):
            wanted = coverage.loc[(family, place), "task_ids"].split(";")[0]
            if wanted:
                at = int(held.hyperlink.location.rpartition("!A")[2])
                assert tasks.cell(at, id_column).value == wanted
                seen += 1
            else:
                assert held.hyperlink is None
    assert seen > 20
    assert set(words) == set(STATUS)


def test_the_gaps_are_those_of_the_coverage(book: openpyxl.Workbook, data: Path) -> None:
    coverage = read_table("coverage", data)
    stated = coverage[coverage["status"].isin(["covered", "partial"])]
    open_ones = coverage[coverage["status"].isin(["gap", "review"])]
    wanted = open_ones[open_ones["family_id"].isin(stated["family_id"])]
    sheet = book["Không thấy"]
    found = {(row[_heads(sheet)["Mã đầu việc"]].value, row[0].value) for row in sheet.iter_rows(min_row=2)}
    names = open_inputs(data).names
    assert found == {(r.family_id, names.locality(r.locality)) for r in wanted.itertuples()}


def test_the_same_tables_give_the_same_bytes(path: Path, data: Path, tmp_path: Path) -> None:
    assert write_workbook(data, tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_the_english_workbook_has_no_vietnamese_heading(data: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(data, tmp_path / "en.xlsx", "en"))
    heads = [str(cell.value) for sheet in book.worksheets[1:] for cell in sheet[1]]
    places = {name for _, name, *_ in DOCUMENTS.values()}
    assert book.sheetnames[0] == "Read first"
    assert all(head.isascii() for head in heads if head not in places)


def test_the_command_writes_it_and_an_error_leaves_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out" / "a.xlsx"
    assert main(["workbook", "--processed", str(data), "--file", str(target)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert pd.read_excel(target, sheet_name="Văn bản").shape[0] == len(DOCUMENTS)
    assert main(["workbook", "--processed", str(tmp_path / "none"), "--file", str(tmp_path / "b.xlsx")]) == 2
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".xlsx"] == []


def test_an_unknown_language_is_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="unknown language 'fr'; accepted: en, vi"):
        write_workbook(data, tmp_path / "a.xlsx", "fr")
