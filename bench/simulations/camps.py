"""Camps: told where there are none, and where half of the people stand on the other side of every item.

Camps stand .8 or .5 points to either side, on which side of an item is drawn anew for each. Everybody rates
everything, as for outlier views. Camps at .5 are found more often than was expected, at .8 as often; no share of
missing answers gives both, and the expected figures come without their world, so nobody can say why.
"""

from collections.abc import Iterator

from numpy.random import Generator

from alignment.divergence.camps import camps
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, share, times
from .worlds import asked, opinions, roles_of, said

EXPECTED_RUNS = 60
APART = (0.0, 0.8, 0.5)
EXPECTED = {
    (6, 10): (".03", ".87", ".17"),
    (6, 40): (".10", "1", ".53"),
    (8, 10): (".02", ".93", ".15"),
    (8, 40): (".05", "1", ".70"),
    (12, 10): (".08", ".98", ".32"),
    (12, 40): (".08", "1", ".73"),
    (30, 10): (".07", "1", ".37"),
    (30, 40): (".03", "1", ".90"),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Sessions in which camps are told."""
    for (people, items), expected in EXPECTED.items():
        for apart, told in zip(APART, expected, strict=True):
            found = [_told(rng, people, items, apart) for _ in range(times(600, runs))]
            yield share(f"n={people}, m={items}, {apart} to either side", "told", found, told, EXPECTED_RUNS)


def _told(rng: Generator, people: int, items: int, apart: float) -> bool:
    side = rng.permuted([person % 2 * 2 - 1 for person in range(people)])[:, None]
    latent = opinions(rng, people, items) + apart * side * rng.choice([-1, 1], items)
    return camps(Tally(asked(said(latent), roles_of(people)), Thresholds()), rng) is not None
