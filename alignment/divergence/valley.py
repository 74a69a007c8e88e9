"""Is there a valley between two peaks, or could one peak have given these answers?

G is twice the log likelihood ratio of the counts as they are against the best distribution with a single peak: answers
rise up to some level and fall after it, fitted by isotonic regression on either side, over all places for the peak.
How large G gets by chance depends on the number of people and levels. The reference is the hardest single-peaked
population to tell from two peaks, the uniform one, simulated ahead by `bin/make_valley_table.py`; for a population with
a clear peak the p-value is therefore too large, never too small.

Isotonic fits: Robertson, Wright and Dykstra, "Order restricted statistical inference" (1988). Hartigan's dip test is
not used: made for continuous data, it rejects 9 to 100 % of single-peaked populations on five levels.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import xlogy

from .arrays import Counts, Floats

TABLE = Path(__file__).with_name("valley_table.json")
ROUNDING = 1e-6  # values of G that differ by less are the same table of counts, computed in another order


def valley_statistic(counts: Counts) -> Floats:
    """Twice the log likelihood ratio of the counts against their best single-peaked fit.

    Parameters
    ----------
    counts : ndarray of int, shape (items, levels)

    Returns
    -------
    ndarray of float, shape (items,)
        0 where the counts have a single peak.

    Examples
    --------
    >>> valley_statistic(np.array([[1, 2, 4, 2, 0], [5, 0, 0, 0, 4]])).round(3)
    array([ 0.  , 11.09])
    """
    rising = _log_likelihood_rising(counts)  # (items, levels + 1), of the first 0..levels levels
    falling = _log_likelihood_rising(counts[:, ::-1])[:, ::-1]  # of the last levels..0 levels
    best = (rising + falling).max(axis=1)  # up to a level, then down: single-peaked wherever the halves meet
    return np.maximum(2 * (xlogy(counts, counts).sum(axis=1) - best), 0.0)


def _log_likelihood_rising(counts: Counts) -> Floats:
    """Best log likelihood of the first 0..levels levels, if probabilities rise over them."""
    items, levels = counts.shape
    sums = np.concatenate([np.zeros((items, 1)), np.cumsum(counts, axis=1)], axis=1)
    result = np.zeros((items, levels + 1))
    # lowest[:, i, k] = the smallest mean of counts i..j over all ends j with k <= j < end so far
    lowest = np.full((items, levels, levels), np.inf)
    for end in range(1, levels + 1):
        means = (sums[:, [end]] - sums[:, :end]) / np.arange(end, 0, -1)  # (items, starts), of counts start..end - 1
        lowest[:, :end, :end] = np.minimum(lowest[:, :end, :end], means[:, :, None])
        starts_before = np.triu(np.ones((end, end), dtype=bool))
        fit = np.where(starts_before, lowest[:, :end, :end], 0.0).max(axis=1)  # (items, end)
        result[:, end] = xlogy(counts[:, :end], fit).sum(axis=1)
    return result


def valley_p(counts: Counts) -> Floats:
    """How often one peak gives a valley at least as deep by chance.

    Parameters
    ----------
    counts : ndarray of int, shape (items, levels)
        With 2 to 10 levels.

    Returns
    -------
    ndarray of float, shape (items,)
        1 below four raters, and on two levels, where there is no room for a valley.

    Examples
    --------
    >>> valley_p(np.array([[1, 2, 4, 2, 0]]))
    array([1.])
    """
    result = np.ones(counts.shape[0])
    raters, levels = counts.sum(axis=1), counts.shape[1]
    statistic = valley_statistic(counts)
    for n in np.unique(raters[(raters >= 4) & (statistic > ROUNDING)]):
        limits = _limits(int(n), levels)
        here = (raters == n) & (statistic > ROUNDING)
        result[here] = _tail(statistic[here], limits)
    return result


def _tail(statistic: Floats, limits: Floats) -> Floats:
    """Upper tail probability from the limits that are reached with each tabulated probability."""
    probabilities = _table()[0]
    reached = np.searchsorted(limits, statistic + ROUNDING, side="right") - 1  # (items,), at least 0: limits[0] is 0
    after = np.minimum(reached + 1, limits.size - 1)
    width = limits[after] - limits[reached]
    share = np.divide(
        statistic - limits[reached], width, out=np.zeros(statistic.shape), where=np.isfinite(width) & (width > 0)
    )
    # Exactly the tabulated probability at a limit, so that it compares with a threshold as it should.
    return np.asarray(probabilities[reached] * (probabilities[after] / probabilities[reached]) ** np.clip(share, 0, 1))


def _limits(people: int, levels: int) -> Floats:
    """The smallest G with each tabulated tail probability, between tabulated numbers of people by interpolation."""
    _, sizes, limits = _table()
    if levels not in limits:
        return np.concatenate([[0.0], np.full(_table()[0].size - 1, np.inf)])
    above = min(int(np.searchsorted(sizes, people)), sizes.size - 1)
    below = above if sizes[above] <= people else above - 1
    if above == below:
        return np.asarray(limits[levels][above])
    share = (people - sizes[below]) / (sizes[above] - sizes[below])
    return np.asarray((1 - share) * limits[levels][below] + share * limits[levels][above])


@cache
def _table() -> tuple[Floats, Counts, dict[int, Floats]]:
    """Tail probabilities, numbers of people, and limits (people, probabilities) for each number of levels."""
    stored = json.loads(TABLE.read_text())
    limits = {
        int(levels): np.array([[np.inf if limit is None else limit for limit in row] for row in rows])
        for levels, rows in stored["limits"].items()
    }
    return np.array(stored["probabilities"]), np.array(stored["people"], dtype=np.int64), limits
