"""A new workshop from an earlier one: the same brief and items, and none of the answers."""

from django.db import transaction

from . import audit
from .models import Item, Participant, Workshop

BRIEF = ("team_id", "segment_id", "question", "strategy", "horizon", "candour", "k", "language", "time_zone")
BATCH = 2000


@transaction.atomic
def copy_workshop(workshop, title, viewer, *, same_people=False, **fields):
    """Make a workshop that continues `workshop`.

    Its items continue those of the earlier one (their lineage says so), with definition, kind and tree. Nothing that
    anybody answered comes along, nor who has submitted, links, codes or dates.

    Parameters
    ----------
    workshop : Workshop
    title : str
    viewer : Viewer
        Who makes it, for the audit trail.
    same_people : bool
        Whether its participants and observers are put on the list; nobody is written to.
    fields
        What is to be different from the earlier brief.

    Returns
    -------
    Workshop
    """
    brief = {name: getattr(workshop, name) for name in BRIEF}
    made = Workshop.objects.create(title=title, continues=workshop, **(brief | fields))
    _copy_items(workshop, made)
    if same_people:
        _copy_people(workshop, made)
    audit.record(made, viewer, audit.Action.COPIED, workshop.title)
    return made


def _copy_items(earlier, made):
    items = list(earlier.items.all())
    rows = Item.objects.bulk_create(
        (
            Item(
                workshop=made,
                key=item.key,
                kind=item.kind,
                title=item.title,
                definition=item.definition,
                lineage=item.key,
                position=item.position,
            )
            for item in items
        ),
        batch_size=BATCH,
    )
    copies = {item.pk: row for item, row in zip(items, rows, strict=True)}
    children = [(row, item.parent_id) for item, row in zip(items, rows, strict=True) if item.parent_id]
    for row, parent in children:
        row.parent = copies[parent]
    Item.objects.bulk_update([row for row, _parent in children], ["parent"], batch_size=BATCH)


def _copy_people(earlier, made):
    """Those who waited to be let in are left out, and members who have left the team."""
    members = set(earlier.team.memberships.values_list("user_id", flat=True))
    people = Participant.everybody.filter(workshop=earlier).exclude(standing=Participant.Standing.WAITING)
    Participant.objects.bulk_create(
        (
            Participant(
                workshop=made,
                user_id=person.user_id,
                standing=person.standing,
                key=person.key,
                name=person.name,
                email=person.email,
                role_id=person.role_id,
            )
            for person in people.order_by("pk")
            if person.user_id is None or person.user_id in members
        ),
        batch_size=BATCH,
    )
