"""The rows of a ratings CSV, or of another table, by the names of its columns, each with the number that a spreadsheet
shows beside it."""

import csv
import functools
import io
import re
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from . import cells
from .refusals import Problems, value_text

REQUIRED = ("person", "role", "item", "kind", "importance")
OPTIONAL = ("satisfaction", "evidence", "expected", "same_meaning", "star", "answer", "lens", "late")
DELIMITERS = ",;\t"
NUMBER = re.compile(r"-?[0-9]{1,9}(?:[.,]0+)?")  # programs that know no missing integers write 3 as 3.0

_LONGEST_HEADER = 4_000


class Columns(NamedTuple):
    """The columns that a table must and may have, and what is said of any other."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    other: str

    @property
    def all(self):
        return (*self.required, *self.optional)


RATINGS = Columns(
    REQUIRED,
    OPTIONAL,
    _("column %(position)d, %(name)s, is not a column of a ratings CSV, which may also have: %(columns)s"),
)


class RowProblems(Problems):
    """What is wrong with a table: a location is a row's number and, where there is one, a column."""

    def path(self, location):
        """Write a location as people read it: ``row 7, importance``."""
        row, *column = location
        if not column:
            return gettext("row %(row)d") % {"row": row}
        return gettext("row %(row)d, %(column)s") % {"row": row, "column": column[0]}


def rows(data, problems, columns=RATINGS):
    """Every row below the header as its number and its cells by column; rows without any content are passed over.

    What is wrong with the table, whose bytes are UTF-8, is added to `problems`, such rows are left out. FileRefused
    without a usable header.
    """
    records = _records(data, problems, columns)
    header = _header(records, problems, columns)
    problems.refuse_if_any()
    read = functools.lru_cache(maxsize=2_000)(_read)  # names and numbers come again and again
    for number, record in records:
        if len(record) != len(header):
            reason = _("has %(count)d cells, and the header names %(named)d")
            problems.add((number,), reason, count=len(record), named=len(header))
            continue
        before = problems.count
        row = {
            column: _text(cell, read, (number, column), problems) for column, cell in zip(header, record, strict=True)
        }
        if problems.count == before:
            yield number, row


def _records(data, problems, columns):
    """The records of the table that hold anything, each with its number from 1."""
    table = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    delimiter = _delimiter(table.readline(_LONGEST_HEADER), columns)
    table.seek(0)
    number = 0
    try:
        for number, record in enumerate(csv.reader(table, delimiter=delimiter, strict=True), start=1):
            if any(record) and any(cell.strip() for cell in record):
                yield number, record
    except csv.Error:  # its words name the library's settings
        reason = _("cannot be read: a quotation mark is not closed, or text follows one, or a cell is far too long")
        problems.add((number + 1,), reason)


def named(data):
    """What the first line of a table names, whichever sign divides it."""
    line = data[:_LONGEST_HEADER].decode("utf-8-sig", errors="replace").lstrip().partition("\n")[0]
    return {_name(cell) for cell in re.split(f"[{DELIMITERS}]", line)}


def _delimiter(line, columns):
    """The sign that divides the header into most names of columns; the comma, if none does."""
    return max(DELIMITERS, key=lambda sign: sum(_name(cell) in columns.all for cell in line.split(sign)))


def _name(cell):
    return re.sub(r"[\s_-]+", "_", cell.strip().strip('"').strip().casefold())


def _header(records, problems, columns):
    number, record = next(records, (1, []))
    names = [_name(cell) for cell in record]
    if not set(columns.all) & set(names):
        problems.add((number,), _("must name the columns: %(columns)s"), columns=", ".join(columns.required))
        return names
    for name in columns.required:
        if name not in names:
            problems.add((number,), _("the column “%(column)s” is missing"), column=name)
    for position, (cell, name) in enumerate(zip(record, names, strict=True), start=1):
        if name not in columns.all:
            more = ", ".join(columns.optional)
            problems.add((number,), columns.other, position=position, name=value_text(cell), columns=more)
        elif name in names[: position - 1]:
            problems.add((number, name), _("this column stands here more than once"))
    return names


def _text(cell, read, at, problems):
    text, reason = read(cell)
    if reason:
        problems.add(at, reason, value=value_text(cell))
    return text


def _read(cell):
    """The text of a cell, and why it cannot be taken."""
    text = cells.original(cell)
    if "\0" in cell:
        return "", _("holds a NUL character, which is not text")
    if text == cell and cells.begins_like_a_formula(cell) and not NUMBER.fullmatch(cell.strip()):
        return "", _("begins like a formula, got %(value)s; if it is meant as text, put an apostrophe (') in front")
    return text.strip(), None
