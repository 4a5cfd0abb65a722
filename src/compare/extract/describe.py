"""What the document says of itself: number, date, issuer, title, and what it carries out.

In: one document. Out: one row of the ``documents`` table. A fact that the head of the document leaves
blank is taken from the line under the annex heading ("Kèm theo Kế hoạch số 485/KH-UBND ngày ...").
"""

import re
from collections.abc import Sequence

import pandas as pd

from compare.document_numbers import cited_numbers, iso_date, normalise_number
from compare.documents import Document, Paragraph, read_reference
from compare.extract.chapters import is_chapter_heading
from compare.schema import check_table
from compare.text import fold

__all__ = ["basis_paragraphs", "blank_lines", "document_lines", "documents_table"]

_HEAD_LINES = 12
_NUMBER = re.compile(r"^(?:\*\s+)?Số\s*:?\s*(?P<number>\d*\s*[-/]\s*[A-ZĐ][\w\-/]*)\s*$", re.M)
_ANNEXED = re.compile(
    r"[Kk]èm theo (?!phụ lục|danh mục|biểu).{0,60}?số\s*:?\s*"
    r"(?P<number>\d+\s*[-/]\s*[A-ZĐ][\w\-/]*)\s+ngày\s+(?P<date>[^)]{6,40})"
)
_DATED = re.compile(r"^[^\d,]{2,30},\s*ngày")  # "Gia Lai, ngày 23 tháng 03 năm 2023"
_KINDS = re.compile(r"^(ke hoach|chuong trinh hanh dong|chuong trinh|quyet dinh|nghi quyet|de an)$")
_GROUNDS = re.compile(r"can cu |theo de nghi |xet ")
_ISSUER = re.compile(
    r"(?P<issuer>(?:Ủy|Uỷ) ban nhân dân [^;,.]{0,40}?|UBND [^;,.]{0,40}?|Ban Chấp hành [^;,.]{0,40}?|"
    r"Ban Thường vụ [^;,.]{0,40}?|(?:Tỉnh|Huyện|Thành) ủy[^;,.]{0,30}?)\s+(?:ban hành|xây dựng)",
    re.S,
)
_RANK = ("TW", "QH", "CP", "TTg", "TU", "HU", "UBND")


def _opening_paragraphs(document: Document) -> list[Paragraph]:
    """Return title and preamble: what stands from the kind of document to the first chapter."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    kinds = read_reference().patterns("chapter")
    headed = (i for i, paragraph in enumerate(paragraphs) if is_chapter_heading(paragraph.text, kinds))
    end = next(headed, min(len(paragraphs), 8))
    folded = [fold(paragraph.text).strip(" *#") for paragraph in paragraphs[:end]]
    start = next((i for i, text in enumerate(folded) if _KINDS.match(text)), 0)
    return paragraphs[start:end]


def basis_paragraphs(document: Document) -> list[Paragraph]:
    """Return what says what the plan carries out: title and preamble, its legal grounds left out.

    "Căn cứ Luật ..." names what allows the plan, not what it carries out; where nothing else names a
    document, it counts.
    """
    opening = _opening_paragraphs(document)
    kept = [paragraph for paragraph in opening if not _GROUNDS.match(fold(paragraph.text))]
    return kept if cited_numbers(" ".join(paragraph.text for paragraph in kept)) else opening


def _opening(document: Document) -> tuple[str, str]:
    """Return the title and the preamble of a document."""
    texts = [paragraph.text for paragraph in _opening_paragraphs(document)]
    return " ".join(texts[:-1]), texts[-1] if texts else ""


def _central_first(numbers: Sequence[str]) -> list[str]:
    return sorted(
        numbers,
        key=lambda n: next((i for i, body in enumerate(_RANK) if n.endswith(body)), len(_RANK)),
    )


def _describe(document: Document) -> dict[str, object]:
    paragraphs = [b for b in document.blocks if isinstance(b, Paragraph)]
    head = "\n".join(p.text for p in paragraphs if p.line_start <= _HEAD_LINES)
    annexed = next((m for p in paragraphs if (m := _ANNEXED.search(p.text))), None)
    title, preamble = _opening(document)
    printed = _NUMBER.search(head)
    numbers = [re.sub(r"\s+", "", match["number"]) for match in (printed, annexed) if match]
    number = next((number for number in numbers if number[0].isdigit()), "")
    cited = cited_numbers(" ".join(p.text for p in basis_paragraphs(document)))
    issuer = next(reversed(list(_ISSUER.finditer(preamble))), None)
    dated = next((p.text for p in paragraphs[:4] if _DATED.match(p.text)), "")
    return {
        "locality": document.locality,
        "level": document.level,
        "name_vi": document.name_vi,
        "number": number,
        "issued_on": iso_date(dated) or (iso_date("ngày " + annexed["date"]) if annexed else ""),
        "issuer": " ".join(issuer["issuer"].split()) if issuer else "",
        "implements": ";".join(_central_first([n for n in cited if n != normalise_number(f"số {number}")])),
        "title": title,
        "source_file": document.source_file,
        "sha256": document.sha256,
        "n_lines": len(document.lines),
    }


def _span(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    return paragraphs[0].line_start, paragraphs[-1].line_end


def document_lines(document: Document) -> dict[str, tuple[int, int]]:
    """Find the lines from which a document's facts were read.

    Returns
    -------
    dict
        Column of ``documents`` (number, issued_on, issuer, title) to its first and last line; a fact
        that the document does not state is left out. (What it implements: table ``citations``.)
    """
    row, opening = _describe(document), _opening_paragraphs(document)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    annexed = [p for p in paragraphs if _ANNEXED.search(p.text)][:1]
    head = [p for p in paragraphs if p.line_start <= _HEAD_LINES]
    printed = [(p, match["number"]) for p in head if (match := _NUMBER.search(p.text))][:1]
    numbered = [p for p, number in printed if number.strip()[0].isdigit()]
    dated = [p for p in paragraphs[:4] if _DATED.match(p.text)][:1]
    found = {
        "number": numbered or annexed,
        "issued_on": [p for p in dated if iso_date(p.text)] or annexed,
        "issuer": opening[-1:],
        "title": opening[:-1],
    }
    return {name: _span(places) for name, places in found.items() if places and row[name]}


def blank_lines(document: Document) -> dict[str, tuple[int, int]]:
    """Find the lines where a fact would stand that the document leaves blank ("Số: /KH-UBND").

    Returns
    -------
    dict
        number or issued_on to the first and last line of the blank; a fact that the document states,
        or leaves no blank for, is left out.
    """
    row = _describe(document)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    head = [p for p in paragraphs if p.line_start <= _HEAD_LINES]
    printed = {
        "number": [p for p in head if _NUMBER.search(p.text)],
        "issued_on": [p for p in paragraphs[:4] if _DATED.match(p.text)],
    }
    return {name: _span(places[:1]) for name, places in printed.items() if places and not row[name]}


def documents_table(documents: Sequence[Document]) -> pd.DataFrame:
    """Describe documents: one row a plan, key ``locality`` (table ``documents`` of the schema)."""
    rows = [_describe(document) for document in sorted(documents, key=lambda d: d.locality)]
    return check_table(pd.DataFrame(rows), "documents")
