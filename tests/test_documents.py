"""Reading plans and reference tables."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import compare as cp
from compare.documents import Document, Paragraph, Row, data_folder, read_document, read_reference
from compare.errors import DocumentError

ROOT = Path(__file__).parents[1]


def test_blocks_know_their_lines(plan: Callable[..., Document]) -> None:
    document = plan("KẾ HOẠCH\n\n**dòng một\ndòng hai**\n- mục\n\nSTT\tNhiệm vụ\n")
    assert document.blocks == (
        Paragraph("KẾ HOẠCH", 1, 1),
        Paragraph("dòng một dòng hai", 3, 4),
        Paragraph("- mục", 5, 5),
        Row(("STT", "Nhiệm vụ"), 7),
    )


@pytest.mark.parametrize(
    "line",
    [
        "a) Hai",
        "a. Hai",
        "– Hai",
        "• Hai",
        "(1) Hai",
        "III. Hai",
        "PHỤ LỤC",
        "Phụ lục số 1: Hai",
        "Nơi nhận:",
    ],
)
def test_a_mark_begins_a_block_without_a_blank_line(plan: Callable[..., Document], line: str) -> None:
    blocks = plan(f"Một\n{line}\n\nBa\n").blocks
    assert blocks == (Paragraph("Một", 1, 1), Paragraph(line, 2, 2), Paragraph("Ba", 4, 4))


def test_a_file_without_blank_lines_prints_a_paragraph_a_line(plan: Callable[..., Document]) -> None:
    lines = ["KẾ HOẠCH", "2.2. Chính sách đất đai", "Bố trí quỹ đất.", "Rà soát."]
    assert [b.text for b in plan("\n".join(lines)).blocks if isinstance(b, Paragraph)] == lines


@pytest.mark.parametrize("line", ["1. Một\t", "\t- Một", "\t\tMột", "-\tMột"])
def test_a_tab_alone_makes_no_row(plan: Callable[..., Document], line: str) -> None:
    (block,) = plan(line).blocks
    assert block == Paragraph(" ".join(line.split()), 1, 1)


def test_a_line_with_tabs_among_rows_is_a_row(plan: Callable[..., Document]) -> None:
    lines = ["STT\tNhiệm vụ\tCơ quan", "I Tiếp tục\t\t", "1\tMột\tSở", "", "\thai\t", "", "\tba"]
    blocks = plan("\n".join(lines)).blocks
    assert [b.line for b in blocks if isinstance(b, Row)] == [1, 2, 3, 5]


def test_every_text_line_of_the_corpus_is_in_a_block(documents: list[Document]) -> None:
    for document in documents:
        covered = {
            n
            for b in document.blocks
            for n in (range(b.line_start, b.line_end + 1) if isinstance(b, Paragraph) else [b.line])
        }
        lost = [n for n, line in enumerate(document.lines, 1) if line.strip(" *#\t") and n not in covered]
        assert lost == []


def test_the_five_plans_are_unchanged(documents: list[Document]) -> None:
    recorded = (ROOT / "tests" / "backtests" / "sha256.txt").read_text().split()
    assert [word for d in documents for word in (d.sha256, d.source_file)] == recorded


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gia-lai.txt", b"", "found a file without text"),
        ("gia-lai.txt", b" \n\t\n", "found a file without text"),
        (
            "gia-lai.txt",
            "KẾ\nHOẠCH".encode("utf-16"),
            "UTF-8 text wanted, found other bytes in line 1",
        ),
        ("gia-lai.txt", "một\nKế".encode() + b"\xff", "found other bytes in line 2"),
        (
            "ha-noi.txt",
            "KẾ HOẠCH".encode(),
            "'ha-noi' is no locality.*accepted: dak-nong, dong-nai",
        ),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=message):
        read_document(tmp_path / name)


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"document wanted at .*gia-lai\.txt, found none"):
        read_document(tmp_path / "gia-lai.txt")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="plans .* wanted in .*, found none"):
        cp.read_documents(tmp_path)


def test_reference_files_are_checked(tmp_path: Path) -> None:
    (tmp_path / "localities.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DocumentError, match=r"localities\.csv: columns .* wanted, found \['a', 'b'\]"):
        read_reference(tmp_path)


def test_the_data_folder_is_found_from_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "notebooks")
    assert data_folder("raw") == ROOT / "data" / "raw"


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        (
            "units.csv",
            "lớp,class,classes,count,((,\n",
            r"units.csv, line \d+, column 'pattern': a regular expression wanted",
        ),
        (
            "units.csv",
            "lớp,class,classes,count,,\n",
            r"units.csv, line \d+, column 'pattern': a pattern wanted, found none",
        ),
    ],
)
def test_a_pattern_that_is_none_is_refused_by_line(file: str, row: str, message: str, tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "data/reference", tmp_path / "reference")
    (folder / file).write_text((folder / file).read_text(encoding="utf-8-sig") + row, encoding="utf-8")
    with pytest.raises(DocumentError, match=message):
        read_reference(folder)


def test_a_heading_that_is_asked_for_in_vain_is_named() -> None:
    with pytest.raises(DocumentError, match="a row 'report,nothing' wanted, found none; accepted: .*duty"):
        read_reference().patterns("report")["nothing"]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("overview", r"localities.csv, line 7, column 'locality': an id of ASCII .* found 'overview'"),
        ("Đắk Lắk", r"line 7, column 'locality': an id of ASCII letters, .* found 'Đắk Lắk'"),
        ("ha-tinh", r"line 7, column 'locality': 'ha-tinh' stands there twice"),
    ],
)
def test_an_id_that_could_name_no_page_is_refused(tmp_path: Path, place: str, message: str) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(data_folder("reference"), folder)
    with (folder / "localities.csv").open("a", encoding="utf-8") as file:
        file.write(f"{place},Một nơi,province,\n")
    with pytest.raises(DocumentError, match=message):
        read_reference(folder)
