"""Links from what a report says of a document to the lines that say so.

In: :class:`Inputs`, a locality and a fact. Out: links, with the words that are marked where the lines are
opened; a fact without lines of its own stays as it is.
"""

from collections.abc import Callable

from markupsafe import Markup

from compare.report.blocks import lines_link, printed
from compare.report.evidence import printed_marks
from compare.report.facts import Caveat, split_ids
from compare.report.inputs import Inputs, Row
from compare.report.stated import caveat_row, stated_row
from compare.report.ways import way

__all__ = ["carried_names", "caveat_links", "fact_lines", "first_form", "implements_links", "stated_link"]


def stated_link(inputs: Inputs, place: str, fact: str, shown: str, own: str) -> str:
    """Let the words that say a fact lead to the lines that state it."""
    if not shown or not (row := stated_row(inputs, place, fact)):
        return shown
    return lines_link(row, inputs.labels, own, _marks(inputs, place, fact), shown)


def _marks(inputs: Inputs, place: str, fact: str) -> str:
    """Return the code of a fact as printed, where it is printed in the words of the table."""
    row, documents = stated_row(inputs, place, fact), inputs["documents"].set_index("locality")
    words = documents.loc[place, fact] if fact in ("number", "issuer") else fact
    return printed_marks(row, [str(words)], inputs) if row and words not in ("", "title", "issued_on") else ""


def fact_lines(inputs: Inputs, place: str, fact: str) -> str:
    """Link to the lines of a fact in the report of its own plan; nothing where there are none."""
    row = stated_row(inputs, place, fact)
    return lines_link(row, inputs.labels, place, _marks(inputs, place, fact)) if row else ""


def first_form(row: Row) -> str:
    """Return a cited document's name as it is first printed, with a capital letter.

    Examples
    --------
    >>> first_form({"as_printed": "nghị quyết Trung ương 5 | Nghị quyết trung ương 5"})
    'Nghị quyết Trung ương 5'
    """
    form = str(row["as_printed"]).split(" | ")[0]
    return form[:1].upper() + form[1:]


def _unnumbered(inputs: Inputs, place: str) -> list[Row]:
    """Return the citations of what a plan carries out and calls by name only."""
    table = inputs["citations"]
    carried = (table["locality"] == place) & (table["relation"] == "implements") & (table["number"] == "")
    rows: list[Row] = table[carried].to_dict("records")
    return rows


def carried_names(inputs: Inputs, place: str) -> list[str]:
    """Name what a plan carries out, without links: numbers, and last what it calls by name only."""
    documents = inputs["documents"].set_index("locality")
    named = [first_form(row) for row in _unnumbered(inputs, place)]
    return [*split_ids(str(documents.loc[place, "implements"])), *named]


def _unnumbered_links(inputs: Inputs, place: str, own: str) -> list[str]:
    """Name what a plan carries out and calls by name only, each linked to the line that says so."""
    found = list[str]()
    for row in _unnumbered(inputs, place):
        line = int(split_ids(row["lines"])[0])
        lines = {**row, "line_start": line, "line_end": line}
        marks = printed_marks(lines, row["as_printed"].split(" | "), inputs)
        found.append(lines_link(lines, inputs.labels, own, marks, printed(first_form(row), inputs.labels)))
    return found


def implements_links(inputs: Inputs, place: str, own: str, *, named: bool = False) -> list[str]:
    """Name what a plan carries out, each linked to the line that says so; ``named``: its kind too.

    What the plan calls by name only stands last.
    """
    documents = inputs["documents"].set_index("locality")
    numbers = split_ids(str(documents.loc[place, "implements"]))
    names = [inputs.names.document(number) if named else number for number in numbers]
    linked = [stated_link(inputs, place, n, name, own) for n, name in zip(numbers, names, strict=True)]
    return [*linked, *_unnumbered_links(inputs, place, own)]


def caveat_links(inputs: Inputs, own: str) -> Callable[[str, Caveat], Markup]:
    """Return what links a plan's caveat to the lines, or to the tasks, that it was read from."""

    def link(place: str, caveat: Caveat) -> Markup:
        t, section = inputs.labels, "tasks" if own else "task_list"
        if caveat.key in ("caveat.annex", "caveat.columns"):
            return way(t, section, "section", t(f"section.{section}"))
        row = caveat_row(inputs, place, caveat)
        if row is None:
            return Markup("")
        marks = _marks(inputs, place, caveat.values["own"]) if caveat.key == "caveat.central" else ""
        return lines_link(row, t, own, marks)

    return link
