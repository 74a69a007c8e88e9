"""Branches: cut a tree of people into camps, for many trees at once, and say how well the camps stand apart.

People are joined by average linkage, the closest first. A cut of the tree gives so many branches. Those large enough
are camps; a few people in smaller branches may stand aside, for one odd answerer, whom the tree cuts off before
anything else, must not hide the camps of all others. How well camps stand apart is the mean silhouette (Rousseeuw,
"Silhouettes", Journal of Computational and Applied Mathematics 20, 1987), where who stands aside counts as 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import linkage

from .arrays import Counts, Flags, Floats, divide
from .person_pairs import DECIMALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Which cuts are allowed: people in a camp at least, camps at most, people aside at most."""

    least: int
    most: int
    aside: int


def best_branches(distances: Floats, *, cut: Cut) -> tuple[Floats, Counts]:
    """The cut of each tree whose camps stand apart best.

    Parameters
    ----------
    distances : ndarray of float, shape (times, pairs)
        Between people, the pairs in the order of `scipy.spatial.distance`.
    cut : Cut

    Returns
    -------
    silhouette : ndarray of float, shape (times,)
        -inf where no cut is allowed. Of cuts that stand apart as well, the one with fewer branches.
    branch : ndarray of int, shape (times, people)
        Branches of the same number are one camp; -1 for who stands aside.

    Examples
    --------
    >>> near, far = 1.0, 4.0
    >>> four = np.array([[near, far, far, far, far, near]])  # the first two, and the last two, are near each other
    >>> silhouette, branch = best_branches(four, cut=Cut(least=2, most=3, aside=0))
    >>> silhouette, branch
    (array([0.75]), array([[0, 0, 1, 1]]))
    """
    trees = np.stack([linkage(each, "average") for each in distances])  # scipy joins one tree at a time
    square = _square(distances, people=trees.shape[1] + 1)
    best, camps = np.full(len(trees), -np.inf), np.full(square.shape[:2], -1)
    for branch in _cuts(trees, most=cut.most + cut.aside):
        size = (branch[..., None] == np.arange(branch.max() + 1)).sum(axis=1)  # (times, branches)
        number = np.count_nonzero(size >= cut.least, axis=1)  # (times,)
        largest = np.argsort(-size, axis=1, kind="stable")[:, : cut.most]
        large = np.take_along_axis(size, largest, axis=1) >= cut.least
        inside = (branch[..., None] == largest[:, None]) & large[:, None]  # (times, people, camps)
        within = inside.any(axis=-1)  # (times, people)
        allowed = (number >= 2) & (number <= cut.most) & (np.count_nonzero(~within, axis=1) <= cut.aside)
        value = np.full(len(trees), -np.inf)
        value[allowed] = silhouettes(square[allowed], inside[allowed])
        better = value >= best
        best, camps = np.where(better, value, best), np.where(better[:, None], np.where(within, branch, -1), camps)
    return best, np.where(np.isneginf(best)[:, None], -1, camps)


def _square(distances: Floats, *, people: int) -> Floats:
    """The same distances as (times, people, people)."""
    first, second = np.triu_indices(people, 1)
    square = np.zeros((len(distances), people, people))
    square[:, first, second] = square[:, second, first] = distances
    return square


def _cuts(trees: Floats, *, most: int) -> Iterator[Counts]:
    """The branch of each person, (times, people), in trees cut into `most` branches, one fewer, and so on to two."""
    times, people = len(trees), trees.shape[1] + 1
    most, tree = min(most, people), np.arange(times)
    node = np.zeros((times, 2 * people - 1), dtype=np.int64)  # the branch of each person, and of each join
    parent = np.zeros((times, most), dtype=np.int64)
    for step in range(people - 1):
        join = people - 2 - step
        own, (left, right) = node[:, people + join], trees[:, join, :2].astype(np.int64).T
        node[tree, left] = own
        node[tree, right] = step + 1 if step + 1 < most else own
        if step + 1 < most:
            parent[:, step + 1] = own
    branch = node[:, :people]
    for newest in range(most - 1, 0, -1):
        yield branch
        branch = np.where(branch == newest, parent[:, [newest]], branch)


def silhouettes(distances: Floats, inside: Flags) -> Floats:
    """Mean silhouette of people in camps, rounded so that sums of floats decide nothing.

    Parameters
    ----------
    distances : ndarray of float, shape (times, people, people)
    inside : ndarray of bool, shape (times, people, camps)
        Who is in which camp, at most one; a camp may be empty but not of a single person.

    Returns
    -------
    ndarray of float, shape (times,)
        In [-1, 1]: 0 where camps are no nearer to themselves than to each other.

    Notes
    -----
    (b - a) / max(a, b), with a the mean distance to the others of one's camp, b to those of the nearest other camp.
    """
    summed, size = distances @ inside.astype(np.float64), inside.sum(axis=1)[:, None]  # (times, people, camps)
    own = np.where(inside, divide(summed, size - 1, otherwise=0), 0).sum(axis=-1)  # (times, people)
    other = np.where(inside | (size == 0), np.inf, divide(summed, size, otherwise=0)).min(axis=-1)
    value = divide(other - own, np.maximum(own, other), otherwise=0)
    return np.round(np.where(inside.any(axis=-1), value, 0).mean(axis=-1), DECIMALS)
