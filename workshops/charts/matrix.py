"""Matrix: every item in every role. A figure, and beside it the same on a track of the scale."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .columns import Column, LensHead, by_lens
from .figures import mean, points
from .plot import KINDS, WHY_EMPTY, percent

LEFT, RIGHT = 8, 92  # per cent, the ends of a cell's track
MOST_IN_RANGE = 12  # from 13 people on the line is the spread, as the range is then nearly always the whole scale


@dataclass(frozen=True, slots=True)
class Cell:
    """One role's answers on one item: the mean with the lowest and highest answer, and the mean distance of two people
    (`spread`); or only the key of an `absence`: not_on_map, unknown, not_real, asked, hidden, or none for not asked."""

    mean: float | None = None
    low: float | None = None
    high: float | None = None
    spread: float | None = None
    absence: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item, with a cell for each column and how many points two people are apart (None for fewer than two)."""

    title: str
    cells: tuple[Cell, ...]
    apart: float | None = None
    kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as drawn: figure and track, or words in a hatched field."""

    hue: str
    figure: str = ""
    words: str = ""
    point: str = ""
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A row as drawn."""

    title: str
    url: str
    kind: str
    kind_name: str
    cells: tuple[DrawnCell, ...]
    apart: str
    apart_right: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """All that templates/workshops/charts/matrix.html draws."""

    caption: str
    lenses: tuple[LensHead, ...]
    columns: tuple[Column, ...]
    rows: tuple[DrawnLine, ...]
    sorted_by_apart: bool


def matrix(lines, columns, *, levels=5, first=1, people=0, caption="", sorted_by_apart=True):
    """Items by roles.

    Parameters
    ----------
    lines : sequence of Line
        In the order to show; each with one cell for each of `columns`.
    columns : sequence of Column
        In any order; drawn grouped by lens.
    levels, first : int
        Points on the scale, and its lowest.
    people : int
        How many answered in the workshop: from 13 on a cell's line is its spread instead of its range.
    caption : str
        What the table shows, for those who hear it.
    sorted_by_apart : bool
        Whether the rows come in the order of the last column.
    """
    grouped = by_lens(columns)
    scale = _Scale(levels, first, by_spread=people > MOST_IN_RANGE)
    line = _("spread") if scale.by_spread else _("range")
    default = _("Mean answer by item and role. The line shows the %(line)s inside a role.") % {"line": line}
    return Matrix(
        caption=str(caption or default),
        lenses=grouped.lenses,
        columns=grouped.columns,
        rows=tuple(_drawn(line, grouped, scale) for line in lines),
        sorted_by_apart=sorted_by_apart,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    levels: int
    first: int
    by_spread: bool

    def inside(self, answer):
        return min(max(answer, self.first), self.first + self.levels - 1)

    def place(self, answer):
        return percent(LEFT + (RIGHT - LEFT) * (answer - self.first) / (self.levels - 1))

    def ends(self, cell):
        """Where a cell's line begins and ends, or None where there is nothing to draw."""
        if self.by_spread:
            spread = cell.spread or 0
            return (self.inside(cell.mean - spread), self.inside(cell.mean + spread)) if spread else None
        return None if cell.low is None or cell.low == cell.high else (cell.low, cell.high)


def _drawn(line, grouped, scale):
    cells = (_cell(cell, column.hue, scale) for column, cell in grouped.cells(line.title, line.cells))
    apart = "" if line.apart is None else points(line.apart)
    # Two camps of the same size are half the scale apart, or a little more: there the line is full.
    share = 0 if line.apart is None else min(1, 2 * line.apart / (scale.levels - 1))
    kind_name = str(KINDS[line.kind]) if line.kind else ""
    return DrawnLine(line.title, line.url, line.kind, kind_name, tuple(cells), apart, percent(100 * share))


def _cell(cell, hue, scale):
    if cell.mean is None:
        return DrawnCell(hue, words=str(WHY_EMPTY[cell.absence]))
    ends = scale.ends(cell)
    if ends is None:
        return DrawnCell(hue, mean(cell.mean), "", scale.place(cell.mean))
    words = _("%(low)s to %(high)s") % {"low": mean(ends[0]), "high": mean(ends[1])}
    return DrawnCell(hue, mean(cell.mean), words, scale.place(cell.mean), *map(scale.place, ends))
