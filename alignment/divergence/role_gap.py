"""Role gap: a role rates an item differently from everybody else, after allowing for chance.

Every (group, item) gap of the session is looked at together. Most are chance, some are real; how common real gaps are
is learnt from the session itself (spike-and-slab empirical Bayes), and each gap is pulled towards 0 accordingly. This
replaces corrections of p-values, which cannot fire at all with 4 to 8 people; see Gelman, Hill and Yajima, "Why we
(usually) don't have to worry about multiple comparisons" (2012). The variance of an item is moderated towards the
session's noise as in limma (Smyth 2004), since a handful of raters says little about it. A role that rates everything
higher is told so once: gaps are net of each group's median gap.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import Counts, Flags, Floats, divide
from .distributions import normal_below, normal_log_density
from .groups import Group
from .moments import mean_of_counts
from .results import Finding, Number, RoleShift, Tier
from .tally import Tally
from .thresholds import Thresholds

STEPS = 500
SETTLED = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class RoleGaps:
    """Gaps of each group on each item, in points, shape (groups, items); NaN where a gap cannot be told.

    `gap` is mean of the group - mean of the rest, `net` is without the group's `shift`, `shrunk` what is believed after
    allowing for chance, `posterior` the probability that the true net gap is at least the practical limit.
    `prior` is the share of gaps that the session shows to be real.
    """

    gap: Floats
    shift: Floats  # (groups,)
    net: Floats
    shrunk: Floats
    posterior: Floats
    prior: float
    raters: Counts
    raters_rest: Counts


def role_gaps(tally: Tally) -> RoleGaps:
    """Work out all gaps of a session at once."""
    limits, length = tally.thresholds, tally.levels - 1
    counts = tally.group_counts  # (groups, items, levels)
    rest = tally.counts - counts
    n, m = counts.sum(axis=-1), rest.sum(axis=-1)  # (groups, items)
    told = (n >= limits.min_group) & (m >= limits.min_group) & tally.enough
    gap = np.where(told, mean_of_counts(counts) - mean_of_counts(rest), np.nan)
    shift = _medians(gap)
    net = gap - shift[:, None]
    ratio = divide(1, n, otherwise=0) + divide(1, m, otherwise=0)
    variance = moderated_variance(tally)[None] * ratio
    # Without any noise at all every gap is what it seems; a tiny variance says so without dividing by 0.
    variance = np.maximum(variance, (1e-6 * length) ** 2)
    shrunk, posterior = np.full(gap.shape, np.nan), np.full(gap.shape, np.nan)
    shrunk[told], posterior[told], prior = believe(
        net[told], variance[told], slab=limits.gap_slab * length, least=limits.gap * length, thresholds=limits
    )
    return RoleGaps(gap, shift, net, shrunk, posterior, prior, n, m)


def _medians(gap: Floats) -> Floats:
    """Median of each row over what is there, 0 where nothing is."""
    return np.array([np.median(row[~np.isnan(row)]) if (~np.isnan(row)).any() else 0.0 for row in gap])


def moderated_variance(tally: Tally) -> Floats:
    """Variance among kin on each item, pulled towards the session's noise, (items,).

    (d0 * session noise + W) / (d0 + df), with W the sum of squares among kin, df its degrees of freedom, d0 = 4.
    """
    squares, freedom = tally.kin_squares
    prior = tally.thresholds.variance_prior_df
    return (prior * tally.noise + squares) / (prior + freedom)


def believe(
    gap: Floats, variance: Floats, *, slab: float, least: float, thresholds: Thresholds
) -> tuple[Floats, Floats, float]:
    """Spike-and-slab beliefs about many gaps at once.

    Parameters
    ----------
    gap, variance : ndarray of float, shape (gaps,)
        Observed gaps in points and their sampling variances.
    slab : float
        Standard deviation of real gaps in points.
    least : float
        The smallest gap that matters in practice, in points.
    thresholds : Thresholds
        Uses the Beta prior on the share of real gaps.

    Returns
    -------
    shrunk, posterior : ndarray of float, shape (gaps,)
        The believed gap, and the probability that the true gap is at least `least` either way.
    prior : float
        The share of real gaps, by expectation-maximisation to the posterior mode.

    Examples
    --------
    >>> shrunk, posterior, prior = believe(
    ...     np.array([0.1, -0.2, 0.1, 2.5]), np.full(4, 0.1), slab=1.2, least=1.0, thresholds=Thresholds()
    ... )
    >>> shrunk.round(1) + 0, posterior.round(2), round(prior, 2)
    (array([0. , 0. , 0. , 2.3]), array([0., 0., 0., 1.]), 0.09)
    """
    narrow, wide = (
        normal_log_density(gap, np.sqrt(variance)),
        normal_log_density(gap, np.sqrt(variance + slab**2)),
    )
    odds = np.exp(np.clip(wide - narrow, -700, 700))
    prior = _share_real(odds, thresholds)
    real = prior * odds / (1 - prior + prior * odds)
    kept = slab**2 / (slab**2 + variance)
    spread = np.sqrt(kept * variance)
    beyond = normal_below((kept * gap - least) / spread) + normal_below((-least - kept * gap) / spread)
    return real * kept * gap, real * beyond, prior


def _share_real(odds: Floats, thresholds: Thresholds) -> float:
    """Posterior mode of the share of real gaps under its Beta prior."""
    real, none = thresholds.gap_prior_real, thresholds.gap_prior_none
    share = real / (real + none)
    for _ in range(STEPS):
        expected = float((share * odds / (1 - share + share * odds)).sum())
        after = (expected + real - 1) / (odds.size + real + none - 2)
        if abs(after - share) < SETTLED:
            break
        share = after
    return share


def role_gap_findings(tally: Tally) -> list[Finding]:
    """Role gaps of a session. Severity: |believed gap| as a share of the scale, times its posterior.

    Where two groups are all there is, each is the other's rest: one finding names both.
    """
    gaps = role_gaps(tally)
    found = []
    for first, second in _sides(tally.groups, tally.active):
        group = tally.groups[first]
        keys = (group.key,) if second is None else (group.key, tally.groups[second].key)
        posteriors = np.nan_to_num(gaps.posterior[first])
        for item in np.flatnonzero(posteriors >= tally.thresholds.possible).tolist():
            share = abs(float(gaps.shrunk[first, item])) / (tally.levels - 1)
            found.append(
                Finding(
                    kind="role_gap",
                    item=tally.answers.items[item],
                    tier=_tier(tally, gaps, first, item),
                    severity=min(1.0, share) * float(posteriors[item]),
                    grouping=group.grouping,
                    groups=keys,
                    numbers=_numbers(tally, gaps, first, item),
                )
            )
    return found


def role_shifts(tally: Tally) -> tuple[RoleShift, ...]:
    """How far each group rates everything above the rest, with the number of items behind it."""
    gaps = role_gaps(tally)
    items = np.count_nonzero(~np.isnan(gaps.gap), axis=1)
    return tuple(
        RoleShift(group=group.key, grouping=group.grouping, shift=float(gaps.shift[row]), items=int(items[row]))
        for row, group in enumerate(tally.groups)
        if items[row]
    )


def _sides(groups: tuple[Group, ...], active: Flags) -> list[tuple[int, int | None]]:
    """Each group once, with the group of the same grouping that is its whole rest, if there is one."""
    sides: list[tuple[int, int | None]] = []
    told: set[int] = set()
    for row, group in enumerate(groups):
        others = active & ~group.members
        rest = [other for other in range(row + 1, len(groups)) if np.array_equal(groups[other].members, others)]
        if row not in told:
            told.update(rest)
            same = [other for other in rest if groups[other].grouping == group.grouping]
            sides.append((row, same[0] if same else None))
    return sides


def _tier(tally: Tally, gaps: RoleGaps, row: int, item: int) -> Tier:
    """Likely takes a sure posterior, more than a handful of people, and five raters beside a far larger group."""
    limits, members = tally.thresholds, np.count_nonzero(tally.groups[row].members)
    sure = gaps.posterior[row, item] >= limits.likely and tally.people > limits.small_session
    minor = min(members, tally.people - members) < limits.minor_group_share * tally.people
    fewest = min(gaps.raters[row, item], gaps.raters_rest[row, item])
    return "likely" if sure and not (minor and fewest < limits.minor_group_raters) else "possible"


def _numbers(tally: Tally, gaps: RoleGaps, row: int, item: int) -> dict[str, Number]:
    counts = tally.group_counts[row, item]
    rest = tally.counts[item] - counts
    return {
        "raters": int(gaps.raters[row, item]),
        "raters_rest": int(gaps.raters_rest[row, item]),
        "mean": float(mean_of_counts(counts)),
        "mean_rest": float(mean_of_counts(rest)),
        "gap": float(gaps.gap[row, item]),
        "shift": float(gaps.shift[row]),
        "net_gap": float(gaps.net[row, item]),
        "believed_gap": float(gaps.shrunk[row, item]),
        "posterior": float(gaps.posterior[row, item]),
    }
