"""Simulate how deep a valley chance alone digs, and write alignment/divergence/valley_table.json.

Usage: python bin/make_valley_table.py

For each number of levels and of people, people answer at random, each level as likely as any other: the single-peaked
population that looks most like two peaks. The file keeps, for each tail probability, the smallest statistic that is
reached with at most that probability, or null where no table of counts reaches it. Same seed, same bytes.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment.divergence.valley import TABLE, valley_statistic

SEED = 20260101
SESSIONS = 40_000
CHUNK = 10_000
PROBABILITIES = [1, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.125, 0.1, 0.075, 0.05, 0.025, 0.01, 0.005, 0.001]
PEOPLE = [*range(4, 101), 120, 150, 200, 300, 500, 1000, 3000]
LEVELS = range(3, 11)
DECIMALS = 3


def limits(rng, people, levels):
    """The smallest statistic reached with at most each tail probability."""
    population = np.full(levels, 1 / levels)
    drawn = [valley_statistic(rng.multinomial(people, population, size=CHUNK)) for _ in range(SESSIONS // CHUNK)]
    values, times = np.unique(np.round(np.concatenate(drawn), 6), return_counts=True)
    tail = np.cumsum(times[::-1])[::-1] / SESSIONS  # share of sessions that reach each value
    reached = [values[tail <= probability] for probability in PROBABILITIES]
    # Cut, not rounded, so that the very table of counts that sets a limit reaches it.
    return [float(np.floor(these[0] * 10**DECIMALS) / 10**DECIMALS) if these.size else None for these in reached]


def main():
    rng = np.random.default_rng(SEED)
    blocks = []
    for levels in LEVELS:
        rows = ",\n   ".join(json.dumps(limits(rng, people, levels)) for people in PEOPLE)
        blocks.append(f'  "{levels}": [\n   {rows}\n  ]')
    head = f'{{"probabilities": {json.dumps(PROBABILITIES)},\n "people": {json.dumps(PEOPLE)},\n "limits": {{\n'
    TABLE.write_text(head + ",\n".join(blocks) + "\n }\n}\n")


if __name__ == "__main__":
    main()
