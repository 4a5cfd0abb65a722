"""A batch makes what is due and nothing else, whatever stopped the run before; pages may share assets."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from compare import claim, manifest
from compare.claim import claimed
from compare.cli import main
from compare.errors import CompareError, ReportError
from compare.manifest import file_hash, read_manifest
from compare.report import batch, open_report
from compare.report.assets import page_assets
from compare.report.batch import complaint, run_batch
from compare.report.inputs import open_inputs
from compare.report.jobs import Job, Line, Outcome, Request
from compare.report.page import export_page
from compare.schema import read_table
from report_tables import PLACES, PROJECT, data, report_tables

PAGES = {*PLACES, "overview"}
ALL = {*PAGES, "doi-chieu"}
TABLES = report_tables()


class Workers:
    """Stand-ins for the processes: they write a line, and fail where they are told to."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.broken: set[str] = set()

    def __call__(self, jobs: list[Job], workers: int) -> Iterator[Outcome]:
        for job in jobs:
            self.made.append(job.stem)
            path = job.scratch / job.file
            if job.stem in self.broken:
                yield Outcome(job.stem, job.scratch / "none.ipynb", "NameError: no\nname 'x'", 0.2)
                continue
            path.write_text(f'<meta name="doichieu-key" content="{job.key}">{job.stem} {job.language}\n')
            assets = (job.scratch / "page-0123.js",) if job.shared_assets and job.notebook else ()
            for asset in assets:
                asset.write_text("use")
            yield Outcome(job.stem, path, "", 0.1, assets)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Workers:
    found, inputs = Workers(), open_inputs(data())
    monkeypatch.setattr(batch, "make_all", found)
    monkeypatch.setattr(batch, "_opened", lambda request: inputs)
    return found


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """Ask for everything, of a copy of the data that a test may change."""
    shutil.copytree(data().parent, tmp_path / "data")
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns("0*"))
    return Request(tmp_path / "data" / "processed", tmp_path / "out", tmp_path / "notebooks", workbook=True)


def states(lines: list[Line]) -> dict[str, set[str]]:
    return {
        state: {line.stem for line in lines if line.state == state}
        for state in {line.state for line in lines}
    }


def write(path: str) -> Callable[[Path], None]:
    """Give a change: a line more in a file, or a new file."""

    def change(project: Path) -> None:
        with (project / path).open("ab") as file:
            file.write(b"\n ")

    return change


# What is due


def test_second_run_makes_nothing_and_writes_nothing(workers: Workers, request_: Request) -> None:
    assert states(run_batch(request_)) == {"made": {*ALL, "index"}}
    before = {path: path.stat().st_mtime_ns for path in request_.out.glob("[!.]*")}
    assert states(run_batch(request_)) == {"unchanged": {*ALL, "index"}}
    assert {path: path.stat().st_mtime_ns for path in request_.out.glob("[!.]*")} == before
    assert states(run_batch(replace(request_, force=True))) == {"made": {*ALL, "index"}}


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (write("data/processed/tasks.parquet"), {*ALL, "index"}),
        (write("data/processed/clauses.parquet"), set()),  # no report reads it
        (write("data/reference/agencies.csv"), {*ALL, "index"}),
        (write("data/raw/gia-lai.txt"), {*ALL, "index"}),
        (write("data/raw/dong-nai.corrections.csv"), {*ALL, "index"}),
        (write("data/raw/.backup"), set()),
        (write("requirements.lock"), {*ALL, "index"}),
        (write("notebooks/locality_report.ipynb"), set(PLACES)),
        (write("notebooks/overview_report.ipynb"), {"overview"}),
        (write("out/gia-lai.html"), {"gia-lai"}),
        (write("out/doi-chieu.xlsx"), {"doi-chieu"}),
        (write("out/index.html"), {"index"}),
        (lambda project: (project / "out" / "ha-tinh.html").unlink(missing_ok=True), set()),  # not asked for
        (lambda project: (project / "out" / "dong-nai.html").unlink(), {"dong-nai"}),
        (lambda project: (project / "out" / "manifest.json").write_text("{"), {*ALL, "index"}),
        (lambda project: (project / "out" / "manifest.json").write_text('{"format": 1, "made": [1]}'), {*ALL, "index"}),
    ],
)  # fmt: skip
def test_a_change_makes_what_depends_on_it(
    workers: Workers, request_: Request, change: Callable[[Path], None], made: set[str]
) -> None:
    run_batch(request_)
    change(request_.project)
    assert states(run_batch(request_)).get("made", set()) == made


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ({"language": "en"}, {*ALL, "index"}),
        ({"parameters": {"min_probability": "0.5"}}, PAGES),
        ({"parameters": {"min_probability": 0.0}}, PAGES),  # said, though it is the default
        ({"shared_assets": True}, PAGES),
        ({"localities": ("gia-lai",)}, set()),
        ({"workers": 1}, set()),
        ({"workbook": False}, set()),
    ],
)
def test_what_is_asked_for_is_an_input(
    workers: Workers, request_: Request, asked: dict[str, object], made: set[str]
) -> None:
    run_batch(request_)
    assert states(run_batch(replace(request_, **asked))).get("made", set()) == made


@pytest.mark.parametrize("name", ["code_hash", "package_versions"])
def test_program_is_an_input(
    workers: Workers, request_: Request, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    run_batch(request_)
    monkeypatch.setattr(manifest, name, lambda: "another")
    assert states(run_batch(request_)) == {"made": {*ALL, "index"}}


def test_one_locality_leaves_the_others_alone(workers: Workers, request_: Request) -> None:
    run_batch(replace(request_, localities=("gia-lai",), workbook=False))
    assert workers.made == ["overview", "gia-lai"]
    run_batch(request_)
    assert sorted(workers.made[2:]) == sorted(ALL - {"overview", "gia-lai"})


def test_manifest_says_what_each_file_was_made_from(workers: Workers, request_: Request) -> None:
    run_batch(request_)
    found = read_manifest(request_.out)
    assert set(found) == {*(f"{stem}.html" for stem in (*PAGES, "index")), "doi-chieu.xlsx"}
    entry, inputs = found["gia-lai.html"], found["gia-lai.html"]["inputs"]
    page = request_.out / "gia-lai.html"
    assert (entry["bytes"], entry["sha256"]) == (page.stat().st_size, file_hash(page))
    assert inputs["tables"]["tasks"] == file_hash(request_.processed / "tasks.parquet")
    assert inputs["raw"]["gia-lai.txt"] == file_hash(request_.project / "data" / "raw" / "gia-lai.txt")
    assert inputs["notebook"] == file_hash(request_.notebooks / "locality_report.ipynb")
    assert (inputs["language"], inputs["parameters"]) == ("vi", {"locality": "gia-lai"})
    assert {"pandas", "plotly", "xlsxwriter"} <= inputs["packages"].keys()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry["made_on"])
    assert entry["seconds"] == 0.1
    text = (request_.out / "manifest.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert str(request_.project) not in text


def test_code_hash_sees_every_source_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__pycache__").mkdir()
    for name in ("a.py", "b.css", "__pycache__/a.pyc"):
        (tmp_path / name).write_text("1")
    monkeypatch.setattr(manifest, "__file__", str(tmp_path / "a.py"))
    hashes = [manifest.code_hash.__wrapped__()]
    for name in ("__pycache__/a.pyc", "b.css", "a.py"):
        (tmp_path / name).write_text("2")
        hashes.append(manifest.code_hash.__wrapped__())
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


# Failures, interruptions, two at once


def test_failed_report_is_noted_and_tried_again(workers: Workers, request_: Request) -> None:
    run_batch(request_)
    before = (request_.out / "gia-lai.html").read_bytes()
    workers.broken = {"gia-lai"}
    lines = run_batch(replace(request_, language="en"))
    assert states(lines)["failed"] == {"gia-lai"}
    assert "gia-lai (name 'x'); executed notebooks in" in complaint(lines, request_.out)
    entry = read_manifest(request_.out)["gia-lai.html"]
    assert (entry["error"], entry["sha256"]) == ("NameError: no\nname 'x'", "")
    assert (request_.out / "gia-lai.html").read_bytes() == before
    assert "failed/gia-lai.ipynb" in (request_.out / "index.html").read_text(encoding="utf-8")
    workers.broken, workers.made = set(), []
    assert states(run_batch(replace(request_, language="en")))["made"] == {"gia-lai", "index"}
    assert not (request_.out / "failed").exists()


def test_failure_gives_an_exit_status_and_the_others_are_said(
    workers: Workers, request_: Request, capsys: pytest.CaptureFixture[str]
) -> None:
    workers.broken = {"gia-lai"}
    command = ["report", "--processed", str(request_.processed), "--out", str(request_.out)]
    assert main([*command, "--only", "gia-lai", "dong-nai"]) == 2
    said = capsys.readouterr()
    assert "gia-lai      failed: name 'x'\n" in said.out
    assert re.search(r"^dong-nai     made       0,00 MB  0,1 s$", said.out, re.M)
    assert re.search(r"^4 files: 3 made, 0 unchanged, 1 failed; 0,\d\d MB; \d+,\d s -> ", said.out, re.M)
    assert said.err.startswith("doichieu: 1 of the reports failed: gia-lai (name 'x')")


KILLED = """
import os, signal, sys
from pathlib import Path
from compare.report import batch
from compare.report.jobs import Outcome, Request
signal.signal(signal.SIGINT, signal.default_int_handler) # where this stands in the background it is off
def make_all(jobs, workers):
    for n, job in enumerate(jobs):
        path = job.scratch / job.file
        path.write_text("new")
        if n == 2:
            os.kill(os.getpid(), getattr(signal, sys.argv[2]))
        yield Outcome(job.stem, path)
batch.make_all, batch._opened = make_all, lambda request: None
root = Path(sys.argv[1])
batch.run_batch(Request(root / "data" / "processed", root / "out", root / "notebooks", force=True))
"""


@pytest.mark.parametrize("number", ["SIGKILL", "SIGINT"])
def test_run_that_is_stopped_leaves_whole_pages(workers: Workers, request_: Request, number: str) -> None:
    run_batch(request_)
    before = {path.name: path.read_bytes() for path in request_.out.glob("*.html")}
    command = [sys.executable, "-c", KILLED, str(request_.project), number]
    stopped = subprocess.run(command, capture_output=True, check=False)
    assert stopped.returncode == -getattr(signal, number)
    after = {path.name: path.read_bytes() for path in request_.out.glob("*.html")}
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"overview.html", "dak-nong.html"}
    assert all(after[name] == b"new" for name in changed)
    assert len(list(request_.out.glob(".making-*"))) == (number == "SIGKILL")
    assert states(run_batch(request_))["unchanged"] >= ALL - {"index"}  # what was done counts
    assert not list(request_.out.glob(".making-*"))


def test_two_runs_at_once_do_not_meet(workers: Workers, request_: Request) -> None:
    with (
        claimed(request_.out),
        pytest.raises(CompareError, match=r"no other run writes into wanted, found process \d+ at work"),
    ):
        run_batch(request_)
    assert workers.made == []
    assert states(run_batch(request_)) == {"made": {*ALL, "index"}}


def test_claim_clears_only_what_runs_left(tmp_path: Path) -> None:
    for name in (".making-1", ".writing-2", "making-3"):
        (tmp_path / name).mkdir()
    with claimed(tmp_path):
        assert {p.name for p in tmp_path.iterdir()} == {".lock", "making-3"}
    with claimed(tmp_path):
        assert claim.SCRATCH == (".making-*", ".writing-*")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"localities": ("hanoi",)}, "unknown locality 'hanoi'; accepted: dak-nong, dong-nai"),
        ({"language": "fr"}, "unknown language 'fr'"),
        ({"parameters": {"colour": 1}}, "unknown parameter 'colour'"),
        ({"workers": 0}, "jobs: a number from 1"),
    ],
)
def test_unusable_requests_touch_nothing(request_: Request, asked: dict[str, object], message: str) -> None:
    with pytest.raises(ReportError, match=re.escape(message)):
        run_batch(replace(request_, **asked))
    assert not request_.out.exists()


# The tables


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Count the builds, which give small tables; a test may change what the next one gives."""
    made: list[dict[str, object]] = []

    def build_tables(*folders: object) -> dict[str, object]:
        names = ("memberships", "coverage", "tasks", "families", "pairs", "queue")
        made.append({name: TABLES[name] for name in names} | {"pairs": TABLES["pairs"].head(1)})
        if len(made) == 2:
            made[-1]["memberships"] = made[-1]["memberships"].iloc[1:]
        return made[-1]

    monkeypatch.setattr("compare.cli.study.build_tables", build_tables)
    return made


def test_build_is_skipped_where_nothing_changed(
    builds: list[object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "data"
    for name in ("raw", "reference"):
        shutil.copytree(data().parent / name, root / name)
    (root / "catalogue").mkdir()
    write("catalogue/families.csv")(root)
    folders = [f"--{name}={root / name}" for name in ("raw", "reference", "catalogue", "processed")]
    counts = []
    for change in (
        None,
        None,
        "raw/gia-lai.txt",
        "reference/pillars.csv",
        "catalogue/decisions.csv",
        "processed/tasks.csv",
    ):
        if change:
            write(change)(root)
        assert main(["build", *folders]) == 0
        counts.append(len(builds))
    assert counts == [1, 1, 2, 3, 4, 5]
    assert "unchanged: plans, reference data, catalogue and program" in capsys.readouterr().out
    moved = read_table("changes", root / "processed")
    assert moved["kind"].tolist().count("membership-lost") == 0  # the third build gave the member back
    assert moved["kind"].tolist() == ["membership-new"]  # and those after it moved nothing
    assert main(["build", "--force", "--cold-start", *folders]) == 0
    assert len(builds) == 6


LIGHT = """
import sys
from compare.cli import main
assert main(sys.argv[1:]) == 0
print("slow:", sorted({"pandas", "sklearn", "plotly", "papermill", "pyarrow", "numpy"} & set(sys.modules)))
"""


def test_unchanged_runs_load_nothing_slow(workers: Workers, builds: list[object], request_: Request) -> None:
    data_folder = request_.processed.parent
    (data_folder / "catalogue").mkdir()
    write("catalogue/families.csv")(data_folder)
    names = ("raw", "reference", "catalogue", "processed")
    build = ["build", *(f"--{name}={data_folder / name}" for name in names)]
    report = ["report", f"--processed={request_.processed}", f"--out={request_.out}", "--workbook"]
    for command in (build, report):
        assert main(command) == 0
        again = subprocess.run(
            [sys.executable, "-c", LIGHT, *command], capture_output=True, text=True, check=True
        )
        assert "slow: []" in again.stdout
        assert "unchanged" in again.stdout


# Shared assets


def executed(locality: str) -> nbformat.NotebookNode:
    """Give the notebook of a report as if it had been run: every section in a cell."""
    report = open_report(locality, processed=data())
    cells = []
    for section in report.sections:
        cell = nbformat.v4.new_code_cell("")
        bundles = [block.bundle() for block in report.blocks(section)]
        cell["outputs"] = [nbformat.v4.new_output("display_data", data=d, metadata=m) for d, m in bundles]
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page that shares its assets; return its folder."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "assets").mkdir()
    page = export_page(executed("gia-lai"), "vi", "abc", shared=True)
    (folder / "gia-lai.html").write_text(page, encoding="utf-8")
    for asset in page_assets().values():
        (folder / "assets" / asset.name).write_bytes(asset.content)
    return folder


def test_page_with_shared_assets_is_small_and_names_them(beside: Path) -> None:
    page = (beside / "gia-lai.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 300_000
    named = re.findall(r'(?:src|href)="assets/([^"]+)"', page)
    assert set(named) <= {asset.name for asset in page_assets().values()}
    kinds = sorted(re.sub(r"-[0-9a-f]+\.", ".", name) for name in named)
    scripts = ["calendar.js", "evidence.js", "page.js", "plotly.js", "print.js", "review.js"]
    assert kinds == sorted([*scripts, "page.css", "print.css"])
    assert 'id="plotly"' not in page


def test_assets_go_with_the_last_page_that_needs_them(workers: Workers, request_: Request) -> None:
    shared = replace(request_, shared_assets=True)
    run_batch(shared)
    asset = request_.out / "assets" / "page-0123.js"
    assert asset.is_file()
    (request_.out / "assets" / "page-old.js").write_text("of an older version")
    asset.unlink()
    assert states(run_batch(shared))["made"] == PAGES  # the asset is missing
    assert [path.name for path in asset.parent.iterdir()] == ["page-0123.js"]
    run_batch(replace(request_, localities=("gia-lai",)))
    assert asset.is_file()  # the other localities need it
    run_batch(request_)
    assert not asset.parent.exists()


@pytest.mark.browser
def test_page_with_shared_assets_opens_offline(beside: Path) -> None:
    from test_browser import CHROMIUM, SHOW_ALL, UNTIL, sync_api

    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page, asked, errors = chromium.new_context(offline=True).new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((beside / "gia-lai.html").as_uri() + "#L5")
        page.evaluate("""async () => {
          for (let i = 0; i < 3000 && document.querySelector(".part"); i += 1) await new Promise((r) => setTimeout(r, 20));
        }""")
        page.evaluate(SHOW_ALL)
        assert page.evaluate("document.querySelectorAll('figure:not([data-drawn])').length") == 0
        assert page.evaluate("document.querySelectorAll('.main-svg').length") > 0
        assert page.evaluate("document.querySelectorAll('.part').length") == 0
        assert page.evaluate("document.querySelectorAll('#review-form[data-ready]').length") == 1
        assert page.evaluate("document.getElementById('L5').getBoundingClientRect().height") > 0
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        assert page.evaluate("document.querySelector('.missing').hidden")
        printed = chromium.new_context(offline=True).new_page()
        printed.add_init_script("window.print = () => { window.printed = Boolean(window.Plotly); }")
        printed.goto((beside / "gia-lai.html").as_uri(), wait_until="domcontentloaded")
        printed.keyboard.press("Control+p")  # at once: it waits for what draws the charts
        assert printed.evaluate(UNTIL % ("window.printed", "window.printed"))
        chromium.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []


MISSING = """async () => {
  const told = () => !document.querySelector('.missing').hidden && document.querySelector('figure.failed');
  for (let i = 0; i < 500 && !told(); i += 1) await new Promise((r) => setTimeout(r, 20));
  return {
    said: document.querySelector('.missing').innerText,
    charts: [...new Set([...document.querySelectorAll('figure.chart .plot')].map((plot) => plot.innerText))],
    packed: document.querySelectorAll('.part').length,
    rows: document.querySelectorAll('#source ~ details li[id^=L]').length,
  };
}"""


@pytest.mark.browser
def test_page_whose_assets_are_missing_says_so_and_keeps_its_text(beside: Path, tmp_path: Path) -> None:
    """Mailed alone, and with all but plotly.js: what is missing is named, text and tables are there."""
    from test_browser import CHROMIUM, sync_api

    names = {asset.name for asset in page_assets().values()}
    plotly = next(name for name in names if name.startswith("plotly-"))
    shutil.copytree(beside, tmp_path / "most", ignore=shutil.ignore_patterns(plotly))
    shutil.copytree(beside, tmp_path / "alone", ignore=shutil.ignore_patterns("assets"))
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for folder in ("most", "alone"):
            page = chromium.new_context(offline=True).new_page()
            page.goto((tmp_path / folder / "gia-lai.html").as_uri())
            found = page.evaluate(MISSING)
            named = set(re.findall(r"assets/([\w.-]+\w)", found["said"]))
            assert named <= names
            assert named == {plotly} if folder == "most" else sum(n.endswith(".js") for n in named) == 2
            assert len(found["charts"]) == 1
            assert "thiếu tệp đi kèm" in found["charts"][0]
            assert found["packed"] == 0
            assert found["rows"] > 0
        chromium.close()
