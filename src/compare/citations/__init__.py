"""Citations: every document that a plan cites, by its normalised number or its name.

In: documents and tasks. Out: the tables ``citations`` (one row a locality and document) and
``citation_mentions`` (one row a mention), what carries out what, and whether plans answer the same document.

What is a cited document is said in :mod:`compare.citations.names`; the forms of numbers in
:mod:`compare.document_numbers`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from compare.citations.collect import Cited, collect_mentions
from compare.citations.differences import CENTRAL, flag_differences
from compare.citations.links import citation_comparability, citation_hierarchy
from compare.documents import Document, Reference
from compare.schema import check_table
from compare.tables import TABLES
from compare.text import fold

__all__ = ["citation_comparability", "citation_hierarchy", "citation_mentions", "extract_citations"]

_RELATIONS = ("own", "implements", "cites")


def _mentions(documents: Sequence[Document], tasks: pd.DataFrame, reference: Reference | None) -> list[Cited]:
    mentions = collect_mentions(documents, tasks, reference)
    flag_differences(mentions)
    return mentions


def _most(values: Iterable[str]) -> str:
    """Return the most frequent value that is not empty, the longest and then the first among equals."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default="")


def _joined(values: Iterable[str], by: str = ";") -> str:
    return by.join(dict.fromkeys(value for value in values if value))


def _issuer(group: Sequence[Cited]) -> str:
    """Return the issuer printed most; its own name comes before a session of it (Hội nghị Trung ương 5)."""
    issuers = [c.mention.issuer for c in group if c.mention.issuer]
    counts = Counter(issuer.known.name for issuer in issuers)
    usual = max(counts, key=lambda name: counts[name], default="")
    plain = [issuer.plain for issuer in issuers if issuer.known.name == usual]
    return _most(name for name in plain if not fold(name).startswith("hoi nghi")) or _most(plain)


def _subject(group: Sequence[Cited]) -> str:
    """Return the usual subject; one that says what the document carries out comes first."""
    titles = [c.mention for c in group if c.mention.title]
    carrying = [m.title for m in titles if m.said.carries]
    return _shortest_of_most(carrying or [m.title for m in titles])


def _shortest_of_most(titles: Sequence[str]) -> str:
    counts = Counter(title.lower() for title in titles)
    return min(titles, key=lambda t: (-counts[t.lower()], len(t), t), default="")


def _flags(group: Sequence[Cited]) -> str:
    forms = {"".join(c.mention.printed.split()) for c in group if c.mention.number}
    spaced = {c.mention.printed for c in group if c.mention.number}
    several = len(forms) > 1 or len(spaced) > 1
    flags = [flag for cited in group for flag in cited.flags]
    if any(c.mention.number for c in group):
        flags = [flag for flag in flags if flag != "unnumbered"]
    return _joined(sorted({*flags, *(["number-form"] if several else [])}))


def _dates(mentions: Iterable[Cited]) -> dict[str, dict[str, set[str]]]:
    """Map each central document to the dates printed of it, each to the plans that print it."""
    dates: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cited in mentions:
        if cited.mention.date and cited.level in CENTRAL:
            dates[cited.mention.citation_id][cited.mention.date].add(cited.locality)
    return dates


def _date(group: Sequence[Cited], elsewhere: Mapping[str, set[str]]) -> str:
    """Return the date printed most; of equals the one that most other plans print, then the first.

    A partial date and a full one that begins with it support each other, and the full one is taken.
    """
    counts = Counter(c.mention.date for c in group if c.mention.date)
    first = list(counts)

    def plans(date: str) -> int:
        alike = (where for d, where in elsewhere.items() if d.startswith(date) or date.startswith(d))
        return len(set().union(*alike) - {group[0].locality})

    return min(counts, key=lambda d: (-counts[d], -plans(d), -len(d), first.index(d)), default="")


def _own_date(described: str, printed: str) -> str:
    """Return the plan's own date: as its head prints it, or completed by another place."""
    return printed if printed.startswith(described) else described


def _citation(group: Sequence[Cited], dates: Mapping[str, Mapping[str, set[str]]]) -> dict[str, object]:
    """Make one row of the mentions of one document in one plan."""
    first, mentions = group[0], [c.mention for c in group]
    own = any(c.relation == "own" for c in group)
    date, issuer = _date(group, dates.get(first.mention.citation_id, {})), _issuer(group)
    levels = Counter(c.level for c in group if c.level != "unknown")
    return {
        "locality": first.locality,
        "citation_id": first.mention.citation_id,
        "number": next((m.citation_id for m in mentions if m.number), ""),
        "kind": _most(m.kind for m in mentions),
        "issued_on": _own_date(first.own_date, date) if own else date,
        "issuer": (first.own_issuer or issuer) if own else issuer,
        "issuer_level": min(levels, key=lambda level: (-levels[level], level), default="unknown"),
        "title": _subject(group),
        "as_printed": _joined((m.printed for m in mentions), " | "),
        "n_mentions": len(group),
        "parts": _joined(c.part for c in group),
        "task_ids": _joined(c.task_id for c in group),
        "relation": min((c.relation for c in group), key=_RELATIONS.index),
        "flags": _flags(group),
        "lines": _joined(str(m.lines[0]) for m in mentions),
        "source_file": first.source_file,
        "line_start": mentions[0].lines[0],
        "line_end": mentions[0].lines[1],
    }


def extract_citations(
    documents: Sequence[Document], tasks: pd.DataFrame, reference: Reference | None = None
) -> pd.DataFrame:
    """Extract the documents that plans cite.

    Parameters
    ----------
    documents : sequence of Document
        In any order.
    tasks : DataFrame
        Their tasks; columns used: ``task_id``, ``locality``, ``part``, ``text`` and the lines.
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    DataFrame
        One row a locality and cited document (table ``citations`` of the schema), in the order of
        localities and first mentions.
    """
    groups: dict[tuple[str, str], list[Cited]] = defaultdict(list)
    mentions = _mentions(documents, tasks, reference)
    for cited in mentions:
        groups[cited.locality, cited.mention.citation_id].append(cited)
    dates = _dates(mentions)
    rows = [_citation(group, dates) for group in groups.values()]
    return check_table(pd.DataFrame(rows, columns=list(TABLES["citations"].columns)), "citations")


def citation_mentions(
    documents: Sequence[Document], tasks: pd.DataFrame, reference: Reference | None = None
) -> pd.DataFrame:
    """List every mention of a cited document.

    Parameters
    ----------
    documents, tasks, reference
        As for :func:`extract_citations`.

    Returns
    -------
    DataFrame
        One row a mention (table ``citation_mentions`` of the schema), in the order of localities and print.
    """
    rows, position = [], Counter[tuple[str, int]]()
    for cited in _mentions(documents, tasks, reference):
        mention, place = cited.mention, (cited.locality, cited.mention.lines[0])
        position[place] += 1
        rows.append(
            {
                "locality": cited.locality,
                "citation_id": mention.citation_id,
                "position": position[place],
                "as_printed": mention.printed,
                "date_printed": mention.said.date_printed,
                "issuer_printed": mention.issuer.printed if mention.issuer else "",
                "part": cited.part,
                "task_id": cited.task_id,
                "flags": ";".join(sorted(cited.flags)),
                "source_file": cited.source_file,
                "line_start": mention.lines[0],
                "line_end": mention.lines[1],
            }
        )
    columns = list(TABLES["citation_mentions"].columns)
    return check_table(pd.DataFrame(rows, columns=columns), "citation_mentions")
