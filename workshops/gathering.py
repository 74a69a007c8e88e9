"""Making items of what was submitted: each statement begins as an item of its own, so that none is left over."""

import random

from django.db import connection

from .models import Item, Statement

PLACES = random.SystemRandom()  # an order that can be guessed would tell whose statements stand together


def gather(workshop, *, settled=False):
    """Give every submitted statement that is in no item yet an item of its own. Twice is the same as once.

    Their order is shuffled: else statements of one author, saved one after the other, would stand together; and those
    of somebody who wrote late go in between the others. What was taken back leaves its item. The caller holds the
    workshop's row. With `settled`, those who may still write are left for later.

    Returns
    -------
    int
        How many items were made.
    """
    rows = Statement.objects.filter(workshop=workshop)
    if settled:
        rows = rows.filter(participant__may_write_late=False)
    rows.filter(item__isnull=False, draft=True).update(item=None)
    waiting = list(rows.filter(item__isnull=True, draft=False).exclude(label=""))
    if not waiting:
        return 0
    PLACES.shuffle(waiting)
    keys = _free_keys(workshop)
    made = [
        Item(
            workshop=workshop,
            key=next(keys),
            kind=statement.kind,
            title=statement.label,
            definition=statement.meaning,
            position=0,
        )
        for statement in waiting
    ]
    _mix_in(workshop, made)
    for statement, item in zip(waiting, made, strict=True):
        statement.item = item
    Statement.objects.bulk_update(waiting, ["item"], batch_size=1000)
    return len(made)


def scatter(workshop):
    """Before people write again: forget the history, and the items that are one statement's own words and nothing else.

    Else what somebody then deletes or words otherwise would stay on as an item. What facilitators worked on stays.
    """
    workshop.edits.all().delete()
    stands_for = {}
    for item, label, meaning in Statement.with_deleted.filter(workshop=workshop, item__isnull=False).values_list(
        "item", "label", "meaning"
    ):
        stands_for.setdefault(item, []).append((label, meaning))
    untouched = workshop.items.filter(pk__in=stands_for, version=1, children__isnull=True)
    own_words = [item.pk for item in untouched if stands_for[item.pk] == [(item.title, item.definition)]]
    Item.objects.filter(pk__in=own_words).delete()


def new_item(workshop, **fields):
    """An item of this workshop after all others, not saved yet."""
    last = workshop.items.order_by("-position").values_list("position", flat=True).first()
    place = 0 if last is None else last + 1
    return Item(**{"workshop": workshop, "key": next(_free_keys(workshop)), "position": place} | fields)


def _mix_in(workshop, made):
    """Save new items at random places, but after those that were there before anybody wrote."""
    order = list(workshop.items.order_by("position", "pk"))
    holding = set(Statement.objects.filter(workshop=workshop, item__isnull=False).values_list("item", flat=True))
    first = next((n for n, item in enumerate(order) if item.pk in holding), len(order))
    ready, mixed = order[:first], order[first:]
    for item in made:
        mixed.insert(PLACES.randint(0, len(mixed)), item)
    moved = []
    for position, item in enumerate([*ready, *mixed]):
        if item.pk and item.position != position:
            moved.append(item)
        item.position = position
    Item.objects.bulk_update(moved, ["position"], batch_size=1000)
    Item.objects.bulk_create(made)


def _free_keys(workshop):
    """i1, i2 and so on, without those that are there or come back when a change is undone."""
    taken = set(workshop.items.values_list("key", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT jsonb_object_keys(changes -> 'items') FROM workshops_edit WHERE workshop_id = %s",
            [workshop.pk],
        )
        taken.update(key for (key,) in cursor)
    n = 0
    while True:
        n += 1
        if f"i{n}" not in taken:
            yield f"i{n}"
