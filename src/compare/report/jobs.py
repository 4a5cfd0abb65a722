"""What a report is asked for and what became of it: plain data that travels between processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Job", "Outcome"]


@dataclass(frozen=True)
class Job:
    """One report to make: its file stem, notebook, parameters, and where to work."""

    stem: str
    notebook: Path
    parameters: Mapping[str, Any]
    language: str
    key: str
    scratch: Path


@dataclass(frozen=True)
class Outcome:
    """What became of a job: the file made (a page, or the notebook of a failure) and the error."""

    stem: str
    made: Path
    error: str = ""
