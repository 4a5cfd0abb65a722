"""Differences: mentions whose date or issuer disagrees with most mentions of the same document.

In: the mentions of every plan. Out: the same, flagged. A number of a central body is one document in every
plan; a number of a local body only within its plan, for every province counts its own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from compare.citations.collect import Cited

__all__ = ["CENTRAL", "flag_differences"]

CENTRAL = ("party-central", "national-assembly", "government", "ministry")


def _usual(values: Iterable[str]) -> set[str]:
    """Return the most frequent values; several among equals."""
    counts = Counter(values)
    return {value for value, n in counts.items() if n == max(counts.values())}


def _flag(group: Sequence[Cited], flag: str, differs: Callable[[Cited], bool]) -> None:
    for cited in group:
        if differs(cited) and flag not in cited.flags:
            cited.flags.append(flag)


def _usual_dates(group: Sequence[Cited]) -> set[str]:
    """Return the dates printed most, of equals those that most plans print; several where these are equal."""
    dated = [c for c in group if c.mention.date]
    plans = Counter(date for date, _ in {(c.mention.date, c.locality) for c in dated})
    usual = _usual(c.mention.date for c in dated)
    return {date for date in usual if plans[date] == max(plans[d] for d in usual)}


def _flag_dates(group: Sequence[Cited]) -> None:
    """Flag dates that disagree; a partial date agrees with a full one that begins with it."""
    usual = _usual_dates(group)

    def differs(cited: Cited) -> bool:
        date = cited.mention.date
        return bool(date) and any(not (a.startswith(date) or date.startswith(a)) for a in usual)

    _flag(group, "date-differs", differs)


def _flag_issuers(group: Sequence[Cited]) -> None:
    """Flag issuers that disagree with the usual one."""
    named = [c.mention.issuer.known for c in group if c.mention.issuer]
    usual = _usual(known.name for known in named if not known.general)
    levels = {known.level for known in named if known.name in usual}

    def differs(cited: Cited) -> bool:
        if not cited.mention.issuer:
            return False
        known = cited.mention.issuer.known
        return known.level not in levels if known.general and levels else bool(usual - {known.name})

    _flag(group, "issuer-differs", differs)


def flag_differences(mentions: Sequence[Cited]) -> None:
    """Flag, in place, the mentions that disagree: ``date-differs``, ``issuer-differs``."""
    groups: dict[tuple[str, str], list[Cited]] = defaultdict(list)
    for cited in mentions:
        place = "" if cited.level in CENTRAL else cited.locality
        groups[place, cited.mention.citation_id].append(cited)
    for group in groups.values():
        _flag_dates(group)
        _flag_issuers(group)
