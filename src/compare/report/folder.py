"""The folder of reports while a run writes into it: what was made moved in, noted, and said.

In: outcomes. Out: pages in place, notebooks of failures in ``failed``, the manifest, one line a file.
A page is moved when it is whole, and noted at once, so that a run that is killed loses nothing done.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from compare.manifest import Entries, Entry, file_record, made_now, write_manifest
from compare.report.due import ASSETS, Due
from compare.report.jobs import Line, Outcome

__all__ = ["Folder"]


def _move(outcome: Outcome, file: str, out: Path) -> None:
    """Move a finished file into place, its assets first, and forget a failure of before."""
    for asset in outcome.assets:
        (out / ASSETS).mkdir(exist_ok=True)
        os.replace(asset, out / ASSETS / asset.name)
    os.replace(outcome.made, out / file)
    failed = out / "failed" / f"{outcome.stem}.ipynb"
    failed.unlink(missing_ok=True)
    if failed.parent.is_dir() and not any(failed.parent.iterdir()):
        failed.parent.rmdir()


def _keep_failed(outcome: Outcome, out: Path) -> None:
    """Keep the executed notebook of a failure; one without outputs where the process died."""
    failed = out / "failed" / f"{outcome.stem}.ipynb"
    failed.parent.mkdir(exist_ok=True)
    if outcome.made.is_file():
        os.replace(outcome.made, failed)
    else:
        empty = {"cells": [], "metadata": {"error": outcome.error}, "nbformat": 4, "nbformat_minor": 5}
        failed.write_text(json.dumps(empty, ensure_ascii=False), encoding="utf-8")


@dataclass
class Folder:
    """The folder of reports, the manifest's entries as they grow, and what was said so far."""

    out: Path
    entries: Entries
    tell: Callable[[Line], None]
    lines: list[Line] = field(default_factory=list)

    def say(self, line: Line) -> None:
        """Say what became of a file."""
        self.lines.append(line)
        self.tell(line)

    def unchanged(self, stem: str, file: str) -> None:
        """Say that a file is current."""
        self.say(Line(stem, file, "unchanged", self.entries[file]["bytes"]))

    def made(self, stem: str, file: str, inputs: Entry, seconds: float, assets: list[str]) -> None:
        """Note and say that a file was made and stands in its place."""
        found = file_record(self.out / file)
        noted = {"inputs": inputs, "error": "", "assets": assets, **made_now(seconds)}
        self.entries[file] = {**found, **noted}
        self.say(Line(stem, file, "made", found["bytes"], seconds))

    def failed(self, due: Due, outcome: Outcome) -> None:
        """Note and say that a file could not be made; its page of before stays, with its assets."""
        assets = self.entries.get(due.job.file, {}).get("assets", [])
        noted = {"inputs": due.inputs, "error": outcome.error, "assets": assets}
        self.entries[due.job.file] = {"bytes": 0, "sha256": "", **noted, **made_now(outcome.seconds)}
        line = Line(due.job.stem, due.job.file, "failed", 0, outcome.seconds, outcome.error)
        self.say(line)

    def take(self, due: Due, outcome: Outcome) -> None:
        """Take in what became of a job; the manifest is written before the next one is looked at."""
        job = due.job
        if outcome.error:
            if job.notebook is not None:
                _keep_failed(outcome, self.out)
            self.failed(due, outcome)
        else:
            _move(outcome, job.file, self.out)
            assets = sorted(path.name for path in outcome.assets)
            self.made(job.stem, job.file, due.inputs, outcome.seconds, assets)
        write_manifest(self.entries, self.out)

    def clear(self) -> None:
        """Forget files that are gone, and remove assets that no page needs any more."""
        for file, entry in list(self.entries.items()):
            if not (self.out / file).is_file() and not entry.get("error"):
                del self.entries[file]
        needed = {name for entry in self.entries.values() for name in entry.get("assets", ())}
        assets = self.out / ASSETS
        for path in assets.glob("*-*.*"):
            if path.name not in needed:
                path.unlink()
        if assets.is_dir() and not any(assets.iterdir()):
            assets.rmdir()
