"""Alignment: what is held alike, and what must never change it."""

import random
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.align import Alignment, AlignSettings, align_tasks, explain, group_average
from compare.align.draft import read_draft
from compare.align.families import family_title
from compare.align.grouping import group_clauses
from compare.align.settings import BIAS, PENALTIES, WEIGHTS
from compare.errors import CompareError, SchemaError
from compare.schema import TABLES, check_table
from compare.shared_words import shared_words

TABLE_NAMES = ["clauses", "pairs", "families", "memberships", "scores", "nearest"]
DISSOLVE = "Xử lý dứt điểm các hợp tác xã ngừng hoạt động, chờ giải thể"
TRAIN = "Mở các lớp đào tạo, bồi dưỡng cho cán bộ quản lý hợp tác xã"
ROWS = [
    ("a/annex/1", 3, DISSOLVE, "ubnd-huyen"),
    ("b/annex/1", 3, "Tập trung xử lý dứt điểm các HTX ngừng hoạt động và chờ giải thể", "ubnd-huyen"),
    ("c/body/1", 3, f"Rà soát, {DISSOLVE.lower()}; mở lớp đào tạo, bồi dưỡng cho cán bộ quản lý HTX.", ""),
    ("a/body/2", 2, TRAIN, "lien-minh-htx"),
    ("b/annex/2", 2, "Tổ chức lớp bồi dưỡng, đào tạo cán bộ quản lý HTX hằng năm", "lien-minh-htx"),
    ("a/annex/3", 1, "Xây dựng chuyên trang, chuyên mục trên báo và đài phát thanh", "bao-tinh"),
    ("c/annex/9", 4, "Kiện toàn Ban Chỉ đạo phát triển kinh tế tập thể cấp huyện", "ubnd-huyen"),
]


def make_tasks(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    """Make a tasks table of (task_id, pillar, text, leads)."""
    table = pd.DataFrame(rows, columns=["task_id", "pillar", "text", "leads"])
    parts = [task_id.split("/") for task_id in table["task_id"]]
    return table.assign(locality=[p[0] for p in parts], part=[p[1] for p in parts], product="").astype(
        {"text": "str", "leads": "str", "pillar": "int64"}
    )


def shared_pairs(alignment: Alignment) -> set[tuple[str, str]]:
    """Return the pairs of tasks that share a family."""
    members = alignment.memberships[["family_id", "task_id"]]
    both = members.merge(members, on="family_id", suffixes=("_a", "_b"))
    both = both[both["task_id_a"] < both["task_id_b"]]
    return set(zip(both["task_id_a"], both["task_id_b"], strict=True))


@pytest.fixture(scope="module")
def alignment() -> Alignment:
    return align_tasks(make_tasks(*ROWS))


@pytest.fixture(scope="module")
def plans(tasks: pd.DataFrame) -> Alignment:
    """Align the five plans."""
    return align_tasks(tasks)


@pytest.fixture(scope="module")
def two_plans(tasks: pd.DataFrame) -> pd.DataFrame:
    return tasks[tasks["locality"].isin(["ha-tinh", "go-cong-tay"])]


@pytest.mark.parametrize("name", ["clauses", "pairs", "families", "memberships"])
def test_tables_keep_the_contract(alignment: Alignment, name: str) -> None:
    table = getattr(alignment, name)
    pd.testing.assert_frame_equal(check_table(table, name), table)
    assert list(table.columns) == list(TABLES[name].columns)


def test_same_work_in_other_words_matches_and_other_work_does_not(alignment: Alignment) -> None:
    verdict = alignment.pairs.set_index(["task_a", "task_b"])["verdict"]
    assert verdict["a/annex/1", "b/annex/1"] == "match"
    assert verdict["a/body/2", "b/annex/2"] == "match"
    assert verdict["a/annex/1", "b/annex/2"] == "none"
    assert verdict["a/annex/3", "c/annex/9"] == "none"


def test_bundled_task_is_part_of_a_family_through_each_clause(alignment: Alignment) -> None:
    """The bundle must not glue its two families together."""
    members = alignment.memberships.groupby("family_id")["task_id"].agg(list).tolist()
    assert sorted(members) == [
        ["a/annex/1", "b/annex/1", "c/body/1"],
        ["a/annex/3"],
        ["a/body/2", "b/annex/2", "c/body/1"],
        ["c/annex/9"],
    ]
    match = alignment.memberships.groupby("task_id")["match"].agg(set)
    assert match["c/body/1"] == {"part"}
    assert match["a/annex/1"] == {"whole"}


def test_every_task_is_in_a_family_and_no_family_is_empty(plans: Alignment) -> None:
    assert set(plans.memberships["task_id"]) == set(plans.tasks["task_id"])
    assert set(plans.memberships["family_id"]) == set(plans.families["family_id"])


def test_family_of_one_is_whole_and_certain(alignment: Alignment) -> None:
    row = alignment.memberships.set_index("task_id").loc["a/annex/3"]
    assert (row["match"], row["probability"], row["evidence"]) == ("whole", 1.0, "")


def test_family_is_named_and_titled_after_its_central_task(alignment: Alignment) -> None:
    families = alignment.families.set_index("family_id")
    assert families.loc["draft-a-annex-1-1", "title_vi"] == DISSOLVE
    assert families.loc["draft-a-annex-1-1", "n_localities"] == 3
    assert set(families["status"]) == {"draft"}


def test_evidence_names_the_closest_other_member(alignment: Alignment) -> None:
    members = alignment.memberships.set_index(["family_id", "task_id"])["evidence"]
    assert members["draft-a-annex-1-1", "a/annex/1"].startswith("b/annex/1; char_cosine=")


def test_body_and_annex_of_one_locality_fall_into_one_family() -> None:
    tasks = make_tasks(("a/body/1", 3, DISSOLVE, ""), ("a/annex/7", 3, DISSOLVE, "ubnd-huyen"), *ROWS[1:2])
    assert ("a/annex/7", "a/body/1") in shared_pairs(align_tasks(tasks))


def test_rows_of_one_list_need_more_than_two_documents_do(alignment: Alignment) -> None:
    rows = [("a/annex/1", 3, "Củng cố các hợp tác xã hoạt động yếu", ""), *ROWS[3:]]
    other = "Củng cố các hợp tác xã hoạt động kém"
    same = align_tasks(make_tasks(("a/annex/2", 3, other, ""), *rows)).scores
    apart = align_tasks(make_tasks(("d/annex/2", 3, other, ""), *rows)).scores
    listed = same.set_index(["task_a", "task_b"])["probability"]["a/annex/1", "a/annex/2"]
    assert listed < apart.set_index(["task_a", "task_b"])["probability"]["a/annex/1", "d/annex/2"]


def test_pairs_are_of_different_localities_in_order(plans: Alignment) -> None:
    place = plans.tasks.set_index("task_id")["locality"]
    assert (plans.pairs["task_a"].map(place) != plans.pairs["task_b"].map(place)).all()
    assert (plans.pairs["task_a"] < plans.pairs["task_b"]).all()
    assert plans.pairs[["task_a", "task_b"]].equals(
        plans.pairs.sort_values(["task_a", "task_b"])[["task_a", "task_b"]]
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_align_ignores_row_and_locality_order(plans: Alignment, tasks: pd.DataFrame, seed: int) -> None:
    shuffled = align_tasks(tasks.sample(frac=1, random_state=seed))
    for name in TABLE_NAMES:
        pd.testing.assert_frame_equal(getattr(shuffled, name), getattr(plans, name))


def test_align_leaves_its_argument_alone() -> None:
    tasks = make_tasks(*ROWS[::-1])
    before = tasks.copy()
    align_tasks(tasks)
    pd.testing.assert_frame_equal(tasks, before)


def test_same_texts_match_almost_surely() -> None:
    tasks = make_tasks(*ROWS, *((t.replace(t[0], "z", 1), p, x, a) for t, p, x, a in ROWS[:1]))
    pairs = align_tasks(tasks).pairs.set_index(["task_a", "task_b"])
    pair = pairs.loc[("a/annex/1", "z/annex/1")]
    assert pair["probability"] > 0.99
    texts = ["word_cosine", "char_cosine", "clause_cosine", "topic_cosine", "containment", "token_set"]
    assert (pair[texts] == 1.0).all()


@pytest.mark.parametrize("at", [0.01, 0.07, 0.2, 0.4, 0.8])
def test_higher_family_threshold_never_merges_groups(two_plans: pd.DataFrame, at: float) -> None:
    """Of the groups of clauses; a task may then join a smaller group that it fits better."""
    draft = read_draft(two_plans)
    n = len(draft.clauses)
    low, high = (group_clauses(draft.linked, n, 0.25, level) for level in (at, min(1.0, at * 1.5)))
    group_of = {clause: number for number, group in enumerate(low) for clause in group}
    assert all(len({group_of[clause] for clause in group}) == 1 for group in high)


LAND = "Rà soát quỹ đất chưa sử dụng để cho hợp tác xã thuê làm trụ sở"
MARKET = "Tổ chức hội chợ xúc tiến thương mại giới thiệu sản phẩm"
BOTH = f"{LAND}, tổ chức hội chợ xúc tiến thương mại giới thiệu sản phẩm"
JOINING = [
    *((f"{place}/annex/1", 2, LAND, "") for place in "abcd"),
    *((f"{place}/annex/2", 2, MARKET, "") for place in "abcd"),
    ("e/annex/1", 2, BOTH, ""),
    *ROWS[5:],
]


def test_task_joins_the_family_that_a_part_of_its_clause_asks_for() -> None:
    alignment = align_tasks(make_tasks(*JOINING))
    assert alignment.clauses["task_id"].tolist().count("e/annex/1") == 1
    assert {("a/annex/1", "e/annex/1"), ("a/annex/2", "e/annex/1")} <= shared_pairs(alignment)
    joined = alignment.memberships.set_index("task_id").loc["e/annex/1"]
    assert sorted(joined["match"]) == ["part", "whole"]
    assert joined["evidence"].str.match(r"[abcd]/annex/").all()
    assert joined["probability"].between(0.2, 1.0).all()


def test_no_task_joins_what_it_denies() -> None:
    rows = [("e/annex/1", 2, f"Không {BOTH[0].lower()}{BOTH[1:]}", ""), *JOINING[:8], *JOINING[9:]]
    assert ("a/annex/1", "e/annex/1") not in shared_pairs(align_tasks(make_tasks(*rows)))


@pytest.mark.parametrize(
    ("changed", "fewer"),
    [({"match_at": 0.5}, "match"), ({"match_at": 0.9, "review_at": 0.5}, "review")],
)
def test_higher_threshold_gives_fewer_verdicts(plans: Alignment, changed: dict, fewer: str) -> None:
    strict = align_tasks(plans.tasks, settings=AlignSettings(**changed)).pairs
    assert (strict["verdict"] == fewer).sum() < (plans.pairs["verdict"] == fewer).sum()


@pytest.mark.parametrize(
    "changed",
    [{"n_candidates": 3}, {"n_rounds": 0}, {"n_rounds": 1}, {"fade": 20.0}, {"n_topics": 20}],
)
def test_each_vector_setting_matters(two_plans: pd.DataFrame, changed: dict) -> None:
    other = align_tasks(two_plans, settings=AlignSettings(**changed)).pairs
    assert not other["probability"].equals(align_tasks(two_plans).pairs["probability"])


def test_whole_at_tells_whole_from_part(plans: Alignment) -> None:
    loose = align_tasks(plans.tasks, settings=AlignSettings(whole_at=0.1)).memberships
    assert (loose["match"] == "whole").sum() > (plans.memberships["match"] == "whole").sum()


def test_negation_is_no_match() -> None:
    rows = [("a/annex/1", 3, "Xây dựng trụ sở mới của hợp tác xã", ""), *ROWS[3:]]
    plain = align_tasks(make_tasks(("b/annex/1", 3, "Xây dựng trụ sở mới của HTX", ""), *rows)).pairs
    denied = align_tasks(make_tasks(("b/annex/1", 3, "Không xây dựng trụ sở mới của HTX", ""), *rows)).pairs
    key = ("a/annex/1", "b/annex/1")
    assert plain.set_index(["task_a", "task_b"]).loc[key, "verdict"] == "match"
    pair = denied.set_index(["task_a", "task_b"]).loc[key]
    assert (pair["conflict"], pair["token_set"]) == ("negation", 1.0)
    assert pair["verdict"] != "match"


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("Văn bản triển khai Luật Đất đai sửa đổi", "Văn bản triển khai Luật Thuế thu nhập sửa đổi", "law"),
        ("Kế hoạch đào tạo cán bộ năm 2021", "Kế hoạch đào tạo cán bộ năm 2030", "number"),
    ],
)
def test_other_law_or_year_is_never_a_plain_match(one: str, other: str, conflict: str) -> None:
    pairs = align_tasks(make_tasks(("a/annex/1", 2, one, ""), ("b/annex/1", 2, other, ""), *ROWS[4:])).pairs
    pair = pairs.set_index(["task_a", "task_b"]).loc[("a/annex/1", "b/annex/1")]
    assert pair["conflict"] == conflict
    assert pair["verdict"] != "match"


@pytest.mark.parametrize("rows", [[], ROWS[:1], [r for r in ROWS if r[0].startswith("a/")]])
def test_no_task_one_task_and_one_locality_give_families_without_pairs(rows: list) -> None:
    alignment = align_tasks(make_tasks(*rows))
    assert alignment.pairs.empty
    assert len(alignment.families) == len(rows)
    assert set(alignment.families["n_localities"]) <= {1}


def test_tasks_without_text_are_kept_as_families_of_one() -> None:
    tasks = make_tasks(("d/annex/1", 1, "", ""), ("e/annex/1", 1, "...", ""), *ROWS[:2])
    alignment = align_tasks(tasks)
    assert len(alignment.families) == 3


def test_unrelated_texts_without_common_words_are_not_compared() -> None:
    alignment = align_tasks(
        make_tasks(("a/annex/1", 1, "một hai ba", ""), ("b/annex/1", 1, "bốn năm sáu", ""))
    )
    assert alignment.pairs.empty


def test_align_names_what_is_missing_or_repeated() -> None:
    with pytest.raises(SchemaError, match=r"missing \['leads', 'product'\]"):
        align_tasks(make_tasks(*ROWS).drop(columns=["leads", "product"]))
    with pytest.raises(SchemaError, match=r"task_id is repeated: \['a/annex/1'\]"):
        align_tasks(make_tasks(*ROWS, ROWS[0]))
    with pytest.raises(CompareError, match="a Catalogue wanted"):
        align_tasks(make_tasks(*ROWS), catalogue=object())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"match_at": 0.0}, r"match_at wanted in \(0, 1\], found 0.0"),
        ({"family_at": 1.5}, r"family_at wanted in \(0, 1\], found 1.5"),
        ({"match_at": 0.3, "review_at": 0.4}, r"review_at wanted <= match_at \(0.3\), found 0.4"),
        ({"n_candidates": 0}, "n_candidates wanted >= 1, found 0"),
        ({"n_rounds": -1}, "n_rounds wanted >= 0, found -1"),
        ({"fade": 0.0}, "fade wanted > 0"),
    ],
)
def test_settings_out_of_range_are_refused(wrong: dict, message: str) -> None:
    with pytest.raises(CompareError, match=message):
        AlignSettings(**wrong)


def test_settings_are_frozen() -> None:
    settings = AlignSettings()
    with pytest.raises(AttributeError):
        settings.match_at = 0.5  # type: ignore[misc]
    assert replace(settings, match_at=0.5).match_at == 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dong-nai/annex/III.2", "ha-tinh/annex/3.2"),  # one of three rows bundled in 3.2
        ("dong-nai/annex/III.3", "ha-tinh/annex/3.2"),
        ("gia-lai/annex/32", "ha-tinh/annex/3.1"),
        ("gia-lai/annex/20", "go-cong-tay/body/IV.2.8"),
        ("dak-nong/annex/IV.2", "dong-nai/annex/II.1"),
    ],
)
def test_pairs_that_a_reader_holds_alike_match_and_share_a_family(
    plans: Alignment, one: str, other: str
) -> None:
    found = explain(plans, one, other)
    assert found["verdict"] == "match"
    assert found["families"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gia-lai/annex/12", "gia-lai/annex/13"),  # two laws, the same sentence
        ("gia-lai/annex/10", "gia-lai/annex/14"),
        ("gia-lai/annex/10", "gia-lai/annex/12"),
        ("dak-nong/annex/IV.8", "dong-nai/annex/IV.8"),
        ("dong-nai/annex/II.9", "ha-tinh/annex/2.5"),  # social insurance and credit
    ],
)
def test_pairs_that_a_reader_tells_apart_do_not(plans: Alignment, one: str, other: str) -> None:
    found = explain(plans, one, other)
    assert found["verdict"] != "match"
    assert not found["families"]


# Grouping


def test_chain_of_weak_links_does_not_chain() -> None:
    links = [(i, i + 1, 0.5) for i in range(5)]
    assert max(map([*group_average(6, links, at=0.4)].count, range(6))) == 2


def test_average_linkage_of_a_hand_worked_graph() -> None:
    """0-1 join at 0.9; 2 is linked to 0 with 0.8 and to 1 not at all: mean 0.4."""
    links = [(0, 1, 0.9), (0, 2, 0.8)]
    assert group_average(3, links, at=0.4) == [0, 0, 0]
    assert group_average(3, links, at=0.41) == [0, 0, 2]


def test_negative_link_keeps_items_apart() -> None:
    """0 and 1 both resemble 2, but not each other: the pair that comes first keeps it."""
    links = [(0, 1, -1.0), (0, 2, 0.9), (1, 2, 0.9)]
    assert group_average(3, links, at=0.1) == [0, 1, 0]


def test_ties_go_to_the_first() -> None:
    assert group_average(3, [(0, 1, 0.5), (1, 2, 0.5)], at=0.5) == [0, 0, 2]


LINKS = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]),
    st.integers(1, 20).map(lambda n: n / 20),
)


@given(LINKS, st.floats(0.05, 1), st.floats(0.05, 1))
def test_higher_threshold_only_splits_groups(links: dict, one: float, other: float) -> None:
    edges = [(i, j, w) for (i, j), w in sorted(links.items())]
    low = group_average(10, edges, min(one, other))
    high = group_average(10, edges, max(one, other))
    assert all(len({low[i] for i in range(10) if high[i] == g}) == 1 for g in set(high))


@given(LINKS, st.randoms(use_true_random=False))
def test_order_of_links_does_not_matter(links: dict, random_: random.Random) -> None:
    edges = [(i, j, w) for (i, j), w in links.items()]
    shuffled = random_.sample(edges, len(edges))
    assert group_average(10, shuffled, 0.3) == group_average(10, edges, 0.3)


# Titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("mở lớp;", "Mở lớp"),
        ("đồng thời, mở lớp", "Mở lớp"),
        ("đào tạo " * 20, "Đào tạo" + " đào tạo" * 10 + "…"),
        ("a" * 200, "A" + "a" * 89 + "…"),
        ("", ""),
    ],
)
def test_family_title(text: str, title: str) -> None:
    assert family_title(text) == title
    assert len(family_title(text)) <= 91


# Explanation


def test_explanation_adds_up_to_the_probability(plans: Alignment) -> None:
    pair = plans.pairs.iloc[len(plans.pairs) // 2]
    found = explain(plans, pair["task_a"], pair["task_b"])
    log_odds = found["contributions"]["contribution"].sum()
    assert 1 / (1 + 2.718281828459045**-log_odds) == pytest.approx(pair["probability"], abs=1e-6)
    assert found["contributions"]["feature"].tolist()[: len(WEIGHTS) + 1] == ["bias", *WEIGHTS]
    assert found["contributions"]["contribution"][0] == BIAS


def test_explanation_without_rounds_adds_up_too() -> None:
    alignment = align_tasks(make_tasks(*ROWS), settings=AlignSettings(n_rounds=0))
    found = explain(alignment, "a/annex/1", "b/annex/1")
    log_odds = found["contributions"]["contribution"].sum()
    assert 1 / (1 + 2.718281828459045**-log_odds) == pytest.approx(found["probability"], abs=1e-6)


def test_explanation_shows_words_clauses_families_and_alternatives(alignment: Alignment) -> None:
    found = explain(alignment, "c/body/1", "a/body/2")  # any order
    assert (found["task_a"], found["task_b"], found["verdict"]) == ("a/body/2", "c/body/1", "match")
    assert found["clause_b"].startswith("mở lớp đào tạo")
    assert found["shared_words"] == ["Mở", "lớp đào tạo, bồi dưỡng cho cán bộ quản lý"]
    assert found["families"] == ["draft-a-body-2-1"]
    assert (found["match_at"], found["review_at"]) == (0.25, 0.1)
    assert found["nearest_b"]["task_id"].tolist()[0] == "a/annex/1"
    assert "c/body/1" not in found["nearest_a"]["task_id"].tolist()


def test_explanation_shows_a_conflict_as_a_loss() -> None:
    rows = [("a/annex/1", 3, "Xây dựng trụ sở", ""), ("b/annex/1", 3, "Không xây dựng trụ sở", "")]
    parts = explain(align_tasks(make_tasks(*rows, *ROWS[3:])), "a/annex/1", "b/annex/1")["contributions"]
    loss = parts.set_index("feature")["contribution"]["negation"]
    assert loss == -PENALTIES["negation"]


def test_explanation_of_a_pair_that_was_not_compared(alignment: Alignment) -> None:
    found = explain(
        align_tasks(make_tasks(("a/annex/1", 1, "một hai", ""), ("b/annex/1", 1, "bốn năm", ""))),
        "a/annex/1",
        "b/annex/1",
    )
    assert (found["compared"], found["probability"], found["verdict"]) == (False, 0.0, "none")
    assert found["contributions"].empty


def test_explanation_names_the_nearest_ids(alignment: Alignment) -> None:
    with pytest.raises(CompareError, match=r"unknown task 'a/annex/11'; nearest names: a/annex/1,"):
        explain(alignment, "a/annex/11", "b/annex/1")
    with pytest.raises(CompareError, match="two different tasks wanted"):
        explain(alignment, "a/annex/1", "a/annex/1")


def test_shared_words_are_printed_as_the_first_text_prints_them() -> None:
    assert shared_words("Hoà giải cho HỢP TÁC XÃ", "hòa giải hợp tác xã") == ["Hoà giải", "HỢP TÁC XÃ"]
    assert shared_words("", "a") == []
