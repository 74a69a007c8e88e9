"""What texts say about pairs of statements: same words for two things, two words for one thing, and contradictions.

A finding of texts is a question to people, never more than *possible*, until people have answered it: then they, not
the texts, are what it rests on. Each names the two texts and the words in them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

import numpy as np

from .arrays import Floats, Vectors
from .labels import label_scores
from .limits import RULES, Limits
from .marks import Mark, marks
from .nearness import cosines
from .opposition import Opposition, between, read
from .statements import Statement

type Kind = Literal["superficial", "violent_agreement", "opposite"]
type Tier = Literal["likely", "possible"]
type Variant = Literal[
    "opposed", "explained_differently", "soft_question", "suggested", "confirmed", "negation", "antonym", "direction"
]

SOFT = 0.5  # what a soft question weighs beside a finding


@dataclass(frozen=True, slots=True)
class TextFinding:
    """One thing that two texts say together.

    `kind` and `variant`:

    - superficial: their labels are alike, and their meanings "opposed", "explained_differently", or so far apart that
      it may be asked ("soft_question");
    - violent_agreement: their labels share little, and their meanings are near ("suggested"), or a person put the two
      together ("confirmed", the only one that is *likely*);
    - opposite: neither label nor meaning agrees, by a "negation", an "antonym" or a "direction".

    `marks` are the words in `Statement.meant` of either, `numbers` the cosine of the meanings and the per cent of
    letters that the labels share, `model` and `rules` what they were found with.
    """

    kind: Kind
    variant: Variant
    one: str
    other: str
    tier: Tier
    severity: float
    marks: tuple[tuple[Mark, ...], tuple[Mark, ...]]
    opposition: Opposition | None
    numbers: Mapping[str, float] = field(default_factory=dict)
    model: str = ""
    rules: str = RULES


def text_findings(
    statements: Sequence[Statement],
    vectors: Vectors,
    *,
    model: str,
    confirmed: Collection[tuple[str, str]] = (),
    limits: Limits | None = None,
    opposites_known: bool = True,
) -> tuple[TextFinding, ...]:
    """Compare every two statements of one kind by different people.

    Parameters
    ----------
    statements : sequence of Statement
        Also restatements: the item's title as label, the restatement as meaning.
    vectors : ndarray of float32, shape (statements, dimensions)
        Of `Statement.meant`.
    model : str
        What made the vectors.
    confirmed : collection of (str, str)
        Keys of pairs that a person put together, in either order.
    limits : Limits, optional
    opposites_known : bool
        False for texts that are not English.

    Returns
    -------
    tuple of TextFinding
        The gravest first, at most 200 of a kind. The same for the same input.

    Raises
    ------
    ValueError
        If there is not one vector for each statement.
    """
    if vectors.ndim != 2 or len(vectors) != len(statements):
        raise ValueError(f"need one vector for each of {len(statements)} statements, got shape {vectors.shape}")
    limits = limits or Limits()
    search = _Search(statements, vectors, model, {frozenset(pair) for pair in confirmed}, limits, opposites_known)
    order: list[Kind] = ["superficial", "violent_agreement", "opposite"]
    found = sorted(search.run(), key=lambda each: (order.index(each.kind), -each.severity))
    by_kind = groupby(found, key=lambda each: each.kind)
    most = [each for _kind, same in by_kind for each in [*same][: limits.findings_most]]
    return tuple(sorted(most, key=lambda each: -each.severity))


class _Search:
    def __init__(
        self,
        statements: Sequence[Statement],
        vectors: Vectors,
        model: str,
        confirmed: set[frozenset[str]],
        limits: Limits,
        opposites_known: bool,
    ) -> None:
        self.statements = statements
        self.vectors = vectors
        self.model = model
        self.confirmed = confirmed
        self.limits = limits
        self.readings = [read(statement.meant) for statement in statements] if opposites_known else None

    def run(self) -> Iterator[TextFinding]:
        """Every finding, row by row so that memory stays small."""
        labels = [statement.label for statement in self.statements]
        for one in range(len(self.statements) - 1):
            rest = np.arange(one + 1, len(self.statements))
            near = cosines(self.vectors, np.full(len(rest), one), rest)
            scores = label_scores([labels[one]], labels[one + 1 :])[0]
            for place in self.worth(one, near, scores):
                found = self.finding(one, int(rest[place]), float(near[place]), float(scores[place]))
                if found is not None:
                    yield found

    def worth(self, one: int, near: Floats, scores: Floats) -> list[int]:
        """Of the pairs of one statement with those behind it the ones that any rule could be about."""
        here = self.statements[one]
        apart = near < self.limits.soft_question
        candidates = np.flatnonzero(
            (near >= self.limits.opposite_cosine)
            | ((scores >= self.limits.labels_alike) & apart)
            | (scores < self.limits.labels_apart) & bool(self.confirmed)
        )
        return [
            place
            for place in candidates.tolist()
            if self.statements[one + 1 + place].kind == here.kind
            and self.statements[one + 1 + place].author != here.author
        ]

    def finding(self, one: int, other: int, cosine: float, label: float) -> TextFinding | None:
        opposed = self.opposed(one, other) if cosine >= self.limits.opposite_cosine else None
        told = self.told(one, other, cosine, label, opposed)
        if told is None:
            return None
        kind, variant, tier, severity = told
        here, there = self.statements[one], self.statements[other]
        return TextFinding(
            kind=kind,
            variant=variant,
            one=here.key,
            other=there.key,
            tier=tier,
            severity=round(severity, 4),
            marks=marks(here.meant, there.meant, opposed),
            opposition=opposed,
            numbers={"cosine": cosine, "label": round(label, 1)},
            model=self.model,
        )

    def told(
        self, one: int, other: int, cosine: float, label: float, opposed: Opposition | None
    ) -> tuple[Kind, Variant, Tier, float] | None:
        """The first rule that holds: a contradiction before a question, and what people confirmed before both."""
        limits = self.limits
        here, there = self.statements[one], self.statements[other]
        explained = bool(here.meaning.strip() and there.meaning.strip())
        overlap = label / 100
        if frozenset((here.key, there.key)) in self.confirmed:
            apart = label < limits.labels_apart
            return ("violent_agreement", "confirmed", "likely", max(cosine - overlap, 0.0)) if apart else None
        if opposed is not None:
            weight = cosine * opposed.strength
            if explained and label >= limits.labels_alike:
                return "superficial", "opposed", "possible", weight
            return "opposite", opposed.trigger, "possible", weight
        if explained and label >= limits.labels_alike and cosine < limits.soft_question:
            if cosine < limits.explained_differently:
                return "superficial", "explained_differently", "possible", min(1 - cosine, 1)
            return "superficial", "soft_question", "possible", SOFT * (1 - cosine)
        if explained and label < limits.labels_apart and cosine >= limits.agreement:
            return "violent_agreement", "suggested", "possible", max(cosine - overlap, 0.0)
        return None

    def opposed(self, one: int, other: int) -> Opposition | None:
        if self.readings is None:
            return None
        found = between(self.readings[one], self.readings[other])
        return found if found is not None and found.strength >= self.limits.opposite_strength else None


def opposed_items(findings: Sequence[TextFinding], item_of: Mapping[str, str]) -> frozenset[str]:
    """Items that hold two texts which contradict each other: what makes a declared difference *likely* with two people.

    Parameters
    ----------
    findings : sequence of TextFinding
    item_of : mapping of str to str
        Key of a statement or restatement to its item's.
    """
    return frozenset(
        item_of[each.one]
        for each in findings
        if each.opposition is not None and each.one in item_of and item_of[each.one] == item_of.get(each.other)
    )
