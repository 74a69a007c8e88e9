"""Works out of published facts what few people answered.

A set of fewer than k people is *recovered* on an item when the sum of their answers is the same in everything that fits
all facts (see `puzzle`). It is looked for in three ways:

- *subtracted*: the set is a linear combination of groups whose sums are published, exactly, as `sdcTable` attacks;
- *bounded*: smallest and largest sum that fit, by integer programming;
- *unanimous*: all who rated of a part of any size certainly gave the same answer, so that every one of them did.

That many people were new to an item, or called it not real, is no sum of answers and not counted. Where all but the
reader gave the same rating, the whole distribution says so, which every mode promises to show: that is counted apart.
That a role was hidden *because* it answered alike is not reckoned with: only published figures are.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from .puzzle import EXACT, POINTS, Puzzle


@dataclass(frozen=True)
class Recovered:
    """A set of people whose summed answers a reader works out."""

    reader: str
    item: str
    dim: str
    people: frozenset
    how: str


@dataclass
class Tried:
    """What came of an attack."""

    sets: int = 0
    recovered: tuple = ()
    told_by_the_whole: int = 0

    def __add__(self, other):
        return Tried(
            self.sets + other.sets,
            self.recovered + other.recovered,
            self.told_by_the_whole + other.told_by_the_whole,
        )


def attack(made, reader, moments):
    """Everything that a reader can work out of what they saw at one or more moments."""
    found = Tried()
    for title in made.items:
        for dim in POINTS:
            found += Attack(made, reader, moments, title, dim).solve(made.k)
    return found


class Attack(Puzzle):
    """Looks for what a puzzle gives away."""

    def solve(self, k):
        """Try every set of fewer than k people, and every part."""
        tried = Tried()
        if not self.others or not self.rows:
            return tried
        everybody = sum(self.rated(part) for part in self.others)
        is_told = np.count_nonzero(everybody) == 1 and len(self.known) > 0
        for size in range(1, len(self.others) + 1):
            for chosen in combinations(self.others, size):
                if sum(self.rated(part).sum() for part in chosen) < k:
                    tried += self._judged(chosen, self._how_recovered(chosen), is_told)
        for part in self.others:
            if np.count_nonzero(self.rated(part)) == 1 and self.rated(part).sum() >= k:
                tried += self._judged((part,), "" if self._may_move(part) else "unanimous", is_told)
        return tried

    def _judged(self, chosen, how, is_told):
        if not how:
            return Tried(1)
        if is_told and how != "subtracted":
            return Tried(1, (), 1)
        people = frozenset().union(*(self.parts[part] for part in chosen))
        return Tried(1, (Recovered(self.reader.name, self.item, self.dim, people, how),))

    def _how_recovered(self, chosen):
        if self._is_subtracted(chosen):
            return "subtracted"
        return "" if self._may_swap(chosen) or self._has_room(chosen) else "bounded"

    @cached_property
    def _kernel(self):
        """What published sums leave open: a basis of the directions in which the parts' sums could still move."""
        rows = [[part in group for part in self.names] for group in self.known]
        rows += [[part == each for each in self.names] for part in self.names if part not in self.others]
        matrix = np.array(rows, dtype=float).reshape(-1, len(self.names))
        _, sizes, directions = np.linalg.svd(matrix) if len(matrix) else (None, np.array([]), np.eye(len(self.names)))
        return directions[np.count_nonzero(sizes > 1e-9) :]

    def _is_subtracted(self, chosen):
        chosen = np.array([part in chosen for part in self.names], dtype=float)
        return bool(self.known) and not (abs(self._kernel @ chosen) > 1e-9).any()

    @cached_property
    def _swaps(self):
        """(one, other) for parts that could have exchanged two different answers, as far as anybody can tell."""
        matrix, low, high = self.matrix
        values = matrix @ self.truth
        found = set()
        for one in self.others:
            for other in [*self.others, None]:
                if one != other and any(self._fits(one, other, values, matrix, low, high)):
                    found.add((one, other))
        return found

    def _fits(self, one, other, values, matrix, low, high):
        for given in np.flatnonzero(self.rated(one)):
            for taken in range(len(self.levels)):
                if taken == given or (other is not None and not self.rated(other)[taken]):
                    continue
                moved = values + self._exchange(matrix, one, given, taken)
                if other is not None:
                    moved = moved + self._exchange(matrix, other, taken, given)
                yield bool(((moved >= low - EXACT) & (moved <= high + EXACT)).all())

    def _exchange(self, matrix, part, given, taken):
        at = self.at(part, self.levels[0])
        return matrix[:, at + taken] - matrix[:, at + given]

    def _may_swap(self, chosen):
        return any(
            (one in chosen) and (other not in chosen)  # None: an answer that no total of others holds fast
            for one, other in self._swaps
        ) or any((one not in chosen) and (other in chosen) for one, other in self._swaps)

    def _may_move(self, part):
        """Whether somebody of a part may have given another answer than all of them did."""
        if any(part in pair for pair in self._swaps):
            return True
        level = int(np.flatnonzero(self.rated(part))[0])
        goal = np.zeros(len(self.truth))
        for n in range(len(self.levels)):
            goal[self.at(part, self.levels[n])] = float(n != level)
        return self._reaches(goal, 0)

    def _has_room(self, chosen):
        """Whether another sum of the chosen fits as well."""
        goal = np.zeros(len(self.truth))
        for part in chosen:
            for level in self.levels:
                goal[self.at(part, level)] = level
        return self._reaches(goal, goal @ self.truth)

    def _reaches(self, goal, value):
        """Whether `goal` can be anything else than `value`."""
        matrix, low, high = self.matrix
        limits = LinearConstraint(matrix, low, high)
        for sign in (1, -1):
            best = milp(sign * goal, constraints=limits, integrality=np.ones(len(goal)), bounds=Bounds(0, np.inf))
            assert best.x is not None, f"{self.reader.name}, {self.item}: nothing fits, {best.message}"
            if abs(goal @ best.x - value) > 0.5:
                return True
        return False
