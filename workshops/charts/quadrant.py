"""Quadrant map: a square with two scales and four named corners, and beside it a list.

Everything that has a place is a dot; the first twelve are numbered and explained beside the map in the same order.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, product
from operator import itemgetter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .declutter import spread_out
from .plot import KINDS, WHY_EMPTY, Table, percent
from .square import Square

MOST_NUMBERED = 12


@dataclass(frozen=True, slots=True)
class Corner:
    """A quadrant's name and what it says, in its corner: at the left or at the end, at the top or `is_low`."""

    name: str
    says: str
    is_end: bool
    is_low: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the halves of one scale meet: a line at `start`, or a band of a `width`."""

    start: str
    width: str = ""


@dataclass(frozen=True, slots=True)
class Speck:
    """The place of an item; a numbered one has a `lead` to its number where that had to move aside."""

    title: str
    x: str
    y: str
    lead: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A numbered item: on the map, and what the list says of it."""

    number: int
    title: str
    url: str
    kind: str
    kind_name: str
    quadrant: str
    strong: bool
    figures: str
    note: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours in the list that stand in the same quadrant."""

    name: str
    says: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class QuadrantMap:
    """All that templates/workshops/charts/quadrant.html draws; the square alone is _square.html."""

    sentence: str
    note: str
    across: tuple[str, str, str]
    up: tuple[str, str, str]
    columns: Cut
    rows: Cut
    corners: tuple[Corner, ...]
    specks: tuple[Speck, ...]
    numbers: tuple[Number, ...]
    groups: tuple[Group, ...]
    table: Table


def quadrant_map(spots, across, up, quadrants, *, title, told="", most=MOST_NUMBERED):
    """Items by two values.

    Parameters
    ----------
    spots : sequence of Spot
        Those most worth a look first: the first `most` that have a place are numbered. Let those of one quadrant
        follow one another, then the list has each quadrant's name once.
    across, up : Axis
        From left to right, and from the bottom to the top.
    quadrants : (Quadrant, Quadrant, Quadrant, Quadrant)
        Top left, top right, bottom left, bottom right.
    title : str
        What the map is called; opens the sentence.
    told : str
        What has to be said about the numbers, such as of how many items they are; under the map and in the sentence.

    Returns
    -------
    QuadrantMap
    """
    square = Square(across, up, quadrants)
    placed = [spot for spot in spots if spot.has_place]
    numbers = _numbers(square, placed[:most])
    return QuadrantMap(
        sentence=_sentence(title, told, [square.quadrant(spot) for spot in placed]),
        note=_note(told, square, len(placed) - len(numbers)),
        across=_axis_words(across),
        up=_axis_words(up),
        columns=_cut(square.across),
        rows=_cut(square.up),
        corners=_corners(square),
        specks=_specks(square, placed, numbers),
        numbers=numbers,
        groups=_groups(square, placed[:most], numbers),
        table=_table(square, title, spots, numbers),
    )


def _numbers(square, spots):
    places = spread_out([square.place(spot) for spot in spots], [square.field(spot) for spot in spots])
    return tuple(_number(n, spot, square, *place) for n, (spot, place) in enumerate(zip(spots, places, strict=True), 1))


def _number(n, spot, square, x, y):
    quadrant = square.quadrant(spot)
    return Number(
        number=n,
        title=str(spot.title),
        url=spot.url,
        kind=spot.kind,
        kind_name=str(KINDS[spot.kind]) if spot.kind else "",
        quadrant=str(quadrant.name),
        strong=quadrant.strong,
        figures=", ".join(
            f"{axis.title} {figure}" for axis, figure in zip(_axes(square), _values(square, spot), strict=True)
        ),
        note=str(spot.note),
        x=percent(x),
        y=percent(y),
    )


def _axes(square):
    return square.across.axis, square.up.axis


def _values(square, spot):
    """The two values as written, or why there is none."""
    return tuple(
        str(WHY_EMPTY[spot.absence]) if value is None else axis.figure(value)
        for axis, value in zip(_axes(square), (spot.across, spot.up), strict=True)
    )


def _axis_words(axis):
    low, high = axis.ends
    return str(low), str(axis.title), str(high)


def _cut(edge):
    start, *rest = edge.cuts
    return Cut(percent(start), percent(rest[0] - start) if rest else "")


def _corners(square):
    return tuple(
        Corner(str(quadrant.name), str(quadrant.says), is_end, is_low)
        for quadrant, (is_low, is_end) in zip(square.quadrants, product((False, True), repeat=2), strict=True)
    )


def _specks(square, placed, numbers):
    """Dots for all without a number, and for those whose number had to move aside."""
    moved = []
    for spot, number in zip(placed, numbers, strict=False):
        x, y = map(percent, square.place(spot))
        if (x, y) != (number.x, number.y):
            moved.append(Speck(number.title, x, y, (number.x, number.y)))
    rest = (Speck(str(spot.title), *map(percent, square.place(spot))) for spot in placed[len(numbers) :])
    return (*rest, *moved)


def _groups(square, spots, numbers):
    pairs = zip(map(square.quadrant, spots), numbers, strict=True)
    return tuple(
        Group(str(quadrant.name), str(quadrant.says), tuple(number for _quadrant, number in those))
        for quadrant, those in groupby(pairs, key=itemgetter(0))
    )


def _sentence(title, told, found):
    counts = Counter(str(quadrant.name) for quadrant in found)
    # Translators: the name of a quadrant and how many items are in it.
    said = [_("%(quadrant)s: %(count)d.") % {"quadrant": name, "count": n} for name, n in counts.items()]
    return " ".join([f"{title}.", *([str(told)] if told else []), *said])


def _note(told, square, rest):
    parts = [str(told)] if told else []
    across, up = _axes(square)
    if len(across.cuts) == len(up.cuts) == 1:
        lines = {"across": across.title, "x": across.figure(across.cuts[0]), "up": up.title, "y": up.figure(up.cuts[0])}
        # Translators: where the two lines through the map are, as in “The lines: Importance 3.5, Evidence 1.5.”
        parts.append(_("The lines: %(across)s %(x)s, %(up)s %(y)s.") % lines)
    if rest:
        dots = ngettext("One more item is a dot without a number.", "%(n)d more items are dots without a number.", rest)
        parts.append(dots % {"n": rest})
    return " ".join(parts)


def _table(square, title, spots, numbers):
    across, up = _axes(square)
    number_of = dict(zip((n for n, spot in enumerate(spots) if spot.has_place), numbers, strict=False))
    return Table(
        caption=str(title),
        head=(_("Item"), _("Kind"), str(across.title), str(up.title), _("Quadrant"), _("Number")),
        rows=tuple(_row(square, spot, number_of.get(n)) for n, spot in enumerate(spots)),
    )


def _row(square, spot, number):
    kind = str(KINDS[spot.kind]) if spot.kind else ""
    quadrant = str(square.quadrant(spot).name) if spot.has_place else ""
    return str(spot.title), kind, *_values(square, spot), quadrant, str(number.number) if number else ""
