"""The simulated figures of the divergence engine beside those expected of it: python -m bench.simulations [table ...]

Each table is a module of this folder with a function `cells`; docs/engine-figures.md holds all of them. Runs are
seeded, so the same command prints the same figures. Each line holds what was simulated, our figure, the one expected,
the standard error of their difference, and whether they agree. Exit status 1 when one does not, or a row together.
"""

import argparse
import sys
import time

from .figures import LIMIT, Cell, tally_up
from .markdown import section
from .tables import TABLES, cells_of, text_of, title_of
from .together import Row, rows


def main() -> int:
    """Prints the tables that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", nargs="*", metavar="table", help=f"among {', '.join(TABLES)}")
    parser.add_argument("--runs", type=float, default=1.0, help="times as many runs as usual")
    parser.add_argument("--markdown", action="store_true", help="as on the page docs/engine-figures.md")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.tables) - set(TABLES)):
        parser.error(f"no such table: {', '.join(unknown)}")
    cells: list[Cell] = []
    together: list[Row] = []
    began = time.perf_counter()
    for name in asked.tables or TABLES:
        told = _printed(name, runs=asked.runs, markdown=asked.markdown)
        cells += told
        together += rows(told)
    outside = [each for each in (*cells, *together) if each.verdict == "OUTSIDE"]
    if not asked.markdown:
        _sum_up(cells, together)
        print(f"{time.perf_counter() - began:.0f} s", *outside, sep="\n")
    return 1 if outside else 0


def _printed(name: str, *, runs: float, markdown: bool) -> list[Cell]:
    """The cells of one table, printed as they come, or as a section of a page."""
    cells = []
    if not markdown:
        print(f"\n{name}: {title_of(name)}")
        print(f"  {'':38}{'':26}{'ours':>9}{'expected':>10}  error")
    for cell in cells_of(name, runs=runs):
        cells.append(cell)
        if not markdown:
            print(cell, flush=True)
    if markdown:
        print(section(name, text_of(name), cells), end="\n\n", flush=True)
    return cells


def _sum_up(cells: list[Cell], together: list[Row]) -> None:
    agree, outside, new = tally_up(cells).values()
    print(f"\n{len(cells)} cells: {agree} agree, {outside} lie outside, of {new} nothing was expected")
    print(f"outside: more than {LIMIT} standard errors of the difference and half of the last digit expected")
    aside = sum(row.verdict == "OUTSIDE" for row in together)
    print(f"{len(together)} rows: {aside} lie outside together")


if __name__ == "__main__":
    sys.exit(main())
