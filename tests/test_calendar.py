"""Tasks and reports in time: the table, what was due before a day, the iCalendar file."""

import builtins
import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare as cp
from compare.cli import main
from compare.due import due_on_day, in_report, parse_day, without_day
from compare.errors import CompareError, SchemaError
from compare.labels import read_labels
from compare.rhythms import month_end
from compare.tables import TABLES
from compare.timelines import find_timeline, parse_timeline

SOURCE = {"source_file": "a.txt", "line_start": 1, "line_end": 2}
ISSUED = pd.DataFrame({"locality": ["a"], "issued_on": ["2023-03-23"]})


def task(n: int, printed: str, **more: Any) -> dict[str, Any]:
    time = parse_timeline(printed)
    times = {"timeline_kind": time.kind, "timeline_start": time.start, "timeline_end": time.end}
    row = dict.fromkeys(TABLES["tasks"].columns, "") | SOURCE | times | {"timeline_text": printed}
    return row | {"task_id": f"a/annex/{n}", "locality": "a", "text": f"Việc {n}", "leads": "so-y-te"} | more


def report(n: int, text: str, period: str, due: str = "", task_id: str = "") -> dict[str, Any]:
    row = dict.fromkeys(TABLES["deadlines"].columns, "") | SOURCE | {"line_start": 3, "line_end": 3}
    said = {"text": text, "period": period, "due": due, "task_id": task_id, "reporter": "so-noi-vu"}
    return row | said | {"deadline_id": f"a/{n}", "locality": "a"}


def calendar(*times: str, reports: tuple[dict[str, Any], ...] = ()) -> pd.DataFrame:
    tasks = pd.DataFrame([task(n, t) for n, t in enumerate(times, 1)], columns=list(TABLES["tasks"].columns))
    return cp.task_calendar(tasks, pd.DataFrame(list(reports), columns=list(TABLES["deadlines"].columns)))


PLACED = [
    ("Quý IV/2020", "one-off", "", "2020-10-01", "2020-12-31", "", "quarter"),
    ("Quý II, III/2023", "one-off", "", "2023-04-01", "2023-09-30", "", "quarter"),
    ("Tháng 02 – 11 năm 2021", "one-off", "", "2021-02-01", "2021-11-30", "", "month"),
    ("Tháng 2/2024", "one-off", "", "2024-02-01", "2024-02-29", "", "month"),
    ("2023", "one-off", "", "2023-01-01", "2023-12-31", "", "year"),
    ("2023 - 2025", "one-off", "", "2023-01-01", "2025-12-31", "", "year"),
    ("Trước ngày 30/6/2023", "one-off", "", "", "2023-06-30", "", "day"),
    ("Từ 2023", "ongoing", "ongoing", "2023-01-01", "", "", ""),
    ("Thường xuyên", "ongoing", "ongoing", "", "", "", ""),
    ("Hàng năm", "recurring", "annual", "", "", "", ""),
    ("trước ngày 15/12 hằng năm", "recurring", "annual", "", "", "12-15", "day"),
    ("Hai năm 01 lần", "recurring", "biennial", "", "", "", ""),
    ("Định kỳ hàng tháng, quý", "recurring", "monthly", "", "", "", ""),
    ("khi cần", "untimed", "", "", "", "", ""),
    ("", "untimed", "", "", "", "", ""),
]


@pytest.mark.parametrize("row", PLACED, ids=[row[0] or "-" for row in PLACED])
def test_a_task_is_placed_by_its_printed_time(row: tuple[str, ...]) -> None:
    columns = ["printed", "kind", "rhythm", "starts_on", "due_on", "due_yearly", "precision"]
    assert calendar(row[0])[columns].values.tolist() == [list(row)]


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        (report(1, "báo cáo trước 15/12 hằng năm", "annual", "12-15"), ["recurring", "annual", "", "12-15"]),
        (
            report(1, "gửi Sở Nội vụ trước 25/11/2024", "once", "11-25"),
            ["one-off", "", "2024-11-25", ""],
        ),
        (report(1, "báo cáo vào tháng 6/2025", "once"), ["one-off", "", "2025-06-30", ""]),
        (report(1, "báo cáo trước ngày 15/11", "once", "11-15"), ["untimed", "", "", ""]),
        (report(1, "định kỳ báo cáo", "regular"), ["recurring", "other", "", ""]),
        (report(1, "báo cáo đột xuất", "on-demand"), ["untimed", "", "", ""]),
        (report(1, "báo cáo Bộ", "annual"), ["recurring", "annual", "", ""]),
    ],
)
def test_a_report_is_placed_by_its_clause(duty: dict[str, Any], expected: list[str]) -> None:
    found = calendar(reports=(duty,))
    assert found[["kind", "rhythm", "due_on", "due_yearly"]].values.tolist() == [expected]


def test_words_for_no_rhythm_are_kept_as_printed() -> None:
    duties = report(1, "Định kỳ báo cáo", "regular"), report(2, "báo cáo đột xuất", "on-demand")
    assert calendar(reports=duties)["printed"].tolist() == ["Định kỳ", "đột xuất"]


def test_the_report_on_what_was_collected_does_not_take_the_day_of_its_task() -> None:
    tasks = pd.DataFrame([task(1, "trước ngày 15/12 hằng năm")])
    duty = report(1, "để tổng hợp, báo cáo Bộ", "annual", task_id="a/annex/1")
    found = cp.task_calendar(tasks, pd.DataFrame([duty])).set_index("event_id")
    assert found["due_yearly"].to_dict() == {"a/annex/1": "12-15", "a/1": ""}


def test_what_was_due_is_counted_to_the_day_before() -> None:
    events = calendar("Trước ngày 30/6/2023", "Quý III/2023", "2023 - 2025", "Hàng năm", "Thường xuyên")
    on_the_day = cp.due_before(events, "30/06/2023")
    after = cp.due_before(events, "2023-10-01")
    assert on_the_day.empty
    assert after[["event_id", "due_on", "precision", "days_before"]].values.tolist() == [
        ["a/annex/1", "2023-06-30", "day", 93],
        ["a/annex/2", "2023-09-30", "quarter", 1],
    ]


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2023-03-24", []), ("2023-12-15", []), ("2023-12-16", ["2023-12-15"]), ("2025-03-01", ["2024-12-15"])],
)
def test_a_yearly_day_is_due_since_the_plan_was_issued(date: str, expected: list[str]) -> None:
    events = calendar("trước ngày 15/12 hằng năm")
    assert cp.due_before(events, date, ISSUED)["due_on"].tolist() == expected


def test_days_of_months_and_quarters_are_due_on_them() -> None:
    duties = (
        report(1, "báo cáo trước ngày 30 hàng tháng", "monthly"),
        report(2, "báo cáo chậm nhất ngày 20 của tháng cuối quý", "quarterly"),
    )
    found = cp.due_before(calendar(reports=duties), "2024-03-10", ISSUED)
    assert found[["event_id", "due_on"]].values.tolist() == [["a/2", "2023-12-20"], ["a/1", "2024-02-29"]]


TOLD = [
    ("trước ngày 15/12 hằng năm", report(1, "trước ngày 15/12 hằng năm", "annual", "12-15", "a/annex/1")),
    ("Trước ngày 30/6/2023", report(1, "báo cáo trước ngày 30/6/2023", "once", "06-30", "a/annex/1")),
    ("Trước ngày 30 hàng tháng", report(1, "báo cáo trước ngày 30 hàng tháng", "monthly", "", "a/annex/1")),
]


@pytest.mark.parametrize(("printed", "duty"), TOLD, ids=["yearly", "once", "monthly"])
def test_a_task_whose_only_day_is_that_of_its_report_is_shown_once(
    printed: str, duty: dict[str, Any]
) -> None:
    events = calendar(printed, printed, reports=(duty,))
    assert in_report(events) == [True, False, False]
    assert sorted(cp.due_before(events, "2024-06-01", ISSUED)["event_id"]) == ["a/1", "a/annex/2"]


def test_a_day_of_the_quarter_in_running_text_is_the_day_of_task_and_report_alike() -> None:
    text = "Báo cáo UBND tỉnh chậm nhất ngày 25 của tháng cuối quý để tổng hợp"
    events = calendar(find_timeline(text), reports=(report(1, text, "quarterly", "", "a/annex/1"),))
    assert (
        events[["kind", "rhythm", "precision"]].to_numpy().tolist() == [["recurring", "quarterly", "day"]] * 2
    )
    assert in_report(events) == [True, False]
    assert cp.due_before(events, "2024-04-01", ISSUED)["due_on"].tolist() == ["2024-03-25"]


def test_a_task_printed_to_the_year_stays_beside_its_report() -> None:
    events = calendar("2023", reports=(report(1, "báo cáo Bộ", "once", "", "a/annex/1"),))
    assert events["due_on"].tolist() == ["2023-12-31"] * 2
    assert in_report(events) == [False, False]


def test_rhythms_without_a_day_are_listed_only_where_asked_for() -> None:
    events = calendar("Hàng năm", "Định kỳ hàng quý")
    assert cp.due_before(events, "2024-05-10", ISSUED).empty
    found = cp.due_before(events, "2024-05-10", ISSUED, assumed=True)
    assert found[["due_on", "precision"]].values.tolist() == [
        ["2023-12-31", "year"],
        ["2024-03-31", "quarter"],
    ]


def test_rhythms_without_a_day_are_told_apart() -> None:
    events = calendar("Hàng năm", "Hai năm 01 lần", "trước ngày 15/12 hằng năm", "2023", "Thường xuyên")
    assert without_day(events)["event_id"].tolist() == ["a/annex/1", "a/annex/2"]
    assert without_day(events, assumed=True)["event_id"].tolist() == ["a/annex/2"]


def test_what_is_due_on_the_day_itself_is_told_apart() -> None:
    events = calendar("2023 - 2025", "2025", "Quý III/2025")
    assert cp.due_before(events, "2025-12-31", ISSUED)["event_id"].tolist() == ["a/annex/3"]
    assert due_on_day(events, "31/12/2025", ISSUED)["event_id"].tolist() == ["a/annex/1", "a/annex/2"]
    assert due_on_day(events, "2026-01-01", ISSUED).empty
    assert due_on_day(events, dt.date.max).empty
    assert len(cp.due_before(events, "2026-01-01", ISSUED)) == 3


@pytest.mark.parametrize("date", ["", "2024", "31/02/2024", "2024-13-01", "1.6.2024", "20240601", "hôm nay"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(SchemaError, match="a day wanted as YYYY-MM-DD or dd/mm/yyyy, found"):
        cp.due_before(calendar("2023"), date)


@given(st.dates())
def test_a_day_is_read_in_both_forms(day: dt.date) -> None:
    assert parse_day(day.isoformat()) == day == parse_day(day.strftime("%d/%m/") + f"{day.year:04d}")


DATES = st.dates(dt.date(2000, 1, 1), dt.date(2039, 12, 31))


@settings(max_examples=25, deadline=None)
@given(DATES, st.sampled_from(["day", "month", "quarter", "year"]))
def test_an_end_that_is_printed_and_read_again_is_the_same(day: dt.date, precision: str) -> None:
    last = {
        "day": day,
        "month": month_end(day.year, day.month),
        "quarter": month_end(day.year, (day.month + 2) // 3 * 3),
        "year": dt.date(day.year, 12, 31),
    }[precision].isoformat()
    found = calendar(read_labels("vi").due(last, precision)).iloc[0]
    assert (found["due_on"], found["precision"]) == (last, precision)
    assert read_labels("vi").due(found["due_on"], found["precision"]) == found["printed"]


@settings(max_examples=40, deadline=None)
@given(DATES, st.sampled_from(["trước ngày {}", "Trước {}", "chậm nhất là {}"]))
def test_a_yearly_day_that_is_printed_and_read_again_is_the_same(day: dt.date, form: str) -> None:
    iso = f"--{day:%m-%d}"
    assert parse_timeline(form.format(read_labels("vi").date(iso))).end == iso


# --- the iCalendar file ---

icalendar = pytest.importorskip("icalendar")
MONTHLY = report(1, "báo cáo trước ngày 30 hàng tháng", "monthly")
QUARTERLY = report(2, "báo cáo chậm nhất ngày 20 của tháng cuối quý", "quarterly")
YEARLY = report(3, "Báo cáo UBND tỉnh, Sở Y tế; trước ngày 15/12 hằng năm", "annual", "12-15", "a/annex/2")
TIMES = ["Quý IV/2023", "trước ngày 15/12 hằng năm", "Hàng năm", "Thường xuyên", ""]
REPORTS = (MONTHLY, QUARTERLY, YEARLY)


def events(content: bytes) -> dict[str, Any]:
    read = icalendar.Calendar.from_ical(content)
    return {str(event["uid"]): event for event in read.walk("VEVENT")}


def test_events_come_back_from_the_file() -> None:
    found = events(cp.calendar_ics(calendar(*TIMES, reports=REPORTS), ISSUED).content)
    starts = {uid.removesuffix("@doi-chieu"): e.decoded("dtstart") for uid, e in found.items()}
    assert starts == {
        "a/annex/1": dt.date(2023, 12, 31),
        "a/1": dt.date(2023, 3, 30),
        "a/2": dt.date(2023, 6, 20),
        "a/3": dt.date(2023, 12, 15),
    }
    first = found["a/annex/1@doi-chieu"]
    assert first.decoded("dtend") == dt.date(2024, 1, 1)
    assert first.decoded("dtstamp") == dt.datetime(2023, 3, 23, tzinfo=dt.UTC)
    assert "Quý IV/2023" in first["description"]
    assert "rrule" not in first
    rules = {uid[:3]: event["rrule"].to_ical().decode() for uid, event in found.items() if "rrule" in event}
    assert rules == {
        "a/1": "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "a/2": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20",
        "a/3": "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=12",
    }


def test_what_has_no_day_is_left_out_and_said() -> None:
    left = cp.calendar_ics(calendar(*TIMES, reports=REPORTS), ISSUED).left_out
    assert left.set_index("event_id")["reason"].to_dict() == {
        "a/annex/2": "in-report",
        "a/annex/3": "no-day",
        "a/annex/4": "open",
        "a/annex/5": "untimed",
    }


@pytest.mark.parametrize(("printed", "duty"), TOLD, ids=["yearly", "once", "monthly"])
def test_the_file_holds_a_day_of_a_report_once(printed: str, duty: dict[str, Any]) -> None:
    found = cp.calendar_ics(calendar(printed, reports=(duty,)), ISSUED)
    assert set(events(found.content)) == {"a/1@doi-chieu"}
    assert found.left_out.to_numpy().tolist() == [["a/annex/1", "in-report"]]


def test_a_plan_of_unknown_issue_has_no_first_time() -> None:
    unknown = ISSUED.assign(issued_on="")
    found = cp.calendar_ics(calendar("2023", reports=REPORTS), unknown)
    assert set(events(found.content)) == {"a/annex/1@doi-chieu"}
    assert found.left_out["reason"].tolist() == ["issue-unknown"] * 3


def test_lines_of_the_file_are_short_whole_and_escaped() -> None:
    text = "Dòng một; dòng hai, ba \\ bốn\n" + "Đối chiếu kế hoạch phát triển " * 9
    table = calendar("2023")
    found = cp.calendar_ics(table, ISSUED, texts={"a/annex/1": text}).content
    assert found.endswith(b"\r\n")
    assert found.count(b"\n") == found.count(b"\r\n")
    assert max(len(line) for line in found.split(b"\r\n")) <= 75
    assert all(line.decode("utf-8") is not None for line in found.split(b"\r\n"))
    for mark in (b"\\; ", b"\\, ", b"\\\\"):
        assert mark in found
    assert str(events(found)["a/annex/1@doi-chieu"]["description"]).startswith(text.rstrip()[:200])


def test_the_same_tables_give_the_same_bytes() -> None:
    table = calendar(*TIMES, reports=REPORTS)
    assert cp.calendar_ics(table, ISSUED).content == cp.calendar_ics(table.copy(), ISSUED).content


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "icalendar":
            raise ImportError(name)
        return known(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CompareError, match=r"icalendar wanted for a calendar file.*\[calendar\]"):
        cp.calendar_ics(calendar("2023"), ISSUED)


# --- the command ---


def test_the_command_writes_a_file_and_lists_what_was_due(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "new" / "plans.ics"
    command = ["calendar", "--processed", str(built), "--locality", "dong-nai", "gia-lai"]
    assert main([*command, "--file", str(place), "--due-before", "01/06/2024"]) == 0
    said = capsys.readouterr().out
    assert "2023-12-15  day      dong-nai/1" in said
    assert "dong-nai/implementation/IV.1.a" not in said
    assert "ha-tinh" not in said
    assert f"events -> {place}" in said
    assert "left out" in said
    assert len(events(place.read_bytes())) == int(said.split(" events")[0].split("\n")[-1])
    assert main(command) == 0
    assert "gia-lai, reports:" in capsys.readouterr().out


def test_the_command_says_what_its_list_leaves_out(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["calendar", "--processed", str(built), "--locality", "gia-lai", "--due-before"]
    assert main([*command, "2025-12-31"]) == 0
    said = capsys.readouterr().out
    more = int(said.split(" more due on 2025-12-31 itself")[0].split("\n")[-1])
    assert main([*command, "2026-01-01"]) == 0
    after = capsys.readouterr().out
    assert after.count("2025-12-31") == more > 0
    assert "itself" not in after
    assert "not listed: they come again on no printed day (--assumed" in after
    assert main([*command, "2026-01-01", "--assumed"]) == 0
    assert "on no printed day" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--due-before", "mai"], "found 'mai'"),
        (["--locality", "hue"], "unknown locality 'hue'; accepted: dak-nong"),
    ],
)
def test_the_command_names_what_it_cannot_read(
    built: Path, capsys: pytest.CaptureFixture[str], more: list[str], message: str
) -> None:
    assert main(["calendar", "--processed", str(built), *more]) == 2
    assert message in capsys.readouterr().err


def test_every_task_and_duty_of_the_five_plans_is_in_the_calendar(
    tasks: pd.DataFrame, documents: list[Any]
) -> None:
    duties = cp.extract_deadlines(documents, tasks)
    found = cp.task_calendar(tasks.sample(frac=1, random_state=1), duties.sample(frac=1, random_state=2))
    assert set(found["event_id"]) == {*tasks["task_id"], *duties["deadline_id"]}
    pd.testing.assert_frame_equal(found, cp.task_calendar(tasks, duties))
