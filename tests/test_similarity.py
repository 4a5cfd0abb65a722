"""Similarity: cosines, candidates in blocks, conflicts, and the features of a pair."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from compare.clauses import make_key, split_clauses
from compare.similarity import (
    Corpus,
    WindowVectors,
    char_vectors,
    compare_windows,
    find_candidates,
    find_conflicts,
    group_fits,
    neighbour_cosines,
    read_corpus,
    read_window_vectors,
    read_words,
    row_cosines,
    score_clauses,
    score_tasks,
    topic_vectors,
    word_vectors,
)
from compare.similarity.vectors import gram_weights

TEXTS = [
    "Xử lý dứt điểm các hợp tác xã ngừng hoạt động, chờ giải thể",
    "Tập trung xử lý dứt điểm các HTX ngừng hoạt động và chờ giải thể",
    "Mở các lớp đào tạo, bồi dưỡng cho cán bộ quản lý hợp tác xã",
    "Xử lý dứt điểm các hợp tác xã ngừng hoạt động, chờ giải thể",
]
FEATURES = ["clause_cosine", "topic_cosine", "token_set"]
TASK_FEATURES = ["word_cosine", "char_cosine", "lead_overlap", "product_cosine"]


def make_corpus(texts: list[str], **columns: list[str]) -> Corpus:
    """Put each text in a locality of its own."""
    n = len(texts)
    tasks = pd.DataFrame(
        {
            "task_id": [f"l{i}/annex/1" for i in range(n)],
            "locality": [f"l{i}" for i in range(n)],
            "part": "annex",
            "pillar": 3,
            "text": texts,
            "leads": [""] * n,
            "product": [""] * n,
        }
    ).assign(**columns)
    return read_corpus(tasks, split_clauses(tasks), fade=60, n_topics=80)


def all_pairs(n: int) -> tuple[np.ndarray, np.ndarray]:
    left, right = np.triu_indices(n, 1)
    return left.astype(np.int64), right.astype(np.int64)


def test_gram_weights_fade_with_their_place() -> None:
    assert gram_weights("a b a", fade=1.0) == {
        "a": 1.0,
        "a b": 1.0,
        "b": pytest.approx(np.exp(-1)),
        "b a": pytest.approx(np.exp(-1)),
    }


@pytest.mark.parametrize("vectorise", [word_vectors, char_vectors])
def test_cosines_are_one_on_the_same_text_symmetric_and_in_range(vectorise) -> None:
    vectors = vectorise([text.lower() for text in TEXTS])
    left, right = all_pairs(len(TEXTS))
    cosines = row_cosines(vectors, left, right)
    assert ((cosines >= 0) & (cosines <= 1)).all()
    assert cosines[2] == 1.0  # texts 0 and 3 are the same
    assert (row_cosines(vectors, right, left) == cosines).all()
    assert row_cosines(vectors, left, left) == pytest.approx(1.0)


@pytest.mark.parametrize("vectorise", [word_vectors, char_vectors])
def test_texts_without_words_are_like_nothing(vectorise) -> None:
    nothing = np.array([0]), np.array([1])
    assert row_cosines(vectorise(["", "..."]), *nothing).tolist() == [0.0]
    assert row_cosines(vectorise(["", "hop tac xa"]), *nothing).tolist() == [0.0]


def test_word_cosine_of_a_hand_worked_pair() -> None:
    """Three texts of one word each, "a" in two: cosine 1, and 0 to the other."""
    vectors = word_vectors(["a", "a", "b"])
    assert row_cosines(vectors, *all_pairs(3)).tolist() == [1.0, 0.0, 0.0]


def test_common_words_weigh_less_than_rare_ones() -> None:
    """Boilerplate is discounted by the data: all say "tiep tuc", two say "giai the"."""
    keys = ["tiep tuc giai the", "tiep tuc giai the", "tiep tuc dao tao", "tiep tuc cho vay"]
    cosines = row_cosines(word_vectors(keys), *all_pairs(4))
    assert cosines[0] == 1.0
    assert cosines[1] < 0.5  # half of the words are shared, the common half


def test_topics_bring_texts_together_that_share_no_word() -> None:
    """ "nợ" and "vay" stand together elsewhere; the two last texts share nothing."""
    keys = ["no vay von"] * 6 + ["bao dai tin"] * 6 + ["no xau", "vay moi"]
    words = word_vectors(keys)
    pair = np.array([12]), np.array([13])
    assert row_cosines(words, *pair)[0] == 0.0
    assert row_cosines(topic_vectors(words, 2), *pair)[0] > 0.9


def test_topics_of_a_small_corpus_are_its_words() -> None:
    words = word_vectors(["a b", "b c"])
    assert topic_vectors(words, 80) == pytest.approx(words.toarray())


@pytest.mark.parametrize("block", [1, 2, 1024])
def test_candidates_do_not_depend_on_the_block(block: int) -> None:
    vectors = word_vectors(["a b", "b c", "c d", "a d", "e"])
    left, right = find_candidates(vectors, np.arange(5), n=4, block=block)
    assert list(zip(left, right, strict=True)) == [(0, 1), (0, 3), (1, 2), (2, 3)]


def test_candidates_are_the_nearest_of_other_owners_and_ties_go_to_the_first() -> None:
    vectors = csr_matrix(np.array([[1.0, 0], [1.0, 0], [1.0, 0], [0, 1.0]]))
    left, right = find_candidates(vectors, np.array([0, 0, 1, 2]), n=1)
    assert list(zip(left, right, strict=True)) == [(0, 2), (1, 2)]


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("Không xây dựng trụ sở mới", "Xây dựng trụ sở mới", "negation"),
        ("Tỉnh chưa xây dựng trụ sở", "Tỉnh xây dựng trụ sở", "negation"),
        ("hợp tác xã hoạt động không hiệu quả", "các hợp tác xã hoạt động hiệu quả", "negation"),
        ("tăng quỹ không chia của hợp tác xã", "quỹ không chia", ""),
        ("tránh tình trạng không có cán bộ", "bố trí đủ cán bộ", ""),
        ("Triển khai Luật Đất đai", "Triển khai Luật Hợp tác xã", "law"),
        ("Thực hiện Nghị định số 55/2015/NĐ-CP", "Thực hiện Nghị định 98/2018/NĐ-CP", "law"),
        ("Thực hiện Nghị định số 55/2015/NĐ-CP", "Thực hiện Nghị định 55/2015/NĐ-CP và khác", ""),
        ("Kế hoạch số 227-KH/TU của Tỉnh ủy", "Chương trình số 46-CTr/TU của Tỉnh ủy", ""),
        ("Nghị quyết số 56/2021/NQ-HĐND", "Nghị quyết số 12/2022/NQ-HĐND", ""),
        ("Báo cáo ngày 02/02/2023", "Báo cáo ngày 16/6/2022", ""),
        ("Kế hoạch năm 2023", "Kế hoạch năm 2025", "number"),
        ("Giai đoạn 2021-2025", "Giai đoạn 2021-2030", ""),
        ("Thành lập 5 hợp tác xã", "Thành lập 20 hợp tác xã", "number"),
        ("Thành lập 5 hợp tác xã", "Thành lập hợp tác xã", ""),
        ("Không áp dụng Luật Đất đai năm 2013", "Áp dụng Luật Thuế năm 2019", "negation;law;number"),
    ],
)
def test_conflicts(one: str, other: str, conflict: str) -> None:
    assert find_conflicts(one, other) == conflict
    assert find_conflicts(other, one) == conflict


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_does_not_conflict_with_itself(text: str) -> None:
    assert find_conflicts(text, text) == ""


def test_clause_features_are_in_range_and_one_on_the_same_text() -> None:
    pairs = score_clauses(make_corpus(TEXTS), n_candidates=30)
    assert pairs[FEATURES].stack().between(0, 1).all()
    same = pairs[(pairs["left"] == 0) & (pairs["right"] == 3)]
    assert (same[FEATURES] == 1.0).all(axis=None)


def make_windows(corpus: Corpus, *texts: list[str]) -> WindowVectors:
    """Give each task its windows."""
    owners = [task for task, windows in enumerate(texts) for _ in windows]
    keys = [make_key(window) for windows in texts for window in windows]
    return read_window_vectors(corpus, keys, np.array(owners, dtype=np.int64))


BUNDLE = ["Cho vay vốn với lãi suất thấp để mua máy móc,", "xúc tiến thương mại"]
SINGLE = ["Xúc tiến thương mại"]
OTHER = ["Mở lớp đào tạo nghề"]


@pytest.fixture(scope="module")
def bundle() -> tuple[Corpus, WindowVectors]:
    corpus = make_corpus([" ".join(BUNDLE), *SINGLE, *OTHER, *SINGLE])
    return corpus, make_windows(corpus, BUNDLE, SINGLE, OTHER, SINGLE)


def test_windows_see_the_short_task_in_the_bundled_one(bundle: tuple[Corpus, WindowVectors]) -> None:
    corpus, windows = bundle
    a, b = np.array([0, 1, 0, 1]), np.array([1, 0, 2, 3])
    held = compare_windows(windows, 80, a, b)
    assert held.tolist() == [1.0, 1.0, 0.0, 1.0]
    assert row_cosines(corpus.task_words, a, b)[0] < 0.6


def test_task_fits_a_group_by_its_closest_window_and_never_by_its_own_clause(
    bundle: tuple[Corpus, WindowVectors],
) -> None:
    corpus, windows = bundle
    fits = group_fits(corpus, windows, [[1, 3], [1, 2]])
    assert fits[0, 0] == fits[1, 0] == fits[3, 0] > 0.1
    assert (fits[2, 0], fits[1, 1], fits[2, 1]) == (0.0, 0.0, 0.0)


def test_group_fit_is_the_damped_cosine_worked_by_hand() -> None:
    """Words of length 3-4-5: a window of one word of weight w has length w, damped by 10."""
    corpus = make_corpus(["một", "một", "hai"])
    windows = make_windows(corpus, ["một"], ["một"], ["hai"])
    length = windows.lengths[0]
    fit = group_fits(corpus, windows, [[0, 1]])[0, 0]
    assert fit == pytest.approx(length / np.hypot(length, 10.0))


def test_no_group_and_no_pair_give_nothing(bundle: tuple[Corpus, WindowVectors]) -> None:
    corpus, windows = bundle
    none = np.zeros(0, dtype=np.int64)
    assert group_fits(corpus, windows, []).shape == (4, 0)
    assert compare_windows(windows, 80, none, none).tolist() == []


def test_word_weighs_what_it_weighs_in_the_plan_that_says_it_most() -> None:
    """The word a is in both tasks of plan 0, so that it tells them apart less than b and c."""
    tasks, plans = np.arange(6), np.array([0, 0, 1, 1, 2, 2])
    space = read_words(["a b", "a", "b", "c", "c d", "d d"], tasks, plans)
    weight = dict(zip(space.columns, space.weights, strict=True))
    assert weight["a"] < weight["b"] < weight["c"] * 2
    shrunk = (2 + 10 * 2 / 7) / 12
    assert weight["a"] == pytest.approx(-np.log(shrunk) * 0.5)  # no other plan says it
    assert weight["b"] == pytest.approx(-np.log((1 + 10 * 2 / 7) / 12))


def test_unknown_words_count_for_nothing() -> None:
    space = read_words(["a b"], np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))
    assert space.vectors(["c", "a"]).sum(axis=1).ravel().tolist() == [[0.0, 1.0]]
    assert space.vectors([]).shape == (0, 3)


def test_token_set_trap_is_flagged() -> None:
    """token_set_ratio is 100 where one text only adds a negation."""
    corpus = make_corpus(["Xây dựng trụ sở hợp tác xã", "Không xây dựng trụ sở hợp tác xã"])
    pair = score_clauses(corpus, n_candidates=30).iloc[0]
    assert (pair["token_set"], pair["conflict"]) == (1.0, "negation")


def test_task_features_are_symmetric_in_range_and_one_on_the_same_task() -> None:
    corpus = make_corpus(
        TEXTS,
        leads=["so-y-te;so-tai-chinh", "so-y-te", "", "so-tai-chinh;so-y-te"],
        product=["Báo cáo", "Báo cáo năm", "", "Báo cáo"],
    )
    left, right = all_pairs(4)
    scores = score_tasks(corpus, left, right)
    assert scores[TASK_FEATURES].stack().between(0, 1).all()
    assert (scores.loc[2, TASK_FEATURES] == 1.0).all()
    pd.testing.assert_frame_equal(score_tasks(corpus, right, left)[TASK_FEATURES], scores[TASK_FEATURES])


def test_lead_overlap_is_jaccard_and_zero_without_leads() -> None:
    corpus = make_corpus(["a", "b", "c"], leads=["x;y", "y;z", ""])
    assert score_tasks(corpus, *all_pairs(3))["lead_overlap"].tolist() == [pytest.approx(1 / 3), 0.0, 0.0]


def test_neighbour_cosine_of_a_hand_worked_triangle() -> None:
    """0 and 1 both resemble 2 fully: (1, 0, 1) and (0, 1, 1) have cosine 1/2."""
    a, b = np.array([0, 0, 1]), np.array([1, 2, 2])
    cosines = neighbour_cosines(3, a, b, np.array([0.0, 1.0, 1.0]))
    assert cosines[0] == pytest.approx(0.5)


def test_no_task_gives_no_pair() -> None:
    assert score_clauses(make_corpus([]), n_candidates=30).empty
