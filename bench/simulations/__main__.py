"""The simulated figures of the divergence engine beside those on its page: python -m bench.simulations [table ...]

Every table of section 4 of the page "The divergence engine" is a module of this folder with a function `cells`. All
runs are seeded, so the same command prints the same figures. Each line holds what was simulated, our figure, the
page's, the standard error of their difference, and whether they agree. Exit status 1 when one does not.
"""

import argparse
import sys
import time

from .figures import LIMIT, tally_up
from .tables import TABLES, cells_of, title_of


def main() -> int:
    """Prints the tables that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", nargs="*", metavar="table", help=f"among {', '.join(TABLES)}")
    parser.add_argument("--runs", type=float, default=1.0, help="times as many runs as usual")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.tables) - set(TABLES)):
        parser.error(f"no such table: {', '.join(unknown)}")
    cells, began = [], time.perf_counter()
    for name in asked.tables or TABLES:
        print(f"\n{name}: {title_of(name)}")
        print(f"  {'':38}{'':26}{'ours':>9}{'page':>10}  error")
        for cell in cells_of(name, runs=asked.runs):
            cells.append(cell)
            print(cell, flush=True)
    count = tally_up(cells)
    agree, outside, new = count.values()
    print(f"\n{len(cells)} cells: {agree} agree, {outside} lie outside, {new} are not on the page")
    print(f"outside: more than {LIMIT} standard errors of the difference and half of the page's last digit")
    print(f"{time.perf_counter() - began:.0f} s")
    for cell in cells:
        if cell.verdict == "OUTSIDE":
            print(cell)
    return 1 if count["OUTSIDE"] else 0


if __name__ == "__main__":
    sys.exit(main())
