"""What shuffles are compared with, person by person: outlier views and camps against chance."""

import math

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from alignment.divergence.camps import camps
from alignment.divergence.outlier_view import outlier_view_findings, outlier_views, summed_distances
from alignment.divergence.person_pairs import comparable, pair_distances, shuffles
from tests.divergence.sessions import answers_from, random_ratings, rated_latent, tally_of


def tally_from(ratings, *, levels=5, **limits):
    return tally_of(answers_from(ratings, ["eng"] * len(ratings), levels=levels), **limits)


def of_opposite_mind(seed, people=8, items=24, *, missing=0.2, apart=0.9):
    """People of one mind but the first, with noise; the last two rated only half of the items."""
    rng = np.random.default_rng(seed)
    seen = rng.normal(0, apart, items) * np.ones((people, 1))
    seen[0] *= -1
    ratings = rated_latent(rng, seen.shape, mean=3 + seen, sd=0.8)
    ratings[rng.random(ratings.shape) < missing] = np.nan
    ratings[-2:, ::2] = np.nan
    return ratings


# -- outlier views -----------------------------------------------------------------------------------------------------
def standing(apart, rated):
    """Each person's distance to the others as a share of it and of the others' distance to each other."""
    shares = []
    raters = rated.sum(axis=0)
    for person in range(len(rated)):
        items = rated[person]
        own = apart[person, items].sum() / (raters[items] - 1).sum()
        rest = apart[:, items].sum() / 2 - apart[person, items].sum()
        others = rest / ((raters[items] - 1) * (raters[items] - 2) / 2).sum()
        shares.append(own / (own + others))
    return np.array(shares)


@pytest.mark.parametrize("opinion", [0.9, 0.2])
@pytest.mark.parametrize("seed", range(4))
def test_each_person_is_measured_by_their_own_shuffles(seed, opinion):
    # At .2 points nobody stands out, and everybody is asked about, since any ratio is far enough.
    tally = tally_from(of_opposite_mind(seed, apart=opinion), outlier_ratio=1.25 if opinion == 0.9 else 0.0)
    block = comparable(tally, np.random.default_rng(seed))
    apart = summed_distances(block.centred, block.rated) / 4

    views = outlier_views(tally, np.random.default_rng(seed))

    mixed = np.concatenate(list(shuffles(apart, block.rated, times=99, rng=np.random.default_rng(seed))))
    shares = np.array([standing(each, block.rated) for each in (apart, *mixed)])
    score = (shares - shares.mean(axis=0)) / shares.std(axis=0)
    p = np.mean(score.max(axis=1)[:, None] >= score[0] - 1e-9, axis=0)
    far = views.distance >= tally.thresholds.outlier_ratio * views.distance_others
    assert far[0]
    assert far.all() == (opinion == 0.2)
    assert views.p[far] == pytest.approx(p[far])
    assert np.isnan(views.p[~far]).all()
    assert views.distance / (views.distance + views.distance_others) == pytest.approx(shares[0], abs=1e-6)


def test_who_stands_at_the_limit_of_the_ratio_or_of_chance_is_told():
    tally = tally_from(of_opposite_mind(1))
    views = outlier_views(tally, np.random.default_rng(0))
    ratio, p = float(views.distance[0] / views.distance_others[0]), float(views.p[0])
    assert ratio * views.distance_others[0] == views.distance[0]

    def told(**limits):
        tally = tally_from(of_opposite_mind(1), **limits)
        return [finding.people for finding in outlier_view_findings(tally, np.random.default_rng(0))]

    assert (told(outlier_ratio=ratio), told(outlier_ratio=ratio + 1e-6)) == ([("p0000",)], [])
    assert (told(outlier_p=p), told(outlier_p=math.nextafter(p, 0))) == ([("p0000",)], [])


def test_chance_is_not_asked_where_all_are_alike():
    views = outlier_views(tally_from(np.full((5, 12), 3.0)), np.random.default_rng(0))

    assert (views.distance.tolist(), views.distance_others.tolist()) == ([0] * 5, [0] * 5)
    assert np.isnan(views.p).all()
    assert np.isnan(views.ratio).all()


def test_of_too_few_people_nothing_at_all_is_told():
    views = outlier_views(tally_from(np.full((3, 12), 3.0)), np.random.default_rng(0))

    told = (views.people, views.items, views.distance, views.distance_others, views.p, views.ratio)
    assert [each.tolist() for each in told] == [[]] * 6


def test_where_items_are_drawn_the_generator_draws_them():
    ratings = random_ratings(np.random.default_rng(2), 8, 30, missing=0)

    for rule in (outlier_views, camps):
        rule(tally_from(ratings, person_item_sample=20), np.random.default_rng(0))
    views = outlier_views(tally_from(ratings, person_item_sample=20), np.random.default_rng(0))
    assert views.items.tolist() == [20] * 8


# -- camps -------------------------------------------------------------------------------------------------------------
def weak_camps(seed, people=8, items=20):
    rng = np.random.default_rng(seed)
    side = np.where(np.arange(people) < people / 2, 1, -1)[:, None] * rng.choice([-1, 1], items)
    ratings = rated_latent(rng, side.shape, mean=3 + 0.7 * side, sd=0.9)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan
    return ratings


def silhouette(square, camp):
    """Mean silhouette over everybody, where who is in no camp counts as 0."""
    values = []
    for person, own in enumerate(camp):
        if own < 0:
            values.append(0.0)
            continue
        to = {
            each: [square[person, q] for q in np.flatnonzero(camp == each) if q != person] for each in set(camp) - {-1}
        }
        near = np.mean(to.pop(own))
        far = min(np.mean(distances) for distances in to.values())
        values.append((far - near) / max(near, far))
    return np.mean(values)


def best_silhouette(values, rated, *, least, most, aside):
    """The best cut of the tree, by going through all of them."""
    means = np.where(rated, values, 0).sum(axis=1) / rated.sum(axis=1)
    free = np.where(rated, values - means[:, None], 0)
    distances = pair_distances(free[None], rated, prior=3.0)[0]
    square = np.zeros((len(rated), len(rated)))
    square[np.triu_indices(len(rated), 1)] = distances
    square += square.T
    best = -np.inf
    for branches in range(2, most + aside + 1):
        branch = fcluster(linkage(distances, "average"), branches, "maxclust")
        sizes = {each: np.count_nonzero(branch == each) for each in set(branch)}
        large = [each for each, size in sizes.items() if size >= least]
        camp = np.where(np.isin(branch, large), branch, -1)
        if 2 <= len(large) <= most and np.count_nonzero(camp < 0) <= aside:
            best = max(best, silhouette(square, camp))
    return best


def test_camps_are_compared_with_those_of_shuffled_answers_free_of_offsets_again():
    told = 0
    for seed in range(12):
        tally = tally_from(weak_camps(seed), camps_p=0.4, camps_possible=-1.0)
        block = comparable(tally, np.random.default_rng(seed))
        limits = {"least": 2, "most": 3, "aside": 1}
        mine = best_silhouette(block.centred, block.rated, **limits)
        mixed = np.concatenate(list(shuffles(block.centred, block.rated, times=99, rng=np.random.default_rng(seed))))
        reached = sum(best_silhouette(each, block.rated, **limits) >= mine - 1e-9 for each in mixed)

        found = camps(tally, np.random.default_rng(seed))

        assert (found is None) == ((1 + reached) / 100 > 0.4)
        if found is not None:
            told += 1
            assert found.silhouette == pytest.approx(mine, abs=1e-6)
            assert found.p == (1 + reached) / 100
    assert told >= 8


def test_camps_at_the_limits_of_chance_and_of_the_silhouette_are_told():
    seed = 1
    usual = camps(tally_from(weak_camps(seed), camps_p=0.9), np.random.default_rng(0))

    def told(**limits):
        found = camps(tally_from(weak_camps(seed), **({"camps_p": 0.9} | limits)), np.random.default_rng(0))
        return found and found.tier

    assert 0.01 < usual.p < 0.9
    assert (told(camps_p=usual.p), told(camps_p=usual.p - 0.005)) == (usual.tier, None)
    at, above = usual.silhouette, math.nextafter(usual.silhouette, 1)
    assert (told(camps_likely=at), told(camps_likely=above)) == ("likely", "possible")
    assert (told(camps_possible=at) is None, told(camps_possible=above)) == (False, None)


def two_views(*sizes, items=20, seed=0):
    """Groups of people who all say the same within, and something else than all others."""
    rng = np.random.default_rng(seed)
    return np.repeat(rng.choice([1.0, 5.0], (len(sizes), items)), sizes, axis=0)


def sizes_of(found):
    return found and ([len(camp.members) for camp in found.camps], len(found.aside))


def test_a_camp_is_a_tenth_of_the_people_and_two_at_least():
    def told(*sizes, **limits):
        return sizes_of(camps(tally_from(two_views(*sizes), **limits), np.random.default_rng(0)))

    # Of 30 people three are a camp; of 31 it takes four, so that three stand aside.
    assert told(15, 12, 3) == ([15, 12, 3], 0)
    assert told(16, 12, 3) == ([16, 12], 3)


def test_a_fifth_of_the_people_may_stand_aside():
    def told(*sizes):
        return sizes_of(camps(tally_from(two_views(*sizes, items=40)), np.random.default_rng(0)))

    assert told(5, 4, 1) == ([5, 4], 1)
    assert told(4, 4, 1, 1) == ([4, 4], 2)
    assert told(4, 3, 1, 1) != ([4, 3], 2)
    assert told(4, 3, 1) == ([4, 3], 1)


def test_thirty_people_may_have_five_camps_and_fewer_three():
    four = tally_from(two_views(9, 8, 7, 6, items=60))
    few = tally_from(two_views(9, 8, 7, 5, items=60))

    assert sizes_of(camps(four, np.random.default_rng(0))) == ([9, 8, 7, 6], 0)
    assert sizes_of(camps(few, np.random.default_rng(0))) != ([9, 8, 7, 5], 0)


def test_of_many_people_some_are_drawn_and_nobody_twice():
    ratings = np.vstack([weak_camps(seed, people=6, items=20) for seed in range(2)])
    seen = []
    for sample in (11, 12):
        tally = tally_from(ratings, camps_sample=sample, camps_p=1.0, camps_possible=-1.0)
        seen.append(camps(tally, np.random.default_rng(3)).p)

    whole = camps(tally_from(ratings, camps_p=1.0, camps_possible=-1.0), np.random.default_rng(3)).p
    assert (seen[1], seen[0] != whole) == (whole, True)


def test_whom_a_sample_holds_is_in_it_once():
    # Everybody sees everything their own way: somebody drawn twice would be a camp.
    views = np.random.default_rng(5).integers(1, 6, (12, 30)).astype(float)
    tally = tally_from(views, camps_sample=10, camps_p=1.0, camps_possible=-1.0, camps_least=0.0)
    block = comparable(tally, np.random.default_rng(0))

    found = camps(tally, np.random.default_rng(0))

    rng = np.random.default_rng(0)
    some = np.sort(rng.choice(12, 10, replace=False))
    limits = {"least": 2, "most": 3, "aside": 2}
    mine = best_silhouette(block.centred[some], block.rated[some], **limits)
    mixed = np.concatenate(list(shuffles(block.centred[some], block.rated[some], times=99, rng=rng)))
    reached = sum(best_silhouette(each, block.rated[some], **limits) >= mine - 1e-9 for each in mixed)
    assert found.p == (1 + reached) / 100


def test_consensus_over_camps_is_told_of_the_items_that_all_camps_rated():
    ratings = two_views(5, 4, items=12)
    ratings[5:, 0], ratings[0, 1] = np.nan, np.nan

    found = camps(tally_from(ratings), np.random.default_rng(0))

    assert list(found.consensus) == [f"i{item:04d}" for item in range(1, 12)]
    # Of the first camp four rated the second item, five the others; a camp agrees where it says 5.
    for item, told in found.consensus.items():
        column = ratings[:, int(item[1:])]
        share = [(np.sum(camp == 5) + 1) / (np.sum(~np.isnan(camp)) + 2) for camp in (column[:5], column[5:])]
        assert told == pytest.approx(share[0] * share[1])
