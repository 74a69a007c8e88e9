"""Cosines of many vectors, a block at a time."""

from collections.abc import Iterator

import numpy as np

from .arrays import Floats, Ids, Vectors

AT_ONCE = 500  # rows; 500 x 50,000 cosines take 100 MB, 500 x 5,000 take 10
# The block only looks for candidates. Its sums depend on its shape in the last digits; the cosines told do not.
PAIRS_AT_ONCE = 500  # of 384 numbers fit a processor's cache
MARGIN = 1e-5
PLACES = 4


def cosines(vectors: Vectors, ones: Ids, others: Ids) -> Floats:
    """Cosine of each pair of rows, to four places: the same whatever other pairs are asked for.

    Parameters
    ----------
    vectors : ndarray of float32, shape (texts, dimensions)
    ones, others : ndarray of int, shape (pairs,)

    Returns
    -------
    ndarray of float, shape (pairs,)
        In [-1, 1].
    """
    found = np.empty(len(ones))
    for begin in range(0, len(ones), PAIRS_AT_ONCE):
        part = slice(begin, begin + PAIRS_AT_ONCE)
        products = vectors[ones[part]].astype(np.float64)  # (pairs, dimensions)
        products *= vectors[others[part]]
        found[part] = products.sum(axis=1)
    return np.round(np.clip(found, -1, 1), PLACES)


def near(vectors: Vectors, *, least: float) -> Iterator[tuple[Ids, Ids, Floats]]:
    """Pairs of texts from a cosine of `least` on, block by block: places of the first, of the second, and cosines."""
    for begin in range(0, len(vectors), AT_ONCE):
        block = vectors[begin : begin + AT_ONCE] @ vectors[begin:].T  # (rows, rest)
        here, there = np.nonzero(np.triu(block >= least - MARGIN, k=1))
        found = cosines(vectors, here + begin, there + begin)
        kept = found >= least
        yield here[kept] + begin, there[kept] + begin, found[kept]
