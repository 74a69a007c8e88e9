from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from alignment.divergence.illusion import Illusion, illusion, item_illusions, medians_of_others, severity
from alignment.divergence.jackknife import margins
from tests.divergence.sessions import answers_from, one_item, random_ratings, rated_latent, tally_of

NOTHING = Illusion(None, None, None, people=0, guesses=0, tier=None)


def of(ratings, expected, *, levels=5, **limits):
    ratings, expected = np.asarray(ratings, dtype=float), np.asarray(expected, dtype=float)
    everybody = np.ones(ratings.shape, dtype=bool)
    answers = answers_from(ratings, ["eng"] * len(ratings), levels=levels, expected=expected, asked=everybody)
    return tally_of(answers, **limits)


def test_the_illusion_is_how_far_guesses_lie_towards_the_own_answer():
    tally = tally_of(one_item([1, 2, 4, 4, 5], expected=[3, 3, None, 4, 3]))

    # The first's others say 2 4 4 5, median 4: below it, and guesses 3, a point towards the own 1: +1.
    # The second's 1 4 4 5, median 4: below, guesses 3: +1. The third was not asked, the fourth's 1 2 4 5 have 3: above
    # it, guesses 4: +1. The fifth's 1 2 4 4 have 3: above it, guesses 3: 0.
    found = illusion(tally)
    margin = stats.t.ppf(0.95, 3) * np.std([1, 1, 1, 0], ddof=1) / 2
    assert (found.value, found.people, found.guesses) == (0.75, 4, 4)
    assert (found.low, found.high) == pytest.approx((0.75 - margin, 0.75 + margin))
    assert found.tier == "possible"


def test_one_item_told_alone_is_the_illusion_of_a_session_of_one_item():
    tally = tally_of(one_item([1, 2, 4, 4, 5, 5], expected=[3, 3, 2, 4, 3, 5]))

    (item,) = item_illusions(tally).values()

    whole = illusion(tally)
    assert (item.value, item.low, item.high) == pytest.approx((whole.value, whole.low, whole.high))
    assert (item.people, item.guesses, item.tier) == (whole.people, whole.guesses, whole.tier)


def test_who_stands_on_the_median_of_the_others_has_no_own_side():
    # 3 among 2 4 and 3 among 3 5: only the two at the ends of the first item are left.
    found = illusion(of([[2, 3], [3, 3], [4, 3]], [[2, 5], [5, 1], [4, 5]]))

    assert (found.value, found.people, found.guesses) == (None, 2, 2)


def test_placing_the_team_further_away_than_it_is_counts_below_nought_and_is_told_by_no_tier():
    found = illusion(of([[1], [1], [5], [5]], [[5], [5], [1], [1]]))

    # The others of each have their median at the far answer's side: of the first 1 5 5, median 5. All right: 0.
    assert (found.value, found.low, found.high, found.tier) == (0.0, 0.0, 0.0, None)

    # Medians of the others: 3.5 for the two below, 2.5 for the two above; each guesses 1.5 points beyond.
    beyond = illusion(of([[1], [2], [3], [4], [5]], [[5], [5], [3], [1], [1]]))
    assert (beyond.value, beyond.guesses, beyond.tier) == (-1.5, 4, None)


def by_hand(ratings, expected):
    """Points towards the own answer, guess by guess; None where a guess does not count."""
    points = np.full(ratings.shape, np.nan)
    for person, item in zip(*np.nonzero(~np.isnan(ratings) & ~np.isnan(expected)), strict=True):
        column = ratings[:, item]
        if np.count_nonzero(~np.isnan(column)) < 3:
            continue
        median = np.nanmedian(np.delete(column, person))
        if column[person] != median:
            points[person, item] = np.sign(column[person] - median) * (expected[person, item] - median)
    return points


@pytest.mark.parametrize("levels", [2, 3, 5, 10])
def test_all_figures_are_those_of_a_count_guess_by_guess(levels):
    rng = np.random.default_rng(levels)
    ratings = random_ratings(rng, 7, 12, levels=levels, missing=0.3)
    expected = random_ratings(rng, 7, 12, levels=levels, missing=0.4)
    points = by_hand(ratings, expected)
    guesses = ~np.isnan(points)

    tally = of(ratings, expected, levels=levels)

    found = illusion(tally)
    without = [np.nanmean(np.delete(points, person, axis=0)) for person in np.flatnonzero(guesses.any(axis=1))]
    error = np.sqrt((len(without) - 1) / len(without) * np.sum((without - np.mean(without)) ** 2))
    margin = stats.t.ppf(0.95, len(without) - 1) * error
    assert (found.value, found.guesses) == (pytest.approx(np.nanmean(points)), np.count_nonzero(guesses))
    assert found.high == pytest.approx(min(found.value + margin, levels - 1))
    items = item_illusions(tally)
    many = [item for item in range(12) if np.count_nonzero(guesses[:, item]) >= 4]
    assert list(items) == [f"i{item:04d}" for item in many]
    for item, told in zip(many, items.values(), strict=True):
        scores = points[guesses[:, item], item]
        margin = stats.t.ppf(0.95, scores.size - 1) * stats.sem(scores)
        assert (told.value, told.guesses) == (pytest.approx(scores.mean()), scores.size)
        assert told.low == pytest.approx(max(scores.mean() - margin, 1 - levels))


def test_an_item_is_told_alone_from_four_guesses_on():
    three = one_item([1, 2, 4, 5], expected=[2, 3, 4, None])

    assert illusion(tally_of(three)).guesses == 3
    assert item_illusions(tally_of(three)) == {}
    assert item_illusions(tally_of(one_item([1, 2, 4, 5], expected=[2, 3, 4, 4]))).keys() == {"i0000"}


def test_the_median_of_the_others_is_that_of_their_ratings_written_out():
    ratings = random_ratings(np.random.default_rng(2), 8, 30, levels=7, missing=0.4)
    ratings[:, 0], ratings[:, 1] = np.nan, [3] + [np.nan] * 7

    medians = medians_of_others(ratings, levels=7)

    for person, item in np.ndindex(ratings.shape):
        others = np.delete(ratings[:, item], person)
        told = not np.isnan(ratings[person, item]) and not np.isnan(others).all()
        assert medians[person, item] == (np.nanmedian(others) if told else pytest.approx(np.nan, nan_ok=True))


def test_turning_the_scale_round_changes_nothing():
    rng = np.random.default_rng(3)
    ratings, expected = random_ratings(rng, 9, 15), random_ratings(rng, 9, 15)

    there, back = of(ratings, expected), of(6 - ratings, 6 - expected)

    assert illusion(back) == illusion(there)
    assert item_illusions(back) == item_illusions(there)


def test_the_order_of_people_and_items_changes_nothing():
    rng = np.random.default_rng(4)
    ratings, expected = random_ratings(rng, 9, 15), random_ratings(rng, 9, 15)
    everything = np.ones((9, 15), dtype=bool)
    answers = answers_from(ratings, ["eng"] * 9, expected=expected, asked=everything)
    rows, columns = rng.permutation(9), rng.permutation(15)
    mixed = replace(
        answers,
        people=[answers.people[row] for row in rows],
        items=[answers.items[column] for column in columns],
        importance=ratings[np.ix_(rows, columns)],
        expected=expected[np.ix_(rows, columns)],
    )

    assert illusion(tally_of(mixed)) == illusion(tally_of(answers))
    assert item_illusions(tally_of(mixed)) == item_illusions(tally_of(answers))


@pytest.mark.parametrize(
    "tally",
    [
        tally_of(one_item([1, 3, 5])),
        tally_of(one_item([1, 3, 5], expected=[None, None, None])),
        tally_of(one_item([None, None, None, None], expected=[1, 2, 3, 4])),
        tally_of(one_item([4, 4, 4, 4], expected=[1, 2, 3, 4])),
        tally_of(one_item([1, 5], expected=[3, 3])),
    ],
    ids=["not asked", "not guessed", "not rated", "all say the same", "two people"],
)
def test_there_is_no_illusion_without_guesses_that_count(tally):
    assert illusion(tally) == NOTHING
    assert item_illusions(tally) == {}


def test_three_people_can_have_an_illusion_but_no_likely_one():
    found = illusion(of([[1, 5], [3, 1], [5, 3]], [[2, 4], [3, 1], [4, 2]]))

    assert found.people == 3
    assert found.tier in (None, "possible")
    assert illusion(of([[1], [2], [5]], [[1], [1], [5]])).tier == "possible"


def test_an_illusion_that_hangs_on_one_person_has_no_interval():
    found = illusion(of([[1], [2], [5], [5]], [[2], [np.nan], [np.nan], [np.nan]], min_raters=1))

    assert (found.people, found.low, found.high, found.tier) == (1, None, None, None)


def test_severity_is_the_illusion_as_a_share_of_the_scale():
    illusions = [Illusion(value, None, None, people=8, guesses=60, tier=None) for value in (0.6, -0.4, None)]

    assert [severity(found, levels=5) for found in illusions] == [0.15, 0.0, 0.0]
    assert severity(illusions[0], levels=2) == 0.6


def test_margins_of_many_means_are_those_of_student():
    rng = np.random.default_rng(6)
    values, who = rng.normal(0, 1, (9, 20)), rng.random((9, 20)) < 0.6
    n = np.count_nonzero(who, axis=0)
    without = (np.where(who, values, 0).sum(axis=0) - values) / np.maximum(n - 1, 1)

    found = margins(without, who, confidence=0.9)

    for item in range(20):
        scores = values[who[:, item], item]
        expected = stats.t.ppf(0.95, scores.size - 1) * stats.sem(scores) if scores.size >= 3 else np.nan
        assert found[item] == pytest.approx(expected, nan_ok=True)


def session(rng, guess):
    """Eight people with 8 guesses each: item means sd .6, persons .4, noise .8, and a point of noise on guesses."""
    ratings = rated_latent(rng, (8, 8), mean=rng.normal(3, 0.6, 8) + rng.normal(0, 0.4, (8, 1)), sd=0.8)
    return of(ratings, rated_latent(rng, (8, 8), mean=guess(ratings, medians_of_others(ratings, levels=5)), sd=1))


@pytest.mark.parametrize(
    ("guess", "mean", "flagged"),
    [
        (lambda own, median: median, 0.035, 0.09),  # simulated .02 to .05, flagged 8 to 10 %
        (lambda own, median: (own + median) / 2, 0.55, 0.95),
    ],
    ids=["unbiased", "half-way"],
)
def test_guessers_show_an_illusion_as_often_as_simulated(guess, mean, flagged):
    rng = np.random.default_rng(8)

    found = [illusion(session(rng, guess)) for _ in range(300)]

    assert np.mean([each.value for each in found]) == pytest.approx(mean, abs=0.04)
    assert np.mean([each.tier == "likely" for each in found]) == pytest.approx(flagged, abs=0.045)
