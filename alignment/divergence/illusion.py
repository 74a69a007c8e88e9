"""Illusion of alignment: people place the team nearer to their own answer than it is.

Each guess about what most of the team says is compared with the median of the others, in points of the scale, and
counted towards the guesser's own answer: sign(own - median) * (guess - median). 0 = places the team rightly, above 0 =
nearer to oneself, below 0 = further away. Who stands on the median has no own side, and that guess is left out. The
obvious measure, own gap minus expected gap, calls everybody lonely who guesses with some noise, and is not used.

The interval leaves out one person at a time with all their guesses; medians stay, since they are what was guessed.

Measured (8 people, 8 guesses each, noise of a point). Guesses around the true median of the others: mean .02-.03, the
90 % interval above 0 in .07-.09 of sessions and on .06 of single items. Guesses half-way between it and the own answer:
.57 and .94, single items .35. Beware: guesses around what such people say *in general*, by someone who cannot know what
these seven said, come to .27 and are above 0 in .43 of sessions, as the median of a few whole numbers jumps where an
expectation does not. So the figure says how far people are off towards themselves, not why.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Flags, Floats, divide
from .distance import level_counts
from .index import jackknife_interval
from .jackknife import margins
from .moments import median_of_counts
from .results import Tier
from .tally import Tally


@dataclass(frozen=True, slots=True)
class Illusion:
    """How far people place the team towards their own answer, in points of the scale, with its interval.

    `guesses` by `people` are counted: those of raters who stand apart from the median of the others. `tier` is None
    where the interval is not above 0.
    """

    value: float | None
    low: float | None
    high: float | None
    people: int
    guesses: int
    tier: Tier | None


def illusion(tally: Tally) -> Illusion:
    """The illusion over all guesses of a session.

    Parameters
    ----------
    tally : Tally
        Uses `expected` of the answers, and the thresholds `min_raters`, `confidence` and `small_session`.

    Returns
    -------
    Illusion
        Without a value below `min_raters` people with a guess that counts. *Likely* where the interval is above 0,
        *possible* where it is in a small session.
    """
    towards, guessed = towards_own(tally)
    sums, guesses = np.where(guessed, towards, 0).sum(axis=1), np.count_nonzero(guessed, axis=1)  # (people,)
    who, total = guesses > 0, int(guesses.sum())
    people = int(np.count_nonzero(who))
    if people < tally.thresholds.min_raters:
        return Illusion(None, None, None, people, total, None)
    value = float(sums.sum() / total)
    without = divide(sums.sum() - sums[who], total - guesses[who], otherwise=np.nan)
    low, high = jackknife_interval(value, without, confidence=tally.thresholds.confidence)
    return _told(tally, value, low, high, people, total)


def item_illusions(tally: Tally) -> dict[str, Illusion]:
    """The illusion on each item with enough guesses that count (`illusion_guesses`), by item key.

    Each guess is another person's, so the interval is Student's for their mean.
    """
    towards, guessed = towards_own(tally)
    n = np.count_nonzero(guessed, axis=0)  # (items,)
    sums = np.where(guessed, towards, 0).sum(axis=0)
    values = divide(sums, n, otherwise=np.nan)
    without = divide(sums - np.where(guessed, towards, 0), n - 1, otherwise=np.nan)
    half = margins(without, guessed, confidence=tally.thresholds.confidence)
    told = {}
    for item in np.flatnonzero(n >= tally.thresholds.illusion_guesses).tolist():
        value, margin, people = float(values[item]), float(half[item]), int(n[item])
        told[tally.answers.items[item]] = _told(tally, value, value - margin, value + margin, people, people)
    return told


def severity(found: Illusion, *, levels: int) -> float:
    """The illusion as a share of the scale, 0 where there is none.

    Examples
    --------
    >>> severity(Illusion(0.6, 0.2, 1.0, people=8, guesses=60, tier="likely"), levels=5)
    0.15
    """
    return 0.0 if found.value is None else min(max(found.value / (levels - 1), 0.0), 1.0)


def towards_own(tally: Tally) -> tuple[Floats, Flags]:
    """How far each guess lies towards the guesser's own answer, in points, and which guesses count.

    Returns
    -------
    towards : ndarray of float, shape (people, items)
        Meaningless where `counted` is False.
    counted : ndarray of bool, shape (people, items)
        Guesses by people who rated the item apart from the median of the others, where enough people rated it.
    """
    own, expected = tally.answers.importance, tally.answers.expected
    if expected is None:
        return np.zeros(own.shape), np.zeros(own.shape, dtype=np.bool_)
    median = medians_of_others(own, levels=tally.levels)
    counted = ~np.isnan(expected) & ~np.isnan(median) & (own != median) & tally.enough
    return np.sign(own - median) * (expected - median), counted


def medians_of_others(ratings: ArrayLike, *, levels: int) -> Floats:
    """The median of everybody else's ratings, for each person who rated an item.

    Parameters
    ----------
    ratings : array_like, shape (people, items)
        Scale points 1..levels; NaN where a person gave no rating.
    levels : int
        Points on the scale, at least 2.

    Returns
    -------
    ndarray of float, shape (people, items)
        NaN where a person did not rate, or nobody else did.

    Examples
    --------
    >>> medians_of_others([[1], [4], [5], [np.nan]], levels=5)
    array([[4.5],
           [3. ],
           [2.5],
           [nan]])
    """
    scores = np.asarray(ratings, dtype=float)
    counts = level_counts(scores, levels=levels)  # (items, levels)
    # Whoever gave the same rating has the same others: one median for each level that somebody chose.
    less_one = counts[None] - np.eye(levels, dtype=np.int64)[:, None, :]  # (levels, items, levels)
    medians = median_of_counts(np.maximum(less_one, 0).reshape(-1, levels)).reshape(levels, -1)  # (levels, items)
    rated = ~np.isnan(scores)
    level = np.where(rated, scores, 1).astype(np.int64) - 1
    return np.where(rated, np.take_along_axis(medians, level, axis=0), np.nan)


def _told(tally: Tally, value: float, low: float | None, high: float | None, people: int, guesses: int) -> Illusion:
    """With its tier, and an interval that stays on the scale."""
    length = float(tally.levels - 1)
    if low is None or high is None:
        return Illusion(value, None, None, people, guesses, None)
    enough = people > tally.thresholds.small_session
    tier: Tier | None = ("likely" if enough else "possible") if low > 0 else None
    return Illusion(value, max(low, -length), min(high, length), people, guesses, tier)
