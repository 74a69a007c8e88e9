"""Tables of figures for a page: a row for each place, a column for each question, ours beside what was expected."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .figures import Cell
from .together import rows

WRONG = "**{}**"


def section(name: str, text: str, cells: list[Cell]) -> str:
    """One table of figures under its heading, with what the module says about its world."""
    parts = [f"### `{name}`", text.strip(), *_tables(cells)]
    parts += [WRONG.format(str(row).strip()) + "." for row in rows(cells) if row.verdict == "OUTSIDE"]
    return "\n\n".join(parts)


def _tables(cells: list[Cell]) -> Iterator[str]:
    """A table for the places that begin with the same question."""
    places: dict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        places[cell.where][cell.what] = cell
    alike: dict[str, list[str]] = defaultdict(list)
    for where, asked in places.items():
        alike[next(iter(asked))].append(where)
    for wheres in alike.values():
        columns = list(dict.fromkeys(what for where in wheres for what in places[where]))
        yield "\n".join(_lines(["", *columns], ([where, *_row(places[where], columns)] for where in wheres)))


def _row(asked: dict[str, Cell], columns: list[str]) -> list[str]:
    return [figure(asked[what]) if what in asked else "" for what in columns]


def _lines(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def figure(cell: Cell) -> str:
    """Our figure, what was expected, and the standard error of their difference.

    >>> from .figures import exact, share
    >>> figure(share("", "", [True, False] * 500, ".56", 4000)), figure(exact("", "", 0.1, ".16", 400))
    ('.500 (.56) ±.018', '**.100 (.16) ±.015**')
    >>> figure(exact("", "", 0.25)), figure(share("", "", [True] * 8))
    ('.250', '1.000 ±.106')
    """
    digits = 4 if cell.expected is not None and cell.expected.rounding < 0.0005 else 3
    told = _short(cell.ours, digits)
    if cell.expected is not None:
        told += f" ({cell.text})"
    if cell.error > 0:
        told += f" ±{_short(cell.error, digits)}"
    return WRONG.format(told) if cell.verdict == "OUTSIDE" else told


def _short(number: float, digits: int) -> str:
    """Without the 0 before the point, and without a sign where nothing is left."""
    told = f"{number:.{digits}f}"
    return told.replace("-0.", "-.").lstrip("0") if float(told) else f"{0:.{digits}f}".lstrip("0")
