"""Untested: most call an item important, and hardly anyone has more than a guess or an anecdote behind it.

Two shares are judged, each with Jeffreys' prior: that of the raters who call the item important, which should be three
fifths or more, and that of the people with evidence among those who said how they know, which should be a third or
less. The two probabilities are multiplied. Like every statement about answers, this takes three of each.
"""

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Counts, Floats, divide
from .distributions import beta_above, beta_below
from .results import Finding
from .spread import importance_share
from .tally import Tally
from .thresholds import Thresholds

DEFAULTS = Thresholds()


def important_posterior(high: ArrayLike, raters: ArrayLike, *, thresholds: Thresholds = DEFAULTS) -> Floats:
    """Probability that the true share of people who rate an item high reaches `untested_important`.

    Examples
    --------
    >>> important_posterior([11, 5], [12, 10]).round(3)
    array([0.993, 0.256])
    """
    x, n = np.asarray(high, dtype=float), np.asarray(raters, dtype=float)
    return beta_above(thresholds.untested_important, 0.5 + x, 0.5 + n - x)


def unsupported_posterior(evident: ArrayLike, answers: ArrayLike, *, thresholds: Thresholds = DEFAULTS) -> Floats:
    """Probability that the true share of people with evidence is `untested_evident` or less.

    Examples
    --------
    >>> unsupported_posterior([1, 5], [12, 10]).round(3)
    array([0.979, 0.143])
    """
    x, n = np.asarray(evident, dtype=float), np.asarray(answers, dtype=float)
    return beta_below(thresholds.untested_evident, 0.5 + x, 0.5 + n - x)


def untested_findings(tally: Tally) -> list[Finding]:
    """Untested items of a session. Severity: mean importance times the share of people without evidence.

    Likely by the posterior that makes any other finding likely; possible from `untested_posterior` on.
    """
    limits = tally.thresholds
    high, (answers, evident) = tally.ends[2], evidence_counts(tally)
    important = important_posterior(high, tally.raters, thresholds=limits)
    unsupported = unsupported_posterior(evident, answers, thresholds=limits)
    posterior = important * unsupported
    untested = tally.enough & (answers >= limits.min_raters) & (posterior >= limits.untested_posterior)
    without = 1 - divide(evident, answers, otherwise=0)
    return [
        Finding(
            kind="untested",
            item=tally.answers.items[item],
            tier="likely" if posterior[item] >= limits.likely else "possible",
            severity=importance_share(tally, item) * float(without[item]),
            dimension="evidence",
            numbers={
                "raters": int(tally.raters[item]),
                "high": int(high[item]),
                "mean": float(tally.mean[item]),
                "evidence_answers": int(answers[item]),
                "with_evidence": int(evident[item]),
                "without_evidence": int(answers[item] - evident[item]),
                "posterior_important": float(important[item]),
                "posterior_unsupported": float(unsupported[item]),
                "posterior": float(posterior[item]),
            },
        )
        for item in np.flatnonzero(untested).tolist()
    ]


def evidence_counts(tally: Tally) -> tuple[Counts, Counts]:
    """People who said how they know, and those of them who have evidence, (items,) each."""
    given = tally.answers.evidence
    if given is None:
        none = np.zeros(len(tally.answers.items), dtype=np.int64)
        return none, none
    least = tally.thresholds.first_evident(tally.answers.evidence_levels)
    answers, evident = np.count_nonzero(~np.isnan(given), axis=0), np.count_nonzero(given >= least, axis=0)
    return np.asarray(answers, dtype=np.int64), np.asarray(evident, dtype=np.int64)
