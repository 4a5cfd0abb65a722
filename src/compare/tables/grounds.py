"""The tables of what the plans stand on: the documents that they cite."""

from compare.tables.column import PARTS, SOURCE, Table, count, text

__all__ = ["GROUNDS", "ISSUER_LEVELS", "RELATIONS"]

ISSUER_LEVELS = [
    *("party-central", "national-assembly", "government", "ministry", "party-province", "province"),
    *("party-district", "district", "party-commune", "commune", "unknown"),
]
RELATIONS = ["implements", "cites", "own"]
_FLAGS = (
    "number-form (printed in more than one form), number-odd (not the usual form, or stray blanks), "
    "number-missing (its digits are blank), date-differs, issuer-differs (from most mentions of the same "
    "number), unnumbered; take the column with brackets, `table['flags']`: `table.flags` is pandas' own"
)

GROUNDS: dict[str, Table] = {
    "citations": Table(
        "one locality and cited document",
        ("locality", "citation_id"),
        {
            "locality": text("id of who issued the plan"),
            "citation_id": text("normalised number, or an id made of the name"),
            "number": text("number, normalised; empty where the text gives none"),
            "kind": text("kind of document, in Vietnamese"),
            "issued_on": text(
                "date printed most often, of equals the one that most other plans print of a central "
                "document, then the first; ISO, partial where it is; of the plan itself its own"
            ),
            "issuer": text("issuer printed most often, without session or term"),
            "issuer_level": text("level of the issuer", *ISSUER_LEVELS),
            "title": text("subject as printed, or the name of a law"),
            "as_printed": text("forms of the number or name as printed, joined by ` | `"),
            "n_mentions": count("mentions in the plan"),
            "parts": text(f"parts of the plan that mention it ({', '.join(PARTS)}), `;`-joined"),
            "task_ids": text("tasks that mention it, `;`-joined"),
            "relation": text("the plan carries it out, only cites it, or is it", *RELATIONS),
            "flags": text(f"what is odd, `;`-joined: {_FLAGS}"),
            "lines": text("lines of all mentions, `;`-joined"),
            **SOURCE,
        },
    ),
    "citation_mentions": Table(
        "one mention of a cited document",
        ("locality", "line_start", "position"),
        {
            "locality": text("id of who issued the plan"),
            "citation_id": text("cited document"),
            "position": count("order among the mentions that begin on its line, counted from 1"),
            "as_printed": text("number or name as printed"),
            "date_printed": text("date as printed; empty where none is"),
            "issuer_printed": text("issuer as printed; empty where none is"),
            "part": text("part of the plan; its opening and aims count as body", *PARTS),
            "task_id": text("task that it stands in; empty outside of tasks"),
            "flags": text("what is odd about this mention, as in `citations`"),
            **SOURCE,
        },
    ),
}
