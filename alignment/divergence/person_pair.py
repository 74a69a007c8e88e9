"""How alike two people answer, over the items that both rated.

Two people share few answers, so their mean distance is drawn towards that of the session by as much as three further
items at the session's mean would: two who share a single item are near the session's index whatever they said there.
The interval is over items, for two people are no sample of people; by chance alone it is wide.
"""

import numpy as np

from . import distance
from .arrays import Floats
from .distributions import student_quantile
from .index import NO_INDEX
from .results import Index
from .tally import Tally


def person_pair_index(tally: Tally, first: str, second: str) -> Index:
    """Alignment of two people, over the items that both rated and that enough people rated.

    Parameters
    ----------
    tally : Tally
        Uses `pair_items`, `confidence` and `min_raters`.
    first, second : str
        Keys of two different people.

    Returns
    -------
    Index
        Without a value when there is no such item; without an interval below three.

    Raises
    ------
    ValueError
        If a key is not among the people of the session, or both are the same.

    Notes
    -----
    D = (sum d + p Ds) / (items + p) with d = |a - b| / (levels - 1), Ds the session's mean of D over items and
    p = `pair_items`; 1 - D / D_random, -+ t(items - 1) sd(d) sqrt(items) / (items + p) / D_random.
    """
    rows = [_row(tally, key) for key in (first, second)]
    if first == second:
        raise ValueError("alignment is of two different people")
    one, other = tally.answers.importance[rows][:, tally.enough]
    apart = np.abs(one - other) / (tally.levels - 1)
    apart = apart[~np.isnan(apart)]
    items = apart.size
    if not items:
        return NO_INDEX
    prior, random = tally.thresholds.pair_items, distance.random_distance(tally.levels)
    session = float(np.mean(tally.distance[tally.enough]))
    value = 1 - (float(apart.sum()) + prior * session) / (items + prior) / random
    low, high = _interval(value, apart, tally)
    return Index(value=value, low=low, high=high, people=2, items=items)


def _row(tally: Tally, key: str) -> int:
    if key not in tally.answers.people:
        raise ValueError(f"nobody of this session has the key {key}")
    return tally.answers.people.index(key)


def _interval(value: float, apart: Floats, tally: Tally) -> tuple[float, float] | tuple[None, None]:
    """Around the value, from how the distances vary over items."""
    items = apart.size
    if items < 3:
        return None, None
    spread = float(np.std(apart, ddof=1)) * items**0.5 / (items + tally.thresholds.pair_items)
    quantile = float(student_quantile((1 + tally.thresholds.confidence) / 2, items - 1))
    margin = quantile * spread / distance.random_distance(tally.levels)
    return value - margin, value + margin
