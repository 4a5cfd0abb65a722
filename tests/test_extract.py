"""Extraction as a whole: metadata, corrections, counts, and the five plans."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.agencies import mentions_table
from compare.document_numbers import cited_numbers
from compare.documents import Document
from compare.errors import ExtractionError
from compare.extract import Extraction, blank_lines, document_lines
from compare.normalise import add_unresolved, pillar_of

BACKTESTS = Path(__file__).parent / "backtests"
ROWS = "PHỤ LỤC\n\nSTT\tNhiệm vụ\tCơ quan chủ trì\n1\tXây dựng kế hoạch\tSở Tài chin\n"
CORRECTIONS = "task_id,column,found,value,reason\n"


def test_the_head_of_a_document_is_read(plan: Callable[..., Document]) -> None:
    head = [
        "Số: 655/KH-UBND",
        "Gia Lai, ngày 3 tháng 03 năm 2023",
        "KẾ HOẠCH",
        "Triển khai Chương trình số 46- CTr/TU ngày 09/12/2022",
        "Thực hiện Nghị quyết số 20-NQ/TW, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
        "I. MỤC ĐÍCH",
    ]
    (row,) = cp.documents_table([plan("\n\n".join(head))]).to_dict("records")
    assert (row["number"], row["issued_on"], row["issuer"]) == (
        "655/KH-UBND",
        "2023-03-03",
        "Ủy ban nhân dân tỉnh",
    )
    assert row["implements"] == "20-NQ/TW;46-CTr/TU"
    assert row["title"] == "KẾ HOẠCH Triển khai Chương trình số 46- CTr/TU ngày 09/12/2022"


def test_blanks_of_the_head_stay_blank_and_partial_dates_partial(
    plan: Callable[..., Document],
) -> None:
    (row,) = cp.documents_table([plan("Số: /KH-UBND\n\nHà Tĩnh, ngày tháng năm 2022\n\nKẾ HOẠCH\n")]).to_dict(
        "records"
    )
    assert (row["number"], row["issued_on"]) == ("", "2022")


def test_the_line_under_the_annex_fills_a_blank_head(plan: Callable[..., Document]) -> None:
    text = "KẾ HOẠCH\n\nPHỤ LỤC\n\n(Kèm theo Kế hoạch số 485/KH-UBND ngày 11/9/2020 của UBND tỉnh)\n"
    (row,) = cp.documents_table([plan(text)]).to_dict("records")
    assert (row["number"], row["issued_on"]) == ("485/KH-UBND", "2020-09-11")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nghị quyết số 20-NQ/TW ngày 16/6/2022", ["20-NQ/TW"]),
        ("Chương trình số 17- CTr/TU", ["17-CTr/TU"]),
        (
            "Nghị định số 98/2018/NĐ-CP; Nghị quyết 56/2021/NQ-HĐND",
            ["98/2018/NĐ-CP", "56/2021/NQ-HĐND"],
        ),
        ("20 Hội nghị/năm, 01-02 mô hình, ngày 15/12", []),
    ],
)
def test_cited_numbers(text: str, numbers: list[str]) -> None:
    assert cited_numbers(text) == numbers


def test_a_correction_is_applied_and_listed(plan: Callable[..., Document]) -> None:
    entry = "gia-lai/annex/1,leads,Sở Tài chin,so-tai-chinh,in sai\n"
    extraction = cp.extract_documents([plan(ROWS, corrections=CORRECTIONS + entry)])
    (task,) = cp.normalise_tasks(extraction.tasks).to_dict("records")
    assert (task["leads"], task["leads_text"], task["defects"]) == (
        "so-tai-chinh",
        "Sở Tài chin",
        "corrected",
    )
    (defect,) = extraction.defects.to_dict("records")
    assert defect["detail"] == "leads: Sở Tài chin -> so-tai-chinh; in sai"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "gia-lai/annex/9,leads,x,y,r",
            r"corrections\.csv, line 2: task 'gia-lai/annex/9' wanted.*accepted: gia-lai/annex/1",
        ),
        (
            "gia-lai/annex/1,colour,x,y,r",
            "column 'colour' cannot be corrected; accepted: coordinating",
        ),
        (
            "gia-lai/annex/1,leads,Sở Tài chính,y,r",
            "made for 'Sở Tài chính', but the document says 'Sở Tài chin'",
        ),
        ("gia-lai/annex/1,leads,Sở Tài chin,y,", "a reason wanted, found none"),
        (
            "gia-lai/annex/1,leads,Sở Tài chin,so-tai-chin,r",
            "leads cannot be 'so-tai-chin'; accepted: .*so-tai-chinh",
        ),
        ("gia-lai/annex/1,timeline_kind,,soon,r", "timeline_kind cannot be 'soon'; accepted: , annual"),
        (
            "gia-lai/annex/1,timeline_end,,30/6/2023,r",
            "timeline_end cannot be '30/6/2023'; accepted: .*2025-06-30",
        ),
        ("gia-lai/annex/1,pillar,0,9,r", "pillar cannot be '9'; accepted: 0, 1"),
        ("gia-lai/annex/1,lead_inferred,False,yes,r", "lead_inferred cannot be 'yes'; accepted: False, True"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    plan: Callable[..., Document], entry: str, message: str
) -> None:
    with pytest.raises(ExtractionError, match=message):
        cp.extract_documents([plan(ROWS, corrections=CORRECTIONS + entry + "\n")])


@pytest.mark.parametrize(
    ("column", "found", "value", "held"),
    [
        ("pillar", "0", "3", 3),
        ("lead_inferred", "False", "True", True),
        ("timeline_kind", "", "deadline", "deadline"),
        ("timeline_start", "", "2023", "2023"),
        ("timeline_end", "", "2023-06", "2023-06"),
        ("coordinating", "", "so-noi-vu;so-y-te", "so-noi-vu;so-y-te"),
    ],
)
def test_a_corrected_value_is_cast_and_kept(
    plan: Callable[..., Document], column: str, found: str, value: str, held: object
) -> None:
    entry = f"gia-lai/annex/1,{column},{found},{value},in sai\n"
    (task,) = cp.normalise_tasks(cp.extract_tasks([plan(ROWS, corrections=CORRECTIONS + entry)])).to_dict(
        "records"
    )
    assert task[column] == held


def test_normalising_twice_changes_nothing(tasks: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(cp.normalise_tasks(tasks), tasks)


def test_the_order_of_documents_does_not_matter(documents: list[Document], extraction: Extraction) -> None:
    again = cp.extract_documents(documents[::-1])
    pd.testing.assert_frame_equal(again.tasks, extraction.tasks)
    pd.testing.assert_frame_equal(again.defects, extraction.defects)


@pytest.mark.parametrize(
    ("title", "pillar"),
    [
        ("Nhận thức đúng, đầy đủ về bản chất, vị trí, vai trò", 1),
        ("Tiếp tục đổi mới, hoàn thiện cơ chế, chính sách khuyến khích", 2),
        ("Đổi mới, nâng cao chất lượng, hiệu quả hoạt động của các tổ chức", 3),
        ("Nâng cao hiệu lực, hiệu quả quản lý của nhà nước", 4),
        ("Củng cố, nâng cao chất lượng, hiệu quả hoạt động của Liên minh Hợp tác xã tỉnh", 5),
        ("Kinh phí", 0),
    ],
)
def test_a_section_s_title_names_its_pillar(title: str, pillar: int) -> None:
    assert pillar_of(title, cp.read_reference()) == pillar


def test_the_five_heads_are_read_as_by_eye(documents: list[Document]) -> None:
    recorded = pd.read_csv(BACKTESTS / "documents.csv", dtype=str, keep_default_na=False)
    found = cp.documents_table(documents).astype(str)[list(recorded.columns)]
    pd.testing.assert_frame_equal(found, recorded)


def test_the_lines_of_a_head_print_what_was_read_from_them(documents: list[Document]) -> None:
    table = cp.documents_table(documents).set_index("locality")
    for plan in documents:
        found, row = document_lines(plan), table.loc[plan.locality]
        assert found.keys() == {f for f in ("number", "issued_on", "issuer", "title") if row[f]}
        printed = {f: " ".join(" ".join(plan.lines[a - 1 : b]).split()) for f, (a, b) in found.items()}
        for fact in {"number", "issuer"} & found.keys():
            assert row[fact].replace(" ", "") in printed[fact].replace(" ", ""), (plan.locality, fact)
        assert all(word in printed["title"] for word in row["title"].split())
        assert "issued_on" not in printed or row["issued_on"][:4] in printed["issued_on"]


def test_blank_number_and_date_have_the_lines_of_their_blanks(plan: Callable[..., Document]) -> None:
    rest = ["KẾ HOẠCH", "Phát triển kinh tế tập thể", "I. MỤC ĐÍCH"]
    blank = plan("\n\n".join(["Số: /KH-UBND", "Gia Lai, ngày tháng năm", *rest]))
    assert blank_lines(blank) == {"number": (1, 1), "issued_on": (3, 3)}
    assert blank_lines(plan("\n\n".join(["Số: 655/KH-UBND", *rest]))) == {}


def test_blanks_of_the_five_plans(documents: list[Document]) -> None:
    found = {plan.locality: lines for plan in documents if (lines := blank_lines(plan))}
    assert found == {"ha-tinh": {"number": (3, 3)}}


def test_counts_of_the_corpus_are_those_of_the_documents(tasks: pd.DataFrame) -> None:
    counted = tasks.groupby(["locality", "part"]).size().rename("n_tasks").reset_index()
    recorded = pd.read_csv(BACKTESTS / "counts.csv")
    pd.testing.assert_frame_equal(counted, recorded, check_dtype=False)


def test_annex_numbering_is_unbroken_and_reaches_the_printed_totals(
    documents: list[Document], tasks: pd.DataFrame
) -> None:
    counts = cp.check_counts(documents, tasks)
    annex = counts[counts["part"] == "annex"]
    running = annex[annex["locality"] == "gia-lai"]["found"].cumsum()
    others = annex[annex["locality"] != "gia-lai"]
    assert others["found"].tolist() == others["last_number"].astype(int).tolist()
    assert running.tolist() == annex[annex["locality"] == "gia-lai"]["last_number"].astype(int).tolist()
    assert annex.groupby("locality")["found"].sum()["dak-nong"] == int(annex["printed_total"].max())


def test_every_printed_agency_has_an_id(tasks: pd.DataFrame) -> None:
    assert not tasks["defects"].str.contains("agency-unresolved").any()


def test_a_name_without_an_id_is_a_damaged_place_of_its_task(plan: Callable[..., Document]) -> None:
    table = "STT\tNhiệm vụ\tCơ quan chủ trì\n1\tMở lớp\tSở Du lịch, Sở Tài chính\n2\tMở hội\tSở Tài chính"
    found = cp.extract_documents([plan(f"PHỤ LỤC\n\n{table}")])
    tasks = cp.normalise_tasks(found.tasks)
    mentions = mentions_table(tasks, {"gia-lai": "province"})
    (row,) = add_unresolved(found.defects, tasks, mentions).to_dict("records")
    assert (row["kind"], row["task_id"], row["detail"], row["repaired"], row["line_start"]) == (
        *("agency-unresolved", "gia-lai/annex/1", "Sở Du lịch", False),
        4,
    )


def _reading() -> pd.DataFrame:
    """A reading of the documents by eye, without the program; what a second reader settled differently."""
    reading = pd.read_csv(BACKTESTS / "reading.csv", dtype=str, keep_default_na=False)
    settled = pd.read_csv(BACKTESTS / "settled.csv", dtype=str, keep_default_na=False)
    table = reading.set_index("task_id", drop=False)
    for entry in settled.itertuples():
        assert table.at[entry.task_id, entry.field] == entry.read
        table.at[entry.task_id, entry.field] = entry.settled
    return table


def _fields(table: pd.DataFrame) -> pd.DataFrame:
    return table.map(lambda value: " ".join(str(value).split()))


@pytest.mark.parametrize(
    "field",
    [
        "number",
        "section_title",
        "pillar",
        "text",
        "leads",
        "coordinating",
        "leads_text",
        "coordinating_text",
        "lead_inferred",
        "submit_to",
        "product",
        "timeline_text",
        "timeline_kind",
        "timeline_start",
        "timeline_end",
        "note",
        "line_start",
        "line_end",
    ],
)
def test_extraction_agrees_with_a_careful_reading(tasks: pd.DataFrame, field: str) -> None:
    reading = _reading()
    assert tasks["task_id"].tolist() == reading["task_id"].tolist()
    agree = _fields(tasks)[field].to_numpy() == _fields(reading)[field].to_numpy()
    assert agree.mean() >= 0.97, tasks.loc[~agree, "task_id"].tolist()


# What damage did to single rows, and what they say when it is undone: (file and line, task, field, value).
MENDED = [
    ("dong-nai.txt:142-144", "dong-nai/annex/II.4", "text", "ngân sách nhà nước trong việc hỗ trợ"),
    ("dong-nai.txt:149", "dong-nai/annex/II.8", "leads", "so-cong-thuong"),
    ("dong-nai.txt:149", "dong-nai/annex/II.8", "coordinating", "cac-so-nganh;ubnd-huyen"),
    ("dong-nai.txt:153", "dong-nai/annex/III.1", "timeline_kind", "annual"),
    ("dong-nai.txt:157", "dong-nai/annex/III.3", "coordinating", "cac-so-nganh;ubnd-huyen"),
    ("dong-nai.txt:158", "dong-nai/annex/III.4", "timeline_text", "Hàng năm"),
    (
        "dong-nai.txt:160",
        "dong-nai/annex/III.5",
        "leads",
        "cac-so-nganh;ubnd-huyen;doanh-nghiep-nha-nuoc",
    ),
    ("dong-nai.txt:168", "dong-nai/annex/IV.5", "leads", "so-nong-nghiep-ptnt"),
    (
        "dong-nai.txt:172",
        "dong-nai/annex/IV.7",
        "coordinating_text",
        "Các cơ quan, đơn vị có liên quan.",
    ),
    (
        "dong-nai.txt:177-179",
        "dong-nai/annex/V.2",
        "text",
        "tổ chức kinh tế tập thể phát triển vung mạnh",
    ),
    ("dong-nai.txt:179-180", "dong-nai/annex/V.3", "leads", "lien-minh-htx"),
    ("dong-nai.txt:176", "dong-nai/annex/V.1", "leads", "mttq;to-chuc-ctxh;to-chuc-xhnn"),
    ("dong-nai.txt:79", "dong-nai/body/II.4.d(2)", "text", "Tăng cường tính công khai"),
    (
        "gia-lai.txt:187-190",
        "gia-lai/annex/14",
        "submit_to",
        "Cấp có thẩm quyền; Chi nhánh Ngân hàng NN tỉnh",
    ),
    ("gia-lai.txt:203-206", "gia-lai/annex/24", "product", "theo nhiệm vụ cấp trên giao"),
    ("gia-lai.txt:225-228", "gia-lai/annex/38", "leads", "so-ke-hoach-dau-tu"),
    ("gia-lai.txt:225-228", "gia-lai/annex/38", "timeline_text", "2023 - 2025"),
    (
        "gia-lai.txt:107",
        "gia-lai/body/II.4.a-1",
        "leads",
        "so-ke-hoach-dau-tu;cac-so-nganh;ubnd-huyen",
    ),
    ("ha-tinh.txt:59-61", "ha-tinh/annex/2.1", "text", "của tỉnh. - Tăng cường xúc tiến đầu tư"),
    (
        "dak-nong.txt:135",
        "dak-nong/annex/I.1",
        "section_title",
        "Về tuyên truyền nâng cao nhận thức về KTTT, HTX",
    ),
    ("dak-nong.txt:135", "dak-nong/annex/I.1", "timeline_kind", "ongoing"),
    ("dak-nong.txt:142", "dak-nong/annex/I.6", "product", "Văn bản hướng dẫn"),
    ("dak-nong.txt:147", "dak-nong/annex/II.2", "leads", "lien-minh-htx"),
    ("dak-nong.txt:162", "dak-nong/annex/IV.6", "timeline_start", "2021-02"),
    ("dak-nong.txt:162", "dak-nong/annex/IV.6", "leads", "so-nong-nghiep-ptnt"),
    (
        "dak-nong.txt:165",
        "dak-nong/annex/IV.7",
        "product",
        "Xây dựng các mô hình HTX sản xuất theo chuỗi giá trị",
    ),
    (
        "dak-nong.txt:167",
        "dak-nong/annex/IV.9",
        "product",
        "Đề án xúc tiến thương mại/kế hoạch được duyệt",
    ),
    ("dak-nong.txt:172", "dak-nong/annex/IV.12", "leads", "lien-minh-htx"),
    ("dak-nong.txt:174", "dak-nong/annex/IV.14", "leads", "lien-minh-htx"),
    ("dak-nong.txt:178", "dak-nong/annex/IV.16", "product", "Báo cáo"),
    ("dak-nong.txt:186", "dak-nong/annex/V.4", "leads", "ubnd-huyen"),
    (
        "go-cong-tay.txt:90-92",
        "go-cong-tay/body/IV.2.2",
        "text",
        "đối với các tổ chức kinh tế tập thể chuyển đổi",
    ),
]


@pytest.mark.parametrize(("place", "task_id", "field", "value"), MENDED)
def test_a_damaged_place_is_mended(
    tasks: pd.DataFrame, place: str, task_id: str, field: str, value: str
) -> None:
    row = tasks.set_index("task_id").loc[task_id]
    first = int(place.split(":")[1].split("-", maxsplit=1)[0])
    assert value in str(row[field]), place
    assert row["line_start"] <= first <= row["line_end"] or field == "leads"
