"""Who holds an agency's work today, by invented successions and by the project's own."""

import doctest
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare as cp
from compare.documents import Reference, read_reference
from compare.fates import UNVERIFIED, read_successions
from compare.report.load.grounds import source_kind
from compare.tables.bodies import OUTCOMES

COLUMNS = list(read_reference().successions.columns)
BODIES = {
    "labour": "body", "schools": "body", "farms": "body", "interior": "body", "police": "body", "finance": "body",
    "plans": "body", "tax": "body", "tax-region": "body", "tax-province": "body", "office": "body", "all": "group",
}  # fmt: skip
SPLIT = [
    "labour,schools,,vocational education,dao tao nghe,2025-03-01,Decree 1,sourced",
    "labour,farms,,poverty reduction,giam ngheo,2025-03-01,Decree 1,sourced",
    "labour,interior,,the rest,viec lam,2025-03-01,Decree 1,sourced",
]
OTHERS = [
    "plans,finance,,,,2025-03-01,Decree 1,sourced",
    "finance,finance,,,,2025-03-01,Decree 1: with plans,sourced",
    "tax,tax-region,,,,2025-03-01,Decree 2,sourced",
    "tax-region,tax-province,,,,2025-07-01,Decree 3,sourced",
    "office,,,,,2025-07-01,Resolution 4,sourced",
    "schools,schools,,,,,Decree 1,sourced",
    "police,police,,,,,hearsay,unverified",
    "interior,police,,,,2025-03-01,hearsay,unverified",
    "interior,farms,ha-tinh,,,2025-03-01,Resolution 5,sourced",
]


def _frame(lines: list[str], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([line.split(",") for line in lines], columns=columns)


def _reference(successions: list[str], members: list[str] | None = None) -> Reference:
    """Invented agencies and successions; the localities are the project's."""
    agencies = pd.DataFrame(
        {"agency_id": list(BODIES), "name_vi": list(BODIES), "kind": list(BODIES.values())}
    )
    real = read_reference()
    return replace(
        real,
        agencies=agencies,
        successions=_frame(successions, COLUMNS),
        group_members=_frame(members or [], list(real.group_members.columns)),
    )


KNOWN = _reference(SPLIT + OTHERS)


@pytest.fixture
def task() -> Callable[..., pd.DataFrame]:
    """Write one task of Gia Lai, led by an agency."""

    def write(leads: str, text: str = "", **more: str) -> pd.DataFrame:
        row = dict.fromkeys(["coordinating", "product", "section_title"], "")
        row |= {"task_id": "gia-lai/annex/1", "locality": "gia-lai", "leads": leads, "text": text}
        return pd.DataFrame([row | more])

    return write


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Đào tạo nghề giám đốc hợp tác xã", {"schools"}),
        ("Bố trí vốn từ Chương trình giảm nghèo bền vững", {"farms"}),
        ("Đào tạo nghề gắn với giảm nghèo", {"schools", "farms"}),
        ("Tuyên truyền về kinh tế tập thể", set()),
    ],
)
def test_a_split_agency_s_holders_are_chosen_by_the_task_s_own_words(
    task: Callable[..., pd.DataFrame], text: str, chosen: set[str]
) -> None:
    holders = cp.agency_holders(task("labour", text), KNOWN)
    assert holders["holder_id"].tolist() == ["farms", "interior", "schools"]
    assert set(holders["outcome"]) == {"several"}
    assert set(holders.loc[holders["chosen"], "holder_id"]) == chosen


def test_the_product_counts_as_the_text_does(task: Callable[..., pd.DataFrame]) -> None:
    holders = cp.agency_holders(task("labour", "Xây dựng kế hoạch", product="Lớp đào tạo nghề"), KNOWN)
    assert holders.loc[holders["chosen"], "holder_id"].tolist() == ["schools"]


def test_the_section_s_title_counts_only_where_text_and_product_are_silent(
    task: Callable[..., pd.DataFrame],
) -> None:
    silent = cp.agency_holders(task("labour", "Mở lớp", section_title="Về đào tạo nghề"), KNOWN)
    spoken = cp.agency_holders(task("labour", "Giảm nghèo", section_title="Về đào tạo nghề"), KNOWN)
    assert silent.loc[silent["chosen"], "holder_id"].tolist() == ["schools"]
    assert spoken.loc[spoken["chosen"], "holder_id"].tolist() == ["farms"]


def _one(holders: pd.DataFrame) -> tuple[str, str, bool, str]:
    (row,) = holders[["holder_id", "outcome", "chosen", "since"]].itertuples(index=False, name=None)
    return row


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("plans", ("finance", "one", True, "2025-03-01")),
        ("finance", ("finance", "one", True, "2025-03-01")),  # the old name, a new body
        ("schools", ("schools", "same", True, "")),
        ("office", ("", "none", False, "2025-07-01")),
        ("tax", ("tax-province", "one", True, "2025-07-01")),  # by way of the regional office
        ("police", ("", "unverified", False, "")),
        ("farms", ("", "unverified", False, "")),  # no row at all
    ],
)
def test_outcomes(
    task: Callable[..., pd.DataFrame], agency: str, expected: tuple[str, str, bool, str]
) -> None:
    assert _one(cp.agency_holders(task(agency), KNOWN)) == expected


def test_a_body_set_up_anew_on_no_known_day_is_not_the_same(task: Callable[..., pd.DataFrame]) -> None:
    known = _reference(["schools,schools,,,,,School after the merger (https://a.vn),renewed"])
    assert _one(cp.agency_holders(task("schools"), known)) == ("schools", "one", True, "")


@pytest.mark.parametrize(
    "agency", ["mttq", "hoi-nong-dan", "hoi-phu-nu", "lien-minh-htx", "truong-chinh-tri"]
)
def test_bodies_that_a_source_says_are_new_are_not_said_to_be_unchanged(agency: str) -> None:
    rows = cp.agency_successors().set_index(["agency_id", "locality"]).loc[agency]
    place = "gia-lai" if "gia-lai" in rows.index else ""
    assert rows.loc[place, "outcome"] == "one"
    assert bool(rows.loc[place, "since"]) == ("từ 01/07/2025" in rows.loc[place, "ground"])


@pytest.mark.parametrize(
    ("on", "holder"),
    [
        ("2025-02-28", "tax"),
        ("2025-03-01", "tax-region"),
        ("2025-06-30", "tax-region"),
        ("2025-07-01", "tax-province"),
    ],
)
def test_holders_are_those_of_the_day(task: Callable[..., pd.DataFrame], on: str, holder: str) -> None:
    assert cp.agency_holders(task("tax"), KNOWN, on=on)["holder_id"].tolist() == [holder]


def test_a_locality_s_own_rows_replace_the_general_ones(task: Callable[..., pd.DataFrame]) -> None:
    there = task("interior", task_id="ha-tinh/annex/1", locality="ha-tinh")
    assert _one(cp.agency_holders(there, KNOWN))[:2] == ("farms", "one")
    assert _one(cp.agency_holders(task("interior"), KNOWN))[:2] == ("", "unverified")


def test_a_locality_is_shown_general_sources_and_its_own(task: Callable[..., pd.DataFrame]) -> None:
    ground = "Nghị định 45 (https://a.vn); HĐND tỉnh Đắk Nông (https://b.vn); Hà Tĩnh họp (https://c.vn)"
    reference = _reference([f"plans,finance,,,,2025-03-01,{ground},sourced"])
    shown = [
        cp.agency_holders(task("plans", locality=place), reference)["ground"].item()
        for place in ("gia-lai", "dak-nong")
    ]
    assert shown == [
        "Nghị định 45 (https://a.vn)",
        "Nghị định 45 (https://a.vn); HĐND tỉnh Đắk Nông (https://b.vn)",
    ]


def test_what_is_unverified_is_named_only_on_request_and_never_chosen(
    task: Callable[..., pd.DataFrame],
) -> None:
    asked = cp.agency_holders(task("interior"), KNOWN, unverified=True)
    assert _one(asked) == ("police", "unverified", False, "2025-03-01")
    assert asked["ground"].iloc[0] == "chưa kiểm chứng: hearsay"


def test_of_a_split_agency_the_sourced_part_stands_and_the_rest_stays_unnamed(
    task: Callable[..., pd.DataFrame],
) -> None:
    doubtful = [row.replace("sourced", "unverified") for row in SPLIT[1:]]
    holders = cp.agency_holders(task("labour", "Giảm nghèo, đào tạo nghề"), _reference(SPLIT[:1] + doubtful))
    assert holders["holder_id"].tolist() == ["", "schools"]
    assert holders["outcome"].tolist() == ["unverified", "several"]
    assert holders["chosen"].tolist() == [False, True]
    assert holders["content"].iloc[0] == "poverty reduction; the rest"


def test_each_role_has_its_rows_and_the_plan_s_own_ids_stay(task: Callable[..., pd.DataFrame]) -> None:
    tasks = task("plans;tax", coordinating="plans")
    before = tasks.copy()
    holders = cp.agency_holders(tasks, KNOWN)
    assert holders[["role", "agency_id"]].values.tolist() == [
        ["coordinating", "plans"], ["lead", "plans"], ["lead", "tax"],
    ]  # fmt: skip
    pd.testing.assert_frame_equal(tasks, before)


def test_a_task_that_names_nobody_has_no_rows(task: Callable[..., pd.DataFrame]) -> None:
    assert cp.agency_holders(task(""), KNOWN).empty


def test_an_agency_that_no_table_lists_is_an_error(task: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(
        cp.SchemaError, match="'gia-lai/annex/1': unknown agency 'treasury'; accepted: all, farms"
    ):
        cp.agency_holders(task("treasury"), KNOWN)


@pytest.mark.parametrize("on", ["2025", "1/3/2025", "2025-02-30", "20250301"])
def test_a_day_that_is_no_iso_date_is_an_error(task: Callable[..., pd.DataFrame], on: str) -> None:
    with pytest.raises(cp.CompareError, match=f"on: a date wanted as YYYY-MM-DD, found '{on}'"):
        cp.agency_holders(task("plans"), KNOWN, on=on)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("treasury,finance,,,,2025-03-01,g,sourced", "line 2: unknown agency_id 'treasury'; accepted: all, farms"),
        ("plans,treasury,,,,2025-03-01,g,sourced", "line 2: unknown successor_id 'treasury'; accepted: all, farms"),
        ("plans,finance,hue,,,2025-03-01,g,sourced", "line 2: unknown locality 'hue'; accepted: dak-nong"),
        ("plans,finance,,,,2025-03-01,g,sure", "line 2: unknown status 'sure'; accepted: loose, renewed, sourced, unverified"),
        ("plans,finance,,,,1/3/2025,g,sourced", "line 2: a date wanted as YYYY-MM-DD, found '1/3/2025'"),
        ("plans,finance,,,,2025-03-01,,sourced", "line 2: a ground wanted"),
        ("plans,finance,,,,,g,renewed", "line 2: 'renewed' is of an agency that keeps its name"),
        ("plans,plans,,,,2025-03-01,g,renewed", "line 2: 'renewed' is of an agency that keeps its name"),
        ("plans,finance,,c,(,2025-03-01,g,sourced", r"line 2: content_pattern '\('"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_hold_is_named_by_file_and_line(row: str, message: str) -> None:
    with pytest.raises(cp.CompareError, match=f"data/reference/successions.csv, {message}"):
        read_successions(_reference([row]))


@pytest.mark.parametrize("second", ["plans,tax,,,,2025-03-01,g,sourced", "plans,,,x,x,2025-03-01,g,sourced"])
def test_overlapping_rows_are_an_error(second: str) -> None:
    with pytest.raises(
        cp.DocumentError, match=r"overlapping rows of 'plans' \(lines 2, 3\); accepted: one row"
    ):
        read_successions(_reference(["plans,finance,,,,2025-03-01,g,sourced", second]))


def test_a_cycle_is_an_error() -> None:
    rows = ["plans,tax,,,,2025-03-01,g,sourced", "tax,plans,,,,2025-07-01,g,sourced"]
    with pytest.raises(
        cp.DocumentError, match="line 2: 'plans' comes back to itself by way of tax; accepted"
    ):
        read_successions(_reference(rows))


@settings(max_examples=12, deadline=None)
@given(
    st.permutations(range(4)),
    st.sampled_from(["labour;plans", "tax;interior", "office"]),
    st.sampled_from(["", "đào tạo nghề"]),
)
def test_the_order_of_the_tasks_changes_nothing(order: list[int], leads: str, text: str) -> None:
    rows = [
        {"task_id": f"gia-lai/annex/{n}", "locality": "gia-lai", "leads": leads, "coordinating": "schools",
         "text": text, "product": "", "section_title": ""}
        for n in range(4)
    ]  # fmt: skip
    tasks = pd.DataFrame(rows)
    pd.testing.assert_frame_equal(
        cp.agency_holders(tasks.iloc[order], KNOWN), cp.agency_holders(tasks, KNOWN)
    )


MEMBERS = [
    "all,plans,,2025-02-28,Decree 0",
    "all,finance,,,Decree 0",
    "all,farms,2025-03-01,,Decree 1",
    "all,police,,,chưa kiểm chứng: hearsay",
]
GROUPED = _reference([], MEMBERS)
ROWS = pd.DataFrame({"locality": "gia-lai", "agency_id": ["all", "finance"], "n_tasks": [3, 1]})


@pytest.mark.parametrize(
    ("on", "members"), [("2025-02-28", ["plans", "finance"]), ("2025-03-01", ["finance", "farms"])]
)
def test_a_group_opens_into_the_bodies_of_the_day(on: str, members: list[str]) -> None:
    opened = cp.expand_groups(ROWS, on, GROUPED)
    assert opened["agency_id"].tolist() == [*members, "finance"]
    assert opened["via_group"].tolist() == ["all", "all", ""]
    assert opened["n_tasks"].tolist() == [3, 3, 1]


def test_a_membership_without_a_source_counts_only_on_request() -> None:
    assert "police" not in set(cp.expand_groups(ROWS, "2025-03-01", GROUPED)["agency_id"])
    assert "police" in set(cp.expand_groups(ROWS, "2025-03-01", GROUPED, unverified=True)["agency_id"])


def test_a_group_without_known_members_stays_as_it_is() -> None:
    opened = cp.expand_groups(ROWS, "2025-03-01", _reference([]))
    pd.testing.assert_frame_equal(opened, ROWS.assign(via_group=""))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("plans,finance,,,g", "line 2: unknown group 'plans'; accepted: all"),
        ("all,treasury,,,g", "line 2: unknown body 'treasury'; accepted: farms"),
        ("all,all,,,g", "line 2: unknown body 'all'; accepted: farms"),
        ("all,tax,2025,,g", "line 2: a date wanted as YYYY-MM-DD, found '2025'"),
        (
            "all,tax,2025-03-01,2025-02-28,g",
            "line 2: valid_to wanted on or after 2025-03-01, found 2025-02-28",
        ),
        ("all,tax,,,", "line 2: a ground wanted"),
    ],
)
def test_a_membership_that_does_not_hold_is_named_by_file_and_line(row: str, message: str) -> None:
    with pytest.raises(cp.CompareError, match=f"data/reference/group_members.csv, {message}"):
        cp.expand_groups(ROWS, "2025-03-01", _reference([], [row]))


def test_a_body_that_is_in_a_group_twice_at_a_time_is_an_error() -> None:
    rows = ["all,tax,,,g", "all,tax,2025-03-01,,g"]
    with pytest.raises(cp.DocumentError, match="line 3: 'tax' is in 'all' twice at the same time"):
        cp.expand_groups(ROWS, "2025-03-01", _reference([], rows))


def test_rows_without_agencies_and_a_day_left_out_are_errors() -> None:
    with pytest.raises(cp.SchemaError, match="a table with column 'agency_id' wanted"):
        cp.expand_groups(pd.DataFrame({"task_id": []}), "2025-03-01", GROUPED)
    with pytest.raises(cp.CompareError, match="on: a date wanted"):
        cp.expand_groups(ROWS, "", GROUPED)


# The project's own tables


def test_every_agency_has_a_general_fate_and_every_sourced_row_a_published_page() -> None:
    reference = read_reference()
    rows = read_successions(reference)
    assert set(rows.loc[rows["locality"] == "", "agency_id"]) == set(reference.agencies["agency_id"])
    assert rows.loc[rows["status"] != UNVERIFIED, "ground"].map(lambda g: "http" in g).all()
    assert set(cp.agency_successors()["outcome"]) == set(OUTCOMES)


def test_every_published_source_has_a_kind_and_every_kind_a_source() -> None:
    reference = read_reference()
    tables = (reference.successions, reference.group_members, reference.locality_successions)
    found = {
        a for table in tables for text in table["ground"] for a in re.findall(r"https?://[^\s()]+", text)
    }
    known = reference.source_kinds
    assert {source_kind(address, known) for address in found} == {"official", "press", "search", "other"}
    sites = {re.sub(r"^https?://(www\.)?", "", address) for address in found}
    assert all(any(site.startswith(begin) for site in sites) for begin in known["address"])


def test_the_territories_of_the_five_plans_are_accounted_for() -> None:
    reference = read_reference()
    rows = reference.locality_successions.set_index("locality")
    assert set(rows.index) <= set(reference.localities["locality"])
    assert rows.loc["ha-tinh", "since"] == ""
    assert rows.loc["gia-lai", "made_of"].split(";") == ["Gia Lai", "Bình Định"]
    assert rows["ground"].map(lambda g: "http" in g).all()


def test_the_departments_before_and_after_march_2025_differ() -> None:
    rows = pd.DataFrame({"agency_id": ["cac-so-nganh"]})
    before, after = (set(cp.expand_groups(rows, day)["agency_id"]) for day in ("2025-02-28", "2025-03-01"))
    assert {"so-ke-hoach-dau-tu", "so-lao-dong-tbxh"} <= before - after
    assert after - before == {"so-nong-nghiep-moi-truong"}
    assert "ban-dan-toc" not in before


# The seven tasks of the five plans that name the labour department, read by hand
@pytest.mark.parametrize(
    ("task_id", "holder"),
    [
        ("dak-nong/annex/IV.11", "so-giao-duc-dao-tao"),  # đào tạo nghề
        ("dong-nai/annex/II.9", "so-noi-vu"),  # bảo hiểm xã hội, bảo hiểm thất nghiệp
        ("gia-lai/annex/6", "so-giao-duc-dao-tao"),  # cơ sở giáo dục nghề nghiệp
        ("gia-lai/annex/7", "so-giao-duc-dao-tao"),  # đào tạo nghề giám đốc
        ("gia-lai/annex/21", "so-giao-duc-dao-tao"),  # chương trình đào tạo nghề
        ("gia-lai/annex/24", "so-nong-nghiep-moi-truong"),  # chương trình giảm nghèo bền vững
        ("gia-lai/annex/26", "so-giao-duc-dao-tao"),  # đào tạo nghề giám đốc
    ],
)
def test_the_plans_labour_tasks_go_where_their_content_went(
    tasks: pd.DataFrame, task_id: str, holder: str
) -> None:
    holders = cp.agency_holders(tasks[tasks["task_id"] == task_id])
    labour = holders[(holders["agency_id"] == "so-lao-dong-tbxh") & holders["chosen"]]
    assert labour["holder_id"].tolist() == [holder]


def test_no_merger_of_a_province_rests_on_the_draft_of_another(tasks: pd.DataFrame) -> None:
    holders = cp.agency_holders(tasks)
    facts = holders[(holders["locality"] == "gia-lai") & (holders["outcome"] != "unverified")]
    own = facts.loc[~facts["ground"].map(lambda ground: "ở nơi khác" in ground), "ground"]
    assert not own.map(lambda ground: "Hà Tĩnh" in ground or "Đắk Nông" in ground).any()
    departments = facts["agency_id"].map(lambda agency: agency.startswith("so-"))
    assert not facts.loc[departments, "ground"].map(lambda ground: "ở nơi khác" in ground).any()


def test_a_district_finance_office_has_no_holder(tasks: pd.DataFrame) -> None:
    holders = cp.agency_holders(tasks)
    office = holders[holders["agency_id"] == "phong-tai-chinh-ke-hoach"]
    assert set(office["outcome"]) == {"none"}
    assert set(office["holder_id"]) == {""}


def test_nothing_unverified_is_given_as_a_fact(tasks: pd.DataFrame) -> None:
    holders = cp.agency_holders(tasks)
    doubtful = holders[holders["outcome"] == "unverified"]
    assert len(doubtful)
    assert set(doubtful["holder_id"]) == {""}
    assert not doubtful["chosen"].any()
    assert doubtful["ground"].map(lambda g: g.startswith("chưa kiểm chứng")).all()


def test_every_agency_of_the_plans_has_a_row(tasks: pd.DataFrame) -> None:
    holders = cp.agency_holders(tasks)
    named = {(t.task_id, a) for t in tasks.itertuples() for a in t.leads.split(";") if a}
    leads = holders[holders["role"] == "lead"]
    assert named == set(zip(leads["task_id"], leads["agency_id"], strict=True))


def test_the_page_on_the_reference_files_shows_what_happens() -> None:
    page = Path(__file__).parents[1] / "docs" / "reference.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 5
    assert result.failed == 0


def test_agencies_have_known_parents_and_spans_in_order() -> None:
    agencies = read_reference().agencies
    assert set(agencies["parent"]) <= {"", *agencies["agency_id"]}
    both = agencies[(agencies["valid_from"] != "") & (agencies["valid_to"] != "")]
    assert (both["valid_from"] <= both["valid_to"]).all()
    assert agencies["name_vi"].is_unique
