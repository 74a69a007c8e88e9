"""Outlier view: one person sees the whole landscape differently, not only one item.

Somebody far from all others on most items, and the others near each other. What a person rates everything lower or
higher by is taken out first and told as a note of its own (`person_offset`), for it is a way of using the scale. The
rest must be a quarter further from the others than they are from each other, and further than anybody gets when each
item's answers are shuffled over its raters (`person_pairs`). There each person is measured in standard deviations of
their own shuffles: who rated few items is thrown about more by chance, and would else hide who rated many.

Measured with noise of .8 points and items .6 apart: chance told somebody in .04-.09 of sessions of 10 items and 4 to
30 people, in .00-.06 with 40 items, and in .02-.10 when offsets are twice as large. Somebody of the opposite mind was
found in .22-.40 with 10 items, and in .77 at 4 people and .86 or more from 6 with 40 items. Likely takes 20 items: then
chance made .00-.02 (.03 with large offsets), and .35-.87 were found. If one session in ten has such a person, a tenth
of the likely ones are chance, and a third of all; so *possible* is a hint to ask, never to name.

The rule cannot tell somebody who sees things differently from somebody who answers at random.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from .arrays import Counts, Flags, Floats, divide
from .person_offset import person_offsets
from .person_pairs import DECIMALS, Block, comparable, shuffles
from .results import Finding, Number
from .tally import Tally


@dataclass(frozen=True, slots=True, eq=False)
class OutlierViews:
    """How far each person who can be compared stands from the others, and these from each other; (people,) each.

    Distances are means over pairs of people on an item that the person rated, as shares of the scale, free of
    offsets. `p` is NaN where the person is not far enough for chance to be asked.
    """

    people: Counts  # rows of the session
    items: Counts  # rated by the person and two others at least
    distance: Floats
    distance_others: Floats
    p: Floats

    @property
    def ratio(self) -> Floats:
        """Infinite where the others agree on everything and the person does not; NaN where all agree."""
        alone = np.where(self.distance > 0, np.inf, np.nan)
        return np.where(self.distance_others > 0, divide(self.distance, self.distance_others, otherwise=0), alone)


def outlier_views(tally: Tally, rng: Generator) -> OutlierViews:
    """Compare each person with all others, over the items that they share.

    Parameters
    ----------
    tally : Tally
        Uses the limits of outlier views, `min_raters` and those of `comparable`.
    rng : Generator
        Shuffles answers, and draws items where there are too many.

    Returns
    -------
    OutlierViews
        Empty below `outlier_people` people who share enough items, and where there are too many people.
    """
    limits, block = tally.thresholds, comparable(tally, rng)
    if len(block.people) < limits.outlier_people:
        none = np.zeros(0)
        return OutlierViews(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), none, none, none)
    apart = summed_distances(block.centred, block.rated) / (tally.levels - 1)
    distance, others = (each[0] for each in _own_and_others(apart[None], block))
    far = (distance > 0) & (distance >= limits.outlier_ratio * others)
    p = np.full(len(far), np.nan)
    if far.any():
        p[far] = _by_chance(apart, block, times=limits.outlier_shuffles, rng=rng)[far]
    return OutlierViews(block.people, np.count_nonzero(block.rated, axis=1), distance, others, p)


def summed_distances(values: Floats, rated: Flags) -> Floats:
    """Summed distance of each value to all others on its item.

    Parameters
    ----------
    values : ndarray of float, shape (people, items)
        0 where not rated.
    rated : ndarray of bool, shape (people, items)

    Returns
    -------
    ndarray of float, shape (people, items)
        0 where not rated.

    Examples
    --------
    >>> summed_distances(np.array([[1.0], [4.0], [2.0]]), np.full((3, 1), True))
    array([[4.],
           [5.],
           [3.]])
    """
    order = np.argsort(np.where(rated, values, np.inf), axis=0, kind="stable")
    ordered = np.take_along_axis(values, order, axis=0)
    raters, place = np.count_nonzero(rated, axis=0), np.arange(len(values))[:, None]
    upto = np.cumsum(ordered, axis=0)  # those below and oneself
    summed = ordered * (2 * place + 2 - raters) + upto[-1:] - 2 * upto
    found = np.zeros_like(values)
    np.put_along_axis(found, order, summed, axis=0)
    return np.where(rated, np.round(found, DECIMALS), 0)


def _own_and_others(apart: Floats, block: Block) -> tuple[Floats, Floats]:
    """Mean distance of each person to the others, and of these to each other, on the person's items.

    `apart`, shape (times, people, items), holds summed distances to all others on an item. Shuffling values over the
    raters of an item takes these sums along with them, and leaves the sum of all as it is.
    """
    known, raters = block.rated.astype(np.float64), np.count_nonzero(block.rated, axis=0)
    own = apart.sum(axis=-1)  # (times, people)
    everybody = known @ (apart[0].sum(axis=0) / 2)  # (people,)
    distance = divide(own, known @ (raters - 1), otherwise=0)
    others = divide(everybody - own, known @ ((raters - 1) * (raters - 2) / 2), otherwise=0)
    return np.round(distance, DECIMALS), np.round(np.maximum(others, 0), DECIMALS)


def _by_chance(apart: Floats, block: Block, *, times: int, rng: Generator) -> Floats:
    """The share of shuffles, the answers as they are among them, where anybody stands out as much as each person."""
    mixed = [_own_and_others(some, block) for some in shuffles(apart, block.rated, times=times, rng=rng)]
    own, others = (np.concatenate(parts) for parts in zip(_own_and_others(apart[None], block), *mixed, strict=True))
    # In the order of the ratio, but never infinite.
    share = divide(own, own + others, otherwise=0.5)  # (1 + times, people)
    standing = divide(share - share.mean(axis=0), share.std(axis=0), otherwise=0)
    return np.mean(standing.max(axis=1)[:, None] >= standing[0] - 1e-9, axis=0, dtype=np.float64)


def outlier_view_findings(tally: Tally, rng: Generator) -> list[Finding]:
    """Outlier views of a session, each with the key of its person. Severity: ratio - 1, at most 1.

    Likely takes more than a handful of people, `outlier_items_likely` items, and chance at `outlier_p_likely`.
    """
    views, limits = outlier_views(tally, rng), tally.thresholds
    offsets = {offset.person: offset.offset for offset in person_offsets(tally)}
    found = []
    for row in np.flatnonzero(views.p <= limits.outlier_p).tolist():
        person = tally.answers.people[views.people[row]]
        sure = views.p[row] <= limits.outlier_p_likely and views.items[row] >= limits.outlier_items_likely
        found.append(
            Finding(
                kind="outlier_view",
                item=None,
                tier="likely" if sure and tally.people > limits.small_session else "possible",
                severity=min(1.0, float(views.ratio[row]) - 1),
                people=(person,),
                numbers=_numbers(views, row) | {"offset": offsets[person]},
            )
        )
    return found


def _numbers(views: OutlierViews, row: int) -> dict[str, Number]:
    """The ratio is None where the others agree on everything."""
    ratio = float(views.ratio[row])
    return {
        "ratio": ratio if np.isfinite(ratio) else None,
        "p": float(views.p[row]),
        "distance": float(views.distance[row]),
        "distance_others": float(views.distance_others[row]),
        "items": int(views.items[row]),
        "raters": len(views.people),
    }
