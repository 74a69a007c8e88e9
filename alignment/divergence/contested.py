"""Contested: some say an item has no place in this customer's world, while others rate it high."""

import numpy as np

from .arrays import divide
from .results import Finding, plain
from .tally import Tally


def contested_findings(tally: Tally) -> list[Finding]:
    """Contested items of a session. Severity: twice the share that calls the item not real, at most 1.

    Those who answered are those who rated, cannot say, or call it not real. Two who say so may have misread the
    question; from three on (`sure_people`) the finding is likely.
    """
    limits, answers = tally.thresholds, tally.answers
    not_real, unknown = np.count_nonzero(answers.not_real, axis=0), np.count_nonzero(answers.unknown, axis=0)
    answered, high = tally.raters + unknown + not_real, tally.ends[2]
    share = divide(not_real, answered, otherwise=0)
    contested = tally.enough & (not_real >= limits.contested_people) & (share >= limits.contested_share)
    contested &= high >= limits.contested_high
    return [
        Finding(
            kind="contested",
            item=answers.items[item],
            tier="likely" if not_real[item] >= limits.sure_people else "possible",
            severity=min(1.0, 2 * float(share[item])),
            numbers={
                "answered": int(answered[item]),
                "not_real": int(not_real[item]),
                "unknown": int(unknown[item]),
                "raters": int(tally.raters[item]),
                "high": int(high[item]),
                "mean": plain(tally.mean[item]),
            },
        )
        for item in np.flatnonzero(contested).tolist()
    ]
