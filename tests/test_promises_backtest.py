"""Targets, reporting duties and dated tasks of the five plans, against a reading made by eye.

``backtests/targets.csv``, ``deadlines.csv`` and ``dated.csv`` were written by a reader who did not see the
program; ``promises_settled.csv`` lists where the reading was settled otherwise, with the reason.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from compare.documents import Document
from compare.schema import read_table

BACKTESTS = Path(__file__).parent / "backtests"
DATED = ("year", "quarter", "month", "range", "deadline", "from")
FIELDS = {
    "targets": ["value", "value_high", "unit", "bound", "year", "baseline", "scope"],
    "deadlines": ["period", "due", "reporter_text", "report_to", "via"],
}


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(BACKTESTS / f"{name}.csv", dtype=str, keep_default_na=False)


def _settled(name: str) -> pd.DataFrame:
    """Return the reading with what was settled put in; each settled cell must be as it was read."""
    table = _read(name).set_index(["locality", "n"])
    changes = _read("promises_settled")
    for row in changes[changes["table"] == name].itertuples():
        assert table.loc[(row.locality, row.n), row.field] == row.read
        table.loc[(row.locality, row.n), row.field] = row.settled
    return table.reset_index().rename(columns={"reporter": "reporter_text"})


def _plain(value: object) -> str:
    """Write a value as the reading does: whole numbers without a point, nothing for what is missing."""
    text = str(value)
    return "" if text in ("nan", "<NA>", "None") else text.removesuffix(".0")


def _rows(table: pd.DataFrame, fields: list[str]) -> Iterator[tuple[str, ...]]:
    for row in table.to_dict("records"):
        yield (row["locality"], *(_plain(row[field]) for field in fields))


@pytest.fixture(scope="module", params=sorted(FIELDS))
def compared(request: pytest.FixtureRequest, built: Path) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    return request.param, _settled(request.param), read_table(request.param, built)


def test_every_row_that_was_read_is_found_and_no_other(
    compared: tuple[str, pd.DataFrame, pd.DataFrame],
) -> None:
    name, read, found = compared
    assert sorted(_rows(found, FIELDS[name])) == sorted(_rows(read, FIELDS[name]))


def test_each_stands_on_the_lines_that_were_read(compared: tuple[str, pd.DataFrame, pd.DataFrame]) -> None:
    name, read, found = compared
    key = [*FIELDS[name], "line_start"]
    assert sorted(_rows(found, key)) == sorted(_rows(read, key))


def test_what_is_printed_is_in_the_document(built: Path, documents: list[Document]) -> None:
    """The phrase of a target ends with what the reader wrote down, apart from where it was cut."""
    found = read_table("targets", built)
    lines = {d.locality: d.lines for d in documents}
    for row in found.itertuples():
        there = " ".join(lines[row.locality][row.line_start - 1 : row.line_end])
        assert row.text in " ".join(there.replace("*", "").split())


def test_the_reading_before_it_was_settled_agrees_to_97_percent_of_the_cells(
    compared: tuple[str, pd.DataFrame, pd.DataFrame],
) -> None:
    name, settled, _ = compared
    read = _read(name).rename(columns={"reporter": "reporter_text"})
    same = (read[FIELDS[name]] == settled[FIELDS[name]]).to_numpy()
    assert same.mean() >= 0.97


def test_dated_tasks_have_the_dates_that_were_read(tasks: pd.DataFrame) -> None:
    tasks = tasks[tasks["timeline_kind"].isin(DATED)]
    found = sorted(zip(tasks["locality"], tasks["timeline_kind"], tasks["timeline_start"], tasks["timeline_end"], tasks["line_start"], strict=True))  # fmt: skip
    read = _read("dated")
    read = read[~read["end"].str.startswith("--")]  # days of every year are reporting duties
    wanted = sorted(zip(read["locality"], read["kind"], read["start"], read["end"], read["line"].astype(int), strict=True))  # fmt: skip
    assert found == wanted
    assert len(wanted) == 33
