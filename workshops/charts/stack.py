"""Where the marks of several people go who gave the same answer."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from .plot import pixels

TOUCH = 4  # marks of neighbouring answers may come this much closer on the narrowest screen, in px
LEFT_WALL = 15  # per cent, where the row's label ends
RIGHT_WALL = 102  # a mark may reach a little into the margin


@dataclass(frozen=True, slots=True)
class MarkSize:
    """One size of mark: `steps[n]` px from one to the next when n stand side by side, `pitch` px between lines."""

    across: float
    steps: tuple[float, ...]
    pitch: float
    most: int
    margin: float

    def step(self, side):
        """From one of `side` neighbours to the next."""
        return self.steps[min(side, len(self.steps)) - 1]

    def width(self, side):
        """What `side` marks take up."""
        return self.across + self.step(side) * (side - 1)


LETTERED = MarkSize(across=22, steps=(0, 22, 18, 15), pitch=25, most=4, margin=9)
DIAMONDS = MarkSize(across=25, steps=(0, 26, 20, 16), pitch=25, most=4, margin=9)
MIXED = MarkSize(across=25, steps=(0, 24, 22), pitch=25, most=3, margin=9)  # roles of all lenses in one row
SMALL = MarkSize(across=10, steps=(11,), pitch=11, most=3, margin=14)
CROWDED = MarkSize(across=10, steps=(11,), pitch=11, most=5, margin=14)


def side_by_side(counts, places, size):
    """How many marks stand side by side at each of `places`, so that neighbours do not cover one another.

    Parameters
    ----------
    counts : list of int
        Marks at each place.
    places : list of float
        Ascending, in per cent.
    size : MarkSize

    Returns
    -------
    list of int
        At least 1 where there is a mark, 0 where there is none.

    Examples
    --------
    >>> side_by_side([4, 0, 0, 0, 4], [24, 41.25, 58.5, 75.75, 93], LETTERED)  # the second stands at the edge
    [3, 0, 0, 0, 3]
    """
    side = [min(count, size.most) for count in counts]
    for n, place in enumerate(places):
        room = 2 * pixels(min(place - LEFT_WALL, RIGHT_WALL - place))
        while side[n] > 1 and size.width(side[n]) > room + TOUCH:
            side[n] -= 1
    taken = [n for n, count in enumerate(counts) if count]
    for left, right in pairwise(taken):
        distance = pixels(places[right] - places[left])
        while max(side[left], side[right]) > 1 and _reach(side, left, right, size) > distance + TOUCH:
            side[left if side[left] > side[right] else right] -= 1
    return side


def _reach(side, left, right, size):
    return (size.width(side[left]) + size.width(side[right])) / 2


def line_count(count, side):
    """Lines that `count` marks need, `side` in each."""
    return ceil(count / side) if count else 0


def offsets(count, side, size, *, pitch=None):
    """Each mark's distance from the middle of its place, in px: lines as even as they can be, from the top.

    >>> offsets(5, 3, LETTERED)
    [(-18.0, -12.5), (0.0, -12.5), (18.0, -12.5), (-11.0, 12.5), (11.0, 12.5)]
    """
    pitch = pitch or size.pitch
    number_of_lines = line_count(count, side)
    found = []
    for line in range(number_of_lines):
        here = ceil((count - len(found)) / (number_of_lines - line))
        left = -size.step(here) * (here - 1) / 2
        down = pitch * (line - (number_of_lines - 1) / 2)
        found += [(left + size.step(here) * n, down) for n in range(here)]
    return found
