"""Rank disagreement: whether people put the same few goals and pains first.

The top picks of a person are their stars. How far two people share them is told against chance: two who pick at random
share a x b / m of the m items that both were asked about, where one picked a of these and the other b, and at most the
smaller of a and b. Over all pairs of people

    overlap = sum(shared - by chance) / sum(at most - by chance)

is 1 where the shorter list is always inside the longer one, 0 as among random picks, and below 0 where people avoid
each other's. Where all pick k of the same m it is the plain (mean shared / k - k / m) / (1 - k / m). With fewer stars
from some, sums keep random picks at 0 for any mixture, and long lists, which tell more, weigh more. Whoever gave no
star is left out, since that is no list; so is an item that a person was not asked about.

Measured (m = 20, k = 5, true overlap .27): the 90 % interval held the truth in .91-.98 of sessions, lay above 0 in
.37, .67, .88 and .98 of those of 4, 6, 8 and 12 people, and in .01 when all picked at random.

An item divides the team when a third to two thirds picked it. That describes and does not test: .21, .46, .32 and .34
of the items do so at 4, 6, 8 and 12 people who pick at random. So it is possible only, until there is an 80 % belief
(Jeffreys) that the true share lies in between, which takes 14 people: .02 and .00 of random items at 30 and 100.

Roles are compared by the role-gap rule on picks (YesNoTally). Sessions without any such gap show a likely one in .00
at 4 to 8 people, .00-.08 at 12 and .03-.07 at 30; a role that nearly always picks what others nearly never do is found
in .00 at 8, .72 at 12 and .94 at 30. Two and three people picking by chance look no different from a role.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from .answers import Answers
from .arrays import Flags, Floats, divide
from .distributions import beta_below
from .index import jackknife_interval
from .results import Finding, Number
from .role_gap import role_gap_findings
from .scored import YesNoTally
from .shared_picks import shared_picks
from .tally import Tally

STARRED = ("goal", "pain")
NOTHING = 1e-9
GAPS = ("gap", "shift", "net_gap", "believed_gap", "posterior")


@dataclass(frozen=True, slots=True)
class RankOverlap:
    """How far people share their top picks: 1 = the same, 0 = like random picks, below 0 = they avoid each other's.

    `people` gave a star, `items` could be picked. Two people share `mean_shared` picks on average and would share
    `by_chance`, of `at_most` that two lists of their lengths can share.
    """

    value: float | None
    low: float | None
    high: float | None
    people: int
    items: int
    mean_shared: float | None
    by_chance: float | None
    at_most: float | None

    @property
    def aligned(self) -> bool:
        """Whether people share more than chance explains."""
        return self.low is not None and self.low > 0


def picks(answers: Answers) -> tuple[Flags, Flags]:
    """Who picked what, and who could have, both of shape (people, items): those who gave a star, on goals and pains."""
    starred = np.array([kind in STARRED for kind in answers.kinds], dtype=np.bool_)
    could = answers.asked & starred
    picked = could & answers.star
    return picked, could & picked.any(axis=1)[:, None]


def rank_overlap(tally: Tally) -> RankOverlap:
    """How far all people share their top picks, with an interval over people.

    Parameters
    ----------
    tally : Tally
        Uses the stars on goals and pains, `min_raters` and `confidence`.

    Returns
    -------
    RankOverlap
        Without a value below `min_raters` people with a star, and where all pick all they can.
    """
    picked, could = picks(tally.answers)
    who, items = picked.any(axis=1), int(np.count_nonzero(could.any(axis=0)))
    people = int(np.count_nonzero(who))
    if people < tally.thresholds.min_raters:
        return RankOverlap(None, None, None, people, items, None, None, None)
    shared, by_chance, at_most = shared_picks(picked[who], could[who])  # (people,) each
    over, room = shared - by_chance, at_most - by_chance
    means = [float(each.sum() / (people * (people - 1))) for each in (shared, by_chance, at_most)]
    value = _ratio(over.sum() / 2, room.sum() / 2)
    if np.isnan(value):
        return RankOverlap(None, None, None, people, items, *means)
    without = _ratio(over.sum() / 2 - over, room.sum() / 2 - room)
    low, high = jackknife_interval(float(value), without, confidence=tally.thresholds.confidence)
    if low is not None and high is not None:
        least = float(_ratio(-by_chance.sum(), room.sum()))
        low, high = max(low, least), min(high, 1.0)
    return RankOverlap(float(value), low, high, people, items, *means)


def _ratio(over: ArrayLike, room: ArrayLike) -> Floats:
    """over / room, and NaN where there is no room but for the rounding of sums."""
    whole = np.asarray(room, dtype=np.float64)
    return divide(over, np.where(whole > NOTHING, whole, 0), otherwise=np.nan)


def share_between(some: ArrayLike, people: ArrayLike, *, low: float, high: float) -> Floats:
    """Probability that the true share lies between two limits, where `some` of `people` do (Jeffreys' prior).

    Examples
    --------
    >>> share_between([6, 15], [12, 30], low=1 / 3, high=2 / 3).round(2)
    array([0.78, 0.94])
    """
    x, n = np.asarray(some, dtype=float), np.asarray(people, dtype=float)
    below_high, below_low = (beta_below(limit, 0.5 + x, 0.5 + n - x) for limit in (high, low))
    return np.asarray(below_high - below_low)


def rank_findings(tally: Tally) -> list[Finding]:
    """Items that divide the team over what comes first, and then roles (variant "role") that see them otherwise."""
    return _divided(tally) + _by_role(tally)


def _divided(tally: Tally) -> list[Finding]:
    """Items that a third to two thirds picked. Severity: 4p(1-p), which is 1 at one half."""
    limits = tally.thresholds
    picked, could = picks(tally.answers)
    some, people = np.count_nonzero(picked, axis=0), np.count_nonzero(could, axis=0)  # (items,)
    share = divide(some, people, otherwise=0)
    divided = (people >= limits.min_raters) & (np.minimum(some, people - some) >= limits.rank_people)
    divided &= (share >= limits.rank_low) & (share <= limits.rank_high)
    posterior = share_between(some, people, low=limits.rank_low, high=limits.rank_high)
    return [
        Finding(
            kind="rank",
            item=tally.answers.items[item],
            tier="likely" if posterior[item] >= limits.likely and people[item] > limits.small_session else "possible",
            severity=float(4 * share[item] * (1 - share[item])),
            numbers={
                "people": int(people[item]),
                "picked": int(some[item]),
                "not_picked": int(people[item] - some[item]),
                "posterior": float(posterior[item]),
            },
        )
        for item in np.flatnonzero(divided).tolist()
    ]


def _by_role(tally: Tally) -> list[Finding]:
    """The role-gap rule on picks as a scale of two, where half of the scale is the least gap that matters."""
    picked, could = picks(tally.answers)
    limits = tally.thresholds
    tallied = YesNoTally(
        answers=tally.answers,
        thresholds=replace(limits, gap=limits.rank_gap, variance_prior_df=limits.rank_prior_df),
        scores=np.where(could, 1.0 + picked, np.nan),
    )
    return [
        replace(found, kind="rank", variant="role", numbers=_counted(tallied, found))
        for found in role_gap_findings(tallied)
    ]


def _counted(tallied: YesNoTally, found: Finding) -> dict[str, Number]:
    """Means on a scale of two told as people who picked; gaps are differences of shares."""
    item, sides = tallied.sides_of(found)
    told: dict[str, Number] = {}
    for side, who in sides.items():
        told[f"people{side}"] = int(np.count_nonzero(who))
        told[f"picked{side}"] = int(np.count_nonzero(tallied.scores[who, item] == 2))
    return told | {name: found.numbers[name] for name in GAPS}
