"""What most plans carry out, and what that is about: one sentence for whoever opens a report.

In: :class:`Inputs`. Out: a sentence as markup, empty where no central document is that of most plans, or
where none of the plans prints its title.
"""

import pandas as pd
from markupsafe import Markup

from compare.report.blocks import lines_link, printed
from compare.report.facts import central_documents, most_frequent
from compare.report.inputs import Inputs

__all__ = ["common_document", "subject"]


def common_document(documents: pd.DataFrame, citations: pd.DataFrame) -> tuple[str, str, int]:
    """Find the central document that more than half of the plans carry out, and its title.

    Returns
    -------
    tuple
        Number, the title that most plans print, and how many plans carry it out; ("", "", 0) where
        there is none, or no title.

    Examples
    --------
    >>> plans = pd.DataFrame({"implements": ["20-NQ/TW;9/KH-TU", "20-NQ/TW", "70-KL/TW"]})
    >>> cited = pd.DataFrame({"number": ["20-NQ/TW"], "title": ["phát triển kinh tế tập thể"]})
    >>> common_document(plans, cited)
    ('20-NQ/TW', 'phát triển kinh tế tập thể', 2)
    """
    number, n = most_frequent(
        number for row in documents["implements"] for number in set(central_documents(row))
    )
    known = citations.loc[(citations["number"] == number) & (citations["title"] != ""), "title"]
    return (number, most_frequent(known)[0], n) if 2 * n > len(documents) and len(known) else ("", "", 0)


def subject(inputs: Inputs, *, linked: bool = False) -> Markup:
    """Say what most plans carry out; ``linked``: the document leads to the line that prints its title."""
    t, citations = inputs.labels, inputs["citations"]
    number, title, n = common_document(inputs["documents"], citations)
    if not n:
        return Markup("")
    named: str = inputs.names.document(number)
    if linked:
        rows = citations[(citations["number"] == number) & (citations["title"] == title)]
        row = rows.sort_values("locality").iloc[0].to_dict()
        named = lines_link(row, t, "", shown=named)
    total = len(inputs["documents"])
    key = "subject.all" if n == total else "subject.most"
    return t.markup(key, n=n, total=total, document=named, title=printed(title, t))
