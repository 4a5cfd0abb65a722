"""Figures: what they show, that they say what they are, and that text of documents stays text."""

import json
from collections.abc import Callable
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

import compare as cp
from compare.figures import (
    Names,
    load_reading,
    plot_citations,
    plot_concentration,
    plot_coverage,
    plot_due,
    plot_gaps_by_pillar,
    plot_link_flow,
    plot_links,
    plot_rhythms,
    plot_schedule,
    plot_scores,
    plot_targets,
    plot_tasks_by_pillar,
    plot_workload,
    plot_year,
)
from compare.figures.counts import (
    agency_loads,
    gap_counts,
    load_counts,
    score_counts,
    score_limits,
    status_counts,
    timeline_shares,
)
from compare.figures.layers import direct_edges, lay_out
from compare.figures.marks import count_axis
from compare.figures.style import PALETTE, safe, wrapped
from report_tables import HOSTILE, report_tables

TABLES = report_tables()
TASKS, COVERAGE, FAMILIES = TABLES["tasks"], TABLES["coverage"], TABLES["families"]
WORKLOAD, PAIRS, LINKS = TABLES["workload"], TABLES["pairs"], TABLES["agency_links"]
CALENDAR = TABLES["calendar"]
TITLES = dict(zip(FAMILIES["family_id"], FAMILIES["title_vi"], strict=True))
NAMES = Names(localities={"gia-lai": "Gia Lai <b>"}, families=TITLES, groups=frozenset({"ubnd-huyen"}))
PLAIN_GROUPS = Names(groups=frozenset({"g"}))
PEERS = ["dak-nong", "dong-nai"]
FIGURES: dict[str, Callable[[Names], go.Figure]] = {
    "coverage": lambda n: plot_coverage(COVERAGE, FAMILIES, locality="gia-lai", names=n),
    "gaps": lambda n: plot_gaps_by_pillar(COVERAGE, FAMILIES, locality="gia-lai", names=n),
    "gap matrix": lambda n: plot_gaps_by_pillar(COVERAGE, FAMILIES, names=n),
    "tasks": lambda n: plot_tasks_by_pillar(TASKS, locality="gia-lai", names=n),
    "task matrix": lambda n: plot_tasks_by_pillar(TASKS, names=n),
    "workload": lambda n: plot_workload(WORKLOAD, locality="gia-lai", peers=PEERS, names=n),
    "load matrix": lambda n: plot_workload(WORKLOAD, role="coordinating", names=n),
    "links": lambda n: plot_links(LINKS, "gia-lai", names=n),
    "link flow": lambda n: plot_link_flow(LINKS, "gia-lai", names=n),
    "concentration": lambda n: plot_concentration(WORKLOAD, locality="gia-lai", names=n),
    "concentrations": lambda n: plot_concentration(WORKLOAD, role="coordinating", groups=True, names=n),
    "schedule": lambda n: plot_schedule(TASKS, locality="dong-nai", names=n),
    "scores": lambda n: plot_scores(PAIRS, names=n),
    "due": lambda n: plot_due(CALENDAR, names=n),
    "rhythms": lambda n: plot_rhythms(CALENDAR, locality="gia-lai", names=n),
    "ways": lambda n: plot_rhythms(CALENDAR, names=n),
    "year": lambda n: plot_year(CALENDAR, locality="gia-lai", names=n),
}
CITATIONS = TABLES["citations"]
CHAIN = cp.citation_hierarchy(CITATIONS, TABLES["citation_mentions"])
FIGURES["targets"] = lambda n: plot_targets(TABLES["targets"], names=n)
FIGURES["citations"] = lambda n: plot_citations(CITATIONS, CHAIN, names=n)
FIGURES["citations here"] = lambda n: plot_citations(CITATIONS, CHAIN, locality="gia-lai", names=n)
every_figure = pytest.mark.parametrize("make", FIGURES.values(), ids=FIGURES.keys())


@every_figure
def test_figure_says_what_it_is(make: Callable[[Names], go.Figure]) -> None:
    figure = make(NAMES)
    assert "(n = " in figure.layout.title.text
    assert [note.name for note in figure.layout.annotations].count("source") == 1
    assert figure.layout.annotations[0].text.startswith("Nguồn: ")
    assert figure.layout.separators == ",."
    assert make(Names("en")).layout.separators == ".,"


@pytest.mark.parametrize("name", ["gaps", "tasks", "workload", "concentration", "schedule", "scores"])
def test_value_axis_names_its_unit(name: str) -> None:
    assert FIGURES[name](NAMES).layout.xaxis.title.text


@every_figure
def test_figure_is_the_same_each_time_and_for_any_order_of_rows(make: Callable[[Names], go.Figure]) -> None:
    assert make(NAMES).to_json() == make(NAMES).to_json()


def test_figure_ignores_the_order_of_rows() -> None:
    shuffled = COVERAGE.sample(frac=1, random_state=1)
    here = plot_coverage(COVERAGE, FAMILIES, names=NAMES).to_json()
    assert plot_coverage(shuffled, FAMILIES.iloc[::-1], names=NAMES).to_json() == here


@every_figure
def test_text_of_documents_is_no_markup(make: Callable[[Names], go.Figure]) -> None:
    text = json.dumps(make(NAMES).to_plotly_json(), ensure_ascii=False)
    assert "<script" not in text
    assert "<b>đậm" not in text
    assert "Gia Lai <b>" not in text


def test_safe_and_wrapped_escape_after_the_break() -> None:
    assert safe(HOSTILE).count("<") == 0
    assert wrapped("a <b> c & d", 4) == "a<br>&lt;b&gt;…"


def test_coverage_has_a_row_a_family_under_its_pillar() -> None:
    figure = plot_coverage(COVERAGE, FAMILIES, locality="gia-lai", names=NAMES)
    grid = figure.data[0]
    assert len(grid.z) == len(FAMILIES) + FAMILIES["pillar"].nunique()
    assert figure.layout.xaxis.ticktext[0] == "<b>Gia Lai &lt;b&gt;</b>"
    row = list(figure.layout.yaxis.ticktext).index(wrapped(TITLES["tin-dung"], 48))
    assert list(grid.text[row]) == ["?", "●", "●", "–"]
    assert list(grid.z[row]) == [2, 0, 0, 3]


def test_coverage_needs_no_family_table() -> None:
    assert len(plot_coverage(COVERAGE).data[0].z) == len(FAMILIES)


def test_status_counts_by_hand() -> None:
    counts = status_counts(COVERAGE, FAMILIES, "gia-lai")
    assert list(counts.index) == [1, 2, 3, 4, 5, 0]
    assert counts.loc[2].tolist() == [2, 1, 1, 0]  # ke-hoach-nam, dao-tao; dat-dai; tin-dung
    assert counts.loc[4].tolist() == [1, 0, 0, 0]  # thanh-tra is stated by nobody else


def test_gap_counts_are_the_gaps_of_the_statuses() -> None:
    counts = gap_counts(COVERAGE, FAMILIES)
    for place in counts.columns:
        own = status_counts(COVERAGE, FAMILIES, place)["gap"]
        assert counts[place].reindex(own.index).tolist() == own.tolist()


def test_loads_by_hand() -> None:
    rows = [
        ("a", "x", 3),
        ("a", "g", 9),
        ("a", "y", 5),
        ("b", "x", 4),
        ("c", "y", 1),
        ("a", "unresolved", 2),
        ("a", "unnamed", 7),
    ]
    table = pd.DataFrame(rows, columns=["locality", "agency_id", "n_tasks"]).assign(role="lead")
    loads = agency_loads(table, "a", "lead", frozenset({"g"}), ["b", "c"])
    assert loads["agency_id"].tolist() == ["y", "x", "g", "unnamed", "unresolved"]  # bodies, groups, nobody
    assert loads["share"].tolist() == [5 / 26, 3 / 26, 9 / 26, 7 / 26, 2 / 26]
    assert loads["peers"].tolist() == [0.5, 0.5, 0.0, 0.0, 0.0]  # all that b leads is x's, all of c y's
    double = table.assign(n_tasks=table["n_tasks"] * table["locality"].map({"a": 1, "b": 2, "c": 3}))
    assert agency_loads(double, "a", "lead", frozenset({"g"}), ["b", "c"]).equals(loads)  # size is nothing
    assert agency_loads(table, "a", "lead", frozenset(), [])["peers"].isna().all()
    assert load_counts(table, "lead", frozenset({"g"})).loc["x"].tolist() == [3, 4, 0]


def test_workload_sorts_bodies_above_groups_by_value() -> None:
    figure = plot_workload(WORKLOAD, locality="dong-nai", peers=PEERS, names=NAMES)
    bodies, groups, means = figure.data
    assert list(bodies.x) == sorted(bodies.x, reverse=True)
    assert all(not (a and b) for a, b in zip(bodies.x, groups.x, strict=True))
    assert groups.x[-1] > 0
    assert means.name == "Theo tỉ lệ bình quân ở địa phương cùng cấp"
    loads = agency_loads(WORKLOAD, "dong-nai", "lead", NAMES.groups, PEERS)
    assert list(means.x) == (loads["peers"] * loads["n_tasks"].sum()).tolist()


def test_workload_keeps_only_the_largest() -> None:
    few = plot_workload(WORKLOAD, locality="dong-nai", names=NAMES, most=1)
    assert len(few.data[0].x) == 2  # one body, one group
    assert len(plot_workload(WORKLOAD, locality="dong-nai", names=NAMES).data[0].x) > 2


def _workload(*rows: tuple[str, str, int], role: str = "lead") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["locality", "agency_id", "n_tasks"])
    return table.assign(role=role)


def test_tasks_that_name_nobody_stand_last_and_are_no_assignment() -> None:
    table = _workload(("a", "x", 3), ("a", "g", 2), ("a", "unnamed", 26))
    figure = plot_workload(table, locality="a", names=Names(groups=frozenset({"g"})))
    assert list(figure.layout.yaxis.ticktext) == ["x:\xa03", "g:\xa02", "Không nêu tên cơ quan:\xa026"]
    assert [list(trace.x) for trace in figure.data] == [[3, 0, 0], [0, 2, 0], [0, 0, 26]]
    said = "(n = 5 lượt giao, và 26 việc không rõ của cơ quan nào)"
    grid = plot_workload(table, names=Names(groups=frozenset({"g"})))
    assert [said in f.layout.title.text.replace("<br>", " ") for f in (figure, grid)] == [True, True]


def test_links_keep_the_largest_and_count_all() -> None:
    rows = [("a", "x", "y", 2, "a/1;a/2"), ("a", "x", "g", 1, "a/1"), ("a", "y", "g", 1, "a/3")]
    links = pd.DataFrame(rows, columns=["locality", "lead_id", "coordinating_id", "n_tasks", "task_ids"])
    names = Names(groups=frozenset({"g"}))
    grid = plot_links(links, "a", names=names)
    assert [list(row) for row in grid.data[0].z] == [[1, 2], [1, 0]]
    assert list(grid.layout.xaxis.ticktext) == ["g (nhóm)", "y"]
    few = plot_links(links, "a", names=names, most=1)
    assert [list(row) for row in few.data[0].z] == [[1]]
    assert "(n = 1 trong 3 cặp: 1/2 nơi chủ trì, 1/2 nơi phối hợp" in few.layout.title.text.replace(
        "<br>", " "
    )
    assert "(n = 3 cặp" in grid.layout.title.text
    more = [("a", f"z{i}", "w", 1, f"a/{i}") for i in (7, 8, 9)]
    beyond = pd.concat([links, pd.DataFrame(more, columns=links.columns)])
    drawn = plot_links(beyond, "a", names=names, most=2)  # w works only with leads that are not drawn
    assert list(drawn.layout.xaxis.ticktext) == ["g (nhóm)"]
    assert "1/2 nơi phối hợp" in str(plot_link_flow(links, "a", names=names, most=1).layout.title.text)
    *lines, leads, others = plot_link_flow(links, "a", names=names).data
    assert [(line.line.dash, line.line.width) for line in lines] == [("dot", 1), ("solid", 9), ("dot", 1)]
    assert leads.hovertext[0] == "<b>x</b><br>y: 2<br>g (nhóm): 1"
    assert list(others.marker.symbol) == ["square", "circle"]


def test_concentration_draws_each_locality_from_the_least_loaded() -> None:
    """Loads 1, 1, 2: half the assignments on two thirds of the agencies."""
    table = _workload(("a", "x", 2), ("a", "y", 1), ("a", "z", 1), ("a", "unnamed", 9), ("b", "x", 1))
    one, other = plot_concentration(table, names=PLAIN_GROUPS).data
    assert list(one.y) == [0, 25, 50, 100]
    assert list(one.x) == pytest.approx([0, 100 / 3, 200 / 3, 100])
    assert one.line.dash != other.line.dash
    thin, strong = plot_concentration(table, locality="a", names=PLAIN_GROUPS).data
    assert (strong.name, list(strong.y)) == ("a", [0, 25, 50, 100])
    assert thin.line.width < strong.line.width


def test_concentration_without_a_named_body_says_so() -> None:
    figure = plot_concentration(_workload(("a", "unnamed", 2)), locality="a")
    assert figure.layout.annotations[-1].text == "Văn bản không nêu cơ quan nào."
    assert not figure.data


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (
            "concentrated",
            "nhận 62% trong 7 lượt phối hợp giao cho cơ quan được nêu tên; khối lượng việc dồn vào ít đầu mối.",
        ),
        (
            "moderate",
            "nhận 62% trong 7 lượt phối hợp giao cho cơ quan được nêu tên; khối lượng việc tập trung ở mức vừa phải.",
        ),
        (
            "spread",
            "nhận 62% trong 7 lượt phối hợp giao cho cơ quan được nêu tên; khối lượng việc trải ra nhiều đầu mối.",
        ),
        ("few", "Chỉ 3 cơ quan với 7 lượt phối hợp: quá ít để nói về mức tập trung."),
    ],
)
def test_concentration_reads_as_a_sentence(reading: str, words: str) -> None:
    row = {"role": "coordinating", "reading": reading, "top3_share": 0.62, "top": "x;y;z"}
    row |= {"top_tasks": "3;2;1", "n_like_third": 1}
    row |= {"n_agencies": 3, "n_assignments": 7}
    assert load_reading(pd.Series(row)).endswith(words)


def _goals(*rows: tuple[str, str, float, str, int | None, str]) -> pd.DataFrame:
    columns = ["locality", "indicator", "value", "bound", "year", "text"]
    table = pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "value": "float64"})
    ids = [f"{place}/{n}" for n, place in enumerate(table["locality"])]
    return table.assign(value_high=table["value"], unit="%", baseline=float("nan"), target_id=ids)


def test_targets_keep_years_apart_and_say_bounds_in_words() -> None:
    figure = plot_targets(
        _goals(
            ("a", "ty-le", 65, "more-than", 2030, "trên 65% hợp tác xã"),
            ("b", "ty-le", 20, "at-least", 2030, "ít nhất 20% hợp tác xã"),
            ("b", "ty-le", 90, "about", 2045, "khoảng 90% hợp tác xã"),
            ("b", "alone", 10, "exactly", 2030, "10% hợp tác xã"),
        )
    )
    reach, same, apart = figure.data
    assert next(iter(figure.layout.yaxis.ticktext)) == "<b>ty-le, 2030</b>"
    assert len(figure.layout.yaxis.ticktext) == 5  # two headings, three goals; what one plan has is left out
    assert list(same.text) == ["trên 65%", "ít nhất 20%"]
    assert list(same.textposition) == ["middle left", "top right"]
    assert list(apart.text) == ["khoảng 90%"]
    assert list(apart.marker.symbol) == ["diamond"]
    assert list(reach.x) == [65, 100, None, 20, 100, None]


def test_targets_without_a_shared_share_are_empty() -> None:
    assert "(n = 0 " in plot_targets(_goals()).layout.title.text


def _cited(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["locality", "citation_id", "issuer_level", "relation", "title"])
    more = {"n_mentions": 1, "lines": "1", "source_file": "x.txt", "issued_on": "", "issuer": ""}
    return table.assign(number=table["citation_id"], as_printed=table["citation_id"], **more)


TWO_PLANS = _cited(
    ("a", "20-NQ/TW", "party-central", "implements", ""),
    ("a", "17-CTr/TU", "party-province", "implements", "thực hiện Nghị quyết số 20-NQ/TW"),
    ("a", "1/KH-UBND", "province", "own", ""),
    ("b", "20-NQ/TW", "party-central", "implements", ""),
    ("b", "17-CTr/TU", "party-province", "implements", "thực hiện Nghị quyết số 20-NQ/TW"),
)


def test_citations_share_central_documents_and_not_those_of_a_province() -> None:
    figure = plot_citations(TWO_PLANS, cp.citation_hierarchy(TWO_PLANS))
    boxes = [note.text for note in figure.layout.annotations[1:]]
    assert boxes.count("<b>20-NQ/TW</b>") == 1
    assert boxes.count("<b>17-CTr/TU</b>") == 2  # the numbers of two provinces' party committees
    assert [box for box in boxes if "KH-UBND" in box] == ["<b>a</b><br>1/KH-UBND"]
    assert "<b>b</b>" in boxes  # a plan whose own number is nowhere printed
    assert next(iter(figure.layout.xaxis.ticktext)) == "Trung ương Đảng"


def test_citations_draw_no_shortcut_and_no_line_through_a_box() -> None:
    edges = [("law", "order"), ("order", "plan"), ("law", "plan"), ("law", "other"), ("act", "other")]
    kept = direct_edges(edges)
    assert ("law", "plan") not in kept
    layers = {"law": 0, "act": 0, "order": 1, "plan": 2, "other": 2}
    found = lay_out(layers, kept, ["plan", "other"])
    for edge in (("law", "other"), ("act", "other")):
        passing = [height for layer, height in found.corners[edge] if 0.5 < layer < 1.5]
        assert passing
        assert all(abs(height - found.heights["order"]) >= 0.69 for height in passing)
    apart = [abs(found.heights[a] - found.heights[b]) for a, b in (("law", "act"), ("plan", "other"))]
    assert min(apart) >= 0.99


def test_timeline_shares_by_hand() -> None:
    kinds = {"a": ["annual", "annual", "", "year"], "b": ["annual", "", "", ""]}
    rows = [(place, kind) for place, found in kinds.items() for kind in found]
    table = timeline_shares(pd.DataFrame(rows, columns=["locality", "timeline_kind"]), "a")
    assert table.index.tolist() == ["annual", "year", ""]
    assert table["n"].tolist() == [2, 1, 1]
    assert table["share"].tolist() == [0.5, 0.25, 0.25]
    assert table["others"].tolist() == [0.25, 0.0, 0.75]


def _dated(*periods: tuple[str, str]) -> pd.DataFrame:
    rows = [(f"t{i}", "a", f"Việc {i}", start, end) for i, (start, end) in enumerate(periods)]
    return pd.DataFrame(rows, columns=["task_id", "locality", "text", "timeline_start", "timeline_end"])


@pytest.mark.parametrize(
    ("start", "end", "base", "days"),
    [
        ("2021-02", "2021-02", "2021-02-01", 28),
        ("2023", "2025", "2023-01-01", 1096),
        ("2020-10", "2020-12", "2020-10-01", 92),
    ],
)
def test_schedule_fills_partial_dates(start: str, end: str, base: str, days: int) -> None:
    bar = plot_schedule(_dated((start, end))).data[0]
    assert bar.base[0] == base
    assert bar.x[0] == days * 86_400_000


def test_schedule_joins_equal_periods_and_keeps_yearly_dates_apart() -> None:
    figure = plot_schedule(_dated(("2023", ""), ("2023", ""), ("", "--12-15"), ("", ""), ("", "2025-06-30")))
    spans, each_year = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["đến 30/06/2025", "từ 2023"]
    assert list(spans.text) == ["1", "2"]
    assert list(figure.layout.yaxis2.ticktext) == ["15/12 hằng năm"]
    assert each_year.x[0] == pytest.approx(12 + 14 / 31)


def test_schedule_takes_a_yearly_date_with_a_start_as_yearly() -> None:
    figure = plot_schedule(_dated(("2023", "--12-15")))
    assert list(figure.layout.yaxis2.ticktext) == ["từ 2023, 15/12 hằng năm"]


def test_schedule_without_dates_is_empty() -> None:
    assert len(plot_schedule(_dated(("", ""))).data) == 0


def test_scores_are_counted_once_and_the_limits_read_from_the_pairs() -> None:
    assert score_counts(PAIRS).to_numpy().sum() == len(PAIRS)
    limits = score_limits(PAIRS)
    assert limits["match"] == PAIRS.loc[PAIRS["verdict"] == "match", "probability"].min()
    lines = plot_scores(PAIRS, {"match": 0.9}).layout.shapes
    assert [line.x0 for line in lines] == [0.9]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_palette_reads_in_grey(scheme: int) -> None:
    steps = [_luminance(PALETTE[name][scheme]) for name in ("strong", "middle", "pale", "empty")]
    ratios = [(max(a, b) + 0.05) / (min(a, b) + 0.05) for a, b in pairwise(steps)]
    assert min(ratios[:2]) > 1.45
    assert steps in (sorted(steps), sorted(steps, reverse=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["strong", "middle", "pale", "sand", "empty"])
def test_number_on_a_colour_has_contrast(name: str, scheme: int) -> None:
    """plotly writes #fff or #444 on a cell, whichever stands out."""
    back = _luminance(PALETTE[name][scheme])
    best = max((max(back, t) + 0.05) / (min(back, t) + 0.05) for t in (1.0, _luminance("#444444")))
    assert best >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "muted"])
def test_text_has_contrast(name: str, scheme: int) -> None:
    front, back = (_luminance(PALETTE[n][scheme]) for n in (name, "paper"))
    assert (max(front, back) + 0.05) / (min(front, back) + 0.05) >= 4.5


def test_a_long_name_is_cut_before_its_number_is() -> None:
    work = pd.DataFrame({"locality": "a", "agency_id": ["x"], "role": "lead", "n_tasks": [12]})
    names = Names(
        localities={"a": "A"},
        agencies={"x": "Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã tỉnh"},
    )
    (label,) = plot_workload(work, locality="a", names=names).layout.yaxis.ticktext
    assert label.endswith("…:\xa012")


def test_an_axis_of_nothing_is_an_axis() -> None:
    assert count_axis("n", float("nan"))["dtick"] == 1
    assert count_axis("n", 3_000_000)["dtick"] >= 100_000
