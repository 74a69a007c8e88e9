"""What the page shows on which items are put together. No author, and no order, time or number that tells one."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext

from . import board_words, consolidating, edits, resemblance
from .board_alike import Alike
from .models import Statement, Workshop
from .models.item import Kind

Stage = Workshop.Stage
FOLDED_FROM = 4  # statements of one item
HEADINGS = {
    Kind.GOAL: gettext_lazy("Goals"),
    Kind.PAIN: gettext_lazy("Pains"),
    Kind.ALTERNATIVE: gettext_lazy("Alternatives"),
}


def may_look(viewer, workshop):
    """Whether a facilitator may see what was written: who takes part says their own first, and is not led by others.

    Somebody who comes by several ways is asked about all of them.
    """
    if workshop.stage == Stage.SETUP or workshop.is_revealed or workshop.prepared_at is not None:
        return True
    mine = Q(pk__in=[seat.pk for seat in viewer.seats])
    if viewer.user is not None:
        mine |= Q(user=viewer.user) | Q(email__iexact=viewer.user.email)
    return not workshop.participants.filter(mine, submitted_at__isnull=True).exists()


@dataclass
class Row:
    """An item as the board shows it; `said` are (public id, label) of what people wrote."""

    pk: int
    public_id: str
    version: int
    kind: str
    title: str
    is_aside: bool
    parent: int | None
    depth: int = 0
    said: list = field(default_factory=list)
    is_twin: bool = False

    @property
    def is_folded(self):
        """Whether its statements are many, and so stand behind a line that opens."""
        return len(self.said) >= FOLDED_FROM

    @property
    def says_the_same(self):
        """Whether its one statement is its title again."""
        return len(self.said) == 1 and self.said[0][1] == self.title

    @property
    def only(self):
        """The public id of its one statement."""
        return self.said[0][0]

    @property
    def counts(self):
        """Whether to say how many statements it holds: one is what most hold."""
        return len(self.said) != 1

    @property
    def counted(self):
        """How many statements it holds, in words."""
        return ngettext("%(n)d statement", "%(n)d statements", len(self.said)) % {"n": len(self.said)}


@dataclass(frozen=True)
class Lane:
    """The items of one kind."""

    kind: str
    heading: str
    rows: list


class Board:
    """Looks up what the page needs; the number of queries depends neither on items nor on statements.

    Parameters
    ----------
    workshop : Workshop
    kind, words : str
        Show items of this kind only, or those in whose title or statements these words are.
    """

    def __init__(self, workshop, kind="", words=""):
        self.workshop = workshop
        self.kind = kind if kind in Kind.values else ""
        self.words = words.strip()[:120]

    @property
    def is_open(self):
        """Whether items may be changed now."""
        return consolidating.is_open(self.workshop)

    @property
    def is_early(self):
        """Whether nobody has written yet, and items are ready-made."""
        return self.workshop.stage == Stage.SETUP

    @property
    def is_hidden(self):
        """Whether everybody writes now: nothing of it is shown, and items neither."""
        return self.workshop.stage == Stage.WRITE

    @property
    def why_not_open(self):
        """Why nothing can be changed, in words."""
        return board_words.why_not_open(self.workshop)

    # -- items and what is in them -----------------------------------------------------------------------------------
    @cached_property
    def all_rows(self):
        """Every item, in order, with its statements."""
        if self.is_hidden:
            return []
        found = consolidating.items_of(self.workshop).order_by("position", "public_id")
        fields = ("pk", "public_id", "version", "kind", "title", "set_aside", "parent_id")
        rows = [Row(*values) for values in found.values_list(*fields)]
        by_pk = {row.pk: row for row in rows}
        for public_id, label, item in self._statements:
            if item in by_pk:
                by_pk[item].said.append((public_id, label))
        _mark_twins(rows)
        return rows

    @cached_property
    def _statements(self):
        """(public id, label, item) of what was submitted; drawn at random, public ids tell no order."""
        if self.workshop.stage in (Stage.SETUP, Stage.WRITE):
            return []
        rows = Statement.objects.filter(workshop=self.workshop, draft=False, item__isnull=False)
        return list(rows.order_by("public_id").values_list("public_id", "label", "item"))

    @cached_property
    def lanes(self):
        """Items by kind, each below the one it stands under."""
        kinds = [kind for kind in Kind if not self.kind or kind == self.kind]
        return [Lane(kind.value, HEADINGS[kind], self._shown(kind)) for kind in kinds]

    def _shown(self, kind):
        rows = [row for row in self.all_rows if row.kind == kind]
        if not self.words:
            return _as_tree(rows)
        sought = self.words.casefold()
        return [row for row in rows if any(sought in text.casefold() for text in _texts(row))]

    @property
    def count(self):
        """How many items there are."""
        return len(self.all_rows)

    @property
    def asked_count(self):
        """How many items everybody is asked about."""
        return sum(not row.is_aside for row in self.all_rows)

    @property
    def statement_count(self):
        """How many statements there are."""
        return len(self._statements)

    @cached_property
    def some_write_late(self):
        """Whether somebody may still write; what they submit comes in when that ends."""
        return (
            self.workshop.stage == Stage.CONSOLIDATE and self.workshop.participants.filter(may_write_late=True).exists()
        )

    # -- history -----------------------------------------------------------------------------------------------------
    @cached_property
    def done(self):
        """The change that undo takes back."""
        return edits.last_done(self.workshop)

    @cached_property
    def undone(self):
        """The change that redo does again."""
        return edits.last_undone(self.workshop, self.done)

    @property
    def version(self):
        """The number of the last change that holds."""
        return self.done.number if self.done else 0

    @property
    def undo_words(self):
        """What undo takes back, in words."""
        return board_words.of_edit(self.done)

    @property
    def redo_words(self):
        """What redo does again, in words."""
        return board_words.of_edit(self.undone)

    # -- suggestions -------------------------------------------------------------------------------------------------
    @cached_property
    def alike(self):
        """Items that may say the same, or the contrary."""
        return Alike(self.workshop, self.all_rows if self.is_open else [], self._statements)

    @cached_property
    def suggestions(self):
        """The closest of them, with both texts."""
        return self.alike.shown

    @cached_property
    def opposite(self):
        """Those that may say the contrary, with both texts."""
        return self.alike.opposite


def _texts(row):
    return [row.title, *(label for _public_id, label in row.said)]


def _mark_twins(rows):
    """Items of one kind whose titles are the same words."""
    titles = [(row.kind, resemblance.normal(row.title)) for row in rows]
    often = Counter(titles)
    for row, title in zip(rows, titles, strict=True):
        row.is_twin = often[title] > 1


def _as_tree(rows):
    """The rows with each one below what it stands under. One under an item of another kind stands alone."""
    below, there = {}, {row.pk for row in rows}
    for row in rows:
        below.setdefault(row.parent if row.parent in there else None, []).append(row)
    ordered, waiting = [], [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        row, row.depth = waiting.pop()
        ordered.append(row)
        waiting += [(child, row.depth + 1) for child in reversed(below.get(row.pk, []))]
    return ordered
