"""What there is of a report, read from the folder.

In: the folder of reports. Out: one word a report: a failed notebook, a page, a page made from other data
than those at hand, or nothing.
"""

import re
from pathlib import Path

__all__ = ["report_state"]

_KEY = re.compile(r'<meta name="doichieu-key" content="(\w+)">')
_HEAD = 2000  # characters in which the key stands


def report_state(stem: str, out: Path, key: str) -> str:
    """Say what there is of a report: failed, made, old (made from other data) or missing."""
    page = out / f"{stem}.html"
    if (out / "failed" / f"{stem}.ipynb").is_file():
        return "failed"
    if not page.is_file():
        return "missing"
    with page.open(encoding="utf-8", errors="replace") as file:
        found = _KEY.search(file.read(_HEAD))
    return "made" if found and found[1] == key else "old"
