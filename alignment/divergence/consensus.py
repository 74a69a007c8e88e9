"""Consensus: enough people rate an item alike, high or low, that it need not be discussed.

Three of four by count flags many random sessions of four; so the share of the larger end must be two thirds or more
with a probability of .8 (Jeffreys' prior), and the answers must agree clearly better than random ones. Then everybody
must have had a say: raters among those asked, overall and in each role. Variants:

- "agreed": all conditions hold, with six raters or more;
- "tentative": all conditions hold, with fewer raters (four of four come from a split population one time in eight);
- "few": the raters agree, but too few of those asked, or of a role, rated it, or a role stands apart.
"""

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Flags, Floats
from .distributions import beta_above
from .results import Finding
from .spread import spread_numbers
from .tally import Tally
from .thresholds import Thresholds

DEFAULTS = Thresholds()


def share_posterior(agreeing: ArrayLike, raters: ArrayLike, *, thresholds: Thresholds = DEFAULTS) -> Floats:
    """Probability that the true share of people who answer alike reaches the share a consensus needs.

    Parameters
    ----------
    agreeing, raters : array_like of int
        People on the larger end of the scale, and all who rated.

    Returns
    -------
    ndarray of float

    Examples
    --------
    >>> share_posterior([4, 6, 9], [4, 8, 10]).round(3)
    array([0.937, 0.677, 0.952])
    """
    x, n = np.asarray(agreeing, dtype=float), np.asarray(raters, dtype=float)
    return beta_above(thresholds.consensus_share, 0.5 + x, 0.5 + n - x)


def consensus_findings(tally: Tally, *, contradicted: frozenset[str]) -> list[Finding]:
    """Agreements of a session. Severity, here the strength of the agreement: agreement times coverage.

    Parameters
    ----------
    tally : Tally
    contradicted : frozenset of str
        Keys of items with a role gap or a blind spot, on which a role stands apart.
    """
    limits = tally.thresholds
    low, _, high = tally.ends
    posterior = share_posterior(np.maximum(low, high), tally.raters, thresholds=limits)
    alike = tally.enough & (posterior >= limits.consensus_posterior)
    alike[alike] = tally.agreement[alike] >= limits.consensus_agreement
    heard = everybody_heard(tally)
    found = []
    for item in np.flatnonzero(alike).tolist():
        variant = _variant(tally, item, heard=bool(heard[item]) and tally.answers.items[item] not in contradicted)
        found.append(
            Finding(
                kind="consensus",
                variant=variant,
                item=tally.answers.items[item],
                tier="likely" if variant == "agreed" else "possible",
                severity=float(tally.agreement[item] * min(1.0, tally.coverage[item])),
                numbers=spread_numbers(tally, item) | {"posterior": float(posterior[item])},
            )
        )
    return found


def everybody_heard(tally: Tally) -> Flags:
    """Items that enough of those asked rated, overall and in every role of which two people or more were asked."""
    limits = tally.thresholds
    heard = tally.coverage >= limits.coverage
    for role, who in tally.roles.items():
        asked = np.count_nonzero(tally.answers.asked[who], axis=0)  # (items,)
        raters = tally.role_counts[role].sum(axis=1)
        heard &= (asked < limits.min_group) | (raters >= limits.role_coverage * asked)
    return heard


def _variant(tally: Tally, item: int, *, heard: bool) -> str:
    if not heard:
        return "few"
    return "tentative" if tally.raters[item] < tally.thresholds.tentative_below else "agreed"
