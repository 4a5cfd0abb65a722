"""Reports: notebooks that show the tables, and one HTML file a locality made from them.

In: the folder of processed tables. Out: :func:`open_report` for a notebook, :func:`render_reports`
for all HTML files at once. Nothing here computes a result; it shows what the tables hold. Each name is
imported when it is first used, since a batch that finds everything unchanged needs little of this.
"""

from importlib import import_module
from typing import Any

_HOME = {"Report": "opened", "open_report": "opened", "read_names": "inputs", "render_reports": "batch"}
__all__ = ["Report", "open_report", "read_names", "render_reports"]


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in _HOME:
        raise AttributeError(f"module 'compare.report' has no attribute {name!r}")
    return getattr(import_module(f"compare.report.{_HOME[name]}"), name)
