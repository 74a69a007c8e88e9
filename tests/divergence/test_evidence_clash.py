import numpy as np
import pytest

from alignment.divergence import Finding
from alignment.divergence.evidence_clash import evidence_clash_findings
from tests.divergence.sessions import answers_from, one_item, rated_latent, tally_of


def found(ratings, evidence, **further):
    return evidence_clash_findings(tally_of(one_item(ratings, evidence=evidence, **further)))


def tiers(ratings, evidence, **further):
    return [finding.tier for finding in found(ratings, evidence, **further)]


def test_two_with_evidence_on_either_side_clash():
    # Low are 1 2 1, two of them with evidence; high 5 4 4, two of them; the person who says 3 has data too.
    # Distances of the 21 pairs of 1 1 2 3 4 4 5: F = 2 3 4 6, sum F(7-F) = 10 + 12 + 12 + 6 = 40, D = 40/84 = .476,
    # agreement 1 - .476/.4 = -.19: severity is capped at 1.
    assert found([1, 2, 1, 3, 4, 5, 4, None], [3, 2, 1, 3, 3, 2, None, 3]) == [
        Finding(
            kind="evidence_clash",
            item="i0000",
            tier="possible",
            severity=1.0,
            dimension="evidence",
            numbers={
                "raters": 7,
                "low": 3,
                "low_with_evidence": 2,
                "high": 3,
                "high_with_evidence": 2,
                "agreement": pytest.approx(1 - 40 / 84 / 0.4),
            },
        )
    ]


def test_one_with_evidence_on_a_side_is_not_enough():
    assert tiers([1, 1, 5, 5], [2, 2, 2, 2]) == ["possible"]
    assert tiers([1, 1, 5, 5], [2, 1, 2, 2]) == []
    assert tiers([1, 1, 5, 5, 5, 5], [2, None, 3, 3, 3, 3]) == []
    assert tiers([1, 3, 3, 5, 5, 5], [3, 3, 3, 3, 3, 3]) == []


def test_three_with_evidence_on_each_side_are_likely():
    assert tiers([1, 2, 1, 5, 4, 5], [2] * 6) == ["likely"]
    assert tiers([1, 2, 1, 5, 4, 5], [2] * 5 + [1]) == ["possible"]
    assert tiers([1, 2, 1, 5, 5], [2] * 5) == ["possible"]


def test_severity_is_disagreement():
    # 2 2 3 3 3 3 3 3 4 4: F = 0 2 8 10, sum F(n-F) = 32, D = 2*32/(4*10*9) = .178, 1 - agreement = .178/.4.
    (finding,) = found([2, 2, 3, 3, 3, 3, 3, 3, 4, 4], [2] * 10)

    assert finding.severity == pytest.approx(64 / 360 / 0.4)


def test_where_nobody_was_asked_how_they_know_nothing_clashes():
    assert evidence_clash_findings(tally_of(one_item([1, 1, 1, 5, 5, 5]))) == []
    assert tiers([1, 1, 1, 5, 5, 5], [None] * 6) == []
    assert tiers([None] * 6, [3] * 6) == []
    assert tiers([5] * 6, [3] * 6) == []


def test_evidence_of_those_who_did_not_rate_counts_for_neither_side():
    assert tiers([1, 1, None, None], [3, 3, 3, 3]) == []


def test_where_more_raters_are_needed_fewer_are_silent():
    answers = one_item([1, 1, 5, 5], evidence=[3] * 4)

    assert len(evidence_clash_findings(tally_of(answers, min_raters=4))) == 1
    assert evidence_clash_findings(tally_of(answers, min_raters=5)) == []


@pytest.mark.parametrize(
    ("levels", "low", "middle"), [(2, 1, None), (3, 1, 2), (4, 1, 2), (5, 2, 3), (7, 2, 3), (10, 4, 5)]
)
def test_low_and_high_are_the_ends_of_any_scale(levels, low, middle):
    assert tiers([low, low, levels, levels], [3] * 4, levels=levels) == ["possible"]
    if middle is not None:
        assert tiers([middle, low, levels, levels], [3] * 4, levels=levels) == []


@pytest.mark.parametrize(("levels", "highest_guess"), [(2, 0), (3, 1), (4, 1), (5, 2), (10, 4)])
def test_evidence_is_the_upper_half_of_its_scale(levels, highest_guess):
    assert tiers([1, 1, 5, 5], [highest_guess + 1] * 4, evidence_levels=levels) == ["possible"]
    assert tiers([1, 1, 5, 5], [highest_guess + 1] * 3 + [highest_guess], evidence_levels=levels) == []


def session(seed, people=9, items=60):
    rng = np.random.default_rng(seed)
    ratings = rng.integers(1, 6, (people, items)).astype(float)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan
    evidence = rng.integers(0, 4, ratings.shape).astype(float)
    evidence[np.isnan(ratings) | (rng.random(ratings.shape) < 0.2)] = np.nan
    return ratings, evidence


def clashes(ratings, evidence):
    return evidence_clash_findings(tally_of(answers_from(ratings, ["eng"] * len(ratings), evidence=evidence)))


def test_clashes_are_those_that_counting_person_by_person_finds():
    ratings, evidence = session(1)

    by_hand = {}
    for item in range(60):
        sides = {"low": 0, "high": 0}
        for rating, known in zip(ratings[:, item], evidence[:, item], strict=True):
            if known >= 2 and rating in (1, 2, 4, 5):
                sides["low" if rating < 3 else "high"] += 1
        if min(sides.values()) >= 2 and np.count_nonzero(~np.isnan(ratings[:, item])) >= 3:
            by_hand[f"i{item:04d}"] = (
                sides["low"],
                sides["high"],
                "likely" if min(sides.values()) >= 3 else "possible",
            )

    assert 5 < len(by_hand) < 55
    assert {
        f.item: (f.numbers["low_with_evidence"], f.numbers["high_with_evidence"], f.tier)
        for f in clashes(ratings, evidence)
    } == by_hand


def test_turning_the_scale_round_swaps_the_sides():
    ratings, evidence = session(2)

    there, back = clashes(ratings, evidence), clashes(6 - ratings, evidence)

    assert there
    assert [(f.item, f.tier, f.numbers["low"], f.numbers["high_with_evidence"]) for f in there] == [
        (f.item, f.tier, f.numbers["high"], f.numbers["low_with_evidence"]) for f in back
    ]
    assert [f.severity for f in there] == pytest.approx([f.severity for f in back])


def test_the_order_of_people_changes_nothing():
    ratings, evidence = session(3)
    order = np.random.default_rng(3).permutation(len(ratings))

    assert clashes(ratings[order], evidence[order]) == clashes(ratings, evidence)


@pytest.mark.parametrize(
    ("people", "one_opinion", "two_camps"), [(6, (0.02, 0), (0.14, 0)), (12, (0.16, 0.02), (0.65, 0.28))]
)
def test_clashes_are_as_common_as_simulated(people, one_opinion, two_camps):
    rng = np.random.default_rng(people)
    shape = (people, 3000)
    single = rated_latent(rng, shape, mean=3.6, sd=1)
    camps = rated_latent(rng, shape, mean=np.where(rng.random(shape) < 0.5, 1.5, 4.5), sd=0.6)

    for ratings, (any_tier, likely) in ((single, one_opinion), (camps, two_camps)):
        flagged = clashes(ratings, rng.integers(0, 4, shape))
        assert len(flagged) / 3000 == pytest.approx(any_tier, abs=0.03)
        assert sum(f.tier == "likely" for f in flagged) / 3000 == pytest.approx(likely, abs=0.03)
