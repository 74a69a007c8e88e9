"""Suggestions: statements in two items whose labels say nearly the same words, with both texts and the reason."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from . import resemblance
from .models import Merge, Statement

MOST_SHOWN = 6


@dataclass(frozen=True)
class Suggested:
    """Two statements whose labels are alike; each with the row of its item."""

    one: Statement
    other: Statement
    one_row: object
    other_row: object
    reason: str


class Alike:
    """Pairs of items that may say the same. Words only, and whoever wrote them: that two of one author were left out
    would tell that they are of one author.

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
        """(score, statement, statement), the closest first; one for each two items that nobody told apart."""
        by_kind = {}
        for statement in self._statements:
            by_kind.setdefault(self._rows[statement[2]].kind, []).append(statement)
        told_apart = self._told_apart() if self._statements else set()
        found = [pair for statements in by_kind.values() for pair in _alike(statements, told_apart)]
        return sorted(found, key=lambda pair: -pair[0])

    @property
    def shown(self):
        """The closest pairs, with what is needed to decide."""
        closest = self.pairs[:MOST_SHOWN]
        wanted = [statement[0] for _score, *both in closest for statement in both]
        rows = Statement.objects.filter(workshop=self.workshop, public_id__in=wanted)
        texts = {row.public_id: row for row in rows.only("public_id", "label", "meaning")}
        return [
            Suggested(texts[one[0]], texts[other[0]], self._rows[one[2]], self._rows[other[2]], _reason(*pair))
            for pair in closest
            for _score, one, other in [pair]
        ]

    def _told_apart(self):
        """Items, two by two, of which some statements were answered not to mean the same."""
        answers = Merge.objects.filter(workshop=self.workshop, answer=Merge.Answer.REJECTED)
        return {frozenset(both) for both in answers.values_list("one__item", "other__item")}


def _alike(statements, told_apart):
    """The pairs among statements of one kind."""
    seen = set(told_apart)

    def is_new(one, other):
        both = frozenset((statements[one][2], statements[other][2]))
        is_known = both in seen
        seen.add(both)
        return not is_known

    labels = [label for _public_id, label, _item in statements]
    items = [item for _public_id, _label, item in statements]
    found = resemblance.pairs(labels, items, is_new)
    return [(pair.score, statements[pair.one], statements[pair.other]) for pair in found]


def _reason(score, one, other):
    if score < 100:
        return _("Nearly the same words: %(percent)d %%") % {"percent": score}
    if resemblance.normal(one[1]) == resemblance.normal(other[1]):
        return _("The same words")
    return _("The same words in another order")
