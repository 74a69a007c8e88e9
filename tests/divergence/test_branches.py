import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree, linkage
from scipy.spatial.distance import pdist, squareform

from alignment.divergence.branches import Cut, best_branches, silhouettes

ANY = Cut(least=2, most=3, aside=0)


def points(*places):
    """Distances of people who stand on a line."""
    return pdist(np.array(places, dtype=float)[:, None])[None]


def silhouette_by_hand(distances, labels):
    """Person by person; -1 stands aside and counts as 0."""
    square, values = squareform(distances), []
    for person, own in enumerate(labels):
        if own < 0:
            values.append(0)
            continue
        others = np.arange(len(labels)) != person
        a = square[person, (labels == own) & others].mean()
        b = min(square[person, labels == each].mean() for each in set(labels.tolist()) - {own, -1})
        values.append((b - a) / max(a, b) if max(a, b) else 0)
    return np.mean(values)


def best_by_hand(distances, cut):
    """All cuts of scipy's tree, one by one."""
    tree, best = linkage(distances, "average"), (-np.inf, None)
    people = len(tree) + 1
    for branches in range(2, min(people, cut.most + cut.aside) + 1):
        labels = cut_tree(tree, branches)[:, 0]
        sizes = np.bincount(labels)
        kept = np.where(sizes[labels] >= cut.least, labels, -1)
        camps = len(set(kept.tolist()) - {-1})
        if 2 <= camps <= cut.most and np.count_nonzero(kept < 0) <= cut.aside:
            best = max(best, (round(silhouette_by_hand(distances, kept), 9), -branches, tuple(kept.tolist())))
    return best[0], best[-1]


def same_camps(one, other):
    return len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other))


@pytest.mark.parametrize("cut", [ANY, Cut(least=2, most=3, aside=2), Cut(least=3, most=5, aside=4)])
def test_the_best_cut_is_the_one_that_a_search_through_all_cuts_finds(cut):
    rng = np.random.default_rng(1)
    seen = set()
    for people in (6, 9, 14):
        trees = np.stack([pdist(rng.normal(size=(people, 2)), "cityblock") for _ in range(25)])

        value, branch = best_branches(trees, cut=cut)

        for distances, mine, camps in zip(trees, value, branch, strict=True):
            expected, labels = best_by_hand(distances, cut)
            assert mine == pytest.approx(expected, abs=1e-8)
            assert (camps == -1).all() if labels is None else same_camps(camps.tolist(), labels)
            seen.add(labels is None)
    assert seen == {True, False}


def test_two_camps_and_three_are_told_apart():
    two, three = points(0, 1, 2, 10, 11, 12), points(0, 1, 10, 11, 20, 21)

    assert best_branches(two, cut=ANY)[1].tolist() == [[0, 0, 0, 1, 1, 1]]
    assert len(set(best_branches(three, cut=ANY)[1][0].tolist())) == 3


def test_one_odd_person_hides_the_camps_unless_some_may_stand_aside():
    odd = points(0, 1, 2, 10, 11, 12, 90)

    assert best_branches(odd, cut=ANY)[0].tolist() == [-np.inf]
    assert best_branches(odd, cut=ANY)[1].tolist() == [[-1] * 7]
    value, branch = best_branches(odd, cut=Cut(least=2, most=3, aside=1))
    assert [branch[0, :3].tolist(), branch[0, 6]] == [[branch[0, 0]] * 3, -1]
    # The six others stand apart as if alone, and the seventh counts as 0.
    assert value[0] == pytest.approx(6 / 7 * best_branches(points(0, 1, 2, 10, 11, 12), cut=ANY)[0][0])


def test_people_at_equal_distances_make_no_camps_worth_the_name():
    value, _branch = best_branches(np.ones((1, 15)), cut=ANY)

    assert value[0] in (0, -np.inf)


def test_all_at_one_place_stand_apart_by_nothing():
    inside = np.repeat(np.eye(2, dtype=bool), 3, axis=0)

    assert silhouettes(np.zeros((1, 6, 6)), inside[None]).tolist() == [0]
