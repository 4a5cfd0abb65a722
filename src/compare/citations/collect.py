"""Collecting: the mentions of every plan, each with its part, task, level and relation to the plan.

In: documents and tasks. Out: one :class:`Cited` a mention. A name that its plan ties to one number becomes
that number; a blank number of the plan itself becomes its own where that is printed elsewhere.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from compare.citations.issuers import issuer_level, read_issuers
from compare.citations.names import read_name_patterns
from compare.citations.passages import read_passages
from compare.citations.reading import Mention, Readers, read_mentions
from compare.document_numbers import normalise_number
from compare.documents import Document, Reference, read_reference
from compare.extract import documents_table
from compare.extract.describe import basis_paragraphs
from compare.extract.prose import split_chapters, split_parts
from compare.letters import read_marks

__all__ = ["Cited", "collect_mentions"]


@dataclass(frozen=True)
class _Owner:
    """A task printed on a line; the one with the fewest lines comes first."""

    n_lines: int
    task_id: str
    part: str
    text: str


@dataclass
class Cited:
    """One mention in its plan: where it stands, what it is to the plan, and what is odd about it."""

    locality: str
    source_file: str
    mention: Mention
    part: str
    task_id: str
    level: str
    relation: str
    own_date: str = ""
    own_issuer: str = ""
    flags: list[str] = field(default_factory=list)


def _owners(tasks: pd.DataFrame) -> dict[int, list[_Owner]]:
    """Map each line to the tasks printed on it."""
    owners: dict[int, list[_Owner]] = defaultdict(list)
    columns = tasks[["task_id", "part", "text", "line_start", "line_end"]]
    for task_id, part, text, start, end in columns.itertuples(index=False, name=None):
        for line in range(start, end + 1):
            owners[line].append(_Owner(end - start, task_id, part, text))
    return {line: sorted(here, key=lambda o: (o.n_lines, o.task_id)) for line, here in owners.items()}


def _parts(document: Document, reference: Reference) -> list[tuple[int, str]]:
    """List the lines from which another part of the plan begins, in order."""
    before, _, annex = split_parts(document.blocks, reference.patterns("paragraph"))
    chapters = split_chapters(before, reference.patterns("chapter"))
    begins = [
        (chapter.paragraphs[0].line_start, chapter.part if chapter.part == "implementation" else "body")
        for chapter in chapters
        if chapter.paragraphs
    ]
    return sorted([(0, "body"), *begins, *([(annex, "annex")] if annex else [])])


def _tied(mentions: Sequence[Mention]) -> dict[str, str]:
    """Map names to the one number that the plan ties them to."""
    tied: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.tied:
            tied[mention.tied].add(mention.citation_id)
    return {name: next(iter(ids)) for name, ids in tied.items() if len(ids) == 1}


def _settle(mentions: Sequence[Mention], own: str) -> list[Mention]:
    """Give names the number they are tied to, and the plan's blank number its own."""
    tied = _tied(mentions)
    settled = []
    for mention in mentions:
        is_own = mention.own or bool(own and mention.number == own)
        name = own if is_own and own and not mention.number else mention.citation_id
        settled.append(replace(mention, citation_id=tied.get(name, name), own=is_own))
    return settled


def _level(mention: Mention, readers: Readers, own: str) -> str:
    """Return the level of one mention's issuer; of the plan itself it is the locality's."""
    if mention.level not in ("", "unknown"):
        return mention.level
    printed = [mention.issuer.known] if mention.issuer and not mention.own else []
    level = issuer_level(mention.body, printed, readers.issuers, own)
    if mention.own:
        return f"party-{own}" if level.startswith("party") else own
    return "national-assembly" if level == "unknown" and "uật" in mention.kind else level


def _flags(mention: Mention, readers: Readers, own: str) -> list[str]:
    """Flag what is odd about a mention by itself."""
    numbered, body = not mention.level, mention.body.rstrip("0123456789")
    issuer = mention.issuer.known if mention.issuer and not mention.own else None
    known = any(body in known.suffixes for known in readers.issuers) and "liên" not in mention.kind
    letters = issuer_level(mention.body, [], readers.issuers, own)
    foreign = mention.own and letters.startswith("party-") and letters != f"party-{own}"
    flags = {
        "number-odd": mention.odd or foreign,
        "issuer-differs": bool(issuer and known and body not in issuer.suffixes),
        "number-missing": numbered and not mention.number,
        "unnumbered": not numbered,
    }
    return [flag for flag, holds in flags.items() if holds]


def _basis(document: Document, numbers: str, mentions: Sequence[Mention]) -> set[str]:
    """Return the documents that the opening says the plan carries out: its numbers, and names there."""
    lines = {n for p in basis_paragraphs(document) for n in range(p.line_start, p.line_end + 1)}
    return {m.citation_id for m in mentions if m.level and m.lines[0] in lines} | set(numbers.split(";"))


def _read(document: Document, tasks: pd.DataFrame, reference: Reference, readers: Readers) -> list[Cited]:
    """Read the mentions of one plan."""
    owners = _owners(tasks[tasks["locality"] == document.locality])
    rows: Mapping[int, str] = {line: here[0].task_id for line, here in owners.items()}
    passages = read_passages(document, rows, reference.patterns("column"))
    (described,) = documents_table([document]).to_dict("records")
    own = normalise_number(f"số {described['number']}", readers.marks)
    mentions = _settle(read_mentions(passages, readers), own)
    basis = _basis(document, described["implements"], mentions)
    begins = _parts(document, reference)
    found = []
    for mention in mentions:
        here = owners.get(mention.lines[0], [])
        owner = next((o for o in here if mention.printed in o.text), here[0] if here else None)
        part = owner.part if owner else [part for line, part in begins if line <= mention.lines[0]][-1]
        relation = "own" if mention.own else "implements" if mention.citation_id in basis else "cites"
        level = _level(mention, readers, document.level)
        cited = Cited(document.locality, document.source_file, mention, part, "", level, relation)
        cited.task_id, cited.flags = owner.task_id if owner else "", _flags(mention, readers, document.level)
        cited.own_date, cited.own_issuer = described["issued_on"], described["issuer"]
        found.append(cited)
    return found


def collect_mentions(
    documents: Sequence[Document], tasks: pd.DataFrame, reference: Reference | None = None
) -> list[Cited]:
    """Read the mentions of every plan, in the order of localities and print."""
    reference = reference or read_reference()
    readers = Readers(read_marks(reference), read_name_patterns(reference), read_issuers(reference))
    return [
        cited
        for document in sorted(documents, key=lambda d: d.locality)
        for cited in _read(document, tasks, reference, readers)
    ]
