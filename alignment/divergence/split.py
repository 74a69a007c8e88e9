"""Split: two camps on the scale with (almost) nobody between.

A split is *possible* by its shape: enough people at each end, no more between them than in the smaller camp, and
agreement no better than among random answers. It is *likely* when the two camps that differ most are large enough and
far enough apart, and a single peak could hardly give these answers (`valley`). Either is enough for the finding: many
people can show a valley although agreement is above 0, few people can show the shape although chance might dig the
valley. On three levels a valley is one level wide and chance fills it too often, so there only the shape counts.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import Counts, Flags, Floats, divide
from .distance import agreement
from .results import Finding, Number
from .spread import disagreement, spread_numbers
from .tally import Tally
from .thresholds import Thresholds
from .valley import valley_p

DEFAULTS = Thresholds()


@dataclass(frozen=True, slots=True, eq=False)
class Camps:
    """The scale cut in two on each item, all of shape (items,). Everybody up to level `cut` is in the lower camp."""

    cut: Counts
    smaller: Counts
    lower_mean: Floats
    upper_mean: Floats
    distinct: Flags  # large enough and far enough apart

    @property
    def apart(self) -> Floats:
        return self.upper_mean - self.lower_mean


def camps_of(counts: Counts, *, thresholds: Thresholds = DEFAULTS) -> Camps:
    """Cut each item's scale where the two camps differ most.

    Parameters
    ----------
    counts : ndarray of int, shape (items, levels)
    thresholds : Thresholds, optional

    Returns
    -------
    Camps
        The cut with the largest sum of squares between the camps; of equal ones, that with the larger smaller camp.

    Examples
    --------
    >>> camps = camps_of(np.array([[3, 2, 0, 1, 3]]))
    >>> camps.cut, camps.smaller, camps.distinct
    (array([3]), array([4]), array([ True]))
    """
    items, levels = counts.shape
    people, points = counts.sum(axis=1), counts @ np.arange(1, levels + 1)
    cuts = np.arange(1, levels)
    lower = np.cumsum(counts, axis=1)[:, :-1]  # (items, cuts)
    lower_points = np.cumsum(counts * np.arange(1, levels + 1), axis=1)[:, :-1]
    upper, upper_points = people[:, None] - lower, points[:, None] - lower_points
    smaller = np.minimum(lower, upper)
    lower_mean, upper_mean = divide(lower_points, lower, otherwise=1), divide(upper_points, upper, otherwise=1)
    # Whole numbers but for one division, so that mirrored scales compare and tie exactly.
    pairs, apart = lower * upper, upper_points * lower - lower_points * upper
    distinct = smaller >= least_camp(people, thresholds.camp_share_likely, thresholds=thresholds)[:, None]
    distinct &= apart >= thresholds.camps_apart * (levels - 1) * pairs
    between = divide(apart**2, pairs, otherwise=0)
    best = np.lexsort((smaller, between), axis=1)[:, -1]
    at = np.arange(items), best
    return Camps(cuts[best], smaller[at], lower_mean[at], upper_mean[at], distinct[at])


def split_flags(counts: Counts, *, thresholds: Thresholds = DEFAULTS) -> tuple[Flags, Flags]:
    """Which items show a possible, and which a likely split.

    Parameters
    ----------
    counts : ndarray of int, shape (items, levels)
    thresholds : Thresholds, optional

    Returns
    -------
    possible, likely : ndarray of bool, shape (items,)
        Each by its own rule; an item is split if either holds.

    Examples
    --------
    >>> split_flags(np.array([[3, 2, 0, 1, 3], [1, 2, 4, 1, 1]]))
    (array([ True, False]), array([ True, False]))
    """
    levels, people = counts.shape[1], counts.sum(axis=1)
    width = thresholds.ends(levels)
    low, high = counts[:, :width].sum(axis=1), counts[:, -width:].sum(axis=1)
    smaller, between = np.minimum(low, high), people - low - high
    shape = smaller >= least_camp(people, thresholds.camp_share_possible, thresholds=thresholds)
    shape &= between <= smaller
    shape[shape] = agreement(counts[shape]) <= thresholds.split_agreement

    valley = camps_of(counts, thresholds=thresholds).distinct & (levels >= thresholds.valley_levels)
    valley[valley] = valley_p(counts[valley]) <= thresholds.valley_p
    return shape, valley


def least_camp(people: Counts, share: float, *, thresholds: Thresholds) -> Floats:
    """How many people make a camp among so many raters."""
    return np.asarray(np.maximum(thresholds.camp_people, share * people), dtype=np.float64)


def split_findings(tally: Tally) -> list[Finding]:
    """Splits of a session. Severity: 1 - agreement, capped to [0, 1], times twice the share of the smaller camp.

    The camps are the two sides of the cut for a likely split, the two ends of the scale for a possible one.
    """
    possible, likely = split_flags(tally.counts, thresholds=tally.thresholds)
    camps = camps_of(tally.counts, thresholds=tally.thresholds)
    low, _, high = tally.ends
    smaller = np.where(likely, camps.smaller, np.minimum(low, high))
    return [
        Finding(
            kind="split",
            item=tally.answers.items[item],
            tier="likely" if likely[item] else "possible",
            severity=disagreement(tally, item) * min(1.0, 2 * float(smaller[item] / tally.raters[item])),
            numbers=spread_numbers(tally, item) | _camp_numbers(tally, camps, item),
        )
        for item in np.flatnonzero((possible | likely) & tally.enough).tolist()
    ]


def _camp_numbers(tally: Tally, camps: Camps, item: int) -> dict[str, Number]:
    """Where the two camps of a split item stand, and how easily a single peak would give these answers."""
    counts, cut = tally.counts[item], int(camps.cut[item])
    levels = np.flatnonzero(counts) + 1
    return {
        "lower": int(counts[:cut].sum()),
        "lower_to": int(levels[levels <= cut].max()),
        "lower_mean": float(camps.lower_mean[item]),
        "upper": int(counts[cut:].sum()),
        "upper_from": int(levels[levels > cut].min()),
        "upper_mean": float(camps.upper_mean[item]),
        "points_apart": float(camps.apart[item]),
        "valley_p": float(valley_p(counts[None])[0]),
    }
