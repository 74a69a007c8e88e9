"""Illusion: how much nearer to themselves people place the team than it is, on a scale in points."""

from dataclasses import dataclass
from math import ceil, floor

from django.utils.translation import gettext as _

from .figures import points
from .plot import Table, percent

LEFT, RIGHT = 4, 96  # per cent, the ends of the scale
LOWEST, HIGHEST = -1.0, 1.5


@dataclass(frozen=True, slots=True)
class Illusion:
    """All that templates/workshops/charts/illusion.html draws; `left` and `right` are empty without an interval."""

    sentence: str
    figure: str
    words: str
    zero: str
    point: str
    left: str
    right: str
    table: Table


def illusion(value, low=None, high=None):
    """The illusion in points, with its interval where there is one.

    The scale runs from −1 to 1.5 points, further in half points where a figure lies beyond.
    """
    has_interval = low is not None and high is not None
    figures = [value, low, high] if has_interval else [value]
    lowest = min(LOWEST, floor(2 * min(figures)) / 2)
    highest = max(HIGHEST, ceil(2 * max(figures)) / 2)

    def place(figure):
        return percent(LEFT + (RIGHT - LEFT) * (figure - lowest) / (highest - lowest))

    span = _("%(low)s to %(high)s") % {"low": points(low), "high": points(high)} if has_interval else _("no interval")
    words = _direction(value) % {"interval": span}
    return Illusion(
        sentence=f"{points(value)} {words}",
        figure=points(value),
        words=words,
        zero=place(0),
        point=place(value),
        left=place(low) if has_interval else "",
        right=place(high) if has_interval else "",
        table=_table(value, low, high, has_interval),
    )


def _direction(value):
    if points(value) == "0.0":
        return _("points from where it is, %(interval)s")
    return _("points too near, %(interval)s") if value > 0 else _("points too far, %(interval)s")


def _table(value, low, high, has_interval):
    rows = [(_("Placed nearer to oneself by"), points(value))]
    if has_interval:
        rows += [(_("Interval, low"), points(low)), (_("Interval, high"), points(high))]
    return Table(
        caption=_("Illusion of alignment, in points of the scale"), head=(_("Measure"), _("Points")), rows=tuple(rows)
    )
