"""The published sources of who holds what today: numbered once, cited by number.

In: the grounds of the table ``holders``, parts joined by ``;``, those with a source ending in its
address in brackets. Out: a table of sources with their addresses as text, and citations of it.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup

from compare.groups import UNVERIFIED_GROUND
from compare.report.blocks import Sheet, worded
from compare.report.inputs import Inputs

__all__ = ["Sources"]

_SOURCE = re.compile(r"(?P<text>.*?)\s*\((?P<address>https?://[^\s()]+)\)")


def _parts(ground: str) -> Iterable[tuple[str, str]]:
    """Yield the parts of a ground: text, and address where there is one."""
    for part in ground.split("; "):
        found = _SOURCE.fullmatch(part)
        yield (found["text"], found["address"]) if found else (part, "")


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

    def sheet(self, name: str) -> Sheet:
        """List the sources with their addresses, as text."""
        t = self.inputs.labels
        mark, place = Markup('<span id="g{}">[{}]</span> {}'), Markup("<code>{}</code>")
        rows = [(mark.format(n, n, self.texts[a]), place.format(a)) for a, n in self.numbers.items()]
        return Sheet(t("sheet.sources"), [t("column.ground"), t("column.address")], rows, name=name)
