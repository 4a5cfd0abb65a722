"""Exploring: what makes a notebook pleasant to read through in JupyterLab.

In: tables and figures. Out: long tables that can be searched, choosers for locality, pillar and
family, a bar for long steps. All of it rests on the extra ``lab`` and is alive in JupyterLab only:
where nobody looks on (papermill, nbconvert), the same calls give plain tables and the starting
choice, so that a saved run reads by itself. ``columns`` says what a table shows, ``live`` whether
somebody looks on, ``grid`` shows tables, ``choosing`` choosers, ``steps`` bars.
"""

from compare.exploring.choosing import Choice, choose
from compare.exploring.grid import TableView, show_table, start_notebook
from compare.exploring.steps import show_progress

__all__ = ["Choice", "TableView", "choose", "show_progress", "show_table", "start_notebook"]
