"""With a catalogue: what readers decided stands; what they have not read is matched to families."""

import numpy as np
import pandas as pd
import pytest

import compare as cp
from compare.align import Alignment
from compare.align.matching import read_texts
from compare.align.matching.bayes import log_shares
from compare.align.matching.keys import match_key
from compare.align.matching.second_look import SECOND_FEATURES, second_look
from compare.catalogue import Catalogue


def test_reviewed_memberships_stand_as_readers_left_them(alignment: Alignment, catalogue: Catalogue) -> None:
    found = alignment.memberships
    key = ["family_id", "task_id", "match"]
    left = catalogue.memberships[key].sort_values(key).reset_index(drop=True)
    right = found[key].sort_values(key).reset_index(drop=True)
    pd.testing.assert_frame_equal(right, left, check_dtype=False)
    assert (found["origin"] == "reviewed").all()
    assert (found["probability"] == 1).all()


def test_a_new_locality_is_matched_to_families(new_alignment: Alignment, new_tasks: list[str]) -> None:
    new = new_alignment.memberships[new_alignment.memberships["task_id"].isin(new_tasks)]
    assert set(new["task_id"]) == set(new_tasks)
    assert (new["origin"] == "auto").all()
    known = new[~new["family_id"].str.startswith("draft-")]
    assert len(known) > len(new) / 2


def test_labels_of_the_locality_left_out_change_nothing(
    tasks: pd.DataFrame, catalogue: Catalogue, new_alignment: Alignment, new_tasks: list[str]
) -> None:
    other = catalogue.memberships.assign(note=lambda t: t["note"].where(~t["task_id"].isin(new_tasks), "x"))
    swapped = Catalogue(catalogue.families, other).without(new_tasks)
    again = cp.align_tasks(tasks, swapped)
    pd.testing.assert_frame_equal(again.memberships, new_alignment.memberships)


def test_shuffled_rows_give_the_same(
    tasks: pd.DataFrame, catalogue: Catalogue, new_alignment: Alignment, new_tasks: list[str]
) -> None:
    left = catalogue.without(new_tasks)
    mixed = Catalogue(
        left.families.sample(frac=1, random_state=3), left.memberships.sample(frac=1, random_state=4)
    )
    again = cp.align_tasks(tasks.sample(frac=1, random_state=5), mixed)
    for name in ("families", "memberships", "pairs"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(new_alignment, name))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hoà giải", "Hòa giải", True),
        ("quán triệt", "quản trị", False),
        ("Nghị quyết số 20-NQ/TW ngày 16/6/2022 của Bộ Chính trị", "Nghị quyết", True),
        ("Kết luận số 70-KL/TW, ngày 09 tháng 3 năm 2020 của UBND tỉnh", "Kết luận", True),
        ("số 59-CTr/TU", "", False),
        ("bán hàng (hội chợ, triển lãm) trên mạng", "bán hàng trên mạng", True),
        ("(Có danh mục kèm theo)", "", False),
    ],
)
def test_keys_keep_tones_and_leave_citations_and_brackets_out(one: str, other: str, same: bool) -> None:
    assert (match_key(one) == match_key(other)) is same


def test_other_families_account_for_a_task(tasks: pd.DataFrame) -> None:
    texts = read_texts(tasks)
    assert texts is not None
    found = second_look(texts, np.arange(2), np.array([[0.9, 0.2, 0.1], [0.0, 0.5, 0.0]]), np.zeros((3, 3)))
    others = found[..., list(SECOND_FEATURES).index("others") - 1]
    np.testing.assert_allclose(others, [[0.3, 1.0, 1.1], [0.5, 0.0, 0.5]])


def test_words_of_one_family_explain_a_window_away() -> None:
    one, both, none = np.exp(log_shares(np.array([[4.0, -4.0], [4.0, 4.0], [-9.0, -9.0]])))
    assert one[0] > 0.95
    assert both[0] == both[1] == pytest.approx(0.5, abs=0.01)
    assert none.max() == pytest.approx(1e-4, rel=0.3)


@pytest.mark.parametrize("partly", [False, True])
def test_a_catalogue_without_a_task_read_completely_decides_what_it_says(
    tasks: pd.DataFrame, catalogue: Catalogue, partly: bool
) -> None:
    """There is no word to learn from, only answers."""
    few = tasks.groupby("locality").head(2).reset_index(drop=True)
    members = catalogue.memberships.head(0).reindex(range(2)).fillna("")
    members = members.assign(task_id=few["task_id"].head(2), family_id="credit-access", match="no")
    if partly:
        members = members.assign(match=["part", "no"])
    partly_read = frozenset(members.loc[members["match"] == "part", "task_id"])
    found = cp.align_tasks(few, Catalogue(catalogue.families, members, partly_read)).memberships
    reviewed = found[found["origin"] == "reviewed"]
    assert set(zip(reviewed["task_id"], reviewed["family_id"], strict=True)) == {
        (task_id, "credit-access") for task_id in partly_read
    }
