"""Met: every item in every role, and how its people met the item.

The second layer of the matrix, with its columns and the order of its rows. Up to 12 people each is a small mark, one
state after the other, never in the order in which people answered; beyond that a bar has the state's shares. States
differ in shape and pattern, hue says the lens only.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from .columns import Column, LensHead, by_lens
from .plot import KINDS, WHY_EMPTY, number, percent

MOST_MARKS = 12  # people in the workshop; beyond that bars
SIDE_BY_SIDE = 5  # marks in a line, as the narrowest column has room for
STEP = 14  # px from one mark to the next, and from line to line
PATTERNED = {"withdrew", "recognised", "not_real", "no_answer"}  # in bars, under `#over-STATE` in _marks.html

# In the order in which they are drawn: from the person's own words to no answer.
STATES = {
    "unprompted": (gettext_lazy("wrote it themselves"), ngettext_lazy("%(n)d wrote it", "%(n)d wrote it", "n")),
    "withdrew": (
        gettext_lazy("wrote it, then called it not real"),
        ngettext_lazy("%(n)d wrote it and withdrew", "%(n)d wrote it and withdrew", "n"),
    ),
    "recognised": (
        gettext_lazy("recognised it, and rated it"),
        ngettext_lazy("%(n)d recognised it", "%(n)d recognised it", "n"),
    ),
    "new": (gettext_lazy("new to them"), ngettext_lazy("%(n)d new to me", "%(n)d new to me", "n")),
    "not_real": (gettext_lazy("not real"), ngettext_lazy("%(n)d not real", "%(n)d not real", "n")),
    "no_answer": (gettext_lazy("no answer"), ngettext_lazy("%(n)d no answer", "%(n)d no answer", "n")),
}


@dataclass(frozen=True, slots=True)
class Met:
    """How the people of one role met one item, counted; or only the key of an `absence`, as in matrix.Cell."""

    unprompted: int = 0
    recognised: int = 0
    new: int = 0
    not_real: int = 0
    withdrew: int = 0
    no_answer: int = 0
    absence: str = ""

    @property
    def counts(self):
        """People by state, in the order of STATES; nobody where there is an absence."""
        return Counter() if self.absence else Counter({state: getattr(self, state) for state in STATES})


class MetLine(NamedTuple):
    """One item, with a Met for each column."""

    title: str
    kind: str
    url: str
    cells: tuple[Met, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One person's mark, `#met-STATE` in _marks.html; places in px."""

    state: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One state's part of a bar, in per cent of its length."""

    state: str
    x: str
    width: str
    is_patterned: bool


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What a mark or a pattern means."""

    state: str
    words: str
    is_patterned: bool


@dataclass(frozen=True, slots=True)
class DrawnMet:
    """A cell as drawn: marks or segments, with the counts in words; or words in a hatched field."""

    hue: str
    words: str
    marks: tuple[Symbol, ...] = ()
    segments: tuple[Segment, ...] = ()
    height: str = ""


@dataclass(frozen=True, slots=True)
class DrawnMetLine:
    """A row as drawn."""

    title: str
    url: str
    kind: str
    kind_name: str
    cells: tuple[DrawnMet, ...]


@dataclass(frozen=True, slots=True)
class MetMatrix:
    """All that templates/workshops/charts/met.html draws. `key` has the states that occur."""

    caption: str
    sentence: str
    lenses: tuple[LensHead, ...]
    columns: tuple[Column, ...]
    rows: tuple[DrawnMetLine, ...]
    key: tuple[KeyEntry, ...]
    in_bars: bool


def met(lines, columns, *, people=0, caption=""):
    """Items by roles: who wrote the item themselves, who recognised it, to whom it is new or not real.

    Parameters
    ----------
    lines : sequence of MetLine
        In the order to show; each with one Met for each of `columns`.
    columns : sequence of Column
        In any order; drawn grouped by lens.
    people : int
        How many answered in the workshop: from 13 on cells are bars.
    caption : str
        What the table shows, for those who hear it.
    """
    lines = [MetLine(*line) for line in lines]
    grouped = by_lens(columns)
    in_bars = people > MOST_MARKS
    total = sum((cell.counts for line in lines for cell in line.cells), Counter())
    return MetMatrix(
        caption=str(caption or _("How the people of each role met each item.")),
        sentence=_sentence(len(lines), total),
        lenses=grouped.lenses,
        columns=grouped.columns,
        rows=tuple(_drawn(line, grouped, in_bars) for line in lines),
        key=tuple(
            KeyEntry(state, str(name), state in PATTERNED) for state, (name, _counted) in STATES.items() if total[state]
        ),
        in_bars=in_bars,
    )


def _sentence(items, total):
    words = _words(total)
    if not words:
        return _("Nobody has met an item yet.")
    items_in_words = ngettext_lazy("%(n)d item", "%(n)d items", "n") % {"n": items}
    return _("%(items)s, added up: %(words)s.") % {"items": items_in_words, "words": words}


def _words(counts):
    return ", ".join(str(counted % {"n": counts[state]}) for state, (_name, counted) in STATES.items() if counts[state])


def _drawn(line, grouped, in_bars):
    cells = (_cell(cell, column.hue, in_bars) for column, cell in grouped.cells(line.title, line.cells))
    kind_name = str(KINDS[line.kind]) if line.kind else ""
    return DrawnMetLine(line.title, line.url, line.kind, kind_name, tuple(cells))


def _cell(cell, hue, in_bars):
    counts = +cell.counts
    if not counts:
        return DrawnMet(hue, str(WHY_EMPTY[cell.absence]))
    if in_bars:
        return DrawnMet(hue, _words(counts), segments=_segments(counts), height=number(STEP))
    height = STEP * ceil(counts.total() / SIDE_BY_SIDE)
    return DrawnMet(hue, _words(counts), marks=_marks(counts), height=number(height))


def _marks(counts):
    states = [state for state in STATES for _person in range(counts[state])]
    places = (divmod(n, SIDE_BY_SIDE) for n in range(len(states)))
    return tuple(
        Symbol(state, number(STEP * (across + 0.5)), number(STEP * (down + 0.5)))
        for state, (down, across) in zip(states, places, strict=True)
    )


def _segments(counts):
    states = [state for state in STATES if counts[state]]
    shares = [100 * counts[state] / counts.total() for state in states]
    starts = accumulate(shares, initial=0)
    return tuple(
        Segment(state, percent(start), percent(share), state in PATTERNED)
        for state, start, share in zip(states, starts, shares, strict=False)
    )
