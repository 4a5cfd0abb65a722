"""Pairs: each goal of a plan beside the same goal of another, and what keeps the two apart.

In: the table of :func:`compare.compare_targets`, and the level of each locality. Out: one row a pair.
A share can be held against a share of another level of administration; a count of a district and one
of a province cannot.
"""

from collections.abc import Mapping

import pandas as pd

from compare.targets.comparison import level_reason, same_whole

__all__ = ["pair_targets"]

_SIDE = ["indicator", "locality", "year", "unit", "whole", "target_id"]


def _reason(row: pd.Series, level: str, other: str) -> str:
    """Say what keeps two goals apart, the first that does; empty where nothing does."""
    if pd.isna(row["year"]) or pd.isna(row["year_other"]):
        return "no year"
    for column in ("year", "unit"):
        if row[column] != row[f"{column}_other"]:
            return f"other {column}"
    if not same_whole(row["unit"], row["whole"], row["whole_other"]):
        return "other whole"
    return level_reason(row["unit"], level, [other])


def pair_targets(compared: pd.DataFrame, locality: str, levels: Mapping[str, str]) -> pd.DataFrame:
    """Set each goal of a locality beside each goal of others with the same indicator.

    Parameters
    ----------
    compared : DataFrame
        As :func:`compare.compare_targets` gives it.
    locality : str
        Whose goals stand first.
    levels : mapping
        Locality to its level, as in ``documents``.

    Returns
    -------
    DataFrame
        One row a pair, in the order of ``compared``: ``target_id``, ``other_id``, ``other`` (locality),
        ``whole`` and ``other_whole`` (what each is of), ``reason`` (no year, other year, other unit,
        other whole, other level; empty where the two compare) and ``same_level``. Where the other locality
        has the goal for the same year, its goals for other years are left out.

    Examples
    --------
    >>> goals = [("a", "", "người", "a/1"), ("b", "", "người", "b/1"), ("c", "", "người", "c/1")]
    >>> table = pd.DataFrame(goals, columns=["locality", "whole", "unit", "target_id"])
    >>> levels = {"a": "province", "b": "province", "c": "district"}
    >>> pairs = pair_targets(table.assign(indicator="thanh-vien", year=2030), "a", levels)
    >>> pairs[["other_id", "reason"]].values.tolist()
    [['b/1', ''], ['c/1', 'other level']]
    """
    here = compared["locality"] == locality
    sides = compared.loc[here, _SIDE], compared.loc[~here, _SIDE]
    pairs = sides[0].merge(sides[1], on="indicator", suffixes=("", "_other"))
    own, others = levels[locality], [levels[place] for place in pairs["locality_other"]]
    rows = (row for _, row in pairs.iterrows())
    reasons = [_reason(row, own, other) for row, other in zip(rows, others, strict=True)]
    same = [other == own for other in others]
    names = {"target_id_other": "other_id", "locality_other": "other", "whole_other": "other_whole"}
    found = pairs.rename(columns=names)[["target_id", "other_id", "other", "whole", "other_whole"]]
    found = found.assign(
        reason=pd.Series(reasons, index=found.index, dtype="str"),
        same_level=pd.Series(same, index=found.index, dtype="bool"),
    )
    return found[_nearest(pairs)].reset_index(drop=True)


def _nearest(pairs: pd.DataFrame) -> pd.Series:
    """Keep the pairs of one year; of a goal that has none with a place, all its pairs with that place."""
    same = (pairs["year"] == pairs["year_other"]).fillna(False).astype("bool")
    return same | ~same.groupby([pairs["target_id"], pairs["locality_other"]]).transform("any")
