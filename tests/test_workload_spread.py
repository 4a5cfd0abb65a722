"""Whose the load is, and how unevenly it lies: each index by hand, what it does not depend on, and how it is read."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import CompareError, SchemaError
from compare.workload import concentration, gini, herfindahl, work_by_carrier
from compare.workload.spread import ReadingLimits
from test_workload import make_tasks

KINDS = pd.DataFrame({"agency_id": [f"so-{i}" for i in range(20)] + ["g"], "kind": ["body"] * 20 + ["group"]})
counts = st.lists(st.integers(1, 60), min_size=1, max_size=25)


def load(*n_tasks: int, role: str = "lead", **more: int) -> pd.DataFrame:
    """Make a workload of one locality: so-0, so-1 ... with these tasks, and named rows."""
    rows = [("a", f"so-{i}", role, n) for i, n in enumerate(n_tasks)]
    rows += [("a", agency, role, n) for agency, n in more.items()]
    return pd.DataFrame(rows, columns=["locality", "agency_id", "role", "n_tasks"])


@pytest.mark.parametrize(
    ("loads", "index", "inequality"),
    [
        ([2, 2, 2, 2], 1 / 4, 0.0),  # four times (1/4)^2
        ([7], 1.0, 0.0),
        ([3, 2, 1], 14 / 36, 2 / 9),  # (9+4+1)/6^2; differences 1+2+1 twice, over 2 * 3^2 * mean 2
        ([1, 1, 8], 66 / 100, 7 / 15),  # differences 0+7+7 twice, over 2 * 9 * 10/3
    ],
)
def test_indices_by_hand(loads: list[int], index: float, inequality: float) -> None:
    assert herfindahl(loads) == pytest.approx(index)
    assert gini(loads) == pytest.approx(inequality)


@given(counts)
def test_indices_stay_in_their_range(loads: list[int]) -> None:
    assert 1 / len(loads) - 1e-12 <= herfindahl(loads) <= 1
    assert 0 <= gini(loads) < 1


@given(counts, st.integers(2, 9), st.randoms())
def test_indices_know_neither_order_nor_scale(loads: list[int], times: int, order: object) -> None:
    other = [n * times for n in loads]
    order.shuffle(other)  # type: ignore[attr-defined]
    assert herfindahl(other) == pytest.approx(herfindahl(loads))
    assert gini(other) == pytest.approx(gini(loads), abs=1e-12)


@pytest.mark.parametrize("index", [herfindahl, gini])
@pytest.mark.parametrize("loads", [[], [2, 0]])
def test_no_load_has_no_index(index: object, loads: list[int]) -> None:
    with pytest.raises(CompareError, match="loads above zero wanted, found"):
        index(loads)  # type: ignore[operator]


def test_a_row_says_who_stands_first_and_what_was_left_out() -> None:
    """8 of 12 assignments to bodies are with three; the group, names without id and nobody's stay out."""
    found = concentration(load(4, 2, 2, 1, 1, 1, 1, g=5, unnamed=3, unresolved=1), KINDS).iloc[0]
    assert found[["n_agencies", "n_assignments", "n_left_out"]].tolist() == [7, 12, 9]
    assert found["top3_share"] == pytest.approx(8 / 12)
    assert found[["top", "top_tasks", "n_like_third"]].tolist() == ["so-0;so-1;so-2", "4;2;2", 2]
    assert found["herfindahl"] == pytest.approx(28 / 144)
    assert found["reading"] == "concentrated"


def test_groups_are_carriers_when_asked_for() -> None:
    found = concentration(load(4, 2, g=5, unnamed=3), KINDS, groups=True).iloc[0]
    assert found[["n_agencies", "n_assignments", "n_left_out", "top"]].tolist() == [3, 11, 3, "g;so-0;so-1"]


@pytest.mark.parametrize(
    ("loads", "reading"),
    [
        ([9, 9, 9, 9, 9], "few"),  # five agencies: 0.20 even when all alike
        ([2, 2, 2, 2, 1, 1], "few"),  # ten assignments
        ([2, 2, 2, 2, 2, 2], "moderate"),  # 1/6
        ([8, 1, 1, 1, 1, 1], "concentrated"),
        ([1] * 11, "spread"),
    ],
)
def test_readings(loads: list[int], reading: str) -> None:
    assert concentration(load(*loads), KINDS)["reading"].tolist() == [reading]


@pytest.mark.parametrize(
    ("limits", "reading"),
    [
        (ReadingLimits(high=0.16), "concentrated"),
        (ReadingLimits(low=0.17), "spread"),
        (ReadingLimits(agencies=7), "few"),
        (ReadingLimits(assignments=13), "few"),
    ],
)
def test_every_limit_matters(limits: ReadingLimits, reading: str) -> None:
    assert concentration(load(*[2] * 6), KINDS, limits=limits)["reading"].tolist() == [reading]


def test_roles_and_localities_stand_apart_in_any_order_of_rows() -> None:
    table = pd.concat([load(3, 1), load(1, 1, role="coordinating"), load(5).assign(locality="b")])
    found = concentration(table, KINDS)
    assert found[["locality", "role", "n_assignments"]].values.tolist() == [
        ["a", "coordinating", 2],
        ["a", "lead", 4],
        ["b", "lead", 5],
    ]
    pd.testing.assert_frame_equal(concentration(table.iloc[::-1], KINDS), found)


def test_nobody_named_has_no_row() -> None:
    assert concentration(load(unnamed=4, g=2), KINDS).empty
    assert concentration(load(), KINDS).columns[-1] == "reading"


CARRIED = make_tasks(
    {"task_id": "a/annex/1", "pillar": 1, "leads": "so-1"},
    {"task_id": "a/annex/2", "pillar": 1, "leads": "so-1;so-2", "coordinating": "g"},
    {"task_id": "a/annex/3", "pillar": 2, "leads": "g;so-1"},
    {"task_id": "a/annex/4", "pillar": 2, "leads": "g"},
    {"task_id": "a/annex/5", "pillar": 2, "leads_text": "Ban Lạ"},
    {"task_id": "a/annex/6", "pillar": 2},
    {"task_id": "a/annex/7", "pillar": 2, "leads": "so-1"},
)


def test_each_task_has_one_carrier() -> None:
    mentions = pd.DataFrame([("a/annex/7", "lead", "")], columns=["task_id", "role", "agency_id"])
    table = work_by_carrier(CARRIED, None, mentions, KINDS).set_index("role").drop(columns="locality")
    assert table.loc["lead"].tolist() == [7, 1, 1, 2, 1, 1, 1]
    assert table.loc["coordinating"].tolist() == [7, 0, 0, 0, 1, 0, 6]
    again = work_by_carrier(CARRIED.iloc[::-1], None, mentions, KINDS).set_index("role")
    pd.testing.assert_frame_equal(again.drop(columns="locality"), table)


def test_carriers_may_be_split_by_pillar() -> None:
    table = work_by_carrier(CARRIED, agencies=KINDS, by=["pillar"]).set_index(["role", "pillar"])
    assert table.loc[("lead", 1), "n_tasks":].tolist() == [2, 1, 1, 0, 0, 0, 0]
    assert table.loc[("lead", 2), "n_tasks":].tolist() == [5, 1, 0, 1, 1, 1, 1]


def test_carriers_name_what_they_do_not_know() -> None:
    with pytest.raises(SchemaError, match=r"found \['text'\]; accepted: part, pillar, timeline_kind"):
        work_by_carrier(CARRIED, agencies=KINDS, by=["text"])
    with pytest.raises(SchemaError, match=r"\['so-1', 'so-2'\] wanted among the agencies"):
        work_by_carrier(CARRIED, agencies=KINDS[KINDS["kind"] == "group"])
    assert work_by_carrier(CARRIED.iloc[:0], agencies=KINDS).empty
