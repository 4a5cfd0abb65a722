"""The queue asks the most useful first, and never what a reader has decided."""

import json
from collections.abc import Callable

import pandas as pd
import pytest

import compare as cp
from compare.align import Alignment
from compare.catalogue import Catalogue
from compare.decisions import COLUMNS, apply_decisions, judge_decisions
from compare.text import fingerprint


@pytest.fixture(scope="module")
def queue(new_alignment: Alignment) -> pd.DataFrame:
    return cp.review_queue(new_alignment)


def _decision(queue: pd.DataFrame, place: int, match: str, reader: str = "An") -> pd.DataFrame:
    row = queue.iloc[[place]]
    table = row[["task_id", "family_id", "text_sha"]].assign(match=match, reader=reader, date="2026-11-21")
    return table.reindex(columns=COLUMNS, fill_value="")


def test_only_the_new_locality_is_asked_about(queue: pd.DataFrame, new_tasks: list[str]) -> None:
    assert set(queue["task_id"]) <= set(new_tasks)
    assert queue["rank"].tolist() == list(range(1, len(queue) + 1))
    assert queue["gain"].is_monotonic_decreasing


def test_a_catalogue_that_knows_all_asks_nothing(alignment: Alignment) -> None:
    assert cp.review_queue(alignment).empty


def test_without_a_catalogue_there_is_nothing_to_ask() -> None:
    rows = [("gia-lai", "Củng cố hợp tác xã yếu kém"), ("ha-tinh", "Tuyên truyền Luật Hợp tác xã")]
    table = pd.DataFrame(rows, columns=["locality", "text"]).assign(
        task_id=["gia-lai/annex/1", "ha-tinh/annex/1"], part="annex", pillar=1, leads="", product=""
    )
    assert cp.review_queue(cp.align_tasks(table)).empty


def test_the_evidence_sums_to_the_probability(queue: pd.DataFrame) -> None:
    parts = queue["evidence"].str.extractall(r"\(([+-][\d.]+)\)")[0].astype(float).groupby(level=0).sum()
    shown = 1 / (1 + (-parts).map(lambda x: 2.718281828459045**x))
    assert (shown - queue["probability"]).abs().max() < 0.02


def test_every_item_names_its_closest_reviewed_member(queue: pd.DataFrame, catalogue: Catalogue) -> None:
    members = set(zip(catalogue.memberships["task_id"], catalogue.memberships["family_id"], strict=True))
    assert set(zip(queue["closest_task_id"], queue["family_id"], strict=True)) <= members
    assert (queue["quote"] != "").all()


@pytest.mark.parametrize("match", ["whole", "part", "no"])
def test_what_was_answered_is_not_asked_again(
    match: str, queue: pd.DataFrame, align_again: Callable[[pd.DataFrame], Alignment]
) -> None:
    decisions = _decision(queue, 0, match)
    alignment = align_again(decisions)
    again = cp.review_queue(alignment, decisions)
    asked = set(zip(again["task_id"], again["family_id"], strict=True))
    task, family = queue.loc[0, ["task_id", "family_id"]]
    assert (task, family) not in asked
    assert (task in set(again["task_id"])) == (match != "whole")
    rows = alignment.memberships.query("task_id == @task", local_dict={"task": task}).set_index("family_id")
    assert (family in rows.index) == (match != "no")
    if match != "no":
        assert rows.at[family, "match"] == match
        assert rows.at[family, "origin"] == "reviewed"
        assert rows.at[family, "probability"] == 1


def test_a_conflict_is_asked_first(
    queue: pd.DataFrame, align_again: Callable[[pd.DataFrame], Alignment]
) -> None:
    both = pd.concat([_decision(queue, 5, "part"), _decision(queue, 5, "no", "Bình")], ignore_index=True)
    again = cp.review_queue(align_again(both), both)
    assert again.loc[0, "reason"] == "conflict"
    assert json.loads(again.loc[0, "said"]) == [["An", "part", "2026-11-21"], ["Bình", "no", "2026-11-21"]]
    assert (again["said"].iloc[1:] == "").all()
    assert again.loc[0, "task_id"] == queue.loc[5, "task_id"]
    assert not again.duplicated(["task_id", "family_id"]).any()


def test_a_changed_text_is_shown_as_stale(tasks: pd.DataFrame, catalogue: Catalogue) -> None:
    few = tasks[tasks["locality"].isin(["ha-tinh", "gia-lai", "go-cong-tay"])]
    changed = few.assign(text=few["text"].mask(few["task_id"] == "ha-tinh/annex/1.1", few["text"] + " thêm"))
    alignment = cp.align_tasks(changed, catalogue)
    rows = alignment.memberships.query("task_id == 'ha-tinh/annex/1.1'")
    assert rows["evidence"].str.startswith("the text has changed since; reviewed by").all()
    queue = cp.review_queue(alignment)
    assert set(queue["reason"]) == {"stale"}
    assert set(queue["task_id"]) == {"ha-tinh/annex/1.1"}
    assert queue["text_sha"].iloc[0] == fingerprint(
        changed.set_index("task_id").at["ha-tinh/annex/1.1", "text"]
    )


def test_a_decision_changes_what_was_decided_and_reviewed_members_of_others_stay(
    queue: pd.DataFrame,
    tasks: pd.DataFrame,
    catalogue: Catalogue,
    new_tasks: list[str],
    new_alignment: Alignment,
) -> None:
    base, decisions = catalogue.without(new_tasks), _decision(queue, 3, "whole")
    after = cp.align_tasks(tasks, base, decisions).memberships
    before = new_alignment.memberships
    others = [table[~table["task_id"].isin(new_tasks)].reset_index(drop=True) for table in (before, after)]
    pd.testing.assert_frame_equal(*others)
    settled = apply_decisions(base, judge_decisions(decisions, base, tasks))
    assert len(settled.memberships) == len(base.memberships) + 1
