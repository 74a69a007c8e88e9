"""Outlier views: told by chance, of people who only rate higher or lower, and of one who sees all the other way.

Whoever sees all the other way ranks the items upside down: twice an item's distance from the middle is taken away.
Everybody rates everything: with a fifth missing nobody has the ten items that the rule needs where there are ten.
Found less often than was expected, by the largest ratio among shuffles too (.34 at n=6 and .39 at n=12 with 10 items),
so that the rule is not why; items .7 apart instead of .6 give what was expected.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.outlier_view import outlier_views
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, share, times
from .worlds import ITEM, MIDDLE, NOISE, PERSON, asked, roles_of, said

EXPECTED_RUNS = 60
LIMITS = Thresholds()
EXPECTED = {
    (4, 10): (".10", ".03", ".28"),
    (4, 40): (".07", ".12", ".88"),
    (6, 10): (".07", ".05", ".47"),
    (6, 40): (".07", ".08", ".97"),
    (8, 10): ("-", "-", "-"),
    (8, 40): ("-", "-", "-"),
    (12, 10): (".03", ".03", ".48"),
    (12, 40): (".02", ".05", "1"),
    (30, 10): (".07", ".02", ".58"),
    (30, 40): (".00", ".03", "1"),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Sessions in which anybody is told to be one by chance, and in which the one planted is."""
    for (people, items), (none, offsets, opposite) in EXPECTED.items():
        where, sessions = f"n={people}, m={items}", times(1000, runs)
        for name, person, told in (("nobody", PERSON, none), ("offsets of .8", 0.8, offsets)):
            anybody = [bool(_told(rng, people, items, person=person)) for _ in range(sessions)]
            yield share(f"{where}, {name}", "told of anybody", anybody, told, EXPECTED_RUNS)
        planted = [0 in _told(rng, people, items, opposite=True) for _ in range(sessions)]
        yield share(f"{where}, the other way", "told of that person", planted, opposite, EXPECTED_RUNS)
    for people, items in EXPECTED:
        planted = [0 in _told(rng, people, items, opposite=True, apart=0.7) for _ in range(times(1000, runs))]
        yield share(f"n={people}, m={items}, the other way, .7", "told of that person", planted)


def _told(
    rng: Generator, people: int, items: int, *, person: float = PERSON, apart: float = ITEM, opposite: bool = False
) -> list[int]:
    """Whose view is told to be an outlier's."""
    item = rng.normal(0, apart, items)
    latent = item + rng.normal(0, person, (people, 1)) + rng.normal(0, NOISE, (people, items))
    if opposite:
        latent[0] -= 2 * item
    ratings = said(MIDDLE + latent)
    views = outlier_views(Tally(asked(ratings, roles_of(people)), LIMITS), rng)
    return [int(each) for each in views.people[np.nan_to_num(views.p, nan=1) <= LIMITS.outlier_p]]
