"""Who says whether two texts mean the same: the rules here, or a model that a self-hoster puts in their place.

Whoever judges, the answer is *possible*: people decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from .encoder import Encoder
from .labels import label_score
from .limits import RULES, Limits
from .nearness import cosines
from .opposition import Opposition, opposition

type Relation = Literal["same", "related", "opposite", "unrelated"]
RELATIONS: tuple[Relation, ...] = ("same", "related", "opposite", "unrelated")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two texts stand to each other.

    `reason` is a sentence of the model that judged, or empty where the rules did: then `opposition` and `cosine` (or
    `label`, per cent of equal letters, where there is no model) say why. `by` names model and rules, or the model
    that was asked. `fallback` says what kept a judge from answering, so that the rules did.
    """

    relation: Relation
    by: str
    reason: str = ""
    cosine: float | None = None
    label: float | None = None
    opposition: Opposition | None = None
    fallback: str = ""


class Judge(Protocol):
    """Anything that says how the texts of each pair stand to each other, one verdict for each pair."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]: ...


class RuleJudge:
    """The default: opposition first, then the cosine, or equal letters where there is no model.

    Parameters
    ----------
    encoder : Encoder or None
    limits : Limits, optional
    opposites_known : bool
        False for texts that are not English.
    """

    def __init__(
        self, encoder: Encoder | None = None, *, limits: Limits | None = None, opposites_known: bool = True
    ) -> None:
        self._encoder = encoder
        self._limits = limits or Limits()
        self._opposites_known = opposites_known

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        """One verdict for each pair.

        Examples
        --------
        >>> pairs = [("Paid on time", "On time paid"), ("Cats", "Invoices")]
        >>> [verdict.relation for verdict in RuleJudge().judge(pairs)]
        ['same', 'unrelated']
        """
        if self._encoder is None:
            return [self._by_letters(*pair) for pair in pairs]
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        vectors = self._encoder.encode(texts)
        places = {text: place for place, text in enumerate(texts)}
        ones, others = (np.array([places[pair[side]] for pair in pairs], dtype=np.int64) for side in (0, 1))
        near = cosines(vectors, ones, others).tolist()
        return [self._by_cosine(*pair, cosine) for pair, cosine in zip(pairs, near, strict=True)]

    def _by_cosine(self, one: str, other: str, cosine: float) -> Verdict:
        assert self._encoder is not None  # noqa: S101
        found = self._opposed(one, other) if cosine >= self._limits.opposite_cosine else None
        relation: Relation = "unrelated"
        if found is not None:
            relation = "opposite"
        elif cosine >= self._limits.same and self._opposites_known:
            relation = "same"
        elif cosine >= self._limits.related:
            relation = "related"
        return Verdict(relation, f"{self._encoder.model}, rules {RULES}", cosine=cosine, opposition=found)

    def _by_letters(self, one: str, other: str) -> Verdict:
        score = round(label_score(one, other), 1)
        found = self._opposed(one, other)
        relation: Relation = "same" if score >= self._limits.labels_alike else "unrelated"
        return Verdict("opposite" if found else relation, f"rules {RULES}", label=score, opposition=found)

    def _opposed(self, one: str, other: str) -> Opposition | None:
        found = opposition(one, other) if self._opposites_known else None
        return found if found is not None and found.strength >= self._limits.opposite_strength else None
