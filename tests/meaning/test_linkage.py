"""Average linkage, held against a loop that looks at all pairs of clusters each time."""

from itertools import combinations

import numpy as np
import pytest

from alignment.meaning.linkage import Cluster, OfPairs, OfVectors, linked


def unit_vectors(count, seed):
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(4, 6))
    vectors = middles[rng.integers(0, 4, count)] + rng.normal(scale=0.7, size=(count, 6))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def by_brute_force(near, forbidden, least):
    clusters = [(place,) for place in range(len(near))]
    scores = dict.fromkeys(clusters, 1.0)
    while True:
        options = []
        for one, other in combinations(sorted(clusters), 2):
            average = np.mean([near[a, b] for a in one for b in other])
            reached = any(near[a, b] >= least for a in one for b in other)
            if (
                average >= least
                and reached
                and not any((min(a, b), max(a, b)) in forbidden for a in one for b in other)
            ):
                options.append((-round(average, 6), one[0], other[0], one, other))
        if not options:
            return [Cluster(each, scores[each]) for each in sorted(clusters) if len(each) > 1]
        negative, _first, _second, one, other = min(options)
        both = tuple(sorted(one + other))
        scores[both] = min(scores[one], scores[other], -negative)
        clusters = [each for each in clusters if each not in (one, other)] + [both]


@pytest.mark.parametrize("seed", range(8))
def test_groups_are_those_of_the_slow_way(seed):
    vectors = unit_vectors(24, seed)
    near = vectors.astype(float) @ vectors.T.astype(float)
    rng = np.random.default_rng(seed)
    forbidden = {tuple(sorted(pair)) for pair in rng.integers(0, 24, (12, 2)).tolist() if pair[0] != pair[1]}
    edges = [(a, b, float(near[a, b])) for a, b in combinations(range(24), 2) if near[a, b] >= 0.65]

    def allowed(ones, others):
        return not any((min(a, b), max(a, b)) in forbidden for a in ones for b in others)

    found = linked(edges, OfVectors(vectors), allowed, count=24, least=0.65)

    slow = by_brute_force(near, forbidden, 0.65)
    assert [each.members for each in found] == [each.members for each in slow]
    assert [each.score for each in found] == pytest.approx([each.score for each in slow], abs=1e-5)
    backwards = linked(edges[::-1], OfVectors(vectors), allowed, count=24, least=0.65)
    assert backwards == found


def test_scores_of_pairs_are_averaged_as_cosines_are():
    near = {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.6, (2, 3): 0.7, (0, 3): 0.1, (1, 3): 0.1}
    edges = [(*pair, score) for pair, score in near.items() if score >= 0.65]

    found = linked(
        edges, OfPairs(lambda a, b: near[min(a, b), max(a, b)]), lambda ones, others: True, count=4, least=0.65
    )

    # 0 and 1 first; then 2 with both at (.8 + .6) / 2; 3 would only reach (.1 + .1 + .7) / 3.
    assert [(each.members, round(each.score, 3)) for each in found] == [((0, 1, 2), 0.7)]


def test_what_must_not_be_together_is_not_brought_together_by_a_third():
    near = {(0, 1): 0.99, (0, 2): 0.95, (1, 2): 0.98}

    found = linked(
        [(*pair, score) for pair, score in near.items()],
        OfPairs(lambda a, b: near[min(a, b), max(a, b)]),
        lambda ones, others: not {0, 2} <= {*ones, *others},
        count=3,
        least=0.65,
    )

    assert [each.members for each in found] == [(0, 1)]
