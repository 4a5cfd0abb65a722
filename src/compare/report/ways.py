"""The way from a sentence to what it rests on, in the same file.

In: the blocks of a section. Out: the same, each sentence of finding with a link: to the table or list
that stands next beneath, whose numbers open to tasks and whose rows lead to lines; where none does, as
where a plan says nothing of something, to the document's own lines, or to the tasks of all plans.
"""

from collections.abc import Sequence

from markupsafe import Markup

from compare.labels import Labels
from compare.report.blocks import Block, Fragment

__all__ = ["linked", "pointed", "way", "with_ways"]


def linked(text: str) -> bool:
    """Tell whether a sentence has a link already.

    Examples
    --------
    >>> linked(Markup('<a href="#L3">dòng 3</a>')), linked('a <a href="#L3">')
    (True, False)
    """
    return isinstance(text, Markup) and "<a " in text


def way(labels: Labels, anchor: str, key: str = "table", caption: str = "") -> Markup:
    """Link to an element of the page; of a table, the page's script says its caption along.

    ``key`` is table, list, lines, tasks, shared, or section, which is named by its ``caption``.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> print(way(read_labels("en"), "table-gaps"))
    <a class="way" href="#table-gaps">See the table</a>
    """
    return Markup('<a class="way" href="#{}">{}</a>').format(anchor, labels(f"way.{key}", caption=caption))


def pointed(labels: Labels, text: str, anchor: str, section: str = "", *, key: str = "table") -> Markup:
    """Put a link behind a sentence whose ground is not what stands next beneath it: a table or a section.

    A dot sets it off where the sentence ends in such a link already; on paper both are left out.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> print(pointed(read_labels("en"), Markup('Two. <a href="#a">A</a>'), "table-b"))
    Two. <a href="#a">A</a><span class="way"> · </span><a class="way" href="#table-b">See the table</a>
    """
    link = way(labels, anchor, "section" if section else key, section)
    dot = Markup('<span class="way"> · </span>')
    return Markup("{}{}{}").format(text, dot if str(text).endswith("</a>") else " ", link)


def with_ways(blocks: Sequence[Block], labels: Labels, rest: Markup) -> list[Block]:
    """Lead each sentence of finding that has no link to what stands next beneath it; else to ``rest``."""
    found: list[Block] = []
    beneath = rest
    for block in reversed(blocks):
        if isinstance(block, Fragment) and block.holds:
            list_or_table = "table" if block.holds.startswith("table-") else "list"
            beneath = way(labels, block.holds, list_or_table)
        led = block.led if isinstance(block, Fragment) else None
        found.append(led(beneath) if led else block)
    return found[::-1]
