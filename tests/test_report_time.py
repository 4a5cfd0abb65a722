"""What falls due when, in figures, sections and the file for a calendar program."""

import re

import pandas as pd
import pytest

from compare.errors import ReportError
from compare.figures import Names, plot_due, plot_rhythms, plot_schedule, plot_year
from compare.figures.due_counts import TIMES, WAYS, due_counts, rhythm_counts, way_counts, yearly_days
from compare.ics import calendar_ics
from compare.report import calendar as calendar_section
from compare.report import duties, open_report
from compare.report.blocks import Fragment
from compare.report.inputs import open_inputs
from compare.report.packed import unpack
from compare.report.parameters import check_parameters
from compare.tables import TABLES
from report_tables import data, report_tables

PLACES = Names(localities={"a": "Nơi <A>", "b": "Nơi B"})


def _calendar(*rows: dict[str, object]) -> pd.DataFrame:
    """Make a calendar; what a row does not say is empty, its locality a, its source a task."""
    empty = dict.fromkeys(TABLES["calendar"].columns, "") | {"line_start": 1, "line_end": 1}
    known = {"locality": "a", "source": "task", "title": "Việc <b>"}
    return pd.DataFrame([empty | known | {"event_id": f"a/{n}"} | row for n, row in enumerate(rows)])


def _once(due_on: str, precision: str, locality: str = "a") -> dict[str, object]:
    return {"kind": "one-off", "due_on": due_on, "precision": precision, "locality": locality}


EVENTS = _calendar(
    _once("2021-03-31", "quarter"),
    _once("2021-02-28", "month"),
    _once("2021-12-31", "year"),
    _once("2021-12-31", "quarter", "b"),
    {"kind": "recurring", "rhythm": "annual", "due_yearly": "12-15", "precision": "day", "task_id": "t"},
    {"kind": "recurring", "rhythm": "annual", "due_yearly": "12-15", "precision": "day", "task_id": "t", "source": "report"},
    {"kind": "recurring", "rhythm": "monthly", "locality": "b"},
    {"kind": "ongoing", "rhythm": "ongoing", "locality": "b"},
    {"kind": "untimed", "locality": "b"},
    {"kind": "untimed", "source": "report"},
)  # fmt: skip


# Numbers


def test_what_is_printed_to_the_year_is_counted_apart() -> None:
    counts = due_counts(EVENTS)
    assert list(counts.index) == [
        ("2021-03-31", "quarter"),
        ("2021-12-31", "quarter"),
        ("2021-12-31", "year"),
    ]
    assert counts.to_numpy().tolist() == [[2, 0], [0, 1], [1, 0]]


def test_no_task_that_is_due_once_is_lost() -> None:
    counts = due_counts(_calendar(_once("", ""), _once("2030-12-31", "year"), {"kind": "untimed"}))
    assert list(counts.index) == [("2030-12-31", "year"), ("", "")]
    assert counts.to_numpy().sum() == 2


def test_kinds_of_time_are_those_of_the_calendar_and_all_counted() -> None:
    columns = TABLES["calendar"].columns
    assert set(WAYS) == set(columns["kind"].values)
    assert set(TIMES) == {*columns["rhythm"].values, "one-off", "untimed"} - {""}
    assert way_counts(EVENTS).T.to_numpy().tolist() == [[3, 1, 0, 0], [1, 1, 1, 1]]


def test_rhythms_of_one_locality_hold_tasks_beside_reports() -> None:
    counts = rhythm_counts(EVENTS, "a")
    assert list(counts.index) == ["one-off", "annual", "untimed"]
    assert counts.to_numpy().tolist() == [[3, 0], [1, 1], [0, 1]]
    assert rhythm_counts(EVENTS).to_numpy().sum() == (EVENTS["source"] == "task").sum()


def test_a_task_that_only_holds_a_report_has_no_day_of_its_own() -> None:
    assert yearly_days(EVENTS)["source"].tolist() == ["report"]
    alone = EVENTS[EVENTS["source"] == "task"]
    assert yearly_days(alone)["source"].tolist() == ["task"]


# Figures


FIGURES = {
    "due": plot_due(EVENTS, names=PLACES),
    "rhythms": plot_rhythms(EVENTS, locality="a", names=PLACES),
    "ways": plot_rhythms(EVENTS, names=PLACES),
    "year": plot_year(EVENTS, locality="a", names=PLACES),
}


@pytest.mark.parametrize(("name", "n"), [("due", 4), ("rhythms", 6), ("ways", 8), ("year", 1)])
def test_a_figure_says_how_many_and_keeps_text_as_text(name: str, n: int) -> None:
    figure = FIGURES[name]
    assert f"(n = {n} " in figure.layout.title.text
    assert figure.layout.annotations[0].text.startswith("Nguồn: ")
    assert not {"<A>", "Việc <b>"} & set(re.findall("<A>|Việc <b>", str(figure.to_plotly_json())))


def test_figures_ignore_the_order_of_rows() -> None:
    again = EVENTS.iloc[::-1]
    assert plot_due(again, names=PLACES) == FIGURES["due"]
    assert plot_rhythms(again, names=PLACES) == FIGURES["ways"]
    assert plot_year(again, locality="a", names=PLACES) == FIGURES["year"]


def test_shares_of_a_locality_are_of_its_tasks() -> None:
    assert [list(bar.x) for bar in FIGURES["ways"].data] == [[75, 25], [25, 25], [0, 25], [0, 25]]
    assert list(FIGURES["ways"].data[2].text) == ["", "25%"]


def test_days_of_the_same_month_share_a_label() -> None:
    rows = [
        {"kind": "recurring", "source": "report", "due_yearly": day} for day in ("12-20", "12-18", "06-30")
    ]
    june, december = plot_year(_calendar(*rows)).data
    assert [list(mark.text) for mark in (june, december)] == [["  30/06"], ["18/12, 20/12  ", ""]]
    assert june.x[0] == pytest.approx(6 + 29 / 31)


def test_years_of_the_schedule_do_not_touch_on_a_narrow_screen() -> None:
    rows = pd.DataFrame(
        {"task_id": ["t"], "locality": "a", "text": "x", "timeline_start": ["2020"], "timeline_end": ["2025"]}
    )
    figure = plot_schedule(rows)
    assert list(figure.layout.xaxis.ticktext) == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert figure.layout.meta["narrow"]["columns"] == ["2020", "", "2022", "", "2024", ""]
    long = plot_schedule(rows.assign(timeline_end="2050")).layout.xaxis.ticktext
    assert [year for year in long if year] == [str(year) for year in range(2020, 2051, 4)]


def test_figures_stand_without_any_event() -> None:
    none = EVENTS.iloc[:0]
    assert plot_due(none).data
    assert plot_rhythms(none, locality="a").layout.title.text
    assert plot_rhythms(none).layout.title.text
    assert not plot_year(none).data


# Sections


def _html(section: str, locality: str = "gia-lai", **parameters: object) -> str:
    blocks = open_report(locality, processed=data(), **parameters).blocks(section)
    return "\n".join(block.html for block in blocks if isinstance(block, Fragment))


def test_the_calendar_counts_what_has_no_time() -> None:
    tasks = report_tables()["calendar"]
    own = tasks[(tasks["locality"] == "gia-lai") & (tasks["source"] == "task")]
    none = int((own["kind"] == "untimed").sum())
    assert f"Trong {len(own)} nhiệm vụ: " in _html("calendar")
    assert f"{none} nhiệm vụ (" in _html("calendar")


@pytest.mark.parametrize(
    ("one_off", "recurring", "untimed", "said"),
    [
        (
            6,
            15,
            16,
            "Trong 37 nhiệm vụ: 6 đến hạn một lần và 15 lặp lại; 16 nhiệm vụ (43%) không ghi thời gian thực hiện.",
        ),
        (0, 15, 0, "Cả 15 nhiệm vụ đều lặp lại."),
        (1, 2, 0, "Trong 3 nhiệm vụ: 1 đến hạn một lần và 2 lặp lại; nhiệm vụ nào cũng ghi thời gian."),
        (0, 0, 4, "Không nhiệm vụ nào trong 4 nhiệm vụ ghi thời gian."),
    ],
)
def test_kinds_of_time_that_no_task_has_are_left_out(
    one_off: int, recurring: int, untimed: int, said: str
) -> None:
    ways = pd.Series({"one-off": one_off, "recurring": recurring, "ongoing": 0, "untimed": untimed})
    assert calendar_section._counted(ways, open_inputs(data())) == said


def test_duties_that_are_all_alike_are_said_as_one() -> None:
    rows = [_duty("annual"), _duty("annual")]
    said = [duties._summary(rows[:n], open_inputs(data())) for n in (1, 2)]
    assert said[0] == "Văn bản có 1 yêu cầu báo cáo, lặp lại nhưng không in ngày."
    assert said[1].startswith("Cả 2 yêu cầu báo cáo")


def test_a_duty_is_said_with_whom_via_whom_and_by_when() -> None:
    html = _html("duties")
    assert "Các sở: mỗi năm phải báo cáo UBND tỉnh, qua Sở KH&amp;ĐT, hạn 15/12" in html
    assert "(văn bản ghi “trước ngày 15/12 hằng năm”)" in html
    assert "15/12 hằng năm; khi được yêu cầu hoặc có vướng mắc" in html
    sentence, rows = html.split("<tbody>")
    assert rows.count('class="lines"') == 1  # one clause, though it has two rhythms
    assert 'class="lines" href="#L18" data-marks=' in sentence


def test_whoever_passes_a_report_on_is_said_once() -> None:
    first = {
        "task_id": "t",
        "line_start": 5,
        "via_id": "v",
        "reporter": "r",
        "due": "12-15",
        "period": "annual",
        "stated": 0,
    }
    onward = first | {"via_id": "", "reporter": "v", "due": ""}
    other = onward | {"line_start": 9}
    assert duties._onward([first, onward, other]) == [onward]


@pytest.mark.parametrize(
    ("period", "due", "stated", "kind"),
    [
        ("annual", "12-15", 0, "dated"),
        ("half-yearly", "06-30", 0, "dated"),
        ("quarterly", "", 25, "dated"),
        ("annual", "", 0, "undated"),
        ("regular", "", 0, "undated"),
        ("on-demand", "", 0, "asked"),
        ("once", "06-30", 0, "once"),
        ("", "", 0, "unsaid"),
    ],
)
def test_duties_are_told_apart_by_how_firmly_their_time_is_said(
    period: str, due: str, stated: int, kind: str
) -> None:
    assert duties._kind({"period": period, "due": due, "stated": stated}) == kind


def _duty(period: str, due: str = "", **more: object) -> dict[str, object]:
    row = {
        "due_on": "",
        "precision": "day",
        "printed": "in ra",
        "stated": 0,
        "via": "",
        "reporter_text": "Sở X",
    }
    return row | {"period": period, "due": due, "report_to": "UBND tỉnh"} | more


def test_a_day_of_a_month_or_quarter_is_written_with_its_rhythm() -> None:
    report = open_report("gia-lai", processed=data()).inputs
    rows = _duty("quarterly", stated=25), _duty("monthly", stated=30), _duty("half-yearly", "06-05")
    assert [duties._when(row, report) for row in rows] == [
        "hằng quý, ngày 25 của tháng cuối quý",
        "hằng tháng, ngày 30",
        "sáu tháng một lần, 05/06",
    ]


SENTENCES = [
    (_duty("annual", "12-15"), "Sở X: mỗi năm phải báo cáo UBND tỉnh, hạn 15/12 (văn bản ghi “in ra”)."),
    (_duty("half-yearly", "06-05"), "Sở X: mỗi năm phải báo cáo UBND tỉnh, hạn 05/06 "),
    (_duty("quarterly", stated=25), "Sở X: hằng quý phải báo cáo UBND tỉnh, hạn ngày 25 của tháng cuối quý "),
    (_duty("monthly", stated=30, via="Sở Y"), "hằng tháng phải báo cáo UBND tỉnh, qua Sở Y, hạn ngày 30 "),
    (_duty("once", "11-25", due_on="2024-11-25"), "một lần phải báo cáo UBND tỉnh, hạn 25/11/2024 "),
    (
        _duty("once", due_on="2025-06-30", precision="month"),
        "một lần phải báo cáo UBND tỉnh, hạn tháng 6/2025 ",
    ),
]


@pytest.mark.parametrize(("row", "said"), SENTENCES)
def test_every_printed_day_of_a_duty_has_a_sentence(row: dict[str, object], said: str) -> None:
    assert duties._said(row)
    assert said in duties._sentence(row, open_report("gia-lai", processed=data()).inputs)


def test_a_year_alone_or_a_rhythm_without_a_day_has_no_sentence() -> None:
    year = _duty("once", due_on="2025-12-31", precision="year")
    rest = _duty("once"), _duty("quarterly"), _duty("on-demand"), _duty("")
    assert not any(duties._said(row) for row in (year, *rest))


def test_the_days_of_the_year_are_counted_of_all_plans() -> None:
    assert "(n = 1 hạn của tất cả các văn bản)" in plot_year(EVENTS, locality="b").layout.title.text


def test_what_was_due_is_shown_only_where_a_day_is_given() -> None:
    assert 'id="due"' not in _html("calendar")
    html = _html("calendar", before="15/12/2024")
    assert "Đã đến hạn trước ngày 15/12/2024" in html
    assert ">15/12/2023</th>" in html  # due on the day itself is not yet due before it
    assert "15/12/2024</th>" not in html
    assert open_report("gia-lai", processed=data(), before="15/12/2024").parameters["before"] == "2024-12-15"
    assert 'id="due"' in _html("calendar", "", before="2024-12-15")


def test_a_task_and_its_report_are_due_once() -> None:
    html = _html("calendar", before="2024-12-16")
    assert html.count(">15/12/2024</th>") == 1


def test_nothing_due_is_said() -> None:
    assert "Không có mục nào có ngày đến hạn trước 01/01/1990" in _html("calendar", before="1990-01-01")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ReportError, match="parameter 'before': a day wanted .* found 'soon'"):
        open_report("gia-lai", processed=data(), before="soon")
    with pytest.raises(ReportError, match="found '2025-13-01'"):
        check_parameters({"before": "2025-13-01"}, {"before": ""})
    assert check_parameters({"before": "1/6/2025"}, {"before": ""}) == {"before": "2025-06-01"}


def test_the_page_holds_the_calendar_file() -> None:
    report = open_report("gia-lai", processed=data())
    (block,) = [b for b in report.blocks("calendar") if isinstance(b, Fragment) and b.script]
    found = re.search(r'data-bytes="(\d+)">([^<]+)</script>', block.html)
    text = unpack(found[2], int(found[1]))
    own = report.inputs["calendar"].query("locality == 'gia-lai'")
    names = {**report.inputs.names.agencies, **report.inputs.names.localities}
    assert text == calendar_ics(own, report.inputs["documents"], names).content
    assert text.count(b"BEGIN:VEVENT") > 1
    assert 'data-name="gia-lai.ics"' in block.html


def test_the_overview_names_who_prints_a_day_and_who_does_not() -> None:
    html = _html("duties", "")
    assert "Ngày báo cáo hằng năm in trong văn bản: Đắk Nông 15/12; Đồng Nai 15/12; Gia Lai 15/12" in html
    assert 'href="gia-lai.html#duties"' in html
