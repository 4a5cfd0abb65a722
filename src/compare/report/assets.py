"""What every page needs and none has of its own: style, scripts, plotly.js.

In: the package's templates and the installed plotly. Out: the contents, to stand in a page, or once
beside all pages under a name that holds a hash of the content, so that pages of two versions can
stand side by side.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from compare.errors import ReportError
from compare.report.blocks import asset

__all__ = ["SCRIPTS", "Asset", "page_assets", "plotly_js"]

_ALWAYS = ("page.css", "page.js", "print.css", "print.js")
SCRIPTS = ("calendar.js", "evidence.js", "review.js", "side_by_side.js")  # those that a section may ask for


@dataclass(frozen=True)
class Asset:
    """A file that pages share: its name, with a hash of its content, and the content."""

    name: str
    content: bytes


@cache
def plotly_js() -> bytes:
    """Return plotly.js of the installed package."""
    found = find_spec("plotly")
    if found is None or found.origin is None:
        raise ReportError("plotly wanted for the charts, not installed")
    return (Path(found.origin).parent / "package_data" / "plotly.min.js").read_bytes()


def _asset(name: str, content: bytes) -> Asset:
    stem, suffix = name.split(".")
    return Asset(f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{suffix}", content)


@cache
def page_assets() -> dict[str, Asset]:
    """Return the files that pages share, by their plain names.

    Examples
    --------
    >>> [name for name in sorted(page_assets()) if name not in SCRIPTS]
    ['page.css', 'page.js', 'plotly.js', 'print.css', 'print.js']
    """
    own = {name: asset(name).encode() for name in (*_ALWAYS, *SCRIPTS)}
    return {name: _asset(name, content) for name, content in {**own, "plotly.js": plotly_js()}.items()}
