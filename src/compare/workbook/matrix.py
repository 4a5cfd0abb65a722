"""The coverage matrix and the gaps: one family a row, one locality a column, each cell a link to the task.

In: :class:`Inputs`. Out: what the two sheets hold, still as plain values.
"""

from collections.abc import Iterator

from compare.report.inputs import Inputs, Row

__all__ = ["MatrixRow", "gap_rows", "matrix_rows"]

MatrixRow = tuple[Row, list[tuple[str, str]]]  # a family, and status and first task of each locality


def _families(inputs: Inputs) -> list[Row]:
    rows = inputs["families"].to_dict("records")
    return sorted(rows, key=lambda row: (row["pillar"], -row["n_localities"], row["family_id"]))


def matrix_rows(inputs: Inputs) -> Iterator[MatrixRow]:
    """Yield each family with its status and first task in every locality, by pillar, commonest first."""
    for family in _families(inputs):
        cells = [inputs.cells[family["family_id"], place] for place in inputs.localities]
        yield family, [(cell["status"], cell["task_ids"].split(";")[0]) for cell in cells]


def gap_rows(inputs: Inputs) -> Iterator[Row]:
    """Yield what others state and a plan does not, with who states it and the nearest task."""
    for family, cells in matrix_rows(inputs):
        stated = [
            place
            for place, (status, _) in zip(inputs.localities, cells, strict=True)
            if status in ("covered", "partial")
        ]
        for place, (status, _) in zip(inputs.localities, cells, strict=True):
            if status in ("gap", "review") and stated:
                cell = inputs.cells[family["family_id"], place]
                yield {**family, **cell, "elsewhere": ";".join(stated), "n_elsewhere": len(stated)}
