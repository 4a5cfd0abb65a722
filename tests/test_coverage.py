"""Coverage: covered, partial, review, gap, and the gaps that matter."""

import pandas as pd
import pytest

from compare.align import Alignment, AlignSettings, align_tasks
from compare.coverage import coverage_gaps, coverage_table
from compare.errors import CompareError
from compare.schema import check_table

SETTINGS = AlignSettings(match_at=0.5, review_at=0.3)


def make_alignment(members: list[tuple], nearest: list[tuple] = ()) -> Alignment:
    """Make an alignment of three localities from (family, task, match, probability) rows."""
    memberships = pd.DataFrame(members, columns=["family_id", "task_id", "match", "probability"])
    memberships = memberships.assign(origin="auto", evidence="")
    task_ids = sorted({"a/annex/1", "b/annex/1", "c/annex/1", *memberships["task_id"]})
    tasks = pd.DataFrame({"task_id": task_ids, "locality": [t[0] for t in task_ids]})
    families = pd.DataFrame({"family_id": sorted(set(memberships["family_id"]))}).assign(status="draft")
    near = pd.DataFrame(list(nearest), columns=["family_id", "locality", "task_id", "probability"])
    near = near.assign(decided=False)
    empty = pd.DataFrame()
    return Alignment(tasks, empty, empty, families, memberships, empty, near, SETTINGS)


def status(alignment: Alignment) -> dict[tuple[str, str], str]:
    return coverage_table(alignment).set_index(["family_id", "locality"])["status"].to_dict()


@pytest.mark.parametrize(
    ("match", "probability", "expected"),
    [
        ("whole", 0.9, "covered"),
        ("whole", 0.5, "covered"),
        ("part", 0.9, "partial"),
        ("whole", 0.49, "review"),
        ("part", 0.1, "review"),
    ],
)
def test_status_follows_the_membership(match: str, probability: float, expected: str) -> None:
    alignment = make_alignment([("f", "a/annex/1", match, probability), ("f", "b/annex/1", "whole", 0.9)])
    assert status(alignment)["f", "a"] == expected


def test_best_member_decides() -> None:
    alignment = make_alignment([("f", "a/annex/1", "part", 0.99), ("f", "a/body/1", "whole", 0.6)])
    row = coverage_table(alignment).iloc[0]
    assert row["status"] == "covered"
    assert row["task_ids"] == "a/annex/1;a/body/1"
    assert (row["nearest_task_id"], row["nearest_probability"]) == ("a/annex/1", 0.99)


def test_body_counts_where_the_annex_is_silent() -> None:
    """Gia Lai's annex does not mention the cooperatives' old debts, its body does."""
    assert status(make_alignment([("f", "a/body/1", "whole", 0.9)]))["f", "a"] == "covered"


def test_reviewed_membership_is_never_doubtful() -> None:
    alignment = make_alignment([("f", "a/annex/1", "whole", 0.1)])
    alignment.memberships["origin"] = "reviewed"
    assert status(alignment)["f", "a"] == "covered"


@pytest.mark.parametrize(("probability", "expected"), [(0.29, "gap"), (0.3, "review"), (0.9, "review")])
def test_unstated_family_is_a_gap_unless_something_comes_near(probability: float, expected: str) -> None:
    alignment = make_alignment([("f", "a/annex/1", "whole", 0.9)], [("f", "b", "b/annex/1", probability)])
    row = coverage_table(alignment).set_index("locality").loc["b"]
    assert row["status"] == expected
    assert row["task_ids"] == ""
    assert (row["nearest_task_id"], row["nearest_probability"]) == ("b/annex/1", probability)


def test_gap_without_any_candidate_has_an_empty_nearest() -> None:
    row = coverage_table(make_alignment([("f", "a/annex/1", "whole", 0.9)])).set_index("locality").loc["c"]
    assert (row["status"], row["nearest_task_id"], row["nearest_probability"]) == ("gap", "", 0.0)


def test_every_family_has_a_row_in_every_locality() -> None:
    table = coverage_table(
        make_alignment([("f", "a/annex/1", "whole", 0.9), ("g", "b/annex/1", "whole", 1.0)])
    )
    assert len(table) == 2 * 3
    pd.testing.assert_frame_equal(check_table(table, "coverage"), table)


def test_coverage_of_no_task_is_empty() -> None:
    columns = ["task_id", "locality", "part", "text", "leads", "product"]
    tasks = pd.DataFrame({c: pd.Series(dtype="str") for c in columns}).assign(pillar=pd.Series(dtype=int))
    assert coverage_table(align_tasks(tasks)).empty


WIDE = [("f", "a/annex/1", "whole", 0.9), ("f", "b/annex/1", "part", 0.9), ("g", "a/annex/2", "whole", 1.0)]


def test_gaps_need_other_localities() -> None:
    coverage = coverage_table(make_alignment(WIDE))
    gaps = coverage_gaps(coverage, "c")
    assert gaps["family_id"].tolist() == ["f"]
    assert (gaps["n_others"].tolist(), gaps["others"].tolist()) == ([2], ["a;b"])
    assert coverage_gaps(coverage, "c", min_localities=1)["family_id"].tolist() == ["f", "g"]
    assert coverage_gaps(coverage, "c", min_localities=3).empty


def test_doubtful_members_do_not_make_a_gap_elsewhere() -> None:
    rows = [("f", "a/annex/1", "whole", 0.9), ("f", "b/annex/1", "whole", 0.2)]
    assert coverage_gaps(coverage_table(make_alignment(rows)), "c").empty


def test_doubtful_families_are_listed_on_request() -> None:
    coverage = coverage_table(make_alignment(WIDE, [("f", "c", "c/annex/1", 0.4)]))
    assert coverage_gaps(coverage, "c").empty
    assert coverage_gaps(coverage, "c", with_review=True)["status"].tolist() == ["review"]


def test_gaps_name_the_localities_that_exist() -> None:
    coverage = coverage_table(make_alignment(WIDE))
    with pytest.raises(CompareError, match="unknown locality 'd'; accepted: a, b, c"):
        coverage_gaps(coverage, "d")
    with pytest.raises(CompareError, match="min_localities >= 1 wanted, found 0"):
        coverage_gaps(coverage, "c", min_localities=0)


def test_gaps_of_the_plans_are_families_of_others_with_their_nearest(tasks: pd.DataFrame) -> None:
    alignment = align_tasks(tasks)
    coverage = coverage_table(alignment)
    for locality in sorted(set(tasks["locality"])):
        gaps = coverage_gaps(coverage, locality)
        assert (gaps["n_others"] >= 2).all()
        near = gaps["nearest_task_id"].loc[lambda ids: ids != ""]
        assert near.str.startswith(locality + "/").all()
        assert (gaps["nearest_probability"] < alignment.settings.review_at).all()
