"""The square of a quadrant map: two scales, which may be piecewise so that what matters gets the room.

Places across and down are in per cent of the square.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from .declutter import APART
from .figures import mean

LEFT, RIGHT = 6.0, 94.0  # where the scales begin and end, so that a number at the very end is whole
TOP, BOTTOM = 15.0, 85.0  # and above and below have room for the names of the quadrants
MARGIN = APART / 2  # from a number's middle to the border of its half


@dataclass(frozen=True, slots=True)
class Axis:
    """One scale of the square.

    Attributes
    ----------
    title : str
        What it measures; the heading of its column in the table.
    stops : tuple of (float, float)
        Values and the share of the side at which each stands, ascending, from 0 to 1; straight between two stops.
    cuts : tuple of float
        The value from which on the upper half begins, or two values: between them it is too close to call.
    ends : (str, str)
        What the two ends mean.
    figure : callable
        How a value is written.
    """

    title: str
    stops: tuple[tuple[float, float], ...]
    cuts: tuple[float, ...]
    ends: tuple[str, str] = ("", "")
    figure: Callable[[float], str] = mean

    def share(self, value):
        """How far along the side a value stands, 0 to 1; values off the scale at its end."""
        for (low, start), (high, end) in pairwise(self.stops):
            if value <= high:
                return start + (end - start) * max(0.0, value - low) / (high - low)
        return self.stops[-1][1]

    def half(self, value):
        """0 for the lower half, 1 for the upper, None between two cuts."""
        if value >= self.cuts[-1]:
            return 1
        return 0 if value < self.cuts[0] else None


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One corner: its name and what it is, or what to do about it. Numbers in the corner to read first are `strong`."""

    name: str
    says: str = ""
    strong: bool = False


TOO_CLOSE = Quadrant(_("Too close to call"))


@dataclass(frozen=True, slots=True)
class Spot:
    """One item: its two values, or None where there is none, with the key of WHY_EMPTY as `absence`.

    `note` is what else to say about it in the list.
    """

    title: str
    across: float | None
    up: float | None
    kind: str = ""
    url: str = ""
    note: str = ""
    absence: str = ""

    @property
    def has_place(self):
        """Whether both values are known."""
        return self.across is not None and self.up is not None


@dataclass(frozen=True, slots=True)
class Edge:
    """An axis laid along a side of the square, from `start` to `end` in per cent."""

    axis: Axis
    start: float
    end: float

    def place(self, value):
        """Where a value stands, in per cent."""
        return self.start + (self.end - self.start) * self.axis.share(value)

    @property
    def cuts(self):
        """Where the halves meet, ascending in per cent."""
        return sorted(self.place(cut) for cut in self.axis.cuts)

    def bounds(self, half):
        """From where to where a number of this half may stand, ascending in per cent."""
        if half is None:
            return self.cuts[0], self.cuts[-1]
        first, last = sorted((self.start, self.end))
        is_second = bool(half) == (self.start < self.end)
        return (self.cuts[-1] + MARGIN, last) if is_second else (first, self.cuts[0] - MARGIN)


class Square:
    """Two axes and four quadrants (top left, top right, bottom left, bottom right)."""

    def __init__(self, across, up, quadrants):
        self.across = Edge(across, LEFT, RIGHT)
        self.up = Edge(up, BOTTOM, TOP)
        self.quadrants = tuple(quadrants)
        if len(self.quadrants) != 4:
            raise ValueError(f"a square has 4 quadrants, not {len(self.quadrants)}")

    def place(self, spot):
        """Where a spot stands: across and down in per cent."""
        return self.across.place(spot.across), self.up.place(spot.up)

    def quadrant(self, spot):
        """The quadrant a spot is in; TOO_CLOSE between two cuts."""
        right, upper = self._halves(spot)
        return TOO_CLOSE if None in (right, upper) else self.quadrants[2 * (1 - upper) + right]

    def field(self, spot):
        """Left, top, right and bottom of where the number of a spot should stand."""
        right_half, upper_half = self._halves(spot)
        (left, right), (top, bottom) = self.across.bounds(right_half), self.up.bounds(upper_half)
        return left, top, right, bottom

    def _halves(self, spot):
        return self.across.axis.half(spot.across), self.up.axis.half(spot.up)
