"""The evaluation leaves out what it judges, measures by hand-worked rules, and keeps its figures."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import compare as cp
from compare.agreement import shared_pairs, task_pairs
from compare.align.draft import read_draft
from compare.catalogue import Catalogue
from compare.errors import CatalogueError
from compare.evaluate import b_cubed, calibration_error, evaluate_alignment, evaluation_text
from compare.evaluate.queue_gain import take_items
from compare.evaluate.trial import try_locality
from compare.measured import inputs_fingerprint, long_evaluation, read_evaluation, write_evaluation

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def small(tasks: pd.DataFrame) -> pd.DataFrame:
    """Half of three of the plans, the shortest, so that the whole evaluation can run."""
    return tasks[tasks["locality"].isin(["ha-tinh", "go-cong-tay", "dong-nai"])].iloc[::2]


@pytest.fixture(scope="module")
def known(tasks: pd.DataFrame, catalogue: Catalogue, small: pd.DataFrame) -> Catalogue:
    """What readers said of these tasks, and of those of the other plans."""
    absent = tasks["locality"].isin(small["locality"]) & ~tasks["task_id"].isin(small["task_id"])
    return catalogue.without(tasks.loc[absent, "task_id"])


@pytest.fixture(scope="module")
def tables(small: pd.DataFrame, known: Catalogue) -> dict[str, pd.DataFrame]:
    pairs = task_pairs(small["task_id"]) & shared_pairs(known.memberships)
    pair = pd.DataFrame(sorted(pairs)[:60], columns=["task_a", "task_b"]).assign(score=0.9)
    with pytest.MonkeyPatch.context() as patch:  # fewer alignments than for figures that are kept
        patch.setattr("compare.evaluate.queue_gain.STEPS", (0, 20, 40))
        patch.setattr("compare.evaluate.queue_gain.BETWEEN", (10,))
        return evaluate_alignment(small, known, n_samples=50, n_orders=1, peers={"peer": pair})


def test_every_number_is_a_share(tables: dict[str, pd.DataFrame]) -> None:
    for name in ("cold_start", "left_out", "queue", "summary"):
        numbers = (
            tables[name]
            .select_dtypes("number")
            .drop(columns=["n_tasks", "n_gaps", "n_gaps_2"], errors="ignore")
        )
        assert ((numbers >= 0) & (numbers <= 1)).all(axis=None), name


def test_ranges_hold_their_number(tables: dict[str, pd.DataFrame]) -> None:
    for name, column in (("cold_start", "f1"), ("left_out", "pair_f1")):
        table = tables[name]
        assert (table[f"{column}_low"] <= table[column] + 1e-9).mean() > 0.8
        assert (table[f"{column}_high"] >= table[column] - 1e-9).mean() > 0.8


def test_the_peer_stands_beside_the_cold_start(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["cold_start"].set_index("method")
    assert rows.at["peer", "precision"] == 1.0
    assert rows.at["peer", "threshold"] == 0.9
    assert rows.at["cold start, verdict match", "f1"] > rows.at["token_set_ratio", "f1"]


def test_answers_from_the_catalogue_help(tables: dict[str, pd.DataFrame]) -> None:
    found = tables["queue"].set_index("decisions")["pair_f1"]
    assert found["queue 0"] == found["random 0"] == pytest.approx(tables["left_out"].iloc[-1]["pair_f1"])
    assert found["queue 40"] > found["queue 0"]


def test_no_answer_of_the_locality_left_out_is_used(small: pd.DataFrame, known: Catalogue) -> None:
    """Other labels for one locality leave every score that its tasks get as it was."""
    own = known.memberships["task_id"].str.startswith("ha-tinh/")
    swapped = known.memberships["family_id"].where(~own, "curricula")
    wrong = known.memberships.assign(family_id=swapped).drop_duplicates(["family_id", "task_id"])
    draft = read_draft(small)
    texts = draft.read_texts()
    assert texts is not None
    both = [known, Catalogue(known.families, wrong)]
    left, right = (try_locality(draft, texts, one, "ha-tinh") for one in both)
    pd.testing.assert_frame_equal(left.scores, right.scores)
    pd.testing.assert_frame_equal(left.alignment.memberships, right.alignment.memberships)
    assert left.pair_f1() > right.pair_f1()


def test_the_text_names_every_table(tables: dict[str, pd.DataFrame]) -> None:
    said = evaluation_text(tables)
    assert "word 1-2-gram cosine" in said
    assert "queue 20" in said
    with pytest.raises(CatalogueError, match="tables missing"):
        evaluation_text({})


def test_an_unread_task_is_named(tasks: pd.DataFrame, catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="tasks that a reviewer put into families wanted, 1 without"):
        evaluate_alignment(tasks, catalogue.without(["ha-tinh/annex/1.1"]))


def test_figures_come_back_as_written(
    tables: dict[str, pd.DataFrame], small: pd.DataFrame, catalogue: Catalogue, tmp_path: Path
) -> None:
    now = inputs_fingerprint(small, catalogue)
    write_evaluation(tables, now, tmp_path / "evaluation.csv")
    found = read_evaluation(tmp_path / "evaluation.csv", now)
    assert found["current"].all()
    pd.testing.assert_frame_equal(
        found.drop(columns="current"), long_evaluation(tables, now), check_dtype=False
    )
    assert not read_evaluation(tmp_path / "evaluation.csv", "other").loc[:, "current"].any()
    assert read_evaluation(tmp_path / "none.csv").empty


def test_the_kept_figures_are_of_this_catalogue(tasks: pd.DataFrame, catalogue: Catalogue) -> None:
    found = read_evaluation(
        ROOT / "data" / "catalogue" / "evaluation.csv", inputs_fingerprint(tasks, catalogue)
    )
    assert found["current"].all(), "run: make evaluate"


def test_the_fingerprint_changes_with_an_answer(tasks: pd.DataFrame, catalogue: Catalogue) -> None:
    mixed = Catalogue(catalogue.families, catalogue.memberships.sample(frac=1, random_state=2))
    assert inputs_fingerprint(tasks, catalogue) == inputs_fingerprint(tasks.iloc[::-1], mixed)
    assert inputs_fingerprint(tasks, catalogue) != inputs_fingerprint(
        tasks, catalogue.without(["ha-tinh/annex/1.1"])
    )


def test_a_task_that_is_wholly_one_family_is_asked_no_further() -> None:
    ranked = pd.DataFrame({"task_id": ["t", "t", "u", "u"], "family_id": ["f", "g", "f", "g"]})
    answers = pd.Series(["whole"], index=pd.MultiIndex.from_tuples([("t", "f")]))
    assert take_items(ranked, answers, 2).index.tolist() == [0, 2]


def test_calibration_error_by_hand() -> None:
    table = pd.DataFrame({"probability": [0.2, 0.9], "share": [0.1, 1.0], "n": [30, 10]})
    assert calibration_error(table) == pytest.approx(0.1)


def test_b_cubed_by_hand() -> None:
    right = np.array([[True, False], [True, False], [False, True]])
    rows = np.arange(3)
    assert b_cubed(right, right, rows) == (1.0, 1.0, 1.0)
    precision, recall, _ = b_cubed(np.ones((3, 1), dtype=bool), right, rows)
    assert (precision, recall) == (pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3), 1.0)


def test_the_two_readings_are_measured_not_typed() -> None:
    kept = pd.read_csv(ROOT / "data" / "catalogue" / "evaluation.csv", encoding="utf-8-sig").query(
        "section == 'readings'"
    )
    now = cp.reading_agreement()
    for row in now.itertuples():
        value = kept.query(
            "item == @pair and measure == 'f1'", local_dict={"pair": f"{row.left}-{row.right}"}
        )["value"]
        assert value.tolist() == [pytest.approx(row.f1, abs=1e-6)]


def test_a_kept_figure_that_is_no_number_is_named(tmp_path: Path) -> None:
    path = tmp_path / "evaluation.csv"
    path.write_text("section,item,measure,value,low,high,inputs\nqueue,a,b,c,1,1,x\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="numbers in value, low and high wanted"):
        read_evaluation(path)
