"""Fixtures shared by the tests: the five plans once a session, and tiny plans written by a test."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import compare as cp
from compare.documents import Document, read_document
from compare.extract import Extraction

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return cp.read_documents(ROOT / "data" / "raw")


@pytest.fixture(scope="session")
def extraction(documents: list[Document]) -> Extraction:
    return cp.extract_documents(documents)


@pytest.fixture(scope="session")
def tasks(extraction: Extraction) -> pd.DataFrame:
    return cp.normalise_tasks(extraction.tasks)


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
