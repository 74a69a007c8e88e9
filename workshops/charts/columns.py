"""The columns of a matrix: roles, or lenses where roles are too small to show, those of one lens together."""

from dataclasses import dataclass
from itertools import groupby

from .marks import HUES, LENSES, RoleMark


@dataclass(frozen=True, slots=True)
class Column:
    """One role, or one lens where roles are too small to show (then `mark` is None).

    `note` is how many are in.
    """

    label: str
    lens: str
    mark: RoleMark | None = None
    note: str = ""

    @property
    def hue(self):
        """The name of the colour: decide, build, sell or other."""
        return HUES[self.lens]


@dataclass(frozen=True, slots=True)
class LensHead:
    """The columns of one lens."""

    name: str
    hue: str
    columns: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns grouped by lens, with the heads above them; `order` has the place each was given at."""

    order: tuple[int, ...]
    columns: tuple[Column, ...]
    lenses: tuple[LensHead, ...]

    def cells(self, title, given):
        """The column and the cell of each, for the cells of the item `title` in the order the columns were given."""
        if len(given) != len(self.order):
            raise ValueError(f"{title!r} has {len(given)} cells for {len(self.order)} columns")
        return [(column, given[n]) for column, n in zip(self.columns, self.order, strict=True)]


def by_lens(columns):
    """Columns in any order, grouped by lens: Decide, Build, Sell, Other; within a lens as given."""
    order = tuple(sorted(range(len(columns)), key=lambda n: list(LENSES).index(columns[n].lens)))
    grouped = tuple(columns[n] for n in order)
    heads = groupby(grouped, key=lambda column: column.lens)
    lenses = tuple(LensHead(str(LENSES[lens]), HUES[lens], len(list(those))) for lens, those in heads)
    return Columns(order, grouped, lenses)
