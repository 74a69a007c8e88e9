"""One item of the board with all that can be done to it; read when it is opened, so that the board stays light."""

from functools import cached_property

from . import consolidating, edits
from .consolidating import NotThere
from .models import Statement, Workshop


class Panel:
    """Looks up one item; its number of queries depends neither on items nor on statements.

    Parameters
    ----------
    workshop : Workshop
    public_id : str
        Of the item.
    typed : dict, optional
        Words that were typed and not kept, shown instead of those that stand there.

    Raises
    ------
    NotThere
        If the board has no such item.
    """

    def __init__(self, workshop, public_id, typed=None):
        self.workshop = workshop
        shown = consolidating.items_of(workshop) if workshop.stage != Workshop.Stage.WRITE else workshop.items.none()
        self.item = shown.filter(public_id=public_id).first()
        if self.item is None:
            raise NotThere
        self._typed = typed or {}

    @property
    def is_open(self):
        """Whether the item may be changed now."""
        return consolidating.is_open(self.workshop)

    @property
    def title(self):
        """What the title's field says."""
        return self._typed.get("title", self.item.title)

    @property
    def definition(self):
        """What the definition's field says."""
        return self._typed.get("definition", self.item.definition)

    @property
    def above(self):
        """The item that it stands under."""
        return self.item.parent

    @cached_property
    def statements(self):
        """Label and meaning of what people wrote; the public id is drawn at random, so its order tells nothing."""
        rows = Statement.objects.filter(item=self.item, draft=False).order_by("public_id")
        return list(rows.only("public_id", "label", "meaning"))

    @cached_property
    def targets(self):
        """The other items of its kind."""
        others = consolidating.items_of(self.workshop).filter(kind=self.item.kind).exclude(pk=self.item.pk)
        return list(
            others.select_related(None)
            .only("pk", "public_id", "version", "title", "parent")
            .order_by("title", "public_id")
        )

    @property
    def parents(self):
        """Those that it can stand under: not those that stand under it."""
        below, waiting = set(), [self.item.pk]
        while waiting:
            here = waiting.pop()
            found = {row.pk for row in self.targets if row.parent_id == here} - below
            below |= found
            waiting += found
        return [row for row in self.targets if row.pk not in below]

    @cached_property
    def may_vanish(self):
        """Whether it holds nothing that anybody said."""
        holds = Statement.with_deleted.filter(item=self.item).exists()
        return not holds and not edits.answered([self.item]).exists()
