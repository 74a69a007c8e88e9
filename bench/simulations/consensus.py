"""Consensus: agreement among those who rated, before it is asked whether everybody was heard.

The expected figures come without their populations. These were looked for so that they give them, round shares only,
which leaves less to check than it seems: at most four shares stand for twelve figures. The second figure, three
quarters by count, is computed beside the rule's to hold the population, not the engine, to what was expected.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.consensus import share_posterior
from alignment.divergence.distance import agreement
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, share, times
from .worlds import LEVELS, SIZES, Counts, drawn, level_shares

EXPECTED_RUNS = 4000
LIMITS = Thresholds()
NONE = ".000 .000"
POPULATIONS = {
    "uniform": (np.full(LEVELS, 0.2), (".043 .118", ".036 .036", ".010 .026", ".003 .006", NONE, NONE)),
    "split": (np.array([0.45, 0.05, 0, 0.05, 0.45]), (".128 .128", ".041 .041", ".043 .043", ".009 -", NONE, NONE)),
    "bell, 3 sd 1": (level_shares(3, 1), (".016 .122", ".022 .022", ".004 .025", ".000 -", NONE, NONE)),
    "70 % high": (
        np.array([0.02, 0.08, 0.2, 0.4, 0.3]),
        (".24 .45", ".35 .35", ".24 .43", ".23 .39", ".26 -", ".43 .16"),
    ),
    "80 % high": (
        np.array([0.02, 0.06, 0.12, 0.4, 0.4]),
        (".41 .58", ".52 .52", ".47 .63", ".49 .62", ".69 -", ".91 .87"),
    ),
    "90 % high": (
        np.array([0, 0.02, 0.08, 0.4, 0.5]),
        (".66 .79", ".83 .83", ".81 .92", ".88 .95", ".99 -", "1 1"),
    ),
    "97 % high": (np.array([0, 0, 0.03, 0.4, 0.57]), (".89 .95", ".99 .99", ".98 -", "1 -", "1 -", "1 1")),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """How often a population passes for agreement, for each number of people."""
    for name, (shares, expected) in POPULATIONS.items():
        for people, printed in zip(SIZES, expected, strict=True):
            ours, by_count = _alike(drawn(rng, people, shares, times(20_000, runs)), people)
            told, told_by_count = printed.split()
            yield share(f"n={people}, {name}", "the rule", ours, told, EXPECTED_RUNS)
            yield share(f"n={people}, {name}", "three quarters by count", by_count, told_by_count, EXPECTED_RUNS)


def _alike(counts: Counts, people: int) -> tuple[np.ndarray, np.ndarray]:
    """By the rule, and by three quarters of those who rated."""
    width = LIMITS.ends(LEVELS)
    larger = np.maximum(counts[:, :width].sum(axis=1), counts[:, -width:].sum(axis=1))
    clear = agreement(counts) >= LIMITS.consensus_agreement
    return clear & (share_posterior(larger, people) >= LIMITS.consensus_posterior), clear & (larger >= 0.75 * people)
