"""How many picks people have in common: by count, by chance and at most, without going through all pairs of people."""

import numpy as np
from numpy.typing import NDArray

from .arrays import Counts, Flags, Floats, divide


def shared_picks(picked: Flags, could: Flags) -> tuple[Floats, Floats, Floats]:
    """What each person shares with all others, summed over the others.

    Only what both of two people could pick is compared. People who could pick the same, and picked equally many of
    what any other could pick, are alike but for what they share, so each kind of person is compared only once.

    Parameters
    ----------
    picked, could : ndarray of bool, shape (people, items)
        Who picked what, and who could have.

    Returns
    -------
    shared, by_chance, at_most : ndarray of float, shape (people,)
        Picks in common; a * b / m, where one picked a and the other b of the m items that both could pick; and the
        smaller of a and b.

    Examples
    --------
    >>> picked = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]], dtype=bool)
    >>> shared_picks(picked, np.ones_like(picked))
    (array([1., 1., 0.]), array([1.  , 0.75, 0.75]), array([2., 2., 2.]))
    """
    stars = picked.astype(np.float64)
    shared = stars @ stars.sum(axis=0) - stars.sum(axis=1)
    first, asked, _ = _equal_rows(np.packbits(could, axis=1))
    sets = could[first].astype(np.float64)  # (sets, items): what people could pick
    own = (stars @ sets.T).astype(np.int64)  # (people, sets): how many they picked of it
    first, kind, size = _equal_rows(np.column_stack([asked, own]))
    asked, own = asked[first], own[first][:, asked[first]]  # (kinds,), (kinds, kinds)
    common = (sets @ sets.T)[np.ix_(asked, asked)]
    by_chance, at_most = divide(own * own.T, common, otherwise=0), np.minimum(own, own.T)
    of_chance, of_most = ((each @ size - each.diagonal())[kind].astype(np.float64) for each in (by_chance, at_most))
    return shared, of_chance, of_most


def _equal_rows(rows: NDArray[np.integer]) -> tuple[Counts, Counts, Counts]:
    """Where each different row first stands, which of these each row is, and how often there is one."""
    whole = np.ascontiguousarray(rows)
    keys = whole.view(np.dtype((np.void, whole.itemsize * whole.shape[1])))[:, 0]
    _, first, which, times = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return first, which, times
