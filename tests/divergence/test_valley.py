import itertools
import json
import math

import numpy as np
import pytest
from scipy.optimize import isotonic_regression
from scipy.special import xlogy

from alignment.divergence.valley import TABLE, valley_p, valley_statistic


def all_tables(people, levels):
    """Every way to spread people over levels, and how probable it is when each level is as likely."""
    spreads = []
    for bars in itertools.combinations(range(people + levels - 1), levels - 1):
        edges = (-1, *bars, people + levels - 1)
        spreads.append([right - left - 1 for left, right in itertools.pairwise(edges)])
    ways = [math.factorial(people) / math.prod(math.factorial(count) for count in spread) for spread in spreads]
    return np.array(spreads), np.array(ways) / levels**people


def single_peak_by_trying(counts):
    """The statistic from scipy's isotonic regression, up to each level and down after it."""
    best = -np.inf
    for top in range(len(counts) + 1):
        up, down = counts[:top], counts[top:]
        fit = [
            *(isotonic_regression(up).x if top else []),
            *(isotonic_regression(down, increasing=False).x if len(down) else []),
        ]
        best = max(best, xlogy(counts, fit).sum())
    return 2 * (xlogy(counts, counts).sum() - best)


@pytest.mark.parametrize("levels", range(2, 11))
def test_the_statistic_is_that_of_the_best_single_peak(levels):
    counts = np.random.default_rng(levels).multinomial(15, np.full(levels, 1 / levels), size=60)

    statistic = valley_statistic(counts)

    assert statistic == pytest.approx([single_peak_by_trying(row.astype(float)) for row in counts], abs=1e-9)


def test_two_far_camps_have_the_statistic_worked_out_by_hand():
    # The best single peak over 5 0 0 0 4 is 5 1 1 1 1: G = 2 (5 ln 5 + 4 ln 4 - 5 ln 5 - 4 ln 1) = 8 ln 4
    assert valley_statistic(np.array([[5, 0, 0, 0, 4]])) == pytest.approx([8 * math.log(4)])


@pytest.mark.parametrize(("people", "levels"), [(4, 5), (5, 3), (6, 5), (8, 4), (8, 5), (10, 3)])
def test_the_decision_at_one_in_ten_is_that_of_all_possible_tables(people, levels):
    tables, chances = all_tables(people, levels)
    statistic = valley_statistic(tables).round(6)
    exact = np.array([chances[statistic >= value].sum() for value in statistic])

    flagged = valley_p(tables) <= 0.10

    assert flagged.tolist() == (exact <= 0.10).tolist()
    assert flagged.any()


def test_the_reference_holds_between_tabulated_numbers_of_people():
    counts = np.random.default_rng(1).multinomial(110, np.full(7, 1 / 7), size=4000)

    share = np.mean(valley_p(counts) <= 0.10)

    assert share == pytest.approx(0.10, abs=0.016)  # three standard errors


def test_beyond_the_table_the_largest_number_of_people_serves():
    counts = np.array([[3000, 100, 3000], [2000, 3000, 1000]])

    assert valley_p(counts).tolist() == [0.001, 1.0]


@pytest.mark.parametrize("counts", [[2, 0, 1], [3, 5], [1, 2, 4, 2, 1], [0, 0, 0]])
def test_without_room_or_people_for_a_valley_it_is_certain_that_chance_does_as_well(counts):
    assert valley_p(np.array([counts])).tolist() == [1.0]


def test_a_deeper_valley_is_never_more_probable():
    tables, _ = all_tables(9, 5)
    order = np.argsort(valley_statistic(tables), kind="stable")

    p = valley_p(tables)[order]

    assert (np.diff(p) <= 1e-12).all()


def test_the_table_covers_four_to_a_hundred_people_on_three_to_ten_levels():
    stored = json.loads(TABLE.read_text())

    assert stored["people"][:97] == list(range(4, 101))
    assert list(stored["limits"]) == [str(levels) for levels in range(3, 11)]
    for rows in stored["limits"].values():
        assert [len(row) for row in rows] == [len(stored["probabilities"])] * len(stored["people"])


def table_limits(people, levels):
    """Probabilities and the limits they are reached at, between tabulated numbers of people in a straight line."""
    stored = json.loads(TABLE.read_text())
    rows = np.array([[np.inf if g is None else g for g in row] for row in stored["limits"][str(levels)]])
    sizes = stored["people"]
    if people in sizes or people > sizes[-1]:
        return stored["probabilities"], rows[sizes.index(min(people, sizes[-1]))]
    above = next(place for place, size in enumerate(sizes) if size > people)
    share = (people - sizes[above - 1]) / (sizes[above] - sizes[above - 1])
    return stored["probabilities"], (1 - share) * rows[above - 1] + share * rows[above]


@pytest.mark.parametrize("people", [5, 9, 30, 100, 113, 137, 999, 6000])
@pytest.mark.parametrize("levels", [3, 5, 10])
def test_p_falls_from_limit_to_limit_of_the_table_as_a_power(people, levels):
    rng = np.random.default_rng(people)
    counts = rng.multinomial(people, np.full(levels, 1 / levels), size=60)
    counts[:20] = [rng.multinomial(people, rng.dirichlet(np.full(levels, 2.0))) for _ in range(20)]
    probabilities, limits = table_limits(people, levels)

    ps = valley_p(counts)

    for found, deep in zip(ps, valley_statistic(counts), strict=True):
        reached = max(place for place, limit in enumerate(limits) if limit <= deep + 1e-6) if deep > 1e-6 else 0
        expected = probabilities[reached] if deep > 1e-6 else 1.0
        if deep > 1e-6 and reached + 1 < len(limits) and np.isfinite(limits[reached + 1]):
            share = max(0, (deep - limits[reached]) / (limits[reached + 1] - limits[reached]))
            expected *= (probabilities[reached + 1] / probabilities[reached]) ** share
        assert found == pytest.approx(expected)
    assert len(set(ps.tolist())) > 1


def test_items_with_other_numbers_of_raters_have_their_own_p():
    alone = [valley_p(np.array([counts]))[0] for counts in ([3, 0, 2, 0, 0], [9, 1, 0, 2, 8], [30, 2, 1, 3, 40])]

    together = valley_p(np.array([[3, 0, 2, 0, 0], [9, 1, 0, 2, 8], [30, 2, 1, 3, 40]]))

    assert together.tolist() == alone
