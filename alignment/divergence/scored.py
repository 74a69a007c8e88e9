"""Other answers than importance, counted the same way: so that a rule about ratings can run on scores of any kind.

A score is a whole number from 1 on, such as whether a person picked an item (1 no, 2 yes). People, roles, groups and
limits stay those of the session; only what each person gave each item is another number.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Counts, Flags, Floats, divide
from .distance import level_counts
from .results import Finding
from .tally import Tally


@dataclass(frozen=True, eq=False, kw_only=True)
class ScoreTally(Tally):
    """A tally of `scores`, shape (people, items), from 1 to `score_levels`; NaN where a person has none."""

    scores: Floats
    score_levels: int

    @property
    def levels(self) -> int:
        return self.score_levels

    @cached_property
    def counts(self) -> Counts:
        return level_counts(self.scores, levels=self.score_levels)  # (items, levels)

    def counts_of(self, who: Flags) -> Counts:
        return level_counts(self.scores[who], levels=self.score_levels)

    def sides_of(self, found: Finding) -> tuple[int, dict[str, Flags]]:
        """The item of a role gap, and who has a score there: in the group ("") and in the rest ("_rest")."""
        item = self.answers.items.index(found.item)
        (members,) = (g.members for g in self.groups if (g.grouping, g.key) == (found.grouping, found.groups[0]))
        scored = ~np.isnan(self.scores[:, item])
        return item, {"": members & scored, "_rest": ~members & scored}


@dataclass(frozen=True, eq=False, kw_only=True)
class YesNoTally(ScoreTally):
    """A tally of scores 1 and 2, whose variance is told by the share of twos and not by the session.

    Where p say yes the variance is p(1 - p): an item's own share says what it must be, and the other items, most of
    which hardly anyone picks, say nothing about it. `kin_squares` holds this variance with the weight that role gaps
    give to the session's noise, and `noise` is 0. With the session's noise three who all picked an item beside three
    who did not looked free of noise: up to .23 of sessions without a gap showed a likely one, against .08 now.
    """

    score_levels: int = 2

    @cached_property
    def kin_squares(self) -> tuple[Floats, Counts]:
        squares, freedom = super().kin_squares
        share = divide(self.counts[:, 1] + 0.5, self.raters + 1, otherwise=0)  # Jeffreys: never 0 or 1
        return squares + self.thresholds.variance_prior_df * share * (1 - share), freedom

    @cached_property
    def noise(self) -> float:
        return 0.0
