"""The ratings CSV: one row for each rating of a workshop’s rate round, for spreadsheets and statistics programs.

Columns: ``person, role, item, kind, importance``, usually ``satisfaction`` and ``evidence``, and where there is
something to say in them ``expected``, ``same_meaning``, ``star``, ``answer`` (rated, unknown, not_real, asked),
``lens`` (of the role) and ``late``. Any other column is refused by its name, so that nothing is lost without a word.
People are told apart by their names, items by title and kind. Without ``answer``, no importance means: asked, and
not answered.
"""

import csv
import io

from django.utils.translation import gettext_noop as _

from . import cells, schema
from .cast import Cast, lens_of, role_read_as
from .fields import NAME, TITLE
from .json_text import decoded
from .names import told_apart
from .ratings_table import NUMBER, OPTIONAL, REQUIRED, RowProblems, rows
from .refusals import Problems, value_text
from .scales import points
from .workshop_file import OPERATOR_BYTES, OPERATOR_PEOPLE

LEVELS = 5
MOST_WRONG_ROWS = 200  # a file of a million wrong rows must not become a million problems in memory

_ALWAYS = (*REQUIRED, "satisfaction", "evidence")
_NUMBERS = ("importance", "satisfaction", "evidence", "expected", "same_meaning")
_ANSWERS = {"": None, "rated": "rated", "unknown": "unknown", "not_real": "not_real", "asked": "asked"}
_YES = dict.fromkeys(("", "0", "no", "false"), False) | dict.fromkeys(("1", "x", "yes", "true"), True)
_KINDS = {"goal": "goal", "pain": "pain", "alternative": "alternative"}


# -- reading -----------------------------------------------------------------------------------------------------------
def read(data, *, title, levels=LEVELS, roles=None, limit=OPERATOR_BYTES, people=OPERATOR_PEOPLE):
    """The workshop that a ratings CSV makes: revealed and closed, in candour *open*, with one closed rate round.

    Parameters
    ----------
    data : bytes
        UTF-8; the header decides between comma, semicolon and tab.
    title : str
        The workshop's, and where it makes one the team's.
    levels : int
        Points, 2 to 10, of the scales that begin at 1: importance, expected, satisfaction.
    roles : list of Role, optional
        Those of the team that it is for; a role of that name or key is this one. Without them, the usual roles.
    limit, people : int
        The most bytes and people that are taken.

    Returns
    -------
    WorkshopFile
        People, items and roles in the order in which the rows first name them.

    Raises
    ------
    FileRefused
        With rows and columns as paths.
    """
    _refuse_unreadable(data, title, limit)
    problems = RowProblems()
    cast = Cast(problems, roles=roles, people=people)
    table = _Ratings(cast, problems, levels)
    for number, row in rows(data, problems):
        table.add(number, row)
        if cast.full or problems.count >= MOST_WRONG_ROWS:
            problems.refuse_if_any(at_least=True)
    if not table.ratings and not problems.count:
        problems.add((1,), _("is followed by no ratings"))
    problems.refuse_if_any()
    return schema.WorkshopFile(
        format=schema.FORMAT,
        team=schema.Team(name=title[:NAME].strip(), roles=cast.roles()),
        workshop=schema.Workshop(title=title, candour="open", stage="closed", revealed=True),
        people=cast.people(),
        items=cast.items(),
        rounds=(table.round(),),
    )


def _refuse_unreadable(data, title, limit):
    decoded(data, limit=limit)
    problems = Problems()
    if not title.strip() or len(title) > TITLE or not title.isprintable():
        reason = _("must be 1 to %(longest)d characters that can be shown, got %(value)s")
        problems.add(("title",), reason, longest=TITLE, value=value_text(title))
    problems.refuse_if_any()


class _Ratings:
    """The rate round that grows row by row."""

    def __init__(self, cast, problems, levels):
        self.cast, self.problems = cast, problems
        self.levels = levels
        self.columns = frozenset()
        self.taken = points(self._round(frozenset(_NUMBERS)))
        self.ratings, self.rows = [], {}

    def add(self, number, row):
        """Take a row, unless something is wrong with it, which is noted."""
        self.columns = self.columns or frozenset(row)
        before = self.problems.count
        person, item = (
            self.cast.person(number, row),
            self.cast.item(number, row, self._word("kind", row, number, _KINDS)),
        )
        said = {name: self._number(name, row, number) for name in _NUMBERS}
        said |= {name: self._word(name, row, number, _YES) for name in ("star", "late")}
        said["answer"] = self._answer(number, row, said["importance"])
        if self.problems.count == before and self._is_first(number, row, person, item):
            self.ratings.append(schema.Rating(person=person, item=item, **said))

    def round(self):
        """The round with all its ratings; a question whose column is missing was not asked."""
        return self._round(self.columns).model_copy(update={"ratings": tuple(self.ratings)})

    def _round(self, columns):
        scales = schema.Scales(
            importance=self.levels,
            satisfaction=self.levels if "satisfaction" in columns else None,
            evidence=schema.Scales().evidence if "evidence" in columns else None,
            same_meaning=schema.Scales().same_meaning if "same_meaning" in columns else None,
        )
        return schema.Round(key="r1", kind="rate", closed=True, scales=scales)

    def _number(self, name, row, number):
        text = row.get(name, "")
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            self.problems.add((number, name), _("must be a whole number, got %(value)s"), value=value_text(text))
            return None
        value, taken = int(text.replace(",", ".").split(".")[0]), self.taken[name]
        if value not in taken:
            reason = _("must be between %(low)d and %(high)d, got %(value)d")
            self.problems.add((number, name), reason, low=taken[0], high=taken[-1], value=value)
        return value

    def _word(self, name, row, number, words):
        text = row.get(name, "")
        word = text.casefold().replace(" ", "_").replace("-", "_")
        if word not in words:
            known = ", ".join(filter(None, words))
            reason = _("must be one of %(expected)s, got %(value)s")
            self.problems.add((number, name), reason, expected=known, value=value_text(text))
        return words.get(word)

    def _answer(self, number, row, importance):
        answer = self._word("answer", row, number, _ANSWERS)
        if answer == "rated" and importance is None:
            self.problems.add((number, "importance"), _("is missing, although the answer is “rated”"))
        elif answer not in (None, "rated") and importance is not None:
            reason = _("goes only with the answer “rated”, and the answer is “%(answer)s”")
            self.problems.add((number, "importance"), reason, answer=answer)
        return answer or _without_a_word(importance)

    def _is_first(self, number, row, person, item):
        first = self.rows.setdefault((person, item), number)
        if first != number:
            reason = _("%(person)s has rated this item in row %(first)d already")
            self.problems.add((number, "item"), reason, person=value_text(row["person"]), first=first)
        return first == number


def _without_a_word(importance):
    return "asked" if importance is None else "rated"


# -- writing -----------------------------------------------------------------------------------------------------------
def write(file, round_):
    """The ratings of one round of `file` as the bytes of a CSV, a row for each in stored order.

    Texts stand in quotation marks and begin like no formula (`cells`), numbers stand bare. UTF-8 with the mark that
    spreadsheets look for. People, roles and items of one name get numbers behind it.
    """
    names = _Names(file)
    said = [_row(rating, names) for rating in round_.ratings]
    columns = [*_ALWAYS, *(name for name in OPTIONAL if name not in _ALWAYS and _is_needed(name, said))]
    out = io.StringIO(newline="")
    out.write(",".join(columns) + "\r\n")
    writer = csv.writer(out, quoting=csv.QUOTE_STRINGS)
    writer.writerows([_cell(row[name]) for name in columns] for row in said)
    return out.getvalue().encode("utf-8-sig")


class _Names:
    """What the people, roles and items of a file are called in its ratings CSV."""

    def __init__(self, file):
        roles = told_apart([role.name for role in file.team.roles], longest=NAME, reads_as=role_read_as)
        names = told_apart([person.name for person in file.people], longest=NAME)
        self.roles = {role.key: name for role, name in zip(file.team.roles, roles, strict=True)}
        self.lenses = {role.key: role.lens for role in file.team.roles}
        self.people = {person.key: (name, person.role) for person, name in zip(file.people, names, strict=True)}
        self.items = {}
        for kind in _KINDS:
            of_kind = [item for item in file.items if item.kind == kind]
            titles = told_apart([item.title for item in of_kind], longest=TITLE)
            self.items |= {item.key: (title, kind) for item, title in zip(of_kind, titles, strict=True)}


def _row(rating, names):
    """A rating by columns; None stands for an empty cell."""
    person, role = names.people[rating.person]
    item, kind = names.items[rating.item]
    return {
        "person": person,
        "role": names.roles[role],
        "item": item,
        "kind": kind,
        **{name: getattr(rating, name) for name in _NUMBERS},
        "star": 1 if rating.star else None,
        "answer": rating.answer,
        "lens": names.lenses[role],
        "late": 1 if rating.late else None,
    }


def _cell(value):
    return cells.neutral(value) if isinstance(value, str) else value


def _is_needed(column, said):
    """Whether a reader would take the rows for something else without the column."""
    if column == "answer":
        return any(row["answer"] != _without_a_word(row["importance"]) for row in said)
    if column == "lens":
        return any(row["lens"] != lens_of(row["role"]) for row in said)
    return any(row[column] is not None for row in said)
