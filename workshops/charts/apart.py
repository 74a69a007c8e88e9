"""Apart: one item, and where two sides put it on one scale."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .figures import mean
from .frame import Frame, frame_of
from .marks import EVERYONE, HUES, RoleMark
from .plot import ABSENCES, LINE, Table, Text, lines, number, percent, wrap

FIRST = 6  # per cent, where the lowest level stands
ROW = 34  # px for a mark, under its side's name


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a person, a role, a lens or the team.

    `level` is an answer (int) or a mean (float), or None with the key of an `absence` from ABSENCES. A person or a role
    is drawn with the role's `mark`, a lens by `lens` alone, the team by neither.
    """

    label: str
    mark: RoleMark | None = None
    level: float | None = None
    absence: str = ""
    lens: str = ""
    is_you: bool = False

    @property
    def symbol(self):
        """The symbol in _marks.html: hollow where there is no rating."""
        hollow = self.level is None
        if self.mark:
            return f"#{'h' if hollow else 'm'}-{self.mark.id}"
        return f"#{'hs' if hollow else 's'}-{HUES[self.lens] if self.lens else EVERYONE}"

    def says(self, question):
        """The answer as its word or number, a mean as its figure, or why there is none."""
        if self.level is None:
            return question.says(self.absence)
        return question.says(self.level) if isinstance(self.level, int) else mean(self.level)


@dataclass(frozen=True, slots=True)
class DrawnSide:
    """A side's mark. One without a letter is a small symbol, drawn larger."""

    href: str
    x: str
    y: str
    is_small: bool
    is_you: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """All that templates/workshops/charts/apart.html draws.

    `words` say how far apart the two are, and the line from `sides[0]` to `sides[1]` is drawn, where both rated.
    """

    sentence: str
    words: str
    frame: Frame
    names: tuple[Text, ...]
    sides: tuple[DrawnSide, DrawnSide]
    table: Table


def apart(question, left, right):
    """Two sides on the scale of `question`, a row for each under its name, with a line between them.

    Parameters
    ----------
    question : Question
        Its title opens the sentence; its ends are written under the scale.
    left, right : Side
        The left one stands above.
    """
    sides = (left, right)
    absences = [key for key in ABSENCES if any(side.level is None and side.absence == key for side in sides)]
    heights = [LINE * len(wrap(str(side.label), 100)) + ROW for side in sides]
    frame = frame_of(question, absences, ["", ""], heights, first=FIRST)
    rows = list(zip(sides, frame.middles, heights, strict=True))
    said = [(str(side.label), side.says(question)) for side in sides]
    words = _distance(left, right)
    return Apart(
        sentence=_sentence(question, said, words),
        words=words,
        frame=frame,
        names=tuple(text for side, middle, height in rows for text in _name(side, middle - height / 2)),
        sides=tuple(_drawn(side, question, frame, middle + height / 2) for side, middle, height in rows),
        table=_table(question, said, words),
    )


def _name(side, top):
    return lines(str(side.label), 100, x=0, y=top + LINE - 3, classes="halo")


def _drawn(side, question, frame, foot):
    y = number(foot - ROW / 2)
    return DrawnSide(side.symbol, _place(side, question, frame), y, is_small=not side.mark, is_you=side.is_you)


def _place(side, question, frame):
    if side.level is None:
        return percent(frame.at[side.absence])
    lowest, highest = question.answers[0], question.answers[-1]
    if not lowest <= side.level <= highest:
        raise ValueError(f"{side.label!r} stands at {side.level}, off the scale {lowest} to {highest}")
    share = (side.level - lowest) / (highest - lowest)
    return percent(frame.at[lowest] + share * (frame.at[highest] - frame.at[lowest]))


def _distance(left, right):
    if left.level is None or right.level is None:
        return ""
    points = mean(abs(left.level - right.level))
    if points == "0":
        return _("the same answer")
    # A fraction of a point takes the plural in English; other languages decide by the number rounded up.
    whole = 1 if points == "1" else 2
    return ngettext("%(points)s point apart", "%(points)s points apart", whole) % {"points": points}


def _sentence(question, said, words):
    answers = ", ".join(_("%(who)s: %(answer)s") % {"who": who, "answer": answer} for who, answer in said)
    return f"{question.title}. {answers}, {words}." if words else f"{question.title}. {answers}."


def _table(question, said, words):
    rows = (*said, (_("Between them"), words)) if words else tuple(said)
    return Table(caption=str(question.title), head=(_("Who"), str(question.measure or _("Answer"))), rows=rows)
