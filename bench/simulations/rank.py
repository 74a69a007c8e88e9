"""Top picks: whether people share more of them than chance explains, and whether the interval holds the truth.

20 items, five picks. What an item is worth is normal, to all with standard deviation .95 and to oneself with 1, which
gives an overlap of .27, or to oneself only: picks at random. The truth is that of 3,000 people who see the same items.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.rank import RankOverlap, rank_overlap
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, mean, share, times
from .worlds import asked, roles_of

EXPECTED_RUNS = 300
ITEMS, PICKS, CORE = 20, 5, 0.95
EXPECTED = {4: ".37", 6: ".72", 8: ".91", 12: ".99", 30: "-"}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Aligned by chance, aligned when people share a core, and how often the interval holds the truth."""
    for people, power in EXPECTED.items():
        sessions = times(1500, runs)
        chance = [_overlap(picks(rng, people, np.zeros(ITEMS))) for _ in range(sessions)]
        yield share(f"n={people}, at random", "aligned", [told.aligned for told in chance], ".003-.022", EXPECTED_RUNS)
        found, truths = [], []
        for _ in range(sessions):
            worth = rng.normal(0, CORE, ITEMS)
            found.append(_overlap(picks(rng, people, worth)))
            truths.append(truth(picks(rng, 3000, worth)))
        holds = [(o.low or 0) <= true <= (o.high or 0) for o, true in zip(found, truths, strict=True)]
        yield mean(f"n={people}, shared core", "true overlap", truths, ".27", EXPECTED_RUNS)
        yield share(f"n={people}, shared core", "aligned", [told.aligned for told in found], power, EXPECTED_RUNS)
        yield share(f"n={people}, shared core", "holds the truth", holds, ".91-.99", EXPECTED_RUNS)


def picks(rng: Generator, people: int, worth: np.ndarray) -> np.ndarray:
    """Who picks what, (people, items)."""
    own = worth + rng.normal(0, 1, (people, ITEMS))
    return np.argsort(np.argsort(-own, axis=1), axis=1) < PICKS


def truth(picked: np.ndarray) -> float:
    """The overlap of two people among so many that it is that of all."""
    people, times_picked = len(picked), picked.sum(axis=0)
    shared = (times_picked * (times_picked - 1)).sum() / (people * (people - 1) * PICKS)
    return float((shared - PICKS / ITEMS) / (1 - PICKS / ITEMS))


def _overlap(picked: np.ndarray) -> RankOverlap:
    answers = asked(np.full(picked.shape, 3.0), roles_of(len(picked)), star=picked)
    return rank_overlap(Tally(answers, Thresholds()))
