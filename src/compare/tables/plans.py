"""The tables of what the plans say: documents, tasks, agencies named, damage."""

from compare.tables.column import LEVELS, PARTS, SOURCE, TIMELINE_KINDS, Column, Table, count, flag, text

__all__ = ["PLANS"]

PLANS: dict[str, Table] = {
    "documents": Table(
        "one plan",
        ("locality",),
        {
            "locality": text("id of who issued the plan"),
            "level": text("level of the locality", *LEVELS),
            "name_vi": text("name of the locality"),
            "number": text("number of the document as printed; empty where it is blank"),
            "issued_on": text("date of issue, ISO, partial where the document is"),
            "issuer": text("issuing body as printed"),
            "implements": text(
                "numbers of the documents that title and opening sentences say it carries out (a legal "
                "ground, `Căn cứ ...`, only where nothing else is named), `;`-joined"
            ),
            "title": text("kind and title as printed"),
            "source_file": text("file name of the document in data/raw"),
            "sha256": text("SHA-256 of the file"),
            "n_lines": count("number of lines in the file"),
        },
    ),
    "tasks": Table(
        "one task",
        ("task_id",),
        {
            "task_id": text("`<locality>/<part>/<number as printed>`, stable"),
            "locality": text("id of who issued the plan"),
            "part": text("where in the document it stands", *PARTS),
            "section": text("number of the section as printed"),
            "section_title": text("title of the section as printed"),
            "pillar": Column("int", "pillar of the section, 0 for the implementation part", bounds=(0, 5)),
            "number": text("number as printed, with the section in front where numbering restarts"),
            "text": text("task as printed: pieces joined, markup removed, slips left"),
            "leads": text("ids of the lead agencies, `;`-joined"),
            "coordinating": text("ids of the coordinating agencies, `;`-joined"),
            "leads_text": text("lead agencies as printed"),
            "coordinating_text": text("coordinating agencies as printed"),
            "lead_inferred": flag("the lead is the section's or a merged cell's"),
            "submit_to": text("level that the product is submitted to, as printed"),
            "product": text("product as printed"),
            "timeline_text": text("time as printed"),
            "timeline_kind": text("kind of time; empty where none is printed", "", *TIMELINE_KINDS),
            "timeline_start": text("start, ISO, partial where the document is"),
            "timeline_end": text("end, ISO, partial; `--MM-DD` for a yearly date"),
            "note": text("note column as printed"),
            **SOURCE,
            "defects": text("kinds of damage met and repaired or left, `;`-joined"),
        },
    ),
    "clauses": Table(
        "one piece of work inside a task",
        ("clause_id",),
        {
            "clause_id": text("`<task_id>#<n>`, counted from 1"),
            "task_id": text("task it belongs to"),
            "text": text("clause as printed"),
        },
    ),
    "defects": Table(
        "one damaged place in a document",
        ("locality", "line_start", "line_end", "kind", "task_id"),
        {
            "locality": text("locality"),
            "kind": text("kind of damage, an id explained in data/reference/defects.csv"),
            "task_id": text("task concerned; empty where it is the document's"),
            "repaired": flag("put right by a rule or a correction"),
            "detail": text("what was found and what was done"),
            **SOURCE,
        },
    ),
    "mentions": Table(
        "one agency named in a task's lead or coordinating cell",
        ("task_id", "role", "position"),
        {
            "task_id": text("task"),
            "role": text("lead or coordinating", "lead", "coordinating"),
            "position": count("order in the cell, counted from 1"),
            "printed": text("name as printed"),
            "agency_id": text("agency; empty where unresolved"),
            "method": text("how it was resolved", "alias", "fuzzy", "unresolved"),
        },
    ),
}
