"""The tables of what is the same work: families, memberships, pairs, coverage, and how sure we are."""

from compare.tables.column import Column, Table, count, flag, share, text

__all__ = ["ALIGNMENT"]

ALIGNMENT: dict[str, Table] = {
    "families": Table(
        "one concrete piece of work found in one or more localities",
        ("family_id",),
        {
            "family_id": text("stable id"),
            "title_vi": text("title in Vietnamese"),
            "title_en": text("title in English; empty for drafts"),
            "pillar": Column("int", "most frequent pillar of its tasks", bounds=(0, 5)),
            "status": text("put together by a reviewer, or drafted by the program", "reviewed", "draft"),
            "n_localities": count("localities with at least one member"),
        },
    ),
    "memberships": Table(
        "one task in one family",
        ("family_id", "task_id"),
        {
            "family_id": text("family"),
            "task_id": text("task"),
            "match": text("the family is nearly all the task asks, or part of it", "whole", "part"),
            "probability": share("probability that the task belongs to the family"),
            "origin": text("decided by a reviewer, or by the program", "reviewed", "auto"),
            "evidence": text("closest other member's task_id and the features behind the score"),
        },
    ),
    "pairs": Table(
        "one pair of tasks of different localities that was compared",
        ("task_a", "task_b"),
        {
            "task_a": text("task with the smaller id"),
            "task_b": text("task with the larger id"),
            "probability": share("probability that both ask for the same piece of work"),
            "verdict": text("accepted, doubtful, or rejected", "match", "review", "none"),
            "word_cosine": share("cosine of weighted word 1-2-grams, whole tasks"),
            "char_cosine": share("TF-IDF cosine of character 3-5-grams, whole tasks"),
            "clause_cosine": share("cosine of weighted word 1-2-grams, closest clauses"),
            "topic_cosine": share("cosine in the space of topics (LSA), closest clauses"),
            "containment": share("how much of one task the other holds, piece by piece, the larger"),
            "token_set": share("rapidfuzz token_set_ratio / 100 of the closest clauses"),
            "same_pillar": flag("both stand under the same pillar"),
            "lead_overlap": share("Jaccard overlap of the lead agencies"),
            "product_cosine": share("TF-IDF cosine of the products"),
            "neighbour_cosine": share("how far both resemble the same other tasks"),
            "group_cosine": share("how far both fit the same group of clauses"),
            "conflict": text("checks that speak against a match, `;`-joined: negation, law, number, group"),
        },
    ),
    "coverage": Table(
        "one family in one locality",
        ("family_id", "locality"),
        {
            "family_id": text("family"),
            "locality": text("locality"),
            "status": text(
                "stated, stated in part, doubtful, or not found in the plan",
                "covered",
                "partial",
                "review",
                "gap",
            ),
            "task_ids": text("tasks behind the status, `;`-joined"),
            "nearest_task_id": text("closest task of the locality, also where it does not suffice"),
            "nearest_probability": share("its probability"),
        },
    ),
    "settings": Table(
        "one setting of the alignment, as used: also what was learned",
        ("name",),
        {
            "name": text("field of compare.AlignSettings, which says what it means"),
            "value": Column("float", "its value; missing where nothing used it", optional=True),
        },
    ),
    "queue": Table(
        "one membership that no reader has decided, worth asking about",
        ("task_id", "family_id"),
        {
            "rank": count("order of asking, counted from 1: the answer that changes most first"),
            "task_id": text("task"),
            "family_id": text("family of the catalogue"),
            "locality": text("locality of the task"),
            "probability": share("probability that the task belongs to the family"),
            "member_at": share("probability from which it is taken in"),
            "reason": text(
                "taken in or left out but doubtful; decides a gap; fits none; a check fails; answers differ",
                *("taken", "left", "gap", "unmatched", "check", "conflict", "stale"),
            ),
            "gain": Column("float", "pairs and gaps expected to be put right by an answer"),
            "closest_task_id": text("reviewed member of the family that comes closest"),
            "quote": text("words for which that member is in the family; its text where it is all about it"),
            "evidence": text("every feature=value (contribution to the log-odds), `;`-joined, largest first"),
            "title_new": text("title offered for a new family"),
            "text_sha": text("fingerprint of the task's text"),
            "said": text("answers so far, as JSON: reader, answer, date; empty where nobody has answered"),
        },
    ),
    "changes": Table(
        "one thing that the last build that moved anything has moved",
        ("kind", "family_id", "locality", "task_id"),
        {
            "kind": text(
                "what moved",
                *("family-new", "family-lost", "membership-new", "membership-lost", "membership-moved"),
                *("match-changed", "origin-changed", "gap-opened", "gap-closed"),
            ),
            "family_id": text("family; of a moved membership the new one"),
            "locality": text("locality; empty for a family"),
            "task_id": text("task; empty for a family or gap"),
            "before": text("family, match, origin or status before; empty where there was none"),
            "after": text("the same now"),
        },
    ),
    "evaluation": Table(
        "one number of the last evaluation of the alignment",
        ("section", "item", "measure"),
        {
            "section": text(
                "what was measured",
                *("cold_start", "left_out", "calibration", "queue", "readings", "summary"),
            ),
            "item": text("method, locality left out, range of probabilities, number of decisions, readings"),
            "measure": text("what the number is, such as pair_f1"),
            "value": Column("float", "the number"),
            "low": Column("float", "lower end of its 95 % range; the number itself where none was computed"),
            "high": Column("float", "upper end"),
            "inputs": text("fingerprint of the tasks and memberships that it was measured on"),
            "current": flag("measured on the tasks and memberships of this build"),
        },
    ),
}
