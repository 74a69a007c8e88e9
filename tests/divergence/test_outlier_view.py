import numpy as np
import pytest

from alignment.divergence import Finding
from alignment.divergence.outlier_view import outlier_view_findings, outlier_views, summed_distances
from tests.divergence.sessions import answers_from, answers_of, random_ratings, rated_latent, tally_of


def tally_from(ratings, *, levels=5, roles=None, **limits):
    return tally_of(answers_from(ratings, roles or ["eng"] * len(ratings), levels=levels), **limits)


def found(ratings, *, seed=0, **options):
    return outlier_view_findings(tally_from(ratings, **options), np.random.default_rng(seed))


def session(rng, people, items, *, offset=0.4, item=0.6, missing=0.0, opposite=False):
    """People with offsets who see the items alike, but for the first if opposite; noise .8 points."""
    seen = rng.normal(0, item, items) * np.ones((people, 1))
    if opposite:
        seen[0] *= -1
    ratings = rated_latent(rng, seen.shape, mean=3.3 + seen + rng.normal(0, offset, (people, 1)), sd=0.8)
    ratings[rng.random(ratings.shape) < missing] = np.nan
    return ratings


def reversed_first(people, items, *, low=1, high=5):
    """Everybody says the same, high on every other item, and the first person the reverse."""
    ratings = np.tile(np.resize([high, low], items), (people, 1)).astype(float)
    ratings[0] = low + high - ratings[0]
    return ratings


def test_one_person_who_sees_everything_the_other_way_round_is_found_with_a_key():
    answers = answers_of("""
        ana eng   1 5 1 5 1 5 1 5 1 5 . x
        ben eng   5 1 5 1 5 1 5 1 5 1 4 3
        cem sales 5 1 5 1 5 1 5 1 5 1 ? .
        dee sales 5 1 5 1 5 1 5 1 5 1 5 5
        eva exec  5 1 5 1 5 1 5 1 5 1 - .
        fay pm    5 1 5 1 5 1 5 1 5 1 . .
    """)

    # Two raters are too few for the last two items. On the others nobody has an offset: all give 5 times 5 and 5
    # times 1. So Ana is 4 of 4 points away from each of five people who are no distance apart.
    assert outlier_view_findings(tally_of(answers), np.random.default_rng(0)) == [
        Finding(
            kind="outlier_view",
            item=None,
            tier="possible",
            severity=1.0,
            people=("ana",),
            numbers={
                "ratio": None,
                "p": 0.01,
                "distance": 1.0,
                "distance_others": 0.0,
                "items": 10,
                "raters": 6,
                "offset": 0.0,
            },
        )
    ]


def test_the_ratio_is_the_distance_to_the_others_by_that_of_the_others():
    ratings = reversed_first(6, 20)
    ratings[1, 0:8] = ratings[2, 8:16] = ratings[3, 12:20] = 3

    (finding,) = found(ratings)

    # All offsets are 0. The first is 2 points from whoever says 3, and 4 from the others: 3 people with 8 such items,
    # 5 x 20 x 4 - 24 x 2 = 352 points over 100 pairs. The others: each of the 24 is 2 points from the other four, less
    # four items (12 to 15) with two of them, whose pair is at the same point: 24 x 4 x 2 - 4 x 2 x 2 = 176 over 200.
    assert finding.numbers["distance"] == pytest.approx(352 / 100 / 4)
    assert finding.numbers["distance_others"] == pytest.approx(176 / 200 / 4)
    assert finding.numbers["ratio"] == pytest.approx(4)
    assert (finding.severity, finding.tier, finding.people) == (1, "likely", ("p0000",))


def test_severity_is_by_how_much_the_ratio_is_above_1():
    ratings = session(np.random.default_rng(3), 12, 40, opposite=True)

    (finding,) = found(ratings)

    assert 1.25 <= finding.numbers["ratio"] < 2
    assert finding.severity == finding.numbers["ratio"] - 1


def by_hand(ratings, levels):
    """Distances of each person from the others, and of these from each other, by loops over people and items."""
    people, items = np.nonzero(~np.isnan(ratings))
    design = np.zeros((people.size, sum(ratings.shape)))
    design[np.arange(people.size), people] = design[np.arange(people.size), len(ratings) + items] = 1
    free = np.full(ratings.shape, np.nan)
    given = ratings[people, items]
    free[people, items] = given - design @ np.linalg.lstsq(design, given, rcond=None)[0]
    for person in range(len(free)):
        own, others = [], []
        for item in np.flatnonzero(~np.isnan(free[person])):
            rest = [value for value in np.delete(free[:, item], person) if not np.isnan(value)]
            own += [abs(free[person, item] - value) for value in rest]
            others += [abs(a - b) for place, a in enumerate(rest) for b in rest[:place]]
        yield np.mean(own) / (levels - 1), np.mean(others) / (levels - 1)


@pytest.mark.parametrize("levels", [2, 3, 5, 10])
def test_distances_are_those_that_loops_over_pairs_find(levels):
    ratings = random_ratings(np.random.default_rng(levels), 8, 24, levels=levels, missing=0.2)

    views = outlier_views(tally_from(ratings, levels=levels), np.random.default_rng(0))

    compared = ratings[:, np.count_nonzero(~np.isnan(ratings), axis=0) >= 3]
    expected = np.array(list(by_hand(compared, levels)))
    np.testing.assert_allclose(views.distance, expected[:, 0], atol=1e-7)
    np.testing.assert_allclose(views.distance_others, expected[:, 1], atol=1e-7)
    np.testing.assert_allclose(views.ratio, expected[:, 0] / expected[:, 1], atol=1e-6)


def test_summed_distances_are_those_of_a_loop_even_where_values_are_equal():
    rng = np.random.default_rng(1)
    rated = rng.random((9, 30)) < 0.7
    values = np.where(rated, rng.integers(-2, 3, (9, 30)) / 2, 0)

    summed = summed_distances(values, rated)

    for item in range(30):
        for person in range(9):
            apart = np.abs(values[rated[:, item], item] - values[person, item]).sum()
            assert summed[person, item] == (apart if rated[person, item] else 0)


def test_somebody_who_rates_everything_lower_sees_nothing_differently():
    ratings = np.tile(np.resize([5.0, 3, 4], 30), (6, 1))
    ratings[0] -= 2

    assert found(ratings) == []
    assert np.isnan(outlier_views(tally_from(ratings), np.random.default_rng(0)).ratio).all()


def test_up_to_five_people_an_outlier_view_is_possible_and_from_six_likely():
    tiers = {people: [finding.tier for finding in found(reversed_first(people, 40))] for people in (3, 4, 5, 6)}

    assert tiers == {3: [], 4: ["possible"], 5: ["possible"], 6: ["likely"]}


def test_it_takes_ten_items_to_be_an_outlier_and_twenty_for_sure():
    tiers = {items: [finding.tier for finding in found(reversed_first(8, items))] for items in (9, 10, 19, 20)}

    assert tiers == {9: [], 10: ["possible"], 19: ["possible"], 20: ["likely"]}


@pytest.mark.parametrize(("levels", "low", "high"), [(2, 1, 2), (10, 2, 9)])
def test_other_scales_have_outliers_too(levels, low, high):
    (finding,) = found(reversed_first(8, 20, low=low, high=high), levels=levels)

    assert finding.tier == "likely"
    assert finding.numbers["distance"] == pytest.approx((high - low) / (levels - 1))


@pytest.mark.parametrize(
    "ratings", [np.zeros((0, 0)), np.full((8, 12), np.nan), np.full((8, 12), 4.0), np.full((2, 30), 3.0)]
)
def test_nothing_rated_and_everything_rated_alike_have_no_outliers(ratings):
    assert found(ratings) == []


def test_beyond_a_thousand_people_the_rule_stays_silent():
    assert len(found(reversed_first(8, 20), person_most=8)) == 1
    assert found(reversed_first(8, 20), person_most=7) == []


def test_what_a_person_calls_unknown_or_unreal_is_no_distance():
    ratings = reversed_first(7, 20)
    ratings[0, 10:] = np.nan
    answers = answers_from(ratings, ["eng"] * 7, unknown=np.isnan(ratings), asked=np.ones(ratings.shape, dtype=bool))

    (finding,) = outlier_view_findings(tally_of(answers), np.random.default_rng(0))

    assert (finding.numbers["items"], finding.numbers["distance"]) == (10, 1.0)


def test_neither_the_order_of_people_and_items_nor_the_names_of_roles_matter():
    rng = np.random.default_rng(8)
    ratings = session(rng, 9, 30, missing=0.2, opposite=True)
    answers = answers_from(ratings, ["eng", "pm", "sales"] * 3)
    row, column = rng.permutation(9), rng.permutation(30)
    mixed = answers_from(ratings[np.ix_(row, column)], ["exec"] * 9)
    object.__setattr__(mixed, "people", [answers.people[each] for each in row])
    object.__setattr__(mixed, "items", [answers.items[each] for each in column])

    told = outlier_view_findings(tally_of(answers), np.random.default_rng(1))

    assert [finding.people for finding in told] == [("p0000",)]
    assert outlier_view_findings(tally_of(mixed), np.random.default_rng(1)) == told


def test_turning_the_scale_round_changes_nothing_but_the_offset():
    ratings = session(np.random.default_rng(9), 9, 30, missing=0.2, opposite=True)

    (there,), (back,) = found(ratings), found(6 - ratings)

    assert back.numbers == pytest.approx(there.numbers | {"offset": -there.numbers["offset"]})
    assert (back.people, back.tier) == (there.people, there.tier)


def test_p_is_how_often_shuffled_answers_make_anybody_stand_out_as_much():
    """By loops, with other shuffles: the two differ by what 99 and 1000 shuffles differ."""
    rng = np.random.default_rng(16)
    ratings = session(rng, 6, 20, item=0.5, opposite=True)
    tally = tally_from(ratings)
    ps = [outlier_views(tally, np.random.default_rng(seed)).p[0] for seed in range(20)]

    free = ratings - ratings.mean(axis=0)
    free -= free.mean(axis=1, keepdims=True)

    def standing(values):
        apart = np.abs(values[:, None] - values).sum(axis=2)
        own = apart.sum(axis=1) / (5 * 20)
        others = (apart.sum() / 2 - apart.sum(axis=1)) / (10 * 20)
        return own / (own + others)

    shuffled = np.array([standing(rng.permuted(free, axis=0)) for _ in range(1000)])
    score = (shuffled - shuffled.mean(axis=0)) / shuffled.std(axis=0)
    mine = (standing(free)[0] - shuffled[:, 0].mean()) / shuffled[:, 0].std()
    expected = np.mean(score.max(axis=1) >= mine)
    assert 0.01 < expected < 0.3
    assert np.mean(ps) == pytest.approx(expected, abs=0.03)


def test_people_who_rated_few_items_do_not_hide_one_who_rated_many():
    told = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        ratings = session(rng, 8, 40, item=0.8, opposite=True)
        for few in range(4, 8):
            ratings[few, rng.permutation(40)[12:]] = np.nan
        told.append(any(finding.people == ("p0000",) for finding in found(ratings, seed=seed)))

    assert np.mean(told) >= 0.75  # .93 measured; .68 when people are not measured by their own shuffles


def rate(people, items, *, sessions, **world):
    """The share of sessions in which somebody is told as an outlier, and as a likely one."""
    rng = np.random.default_rng([people, items])
    every = []
    for _ in range(sessions):
        told = found(session(rng, people, items, **world))
        every.append((bool(told), any(finding.tier == "likely" for finding in told)))
    return np.mean(every, axis=0)


@pytest.mark.parametrize(("people", "items"), [(4, 10), (6, 40), (12, 10), (12, 40)])
def test_chance_and_offsets_make_an_outlier_as_seldom_as_simulated(people, items):
    for offset in (0.4, 0.8):
        some, likely = rate(people, items, sessions=80, offset=offset)
        assert some <= 0.18  # .01 to .10, and three standard errors
        assert likely <= 0.08  # .00 to .03


@pytest.mark.parametrize(("people", "items", "power"), [(4, 20, 0.49), (4, 40, 0.77), (6, 40, 0.88), (12, 40, 0.91)])
def test_somebody_of_the_opposite_mind_is_found_as_often_as_simulated(people, items, power):
    some, _likely = rate(people, items, sessions=80, opposite=True)

    assert some == pytest.approx(power, abs=0.17)  # three standard errors
