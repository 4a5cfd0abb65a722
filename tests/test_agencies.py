"""Agency names as printed become ids."""

import pandas as pd
import pytest

from compare.agencies import (
    agency_ids,
    agency_share,
    find_mentions,
    mentions_table,
    read_vocabulary,
    resolve_cell,
)
from compare.text import words

PROVINCE, DISTRICT = read_vocabulary("province"), read_vocabulary("district")


@pytest.mark.parametrize(
    ("printed", "ids"),
    [
        ("Sở Kế hoạch và Đầu tư, Liên minh HTX tỉnh", "so-ke-hoach-dau-tu;lien-minh-htx"),
        ("Sở KH&ĐT", "so-ke-hoach-dau-tu"),
        ("Sở Lao động, Thương binh và Xã hội", "so-lao-dong-tbxh"),
        ("Sở Lao động - TB&XH", "so-lao-dong-tbxh"),
        ("UBND các huyện, thị xã, thành phố", "ubnd-huyen"),
        ("Ủy ban nhân dân các huyện, thành phố", "ubnd-huyen"),
        ("Uỷ ban nhân dân tỉnh", "ubnd-tinh"),
        ("Các sở, ngành, ban, địa phương", "cac-so-nganh;ubnd-huyen"),
        ("Các cơ quan, đơn vị có liên quan.", "co-quan-lien-quan"),
        ("Ủy ban Mật trấn Tổ quốc tỉnh", "mttq"),
        ("các tổ chức chính trị - xã hội, xã hội - nghề nghiệp", "to-chuc-ctxh;to-chuc-xhnn"),
        ("Dài Phát thanh và Truyền hình tỉnh; Báo Đăk Nông", "dai-ptth;bao-tinh"),
        ("Ngân hàng Nhà nước Việt Nam – Chi nhánh tỉnh Đồng Nai", "ngan-hang-nha-nuoc"),
        (
            "Ban Chỉ đạo Đổi mới, phát triển kinh tế tập thể, hợp tác xã tỉnh, cấp huyện",
            "ban-chi-dao-kttt",
        ),
        ("Sở Tài chính; Sở Tài chính", "so-tai-chinh"),
        ("", ""),
    ],
)
def test_names_become_ids_in_order_of_printing(printed: str, ids: str) -> None:
    assert agency_ids(printed, PROVINCE) == ids


@pytest.mark.parametrize(
    "printed",
    [
        *("UBND các huyện, thị xã", "UBND các huyện, thành phố", "UBND các thị xã, thành phố"),
        *("Ủy ban nhân dân các huyện và thị xã", "UBND thành phố, các huyện, thị xã"),
        *("các huyện, thị xã", "Các huyện, thành phố", "huyện, thị xã, thành phố", "thị xã và các huyện"),
    ],
)
def test_the_districts_are_one_group_in_all_short_forms(printed: str) -> None:
    (mention,) = resolve_cell(printed, read_vocabulary("province"))
    assert (mention.agency_id, printed[mention.start : mention.end].lower()) == (
        "ubnd-huyen",
        printed.lower().removeprefix("các "),
    )


@pytest.mark.parametrize(("mark", "ids"), [(" ", "hoi-nong-dan"), ("; ", "hoi-nong-dan;ubnd-huyen")])
def test_districts_after_a_name_say_only_where_it_is_unless_a_mark_parts_them(mark: str, ids: str) -> None:
    assert agency_ids(f"Hội Nông dân{mark}các huyện, thị xã", read_vocabulary("province")) == ids


def test_a_misspelt_name_is_found_by_fuzzy_matching() -> None:
    (mention,) = resolve_cell("Sở Nông nghiệpp và Phát trển nông thôn", PROVINCE)
    assert (mention.agency_id, mention.method) == ("so-nong-nghiep-ptnt", "fuzzy")


def _slips(name: str) -> list[str]:
    """A name with one letter changed, dropped or doubled, at every third letter."""
    places = [i for i, c in enumerate(name) if c.isalpha()][::3]
    changed = [name[:i] + "x" + name[i + 1 :] for i in places]
    dropped = [name[:i] + name[i + 1 :] for i in places]
    return changed + dropped + [name[:i] + name[i] + name[i:] for i in places]


def _outcome(slip: str, agency: str) -> str:
    found = [m.agency_id for m in resolve_cell(slip, PROVINCE)]
    return "right" if found == [agency] else "open" if "" in found or not found else "wrong"


def _first(name: str) -> str:
    return next(word for word in words(name) if word != "cac")


def test_names_with_one_slip_mostly_come_back_and_are_hardly_ever_mistaken(tasks: pd.DataFrame) -> None:
    cells = {cell for column in ("leads_text", "coordinating_text") for cell in tasks[column]}
    names = {c[m.start : m.end]: m.agency_id for c in cells for m in find_mentions(c, PROVINCE)}
    slips = [(name, agency, slip) for name, agency in sorted(names.items()) for slip in _slips(name)]
    later = [_outcome(slip, agency) for name, agency, slip in slips if _first(name) == _first(slip)]
    first = [_outcome(slip, agency) for name, agency, slip in slips if _first(name) != _first(slip)]
    assert later.count("right") / len(later) >= 0.8
    assert later.count("wrong") / len(later) <= 0.01
    assert first.count("wrong") == 0


@pytest.mark.parametrize(
    "printed",
    [
        "Bộ Tài chính",
        "Bộ Kế hoạch và Đầu tư",
        "Phòng Nông nghiệp và Phát triển nông thôn",
        "Phòng Tài nguyên và Môi trường",
        "các huyện",
    ],
)
def test_a_body_of_another_level_is_not_guessed(printed: str) -> None:
    assert {m.agency_id for m in resolve_cell(printed, PROVINCE)} == {""}


def test_an_unknown_name_stays_visible() -> None:
    (mention,) = resolve_cell("Tổng công ty Lương thực", PROVINCE)
    assert (mention.agency_id, mention.method) == ("", "unresolved")


@pytest.mark.parametrize(
    ("printed", "ids"),
    [
        ("các Sở, ngành tỉnh", "cac-so-nganh"),
        ("các ngành tỉnh", "cac-so-nganh"),
        ("các ngành", "phong-ban-huyen"),
    ],
)
def test_a_districts_plan_means_the_provinces_bodies_where_it_says_so(printed: str, ids: str) -> None:
    assert agency_ids(printed, DISTRICT) == ids
    assert agency_ids(printed, PROVINCE) == "cac-so-nganh"


def test_the_level_of_the_document_decides_what_ubnd_means() -> None:
    assert agency_ids("Ủy ban nhân dân", DISTRICT) == "ubnd-huyen-don"
    assert agency_ids("Ủy ban nhân dân", PROVINCE) == "ubnd-tinh"


@pytest.mark.parametrize(("cell", "share"), [("Sở Tài chính", 1.0), ("Báo cáo", 0.0), ("Hàng năm", 0.0)])
def test_agency_share_tells_agency_cells(cell: str, share: float) -> None:
    assert agency_share(cell, PROVINCE) == share


def test_every_alias_names_an_agency_of_the_vocabulary() -> None:
    agencies = set(pd.read_csv("data/reference/agencies.csv")["agency_id"])
    assert set(PROVINCE.aliases.values()) | set(DISTRICT.aliases.values()) == agencies


def test_mentions_table_has_one_row_a_name() -> None:
    tasks = pd.DataFrame(
        {
            "task_id": ["t"],
            "locality": ["x"],
            "leads_text": ["Sở Tài chính; Viện Y"],
            "coordinating_text": ["Viện Z"],
        }
    )
    table = mentions_table(tasks, {"x": "province"})
    assert table[["role", "position", "method"]].values.tolist() == [
        ["lead", 1, "alias"],
        ["lead", 2, "unresolved"],
        ["coordinating", 1, "unresolved"],
    ]
