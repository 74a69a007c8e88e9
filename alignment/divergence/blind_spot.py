"""Blind spot: something most others hold is not on a group's map.

To hold an item is to have rated it or written it. For a group of s people, k of whom hold the item, against o others,
j of whom do, two explanations are weighed: the group hardly ever holds it (one in twenty), or it holds it as often as
the others do. The second is a Beta-binomial with Jeffreys' prior, so that four others say less than twenty; the first
is taken to be true one time in ten.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, expit, xlogy

from .arrays import Counts, Flags, Floats
from .results import Finding, Number
from .spread import importance_share
from .tally import Tally
from .thresholds import Thresholds

DEFAULTS = Thresholds()


def blind_posterior(
    group: ArrayLike,
    holders: ArrayLike,
    others: ArrayLike,
    other_holders: ArrayLike,
    *,
    thresholds: Thresholds = DEFAULTS,
) -> Floats:
    """Probability that a group is blind to an item, rather than holding it as the others do.

    Parameters
    ----------
    group, holders : array_like of int
        s people of the group whose answer tells, and k of them who hold the item.
    others, other_holders : array_like of int
        o other people, and j of them who hold it.
    thresholds : Thresholds, optional
        Uses `blind_prior` and `blind_rate`.

    Returns
    -------
    ndarray of float

    Examples
    --------
    >>> blind_posterior([3, 1], [0, 0], [9, 8], [8, 8]).round(3)
    array([0.905, 0.655])
    """
    s, k, o, j = (np.asarray(number, dtype=float) for number in (group, holders, others, other_holders))
    rate, prior = thresholds.blind_rate, thresholds.blind_prior
    blind = xlogy(k, rate) + xlogy(s - k, 1 - rate)
    alike = betaln(0.5 + j + k, 0.5 + o - j + s - k) - betaln(0.5 + j, 0.5 + o - j)
    return np.asarray(expit(np.log(prior / (1 - prior)) + blind - alike))


def blind_spot_findings(tally: Tally) -> list[Finding]:
    """Blind spots of a session. Severity: posterior times the mean importance given by the holders."""
    limits = tally.thresholds
    held, not_held = tally.answers.held, tally.answers.not_held
    found = []
    for group in tally.groups:
        inside, outside = _held(held, not_held, group.members), _held(held, not_held, ~group.members)
        posterior = blind_posterior(*inside, *outside, thresholds=limits)
        blind = (posterior >= limits.possible) & _shape(*inside, *outside, thresholds=limits)
        for item in np.flatnonzero(blind).tolist():
            sure = posterior[item] >= limits.likely and tally.people > limits.small_session
            found.append(
                Finding(
                    kind="blind_spot",
                    item=tally.answers.items[item],
                    tier="likely" if sure else "possible",
                    severity=float(posterior[item]) * importance_share(tally, item),
                    grouping=group.grouping,
                    groups=(group.key,),
                    numbers=_numbers(tally, group.members, item) | {"posterior": float(posterior[item])},
                )
            )
    return found


def _held(held: Flags, not_held: Flags, who: Flags) -> tuple[Counts, Counts]:
    """People whose answer tells whether they hold each item, and those who do, (items,) each."""
    holders = np.count_nonzero(held[who], axis=0)
    return holders + np.count_nonzero(not_held[who], axis=0), holders


def _shape(group: Counts, holders: Counts, others: Counts, other_holders: Counts, *, thresholds: Thresholds) -> Flags:
    """Enough of the group answered, hardly any of them hold it, and at least half of the others do."""
    few = (group >= thresholds.min_group) & (holders <= thresholds.blind_group * group)
    return few & (others > 0) & (other_holders >= thresholds.blind_others * others)


def _numbers(tally: Tally, members: Flags, item: int) -> dict[str, Number]:
    answers = tally.answers
    (group, holders), (others, other_holders) = (
        _held(answers.held[:, [item]], answers.not_held[:, [item]], who) for who in (members, ~members)
    )
    return {
        "group": int(group[0]),
        "holders": int(holders[0]),
        "others": int(others[0]),
        "other_holders": int(other_holders[0]),
        "unknown": int(np.count_nonzero(answers.unknown[members, item])),
        "not_real": int(np.count_nonzero(answers.not_real[members, item])),
        "mean": float(tally.mean[item]) if tally.raters[item] else None,
    }
