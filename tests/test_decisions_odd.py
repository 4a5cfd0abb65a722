"""Decisions in odd orders and odd files: none is lost, none takes another's place."""

from collections.abc import Callable
from multiprocessing import Barrier, Process
from pathlib import Path

import pandas as pd
import pytest

from compare.catalogue import Catalogue, read_catalogue, write_catalogue
from compare.decisions import (
    add_decisions,
    apply_decisions,
    family_slug,
    import_decisions,
    judge_decisions,
    read_decisions,
    settle_decisions,
)
from compare.decisions.log import LONGEST
from compare.errors import CatalogueError
from decision_rows import FIRST, TASKS, Row, log, said
from decision_rows import THIRD as OTHER


@pytest.fixture
def catalogue() -> Catalogue:
    families = pd.DataFrame({"family_id": ["consolidate", "training"], "title_vi": ["Củng cố", "Đào tạo"]})
    families = families.assign(title_en="", pillar=1, description="", status="reviewed")
    members = pd.DataFrame({"family_id": ["training"], "task_id": [FIRST], "match": ["no"]})
    return Catalogue(families, members.assign(reader="old", date="2026-01-01", note="", text_sha=""))


@pytest.fixture
def hand_in(tmp_path: Path, catalogue: Catalogue) -> Callable[..., list[str]]:
    """Import rows, and return the statuses of the whole log."""

    def take(*rows: Row) -> list[str]:
        file, path = tmp_path / "file.csv", tmp_path / "decisions.csv"
        log(*rows).to_csv(file, index=False)
        import_decisions(file, TASKS, catalogue, path)
        return judge_decisions(read_decisions(path), catalogue, TASKS)["status"].tolist()

    return take


def test_a_conflict_is_settled_by_a_file_that_repeats_an_answer(hand_in: Callable[..., list[str]]) -> None:
    """It was held to be known already, and the conflict never ended."""
    hand_in(said("whole"), said("no", reader="binh"))
    settled = ["superseded", "superseded", "standing"]
    assert hand_in(said("whole", settles="yes", date="2026-11-22")) == settled
    assert hand_in(said("whole", settles="yes", date="2026-11-22")) == settled
    assert hand_in(said("whole")) == settled


def test_a_file_with_its_history_ends_as_it_says(hand_in: Callable[..., list[str]]) -> None:
    """The second import brought back what the file withdraws."""
    for _ in range(2):
        assert hand_in(said("whole"), said("withdrawn")) == ["withdrawn", "withdrawn"]


def test_a_file_may_say_again_what_it_withdrew(hand_in: Callable[..., list[str]]) -> None:
    rows = said("whole"), said("withdrawn"), said("whole", date="2026-11-22")
    assert hand_in(*rows) == ["withdrawn", "withdrawn", "standing"]
    assert hand_in(*rows) == ["withdrawn", "withdrawn", "standing"]


def test_a_new_family_with_the_title_of_another_is_refused(hand_in: Callable[..., list[str]]) -> None:
    with pytest.raises(
        CatalogueError, match=r"line 2: a new family wanted, found the title of 'consolidate'"
    ):
        hand_in(said("new", family="", title_vi="CỦNG CỐ"))


def test_nobody_takes_back_what_others_said() -> None:
    rows = said("whole"), said("no", reader="binh"), said("withdrawn", reader="chi", settles="yes")
    assert judge_decisions(log(*rows))["status"].tolist() == ["conflict", "conflict", "withdrawn"]


def test_a_conflict_about_a_task_that_is_gone_holds_nothing_up(catalogue: Catalogue) -> None:
    """No reader can be asked about it, and no file that answers it would be taken in."""
    rows = said("whole", "gia-lai/annex/9"), said("no", "gia-lai/annex/9", reader="binh"), said("part")
    judged = judge_decisions(log(*rows), catalogue, TASKS)
    assert judged["status"].tolist() == ["lost", "lost", "standing"]
    assert len(settle_decisions(catalogue, judged, ["gia-lai"]).memberships) == 2


def test_a_family_made_by_the_reader_of_another_plan_is_settled_too(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """The catalogue was written with a member of a family that it did not have."""
    rows = said("new", family="dat-dai", title_vi="Đất đai"), said("whole", OTHER, "dat-dai", "binh")
    settled = settle_decisions(catalogue, judge_decisions(log(*rows), catalogue, TASKS), ["ha-tinh"])
    write_catalogue(settled, tmp_path)
    members = read_catalogue(tmp_path, TASKS).memberships
    assert members["task_id"].tolist() == [OTHER, FIRST]
    assert members["family_id"].tolist() == ["dat-dai", "training"]


def test_a_settled_family_may_get_a_better_title(catalogue: Catalogue, tmp_path: Path) -> None:
    """The log cannot be mended: every build would have stopped at its line."""
    path = add_decisions(log(said("new", family="", title_vi="Đất đai")), tmp_path / "decisions.csv")
    settled = settle_decisions(catalogue, judge_decisions(read_decisions(path), catalogue), ["gia-lai"])
    titles = settled.families["title_vi"].replace("Đất đai", "Hỗ trợ đất đai")
    better = Catalogue(settled.families.assign(title_vi=titles), settled.memberships)
    assert len(read_decisions(path, better)) == 1


def test_a_task_of_which_something_was_denied_before_is_recent(catalogue: Catalogue) -> None:
    """Else it would be evidence for its own plan, and an answer would move other tasks."""
    found = apply_decisions(catalogue, judge_decisions(log(said("whole")), catalogue))
    assert found.recent == {FIRST}


def test_a_title_that_says_draft_twice_makes_an_id() -> None:
    assert family_slug("Draft draft kế hoạch") == "ke-hoach"


# Writing


def test_carriage_returns_do_not_end_a_row(catalogue: Catalogue, tmp_path: Path) -> None:
    path = add_decisions(log(said("whole", note="a\rb"), said("no", OTHER)), tmp_path / "decisions.csv")
    assert read_decisions(path)["note"].tolist() == ["a\nb", ""]
    write_catalogue(Catalogue(catalogue.families, catalogue.memberships.assign(note="a\rb")), tmp_path)
    assert read_catalogue(tmp_path).memberships["note"].tolist() == ["a\nb"]


def test_a_cell_too_long_to_be_read_again_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="note of up to"):
        add_decisions(log(said("whole", note="x" * (LONGEST + 1))), tmp_path / "decisions.csv")
    assert not list(tmp_path.iterdir())


def test_an_empty_file_is_begun(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.touch()
    assert len(read_decisions(add_decisions(log(said("whole")), path))) == 1


def _add(path: Path, reader: str, together: "Barrier") -> None:  # type: ignore[valid-type]
    together.wait()  # type: ignore[attr-defined]
    for number in range(5):
        add_decisions(log(said("whole", reader=reader, note=str(number))), path)


def test_two_processes_that_begin_a_file_lose_nothing(tmp_path: Path) -> None:
    """Each wrote a header, and the second made the file unreadable."""
    for trial in range(4):
        path, together = tmp_path / f"{trial}.csv", Barrier(2)
        both = [Process(target=_add, args=(path, reader, together)) for reader in ("an", "binh")]
        for process in both:
            process.start()
        for process in both:
            process.join()
        assert read_decisions(path)["reader"].value_counts().to_dict() == {"an": 5, "binh": 5}
        assert not list(tmp_path.glob(".writing-*"))
