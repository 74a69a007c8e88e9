"""Agreement on one item: how far it lies from that of the whole population on average, and its spread.

One peak: normal opinions around 3.6 with standard deviation 1, everybody rates.
"""

from collections.abc import Iterator

from numpy.random import Generator

from alignment.divergence.distance import agreement, random_distance

from .figures import Cell, mean, spread, times
from .worlds import LEVELS, SIZES, distance_of, drawn, level_shares

EXPECTED_RUNS = 4000
EXPECTED = {4: ("-.003", ".29"), 6: ("-.001", ".22"), 8: ("-.001", ".18"), 12: ("-.001", ".14")} | {
    30: ("-.001", ".09"),
    100: ("+.001", ".05"),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Bias and standard deviation for each number of people."""
    shares = level_shares(3.6, 1)
    truth = 1 - float(distance_of(shares)) / random_distance(LEVELS)
    for people in SIZES:
        found = agreement(drawn(rng, people, shares, times(20_000, runs)))
        bias, sd = EXPECTED[people]
        yield mean(f"n={people}", "bias", found - truth, bias, EXPECTED_RUNS)
        yield mean(f"n={people}", "standard deviation", spread(found), sd, EXPECTED_RUNS)
