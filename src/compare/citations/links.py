"""Links: which document carries out which, and whether plans answer the same central document.

In: the ``citations`` table. Out: the edges of a picture from central resolution to plan, and one row a
locality with the central documents that it answers.
"""

from collections import Counter, defaultdict

import pandas as pd

from compare.citations.names import find_names
from compare.document_numbers import cited_numbers
from compare.errors import SchemaError

__all__ = ["citation_comparability", "citation_hierarchy"]

_CARRIES = (
    r"^(?:ban hành )?(?:(?:chương trình(?: hành động)?|kế hoạch) (?:của chính phủ )?)?"
    r"(?:tiếp tục |tổ chức |triển khai )*(?:thực hiện|cụ thể hóa) "
)
_EDGES = ["locality", "parent", "child", "relation", "source_file", "line"]


def _check(citations: pd.DataFrame, *columns: str) -> None:
    missing = [column for column in columns if column not in citations.columns]
    if missing:
        raise SchemaError(f"citations: columns {list(columns)} wanted, missing {missing}")


def _shared_line(a: str, b: str) -> int:
    """Return the first line that mentions both documents; the first of the child where none does."""
    lines, others = [int(n) for n in a.split(";")], {int(n) for n in b.split(";")}
    return next((n for n in lines if n in others), lines[0])


def _said_on(mentions: pd.DataFrame | None) -> dict[tuple[str, str, str], int]:
    """Map locality, child and parent to the first line on which the parent is mentioned right after."""
    if mentions is None:
        return {}
    said: dict[tuple[str, str, str], int] = {}
    for locality, group in mentions.groupby("locality", sort=True):
        ordered = group.sort_values(["line_start", "position"])
        ids, lines = ordered["citation_id"].tolist(), ordered["line_start"].tolist()
        for child, parent, line, following in zip(ids, ids[1:], lines, lines[1:], strict=False):
            if following - line <= 1:
                said.setdefault((str(locality), child, parent), line)
    return said


def _carried_out(title: str) -> list[str]:
    return cited_numbers(title) + [named.citation_id for named in find_names(title)]


def citation_hierarchy(citations: pd.DataFrame, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say what carries out what: the edges from central resolutions down to the plans.

    Parameters
    ----------
    citations : DataFrame
        As :func:`compare.extract_citations` gives it; columns used: ``locality``, ``citation_id``,
        ``title``, ``relation``, ``lines``, ``source_file``.
    mentions : DataFrame, optional
        As :func:`compare.citation_mentions` gives it, to point at the very line that says so.

    Returns
    -------
    DataFrame
        One row an edge, key ``locality``, ``parent``, ``child``: ``child`` carries out ``parent``.
        ``relation`` is ``implements`` (the plan, by its opening) or ``carries-out`` (a cited document, where
        a sentence says so); ``line`` is the line that says so, without ``mentions`` the first that names
        both. A plan whose own number is nowhere printed stands as its locality.
    """
    _check(citations, "locality", "citation_id", "title", "relation", "lines", "source_file")
    rows, said = [], _said_on(mentions)
    for locality, group in citations.groupby("locality", sort=True):
        known = group.set_index("citation_id")
        own = next(iter(group.loc[group["relation"] == "own", "citation_id"]), str(locality))
        for row in group.itertuples():
            if row.relation == "implements":
                line = int(str(row.lines).split(";")[0])
                rows.append((locality, row.citation_id, own, "implements", row.source_file, line))
        carrying = group[group["title"].str.contains(_CARRIES, case=False)] if len(group) else group
        for row in carrying.itertuples():
            for parent in dict.fromkeys(_carried_out(str(row.title))):
                if parent in known.index and parent != row.citation_id and row.relation != "own":
                    shared = _shared_line(str(row.lines), str(known.loc[parent, "lines"]))
                    line = said.get((str(locality), str(row.citation_id), parent), shared)
                    rows.append((locality, parent, row.citation_id, "carries-out", row.source_file, line))
    return pd.DataFrame(rows, columns=_EDGES).drop_duplicates(
        ["locality", "parent", "child"], ignore_index=True
    )


def citation_comparability(citations: pd.DataFrame) -> pd.DataFrame:
    """Say whether each plan answers the central document that most plans answer.

    Parameters
    ----------
    citations : DataFrame
        Columns used: ``locality``, ``citation_id``, ``number``, ``issuer_level``, ``relation``.

    Returns
    -------
    DataFrame
        One row a locality: ``central`` (ids of the central party documents, or where there is none of the
        other central ones, that it carries out, `;`-joined), ``usual`` (the one that most plans carry out;
        empty where no two carry out the same), ``same`` (it is among them, or there is nothing
        to compare), ``others`` (localities that carry out one of them too, `;`-joined).
    """
    _check(citations, "locality", "citation_id", "issuer_level", "relation")
    carried = citations[citations["relation"] == "implements"]
    by_place: dict[str, list[str]] = {}
    for locality in sorted(set(citations["locality"])):
        own = carried[carried["locality"] == locality]
        party = own.loc[own["issuer_level"] == "party-central", "citation_id"].tolist()
        state = own.loc[own["issuer_level"].isin(["government", "national-assembly"]), "citation_id"].tolist()
        by_place[locality] = party or state
    counts = Counter(name for names in by_place.values() for name in names)
    shared = [name for name, n in counts.items() if n > 1]
    usual = min(shared, key=lambda name: (-counts[name], name), default="")
    places: dict[str, set[str]] = defaultdict(set)
    for locality, names in by_place.items():
        for name in names:
            places[name].add(locality)
    rows = [
        {
            "locality": locality,
            "central": ";".join(names),
            "usual": usual,
            "same": not names or not usual or usual in names,
            "others": ";".join(sorted({p for name in names for p in places[name]} - {locality})),
        }
        for locality, names in by_place.items()
    ]
    return pd.DataFrame(rows, columns=["locality", "central", "usual", "same", "others"])
