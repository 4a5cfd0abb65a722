"""Decisions as tests write them: three tasks of two localities, and rows about them."""

import pandas as pd

from compare.decisions import COLUMNS
from compare.text import fingerprint

TEXTS = {
    "gia-lai/annex/1": "Củng cố hợp tác xã",
    "gia-lai/annex/2": "Đào tạo, vay vốn",
    "ha-tinh/annex/1": "Vay",
}
TASKS = pd.DataFrame({"task_id": list(TEXTS), "text": list(TEXTS.values())}).assign(
    locality=lambda t: t["task_id"].str.partition("/")[0]
)
FIRST, SECOND, THIRD = TEXTS
Row = dict[str, str]


def said(match: str, task: str = FIRST, family: str = "consolidate", reader: str = "an", **more: str) -> Row:
    """Write one decision."""
    row = {"task_id": task, "family_id": family, "match": match, "title_vi": "", "reader": reader}
    row |= {"text_sha": fingerprint(TEXTS.get(task, "")), "date": "2026-11-21", "settles": "", "note": ""}
    return row | more


def log(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")
