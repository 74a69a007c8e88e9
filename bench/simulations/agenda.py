"""Agenda: how much of the gain from knowing the truth comes from discussing six of 30 items to pick five.

A discussion shows an item's true importance. The expected figures come without their world; in this one, which was
chosen because it gives them, seven items in ten have two camps of equal size up to 1.5 points to either side, and one
of the camps is right. So what it shows is the order of the five ways to choose, not how large the gain is in a real
team. The rule knows the noise of raters here, as was expected; "noise learnt" is the engine as it runs, from roles.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from alignment.divergence.agenda import discussion_value, importance_cut, item_spread
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, mean, ratio, times
from .worlds import ITEM, MIDDLE, NOISE, Floats, asked, roles_of, said

EXPECTED_RUNS = 1500
ITEMS, PICKED, DISCUSSED = 30, 5, 6
EXPECTED = {6: ".62 .60 .49 .38 .23 -", 12: ".70 .68 .55 .38 .23 -", 30: ".77 .77 .61 .39 .23 -"}


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """What the engine counted, what is true, and what chance picks."""

    tally: Tally
    truth: Floats
    luck: Floats


def value(spread: Callable[[Tally], Floats]) -> Callable[[Session], Floats]:
    """The value of discussing each item, by how uncertain its mean is."""

    def worth(session: Session) -> Floats:
        mean_of = session.tally.mean
        return discussion_value(mean_of, spread(session.tally), cut=importance_cut(mean_of, top=PICKED))

    return worth


def known_noise(tally: Tally) -> Floats:
    return np.sqrt(np.maximum(tally.variance - NOISE**2, 0) + NOISE**2 / tally.raters)


WAYS: dict[str, Callable[[Session], Floats]] = {
    "value of knowing": value(known_noise),
    "importance x distance": lambda session: session.tally.mean * session.tally.distance,
    "distance only": lambda session: session.tally.distance,
    "importance only": lambda session: session.tally.mean,
    "by chance": lambda session: session.luck,
    "noise learnt": value(lambda tally: item_spread(tally, [])),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """The share of the attainable gain by each way to choose what to discuss."""
    for people, expected in EXPECTED.items():
        sessions = [invented(rng, people) for _ in range(times(3000, runs))]
        attainable = [_gain(session, session.truth) for session in sessions]
        for (name, way), told in zip(WAYS.items(), expected.split(), strict=True):
            gains = [_gain(session, _told(session, way(session))) for session in sessions]
            yield mean(f"n={people}", name, ratio(gains, attainable), told, EXPECTED_RUNS)


def invented(rng: Generator, people: int) -> Session:
    """Two camps of equal size on most items, one of them right; everybody rates everything."""
    item = rng.normal(MIDDLE, ITEM, ITEMS)
    apart = np.where(rng.random(ITEMS) < 0.7, rng.uniform(0, 1.5, ITEMS), 0)
    sides = np.where(rng.permuted(np.tile(np.arange(people)[:, None], ITEMS), axis=0) % 2, 1, -1)
    ratings = said(item + sides * apart + rng.normal(0, NOISE, (people, ITEMS)))
    truth = item + rng.choice([-1, 1], ITEMS) * apart
    return Session(Tally(asked(ratings, roles_of(people)), Thresholds()), truth, rng.random(ITEMS))


def _told(session: Session, worth: Floats) -> Floats:
    """Mean importance, and the truth of the items worth most."""
    first = np.argsort(-worth, kind="stable")[:DISCUSSED]
    known = session.tally.mean.copy()
    known[first] = session.truth[first]
    return known


def _gain(session: Session, known: Floats) -> float:
    """How much more the picks are worth in truth than those by mean importance."""
    better, before = (np.argsort(-each, kind="stable")[:PICKED] for each in (known, session.tally.mean))
    return float(session.truth[better].sum() - session.truth[before].sum())
