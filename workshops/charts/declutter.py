"""Where the numbers of a map go, so that none covers another."""

from itertools import chain, combinations, product
from math import cos, dist, radians, sin

APART = 10.4  # per cent, from one number to the next: 26 px of a map 250 px wide, for numbers of 24 px
WHOLE = (0.0, 0.0, 100.0, 100.0)
RINGS = [APART * step / 4 for step in range(1, 45)]
TURNS = range(0, 360, 15)
# Nearest first; at the same distance to the right first, then on around.
OFFSETS = [(0.0, 0.0)] + [
    (ring * cos(radians(turn)), ring * sin(radians(turn))) for ring, turn in product(RINGS, TURNS)
]


def spread_out(points, fields):
    """A free place for each of `points`, as near to it as can be.

    Parameters
    ----------
    points : sequence of (float, float)
        In per cent of a square, the most important first: it is the last to be moved.
    fields : sequence of (float, float, float, float)
        Left, top, right and bottom of the field in which each number should stay. A field that does not hold all of
        its numbers where they would best stand takes them in columns and rows; what has no room then stands outside.

    Returns
    -------
    list of (float, float)
        No two nearer than APART, for as many as a map has. The same for the same points and fields.

    Examples
    --------
    >>> spread_out([(50.0, 50.0), (50.0, 50.0)], [(0, 0, 100, 100)] * 2)
    [(50.0, 50.0), (60.4, 50.0)]
    """
    places = _places(points, fields, crowded=set())
    crowded = {field for field, place in zip(fields, places, strict=True) if not _is_inside(place, field)}
    if not crowded:
        return places
    places = _places(points, fields, crowded)
    for field in crowded:
        _uncross(places, points, [n for n, own in enumerate(fields) if own == field])
    return places


def _places(points, fields, crowded):
    placed = []
    for point, field in zip(points, fields, strict=True):
        nearest = _slots(point, field) if field in crowded else _around(point, field)
        candidates = chain(nearest, _around(point, WHOLE))
        placed.append(next((place for place in candidates if _is_free(place, placed)), point))
    return placed


def _around(point, field):
    places = ((point[0] + across, point[1] + down) for across, down in OFFSETS)
    return (place for place in places if _is_inside(place, field))


def _slots(point, field):
    """Columns and rows that fill a field, nearest first."""
    left, top, right, bottom = field
    slots = product(_steps(left, right), _steps(top, bottom))
    return sorted(slots, key=lambda slot: (round(dist(slot, point), 6), slot))


def _steps(first, last):
    steps = int((last - first) / APART + 1e-9)
    return [first + (last - first) * n / steps for n in range(steps + 1)] if steps else [first]


def _uncross(places, points, those):
    """Swap places until no swap brings two numbers nearer to their items; then no two leads cross."""
    swapped = True
    while swapped:
        swapped = False
        for one, other in combinations(those, 2):
            now = dist(places[one], points[one]) + dist(places[other], points[other])
            then = dist(places[other], points[one]) + dist(places[one], points[other])
            if then < now - 1e-6:
                places[one], places[other] = places[other], places[one]
                swapped = True


def _is_inside(place, field):
    left, top, right, bottom = field
    return left - 1e-9 <= place[0] <= right + 1e-9 and top - 1e-9 <= place[1] <= bottom + 1e-9


def _is_free(place, placed):
    return all(dist(place, other) >= APART - 1e-9 for other in placed)
