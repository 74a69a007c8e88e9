"""Lone voice: on one item, one person stands far from everybody else, who stand close together.

Far and close are told from the median of the others, so that the lone rating does not move what it is compared with.
Nobody else may stand as far away: two people are no lone voice. In simulations of people who share one opinion with a
spread of 0.7, 1 and 1.3 points, chance alone made one in .015, .06 and .16 of the items that four people rated, and in
.006, .04 and .05 of those that eight did; so a handful of raters gives a *possible* lone voice only.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import Counts, Floats, divide
from .moments import median_of_counts
from .results import Finding, Number
from .tally import Tally
from .thresholds import Thresholds

DEFAULTS = Thresholds()


@dataclass(frozen=True, slots=True, eq=False)
class LoneVoices:
    """The rating that stands alone on each item, all of shape (items,); 0 and NaN where none does."""

    level: Counts
    median: Floats  # of the others
    near: Counts  # how many of the others are close to their median


def lone_voices(counts: Counts, *, thresholds: Thresholds = DEFAULTS) -> LoneVoices:
    """Find the one rating of each item that stands apart from all others.

    Parameters
    ----------
    counts : ndarray of int, shape (items, levels)
    thresholds : Thresholds, optional
        Uses `lone_raters`, `lone_apart`, `lone_near` and `lone_others`.

    Returns
    -------
    LoneVoices

    Examples
    --------
    >>> voices = lone_voices(np.array([[1, 0, 0, 2, 3], [2, 0, 0, 2, 3]]))
    >>> voices.level, voices.median, voices.near
    (array([1, 0]), array([ 5., nan]), array([5, 0]))
    """
    items, levels = counts.shape
    points, length = np.arange(1, levels + 1), levels - 1
    found = LoneVoices(np.zeros(items, dtype=np.int64), np.full(items, np.nan), np.zeros(items, dtype=np.int64))
    enough = counts.sum(axis=1) >= thresholds.lone_raters
    for own in range(1, levels + 1):
        rows = np.flatnonzero(enough & (counts[:, own - 1] == 1))
        others = counts[rows]  # (rows, levels)
        others[:, own - 1] = 0
        median = median_of_counts(others)
        apart = np.abs(points - median[:, None])  # (rows, levels), in halves of points: exact
        near = (others * (apart <= thresholds.lone_near * length)).sum(axis=1)
        far = (others * (apart >= thresholds.lone_apart * length)).sum(axis=1)
        alone = (apart[:, own - 1] >= thresholds.lone_apart * length) & (far == 0)
        alone &= divide(near, others.sum(axis=1), otherwise=0) >= thresholds.lone_others
        found.level[rows[alone]], found.median[rows[alone]], found.near[rows[alone]] = own, median[alone], near[alone]
    return found


def lone_voice_findings(tally: Tally) -> list[Finding]:
    """Lone voices of a session, each with the key of its person. Severity: distance as a share of the scale."""
    voices = lone_voices(tally.counts, thresholds=tally.thresholds)
    found = []
    for item in np.flatnonzero((voices.level > 0) & tally.enough).tolist():
        level, median = int(voices.level[item]), float(voices.median[item])
        (person,) = np.flatnonzero(tally.answers.importance[:, item] == level).tolist()
        found.append(
            Finding(
                kind="lone_voice",
                item=tally.answers.items[item],
                tier="likely" if tally.raters[item] > tally.thresholds.small_session else "possible",
                severity=abs(level - median) / (tally.levels - 1),
                people=(tally.answers.people[person],),
                numbers=_numbers(tally, voices, item),
            )
        )
    return found


def _numbers(tally: Tally, voices: LoneVoices, item: int) -> dict[str, Number]:
    """What the person says, and where the others are: their median, and from where to where those close to it go."""
    median = float(voices.median[item])
    levels = np.flatnonzero(tally.counts[item]) + 1
    near = levels[np.abs(levels - median) <= tally.thresholds.lone_near * (tally.levels - 1)]
    return {
        "raters": int(tally.raters[item]),
        "value": int(voices.level[item]),
        "median": median,
        "near": int(voices.near[item]),
        "near_from": int(near.min()),
        "near_to": int(near.max()),
    }
