import math

import numpy as np
import pytest

from alignment.divergence import Finding
from alignment.divergence.distance import level_counts
from alignment.divergence.split import camps_of, split_findings, split_flags
from tests.divergence.sessions import answers_from, answers_of, rated_latent, tally_of


def flags(*counts):
    """Possible and likely for one table of counts."""
    possible, likely = split_flags(np.array([counts]))
    return bool(possible[0]), bool(likely[0])


def test_five_low_and_four_high_with_nobody_between_are_a_likely_split():
    answers = answers_from([[rating] for rating in (1, 1, 1, 2, 2, 4, 5, 5, 5)], ["eng"] * 9)

    (finding,) = split_findings(tally_of(answers))

    # F = 3 5 5 6, so D = 2 (3*6 + 5*4 + 5*4 + 6*3) / (4 * 9 * 8) = 152/288 and a = 1 - 2.5 * 152/288.
    # The camps are 3 2 | 0 1 3. The best single peak over 3 2 0 1 3 joins the last three levels at 4/3 each:
    # G = 2 (1 ln 1 + 3 ln 3 - 4 ln 4/3), and valley p is tabulated for 9 people.
    assert math.isclose(2 * (3 * math.log(3) - 4 * math.log(4 / 3)), 4.290, abs_tol=1e-3)
    p = finding.numbers["valley_p"]
    assert 0.05 < p <= 0.10
    assert finding == Finding(
        kind="split",
        item="i0000",
        tier="likely",
        severity=pytest.approx(1 * 2 * 4 / 9),
        numbers={
            "raters": 9,
            "asked": 9,
            "low": 5,
            "middle": 0,
            "high": 4,
            "mean": pytest.approx(26 / 9),
            "agreement": pytest.approx(1 - 2.5 * 152 / 288),
            "points_between_two": pytest.approx(4 * 152 / 288),
            "lower": 5,
            "lower_to": 2,
            "lower_mean": pytest.approx(7 / 5),
            "upper": 4,
            "upper_from": 4,
            "upper_mean": pytest.approx(19 / 4),
            "points_apart": pytest.approx(19 / 4 - 7 / 5),
            "valley_p": p,
        },
    )


def test_two_against_two_are_a_possible_split():
    # Four people: 2 2 at each end, nobody between, a = -2/3; but a valley that deep is not rare with spread camps.
    assert flags(1, 1, 0, 1, 1) == (True, False)


def test_a_lone_voice_is_no_split():
    assert flags(1, 0, 0, 0, 7) == (False, False)


def test_more_people_between_than_in_the_smaller_camp_are_no_possible_split():
    assert flags(1, 1, 3, 1, 1) == (False, False)


def test_a_third_camp_in_the_middle_is_a_likely_split_for_its_valleys_only():
    # The best single peak over 2 0 3 0 2 is 1 1 3 1 1.
    assert flags(2, 0, 3, 0, 2) == (False, True)


def test_an_end_with_fewer_than_a_quarter_is_no_camp_of_a_possible_split():
    assert flags(2, 0, 0, 0, 7)[0] is False


def test_two_of_nine_are_no_camp_of_a_possible_split_even_where_agreement_is_low():
    # F = 2 2 4 4 of 9: D = 2 (14 + 14 + 20 + 20) / (4 * 9 * 8) = .472, a < 0; but 2 of 9 are less than a quarter.
    assert flags(2, 0, 2, 0, 5)[0] is False


def test_many_people_in_camps_of_unequal_size_are_a_likely_split_though_they_agree_more_than_at_random():
    # 20 against 80: a > 0, so that it is not possible by shape, but the valley is plain.
    assert flags(20, 0, 0, 0, 80) == (False, True)


def test_camps_are_cut_where_they_differ_most_and_not_where_they_would_pass():
    # Cut after 1 the camps are 2 and 9 people: 2 are less than a fifth. Cutting after 4, at 6 and 5, would pass.
    counts = np.array([[2, 0, 0, 4, 5]])

    assert camps_of(counts).cut.tolist() in ([1], [2], [3])
    assert camps_of(counts).smaller.tolist() == [2]
    assert split_flags(counts)[1].tolist() == [False]


def test_camps_less_than_two_points_apart_are_no_likely_split():
    # 2 and 4 are exactly 2 points apart; two people on 3 bring the lower camp's mean to 2.05 and undo it.
    counts = np.array([[0, 40, 0, 40, 0], [0, 40, 2, 40, 0]])

    assert camps_of(counts).distinct.tolist() == [True, False]
    assert split_flags(counts)[1].tolist() == [True, False]


def test_on_three_levels_a_split_stays_possible():
    possible, likely = split_flags(np.array([[40, 1, 40], [20, 0, 80]]))

    assert possible.tolist() == [True, False]
    assert likely.tolist() == [False, False]


def test_on_ten_levels_camps_must_lie_half_the_scale_apart():
    # 4 and 8 are 4 of 9 points apart, less than half; 3 and 8 are 5.
    near, far = [0, 0, 0, 30, 0, 0, 0, 30, 0, 0], [0, 0, 30, 0, 0, 0, 0, 30, 0, 0]

    assert split_flags(np.array([near, far]))[1].tolist() == [False, True]


def test_turning_the_scale_round_leaves_every_split_as_it_is():
    counts = np.random.default_rng(2).multinomial(11, [0.3, 0.15, 0.1, 0.15, 0.3], size=3000)

    there, back = split_flags(counts), split_flags(counts[:, ::-1])

    assert there[0].tolist() == back[0].tolist()
    assert there[1].tolist() == back[1].tolist()
    assert 0 < there[1].mean() < there[0].mean() < 1


def test_an_item_with_two_raters_is_no_split():
    answers = answers_of("""
        ana eng 1 1
        ben eng 5 1
        cem eng - 5
        dee eng ? 5
    """)

    assert [finding.item for finding in split_findings(tally_of(answers))] == ["i2"]


@pytest.mark.parametrize(
    ("people", "possible", "likely"),
    [(4, 0.767, 0.161), (6, 0.885, 0.217), (8, 0.896, 0.327), (12, 0.908, 0.579), (30, 0.966, 0.848)],
)
def test_planted_camps_of_equal_size_are_found_as_often_as_simulated(people, possible, likely):
    rng = np.random.default_rng(people)
    low = rated_latent(rng, (people // 2, 4000), mean=1.5, sd=0.6)
    high = rated_latent(rng, (people // 2, 4000), mean=4.5, sd=0.6)

    shape, valley = split_flags(level_counts(np.concatenate([low, high]), levels=5))

    assert shape.mean() == pytest.approx(possible, abs=0.025)
    assert valley.mean() == pytest.approx(likely, abs=0.025)


@pytest.mark.parametrize(("people", "possible", "likely"), [(6, 0.227, 0.029), (8, 0.202, 0.041), (12, 0.155, 0.022)])
def test_a_wide_single_peak_is_taken_for_a_split_as_rarely_as_simulated(people, possible, likely):
    ratings = rated_latent(np.random.default_rng(people), (people, 8000), mean=3, sd=1.3)

    shape, valley = split_flags(level_counts(ratings, levels=5))

    assert shape.mean() == pytest.approx(possible, abs=0.015)
    assert valley.mean() == pytest.approx(likely, abs=0.008)


def best_cut(counts):
    """The cut between the camps that differ most, by going through all of them, and the smaller camp there."""
    levels = np.arange(1, len(counts) + 1)
    best = (0, 0)
    for cut in range(1, len(counts)):
        lower, upper = np.repeat(levels[:cut], counts[:cut]), np.repeat(levels[cut:], counts[cut:])
        if lower.size and upper.size:
            mean = np.concatenate([lower, upper]).mean()
            between = lower.size * (lower.mean() - mean) ** 2 + upper.size * (upper.mean() - mean) ** 2
            best = max(best, (round(between, 9), min(lower.size, upper.size)))
    return best


@pytest.mark.parametrize("levels", range(2, 11))
def test_the_scale_is_cut_where_the_camps_differ_most(levels):
    counts = np.random.default_rng(levels).integers(0, 5, (60, levels))
    counts[:, 1:-1] *= np.random.default_rng(levels + 1).integers(0, 2, (60, levels - 2))

    camps = camps_of(counts)

    for row, cut in enumerate(camps.cut):
        lower, upper = counts[row, :cut], counts[row, cut:]
        assert (camps.smaller[row], min(lower.sum(), upper.sum())) == (best_cut(counts[row])[1],) * 2


def test_two_at_each_end_and_two_between_are_a_possible_split_only():
    (finding,) = split_findings(tally_of(answers_from([[1], [2], [3], [3], [4], [5]], ["eng"] * 6)))

    # F = 1 2 4 5 of 6: D = 2 (5 + 8 + 8 + 5) / (4 * 6 * 5) = 52/120, so a is below 0; two of six are a third.
    assert (finding.tier, finding.severity) == ("possible", pytest.approx(2 / 3))


def test_camps_at_the_low_end_and_in_the_middle_are_told_by_their_own_size():
    ratings = [[1]] * 8 + [[3]] * 6

    (finding,) = split_findings(tally_of(answers_from(ratings, ["eng"] * 14)))

    # 48 of the 91 pairs are half the scale apart: D = 24/91, a = 1 - 2.5 * 24/91. Nobody is high.
    assert finding.tier == "likely"
    assert finding.severity == pytest.approx(2.5 * 24 / 91 * 2 * 6 / 14)


def test_camps_that_touch_are_told_from_where_to_where_they_go():
    ratings = [[level] for level, people in enumerate((0, 3, 1, 1, 4), start=1) for _ in range(people)]

    (finding,) = split_findings(tally_of(answers_from(ratings, ["eng"] * 9)))

    assert [finding.numbers[name] for name in ("lower", "lower_to", "upper", "upper_from")] == [4, 3, 5, 4]


def test_only_split_items_are_told():
    ratings = np.column_stack([[1, 1, 1, 5, 5, 5], [3, 3, 3, 3, 4, 4], [2, 3, 3, 3, 4, 3]])

    assert [finding.item for finding in split_findings(tally_of(answers_from(ratings, ["eng"] * 6)))] == ["i0000"]


def test_on_four_levels_a_valley_counts_and_where_its_limit_is_reached_exactly():
    ratings = [[1]] * 9 + [[4]] * 9 + [[2]] * 1
    answers = answers_from(ratings, ["eng"] * 19, levels=4)
    (finding,) = split_findings(tally_of(answers))
    p = finding.numbers["valley_p"]

    def tiers(**limits):
        return [finding.tier for finding in split_findings(tally_of(answers, **limits))]

    assert (finding.tier, tiers(valley_p=p), tiers(valley_p=math.nextafter(p, 0))) == (
        "likely",
        ["likely"],
        ["possible"],
    )
    assert tiers(camps_apart=0.99) == ["possible"]
    assert tiers(camps_apart=0.99, split_agreement=-0.9) == []
    assert tiers(camp_people=10) == []
