"""A negation, another law, year or target group is not waved through into a family."""

import pandas as pd
import pytest

import compare as cp
from compare.align import Alignment
from compare.align.checks import _failed, check_scores
from compare.align.draft import read_draft
from compare.align.matching import Matching
from compare.align.settings import PENALTIES
from compare.catalogue import Catalogue

COPIED = "gia-lai/annex/33"  # training courses for managers and members
FAMILY = "train-managers-members"


def _as_new(tasks: pd.DataFrame, text: str) -> pd.DataFrame:
    """Give a task of Hà Tĩnh another text."""
    return tasks.assign(text=tasks["text"].mask(tasks["task_id"] == "ha-tinh/annex/1.1", text))


def _taken(tasks: pd.DataFrame, catalogue: Catalogue) -> bool:
    rows = cp.align_tasks(tasks, catalogue).memberships
    return bool(((rows["task_id"] == "ha-tinh/annex/1.1") & (rows["family_id"] == FAMILY)).any())


@pytest.mark.parametrize(("before", "taken"), [("", True), ("Không ", False)])
def test_a_negation_keeps_a_task_out(
    before: str, taken: bool, tasks: pd.DataFrame, catalogue: Catalogue, new_tasks: list[str]
) -> None:
    said = str(tasks.set_index("task_id").at[COPIED, "text"])
    few = tasks[tasks["locality"].isin(["ha-tinh", "gia-lai", "dong-nai"])]
    text = before + said[0].lower() + said[1:]
    assert _taken(_as_new(few, text), catalogue.without(new_tasks)) == taken


def _checked(member: str, text: str) -> pd.DataFrame:
    """Score one task for a family of one member, and check it."""
    rows = [("a/annex/1", "a", member), ("b/annex/1", "b", text)]
    tasks = pd.DataFrame(rows, columns=["task_id", "locality", "text"]).assign(
        part="annex", pillar=1, leads="", product=""
    )
    known = pd.DataFrame([("f", "a/annex/1", "whole", "")], columns=["family_id", "task_id", "match", "note"])
    scores = pd.DataFrame(
        {"task_id": ["b/annex/1"], "family_id": ["f"], "probability": [0.5], "decided": [False]}
    )
    matching = Matching(scores, 0.3, None, None)
    return check_scores(read_draft(tasks), known, matching).scores


@pytest.mark.parametrize(
    ("member", "text", "failed"),
    [
        ("Phổ biến Luật Hợp tác xã", "Phổ biến Luật Đất đai", "law"),
        ("Hoàn thành đăng ký lại trong năm 2023", "Hoàn thành đăng ký lại trong năm 2026", "number"),
        ("Vay vốn cho phụ nữ khởi nghiệp", "Vay vốn cho thanh niên khởi nghiệp", "group"),
        ("Xây dựng trụ sở mới", "Không xây dựng trụ sở mới", "negation"),
    ],
)
def test_each_check_lowers_the_probability_by_its_weight(member: str, text: str, failed: str) -> None:
    row = _checked(member, text).iloc[0]
    weight = PENALTIES[failed]
    assert row[failed] == 1
    assert row["probability"] == pytest.approx(1 / (1 + 2.718281828459045**weight))


def test_what_only_one_side_names_is_no_conflict() -> None:
    row = _checked("Vay vốn ưu đãi", "Vay vốn ưu đãi cho phụ nữ theo Luật Hợp tác xã năm 2023").iloc[0]
    assert row["probability"] == 0.5
    assert row[["negation", "law", "number", "group"]].sum() == 0


def test_the_decided_are_not_checked(alignment: Alignment) -> None:
    assert alignment.matching is not None
    assert (alignment.matching.scores[["negation", "law", "number", "group"]] == 0).all(axis=None)


def test_what_one_member_agrees_with_is_no_conflict() -> None:
    clauses = ["Phổ biến Luật Đất đai"]
    assert _failed(clauses, ["Phổ biến Luật Hợp tác xã"]) == {"law"}
    assert _failed(clauses, ["Phổ biến Luật Hợp tác xã", "Tuyên truyền Luật Đất đai"]) == set()
