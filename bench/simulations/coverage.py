"""Coverage and roles in a consensus, of which no figures were expected.

Nine in ten rate high (the population of `consensus`), 20 items; a role that says the opposite does so on five. Told in
full: as agreed or tentative. As few: too few of those asked, or of a role, rated, or a role stands apart.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence import analyse

from .consensus import POPULATIONS
from .figures import Cell, share, times
from .worlds import LEVELS, SIZES, asked, roles_of

ITEMS, OPPOSITE = 20, 5
HIGH = POPULATIONS["90 % high"][0]


# The share that answers of all roles but the largest, that of the largest, and whether that says the opposite.
WORLDS = {
    "all answer": (1.0, 1.0, False),
    "four in five answer": (0.8, 0.8, False),
    "three in five answer": (0.6, 0.6, False),
    "a role hardly answers": (0.9, 0.25, False),
    "a role says the opposite": (0.8, 0.8, True),
}


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """How many items are told as agreement, and how many as agreement among few, by who is missing or disagrees."""
    for people in SIZES:
        sessions = times(200 if people < 100 else 60, runs)
        for name, (answering, of_first, opposite) in WORLDS.items():
            counted = OPPOSITE if opposite else ITEMS
            found = [_variants(rng, people, answering, of_first, opposite)[:counted] for _ in range(sessions)]
            told = np.array(found).ravel()
            yield share(f"n={people}, {name}", "told in full", (told == "agreed") | (told == "tentative"))
            yield share(f"n={people}, {name}", "told as few", told == "few")


def _variants(rng: Generator, people: int, answering: float, of_first: float, opposite: bool) -> list[str]:
    """How each item of one session is told."""
    first = np.array([role == "r0" for role in roles_of(people)])[:, None]
    ratings = rng.choice(LEVELS, (people, ITEMS), p=HIGH) + 1.0
    turned = first & opposite & (np.arange(ITEMS) < OPPOSITE)
    ratings = np.where(turned, LEVELS + 1 - ratings, ratings)
    answered = rng.random(ratings.shape) < np.where(first, of_first, answering)
    answers = asked(np.where(answered, ratings, np.nan), roles_of(people))
    variants = {found.item: found.variant for found in analyse(answers).findings if found.kind == "consensus"}
    return [variants.get(item, "") for item in answers.items]
