"""Fixtures shared by the tests: the five plans once a session, and tiny plans written by a test."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

import compare as cp
from compare.align import Alignment
from compare.align.alignment import align_draft
from compare.align.draft import read_draft
from compare.catalogue import Catalogue
from compare.cli import main
from compare.decisions import apply_decisions, judge_decisions
from compare.documents import Document, read_document
from compare.extract import Extraction
from made_once import align_once, made_once, open_folder

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile("busy", deadline=None)  # a busy machine is no failure
    settings.load_profile("busy")
    if remove := open_folder():
        config.add_cleanup(remove)


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return cp.read_documents(ROOT / "data" / "raw")


@pytest.fixture(scope="session")
def extraction(documents: list[Document]) -> Extraction:
    return cp.extract_documents(documents)


@pytest.fixture(scope="session")
def tasks(extraction: Extraction) -> pd.DataFrame:
    return cp.normalise_tasks(extraction.tasks)


@pytest.fixture(scope="session")
def catalogue(tasks: pd.DataFrame) -> Catalogue:
    return cp.read_catalogue(tasks=tasks)


@pytest.fixture(scope="session")
def alignment(tasks: pd.DataFrame, catalogue: Catalogue) -> Alignment:
    """The five plans with all that readers said of them."""
    return align_once(tasks, catalogue)


@pytest.fixture(scope="session")
def new_tasks(tasks: pd.DataFrame) -> list[str]:
    """Tasks of the locality that is new in ``new_alignment``."""
    return tasks.loc[tasks["locality"] == "ha-tinh", "task_id"].tolist()


@pytest.fixture(scope="session")
def new_alignment(tasks: pd.DataFrame, catalogue: Catalogue, new_tasks: list[str]) -> Alignment:
    """The five plans as if nobody had read Hà Tĩnh's."""
    return align_once(tasks, catalogue.without(new_tasks))


@pytest.fixture
def aligned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command give what other tests have aligned already, if its tables are the very same."""
    monkeypatch.setattr(cp, "align_tasks", align_once)


@pytest.fixture(scope="session")
def align_again(
    tasks: pd.DataFrame, catalogue: Catalogue, new_tasks: list[str], new_alignment: Alignment
) -> Callable[[pd.DataFrame], Alignment]:
    """Align as ``new_alignment`` was, with decisions, without learning anew: much faster."""
    draft = read_draft(tasks)
    texts, base = draft.read_texts(), catalogue.without(new_tasks)

    def align(decisions: pd.DataFrame) -> Alignment:
        settled = apply_decisions(base, judge_decisions(decisions, base, draft.tasks))
        return align_draft(draft, settled, texts, new_alignment.matching)

    return align


@pytest.fixture(scope="session")
def built() -> Path:
    """The tables of the five plans, built once; not to be written into."""

    def build(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:  # what is tested of a build builds anew
            patch.setattr("compare.cli.study.align_tasks", align_once)
            assert main(["build", "--processed", str(folder)]) == 0

    return made_once("built", build)


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Document]:
    """Write a tiny plan and read it as a document of Gia Lai (or another locality)."""

    def write(text: str, locality: str = "gia-lai", corrections: str = "") -> Document:
        path = tmp_path / f"{locality}.txt"
        path.write_text(text, encoding="utf-8")
        if corrections:
            path.with_suffix(".corrections.csv").write_text(corrections, encoding="utf-8")
        return read_document(path)

    return write


@pytest.fixture
def annex(plan: Callable[..., Document]) -> Callable[..., pd.DataFrame]:
    """Extract the tasks of an annex given by its rows, cells parted by ``|``."""

    def extract(
        *rows: str, head: str = "STT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian"
    ) -> pd.DataFrame:
        lines = ["PHỤ LỤC", "", head.replace("|", "\t"), *(row.replace("|", "\t") for row in rows)]
        return cp.normalise_tasks(cp.extract_tasks([plan("\n".join(lines))]))

    return extract
