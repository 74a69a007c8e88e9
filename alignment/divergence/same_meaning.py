"""Superficial and definition: people who say that the working definition is not what they mean by the words.

Each was asked whether the working definition of an item is what they mean. Where some say *different*, the agreement
on the item is *superficial*: one label, several meanings. Where most do, it is the *definition* that is wrong. Both
are counts of what people declare. The answers are compared with nothing else, and never with each other: two people
who both say *different* need not mean the same.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Counts, Flags, Floats, divide
from .results import Finding, Number, plain
from .spread import importance_share
from .tally import Tally


@dataclass(frozen=True, eq=False)
class Declared:
    """What people declare about the working definition of each item, all of shape (items,)."""

    answered: Counts
    different: Counts
    same: Counts

    @cached_property
    def share(self) -> Floats:
        """Those who mean something else, among those who answered."""
        return divide(self.different, self.answered, otherwise=0)


def declared(tally: Tally) -> Declared:
    """Count the lowest point of the scale as different and the highest as the same."""
    given = tally.answers.same_meaning
    if given is None:
        none = np.zeros(len(tally.answers.items), dtype=np.int64)
        return Declared(none, none, none)
    counted = (~np.isnan(given), given == 0, given == tally.answers.same_meaning_levels - 1)
    return Declared(*(np.asarray(np.count_nonzero(flags, axis=0), dtype=np.int64) for flags in counted))


def superficial_findings(tally: Tally) -> list[Finding]:
    """Items whose words mean several things. Severity: share that means something else, times mean importance.

    Likely when three people say so, or two whose texts were found to contradict each other (variant "opposed", which
    marks such an item at any number of people).
    """
    limits, said = tally.thresholds, declared(tally)
    several = _asked_enough(tally, said) & (said.share >= limits.different_share) & (said.share < limits.different_most)
    found = []
    for item in np.flatnonzero(several & (said.different >= limits.different_people)).tolist():
        opposed = tally.answers.items[item] in tally.opposed
        found.append(
            Finding(
                kind="superficial",
                variant="opposed" if opposed else "",
                item=tally.answers.items[item],
                tier="likely" if opposed or said.different[item] >= limits.sure_people else "possible",
                severity=float(said.share[item]) * importance_share(tally, item),
                dimension="same_meaning",
                numbers=_numbers(tally, said, item),
            )
        )
    return found


def definition_findings(tally: Tally) -> list[Finding]:
    """Items whose working definition most people do not mean. Severity: their share.

    Likely when three people say so; two of three is the least that can be said, and only possible.
    """
    limits, said = tally.thresholds, declared(tally)
    return [
        Finding(
            kind="definition",
            item=tally.answers.items[item],
            tier="likely" if said.different[item] >= limits.sure_people else "possible",
            severity=float(said.share[item]),
            dimension="same_meaning",
            numbers=_numbers(tally, said, item),
        )
        for item in np.flatnonzero(_asked_enough(tally, said) & (said.share >= limits.different_most)).tolist()
    ]


def _asked_enough(tally: Tally, said: Declared) -> Flags:
    return said.answered >= tally.thresholds.min_raters


def _numbers(tally: Tally, said: Declared, item: int) -> dict[str, Number]:
    answered, different, same = (int(counts[item]) for counts in (said.answered, said.different, said.same))
    return {
        "answered": answered,
        "different": different,
        "not_sure": answered - different - same,
        "same": same,
        "mean": plain(tally.mean[item]),
    }
