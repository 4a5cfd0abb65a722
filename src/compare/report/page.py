"""An executed notebook becomes one HTML file that needs nothing else.

In: a notebook whose outputs are fragments of HTML and charts as plotly's JSON. Out: a page with the
project's own template: no code, no request, plotly.js once and the charts, packed, unpacked by the
browser; a chart is drawn when it comes into view. Element ids are counted, so two runs give the same bytes.
What repeats a table of the page is packed too. With shared assets, the page names the files beside it
(:mod:`compare.report.assets`), and all its long parts are packed: it is a small file then, and opens
offline all the same.
"""

from functools import cache
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode

from compare.figures.canvas import LEGEND_HEIGHT, SOURCE_HEIGHT, TITLE_HEIGHT
from compare.figures.style import PALETTE, TEMPLATE
from compare.labels import Labels, read_labels
from compare.report.assets import SCRIPTS, page_assets, plotly_js
from compare.report.blocks import PLOTLY_MIME, TEMPLATES, asset, environment
from compare.report.packed import Packed, pack
from compare.report.shared import script_json

__all__ = ["export_page"]

_LONG = 3_000  # characters of a piece that is packed where assets are shared, or it repeats others


class PageExporter(HTMLExporter):
    """nbconvert's exporter with the project's template, and without its rewriting of the HTML."""

    def __init__(self, **options: Any) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            template_name="doichieu", extra_template_basedirs=[str(TEMPLATES / "nbconvert")], **options
        )

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter itself does
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Fill the template; the page's HTML is its own, and is not parsed and written again."""
        html, found = TemplateExporter.from_notebook_node(self, nb, resources, **options)
        return html, found


@cache
def _plotly_js() -> Packed:
    """Return plotly.js of the installed package, packed."""
    return pack(plotly_js())


def _chart(figure: dict[str, Any], number: int, labels: Labels) -> str:
    """Make a figure element: title, legend and source note as text, the drawing as data."""
    layout, meta = figure["layout"], figure["layout"].get("meta", {})
    notes = [note for note in layout.get("annotations", []) if note.get("name") == "source"]
    legend = meta.get("legend", [])
    rooms = {"title": TITLE_HEIGHT, "source": SOURCE_HEIGHT, **meta.get("room", {})}
    room = sum(rooms.values()) + (LEGEND_HEIGHT if legend else 0)
    values = {
        "id": f"chart-{number}",
        "title": Markup(
            layout.get("title", {}).get("text", "").replace("<br>", " ")
        ),  # escaped by the figure
        "legend": [{**key, "text": Markup(key["text"])} for key in legend],
        "source": Markup("".join(note["text"].replace("<br>", " ") for note in notes)),
        "height": int(layout.get("height", 450)) - room,
        "width": meta.get("width", 320),
        "figure": pack(
            script_json({"data": figure["data"], "layout": {**layout, "template": None}}).encode()
        ),
    }
    return environment().get_template("chart.html.j2").render(t=labels, **values)


def _settings(labels: Labels) -> Markup:
    """Return what the page's script has to know: strings, colours, rooms."""
    prefixes = ("chart.", "csv.", "evidence.", "filter.", "missing.", "print.", "sort.")
    words = {name: text for name, text in labels.strings.items() if name.startswith(prefixes)}
    room = {"title": TITLE_HEIGHT, "legend": LEGEND_HEIGHT, "source": SOURCE_HEIGHT}
    looks = {"dark": dict(PALETTE.values()), "template": TEMPLATE.to_plotly_json()}
    return script_json({"words": words, "room": room, "separators": labels.separators, **looks})


def _css_string(text: str) -> Markup:
    """Write text as a string of CSS that can stand in a style element."""
    return Markup('"' + "".join(c if c.isalnum() or c in " .,:-" else f"\\{ord(c):06x} " for c in text) + '"')


def _said(labels: Labels, title: str, key: str) -> dict[str, Markup]:
    """Return what the style of paper says: the report's name, which making of it, what is not shown."""
    mark = labels("print.mark", title=labels("index.title"), made=key[:8])
    texts = {"report": title, "mark-of": mark, "undrawn": labels("print.undrawn")}
    return {name: _css_string(text) for name, text in texts.items()}


def _piece(html: str, labels: Labels, packed: bool) -> Markup:
    """Return a piece of the page, packed where it is long and may be."""
    if not packed or len(html) < _LONG:
        return Markup(html)
    return Markup(
        environment().get_template("part.html.j2").render(t=labels, part=pack(html.strip().encode()))
    )


def _outputs(
    notebook: NotebookNode, labels: Labels, shared: bool
) -> tuple[list[list[Markup]], list[dict[str, str]], list[str]]:
    """Return the HTML of each cell with outputs, the headings for the contents, the scripts needed."""
    sections: list[list[Markup]] = []
    headings: list[dict[str, str]] = []
    scripts: list[str] = []
    number = 0
    for cell in notebook.cells:
        pieces = []
        for output in cell.get("outputs", []):
            data, metadata = output.get("data", {}), output.get("metadata", {})
            if PLOTLY_MIME in data:
                number += 1
                pieces.append(Markup(_chart(data[PLOTLY_MIME], number, labels)))
            elif "text/html" in data:
                html = data["text/html"].replace(f' lang="{labels.language}"', "")
                pieces.append(
                    _piece(html, labels, (shared and "script" not in metadata) or "repeats" in metadata)
                )
                headings += [dict(metadata)] if "anchor" in metadata else []
                scripts += [metadata["script"]] if "script" in metadata else []
        sections += [pieces] if pieces else []
    return sections, headings, list(dict.fromkeys(scripts))


def export_page(notebook: NotebookNode, language: str, key: str, *, shared: bool = False) -> str:
    """Make the page of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        The executed notebook; markdown, code, streams and results that are no report are left out.
    language : {"vi", "en"}
        Language of the page.
    key : str
        Hash of the report's inputs, kept in the page.
    shared : bool
        Let the page name style, scripts and plotly.js, to be kept in ``assets`` beside it, rather than
        hold them.

    Returns
    -------
    str
        A whole HTML file, with shared assets one that needs them beside it; the same notebook and key
        give the same text.
    """
    labels = read_labels(language)
    sections, headings, scripts = _outputs(notebook, labels, shared)
    drawn = any(PLOTLY_MIME in o.get("data", {}) for c in notebook.cells for o in c.get("outputs", []))
    later = [name for name in scripts if name in SCRIPTS]
    page = {
        "t": labels,
        "language": language,
        "key": key,
        "sections": sections,
        "headings": headings,
        "drawn": drawn,
        "css": asset("page.css") + asset("print.css"),
        "said": _said(labels, headings[0]["title"] if headings else labels("kicker.index"), key),
        "open": asset("open.js"),
        "js": asset("page.js") + asset("print.js"),
        "later": pack("".join(asset(name) for name in later).encode()) if later and not shared else None,
        "plotly": _plotly_js() if drawn and not shared else None,
        "linked": {name: found.name for name, found in page_assets().items()} if shared else {},
        "beside": [*(["plotly.js"] if drawn else []), *later] if shared else [],
        "palette": PALETTE,
        "settings": _settings(labels),
    }
    html, _ = PageExporter().from_notebook_node(notebook, {"page": page})
    return html
