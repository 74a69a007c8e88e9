"""Splits: populations with one peak that are taken for two, and planted camps that are found.

Camps of equal size, or a third and two thirds, stand at 1.5 and 4.5 with standard deviation .6. Of the camps of a
quarter it was said only how often they are found: 1.2 and 4.8 give these figures, 1.5 and 4.5 do not (.00 / .80).
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.split import split_flags

from .figures import Cell, share, times
from .worlds import LEVELS, SIZES, Counts, Floats, drawn, level_shares

EXPECTED_RUNS = 4000
ONE_PEAK: dict[str, tuple[Floats, tuple[str, ...]]] = {
    "one peak, 3.6 sd 1": (
        level_shares(3.6, 1),
        (".021 .002", ".055 .009", ".033 .014", ".010 .003", ".000 .001", ".000 .000"),
    ),
    "one peak, 3 sd 1.3": (
        level_shares(3, 1.3),
        (".082 .013", ".227 .029", ".202 .041", ".155 .022", ".040 .008", ".000 .001"),
    ),
    "uniform": (
        np.full(LEVELS, 1 / LEVELS),
        (".143 .028", ".455 .088", ".496 .096", ".514 .089", ".517 .098", ".509 .102"),
    ),
}
CAMPS: dict[str, tuple[float, float, float, tuple[str, ...]]] = {
    "camps of 1/2": (
        1 / 2,
        1.5,
        4.5,
        (".767 .161", ".885 .217", ".896 .327", ".908 .579", ".966 .848", ".998 1.00"),
    ),
    "camps of 1/3 and 2/3": (
        1 / 3,
        1.5,
        4.5,
        (".001 .000", ".813 .222", ".845 .200", ".769 .267", ".726 .655", ".719 .960"),
    ),
    "camps of 1/4 and 3/4": (1 / 4, 1.2, 4.8, ("- -", "- -", "- -", "- -", "- -", ".074 1.00")),
    "camps of 1/2 at 2 and 4": (1 / 2, 2, 4, (".00-.31 .04-.29",) * len(SIZES)),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Both tiers, by their own rules, for each population and number of people."""
    items = times(10_000, runs)
    for name, (shares, expected) in ONE_PEAK.items():
        yield from _flagged(name, lambda people, shares=shares: drawn(rng, people, shares, items), expected)
    for name, (part, low, high, expected) in CAMPS.items():

        def camps(people: int, part: float = part, low: float = low, high: float = high) -> Counts:
            lower = round(part * people)
            return drawn(rng, lower, level_shares(low, 0.6), items) + drawn(
                rng, people - lower, level_shares(high, 0.6), items
            )

        yield from _flagged(name, camps, expected)


def _flagged(name: str, world: Callable[[int], Counts], expected: tuple[str, ...]) -> Iterator[Cell]:
    for people, printed in zip(SIZES, expected, strict=True):
        for tier, flags, told in zip(("possible", "likely"), split_flags(world(people)), printed.split(), strict=True):
            yield share(f"n={people}, {name}", tier, flags, told, EXPECTED_RUNS)
