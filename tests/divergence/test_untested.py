import numpy as np
import pytest
from scipy import stats

from alignment.divergence import Finding
from alignment.divergence.untested import important_posterior, unsupported_posterior, untested_findings
from tests.divergence.sessions import one_item, tally_of


def found(ratings, evidence, **scales):
    return untested_findings(tally_of(one_item(ratings, evidence=evidence, **scales)))


def tiers(ratings, evidence, **scales):
    return [finding.tier for finding in found(ratings, evidence, **scales)]


def test_what_eleven_of_twelve_call_critical_and_one_has_data_for_is_untested():
    (finding,) = found([5] * 10 + [4, 3], [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 3])

    # Beta(11.5, 1.5) above .6, Beta(1.5, 11.5) up to .34; the mean is 57/12.
    important, unsupported = stats.beta(11.5, 1.5).sf(0.6), stats.beta(1.5, 11.5).cdf(0.34)
    assert (round(important, 3), round(unsupported, 3)) == (0.993, 0.979)
    assert finding == Finding(
        kind="untested",
        item="i0000",
        tier="likely",
        severity=pytest.approx(57 / 12 / 5 * 11 / 12),
        dimension="evidence",
        numbers={
            "raters": 12,
            "high": 11,
            "mean": 57 / 12,
            "evidence_answers": 12,
            "with_evidence": 1,
            "without_evidence": 11,
            "posterior_important": pytest.approx(important),
            "posterior_unsupported": pytest.approx(unsupported),
            "posterior": pytest.approx(important * unsupported),
        },
    )


def test_several_customers_are_evidence_and_an_anecdote_is_none():
    anecdotes, customers = [1] * 8, [2] * 8

    assert tiers([5] * 8, anecdotes) == ["likely"]
    assert tiers([5] * 8, customers) == []


def test_from_a_posterior_of_seven_tenths_it_is_possible_and_from_eight_tenths_likely():
    # Nobody of seven has evidence: Beta(.5, 7.5) lies below .34 with .986. Beta(4.5, 3.5), Beta(5.5, 2.5) and
    # Beta(6.5, 1.5) lie above .6 with .429, .723 and .924.
    products = [important_posterior(high, 7) * unsupported_posterior(0, 7) for high in (4, 5, 6)]
    assert products == pytest.approx([0.986 * 0.429, 0.986 * 0.723, 0.986 * 0.924], abs=1e-3)

    assert tiers([5] * 4 + [3] * 3, [0] * 7) == []
    assert tiers([5] * 5 + [3] * 2, [0] * 7) == ["possible"]
    assert tiers([5] * 6 + [3], [0] * 7) == ["likely"]


def test_the_limits_themselves_belong_to_the_tiers():
    posterior = float(important_posterior(5, 7) * unsupported_posterior(0, 7))
    tally = one_item([5] * 5 + [3] * 2, evidence=[0] * 7)

    at = untested_findings(tally_of(tally, untested_posterior=posterior, likely=posterior))
    below = untested_findings(tally_of(tally, untested_posterior=np.nextafter(posterior, 1)))

    assert [finding.tier for finding in at] == ["likely"]
    assert below == []


def test_two_raters_are_too_few_to_call_anything_untested():
    assert unsupported_posterior(0, 7) * important_posterior(2, 2) > 0.7
    assert tiers([5, 5, *[None] * 5], [0] * 7) == []
    assert tiers([5, 5, 5, *[None] * 4], [0] * 7) == ["likely"]


def test_two_people_who_said_how_they_know_are_too_few():
    assert unsupported_posterior(0, 2) * important_posterior(8, 8) > 0.7
    assert tiers([5] * 8, [0, 0, *[None] * 6]) == []
    assert tiers([5] * 8, [0, 0, 0, *[None] * 5]) == ["likely"]


def test_where_nobody_was_asked_how_they_know_nothing_is_untested():
    assert untested_findings(tally_of(one_item([5] * 12))) == []
    assert tiers([5] * 12, [None] * 12) == []


def test_what_is_not_important_need_not_be_tested():
    assert tiers([1] * 12, [0] * 12) == []


@pytest.mark.parametrize(("levels", "highest_guess"), [(2, 0), (3, 1), (4, 1), (5, 2), (10, 4)])
def test_evidence_is_the_upper_half_of_its_scale(levels, highest_guess):
    assert tiers([5] * 8, [highest_guess] * 8, evidence_levels=levels) == ["likely"]
    assert tiers([5] * 8, [highest_guess + 1] * 8, evidence_levels=levels) == []


def test_on_three_levels_of_importance_the_highest_alone_is_important():
    assert tiers([3] * 8, [0] * 8, levels=3) == ["likely"]
    assert tiers([2] * 8, [0] * 8, levels=3) == []


@pytest.mark.parametrize(
    ("important", "evident", "expected"),
    [
        (0.9, 0.1, {4: 0.42, 6: 0.78, 8: 0.79, 12: 0.95, 30: 1.0, 100: 1.0}),
        (0.5, 0.5, {4: 0.004, 6: 0.013, 8: 0.006, 12: 0.002, 30: 0.0, 100: 0.0}),
    ],
)
def test_untested_items_are_flagged_as_often_as_simulated(important, evident, expected):
    rng = np.random.default_rng(413)
    for people, share in expected.items():
        high, known = rng.binomial(people, important, 20_000), rng.binomial(people, evident, 20_000)
        posterior = important_posterior(high, people) * unsupported_posterior(known, people)

        assert np.mean(posterior >= 0.7) == pytest.approx(share, abs=0.02)


def test_important_items_with_some_evidence_are_hardly_ever_flagged():
    rng = np.random.default_rng(414)
    for people in (4, 6, 8, 12, 30, 100):
        high, known = rng.binomial(people, 0.9, 20_000), rng.binomial(people, 0.6, 20_000)
        posterior = important_posterior(high, people) * unsupported_posterior(known, people)

        assert np.mean(posterior >= 0.7) <= 0.04


def test_what_is_important_and_what_is_evident_are_limits_of_the_session():
    answers = one_item([5] * 10 + [4, 3], evidence=[0] * 11 + [3])

    def number(**limits):
        return len(untested_findings(tally_of(answers, **limits)))

    assert (number(), number(untested_important=0.97), number(untested_evident=0.05)) == (1, 0, 0)
