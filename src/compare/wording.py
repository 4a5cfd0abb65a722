"""The project's own words in another language: names of agencies, units, kinds, issuers, grounds.

In: the reference tables. Out: a :class:`Wording`. Every word that the project has put into a table is
put into English here, from the ``*_en`` columns and ``phrases.csv``; the words of the plans are left
as they are printed. What has no English yet stays Vietnamese, for whoever shows it to mark as such.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from compare.citations.issuers import read_issuer, read_issuers
from compare.documents import Reference
from compare.text import fold_in_place

__all__ = ["Wording", "agency_names", "read_wording"]

_JOINT = re.compile(r"(; |\s*\(https?://[^\s()]+\)(?:, )?)")  # between phrases: a mark, an address
_LETTERS = re.compile(r"[-–/]")
_AND, _UNIT_OF = " và ", "/"


@dataclass(frozen=True)
class Wording:
    """Vietnamese words to those of another language; empty where they are shown as they are."""

    phrases: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    issuers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)  # agency -> Vietnamese name
    kinds: Mapping[str, str] = field(default_factory=dict)  # letters of a number -> kind of document

    def said(self, text: str) -> str:
        """Say phrases joined by ``; ``, their sources' addresses kept.

        Examples
        --------
        >>> words = Wording({"hai sở hợp nhất": "merged", "ở nơi khác": "elsewhere"})
        >>> words.said("ở nơi khác: hai sở hợp nhất (https://a.vn); một câu lạ")
        'elsewhere: merged (https://a.vn); một câu lạ'
        """
        if not self.phrases:
            return text
        parts = _JOINT.split(text)
        return "".join(part if i % 2 else self._phrase(part) for i, part in enumerate(parts))

    def _phrase(self, text: str) -> str:
        """Say a phrase: as a whole, else what stands before its colon and what stands behind."""
        if text in self.phrases:
            return self.phrases[text]
        head, mark, rest = text.partition(": ")
        return f"{self.phrases[head]}: {self._phrase(rest)}" if mark and head in self.phrases else text

    def kind(self, number: str) -> str:
        """Name the kind of document that a number's letters say; empty where they say none.

        Examples
        --------
        >>> words = Wording(kinds={"KL": "Conclusion", "CTr": "Programme"})
        >>> words.kind("70-KL/TW"), words.kind("59-CTr/TU"), words.kind("17/2023/QH15")
        ('Conclusion', 'Programme', '')
        """
        return next((self.kinds[part] for part in _LETTERS.split(number) if part in self.kinds), "")

    def unit(self, unit: str, value: float = 2) -> str:
        """Name a unit as it stands behind a number.

        Examples
        --------
        >>> words = Wording(units={"mô hình": ("model", "models"), "huyện": ("district", "districts")})
        >>> words.unit("mô hình/huyện", 1), words.unit("mô hình"), Wording().unit("mô hình/huyện")
        ('model per district', 'models', 'mô hình/huyện')
        """
        if not self.units:
            return unit
        first, *of = unit.split(_UNIT_OF)
        return " per ".join([self._counted(first, value), *(self._counted(part, 1) for part in of)])

    def _counted(self, unit: str, value: float) -> str:
        one, many = self.units.get(unit, (self.phrases.get(unit, unit),) * 2)
        return one if value == 1 else many

    def whole(self, whole: str) -> str:
        """Name what a share is of: nouns joined by "và"."""
        if not self.units:
            return whole
        return " and ".join(self._counted(noun, 2) for noun in whole.split(_AND))

    def issuer(self, printed: str) -> str:
        """Name who issued a document, its place behind; one that is not known stays as printed."""
        if not self.issuers:
            return printed
        folded = fold_in_place(printed)
        found = read_issuer(printed, folded, 0, read_issuers())
        if found is None or found.end < len(printed):
            return printed
        name = self.issuers[found.known.name, found.known.level]
        named = found.known.pattern.match(folded)
        place = printed[named.end() :].strip() if named and found.plain == printed else ""
        return f"{name}, {place}" if place else name


def agency_names(reference: Reference, language: str) -> dict[str, str]:
    """Map agencies to their names in a language."""
    table = reference.agencies
    return dict(zip(table["agency_id"], table[f"name_{language}"], strict=True))


def _kinds(reference: Reference, language: str) -> dict[str, str]:
    """Map letters to the one kind that they stand for; what two kinds share says none."""
    table = reference.document_kinds
    only = table[(table["code"] != "") & ~table["code"].duplicated(keep=False)]
    return dict(zip(only["code"], only[f"name_{language}"], strict=True))


def read_wording(reference: Reference, language: str) -> Wording:
    """Put the reference tables' words into a language; in Vietnamese they are shown as they are.

    Parameters
    ----------
    reference : Reference
        Reference tables: ``phrases``, ``document_kinds``, ``units``, ``document_issuers``, ``agencies``.
    language : {"vi", "en"}

    Returns
    -------
    Wording
    """
    kinds = _kinds(reference, language)
    if language == "vi":
        return Wording(kinds=kinds)
    units, issuers = reference.units, reference.document_issuers
    phrases: dict[str, str] = {}
    for table in (reference.phrases, reference.document_kinds):
        phrases |= dict(zip(table["name_vi"], table["name_en"], strict=True))
    levels = zip(issuers["name_vi"], issuers["issuer_level"], strict=True)
    return Wording(
        phrases,
        {row.unit: (row.name_en, row.plural_en) for row in units.itertuples()},
        dict(zip(levels, issuers["name_en"], strict=True)),
        agency_names(reference, "vi"),
        kinds,
    )
