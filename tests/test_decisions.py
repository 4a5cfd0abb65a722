"""Decisions: a log that is read strictly, judged by its order, and never rewritten."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.catalogue import Catalogue
from compare.decisions import (
    COLUMNS,
    add_decisions,
    apply_decisions,
    family_slug,
    import_decisions,
    judge_decisions,
    read_decisions,
)
from compare.decisions.log import N_COMPLAINTS
from compare.errors import CatalogueError
from decision_rows import FIRST, SECOND, TASKS, THIRD, Row, log, said


@pytest.fixture
def catalogue() -> Catalogue:
    families = pd.DataFrame({"family_id": ["consolidate", "credit", "training"]})
    families = families.assign(
        title_vi=families["family_id"], title_en="", pillar=1, description="", status="reviewed"
    )
    members = [("consolidate", THIRD, "whole"), ("credit", SECOND, "part"), ("training", FIRST, "no")]
    memberships = pd.DataFrame(members, columns=["family_id", "task_id", "match"])
    return Catalogue(families, memberships.assign(reader="old", date="2026-01-01", note="", text_sha=""))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as a reviewer's file."""

    def save(*rows: Row, name: str = "saved.csv", separator: str = ",", bom: bool = False) -> Path:
        path = tmp_path / name
        log(*rows).to_csv(path, index=False, sep=separator, encoding="utf-8-sig" if bom else "utf-8")
        return path

    return save


def statuses(*rows: Row, catalogue: Catalogue | None = None, tasks: pd.DataFrame | None = None) -> list[str]:
    return judge_decisions(log(*rows), catalogue, tasks)["status"].tolist()


# Reading


@pytest.mark.parametrize(("separator", "bom"), [(",", False), (",", True), (";", True), ("\t", False)])
def test_spreadsheets_separators_and_marks_are_read(
    write: Callable[..., Path], separator: str, bom: bool
) -> None:
    rows = [said("whole", note="“vay; trả, vốn”"), said("no", SECOND)]
    found = read_decisions(write(*rows, separator=separator, bom=bom))
    assert found.to_dict("records") == rows
    assert found.index.tolist() == [2, 3]


def test_a_note_over_two_lines_leaves_the_line_numbers_right(write: Callable[..., Path]) -> None:
    path = write(said("whole", note="một\nhai"), said("half", SECOND))
    with pytest.raises(CatalogueError, match="line 4: unknown match 'half'"):
        read_decisions(path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (said("half"), r"unknown match 'half'; accepted: new, no, part, whole, withdrawn"),
        (said("whole", date="21.11.2026"), r"a date like 2026-11-21 wanted, found '21.11.2026'"),
        (said("whole", date="20261121"), r"a date like 2026-11-21 wanted"),
        (said("whole", date="2026-02-30"), r"found '2026-02-30'"),
        (said("whole", text_sha="123"), r"12 hexadecimal digits wanted, found '123'"),
        (said("whole", settles="no"), r"settles: yes or nothing wanted, found 'no'"),
        (said("whole", reader=""), r"a reader wanted, found none"),
        (said("whole", task=""), r"a task_id wanted, found none"),
        (said("whole", family=""), r"a family_id wanted, found none"),
        (said("new", family="", title_vi="  "), r"a title_vi wanted for a new family"),
        (said("new", family="draft-x", title_vi="X"), r"kebab-case and without 'draft-' wanted"),
    ],
)
def test_a_line_that_does_not_fit_is_named(write: Callable[..., Path], row: Row, message: str) -> None:
    with pytest.raises(CatalogueError, match=rf"saved\.csv: line 3: .*{message}"):
        read_decisions(write(said("no", SECOND), row))


def test_all_lines_that_do_not_fit_are_named_up_to_a_limit(write: Callable[..., Path]) -> None:
    path = write(*[said("half")] * (N_COMPLAINTS + 3))
    with pytest.raises(CatalogueError, match=r"line 2: .*line 21: .*; and 3 more$"):
        read_decisions(path)


def test_an_unknown_family_names_the_nearest(write: Callable[..., Path], catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match=r"line 2: unknown family_id 'credits'; accepted: .*credit"):
        read_decisions(write(said("whole", family="credits")), catalogue)


def test_a_family_that_another_line_makes_is_known(write: Callable[..., Path], catalogue: Catalogue) -> None:
    made = said("new", family="", title_vi="Bảo hiểm nông nghiệp")
    joined = said("part", SECOND, "bao-hiem-nong-nghiep")
    found = read_decisions(write(made, joined), catalogue)
    assert found["family_id"].tolist() == ["bao-hiem-nong-nghiep"] * 2


def test_a_new_family_must_be_new(write: Callable[..., Path], catalogue: Catalogue) -> None:
    other = said("new", family="credit", title_vi="Một việc khác")
    with pytest.raises(CatalogueError, match="'credit' is in the catalogue: answer whole or part"):
        read_decisions(write(other), catalogue)


def test_a_new_family_that_was_settled_since_is_that_family(
    write: Callable[..., Path], catalogue: Catalogue
) -> None:
    found = read_decisions(write(said("new", family="", title_vi="Credit")), catalogue)
    assert found["family_id"].tolist() == ["credit"]


def test_a_missing_column_and_a_missing_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("task_id,family_id\n", encoding="utf-8")
    with pytest.raises(
        CatalogueError, match=r"line 1: missing columns \['match', 'text_sha', 'reader', 'date'\]"
    ):
        read_decisions(path)
    with pytest.raises(CatalogueError, match="a CSV file wanted at"):
        read_decisions(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Bảo hiểm nông nghiệp", "bao-hiem-nong-nghiep"), ("  Draft: Đất – đai ", "dat-dai"), ("!?", "")],
)
def test_a_title_makes_an_id(title: str, slug: str) -> None:
    assert family_slug(title) == slug


# Judging


def test_a_later_answer_of_the_same_reader_wins() -> None:
    assert statuses(said("whole"), said("part"), said("no", SECOND)) == ["superseded", "standing", "standing"]


def test_a_withdrawn_answer_does_not_stand() -> None:
    assert statuses(said("whole"), said("withdrawn")) == ["withdrawn", "withdrawn"]


def test_readers_who_differ_are_in_conflict_until_one_settles_it() -> None:
    both = [said("whole"), said("no", reader="binh")]
    assert statuses(*both) == ["conflict", "conflict"]
    assert statuses(*both, said("part", reader="an", settles="yes")) == ["superseded"] * 2 + ["standing"]


def test_readers_who_agree_both_stand_and_new_is_whole() -> None:
    made = said("new", family="x", title_vi="X")
    assert statuses(made, said("whole", family="x", reader="binh")) == ["standing", "standing"]


def test_a_withdrawal_ends_a_conflict() -> None:
    rows = [said("whole"), said("no", reader="binh"), said("withdrawn", reader="binh")]
    assert statuses(*rows) == ["standing", "withdrawn", "withdrawn"]


def test_taking_a_settlement_back_opens_the_conflict_again() -> None:
    """A plain withdrawal would leave the item to nobody: the answers before it stayed superseded."""
    rows = [said("whole"), said("no", reader="binh"), said("part", settles="yes")]
    rows.append(said("withdrawn", settles="yes"))
    assert statuses(*rows) == ["conflict", "conflict", "withdrawn", "withdrawn"]


def test_what_was_said_since_a_settlement_stays_when_it_is_taken_back() -> None:
    rows = [said("whole"), said("part", settles="yes"), said("no", reader="binh")]
    assert statuses(*rows, said("withdrawn", settles="yes")) == [
        "conflict",
        "withdrawn",
        "conflict",
        "withdrawn",
    ]


def test_the_catalogue_counts_as_an_earlier_reader(catalogue: Catalogue) -> None:
    assert statuses(said("no", THIRD), catalogue=catalogue) == ["conflict"]
    assert statuses(said("whole", THIRD), catalogue=catalogue) == ["standing"]
    assert statuses(said("no", THIRD, settles="yes"), catalogue=catalogue) == ["standing"]


def test_a_changed_text_makes_a_decision_stale_and_a_missing_task_makes_it_lost() -> None:
    rows = [said("whole", text_sha="0" * 12), said("no", "gia-lai/annex/9"), said("no", "elsewhere/annex/1")]
    assert statuses(*rows, tasks=TASKS) == ["stale", "lost", "standing"]


def test_no_decision_is_judged_to_be_none(catalogue: Catalogue) -> None:
    assert statuses(catalogue=catalogue, tasks=TASKS) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["whole", "part", "no", "withdrawn"]), st.sampled_from(["", "yes"])),
        min_size=1,
        max_size=8,
    )
)
def test_of_one_reader_only_the_last_answer_stands(answers: Sequence[tuple[str, str]]) -> None:
    plain = statuses(*[said(match) for match, _ in answers])
    assert plain[-1] == ("withdrawn" if answers[-1][0] == "withdrawn" else "standing")
    assert "standing" not in plain[:-1]
    settled = statuses(*[said(match, settles=settles) for match, settles in answers])
    assert settled.count("standing") <= 1
    assert "conflict" not in settled
    if answers[-1][0] != "withdrawn":
        assert settled[-1] == "standing"


@given(st.lists(st.tuples(st.sampled_from(["an", "binh"]), st.sampled_from(["whole", "no"])), max_size=8))
def test_readers_are_in_conflict_exactly_when_their_last_answers_differ(
    answers: Sequence[tuple[str, str]],
) -> None:
    found = statuses(*[said(match, reader=reader) for reader, match in answers])
    assert ("conflict" in found) == (len(set(dict(answers).values())) == 2)


# Into the catalogue


def test_what_stands_is_in_the_catalogue_and_what_does_not_is_not(catalogue: Catalogue) -> None:
    rows = [
        said("part"),
        said("no", SECOND),
        said("no", THIRD),
        said("whole", FIRST, "training", settles="yes"),
    ]
    found = apply_decisions(catalogue, judge_decisions(log(*rows), catalogue, TASKS)).memberships
    members = found.set_index(["task_id", "family_id"])["match"]
    assert members[FIRST, "consolidate"] == "part"
    assert members[SECOND, "consolidate"] == "no"
    assert members[THIRD, "consolidate"] == "whole"  # in conflict
    assert members[FIRST, "training"] == "whole"
    assert not found.duplicated(["task_id", "family_id"]).any()


def test_a_task_with_parts_only_is_partly_read_until_it_is_whole(catalogue: Catalogue) -> None:
    part = judge_decisions(log(said("part")))
    assert apply_decisions(catalogue, part).partly_read == {FIRST}
    both = judge_decisions(log(said("part"), said("whole", FIRST, "credit")))
    assert apply_decisions(catalogue, both).partly_read == frozenset()
    read = judge_decisions(log(said("part", SECOND)))  # the catalogue read this task before
    assert apply_decisions(catalogue, read).partly_read == frozenset()


def test_a_new_family_is_in_the_catalogue_under_its_first_title(catalogue: Catalogue) -> None:
    rows = [said("new", family="dat-dai", title_vi="Đất đai")]
    rows.append(said("new", SECOND, "dat-dai", title_vi="Đất đai khác"))
    found = apply_decisions(catalogue, judge_decisions(log(*rows)))
    assert found.families.set_index("family_id").at["dat-dai", "title_vi"] == "Đất đai"
    assert (found.memberships["family_id"] == "dat-dai").sum() == 2


def test_a_new_family_outlives_the_answer_that_made_it(catalogue: Catalogue) -> None:
    """Its other members stand, and had no family to be in."""
    rows = [said("new", family="dat-dai", title_vi="Đất đai"), said("whole", SECOND, "dat-dai")]
    rows.append(said("withdrawn", family="dat-dai"))
    found = apply_decisions(catalogue, judge_decisions(log(*rows)))
    assert set(found.memberships["family_id"]) <= set(found.families["family_id"])


def test_nothing_that_stands_changes_nothing(catalogue: Catalogue) -> None:
    judged = judge_decisions(log(said("whole"), said("withdrawn")))
    assert apply_decisions(catalogue, judged) is catalogue


# Writing


def test_rows_are_added_and_what_is_there_is_not_touched(tmp_path: Path) -> None:
    path = add_decisions(log(said("whole")), tmp_path / "new" / "decisions.csv")
    before = path.read_bytes()
    add_decisions(log(said("no", SECOND, note="một\nhai")), path)
    assert path.read_bytes().startswith(before)
    assert before.startswith(b"\xef\xbb\xbf")
    assert read_decisions(path)["match"].tolist() == ["whole", "no"]


def test_a_file_whose_last_line_was_left_open_is_added_to_on_a_new_line(tmp_path: Path) -> None:
    path = add_decisions(log(said("whole")), tmp_path / "decisions.csv")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    add_decisions(log(said("no", SECOND)), path)
    assert len(read_decisions(path)) == 2


def test_a_file_with_windows_line_ends_is_added_to(tmp_path: Path) -> None:
    path = add_decisions(log(said("whole")), tmp_path / "decisions.csv")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    add_decisions(log(said("no", SECOND)), path)
    assert len(read_decisions(path)) == 2


def test_nothing_is_written_when_a_row_is_refused(tmp_path: Path) -> None:
    path = add_decisions(log(said("whole")), tmp_path / "decisions.csv")
    before = path.read_bytes()
    with pytest.raises(CatalogueError, match="new row: a reader wanted, found none"):
        add_decisions(log(said("no", SECOND), said("no", THIRD, reader="")), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [";".join(COLUMNS) + "\n", "task_id,match\n", "\n", "\ufeff"])
def test_a_file_with_other_columns_is_refused_and_left_whole(tmp_path: Path, content: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"line 1: columns task_id,.* parted by commas; found"):
        add_decisions(log(said("whole")), path)
    assert path.read_text(encoding="utf-8") == content


def test_a_new_family_is_written_with_the_id_of_its_title(tmp_path: Path) -> None:
    path = add_decisions(log(said("new", family="", title_vi="Đất đai")), tmp_path / "decisions.csv")
    assert "dat-dai,new,Đất đai" in path.read_text(encoding="utf-8")


# Importing


def test_importing_twice_adds_nothing(
    write: Callable[..., Path], tmp_path: Path, catalogue: Catalogue
) -> None:
    """A new family was refused the second time: the first import had made it."""
    path = tmp_path / "decisions.csv"
    file = write(said("whole"), said("new", SECOND, "", title_vi="Đất đai"), said("whole"), bom=True)
    first = import_decisions(file, TASKS, catalogue, path)
    again = import_decisions(file, TASKS, catalogue, path)
    assert (len(first.added), first.n_known) == (2, 1)
    assert (len(again.added), again.n_known) == (0, 3)
    assert len(read_decisions(path, catalogue)) == 2


def test_what_was_withdrawn_may_be_said_again(
    write: Callable[..., Path], tmp_path: Path, catalogue: Catalogue
) -> None:
    path = add_decisions(log(said("whole"), said("withdrawn")), tmp_path / "decisions.csv")
    assert len(import_decisions(write(said("whole")), TASKS, catalogue, path).added) == 1


def test_an_import_reports_the_rows_of_both_sides_of_a_conflict(
    write: Callable[..., Path], tmp_path: Path, catalogue: Catalogue
) -> None:
    path = add_decisions(log(said("whole"), said("no", SECOND)), tmp_path / "decisions.csv")
    found = import_decisions(write(said("no", reader="binh"), said("no", THIRD)), TASKS, catalogue, path)
    assert found.conflicts[["task_id", "reader", "match"]].to_numpy().tolist() == [
        [FIRST, "an", "whole"],
        [FIRST, "binh", "no"],
        [THIRD, "an", "no"],  # the catalogue says whole
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [said("no", "gia-lai/annex/9")],
            r"line 2: unknown task_id 'gia-lai/annex/9'; accepted: .*gia-lai/annex/1",
        ),
        (
            [said("no", family="consolidated")],
            r"line 2: unknown family_id 'consolidated'; accepted: .*consolidate",
        ),
        ([said("no"), said("whole")], r"lines 2 and 3: one answer a task and family wanted, found no, whole"),
        ([said("no"), said("half", SECOND)], r"line 3: unknown match 'half'"),
    ],
)
def test_an_import_with_a_wrong_line_takes_nothing_in(
    write: Callable[..., Path], tmp_path: Path, catalogue: Catalogue, rows: list[Row], message: str
) -> None:
    path = tmp_path / "decisions.csv"
    with pytest.raises(CatalogueError, match=message):
        import_decisions(write(*rows), TASKS, catalogue, path)
    assert not path.exists()


def test_an_import_may_join_a_family_that_decisions_made(
    write: Callable[..., Path], tmp_path: Path, catalogue: Catalogue
) -> None:
    path = add_decisions(log(said("new", family="", title_vi="Đất đai")), tmp_path / "decisions.csv")
    found = import_decisions(write(said("whole", SECOND, "dat-dai", "binh")), TASKS, catalogue, path)
    assert len(found.added) == 1
    assert found.conflicts.empty


def test_what_a_spreadsheet_does_to_dates_and_capitals_is_undone(write: Callable[..., Path]) -> None:
    found = read_decisions(write(said("Part", date="2/1/2026"))).iloc[0]
    assert (found["match"], found["date"]) == ("part", "2026-01-02")
