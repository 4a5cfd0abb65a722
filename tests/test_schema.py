"""The tables' contract: checked on write and on read, documented in docs/tables.md."""

from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.errors import SchemaError
from compare.schema import TABLES, check_table, read_table, tables_markdown, write_tables
from compare.tables import Column, Table

ROOT = Path(__file__).parents[1]


@pytest.fixture
def clauses() -> pd.DataFrame:
    return pd.DataFrame({"text": ["một", "hai"], "clause_id": ["t#1", "t#2"], "task_id": ["t", "t"]})


def test_check_table_puts_columns_in_order(clauses: pd.DataFrame) -> None:
    assert list(check_table(clauses, "clauses").columns) == ["clause_id", "task_id", "text"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="text"), r"missing columns \['text'\]"),
        (lambda t: t.assign(extra=1), r"unknown columns \['extra'\]"),
        (lambda t: t.assign(clause_id="t#1"), r"key \['clause_id'\] is repeated"),
        (lambda t: t.assign(text=["a", None]), "column 'text': empty values"),
    ],
)
def test_check_table_says_what_does_not_fit(clauses: pd.DataFrame, change: object, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        check_table(change(clauses), "clauses")  # type: ignore[operator]


def test_check_table_knows_values_and_bounds(tasks: pd.DataFrame) -> None:
    with pytest.raises(SchemaError, match=r"column 'part': found \['preface'\]; accepted: annex, body"):
        check_table(tasks.assign(part="preface"), "tasks")
    with pytest.raises(SchemaError, match="column 'pillar': found 7 to 7, wanted 0 to 5"):
        check_table(tasks.assign(pillar=7), "tasks")


def test_an_unknown_table_is_named(clauses: pd.DataFrame) -> None:
    with pytest.raises(SchemaError, match="unknown table 'clause'; accepted: .*clauses, coverage"):
        check_table(clauses, "clause")


def test_tables_come_back_as_written(tmp_path: Path, tasks: pd.DataFrame, clauses: pd.DataFrame) -> None:
    cp.write_tables({"tasks": tasks, "clauses": clauses}, tmp_path)
    pd.testing.assert_frame_equal(cp.read_table("tasks", tmp_path), tasks)
    csv = (tmp_path / "tasks.csv").read_bytes()
    assert csv.startswith(b"\xef\xbb\xbf")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "clauses.csv",
        "clauses.parquet",
        "tasks.csv",
        "tasks.parquet",
    ]


def test_nothing_is_written_when_one_table_does_not_fit(
    tmp_path: Path, tasks: pd.DataFrame, clauses: pd.DataFrame
) -> None:
    with pytest.raises(SchemaError, match="unknown columns"):
        cp.write_tables({"tasks": tasks, "clauses": clauses.assign(extra=1)}, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_table_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        SchemaError, match="table 'tasks' wanted at .*, not found; build it first: doichieu build"
    ):
        cp.read_table("tasks", tmp_path)


def test_the_documented_tables_are_those_of_the_code() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == tables_markdown()
    assert all(column.meaning for table in TABLES.values() for column in table.columns.values())


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "clauses.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(SchemaError, match=r"found a damaged file; build it again: doichieu build"):
        read_table("clauses", tmp_path)


def test_only_optional_numbers_may_be_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    columns = {
        "id": Column("text", "key"),
        "year": Column("int", "year", bounds=(1900, 2100), optional=True),
        "value": Column("float", "value", optional=True),
    }
    monkeypatch.setitem(TABLES, "numbers", Table("one number", ("id",), columns))
    table = pd.DataFrame({"id": ["a", "b"], "year": [2030, None], "value": [None, 1.5]})
    write_tables({"numbers": table}, tmp_path)
    again = read_table("numbers", tmp_path)
    assert again["year"].tolist() == [2030, pd.NA]
    assert (tmp_path / "numbers.csv").read_text("utf-8-sig").splitlines()[1:] == ["a,2030,", "b,,1.5"]
    with pytest.raises(SchemaError, match=r"'year': found 1.0 to 1.0, wanted 1900 to 2100"):
        check_table(table.assign(year=[1, None]), "numbers")
    with pytest.raises(SchemaError, match="column 'id': empty values"):
        check_table(table.assign(id=["a", None]), "numbers")
