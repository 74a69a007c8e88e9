from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from workshops.charts.declutter import APART, spread_out

FIELD = (55.2, 55.2, 94.0, 85.0)
POINTS = st.lists(st.tuples(st.floats(55.2, 94), st.floats(55.2, 85)), max_size=12)


def nearest(places):
    """How near the two nearest are."""
    return min((hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(places, 2)), default=APART)


def test_numbers_with_room_stand_where_their_items_are():
    points = [(60.0, 60.0), (75.0, 60.0), (60.0, 75.0)]

    assert spread_out(points, [FIELD] * 3) == points


def test_of_two_at_one_place_the_first_stays():
    assert spread_out([(70.0, 70.0), (70.0, 70.0)], [FIELD] * 2) == [(70.0, 70.0), (70.0 + APART, 70.0)]


def test_a_number_moves_to_where_its_field_has_room():
    assert spread_out([(94.0, 85.0), (94.0, 85.0)], [FIELD] * 2) == [(94.0, 85.0), (94.0 - APART, 85.0)]


def test_a_number_outside_its_field_is_brought_in():
    x, y = spread_out([(53.0, 70.0)], [FIELD])[0]

    assert x >= FIELD[0]
    assert hypot(x - 53, y - 70) < 3


@given(points=POINTS)
def test_twelve_numbers_never_touch_and_all_stay_in_their_field(points):
    places = spread_out(points, [FIELD] * len(points))

    assert nearest(places) >= APART - 1e-6
    assert all(55.19 <= x <= 94.01 and 55.19 <= y <= 85.01 for x, y in places)


@given(points=POINTS)
def test_numbers_whose_field_is_too_small_do_not_touch_either(points):
    places = spread_out(points, [(70.0, 70.0, 71.0, 71.0)] * len(points))

    assert nearest(places) >= APART - 1e-6


def test_leads_of_a_crowded_field_do_not_cross():
    points = [(94.0 - n, 85.0 - n % 3) for n in range(12)]

    places = spread_out(points, [FIELD] * 12)

    assert not any(crosses(*one, *other) for one, other in combinations(zip(points, places, strict=True), 2))


def crosses(a, b, c, d):
    """Whether the line from a to b crosses the line from c to d."""

    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
