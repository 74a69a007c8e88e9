import math

import numpy as np
import pytest
from scipy import stats

from alignment.divergence import Thresholds
from alignment.divergence.role_gap import believe, moderated_variance, role_gap_findings, role_gaps, role_shifts
from tests.divergence.sessions import answers_from, answers_of, tally_of

# Sales (3) rates the first item 3 points above the other four, and everything else as they do.
GAP = """
    ana eng   1 3 4 2 5 3 2
    ben eng   2 3 4 3 4 3 2
    cem pm    1 4 3 2 5 3 3
    dee pm    2 3 4 2 5 2 2
    eva sales 5 3 4 2 5 3 2
    fay sales 4 4 4 3 4 3 3
    gus sales 5 3 3 2 5 2 2
"""


def test_a_gap_is_told_in_points_with_its_belief():
    (finding,) = [f for f in role_gap_findings(tally_of(answers_of(GAP))) if f.groups == ("sales",)]

    assert (finding.kind, finding.item, finding.tier, finding.grouping) == ("role_gap", "i1", "likely", "role")
    # Sales 5 4 5, the rest 1 2 1 2: means 14/3 and 6/4.
    assert finding.numbers["raters"] == 3
    assert finding.numbers["raters_rest"] == 4
    assert finding.numbers["mean"] == pytest.approx(14 / 3)
    assert finding.numbers["mean_rest"] == pytest.approx(6 / 4)
    assert finding.numbers["gap"] == pytest.approx(14 / 3 - 6 / 4)
    assert finding.numbers["net_gap"] == pytest.approx(finding.numbers["gap"] - finding.numbers["shift"])
    assert 0 < finding.numbers["believed_gap"] < finding.numbers["net_gap"]
    assert finding.severity == pytest.approx(finding.numbers["believed_gap"] / 4 * finding.numbers["posterior"])


def test_the_variance_of_an_item_is_moderated_towards_the_sessions_noise():
    answers = answers_of("""
        ana eng   1 3
        ben eng   3 3
        cem sales 5 2
        dee sales 5 4
        eva sales 2 .
    """)

    variance = moderated_variance(tally_of(answers))

    # Item 1: eng 1 3 -> 2, sales 5 5 2 -> 6, W = 8 on 1 + 2 degrees of freedom.
    # Item 2: eng 3 3 -> 0, sales 2 4 -> 2, W = 2 on 1 + 1. Noise (8 + 2) / (3 + 2) = 2.
    assert variance == pytest.approx([(4 * 2 + 8) / (4 + 3), (4 * 2 + 2) / (4 + 2)])


def test_gaps_are_net_of_the_median_gap_which_is_a_note_of_its_own():
    answers = answers_of("""
        ana eng   2 3 1
        ben eng   2 3 1
        cem sales 4 4 5
        dee sales 4 4 5
    """)

    gaps = role_gaps(tally_of(answers))

    # Gaps of eng: -2, -1, -4. Their median -2 is the shift; net gaps are 0, +1, -2.
    assert gaps.gap[0].tolist() == [-2, -1, -4]
    assert gaps.shift.tolist() == [-2, 2]
    assert gaps.net[0].tolist() == [0, 1, -2]
    assert [(note.group, note.shift, note.items) for note in role_shifts(tally_of(answers))] == [
        ("eng", -2.0, 3),
        ("sales", 2.0, 3),
    ]


def test_beliefs_are_those_of_a_spike_and_slab_worked_out_gap_by_gap():
    gaps, variances = [0.3, -0.4, 2.6, 0.1, -1.4], [0.3, 0.5, 0.4, 0.2, 0.6]

    shrunk, posterior, prior = believe(
        np.array(gaps), np.array(variances), slab=1.2, least=1.0, thresholds=Thresholds()
    )

    real = []
    for row, (gap, variance) in enumerate(zip(gaps, variances, strict=True)):
        spike = math.exp(-(gap**2) / (2 * variance)) / math.sqrt(variance)
        wide = variance + 1.2**2
        slab = math.exp(-(gap**2) / (2 * wide)) / math.sqrt(wide)
        z = prior * slab / (prior * slab + (1 - prior) * spike)
        kept = 1.44 / (1.44 + variance)
        beyond = stats.norm(kept * gap, math.sqrt(kept * variance))
        assert shrunk[row] == pytest.approx(z * kept * gap)
        assert posterior[row] == pytest.approx(z * (beyond.sf(1) + beyond.cdf(-1)))
        real.append(z)
    # The mode under a Beta(1, 9) prior: (sum of z + 1 - 1) / (gaps + 1 + 9 - 2).
    assert prior == pytest.approx(sum(real) / (5 + 8), abs=1e-8)


def test_on_three_levels_the_smallest_gap_that_matters_is_half_a_point():
    rng = np.random.default_rng(4)
    ratings = rng.choice([1, 2, 3], size=(60, 30), p=[0.25, 0.5, 0.25]).astype(float)
    ratings[:30, 0], ratings[30:, 0] = 2, rng.choice([2, 3], size=30, p=[0.2, 0.8])

    findings = role_gap_findings(tally_of(answers_from(ratings, ["eng"] * 30 + ["sales"] * 30, levels=3)))

    assert [(f.item, f.groups, f.tier) for f in findings] == [("i0000", ("eng", "sales"), "likely")]
    assert -1 < findings[0].numbers["net_gap"] < -0.5


def test_two_groups_that_are_all_there_is_share_one_finding():
    answers = answers_of("""
        ana eng   1 3 4 2 5
        ben eng   1 3 4 3 4
        cem eng   1 4 3 2 5
        dee sales 5 3 4 2 5
        eva sales 5 4 4 3 4
        fay sales 5 3 3 2 5
    """)

    findings = role_gap_findings(tally_of(answers))

    assert [(f.item, f.groups) for f in findings] == [("i1", ("eng", "sales"))]
    assert findings[0].numbers["gap"] == -4


def test_a_lens_that_is_the_whole_rest_of_a_role_repeats_nothing():
    answers = answers_of("""
        ana eng  1 3 4 2 5
        ben eng  1 3 4 3 4
        cem eng  1 4 3 2 5
        dee eng  1 4 3 2 5
        eva exec 5 4 4 3 4
        fay pm   5 3 3 2 5
    """)

    findings = role_gap_findings(tally_of(answers))

    assert [(f.item, f.groups, f.grouping) for f in findings] == [("i1", ("eng",), "role")]


def test_with_five_people_a_gap_is_never_more_than_possible():
    answers = answers_of("""
        ana eng   1 3 4 2 5 3 3
        ben eng   1 3 4 2 5 3 3
        cem sales 5 3 4 2 5 3 3
        dee sales 5 3 4 2 5 3 3
        eva sales 5 3 4 2 5 3 3
    """)

    (finding,) = role_gap_findings(tally_of(answers))

    assert finding.numbers["posterior"] >= 0.8
    assert finding.tier == "possible"


@pytest.mark.parametrize(("small", "tier"), [(4, "possible"), (5, "likely")])
def test_a_role_of_less_than_a_tenth_needs_five_raters_to_be_likely(small, tier):
    rng = np.random.default_rng(6)
    ratings = rng.choice([3, 4], size=(60 + small, 12)).astype(float)
    ratings[:, 0] = [2] * 60 + [5] * small

    findings = role_gap_findings(tally_of(answers_from(ratings, ["eng"] * 60 + ["sales"] * small)))

    assert [(f.item, f.tier) for f in findings] == [("i0000", tier)]
    assert findings[0].numbers["posterior"] >= 0.8


def test_a_gap_needs_two_raters_on_either_side():
    answers = answers_of("""
        ana eng   1 1
        ben eng   1 -
        cem sales 5 5
        dee sales - 5
        eva sales - 5
    """)

    gaps = role_gaps(tally_of(answers))

    assert np.isnan(gaps.gap).all()
    assert role_gap_findings(tally_of(answers)) == []


def test_turning_the_scale_round_turns_gaps_round_and_changes_no_belief():
    rng = np.random.default_rng(12)
    ratings = rng.integers(1, 6, (12, 20)).astype(float)
    ratings[:4, :3], ratings[4:, :3] = 1, 5
    roles = ["eng"] * 4 + ["pm"] * 4 + ["sales"] * 4

    there, back = (role_gap_findings(tally_of(answers_from(given, roles))) for given in (ratings, 6 - ratings))

    assert there
    assert [(f.item, f.groups, f.tier) for f in there] == [(f.item, f.groups, f.tier) for f in back]
    for one, other in zip(there, back, strict=True):
        assert one.severity == pytest.approx(other.severity)
        assert one.numbers["believed_gap"] == pytest.approx(-other.numbers["believed_gap"])


def invented(rng, sizes, *, gap, items=100):
    """A session in which the first role lies `gap` points from the rest on 15 of the items."""
    roles = np.repeat([f"r{number}" for number in range(len(sizes))], sizes)
    latent = rng.normal(3, 0.6, items) + rng.normal(0, 0.4, (roles.size, 1)) + rng.normal(0, 0.8, (roles.size, items))
    real = np.arange(items) < 15
    signed = gap / 2 * rng.choice([-1, 1], items) * real
    latent += np.where((roles == "r0")[:, None], signed, -signed)
    ratings = np.clip(np.rint(latent), 1, 5)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan
    return tally_of(answers_from(ratings, roles, lenses=dict.fromkeys(roles.tolist(), "none"))), real


@pytest.mark.parametrize(("sizes", "any_false"), [((2, 2), 0.025), ((3, 3, 2), 0.085), ((3, 3, 3, 3), 0.095)])
def test_sessions_without_gaps_show_one_as_rarely_as_simulated(sizes, any_false):
    rng = np.random.default_rng(31)
    sessions = [role_gaps(invented(rng, sizes, gap=0)[0]).posterior for _ in range(250)]
    sure = [np.nan_to_num(posterior) >= 0.8 for posterior in sessions]

    assert np.mean([flags.mean() for flags in sure]) < 0.002
    assert np.mean([flags.any() for flags in sure]) == pytest.approx(any_false, abs=0.05)


@pytest.mark.parametrize(
    ("sizes", "likely", "possible", "false_share"),
    [((3, 3, 2), 0.258, 0.440, 0.075), ((3, 3, 3, 3), 0.263, 0.449, 0.059)],
)
def test_gaps_of_two_points_are_found_as_often_as_simulated(sizes, likely, possible, false_share):
    rng = np.random.default_rng(32)
    found, held, false = [], [], []
    for _ in range(120):
        tally, real = invented(rng, sizes, gap=2)
        posterior = np.nan_to_num(role_gaps(tally).posterior)
        found.append(np.mean(posterior[0, real] >= 0.8))
        held.append(np.mean(posterior[0, real] >= 0.5))
        sure = posterior >= 0.8
        false.append(sure[:, ~real].sum() / max(1, sure.sum()))

    assert np.mean(found) == pytest.approx(likely, abs=0.05)
    assert np.mean(held) == pytest.approx(possible, abs=0.06)
    assert np.mean(false) == pytest.approx(false_share, abs=0.04)


def test_a_scale_twice_as_long_with_answers_twice_as_far_apart_is_believed_as_much():
    short = answers_of(GAP)
    long = answers_from(2 * short.importance - 1, short.roles, levels=9)

    gaps, twice = role_gaps(tally_of(short)), role_gaps(tally_of(long))

    assert twice.posterior == pytest.approx(gaps.posterior)
    assert twice.prior == pytest.approx(gaps.prior)
    assert twice.shrunk == pytest.approx(2 * gaps.shrunk)


def test_the_gaps_of_a_session_are_those_of_its_counts_and_share_one_prior():
    tally = tally_of(answers_of(GAP))
    gaps, variance = role_gaps(tally), moderated_variance(tally)

    people = {group.key: group.members for group in tally.groups}
    net, error = [], []
    for row, members in enumerate(people.values()):
        ratings, rest = tally.answers.importance[members], tally.answers.importance[~members]
        gap = ratings.mean(axis=0) - rest.mean(axis=0)
        net.append(gap - np.median(gap))
        error.append(variance * (1 / len(ratings) + 1 / len(rest)))
        assert gaps.gap[row] == pytest.approx(gap)
    believed = believe(np.concatenate(net), np.concatenate(error), slab=1.2, least=1.0, thresholds=Thresholds())
    assert gaps.shrunk.ravel() == pytest.approx(believed[0])
    assert gaps.posterior.ravel() == pytest.approx(believed[1])
    assert gaps.prior == believed[2]


def test_without_any_noise_a_gap_is_what_it_seems():
    gaps = role_gaps(tally_of(answers_of("a1 eng 1 3 3\n a2 eng 1 3 3\n b1 pm 4 3 3\n b2 pm 4 3 3")))

    assert gaps.shrunk[0, 0] == pytest.approx(-3, rel=1e-9)
    assert gaps.posterior[0, 0] == 1
