import numpy as np
import pytest

from alignment.divergence import Finding
from alignment.divergence.distance import level_counts
from alignment.divergence.lone_voice import lone_voice_findings, lone_voices
from alignment.divergence.moments import median_of_counts
from tests.divergence.sessions import answers_of, one_item, rated_latent, tally_of


def found(*ratings, levels=5):
    return lone_voice_findings(tally_of(one_item(ratings, levels=levels)))


def tiers(*ratings, levels=5):
    return [finding.tier for finding in found(*ratings, levels=levels)]


def test_one_person_far_from_all_others_is_a_lone_voice_with_the_key_of_that_person():
    answers = answers_of("""
        ana eng   5
        ben eng   4
        cem sales 5
        dee sales ?
        eva exec  1
        fay pm    5
        gus pm    4
    """)

    # The others: 4 4 5 5 5, median 5. Eva is 4 of 4 points away.
    assert lone_voice_findings(tally_of(answers)) == [
        Finding(
            kind="lone_voice",
            item="i1",
            tier="likely",
            severity=1.0,
            people=("eva",),
            numbers={"raters": 6, "value": 1, "median": 5.0, "near": 5, "near_from": 4, "near_to": 5},
        )
    ]


def test_three_raters_are_too_few_for_one_of_them_to_be_alone():
    assert tiers(1, 5, 5) == []
    assert tiers(1, 5, 5, 5) == ["possible"]


def test_with_five_raters_a_lone_voice_is_possible_and_with_six_it_is_likely():
    assert tiers(1, 5, 5, 5, 5) == ["possible"]
    assert tiers(1, 5, 5, 5, 5, None) == ["possible"]
    assert tiers(1, 5, 5, 5, 5, 5) == ["likely"]


def test_three_points_from_the_median_of_the_others_are_far_enough():
    # Medians of the others: 4, 4 and 3.5.
    assert [finding.severity for finding in found(1, 4, 4, 4, 5, 3)] == [0.75]
    assert tiers(2, 4, 4, 4, 5, 3) == []
    assert tiers(1, 3, 3, 4, 4) == []


def test_one_of_the_others_more_than_a_point_from_their_median_is_one_too_many():
    assert tiers(1, 5, 5, 5, 5, 4, 4) == ["likely"]
    assert tiers(1, 5, 5, 5, 5, 4, 3) == []


def test_among_twenty_others_one_may_be_further_away_among_nineteen_none():
    (finding,) = found(1, 3, *[5] * 19)

    assert (finding.numbers["near"], finding.numbers["near_from"], finding.numbers["near_to"]) == (19, 5, 5)
    assert found(1, 3, *[5] * 18) == []


def test_two_people_who_say_the_same_are_no_lone_voice_however_many_the_others():
    assert tiers(1, 1, *[5] * 60) == []
    assert tiers(1, 2, *[5] * 60) == []
    assert tiers(1, 3, *[5] * 60) == ["likely"]


@pytest.mark.parametrize(
    ("levels", "alone", "not_alone"),
    [
        (2, (1, 2, 2, 2, 2, 2), (1, 1, 2, 2, 2, 2)),
        (3, (1, 3, 3, 3, 3, 3), (1, 3, 3, 3, 3, 2)),
        (4, (1, 4, 4, 4, 4, 4), (2, 4, 4, 4, 4, 4)),
        (6, (1, 5, 5, 5, 6, 6, 6), (2, 5, 5, 5, 6, 6, 6)),  # 3.75 points are far, the second is 3.5 away
        (6, (1, 5, 5, 5, 6, 6, 6), (1, 4, 5, 5, 6, 6, 6)),  # 1.25 points are near, the 4 is 1.5 away
        (7, (1, 6, 6, 6, 5, 7), (1, 5, 5, 5, 5, 5)),  # 4.5 points are far, 1.5 are near
        (10, (2, 9, 9, 9, 7, 10), (2, 9, 9, 9, 6, 10)),  # 6.75 and 2.25
    ],
)
def test_on_other_scales_far_is_three_quarters_of_the_scale_and_near_one_quarter(levels, alone, not_alone):
    assert tiers(*alone, levels=levels) == ["likely"]
    assert tiers(*not_alone, levels=levels) == []


def lone_by_hand(ratings, levels):
    """The rating that stands alone, looked for person by person, or 0."""
    for person, own in enumerate(ratings):
        others = np.delete(ratings, person)
        away = np.abs(others - np.median(others)) / (levels - 1)
        far = abs(own - np.median(others)) / (levels - 1) >= 0.75
        if len(ratings) >= 4 and far and not (away >= 0.75).any() and np.mean(away <= 0.25) >= 0.95:
            return int(own)
    return 0


@pytest.mark.parametrize("levels", [2, 3, 4, 5, 7, 10])
def test_lone_voices_are_those_that_a_search_person_by_person_finds(levels):
    rng = np.random.default_rng(levels)
    seen = set()
    for people in (3, 4, 5, 9, 21, 41):
        ratings = np.where(rng.random((people, 60)) < 1.5 / people, rng.integers(1, levels + 1, (people, 60)), levels)
        ratings[:, :30] = levels + 1 - ratings[:, :30]

        voices = lone_voices(level_counts(ratings, levels=levels))

        assert voices.level.tolist() == [lone_by_hand(column, levels) for column in ratings.T]
        seen.update(voices.level.tolist())
    assert {0, 1, levels} <= seen


def test_turning_the_scale_round_turns_the_lone_voice_round():
    rng = np.random.default_rng(5)
    ratings = np.where(rng.random((8, 200)) < 0.15, rng.integers(1, 6, (8, 200)), rng.integers(4, 6, (8, 200)))

    there = lone_voices(level_counts(ratings, levels=5))
    back = lone_voices(level_counts(6 - ratings, levels=5))

    assert 10 < np.count_nonzero(there.level) < 190
    assert back.level.tolist() == np.where(there.level > 0, 6 - there.level, 0).tolist()
    np.testing.assert_array_equal(back.median, 6 - there.median)
    assert back.near.tolist() == there.near.tolist()


def test_the_median_is_that_of_the_ratings_written_out():
    ratings = np.random.default_rng(6).integers(1, 8, (9, 40)).astype(float)
    ratings[4:, ::2] = np.nan

    medians = median_of_counts(level_counts(ratings, levels=7))

    assert medians.tolist() == np.nanmedian(ratings, axis=0).tolist()


@pytest.mark.parametrize(("people", "false"), [(4, (0.015, 0.06, 0.16)), (8, (0.006, 0.04, 0.05))])
def test_chance_makes_lone_voices_as_often_as_simulated(people, false):
    rng = np.random.default_rng(people)

    for sd, expected in zip((0.7, 1, 1.3), false, strict=True):
        ratings = rated_latent(rng, (people, 20_000), mean=3.3, sd=sd)
        alone = lone_voices(level_counts(ratings, levels=5)).level > 0
        assert np.mean(alone) == pytest.approx(expected, abs=0.015)


@pytest.mark.parametrize("people", [4, 8, 12, 30, 100])
def test_a_planted_lone_voice_is_found_as_often_as_simulated(people):
    ratings = rated_latent(np.random.default_rng(people), (people, 20_000), mean=4.4, sd=0.6)
    ratings[0] = 1

    alone = lone_voices(level_counts(ratings, levels=5)).level == 1

    assert 0.85 <= np.mean(alone) <= 0.96  # simulated .86 to .95


def test_those_near_the_others_are_told_from_where_to_where_and_who_stands_between_is_not_among_them():
    (finding,) = found(1, 3, *[4] * 9, *[5] * 10)

    # The median of the 20 others is 4.5: all but the 3 are within a point of it, which is .95 of them.
    assert [finding.numbers[name] for name in ("median", "near", "near_from", "near_to")] == [4.5, 19, 4, 5]


def test_how_far_a_lone_voice_stands_is_a_limit_of_the_session():
    answers = one_item([2, 5, 5, 5, 5])

    assert len(lone_voice_findings(tally_of(answers))) == 1
    assert lone_voice_findings(tally_of(answers, lone_apart=0.8)) == []
