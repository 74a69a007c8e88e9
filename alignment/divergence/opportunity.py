"""Opportunity: what matters and is badly served today, and roles that see the biggest opening in other places.

The opportunity score (Ulwick, "Turn customer input into innovation", 2002) of a person on an item is

    importance + max(importance - satisfaction, 0)

with both scales mapped to 1..10, which makes them equally long whatever their levels, so a score runs from 1 to 19. It
needs both answers of the same person. On a scale of five for both, 10 + (10 - 1) = 19 is highest, and what is served
as well as it matters scores its importance alone.

Roles are compared by the rule of role gaps. Scores lie on a scale twice as long as that of importance, since an
importance one point higher may raise them by two; the least gap that matters is, as there, a quarter of its length. In
simulated sessions of 4, 8, 12 and 30 people on 100 items (.8 points of noise in either answer) a likely gap showed by
chance in .06, .12, .20 and .18 of sessions, which is one in 1,400 to 3,300 gaps; where a role rated importance two
points apart .05, .14, .15 and .25 of these were found (with satisfaction two points apart as well .11, .35, .40 and
.60), and .04 to .11 of what was flagged was false.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import lcm

import numpy as np
from numpy.typing import ArrayLike

from .answers import Answers
from .arrays import Floats
from .moments import mean_of_counts
from .results import Finding, Number
from .role_gap import role_gap_findings
from .scored import ScoreTally
from .tally import Tally

MEANS, GAPS = ("mean", "mean_rest"), ("gap", "shift", "net_gap", "believed_gap")


@dataclass(frozen=True, slots=True)
class RoleOpportunity:
    """Mean opportunity score of one role on one item, from 1 to 19, and how many people it comes from."""

    role: str
    item: str
    people: int
    mean: float


def opportunity_scores(
    importance: ArrayLike, satisfaction: ArrayLike, *, levels: int, satisfaction_levels: int, points: int = 10
) -> Floats:
    """Opportunity score of each person on each item.

    Parameters
    ----------
    importance : array_like, shape (people, items)
        Scale points 1..levels; NaN where a person gave no rating.
    satisfaction : array_like, shape (people, items)
        Scale points 1..satisfaction_levels; NaN where a person did not say.
    levels, satisfaction_levels : int
        Points on each scale, at least 2.
    points : int, default 10
        Both scales are mapped to 1..points.

    Returns
    -------
    ndarray of float, shape (people, items)
        From 1 to 2 * points - 1; NaN where a person did not answer both.

    Examples
    --------
    >>> opportunity_scores([[5, 3, 2]], [[1, 3, np.nan]], levels=5, satisfaction_levels=5)
    array([[19. ,  5.5,  nan]])
    """
    length = lcm(levels - 1, satisfaction_levels - 1)
    steps = _steps(importance, satisfaction, length, levels=levels, satisfaction_levels=satisfaction_levels)
    return 1 + steps * (points - 1) / length


def _steps(
    importance: ArrayLike, satisfaction: ArrayLike, length: int, *, levels: int, satisfaction_levels: int
) -> Floats:
    """Scores as whole steps from 0 to twice the length, so that sums of them are exact, (people, items)."""
    matters = (np.asarray(importance, dtype=np.float64) - 1) * (length // (levels - 1))
    served = (np.asarray(satisfaction, dtype=np.float64) - 1) * (length // (satisfaction_levels - 1))
    return np.asarray(matters + np.maximum(matters - served, 0))


def _length(answers: Answers) -> int:
    """Steps of the coarsest scale that holds every point of both scales."""
    return lcm(answers.levels - 1, answers.satisfaction_levels - 1)


def _unit(tally: Tally) -> float:
    """One step in points."""
    return (tally.thresholds.opportunity_points - 1) / _length(tally.answers)


def _tallied(tally: Tally, satisfaction: Floats) -> ScoreTally:
    """The scores as steps from 1 on."""
    answers, length = tally.answers, _length(tally.answers)
    scales = {"levels": answers.levels, "satisfaction_levels": answers.satisfaction_levels}
    return ScoreTally(
        answers=answers,
        thresholds=tally.thresholds,
        scores=1 + _steps(answers.importance, satisfaction, length, **scales),
        score_levels=1 + 2 * length,
    )


def opportunity_by_role(tally: Tally) -> tuple[RoleOpportunity, ...]:
    """Mean opportunity score of each role on each item that any of its people answered both questions about.

    By role, then by item key; empty where the round did not ask for satisfaction.
    """
    if tally.answers.satisfaction is None:
        return ()
    tallied, unit = _tallied(tally, tally.answers.satisfaction), _unit(tally)
    found: list[RoleOpportunity] = []
    for role, counts in tallied.role_counts.items():
        people, mean = counts.sum(axis=1), 1 + unit * (mean_of_counts(counts) - 1)  # (items,)
        found += (
            RoleOpportunity(role, tally.answers.items[item], int(people[item]), float(mean[item]))
            for item in np.flatnonzero(people).tolist()
        )
    return tuple(found)


def opportunity_findings(tally: Tally) -> list[Finding]:
    """Roles that see more, or less, of an opening than everybody else. Severity: as of role gaps.

    `numbers` are those of a role gap, in opportunity points, and the mean importance and satisfaction of either side,
    each on its own scale, among those who answered both.
    """
    satisfaction = tally.answers.satisfaction
    if satisfaction is None:
        return []
    tallied, unit = _tallied(tally, satisfaction), _unit(tally)
    return [
        replace(
            found,
            variant="opportunity",
            dimension="satisfaction",
            numbers=_in_points(found.numbers, unit) | _answers_behind(tallied, satisfaction, found),
        )
        for found in role_gap_findings(tallied)
    ]


def _in_points(numbers: Mapping[str, Number], unit: float) -> dict[str, Number]:
    """Numbers of a role gap on steps, which begin at 1, in points, which begin at 1 too."""
    begin = dict.fromkeys(MEANS, 1 - unit) | dict.fromkeys(GAPS, 0.0)
    return {
        name: unit * value + begin[name] if name in begin and value is not None else value
        for name, value in numbers.items()
    }


def _answers_behind(tallied: ScoreTally, satisfaction: Floats, found: Finding) -> dict[str, Number]:
    """Mean importance and satisfaction of the group and of the rest, each on its own scale."""
    item, sides = tallied.sides_of(found)
    asked = {"importance": tallied.answers.importance[:, item], "satisfaction": satisfaction[:, item]}
    return {
        f"mean_{name}{side}": float(said[who].mean()) for name, said in asked.items() for side, who in sides.items()
    }
