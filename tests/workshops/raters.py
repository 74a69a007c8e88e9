"""A workshop that is open for rating: Mia and Tom take part in it, and each has written."""

import itertools

from tests.workshops.writers import join, open_workshop, sit_down, write
from workshops import writing_limit
from workshops.models import Item, Round
from workshops.rating_round import open_round

TITLES = {"goal": ["Get paid on time", "Sleep at night"], "pain": ["Chasing invoices", "Paper gets lost"]}


def rating_workshop(team, titles=TITLES, **fields):
    """Items by kind, each with a statement of Mia; the rating is open."""
    made = open_workshop(team, **({"stage": "rate"} | fields))
    mia, _tom = join(made, "Mia"), join(made, "Tom", "engineering")
    places = itertools.count()
    for kind, names in titles.items():
        for title in names:
            n = next(places)
            item = Item.objects.create(workshop=made, key=f"i{n}", kind=kind, title=title, position=n)
            if n % 2 == 0:
                write(mia, title, kind=kind, draft=False, item=item)
    open_round(made)
    return made


def say(client, workshop, title, part="", **said):
    """Send one answer as the page's script does."""
    item = workshop.items.get(title=title)
    path = f"/workshops/{workshop.public_id}/rate/items/{item.public_id}/{part}"
    writing_limit._left.clear()  # nobody waits in a test
    return client.post(path, {"version": 0} | said, headers={"accept": "application/json"})


def row(workshop, name, title):
    """What is kept of this person's answer."""
    rows = Round.objects.get(workshop=workshop, kind="rate").ratings
    return rows.filter(participant__name=name, item__title=title).first()


__all__ = ["TITLES", "rating_workshop", "row", "say", "sit_down"]
