"""What was made, from what: the list that lets a second run make nothing that is there already.

In: files, and whatever shapes what is made from them: data, code, packages, settings. Out: a manifest,
``manifest.json`` beside the files: for each its size and hash, the hashes of its inputs, when it was
made and how long that took. The time stands only there, never in a file that is made. Nothing is
imported but the standard library, since most runs find everything unchanged and end here.
"""

import datetime
import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, TypeAlias

__all__ = [
    "Entries",
    "Entry",
    "code_hash",
    "file_hash",
    "file_record",
    "folder_hashes",
    "is_whole",
    "made_now",
    "package_versions",
    "program_inputs",
    "read_manifest",
    "write_manifest",
]

Entry: TypeAlias = dict[str, Any]
Entries: TypeAlias = dict[str, Entry]
NAME = "manifest.json"
_FORMAT = 1
_PROJECT = "doi-chieu"
_EXTRAS = ("workbook", "calendar")  # those that shape what is made
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:.*extra == ['\"](?P<extra>\w+)['\"])?")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or "" where there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


def folder_hashes(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Return name -> hash of the files of a folder; hidden ones, and those in folders in it, are left out."""
    paths = sorted(path for path in folder.glob(pattern) if path.is_file() and path.name[0] != ".")
    return {path.name: file_hash(path) for path in paths}


@cache
def code_hash() -> str:
    """Return one hash over the source files of the installed package: code, templates, labels."""
    root, whole = Path(__file__).parent, hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.name[0] != "." and "__pycache__" not in path.parts:
            whole.update(f"{path.relative_to(root).as_posix()} {file_hash(path)}\n".encode())
    return whole.hexdigest()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def package_versions() -> dict[str, str]:
    """Return the versions of the packages that the project asks for, "" for an extra that is missing."""
    found = (_REQUIREMENT.match(line) for line in requires(_PROJECT) or ())
    named = [m["name"] for m in found if m and (m["extra"] is None or m["extra"] in _EXTRAS)]
    return {name: _installed(name) for name in sorted([_PROJECT, *named])}


def program_inputs(project: Path) -> Entry:
    """Say what program makes a file: code, packages, Python, and the project's lock where there is one.

    Parameters
    ----------
    project : Path
        The folder that holds ``data``, and perhaps ``requirements.lock``.
    """
    return {
        "code": code_hash(),
        "lock": file_hash(project / "requirements.lock"),
        "packages": package_versions(),
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def file_record(path: Path) -> Entry:
    """Return the size and the hash of a file."""
    return {"bytes": path.stat().st_size, "sha256": file_hash(path)}


def is_whole(path: Path, entry: Mapping[str, Any]) -> bool:
    """Say whether a file is there, as its entry says it was made."""
    return bool(entry.get("sha256")) and file_hash(path) == entry["sha256"]


def made_now(seconds: float) -> Entry:
    """Say when something was made, to the second and in UTC, and how long it took."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return {"made_on": now, "seconds": round(seconds, 1)}


def read_manifest(folder: Path) -> Entries:
    """Read the entries of a folder's manifest; one that is missing or unreadable has none.

    Returns
    -------
    dict
        Name of what was made -> entry. What has none is made anew, so a damaged manifest costs only time.
    """
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        return {}
    made = found.get("made")
    entries = made.items() if isinstance(made, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, dict)}


def write_manifest(entries: Mapping[str, Entry], folder: Path) -> None:
    """Write a folder's manifest, keys sorted; the one of before is replaced when the new one is whole."""
    content = {"made": entries, "format": _FORMAT}
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    written = folder / f".{NAME}"
    written.write_text(text, encoding="utf-8", newline="\n")
    os.replace(written, folder / NAME)
