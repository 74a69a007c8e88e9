"""A simulated figure beside the expected one, and whether chance alone could make them differ so much.

Expected figures have two or three digits and come from runs of their own, so both simulations count: a figure
agrees when it lies within LIMIT standard errors of the difference, plus half a unit of the last digit printed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import copysign, inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

LIMIT = 3.5


@dataclass(frozen=True, slots=True)
class Printed:
    """What was expected: a figure, a range (.93-.95) or a limit (<=.04, >=.17)."""

    low: float
    high: float
    rounding: float

    @classmethod
    def read(cls, text: str) -> "Printed":
        """
        >>> Printed.read(".14")
        Printed(low=0.14, high=0.14, rounding=0.005)
        >>> Printed.read("<=.04").low, Printed.read(".93-.96").high, Printed.read("1").rounding
        (-inf, 0.96, 0.005)
        >>> Printed.read(">=.17")
        Printed(low=0.17, high=inf, rounding=0.005)
        """
        parts = re.fullmatch(r"([<>]=)?([+-]?[\d.]+)(?:-([\d.]+))?", text)
        if parts is None:
            raise ValueError(f"no figure: {text!r}")
        limit, first, last = parts.groups()
        digits = max(2, *(len(number.partition(".")[2]) for number in (first, last or first)))
        low = -inf if limit == "<=" else float(first)
        high = inf if limit == ">=" else float(last or first)
        return cls(low, high, 0.5 * 10**-digits)

    def away(self, figure: float) -> float:
        """How far a figure lies outside, 0 inside."""
        return max(self.low - figure, figure - self.high, 0.0)

    def nearest(self, figure: float) -> float:
        return min(max(figure, self.low), self.high)


@dataclass(frozen=True, slots=True)
class Cell:
    """One simulated figure. `variance` is that of a single run; `runs` is infinite where nothing was left to chance."""

    where: str
    what: str
    ours: float
    variance: float
    runs: float
    expected: Printed | None = None
    expected_runs: float = inf
    text: str = "-"

    @property
    def error(self) -> float:
        """Standard error of the difference to what was expected, or of our figure where nothing was."""
        theirs = 0.0 if self.expected is None else 1 / self.expected_runs
        return sqrt(self.variance * (1 / self.runs + theirs))

    @property
    def verdict(self) -> str:
        if self.expected is None:
            return "new"
        away = self.expected.away(self.ours)
        return "agrees" if away <= LIMIT * self.error + self.expected.rounding + 1e-12 else "OUTSIDE"

    @property
    def standing(self) -> float:
        """How many standard errors our figure lies above what was expected, or below; 0 within its rounding."""
        if self.expected is None or self.error == 0:
            return 0.0
        away = self.ours - self.expected.nearest(self.ours)
        return copysign(max(abs(away) - self.expected.rounding, 0.0), away) / self.error

    def __str__(self) -> str:
        return f"  {self.where:38}{self.what:26}{self.ours:9.4f}{self.text:>10}  {self.error:.4f}  {self.verdict}"


def share(where: str, what: str, hits: ArrayLike, expected: str = "-", expected_runs: float = inf) -> Cell:
    """How often something happened."""
    happened = np.asarray(hits, dtype=bool)
    return _cell(where, what, float(happened.mean()), happened.size, expected, expected_runs)


def exact(where: str, what: str, chance: float, expected: str = "-", expected_runs: float = inf) -> Cell:
    """How often something happens, added up over everything that can happen."""
    return _cell(where, what, float(chance), inf, expected, expected_runs)


def _cell(where: str, what: str, ours: float, runs: float, expected: str, expected_runs: float) -> Cell:
    """The chance behind both figures together is the best guess of the variance, and never quite 0 by few runs."""
    told = None if expected == "-" else Printed.read(expected)
    chance = ours
    if runs < inf:
        theirs = 0.0 if told is None or expected_runs == inf else expected_runs
        figure = 0.0 if told is None else told.nearest(ours)
        chance = (ours * runs + figure * theirs + 1) / (runs + theirs + 2)
    return Cell(where, what, ours, chance * (1 - chance), runs, told, expected_runs, expected)


def mean(
    where: str, what: str, values: ArrayLike, expected: str = "-", expected_runs: float = inf, *, step: float = 0.0
) -> Cell:
    """Mean of a figure that every run gives.

    `step` is by how much a run can differ at least, of a figure near 0 or 1: a few runs may then all give the same, and
    the variance is at least that of so rare an event as was expected or found.
    """
    given = np.asarray(values, dtype=float)
    told = None if expected == "-" else Printed.read(expected)
    ours = float(given.mean())
    rare = max(abs(each * (1 - each)) for each in (ours, ours if told is None else told.nearest(ours)))
    variance = max(float(given.var(ddof=1)), step * rare)
    return Cell(where, what, ours, variance, given.size, told, expected_runs, expected)


def ratio(part: ArrayLike, whole: ArrayLike) -> NDArray[np.float64]:
    """For each run what it adds to sum(part) / sum(whole): their mean is the ratio, their variance that of a run."""
    parts, wholes = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    whole_ratio = parts.sum() / wholes.sum()
    return np.asarray(whole_ratio + (parts - whole_ratio * wholes) / wholes.mean())


def spread(values: ArrayLike) -> NDArray[np.float64]:
    """For each run what it adds to the standard deviation of all."""
    given = np.asarray(values, dtype=float)
    sd, away = given.std(), given - given.mean()
    return np.asarray(sd + (away**2 - sd**2) / (2 * sd)) if sd > 0 else np.zeros(given.shape)


def times(usual: int, runs: float) -> int:
    """How many runs of a cell that usually has so many."""
    return max(20, round(usual * runs))


def tally_up(cells: Iterable[Cell]) -> dict[str, int]:
    """How many cells there are of each verdict."""
    verdicts = [cell.verdict for cell in cells]
    return {verdict: verdicts.count(verdict) for verdict in ("agrees", "OUTSIDE", "new")}
