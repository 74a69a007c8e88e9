"""How far apart people's restatements of an item are, beside the workshop's own chance line.

No fixed number says what is far: restatements of a workshop about invoices are all about invoices. So those of one
item are held against those of different items in the same workshop, by different people, in the same field.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .arrays import Floats, Vectors
from .limits import RULES, Limits
from .nearness import cosines
from .opposition import Opposition, between, read

FIELDS = ("outcome", "action", "tradeoff")


@dataclass(frozen=True, slots=True)
class Restatement:
    """What an item means to one person, in one field."""

    key: str
    person: str
    item: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class OpposedPair:
    """Two restatements of one item that contradict each other, by their keys."""

    one: str
    other: str
    cosine: float
    opposition: Opposition


@dataclass(frozen=True, slots=True)
class Scatter:
    """How the restatements of one item lie in one field.

    `scatter` is 1 - the mean cosine of two people's texts, from 0 (all the same) on; `chance` the same of texts about
    different items. `nearer` is the share of those that are nearer to each other than the item's are on average: 0
    when the item holds together, about .5 when nothing tells its texts from any others. `chance` and `nearer` are None
    where there are too few other items to say. `widest` are the two that are farthest apart.
    """

    item: str
    field: str
    texts: int
    scatter: float
    chance: float | None
    nearer: float | None
    widest: tuple[str, str]
    opposed: tuple[OpposedPair, ...]
    rules: str = RULES


def scatter(
    restatements: Sequence[Restatement],
    vectors: Vectors,
    *,
    limits: Limits | None = None,
    least_pairs: int = 10,
    opposites_known: bool = True,
) -> tuple[Scatter, ...]:
    """Scatter of each item and field that two people or more restated.

    Parameters
    ----------
    restatements : sequence of Restatement
        At most one of each person for an item and field. Empty texts are left out.
    vectors : ndarray of float32, shape (restatements, dimensions)
        Of the texts, all of one model.
    limits : Limits, optional
    least_pairs : int
        Pairs of texts about different items, from which on there is a chance line.
    opposites_known : bool
        False for texts that are not English.

    Returns
    -------
    tuple of Scatter
        In the order in which items and fields first occur.

    Raises
    ------
    ValueError
        If there is not one vector for each restatement.
    """
    if vectors.ndim != 2 or len(vectors) != len(restatements):
        raise ValueError(f"need one vector for each of {len(restatements)} restatements, got shape {vectors.shape}")
    limits = limits or Limits()
    written = [place for place, each in enumerate(restatements) if each.text.strip()]
    chance = {
        field: _chance(restatements, vectors, [place for place in written if restatements[place].field == field])
        for field in dict.fromkeys(restatements[place].field for place in written)
    }
    found = []
    for item, field in dict.fromkeys((restatements[place].item, restatements[place].field) for place in written):
        places = [n for n in written if (restatements[n].item, restatements[n].field) == (item, field)]
        if len(places) < 2:
            continue
        pairs = np.array(list(combinations(places, 2)))
        near = cosines(vectors, pairs[:, 0], pairs[:, 1])
        apart = float(1 - near.mean())
        line = chance[field] if len(chance[field]) >= least_pairs else None
        first, second = pairs[int(near.argmin())].tolist()
        found.append(
            Scatter(
                item=item,
                field=field,
                texts=len(places),
                scatter=round(apart, 4),
                chance=None if line is None else round(float(1 - line.mean()), 4),
                nearer=None if line is None else round(float(np.mean(1 - line < apart)), 4),
                widest=(restatements[first].key, restatements[second].key),
                opposed=_opposed(restatements, pairs.tolist(), near, limits) if opposites_known else (),
            )
        )
    return tuple(found)


def _chance(restatements: Sequence[Restatement], vectors: Vectors, places: list[int]) -> Floats:
    """Cosines of all pairs of texts about different items by different people."""
    pairs = [
        (one, other)
        for one, other in combinations(places, 2)
        if restatements[one].item != restatements[other].item and restatements[one].person != restatements[other].person
    ]
    if not pairs:
        return np.empty(0)
    ones, others = np.array(pairs).T
    return cosines(vectors, ones, others)


def _opposed(
    restatements: Sequence[Restatement], pairs: list[list[int]], near: Floats, limits: Limits
) -> tuple[OpposedPair, ...]:
    readings = {place: read(restatements[place].text) for pair in pairs for place in pair}
    found = []
    for (one, other), cosine in zip(pairs, near.tolist(), strict=True):
        opposition = between(readings[one], readings[other]) if cosine >= limits.opposite_cosine else None
        if opposition is not None and opposition.strength >= limits.opposite_strength:
            found.append(OpposedPair(restatements[one].key, restatements[other].key, cosine, opposition))
    return tuple(found)
