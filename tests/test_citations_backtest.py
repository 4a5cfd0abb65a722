"""Citations of the five plans, against a reading made by eye.

``backtests/citations.csv`` and ``citation_mentions.csv`` were written by a reader who did not see the program;
``citations_settled.csv`` lists where the reading was settled otherwise, with the reason. A cell settled in a
row that was not read adds the row; a settled ``citation_id`` holds for the mentions too.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from compare.schema import read_table

BACKTESTS = Path(__file__).parent / "backtests"
FIELDS = ["number", "kind", "issued_on", "issuer", "n_mentions", "relation", "flags", "lines"]
COUNTED = ["n_mentions", "issued_on", "lines"]
Key = tuple[str, str]
Rows = dict[Key, dict[str, str]]


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(BACKTESTS / f"{name}.csv", dtype=str, keep_default_na=False)


def _changes(table: str) -> Iterator[tuple[Key, str, str, str]]:
    changes = _read("citations_settled")
    for row in changes[changes["table"] == table].itertuples():
        yield (row.locality, row.citation_id), row.field, row.read, row.settled


def _rows(table: pd.DataFrame) -> Rows:
    """Return the compared fields of each document, flags in one order."""
    rows = {}
    for row in table.to_dict("records"):
        fields = {field: str(row[field]) for field in FIELDS}
        fields["flags"] = ";".join(sorted(filter(None, fields["flags"].split(";"))))
        rows[row["locality"], row["citation_id"]] = fields
    return rows


def _ids() -> dict[Key, Key]:
    """Map the ids that were read to those settled."""
    return {
        key: (key[0], settled) for key, field, _, settled in _changes("citations") if field == "citation_id"
    }


def _settled() -> Rows:
    """Return the reading with what was settled put in; each settled cell must be as it was read."""
    rows, ids = _rows(_read("citations")), _ids()
    for key, field, read, settled in _changes("citations"):
        if field == "citation_id":
            assert key in rows
            assert key[1] == read
            continue
        row = rows.setdefault(key, dict.fromkeys(FIELDS, ""))
        was = ";".join(sorted(read.split(";"))) if field == "flags" else read
        assert row[field] == was
        row[field] = settled
    return {ids.get(key, key): row for key, row in rows.items()}


@pytest.fixture(scope="module")
def citations(built: Path) -> pd.DataFrame:
    return read_table("citations", built)


@pytest.fixture(scope="module")
def mentions(built: Path) -> pd.DataFrame:
    return read_table("citation_mentions", built)


def test_every_document_that_was_read_is_found_and_no_other(citations: pd.DataFrame) -> None:
    assert _rows(citations) == _settled()


def test_every_mention_stands_on_the_line_that_was_read(mentions: pd.DataFrame) -> None:
    read, ids = _read("citation_mentions"), _ids()
    keys = [(row.locality, row.citation_id, row.line) for row in read.itertuples()]
    added = [(*key, line) for key, field, _, line in _changes("citation_mentions") if field == "line"]
    wanted = Counter((*ids.get((place, name), (place, name)), int(n)) for place, name, n in [*keys, *added])
    found = mentions[["locality", "citation_id", "line_start"]].itertuples(index=False, name=None)
    assert Counter(found) == wanted


def _said(table: pd.DataFrame, line: str) -> Counter[tuple[str, ...]]:
    """Count what is printed beside each number: locality, number, line, date, issuer."""
    columns = ["locality", "citation_id", line, "date_printed", "issuer_printed"]
    numbered = table[table["citation_id"].str.contains("/")]
    return Counter(tuple(map(str, row)) for row in numbered[columns].itertuples(index=False, name=None))


def test_dates_and_issuers_printed_beside_numbers_are_those_that_were_read(mentions: pd.DataFrame) -> None:
    read = _read("citation_mentions")
    for (place, name), field, was, settled in _changes("citation_mentions"):
        if field != "line":
            here = (read["locality"] == place) & (read["citation_id"] == name) & (read[field] == was)
            assert here.sum() == 1
            read.loc[here, field] = settled
    read = read[read["citation_id"] != "/KH-UBND"]
    assert _said(mentions, "line_start") == _said(read, "line")


def test_the_reading_before_it_was_settled_agrees_on_every_numbered_document(
    citations: pd.DataFrame,
) -> None:
    """Found, and counted, dated and placed as they were read before anything was settled."""
    read, found = _rows(_read("citations")), _rows(citations)
    read, found = ({key: row for key, row in rows.items() if row["number"]} for rows in (read, found))
    cells = [read[key][field] == found.get(key, {}).get(field) for key in read for field in COUNTED]
    assert len(read) == 23
    assert len(read.keys() & found.keys()) / len(read.keys() | found.keys()) >= 0.97
    assert sum(cells) / len(cells) >= 0.97


def test_the_forms_printed_are_those_that_were_read(citations: pd.DataFrame) -> None:
    """The reader wrote the word before a number too, and cut a long title or marked a page break in it."""
    found = citations.set_index(["locality", "citation_id"])["as_printed"]
    ids = _ids()
    for row in _read("citations").itertuples():
        key = (row.locality, row.citation_id)
        printed, read = found[ids.get(key, key)], row.as_printed.replace("… ", "")
        longer, shorter = (read, printed) if "/" in row.citation_id else (printed, read)
        assert all(form in longer for form in shorter.split(" | "))
