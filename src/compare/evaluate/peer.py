"""Score texts by string_grouper, in an environment of its own: it wants pandas 2.

Run by ``doichieu evaluate --peers PYTHON`` as a script; it imports nothing of this package. In: a CSV
of ``task_id`` and ``text`` (folded). Out: a CSV of ``task_a``, ``task_b`` and ``score``, the cosine of
character 3-grams as string_grouper's defaults give it.
"""

import sys

import pandas as pd

__all__ = ["score_pairs"]

LEAST = 0.01


def score_pairs(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that string_grouper finds, the smaller id first."""
    from string_grouper import match_strings  # noqa: PLC0415  only in the bench environment

    ids = texts["task_id"]
    found = match_strings(texts["text"], min_similarity=LEAST, max_n_matches=len(texts))
    a, b = ids.iloc[found["left_index"]].to_numpy(), ids.iloc[found["right_index"]].to_numpy()
    pairs = pd.DataFrame({"task_a": a, "task_b": b, "score": found["similarity"].round(9)})
    return pairs[pairs["task_a"] < pairs["task_b"]].sort_values(["task_a", "task_b"])


if __name__ == "__main__":
    score_pairs(pd.read_csv(sys.argv[1], keep_default_na=False)).to_csv(sys.argv[2], index=False)
