"""The last evaluation, as one long table: written by ``doichieu evaluate``, read by every build.

In: the tables of :func:`compare.evaluate_alignment`. Out: ``data/catalogue/evaluation.csv``, one row a
number, with a fingerprint of the tasks and the catalogue that it was measured on, so that a report can
say whether its figures are of this very catalogue or of an earlier state.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from compare.catalogue import Catalogue
from compare.errors import CatalogueError
from compare.schema import TABLES, check_table
from compare.sheets import read_rows, write_rows

__all__ = ["inputs_fingerprint", "long_evaluation", "read_evaluation", "write_evaluation"]

# The column that names the rows of each table of an evaluation; the others are measures.
ITEMS = {
    "cold_start": "method",
    "left_out": "locality",
    "calibration": "bin",
    "queue": "decisions",
    "readings": "pair",
    "summary": "measure",
}
COLUMNS = [column for column in TABLES["evaluation"].columns if column != "current"]
DIGITS = 6


def inputs_fingerprint(tasks: pd.DataFrame, catalogue: Catalogue) -> str:
    """Return 12 hexadecimal digits that change with a task's text or a reviewed membership."""
    texts = tasks.sort_values("task_id")[["task_id", "text"]]
    members = catalogue.memberships.sort_values(["family_id", "task_id"])
    members = members[["family_id", "task_id", "match", "note"]]
    joined = texts.to_csv(index=False) + members.to_csv(index=False)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:12]


def long_evaluation(tables: Mapping[str, pd.DataFrame], inputs: str) -> pd.DataFrame:
    """Write the tables of an evaluation as one: section, item, measure, value and its range.

    Parameters
    ----------
    tables : mapping
        Those named in :data:`ITEMS` are taken; ``<measure>_low`` and ``_high`` are its range.
    inputs : str
        Of :func:`inputs_fingerprint`.
    """
    rows = []
    for section, item in ITEMS.items():
        for record in tables[section].to_dict("records") if section in tables else []:
            names = [n for n in record if n != item and not str(n).endswith(("_low", "_high"))]
            for name in names:
                value = float(record[name])
                low, high = (float(record.get(f"{name}_{end}", value)) for end in ("low", "high"))
                rows.append((section, str(record[item]), str(name), value, low, high, inputs))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.round(DIGITS)


def write_evaluation(tables: Mapping[str, pd.DataFrame], inputs: str, path: Path) -> None:
    """Write an evaluation; the file of before stays whole until then."""
    write_rows(long_evaluation(tables, inputs), path)


def read_evaluation(path: Path, inputs: str = "") -> pd.DataFrame:
    """Read the last evaluation; empty where there is none.

    Parameters
    ----------
    path : Path
    inputs : str
        Fingerprint of the tasks and catalogue at hand: ``current`` says whether it was measured on
        them.

    Raises
    ------
    CatalogueError, SchemaError
        The file is no evaluation.
    """
    if not path.is_file():
        empty = pd.DataFrame({c: pd.Series(dtype="str") for c in [*COLUMNS, "current"]})
        numbers = dict.fromkeys(("value", "low", "high"), "float64")
        return check_table(empty.astype({**numbers, "current": "bool"}), "evaluation")
    table = read_rows(path, COLUMNS)
    try:
        numbers = {name: table[name].astype("float64") for name in ("value", "low", "high")}
    except ValueError as error:
        raise CatalogueError(f"{path}: numbers in value, low and high wanted: {error}") from None
    return check_table(table.assign(**numbers, current=table["inputs"] == inputs), "evaluation")
