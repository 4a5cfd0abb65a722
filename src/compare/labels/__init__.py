"""Every visible string, in Vietnamese and English, and how numbers and dates are written.

In: a language. Out: :class:`Labels`, which looks a string up by its key and fills in values.
``vi.json`` and ``en.json`` hold the same keys with the same places to fill; a pair of strings is
singular and plural by ``n``, and ``{most:task|tasks}`` writes
a number with the word that fits it. Text of a document is filled in unchanged: who shows it has to escape it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from compare.errors import ReportError, accepted

__all__ = ["LANGUAGES", "Labels", "read_labels"]

LANGUAGES = ("vi", "en")
_MARKS = {"vi": (",", "."), "en": (".", ",")}  # decimal, thousands
_DATE = re.compile(r"(?P<year>\d{4}|-)(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?$")


class _Count(str):
    """A number as it is written, which takes the word behind it along: ``{most:task|tasks}``."""

    __slots__ = ("one",)
    one: bool

    def __format__(self, words: str) -> str:
        singular, mark, plural = words.partition("|")
        return f"{self!s} {singular if self.one else plural}" if mark else super().__format__(words)


def _count(written: str, value: float) -> _Count:
    count = _Count(written)
    count.one = value == 1
    return count


@dataclass(frozen=True)
class Labels:
    """The strings of one language."""

    language: str
    strings: Mapping[str, str | list[str]]

    def __call__(self, key: str, **values: object) -> str:
        """Look a string up and fill it in; ``n`` chooses between singular and plural.

        Examples
        --------
        >>> read_labels("en")("n.tasks", n=1), read_labels("vi")("n.tasks", n=1234)
        ('1 task', '1.234 nhiệm vụ')
        >>> read_labels("en")("finding.all_coverage", n=2, many=1)
        '2 pieces of work; 1 stands in two or more plans.'
        """
        written = {name: self._written(value) for name, value in values.items()}
        return self._form(key, values).format(**written)

    def markup(self, key: str, **values: object) -> Markup:
        """Look a string up and fill it in as HTML: text is escaped, markup is left as it is.

        Examples
        --------
        >>> print(read_labels("en").markup("bound.about", value=Markup("<b>5</b>")))
        about <b>5</b>
        """
        written = {name: self._written(value) for name, value in values.items()}
        return Markup(self._form(key, values)).format(**written)

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        """Return a string; of a pair, the one for ``n``."""
        found = self.strings[key]
        if isinstance(found, str):
            return found
        return found[0 if values.get("n") == 1 else 1]

    def _written(self, value: object) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return _count(self.number(value, 0 if isinstance(value, int) else 2), value)

    @property
    def separators(self) -> str:
        """Decimal and thousands mark, as plotly wants them."""
        return "".join(_MARKS[self.language])

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number with the language's marks.

        Examples
        --------
        >>> read_labels("vi").number(1234.5, 1)
        '1.234,5'
        """
        decimal, thousands = _MARKS[self.language]
        swap = str.maketrans({",": thousands, ".": decimal})
        return f"{value:,.{digits}f}".translate(swap)

    def percent(self, share: float) -> str:
        """Write a share of 1 as whole percent; only none and all are 0 % and 100 %.

        Examples
        --------
        >>> [read_labels("vi").percent(share) for share in (0.0, 0.001, 0.345, 0.999)]
        ['0%', '1%', '34%', '99%']
        """
        rounded = round(share * 100)
        return f"{rounded if share in (0, 1) else min(max(rounded, 1), 99)}%"

    def date(self, iso: str) -> str:
        """Write a date, partial ones as far as they go; what is no date stays as it is.

        Examples
        --------
        >>> [read_labels("vi").date(d) for d in ("2023-03-23", "2021-02", "2023", "--12-15", "")]
        ['23/03/2023', '02/2021', '2023', '15/12 hằng năm', '']
        """
        if not (found := _DATE.match(iso)):
            return iso
        year, month, day = found["year"], found["month"], found["day"]
        if year == "-":
            return self("date.yearly", date="/".join(part for part in (day, month) if part))
        return "/".join(part for part in (day, month, year) if part)

    def due(self, iso: str, precision: str) -> str:
        """Write the last day of something as precisely as it was printed: a day, month, quarter or year.

        Examples
        --------
        >>> due = read_labels("vi").due
        >>> [due("2020-12-31", p) for p in ("day", "month", "quarter", "year")]
        ['31/12/2020', 'tháng 12/2020', 'Quý IV/2020', 'năm 2020']
        >>> due("--12-15", "day")
        '15/12 hằng năm'
        """
        found = _DATE.match(iso)
        if not found or precision not in ("month", "quarter", "year") or found["year"] == "-":
            return self.date(iso)
        month = int(found["month"] or 12)
        quarter = ("I", "II", "III", "IV")[(month - 1) // 3]
        return self(f"date.{precision}", month=str(month), quarter=quarter, year=found["year"])

    def listed(self, items: list[str]) -> str:
        """Join items as a sentence lists them; with markup among them the list is markup.

        Examples
        --------
        >>> read_labels("vi").listed(["Đồng Nai", "Gia Lai", "Hà Tĩnh"])
        'Đồng Nai, Gia Lai và Hà Tĩnh'
        """
        if len(items) < 2:
            return items[0] if items else ""
        if any(isinstance(item, Markup) for item in items):
            return self.markup("list.and", first=Markup(", ").join(items[:-1]), last=items[-1])
        return self("list.and", first=", ".join(items[:-1]), last=items[-1])


@cache
def read_labels(language: str = "vi") -> Labels:
    """Read the strings of a language.

    Raises
    ------
    ReportError
        The language is none of ``LANGUAGES``.
    """
    if language not in LANGUAGES:
        raise ReportError(f"unknown language {language!r}; {accepted(LANGUAGES)}")
    text = files(__name__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    return Labels(language, json.loads(text))
