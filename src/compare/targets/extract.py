"""The targets table: every quantified goal of the plans, one row a number and what it counts.

In: documents and tasks. Out: the ``targets`` table. Goals come from passages and tables of goals, outputs
of the annex from the texts and products of its rows; a number that a row prints twice (a cell that was
copied into the next column) counts once. Work outside the goals promises nothing by itself: a number in
it counts only where the sentence says that it is one to be reached.
"""

from collections.abc import Sequence

import pandas as pd

from compare.documents import Document, Reference, read_reference
from compare.schema import TABLES, check_table
from compare.targets.goal_tables import table_passages
from compare.targets.grammar import Grammar, read_grammar
from compare.targets.naming import name_indicator
from compare.targets.passages import Passage, annex_passages, goal_passages
from compare.targets.phrases import Phrase, read_phrases

__all__ = ["extract_targets"]


def _row(document: Document, passage: Passage, phrase: Phrase, grammar: Grammar) -> dict[str, object]:
    indicator, unit = name_indicator(phrase, grammar)
    return {
        "locality": document.locality,
        "indicator": indicator,
        "value": phrase.quantity.value,
        "value_high": phrase.quantity.high,
        "unit": unit,
        "bound": phrase.quantity.bound,
        "year": phrase.year,
        "baseline": phrase.baseline,
        "text": phrase.text,
        "sentence": phrase.sentence,
        "scope": "annex-output" if passage.task_id else "objective",
        "task_id": passage.task_id,
        "source_file": document.source_file,
        "line_start": passage.line_start,
        "line_end": passage.line_end,
    }


def _rows(document: Document, tasks: pd.DataFrame, reference: Reference) -> list[dict[str, object]]:
    """Read one document; what a task says twice counts once."""
    grammar = read_grammar(reference)
    own = tasks[tasks["locality"] == document.locality].sort_values(["line_start", "task_id"])
    passages = goal_passages(document, reference, grammar) + table_passages(document, grammar)
    passages += annex_passages(own, grammar)
    rows, seen = [], set()
    for passage in sorted(passages, key=lambda p: p.line_start):
        for phrase in read_phrases(passage, grammar):
            row = _row(document, passage, phrase, grammar)
            said = (passage.task_id, row["value"], row["value_high"], row["unit"])
            if not passage.task_id or said not in seen:
                rows.append(row)
            seen.add(said)
    return [{"target_id": f"{document.locality}/{n}", **row} for n, row in enumerate(rows, 1)]


def extract_targets(
    documents: Sequence[Document], tasks: pd.DataFrame, reference: Reference | None = None
) -> pd.DataFrame:
    """Extract every quantified goal: those of the plan, and the outputs its annex promises.

    Parameters
    ----------
    documents : sequence of Document
        In any order.
    tasks : DataFrame
        The ``tasks`` table. Columns used: ``task_id``, ``locality``, ``part``, ``text``, ``product``,
        ``timeline_end``, ``line_start``, ``line_end``.
    reference : Reference, optional
        Reference tables; those of the project by default.

    Returns
    -------
    DataFrame
        The ``targets`` table: one row a number and what it counts, key ``target_id``, in the order of
        localities and lines. Sums of money keep their printed scale (triệu đồng, tỷ đồng); "2,5 triệu
        người" is 2500000 người.

    Examples
    --------
    >>> import compare as cp
    >>> documents = cp.read_documents("data/raw")
    >>> targets = extract_targets(documents, cp.normalise_tasks(cp.extract_tasks(documents)))
    >>> targets.loc[targets["indicator"] == "so-hop-tac-xa", ["locality", "value", "year"]].values.tolist()
    [['dak-nong', 264.0, 2025], ['dong-nai', 636.0, 2030], ['go-cong-tay', 30.0, 2030]]
    """
    reference = reference or read_reference()
    ordered = sorted(documents, key=lambda document: document.locality)
    rows = [row for document in ordered for row in _rows(document, tasks, reference)]
    table = pd.DataFrame(rows, columns=list(TABLES["targets"].columns))
    numbers = {"year": table["year"].astype("Int64"), "baseline": table["baseline"].astype("float64")}
    return check_table(table.assign(**numbers), "targets")
