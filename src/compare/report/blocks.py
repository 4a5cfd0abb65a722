"""The pieces that a section shows: fragments of HTML, charts, tables; and links to the evidence.

In: names, numbers and text of documents. Out: blocks that know how to show themselves in a notebook.
Fragments are made by Jinja templates with escaping on, so text of a document is never markup.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import plotly.graph_objects as go
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from compare.labels import Labels

__all__ = [
    "Block",
    "Chart",
    "Fragment",
    "Sheet",
    "anchor",
    "asset",
    "coded",
    "environment",
    "fragment",
    "line_links",
    "lines_link",
    "page_link",
    "printed",
    "task_link",
    "worded",
]

TEMPLATES = Path(__file__).parent / "templates"
PLOTLY_MIME = "application/vnd.plotly.v1+json"


_VIETNAMESE = re.compile("[\u00c0-\u1ef9]")
_MID, _WIDE = 16, 70  # characters from which a column is given more room


def _length(cell: object) -> int:
    """Count the characters of a cell that are seen."""
    return len(cell.striptags() if isinstance(cell, Markup) else str(cell))


class Block(Protocol):
    """What a section is made of."""

    def bundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the notebook output: data by MIME type, and metadata."""


@dataclass(frozen=True)
class Fragment:
    """A piece of HTML; a heading also says its anchor and title, for the table of contents.

    ``script`` is the file among the templates that the page needs to make the piece work. What ``repeats``
    shows stands elsewhere too, in the page or in another plan's, so that a page may hold it packed.
    ``holds`` is the id of a table or list that sentences above it may lead to; ``led``, of what opens a part
    with such sentences, makes it anew with that link behind each that has none of its own.
    """

    html: str
    heading: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    repeats: bool = False
    holds: str = ""
    led: "Callable[[Markup], Fragment] | None" = None

    def bundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the HTML; heading, script and whether it repeats something are in the metadata."""
        script = {"script": self.script} if self.script else {}
        repeats = {"repeats": True} if self.repeats else {}
        return {"text/html": self.html}, {**self.heading, **script, **repeats}


@dataclass(frozen=True)
class Chart:
    """A figure, kept as data: JupyterLab draws it, and the report's page does."""

    figure: go.Figure

    def bundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the figure as plotly's JSON."""
        return {PLOTLY_MIME: self.figure.to_plotly_json()}, {}


@dataclass(frozen=True)
class Sheet:
    """A table to show: captions and columns are labels, cells are text, numbers or links."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    numeric: frozenset[int] = frozenset()
    name: str = ""
    filtered: bool = False

    @property
    def anchor(self) -> str:
        """The id of the table's element; empty where the table has no name."""
        return f"table-{self.name}" if self.name else ""

    @property
    def widths(self) -> list[str]:
        """Return a class for each column: how much room its longest cell wants on a narrow screen."""
        longest = [max((_length(row[i]) for row in self.rows), default=0) for i in range(len(self.columns))]
        return ["wide" if n > _WIDE else "mid" if n > _MID else "" for n in longest]


@cache
def environment() -> Environment:
    """Return the Jinja environment of the report's fragments, escaping on."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> Markup:
    """Return a style sheet or script of the templates, to stand inline."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def fragment(
    template: str, labels: Labels, heading: tuple[str, str] | None = None, **values: Any
) -> Fragment:
    """Fill a template; ``heading`` is the anchor and title of a section that begins here."""
    html = environment().get_template(f"{template}.html.j2").render(t=labels, labels=labels, **values)
    known = {"anchor": heading[0], "title": heading[1]} if heading else {}
    return Fragment(html.strip(), known)


def anchor(task_id: str) -> str:
    """Make a task's id an element's id, which holds no blank."""
    return "_".join(task_id.split())


def printed(text: str, labels: Labels) -> str:
    """Mark Vietnamese words in a page of another language, so that they are spoken and cut rightly.

    Examples
    --------
    >>> from compare.labels import read_labels
    >>> print(printed("Bộ Chính trị", read_labels("en")), printed("70-KL/TW", read_labels("en")))
    <span lang="vi">Bộ Chính trị</span> 70-KL/TW
    """
    if labels.language == "vi" or not _VIETNAMESE.search(text):
        return text
    return Markup('<span lang="vi">{}</span>').format(text)


def worded(said: str, text: str, labels: Labels) -> str:
    """Return the project's words as they are said in the page's language, marked where they are not."""
    return said if said != text else printed(text, labels)


def page_link(locality: str, text: str, section: str = "") -> Markup:
    """Link to the report of a locality, which lies beside this one, or to a section of it."""
    return Markup('<a href="{}.html{}">{}</a>').format(locality, f"#{section}" if section else "", text)


def coded(marks: str) -> Markup:
    """Write the code of words to be marked as an attribute of a link; nothing where there are none."""
    return Markup(' data-marks="{}"').format(marks) if marks else Markup("")


def lines_link(row: Mapping[str, Any], labels: Labels, own: str, marks: str = "", shown: str = "") -> Markup:
    """Link to the source lines of a task.

    In the report of ``own``, they are in the same file, those of other documents named by their
    file; in the overview (``own`` empty), they are in the report of the locality. ``marks`` is the code
    of the words that the page's script marks where it opens the lines. ``shown`` is a claim that leads
    there itself.
    """
    first, last = str(row["line_start"]), str(row["line_end"])
    many = labels("lines.many", first=first, last=last)
    text = labels("lines.one", line=first) if first == last else many
    place, file = row["locality"], row["source_file"]
    more = coded(marks) + (Markup("") if first == last else Markup(' data-to="{}"').format(last))
    target = f"#{place}-L{first}" if own else f"{place}.html#L{first}"
    target, text = (f"#L{first}", text) if place == own else (target, f"{file}, {text}")
    if shown:
        return Markup('<a href="{}"{}>{}</a>').format(target, more, shown)
    return Markup('<a class="lines" href="{}"{}>{}</a>').format(target, more, text)


def line_links(place: str, file: str, lines: Mapping[int, str], labels: Labels, own: str) -> Markup:
    """Link to single source lines, as :func:`lines_link` does to those of one task.

    ``lines`` are numbers, each with the code of the words that are marked in it.
    """
    start = "#L" if place == own else f"#{place}-L" if own else f"{place}.html#L"
    link = Markup('<a href="{}{}"{}>{}</a>')
    links = Markup(", ").join(link.format(start, n, coded(marks), n) for n, marks in lines.items())
    text = Markup(labels("lines.these", n=len(lines), lines=links))
    return text if place == own else Markup("{}, {}").format(file, text)


def task_link(row: Mapping[str, Any], labels: Labels) -> Markup:
    """Link to a task in this file, named by its part and number."""
    name = labels(f"task.{row['part']}", number=row["number"])
    return Markup('<a href="#{}">{}</a>').format(anchor(row["task_id"]), name)
