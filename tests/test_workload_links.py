"""Who works with whom, when, and after the mergers: links, quarters, families, holders."""

import pandas as pd
import pytest

from compare.errors import SchemaError
from compare.schema import check_table
from compare.workload import agency_links, family_leads, link_matrix, merged_load, overload
from compare.workload.peaks import period_of
from test_workload import MEMBERSHIPS, make_tasks

AGENCIES = pd.DataFrame(
    [
        *((f"so-{x}", "body", "province") for x in "uvxyz"),
        ("phong", "body", "district"),
        ("g", "group", "any"),
    ],
    columns=["agency_id", "kind", "level"],
)


def made(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Make tasks of id, leads and coordinating agencies."""
    return make_tasks(*({"task_id": i, "leads": a, "coordinating": b} for i, a, b in rows))


LINKED = made(
    ("a/annex/1", "so-x;so-y", "so-z;g"),
    ("a/annex/2", "so-x", "so-z"),
    ("a/body/1", "so-x", "so-z"),  # restates a/annex/1
    ("a/annex/3", "g", "g"),
    ("a/annex/4", "so-y", ""),
    ("b/annex/1", "", "so-z"),
    ("b/annex/2", "so-x", "so-y"),
)


def test_each_lead_is_linked_with_each_coordinating_agency() -> None:
    links = agency_links(LINKED, MEMBERSHIPS)
    pd.testing.assert_frame_equal(check_table(links, "agency_links"), links)
    assert links.drop(columns="task_ids").values.tolist() == [
        ["a", "g", "g", 1],
        ["a", "so-x", "g", 1],
        ["a", "so-x", "so-z", 2],
        ["a", "so-y", "g", 1],
        ["a", "so-y", "so-z", 1],
        ["b", "so-x", "so-y", 1],
    ]
    assert links.loc[2, "task_ids"] == "a/annex/1;a/annex/2"


def test_restatements_link_only_without_memberships() -> None:
    links = agency_links(LINKED).set_index(["locality", "lead_id", "coordinating_id"])
    assert links.loc[("a", "so-x", "so-z"), "n_tasks"] == 3


def test_links_know_no_order_and_may_be_none() -> None:
    pd.testing.assert_frame_equal(
        agency_links(LINKED.iloc[::-1], MEMBERSHIPS), agency_links(LINKED, MEMBERSHIPS)
    )
    assert agency_links(LINKED.iloc[:0]).empty
    assert agency_links(made(("a/annex/1", "so-x", ""))).empty


def test_a_matrix_has_most_tasks_first_each_task_once() -> None:
    """so-x leads two linked tasks by three links; g coordinates two tasks by three links."""
    matrix = link_matrix(agency_links(LINKED, MEMBERSHIPS), "a")
    assert list(matrix.index) == ["so-x", "g", "so-y"]
    assert list(matrix.columns) == ["g", "so-z"]
    assert matrix.to_numpy().tolist() == [[1, 2], [1, 0], [1, 1]]


def test_a_square_matrix_has_the_same_agencies_on_both_sides() -> None:
    matrix = link_matrix(agency_links(LINKED, MEMBERSHIPS), "a", square=True)
    assert list(matrix.index) == list(matrix.columns) == ["g", "so-x", "so-z", "so-y"]
    assert matrix.to_numpy().sum() == 6


def test_a_locality_without_links_is_said() -> None:
    with pytest.raises(SchemaError, match="locality 'c': no link found; accepted: a, b"):
        link_matrix(agency_links(LINKED), "c")


@pytest.mark.parametrize(
    ("date", "period"),
    [("2025", "2025"), ("2021-03", "2021-Q1"), ("2021-04", "2021-Q2"), ("2025-06-30", "2025-Q2")],
)
def test_a_time_falls_due_in_the_quarter_or_only_year_at_its_end(date: str, period: str) -> None:
    assert period_of(date) == period


def timed(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Make tasks of id, leads, kind and end of time."""
    names = ("task_id", "leads", "timeline_kind", "timeline_end")
    return make_tasks(*(dict(zip(names, row, strict=True)) for row in rows))


TIMED = timed(
    ("a/annex/1", "so-x;so-y", "range", "2025"),
    ("a/annex/2", "so-x", "quarter", "2025-12"),
    ("a/annex/3", "so-x", "deadline", "2025-10-01"),
    ("a/annex/4", "so-x", "deadline", "2025-09-30"),
    ("a/annex/5", "so-x", "annual", "--12-15"),
    ("a/annex/6", "so-x", "from", ""),
    ("a/annex/7", "", "year", "2025"),
    ("a/body/1", "so-x", "year", "2025"),  # restates a/annex/1
)


def test_one_off_tasks_gather_in_their_quarters_those_of_a_year_apart() -> None:
    table = overload(TIMED, MEMBERSHIPS, threshold=2)
    assert table.drop(columns="task_ids").values.tolist() == [
        ["a", "so-x", "2025-Q3", "quarter", 1, False],
        ["a", "so-x", "2025-Q4", "quarter", 2, True],
        ["a", "so-x", "2025", "year", 1, False],
        ["a", "so-y", "2025", "year", 1, False],
    ]
    assert table.loc[1, "task_ids"] == "a/annex/2;a/annex/3"
    pd.testing.assert_frame_equal(overload(TIMED.iloc[::-1], MEMBERSHIPS, threshold=2), table)


def test_the_threshold_and_the_role_matter() -> None:
    assert overload(TIMED, MEMBERSHIPS)["signal"].sum() == 0
    assert overload(TIMED, MEMBERSHIPS, role="coordinating").empty
    assert overload(TIMED).set_index(["agency_id", "period"])["n_due"]["so-x", "2025"] == 2


def test_years_with_many_tasks_have_a_signal_of_the_year() -> None:
    rows = [(f"a/annex/{n}", "so-x", "range", "2025") for n in range(3)]
    table = overload(timed(*rows, ("a/annex/4", "so-x", "quarter", "2025-12")))
    columns = ["period", "precision", "n_due", "signal"]
    assert table[columns].to_numpy().tolist() == [
        ["2025-Q4", "quarter", 1, False],
        ["2025", "year", 3, True],
    ]


def led(*leads: str) -> pd.DataFrame:
    """Compare one family in localities a, b, c ... with these leads."""
    tasks = made(*((f"{place}/annex/1", lead, "") for place, lead in zip("abcd", leads, strict=False)))
    members = tasks[["task_id"]].assign(family_id="f")
    families = pd.DataFrame({"family_id": ["f"], "title_vi": ["Vốn"]})
    return family_leads(tasks, members, families, AGENCIES)


@pytest.mark.parametrize(
    ("leads", "flags"),
    [
        (["so-x", "so-x;so-y"], ["", ""]),
        (["so-x", "so-y"], ["other-body", "other-body"]),
        (["so-x", "so-x;so-y", "so-y"], ["other-body", "", "other-body"]),
        (["so-x", "phong"], ["", ""]),  # a district's office is no other choice than a department
        (["so-x", "g", ""], ["named-only-here", "unnamed-here", "unnamed-here"]),
        (["so-x;g", "so-x", "g"], ["", "", "unnamed-here"]),
        (["g", ""], ["", ""]),
    ],
)
def test_leads_of_a_family_are_compared_across_localities(leads: list[str], flags: list[str]) -> None:
    assert led(*leads)["flags"].tolist() == flags


def test_a_row_tells_the_leads_here_and_elsewhere() -> None:
    table = led("so-x;g", "so-y", "")
    assert table["lead_kind"].tolist() == ["body", "body", "none"]
    assert table.loc[0, ["title_vi", "leads", "leads_elsewhere"]].tolist() == ["Vốn", "g;so-x", "so-y"]


def test_a_family_of_one_locality_is_not_compared() -> None:
    assert led("so-x").empty
    twice = made(("a/annex/1", "so-x", ""), ("a/annex/2", "so-y", ""), ("b/annex/1", "so-y", ""))
    families = pd.DataFrame({"family_id": ["f"], "title_vi": ["Vốn"]})
    table = family_leads(twice, twice[["task_id"]].assign(family_id="f"), families, AGENCIES)
    assert table[["locality", "leads", "task_ids"]].values.tolist() == [
        ["a", "so-x;so-y", "a/annex/1;a/annex/2"],
        ["b", "so-y", "b/annex/1"],
    ]


HELD = made(
    ("a/annex/1", "so-x;so-y", ""),  # two departments that are so-z today
    ("a/annex/2", "so-x", "so-x"),
    ("a/annex/3", "so-y", ""),
    ("a/annex/4", "so-z", ""),
    ("a/annex/5", "so-u", ""),  # split; the words point to nobody
    ("a/annex/6", "so-u", ""),  # split; the words point to two
    ("a/annex/7", "g;so-v", ""),  # a group without holder; a body that was not looked up
)
HOLDERS = pd.DataFrame(
    [
        ("a/annex/1", "lead", "so-x", "so-z", "one", False),
        ("a/annex/1", "lead", "so-y", "so-z", "one", False),
        ("a/annex/2", "lead", "so-x", "so-z", "one", False),
        ("a/annex/2", "coordinating", "so-x", "so-z", "one", False),
        ("a/annex/3", "lead", "so-y", "so-z", "one", False),
        ("a/annex/4", "lead", "so-z", "so-z", "same", False),
        *(("a/annex/5", "lead", "so-u", f"so-{h}", "several", False) for h in "pqr"),
        *(("a/annex/6", "lead", "so-u", f"so-{h}", "several", h != "r") for h in "pqr"),
        ("a/annex/7", "lead", "g", "", "none", False),
    ],
    columns=["task_id", "role", "agency_id", "holder_id", "outcome", "chosen"],
)


def test_merged_departments_add_up_each_task_once() -> None:
    """so-x 2, so-y 2 and so-z 1 make 5; a/annex/1 is in it twice."""
    table = merged_load(HELD, HOLDERS)
    assert set(table["loose"]) == {""}
    assert table.drop(columns=["locality", "task_ids", "loose"]).values.tolist() == [
        ["lead", "so-p", "moved", "so-u", "1", 1, 1, 0],
        ["lead", "so-q", "moved", "so-u", "1", 1, 1, 0],
        ["lead", "so-z", "merged", "so-x;so-y;so-z", "2;2;1", 5, 4, 1],
        ["lead", "", "none", "g", "1", 1, 1, 0],
        ["lead", "", "undetermined", "so-u", "1", 1, 1, 0],
        ["lead", "", "unverified", "so-v", "1", 1, 1, 0],
        ["coordinating", "so-z", "moved", "so-x", "1", 1, 1, 0],
    ]


def test_merged_load_says_whose_work_went_there_for_the_most_part_only() -> None:
    loose = HOLDERS["outcome"].mask(HOLDERS["agency_id"] == "so-y", "loose")
    holders = HOLDERS.assign(outcome=loose, chosen=HOLDERS["chosen"] | (loose == "loose"))
    assert merged_load(HELD, holders)["loose"].tolist() == ["", "", "so-y", *[""] * 4]


def test_merged_load_knows_no_order_and_may_be_none() -> None:
    table = merged_load(HELD, HOLDERS)
    pd.testing.assert_frame_equal(merged_load(HELD.iloc[::-1], HOLDERS.iloc[::-1]), table)
    assert merged_load(HELD.iloc[:0], HOLDERS.iloc[:0]).empty
    assert merged_load(HELD, HOLDERS.iloc[:0])["outcome"].unique().tolist() == ["unverified"]


def test_merged_load_leaves_restatements_out() -> None:
    tasks = made(("a/annex/1", "so-x", ""), ("a/body/1", "so-x", ""))
    ids = ["a/annex/1", "a/body/1"]
    holders = pd.DataFrame([(i, "lead", "so-x", "so-x", "same", False) for i in ids], columns=HOLDERS.columns)
    assert merged_load(tasks, holders, MEMBERSHIPS)["n_after"].tolist() == [1]
    assert merged_load(tasks, holders)[["n_after", "outcome"]].values.tolist() == [[2, "same"]]
