"""Person beside person: what rules compare that ask who sees everything differently, not who differs on one item.

Somebody who rates everything a point lower answers unlike all others without seeing anything differently, so each
person's own offset is taken out first, by a two-way fit of people and items. On a bounded scale that cannot be
perfect: who rates low has less room below. In simulations an offset that was left in made every second or third
person of a small team an outlier, and camps of those who rate high and those who rate low.

Whether what is left is more than chance is a question about the whole session. It is answered by shuffling each
item's answers over its raters, which keeps the items and who rated what, and breaks all that makes a person a person.

People are compared on 10 items at least. Where there are many items, the 100 that most people rated are enough, ties
drawn at random. Beyond a thousand people nobody is compared with everybody: see `too_many_people`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.spatial.distance import pdist

from .arrays import Counts, Flags, Floats, divide
from .tally import Tally
from .thresholds import Thresholds

CELLS_AT_ONCE = 1_000_000
SWEEPS = 50
DECIMALS = 9  # of a point: what is finer is the rounding of sums, and would break ties between equal distances


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The people who can be compared and the items to compare them on, with their answers free of offsets."""

    people: Counts  # rows of the session
    items: Counts  # columns of the session
    rated: Flags  # (people, items)
    centred: Floats  # (people, items) in points; 0 where not rated


def too_many_people(tally: Tally) -> bool:
    """Whether a session is too large to compare everybody with everybody, so that these rules stay silent."""
    return tally.people > tally.thresholds.person_most


def comparable(tally: Tally, rng: Generator) -> Block:
    """Find who shares enough items with others, and take out item means and personal offsets.

    Parameters
    ----------
    tally : Tally
        Uses `min_raters`, `person_items`, `person_most` and `person_item_sample`.
    rng : Generator
        Draws among items that equally many people rated where there are more than `person_item_sample`.

    Returns
    -------
    Block
        Each person rated at least `person_items` of its items, and each item has at least `min_raters` of its people.
        Empty where nobody is left, or too many people are.
    """
    limits, rated = tally.thresholds, tally.answers.rated
    people = np.full(len(rated), not too_many_people(tally))
    items = tally.enough
    if np.count_nonzero(items) > limits.person_item_sample:
        drawn = rng.permutation(np.flatnonzero(items))
        most_rated = drawn[np.argsort(-tally.raters[drawn], kind="stable")][: limits.person_item_sample]
        items = np.isin(np.arange(items.size), most_rated)
    people, items = _mutual(rated, people, items, limits)
    rows, columns = np.flatnonzero(people), np.flatnonzero(items)
    ratings = tally.answers.importance[np.ix_(rows, columns)]
    return Block(rows, columns, ~np.isnan(ratings), without_offsets(ratings))


def _mutual(rated: Flags, people: Flags, items: Flags, limits: Thresholds) -> tuple[Flags, Flags]:
    """Those people with enough of the items, and those items with enough of the people, until both hold."""
    while True:
        kept = people & (np.count_nonzero(rated[:, items], axis=1) >= limits.person_items)
        enough = items & (np.count_nonzero(rated[kept], axis=0) >= limits.min_raters)
        if np.array_equal(kept, people) and np.array_equal(enough, items):
            return people, items
        people, items = kept, enough


def without_offsets(ratings: Floats) -> Floats:
    """Take the means of items and of people out of ratings.

    Parameters
    ----------
    ratings : ndarray of float, shape (people, items)
        NaN where a person gave no rating.

    Returns
    -------
    ndarray of float, shape (people, items)
        In points; 0 where there is no rating. Least squares, by taking turns until nothing moves.

    Examples
    --------
    >>> without_offsets(np.array([[5.0, 3.0, 4.0], [3.0, 1.0, 2.0]]))  # the second rates 2 points lower, and no more
    array([[0., 0., 0.],
           [0., 0., 0.]])
    """
    rated = ~np.isnan(ratings)
    left = np.where(rated, ratings, 0)
    people, items = np.count_nonzero(rated, axis=1), np.count_nonzero(rated, axis=0)
    for _ in range(SWEEPS):
        left = np.where(rated, left - divide(left.sum(axis=0), items, otherwise=0), 0)
        offsets = divide(left.sum(axis=1), people, otherwise=0)
        left = np.where(rated, left - offsets[:, None], 0)
        if np.abs(offsets).max(initial=0) < 10.0**-DECIMALS:
            break
    return np.round(left, DECIMALS) + 0  # no -0.0


def pair_distances(values: Floats, rated: Flags, *, prior: float) -> Floats:
    """Mean distance of each pair of people over the items that both rated.

    Parameters
    ----------
    values : ndarray of float, shape (times, people, items)
        0 where not rated.
    rated : ndarray of bool, shape (people, items)
    prior : float
        Each pair is drawn to the mean of all pairs as by so many further items.

    Returns
    -------
    ndarray of float, shape (times, pairs)
        In points, the pairs in the order of `scipy.spatial.distance`.

    Examples
    --------
    >>> values = np.array([[[1.0, 0.0], [-1.0, 2.0], [3.0, 0.0]]])  # the last did not rate the second item
    >>> pair_distances(values, np.array([[True, True], [True, True], [True, False]]), prior=0)
    array([[2., 2., 4.]])
    """
    first, second = np.triu_indices(len(rated), 1)
    known = rated.astype(np.float64)
    shared = (known @ known.T)[first, second]  # (pairs,)
    # All items count in these sums, so what one said where the other did not rate is taken off again.
    # One large product, for many small ones make the processors wait for each other.
    said = np.abs(values).reshape(-1, rated.shape[1])  # (times * people, items)
    alone = (said @ (1 - known).T).reshape(-1, len(rated), len(rated))  # (times, people, people)
    apart = np.stack([pdist(each, "cityblock") for each in values])
    apart -= alone[:, first, second] + alone[:, second, first]
    typical = divide(apart.sum(axis=-1, keepdims=True), shared.sum(), otherwise=0)
    return np.round(divide(apart + prior * typical, shared + prior, otherwise=0), DECIMALS)


def shuffles(
    values: Floats, rated: Flags, *, times: int, rng: Generator, at_once: int = CELLS_AT_ONCE
) -> Iterator[Floats]:
    """Shuffle each item's values over the people who rated it.

    Parameters
    ----------
    values : ndarray of float, shape (people, items)
    rated : ndarray of bool, shape (people, items)
    times : int
    rng : Generator
    at_once : int, optional
        Shuffles to hand out together, fewer where they would not fit the memory.

    Yields
    ------
    ndarray of float, shape (some of the times, people, items)
        0 where not rated; `times` in all.
    """
    by_item = np.where(rated, values, np.nan).T  # (items, people)
    places = np.flatnonzero(rated.T)
    at_once = max(1, min(at_once, CELLS_AT_ONCE // max(1, rated.size)))
    for first in range(0, times, at_once):
        some = min(at_once, times - first)
        mixed = rng.permuted(np.broadcast_to(by_item, (some, *by_item.shape)), axis=-1)
        # Those without a value were shuffled too. What remains when they are dropped is in random order all the same.
        spread = np.zeros((some, by_item.size))
        spread[:, places] = mixed[~np.isnan(mixed)].reshape(some, -1)
        yield spread.reshape(mixed.shape).swapaxes(-1, -2)
