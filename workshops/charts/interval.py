"""Interval: a table whose last column draws each value with what it may as well be."""

from dataclasses import dataclass
from math import floor

from django.utils.translation import gettext as _

from .figures import ratio
from .plot import percent

LEFT, RIGHT = 4, 96  # per cent, the ends of the scale
LOWEST, HIGHEST = -0.25, 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One alignment. `value` is None where there is no figure, `low` and `high` where there is no interval; `words` say
    why."""

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One line of the table; places in per cent, empty where there is nothing to draw."""

    label: str
    figure: str
    words: str
    point: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Intervals:
    """All that templates/workshops/charts/interval.html draws."""

    caption: str
    heading: str
    zero: str
    one: str
    rows: tuple[IntervalRow, ...]


def interval(readings, *, caption, heading=""):
    """Alignments with their intervals, on one scale from −.25 (or the lowest figure, in steps of .25) to 1.

    Parameters
    ----------
    readings : sequence of Reading
        The first is the whole and set in bold.
    caption : str
        What the table shows, for those who hear it.
    heading : str
        What the rows are; by default “Kind”.
    """
    readings = list(readings)
    figures = [figure for reading in readings for figure in (reading.value, reading.low) if figure is not None]
    lowest = min(LOWEST, floor(4 * min(figures, default=0)) / 4)

    def place(figure):
        return percent(LEFT + (RIGHT - LEFT) * (figure - lowest) / (HIGHEST - lowest))

    return Intervals(
        caption=str(caption),
        heading=str(heading or _("Kind")),
        zero=place(0),
        one=place(1),
        rows=tuple(_line(reading, place) for reading in readings),
    )


def _line(reading, place):
    if reading.value is None:
        return IntervalRow(str(reading.label), "", str(reading.words or _("no figure yet")), "", "", "")
    if reading.low is None or reading.high is None:
        words = str(reading.words or _("no interval"))
        return IntervalRow(str(reading.label), ratio(reading.value), words, place(reading.value), "", "")
    words = _("%(low)s to %(high)s") % {"low": ratio(reading.low), "high": ratio(reading.high)}
    ends = place(reading.low), place(reading.high)
    return IntervalRow(str(reading.label), ratio(reading.value), words, place(reading.value), *ends)
