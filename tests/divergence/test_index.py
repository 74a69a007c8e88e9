import itertools

import numpy as np
import pytest
from scipy import stats

from alignment.divergence import Index, Thresholds, alignment_index, analyse
from alignment.divergence.distance import mean_distance
from alignment.divergence.index import agreement_interval, between_index, side_of
from tests.divergence.sessions import answers_from, answers_of, random_ratings


def plain_index(ratings, items):
    """1 - mean distance over random distance, on the given items, without any shortcut."""
    return 1 - np.nanmean(mean_distance(ratings, levels=5)[items]) / 0.4


def plain_interval(value, without):
    people = len(without)
    error = np.sqrt((people - 1) / people * sum((each - np.mean(without)) ** 2 for each in without))
    margin = stats.t.ppf(0.95, people - 1) * error
    return value - margin, value + margin


@pytest.mark.parametrize("seed", range(6))
def test_the_interval_is_that_of_leaving_out_each_person_anew(seed):
    ratings = random_ratings(np.random.default_rng(seed), 4 + seed, 15, missing=0.3)
    items = (~np.isnan(ratings)).sum(axis=0) >= 3
    value = plain_index(ratings, items)
    without = [plain_index(np.delete(ratings, person, axis=0), items) for person in range(len(ratings))]

    index = alignment_index(ratings, levels=5)

    assert (index.people, index.items) == (len(ratings), np.count_nonzero(items))
    assert (index.value, index.low, index.high) == pytest.approx((value, *plain_interval(value, without)), abs=1e-12)


def between_by_pairs(ratings, first, second, items):
    """Index of two roles by loops over people; items without a pair fall out."""
    distances = []
    for item in items:
        pairs = itertools.product(ratings[first, item], ratings[second, item])
        apart = [abs(one - other) / 4 for one, other in pairs if one == one and other == other]
        distances += [np.mean(apart)] if apart else []
    return 1 - np.mean(distances) / 0.4


@pytest.mark.parametrize("seed", range(4))
def test_a_role_pair_is_the_distance_of_two_people_one_of_each_role(seed):
    ratings = random_ratings(np.random.default_rng(seed), 9, 12)
    roles = ["eng"] * 4 + ["sales"] * 3 + ["pm"] * 2
    items = np.flatnonzero((~np.isnan(ratings)).sum(axis=0) >= 3)
    first, second = [0, 1, 2, 3], [4, 5, 6]
    value = between_by_pairs(ratings, first, second, items)
    left_out = [([p for p in first if p != out], second) for out in first]
    left_out += [(first, [p for p in second if p != out]) for out in second]
    without = [between_by_pairs(ratings, *sides, items) for sides in left_out]

    pairs = {pair.roles: pair.index for pair in analyse(answers_from(ratings, roles)).alignment.by_role_pair}

    index = pairs["eng", "sales"]
    assert list(pairs) == sorted(itertools.combinations_with_replacement(("eng", "pm", "sales"), 2))
    assert (index.value, index.low, index.high) == pytest.approx((value, *plain_interval(value, without)), abs=1e-12)
    assert (index.people, index.items) == (7, len(items))


def test_a_role_with_itself_is_the_distance_of_two_different_people_of_it():
    answers = answers_of("""
        ana eng   5 1
        ben eng   5 1
        cem eng   4 2
        dee sales 1 5
    """)

    within = {pair.roles: pair.index for pair in analyse(answers).alignment.by_role_pair}["eng", "eng"]

    # On both items 2 of the 3 pairs are one point apart: (2/3)/4 = 1/6, and 1 - (1/6)/.4 = .583
    assert within.value == pytest.approx(1 - (1 / 6) / 0.4)
    assert (within.people, within.items) == (3, 2)


def test_items_that_fewer_than_three_people_rated_do_not_count():
    index = alignment_index([[5, 1, 1], [5, 5, 5], [5, np.nan, 5], [5, np.nan, np.nan]], levels=5)

    # The first item: all the same, D = 0. The third: 2 of 3 pairs a whole scale apart, D = 2/3. The second: left out.
    assert index.value == pytest.approx(1 - (0 + 2 / 3) / 2 / 0.4)
    assert (index.people, index.items) == (4, 2)


def test_there_is_no_index_where_nobody_rated_enough():
    assert alignment_index([[5, 1], [4, np.nan]], levels=5) == Index(None, None, None, people=0, items=0)


def test_two_people_of_two_roles_have_an_index_without_an_interval():
    answers = answers_of("""
        ana eng   5 4
        ben sales 5 3
        cem pm    1 1
    """)

    pairs = {pair.roles: pair.index for pair in analyse(answers).alignment.by_role_pair}

    # 0 and 1 point apart of 4: D = .125
    assert pairs["eng", "sales"] == Index(1 - 0.125 / 0.4, None, None, people=2, items=2)
    assert ("eng", "eng") not in pairs


def test_an_index_that_hangs_on_one_person_has_no_interval():
    answers = answers_of("""
        ana eng   5 4
        ben sales 5 3
        cem sales 4 3
        dee sales 4 3
    """)

    pairs = {pair.roles: pair.index for pair in analyse(answers).alignment.by_role_pair}

    assert pairs["eng", "sales"].value is not None
    assert (pairs["eng", "sales"].low, pairs["eng", "sales"].high) == (None, None)
    assert pairs["sales", "sales"].low is not None


def test_the_index_of_a_kind_is_the_index_of_its_items_alone():
    ratings = random_ratings(np.random.default_rng(3), 7, 6, missing=0)
    kinds = ["goal", "pain", "goal", "pain", "pain", "goal"]

    by_kind = analyse(answers_from(ratings, ["eng"] * 7, kinds=kinds)).alignment.by_kind

    assert by_kind == {
        "goal": alignment_index(ratings[:, [0, 2, 5]], levels=5),
        "pain": alignment_index(ratings[:, [1, 3, 4]], levels=5),
    }


def test_the_interval_stays_on_the_range_of_the_index():
    index = alignment_index([[5, 5, 5, 5], [5, 5, 5, 5], [5, 5, 5, 1]], levels=5)

    assert index.high == 1.0
    assert index.low >= 1 - 1 / 0.4


def test_the_interval_of_one_item_is_that_of_an_index_of_one_item():
    ratings = np.array([[1], [2], [2], [5], [4], [4]], dtype=float)

    interval = agreement_interval(np.array([1, 2, 0, 2, 1]), confidence=0.9)

    index = alignment_index(ratings, levels=5)
    assert interval == pytest.approx((index.low, index.high))
    assert agreement_interval(np.array([1, 0, 0, 0, 1]), confidence=0.9) == (None, None)


def test_the_interval_of_eight_people_holds_the_truth_as_often_as_simulated():
    rng = np.random.default_rng(8)
    held, widths, sessions = 0, [], 250
    for _ in range(sessions):
        item = rng.normal(3, 0.6, 40)

        def opinions(people, item=item):
            person = rng.normal(0, 0.4, (people, 1))
            return np.clip(np.rint(item + person + rng.normal(0, 0.8, (people, 40))), 1, 5)

        truth = alignment_index(opinions(1500), levels=5).value
        ratings = opinions(8)
        ratings[rng.random(ratings.shape) < 0.2] = np.nan
        index = alignment_index(ratings, levels=5)
        held += index.low <= truth <= index.high
        widths.append(index.high - index.low)

    assert held / sessions == pytest.approx(0.93, abs=0.05)  # nominal .90, simulated .92 to .93
    assert np.mean(widths) == pytest.approx(0.18, abs=0.02)


def test_confidence_and_how_many_raters_are_enough_are_limits_of_the_index():
    ratings = [[5, 1], [4, 2], [5, np.nan]]

    two = alignment_index(ratings, levels=5, thresholds=Thresholds(min_raters=2))
    wide = alignment_index(ratings, levels=5, thresholds=Thresholds(confidence=0.99))

    assert (two.items, alignment_index(ratings, levels=5).items) == (2, 1)
    assert wide.low < alignment_index(ratings, levels=5).low


@pytest.mark.parametrize("seed", range(4))
def test_items_that_lose_their_last_pair_fall_out_of_the_mean_without_that_person(seed):
    ratings = random_ratings(np.random.default_rng(seed), 5, 8, missing=0.4)
    items = (~np.isnan(ratings)).sum(axis=0) >= 2
    means = []
    for person in range(len(ratings)):
        distances = mean_distance(np.delete(ratings, person, axis=0)[:, items], levels=5)
        means.append(1 - np.nanmean(distances) / 0.4)

    index = alignment_index(ratings, levels=5, thresholds=Thresholds(min_raters=2))

    value = plain_index(ratings, items)
    low, high = plain_interval(value, means)
    assert (index.value, index.low, index.high) == pytest.approx((value, max(low, -1.5), min(high, 1)))


def test_an_interval_ends_where_the_index_does():
    # Two thirds of the pairs are a whole scale apart; without the third person all agree.
    low_end = alignment_index([[1], [1], [5]], levels=5)

    assert (low_end.low, low_end.high) == (1 - 1 / 0.4, 1)


def test_the_index_of_a_role_pair_is_over_the_items_asked_for_that_both_rated():
    first = side_of([[5, np.nan, 1, 3], [5, np.nan, 2, 3]], levels=5)
    second = side_of([[5, 1, np.nan, 1]], levels=5)

    everything, some = np.array([True] * 4), np.array([True, True, True, False])

    # Identical on the first; the fourth is half the scale apart, if it is asked for.
    assert between_index(first, second, counted=some).value == 1
    assert between_index(first, second, counted=some).items == 1
    assert between_index(first, second, counted=everything).value == pytest.approx(1 - (0 + 0.5) / 2 / 0.4)


def test_three_raters_give_the_agreement_on_an_item_an_interval_and_two_do_not():
    low, high = agreement_interval(np.array([2, 0, 0, 0, 1]), confidence=0.9)

    # D = 2/3; without one of the two 1, without the third 0.
    value, without = 1 - (2 / 3) / 0.4, [1 - 1 / 0.4, 1 - 1 / 0.4, 1]
    assert (low, high) == pytest.approx(plain_interval(value, without))
    assert agreement_interval(np.array([1, 0, 0, 0, 1]), confidence=0.9) == (None, None)
