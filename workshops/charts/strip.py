"""Strip: every person a mark on the scale, one row for each lens.

Up to 12 people each is a mark with the letter of their role; up to 60 a small mark; beyond that bars show which share
of a lens gave which answer (bars.py). Those who gave no rating stand apart behind a dotted line, with the word for why.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import bars, stack
from .frame import Frame, frame_of, places_of
from .marks import EVERYONE, HUES, LENSES, RoleMark
from .plot import ABSENCES, Table, number, percent

MOST_LETTERED = 12
MOST_MARKS = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's answer.

    `level` is the answer, or None with the key of an `absence`: not_on_map, unknown, not_real or asked. `mark` is the
    role's; without one (where roles may not be told) the person stands as an unlettered mark in the row of `lens`, and
    without either in the row “Everyone”.
    """

    level: int | None = None
    mark: RoleMark | None = None
    lens: str = ""
    absence: str = ""
    name: str = ""
    is_you: bool = False

    @property
    def row(self):
        """The lens in whose row the person stands."""
        return self.lens or (self.mark.lens if self.mark else EVERYONE)

    @property
    def place(self):
        """What the person answered: a level or the key of an absence."""
        return self.absence if self.level is None else self.level

    def symbol(self, *, lettered):
        """The symbol in _marks.html: hollow where there is no rating."""
        hollow = self.level is None
        if lettered and self.mark:
            return f"#{'h' if hollow else 'm'}-{self.mark.id}"
        return f"#{'hs' if hollow else 's'}-{self.row if self.row == EVERYONE else HUES[self.row]}"


@dataclass(frozen=True, slots=True)
class Use:
    """One symbol from _marks.html; `shift` is the transform that moves it beside its neighbours."""

    href: str
    x: str
    y: str
    shift: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """All that templates/workshops/charts/strip.html draws of up to 60 people."""

    question: str
    note: str
    sentence: str
    frame: Frame
    uses: tuple[Use, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class _Row:
    """The marks of one lens: their places, their distances from the row's middle, and the height they need."""

    height: float
    placed: tuple[tuple[Mark, float, float], ...]


def strip(question, people):
    """The answers of `people` to `question`: a Strip, or for more than 60 people bars.Bars.

    Parameters
    ----------
    question : Question
    people : iterable of Mark
        In any order: lens, role and name decide who stands where, never who answered first.
    """
    people = sorted(people, key=_standing)
    if len(people) > MOST_MARKS:
        return _as_bars(question, people)
    counts = Counter(person.place for person in people)
    absences = [key for key in ABSENCES if counts[key]]
    at = places_of(question, absences)
    lettered = len(people) <= MOST_LETTERED
    by_lens = {lens: [person for person in people if person.row == lens] for lens in LENSES}
    by_lens = {lens: those for lens, those in by_lens.items() if those}
    rows = [_row(lens, those, at, lettered) for lens, those in by_lens.items()]
    frame = frame_of(question, absences, [str(LENSES[lens]) for lens in by_lens], [row.height for row in rows])
    return Strip(
        question=str(question.text),
        note=question.caption(_default_note(len(people))),
        sentence=question.sentence(counts),
        frame=frame,
        uses=tuple(
            use for row, middle in zip(rows, frame.middles, strict=True) for use in _uses(row, middle, at, lettered)
        ),
        table=_people_table(question, people) if lettered else _count_table(question, by_lens),
    )


def moved(question, before, after):
    """The same people's answers before and after: a row for each time. Bars for more than 60 people.

    Parameters
    ----------
    question : Question
    before, after : mapping of str to Mark
        By a key of the person; who is in one only is left out.
    """
    times = {"before": _("Before"), "after": _("Now")}
    both = sorted(before.keys() & after.keys(), key=lambda key: _standing(before[key]))
    if len(both) > MOST_MARKS:
        sides = {"before": before, "after": after}
        counts = {time: Counter(marks[key].place for key in both) for time, marks in sides.items()}
        return bars.strip_counts(question, counts, rows=times)
    at, lettered = places_of(question, []), len(both) <= MOST_LETTERED
    rows = [_row(EVERYONE, [side[key] for key in both], at, lettered) for side in (before, after)]
    frame = frame_of(question, [], [str(name) for name in times.values()], [row.height for row in rows])
    head = (_("Person"), *map(str, times.values()))
    pairs = [(before[key], after[key]) for key in both]
    return Strip(
        question=str(question.text),
        note=question.caption(_default_note(len(both))),
        sentence=question.sentence(Counter(after[key].place for key in both)),
        frame=frame,
        uses=tuple(
            use for row, middle in zip(rows, frame.middles, strict=True) for use in _uses(row, middle, at, lettered)
        ),
        table=Table(
            caption=str(question.title),
            head=head,
            rows=tuple((_who(one), question.says(one.place), question.says(other.place)) for one, other in pairs),
        ),
    )


def _default_note(people):
    if not people:
        return _("Nobody has answered yet.")
    return _("One mark per person.") if people <= MOST_LETTERED else _("One small mark per person.")


def _standing(person):
    """Who stands before whom; oneself last in a stack of equals, where the bar underneath has room."""
    letter = person.mark.letter if person.mark else ""
    return list(LENSES).index(person.row), letter, person.is_you, person.name


def _row(lens, people, at, lettered):
    size = _size(lens, people, lettered)
    stacks = {place: [person for person in people if person.place == place] for place in at}
    counts = [len(those) for those in stacks.values()]
    if sum(counts) != len(people):
        strays = {person.place for person in people} - at.keys()
        raise ValueError(f"not on the scale and not an absence: {sorted(map(repr, strays))}")
    side = stack.side_by_side(counts, list(at.values()), size)
    high = max(stack.line_count(count, beside) for count, beside in zip(counts, side, strict=True))
    pitch = size.pitch + 5 if high > 1 and lettered and any(person.is_you for person in people) else size.pitch
    placed = tuple(
        (person, *offset)
        for those, beside in zip(stacks.values(), side, strict=True)
        for person, offset in zip(those, stack.offsets(len(those), beside, size, pitch=pitch), strict=True)
    )
    return _Row(max(34, high * pitch + size.margin), placed)


def _size(lens, people, lettered):
    if lettered:
        return {"decide": stack.DIAMONDS, EVERYONE: stack.MIXED}.get(lens, stack.LETTERED)
    fullest = max(Counter(person.place for person in people).values())
    return stack.SMALL if fullest <= 9 else stack.CROWDED


def _uses(row, middle, at, lettered):
    for person, across, down in row.placed:
        x, y = percent(at[person.place]), number(middle + down)
        shift = f"translate({number(across)} 0)" if across else ""
        yield Use(person.symbol(lettered=lettered), x, y, shift)
        if person.is_you:
            yield Use("#you" if lettered and person.mark else "#you-s", x, y, shift)


def _who(person):
    names = [name for name in (person.name, person.mark.name if person.mark else str(LENSES[person.row])) if name]
    return ", ".join([*names, _("you")] if person.is_you else names)


def _people_table(question, people):
    return Table(
        caption=str(question.title),
        head=(_("Person"), str(question.measure or _("Answer"))),
        rows=tuple((_who(person), question.says(person.place)) for person in people),
    )


def _count_table(question, by_lens):
    rows = [(LENSES[lens], Counter(person.place for person in those)) for lens, those in by_lens.items()]
    return question.count_table(str(question.title), rows)


def _as_bars(question, people):
    counts = {}
    for person in people:
        counts.setdefault(person.row, Counter())[person.place] += 1
    you = next(((person.row, person.place) for person in people if person.is_you), None)
    return bars.strip_counts(question, counts, you=you)
