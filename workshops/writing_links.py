"""Links that one participant draws between their own statements: this pain blocks that goal, and the like."""

from django.utils.translation import gettext as _

from .models import Link, Statement
from .models.item import Kind

# Which links start at a kind of statement, and at what kinds they may end.
MAY = {
    Kind.GOAL: {},
    Kind.PAIN: {Link.Kind.BLOCKS: {Kind.GOAL}, Link.Kind.CAUSES: {Kind.PAIN}},
    Kind.ALTERNATIVE: {Link.Kind.SERVES: {Kind.GOAL, Kind.PAIN}},
}


class Refused(Exception):
    """Why something was not taken, in words for people."""


def ends(statement, said):
    """What the ticked links lead to.

    Returns
    -------
    set of (str, int)
        Kind of link and id of the statement at its end.

    Raises
    ------
    Refused
        If one is not the participant's own, or of a kind that such a link does not lead to.
    """
    ticked = {(kind, key) for kind in MAY[statement.kind] for key in said[kind]}
    if not ticked:
        return set()
    own = Statement.with_deleted.filter(participant=statement.participant_id)
    found = {each.public_id: each for each in own.filter(public_id__in={key for _kind, key in ticked})}
    for kind, key in ticked:
        end = found.get(key)
        if end is None or end.kind not in MAY[statement.kind][kind] or key == statement.public_id:
            raise Refused(_("One of the ticks leads nowhere. Reload the page and tick again."))
    # A statement that another window deleted is no longer there to be ticked, and that is no mistake.
    return {(kind, found[key].pk) for kind, key in ticked if found[key].deleted_at is None}


class Change:
    """From the links that a statement has, its `linked`, to those that are ticked; true when they differ.

    Links to deleted statements stay as they are, for those may come back.
    """

    def __init__(self, statement, said):
        self.statement, self.gone, self.new = statement, [], set()
        ticked = {f"{kind} {key}" for kind in MAY[statement.kind] for key in said[kind]}
        if ticked == set(statement.linked):
            return
        drawn = Link.objects.filter(from_statement=statement, to_statement__deleted_at__isnull=True)
        there = {(link.kind, link.to_statement_id): link.pk for link in drawn}
        wanted = ends(statement, said)
        self.gone = [pk for end, pk in there.items() if end not in wanted]
        self.new = wanted - there.keys()

    def __bool__(self):
        return bool(self.gone or self.new)

    def apply(self):
        """Draw the new ones and take away the others."""
        if self.gone:
            Link.objects.filter(pk__in=self.gone).delete()
        draw(self.statement, self.new)


def keys_of(statement):
    """{kind of link: keys at its ends}, as a form would send them."""
    found = {}
    for kind, key in (end.split(" ") for end in statement.linked):
        found.setdefault(kind, []).append(key)
    return found


def draw(statement, to):
    """Draw links from a statement; `to` is as `ends` gives it."""
    if to:
        Link.objects.bulk_create(
            Link(
                workshop_id=statement.workshop_id,
                participant_id=statement.participant_id,
                kind=kind,
                from_statement=statement,
                to_statement_id=pk,
            )
            for kind, pk in sorted(to)
        )
