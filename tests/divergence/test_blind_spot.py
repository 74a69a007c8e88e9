import math

import numpy as np
import pytest
from scipy.special import beta

from alignment.divergence.blind_spot import blind_posterior, blind_spot_findings
from tests.divergence.sessions import answers_of, tally_of

# None of three in sales has the item on their map; eight of nine others do, at 4 on average.
SALES_BLIND = """
    a1 eng   4
    a2 eng   4
    a3 eng   5
    b1 pm    3
    b2 pm    4
    b3 pm    4
    c1 exec  4
    c2 exec  4
    c3 exec  ?
    d1 sales ?
    d2 sales ?
    d3 sales x
"""


def test_a_role_that_does_not_hold_what_most_others_hold_has_a_blind_spot():
    (finding,) = blind_spot_findings(tally_of(answers_of(SALES_BLIND)))

    # Odds .1/.9 x .95^3 against B(8.5, 4.5) / B(8.5, 1.5): holding it as the others do.
    alike = beta(0.5 + 8, 0.5 + 1 + 3) / beta(0.5 + 8, 0.5 + 1)
    odds = 0.1 / 0.9 * 0.95**3 / alike
    posterior = odds / (1 + odds)
    assert posterior == pytest.approx(0.905, abs=5e-4)
    assert (finding.kind, finding.item, finding.groups, finding.grouping) == ("blind_spot", "i1", ("sales",), "role")
    assert finding.tier == "likely"
    assert finding.severity == pytest.approx(posterior * 4 / 5)
    assert finding.numbers == {
        "group": 3,
        "holders": 0,
        "others": 9,
        "other_holders": 8,
        "unknown": 2,
        "not_real": 1,
        "mean": 4.0,
        "posterior": pytest.approx(posterior),
    }


def test_a_statement_of_ones_own_is_holding_it():
    answers = answers_of(SALES_BLIND.replace("d1 sales ?", "d1 sales ?w"))

    # 1 of 3 is more than a fifth of the role.
    assert blind_spot_findings(tally_of(answers)) == []


def test_one_holder_among_four_is_no_blind_spot_however_sure_the_posterior():
    others = "\n".join(f"a{number} eng 4" for number in range(20))
    answers = answers_of(f"{others}\n d1 sales ?\n d2 sales ?\n d3 sales ?\n d4 sales 4")
    five = answers_of(f"{others}\n d1 sales ?\n d2 sales ?\n d3 sales ?\n d4 sales 4\n d5 sales ?")

    assert blind_posterior(4, 1, 20, 20) > 0.8
    assert blind_spot_findings(tally_of(answers)) == []
    assert [finding.tier for finding in blind_spot_findings(tally_of(five))] == ["likely"]


def test_people_who_did_not_answer_or_were_not_asked_say_nothing():
    everybody = SALES_BLIND.replace("c3 exec  ?", "c3 exec  4")
    silent = everybody.replace("d2 sales ?", "d2 sales -").replace("d3 sales x", "d3 sales .")
    answers = answers_of("\n".join(f"{line} 3" for line in silent.strip().splitlines()))

    # All of sales answered about the second item, but only one of them about the first, and one is not enough.
    assert blind_posterior(1, 0, 9, 9) > 0.5
    assert blind_spot_findings(tally_of(answers)) == []


def test_an_item_that_hardly_anyone_rated_can_be_a_blind_spot():
    answers = answers_of("""
        a1 eng   .w
        a2 eng   .w
        a3 eng   .w
        a4 eng   4
        d1 sales ?
        d2 sales ?
        d3 sales ?
    """)

    (finding,) = blind_spot_findings(tally_of(answers))

    assert [finding.numbers[name] for name in ("group", "others", "other_holders")] == [3, 4, 4]
    assert finding.numbers["mean"] == 4.0


def test_an_item_that_nobody_rated_counts_with_the_middle_of_the_scale():
    answers = answers_of("""
        a1 eng   .w
        a2 eng   .w
        a3 eng   .w
        a4 eng   .w
        d1 sales ?
        d2 sales ?
        d3 sales ?
    """)

    (finding,) = blind_spot_findings(tally_of(answers))

    assert finding.numbers["mean"] is None
    assert finding.severity == pytest.approx(finding.numbers["posterior"] * 3 / 5)


def test_with_five_people_a_blind_spot_is_never_more_than_possible():
    answers = answers_of("""
        a1 eng   5
        a2 eng   5
        a3 eng   5
        d1 sales ?
        d2 sales ?
    """)
    six = answers_of("""
        a1 eng   5
        a2 eng   5
        a3 eng   5
        a4 eng   5
        d1 sales ?
        d2 sales ?
    """)

    assert [finding.tier for finding in blind_spot_findings(tally_of(answers))] == ["possible"]
    assert [finding.tier for finding in blind_spot_findings(tally_of(six))] == ["likely"]


def test_small_roles_share_a_blind_spot_through_their_lens():
    answers = answers_of("""
        a1 eng  5
        a2 eng  5
        a3 eng  5
        a4 eng  5
        b1 exec ?
        c1 pm   ?
    """)

    (finding,) = blind_spot_findings(tally_of(answers))

    assert (finding.groups, finding.grouping) == (("decide",), "lens")


@pytest.mark.parametrize(
    ("role", "others", "held", "false", "power"),
    [
        (2, 4, 0.6, (0.020, None), (0.11, None)),
        (2, 6, 0.8, (0.011, 0.029), (0.24, 0.59)),
        (3, 3, 0.8, (0.005, None), (0.45, None)),
        (3, 9, 0.8, (0.004, 0.007), (0.38, 0.79)),
        (4, 26, 0.6, (0.010, 0.023), (0.29, 0.73)),
        (20, 80, 0.6, (0.000, None), (0.96, None)),
    ],
)
def test_blind_spots_are_flagged_as_often_as_simulated(role, others, held, false, power):
    rng = np.random.default_rng(role * others)
    for holds, (likely, possible) in ((held, false), (0.05, power)):
        k, j = rng.binomial(role, holds, 20_000), rng.binomial(others, held, 20_000)
        shape = (j >= 0.5 * others) & (k <= 0.2 * role)
        posterior = blind_posterior(role, k, others, j)

        assert np.mean(shape & (posterior >= 0.8)) == pytest.approx(likely, abs=0.015)
        if possible is not None:
            assert np.mean(shape & (posterior >= 0.5)) == pytest.approx(possible, abs=0.015)


def test_one_person_alone_is_never_surely_blind():
    # Against any number of others who all hold it, odds .1/.9 x .95 / (.5 / (j + 1)) grow only with j.
    odds = 0.1 / 0.9 * 0.95 * (9 + 1) / 0.5

    assert blind_posterior(1, 0, 9, 9) == pytest.approx(odds / (1 + odds))
    assert math.isclose(float(blind_posterior(1, 0, 9, 9)), 0.679, abs_tol=1e-3)


def test_the_posterior_weighs_those_of_the_group_who_do_hold_it():
    # One of five holds it: blind .05 x .95^4, alike B(.5 + 8 + 1, .5 + 1 + 4) / B(.5 + 8, .5 + 1).
    odds = 0.1 / 0.9 * 0.05 * 0.95**4 / (beta(9.5, 5.5) / beta(8.5, 1.5))

    assert blind_posterior(5, 1, 9, 8) == pytest.approx(odds / (1 + odds))


def test_a_limit_counts_as_reached_where_it_is_reached_exactly():
    answers = answers_of(SALES_BLIND)
    (finding,) = blind_spot_findings(tally_of(answers))
    posterior = finding.numbers["posterior"]
    above = math.nextafter(posterior, 1)

    def tiers(**limits):
        return [finding.tier for finding in blind_spot_findings(tally_of(answers, **limits))]

    assert (tiers(possible=posterior), tiers(possible=above)) == (["likely"], [])
    assert (tiers(likely=posterior), tiers(likely=above)) == (["likely"], ["possible"])


def test_a_session_is_asked_how_common_blind_spots_are():
    assert blind_spot_findings(tally_of(answers_of(SALES_BLIND), blind_prior=0.001)) == []


def test_with_five_people_not_even_a_sure_blind_spot_is_likely():
    answers = answers_of("a1 eng 5\n a2 eng 5\n a3 eng 5\n d1 sales ?\n d2 sales ?")

    assert [f.tier for f in blind_spot_findings(tally_of(answers, possible=0.1, likely=0.1))] == ["possible"]


def test_half_of_the_others_is_most_of_them_and_less_is_not():
    def found(others_who_hold):
        others = [f"a{row} eng {'5' if row < others_who_hold else '?'}" for row in range(10)]
        return blind_spot_findings(tally_of(answers_of("\n".join(others + [f"d{row} sales ?" for row in range(8)]))))

    assert blind_posterior(8, 0, 10, 4) > 0.5
    assert [len(found(number)) for number in (4, 5, 6)] == [0, 1, 1]


def test_one_other_who_holds_it_is_enough_and_nobody_is_not():
    alone = "\n".join(f"d{row} sales ?" for row in range(5))

    assert [f.groups for f in blind_spot_findings(tally_of(answers_of(f"a1 eng 5\n {alone}")))] == [("sales",)]
    assert blind_spot_findings(tally_of(answers_of(alone), blind_prior=0.99)) == []


def test_what_a_group_does_not_hold_elsewhere_says_nothing_about_this_item():
    others = [f"a{row} eng 5 5 5 5 5" for row in range(9)]
    sales = [f"d{row} sales ? ? ? ? 4" for row in range(3)]

    found = blind_spot_findings(tally_of(answers_of("\n".join(others + sales))))

    assert [finding.item for finding in found] == ["i1", "i2", "i3", "i4"]
