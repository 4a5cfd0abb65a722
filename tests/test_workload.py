"""Workload: each piece of work once, each agency in its roles."""

from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.errors import SchemaError
from compare.schema import check_table
from compare.tables import PARTS, TABLES, TIMELINE_KINDS
from compare.workload import agency_workload, restatements, workload_by_kind


def make_tasks(*rows: dict[str, object]) -> pd.DataFrame:
    """Make a tasks table; what a row does not name is empty."""
    empty = dict.fromkeys(TABLES["tasks"].columns, "")
    empty |= {"pillar": 1, "lead_inferred": False, "line_start": 1, "line_end": 1}
    full = [
        empty | {"locality": str(r["task_id"]).split("/")[0], "part": str(r["task_id"]).split("/")[1]} | r
        for r in rows
    ]
    return check_table(pd.DataFrame(full, columns=list(empty)), "tasks")


TASKS = make_tasks(
    {
        "task_id": "a/annex/1",
        "pillar": 3,
        "leads": "so-x;so-y",
        "coordinating": "so-z",
        "timeline_kind": "annual",
    },
    {"task_id": "a/annex/2", "pillar": 2, "leads": "so-x", "lead_inferred": True},
    {"task_id": "a/body/1", "pillar": 3, "leads": "so-x"},
    {"task_id": "a/body/2", "pillar": 4, "leads": "so-x"},
    {"task_id": "b/body/1", "pillar": 3, "leads": "so-x"},
)
MEMBERSHIPS = pd.DataFrame(
    [("f", "a/annex/1"), ("f", "a/body/1"), ("f", "a/body/2"), ("g", "a/body/2"), ("f", "b/body/1")],
    columns=["family_id", "task_id"],
)


def row(workload: pd.DataFrame, *key: str) -> pd.Series:
    return workload.set_index(["locality", "agency_id", "role"]).loc[key]


def test_every_agency_counts_in_its_role() -> None:
    workload = agency_workload(TASKS)
    pd.testing.assert_frame_equal(check_table(workload, "workload"), workload)
    assert workload[["locality", "agency_id", "role", "n_tasks"]].values.tolist() == [
        ["a", "so-x", "lead", 4],
        ["a", "so-y", "lead", 1],
        ["a", "so-z", "coordinating", 1],
        ["a", "unnamed", "coordinating", 3],
        ["b", "so-x", "lead", 1],
        ["b", "unnamed", "coordinating", 1],
    ]


def test_restatement_of_annex_rows_is_not_counted_twice() -> None:
    """a/body/1 restates a/annex/1; a/body/2 holds work that the annex does not."""
    found = row(agency_workload(TASKS, MEMBERSHIPS), "a", "so-x", "lead")
    assert found["n_tasks"] == 3
    assert found[["n_body", "n_annex"]].tolist() == [2, 2]  # by part, restatements included
    assert found[["n_pillar_2", "n_pillar_3", "n_pillar_4"]].tolist() == [1, 1, 1]


def test_restatements_need_an_annex_row_of_the_same_locality() -> None:
    assert restatements(TASKS, MEMBERSHIPS) == {"a/body/1"}


def test_a_task_without_membership_is_counted() -> None:
    assert row(agency_workload(TASKS, MEMBERSHIPS.iloc[:0]), "a", "so-x", "lead")["n_tasks"] == 4


def test_splits_add_up_to_the_tasks() -> None:
    workload = agency_workload(TASKS, MEMBERSHIPS)
    assert (workload[[f"n_pillar_{p}" for p in range(6)]].sum(axis=1) == workload["n_tasks"]).all()
    kinds = [f"n_{kind}" for kind in TIMELINE_KINDS] + ["n_untimed"]
    assert (workload[kinds].sum(axis=1) == workload["n_tasks"]).all()
    assert (workload[[f"n_{p}" for p in PARTS]].sum(axis=1) >= workload["n_tasks"]).all()


def test_kinds_of_time_and_inferred_leads_are_counted() -> None:
    found = row(agency_workload(TASKS), "a", "so-x", "lead")
    assert found[["n_annual", "n_untimed", "n_inferred"]].tolist() == [1, 3, 1]


def test_unresolved_names_gather_once_a_task_and_role() -> None:
    mentions = pd.DataFrame(
        [("a/annex/1", "lead", ""), ("a/annex/1", "lead", ""), ("a/annex/2", "lead", "so-x")],
        columns=["task_id", "role", "agency_id"],
    )
    workload = agency_workload(TASKS, mentions=mentions)
    assert row(workload, "a", "unresolved", "lead")["n_tasks"] == 1
    assert row(workload, "a", "so-x", "lead")["n_tasks"] == 4


def test_order_of_tasks_does_not_matter() -> None:
    shuffled = agency_workload(TASKS.sample(frac=1, random_state=1), MEMBERSHIPS)
    pd.testing.assert_frame_equal(shuffled, agency_workload(TASKS, MEMBERSHIPS))


def test_no_task_no_load() -> None:
    assert agency_workload(TASKS.iloc[:0], MEMBERSHIPS.iloc[:0]).empty


def test_bodies_and_groups_stand_apart() -> None:
    agencies = pd.DataFrame(
        [("so-x", "Sở X", "body"), ("so-y", "Sở Y", "group"), ("so-z", "Sở Z", "body")],
        columns=["agency_id", "name_vi", "kind"],
    )
    mentions = pd.DataFrame([("a/annex/1", "lead", "")], columns=["task_id", "role", "agency_id"])
    table = workload_by_kind(agency_workload(TASKS, mentions=mentions), agencies)
    assert table[["kind", "name_vi", "locality", "role"]].values.tolist() == [
        ["body", "Sở Z", "a", "coordinating"],
        ["unnamed", "unnamed", "a", "coordinating"],
        ["body", "Sở X", "a", "lead"],
        ["group", "Sở Y", "a", "lead"],
        ["unresolved", "unresolved", "a", "lead"],
        ["unnamed", "unnamed", "b", "coordinating"],
        ["body", "Sở X", "b", "lead"],
    ]


def test_unknown_agency_is_named() -> None:
    agencies = pd.DataFrame([("so-x", "Sở X", "body")], columns=["agency_id", "name_vi", "kind"])
    with pytest.raises(SchemaError, match=r"\['so-y', 'so-z'\] wanted among the agencies"):
        workload_by_kind(agency_workload(TASKS), agencies)


def test_shares_are_of_the_pieces_of_work_each_once() -> None:
    """Of a's three counted tasks so-x leads all and so-y one; the joint one is whole for both."""
    workload = agency_workload(TASKS, MEMBERSHIPS)
    assert row(workload, "a", "so-x", "lead")["share"] == 1
    assert row(workload, "a", "so-y", "lead")["share"] == pytest.approx(1 / 3)
    assert row(workload, "a", "unnamed", "coordinating")["share"] == pytest.approx(2 / 3)


def test_sole_and_joint_leads_add_up_to_the_tasks() -> None:
    workload = agency_workload(TASKS, MEMBERSHIPS)
    assert row(workload, "a", "so-x", "lead")[["n_sole", "n_joint"]].tolist() == [2, 1]
    named = workload[(workload["role"] == "lead") & (workload["agency_id"] != "unnamed")]
    assert (named["n_sole"] + named["n_joint"] == named["n_tasks"]).all()
    others = workload[(workload["role"] == "coordinating") | (workload["agency_id"] == "unnamed")]
    assert not others[["n_sole", "n_joint"]].any(axis=None)


def test_a_lead_beside_an_unresolved_name_is_joint() -> None:
    mentions = pd.DataFrame([("a/annex/2", "lead", "")], columns=["task_id", "role", "agency_id"])
    workload = agency_workload(TASKS, mentions=mentions)
    assert row(workload, "a", "so-x", "lead")[["n_sole", "n_joint"]].tolist() == [2, 2]


def test_a_printed_name_without_id_is_unresolved_and_not_nobody() -> None:
    workload = agency_workload(make_tasks({"task_id": "a/annex/1", "leads_text": "Ban Lạ"}))
    assert workload[["agency_id", "role"]].values.tolist() == [
        ["unnamed", "coordinating"],
        ["unresolved", "lead"],
    ]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        *((kind, [1, 0]) for kind in ("annual", "biennial", "ongoing")),
        *((kind, [0, 1]) for kind in ("year", "quarter", "month", "range", "deadline")),
        *((kind, [0, 0]) for kind in ("from", "other", "")),
    ],
)
def test_recurring_and_one_off_work_stand_apart(kind: str, found: list[int]) -> None:
    tasks = make_tasks({"task_id": "a/annex/1", "leads": "so-x", "timeline_kind": kind})
    assert row(agency_workload(tasks), "a", "so-x", "lead")[["n_recurring", "n_one_off"]].tolist() == found


def test_load_of_the_plans_counts_no_more_than_their_tasks(tasks: pd.DataFrame) -> None:
    workload = agency_workload(tasks)
    most = workload["locality"].map(tasks["locality"].value_counts())
    assert (workload["n_tasks"] <= most).all()


HA_TINH = """
bao-tinh 0 1, cac-so-nganh 5 5, chinh-quyen-cac-cap 1 0, co-quan-lien-quan 1 0, dai-ptth 0 1,
lien-minh-htx 4 2, mttq 1 0, ngan-hang-nha-nuoc 0 2, so-cong-thuong 0 1, so-ke-hoach-dau-tu 1 3,
so-khoa-hoc-cong-nghe 0 1, so-noi-vu 0 1, so-nong-nghiep-ptnt 0 2, so-thong-tin-truyen-thong 0 1,
to-chuc-ctxh 1 0, to-chuc-xhnn 1 0, ubnd-huyen 3 7, unnamed 12 0
"""


def test_ha_tinh_as_counted_by_hand(built: Path) -> None:
    """Its 21 tasks restate nothing: agency, tasks coordinated and led, counted row by row."""
    workload = cp.read_table("workload", built)
    own = workload[workload["locality"] == "ha-tinh"].set_index(["agency_id", "role"])["n_tasks"]
    found = own.unstack(fill_value=0)[["coordinating", "lead"]]
    by_hand = [line.split() for line in HA_TINH.split(",")]
    assert [[agency, str(c), str(n)] for agency, c, n in found.itertuples()] == by_hand
    links = cp.read_table("agency_links", built)
    assert (links["locality"] == "ha-tinh").sum() == 20
    carriers = cp.work_by_carrier(cp.read_table("tasks", built)).set_index(["locality", "role"])
    assert carriers.loc[("ha-tinh", "lead")].tolist() == [21, 13, 1, 0, 7, 0, 0]
    lead = cp.concentration(workload).set_index(["locality", "role"]).loc[("ha-tinh", "lead")]
    assert lead["herfindahl"] == pytest.approx((9 + 3 * 4 + 6) / 15**2)
