"""Severity, of which no figures were expected: whether it tells planted divergences from those of chance.

Sessions of 40 items, a fifth missing: four items each of an even split, answers at random, a gap of two points between
the largest role and the rest, a lone voice, a blind role and no evidence; on the other 16 people differ by noise only.
"Planted" is the mean severity of findings of that kind on its own items, "by chance" on the 16, and "told apart" how
often the first is more severe than the second: .5 would be a severity that says nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.random import Generator

from alignment.divergence import Answers, Result, analyse

from .figures import Cell, mean, times
from .worlds import LEVELS, MISSING, Floats, asked, opinions, roles_of, said

KINDS = ("split", "scattered", "role_gap", "lone_voice", "blind_spot", "untested")
EACH, PLAIN = 4, 16
ITEMS = EACH * len(KINDS) + PLAIN
PEOPLE = (6, 8, 12, 30)


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Severity of each kind of finding, planted and by chance."""
    for people in PEOPLE:
        planted: dict[str, list[float]] = defaultdict(list)
        chance: dict[str, list[float]] = defaultdict(list)
        for _ in range(times(600, runs)):
            _sort(analyse(invented(rng, people)), planted, chance)
        for kind in KINDS:
            yield from _cells(f"n={people}, {kind}", planted[kind], chance[kind])


def _cells(where: str, planted: list[float], chance: list[float]) -> Iterator[Cell]:
    for name, severities in {"planted": planted, "by chance": chance}.items():
        if len(severities) > 1:
            yield mean(where, name, severities)
    if len(planted) > 1 and len(chance) > 10:
        below = np.searchsorted(np.sort(chance), planted) + np.searchsorted(np.sort(chance), planted, side="right")
        yield mean(where, "told apart", below / 2 / len(chance))


def _sort(result: Result, planted: Mapping[str, list[float]], chance: Mapping[str, list[float]]) -> None:
    """Severities by kind, of findings on items where that kind was planted and where nothing was."""
    for found in result.findings:
        if found.kind in KINDS and found.item is not None:
            number = int(found.item[1:])
            if number // EACH == KINDS.index(found.kind):
                planted[found.kind].append(found.severity)
            elif number >= EACH * len(KINDS):
                chance[found.kind].append(found.severity)


def invented(rng: Generator, people: int) -> Answers:
    """A session with something planted on the first items, four of each kind."""
    roles = roles_of(people)
    first = np.array([role == "r0" for role in roles])
    at = {kind: slice(EACH * place, EACH * (place + 1)) for place, kind in enumerate(KINDS)}
    latent = opinions(rng, people, ITEMS)
    _plant(rng, latent, first, at)
    unknown = rng.random(latent.shape) < 0.05
    unknown[first, at["blind_spot"]] = rng.random((np.count_nonzero(first), EACH)) < 0.95
    missing = unknown | (rng.random(latent.shape) < MISSING)
    evident = rng.random(latent.shape) < 0.6
    evident[:, at["untested"]] = rng.random((people, EACH)) < 0.1
    return asked(np.where(missing, np.nan, said(latent)), roles, unknown=unknown, evidence=np.where(evident, 2.0, 1.0))


def _plant(rng: Generator, latent: Floats, first: np.ndarray, at: Mapping[str, slice]) -> None:
    people = len(latent)
    side = np.where(rng.permutation(people) < people // 2, 1.5, 4.5)[:, None]
    latent[:, at["split"]] = side + rng.normal(0, 0.6, (people, EACH))
    latent[:, at["scattered"]] = rng.integers(1, LEVELS + 1, (people, EACH))
    latent[:, at["role_gap"]] += np.where(first, 1, -1)[:, None]
    latent[:, at["lone_voice"]] = rng.normal(4.4, 0.6, (people, EACH))
    latent[rng.integers(people), at["lone_voice"]] = 1
    latent[:, at["blind_spot"]] += 0.8
    latent[:, at["untested"]] = rng.normal(4.5, 0.6, (people, EACH))
