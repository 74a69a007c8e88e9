"""What all forms are made of: text, places across, the table behind the picture."""

import textwrap
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# The narrowest column a chart is laid out for: a phone 360 px wide, less its margins.
NARROW = 320
LETTER = 5.8  # an average letter of 12 px type, in px
LINE = 14  # from one line of such type to the next

ABSENCES = {
    "not_on_map": _("not on map"),
    "unknown": _("new to me"),
    "not_real": _("not real"),
    "asked": _("no answer"),
}
WHY_EMPTY = ABSENCES | {"hidden": _("too few to show"), "together": _("not told apart"), "": _("not asked")}
KINDS = {"goal": _("goal"), "pain": _("pain"), "alternative": _("alternative")}


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `x` in per cent, `y` the baseline in px."""

    text: str
    x: str
    y: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers as the picture, as a table. The first of each row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value):
    """A coordinate as short as it can be.

    >>> number(41.25), number(54.6666), number(24.0), number(-0.001)
    ('41.25', '54.67', '24', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(value):
    """A place across, as SVG writes it."""
    return number(value) + "%"


def pixels(share):
    """How many px `share` per cent are in the narrowest column."""
    return share * NARROW / 100


def wrap(text, share):
    """The lines of `text` in `share` per cent of the width. Long words stay whole.

    >>> wrap("not on map", 12)
    ['not on', 'map']
    """
    return textwrap.wrap(text, max(1, int(pixels(share) / LETTER)), break_long_words=False) or [""]


def fits(text, share):
    """Whether the longest word of `text` has room in `share` per cent of the width."""
    return max(map(len, text.split()), default=0) * LETTER <= pixels(share)


def lines(text, share, *, x, y, classes=""):
    """`text` as one Text for each line it needs, from the baseline `y` down."""
    return [Text(line, percent(x), number(y + LINE * n), classes) for n, line in enumerate(wrap(text, share))]
