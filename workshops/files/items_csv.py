"""A list of items as a table: the columns ``kind, title`` and, where there is more to say, ``meaning``."""

from django.utils.translation import gettext_noop as _

from . import schema
from .fields import NAME, TEXT, TITLE
from .json_text import decoded
from .names import same
from .ratings_table import Columns, RowProblems, rows
from .refusals import value_text
from .workshop_file import OPERATOR_BYTES

COLUMNS = Columns(
    ("kind", "title"),
    ("meaning",),
    _("column %(position)d, %(name)s, is not a column of a list of items, which may also have: %(columns)s"),
)
MOST_WRONG_ROWS = 200
_KINDS = ("goal", "pain", "alternative")


def read(data, *, title, limit=OPERATOR_BYTES):
    """The workshop that a list of items makes: in setup, with these items in their order and nobody in it.

    Parameters
    ----------
    data : bytes
        UTF-8; the header decides between comma, semicolon and tab.
    title : str
        The workshop's.
    limit : int
        The most bytes that are taken.

    Raises
    ------
    FileRefused
        With rows and columns as paths.
    """
    decoded(data, limit=limit)
    problems = RowProblems()
    found = _Items(problems)
    for number, row in rows(data, problems, COLUMNS):
        found.add(number, row)
        if len(found.items) > schema.ITEMS or problems.count >= MOST_WRONG_ROWS:
            break
    if len(found.items) > schema.ITEMS:
        problems.add((number,), _("is one more than the %(most)d that are taken"), most=schema.ITEMS)
    if not found.items and not problems.count:
        problems.add((1,), _("is followed by no items"))
    problems.refuse_if_any(at_least=problems.count >= MOST_WRONG_ROWS)
    return schema.WorkshopFile(
        format=schema.FORMAT,
        team=schema.Team(name=title[:NAME].strip(), roles=()),
        workshop=schema.Workshop(title=title, candour="open", stage="setup"),
        people=(),
        items=tuple(found.items),
    )


class _Items:
    """The list that grows row by row."""

    def __init__(self, problems):
        self.problems = problems
        self.items, self._first = [], {}

    def add(self, number, row):
        """Take a row, unless something is wrong with it, which is noted."""
        before = self.problems.count
        kind, title, meaning = row["kind"].casefold(), row["title"], row.get("meaning", "")
        if kind not in _KINDS:
            reason = _("must be one of %(expected)s, got %(value)s")
            self.problems.add((number, "kind"), reason, expected=", ".join(_KINDS), value=value_text(row["kind"]))
        if not title:
            self.problems.add((number, "title"), _("must not be blank"))
        for name, text, longest in (("title", title, TITLE), ("meaning", meaning, TEXT)):
            if len(text) > longest:
                reason = _("must be at most %(longest)d characters long, got %(length)d")
                self.problems.add((number, name), reason, longest=longest, length=len(text))
        if self.problems.count == before and self._is_new(number, (kind, same(title), same(meaning))):
            key = f"i{len(self.items) + 1}"
            self.items.append(schema.Item(key=key, kind=kind, title=title, meaning=meaning))

    def _is_new(self, number, said):
        """Two items may have one title, for the same words may mean different things; but not one meaning as well."""
        first = self._first.setdefault(said, number)
        if first != number:
            self.problems.add((number, "title"), _("stands in row %(first)d already"), first=first)
        return first == number
