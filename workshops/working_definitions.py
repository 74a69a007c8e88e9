"""Which words stand for an item: those that somebody wrote for it, else those of its most central statement."""

from . import resemblance
from .models import Statement


def written(*items):
    """The first definition that somebody wrote by hand; "" where all are what one of the item's statements means."""
    rows = Statement.with_deleted.filter(item__in=items).values_list("item", "meaning")
    said = {(pk, _plain(meaning)) for pk, meaning in rows}
    return next(
        (item.definition for item in items if item.definition and (item.pk, _plain(item.definition)) not in said), ""
    )


def central_meaning(item):
    """The meaning of the statement that is nearest to the others; what stands there where nobody gave any."""
    rows = _said_in(item)
    return (_central(item, rows).meaning if rows else "") or item.definition


def title_without(item, statement):
    """The item's title once a statement has left: one that was this statement's label leaves with it."""
    rows = _said_in(item)
    if not rows or item.title != statement.label or any(row.label == item.title for row in rows):
        return item.title
    return _central(item, rows).label


def _said_in(item):
    return list(Statement.objects.filter(item=item, draft=False))


def _central(item, rows):
    """Of equally near ones it is the one whose meaning stands there already, and then any, the same each time."""
    explained = [row for row in rows if row.meaning] or rows
    nearness = resemblance.nearness([f"{row.label} {row.meaning}" for row in explained])
    rank = zip(nearness, [row.meaning == item.definition for row in explained], explained, strict=True)
    return max(rank, key=lambda each: (round(each[0], 3), each[1], each[2].public_id))[2]


def _plain(text):
    return " ".join(text.split())
