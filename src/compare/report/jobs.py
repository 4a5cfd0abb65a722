"""What a batch is asked for and what became of it: plain data that travels between processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Job", "Line", "Outcome", "Request"]


@dataclass(frozen=True)
class Request:
    """What a batch is asked for, as :func:`compare.render_reports` takes it; all paths absolute."""

    processed: Path
    out: Path
    notebooks: Path
    localities: tuple[str, ...] = ()
    workers: int = 2
    language: str = "vi"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    force: bool = False
    shared_assets: bool = False
    workbook: bool = False

    @property
    def project(self) -> Path:
        """The folder that holds ``data``."""
        return self.processed.parents[1]


@dataclass(frozen=True)
class Job:
    """One file to make: its name and stem, notebook (none for a workbook), parameters, where to work."""

    stem: str
    file: str
    notebook: Path | None
    parameters: Mapping[str, Any]
    language: str
    key: str
    scratch: Path = Path()
    processed: Path = Path()
    shared_assets: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a job: the file made (or the notebook of a failure), the assets it needs, the error."""

    stem: str
    made: Path
    error: str = ""
    seconds: float = 0.0
    assets: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of what a batch says: a report's state (made, unchanged or failed), size and time."""

    stem: str
    file: str
    state: str
    n_bytes: int = 0
    seconds: float = 0.0
    error: str = ""
