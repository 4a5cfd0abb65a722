"""Links: which document carries out which, and whether plans answer the same central document.

In: the ``citations`` table. Out: the edges of a picture from central resolution to plan, and one row a
locality with the central documents that it answers.
"""

from collections import Counter, defaultdict

import pandas as pd

from compare.citations.names import find_names
from compare.errors import SchemaError
from compare.numbers import cited_numbers

__all__ = ["citation_comparability", "citation_hierarchy"]

_CARRIES = r"^(?:tiếp tục |tổ chức |triển khai )*(?:thực hiện|cụ thể hóa) "
_EDGES = ["locality", "parent", "child", "relation", "source_file", "line"]


def _check(citations: pd.DataFrame, *columns: str) -> None:
    missing = [column for column in columns if column not in citations.columns]
    if missing:
        raise SchemaError(f"citations: columns {list(columns)} wanted, missing {missing}")


def _shared_line(a: str, b: str) -> int:
    """Return the first line that mentions both documents; the first of the child where none does."""
    lines, others = [int(n) for n in a.split(";")], {int(n) for n in b.split(";")}
    return next((n for n in lines if n in others), lines[0])


def _carried_out(title: str) -> list[str]:
    return cited_numbers(title) + [named.citation_id for named in find_names(title)]


def citation_hierarchy(citations: pd.DataFrame) -> pd.DataFrame:
    """Say what carries out what: the edges from central resolutions down to the plans.

    Parameters
    ----------
    citations : DataFrame
        As :func:`compare.extract_citations` gives it; columns used: ``locality``, ``citation_id``,
        ``title``, ``relation``, ``lines``, ``source_file``.

    Returns
    -------
    DataFrame
        One row an edge, key ``locality``, ``parent``, ``child``: ``child`` carries out ``parent``.
        ``relation`` is ``implements`` (the plan, by its opening) or ``carries-out`` (a cited document, where
        a sentence says so); ``line`` is the first line that mentions both. A plan whose own number is
        nowhere printed stands as its locality.
    """
    _check(citations, "locality", "citation_id", "title", "relation", "lines", "source_file")
    rows = []
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
                    line = _shared_line(str(row.lines), str(known.loc[parent, "lines"]))
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
        other central ones, that it carries out, `;`-joined), ``usual`` (the one that most plans carry out),
        ``same`` (it is among them; also where the plan names none), ``others`` (localities that carry out
        one of them too, `;`-joined).
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
    usual = min(counts, key=lambda name: (-counts[name], name), default="")
    places: dict[str, set[str]] = defaultdict(set)
    for locality, names in by_place.items():
        for name in names:
            places[name].add(locality)
    rows = [
        {
            "locality": locality,
            "central": ";".join(names),
            "usual": usual,
            "same": not names or usual in names,
            "others": ";".join(sorted({p for name in names for p in places[name]} - {locality})),
        }
        for locality, names in by_place.items()
    ]
    return pd.DataFrame(rows, columns=["locality", "central", "usual", "same", "others"])
