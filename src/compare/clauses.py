"""Tasks are split into clauses: the pieces of work that a bundled task asks for.

In: the tasks table. Out: the clauses table, each clause as printed, in the order of print; and keys
(folded text, abbreviations written out) that are compared but never shown. A clause ends where the
document itself ends a piece of work: at a bullet, a sentence, a semicolon, or a comma before "đồng
thời". Lists in parentheses stay with their clause, and a fragment too short to be a piece of work
joins its neighbour, so that no word of the task is lost.

Measured on the five plans (pair F1 of the alignment, weights fitted anew each time): 0.64 so, 0.60
without the cut at semicolons, 0.56 without any cut; and 0.59 with a further cut at commas before a
coordinated verb ("..., xây dựng ..., hướng dẫn ..."): the pieces are too short to be recognised.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from compare.documents import data_folder
from compare.errors import DocumentError
from compare.schema import check_table
from compare.text import fold, nfc

__all__ = [
    "clause_texts",
    "expand_abbreviations",
    "make_key",
    "read_abbreviations",
    "split_clauses",
]

# Fewer words are a heading, a list's tail or an OCR crumb. On the five plans 3, 5, 8 and 12 do
# equally well (pair F1 0.63 to 0.64, the same within the noise); 5 is the least that reads as work.
MIN_WORDS = 5
_ABBREVIATION_COLUMNS = ["abbreviation", "expansion"]
_INSIDE = re.compile(r"\([^()]*\)")
_MARK = r"[-–+•*]"
_CUT = re.compile(
    rf"(?:^|(?<=[.;:,…])\s+){_MARK}\s+(?=\w)"  # a bullet, at the start or after a stop
    r"|(?<=[.…])\s+(?=\w)"  # a sentence: what follows must be upper case, see _is_cut
    r"|(?<=;)\s+"
    r"|(?<=,)\s+(?=đồng thời\b)"
)


def _mask(text: str) -> str:
    """Blank the parentheses' contents, innermost first, keeping every place."""
    while (masked := _INSIDE.sub(lambda m: "_" * len(m.group()), text)) != text:
        text = masked
    return text


def _is_cut(text: str, match: re.Match[str]) -> bool:
    """Tell a sentence's end from an abbreviation's stop ("TP. Hà Tĩnh", "...") by what follows."""
    before, after = text[: match.start()], text[match.end() :]
    if not before.endswith((".", "…")) or match.group().strip():
        return True
    last = before.split()[-1].strip(".")
    return after[:1].isupper() and not (last.isupper() and len(last) <= 2)


def _pieces(text: str) -> list[str]:
    cuts = [m for m in _CUT.finditer(_mask(text)) if _is_cut(text, m)]
    starts = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(text)]
    return [piece for a, b in zip(starts, ends, strict=True) if (piece := text[a:b].strip())]


def _is_short(piece: str) -> bool:
    return len(piece.split()) < MIN_WORDS or piece.endswith(":")


def clause_texts(text: str) -> list[str]:
    """Split one task's text into clauses; a text without words is one clause, itself.

    Examples
    --------
    >>> clause_texts("- Rà soát các hợp tác xã yếu kém; giải thể. - Mở lớp đào tạo cán bộ (a; b).")
    ['Rà soát các hợp tác xã yếu kém; giải thể.', 'Mở lớp đào tạo cán bộ (a; b).']
    """
    clauses: list[str] = []
    for piece in _pieces(" ".join(text.split())):
        if clauses and (_is_short(piece) or _is_short(clauses[-1])):
            clauses[-1] += " " + piece
        else:
            clauses.append(piece)
    return clauses or [text]


def split_clauses(tasks: pd.DataFrame) -> pd.DataFrame:
    """Split tasks into clauses.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``text``.

    Returns
    -------
    DataFrame
        The ``clauses`` table, one row a clause, in the order of ``task_id`` and of print; key
        ``clause_id`` (``<task_id>#<n>``). A task has at least one clause, and its clauses hold
        every word of it.

    Examples
    --------
    >>> tasks = pd.DataFrame({"task_id": ["a/body/1"], "text": ["Mở lớp đào tạo cán bộ."]})
    >>> split_clauses(tasks)["clause_id"].tolist()
    ['a/body/1#1']
    """
    ordered = tasks.sort_values("task_id", kind="stable")
    rows = [
        (f"{task_id}#{n}", task_id, text)
        for task_id, whole in zip(ordered["task_id"], ordered["text"], strict=True)
        for n, text in enumerate(clause_texts(whole), 1)
    ]
    return check_table(pd.DataFrame(rows, columns=["clause_id", "task_id", "text"]), "clauses")


@cache
def read_abbreviations(path: str = "") -> Mapping[str, str]:
    """Read the abbreviations that keys write out; without a path, those of ``data/reference``.

    Raises
    ------
    DocumentError
        The file is missing or lacks the columns ``abbreviation`` and ``expansion``.
    """
    place = path or str(data_folder("reference") / "abbreviations.csv")
    try:
        table = pd.read_csv(place, dtype=str, keep_default_na=False, encoding="utf-8-sig").map(nfc)
    except FileNotFoundError as error:
        raise DocumentError(f"reference file wanted at {place}, found none") from error
    if list(table.columns) != _ABBREVIATION_COLUMNS:
        found = list(table.columns)
        raise DocumentError(f"{place}: columns {_ABBREVIATION_COLUMNS} wanted, found {found}")
    return dict(zip(table["abbreviation"], table["expansion"], strict=True))


@cache
def _pattern(abbreviations: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(abbreviations, key=lambda a: (-len(a), a))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def expand_abbreviations(text: str, abbreviations: Mapping[str, str]) -> str:
    """Write out abbreviations that stand alone, in capitals as printed.

    Examples
    --------
    >>> expand_abbreviations("Liên minh HTX", {"HTX": "hợp tác xã"})
    'Liên minh hợp tác xã'
    """
    if not abbreviations:
        return text
    return _pattern(tuple(abbreviations)).sub(lambda m: abbreviations[m.group()], text)


def make_key(text: str, abbreviations: Mapping[str, str] | None = None) -> str:
    """Make the key under which a text is compared: abbreviations written out, marks folded.

    Examples
    --------
    >>> make_key("Củng cố HTX", {"HTX": "hợp tác xã"})
    'cung co hop tac xa'
    """
    known = read_abbreviations() if abbreviations is None else abbreviations
    return fold(expand_abbreviations(text, known))
