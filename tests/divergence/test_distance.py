import itertools

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.divergence.distance import (
    agreement,
    distance_between,
    distance_within,
    level_counts,
    mean_distance,
    random_distance,
    reach,
)
from tests.divergence import published

LEVELS = st.integers(2, 10)


def columns_of(levels):
    return st.lists(st.integers(1, levels), max_size=12)


def by_pairs(values, levels):
    apart = [abs(one - other) for one, other in itertools.combinations(values, 2)]
    return sum(apart) / len(apart) / (levels - 1) if apart else float("nan")


@given(LEVELS.flatmap(lambda levels: st.tuples(st.just(levels), columns_of(levels))))
def test_the_mean_distance_is_the_mean_over_all_pairs(drawn):
    levels, values = drawn
    column = np.array([*values, np.nan], dtype=float)[:, None]

    (distance,) = mean_distance(column, levels=levels)

    assert distance == pytest.approx(by_pairs(values, levels), abs=1e-12, nan_ok=True)


@given(LEVELS.flatmap(lambda levels: st.tuples(st.just(levels), columns_of(levels), columns_of(levels))))
def test_the_distance_of_two_groups_is_the_mean_over_all_pairs_across(drawn):
    levels, first, second = drawn
    counts = [level_counts(np.array(group, dtype=float)[:, None], levels=levels) for group in (first, second)]
    apart = [abs(one - other) / (levels - 1) for one, other in itertools.product(first, second)]

    (distance,) = distance_between(*counts)

    assert distance == pytest.approx(np.mean(apart) if apart else np.nan, abs=1e-12, nan_ok=True)


def test_published_tables_of_counts_give_the_distance_of_all_their_pairs():
    tables = [example["v"] for example in published.examples()["van_der_eijk_A"] if isinstance(example["v"][0], int)]

    distances = [float(distance_within(np.array(table))) for table in tables]

    people = [np.repeat(np.arange(1, len(table) + 1), table).tolist() for table in tables]
    expected = [by_pairs(values, len(table)) for values, table in zip(people, tables, strict=True)]
    assert len(tables) == 4
    assert distances == pytest.approx(expected, abs=1e-12)


def test_two_against_two_at_the_ends_agree_less_than_at_random():
    # 4 of the 6 pairs are a whole scale apart: 4/6 = .667, and 1 - .667/.4 = -.667
    assert agreement(np.array([2, 0, 0, 0, 2])) == pytest.approx(-2 / 3)


def test_an_even_split_of_many_people_tends_to_an_agreement_of_minus_a_quarter():
    # half of all pairs are a whole scale apart: 1 - .5/.4 = -.25
    assert agreement(np.array([5000, 0, 0, 0, 5000])) == pytest.approx(-0.25, abs=1e-3)


def test_random_answers_have_an_agreement_of_nought():
    for levels in range(2, 11):
        points = range(1, levels + 1)
        apart = [abs(one - other) / (levels - 1) for one, other in itertools.product(points, points)]

        assert random_distance(levels) == pytest.approx(np.mean(apart))


def test_agreement_estimates_the_population_without_bias_at_four_people():
    rng = np.random.default_rng(11)
    ratings = np.clip(np.rint(rng.normal(3.6, 1, (4, 40_000))), 1, 5)
    many = np.clip(np.rint(rng.normal(3.6, 1, (1, 400_000))), 1, 5)
    population = np.bincount(many.ravel().astype(int), minlength=6)[1:]

    estimates = agreement(level_counts(ratings, levels=5))

    assert estimates.mean() == pytest.approx(float(agreement(population)), abs=0.005)  # three standard errors
    assert estimates.std() == pytest.approx(0.29, abs=0.01)


def test_one_minus_within_over_pooled_distance_is_krippendorffs_alpha_with_the_absolute_metric():
    table = np.array(published.examples()["krippendorff_C"]["raters_x_units"], dtype=float)
    counts = level_counts(table, levels=5)
    pairable = counts[counts.sum(axis=1) >= 2]
    weights = pairable.sum(axis=1)

    within = (weights * distance_within(pairable)).sum() / weights.sum()
    alpha = 1 - within / distance_within(pairable.sum(axis=0))

    def absolute(v1, v2, i1, i2, n_v, dtype=np.float64):
        return np.abs(v1 - v2).astype(dtype)

    expected = krippendorff.alpha(reliability_data=table, level_of_measurement=absolute)
    assert alpha == pytest.approx(expected, abs=1e-12)
    # The package itself gives the published figures on this table.
    for level in ("nominal", "ordinal", "interval"):
        stated = published.examples()["krippendorff_C"][level]
        assert round(krippendorff.alpha(reliability_data=table, level_of_measurement=level), 3) == stated


def test_reach_is_the_summed_distance_from_each_level_to_everybody():
    # From level 1 to ratings 1, 2, 2, 4: (0 + 1 + 1 + 3) / 3; from 2: (1 + 0 + 0 + 2) / 3; and so on.
    assert reach(np.array([[1, 2, 0, 1]])).ravel() == pytest.approx([5 / 3, 3 / 3, 5 / 3, 7 / 3])


@pytest.mark.parametrize(
    ("ratings", "levels", "complaint"),
    [
        ([1, 2], 5, "must be \\(people, items\\), got shape \\(2,\\)"),
        ([[0]], 5, "whole points on a scale 1..5"),
        ([[6]], 5, "whole points on a scale 1..5"),
        ([[2.5]], 5, "whole points on a scale 1..5"),
        ([[1]], 1, "at least 2 levels, got 1"),
    ],
)
def test_ratings_off_the_scale_are_refused(ratings, levels, complaint):
    with pytest.raises(ValueError, match=complaint):
        mean_distance(ratings, levels=levels)


@pytest.mark.parametrize("levels", [2, 5, 10])
def test_the_reach_of_a_level_is_its_distance_to_everybody(levels):
    counts = np.random.default_rng(levels).integers(0, 4, (3, levels))

    found = reach(counts)

    for level in range(levels):
        expected = [sum(n * abs(level - other) for other, n in enumerate(row)) / (levels - 1) for row in counts]
        assert found[level] == pytest.approx(expected)


def test_distances_between_many_pairs_of_groups_are_those_of_each_pair():
    rng = np.random.default_rng(1)
    first, second = rng.integers(0, 4, (2, 3, 4, 5))

    found = distance_between(first, second)

    assert found.shape == (3, 4)
    for place in np.ndindex(3, 4):
        assert found[place] == pytest.approx(float(distance_between(first[place], second[place])))
        assert distance_within(first)[place] == pytest.approx(float(distance_within(first[place])))
