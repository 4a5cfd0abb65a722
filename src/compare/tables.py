"""What each table holds: the contract that people join on.

One :class:`Table` a table: what one row is, its key, its columns in order, and what each column means
and may hold. :mod:`compare.schema` checks, writes and documents by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["LEVELS", "PARTS", "TABLES", "TIMELINE_KINDS", "Column", "Table"]

TIMELINE_KINDS = [
    *("annual", "biennial", "ongoing"),  # recurring
    *("year", "quarter", "month", "range", "deadline", "from"),  # dated
    "other",
]
PARTS = ["body", "implementation", "annex"]
LEVELS = ["province", "district", "commune"]


@dataclass(frozen=True)
class Column:
    """One column: its type (text, int, float, bool), meaning, and the values it may hold."""

    dtype: str
    meaning: str
    values: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True)
class Table:
    """One table: what one row is, its key columns and its columns in order."""

    row: str
    key: tuple[str, ...]
    columns: Mapping[str, Column] = field(default_factory=dict)


def _text(meaning: str, *values: str) -> Column:
    return Column("text", meaning, tuple(values))


def _share(meaning: str) -> Column:
    return Column("float", meaning, bounds=(0.0, 1.0))


_SOURCE = {
    "source_file": _text("file name of the document in data/raw"),
    "line_start": Column("int", "first line in the source file, counted from 1"),
    "line_end": Column("int", "last line in the source file"),
}

TABLES: dict[str, Table] = {
    "documents": Table(
        "one plan",
        ("locality",),
        {
            "locality": _text("id of who issued the plan"),
            "level": _text("level of the locality", *LEVELS),
            "name_vi": _text("name of the locality"),
            "number": _text("number of the document as printed; empty where it is blank"),
            "issued_on": _text("date of issue, ISO, partial where the document is"),
            "issuer": _text("issuing body as printed"),
            "implements": _text("numbers of the documents that the title says it carries out, `;`-joined"),
            "title": _text("kind and title as printed"),
            "source_file": _text("file name of the document in data/raw"),
            "sha256": _text("SHA-256 of the file"),
            "n_lines": Column("int", "number of lines in the file"),
        },
    ),
    "tasks": Table(
        "one task",
        ("task_id",),
        {
            "task_id": _text("`<locality>/<part>/<number as printed>`, stable"),
            "locality": _text("id of who issued the plan"),
            "part": _text("where in the document it stands", *PARTS),
            "section": _text("number of the section as printed"),
            "section_title": _text("title of the section as printed"),
            "pillar": Column("int", "pillar of the section, 0 for the implementation part", bounds=(0, 5)),
            "number": _text("number as printed, with the section in front where numbering restarts"),
            "text": _text("task as printed: pieces joined, markup removed, slips left"),
            "leads": _text("ids of the lead agencies, `;`-joined"),
            "coordinating": _text("ids of the coordinating agencies, `;`-joined"),
            "leads_text": _text("lead agencies as printed"),
            "coordinating_text": _text("coordinating agencies as printed"),
            "lead_inferred": Column("bool", "the lead is the section's or a merged cell's"),
            "submit_to": _text("level that the product is submitted to, as printed"),
            "product": _text("product as printed"),
            "timeline_text": _text("time as printed"),
            "timeline_kind": _text("kind of time; empty where none is printed", "", *TIMELINE_KINDS),
            "timeline_start": _text("start, ISO, partial where the document is"),
            "timeline_end": _text("end, ISO, partial; `--MM-DD` for a yearly date"),
            "note": _text("note column as printed"),
            **_SOURCE,
            "defects": _text("kinds of damage met and repaired or left, `;`-joined"),
        },
    ),
    "clauses": Table(
        "one piece of work inside a task",
        ("clause_id",),
        {
            "clause_id": _text("`<task_id>#<n>`, counted from 1"),
            "task_id": _text("task it belongs to"),
            "text": _text("clause as printed"),
        },
    ),
    "families": Table(
        "one concrete piece of work found in one or more localities",
        ("family_id",),
        {
            "family_id": _text("stable id"),
            "title_vi": _text("title in Vietnamese"),
            "title_en": _text("title in English; empty for drafts"),
            "pillar": Column("int", "most frequent pillar of its tasks", bounds=(0, 5)),
            "status": _text("reviewed by a reader, or drafted by the program", "reviewed", "draft"),
            "n_localities": Column("int", "localities with at least one member"),
        },
    ),
    "memberships": Table(
        "one task in one family",
        ("family_id", "task_id"),
        {
            "family_id": _text("family"),
            "task_id": _text("task"),
            "match": _text("the family is nearly all the task asks, or part of it", "whole", "part"),
            "probability": _share("probability that the task belongs to the family"),
            "origin": _text("decided by a reader, or by the program", "reviewed", "auto"),
            "evidence": _text("closest other member's task_id and the features behind the score"),
        },
    ),
    "pairs": Table(
        "one pair of tasks of different localities that was compared",
        ("task_a", "task_b"),
        {
            "task_a": _text("task with the smaller id"),
            "task_b": _text("task with the larger id"),
            "probability": _share("probability that both ask for the same piece of work"),
            "verdict": _text("accepted, doubtful, or rejected", "match", "review", "none"),
            "word_cosine": _share("cosine of weighted word 1-2-grams, whole tasks"),
            "char_cosine": _share("TF-IDF cosine of character 3-5-grams, whole tasks"),
            "clause_cosine": _share("cosine of weighted word 1-2-grams, closest clauses"),
            "topic_cosine": _share("cosine in the space of topics (LSA), closest clauses"),
            "containment": _share("how much of one task the other holds, piece by piece, the larger"),
            "token_set": _share("rapidfuzz token_set_ratio / 100 of the closest clauses"),
            "same_pillar": Column("bool", "both stand under the same pillar"),
            "lead_overlap": _share("Jaccard overlap of the lead agencies"),
            "product_cosine": _share("TF-IDF cosine of the products"),
            "neighbour_cosine": _share("how far both resemble the same other tasks"),
            "group_cosine": _share("how far both fit the same group of clauses"),
            "conflict": _text("checks that speak against a match, `;`-joined: negation, law, number, group"),
        },
    ),
    "coverage": Table(
        "one family in one locality",
        ("family_id", "locality"),
        {
            "family_id": _text("family"),
            "locality": _text("locality"),
            "status": _text(
                "stated, stated in part, doubtful, or not found in the plan",
                "covered",
                "partial",
                "review",
                "gap",
            ),
            "task_ids": _text("tasks behind the status, `;`-joined"),
            "nearest_task_id": _text("closest task of the locality, also where it does not suffice"),
            "nearest_probability": _share("its probability"),
        },
    ),
    "workload": Table(
        "one agency in one role in one locality",
        ("locality", "agency_id", "role"),
        {
            "locality": _text("locality"),
            "agency_id": _text("agency; `unresolved` gathers names that no id was found for"),
            "role": _text("lead or coordinating", "lead", "coordinating"),
            "n_tasks": Column("int", "pieces of work, a body restatement of an annex row not counted twice"),
            **{f"n_pillar_{p}": Column("int", f"of these in pillar {p}") for p in range(6)},
            **{f"n_{part}": Column("int", f"tasks of the {part}, restatements included") for part in PARTS},
            **{
                f"n_{kind}": Column("int", f"of n_tasks with timeline kind {kind}") for kind in TIMELINE_KINDS
            },
            "n_untimed": Column("int", "of n_tasks without a printed time"),
            "n_inferred": Column(
                "int", "of n_tasks whose lead was inferred from the section or a merged cell"
            ),
        },
    ),
    "queue": Table(
        "one membership that no reader has decided, worth asking about",
        ("task_id", "family_id"),
        {
            "rank": Column("int", "order of asking, counted from 1: the answer that changes most first"),
            "task_id": _text("task"),
            "family_id": _text("family of the catalogue"),
            "locality": _text("locality of the task"),
            "probability": _share("probability that the task belongs to the family"),
            "member_at": _share("probability from which it is taken in"),
            "reason": _text(
                "taken in or left out but doubtful; decides a gap; fits none; a check fails; readers differ",
                *("taken", "left", "gap", "unmatched", "check", "conflict", "stale"),
            ),
            "gain": Column("float", "pairs and gaps expected to be put right by an answer"),
            "closest_task_id": _text("reviewed member of the family that comes closest"),
            "quote": _text("words for which that member is in the family; its text where it is all about it"),
            "evidence": _text(
                "every feature=value (contribution to the log-odds), `;`-joined, largest first"
            ),
            "title_new": _text("title offered for a new family"),
            "text_sha": _text("fingerprint of the task's text"),
            "said": _text("answers so far, as JSON: reader, answer, date; empty where nobody has answered"),
        },
    ),
    "changes": Table(
        "one thing that the last build moved",
        ("kind", "family_id", "locality", "task_id"),
        {
            "kind": _text(
                "what moved",
                *("family-new", "family-lost", "membership-new", "membership-lost", "membership-moved"),
                *("match-changed", "origin-changed", "gap-opened", "gap-closed"),
            ),
            "family_id": _text("family; of a moved membership the new one"),
            "locality": _text("locality; empty for a family"),
            "task_id": _text("task; empty for a family or gap"),
            "before": _text("family, match, origin or status before; empty where there was none"),
            "after": _text("the same now"),
        },
    ),
    "evaluation": Table(
        "one number of the last evaluation of the alignment",
        ("section", "item", "measure"),
        {
            "section": _text(
                "what was measured",
                *("cold_start", "left_out", "calibration", "queue", "readings", "summary"),
            ),
            "item": _text("method, locality left out, range of probabilities, number of decisions, readings"),
            "measure": _text("what the number is, such as pair_f1"),
            "value": Column("float", "the number"),
            "low": Column("float", "lower end of its 95 % range; the number itself where none was computed"),
            "high": Column("float", "upper end"),
            "inputs": _text("fingerprint of the tasks and memberships that it was measured on"),
            "current": Column("bool", "measured on the tasks and memberships of this build"),
        },
    ),
    "defects": Table(
        "one damaged place in a document",
        ("locality", "line_start", "line_end", "kind", "task_id"),
        {
            "locality": _text("locality"),
            "kind": _text("kind of damage, an id explained in data/reference/defects.csv"),
            "task_id": _text("task concerned; empty where it is the document's"),
            "repaired": Column("bool", "put right by a rule or a correction"),
            "detail": _text("what was found and what was done"),
            **_SOURCE,
        },
    ),
    "mentions": Table(
        "one agency named in a task's lead or coordinating cell",
        ("task_id", "role", "position"),
        {
            "task_id": _text("task"),
            "role": _text("lead or coordinating", "lead", "coordinating"),
            "position": Column("int", "order in the cell, counted from 1"),
            "printed": _text("name as printed"),
            "agency_id": _text("agency; empty where unresolved"),
            "method": _text("how it was resolved", "alias", "fuzzy", "unresolved"),
        },
    ),
}
