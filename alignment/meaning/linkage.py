"""Puts things together pair by pair, the nearest first, as long as nothing forbids it."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .arrays import Floats, Vectors

PLACES = 6  # a tie in these is a tie, and goes to the lower places


class Affinity(Protocol):
    """How near two clusters are on average over the pairs between them."""

    def between(self, one: int, other: int) -> float: ...

    def join(self, one: int, other: int, both: int) -> None: ...


class OfVectors:
    """Mean cosine of all pairs between two clusters.

    For vectors of length 1 that is the product of the clusters' sums over the product of their sizes, so that no
    matrix of all pairs is needed.
    """

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._sums: dict[int, Floats] = {}
        self._sizes: dict[int, int] = {}

    def between(self, one: int, other: int) -> float:
        pairs = self._sizes.get(one, 1) * self._sizes.get(other, 1)
        return float((self._sum(one) * self._sum(other)).sum() / pairs)

    def join(self, one: int, other: int, both: int) -> None:
        self._sums[both] = self._sum(one) + self._sum(other)
        self._sizes[both] = self._sizes.get(one, 1) + self._sizes.get(other, 1)

    def _sum(self, cluster: int) -> Floats:
        held = self._sums.get(cluster)
        return self._vectors[cluster].astype(np.float64) if held is None else held


class OfPairs:
    """Mean over all pairs between two clusters of a score of two members."""

    def __init__(self, score: Callable[[int, int], float]) -> None:
        self._score = score
        self._members: dict[int, list[int]] = {}

    def between(self, one: int, other: int) -> float:
        here, there = self._of(one), self._of(other)
        return sum(self._score(a, b) for a in here for b in there) / (len(here) * len(there))

    def join(self, one: int, other: int, both: int) -> None:
        self._members[both] = [*self._of(one), *self._of(other)]

    def _of(self, cluster: int) -> list[int]:
        return self._members.get(cluster, [cluster])


@dataclass(frozen=True, slots=True)
class Cluster:
    """Members as places in ascending order, and the lowest average at which any of them were put together."""

    members: tuple[int, ...]
    score: float


def linked(
    edges: Iterable[tuple[int, int, float]],
    affinity: Affinity,
    allowed: Callable[[tuple[int, ...], tuple[int, ...]], bool],
    *,
    count: int,
    least: float,
) -> list[Cluster]:
    """Average linkage from the pairs in `edges` on, as long as the average is at least `least`.

    Parameters
    ----------
    edges : iterable of (int, int, float)
        Pairs of places below `count` whose own nearness is at least `least`. Two clusters with no such pair between
        them cannot reach it on average, so nothing else is looked at.
    affinity : Affinity
    allowed : callable
        Given the members of two clusters, whether they may ever be in one. It must hold for a part of a cluster if
        it holds for the whole.
    count : int
    least : float

    Returns
    -------
    list of Cluster
        Those of two members or more, by their first member. The same for the edges in any order.

    Notes
    -----
    Unweighted average linkage (UPGMA; Sokal and Michener 1958) with pairs that must not be linked.
    """
    members: dict[int, tuple[int, ...]] = {}
    scores: dict[int, float] = {}
    apart: dict[int, set[int]] = {}
    beside: dict[int, set[int]] = {}
    heap: list[tuple[float, int, int, int, int]] = []

    def add(score: float, one: int, other: int) -> None:
        first, second = sorted((members[one][0], members[other][0]))
        heapq.heappush(heap, (-round(score, PLACES), first, second, one, other))

    for one, other, score in edges:
        for place in (one, other):
            if place not in members:
                members[place], scores[place] = (place,), 1.0
                beside[place], apart[place] = set(), set()
        beside[one].add(other)
        beside[other].add(one)
        add(score, one, other)

    made = count
    while heap:
        negative, _first, _second, one, other = heapq.heappop(heap)
        if one not in members or other not in members or other in apart[one]:
            continue
        if not allowed(members[one], members[other]):
            apart[one].add(other)
            apart[other].add(one)
            continue
        both, made = made, made + 1
        affinity.join(one, other, both)
        members[both] = tuple(sorted((*members.pop(one), *members.pop(other))))
        scores[both] = min(scores.pop(one), scores.pop(other), -negative)
        beside[both] = (beside.pop(one) | beside.pop(other)) - {one, other}
        apart[both] = apart.pop(one) | apart.pop(other)
        for rest in sorted(beside[both]):
            beside[rest] = (beside[rest] - {one, other}) | {both}
            if rest in apart[both]:
                apart[rest].add(both)
            elif (score := affinity.between(both, rest)) >= least - 10.0**-PLACES:
                add(score, both, rest)
    found = [Cluster(members[key], scores[key]) for key in members if len(members[key]) > 1]
    return sorted(found, key=lambda cluster: cluster.members)
