"""Comparison: the same indicator in several localities, side by side, with what forbids comparing.

In: the ``targets`` table, and, where numbers are wanted per head, a population table that says its
source. Out: one row an indicator, locality and year. Two goals compare where they are for the same year,
in the same unit, and of the same whole: "65% tổ chức kinh tế tập thể" and "60% hợp tác xã" do not, nor do
the members of cooperatives alone and of cooperatives and their unions together. A count or sum compares
only among localities of one level: 636 cooperatives of a province say nothing about 30 of a district.
Sums of money are brought to one scale first.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from compare.errors import SchemaError
from compare.numbers import find_figures
from compare.targets.grammar import Grammar, read_grammar
from compare.targets.quantities import find_quantities
from compare.text import fold_in_place

__all__ = ["compare_targets", "level_reason", "same_whole"]

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


def _number_end(text: str, value: float, grammar: Grammar) -> int:
    """Find where the number of a phrase ends; of a fraction only the reader of quantities knows it."""
    ends = [(figure.value, figure.end) for figure in find_figures(text)]
    ends += [(quantity.value, quantity.number_end) for quantity in find_quantities(text, grammar)]
    return next((end for found, end in reversed(ends) if found == value), 0)


def _joint(text: str, value: float, grammar: Grammar) -> str:
    """Name whose members a count sums up: "636 hợp tác xã và 02 liên hiệp hợp tác xã với ... thành viên"."""
    before = [q for q in find_quantities(text, grammar) if q.kind in ("count", "person")]
    own = next((i for i, q in enumerate(before) if q.value == value and i), 0)
    gap = text[before[own - 1].end : before[own].start] if own else ""
    linked = grammar.phrase["link"].match(fold_in_place(gap))
    if not linked or linked[1] != "voi":
        return ""
    names = [q.unit for q in before[:own] if q.kind == "count"]
    return " và ".join(sorted(set(names)))


def _whole(text: str, unit: str, value: float, grammar: Grammar) -> str:
    """Name what a share is of: the noun behind its number, else the last one named before it."""
    if not unit.startswith(("%", "‰")):
        return _joint(text, value, grammar)
    folded, place = fold_in_place(text), _number_end(text, value, grammar)
    while place < len(folded) and folded[place] in " %‰":
        place += 1
    if found := grammar.unit_at(folded, place):
        return found[0].name
    starts = [i for i in range(place) if i == 0 or not folded[i - 1].isalnum()]
    named = [grammar.unit_at(folded, i) for i in starts]
    nouns = [unit for unit in named if unit and unit[0].kind in ("count", "person")]
    return nouns[0][0].name if nouns else ""


def same_whole(unit: str, one: str, other: str) -> bool:
    """Say whether two goals are of one whole; a count that names none may be of any single one.

    Examples
    --------
    >>> same_whole("người", "hợp tác xã", ""), same_whole("%", "hợp tác xã", "")
    (True, False)
    >>> same_whole("người", "hợp tác xã và liên hiệp hợp tác xã", "")
    False
    """
    if one == other or unit.startswith(("%", "‰")):
        return one == other
    return "" in (one, other) and " và " not in one + other


def level_reason(unit: str, level: str, others: Iterable[str]) -> str:
    """Say whether the levels of localities forbid comparing goals: of counts and sums, not of shares.

    Examples
    --------
    >>> level_reason("%", "province", ["district"]), level_reason("người", "province", ["district"])
    ('', 'other level')
    >>> level_reason("người", "province", [""]), level_reason("người", "province", ["", "province"])
    ('level unknown', '')
    """
    found = set(others)
    if unit.startswith(("%", "‰")) or (level and level in found):
        return ""
    return "other level" if level and "" not in found else "level unknown"


def _apart(group: pd.DataFrame) -> list[str]:
    """Say of goals for one year and in one unit what keeps each from those of other localities."""
    found = group.groupby(["whole", "level"])["locality"].agg(set).to_dict()
    reasons = []
    columns = (group[column] for column in ("locality", "unit", "whole", "level"))
    for place, unit, whole, level in zip(*columns, strict=True):
        levels = [
            there
            for (other, there), places in found.items()
            if same_whole(unit, whole, other) and (len(places) > 1 or place not in places)
        ]
        reasons.append(level_reason(unit, level, levels) if levels else "other whole")
    return reasons


def _reasons(table: pd.DataFrame) -> pd.Series:
    """Say why a goal stands alone among those of other localities; empty where one compares with it."""
    reasons, key = pd.Series("", index=table.index, dtype="str"), ["indicator", "year", "unit"]
    for _, group in table.groupby(key, dropna=False):
        reasons[group.index] = _apart(group)
    for n in (3, 2):  # what differs first is said
        alone = table.groupby(key[:n], dropna=False)["locality"].transform("nunique") < 2
        reasons = reasons.mask(alone, f"other {key[n - 1]}")
    return reasons.mask(table["year"].isna(), "no year")


def _levels(levels: Mapping[str, str] | pd.DataFrame | None) -> dict[str, str]:
    """Map each locality to its level, given so or as the ``documents`` table."""
    if not isinstance(levels, pd.DataFrame):
        return dict(levels or {})
    if missing := [column for column in ("locality", "level") if column not in levels.columns]:
        raise SchemaError(
            f"levels: a mapping of localities to levels wanted, or a table with the columns 'locality' and "
            f"'level' (such as documents), missing {missing}"
        )
    return dict(zip(levels["locality"], levels["level"], strict=True))


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


def compare_targets(
    targets: pd.DataFrame,
    population: pd.DataFrame | None = None,
    levels: Mapping[str, str] | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set the goals that several localities share side by side.

    Parameters
    ----------
    targets : DataFrame
        The ``targets`` table.
    population : DataFrame, optional
        Columns ``locality``, ``year``, ``population``, ``source``; the last year of a locality counts. No
        number of people is known to the library: each must come with its source.
    levels : mapping or DataFrame, optional
        Locality to its level, or a table with both columns: ``documents``. Where a level is not known,
        counts and sums do not compare, for a province may stand beside a district.

    Returns
    -------
    DataFrame
        One row a goal whose indicator two or more localities have, in the order of indicator, year and
        locality: ``indicator``, ``locality``, ``year``, ``value``, ``value_high``, ``unit``, ``bound``,
        ``baseline``, ``whole`` (what a share is of, or whose members a count sums up), ``comparable`` (a
        goal of another locality has the same year, unit and whole and, but for a share, level),
        ``reason`` (no year, other year, other unit, other whole, other level, level unknown; empty where
        comparable), ``target_id``; with a population also ``per_100k``, ``population``,
        ``population_year`` and ``population_source``.

    Raises
    ------
    SchemaError
        The population table lacks a column, a source or a locality, or the levels a column.

    Examples
    --------
    >>> import compare as cp
    >>> documents = cp.read_documents("data/raw")
    >>> targets = cp.extract_targets(documents, cp.normalise_tasks(cp.extract_tasks(documents)))
    >>> compared = compare_targets(targets, levels=cp.documents_table(documents))
    >>> groups = compared[compared["indicator"] == "so-to-hop-tac"]
    >>> groups[["locality", "value", "reason"]].values.tolist()
    [['dong-nai', 1609.0, 'other level'], ['go-cong-tay', 35.0, 'other level']]
    """
    grammar = read_grammar()
    several = targets["locality"].groupby(targets["indicator"]).transform("nunique") > 1
    shared = _rescale(targets[several])
    columns = shared["text"], shared["unit"], shared["value"]
    shared = shared.assign(whole=[_whole(*cells, grammar) for cells in zip(*columns, strict=True)])
    known = _levels(levels)
    shared = shared.assign(level=[known.get(place, "") for place in shared["locality"]])
    reasons = _reasons(shared)
    shared = shared.assign(reason=reasons, comparable=reasons == "")
    order = ["indicator", "year", "locality", "target_id"]
    table = shared.sort_values(order, kind="stable")[_COLUMNS].reset_index(drop=True)
    return table if population is None else _per_head(table, population)
