"""Intervals for many statistics at once, each from its values with one person left out at a time.

The same interval as `index.jackknife_interval`, for a whole row of items. The statistic may be a mean: then this is
Student's interval for it.
"""

import numpy as np

from .arrays import Flags, Floats, divide
from .distributions import student_quantile


def margins(without: Floats, who: Flags, *, confidence: float) -> Floats:
    """Half the width of the interval around each statistic.

    Parameters
    ----------
    without : ndarray of float, shape (people, items)
        Each item's statistic without each person; read only where `who`.
    who : ndarray of bool, shape (people, items)
        Whom each statistic is over.
    confidence : float
        Nominal coverage, such as .9.

    Returns
    -------
    ndarray of float, shape (items,)
        t(n - 1) * sqrt((n - 1) / n * sum (without - its mean)^2); NaN below three people.

    Examples
    --------
    >>> shares = np.array([[2.5], [2.0], [1.5]])  # the means of 1, 2 and 3 with each of them left out
    >>> margins(shares, np.full((3, 1), True), confidence=0.9).round(3)
    array([1.686])
    """
    n = np.count_nonzero(who, axis=0)  # (items,)
    left = np.where(who, without, 0)
    away = np.where(who, left - divide(left.sum(axis=0), n, otherwise=0), 0)
    error = np.sqrt(divide(n - 1, n, otherwise=0) * (away**2).sum(axis=0))
    t = student_quantile((1 + confidence) / 2, np.maximum(n - 1, 1))
    return np.where(n >= 3, t * error, np.nan)
