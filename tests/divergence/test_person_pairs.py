import numpy as np
import pytest

from alignment.divergence.person_pairs import (
    comparable,
    pair_distances,
    shuffles,
    too_many_people,
    without_offsets,
)
from tests.divergence.sessions import answers_from, random_ratings, tally_of


def block_of(ratings, rng=None, **limits):
    return comparable(tally_of(answers_from(ratings, ["eng"] * len(ratings)), **limits), rng)


def test_offsets_and_item_means_are_those_of_least_squares():
    ratings = random_ratings(np.random.default_rng(1), 7, 15, missing=0.3)
    row, column = np.nonzero(~np.isnan(ratings))
    design = np.zeros((row.size, 7 + 15))
    design[np.arange(row.size), row] = design[np.arange(row.size), 7 + column] = 1
    fitted, *_ = np.linalg.lstsq(design, ratings[row, column], rcond=None)

    left = without_offsets(ratings)

    np.testing.assert_allclose(left[row, column], ratings[row, column] - design @ fitted, atol=1e-7)
    assert not left[np.isnan(ratings)].any()


def test_people_who_differ_by_an_offset_alone_have_the_same_left():
    one, other = [5.0, 4.0, 5.0, 3.0], [3.0, 2.0, 3.0, 1.0]

    assert without_offsets(np.array([one, other])).tolist() == [[0, 0, 0, 0]] * 2


def test_people_who_rated_too_few_items_are_left_out_and_then_items_that_too_few_of_the_rest_rated():
    ratings = np.full((6, 12), 3.0)
    ratings[4, 9:] = np.nan  # nine of twelve items
    ratings[2:4, 11] = ratings[5, 11] = np.nan  # rated by three people, one of them the one above: no
    ratings[5, 9] = np.nan  # ten items, which is enough

    block = block_of(ratings)

    assert block.people.tolist() == [0, 1, 2, 3, 5]
    assert block.items.tolist() == list(range(11))


def test_who_falls_below_ten_items_when_others_have_gone_goes_too():
    ratings = np.full((5, 11), 3.0)
    ratings[3:, 10] = np.nan  # left with ten
    ratings[:2, 0] = np.nan  # item 0 has three raters, and loses one with the last person
    ratings[4, 1] = np.nan  # nine items

    block = block_of(ratings)

    assert block.people.tolist() == [0, 1, 2]  # p3 had ten, one of them item 0
    assert block.items.tolist() == list(range(1, 11))


def test_of_many_items_those_are_taken_that_most_people_rated_and_equals_by_lot():
    ratings = np.full((5, 60), 3.0)
    ratings[4, :40] = np.nan

    block = block_of(ratings, np.random.default_rng(2), person_item_sample=30)
    again = block_of(ratings, np.random.default_rng(2), person_item_sample=30)
    other = block_of(ratings, np.random.default_rng(3), person_item_sample=30)

    assert len(block.items) == 30
    assert block.items[-20:].tolist() == list(range(40, 60))
    assert again.items.tolist() == block.items.tolist() != other.items.tolist()


def test_nobody_is_compared_in_a_session_of_too_many_people():
    answers = answers_from(np.full((6, 12), 3.0), ["eng"] * 6)

    assert not too_many_people(tally_of(answers, person_most=6))
    assert too_many_people(tally_of(answers, person_most=5))
    assert comparable(tally_of(answers, person_most=5), None).people.size == 0


@pytest.mark.parametrize("shape", [(0, 0), (3, 0), (0, 3), (1, 1)])
def test_nothing_to_compare_is_an_empty_block(shape):
    block = block_of(np.full(shape, np.nan))

    assert block.people.size == block.items.size == block.centred.size == 0


def test_pairs_are_as_far_apart_as_a_loop_over_their_items_says():
    rng = np.random.default_rng(4)
    rated = rng.random((6, 14)) < 0.7
    values = np.where(rated, rng.normal(size=(3, 6, 14)), 0)

    found = pair_distances(values, rated, prior=3)

    for time in range(3):
        pairs = [(one, other) for one in range(6) for other in range(one + 1, 6)]
        apart = [np.abs(values[time, a] - values[time, b])[rated[a] & rated[b]] for a, b in pairs]
        typical = np.concatenate(apart).mean()
        expected = [(each.sum() + 3 * typical) / (each.size + 3) for each in apart]
        np.testing.assert_allclose(found[time], expected, atol=1e-8)


def test_shuffles_keep_who_rated_what_and_the_answers_of_each_item():
    rng = np.random.default_rng(5)
    rated = rng.random((8, 20)) < 0.6
    values = np.where(rated, rng.normal(size=(8, 20)), 0)

    mixed = np.concatenate(list(shuffles(values, rated, times=50, rng=rng, at_once=7)))

    assert mixed.shape == (50, 8, 20)
    assert not mixed[:, ~rated].any()
    np.testing.assert_array_equal(np.sort(mixed, axis=1), np.broadcast_to(np.sort(values, axis=0), mixed.shape))


def test_every_order_of_an_item_is_as_likely_as_any_other():
    rng = np.random.default_rng(6)
    values, rated = np.array([[1.0], [0.0], [2.0], [3.0]]), np.array([[True], [False], [True], [True]])

    mixed = np.concatenate(list(shuffles(values, rated, times=6000, rng=rng)))[:, [0, 2, 3], 0]

    orders, times = np.unique(mixed, axis=0, return_counts=True)
    assert len(orders) == 6
    assert times == pytest.approx(1000, abs=120)  # four standard deviations


def test_the_answers_compared_are_those_of_the_people_and_items_that_count():
    ratings = np.full((6, 13), 3.0)
    ratings[:, 12] = [np.nan] * 4 + [1, 5]  # too few raters
    ratings[0, 0], ratings[1, 3] = np.nan, 5

    block = block_of(ratings)

    assert (block.items.tolist(), block.centred.shape) == (list(range(12)), (6, 12))
    assert block.rated.tolist() == (~np.isnan(ratings[:, :12])).tolist()
    assert block.centred == pytest.approx(without_offsets(ratings[:, :12]))


def test_two_who_share_no_item_stand_where_all_pairs_do():
    values = np.array([[[2.0, 0.0, 0.0], [0.0, 1.0, 1.0], [1.0, 1.0, 0.0]]])
    rated = np.array([[True, False, False], [False, True, True], [True, True, False]])

    # First and third share an item, 1 apart; second and third one, 0 apart: .5 on average, times 3 as a prior.
    assert pair_distances(values, rated, prior=3.0)[0] == pytest.approx([0.5, (1 + 1.5) / 4, (0 + 1.5) / 4])
    assert pair_distances(values, rated, prior=0.0)[0].tolist() == [0, 1, 0]


def test_shuffles_that_are_handed_out_one_by_one_are_one_each():
    mixed = list(shuffles(np.ones((3, 2)), np.full((3, 2), True), times=3, rng=np.random.default_rng(0), at_once=1))

    assert [each.shape for each in mixed] == [(1, 3, 2)] * 3


def test_people_without_a_rating_and_items_without_one_are_left_at_nought():
    ratings = np.array([[5.0, 3.0, np.nan], [3.0, 1.0, np.nan], [np.nan, np.nan, np.nan]])

    assert without_offsets(ratings).tolist() == [[0, 0, 0]] * 3
