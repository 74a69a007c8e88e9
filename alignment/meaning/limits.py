"""Every number that a rule about texts compares with, in one place."""

from dataclasses import dataclass

# Stored with whatever the rules found; raised when the same texts would be told otherwise.
RULES = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of the rules, as cosines of vectors; those of labels are per cent of equal letters.

    Most were set on published pairs before any text of this product was seen. `opposite_strength` was chosen on the
    pairs in `tests/data/product-pairs`.
    """

    # Opposition: below, two texts are about other things and contradict nothing
    opposite_cosine: float = 0.45
    opposite_strength: float = 0.35

    # Suggested merges
    same: float = 0.80
    possible: float = 0.60
    linked: float = 0.65
    related: float = 0.45
    nearest: int = 3
    labels_alike: float = 90.0

    # Superficial: one label, two meanings
    explained_differently: float = 0.35
    soft_question: float = 0.50

    # Violent agreement: two labels, one meaning
    labels_apart: float = 60.0
    agreement: float = 0.60

    # Findings of one kind that are handed back at most
    findings_most: int = 200
