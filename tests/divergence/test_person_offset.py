import numpy as np
import pytest
from scipy import stats

from alignment.divergence.person_offset import PersonOffset, person_offsets
from tests.divergence.sessions import answers_from, answers_of, random_ratings, tally_of


def test_an_offset_is_the_mean_gap_to_the_mean_of_all_others():
    answers = answers_of("""
        ana eng   1 2 4 .
        ben eng   2 5 5 .
        cem sales 2 3 4 5
        dee sales ? . . 1
    """)

    offsets = {each.person: each for each in person_offsets(tally_of(answers))}

    # Ana: 1 - 2, 2 - 4, 4 - 4.5. Ben: 2 - 1.5, 5 - 2.5, 5 - 4. Cem: .5, -.5, -.5. Two raters are too few for item 4.
    assert [round(offsets[name].offset, 4) for name in ("ana", "ben", "cem")] == [-1.1667, 1.3333, -0.1667]
    assert [each.items for each in offsets.values()] == [3, 3, 3]
    assert list(offsets) == ["ana", "ben", "cem"]
    test = stats.ttest_1samp([-1, -2, -0.5], 0).confidence_interval(0.9)
    assert (offsets["ana"].low, offsets["ana"].high) == pytest.approx((test.low, test.high))


def test_who_rates_everything_a_point_lower_is_a_point_lower_for_sure():
    ratings = np.array([[3, 2, 4, 3]] * 3 + [[2, 1, 3, 2]])

    offsets = person_offsets(tally_of(answers_from(ratings, ["eng"] * 4)))

    assert offsets[3] == PersonOffset("p0003", -1, -1, -1, 4)
    assert [each.offset for each in offsets[:3]] == pytest.approx([1 / 3] * 3)


def test_two_items_make_an_offset_without_an_interval():
    offsets = person_offsets(tally_of(answers_from([[1, 3], [2, 3], [3, 3]], ["eng"] * 3)))

    assert offsets[0] == PersonOffset("p0000", -0.75, None, None, 2)


def test_turning_the_scale_round_turns_offsets_round():
    ratings = random_ratings(np.random.default_rng(1), 9, 20)

    there = person_offsets(tally_of(answers_from(ratings, ["eng"] * 9)))
    back = person_offsets(tally_of(answers_from(6 - ratings, ["eng"] * 9)))

    assert [-each.offset for each in back] == pytest.approx([each.offset for each in there])
    assert [-each.high for each in back] == pytest.approx([each.low for each in there])


@pytest.mark.parametrize("ratings", [np.full((4, 3), np.nan), np.array([[1.0, 5.0], [2.0, 4.0]]), np.zeros((3, 0))])
def test_without_an_item_that_three_people_rated_nobody_has_an_offset(ratings):
    assert person_offsets(tally_of(answers_from(ratings, ["eng"] * len(ratings)))) == ()
