"""The index: how often its interval holds the truth, and how wide it is, with 40 items.

The truth is that of endlessly many people of the same kind, worked out and not sampled. Camps among people: each
stands half a point to one side of every item, sides drawn anew for each item, half of the people in each camp. With
camps .8 to either side the interval of four people holds the truth in .89 only: who is drawn decides too much.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence import alignment_index
from alignment.divergence.distance import random_distance

from .figures import Cell, mean, share, times
from .worlds import ITEM, LEVELS, MIDDLE, NOISE, PERSON, SIZES, distance_of, level_shares, said, skipped

EXPECTED_RUNS = 250
ITEMS = 40
CAMPS = {"no camps": 0.0, "camps, half a point": 0.5, "camps, .8 points": 0.8}
EXPECTED = {
    "no camps": (".93-.95", ".95", ".92-.93", ".91-.93", ".88-.90", "-"),
    "camps, half a point": (".96", ".93-.96", "-", "-", "-", "-"),
    "camps, .8 points": ("-",) * len(SIZES),
}
WIDTH = (".41", ".23", ".18", ".12", ".07", "-")


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Coverage for each number of people and kind of camps, and the width without camps."""
    for name, aside in CAMPS.items():
        for people, covered, width in zip(SIZES, EXPECTED[name], WIDTH, strict=True):
            found = [_interval(rng, people, aside) for _ in range(times(3000 if people < 100 else 1000, runs))]
            holds = [low <= 0 <= high for low, high in found]
            yield share(f"n={people}, {name}", "holds the truth", holds, covered, EXPECTED_RUNS)
            if not aside:
                yield mean(f"n={people}, {name}", "width", [high - low for low, high in found], width, EXPECTED_RUNS)


def _interval(rng: Generator, people: int, aside: float) -> tuple[float, float]:
    """From the truth."""
    item, side = rng.normal(MIDDLE, ITEM, ITEMS), aside * rng.choice([-1, 1], ITEMS)
    camp = rng.choice([-1, 1], (people, 1))
    latent = item + camp * side + rng.normal(0, PERSON, (people, 1)) + rng.normal(0, NOISE, (people, ITEMS))
    index = alignment_index(skipped(rng, said(latent)), levels=LEVELS)
    sd = float(np.hypot(NOISE, PERSON))
    everybody = (level_shares(item + side, sd) + level_shares(item - side, sd)) / 2
    truth = 1 - float(distance_of(everybody).mean()) / random_distance(LEVELS)
    low, high = (-np.inf if limit is None else limit - truth for limit in (index.low, index.high))
    return low, high
