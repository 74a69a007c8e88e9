"""Camps: two or more ways of seeing the whole landscape, whatever roles people have.

People are compared by their ratings with their own tendency taken out, put together by average linkage, and cut where
the silhouette is best. That alone always finds camps: so they are told only where shuffling each item's answers over
its raters seldom gives camps that stand apart as well. A camp has two people and a tenth of all; a fifth of the people
may stand aside.

Measured with noise of .8 points: chance made camps in .02-.09 of sessions of 6 to 30 people, likely ones in .00-.04.
Camps .8 points either side of the mean on each item were found in .86, .91, .95 and .99 at 6, 8, 12 and 30 people with
10 items, and in all with 40; at .5 points in .30, .35, .50 and .78, and with 40 in .95, .99, 1 and 1. With one more
person who answers at random the last four are .49, .69, .94 and 1; they were .12, .13, .07 and .10 when nobody could
stand aside. A fifth was chosen on one real conversation, whose two camps a tenth missed in a third of all samples.

Likely means that the members can be trusted: camps with a silhouette of .25 had adjusted Rand indexes of .7 to 1 with
those planted, all others .65 to .9 at .5 points and .2 to .6 at .3. Below .1 nothing is told: chance makes such camps
among a hundred people, and nobody could say what they are about.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from .arrays import Counts, Flags, Floats, divide
from .branches import Cut, best_branches
from .moments import mean_of_counts
from .person_pairs import Block, comparable, pair_distances, shuffles
from .results import Tier
from .tally import Tally
from .thresholds import Thresholds

TREES_AT_ONCE = 33


@dataclass(frozen=True, slots=True)
class Camp:
    """People who see the whole alike. `means` holds the mean rating in points of each item that one of them rated."""

    members: tuple[str, ...]
    means: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Camps:
    """Ways of seeing the whole, the largest camp first; `aside` are people who were compared and are in none.

    `p` is the share of shuffles, the answers as they are among them, whose camps stand apart as well. `items` are
    those that people were compared on. `consensus` is the group-informed consensus of each item that all camps rated.
    """

    tier: Tier
    camps: tuple[Camp, ...]
    aside: tuple[str, ...]
    silhouette: float
    p: float
    items: int
    consensus: Mapping[str, float]


def camps(tally: Tally, rng: Generator) -> Camps | None:
    """Find camps that stand apart further than chance explains.

    Parameters
    ----------
    tally : Tally
        Uses the limits of camps, `camp_people`, `pair_items` and those of `comparable`.
    rng : Generator
        Shuffles answers, draws people for the shuffles, and items where there are too many.

    Returns
    -------
    Camps or None
        None below `camps_session` people who share enough items, where there are too many people, where no camps are
        large enough, and where chance might have made them.
    """
    limits, block = tally.thresholds, comparable(tally, rng)
    if len(block.people) < limits.camps_session:
        return None
    (silhouette,), (branch,) = _best(block.centred[None], block.rated, limits)
    if silhouette < limits.camps_possible:
        return None
    p = _by_chance(float(silhouette), block, limits, rng)
    if p > limits.camps_p:
        return None
    members = [block.people[branch == each] for each in np.unique(branch[branch >= 0])]
    members.sort(key=lambda rows: (-rows.size, rows.tolist()))
    found = tuple(_camp(tally, rows) for rows in members)
    consensus = consensus_of_groups(tally, [camp.members for camp in found]).tolist()
    return Camps(
        tier="likely" if silhouette >= limits.camps_likely else "possible",
        camps=found,
        aside=tuple(tally.answers.people[row] for row in block.people[branch < 0].tolist()),
        silhouette=float(silhouette),
        p=p,
        items=len(block.items),
        consensus={
            item: value
            for item, value in zip(tally.answers.items, consensus, strict=True)
            if all(item in camp.means for camp in found)
        },
    )


def _camp(tally: Tally, rows: Counts) -> Camp:
    who = np.isin(np.arange(len(tally.answers.people)), rows)
    means = zip(tally.answers.items, mean_of_counts(tally.counts_of(who)).tolist(), strict=True)
    people = tuple(tally.answers.people[row] for row in rows.tolist())
    return Camp(members=people, means={item: mean for item, mean in means if mean == mean})


def _best(values: Floats, rated: Flags, limits: Thresholds) -> tuple[Floats, Counts]:
    """Silhouettes, (times,), and branches, (times, people), of values of shape (times, people, items)."""
    people = len(rated)
    # The small amount keeps .1 of 30 people from being raised to 4 by the binary form of .1.
    cut = Cut(
        least=max(limits.camp_people, ceil(limits.camps_least * people - 1e-9)),
        most=limits.camps_most_of_many if people >= limits.camps_many else limits.camps_most,
        aside=max(1, int(limits.camps_aside * people + 1e-9)),
    )
    offsets = divide(values.sum(axis=-1), np.count_nonzero(rated, axis=-1), otherwise=0)  # (times, people)
    free = np.where(rated, values - offsets[..., None], 0)
    return best_branches(pair_distances(free, rated, prior=limits.pair_items), cut=cut)


def _by_chance(found: float, block: Block, limits: Thresholds, rng: Generator) -> float:
    """The share of shuffles with camps as far apart; 1 as soon as it can no longer be small enough.

    Of more than `camps_sample` people, some are drawn, and their own camps compared with those of their shuffles.
    """
    values, rated = block.centred, block.rated
    if len(values) > limits.camps_sample:
        some = np.sort(rng.choice(len(values), limits.camps_sample, replace=False))
        values, rated = values[some], rated[some]
        (found,), _branch = _best(values[None], rated, limits)
    reached, times = 1, limits.camps_shuffles
    for mixed in shuffles(values, rated, times=times, rng=rng, at_once=TREES_AT_ONCE):
        silhouettes, _branches = _best(mixed, rated, limits)
        reached += int(np.count_nonzero(silhouettes >= found))
        if reached > limits.camps_p * (1 + times):
            return 1.0
    return reached / (1 + times)


def group_informed_consensus(agreed: ArrayLike, seen: ArrayLike) -> Floats:
    """How much every group agrees with each item: one group that does not keeps the product small.

    Parameters
    ----------
    agreed, seen : array_like of int, shape (groups, items)
        People of each group who agree, and who answered at all.

    Returns
    -------
    ndarray of float, shape (items,)
        In (0, 1): the product over groups of (agreed + 1) / (seen + 2), as Polis computes it.

    Raises
    ------
    ValueError
        If shapes differ, or more people agreed than answered.

    Examples
    --------
    >>> group_informed_consensus([[4, 4], [2, 0]], [[4, 4], [2, 2]]).round(3)  # all of both, all of one
    array([0.625, 0.208])
    """
    agree, answered = np.asarray(agreed, dtype=np.float64), np.asarray(seen, dtype=np.float64)
    if agree.ndim != 2 or agree.shape != answered.shape:
        raise ValueError(f"agreed and seen must be (groups, items), got {agree.shape} and {answered.shape}")
    if ((agree < 0) | (agree > answered)).any():
        raise ValueError("at most those who answered can agree")
    return np.asarray(((agree + 1) / (answered + 2)).prod(axis=0), dtype=np.float64)


def consensus_of_groups(tally: Tally, groups: Sequence[Collection[str]]) -> Floats:
    """Group-informed consensus on each item that it is important, over groups of people such as camps or roles.

    Parameters
    ----------
    tally : Tally
        Uses `end_share`: to rate high is to agree.
    groups : sequence of collections of str
        Keys of the people of each group.

    Returns
    -------
    ndarray of float, shape (items,)
    """
    people, high = np.array(tally.answers.people, dtype=object), tally.thresholds.ends(tally.levels)
    counted = [tally.counts_of(np.isin(people, list(group))) for group in groups]
    counts = np.reshape(counted, (len(groups), *tally.counts.shape))  # (groups, items, levels)
    return group_informed_consensus(counts[..., -high:].sum(axis=-1), counts.sum(axis=-1))
