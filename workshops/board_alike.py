"""Suggestions: statements in two items that may mean the same, and some that may say the contrary, with both texts.

Nearly the same words are found here and now. Pairs that are about the same in other words were found by a worker
(`meaning`), where the workshop is written in a language that its model reads. Neither looks who wrote them: that two of
one author were left out would tell that they are of one author.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alignment.meaning.opposition import opposition
from alignment.meaning.statements import Statement as Text

from . import meaning, resemblance
from .charts.figures import ratio
from .models import Merge, Statement, SuggestedMerges

MOST_SHOWN = 6
LEAST_SHOWN = 3  # where fewer may mean the same, some that are only about the same subject come with them
MOST_OPPOSITE = 3
WORDS = "words"
BANDS = {
    "same": gettext_lazy("Looks the same (likeness %(score)s)"),
    "possible": gettext_lazy("Possibly the same (likeness %(score)s)"),
    "related": gettext_lazy("About the same subject: compare (likeness %(score)s)"),
}


class Pair(NamedTuple):
    """Two statements, each as (public id, label, item), and what brought them together."""

    band: str
    score: float
    one: tuple
    other: tuple


@dataclass(frozen=True)
class Suggested:
    """Two statements to look at side by side; each with the row of its item."""

    one: Statement
    other: Statement
    one_row: object
    other_row: object
    reason: str


class Alike:
    """Pairs of items that may say the same, or the contrary.

    Parameters
    ----------
    workshop : Workshop
    rows : list of board.Row
    statements : list of (public id, label, item)
        In an order that tells nothing.
    """

    def __init__(self, workshop, rows, statements):
        self.workshop = workshop
        self._rows = {row.pk: row for row in rows}
        self._statements = [each for each in statements if each[2] in self._rows]

    @cached_property
    def pairs(self):
        """Those that may mean the same, nearly the same words first; one for each two items that nobody told apart."""
        by_kind = {}
        for statement in self._statements:
            by_kind.setdefault(self._rows[statement[2]].kind, []).append(statement)
        found = [pair for statements in by_kind.values() for pair in _alike(statements, self._told_apart)]
        found.sort(key=lambda pair: -pair.score)
        known = {frozenset((pair.one[2], pair.other[2])) for pair in found} | self._told_apart
        return found + [pair for pair in self._by_meaning(known) if pair.band in BANDS]

    @property
    def opposite(self):
        """Those that are about the same and may say the contrary of it."""
        found = [pair for pair in self._by_meaning(set(self._told_apart)) if pair.band == "opposite"]
        return [each for each in self._looked_up(found[:MOST_OPPOSITE]) if each.reason]

    @property
    def count(self):
        """How many may mean the same; those that are only about the same subject are not counted."""
        return sum(pair.band != "related" for pair in self.pairs)

    @property
    def shown(self):
        """The closest pairs, with what is needed to decide."""
        close = [pair for pair in self.pairs if pair.band != "related"][:MOST_SHOWN]
        related = [pair for pair in self.pairs if pair.band == "related"]
        return self._looked_up(close + related[: max(0, LEAST_SHOWN - len(close))])

    @cached_property
    def reads_meaning(self):
        """Whether texts were compared by what they are about, and not by their words alone."""
        return meaning.reads(self.workshop) and self._stored is not None

    @cached_property
    def answered(self):
        """How many suggestions were answered, and how many of them put together: (all, accepted)."""
        counts = Merge.objects.filter(workshop=self.workshop).aggregate(
            all=Count("pk"), accepted=Count("pk", filter=Q(answer=Merge.Answer.ACCEPTED))
        )
        return counts["all"], counts["accepted"]

    def _looked_up(self, pairs):
        wanted = [statement[0] for pair in pairs for statement in (pair.one, pair.other)]
        rows = Statement.objects.filter(workshop=self.workshop, public_id__in=wanted)
        texts = {row.public_id: row for row in rows.only("public_id", "label", "meaning")}
        return [
            Suggested(one, other, self._rows[pair.one[2]], self._rows[pair.other[2]], _reason(pair, one, other))
            for pair in pairs
            for one, other in [(texts[pair.one[0]], texts[pair.other[0]])]
        ]

    @cached_property
    def _stored(self):
        found = SuggestedMerges.objects.filter(workshop=self.workshop) if self._statements else None
        return found.values_list("pairs", flat=True).first() if found is not None else None

    def _by_meaning(self, known):
        """What the worker stored of statements that stand in two items now, once for each two items."""
        here = {statement[0]: statement for statement in self._statements}
        for one, other, band, score in self._stored or []:
            if one in here and other in here:
                both = frozenset((here[one][2], here[other][2]))
                if len(both) == 2 and both not in known:
                    known.add(both)
                    yield Pair(band, score, here[one], here[other])

    @cached_property
    def _told_apart(self):
        """Items, two by two, of which some statements were answered not to mean the same."""
        if not self._statements:
            return set()
        answers = Merge.objects.filter(workshop=self.workshop, answer=Merge.Answer.REJECTED)
        return {frozenset(both) for both in answers.values_list("one__item", "other__item")}


def _alike(statements, told_apart):
    """The pairs in nearly the same words among statements of one kind."""
    seen = set(told_apart)

    def is_new(one, other):
        both = frozenset((statements[one][2], statements[other][2]))
        is_known = both in seen
        seen.add(both)
        return not is_known

    labels = [label for _public_id, label, _item in statements]
    items = [item for _public_id, _label, item in statements]
    found = resemblance.pairs(labels, items, is_new)
    return [Pair(WORDS, pair.score, statements[pair.one], statements[pair.other]) for pair in found]


def _reason(pair, one, other):
    if pair.band in BANDS:
        return str(BANDS[pair.band]) % {"score": ratio(pair.score)}
    if pair.band == "opposite":
        return _contrary(one, other)
    if pair.score < 100:
        return _("Nearly the same words: %(percent)d %%") % {"percent": pair.score}
    if resemblance.normal(one.label) == resemblance.normal(other.label):
        return _("The same words")
    return _("The same words in another order")


def _contrary(one, other):
    """Which words turn one text round; empty where they do so no more."""
    texts = [Text(row.public_id, "", "", row.label, row.meaning).text for row in (one, other)]
    found = opposition(*texts)
    if found is None:
        return ""
    here, there = next(turn.words for turn in found.turns if turn.trigger == found.trigger)
    if found.trigger == "negation":
        return _("Possibly opposite: only one of them says “not” about “%(word)s”") % {"word": here}
    return _("Possibly opposite: “%(here)s” and “%(there)s”") % {"here": here, "there": there}
