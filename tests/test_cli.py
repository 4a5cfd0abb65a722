"""The command: one line and exit status 2 for every error, nothing half-written."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.align import Alignment
from compare.cli import build_tables, main
from compare.decisions import COLUMNS
from compare.schema import TABLES

ROOT = Path(__file__).parents[1]


@pytest.fixture
def processed(built: Path) -> Path:
    return built


def _files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix in (".csv", ".parquet")}


def test_build_writes_every_table_as_parquet_and_csv(processed: Path) -> None:
    assert {p.stem for p in processed.iterdir()} == {*TABLES, "manifest", ".lock"}
    assert all(
        (processed / f"{name}{suffix}").is_file() for name in TABLES for suffix in (".parquet", ".csv")
    )


def test_two_builds_give_the_same_bytes_and_say_what_they_made(
    processed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--processed", str(tmp_path)]) == 0
    assert _files(tmp_path) == _files(processed)
    said = capsys.readouterr().out.splitlines()
    assert "gia-lai: 67 tasks" in said
    assert "0 memberships to review, 0 changes since the last build" in said


def test_one_plan_alone_can_be_built(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copy(ROOT / "data" / "raw" / "ha-tinh.txt", tmp_path / "raw")
    tables = build_tables(tmp_path / "raw")
    assert len(tables["tasks"]) == 21
    assert tables["pairs"].empty


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gia-lai.txt", b"", "a plan wanted, found a file without text"),
        ("gia-lai.txt", b"\xff\xfeK\x00", "UTF-8 text wanted, found other bytes in line 1"),
        ("gia-lai.txt", "Thực đơn\n\nPhở bò".encode(), "an action plan wanted"),
        ("ha-noi.txt", "KẾ HOẠCH".encode(), "accepted: dak-nong, dong-nai, gia-lai, go-cong-tay, ha-tinh"),
        ("plan.pdf", b"%PDF", "plans (<locality>.txt) wanted"),
    ],
)
def test_what_is_no_plan_stops_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, message: str
) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / name).write_bytes(content)
    assert main(["build", "--raw", str(raw), "--processed", str(out)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("doichieu: ")
    assert message in said
    assert not out.exists()


def test_a_missing_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--raw", str(tmp_path / "nowhere"), "--processed", str(tmp_path)]) == 2
    assert "nowhere, found none" in capsys.readouterr().err


def test_a_failed_build_leaves_the_old_tables(processed: Path, tmp_path: Path) -> None:
    shutil.copytree(processed, tmp_path / "out")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "gia-lai.txt").write_text("")
    assert main(["build", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "out")]) == 2
    assert _files(tmp_path / "out") == _files(processed)


@pytest.mark.usefixtures("aligned_once")
def test_explain_says_why(processed: Path, alignment: Alignment, capsys: pytest.CaptureFixture[str]) -> None:
    pair = ["ha-tinh/annex/3.2", "dong-nai/annex/III.2"]
    assert main(["explain", *pair, "--processed", str(processed)]) == 0
    said = capsys.readouterr().out
    found = cp.explain(alignment, *pair)
    assert said.startswith(
        f"dong-nai/annex/III.2 ~ ha-tinh/annex/3.2: probability {found['probability']:.2f}, match"
    )
    assert "kết hợp động lực kinh tế với động lực tinh thần" in said
    assert "families of both: " + ", ".join(found["families"]) in said
    assert "member-democracy-autonomy" in found["families"]


@pytest.mark.usefixtures("aligned_once")
def test_explain_says_why_a_task_is_in_a_family(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ha-tinh/annex/3.2", "expand-membership", "--processed", str(processed)]) == 0
    said = capsys.readouterr().out
    assert "decided by a reviewer part" in said
    assert "closest reviewed member, " in said
    assert "nearest other families:" in said


def test_explain_names_the_nearest_task_ids(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ha-tinh/annex/9.9", "gia-lai/annex/1", "--processed", str(processed)]) == 2
    assert "unknown task 'ha-tinh/annex/9.9'" in capsys.readouterr().err


def test_tables_must_be_built_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "a", "b", "--processed", str(tmp_path)]) == 2
    assert "build it first: doichieu build" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["buidl"],
        ["report", "--language", "fr"],
        ["report", "--jobs", "0"],
        ["evaluate", "--seed", "-1"],
        ["review", "list", "-n", "x"],
    ],
)
def test_unusable_arguments_exit_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: doichieu" in capsys.readouterr().err


def test_python_m_compare_is_the_command() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "compare", "--help"], capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("usage: doichieu")
    assert all(
        command in said.stdout for command in ("build", "changes", "evaluate", "report", "review", "explain")
    )


def test_shuffled_tasks_give_the_same_alignment(tasks: pd.DataFrame) -> None:
    one = cp.align_tasks(tasks)
    other = cp.align_tasks(tasks.sample(frac=1, random_state=7))
    for name in ("clauses", "pairs", "families", "memberships"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_a_build_without_a_catalogue_names_the_cold_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", "--processed", str(tmp_path / "out"), "--catalogue", str(tmp_path)]
    assert main(command) == 2
    said = capsys.readouterr().err
    assert f"wanted in {tmp_path}, found none; accepted: --catalogue DIR with one, --cold-start" in said
    assert not (tmp_path / "out").exists()


def test_an_unknown_locality_is_named(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "list", "--processed", str(processed), "--locality", "nowhere"]) == 2
    assert "unknown locality 'nowhere'; accepted: dak-nong, " in capsys.readouterr().err


def test_settling_an_unknown_locality_changes_nothing(
    processed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("families.csv", "memberships.csv"):
        shutil.copy(ROOT / "data" / "catalogue" / name, tmp_path)
    (tmp_path / "decisions.csv").write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    before = (tmp_path / "memberships.csv").read_bytes()
    command = ["review", "settle", "--processed", str(processed), "--catalogue", str(tmp_path)]
    assert main([*command, "--locality", "nowhere"]) == 2
    assert "unknown locality 'nowhere'" in capsys.readouterr().err
    assert (tmp_path / "memberships.csv").read_bytes() == before
