"""Scattered: answers agree hardly more than random ones would, without forming two camps."""

import numpy as np

from .index import agreement_interval
from .results import Finding
from .split import split_flags
from .spread import disagreement, spread_numbers
from .tally import Tally


def scattered_findings(tally: Tally) -> list[Finding]:
    """Scattered items of a session. Severity: 1 - agreement, capped to [0, 1].

    Likely when the interval around the item's agreement, leaving out one rater at a time, ends below the agreement
    that a consensus needs: then chance alone would hardly hide an agreed item behind these answers.
    """
    limits = tally.thresholds
    possible, likely = split_flags(tally.counts, thresholds=limits)
    scattered = tally.enough & ~possible & ~likely
    scattered[scattered] = tally.agreement[scattered] <= limits.scattered_agreement
    found = []
    for item in np.flatnonzero(scattered).tolist():
        high = agreement_interval(tally.counts[item], confidence=limits.confidence)[1]
        found.append(
            Finding(
                kind="scattered",
                item=tally.answers.items[item],
                tier="likely" if high is not None and high < limits.consensus_agreement else "possible",
                severity=disagreement(tally, item),
                numbers=spread_numbers(tally, item) | {"agreement_high": high},
            )
        )
    return found
