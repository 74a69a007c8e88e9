"""Round change: how often alignment is seen to rise, when it does not and when it does.

20 items. A view keeps .87 of itself from one round to the next, at which the expected power is met; people come
closer by a share of what separates them (.29 and .57), which raises the index by .16 and .33.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.change import Change, round_change

from .figures import Cell, mean, share, times
from .worlds import ITEM, MIDDLE, NOISE, PERSON, SIZES, asked, roles_of, said, skipped

EXPECTED_RUNS = 300
ITEMS, KEPT = 20, 0.87
EXPECTED = {
    0.0: (".020", ".030", ".033", ".040", ".03", ".037"),
    0.29: (".31", ".71", ".93", "1", "-", "-"),
    0.57: (".70", ".98", "1", "1", "-", "-"),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """How often the interval of the change lies above 0, and the change itself."""
    for closer, expected in EXPECTED.items():
        for people, told in zip(SIZES, expected, strict=True):
            if told == "-":
                continue
            found = [twice(rng, people, closer=closer).all.delta for _ in range(times(1500, runs))]
            where = f"n={people}, {closer:.0%} closer"
            rises = [delta.low is not None and delta.low > 0 for delta in found]
            yield share(where, "seen to rise", rises, told, EXPECTED_RUNS)
            yield mean(where, "change", [delta.value or 0 for delta in found])


def twice(rng: Generator, people: int, *, closer: float, items: int = ITEMS, fall: float = 0.0) -> Change:
    """Two rounds on the same items, what is missing is missing in both."""
    item, person = rng.normal(MIDDLE, ITEM, items), rng.normal(0, PERSON, (people, 1))
    view, other = rng.normal(0, NOISE, (2, people, items))
    after = item + (1 - closer) * (person + KEPT * view + np.sqrt(1 - KEPT**2) * other) - fall
    before = skipped(rng, said(item + person + view))
    later = np.where(np.isnan(before), np.nan, said(after))
    return round_change(*(asked(ratings, roles_of(people)) for ratings in (before, later)))
