"""Long tables that can be searched, sorted and filtered, without anything from the net.

In: a table. Out: a view that JupyterLab shows through itables (DataTables, from the installed
package), and every other reader as a plain table. Searching ignores accents: "hop tac" finds
"hợp tác", "dau tu" finds "đầu tư".
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import HTML, display

from compare.errors import CompareError, accepted
from compare.exploring.columns import NUMERIC, Column, shown_table
from compare.exploring.live import is_live, load
from compare.figures import Names
from compare.figures.style import PLAIN
from compare.labels import Labels
from compare.workbook.sheets import SHEETS

__all__ = ["TableView", "show_table", "start_notebook"]

_FEW = 10  # rows that need neither pages nor a search
_CHOICES = range(2, 13)  # so many different words in a column make a list to filter by
_LONG = 240  # characters from which a cell scrolls
_TEXTS = ("search", "searchPlaceholder", "lengthMenu", "info", "infoEmpty", "infoFiltered", "zeroRecords")
_FILTERS = ("searchDropdown", "dropdown", "searchList")


def _asset(name: str) -> str:
    return files("compare.exploring").joinpath(name).read_text(encoding="utf-8")


def _bundle() -> str:
    """Return the script and style of DataTables, as itables ships them, and our own additions."""
    load("itables", "a table to search")
    options, scripts = load("itables.options", "a table"), load("itables.javascript", "a table")
    made: str = scripts.generate_init_offline_itables_html(Path(options.dt_bundle))
    variable = scripts._itables_underscore_version()
    return f"{made}<script>{_asset('grid.js').replace('ITABLES', variable)}</script>"


def start_notebook() -> None:
    """Make this notebook's page ready: searchable tables, figures drawn by JupyterLab itself.

    To be called once a notebook, beside the imports; nothing is fetched. Where nobody looks on, only
    the style of the plain tables is set.

    Raises
    ------
    CompareError
        In JupyterLab, without the extra ``lab``.
    """
    display(HTML(f"<style>{_asset('grid.css')}</style>"))  # type: ignore[no-untyped-call]
    if is_live():
        display(HTML(_bundle()))  # type: ignore[no-untyped-call]
        load("plotly.io", "a figure").renderers.default = "plotly_mimetype"


def _breadth(column: Column) -> str:
    """Say how much room a column is given."""
    return "dc-wide" if column.width >= 60 else "dc-mid" if column.width >= 20 else "dc-slim"


def _number(column: Column, value: object, labels: Labels) -> str:
    """Write a number as the language does, with up to three decimals; none is nothing."""
    number = float(str(value))
    if pd.isna(number):
        return ""
    if column.kind == "index":
        return str(int(number))
    digits = next(n for n in range(4) if n == 3 or abs(number - round(number, n)) < 1e-9)
    return labels.number(number, digits)


@dataclass(frozen=True)
class TableView:
    """A table to be looked at; ``table`` is what it was made from."""

    table: pd.DataFrame
    names: Names = PLAIN
    sheet: str = ""
    rows: int = _FEW
    heads: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return what pandas writes."""
        return repr(self.table)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Return the view for a notebook."""
        shown, columns = shown_table(self.table, self.names, self.sheet, self.heads)
        made = self._searchable(shown, columns) if is_live() else self._plain(shown, columns)
        return {"text/html": made, "text/plain": repr(self)}

    def _plain(self, shown: pd.DataFrame, columns: Sequence[Column]) -> str:
        labels = self.names.labels
        heads = "".join(f'<th class="{_breadth(c)}">{html.escape(c.head)}</th>' for c in columns)
        written = [
            [_number(column, value, labels) if column.kind in NUMERIC else str(value) for value in shown[n]]
            for n, column in enumerate(columns)
        ]
        kinds = [' class="dc-number"' if column.kind in NUMERIC else "" for column in columns]
        body = "".join(
            "<tr>"
            + "".join(f"<td{k}>{html.escape(v)}</td>" for k, v in zip(kinds, row, strict=True))
            + "</tr>"
            for row in zip(*written, strict=True)
        )
        return (
            f'<div class="dc-box"><table class="dc-plain"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def _searchable(self, shown: pd.DataFrame, columns: Sequence[Column]) -> str:
        itables = load("itables", "a table to search")
        few = len(shown) <= _FEW
        layout = dict.fromkeys(("topStart", "topEnd", "bottomStart", "bottomEnd")) if few else {
            "topStart": "search", "topEnd": "pageLength", "bottomStart": "info", "bottomEnd": "paging",
        }  # fmt: skip
        steps = sorted({self.rows, 25, 100, -1} - ({0} if few else set()), key=lambda n: n % 10**6)
        made: str = itables.to_html_datatable(
            shown.set_axis(_apart([c.head for c in columns]), axis=1),
            connected=False,
            display_logo_when_loading=False,
            showIndex=False,
            maxBytes=0,
            classes="display compact dc-grid",
            style="width:100%;margin:0",
            autoWidth=False,
            layout=layout,
            search={"smart": False},  # the words as typed, beside each other
            paging=not few,
            pageLength=self.rows,
            lengthMenu=[steps, [self.names.labels("explore.all") if n < 0 else n for n in steps]],
            language=self._texts(),
            columnDefs=self._column_defs(shown, columns, few),
        )
        return f'<div class="dc-box">{made}</div>'

    def _texts(self) -> dict[str, Any]:
        """Return what DataTables says, in the reader's language."""
        t = self.names.labels
        said: dict[str, Any] = {name: t.strings[f"explore.grid.{name}"] for name in _TEXTS}
        filters: dict[str, Any] = {name: t.strings[f"explore.filter.{name}"] for name in _FILTERS}
        listed = {name: t.strings[f"explore.filter.{name}"] for name in ("all", "none", "empty", "search")}
        return said | {"emptyTable": said["zeroRecords"], "columnControl": {**filters, "list": listed}}

    def _column_defs(self, shown: pd.DataFrame, columns: Sequence[Column], few: bool) -> list[dict[str, Any]]:
        """Say how each column is shown, sorted and filtered."""
        function = load("itables", "a table to search").JavascriptFunction
        language, found = self.names.language, []
        for n, column in enumerate(columns):
            numeric = column.kind in NUMERIC
            how = "number" if numeric else "date" if column.kind == "date" else "text"
            given = f"'{language}',{str(column.kind == 'index').lower()}" if numeric else f"{_LONG}"
            one = {"targets": [n], "className": _breadth(column) + (" dc-number" if numeric else " dt-left")}
            one["render"] = function(f"function(data, type) {{return dcCells.{how}(data, type, {given});}}")
            if not few and not numeric and shown[n].nunique() in _CHOICES:
                one["columnControl"] = [["searchList"]]
            found.append(one)
        return found


def _apart(heads: Sequence[str]) -> list[str]:
    """Keep headings that are the same word apart, by blanks that nobody sees."""
    return [head + "\u200b" * heads[:n].count(head) for n, head in enumerate(heads)]


def _said(table: object) -> str:
    """Name what was given in place of a table."""
    if not isinstance(table, pd.DataFrame):
        return type(table).__name__
    twice = table.columns[table.columns.duplicated()]
    return f"{twice[0]!r} twice"


def show_table(
    table: pd.DataFrame,
    names: Names = PLAIN,
    sheet: str = "",
    rows: int = _FEW,
    **heads: str,
) -> TableView:
    """Show a table that is too long to read at once: to search, sort, filter and leaf through.

    Parameters
    ----------
    table : DataFrame
        Any table; known columns get headings, names and words of the language.
    names : Names
        Of :func:`compare.read_names`: what ids are called, and the language.
    sheet : str
        Name of the table whose columns these are, where several tables use a column's name.
    rows : int
        Rows a page, in JupyterLab.
    **heads : str
        Headings of columns, in place of the usual ones.

    Returns
    -------
    TableView
        Shown by a notebook: searchable in JupyterLab after :func:`compare.start_notebook`, else plain.

    Raises
    ------
    CompareError
        ``sheet`` is unknown, ``rows`` below 1, it is no table or two columns have one name, or (when shown
        in JupyterLab) itables is not installed.

    Examples
    --------
    >>> show_table(pd.DataFrame({"locality": ["gia-lai"], "n_tasks": [67]}))
      locality  n_tasks
    0  gia-lai       67
    """
    if sheet and sheet not in SHEETS:
        raise CompareError(f"unknown sheet {sheet!r}; {accepted(SHEETS)}")
    if not isinstance(table, pd.DataFrame) or not table.columns.is_unique:
        raise CompareError(f"a table with columns of different names wanted, found {_said(table)}")
    if rows < 1:
        raise CompareError(f"rows >= 1 wanted, found {rows}")
    return TableView(table, names, sheet, rows, heads)
