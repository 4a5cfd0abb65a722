"""What moved between two builds is said, and nothing else."""

import pandas as pd

from compare.changes import build_changes

MEMBERS = ["family_id", "task_id", "match", "origin"]
CELLS = ["family_id", "locality", "status"]


def _build(members: list[tuple[str, ...]], cells: list[tuple[str, ...]]) -> dict[str, pd.DataFrame]:
    return {
        "memberships": pd.DataFrame(members, columns=MEMBERS, dtype="str"),
        "coverage": pd.DataFrame(cells, columns=CELLS, dtype="str"),
    }


BEFORE = _build(
    [
        ("f", "a/annex/1", "part", "auto"),
        ("f", "a/annex/2", "whole", "reviewed"),
        ("g", "b/annex/1", "whole", "auto"),
    ],
    [("f", "a", "covered"), ("f", "b", "gap"), ("g", "b", "covered"), ("g", "a", "gap")],
)


def _rows(after: dict[str, pd.DataFrame]) -> list[tuple[str, ...]]:
    return [tuple(row) for row in build_changes(BEFORE, after).itertuples(index=False)]


def test_the_same_build_changes_nothing() -> None:
    assert _rows(BEFORE) == []


def test_a_first_build_has_nothing_to_compare_with() -> None:
    assert build_changes({}, BEFORE).empty


def test_a_task_that_changes_its_family_has_moved() -> None:
    members = [
        *BEFORE["memberships"].iloc[:2].itertuples(index=False, name=None),
        ("f", "b/annex/1", "whole", "auto"),
    ]
    cells = [("f", "a", "covered"), ("f", "b", "covered")]
    assert _rows(_build(members, cells)) == [
        ("family-lost", "g", "", "", "family", ""),
        ("gap-closed", "f", "b", "", "gap", "covered"),
        ("membership-moved", "f", "b", "b/annex/1", "g", "f"),
    ]


def test_new_lost_and_changed_memberships_are_told_apart() -> None:
    members = [
        ("f", "a/annex/1", "whole", "reviewed"),
        ("g", "b/annex/1", "whole", "auto"),
        ("g", "a/annex/3", "part", "auto"),
    ]
    cells = [("f", "a", "gap"), ("f", "b", "gap"), ("g", "b", "covered"), ("g", "a", "partial")]
    assert _rows(_build(members, cells)) == [
        ("gap-closed", "g", "a", "", "gap", "partial"),
        ("gap-opened", "f", "a", "", "covered", "gap"),
        ("match-changed", "f", "a", "a/annex/1", "part", "whole"),
        ("membership-lost", "f", "a", "a/annex/2", "member", ""),
        ("membership-new", "g", "a", "a/annex/3", "", "member"),
        ("origin-changed", "f", "a", "a/annex/1", "auto", "reviewed"),
    ]


def test_row_order_changes_nothing() -> None:
    after = _build([("g", "a/annex/1", "whole", "auto")], [("g", "a", "covered"), ("f", "a", "gap")])
    mixed = {name: table.sample(frac=1, random_state=1) for name, table in BEFORE.items()}
    pd.testing.assert_frame_equal(build_changes(BEFORE, after), build_changes(mixed, after))
