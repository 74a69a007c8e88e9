"""Blind spots: made by chance where a role knows an item as well as all others, and found where it does not.

Nothing is left to chance: a session holds one item for every number of the role beside every number of the others who
hold it, and each item counts as often as its numbers occur. A role that is blind holds an item one time in twenty.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from scipy import stats

from alignment.divergence.blind_spot import blind_spot_findings
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, exact
from .worlds import Counts, asked, tables, yes

EXPECTED_RUNS = 4000
HELD = (0.6, 0.8, 0.95)
# false likely, false possible or likely, power likely, power possible or likely
EXPECTED = {
    (2, 4): (".020 - .11 -", ".016 - .37 -", ".002 - .73 -"),
    (2, 6): (".008 .038 .04 .21", ".011 .029 .24 .59", ".002 - .66 .87"),
    (3, 3): (".014 - .19 -", ".005 - .45 -", ".000 - .74 -"),
    (3, 9): (".005 .031 .06 .41", ".004 .007 .38 .79", ".000 - .80 .86"),
    (4, 26): (".010 .023 .29 .73", ".002 - .80 -", ".000 - .81 -"),
    (6, 24): (".005 - .59 -", ".001 - .89 -", ".000 - .97 -"),
    (20, 80): (".000 - .96 -", ".000 - 1.0 -", ".000 - 1.0 -"),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """False and found blind spots by the size of the role and of the rest, and how many of the rest hold the item."""
    del rng, runs
    for (role, others), expected in EXPECTED.items():
        k, j = tables(role, others).T
        tiers = _tiers(role, others, k, j)
        for held, printed in zip(HELD, expected, strict=True):
            told = iter(printed.split())
            for name, holds in (("false", held), ("found", 0.05)):
                chance = stats.binom.pmf(k, role, holds) * stats.binom.pmf(j, others, held)
                for least, tier in enumerate(("likely", "possible or likely")):
                    where = f"role of {role}, {others} others, {held} hold it"
                    yield exact(where, f"{name}, {tier}", chance[tiers >= 2 - least].sum(), next(told), EXPECTED_RUNS)


def _tiers(role: int, others: int, k: Counts, j: Counts) -> Counts:
    """For each table 2 where the role is likely blind, 1 where possibly."""
    held = np.concatenate([yes(role, k), yes(others, j)])
    answers = asked(np.where(held, 4.0, np.nan), ["role"] * role + ["rest"] * others, unknown=~held)
    items = {item: column for column, item in enumerate(answers.items)}
    tiers = np.zeros(k.size, dtype=np.int64)
    for found in blind_spot_findings(Tally(answers, Thresholds())):
        if found.groups == ("role",):
            tiers[items[str(found.item)]] = 2 if found.tier == "likely" else 1
    return tiers
