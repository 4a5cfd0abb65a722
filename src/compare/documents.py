"""Documents and reference data: the only module of the first stages that reads files.

In: a folder of plans as received (UTF-8 text, table cells parted by tabs). Out: one
:class:`Document` a file, a sequence of blocks (:mod:`compare.blocks`) that know their lines;
and :class:`Reference`, the hand-kept tables of ``data/reference``. Assumed: a file's stem is the id
of a locality that ``localities.csv`` lists.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from compare.blocks import Block, Paragraph, Row, lines_to_blocks
from compare.errors import DocumentError, accepted
from compare.folders import data_folder
from compare.text import nfc, words

__all__ = [
    "Block",
    "Document",
    "Paragraph",
    "Reference",
    "Row",
    "data_folder",
    "find_document",
    "read_document",
    "read_documents",
    "read_reference",
]

_REFERENCE = {
    "localities": ["locality", "name_vi", "level", "parent"],
    "locality_successions": [
        *("locality", "successor_vi", "made_of", "since", "note", "note_en", "ground", "status"),
    ],
    "agencies": [
        *(
            "agency_id",
            "name_vi",
            "name_en",
            "kind",
            "level",
            "short",
            "beneficiary",
            "parent",
            "valid_from",
            "valid_to",
        ),
    ],
    "agency_aliases": ["alias", "agency_id", "level", "note"],
    "pillars": ["pillar", "name_vi", "name_en", "heading_pattern"],
    "headings": ["use", "name", "pattern", "note"],
    "defects": ["kind", "name_vi", "name_en"],
    "indicators": ["indicator", "name_vi", "name_en", "unit", "kind", "pattern", "note"],
    "units": ["unit", "name_en", "plural_en", "kind", "pattern", "note"],
    "successions": [
        *("agency_id", "successor_id", "locality", "content", "content_pattern", "since", "ground", "status"),
    ],
    "group_members": ["group_id", "member_id", "valid_from", "valid_to", "ground"],
    "document_kinds": ["code", "name_vi", "name_en", "pattern"],
    "document_issuers": ["suffix", "name_vi", "name_en", "issuer_level", "general", "pattern"],
    "law_names": ["name_vi"],
    "phrases": ["name_vi", "name_en"],
    "source_kinds": ["address", "kind"],
}
_LOCALITY = re.compile(r"[A-Za-z0-9_-]+")
_TAKEN = frozenset({"index", "overview", "assets", "failed"})  # pages and folders of the reports
_NAMING = ("units", "indicators", "document_issuers")  # tables whose patterns name what they fit
CORRECTIONS = ["task_id", "column", "found", "value", "reason"]


@dataclass(frozen=True)
class Document:
    """One plan: who issued it, its lines and blocks, and the corrections kept beside it."""

    locality: str
    name_vi: str
    level: str
    source_file: str
    sha256: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    corrections: pd.DataFrame


class _Patterns(dict[str, str]):
    """Patterns of one use by name; a name without a row is told as such."""

    def __init__(self, use: str, found: dict[str, str]) -> None:
        super().__init__(found)
        self.use = use

    def __missing__(self, name: str) -> str:
        raise DocumentError(f"headings.csv: a row '{self.use},{name}' wanted, found none; {accepted(self)}")


@dataclass(frozen=True)
class Reference:
    """The hand-kept tables of ``data/reference``, one frame each, all text."""

    localities: pd.DataFrame
    locality_successions: pd.DataFrame
    agencies: pd.DataFrame
    agency_aliases: pd.DataFrame
    pillars: pd.DataFrame
    headings: pd.DataFrame
    defects: pd.DataFrame
    indicators: pd.DataFrame
    units: pd.DataFrame
    successions: pd.DataFrame
    group_members: pd.DataFrame
    document_kinds: pd.DataFrame
    document_issuers: pd.DataFrame
    law_names: pd.DataFrame
    phrases: pd.DataFrame
    source_kinds: pd.DataFrame

    def patterns(self, use: str) -> dict[str, str]:
        """Return name -> pattern of the headings of one use, in the order they are tried."""
        rows = self.headings[self.headings["use"] == use]
        return _Patterns(use, dict(zip(rows["name"], rows["pattern"], strict=True)))


def _read_csv(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    if not path.is_file():
        raise DocumentError(f"reference file wanted at {path}, found none")
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DocumentError(f"{path}: a UTF-8 CSV file wanted, found: {error}") from error
    if list(table.columns) != list(columns):
        raise DocumentError(f"{path}: columns {list(columns)} wanted, found {list(table.columns)}")
    table = table.map(nfc)
    _check_patterns(table, path)
    _check_english(table, path)
    return table


def _check_patterns(table: pd.DataFrame, path: Path) -> None:
    """Refuse a pattern that is none; one that fits everything would name everything alike."""
    for column in (column for column in table.columns if column.endswith("pattern")):
        for line, pattern in enumerate(table[column], 2):
            try:
                re.compile(pattern)
            except re.error as error:
                raise DocumentError(
                    f"{path}, line {line}, column {column!r}: a regular expression wanted, "
                    f"found {pattern!r}: {error}"
                ) from None
            if not pattern and path.stem in _NAMING:
                raise DocumentError(f"{path}, line {line}, column {column!r}: a pattern wanted, found none")


def _check_english(table: pd.DataFrame, path: Path) -> None:
    """Refuse a row without its English: English reports would show it in Vietnamese."""
    for column in (column for column in table.columns if column.endswith("_en")):
        for line, english in enumerate(table[column], 2):
            if not english:
                raise DocumentError(f"{path}, line {line}, column {column!r}: English wanted, found none")


def _check_localities(table: pd.DataFrame, path: Path) -> None:
    """Refuse an id that is given twice, or that could not name a page and its links."""
    for line, place in enumerate(table["locality"], 2):
        if not _LOCALITY.fullmatch(place) or place in _TAKEN:
            wanted = f"an id of ASCII letters, digits, '-' and '_' wanted, none of {sorted(_TAKEN)}"
            raise DocumentError(f"{path}, line {line}, column 'locality': {wanted}; found {place!r}")
        if place in set(table["locality"][: line - 2]):
            raise DocumentError(f"{path}, line {line}, column 'locality': {place!r} stands there twice")


def read_reference(folder: str | Path | None = None) -> Reference:
    """Read the reference tables; without a folder, those of the project.

    Raises
    ------
    DocumentError
        A file is missing, is not UTF-8 CSV or has other columns than expected; a pattern is none, or
        a row has no English.
    """
    return _read_reference(str(folder or data_folder("reference")))


@cache
def _read_reference(folder: str) -> Reference:
    tables = {name: _read_csv(Path(folder, f"{name}.csv"), columns) for name, columns in _REFERENCE.items()}
    _check_localities(tables["localities"], Path(folder, "localities.csv"))
    return Reference(**tables)


def _read_text(path: Path) -> tuple[str, str]:
    if not path.is_file():
        raise DocumentError(f"document wanted at {path}, found none")
    content = path.read_bytes()
    try:
        text = nfc(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DocumentError(f"{path}: UTF-8 text wanted, found other bytes in line {line}") from error
    if not words(text):
        raise DocumentError(f"{path}: a plan wanted, found a file without text")
    return text, hashlib.sha256(content).hexdigest()


def read_document(path: str | Path, reference: Reference | None = None) -> Document:
    """Read one plan, and the corrections file beside it (``<stem>.corrections.csv``) if there is one.

    Raises
    ------
    DocumentError
        The file is missing, empty or not UTF-8, or its stem is no locality of ``localities.csv``.
    """
    path = Path(path)
    reference = reference or read_reference()
    text, sha256 = _read_text(path)
    known = reference.localities.set_index("locality")
    if path.stem not in known.index:
        raise DocumentError(
            f"{path}: the file's stem {path.stem!r} is no locality of data/reference/localities.csv; "
            + accepted(known.index)
        )
    beside = path.with_suffix(".corrections.csv")
    corrections = _read_csv(beside, CORRECTIONS) if beside.is_file() else pd.DataFrame(columns=CORRECTIONS)
    place, lines = known.loc[path.stem], text.split("\n")
    lines = lines[:-1] if lines[-1] == "" else lines
    return Document(
        path.stem,
        place["name_vi"],
        place["level"],
        path.name,
        sha256,
        tuple(lines),
        lines_to_blocks(lines),
        corrections,
    )


def read_documents(folder: str | Path = "data/raw", reference: Reference | None = None) -> list[Document]:
    """Read every plan of a folder, in the order of their localities' ids.

    Parameters
    ----------
    folder : path
        Folder with one ``<locality>.txt`` a plan.
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    list of Document

    Raises
    ------
    DocumentError
        The folder is missing or holds no plan; or as :func:`read_document`.
    """
    paths = sorted(Path(folder).glob("*.txt"))
    if not paths:
        raise DocumentError(f"plans (<locality>.txt) wanted in {folder}, found none")
    return [read_document(path, reference) for path in paths]


def find_document(documents: Sequence[Document], locality: str) -> Document:
    """Return the plan of a locality.

    Raises
    ------
    DocumentError
        None of the documents is of that locality; those there are are named.
    """
    plans = {document.locality: document for document in documents}
    if locality not in plans:
        raise DocumentError(f"unknown locality {locality!r}: no plan of it was read; {accepted(plans)}")
    return plans[locality]
