"""Which item stands under which."""

DEEPEST = 50


def way_up(workshop, pk):
    """This item and those above it, as ids, the nearest first."""
    parents = dict(workshop.items.values_list("pk", "parent"))
    way = []
    while pk is not None and len(way) < DEEPEST:
        way.append(pk)
        pk = parents.get(pk)
    return way


def parent_of_merged(workshop, kept, others):
    """What stands above an item that others go into: of those above it, it takes the place of the highest."""
    gone = {item.pk: item for item in others}
    above = [pk for pk in way_up(workshop, kept.parent_id) if pk in gone]
    return gone[above[-1]].parent if above else kept.parent
