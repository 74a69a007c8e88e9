"""Structure disagreement: whether people see the same things lead to the same things.

A link counts for the people who hold both of its ends and were asked about it: who does not know the pain cannot say
whether it blocks the goal. How alike two people draw is Jaccard's index over the links that both could judge: links
both drew / links either drew. Two who drew none of them say nothing and are left out.

How much that is depends on how many links people draw, so the mean over all pairs is compared with chance: every
person's links are shuffled over the links that this person could judge. Measured with 60 links: shuffled people pass
for aligned in .05-.06 of sessions of 4 to 30; a core of 8 links, each drawn by 60 % beside 10 % of the others, is seen
in .91 at 4 people and always from 6 on, and the 90 % interval holds the true value in .90-.94. Two schools with a core
each are aligned too, in .27, .63 and .90 at 4, 6 and 8, since people within a school agree: so look at roles as well.

A link divides the team when a quarter to three quarters of those who could judge it drew it. That describes and does
not test: of links that everybody draws one time in five .15, .34 and .44 do so at 4, 6 and 12 people. Likely takes an
80 % belief (Jeffreys) that the true share is in between: .00, .08 and .07. A role that hardly ever draws what most
others draw is told by the rule of blind spots, on links, with the figures of that rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from .answers import Answers
from .arrays import Counts, Flags, Floats, divide
from .blind_spot import blind_posterior
from .index import jackknife_interval
from .rank import share_between
from .results import Finding, Number, plain
from .spread import importance_share
from .tally import Tally

CELLS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class LinkOverlap:
    """How alike people draw links: 1 = the same links, 0 = none in common.

    `by_chance` is what shuffled links give, `p` the share of shuffles that reach the value, `aligned` whether that is
    rare enough. `people` were compared, `links` could be judged by two of them or more.
    """

    value: float | None
    low: float | None
    high: float | None
    people: int
    links: int
    by_chance: float | None = None
    p: float | None = None
    aligned: bool = False


def judged(answers: Answers) -> tuple[Flags, Flags]:
    """Who drew which link, and who could judge it: holds both ends and was asked. Both of shape (people, links)."""
    if answers.links is None:
        none = np.zeros((len(answers.people), 0), dtype=np.bool_)
        return none, none
    column = {item: number for number, item in enumerate(answers.items)}
    begins = [column[begin] for _kind, begin, _end in answers.links.keys]
    ends = [column[end] for _kind, _begin, end in answers.links.keys]
    could = answers.held[:, begins] & answers.held[:, ends] & ~np.isnan(answers.links.drawn)
    return could & (answers.links.drawn == 1), could


def link_overlap(tally: Tally, *, rng: Generator) -> LinkOverlap:
    """How alike all people draw links, with an interval over people and against chance.

    Parameters
    ----------
    tally : Tally
        Uses `links`, `min_raters`, `confidence`, `link_shuffles`, `link_sample` and `link_chance_p`.
    rng : Generator
        Shuffles links; and draws the people to compare where there are more than `link_sample`.

    Returns
    -------
    LinkOverlap
        Without a value below `min_raters` people who share a link that one of two drew.
    """
    limits = tally.thresholds
    drew, could = judged(tally.answers)
    who = np.flatnonzero(could.any(axis=1))
    if who.size > limits.link_sample:
        who = np.sort(rng.choice(who, limits.link_sample, replace=False))
    drew, could = drew[who], could[who]
    shared, pairs = _summed(drew, could)
    people, links = int(np.count_nonzero(pairs)), int(np.count_nonzero(could.sum(axis=0) >= 2))
    if people < limits.min_raters:
        return LinkOverlap(None, None, None, people, links)
    value = float(shared.sum() / pairs.sum())
    left = divide(shared.sum() / 2 - shared, pairs.sum() / 2 - pairs, otherwise=np.nan)[pairs > 0]
    low, high = jackknife_interval(value, left, confidence=limits.confidence)
    if low is not None and high is not None:
        low, high = max(low, 0.0), min(high, 1.0)
    chance = shuffled_overlaps(drew, could, shuffles=limits.link_shuffles, rng=rng)
    by_chance = float(chance.mean()) if chance.size else None
    # A shuffle that leaves all links where they are reaches the value but for the rounding of sums.
    p = (1 + int(np.count_nonzero(chance >= value - 1e-9))) / (1 + limits.link_shuffles)
    return LinkOverlap(value, low, high, people, links, by_chance, p, p <= limits.link_chance_p)


def _summed(drew: Flags, could: Flags) -> tuple[Floats, Floats]:
    """Jaccard's index summed over the pairs of each person, and the number of these pairs, (..., people) each.

    Parameters
    ----------
    drew : ndarray of bool, shape (..., people, links)
    could : ndarray of bool, shape (people, links)
    """
    # Whole numbers below 2**24 are exact in single precision, which is twice as fast.
    drawn, known = drew.astype(np.float32), could.astype(np.float32)
    both = drawn @ drawn.swapaxes(-1, -2)  # (..., people, people)
    own = drawn @ known.T  # of the first, among what the second could judge
    either = own + own.swapaxes(-1, -2) - both
    either *= 1 - np.eye(len(could), dtype=np.float32)
    return divide(both, either, otherwise=0).sum(axis=-1), np.asarray((either > 0).sum(axis=-1), dtype=np.float64)


def shuffled_overlaps(drew: Flags, could: Flags, *, shuffles: int, rng: Generator) -> Floats:
    """Mean overlaps after shuffling each person's links over those this person could judge, at most (shuffles,)."""
    number = drew.sum(axis=1)
    width = int(number.max(initial=0))
    at_once = max(1, CELLS_AT_ONCE // max(1, could.size, len(could) ** 2))
    found = []
    for first in range(0, shuffles, at_once):
        luck = rng.random((min(at_once, shuffles - first), *could.shape), dtype=np.float32)
        luck[:, ~could] = 2
        first_drawn = np.argpartition(luck, width - 1, axis=-1)[..., :width]
        by_luck = np.take_along_axis(luck, first_drawn, axis=-1).argsort(axis=-1)
        drawn = np.take_along_axis(first_drawn, by_luck, axis=-1)
        shuffled = np.zeros(luck.shape, dtype=np.bool_)
        np.put_along_axis(shuffled, drawn, np.arange(width) < number[:, None], axis=-1)
        shared, pairs = (each.sum(axis=-1) for each in _summed(shuffled, could))
        found.append(shared[pairs > 0] / pairs[pairs > 0])
    return np.concatenate(found)


def structure_findings(tally: Tally) -> list[Finding]:
    """Links that divide the team, and then links that one group hardly ever draws while most others do.

    `item` leads to `to_item`, `variant` is the kind of the link; a finding about a group names it in `groups`.
    """
    drew, could = judged(tally.answers)
    return [*_divided(tally, drew, could), *_not_seen_by(tally, drew, could)]


def _divided(tally: Tally, drew: Flags, could: Flags) -> Iterator[Finding]:
    """Links that a quarter to three quarters drew. Severity: 4p(1-p) times the mean importance of both ends."""
    limits = tally.thresholds
    people, some = _counted(drew, could, np.ones(len(could), dtype=np.bool_))
    share = divide(some, people, otherwise=0)
    divided = (people >= limits.min_raters) & (np.minimum(some, people - some) >= limits.link_people)
    divided &= (share >= limits.link_low) & (share <= limits.link_high)
    posterior = share_between(some, people, low=limits.link_low, high=limits.link_high)
    for link in np.flatnonzero(divided).tolist():
        p, sure = float(share[link]), posterior[link] >= limits.likely and people[link] > limits.small_session
        numbers = {"people": int(people[link]), "drew": int(some[link]), "did_not": int(people[link] - some[link])}
        yield _finding(tally, link, sure, 4 * p * (1 - p), numbers | {"posterior": float(posterior[link])})


def _not_seen_by(tally: Tally, drew: Flags, could: Flags) -> Iterator[Finding]:
    """Blind spots on links. Severity: posterior times the mean importance of both ends."""
    limits = tally.thresholds
    for group in tally.groups:
        s, k = _counted(drew, could, group.members)
        o, j = _counted(drew, could, ~group.members)
        posterior = blind_posterior(s, k, o, j, thresholds=limits)
        blind = (s >= limits.min_group) & (k <= limits.blind_group * s) & (posterior >= limits.possible)
        blind &= (o > 0) & (j >= limits.blind_others * o) & (s + o >= limits.min_raters)
        for link in np.flatnonzero(blind).tolist():
            belief = float(posterior[link])
            sure = belief >= limits.likely and tally.people > limits.small_session
            told = zip(("group", "drew", "others", "others_drew"), (s, k, o, j), strict=True)
            numbers = {name: int(count[link]) for name, count in told} | {"posterior": belief}
            yield replace(_finding(tally, link, sure, belief, numbers), grouping=group.grouping, groups=(group.key,))


def _counted(drew: Flags, could: Flags, who: Flags) -> tuple[Counts, Counts]:
    """How many of these people could judge each link, and how many drew it, (links,) each."""
    return np.count_nonzero(could[who], axis=0), np.count_nonzero(drew[who], axis=0)


def _keys(answers: Answers) -> Sequence[tuple[str, str, str]]:
    return () if answers.links is None else answers.links.keys


def _finding(tally: Tally, link: int, sure: bool, weight: float, numbers: Mapping[str, Number]) -> Finding:
    kind, begin, end = _keys(tally.answers)[link]
    first, last = tally.answers.items.index(begin), tally.answers.items.index(end)
    return Finding(
        kind="structure",
        item=begin,
        tier="likely" if sure else "possible",
        severity=weight * (importance_share(tally, first) + importance_share(tally, last)) / 2,
        variant=kind,
        numbers=dict(numbers) | {"mean": plain(tally.mean[first]), "mean_to": plain(tally.mean[last])},
        to_item=end,
    )
