from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from alignment.divergence import Index, Thresholds, alignment_index
from alignment.divergence.change import drift, drift_findings, round_change
from alignment.divergence.movement import Delta, shape_moved
from alignment.divergence.paired import pair_rounds
from tests.divergence.sessions import answers_from, answers_of, random_ratings

NO_DELTA = Delta(None, None, None)
KEPT = 0.87  # correlation of a view with itself a round later, at which the figures of divergence.md are met


def rounds(before, after, **further):
    """Two rounds of one role from two arrays of ratings."""
    return tuple(answers_from(each, ["eng"] * len(each), **further) for each in (before, after))


def column(*ratings):
    return [[rating] for rating in ratings]


def moved(before, after, **limits):
    """How one item moved."""
    (item,) = round_change(*rounds(column(*before), column(*after)), thresholds=Thresholds(**limits)).items
    return item


BEFORE = """
    ana eng   5 1 3
    ben eng   4 2 3
    cem sales 1 5 3
    dee sales 2 ? .
    eva exec  5 5 1
"""
AFTER = """
    fay pm    1 1 .
    dee sales 4 x .
    cem sales 4 5 .
    ben eng   4 2 .
    ana eng   5 2 .
"""


def test_only_people_who_rated_in_both_rounds_count():
    change = round_change(answers_of(BEFORE), answers_of(AFTER))

    # Item 1: 5 4 1 2 becomes 5 4 4 4. Item 2: 1 2 5 becomes 2 2 5; dee gave no rating. Item 3 was not asked again.
    before = alignment_index([[5, 1], [4, 2], [1, 5], [2, np.nan]], levels=5)
    after = alignment_index([[5, 2], [4, 2], [4, 5], [4, np.nan]], levels=5)
    assert (change.all.before, change.all.after) == (before, after)
    assert change.all.delta.value == after.value - before.value
    assert (change.people, change.dropped_out, change.newly_in) == (4, ("eva",), ("fay",))


def test_an_item_tells_who_moved_and_who_is_missing():
    first, second, third = round_change(answers_of(BEFORE), answers_of(AFTER)).items

    # Two of four moved, by 3 and 2 of 4 points: 5 / (4 * 4).
    assert (first.item, first.earlier, first.people, first.moved) == ("i1", "i1", 4, 2)
    assert (first.counts_before, first.counts_after) == ((1, 1, 0, 1, 1), (0, 0, 0, 3, 1))
    assert (first.shape, first.status, first.mean.value) == (5 / 16, "moving", 1.25)
    assert (first.dropped_out, first.newly_in) == (1, 1)
    # Dee answered both times without rating, and is not missing.
    assert (second.people, second.moved, second.dropped_out, second.newly_in) == (3, 1, 1, 1)
    assert (third.people, third.dropped_out, third.newly_in) == (0, 4, 0)
    assert (third.shape, third.status, third.mean, third.agreement, third.notable) == (
        None,
        None,
        NO_DELTA,
        NO_DELTA,
        None,
    )


def index_without(before, after, out):
    """Difference of the indexes on items with three raters, without one person."""
    both = ~np.isnan(before) & ~np.isnan(after)
    items = np.count_nonzero(both, axis=0) >= 3
    before, after = (np.where(both, each, np.nan)[:, items] for each in (before, after))
    values = [
        alignment_index(np.delete(each, out, 0), levels=5, thresholds=Thresholds(min_raters=2))
        for each in (before, after)
    ]
    return values[1].value - values[0].value


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_is_that_of_a_t_test_of_the_pseudo_values(seed):
    rng = np.random.default_rng(seed)
    people = 5 + seed
    before, after = random_ratings(rng, people, 12, missing=0.2), random_ratings(rng, people, 12, missing=0.1)

    delta = round_change(*rounds(before, after)).all.delta

    without = np.array([index_without(before, after, out) for out in range(people)])
    pseudo = people * delta.value - (people - 1) * without
    margin = stats.t.ppf(0.95, people - 1) * stats.sem(pseudo)
    assert delta.value == pytest.approx(index_without(before, after, []))
    assert (delta.low, delta.high) == pytest.approx((delta.value - margin, delta.value + margin))


def test_the_change_of_a_mean_has_the_interval_of_a_paired_t_test():
    before, after = (5, 4, 4, 5, 3, 2, 5), (3, 3, 1, 4, 3, 1, 2)

    mean = moved(before, after).mean

    interval = stats.ttest_rel(after, before).confidence_interval(0.9)
    assert mean.value == pytest.approx(np.mean(after) - np.mean(before))
    assert (mean.low, mean.high) == pytest.approx((interval.low, interval.high))


@pytest.mark.parametrize("levels", [2, 3, 7])
def test_the_shape_is_the_wasserstein_distance_of_the_two_distributions(levels):
    rng = np.random.default_rng(levels)
    before, after = rng.integers(1, levels + 1, (2, 9, 20))

    change = round_change(*rounds(before, after, levels=levels))

    points = np.arange(levels)
    for item in change.items:
        way = stats.wasserstein_distance(points, points, item.counts_before, item.counts_after)
        assert item.shape == pytest.approx(way / (levels - 1))


def test_people_who_change_places_leave_the_shape_as_it_was():
    assert shape_moved(np.array([[1, 0, 1]]), np.array([[1, 0, 1]])).tolist() == [0]
    assert moved((1, 5, 3, 3), (5, 1, 3, 3)).status == "moving"
    assert moved((1, 5, 3, 3), (5, 1, 3, 3)).shape == 0


@pytest.mark.parametrize(
    ("people", "movers", "status"),
    [(6, 0, "stable"), (6, 1, "moving"), (7, 1, "stable"), (20, 2, "stable"), (20, 3, "moving"), (40, 6, "moving")],
)
def test_an_item_is_stable_while_fewer_than_15_percent_moved(people, movers, status):
    assert moved([3] * people, [4] * movers + [3] * (people - movers)).status == status


def test_an_item_whose_shape_moved_by_more_than_15_percent_of_the_scale_is_not_stable():
    # One of 7 moves by 4 of 4 points: 1/7 = .143; by the limit of .14 that is too far.
    ratings = [1] * 7
    assert moved(ratings, [5, *ratings[1:]]).status == "stable"
    assert moved(ratings, [5, *ratings[1:]], stable_shape=0.14).status == "moving"


def test_three_people_are_enough_for_a_change_and_two_are_not():
    three = round_change(*rounds(column(1, 3, 5), column(3, 3, 3)))
    two = round_change(*rounds(column(1, 5), column(3, 3)))

    assert three.all.delta.value == pytest.approx((2 / 3) / 0.4)
    assert three.items[0].status == "moving"
    assert (two.all.delta, two.status, two.items[0].status, two.items[0].mean) == (NO_DELTA, None, None, NO_DELTA)
    assert drift_findings(two) == []


def test_the_whole_is_stable_when_what_moved_is_little_over_all_items():
    before = np.tile([[2.0], [3.0], [4.0]], (1, 10))
    after = before.copy()
    after[0, :2], after[1, 0] = 3, 4

    change = round_change(*rounds(before, after))

    # 3 of 30 answers moved by a point: shapes 2/12 and 1/12 of two items.
    assert (change.moved, change.shape, change.status) == (0.1, pytest.approx(0.025), "stable")
    after[2, :2] = 3
    assert round_change(*rounds(before, after)).status == "moving"  # 5 of 30


def test_what_looks_stable_while_15_percent_are_missing_is_told_as_people_dropped_out():
    ratings = np.tile([[2.0], [3.0], [4.0], [3.0], [2.0], [5.0]], (1, 4))

    def status(missing, change=0):
        after = ratings[: len(ratings) - missing] + change
        return round_change(*rounds(ratings, after, levels=6)).status

    assert [status(0), status(1), status(1, change=1)] == ["stable", "dropped_out", "moving"]
    assert round_change(*rounds(np.tile(ratings, (2, 1)), np.tile(ratings, (2, 1))[:-1])).status == "stable"


def test_rounds_on_different_scales_are_refused():
    five, seven = answers_from([[5], [4]], ["eng"] * 2), answers_from([[5], [4]], ["eng"] * 2, levels=7)

    with pytest.raises(ValueError, match="different scales cannot be compared: 5 levels before, 7 after"):
        round_change(five, seven)
    with pytest.raises(ValueError, match="7 levels before, 5 after"):
        drift(seven, five, {})


def test_each_kind_of_item_has_a_change_of_its_own():
    rng = np.random.default_rng(1)
    before, after = random_ratings(rng, 8, 6, missing=0), random_ratings(rng, 8, 6, missing=0)
    kinds = ["goal", "pain", "goal", "pain", "pain", "goal"]

    by_kind = round_change(*rounds(before, after, kinds=kinds)).by_kind

    assert list(by_kind) == ["goal", "pain"]
    for kind, places in (("goal", [0, 2, 5]), ("pain", [1, 3, 4])):
        assert by_kind[kind] == round_change(*rounds(before[:, places], after[:, places])).all


def test_drift_follows_items_by_lineage_and_people_by_key():
    march = answers_of(BEFORE)
    june = replace(answers_of(AFTER), items=["j1", "j2", "j3"], kinds=["goal", "pain", "goal"])

    change = drift(march, june, {"j1": "i2", "j2": "i1", "j9": "i3", "j3": "i9"})

    # j2 continues i1: 5 4 1 of ana, ben and cem become 2 2 5, and dee's 2 was not rated again.
    assert [(item.item, item.earlier) for item in change.items] == [("j1", "i2"), ("j2", "i1")]
    assert (change.items[1].counts_before, change.items[1].counts_after) == ((1, 0, 0, 1, 1), (0, 2, 0, 0, 1))
    assert (change.between, change.items_gone, change.items_new) == ("workshop", 1, 1)
    assert (change.dropped_out, change.newly_in, change.people) == (("eva",), ("fay",), 4)
    assert list(change.by_kind) == ["goal", "pain"]


def test_two_items_may_continue_the_same_one():
    before, after = rounds(column(1, 3, 5), [[1, 3], [3, 3], [5, 3]])

    change = drift(before, after, {"i0000": "i0000", "i0001": "i0000"})

    assert [item.counts_before for item in change.items] == [(1, 0, 1, 0, 1)] * 2
    assert change.items_gone == 0


def test_nothing_in_common_is_no_change():
    before, after = rounds([[1, 3], [3, 3], [5, 3]], [[1, 3], [3, 3], [5, 3]])

    for change in (drift(before, after, {}), drift(before, replace(after, people=["x", "y", "z"]), {"i0000": "i0000"})):
        assert (change.all.delta, change.all.after, change.status) == (NO_DELTA, Index(None, None, None, 0, 0), None)
        assert (change.moved, change.shape, change.people) == (None, None, 0)
        assert drift_findings(change) == []


def test_the_same_answers_twice_are_stable_and_no_finding():
    ratings = random_ratings(np.random.default_rng(2), 7, 9)

    change = round_change(*rounds(ratings, ratings))

    assert change.all.delta == Delta(0, 0, 0)
    assert (change.status, change.moved, change.shape) == ("stable", 0, 0)
    assert {item.status for item in change.items} == {"stable"}
    assert drift_findings(change) == []


def test_a_clear_rise_is_one_finding_for_the_whole_and_one_for_each_notable_item():
    before = np.array([[1, 1, 3], [5, 5, 3], [1, 2, 3], [5, 4, 3], [1, 1, 3], [5, 5, 4]], dtype=float)
    after = np.array([[4, 1, 3], [5, 5, 3], [4, 2, 3], [4, 4, 3], [4, 1, 3], [4, 5, 4]], dtype=float)

    change = round_change(*rounds(before, after))
    (item,) = [found for found in drift_findings(change) if found.item is not None]

    # 1 5 1 5 1 5 becomes 4 5 4 4 4 4: 9 of 15 pairs were a whole scale apart, now 5 of 15 by a point.
    assert (item.kind, item.variant, item.item, item.tier) == ("drift", "round", "i0000", "likely")
    assert item.severity == 1.0
    assert item.numbers["agreement_before"] == pytest.approx(1 - 0.6 / 0.4)
    assert item.numbers["agreement_after"] == pytest.approx(1 - (5 / 15 / 4) / 0.4)
    assert (item.numbers["people"], item.numbers["moved"]) == (6, 5)
    assert (item.numbers["mean_before"], item.numbers["mean_after"]) == (3.0, pytest.approx(25 / 6))


def test_the_whole_is_told_with_people_items_and_who_is_missing():
    before = np.tile([[1.0, 5], [5, 1], [1, 5], [5, 1], [1, 5], [5, 1], [4, 4]], (1, 5))
    after = np.tile([[4.0, 3], [4, 3], [4, 3], [5, 3], [4, 2], [4, 3]], (1, 5))
    change = drift(*rounds(before, after), {f"i{item:04d}": f"i{item:04d}" for item in range(9)})

    whole = drift_findings(change)[0]

    delta = change.all.delta
    assert (whole.kind, whole.variant, whole.item, whole.tier) == ("drift", "workshop", None, "likely")
    assert whole.severity == 1.0  # it rose by more than 1
    assert whole.numbers == {
        "people": 6,
        "items": 9,
        "before": pytest.approx(1 - 0.6 / 0.4),
        "after": pytest.approx(1 - (5 / 15 / 4) / 0.4),
        "delta": delta.value,
        "low": delta.low,
        "high": delta.high,
        "dropped_out": 1,
        "newly_in": 0,
        "items_stable": 0,
        "items_moving": 9,
        "items_gone": 1,
        "items_new": 1,
    }


def test_five_people_make_a_possible_drift_only():
    before = np.tile([[1.0, 5], [5, 1], [1, 5], [5, 1], [1, 5]], (1, 5))
    after = np.tile([[4.0, 3], [4, 3], [4, 3], [5, 3], [4, 2]], (1, 5))

    found = drift_findings(round_change(*rounds(before, after)))

    assert found[0].item is None
    assert {finding.tier for finding in found} == {"possible"}


def test_a_mean_that_fell_by_a_point_is_notable_though_people_agree_as_before():
    assert moved((4, 5, 4, 4, 5, 5, 4), (3, 4, 3, 3, 4, 4, 3)).notable == "likely"
    assert moved((4, 5, 4, 4, 5, 5, 4), (3, 4, 3, 3, 4, 4, 4)).notable is None  # 6/7 of a point
    assert moved((1, 2, 2), (3, 4, 4)).notable == "possible"


@pytest.mark.parametrize("levels", [2, 5, 10])
def test_turning_the_scale_round_turns_means_and_nothing_else(levels):
    rng = np.random.default_rng(levels)
    before, after = (random_ratings(rng, 9, 15, levels=levels) for _ in range(2))

    there = round_change(*rounds(before, after, levels=levels))
    back = round_change(*rounds(levels + 1 - before, levels + 1 - after, levels=levels))

    assert back.all.delta.value == pytest.approx(there.all.delta.value)
    assert (back.status, back.moved, back.shape) == (there.status, there.moved, pytest.approx(there.shape))
    for one, other in zip(there.items, back.items, strict=True):
        assert other.counts_after == one.counts_after[::-1]
        assert (other.shape, other.status, other.notable) == (one.shape, one.status, one.notable)
        assert other.mean.value == pytest.approx(-one.mean.value)
        assert other.agreement == one.agreement


def test_the_order_of_people_and_items_changes_nothing():
    rng = np.random.default_rng(5)
    before, after = rounds(*(random_ratings(rng, 8, 10) for _ in range(2)))

    def mixed(answers):
        rows, columns = rng.permutation(8), rng.permutation(10)
        return replace(
            answers,
            people=[answers.people[row] for row in rows],
            items=[answers.items[place] for place in columns],
            **{name: getattr(answers, name)[np.ix_(rows, columns)] for name in ("importance", "asked")},
        )

    assert round_change(mixed(before), mixed(after)) == round_change(before, after)


def test_paired_rounds_hold_everybody_of_either():
    paired = pair_rounds(answers_of(BEFORE), answers_of(AFTER))

    assert paired.people == ("ana", "ben", "cem", "dee", "eva", "fay")
    assert paired.before[:, 0].tolist()[:5] == [5, 4, 1, 2, 5]
    assert np.isnan(paired.before[5]).all()
    assert paired.both.sum(axis=0).tolist() == [4, 3, 0]
    assert paired.answered_before[3].tolist() == [True, True, False]


def answers_twice(rng, people, *, closer):
    """Two rounds on 20 items, a fifth missing: people keep most of their own view, and come closer by a share."""
    item, person = rng.normal(3, 0.6, 20), rng.normal(0, 0.4, (people, 1))
    view, other = rng.normal(0, 0.8, (2, people, 20))
    after = item + (1 - closer) * (person + KEPT * view + np.sqrt(1 - KEPT**2) * other)
    missing = rng.random((people, 20)) < 0.2
    both = (np.clip(np.rint(latent), 1, 5) for latent in (item + person + view, after))
    return rounds(*(np.where(missing, np.nan, each) for each in both))


@pytest.mark.parametrize(
    ("people", "size", "power", "power_twice"), [(6, 0.030, 0.71, 0.98), (8, 0.033, 0.93, 1)], ids=["six", "eight"]
)
def test_a_rise_is_seen_as_often_as_simulated(people, size, power, power_twice):
    rng = np.random.default_rng(people)

    cells = ((0, 0, size, 0.03, 120), (0.29, 0.16, power, 0.08, 400), (0.57, 0.33, power_twice, 0.04, 60))
    for closer, rise, rate, within, sessions in cells:
        found = [round_change(*answers_twice(rng, people, closer=closer)).all.delta for _ in range(sessions)]
        assert np.mean([delta.value for delta in found]) == pytest.approx(rise, abs=0.02)
        assert np.mean([delta.low > 0 for delta in found]) == pytest.approx(rate, abs=within)


@pytest.mark.parametrize(("people", "share"), [(6, 0.53), (8, 0.81), (12, 0.66)])
def test_items_on_which_one_answer_in_ten_moves_are_stable_as_often_as_binomial_chance_has_it(people, share):
    rng = np.random.default_rng(people)
    before = rng.integers(2, 5, (people, 2000)).astype(float)
    after = before + rng.choice([-1, 1], before.shape) * (rng.random(before.shape) < 0.1)

    stable = [item.status == "stable" for item in round_change(*rounds(before, after)).items]

    assert np.mean(stable) == pytest.approx(share, abs=0.03)
    assert share == pytest.approx(stats.binom.cdf(np.ceil(0.15 * people) - 1, people, 0.1), abs=0.005)


@pytest.mark.parametrize(("people", "possible", "likely"), [(4, 0.05, 0), (6, 0.01, 0.001), (8, 0.01, 0.003)])
def test_items_on_which_nothing_changed_are_rarely_notable_and_those_that_fell_are(people, possible, likely):
    rng = np.random.default_rng(people)

    def tiers(fall):
        item, person = rng.normal(3.3, 0.6, 2000), rng.normal(0, 0.4, (people, 2000))
        view, other = rng.normal(0, 0.8, (2, people, 2000))
        after = item + person + KEPT * view + np.sqrt(1 - KEPT**2) * other - fall
        both = (np.clip(np.rint(latent), 1, 5) for latent in (item + person + view, after))
        return [item.notable for item in round_change(*rounds(*both)).items]

    still, fell = tiers(0), tiers(1.5)

    assert np.mean([tier is not None for tier in still]) == pytest.approx(possible, abs=0.015)
    assert np.mean([tier == "likely" for tier in still]) == pytest.approx(likely, abs=0.005)
    assert np.mean([tier is not None for tier in fell]) >= 0.9
