"""Item stability, of which no figures were expected: when nobody changed their mind, and when some did.

Views keep .87 of themselves between rounds, as for round change. An item is stable below 15 % of movers and with a
distance of both distributions of .15 at most. Found: the second condition never decides. Of the same people, below
15 % of whom move by a whole scale at most, the distributions cannot lie .15 apart; it counts only for other limits.
Found: the rule is strict. Below seven people one mover is too many, and where views keep .87 of themselves most items
move at every size, for half of the answers differ by noise; it means that answers rest, not that opinions do.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from scipy import stats

from alignment.divergence.change import Change, round_change

from .change import twice
from .figures import Cell, exact, share, times
from .worlds import SIZES, asked, roles_of

ITEMS = 2000


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Which share of the items is stable, and where the shape alone says that one is not."""
    for people in SIZES:
        for moving in (0.05, 0.1, 0.2):
            change = _by_a_level(rng, people, moving, times(ITEMS, runs))
            where = f"n={people}, each moves with {moving}"
            yield share(where, "stable", _stable(change))
            yield exact(where, "stable, by counting", _few_enough(people, moving))
        for name, fall in {"views keep .87": 0.0, "and fall by a point": 1.0}.items():
            change = twice(rng, people, closer=0, items=times(ITEMS, runs), fall=fall)
            yield share(f"n={people}, {name}", "stable", _stable(change))
            apart = [item.moved < 0.15 * item.people and (item.shape or 0) > 0.15 for item in change.items]
            yield share(f"n={people}, {name}", "moving by shape alone", apart)


def _by_a_level(rng: Generator, people: int, moving: float, items: int) -> Change:
    before = rng.integers(2, 5, (people, items)).astype(float)
    after = before + rng.choice([-1.0, 1.0], before.shape) * (rng.random(before.shape) < moving)
    return round_change(*(asked(ratings, roles_of(people)) for ratings in (before, after)))


def _stable(change: Change) -> list[bool]:
    """Of the items that enough people rated twice."""
    return [item.status == "stable" for item in change.items if item.status is not None]


def _few_enough(people: int, moving: float) -> float:
    """The chance that fewer than 15 % move."""
    return float(stats.binom.cdf(np.ceil(0.15 * people - 1e-9) - 1, people, moving))
