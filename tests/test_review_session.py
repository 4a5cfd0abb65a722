"""A session: every answer is in the file at once, nothing is asked twice, and all can be taken back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.catalogue import Catalogue, empty_catalogue
from compare.decisions import COLUMNS, add_decisions, read_decisions
from compare.errors import CatalogueError, CompareError
from compare.reviewing.learned import Learned, learn_tasks
from compare.reviewing.session import REFRESH_EVERY, Item, ReviewSession
from compare.text import fingerprint

HELD_OUT, DAY = "ha-tinh", date(2026, 11, 21)
PLACES = ["dong-nai", "gia-lai", HELD_OUT]
Opener = Callable[..., ReviewSession]


@pytest.fixture(scope="module")
def three(tasks: pd.DataFrame) -> pd.DataFrame:
    """Half of three plans, so that a session opens fast."""
    return tasks[tasks["locality"].isin(PLACES)].iloc[::2]


@pytest.fixture(scope="module")
def read(tasks: pd.DataFrame, three: pd.DataFrame) -> Catalogue:
    """What readers said of these tasks, all of it."""
    return cp.read_catalogue().without(set(tasks["task_id"]) - set(three["task_id"]))


@pytest.fixture(scope="module")
def catalogue(three: pd.DataFrame, read: Catalogue) -> Catalogue:
    return read.without(three.loc[three["locality"] == HELD_OUT, "task_id"])


@pytest.fixture(scope="module")
def learned(three: pd.DataFrame, catalogue: Catalogue) -> Learned:
    return learn_tasks(three, catalogue, Path("no-decisions-yet.csv"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue" / "decisions.csv"


@pytest.fixture
def opened(learned: Learned, catalogue: Catalogue, path: Path) -> Opener:
    """Open a session on the test's file of decisions."""

    def open_one(reader: str = "An", **more: str) -> ReviewSession:
        return ReviewSession(learned, catalogue, path, reader=reader, clock=lambda: DAY, **more)

    return open_one


def asked(session: ReviewSession) -> Item:
    assert session.current is not None
    return session.current


def key(item: Item) -> tuple[str, str]:
    return item["task_id"], item["family_id"]


def add(path: Path, item: Item, match: str, reader: str, **more: str) -> None:
    row = {
        **dict.fromkeys(COLUMNS, ""),
        **{name: item[name] for name in ("task_id", "family_id", "text_sha")},
    }
    add_decisions(
        pd.DataFrame([{**row, "match": match, "reader": reader, "date": "2026-11-20", **more}]), path
    )


def test_the_most_useful_item_is_asked_first(opened: Opener) -> None:
    session = opened()
    queue = cp.review_queue(session.alignment)
    assert key(asked(session)) == key(queue.iloc[0].to_dict())
    assert session.progress == (0, len(queue))


@pytest.mark.parametrize("match", ["whole", "part", "no"])
def test_an_answer_is_in_the_file_at_once(opened: Opener, path: Path, match: str) -> None:
    session = opened()
    item = asked(session)
    session.record(match, note="  vì sao ")
    row = read_decisions(path).iloc[-1].to_dict()
    assert row == {
        **{name: item[name] for name in ("task_id", "family_id", "text_sha")},
        **{
            "match": match,
            "title_vi": "",
            "reader": "An",
            "date": "2026-11-21",
            "settles": "",
            "note": "vì sao",
        },
    }
    assert key(asked(session)) != key(item)
    assert session.progress[0] == 1


@pytest.mark.parametrize(
    ("match", "closes"), [("whole", True), ("new", True), ("part", False), ("no", False)]
)
def test_only_a_whole_task_is_done_with(opened: Opener, match: str, closes: bool) -> None:
    session = opened()
    many = [task for task, _ in session.pending]
    task = next(task for task in many if many.count(task) > 2)
    while asked(session)["task_id"] != task:
        session.skip()
    session.record(match, title="Một đầu việc chưa ai có")
    left = [t for t, _ in session.pending].count(task)
    assert left == (0 if closes else many.count(task) - 1)
    session.refresh()
    assert ([t for t, _ in session.pending].count(task) == 0) == closes


def test_a_new_family_is_made_by_its_title(opened: Opener, path: Path) -> None:
    session = opened()
    task = asked(session)["task_id"]
    session.record("new", title=" Bảo hiểm cho máy cày ")
    row = read_decisions(path).iloc[-1]
    assert row[["task_id", "family_id", "match", "title_vi"]].tolist() == [
        *(task, "bao-hiem-cho-may-cay", "new", "Bảo hiểm cho máy cày"),
    ]
    session.refresh()
    families = session.alignment.memberships.set_index("task_id")["family_id"]
    assert families[task] == "bao-hiem-cho-may-cay"
    assert session.family("bao-hiem-cho-may-cay")["title_vi"] == "Bảo hiểm cho máy cày"


def test_a_second_task_may_join_a_new_family(opened: Opener, path: Path) -> None:
    session = opened()
    session.record("new", title="Bảo hiểm cho máy cày")
    session.record("new", title="Bảo hiểm cho máy cày")
    assert read_decisions(path)["family_id"].tolist() == ["bao-hiem-cho-may-cay"] * 2


def test_a_title_that_the_catalogue_has_is_refused(opened: Opener, path: Path, catalogue: Catalogue) -> None:
    title = catalogue.families["title_vi"].iloc[0]
    with pytest.raises(CompareError, match=f"found the title of '{catalogue.families['family_id'].iloc[0]}'"):
        opened().record("new", title=title.upper())
    assert not path.exists()


@pytest.mark.parametrize(
    ("reader", "match", "message"),
    [
        ("An", "maybe", "unknown answer 'maybe'; accepted: new, no, part, whole"),
        ("An", "withdrawn", "unknown answer 'withdrawn'"),
        ("An", "new", "a title_vi wanted for a new family"),
        ("  ", "whole", "a reviewer's name wanted, found none"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_the_item_stays(
    opened: Opener, path: Path, reader: str, match: str, message: str
) -> None:
    session = opened(reader)
    item = asked(session)
    with pytest.raises(CompareError, match=message):
        session.record(match, title=" ?! ")
    assert not path.exists()
    assert asked(session) == item


def test_a_file_damaged_meanwhile_is_named_and_nothing_is_written(opened: Opener, path: Path) -> None:
    session = opened()
    session.record("no")
    path.write_text(path.read_text(encoding="utf-8") + "half a line\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(CatalogueError, match=r"decisions\.csv, line 3: 9 cells wanted, found 1"):
        session.record("no")
    assert path.read_bytes() == before


def test_a_skipped_item_comes_last_and_is_not_stored(opened: Opener, path: Path) -> None:
    session = opened()
    order = session.pending
    session.skip()
    assert session.pending == [*order[1:], order[0]]
    for _ in order[1:]:
        session.skip()
    assert key(asked(session)) == order[0]
    assert not path.exists()
    assert opened().progress == (0, len(order))
    session.record("no")
    assert key(asked(session)) == order[1]


def test_an_answer_is_taken_back_and_asked_again(opened: Opener, path: Path) -> None:
    session = opened()
    items = []
    for match in ("no", "whole", "part"):
        items.append(asked(session))
        session.record(match)
    for item in reversed(items):
        assert session.undo()["task_id"] == item["task_id"]
        assert key(asked(session)) == key(item)
    assert read_decisions(path)["match"].tolist() == ["no", "whole", "part", *["withdrawn"] * 3]
    assert session.progress[0] == 0
    assert not session.can_undo
    with pytest.raises(CompareError, match="an answer of 'An' to take back wanted, found none"):
        session.undo()


def test_a_new_family_is_taken_back(opened: Opener) -> None:
    session = opened()
    item = asked(session)
    session.record("new", title="Bảo hiểm cho máy cày")
    session.undo()
    assert asked(session)["task_id"] == item["task_id"]
    session.record("whole")
    session.refresh()
    assert "bao-hiem-cho-may-cay" not in set(session.alignment.families["family_id"])


def test_a_restart_goes_on_where_it_was_and_can_still_take_back(opened: Opener) -> None:
    first = opened()
    answered = []
    for match in ("whole", "no", "part"):
        answered.append(asked(first))
        first.record(match)
    first.refresh()
    second = opened()
    assert second.progress == first.progress
    assert asked(second) == asked(first)
    assert not set(second.pending) & {key(item) for item in answered}
    for item in reversed(answered):
        second.undo()
        assert key(asked(second)) == key(item)


def test_only_own_answers_are_taken_back(opened: Opener) -> None:
    opened("Bình").record("no")
    assert not opened("An").can_undo


def test_what_another_reader_decided_is_not_asked(opened: Opener) -> None:
    one, other = opened("An"), opened("Bình")
    item = asked(one)
    one.record("no")
    assert key(asked(other)) == key(item)  # not seen yet
    other.refresh()
    assert key(item) not in other.pending
    other.record("part")
    one.refresh()
    assert key(asked(one)) == key(asked(other))
    assert one.progress[0] == other.progress[0] == 1


def test_the_same_answer_twice_is_written_once(opened: Opener, path: Path) -> None:
    """Two tabs, or a second click."""
    one, other = opened(), opened()
    one.record("part")
    other.record("part")
    assert len(read_decisions(path)) == 1
    assert asked(one) == asked(other)


def test_readers_who_differ_are_asked_and_the_answer_settles_it(opened: Opener, path: Path) -> None:
    item = asked(opened())
    add(path, item, "whole", "Bình")
    add(path, item, "no", "Chi")
    session = opened()
    assert asked(session)["reason"] == "conflict"
    assert key(asked(session)) == key(item)
    said = session.log.said(key(item), session.catalogue)
    assert said[["reader", "match"]].to_numpy().tolist() == [["Bình", "whole"], ["Chi", "no"]]
    with pytest.raises(CompareError, match="found new; accepted: no, part, whole"):
        session.record("new", title="Bảo hiểm cho máy cày")
    session.record("part")
    assert read_decisions(path).iloc[-1]["settles"] == "yes"
    assert key(item) not in session.pending
    assert key(item) not in opened("Chi").pending
    session.undo()
    assert asked(session)["reason"] == "conflict"
    assert key(asked(session)) == key(item)


def test_two_sessions_that_cross_make_a_conflict_which_is_asked(opened: Opener) -> None:
    one, other = opened("An"), opened("Bình")
    item = asked(one)
    one.record("whole")
    other.record("no")
    one.refresh()
    assert (key(asked(one)), asked(one)["reason"]) == (key(item), "conflict")


@pytest.mark.parametrize("match", ["whole", "no"])
def test_an_answer_about_another_text_is_asked_again(opened: Opener, path: Path, match: str) -> None:
    item = asked(opened())
    add(path, {**item, "text_sha": fingerprint("a text of before")}, match, "An")
    session = opened()
    assert (key(asked(session)), asked(session)["reason"]) == (key(item), "stale")
    assert asked(session)["closest_task_id"] != ""
    session.record(match)
    row = read_decisions(path).iloc[-1]
    assert (row["settles"], row["text_sha"]) == ("yes", item["text_sha"])
    assert key(item) not in session.pending
    session.undo()
    assert asked(session)["reason"] == "stale"


def test_the_rest_is_aligned_anew_every_few_answers(opened: Opener) -> None:
    session = opened()
    before = session.alignment
    for _ in range(REFRESH_EVERY - 1):
        session.record("no")
    assert session.alignment is before
    session.record("no")
    assert session.alignment is not before
    assert session.alignment.catalogue is not None
    assert (session.alignment.catalogue.memberships["reader"] == "An").sum() == REFRESH_EVERY


def test_an_improbable_item_is_asked_again_when_taken_back(opened: Opener, path: Path) -> None:
    session = opened()
    assert session.alignment.matching is not None
    scores = session.alignment.matching.scores
    least = scores[~scores["decided"]].nsmallest(1, "probability").iloc[0].to_dict()
    add(path, {**least, "text_sha": asked(session)["text_sha"]}, "no", "An")
    session = opened()
    session.undo()
    assert key(asked(session)) == key(least)


def test_a_task_is_not_asked_about_family_after_family(opened: Opener) -> None:
    session = opened()
    counts = pd.Series([task for task, _ in session.pending]).value_counts()
    task, n = str(counts.index[0]), 0
    while task in {t for t, _ in session.pending}:
        while asked(session)["task_id"] != task:
            session.skip()
        session.record("no")
        n += 1
        if not [t for t, _ in session.pending if t == task]:
            session.refresh()
    assert counts.iloc[0] <= n < 20


@pytest.mark.parametrize("pillar", [-1, 3])
def test_one_locality_and_one_pillar(opened: Opener, pillar: int) -> None:
    session = opened(locality=HELD_OUT)
    everywhere = session.progress
    session.choose(HELD_OUT, pillar)
    pillars = session.tasks.loc[[task for task, _ in session.pending], "pillar"]
    assert set(pillars) == ({3} if pillar == 3 else set(pillars))
    assert (session.progress == everywhere) == (pillar == -1)
    session.choose("dong-nai")
    assert session.current is None
    with pytest.raises(CompareError, match="unknown locality 'hue'; accepted: dong-nai, gia-lai, ha-tinh"):
        session.choose("hue")


def test_nearest_other_families_are_named(opened: Opener) -> None:
    session = opened()
    near = session.nearest(asked(session))
    assert len(near) == 3
    assert asked(session)["family_id"] not in dict(near)
    assert [p for _, p in near] == sorted((p for _, p in near), reverse=True)


def test_a_fully_read_catalogue_asks_nothing(three: pd.DataFrame, read: Catalogue, path: Path) -> None:
    session = ReviewSession(learn_tasks(three, read, path), read, path, reader="An")
    assert (session.current, session.progress) == (None, (0, 0))
    session.refresh()
    session.skip()
    with pytest.raises(CompareError, match="found the end of the queue"):
        session.record("no")


def test_without_a_catalogue_nothing_is_asked(three: pd.DataFrame, path: Path) -> None:
    none = empty_catalogue()
    session = ReviewSession(learn_tasks(three, none, path), none, path, reader="An")
    assert session.current is None
