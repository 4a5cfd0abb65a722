"""Settings of the alignment, and the weights of its evidence, each with its measurement.

The measurements: all 230 tasks of the five plans were read and put into 82 families by the rules of
ANNOTATION.md, without sight of a score; 728 of the 20,504 pairs of tasks of different localities
share a family. Best pair F1 on them, each method at its best threshold:

    =====================================================  =====
    token_set_ratio, folded                                0.32
    character 3-gram cosine                                0.42
    word cosine                                            0.46
    word 1-2-gram cosine, sublinear, folded                0.52
    ... of the closest clauses instead of whole tasks      0.53
    this module's probability, first round                 0.60
    this module's probability                              0.66
    ... weights learned without the locality scored        0.66
    pairs that share a drafted family                      0.62
    =====================================================  =====

One reader's families are no gold, but they rank the known methods as FINDINGS does with other
readers' (0.32, 0.42, 0.47, 0.53). The probabilities are calibrated on them: 618 alike expected among
the pairs compared, 629 found. With only two, three or four of the localities F1 is 0.60, 0.62, 0.64.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from compare.errors import CompareError

__all__ = ["BIAS", "FIRST_BIAS", "FIRST_WEIGHTS", "PENALTIES", "SAME_LIST", "WEIGHTS", "AlignSettings"]

# A logistic combination with weights >= 0, so that more likeness never lowers a probability, fitted
# on the closest clauses of each pair and rounded (rounding costs no F1). First round: own evidence
# only. token_set (rapidfuzz) got weight 0 beside the others and is shown as evidence only.
FIRST_WEIGHTS: Mapping[str, float] = {
    "word_cosine": 2.5,
    "char_cosine": 1.6,
    "clause_cosine": 1.2,
    "topic_cosine": 6.5,
    "containment": 0.8,
    "same_pillar": 1.0,
    "lead_overlap": 0.7,
    "product_cosine": 0.3,
}
FIRST_BIAS = -6.3
# Later rounds add whether two tasks resemble the same other tasks (F1 0.60 -> 0.66).
WEIGHTS: Mapping[str, float] = {
    "word_cosine": 1.6,
    "char_cosine": 0.7,
    "clause_cosine": 0.5,
    "topic_cosine": 3.4,
    "containment": 0.2,
    "same_pillar": 0.4,
    "lead_overlap": 0.4,
    "product_cosine": 0.1,
    "neighbour_cosine": 4.1,
}
BIAS = -5.2
# Set, not learned: of the 10 pairs whose closest clauses failed a check the reader held none alike.
PENALTIES: Mapping[str, float] = {"negation": 4.0, "law": 3.0, "number": 1.0}
# A document seldom lists one piece of work twice in the same part: of the pairs within one list the
# reader held 54 alike where 142 were expected. Across localities and across parts the expectation
# is right (634 expected, 629 found; 85 and 88), so only these pairs lose.
SAME_LIST = 1.7


@dataclass(frozen=True)
class AlignSettings:
    """Settings of :func:`compare.align_tasks`.

    Parameters
    ----------
    match_at : float
        Probability from which a pair is a match. F1 0.645, 0.646, 0.655, 0.648, 0.644, 0.634 at
        0.15, 0.17, 0.20, 0.225, 0.25, 0.30; at 0.17 precision 0.63 and recall 0.66 balance (758
        pairs). It is low because only 4 % of all pairs are alike.
    review_at : float
        Probability from which a pair is doubtful. From 0.10 to 0.20 a fifth of the pairs is alike,
        from 0.05 to 0.10 one in fifteen, below that one in fifty.
    family_at : float
        Mean probability between two groups of clauses from which they are one family; pairs under
        ``match_at`` count 0. F1 of the pairs that share a family, mean over nine variants of the
        vectors: 0.60, 0.615, 0.62, 0.62, 0.61 at 0.05, 0.07, 0.10, 0.14, 0.20; at 0.07 precision
        and recall balance (0.62, 0.61), with 96 families (the reader made 82).
    whole_at : float
        Share of a task's words in a family's clauses from which the family is nearly all it asks.
        Not measured: no reading with whole and part was at hand.
    n_candidates : int
        Partners looked at for each clause. F1 0.65, 0.66, 0.65, 0.65, 0.65 for 20, 30, 40, 80, 160;
        30 reach 86 % of the pairs alike, 80 reach 95 %, but what they add has too little in common.
    n_rounds : int
        How often probabilities are renewed from those of the neighbours: F1 0.60, 0.64, 0.66, 0.66
        for 0 to 3.
    fade : float
        Words over which a word's weight in its clause falls to 1/e: F1 0.62, 0.64, 0.66, 0.66, 0.62
        for 30, 45, 60, 90 and none.
    member_at : float, optional
        Probability from which a task is taken into a family of the catalogue. None learns it on the
        catalogue, as :mod:`compare.align.matching.model` says (0.28 to 0.42 with any one of the five
        localities left out); an :class:`~compare.align.Alignment` holds the value used.
    doubt_at : float
        Probability from which a task is held to be doubtful for a family of the catalogue. One
        locality left out: from 0.10 to 0.20 a sixth of such tasks belong there, from 0.05 to 0.10 a
        ninth. Of the gaps that remain 0.94, 0.92, 0.92, 0.91, 0.905 are right at 0.10, 0.15, 0.20,
        0.22, 0.25, and 0.77, 0.81, 0.86, 0.87, 0.87 of all gaps are found without a reader.
    n_topics : int
        Topics of the latent semantic analysis: F1 0.64, 0.66, 0.66, 0.65, 0.64, 0.64 for 60, 70,
        80, 90, 100 and 130, 0.55 without. A much larger corpus wants more.
    """

    match_at: float = 0.17
    review_at: float = 0.10
    family_at: float = 0.07
    whole_at: float = 0.75
    n_candidates: int = 30
    n_rounds: int = 2
    fade: float = 60.0
    n_topics: int = 80
    member_at: float | None = None
    doubt_at: float = 0.22

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
