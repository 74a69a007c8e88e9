"""4.8 Outlier views: told by chance, of people who only rate higher or lower, and of one who sees all the other way.

Whoever sees all the other way ranks the items upside down: twice an item's distance from the middle is taken away.
Everybody rates everything: with a fifth missing nobody has the ten items that the rule needs where there are ten.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.outlier_view import outlier_views
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, share, times
from .worlds import ITEM, MIDDLE, NOISE, PERSON, asked, roles_of, said

PAGE_RUNS = 60
LIMITS = Thresholds()
PAGE = {
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
    for (people, items), (none, offsets, opposite) in PAGE.items():
        where, sessions = f"n={people}, m={items}", times(150, runs)
        for name, person, told in (("nobody", PERSON, none), ("offsets of .8", 0.8, offsets)):
            anybody = [bool(_told(rng, people, items, person=person)) for _ in range(sessions)]
            yield share(f"{where}, {name}", "told of anybody", anybody, told, PAGE_RUNS)
        planted = [0 in _told(rng, people, items, opposite=True) for _ in range(sessions)]
        yield share(f"{where}, the other way", "told of that person", planted, opposite, PAGE_RUNS)


def _told(rng: Generator, people: int, items: int, *, person: float = PERSON, opposite: bool = False) -> list[int]:
    """Whose view is told to be an outlier's."""
    item = rng.normal(0, ITEM, items)
    latent = item + rng.normal(0, person, (people, 1)) + rng.normal(0, NOISE, (people, items))
    if opposite:
        latent[0] -= 2 * item
    ratings = said(MIDDLE + latent)
    views = outlier_views(Tally(asked(ratings, roles_of(people)), LIMITS), rng)
    return [int(each) for each in views.people[np.nan_to_num(views.p, nan=1) <= LIMITS.outlier_p]]
