"""What texts say about pairs of statements: same words for two things, two words for one thing, and contradictions.

A finding of texts is a question to people, never more than *possible*, until people have answered it: then they, not
the texts, are what it rests on. Each names the two texts and the words in them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from .arrays import Ids, Vectors
from .labels import alike, normal, plain_score
from .limits import RULES, Limits
from .marks import Mark, marks
from .nearness import cosines, near
from .opposition import Opposition, between, read
from .statements import Statement, numbered

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
    - violent_agreement: their labels share little, and their meanings are near ("suggested"), or nearer than the
      labels and a person put the two together ("confirmed", the only one that is *likely*);
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
        If there is not one vector for each statement, or a key twice.
    """
    if vectors.ndim != 2 or len(vectors) != len(statements):
        raise ValueError(f"need one vector for each of {len(statements)} statements, got shape {vectors.shape}")
    if len({statement.key for statement in statements}) < len(statements):
        raise ValueError("two statements have the same key")
    limits = limits or Limits()
    search = _Search(statements, vectors, model, {frozenset(pair) for pair in confirmed}, limits, opposites_known)
    found = list(search.run())
    # A tie goes to the pair that comes first; only what is handed back gets its marks.
    most = [
        (place, each)
        for kind in ("superficial", "violent_agreement", "opposite")
        for place, each in sorted(
            ((place, each) for place, each in enumerate(found) if each.kind == kind),
            key=lambda placed: (-placed[1].severity, placed[0]),
        )[: limits.findings_most]
    ]
    most.sort(key=lambda placed: (-placed[1].severity, placed[0]))
    return tuple(search.finding(each) for _place, each in most)


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding before it is written out: places of the two statements, and what was found about them."""

    one: int
    other: int
    kind: Kind
    variant: Variant
    tier: Tier
    severity: float
    cosine: float
    label: float
    opposed: Opposition | None


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
        self.authors = numbered(statement.author for statement in statements)
        self.kinds = numbered(statement.kind for statement in statements)
        self.labels = [normal(statement.label) for statement in statements]
        self.readings = [read(statement.meant) for statement in statements] if opposites_known else None

    def run(self) -> Iterator[_Told]:
        """All that there is to tell, in the order of the statements."""
        ones, others = self.worth()
        nearness = cosines(self.vectors, ones, others)
        for place in range(len(ones)):
            one, other, cosine = int(ones[place]), int(others[place]), float(nearness[place])
            label = plain_score(self.labels[one], self.labels[other])
            opposed = self.opposed(one, other) if cosine >= self.limits.opposite_cosine else None
            told = self.told(one, other, cosine, label, opposed)
            if told is not None:
                kind, variant, tier, severity = told
                yield _Told(one, other, kind, variant, tier, round(severity, 4), cosine, label, opposed)

    def worth(self) -> tuple[Ids, Ids]:
        """Pairs that any rule could be about: near meanings, labels that are alike, and what people put together."""
        labels = [statement.label for statement in self.statements]
        count = len(labels)
        found = [np.empty(0, dtype=np.int64)]  # each pair as one number, since there may be a million
        for ones, others, _scores in (
            *near(self.vectors, least=self.limits.opposite_cosine),
            *alike(labels, least=self.limits.labels_alike),
        ):
            fits = (self.kinds[ones] == self.kinds[others]) & (self.authors[ones] != self.authors[others])
            found.append(ones[fits] * count + others[fits])
        places = {statement.key: place for place, statement in enumerate(self.statements)}
        for pair in self.confirmed:
            if len(pair) == 2 and pair <= places.keys():
                one, other = sorted(places[key] for key in pair)
                found.append(np.array([one * count + other]))
        pairs = np.unique(np.concatenate(found))
        return pairs // max(count, 1), pairs % max(count, 1)

    def finding(self, told: _Told) -> TextFinding:
        here, there = self.statements[told.one], self.statements[told.other]
        return TextFinding(
            kind=told.kind,
            variant=told.variant,
            one=here.key,
            other=there.key,
            tier=told.tier,
            severity=told.severity,
            marks=marks(here.meant, there.meant, told.opposed),
            opposition=told.opposed,
            numbers={"cosine": told.cosine, "label": round(told.label, 1)},
            model=self.model,
        )

    def told(
        self, one: int, other: int, cosine: float, label: float, opposed: Opposition | None
    ) -> tuple[Kind, Variant, Tier, float] | None:
        """The first rule that holds: a contradiction, a question about the meaning, then an agreement.

        Even in what people put together texts may contradict each other; there it matters most.
        """
        limits = self.limits
        here, there = self.statements[one], self.statements[other]
        explained = bool(here.meaning.strip() and there.meaning.strip())
        nearer = cosine - label / 100
        if opposed is not None:
            weight = cosine * opposed.strength
            if explained and label >= limits.labels_alike:
                return "superficial", "opposed", "possible", weight
            return "opposite", opposed.trigger, "possible", weight
        if explained and label >= limits.labels_alike and cosine < limits.soft_question:
            if cosine < limits.explained_differently:
                return "superficial", "explained_differently", "possible", min(1 - cosine, 1)
            return "superficial", "soft_question", "possible", SOFT * (1 - cosine)
        if label < limits.labels_apart and nearer > 0:
            if frozenset((here.key, there.key)) in self.confirmed:
                return "violent_agreement", "confirmed", "likely", nearer
            if explained and cosine >= limits.agreement:
                return "violent_agreement", "suggested", "possible", nearer
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
