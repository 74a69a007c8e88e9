"""What a strip shows the answers to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .marks import LENSES
from .plot import ABSENCES, Table


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its scale.

    Attributes
    ----------
    title : str
        What was asked about; opens the sentence read aloud.
    text : str
        The question, the caption's first words.
    levels : int
        Points on the scale, 2 to 10.
    first : int
        The lowest answer: 1, or 0 for evidence and same meaning.
    ends : (str, str)
        What the lowest and the highest answer mean.
    words : tuple of str
        A word for each level, shown instead of its number where there is room.
    measure : str
        What the numbers are: the heading of the table behind the picture.
    note : str
        The caption's other words; by default what one mark is.
    hidden : tuple of str
        Keys of lenses that may not be shown; the caption names them.
    """

    title: str
    text: str
    levels: int = 5
    first: int = 1
    ends: tuple[str, str] = ("", "")
    words: tuple[str, ...] = ()
    measure: str = ""
    note: str = ""
    hidden: tuple[str, ...] = ()

    def __post_init__(self):
        if not 2 <= self.levels <= 10:
            raise ValueError(f"a scale has 2 to 10 levels, not {self.levels}")
        if self.words and len(self.words) != self.levels:
            raise ValueError(f"{self.levels} levels need as many words, got {len(self.words)}")

    @property
    def answers(self):
        """Every answer on the scale, lowest first."""
        return range(self.first, self.first + self.levels)

    def says(self, place):
        """An answer in words: the level's word or number, or why there is none."""
        if place in ABSENCES:
            return str(ABSENCES[place])
        if place not in self.answers:
            raise ValueError(f"{place!r} is not an answer on {self.answers} and not one of {sorted(ABSENCES)}")
        return str(self.words[place - self.first]) if self.words else str(place)

    def caption(self, default):
        """The caption after the question: the note, and which lenses are left out."""
        note = str(self.note or default)
        if not self.hidden:
            return note
        names = ", ".join(str(LENSES[lens]) for lens in self.hidden)
        return note + " " + _("Too few people to show on their own: %(lenses)s.") % {"lenses": names}

    def sentence(self, counts):
        """How many people gave which answer, for those who hear the picture. `counts` has people by answer."""
        places = [*self.answers, *ABSENCES]
        # Translators: a count of people and their answer, as in “3 × 5” or “2 × not on map”.
        said = [
            _("%(count)s × %(answer)s") % {"count": counts[place], "answer": self.says(place)}
            for place in places
            if counts.get(place)
        ]
        total = sum(counts.values())
        people = ngettext("%(count)s person", "%(count)s people", total) % {"count": total}
        return f"{self.title}. {people}: {', '.join(said)}." if said else f"{self.title}. {people}."

    def count_table(self, caption, rows):
        """People by lens and answer. `rows` are (heading, people by answer)."""
        absent = [key for key in ABSENCES if any(counts.get(key) for _heading, counts in rows)]
        places = [*self.answers, *absent]
        return Table(
            caption=caption,
            head=(_("Lens"), *(self.says(place) for place in places)),
            rows=tuple((str(heading), *(str(counts.get(place, 0)) for place in places)) for heading, counts in rows),
        )
