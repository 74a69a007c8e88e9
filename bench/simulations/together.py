"""Figures that lie to one side together: what no single cell shows when there were few runs of each.

A row of cells is what was simulated once for each number of people and items. Their distances from what was expected,
in standard errors, are added up and divided by the root of their number (Stouffer's method), and held to that limit.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from .figures import LIMIT, Cell

SIZES = re.compile(r"^(?:(?:n=\d+|m=\d+|role of \d+|\d+ others)(?:, |$))+")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells that differ in numbers of people and items only; `standing` is how far they lie to one side together."""

    name: str
    cells: int
    standing: float

    @property
    def verdict(self) -> str:
        return "agrees" if abs(self.standing) <= LIMIT else "OUTSIDE"

    def __str__(self) -> str:
        side = "above" if self.standing > 0 else "below"
        return f"  {self.name}: {self.cells} cells together {abs(self.standing):.1f} standard errors {side}"


def rows(cells: Iterable[Cell]) -> list[Row]:
    """The rows of a table that hold expected figures.

    >>> from .figures import share
    >>> half = [run < 500 for run in range(1000)]
    >>> cells = [share(f"n={people}, at random", "told", half, ".56", 1000) for people in (4, 6, 8, 12)]
    >>> {cell.verdict for cell in cells}, [row.verdict for row in rows(cells)]
    ({'agrees'}, ['OUTSIDE'])
    """
    standings = defaultdict(list)
    for cell in cells:
        if cell.expected is not None:
            where = SIZES.sub("", cell.where)
            standings[f"{where}, {cell.what}" if where else cell.what].append(cell.standing)
    return [Row(name, len(each), sum(each) / sqrt(len(each))) for name, each in standings.items()]
