"""Evidence clash: people with evidence stand on both sides of an item.

Two who say that it hardly matters and two who say that it matters most each have more than a guess or an anecdote
behind it. Nobody is wrong for want of data, so the data belong side by side: other customers, other times or other
questions may have been asked. Those who have no evidence, or did not say how they know, may stand anywhere.

This is a count of what people declare, and no test: at three with evidence on each side it is likely, below only
possible, which takes six people, so a handful never makes it likely. A fixed count is reached the sooner the more
people there are. Where half of all answers come with evidence, .02, .16 and .62 of items are flagged at 6, 12 and 30
people who share one opinion (3.6, spread 1 point), .00, .02 and .33 as likely; of two camps .14, .65 and .99, and .00,
.28 and .97. Severity tells them apart: it is 1 - agreement.
"""

import numpy as np

from .answers import Answers
from .arrays import Flags
from .results import Finding
from .spread import disagreement
from .tally import Tally
from .thresholds import Thresholds


def evidence_clash_findings(tally: Tally) -> list[Finding]:
    """Evidence clashes of a session. Severity: 1 - agreement, capped to [0, 1].

    Parameters
    ----------
    tally : Tally
        Uses `min_raters`, `clash_people`, `sure_people` and what counts as low, high and evidence.

    Returns
    -------
    list of Finding
        By item key. `numbers` are the raters of the item, those who rate it low and high, and how many of these have
        evidence.
    """
    limits, answers = tally.thresholds, tally.answers
    low, _between, high = tally.ends
    width, has = limits.ends(tally.levels), with_evidence(answers, thresholds=limits)
    low_evident = np.count_nonzero(has & (answers.importance <= width), axis=0)  # (items,)
    high_evident = np.count_nonzero(has & (answers.importance > tally.levels - width), axis=0)
    fewest = np.minimum(low_evident, high_evident)
    return [
        Finding(
            kind="evidence_clash",
            item=answers.items[item],
            tier="likely" if fewest[item] >= limits.sure_people else "possible",
            severity=disagreement(tally, item),
            dimension="evidence",
            numbers={
                "raters": int(tally.raters[item]),
                "low": int(low[item]),
                "low_with_evidence": int(low_evident[item]),
                "high": int(high[item]),
                "high_with_evidence": int(high_evident[item]),
                "agreement": float(tally.agreement[item]),
            },
        )
        for item in np.flatnonzero(tally.enough & (fewest >= limits.clash_people)).tolist()
    ]


def with_evidence(answers: Answers, *, thresholds: Thresholds) -> Flags:
    """Who has evidence about what, shape (people, items); nobody where the round did not ask."""
    if answers.evidence is None:
        return np.zeros_like(answers.asked)
    return np.asarray(answers.evidence >= thresholds.first_evident(answers.evidence_levels), dtype=np.bool_)
