"""Structure: whether people are told to draw links alike, by chance, with a shared core, and in two schools.

60 links, all known to all. By chance: everybody draws a share of their own, 5 to 35 %. A core: eight links that 70 %
draw, and 6 % any other. Two schools: each has a core of its own. The expected figures come without their cores;
these give the two of four people together, and smaller ones (60 and 10 %) neither.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence import Links
from alignment.divergence.structure import LinkOverlap, link_overlap
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, share, times
from .worlds import SIZES, asked, roles_of

EXPECTED_RUNS = 200
SESSIONS = {4: 600, 6: 600, 8: 400, 12: 300, 30: 150, 100: 40}
LINKS, CORE, OFTEN, SELDOM = 60, 8, 0.7, 0.06


def by_chance(rng: Generator, people: int) -> np.ndarray:
    return rng.random((people, LINKS)) < rng.uniform(0.05, 0.35, (people, 1))


def one_core(rng: Generator, people: int) -> np.ndarray:
    return rng.random((people, LINKS)) < np.where(np.arange(LINKS) < CORE, OFTEN, SELDOM)


def two_schools(rng: Generator, people: int) -> np.ndarray:
    school = np.arange(people)[:, None] % 2
    return rng.random((people, LINKS)) < np.where(np.arange(LINKS) // CORE == school, OFTEN, SELDOM)


WORLDS: dict[str, tuple[Callable[[Generator, int], np.ndarray], tuple[str, ...]]] = {
    "by chance": (by_chance, (".02-.05",) * len(SIZES)),
    "a shared core": (one_core, (".995", "1", "1", "1", "1", "1")),
    "two schools": (two_schools, (".63", "-", "-", "-", "-", "-")),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """How often people are told to draw alike."""
    for name, (world, expected) in WORLDS.items():
        for people, told in zip(SIZES, expected, strict=True):
            sessions = times(SESSIONS[people], runs)
            aligned = [_overlap(rng, world(rng, people)).aligned for _ in range(sessions)]
            yield share(f"n={people}, {name}", "aligned", aligned, told, EXPECTED_RUNS)


def _overlap(rng: Generator, drawn: np.ndarray) -> LinkOverlap:
    """Of links from each of so many items to one."""
    people, links = drawn.shape
    ratings = np.full((people, links + 1), 3.0)
    keys = [("blocks", f"i{link:04d}", f"i{links:04d}") for link in range(links)]
    return link_overlap(Tally(asked(ratings, roles_of(people), links=Links(keys, drawn)), Thresholds()), rng=rng)
