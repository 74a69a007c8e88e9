import numpy as np
import pytest
from scipy import stats

from alignment.divergence import Finding, Thresholds, analyse
from alignment.divergence.consensus import consensus_findings, share_posterior
from alignment.divergence.distance import agreement, level_counts
from tests.divergence.sessions import answers_from, answers_of, rated_latent, tally_of

# Nine of ten rate the item 4 or 5, and every role answered.
AGREED = """
    a1 eng   5
    a2 eng   5
    a3 eng   5
    a4 eng   4
    b1 pm    5
    b2 pm    4
    b3 pm    3
    c1 sales 5
    c2 sales 5
    c3 sales 4
"""


def found(table, contradicted=()):
    return consensus_findings(tally_of(answers_of(table)), contradicted=frozenset(contradicted))


def test_nine_of_ten_high_with_every_role_heard_are_a_consensus():
    (finding,) = found(AGREED)

    # F = 0 0 1 4 of 10: D = 2 (1*9 + 4*6) / (4 * 10 * 9) = 66/360, a = 1 - 2.5 * 66/360 = .542
    assert finding == Finding(
        kind="consensus",
        variant="agreed",
        item="i1",
        tier="likely",
        severity=pytest.approx(1 - 2.5 * 66 / 360),
        numbers={
            "raters": 10,
            "asked": 10,
            "low": 0,
            "middle": 1,
            "high": 9,
            "mean": 4.5,
            "agreement": pytest.approx(1 - 2.5 * 66 / 360),
            "points_between_two": pytest.approx(4 * 66 / 360),
            "posterior": pytest.approx(stats.beta(9.5, 1.5).sf(2 / 3)),
        },
    )


def test_all_low_is_a_consensus_too():
    (finding,) = found(AGREED.replace("5\n", "1\n").replace("4\n", "2\n"))

    assert (finding.variant, finding.numbers["low"], finding.numbers["high"]) == ("agreed", 9, 0)


def test_below_six_raters_an_agreement_is_tentative():
    (finding,) = found("""
        a1 eng   5
        a2 eng   4
        b1 sales 5
        b2 sales 5
    """)

    assert (finding.variant, finding.tier) == ("tentative", "possible")


def test_when_too_few_of_those_asked_rated_it_is_an_agreement_among_few():
    (finding,) = found(AGREED + "\n".join(f"d{number} exec -" for number in range(7)))

    # 10 of 17 are fewer than 60 %; the agreement is worth as much less.
    assert (finding.variant, finding.tier) == ("few", "possible")
    assert finding.severity == pytest.approx((1 - 2.5 * 66 / 360) * 10 / 17)


def test_three_fifths_of_those_asked_are_needed_even_where_half_of_each_role_rated():
    silent = "\n".join(f"d{number} {role} -" for number, role in enumerate(["eng"] * 4 + ["pm"] * 2 + ["sales"]))

    # 10 of 17; eng 4 of 8, pm 3 of 5, sales 3 of 4. With one silent person fewer it is 10 of 16.
    assert [finding.variant for finding in found(AGREED + silent)] == ["few"]
    assert [finding.variant for finding in found(AGREED + silent.replace("d6 sales -", ""))] == ["agreed"]


def test_when_half_a_role_did_not_rate_it_is_an_agreement_among_few():
    (finding,) = found(AGREED + "d1 exec -\n d2 exec ?\n d3 exec 5")

    assert finding.variant == "few"


def test_a_role_of_one_who_did_not_rate_does_not_stand_in_the_way():
    (finding,) = found(AGREED + "d1 exec -")

    assert finding.variant == "agreed"


def test_a_role_that_stands_apart_makes_it_an_agreement_among_few():
    (finding,) = found(AGREED, contradicted=["i1"])

    assert finding.variant == "few"


def test_an_item_with_a_role_gap_or_a_blind_spot_is_never_fully_agreed():
    answers = answers_of("""
        a1 eng   5 5
        a2 eng   5 5
        a3 eng   5 5
        b1 pm    5 5
        b2 pm    5 5
        b3 pm    4 4
        c1 sales 5 ?
        c2 sales 5 ?
    """)

    result = analyse(answers, thresholds=Thresholds(coverage=0.5, role_coverage=0))

    kinds = {(finding.item, finding.kind, finding.variant) for finding in result.findings}
    assert kinds == {("i1", "consensus", "agreed"), ("i2", "blind_spot", ""), ("i2", "consensus", "few")}


def test_a_narrow_majority_is_no_consensus():
    # 7 of 10: Beta(7.5, 3.5) lies above 2/3 with a probability of .57.
    assert found(AGREED.replace("c1 sales 5", "c1 sales 3").replace("c2 sales 5", "c2 sales 3")) == []


def test_a_majority_that_agrees_hardly_better_than_at_random_is_no_consensus():
    ratings = [[rating] for rating in (5, 4, 5, 4, 5, 4, 5, 1, 5, 4, 5, 4, 5, 1, 1)]

    tally = tally_of(answers_from(ratings, ["eng"] * 15))

    assert share_posterior(12, 15) >= 0.8
    assert tally.agreement[0] < 0.3
    assert consensus_findings(tally, contradicted=frozenset()) == []


def test_items_with_nothing_but_skips_never_become_a_consensus():
    answers = answers_of("""
        a1 eng   ? x - . ?w
        a2 eng   ? x - . ?w
        a3 eng   ? x - . xw
        b1 sales ? x - . -w
        b2 sales ? x - . .w
    """)

    assert analyse(answers).findings == ()


@pytest.mark.parametrize(("people", "seven", "nine"), [(4, 0.24, 0.66), (8, 0.24, 0.81), (12, 0.23, 0.88)])
def test_agreements_are_found_as_often_as_simulated(people, seven, nine):
    rng = np.random.default_rng(people)
    for share, expected in ((0.7, seven), (0.9, nine)):
        high = rng.random((people, 20_000)) < share
        counts = level_counts(np.where(high, rng.choice([4, 5], high.shape), 3.0), levels=5)
        alike = share_posterior(counts[:, 3:].sum(axis=1), people) >= 0.8

        assert np.mean(alike & (agreement(counts) >= 0.3)) == pytest.approx(expected, abs=0.03)


@pytest.mark.parametrize(("people", "uniform", "centred"), [(4, 0.043, 0.016), (8, 0.010, 0.004), (12, 0.003, 0.0)])
def test_random_and_middling_answers_pass_for_agreement_as_rarely_as_simulated(people, uniform, centred):
    rng = np.random.default_rng(people)
    anything = rng.integers(1, 6, (people, 20_000)).astype(float)
    middling = rated_latent(rng, (people, 20_000), mean=3, sd=1)

    for ratings, expected in ((anything, uniform), (middling, centred)):
        counts = level_counts(ratings, levels=5)
        larger = np.maximum(counts[:, :2].sum(axis=1), counts[:, 3:].sum(axis=1))
        alike = (share_posterior(larger, people) >= 0.8) & (agreement(counts) >= 0.3)
        assert alike.mean() == pytest.approx(expected, abs=0.01)


def test_a_limit_counts_as_reached_where_it_is_reached_exactly():
    answers = answers_of(AGREED)
    (finding,) = found(AGREED)
    posterior, agreed = finding.numbers["posterior"], finding.numbers["agreement"]

    def number(**limits):
        return len(consensus_findings(tally_of(answers, **limits), contradicted=frozenset()))

    assert (number(consensus_posterior=posterior), number(consensus_posterior=np.nextafter(posterior, 1))) == (1, 0)
    assert (number(consensus_agreement=agreed), number(consensus_agreement=np.nextafter(agreed, 1))) == (1, 0)
    assert (number(consensus_share=0.66), number(consensus_share=0.9)) == (1, 0)


def test_six_raters_are_enough_for_an_agreement_that_is_not_tentative():
    assert [f.variant for f in found("\n".join(f"a{row} eng 5" for row in range(6)))] == ["agreed"]
    assert [f.variant for f in found("\n".join(f"a{row} eng 5" for row in range(5)))] == ["tentative"]


def test_three_fifths_of_those_asked_are_enough():
    def variants(raters, silent):
        marks = ["5"] * raters + ["-"] * silent
        return [f.variant for f in found("\n".join(f"a{row} eng {mark}" for row, mark in enumerate(marks)))]

    assert (variants(6, 4), variants(6, 5)) == (["agreed"], ["few"])


def test_a_role_of_two_has_to_be_heard_and_a_role_of_one_need_not():
    others = "\n".join(f"a{row} eng 5" for row in range(8))

    assert [f.variant for f in found(f"{others}\n b1 sales ?\n b2 sales ?")] == ["few"]
    assert [f.variant for f in found(f"{others}\n b1 sales ?\n b2 sales 5")] == ["agreed"]
    assert [f.variant for f in found(f"{others}\n b1 sales ?")] == ["agreed"]


def test_a_role_is_heard_on_each_item_by_itself():
    rows = [f"a{row} eng 5 5" for row in range(6)]
    rows += [f"b{row} sales {mark}" for row, mark in enumerate(("5 .", "5 .", "5 5", "5 -", "5 -"))]

    # Of sales one of three who were asked about the second item rated it, though all five rated the first.
    assert [(f.item, f.variant) for f in found("\n".join(rows))] == [("i1", "agreed"), ("i2", "few")]


def test_what_a_role_was_not_asked_about_counts_on_no_other_item():
    rows = [f"a{row} eng 5 5 5" for row in range(6)] + ["b1 sales 5 . .", "b2 sales . 5 5", "b3 sales . - ."]

    assert [f.variant for f in found("\n".join(rows))] == ["agreed", "agreed", "agreed"]
