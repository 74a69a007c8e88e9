"""Answers counted once, for all rules to share."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .answers import Answers
from .arrays import Counts, Flags, Floats, divide
from .distance import agreement, distance_within, level_counts
from .groups import Group, groups_of, noise_cells
from .moments import mean_of_counts, squares_of_counts, variance_of_counts
from .thresholds import Thresholds


@dataclass(frozen=True, eq=False)
class Tally:
    """One round of answers with what every rule needs to know about its items and groups.

    `opposed` holds the keys of items on which people's own texts were found to contradict each other.
    """

    answers: Answers
    thresholds: Thresholds
    opposed: frozenset[str] = frozenset()

    @property
    def levels(self) -> int:
        return self.answers.levels

    @cached_property
    def active(self) -> Flags:
        """Who gave any answer at all, (people,)."""
        return np.asarray(self.answers.answered.any(axis=1), dtype=np.bool_)

    @cached_property
    def people(self) -> int:
        """How many people gave any answer."""
        return int(np.count_nonzero(self.active))

    @cached_property
    def counts(self) -> Counts:
        """People at each level of each item, (items, levels)."""
        return level_counts(self.answers.importance, levels=self.levels)

    @cached_property
    def raters(self) -> Counts:
        return np.asarray(self.counts.sum(axis=1), dtype=np.int64)  # (items,)

    @cached_property
    def enough(self) -> Flags:
        """Items that enough people rated for rules about ratings to speak of them."""
        return self.raters >= self.thresholds.min_raters

    @cached_property
    def asked(self) -> Counts:
        return np.asarray(np.count_nonzero(self.answers.asked, axis=0), dtype=np.int64)  # (items,)

    @cached_property
    def coverage(self) -> Floats:
        """Raters among those asked; 0 where nobody was asked."""
        return divide(self.raters, self.asked, otherwise=0)

    @cached_property
    def mean(self) -> Floats:
        return mean_of_counts(self.counts)

    @cached_property
    def variance(self) -> Floats:
        return variance_of_counts(self.counts)

    @cached_property
    def distance(self) -> Floats:
        return distance_within(self.counts)

    @cached_property
    def agreement(self) -> Floats:
        return agreement(self.counts)

    @cached_property
    def ends(self) -> tuple[Counts, Counts, Counts]:
        """People on the low levels, on those between, and on the high levels of each item."""
        width = self.thresholds.ends(self.levels)
        low, high = self.counts[:, :width].sum(axis=1), self.counts[:, -width:].sum(axis=1)
        return low, self.raters - low - high, high

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return groups_of(self.answers, thresholds=self.thresholds)

    @cached_property
    def group_counts(self) -> Counts:
        """Level counts of each group, (groups, items, levels)."""
        empty = np.zeros((0, *self.counts.shape), dtype=np.int64)
        return np.concatenate([empty, *(self.counts_of(group.members)[None] for group in self.groups)])

    @cached_property
    def roles(self) -> dict[str, Flags]:
        """The people of each role, keys sorted."""
        named = np.array(self.answers.roles, dtype=object)
        return {role: np.asarray(named == role, dtype=np.bool_) for role in sorted(set(self.answers.roles))}

    @cached_property
    def role_counts(self) -> dict[str, Counts]:
        """Level counts of each role, (items, levels)."""
        return {role: self.counts_of(who) for role, who in self.roles.items()}

    @cached_property
    def kin_squares(self) -> tuple[Floats, Counts]:
        """Sum of squares among kin on each item, and its degrees of freedom.

        Kin are the people of one role. Where nobody has kin on any item, everybody counts as kin.
        """
        cells = [self.counts_of(cell) for cell in noise_cells(self.answers, thresholds=self.thresholds)]
        squares = np.sum([squares_of_counts(cell) for cell in cells], axis=0)
        freedom = np.sum([np.maximum(cell.sum(axis=1) - 1, 0) for cell in cells], axis=0)
        if not np.any(freedom):
            squares, freedom = squares_of_counts(self.counts), np.maximum(self.raters - 1, 0)
        return squares, freedom

    @cached_property
    def noise(self) -> float:
        """Session noise: variance among kin, pooled over all items, in points squared."""
        squares, freedom = self.kin_squares
        return float(squares.sum() / freedom.sum()) if freedom.any() else 0.0

    def counts_of(self, who: Flags) -> Counts:
        return level_counts(self.answers.importance[who], levels=self.levels)
