"""Illusion: guesses about the team that are right but for noise, and guesses half-way towards oneself.

Eight people with eight guesses each, a point of noise. Right: around the median of the others as they answered.
"""

from collections.abc import Callable, Iterator

from numpy.random import Generator

from alignment.divergence.illusion import illusion, medians_of_others
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, mean, share, times
from .worlds import LEVELS, Floats, asked, opinions, roles_of, said

EXPECTED_RUNS = 300
PEOPLE, ITEMS = 8, 8
GUESSES: dict[str, tuple[Callable[[Floats, Floats], Floats], str, str]] = {
    "right": (lambda own, median: median, ".02-.05", ".08-.10"),
    "half-way": (lambda own, median: (own + median) / 2, ".55", ".95"),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """The mean illusion in points, and how often it is told."""
    for name, (guess, points, flagged) in GUESSES.items():
        found = []
        for _ in range(times(2000, runs)):
            ratings = said(opinions(rng, PEOPLE, ITEMS))
            around = guess(ratings, medians_of_others(ratings, levels=LEVELS))
            expected = said(around + rng.normal(0, 1, ratings.shape))
            found.append(illusion(Tally(asked(ratings, roles_of(PEOPLE), expected=expected), Thresholds())))
        where = f"n={PEOPLE}, guesses {name}"
        yield mean(where, "points", [told.value or 0 for told in found], points, EXPECTED_RUNS)
        yield share(where, "told, likely", [told.tier == "likely" for told in found], flagged, EXPECTED_RUNS)
