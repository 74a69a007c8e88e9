"""Lone voices: made by chance where all share one opinion, and found where one person was planted.

The expected figures come with spreads and no means. One opinion around 3.6 with spread 1 and around 3 with 1.3, as for
splits, and around 3 with .7 give them; one mean for all three does not. Planted: one says 1, the others around 4.4
with .6.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.lone_voice import lone_voices

from .figures import Cell, share, times
from .worlds import SIZES, drawn, level_shares

EXPECTED_RUNS = 1000
ONE_OPINION = ((3, 0.7), (3.6, 1), (3, 1.3))
EXPECTED = {4: (".015", ".06", ".16"), 8: (".006", ".04", ".05"), 100: (".000", ".003", ".000")}
POWER = ".86-.95"


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """False lone voices by spread, and planted ones, for each number of people."""
    items = times(20_000, runs)
    for people in SIZES:
        for (middle, sd), told in zip(ONE_OPINION, EXPECTED.get(people, ("-",) * 3), strict=True):
            alone = lone_voices(drawn(rng, people, level_shares(middle, sd), items)).level > 0
            yield share(f"n={people}", f"false, sd {sd}", alone, told, EXPECTED_RUNS)
        planted = drawn(rng, people - 1, level_shares(4.4, 0.6), items) + np.array([1, 0, 0, 0, 0])
        yield share(f"n={people}", "planted", lone_voices(planted).level == 1, POWER, EXPECTED_RUNS)
