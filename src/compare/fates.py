"""What became of an agency: the rows of ``successions.csv``, checked, and the way along them.

In: the reference tables. Out: the holders of an agency's work on a day, in a locality.

A row says: of this agency (in this locality, or everywhere) this content went to this successor on
this date, by this ground. An empty successor is none; the agency itself is the same body, or, with a
date, a new body under the old name; where the source says so but no day, its status is *renewed*. Rows
of a locality replace the general ones of the same agency. A source that names another locality is left
out for this one; where there is no other, it is said to be of elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from compare.documents import Reference
from compare.errors import CompareError, DocumentError, accepted

__all__ = ["UNVERIFIED", "Fate", "Successions", "check_day", "outcome_of", "read_successions"]

# loose: by a source, most of the work but not all; renewed: set up anew under its name, by a source of no day
STATUSES = SOURCED, UNVERIFIED, LOOSE, RENEWED = "sourced", "unverified", "loose", "renewed"
_WEAKEST = (UNVERIFIED, LOOSE, RENEWED, SOURCED)  # a way is as sure as its weakest step
_ELSEWHERE = "ở nơi khác"  # how the source of another locality begins


class Fate(NamedTuple):
    """One end of an agency's way: who holds which content since when, by what ground."""

    holder_id: str
    content: str
    pattern: str
    since: str
    ground: str
    status: str


def check_day(day: str, where: str) -> str:
    """Return a full ISO date, or "" for none; ``where`` opens the message of the error.

    Raises
    ------
    CompareError
        The text is no date as YYYY-MM-DD.
    """
    try:
        if day and date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        raise CompareError(f"{where}: a date wanted as YYYY-MM-DD, found {day!r}") from None
    return day


def _check_row(row: Any, agencies: set[str], localities: set[str]) -> None:
    where = f"data/reference/successions.csv, line {row.Index + 2}"
    for name, value, known in (
        ("agency_id", row.agency_id, agencies),
        ("successor_id", row.successor_id, agencies | {""}),
        ("locality", row.locality, localities | {""}),
        ("status", row.status, set(STATUSES)),
    ):
        if value not in known:
            raise DocumentError(f"{where}: unknown {name} {value!r}; {accepted(filter(None, known))}")
    check_day(row.since, where)
    if row.status == RENEWED and (row.since or row.successor_id != row.agency_id):
        raise DocumentError(f"{where}: 'renewed' is of an agency that keeps its name, with no day since when")
    if not row.ground:
        raise DocumentError(f"{where}: a ground wanted (the published source, or why there is none)")
    try:
        re.compile(row.content_pattern)
    except re.error as error:
        raise DocumentError(f"{where}: content_pattern {row.content_pattern!r}: {error}") from error


def _check_overlaps(rows: pd.DataFrame) -> None:
    """Refuse two rows that dispose of the same part of an agency's work."""
    for _, own in rows.groupby(["agency_id", "locality"], sort=False):
        whole = own["content"].eq("")
        bad = own[own["content"].duplicated() | (whole & (len(own) > 1))]
        if len(bad):
            lines = ", ".join(str(i + 2) for i in own.index)
            raise DocumentError(
                f"data/reference/successions.csv, line {bad.index[0] + 2}: overlapping rows of "
                f"{bad['agency_id'].iloc[0]!r} (lines {lines}); accepted: one row for all of its work, "
                "or several rows with different contents"
            )


def _check_cycles(rows: pd.DataFrame) -> None:
    onward: dict[str, set[str]] = {}
    for agency, successor in zip(rows["agency_id"], rows["successor_id"], strict=True):
        onward.setdefault(agency, set()).update({successor} - {agency, ""})
    for line, agency in zip(rows.index + 2, rows["agency_id"], strict=True):
        reached, ahead = set[str](), set(onward[agency])
        while ahead:
            reached |= ahead
            ahead = {after for at in ahead for after in onward.get(at, ())} - reached
        if agency in reached:
            raise DocumentError(
                f"data/reference/successions.csv, line {line}: {agency!r} comes back to itself by way of "
                f"{', '.join(sorted(reached - {agency}))}; accepted: successors that lead onward only"
            )


def read_successions(reference: Reference) -> pd.DataFrame:
    """Return the rows of ``successions.csv`` when all of them hold together.

    Raises
    ------
    CompareError
        A date is not YYYY-MM-DD.
    DocumentError
        A name is unknown, a ground is missing, a pattern is no regular expression, rows overlap, or
        an agency comes back to itself; the message names the line.
    """
    rows = reference.successions
    agencies = set(reference.agencies["agency_id"])
    localities = set(reference.localities["locality"])
    for row in rows.itertuples():
        _check_row(row, agencies, localities)
    _check_overlaps(rows)
    _check_cycles(rows)
    return rows


def _ground_for(ground: str, elsewhere: Iterable[str]) -> str:
    """Leave out of a ground the sources of other localities; where it has no others, say whose they are.

    Examples
    --------
    >>> _ground_for("hợp nhất; Nghị định 45 (https://a.vn); HĐND tỉnh Đắk Nông (https://b.vn)", ["Đắk Nông"])
    'hợp nhất; Nghị định 45 (https://a.vn)'
    >>> _ground_for("Đại hội ở Đắk Nông (https://b.vn)", ["Đắk Nông"])
    'ở nơi khác: Đại hội ở Đắk Nông (https://b.vn)'
    """
    parts, others = ground.split("; "), []
    for part in parts:
        said, _, address = part.partition(" (http")
        if address and any(name in said for name in elsewhere):
            others.append(part)
    kept = [part for part in parts if part not in others]
    if any("(http" in part for part in kept) or not others:
        return "; ".join(kept)
    return "; ".join([*kept, *(p if p.startswith("như ") else f"{_ELSEWHERE}: {p}" for p in others)])


class Successions:
    """The rows by agency and locality, and the way from an agency to its holders of a day."""

    def __init__(self, reference: Reference, on: str) -> None:
        """Read the rows; ``on`` is a day as YYYY-MM-DD, or "" for the latest that they know."""
        self.on = on
        table = reference.localities
        self.places = {row.locality: {row.name_vi, row.parent} - {""} for row in table.itertuples()}
        self.rows: dict[tuple[str, str], list[Any]] = {}
        for row in read_successions(reference).itertuples(index=False):
            self.rows.setdefault((row.agency_id, row.locality), []).append(row)

    def _own(self, agency: str, locality: str, after: str) -> Iterator[Any]:
        own = self.rows.get((agency, locality)) or self.rows.get((agency, ""), [])
        return (row for row in own if row.since > after) if after else iter(own)

    def fates(self, agency: str, locality: str, after: str = "") -> list[Fate]:
        """Follow an agency to its holders; an agency without a row is unverified."""
        own = list(self._own(agency, locality, after))
        if not own:
            return [Fate("", "", "", "", "chưa có dòng nào trong successions.csv", UNVERIFIED)]
        in_force = [row for row in own if not self.on or row.since <= self.on]
        if not in_force:
            first = min(row.since for row in own)
            return [Fate(agency, "", "", "", f"trước ngày {first} chưa có thay đổi", SOURCED)]
        return [fate for row in in_force for fate in self._onward(row, locality)]

    def _onward(self, row: Any, locality: str) -> Iterator[Fate]:
        own = self.places.get(locality, set())
        ground = _ground_for(row.ground, sorted(set().union(*self.places.values()) - own))
        here = Fate(row.successor_id, row.content, row.content_pattern, row.since, ground, row.status)
        later = [r for r in self._own(row.successor_id, locality, row.since) if self._in_force(r)]
        if row.successor_id in ("", row.agency_id) or not row.since or not later:
            yield here
            return
        for fate in self.fates(row.successor_id, locality, row.since):
            status = next(s for s in _WEAKEST if s in (here.status, fate.status))
            yield Fate(
                fate.holder_id,
                here.content or fate.content,
                here.pattern or fate.pattern,
                fate.since,
                f"{here.ground}; {fate.ground}",
                status,
            )

    def _in_force(self, row: Any) -> bool:
        return not self.on or row.since <= self.on


def outcome_of(fate: Fate, agency: str, n_holders: int) -> str:
    """Name what a fate amounts to, for an agency with so many holders.

    Examples
    --------
    >>> fate = Fate("so-tai-chinh", "", "", "2025-03-01", "Nghị định 45/2025/NĐ-CP", "sourced")
    >>> outcome_of(fate, "so-tai-chinh", 1), outcome_of(fate._replace(since=""), "so-tai-chinh", 1)
    ('one', 'same')
    >>> outcome_of(fate._replace(status="loose"), "so-ke-hoach-dau-tu", 1)
    'loose'
    >>> outcome_of(fate._replace(since="", status="renewed"), "so-tai-chinh", 1)
    'one'
    """
    if fate.status == UNVERIFIED:
        return UNVERIFIED
    if not fate.holder_id:
        return "none"
    if n_holders > 1:
        return "several"
    if fate.status == LOOSE:
        return LOOSE
    again = fate.since or fate.status == RENEWED
    return "same" if fate.holder_id == agency and not again else "one"
