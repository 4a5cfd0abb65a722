"""The section of the overview about how sure the comparison is.

In: :class:`Inputs`. Out: blocks: what readers have decided, locality by locality, and how the compared
pairs of tasks scored. With a catalogue, families decide which pairs are the same work; without one, a
threshold does, and the chart shows it.
"""

from compare.figures import plot_scores
from compare.figures.counts import score_counts
from compare.report.blocks import Block, Chart, Sheet
from compare.report.facts import reviewed_counts
from compare.report.inputs import Inputs
from compare.report.shared import counts_sheet, folded, heading, reviewed_note, sheet, subheading

__all__ = ["scores"]


def _reviewed_sheet(inputs: Inputs) -> Sheet:
    """Count what a reader has decided, locality by locality."""
    t, counts = inputs.labels, reviewed_counts(inputs["memberships"], inputs["tasks"])
    columns = ("n_tasks", "read", "members", "reviewed", "auto", "stale")
    rows = [
        (inputs.names.locality(str(place)), *(int(row[column]) for column in columns))
        for place, row in counts.iterrows()
    ]
    heads = [t("column.locality"), *(t(f"column.{column}") for column in columns)]
    return Sheet(t("sheet.reviewed"), heads, rows, frozenset(range(1, 7)), "reviewed")


def scores(inputs: Inputs) -> list[Block]:
    """Show what a reader has decided, and how the compared pairs scored."""
    t, pairs = inputs.labels, inputs["pairs"]
    counts = score_counts(pairs)
    total = {verdict: int(counts[verdict].sum()) for verdict in counts.columns}
    key = "finding.scores_catalogue" if inputs.catalogued else "finding.scores"
    lead = t(key, n=len(pairs), match=total["match"], review=total["review"])
    rows = [f"{t.number(low, 2)} – {t.number(low + 0.05, 2)}" for low in counts.index]
    words = [t(f"verdict.{verdict}") for verdict in counts.columns]
    data = counts_sheet(inputs, counts, "scores", ("probability", rows), words)
    limits = {} if inputs.catalogued else inputs.limits  # families decide the pairs, no threshold does
    chart = Chart(plot_scores(pairs, limits, names=inputs.names))
    return [
        heading(inputs, "scores", reviewed_note(inputs)),
        sheet(inputs, _reviewed_sheet(inputs)),
        subheading(inputs, t("sub.pairs"), lead),
        chart,
        folded(inputs, data),
    ]
