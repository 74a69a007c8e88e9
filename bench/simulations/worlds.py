"""The invented people of the simulations: opinions are normal, told on five levels, with the same noise everywhere."""

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from alignment.divergence import Answers
from tests.divergence.sessions import answers_from

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]

LEVELS = 5
SIZES = (4, 6, 8, 12, 30, 100)
ROLES = {4: (2, 2), 6: (3, 3), 8: (3, 3, 2), 12: (3, 3, 3, 3), 30: (6, 5, 5, 4, 4, 3, 3)} | {
    100: (25, 20, 17, 14, 11, 8, 5),
}
NOISE, ITEM, PERSON, MISSING = 0.8, 0.6, 0.4, 0.2
MIDDLE = 3.0


def level_shares(mean: ArrayLike, sd: float) -> Floats:
    """Which share of people with normal opinions say each level, (..., levels).

    >>> level_shares(3, 1).round(3)
    array([0.067, 0.242, 0.383, 0.242, 0.067])
    """
    cuts = (np.arange(1, LEVELS) + 0.5 - np.asarray(mean, dtype=float)[..., None]) / sd
    below = stats.norm.cdf(cuts)
    none = np.zeros((*below.shape[:-1], 1))
    return np.diff(np.concatenate([none, below, none + 1], axis=-1), axis=-1)


def distance_of(shares: Floats) -> Floats:
    """Mean distance of two people of a population, (...): what the engine estimates from a few of them."""
    below = np.cumsum(shares, axis=-1)[..., :-1]
    return np.asarray(2 * (below * (1 - below)).sum(axis=-1) / (LEVELS - 1))


def drawn(rng: Generator, people: int, shares: Floats, items: int) -> Counts:
    """Level counts of so many people, drawn anew for each item, (items, levels)."""
    return rng.multinomial(people, shares, size=items)


def said(latent: Floats) -> Floats:
    """Opinions as they are told on the scale."""
    return np.clip(np.rint(latent), 1, LEVELS)


def roles_of(people: int) -> list[str]:
    """The role of each person, the largest role first."""
    return [f"r{role}" for role, size in enumerate(ROLES[people]) for _ in range(size)]


def skipped(rng: Generator, ratings: Floats, share: float = MISSING) -> Floats:
    """The same ratings without a share of them."""
    return np.where(rng.random(ratings.shape) < share, np.nan, ratings)


def opinions(rng: Generator, people: int, items: int, *, person: float = PERSON) -> Floats:
    """What people think: items differ, people rate all higher or lower, and each opinion has noise."""
    return rng.normal(MIDDLE, ITEM, items) + rng.normal(0, person, (people, 1)) + rng.normal(0, NOISE, (people, items))


def asked(ratings: Floats, roles: list[str], **further: object) -> Answers:
    """A round of these ratings in which everybody was asked about everything."""
    everybody = np.ones(ratings.shape, dtype=bool)
    answers: Answers = answers_from(
        ratings, roles, lenses=dict.fromkeys(roles, "none"), **{"asked": everybody} | further
    )
    return answers


def tables(*sizes: int) -> Counts:
    """Every way in which some of each of several numbers of people can say yes, (tables, groups).

    >>> tables(1, 2).T
    array([[0, 0, 0, 1, 1, 1],
           [0, 1, 2, 0, 1, 2]])
    """
    return np.stack(np.meshgrid(*(np.arange(size + 1) for size in sizes), indexing="ij"), axis=-1).reshape(
        -1, len(sizes)
    )


def yes(people: int, some: Counts) -> NDArray[np.bool_]:
    """For each table so many of the people, (people, tables)."""
    return np.arange(people)[:, None] < some
