"""Comparison: the same indicator in several localities, side by side, with what forbids comparing.

In: the ``targets`` table, and, where numbers are wanted per head, a population table that says its
source. Out: one row an indicator, locality and year. Two goals compare where they are for the same year,
in the same unit, and, for a share, a share of the same whole: "65% tổ chức kinh tế tập thể" and "60% hợp
tác xã" do not. Sums of money are brought to one scale first.
"""

from collections.abc import Iterable

import pandas as pd

from compare.errors import SchemaError
from compare.numbers import find_figures
from compare.targets.grammar import Grammar, read_grammar
from compare.text import fold_in_place

__all__ = ["compare_targets"]

_WANTED = ["locality", "year", "population", "source"]
_SCALES = {"nghìn đồng": 1e-3, "triệu đồng": 1.0, "tỷ đồng": 1e3, "nghìn tỷ đồng": 1e6}
_COLUMNS = [
    *("indicator", "locality", "year", "value", "value_high", "unit", "bound", "baseline", "whole"),
    *("comparable", "reason", "target_id"),
]


def _rescale(table: pd.DataFrame) -> pd.DataFrame:
    """Write sums of money in triệu đồng where an indicator prints them in several scales."""
    heads = table["unit"].map(lambda unit: str(unit).partition("/")[0])
    several = table["unit"].groupby(table["indicator"]).transform("nunique") > 1
    factors = heads.map(_SCALES).where(several).fillna(1.0).astype("float64")
    renamed = [
        unit.replace(head, "triệu đồng", 1) if mixed and head in _SCALES else unit
        for unit, head, mixed in zip(table["unit"], heads, several, strict=True)
    ]
    columns = ("value", "value_high", "baseline")
    numbers = {column: (table[column] * factors).round(9) for column in columns}  # 2,03 tỷ is 2.030 triệu
    return table.assign(unit=renamed, **numbers)


def _whole(text: str, unit: str, value: float, grammar: Grammar) -> str:
    """Name what a share is of: the noun behind its number, else the last one named before it."""
    if not unit.startswith(("%", "‰")):
        return ""
    folded = fold_in_place(text)
    places = [figure.end for figure in find_figures(text) if figure.value == value]
    place = places[-1] if places else 0
    while place < len(folded) and folded[place] in " %‰":
        place += 1
    if found := grammar.unit_at(folded, place):
        return found[0].name
    starts = [i for i in range(place) if i == 0 or not folded[i - 1].isalnum()]
    named = [grammar.unit_at(folded, i) for i in starts]
    nouns = [unit for unit in named if unit and unit[0].kind in ("count", "person")]
    return nouns[0][0].name if nouns else ""


def _reasons(table: pd.DataFrame) -> pd.Series:
    """Say why a goal stands alone among those of other localities; empty where one compares with it."""
    reasons, key = pd.Series("", index=table.index, dtype="str"), ["indicator", "year", "unit", "whole"]
    for n in (4, 3, 2):  # what differs first is said
        alone = table.groupby(key[:n], dropna=False)["locality"].transform("nunique") < 2
        reasons = reasons.mask(alone, f"other {key[n - 1]}")
    return reasons.mask(table["year"].isna(), "no year")


def _check_population(population: pd.DataFrame, localities: Iterable[str]) -> None:
    missing = [column for column in _WANTED if column not in population.columns]
    if missing:
        raise SchemaError(
            f"population: columns {_WANTED} wanted (one row a locality and year, and the page or book that "
            f"each number is from), missing {missing}"
        )
    if (population["source"].fillna("").astype(str).map(str.strip) == "").any():
        raise SchemaError(
            "population, column 'source': the source of every number wanted, found none in a row"
        )
    if not (population["population"] > 0).all():
        raise SchemaError("population, column 'population': numbers of people above 0 wanted")
    if repeated := population.duplicated(["locality", "year"]).sum():
        raise SchemaError(f"population: one row a locality and year wanted, {repeated} repeated")
    if absent := sorted(set(localities) - set(population["locality"])):
        raise SchemaError(f"population: a row for each locality wanted, found none for {absent}")


def _latest(population: pd.DataFrame) -> pd.DataFrame:
    """Keep the last year of each locality."""
    last = population.sort_values("year", kind="stable").drop_duplicates("locality", keep="last")
    return last.set_index("locality")


def _per_head(table: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Add goals per 100,000 people: of counts and sums only, for a share or rate has its whole already."""
    _check_population(population, table["locality"].unique())
    people = _latest(population).loc[table["locality"]]
    plain = ~table["unit"].str.contains("[%‰/]", regex=True) if len(table) else table["value"].notna()
    rate = table["value"] / people["population"].to_numpy(dtype="float64") * 100_000
    return table.assign(
        per_100k=rate.where(plain),
        population=people["population"].to_numpy(),
        population_year=people["year"].to_numpy(),
        population_source=people["source"].to_numpy(),
    )


def compare_targets(targets: pd.DataFrame, population: pd.DataFrame | None = None) -> pd.DataFrame:
    """Set the goals that several localities share side by side.

    Parameters
    ----------
    targets : DataFrame
        The ``targets`` table.
    population : DataFrame, optional
        Columns ``locality``, ``year``, ``population``, ``source``; the last year of a locality counts. No
        number of people is known to the library: each must come with its source.

    Returns
    -------
    DataFrame
        One row a goal whose indicator two or more localities have, in the order of indicator, year and
        locality: ``indicator``, ``locality``, ``year``, ``value``, ``value_high``, ``unit``, ``bound``,
        ``baseline``, ``whole`` (what a share is of), ``comparable`` (a goal of another locality has the
        same year, unit and whole), ``reason`` (no year, other year, other unit, other whole; empty where
        comparable), ``target_id``; with a population also ``per_100k``, ``population``,
        ``population_year`` and ``population_source``.

    Raises
    ------
    SchemaError
        The population table lacks a column, a source or a locality.

    Examples
    --------
    >>> import compare as cp
    >>> documents = cp.read_documents("data/raw")
    >>> targets = cp.extract_targets(documents, cp.normalise_tasks(cp.extract_tasks(documents)))
    >>> compared = compare_targets(targets)
    >>> groups = compared[compared["indicator"] == "so-to-hop-tac"]
    >>> groups[["locality", "value", "reason"]].values.tolist()
    [['dong-nai', 1609.0, ''], ['go-cong-tay', 35.0, '']]
    """
    grammar = read_grammar()
    several = targets["locality"].groupby(targets["indicator"]).transform("nunique") > 1
    shared = _rescale(targets[several])
    columns = shared["text"], shared["unit"], shared["value"]
    shared = shared.assign(whole=[_whole(*cells, grammar) for cells in zip(*columns, strict=True)])
    reasons = _reasons(shared)
    shared = shared.assign(reason=reasons, comparable=reasons == "")
    order = ["indicator", "year", "locality", "target_id"]
    table = shared.sort_values(order, kind="stable")[_COLUMNS].reset_index(drop=True)
    return table if population is None else _per_head(table, population)
