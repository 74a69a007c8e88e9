"""Means, medians and sums of squares in scale points, from level counts."""

import numpy as np

from .arrays import Counts, Floats, divide


def mean_of_counts(counts: Counts) -> Floats:
    """Mean rating in points; NaN where nobody rated.

    Parameters
    ----------
    counts : ndarray of int, shape (..., levels)

    Returns
    -------
    ndarray of float, shape (...)

    Examples
    --------
    >>> mean_of_counts(np.array([1, 0, 3]))
    array(2.5)
    """
    people = counts.sum(axis=-1)  # (...)
    points = counts @ np.arange(1, counts.shape[-1] + 1)
    return divide(points, people, otherwise=np.nan)


def median_of_counts(counts: Counts) -> Floats:
    """Median rating in points, midway between the two middle ratings of an even number; NaN where nobody rated.

    Parameters
    ----------
    counts : ndarray of int, shape (items, levels)

    Returns
    -------
    ndarray of float, shape (items,)

    Examples
    --------
    >>> median_of_counts(np.array([[1, 0, 2], [1, 1, 0], [0, 0, 0]]))
    array([3. , 1.5, nan])
    """
    people, reached = counts.sum(axis=1), np.cumsum(counts, axis=1)
    below = np.count_nonzero(reached < ((people + 1) // 2)[:, None], axis=1)  # levels under the lower middle rating
    above = np.count_nonzero(reached < (people // 2 + 1)[:, None], axis=1)
    return np.where(people > 0, (below + above) / 2 + 1, np.nan)


def squares_of_counts(counts: Counts) -> Floats:
    """Sum of squared deviations from the mean, in points squared; 0 where nobody rated.

    Parameters
    ----------
    counts : ndarray of int, shape (..., levels)

    Returns
    -------
    ndarray of float, shape (...)

    Examples
    --------
    >>> squares_of_counts(np.array([1, 0, 3]))
    array(3.)
    """
    levels = np.arange(1, counts.shape[-1] + 1)
    people, points, squared = counts.sum(axis=-1), counts @ levels, counts @ levels**2
    # n * sum of squares - square of sum is a whole number, so that equal answers leave exactly 0.
    return divide(people * squared - points**2, people, otherwise=0)


def variance_of_counts(counts: Counts) -> Floats:
    """Sample variance in points squared; 0 where fewer than two people rated."""
    return divide(squares_of_counts(counts), counts.sum(axis=-1) - 1, otherwise=0)
