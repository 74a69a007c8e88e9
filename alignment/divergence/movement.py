"""How far an index and each item moved, among the people who rated in both rounds."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .arrays import Counts, Flags, Floats, divide
from .distance import agreement, distance_within, random_distance
from .index import Side, jackknife_interval, within_index
from .jackknife import margins
from .paired import Paired
from .results import Index, Tier
from .thresholds import Thresholds

type ItemStatus = Literal["stable", "moving"]

NOTHING = 1e-9
TIERS: dict[str, Tier | None] = {"likely": "likely", "possible": "possible", "": None}


@dataclass(frozen=True, slots=True)
class Delta:
    """After minus before, with its interval; None where too few people are in both rounds."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0, by more than the rounding of sums."""
        return self.low is not None and self.high is not None and (self.low > NOTHING or self.high < -NOTHING)


@dataclass(frozen=True, slots=True)
class IndexChange:
    """Alignment before and after, of the same people on the same items."""

    delta: Delta
    before: Index
    after: Index


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How one item moved among the `people` who rated it in both rounds.

    `item` and `earlier` are its keys in the later and the earlier round. `moved` people changed their answer, the
    counts are of people at each level, lowest first, and `shape` is the distance of the two distributions as a share of
    the scale. `mean` changed in points. `dropped_out` and `newly_in` are how many people rated it in one round and gave
    no answer in the other. `notable` says how sure a change worth telling is.
    """

    item: str
    earlier: str
    people: int
    moved: int
    dropped_out: int
    newly_in: int
    counts_before: tuple[int, ...]
    counts_after: tuple[int, ...]
    shape: float | None
    status: ItemStatus | None
    mean: Delta
    agreement: Delta
    notable: Tier | None


def index_change(then: Side, now: Side, use: Flags, *, without: Floats, limits: Thresholds) -> IndexChange:
    """Alignment of the same people before and after, over the items `use`, and the interval of the difference.

    `without` is what `agreement_change_without` gives for these two sides.
    """
    before, after = (within_index(side, counted=use, thresholds=limits) for side in (then, now))
    if before.value is None or after.value is None:
        return IndexChange(Delta(None, None, None), before, after)
    value, most = after.value - before.value, 1 / random_distance(then.counts.shape[1])
    people = then.rated[:, use].any(axis=1)
    left = without[np.ix_(people, use)].mean(axis=1)
    low, high = jackknife_interval(value, left, confidence=limits.confidence)
    if low is not None and high is not None:
        low, high = max(low, -most), min(high, most)
    return IndexChange(Delta(value, low, high), before, after)


def agreement_change_without(then: Side, now: Side) -> Floats:
    """Change of the agreement on each item once each person is left out, (people, items); NaN where one is left."""
    return _agreement_without(now) - _agreement_without(then)


def _agreement_without(side: Side) -> Floats:
    """Agreement on each item once each person is left out, (people, items); NaN where fewer than two are left."""
    n = side.raters  # (items,)
    total = np.nan_to_num(distance_within(side.counts)) * n * (n - 1) / 2
    lost = np.where(side.rated, np.take_along_axis(side.reach, side.level, axis=0), 0)
    left = n - side.rated  # (people, items)
    distance = divide(total - lost, left * (left - 1) / 2, otherwise=np.nan)
    return 1 - distance / random_distance(side.counts.shape[1])


def item_changes(
    paired: Paired, then: Side, now: Side, *, without: Floats, limits: Thresholds
) -> tuple[ItemChange, ...]:
    """How each item moved, in the order of `paired.items`; both sides hold the answers of those who rated twice."""
    people, enough = then.raters, then.raters >= limits.min_raters  # (items,)
    moved = np.count_nonzero(then.rated & (then.level != now.level), axis=0)
    shape = shape_moved(then.counts, now.counts)
    still = (shape <= limits.stable_shape) & (divide(moved, people, otherwise=1) < limits.stable_moved)
    dropped = np.count_nonzero(~np.isnan(paired.before) & ~paired.answered_after, axis=0)
    new = np.count_nonzero(~np.isnan(paired.after) & ~paired.answered_before, axis=0)
    means, agreements = _means(then, now, limits), _agreements(then, now, without, limits)
    sure = (means.sure | agreements.sure) & (people > limits.small_session)
    notable = np.where(sure, "likely", np.where(means.clear | agreements.clear, "possible", ""))
    return tuple(
        ItemChange(
            item=paired.items[item],
            earlier=paired.earlier[item],
            people=int(people[item]),
            moved=int(moved[item]),
            dropped_out=int(dropped[item]),
            newly_in=int(new[item]),
            counts_before=tuple(then.counts[item].tolist()),
            counts_after=tuple(now.counts[item].tolist()),
            shape=float(shape[item]) if enough[item] else None,
            status=("stable" if still[item] else "moving") if enough[item] else None,
            mean=means.delta(item),
            agreement=agreements.delta(item),
            notable=TIERS[str(notable[item])],
        )
        for item in range(len(paired.items))
    )


def shape_moved(before: Counts, after: Counts) -> Floats:
    """Distance of two distributions of the same number of people, as a share of the scale's length; NaN for nobody.

    Parameters
    ----------
    before, after : ndarray of int, shape (items, levels)

    Returns
    -------
    ndarray of float, shape (items,)
        The least total way that people went, over n * (levels - 1): sum over k of |F_k before - F_k after|.

    Examples
    --------
    >>> shape_moved(np.array([[4, 0, 0], [2, 0, 2]]), np.array([[3, 1, 0], [0, 4, 0]]))
    array([0.125, 0.5  ])
    """
    apart = np.abs(np.cumsum(before, axis=1) - np.cumsum(after, axis=1)).sum(axis=1)
    return divide(apart, before.sum(axis=1) * (before.shape[1] - 1), otherwise=np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class _Deltas:
    """Differences on all items, of shape (items,); `clear` and `sure` tell those large enough to be told."""

    value: Floats
    margin: Floats
    most: float
    clear: Flags
    sure: Flags

    def delta(self, item: int) -> Delta:
        value, margin = float(self.value[item]), float(self.margin[item])
        if np.isnan(margin):
            return Delta(None, None, None)
        return Delta(value, max(value - margin, -self.most), min(value + margin, self.most))


def _deltas(value: Floats, without: Floats, who: Flags, *, least: float, most: float, limits: Thresholds) -> _Deltas:
    """With a margin at the usual confidence, and whether the interval leaves out 0 there and at `drift_sure`."""
    margin, wide = (margins(without, who, confidence=level) for level in (limits.confidence, limits.drift_sure))
    away = np.abs(value)
    return _Deltas(value, margin, most, (away >= least) & (away > margin), (away >= least) & (away > wide))


def _means(then: Side, now: Side, limits: Thresholds) -> _Deltas:
    """Mean after minus mean before, in points."""
    n, length = then.raters, then.counts.shape[1] - 1
    steps = np.where(then.rated, now.level - then.level, 0)  # (people, items)
    total = steps.sum(axis=0)
    without = divide(total - steps, n - 1, otherwise=np.nan)
    value = divide(total, n, otherwise=np.nan)
    return _deltas(value, without, then.rated, least=limits.drift_mean * length, most=length, limits=limits)


def _agreements(then: Side, now: Side, without: Floats, limits: Thresholds) -> _Deltas:
    """Agreement after minus agreement before."""
    value, most = agreement(now.counts) - agreement(then.counts), 1 / random_distance(then.counts.shape[1])
    return _deltas(value, without, then.rated, least=limits.drift_agreement, most=most, limits=limits)
