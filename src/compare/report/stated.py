"""Where a document says what it is: number, date, issuer, title, and what it carries out.

In: :class:`Inputs`. Out: rows with the lines of one fact, as other tables have them. A number or date
left blank has the line of its blank, and no line where none is printed.
"""

from compare.report.facts import Caveat, caveats, split_ids
from compare.report.inputs import Inputs, Row

__all__ = ["ACROSS", "caveat_row", "caveat_rows", "stated_row"]

# those said in the reports of other plans
ACROSS = ("caveat.central", "caveat.level", "caveat.issuer", "caveat.year")
_FACTS = {"caveat.level": "issuer", "caveat.issuer": "issuer", "caveat.year": "issued_on"}
_BLANK = {"caveat.number": "number", "caveat.date": "issued_on"}


def _span(inputs: Inputs, place: str, fact: str) -> tuple[int, int] | None:
    """Find the lines of a fact by its column; of a document that the plan carries out, by its number."""
    if fact in inputs.stated.get(place, {}):
        return inputs.stated[place][fact]
    table = inputs["citations"]
    cited = (table["locality"] == place) & (table["relation"] == "implements") & (table["number"] == fact)
    lines = [int(line) for row in table.loc[cited & (fact != ""), "lines"] for line in split_ids(row)]
    return (lines[0], lines[0]) if lines else None


def stated_row(inputs: Inputs, place: str, fact: str) -> Row | None:
    """Return the lines that state a fact: locality, source_file, line_start, line_end; None where none do.

    ``fact`` is number, issued_on, issuer or title, or the number of a document that the plan carries out.
    """
    span = _span(inputs, place, fact)
    if span is None:
        return None
    files = dict(zip(inputs["documents"]["locality"], inputs["documents"]["source_file"], strict=True))
    return {"locality": place, "source_file": files[place], "line_start": span[0], "line_end": span[1]}


def caveat_row(inputs: Inputs, place: str, caveat: Caveat) -> Row | None:
    """Return the lines behind a caveat: of a fact, else the title's first; of a blank, its own or none."""
    if caveat.key in _BLANK:
        return stated_row(inputs, place, _BLANK[caveat.key])
    fact = caveat.values["own"] if caveat.key == "caveat.central" else _FACTS.get(caveat.key, "title")
    if row := stated_row(inputs, place, fact):
        return row
    title = stated_row(inputs, place, "title")
    return {**title, "line_end": title["line_start"]} if title else None


def caveat_rows(inputs: Inputs, locality: str) -> list[Row]:
    """List the lines behind what a locality's report says of the other plans."""
    found = caveats(inputs["documents"], inputs["tasks"])
    rows = [
        caveat_row(inputs, place, caveat)
        for place, own in found.items()
        if place != locality
        for caveat in own
        if caveat.key in ACROSS
    ]
    return [row for row in rows if row]
