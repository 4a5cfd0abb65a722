"""Settings of the alignment, and the weights of its evidence, each with its measurement.

The measurements: readers put all 230 tasks of the five plans into 119 families (the catalogue, by the
rules of ANNOTATION.md, without sight of a score); 798 of the 20,504 pairs of tasks of different
localities share a family. Pair F1 on them, the known methods at their best threshold:

    =====================================================  =====
    token_set_ratio, folded                                0.30
    character 3-gram cosine                                0.36
    word 1-2-gram cosine, sublinear, folded                0.52
    this module's verdict, first round                     0.62
    this module's verdict                                  0.67
    ... weights and threshold learned on other localities  0.65
    pairs that share a drafted family                      0.67
    ... weights learned on other localities                0.65
    =====================================================  =====

"Learned on other localities": each locality is left out in turn, and its pairs are scored by weights
learned on the pairs of the other four. Which features there are, and the settings, were chosen on all
five; the weights below are learned on all pairs. The probabilities are calibrated: 720 alike expected
among the pairs compared, 705 found. With only two, three or four of the localities F1 is 0.60, 0.63,
0.65, and that of shared families 0.58, 0.62, 0.64.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd

from compare.errors import CompareError

__all__ = [
    "BIAS",
    "FIRST_BIAS",
    "FIRST_WEIGHTS",
    "PENALTIES",
    "SAME_LIST",
    "WEIGHTS",
    "AlignSettings",
    "settings_table",
]

# A logistic combination with weights >= 0, so that more likeness never lowers a probability, fitted
# (with a ridge of 1e-4 a pair) on the closest clauses of each pair and rounded. First round: own
# evidence only. word_cosine, product_cosine and token_set got weight 0 beside the others and are shown
# as evidence only; without same_pillar F1 is 0.02 lower, without any other feature 0.00 to 0.01.
FIRST_WEIGHTS: Mapping[str, float] = {
    "char_cosine": 3.2,
    "clause_cosine": 2.8,
    "topic_cosine": 3.6,
    "containment": 4.7,
    "same_pillar": 0.8,
    "lead_overlap": 0.5,
}
FIRST_BIAS = -7.2
# Later rounds add whether two tasks resemble the same other tasks and fit the same group of clauses.
WEIGHTS: Mapping[str, float] = {
    "char_cosine": 1.5,
    "clause_cosine": 1.3,
    "topic_cosine": 1.0,
    "containment": 2.4,
    "same_pillar": 0.45,
    "lead_overlap": 0.25,
    "neighbour_cosine": 3.8,
    "group_cosine": 4.2,
}
BIAS = -6.25
# Set, not learned: of the 22 pairs whose closest clauses failed a check the readers hold none alike.
PENALTIES: Mapping[str, float] = {"negation": 4.0, "law": 3.0, "number": 1.0, "group": 3.0}
# A document seldom lists one piece of work twice in the same part: of the pairs within one list the
# readers hold 62 alike; 89, 72, 64, 54 and 32 are expected at 0.3, 0.6, 0.8, 1.0 and 1.7. Across
# localities and across parts the expectation is right without (720 expected, 705 found; 91 and 96).
SAME_LIST = 0.8


@dataclass(frozen=True)
class AlignSettings:
    """Settings of :func:`compare.align_tasks`.

    Parameters
    ----------
    match_at : float
        Probability from which a pair is a match. F1 0.64, 0.66, 0.66, 0.67, 0.67, 0.67, 0.66, 0.65 at
        0.15, 0.20, 0.225, 0.25, 0.275, 0.30, 0.35, 0.40; at 0.25 precision 0.66 and recall 0.67
        balance (807 pairs). It is low because only 4 % of all pairs are alike.
    review_at : float
        Probability from which a pair is doubtful. From 0.10 to 0.20 a seventh of the pairs is alike,
        from 0.05 to 0.10 one in twelve, below that one in eighty.
    family_at : float
        Mean probability between two groups of clauses from which they are one family; pairs under
        ``match_at`` count 0. Also that of a task and a group from which the task may join it. F1 of
        the pairs that share a family: 0.61, 0.66, 0.67, 0.67, 0.66, 0.66 at 0.10, 0.14, 0.17, 0.20,
        0.25, 0.30; at 0.20 precision 0.71 and recall 0.64, with 103 families (the readers made 119).
    whole_at : float
        Share of a task's words in a family's clauses from which the family is nearly all it asks.
        Not measured: no reading with whole and part was at hand.
    n_candidates : int
        Partners looked at for each clause. F1 0.66, 0.67, 0.66, 0.65 for 20, 30, 40, 80; 30 reach
        88 % of the pairs alike, 80 reach 96 %, but what they add has too little in common.
    n_rounds : int
        How often probabilities are renewed from those of the neighbours: F1 0.62, 0.66, 0.67, 0.67
        for 0 to 3.
    fade : float
        Words over which a word's weight in its clause falls to 1/e: F1 0.67, 0.67, 0.67, 0.66, 0.64
        for 30, 45, 60, 90 and none.
    member_at : float, optional
        Probability from which a task is taken into a family of the catalogue. None learns it on the
        catalogue, as :mod:`compare.align.matching.model` says (0.29 to 0.45 with any one of the five
        localities left out); an :class:`~compare.align.Alignment` holds the value used.
    doubt_at : float
        Probability from which a task is held to be doubtful for a family of the catalogue: a family
        without a member but with such a task is to be reviewed, and no gap. One locality left out,
        families of one other locality or more, and of two or more, which reports list first:

        ========  =============  ==========  =================  ==============
        doubt_at  gap precision  gap recall  precision, of two  recall, of two
        ========  =============  ==========  =================  ==============
        0.10      0.950          0.715       0.933              0.534
        0.14      0.934          0.775       0.905              0.576
        0.18      0.929          0.830       0.899              0.647
        0.22      0.920          0.845       0.867              0.669
        0.26      0.914          0.869       0.871              0.707
        0.30      0.905          0.892       0.875              0.732
        0.33      0.903          0.901       0.870              0.752
        0.36      0.895          0.905       0.855              0.758
        none      0.893          0.916       0.849              0.792
        ========  =============  ==========  =================  ==============

        A third of the tasks from 0.30 to 0.40 belong there, an eighth from 0.10 to 0.20. A probability
        of the family's own, learned from the nearest task and the share of the other localities that
        state the family, gives the same: 0.901 and 0.905, of two 0.871 and 0.758. So do the noisy or
        and the sum over tasks, the second nearest, ranks, members and lengths beside them.
    n_topics : int
        Topics of the latent semantic analysis: F1 0.64, 0.66, 0.67, 0.67, 0.66 for 50, 60, 70, 80
        and 100. A much larger corpus wants more.
    """

    match_at: float = 0.25
    review_at: float = 0.10
    family_at: float = 0.20
    whole_at: float = 0.75
    n_candidates: int = 30
    n_rounds: int = 2
    fade: float = 60.0
    n_topics: int = 70
    member_at: float | None = None
    doubt_at: float = 0.33

    def __post_init__(self) -> None:
        """Refuse settings out of range."""
        for name in (f.name for f in fields(self) if f.name.endswith("_at")):
            value = getattr(self, name)
            if value is not None and not 0 < value <= 1:
                raise CompareError(f"setting {name} wanted in (0, 1], found {value}")
        if self.review_at > self.match_at:
            raise CompareError(
                f"setting review_at wanted <= match_at ({self.match_at}), found {self.review_at}"
            )
        for name, least in (("n_candidates", 1), ("n_rounds", 0), ("n_topics", 1)):
            if (value := getattr(self, name)) < least:
                raise CompareError(f"setting {name} wanted >= {least}, found {value}")
        if self.fade <= 0:
            raise CompareError(f"setting fade wanted > 0, found {self.fade}")


def settings_table(settings: AlignSettings) -> pd.DataFrame:
    """List the settings that an alignment used.

    Returns
    -------
    DataFrame
        One row a setting, in the order of :class:`AlignSettings`: name, value; a ``member_at`` that was
        neither given nor learned, as in a cold start, is missing.

    Examples
    --------
    >>> settings_table(AlignSettings()).set_index("name").loc["match_at", "value"].item()
    0.25
    """
    values = [(field.name, getattr(settings, field.name)) for field in fields(settings)]
    return pd.DataFrame(values, columns=["name", "value"]).astype({"value": "float64"})
