"""Read from its other end, a scale shows the same divergences; and distances are those of all pairs of people."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.divergence import Index, alignment_index, analyse
from alignment.divergence.change import round_change
from alignment.divergence.conformity import conformity
from alignment.divergence.distance import agreement, distance_between, distance_within, level_counts, mean_distance
from alignment.divergence.illusion import medians_of_others
from alignment.divergence.index import between_index, side_of
from alignment.divergence.moments import mean_of_counts, median_of_counts, variance_of_counts
from alignment.divergence.person_offset import person_offsets
from alignment.divergence.person_pair import person_pair_index
from alignment.divergence.sensitivity import Sensitivity, sensitivity
from alignment.divergence.thresholds import Thresholds
from tests.divergence.drawn import asked_again, lively_rounds, part_of, points, rounds, steadily, turned
from tests.divergence.sessions import tally_of

EVERY_K = range(2, 11)
# Unlike these, a consensus has a direction, and what is untested or contested is what people call important.
EITHER_WAY = {
    *("split", "scattered", "role_gap", "lone_voice", "evidence_clash", "rank", "drift", "outlier_view"),
    *("blind_spot", "structure", "consensus", "superficial", "definition"),
}
WEIGHED = {"blind_spot", "structure", "superficial"}  # their severity is higher for what is more important


def divergences(findings):
    """What is found where, and how severe it is; an opportunity is high importance and low satisfaction."""
    return sorted(
        (
            *(f.kind, f.variant, f.item or "", f.to_item or "", f.tier, f.groups, f.people),
            0 if f.kind in WEIGHED else round(f.severity, 6),
        )
        for f in findings
        if f.kind in EITHER_WAY and f.variant != "opportunity"
    )


def close(index):
    return pytest.approx((index.value, index.low, index.high, index.people, index.items))


def as_tuple(index):
    return index.value, index.low, index.high, index.people, index.items


@steadily(80)
@given(rounds(people=(1, 8), items=(1, 5)) | lively_rounds(), st.integers(0, 99))
def test_a_scale_read_from_its_other_end_shows_the_same_divergences(answers, seed):
    again = asked_again(answers, seed)

    there = analyse(answers, again=again, rng=np.random.default_rng(seed))
    back = analyse(turned(answers), again=turned(again), rng=np.random.default_rng(seed))

    assert divergences(back.findings) == divergences(there.findings)
    assert as_tuple(back.alignment.all) == close(there.alignment.all)
    assert {kind: as_tuple(index) for kind, index in back.alignment.by_kind.items()} == {
        kind: close(index) for kind, index in there.alignment.by_kind.items()
    }
    assert {pair.roles: as_tuple(pair.index) for pair in back.alignment.by_role_pair} == {
        pair.roles: close(pair.index) for pair in there.alignment.by_role_pair
    }
    for view, turned_view in zip(there.items, back.items, strict=True):
        assert turned_view.counts == view.counts[::-1]
        assert (turned_view.distance, turned_view.agreement) == (view.distance, view.agreement)
    assert (there.camps is None) == (back.camps is None)
    if there.camps is not None:
        assert [camp.members for camp in back.camps.camps] == [camp.members for camp in there.camps.camps]
        assert (back.camps.aside, back.camps.p, back.camps.tier) == (
            there.camps.aside,
            there.camps.p,
            there.camps.tier,
        )
    assert (back.illusion.value, back.illusion.tier) == (pytest.approx(there.illusion.value), there.illusion.tier)
    assert [(s.group, s.items) for s in back.role_shifts] == [(s.group, s.items) for s in there.role_shifts]
    assert [-s.shift for s in back.role_shifts] == pytest.approx([s.shift for s in there.role_shifts])


@steadily(30)
@given(lively_rounds(people=(6, 16)), st.integers(0, 99))
def test_a_consensus_on_the_turned_scale_points_the_other_way(answers, seed):
    def ends(result):
        return {f.item: (f.numbers["low"], f.numbers["high"]) for f in result.findings if f.kind == "consensus"}

    there, back = ends(analyse(answers)), ends(analyse(turned(answers)))

    assert back == {item: (high, low) for item, (low, high) in there.items()}


@steadily(40)
@given(rounds(people=(2, 8), items=(1, 5)) | lively_rounds(), st.integers(0, 99))
def test_a_change_on_the_turned_scale_goes_the_other_way_and_agreement_changes_as_much(answers, seed):
    again = asked_again(answers, seed)

    there, back = round_change(answers, again), round_change(turned(answers), turned(again))

    assert (back.status, back.moved, back.shape) == (there.status, pytest.approx(there.moved), there.shape)
    assert back.all.delta.value == pytest.approx(there.all.delta.value)
    for item, turned_item in zip(there.items, back.items, strict=True):
        assert (turned_item.status, turned_item.notable) == (item.status, item.notable)
        assert (turned_item.shape, turned_item.moved) == (pytest.approx(item.shape), item.moved)
        assert turned_item.agreement.value == pytest.approx(item.agreement.value)
        assert (turned_item.mean.value is None) == (item.mean.value is None)
        if item.mean.value is not None:
            turned_mean = (-turned_item.mean.value, -turned_item.mean.high, -turned_item.mean.low)
            assert turned_mean == pytest.approx((item.mean.value, item.mean.low, item.mean.high))


@steadily(40)
@given(lively_rounds(people=(4, 30)))
def test_people_stand_to_each_other_as_they_do_on_the_turned_scale(answers):
    tally, other = tally_of(answers), tally_of(turned(answers))

    first, second = answers.people[:2]
    assert as_tuple(person_pair_index(other, first, second)) == close(person_pair_index(tally, first, second))
    assert {o.person: -o.offset for o in person_offsets(other)} == pytest.approx(
        {o.person: o.offset for o in person_offsets(tally)}
    )


@steadily(40)
@given(lively_rounds(people=(20, 30), levels=(5, 10)), st.integers(0, 99), st.data())
def test_who_moved_to_the_executive_did_so_in_any_order_and_on_the_turned_scale(answers, seed, data):
    again = asked_again(answers, seed, moving=0.9)
    order = data.draw(st.permutations(range(len(answers.people))))

    told = conformity(answers, again, ["exec"])

    assert conformity(turned(answers), turned(again), ["exec"]) == told
    assert conformity(part_of(answers, order, range(len(answers.items))), again, ["exec"]) == told
    if told is not None:
        assert told.movers >= 5
        assert 0 <= told.to_executive <= told.movers
        assert 0 <= told.moves_to_executive <= told.moves
        assert 0 < told.chance <= 1


@steadily(15)
@given(lively_rounds())
def test_what_hangs_on_a_limit_hangs_on_it_from_either_end_of_the_scale(answers):
    def fates(told: Sensitivity):
        return {
            (each.finding.kind, each.finding.item, each.finding.groups): (each.looser, each.tighter)
            for each in told.findings
            if each.finding.kind in {"split", "scattered", "lone_voice"}
        }

    there, back = (sensitivity(each, Thresholds(), analyse) for each in (answers, turned(answers)))

    assert fates(back) == fates(there)


# -- brute force -------------------------------------------------------------------------------------------------------
def given_ratings(column):
    return [float(rating) for rating in column if not np.isnan(rating)]


def brute_distance(column, levels):
    """Mean distance over all pairs of different people, as a share of the scale."""
    pairs = [abs(first - second) / (levels - 1) for first, second in combinations(given_ratings(column), 2)]
    return sum(pairs) / len(pairs) if pairs else np.nan


def brute_index(ratings, levels):
    """1 - mean distance over the distance of two random answers, over the items that three people rated."""
    random = np.mean([abs(first - second) for first, second in product(range(levels), repeat=2)]) / (levels - 1)
    apart = [brute_distance(column, levels) for column in ratings.T if len(given_ratings(column)) >= 3]
    return 1 - float(np.mean(apart)) / random if apart else None


def some_ratings(data, levels, *, people=(0, 7), items=(1, 4)):
    marks = data.draw(points((data.draw(st.integers(*people)), data.draw(st.integers(*items))), 0, levels))
    return np.where(marks > 0, marks, np.nan)


@pytest.mark.parametrize("levels", EVERY_K)
@steadily(25)
@given(data=st.data())
def test_the_distance_within_a_group_is_the_mean_over_all_pairs(levels, data):
    ratings = some_ratings(data, levels)
    counts = level_counts(ratings, levels=levels)

    brute = [brute_distance(column, levels) for column in ratings.T]

    np.testing.assert_allclose(mean_distance(ratings, levels=levels), brute, atol=1e-12)
    np.testing.assert_allclose(distance_within(counts), brute, atol=1e-12)
    random = np.mean([abs(a - b) for a in range(levels) for b in range(levels)]) / (levels - 1)
    np.testing.assert_allclose(agreement(counts), 1 - np.array(brute) / random, atol=1e-12)


@pytest.mark.parametrize("levels", EVERY_K)
@steadily(20)
@given(data=st.data())
def test_the_distance_between_two_groups_is_the_mean_over_all_pairs_across(levels, data):
    ratings = some_ratings(data, levels, people=(2, 7))
    cut = data.draw(st.integers(1, len(ratings) - 1))
    first, second = ratings[:cut], ratings[cut:]

    between = distance_between(*(level_counts(side, levels=levels) for side in (first, second)))

    for column, found in enumerate(between):
        pairs = list(product(given_ratings(first[:, column]), given_ratings(second[:, column])))
        brute = np.mean([abs(one - other) / (levels - 1) for one, other in pairs]) if pairs else np.nan
        assert found == pytest.approx(brute, nan_ok=True)


@pytest.mark.parametrize("levels", EVERY_K)
@steadily(20)
@given(data=st.data())
def test_the_index_is_one_minus_the_mean_distance_over_that_of_random_answers(levels, data):
    ratings = some_ratings(data, levels)

    index = alignment_index(ratings, levels=levels)

    assert index.value == pytest.approx(brute_index(ratings, levels))
    if index.value is None:
        assert index == Index(None, None, None, people=0, items=0)
    else:
        counted = np.count_nonzero(~np.isnan(ratings), axis=0) >= 3
        assert index.items == np.count_nonzero(counted)
        assert index.people == np.count_nonzero(~np.isnan(ratings[:, counted]).all(axis=1))


@pytest.mark.parametrize("levels", EVERY_K)
@steadily(15)
@given(data=st.data())
def test_the_index_of_two_groups_is_of_pairs_across_and_closes_on_identical_answers(levels, data):
    ratings = some_ratings(data, levels, people=(3, 7))
    cut = data.draw(st.integers(1, len(ratings) - 1))
    first, second = (side_of(side, levels=levels) for side in (ratings[:cut], ratings[cut:]))
    counted = first.raters + second.raters >= 3

    index = between_index(first, second, counted=counted)

    apart = distance_between(first.counts, second.counts)[counted]
    apart = apart[~np.isnan(apart)]
    random = (levels + 1) / (3 * levels)
    assert index.value == (pytest.approx(1 - apart.mean() / random) if apart.size else None)
    if apart.size and not apart.any() and index.low is not None:
        assert (index.low, index.high) == (1, 1)


@pytest.mark.parametrize("levels", EVERY_K)
@steadily(15)
@given(data=st.data())
def test_means_medians_and_variances_from_counts_are_those_of_the_answers(levels, data):
    ratings = some_ratings(data, levels)
    counts = level_counts(ratings, levels=levels)
    columns = [given_ratings(column) for column in ratings.T]

    def of_each(statistic, least, otherwise):
        return [statistic(column) if len(column) >= least else otherwise for column in columns]

    np.testing.assert_allclose(mean_of_counts(counts), of_each(np.mean, 1, np.nan))
    np.testing.assert_allclose(median_of_counts(counts), of_each(np.median, 1, np.nan))
    variances = of_each(lambda column: np.var(column, ddof=1), 2, 0)
    np.testing.assert_allclose(variance_of_counts(counts), variances, atol=1e-12)
    others = medians_of_others(ratings, levels=levels)
    for (person, item), found in np.ndenumerate(others):
        rest = given_ratings(np.delete(ratings[:, item], person))
        expected = np.median(rest) if rest and not np.isnan(ratings[person, item]) else np.nan
        assert found == pytest.approx(expected, nan_ok=True)
