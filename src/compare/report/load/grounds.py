"""The published sources of who holds what today: numbered once, cited by number.

In: the grounds of the table ``holders``, parts joined by ``;``, those with a source ending in its
address in brackets. Out: a table of sources with their kind (a public body's own page, the press, a
page of search results) and their addresses as text, and citations of it.
"""

import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from compare.groups import UNVERIFIED_GROUND
from compare.report.blocks import Sheet, worded
from compare.report.inputs import Inputs

__all__ = ["Sources", "source_kind"]

_SITE = re.compile(r"^https?://(?:www\.)?")
_SOURCE = re.compile(r"(?P<text>.*?)\s*\((?P<address>https?://[^\s()]+)\)")


def _parts(ground: str) -> Iterable[tuple[str, str]]:
    """Yield the parts of a ground: text, and address where there is one."""
    for part in ground.split("; "):
        found = _SOURCE.fullmatch(part)
        yield (found["text"], found["address"]) if found else (part, "")


def source_kind(address: str, known: pd.DataFrame) -> str:
    """Say what kind of page an address is, by the longest beginning that is known; else nothing.

    Examples
    --------
    >>> known = pd.DataFrame({"address": ["bao.vn", "bao.vn/tag/"], "kind": ["press", "search"]})
    >>> [source_kind(a, known) for a in ("https://www.bao.vn/tin-1", "http://bao.vn/tag/x", "http://a.vn")]
    ['press', 'search', '']
    """
    site = _SITE.sub("", address)
    fits = [(len(row.address), row.kind) for row in known.itertuples() if site.startswith(row.address)]
    return str(max(fits)[1]) if fits else ""


class Sources:
    """The sources of some grounds, numbered in the order in which they are first named."""

    def __init__(self, inputs: Inputs, grounds: Iterable[str]) -> None:
        """Gather the sources; of several wordings for one address the shortest stands for it."""
        self.inputs, self.texts = inputs, dict[str, str]()
        doubt = f"{inputs.names.wording.said(UNVERIFIED_GROUND)}: "
        for ground in grounds:
            for _, text, address in self._parts(ground):
                known = self.texts.get(address, text)
                if address:
                    self.texts[address] = min(known, text.removeprefix(doubt), key=lambda t: (len(t), t))
        self.numbers = {address: n for n, address in enumerate(self.texts, 1)}

    def _parts(self, ground: str) -> Iterable[tuple[str, str, str]]:
        """Yield the parts of a ground: text as kept and as said in the page's language, and address."""
        said = _parts(self.inputs.names.wording.said(ground))
        for (kept, _), (text, address) in zip(_parts(ground), said, strict=True):
            yield kept, text, address

    def cite(self, ground: str) -> Markup:
        """Write what a ground says in its own words, and the numbers of its sources."""
        words, numbers = [], []
        for printed, text, address in self._parts(ground):
            own = text.removesuffix(self.texts.get(address, "")).rstrip(": ")
            words += [worded(own, printed, self.inputs.labels)] if own else []
            if address:
                n = self.numbers[address]
                numbers.append(Markup('<a class="ref" href="#g{}">[{}]</a>').format(n, n))
        return Markup(" ").join([*([Markup("; ").join(words)] if words else []), *numbers])

    def _kind(self, address: str) -> str:
        return source_kind(address, self.inputs.reference.source_kinds) or "unknown"

    def kinds(self) -> str:
        """Count the sources by kind, most first."""
        t, counts = self.inputs.labels, Counter(self._kind(address) for address in self.texts)
        order = sorted(counts.items(), key=lambda kind: (-kind[1], kind[0]))
        return t.listed([t(f"sources.{kind}", n=n) for kind, n in order])

    def sheet(self, name: str) -> Sheet:
        """List the sources with their kinds, and their addresses as text."""
        t = self.inputs.labels
        mark, place = Markup('<span id="g{}">[{}]</span> {}'), Markup("<code>{}</code>")
        rows = [
            (mark.format(n, n, self.texts[a]), t(f"source.{self._kind(a)}"), place.format(a))
            for a, n in self.numbers.items()
        ]
        heads = [t(f"column.{column}") for column in ("ground", "source_kind", "address")]
        return Sheet(t("sheet.sources"), heads, rows, name=name)
