"""Every number that a rule compares with, in one place."""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Limits of the rules. Distances are shares of the scale's length, so that they hold for 2 to 10 levels.

    On a scale of five, .25 is one point. The limits of role gaps were set before any simulation was run. The agreement
    of a consensus, the shape of a blind spot and the two ways to be a split were chosen after a first run of simulated
    sessions, and `minor_group_raters` on one real conversation of a hundred people beside eight.
    """

    # Everywhere
    confidence: float = 0.90
    min_raters: int = 3
    end_share: float = 0.4
    likely: float = 0.8
    possible: float = 0.5
    small_session: int = 5
    min_group: int = 2
    pair_items: float = 3.0

    # Split and scattered
    camp_people: int = 2
    camp_share_possible: float = 0.25
    camp_share_likely: float = 0.20
    split_agreement: float = 0.0
    camps_apart: float = 0.5
    valley_p: float = 0.10
    valley_levels: int = 4
    scattered_agreement: float = 0.1

    # Role gap
    gap: float = 0.25
    gap_slab: float = 0.3
    gap_prior_real: float = 1.0
    gap_prior_none: float = 9.0
    variance_prior_df: float = 4.0
    minor_group_share: float = 0.10
    minor_group_raters: int = 5

    # Blind spot
    blind_others: float = 0.5
    blind_group: float = 0.2
    blind_prior: float = 0.1
    blind_rate: float = 0.05

    # Lone voice
    lone_raters: int = 4
    lone_apart: float = 0.75
    lone_near: float = 0.25
    lone_others: float = 0.95

    # Person beside person: outlier view and camps
    person_items: int = 10
    person_most: int = 1000
    person_item_sample: int = 100
    outlier_people: int = 4
    outlier_ratio: float = 1.25
    outlier_p: float = 0.05
    outlier_p_likely: float = 0.01
    outlier_items_likely: int = 20
    outlier_shuffles: int = 99
    camps_session: int = 6
    camps_p: float = 0.05
    camps_possible: float = 0.10
    camps_likely: float = 0.25
    camps_least: float = 0.10
    camps_aside: float = 0.20
    camps_most: int = 3
    camps_most_of_many: int = 5
    camps_many: int = 30
    camps_shuffles: int = 99
    camps_sample: int = 80

    # Untested
    evident: float = 0.5
    untested_important: float = 0.6
    untested_evident: float = 0.34
    untested_posterior: float = 0.7

    # Contested, superficial and definition
    sure_people: int = 3
    contested_people: int = 2
    contested_share: float = 0.25
    contested_high: int = 2
    different_people: int = 2
    different_share: float = 0.25
    different_most: float = 2 / 3

    # Consensus
    consensus_share: float = 2 / 3
    consensus_posterior: float = 0.8
    consensus_agreement: float = 0.3
    coverage: float = 0.6
    role_coverage: float = 0.5
    tentative_below: int = 6

    # Agenda
    agenda_top: int = 5
    agenda_first: int = 10

    # Rank disagreement
    rank_low: float = 1 / 3
    rank_high: float = 2 / 3
    rank_people: int = 2
    rank_gap: float = 0.5
    rank_prior_df: float = 8.0

    # Structure disagreement
    link_low: float = 0.25
    link_high: float = 0.75
    link_people: int = 2
    link_chance_p: float = 0.05
    link_shuffles: int = 199
    link_sample: int = 100

    # Evidence clash
    clash_people: int = 2

    # Opportunity
    opportunity_points: int = 10

    # Illusion
    illusion_guesses: int = 4

    # Round change and drift
    stable_shape: float = 0.15
    stable_moved: float = 0.15
    stable_dropped: float = 0.15
    drift_mean: float = 0.25
    drift_agreement: float = 0.4
    drift_sure: float = 0.98

    # Conformity
    conformity_movers: int = 5

    def ends(self, levels: int) -> int:
        """How many of the lowest levels count as low, and of the highest as high.

        Examples
        --------
        >>> [Thresholds().ends(levels) for levels in (2, 3, 5, 7, 10)]
        [1, 1, 2, 2, 4]
        """
        # The small amount keeps a share such as .3 of 10 levels from being cut to 2 by the binary form of .3.
        return max(1, int(self.end_share * levels + 1e-9))

    def first_evident(self, levels: int) -> int:
        """The lowest point, from 0, that counts as evidence: where the upper half of the scale begins.

        On four points these are several customers and data, not a guess or an anecdote. The middle of an odd scale
        is no evidence yet.

        Examples
        --------
        >>> [Thresholds().first_evident(levels) for levels in (2, 3, 4, 5, 10)]
        [1, 2, 2, 3, 5]
        """
        return ceil(self.evident * levels - 1e-9)
