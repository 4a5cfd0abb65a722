"""Small but whole tables for the report tests: four localities, sixteen families, hostile text.

In: nothing. Out: a folder like ``data/`` with raw plans, reference data and processed tables. Each
task stands on a line of its own in the plan, so that links to lines can be checked.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pandas as pd

from compare.align.settings import AlignSettings, settings_table
from compare.report import open_report
from compare.report.page import export_page
from compare.schedule import task_calendar
from compare.schema import write_tables
from compare.tables import TABLES
from compare.text import fingerprint
from compare.workload import agency_links, agency_workload
from made_once import made_once

PROJECT = Path(__file__).parents[1]
HOSTILE = 'Ghi </script><script>alert(1)</script> & "ngoặc" ${x} %{y} <b>đậm</b>'
PLACES = ["dak-nong", "dong-nai", "gia-lai", "go-cong-tay"]
DOCUMENTS = {
    "dak-nong": ("province", "Đắk Nông", "485/KH-UBND", "2020-09-11", "70-KL/TW;59-CTr/TU"),
    "dong-nai": ("province", "Đồng Nai", "01/CTr-UBND", "2023-11-02", "20-NQ/TW;09/NQ-CP"),
    "gia-lai": ("province", "Gia Lai", "655/KH-UBND", "2023-03-23", "20-NQ/TW;09/NQ-CP"),
    "go-cong-tay": ("district", "Gò Công Tây", "", "", "20-NQ/TW"),
}
# family: title, pillar, and one letter a place: c covered, p partial, r review, g gap
FAMILIES = {
    "tuyen-truyen": ("Tuyên truyền, quán triệt nghị quyết về kinh tế tập thể", 1, "cccc"),
    "chuyen-muc": ("Mở chuyên mục, chuyên trang trên báo, đài về kinh tế tập thể", 1, "gccg"),
    "khen-thuong": ("Khen thưởng, nhân rộng điển hình hợp tác xã hoạt động hiệu quả", 1, "pcgg"),
    "hostile": (HOSTILE, 1, "gcgg"),
    "ke-hoach-nam": ("Xây dựng kế hoạch phát triển kinh tế tập thể hằng năm và 5 năm", 2, "cccg"),
    "dat-dai": ("Hỗ trợ hợp tác xã tiếp cận đất đai, giao đất, cho thuê đất", 2, "cgpg"),
    "tin-dung": ("Tạo điều kiện để hợp tác xã tiếp cận tín dụng, vốn ưu đãi", 2, "ccrg"),
    "dao-tao": ("Đào tạo, bồi dưỡng cán bộ quản lý hợp tác xã và thu hút lao động trẻ", 2, "cccc"),
    "chuyen-doi-so": ("Ứng dụng công nghệ thông tin, chuyển đổi số trong hợp tác xã", 3, "gccp"),
    "no-dong": ("Xử lý dứt điểm nợ tồn đọng kéo dài của hợp tác xã", 3, "gcpg"),
    "giai-the": ("Giải thể, sắp xếp lại hợp tác xã ngừng hoạt động", 3, "ccgc"),
    "lien-ket": ("Phát triển liên kết theo chuỗi giá trị giữa hợp tác xã và doanh nghiệp", 3, "pccc"),
    "ban-chi-dao": ("Kiện toàn Ban Chỉ đạo phát triển kinh tế tập thể các cấp", 4, "gccg"),
    "thanh-tra": ("Thanh tra, kiểm tra việc chấp hành pháp luật về hợp tác xã", 4, "ggcr"),
    "lien-minh": ("Củng cố tổ chức, nâng cao năng lực của Liên minh Hợp tác xã", 5, "ccgg"),
    "bao-cao": ("Định kỳ tổng hợp, báo cáo kết quả thực hiện", 0, "cccc"),
}  # fmt: skip
STATUS = {"c": "covered", "p": "partial", "r": "review", "g": "gap"}
TIMES = [
    ("Hàng năm", "annual", "", ""), ("Thường xuyên", "ongoing", "", ""), ("2023 - 2025", "range", "2023", "2025"),
    ("Quý IV/2020", "quarter", "2020-10", "2020-12"), ("trước ngày 15/12 hàng năm", "annual", "", "--12-15"),
    ("Năm 2023", "year", "2023", "2023"), ("", "", "", ""), ("Từ 2023", "from", "2023", ""),
]  # fmt: skip
ISSUERS = {"province": "Ủy ban nhân dân tỉnh", "district": "Ban Chấp hành Đảng bộ huyện"}
LEADS = ["so-ke-hoach-dau-tu", "lien-minh-htx", "so-nong-nghiep-ptnt", "ubnd-huyen"]
PARTS = {0: "implementation"}


def _tasks() -> pd.DataFrame:
    rows = []
    for p, place in enumerate(PLACES):
        for f, (title, pillar, marks) in enumerate(FAMILIES.values()):
            if marks[p] not in "cp":
                continue
            part = PARTS.get(pillar, "body" if place == "go-cong-tay" or f % 5 == 4 else "annex")
            time = TIMES[(f + p) % len(TIMES)]
            number, line = f"{pillar or 'IV'}.{f + 1}", 3 + f
            rows.append(
                {
                    "task_id": f"{place}/{part}/{number}", "locality": place, "part": part, "section": str(pillar),
                    "section_title": f"Mục {pillar}", "pillar": pillar, "number": number,
                    "text": f"{'Tiếp tục' if p % 2 else 'Tăng cường'}: {title}; gắn với phát triển kinh tế - xã hội.",
                    "leads": LEADS[(f + p) % 4], "coordinating": "" if f == 9 else "cac-so-nganh" if f % 2 else "so-tai-chinh",
                    "leads_text": "Sở KH&ĐT" if (f + p) % 4 == 0 else "", "coordinating_text": "", "lead_inferred": f % 7 == 3,
                    "submit_to": "", "product": "Kế hoạch <của> UBND" if f == 4 else "", "timeline_text": time[0],
                    "timeline_kind": time[1], "timeline_start": time[2], "timeline_end": time[3], "note": "",
                    "source_file": f"{place}.txt", "line_start": line, "line_end": line,
                    "defects": "page-break" if f == 2 else "",
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _plan(place: str, tasks: pd.DataFrame) -> str:
    lines = [f"KẾ HOẠCH của {DOCUMENTS[place][1]}", ""] + [f"Dòng {n + 3}" for n in range(len(FAMILIES))]
    for row in tasks[tasks["locality"] == place].itertuples():
        lines[row.line_start - 1] = row.text
    return "\n".join(lines) + "\n"


def _documents(plans: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "locality": place, "level": level, "name_vi": name, "number": number, "issued_on": issued,
            "issuer": f"{ISSUERS[level]} {name}", "implements": implements, "title": "KẾ HOẠCH phát triển kinh tế tập thể",
            "source_file": f"{place}.txt", "sha256": hashlib.sha256(plans[place].encode()).hexdigest(),
            "n_lines": plans[place].count("\n"),
        }
        for place, (level, name, number, issued, implements) in DOCUMENTS.items()
    )  # fmt: skip


def _families() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "family_id": family, "title_vi": title, "title_en": "" if pillar else "Report on the results",
            "pillar": pillar, "status": "reviewed", "n_localities": sum(mark in "cp" for mark in marks),
        }
        for family, (title, pillar, marks) in FAMILIES.items()
    )  # fmt: skip


def _why(origin: str, family: str) -> str:
    """Write evidence as the alignment does; one decision was about another text."""
    if origin == "reviewed":
        return ("the text has changed since; " if family == "chuyen-muc" else "") + "reviewed by An"
    return f"dong-nai/annex/1.1; span_held=1.00 (+2.95); leads=0.00 (-0.07); {family}"


def _coverage_and_members(tasks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    coverage, members = [], []
    for f, (family, (_, _, marks)) in enumerate(FAMILIES.items()):
        for p, place in enumerate(PLACES):
            own = tasks[tasks["locality"] == place]
            found = own[own["line_start"] == 3 + f]["task_id"].tolist()
            near = found[0] if found else own["task_id"].iloc[f % len(own)]
            probability = {"c": 0.95, "p": 0.7, "r": 0.48, "g": 0.05 + 0.025 * f}[marks[p]]
            coverage.append((family, place, STATUS[marks[p]], ";".join(found), near, probability))
            for task in found:
                match, origin = "whole" if marks[p] == "c" else "part", "reviewed" if f % 2 else "auto"
                members.append((family, task, match, probability, origin, _why(origin, family)))
    names = ["family_id", "locality", "status", "task_ids", "nearest_task_id", "nearest_probability"]
    members_names = ["family_id", "task_id", "match", "probability", "origin", "evidence"]
    return pd.DataFrame(coverage, columns=names), pd.DataFrame(members, columns=members_names)


def _pairs(tasks: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for i, a in tasks.iterrows():
        for j, b in tasks.iterrows():
            if a["task_id"] >= b["task_id"] or a["locality"] == b["locality"]:
                continue
            same = a["line_start"] == b["line_start"]
            probability = 0.62 + (i % 10) / 30 if same else (i * 7 + j * 3) % 50 / 100
            verdict = "match" if probability >= 0.6 else "review" if probability >= 0.4 else "none"
            rows.append((a["task_id"], b["task_id"], probability, verdict))
    return pd.DataFrame(rows, columns=["task_a", "task_b", "probability", "verdict"])


def _mentions(tasks: pd.DataFrame) -> pd.DataFrame:
    """Print every named agency by a name of its own, one of them hostile."""
    parts = [
        tasks[["task_id"]].assign(role=role, agency_id=tasks[column])
        for role, column in (("lead", "leads"), ("coordinating", "coordinating"))
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows["agency_id"] != ""]
    printed = {"so-ke-hoach-dau-tu": "Sở KH&ĐT", "lien-minh-htx": f"Liên minh {HOSTILE}"}
    names = [printed.get(agency, agency) for agency in rows["agency_id"]]
    return rows.assign(position=1, printed=names, method="alias")


def _holders(tasks: pd.DataFrame) -> pd.DataFrame:
    """Give every named agency one holder: merged, the same, or none that a source names."""
    fates = {
        "so-ke-hoach-dau-tu": ("so-tai-chinh", "one", True, "2025-03-01"),
        "so-nong-nghiep-ptnt": ("so-nong-nghiep-moi-truong", "one", True, "2025-03-01"),
        "ubnd-huyen": ("ubnd-xa-phuong", "loose", True, "2025-07-01"),
        "so-tai-chinh": ("so-tai-chinh", "one", True, "2025-03-01"),
        "cac-so-nganh": ("cac-so-nganh", "same", True, ""),
        "lien-minh-htx": ("", "unverified", False, ""),
    }
    parts = [
        tasks[["task_id", "locality"]].assign(role=role, agency_id=tasks[column])
        for role, column in (("lead", "leads"), ("coordinating", "coordinating"))
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows["agency_id"] != ""]
    found = [fates[agency] for agency in rows["agency_id"]]
    rows[["holder_id", "outcome", "chosen", "since"]] = pd.DataFrame(found, index=rows.index)
    return rows.assign(content="", ground=HOSTILE)


def _filled(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Add the columns that the reports do not look at, empty."""
    empty = {"text": "", "int": 0, "float": 0.0, "bool": False}
    columns = TABLES[name].columns
    return table.assign(**{c: empty[columns[c].dtype] for c in columns if c not in table.columns})


def _defects(tasks: pd.DataFrame) -> pd.DataFrame:
    damaged = tasks[tasks["defects"] != ""]
    columns = ["locality", "task_id", "source_file", "line_start", "line_end"]
    return damaged[columns].assign(
        kind="page-break", repaired=[i % 2 == 0 for i in range(len(damaged))], detail=""
    )


def _citation_mentions() -> pd.DataFrame:
    """Mention in each plan what it implements, and in one a law without a number."""
    rows = []
    for place, (_, _, number, _, implements) in DOCUMENTS.items():
        cited = [
            *([number] if number else []),
            *implements.split(";"),
            *(["luat-dat-dai"] if place == "gia-lai" else []),
        ]
        for n, name in enumerate(cited):
            printed = name if "/" in name else f"Luật Đất đai {HOSTILE}"
            rows.append(
                {
                    "locality": place, "citation_id": name, "position": n + 1, "as_printed": printed, "date_printed": "",
                    "issuer_printed": "", "part": "body", "task_id": "", "flags": "" if "/" in name else "unnumbered",
                    "source_file": f"{place}.txt", "line_start": 1, "line_end": 1,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _citations(mentions: pd.DataFrame) -> pd.DataFrame:
    """Make one row of each mention."""
    own = {number for _, _, number, _, _ in DOCUMENTS.values()}
    level = {"TW": "party-central", "CP": "government", "TU": "party-province", "ND": "province"}
    shared = mentions[
        ["locality", "citation_id", "as_printed", "flags", "task_id", "source_file", "line_start", "line_end"]
    ]
    names = mentions["citation_id"]
    return shared.rename(columns={"task_id": "task_ids"}).assign(
        number=[name if "/" in name else "" for name in names], kind=["Nghị quyết" if "NQ" in name else "Kế hoạch" for name in names],
        issued_on="2022-06-16", issuer="Ban Chấp hành Trung ương Đảng", issuer_level=[level.get(name[-2:], "national-assembly") for name in names],
        title=["thực hiện Kết luận số 70-KL/TW" if "59" in name else "" for name in names], n_mentions=1, parts="body",
        relation=["own" if name in own else "implements" if "/" in name else "cites" for name in names], lines="1",
    )  # fmt: skip


REASONS = ["taken", "left", "gap", "unmatched", "conflict", "stale"]
EVIDENCE = "bias=1.000 (-7.000); span_held=1.000 (+3.000); leads=1.000 (+2.500); spans_ahead=0.100 (-0.500)"


def _queue(tasks: pd.DataFrame) -> pd.DataFrame:
    """Ask about twelve memberships of Gia Lai, one of a family that no table knows."""
    own = tasks[tasks["locality"] == "gia-lai"].reset_index(drop=True)
    families = [*list(FAMILIES)[:11], "de-nghi-moi"]
    near = tasks.loc[tasks["locality"] == "dong-nai", ["task_id", "text"]].reset_index(drop=True)
    rows = []
    for n, family in enumerate(families):
        task, other = own.iloc[n // 2], near.iloc[n % len(near)]
        known = n != 11
        rows.append(
            {
                "rank": n + 1, "task_id": task["task_id"], "family_id": family, "locality": "gia-lai",
                "probability": 0.3 + n / 40, "member_at": 0.4, "reason": "check" if n == 7 else REASONS[n % 6], "gain": 12.0 - n,
                "closest_task_id": other["task_id"] if known else "", "quote": other["text"][10:60] if n % 2 else other["text"],
                "evidence": EVIDENCE if known else "", "title_new": HOSTILE if n == 3 else "", "text_sha": fingerprint(task["text"]),
                "said": '[["Lan <b>", "no", "2026-11-21"], ["Hoa", "part", "2026-11-20"]]' if n == 4 else "",
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _evaluation() -> pd.DataFrame:
    """Write one evaluation, of an earlier state; the names are those that the evaluation gives."""
    rows = [
        ("cold_start", m, "f1", 0.5 + n / 50, 0.4, 0.7)
        for n, m in enumerate(["token_set_ratio", "own <way>"])
    ]
    rows += [("cold_start", "token_set_ratio", "precision", 0.6, 0.6, 0.6)]
    for place in [*PLACES, "mean"]:
        rows.append(("left_out", place, "pair_f1", 0.82, 0.75, 0.88))
        shares = {"top_1": 0.9, "top_3": 0.97, "gap_2_precision": 0.85, "gap_2_recall": 0.66, "n_tasks": 40.0}
        rows += [("left_out", place, name, value, value, value) for name, value in shares.items()]
    rows += [
        ("calibration", "1", name, v, v, v)
        for name, v in (("low", 0.0), ("high", 0.1), ("n", 30.0), ("probability", 0.07), ("share", 0.05))
    ]
    rows += [
        ("queue", f"{kind} {n}", "pair_f1", v, v, v)
        for kind, n, v in (("queue", 20, 0.91), ("random", 20, 0.86), ("queue", 5, 0.85))
    ]
    rows += [("readings", "a-b", "f1", 0.78, 0.78, 0.78), ("readings", "a-b", "kappa", 0.77, 0.77, 0.77)]
    rows += [("summary", "expected calibration error", "value", 0.03, 0.03, 0.03)]
    table = pd.DataFrame(rows, columns=["section", "item", "measure", "value", "low", "high"])
    return table.assign(inputs="0123456789ab", current=False)


def _targets() -> pd.DataFrame:
    """Write goals of three places; one has a range, one a present value, one no year."""
    rows = [
        ("dak-nong", "so-hop-tac-xa", 264, 264, "hợp tác xã", "exactly", 2025, None, ""),
        ("dong-nai", "so-hop-tac-xa", 636, 636, "hợp tác xã", "about", 2030, None, ""),
        ("gia-lai", "so-hop-tac-xa", 300, 300, "hợp tác xã", "at-least", 2030, 250, ""),
        ("dong-nai", "ty-le-to-chuc-kttt-tot-kha", 65, 65, "%", "more-than", 2030, None, ""),
        ("gia-lai", "ty-le-to-chuc-kttt-tot-kha", 45, 45, "%", "exactly", None, 35, ""),
        ("go-cong-tay", "so-hop-tac-xa", 30, 30, "hợp tác xã", "exactly", 2030, None, ""),
        ("gia-lai", "mo-hinh <hop> & tac", 1, 2, "mô hình/xã", "exactly", None, None, "gia-lai/annex/1.1"),
    ]
    return pd.DataFrame(
        {
            "target_id": f"{place}/{n}", "locality": place, "indicator": name, "value": value, "value_high": high,
            "unit": unit, "bound": bound, "year": year, "baseline": now, "text": f"{value} {unit} <của> & tỉnh",
            "sentence": HOSTILE, "scope": "annex-output" if task else "objective", "task_id": task,
            "source_file": f"{place}.txt", "line_start": 3 + n, "line_end": 3 + n,
        }
        for n, (place, name, value, high, unit, bound, year, now, task) in enumerate(rows, 1)
    )  # fmt: skip


def _deadlines(tasks: pd.DataFrame) -> pd.DataFrame:
    """Let every locality report by the 15th of December, and when asked."""
    rows = []
    for task in tasks[tasks["part"] == "implementation"].itertuples():
        text = f"báo cáo UBND tỉnh (qua Sở KH&ĐT) trước ngày 15/12 hằng năm hoặc đột xuất; {HOSTILE}"
        lines = {"source_file": task.source_file, "line_start": task.line_start, "line_end": task.line_end}
        for n, (period, due) in enumerate((("annual", "12-15"), ("on-demand", "")), 1):
            rows.append(
                {
                    "deadline_id": f"{task.locality}/{n}", "locality": task.locality, "task_id": task.task_id, "text": text,
                    "reporter": task.leads, "reporter_text": "Các sở", "due": due, "period": period,
                    "report_to": "UBND tỉnh", "report_to_id": "ubnd-tinh", "via": "Sở KH&ĐT", "via_id": "so-ke-hoach-dau-tu",
                }
                | lines
            )  # fmt: skip
    return _filled("deadlines", pd.DataFrame(rows))


def report_tables() -> dict[str, pd.DataFrame]:
    """Return all tables that the reports read."""
    tasks = _tasks()
    coverage, members = _coverage_and_members(tasks)
    mentions = _citation_mentions()
    tables = {
        "citations": _citations(mentions), "citation_mentions": mentions,
        "documents": _documents({place: _plan(place, tasks) for place in PLACES}), "tasks": tasks,
        "families": _families(), "coverage": coverage, "memberships": members, "workload": agency_workload(tasks),
        "pairs": _pairs(tasks), "defects": _defects(tasks), "queue": _queue(tasks), "evaluation": _evaluation(),
        "settings": settings_table(AlignSettings(member_at=0.4)),
        "targets": _targets(), "agency_links": agency_links(tasks),
        "mentions": _mentions(tasks),
        "holders": _holders(tasks), "deadlines": _deadlines(tasks), "calendar": task_calendar(tasks, _deadlines(tasks)),
    }  # fmt: skip
    return {name: _filled(name, table) for name, table in tables.items()}


def write_data(folder: Path, tables: dict[str, pd.DataFrame] | None = None) -> Path:
    """Write plans, reference data and tables; return the folder of processed tables."""
    tables = tables or report_tables()
    (folder / "raw").mkdir(parents=True)
    for place in PLACES:
        text = _plan(place, tables["tasks"])
        (folder / "raw" / f"{place}.txt").write_text(text, encoding="utf-8", newline="\n")
    correction = "task_id,column,found,value,reason\ngia-lai/annex/1.1,leads,,lien-minh-htx,Tên in <sai>\n"
    (folder / "raw" / "gia-lai.corrections.csv").write_text(correction, encoding="utf-8")
    shutil.copytree(PROJECT / "data" / "reference", folder / "reference")
    write_tables(tables, folder / "processed")
    return folder / "processed"


@cache
def data() -> Path:
    """Write the data once for all tests; return the folder of processed tables."""
    return made_once("reports-data", write_data) / "processed"


SCRIPT = """\
import compare as cp
cp.render_reports(['gia-lai'], 2, processed={processed!r}, out={out!r}, notebooks={notebooks!r})
"""


@cache
def rendered() -> Path:
    """Render one locality and the overview once for all tests; return the folder of reports.

    A script without a guard does it, in a folder of its own; what it says is kept beside, ``reports.said``.
    """

    def render(out: Path) -> None:
        script = SCRIPT.format(processed=str(data()), out=out.name, notebooks=str(PROJECT / "notebooks"))
        (out.parent / "make.py").write_text(script, encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "make.py"], cwd=out.parent, capture_output=True, text=True, check=False
        )
        assert (run.returncode, run.stdout) == (0, ""), run.stderr
        (out.parents[1] / "reports.said").write_text(run.stderr, encoding="utf-8")

    return made_once("reports", render)


def page_of(locality: str, processed: Path) -> str:
    """Make a report's page as its notebook shows it, without a kernel; empty stands for the overview."""
    report = open_report(locality, processed=processed)
    name = "locality_report" if locality else "overview_report"
    notebook = nbformat.read(PROJECT / "notebooks" / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        shown = re.findall(r'"(\w+)"', " ".join(re.findall(r"report\.show\((.*)\)", cell.source)))
        bundles = [block.bundle() for section in shown for block in report.blocks(section)]
        cell.outputs = [nbformat.v4.new_output("display_data", data=d, metadata=m) for d, m in bundles]
    return export_page(notebook, "vi", report.inputs.key)
