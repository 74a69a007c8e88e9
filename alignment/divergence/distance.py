"""How far answers on an ordered scale lie apart, from counts alone.

One distance serves every rule: two answers are |a - b| / (levels - 1) apart, so the two ends of a scale are 1 apart.
Its mean over pairs of different people is Gini's mean difference as a share of the scale's length. It needs nothing
but the number of people at each level, it is unbiased for every number of people, and it splits by role.

Literature: Gini (1912); for its ordinal kin Blair and Lacy, "Statistics of ordinal variation", Sociological Methods
& Research 28 (2000); for the split by groups Rizzo and Szekely, "DISCO analysis", Annals of Applied Statistics 4
(2010).
"""

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Counts, Floats, divide


def level_counts(ratings: ArrayLike, *, levels: int) -> Counts:
    """Count the people at each level of each item.

    Parameters
    ----------
    ratings : array_like, shape (people, items)
        Scale points 1..levels; NaN where a person gave no rating.
    levels : int
        Points on the scale, at least 2.

    Returns
    -------
    ndarray of int, shape (items, levels)

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds a value that is no point of the scale.

    Examples
    --------
    >>> level_counts([[1, 3], [3, np.nan]], levels=3)
    array([[1, 0, 1],
           [0, 0, 1]])
    """
    scores = np.asarray(ratings, dtype=float)
    if scores.ndim != 2:
        raise ValueError(f"ratings must be (people, items), got shape {scores.shape}")
    if levels < 2:
        raise ValueError(f"a scale has at least 2 levels, got {levels}")
    at_level = [np.count_nonzero(scores == level, axis=0) for level in range(1, levels + 1)]
    counts = np.stack(at_level, axis=1).astype(np.int64)  # (items, levels)
    if counts.sum() != np.count_nonzero(~np.isnan(scores)):
        raise ValueError(f"ratings must be whole points on a scale 1..{levels}, or NaN")
    return counts


def random_distance(levels: int) -> float:
    """How far apart two people are on average who both answer at random, as a share of the scale's length.

    Examples
    --------
    >>> random_distance(5)
    0.4
    """
    return (levels + 1) / (3 * levels)


def mean_distance(ratings: ArrayLike, *, levels: int) -> Floats:
    """How far apart two different people are on each item, on average.

    Parameters
    ----------
    ratings : array_like, shape (people, items)
        Scale points 1..levels; NaN where a person gave no rating.
    levels : int
        Points on the scale, at least 2.

    Returns
    -------
    ndarray of float, shape (items,)
        In [0, 1], as a share of the scale's length: 0 when all agree. NaN where fewer than two people rated.

    Raises
    ------
    ValueError
        If `ratings` is not two-dimensional or holds a value that is no point of the scale.

    Examples
    --------
    >>> mean_distance([[1, 3], [5, 3]], levels=5)
    array([1., 0.])
    """
    return distance_within(level_counts(ratings, levels=levels))


def distance_within(counts: Counts) -> Floats:
    """Mean distance of two different people among those counted; NaN below two.

    Parameters
    ----------
    counts : ndarray of int, shape (..., levels)

    Returns
    -------
    ndarray of float, shape (...)

    Notes
    -----
    D = 2 / ((levels - 1) n (n - 1)) * sum over k < levels of F_k (n - F_k), where F_k people rated k or below.

    Examples
    --------
    >>> distance_within(np.array([[5, 0, 0, 0, 4]]))  # 20 of the 36 pairs are apart, by the whole scale
    array([0.55555556])
    """
    people = counts.sum(axis=-1)  # (...)
    below = np.cumsum(counts, axis=-1)[..., :-1]  # (..., levels - 1)
    apart = (below * (people[..., None] - below)).sum(axis=-1)  # (...) over unordered pairs, in points
    pairs = people * (people - 1) / 2
    length = counts.shape[-1] - 1
    return divide(apart, length * pairs, otherwise=np.nan)


def distance_between(first: Counts, second: Counts) -> Floats:
    """Mean distance of two people, one of each of two groups without a common member; NaN where either is empty.

    Parameters
    ----------
    first, second : ndarray of int, shape (..., levels)

    Returns
    -------
    ndarray of float, shape (...)

    Examples
    --------
    >>> distance_between(np.array([[2, 0, 0]]), np.array([[0, 1, 1]]))  # half the scale or all of it
    array([0.75])
    """
    people, others = first.sum(axis=-1), second.sum(axis=-1)  # (...)
    below = np.cumsum(first, axis=-1)[..., :-1]  # (..., levels - 1)
    below_others = np.cumsum(second, axis=-1)[..., :-1]
    apart = below * (others[..., None] - below_others) + below_others * (people[..., None] - below)
    pairs = people * others
    length = first.shape[-1] - 1
    return divide(apart.sum(axis=-1), length * pairs, otherwise=np.nan)


def agreement(counts: Counts) -> Floats:
    """Agreement on each item: 1 when all answers are the same, 0 as among random answers, below 0 for camps.

    Parameters
    ----------
    counts : ndarray of int, shape (..., levels)

    Returns
    -------
    ndarray of float, shape (...)
        NaN where fewer than two people rated.

    Examples
    --------
    >>> agreement(np.array([[0, 0, 0, 0, 4], [2, 0, 0, 0, 2]]))
    array([ 1.        , -0.66666667])
    """
    return 1 - distance_within(counts) / random_distance(counts.shape[-1])


def reach(counts: Counts) -> Floats:
    """Summed distance from each level to everybody counted, as shares of the scale's length.

    Parameters
    ----------
    counts : ndarray of int, shape (items, levels)

    Returns
    -------
    ndarray of float, shape (levels, items)

    Examples
    --------
    >>> reach(np.array([[1, 0, 1]]))
    array([[1.],
           [1.],
           [1.]])
    """
    levels = np.arange(counts.shape[-1])
    apart = np.abs(levels[:, None] - levels)  # (levels, levels)
    return np.asarray(apart @ counts.T / (counts.shape[-1] - 1), dtype=np.float64)
