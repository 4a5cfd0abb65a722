"""The catalogue is checked line by line, holds every task, and its readings' agreement is computed."""

from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.agreement import agreement, shared_pairs
from compare.errors import CatalogueError
from compare.sheets import read_rows, write_rows

FAMILIES = "family_id,title_vi,title_en,pillar,description,status\n"
MEMBERSHIPS = "family_id,task_id,match,reader,date,note\n"
TASKS = pd.DataFrame({"task_id": ["gia-lai/annex/1", "ha-tinh/annex/1.1"]})


def _write(folder: Path, families: str, memberships: str) -> Path:
    (folder / "families.csv").write_text(FAMILIES + families, encoding="utf-8")
    (folder / "memberships.csv").write_text(MEMBERSHIPS + memberships, encoding="utf-8")
    return folder


def test_every_task_of_the_five_plans_is_in_a_family(tasks: pd.DataFrame) -> None:
    catalogue = cp.read_catalogue(tasks=tasks)
    placed = catalogue.memberships[catalogue.memberships["match"] != "no"]
    assert set(placed["task_id"]) == set(tasks["task_id"])
    assert set(placed["family_id"]) == set(catalogue.families["family_id"])


def test_a_part_membership_quotes_its_words_from_the_task(tasks: pd.DataFrame) -> None:
    printed = tasks.set_index("task_id")
    parts = cp.read_catalogue().memberships.query("match == 'part'")
    said = printed["text"] + " " + printed["product"]
    quoted = parts["note"].str.extractall("“([^”]+)”")[0].droplevel("match")
    words = [w for index, quote in quoted.items() for w in [(parts.at[index, "task_id"], quote)]]
    assert len(words) >= len(parts)
    assert [w for w in words if w[1] not in said[w[0]]] == []


def test_two_careful_readings_agree_and_the_settled_one_with_both() -> None:
    table = cp.reading_agreement().set_index(["left", "right"])
    assert table["f1"].between(0.9, 1).all()
    assert table["kappa"].between(0.9, 1).all()
    assert table["n_pairs"].unique().tolist() == [20_504]


def test_agreement_by_hand() -> None:
    found = agreement({("a", "b"), ("a", "c")}, {("a", "b"), ("b", "c")}, 10)
    assert (found["precision"], found["recall"], found["n_both"]) == (0.5, 0.5, 1)
    assert found["kappa"] == pytest.approx((0.8 - 0.68) / (1 - 0.68))


def test_pairs_within_a_locality_and_matches_of_no_do_not_count() -> None:
    rows = [("f", "x/1", "whole"), ("f", "x/2", "part"), ("f", "y/1", "part"), ("f", "z/1", "no")]
    table = pd.DataFrame(rows, columns=["family_id", "task_id", "match"])
    assert shared_pairs(table) == {("x/1", "y/1"), ("x/2", "y/1")}


@pytest.mark.parametrize(
    ("families", "memberships", "message"),
    [
        (
            "a,A,A,1,x,reviewed\n",
            "b,gia-lai/annex/1,whole,r,d,\n",
            r"memberships\.csv, line 2: unknown family_id 'b'",
        ),
        (
            "a,A,A,1,x,reviewed\n",
            "a,gia-lai/annex/9,whole,r,d,\n",
            r"line 2: unknown task_id 'gia-lai/annex/9'",
        ),
        (
            "a,A,A,1,x,reviewed\n",
            "a,gia-lai/annex/1,half,r,d,\n",
            r"unknown match 'half'; accepted: no, part, whole",
        ),
        (
            "a,A,A,1,x,reviewed\n",
            "a,gia-lai/annex/1,whole,r,d,\na,gia-lai/annex/1,part,r,d,\n",
            r"line 3: one row a \(family_id, task_id\) wanted.*first on line 2",
        ),
        (
            "a,A,A,1,x,reviewed\na,B,B,2,y,reviewed\n",
            "",
            r"families\.csv, line 3: one row a \(family_id\) wanted",
        ),
        ("A b,A,A,1,x,reviewed\n", "", r"families\.csv, line 2: family_id in kebab-case .* found 'A b'"),
        ("a,A,A,7,x,reviewed\n", "", r"families\.csv, line 2: unknown pillar '7'"),
        ("a,A,A\n", "", r"families\.csv, line 2: 6 cells wanted, found 3"),
    ],
)
def test_a_row_that_does_not_fit_is_named(
    tmp_path: Path, families: str, memberships: str, message: str
) -> None:
    with pytest.raises(CatalogueError, match=message):
        cp.read_catalogue(_write(tmp_path, families, memberships), TASKS)


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"a CSV file wanted at .*families\.csv, found none"):
        cp.read_catalogue(tmp_path)


def test_the_catalogue_without_some_tasks_forgets_the_families_only_they_had(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        "a,A,A,1,x,reviewed\nb,B,B,1,x,reviewed\n",
        "a,gia-lai/annex/1,whole,r,d,\na,ha-tinh/annex/1.1,part,r,d,\nb,ha-tinh/annex/1.1,part,r,d,\n",
    )
    left = cp.read_catalogue(folder).without(["ha-tinh/annex/1.1"])
    assert left.families["family_id"].tolist() == ["a"]
    assert left.memberships["task_id"].tolist() == ["gia-lai/annex/1"]


def test_a_column_there_twice_is_named_if_it_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("a,b,,\n1,2,,\n", encoding="utf-8")
    assert read_rows(path, ["a", "b"]).to_numpy().tolist() == [["1", "2"]]
    path.write_text("a,b,a\n1,2,3\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"line 1: each column once wanted, found \['a'\] again"):
        read_rows(path, ["a", "b"])


def test_a_file_that_is_written_anew_stays_readable_for_others(tmp_path: Path) -> None:
    path, table = tmp_path / "sheet.csv", pd.DataFrame({"a": ["1"]})
    for mode in (0o640, 0o664):
        write_rows(table, path)
        path.chmod(mode)
        write_rows(table, path)
        assert path.stat().st_mode & 0o777 == mode
    assert [p.name for p in tmp_path.iterdir()] == ["sheet.csv"]
