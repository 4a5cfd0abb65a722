"""The words behind a claim: where they stand in the document's lines, and which tasks a number counts."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from compare.catalogue import Catalogue
from compare.documents import Document
from compare.report.counted import counted
from compare.report.evidence import around, marks_code, matched_marks, printed_marks
from compare.report.inputs import Inputs, open_inputs
from compare.report.quotes import quoted_pieces
from compare.shared_words import in_lines
from report_tables import data, rendered


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return open_inputs(data())


def _words(code: str, line: str) -> list[str]:
    pairs = [pair.split("-") for pair in code.removeprefix("!").split(",") if pair]
    return [line[int(start) : int(end)] for start, end in pairs]


def _with(inputs: Inputs, family: str, evidence: str) -> Inputs:
    table = inputs["memberships"]
    own = (table["family_id"] == family) & table["task_id"].str.startswith("gia-lai/")
    changed = table.assign(evidence=table["evidence"].mask(own, evidence))
    return replace(inputs, tables={**inputs.tables, "memberships": changed})


def _task(inputs: Inputs, family: str, place: str = "gia-lai") -> str:
    return str(inputs.cells[family, place]["task_ids"])


def test_words_that_a_reader_quoted_are_marked_and_said_to_be_quoted(inputs: Inputs) -> None:
    quoted = _with(inputs, "no-dong", "reviewed by An; “nợ tồn đọng” … “gắn với”")
    task = _task(inputs, "no-dong")
    code, line = matched_marks("no-dong", task, quoted), inputs.lines["gia-lai"][11]
    assert code.startswith("!")
    assert _words(code, line) == ["nợ tồn đọng", "gắn với"]


def test_words_shared_with_other_localities_are_marked_where_none_are_quoted(inputs: Inputs) -> None:
    task, line = _task(inputs, "no-dong"), inputs.lines["gia-lai"][11]
    code = matched_marks("no-dong", task, inputs)
    assert not code.startswith("!")
    assert "nợ tồn đọng kéo dài" in " ".join(_words(code, line))
    alone = replace(inputs, tables={**inputs.tables, "memberships": inputs["memberships"].iloc[:0]})
    assert matched_marks("no-dong", task, alone) == ""


def test_task_nearest_to_a_gap_is_marked_too(inputs: Inputs) -> None:
    near = inputs.cells["giai-the", "gia-lai"]["nearest_task_id"]
    row = inputs.tasks[near]
    words = _words(matched_marks("giai-the", near, inputs), inputs.lines["gia-lai"][row["line_start"] - 1])
    assert all(word in row["text"] for word in words)


def test_places_are_counted_as_a_script_does() -> None:
    line = "\U0001d400 một hai"
    assert marks_code(in_lines("hai", [line]), [line]) == "7-10"  # the letter before counts twice


def test_printed_words_are_found_over_several_lines(inputs: Inputs) -> None:
    lines = {**inputs.lines, "gia-lai": ("đạt 60", "% số xã", "")}
    row = {"locality": "gia-lai", "line_start": 1, "line_end": 2}
    assert printed_marks(row, ["đạt 60% số xã"], replace(inputs, lines=lines)) == "0-6;1:2-7"


def test_lines_around_are_the_nearest_that_are_not_blank() -> None:
    assert around(["a", "", "b", "c", "", "d", "e"], [4], 2) == [1, 3, 4, 6, 7]
    assert around(["a"], [1]) == [1]
    assert around([], []) == []


def _sheets(stem: str) -> dict[str, str]:
    html = (rendered() / f"{stem}.html").read_text(encoding="utf-8")
    return dict(re.findall(r'<table data-name="([^"]+)"(.*?)</table>', html, re.S))


def _cells(table: str) -> dict[tuple[str, str], str]:
    def texts(cells: Sequence[str]) -> list[str]:
        return [" ".join(re.sub("<[^>]*>", "", cell).split()) for cell in cells]

    heads = texts(re.findall('<th scope="col".*?</th>', table, re.S))
    rows = [
        texts(re.findall("<t[hd].*?</t[hd]>", row, re.S))
        for row in table.split("<tbody>")[1].split("<tr>")[1:]
    ]
    return {(row[0], head): cell for row in rows for head, cell in list(zip(heads, row, strict=True))[::-1]}


@pytest.mark.slow
@pytest.mark.parametrize("locality", ["gia-lai", ""])
def test_tasks_behind_a_number_are_as_many_as_it_says(inputs: Inputs, locality: str) -> None:
    sheets, n = _sheets(locality or "overview"), 0
    page = (rendered() / f"{locality or 'overview'}.html").read_text(encoding="utf-8")
    for table, rows in counted(inputs, locality).items():
        shown = _cells(sheets[table]) if table in sheets else {}
        for row, columns in rows.items():
            for column, tasks in columns.items():
                if (row, column) in shown:
                    assert shown[row, column] == str(len(tasks)), (table, row, column)
                    assert all(f' id="{t[1:]}"' in page for t in tasks if t.startswith("#")), (table, row)
                    n += 1
    assert n > 30


def test_what_readers_quoted_of_the_five_plans_stands_in_their_lines(
    catalogue: Catalogue, tasks: pd.DataFrame, documents: list[Document]
) -> None:
    rows, lost = tasks.set_index("task_id"), []
    plans = {document.locality: document.lines for document in documents}
    for member in catalogue.memberships.to_dict("records"):
        row = rows.loc[member["task_id"]]
        lines = plans[row["locality"]][row["line_start"] - 1 : row["line_end"]]
        for piece in quoted_pieces(member["note"]):
            found = "".join(lines[n][start:end] for n, start, end in in_lines(piece, lines))
            if len(re.findall(r"\w", found)) < len(re.findall(r"\w", piece)):
                lost.append((member["task_id"], piece))
    assert lost == []
