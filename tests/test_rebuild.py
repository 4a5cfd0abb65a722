"""The whole loop by the command: build, answer, import, build again; only what was decided moves."""

from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.catalogue import Catalogue
from compare.cli import main
from compare.decisions import COLUMNS, add_decisions
from compare.sheets import write_rows
from made_once import align_once


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loop")


@pytest.fixture(scope="module")
def answers(folder: Path, catalogue: Catalogue, new_tasks: list[str]) -> pd.DataFrame:
    """Build with one plan unread, answer four questions, import the file, and build again."""
    left = catalogue.without(new_tasks)
    write_rows(left.families, folder / "catalogue" / "families.csv")
    write_rows(left.memberships, folder / "catalogue" / "memberships.csv")
    where = ["--processed", str(folder / "tables"), "--catalogue", str(folder / "catalogue")]
    with pytest.MonkeyPatch.context() as patch:  # other tests want this alignment too
        patch.setattr("compare.cli.study.align_tasks", align_once)
        assert main(["build", *where]) == 0
    queue = cp.read_table("queue", folder / "tables")
    cp.read_table("memberships", folder / "tables").to_csv(folder / "before.csv", index=False)
    cp.read_table("coverage", folder / "tables").to_csv(folder / "coverage.csv", index=False)
    once = queue[~queue["task_id"].duplicated(keep=False) | queue["reason"].isin(["taken", "gap"])]
    chosen = once.drop_duplicates("task_id").head(4)
    rows = chosen.assign(match=["whole", "no", "part", "new"], title_vi=["", "", "", "Việc chưa ai nêu"])
    rows = rows.assign(
        reader="Bình", date="2026-11-21", family_id=rows["family_id"].where(rows["match"] != "new", "")
    )
    add_decisions(rows.reindex(columns=COLUMNS, fill_value=""), folder / "from-a-report.csv")
    command = ["review", "import", str(folder / "from-a-report.csv"), *where]
    assert main(command) == 0
    assert main(command) == 0  # once more changes nothing
    assert main(["build", *where]) == 0
    return cp.read_decisions(folder / "catalogue" / "decisions.csv")


def test_every_answer_is_in_the_log_once(answers: pd.DataFrame) -> None:
    assert answers["match"].tolist() == ["whole", "no", "part", "new"]
    assert answers["family_id"].iloc[-1] == "viec-chua-ai-neu"


def test_memberships_are_what_was_decided(answers: pd.DataFrame, folder: Path) -> None:
    members = cp.read_table("memberships", folder / "tables").set_index(["task_id", "family_id"])
    for row in answers.itertuples():
        key = (row.task_id, row.family_id)
        assert (key in members.index) == (row.match != "no")
        if row.match != "no":
            assert members.at[key, "origin"] == "reviewed"
            assert members.at[key, "match"] == ("whole" if row.match == "new" else row.match)


def test_nothing_else_moved(answers: pd.DataFrame, folder: Path) -> None:
    changes = cp.read_table("changes", folder / "tables")
    assert set(changes.loc[changes["task_id"] != "", "task_id"]) <= set(answers["task_id"])
    before = pd.read_csv(folder / "before.csv", keep_default_na=False)
    after = cp.read_table("memberships", folder / "tables")
    decided = set(answers["task_id"])
    left, right = (
        t[~t["task_id"].isin(decided)].sort_values(["family_id", "task_id"]).reset_index(drop=True)
        for t in (before, after)
    )
    pd.testing.assert_frame_equal(left, right, check_dtype=False)
    gaps = changes[changes["kind"].str.startswith("gap")]
    places = pd.read_csv(folder / "coverage.csv", keep_default_na=False).query("locality == 'ha-tinh'")
    hanging = places[places["nearest_task_id"].isin(decided)]  # the task that the place rested on
    assert set(gaps["family_id"]) <= set(hanging["family_id"]) | set(answers["family_id"])
    assert set(gaps["locality"]) <= {"ha-tinh"}


def test_what_was_decided_is_not_asked_again(answers: pd.DataFrame, folder: Path) -> None:
    queue = cp.read_table("queue", folder / "tables")
    asked = set(zip(queue["task_id"], queue["family_id"], strict=True))
    assert not asked & set(zip(answers["task_id"], answers["family_id"], strict=True))
    settled = answers[answers["match"].isin(["whole", "new"])]
    assert not set(queue["task_id"]) & set(settled["task_id"])


def test_changes_are_told(answers: pd.DataFrame, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", "--processed", str(folder / "tables")]) == 0
    said = capsys.readouterr().out
    assert "family-new: 1\n  viec-chua-ai-neu" in said
    assert "origin-changed" in said


def test_a_line_that_does_not_fit_is_refused_whole(
    answers: pd.DataFrame, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = folder / "catalogue" / "decisions.csv"
    before = log.read_bytes()
    rows = answers.assign(reader="Chi")
    rows.loc[rows.index[1], "task_id"] = "ha-tinh/annex/99"
    bad = folder / "bad.csv"
    write_rows(rows[COLUMNS], bad)
    where = ["--processed", str(folder / "tables"), "--catalogue", str(folder / "catalogue")]
    assert main(["review", "import", str(bad), *where]) == 2
    assert "bad.csv: line 3: unknown task_id 'ha-tinh/annex/99'" in capsys.readouterr().err
    assert log.read_bytes() == before


def test_two_reviewers_who_differ_are_shown(
    answers: pd.DataFrame, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = folder / "other.csv"
    write_rows(answers.iloc[[2]].assign(match="no", reader="Dung")[COLUMNS], other)
    where = ["--processed", str(folder / "tables"), "--catalogue", str(folder / "catalogue")]
    assert main(["review", "import", str(other), *where]) == 0
    said = capsys.readouterr().out
    assert "2 answers differ; none of them stands until one settles it:" in said
    assert "Bình: part" in said
    assert "Dung: no" in said


def test_a_settled_reading_is_the_catalogue(
    folder: Path, answers: pd.DataFrame, catalogue: Catalogue
) -> None:
    """The last test of the loop: a third reader settles the conflict, then the reading is ended."""
    log, where = folder / "catalogue" / "decisions.csv", ["--catalogue", str(folder / "catalogue")]
    settle = ["review", "settle", "--locality", "ha-tinh", "--processed", str(folder / "tables"), *where]
    assert main(settle) == 2  # reviewers still differ
    add_decisions(answers.iloc[[2]].assign(reader="Chi", settles="yes"), log)
    assert main(settle) == 0
    found = cp.read_catalogue(folder / "catalogue")
    rows = found.memberships.set_index(["task_id", "family_id"])["match"]
    assert rows[(answers["task_id"].iloc[0], answers["family_id"].iloc[0])] == "whole"
    assert rows[(answers["task_id"].iloc[1], answers["family_id"].iloc[1])] == "no"
    family = found.families.set_index("family_id").loc["viec-chua-ai-neu"]
    tasks = cp.read_table("tasks", folder / "tables").set_index("task_id")
    assert family["title_vi"] == "Việc chưa ai nêu"
    assert family["pillar"] == tasks.at[answers["task_id"].iloc[3], "pillar"]
    assert main(["build", "--processed", str(folder / "tables"), *where]) == 0
    changes = cp.read_table("changes", folder / "tables")
    assert not changes["kind"].isin(["family-new", "family-lost"]).any()


def test_a_settled_answer_that_overrules_the_catalogue_is_settled_too(
    folder: Path, answers: pd.DataFrame
) -> None:
    """Nothing is added to the catalogue then, and it changes all the same; the loop must have ended."""
    log, where = folder / "catalogue" / "decisions.csv", ["--catalogue", str(folder / "catalogue")]
    settle = ["review", "settle", "--locality", "ha-tinh", "--processed", str(folder / "tables"), *where]
    add_decisions(answers.iloc[[2]].assign(reader="Em", match="no", settles="yes"), log)
    assert main(settle) == 0
    rows = cp.read_catalogue(folder / "catalogue").memberships.set_index(["task_id", "family_id"])["match"]
    assert rows[(answers["task_id"].iloc[2], answers["family_id"].iloc[2])] == "no"
    assert main(settle) == 2  # nothing is left to settle
