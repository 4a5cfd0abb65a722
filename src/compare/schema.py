"""The tables: their columns, what the columns may hold, and how they are written and read.

In: pandas tables of any stage. Out: the same tables, checked; files in ``data/processed``.
The column names are a contract: :mod:`compare.tables` is their only definition, and ``docs/tables.md``
is made from it.
"""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa

from compare.errors import SchemaError, accepted
from compare.tables import TABLES

__all__ = ["TABLES", "check_table", "read_table", "tables_markdown", "write_tables"]

_DTYPES = {"text": "str", "int": "int64", "float": "float64", "bool": "bool"}
_OPTIONAL = {"int": "Int64", "float": "float64"}


def _check_columns(table: pd.DataFrame, name: str) -> None:
    wanted = list(TABLES[name].columns)
    missing = [c for c in wanted if c not in table.columns]
    unknown = [c for c in table.columns if c not in wanted]
    if missing or unknown:
        raise SchemaError(
            f"table {name!r}: missing columns {missing}, unknown columns {unknown}; {accepted(wanted)}"
        )


def _check_values(table: pd.DataFrame, name: str) -> None:
    for column, spec in TABLES[name].columns.items():
        values = table[column]
        if values.isna().any() and not spec.optional:
            raise SchemaError(f"table {name!r}, column {column!r}: empty values; write '' instead")
        if spec.values and (bad := sorted(set(values) - set(spec.values))):
            raise SchemaError(f"table {name!r}, column {column!r}: found {bad}; {accepted(spec.values)}")
        if spec.bounds and not values.dropna().between(*spec.bounds).all():
            raise SchemaError(
                f"table {name!r}, column {column!r}: found {values.min()} to {values.max()}, "
                f"wanted {spec.bounds[0]} to {spec.bounds[1]}"
            )


def check_table(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table in its schema's column order and types, or say what does not fit.

    Parameters
    ----------
    table : DataFrame
        Any table with the columns of ``TABLES[name]``.
    name : str
        A key of ``TABLES``.

    Returns
    -------
    DataFrame
        The same rows, columns in the schema's order, types set, index reset.

    Raises
    ------
    SchemaError
        Unknown table name, missing or unknown columns, forbidden values, repeated keys.
    """
    if name not in TABLES:
        raise SchemaError(f"unknown table {name!r}; {accepted(TABLES)}")
    _check_columns(table, name)
    dtypes = {
        c: (_OPTIONAL if spec.optional else _DTYPES)[spec.dtype] for c, spec in TABLES[name].columns.items()
    }
    _check_values(table, name)
    ordered = table[list(dtypes)].astype(dtypes).reset_index(drop=True)
    key = list(TABLES[name].key)
    if (repeated := ordered.duplicated(key)).any():
        found = ordered.loc[repeated, key].head(3).to_dict("records")
        raise SchemaError(f"table {name!r}: key {key} is repeated: {found}")
    return ordered


def write_tables(tables: Mapping[str, pd.DataFrame], folder: str | Path) -> list[Path]:
    """Check tables and write each as Parquet and as CSV (UTF-8 with BOM), all or none.

    Returns
    -------
    list of Path
        The files written, in the order of ``tables``.

    Raises
    ------
    SchemaError
        As :func:`check_table`; nothing is written then.
    """
    checked = {name: check_table(table, name) for name, table in tables.items()}
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
        for name, table in checked.items():
            table.to_parquet(Path(scratch, f"{name}.parquet"), index=False)
            table.to_csv(Path(scratch, f"{name}.csv"), index=False, encoding="utf-8-sig", lineterminator="\n")
        written = [folder / f"{name}{suffix}" for name in checked for suffix in (".parquet", ".csv")]
        for path in written:
            os.replace(Path(scratch, path.name), path)
    return written


def read_table(name: str, folder: str | Path) -> pd.DataFrame:
    """Read a table that :func:`write_tables` wrote, and check it.

    Raises
    ------
    SchemaError
        The table is unknown, was not built yet, is damaged, or does not fit its schema.
    """
    if name not in TABLES:
        raise SchemaError(f"unknown table {name!r}; {accepted(TABLES)}")
    path = Path(folder, f"{name}.parquet")
    if not path.is_file():
        raise SchemaError(f"table {name!r} wanted at {path}, not found; build it first: doichieu build")
    try:
        table = pd.read_parquet(path)
    except pa.ArrowInvalid:
        raise SchemaError(
            f"table {name!r} wanted at {path}, found a damaged file; build it again: doichieu build"
        ) from None
    return check_table(table, name)


def tables_markdown() -> str:
    """Write the contract as Markdown: one section a table, one line a column."""
    lines = ["# Tables", "", "Made from `src/compare/tables/` by `make docs`; do not edit.", ""]
    for name, table in TABLES.items():
        lines += [f"## `{name}`", "", f"One row is {table.row}; key: {', '.join(table.key)}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        for column, spec in table.columns.items():
            values = f" ({', '.join(v or 'empty' for v in spec.values)})" if spec.values else ""
            lines.append(f"| {column} | {spec.dtype} | {spec.meaning.replace('|', '/')}{values} |")
        lines.append("")
    return "\n".join(lines)
