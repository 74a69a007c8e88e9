"""Untested assumptions: by the true share of people who rate high, and of those with evidence.

Nothing is left to chance: a session holds one item for every number of people who rate high beside every number with
evidence, and each item counts as often as its numbers occur.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from scipy import stats

from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds
from alignment.divergence.untested import untested_findings

from .figures import Cell, exact
from .worlds import SIZES, asked, roles_of, tables, yes

EXPECTED_RUNS = 4000
EXPECTED = {
    (0.9, 0.1): (".42", ".78", ".79", ".95", "1", "1"),
    (0.5, 0.5): (".004", ".013", ".006", ".002", "0", "0"),
    (0.9, 0.6): ("<=.04",) * len(SIZES),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """How often the rule tells of an item, for each truth and number of people."""
    del rng, runs
    for place, people in enumerate(SIZES):
        high, evident = tables(people, people).T
        told = _told(people, high, evident)
        for (important, known), expected in EXPECTED.items():
            chance = stats.binom.pmf(high, people, important) * stats.binom.pmf(evident, people, known)
            where = f"n={people}, {important} high, {known} evidence"
            yield exact(where, "possible or likely", chance[told].sum(), expected[place], EXPECTED_RUNS)


def _told(people: int, high: np.ndarray, evident: np.ndarray) -> np.ndarray:
    """For each table whether the rule tells of it."""
    answers = asked(
        np.where(yes(people, high), 4.0, 3.0), roles_of(people), evidence=np.where(yes(people, evident), 2.0, 1.0)
    )
    items = {item: column for column, item in enumerate(answers.items)}
    told = np.zeros(high.size, dtype=bool)
    told[[items[str(found.item)] for found in untested_findings(Tally(answers, Thresholds()))]] = True
    return told
