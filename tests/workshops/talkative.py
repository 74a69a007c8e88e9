"""A workshop in which people wrote, rated, linked, voted again and restated: what the pages of results are made of."""

from django.utils import timezone

from tests.people import close, make_workshop
from workshops.models import Link, Outcome, Rating, Restatement, Round, RoundItem, Statement

# Lenses: decide p000 p001 p008 p009, sell p002 p005 p006 p010, build p003 p004, none p007.
IMPORTANCE = {"i000": [5, 5, 1, 1, 3, 1, 2, 3, 5, 4, 1], "i001": [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]}
SAME = [2, 2, 0, 1, 1, 0, 0, 2, 2, 2, 0]


def make_talkative(team, *, people=11, items=3, **fields):
    """A revealed workshop. Everybody rates the first two items and finds the third new to them, except those who
    decide, who rate it 5; each third person wrote a statement on the first item."""
    workshop = make_workshop(team, people=people, items=items)
    type(workshop).objects.filter(pk=workshop.pk).update(**fields)
    workshop.refresh_from_db()
    everybody = list(workshop.participants.order_by("key").select_related("role"))
    found = {item.key: item for item in workshop.items.all()}
    _write(workshop, everybody, found["i000"])
    _rate(workshop, everybody, found)
    _link(workshop, everybody, found)
    _vote_again(workshop, everybody, found["i000"])
    _restate(workshop, everybody, found["i000"])
    Outcome.objects.create(
        workshop=workshop,
        item=found["i000"],
        verdict="agreed",
        wording="We mean cash.",
        dissent="Not all.",
        owner=everybody[1],
    )
    close(workshop)
    return workshop


def _write(workshop, people, item):
    item.definition = "Money in the bank"
    item.save(update_fields=["definition"])
    Statement.objects.bulk_create(
        Statement(
            workshop=workshop,
            participant=person,
            item=item,
            key=f"s{n}",
            kind="goal",
            label=f"Label {n}",
            meaning=f"Cash arrives before wages {n}" if n else "Invoices become shorter",
            example=f"Example {n}",
            evidence=1,
        )
        for n, person in enumerate(people)
        if n % 3 == 0
    )
    Statement.objects.create(
        workshop=workshop, participant=people[1], item=item, key="draft", kind="goal", label="Draft label", draft=True
    )


def _rate(workshop, people, items):
    rows = []
    for n, person in enumerate(people):
        for key, item in items.items():
            points = IMPORTANCE[key][n % 11] if key in IMPORTANCE else (5 if person.role.lens == "decide" else None)
            rows.append(
                Rating(
                    round=workshop.rounds.get(key="r1"),
                    participant=person,
                    item=item,
                    answer="rated" if points else "unknown",
                    importance=points,
                    same_meaning=SAME[n % 11] if key == "i000" else None,
                )
            )
    Rating.objects.bulk_create(rows)


def _link(workshop, people, items):
    Link.objects.bulk_create(
        Link(
            workshop=workshop,
            participant=person,
            kind="blocks",
            from_item=items["i001"],
            to_item=items["i000"],
            drawn=n % 2 == 0,
        )
        for n, person in enumerate(people)
    )
    Link.objects.create(
        workshop=workshop, participant=people[0], kind="serves", from_item=items["i002"], to_item=items["i000"]
    )


def _vote_again(workshop, people, item):
    again = _round(workshop, "r2", Round.Kind.REVOTE, 1, item)
    Rating.objects.bulk_create(
        Rating(round=again, participant=person, item=item, answer="rated", importance=4) for person in people
    )


def _restate(workshop, people, item):
    again = _round(workshop, "r3", Round.Kind.RESTATE, 2, item)
    Restatement.objects.bulk_create(
        Restatement(round=again, participant=person, item=item, outcome=f"Outcome {n}", action="Act", tradeoff="Less")
        for n, person in enumerate(people[:2])
    )


def _round(workshop, key, kind, position, item):
    made = Round.objects.create(workshop=workshop, key=key, kind=kind, position=position, asks_all_items=False)
    RoundItem.objects.create(round=made, item=item)
    return made


def vote_again_without(workshop, key, keys, position):
    """One more closed re-vote on the first item, of everybody but the people of `keys`."""
    item = workshop.items.get(key="i000")
    again = _round(workshop, key, Round.Kind.REVOTE, position, item)
    people = workshop.participants.exclude(key__in=keys)
    Rating.objects.bulk_create(
        Rating(round=again, participant=person, item=item, answer="rated", importance=2) for person in people
    )
    Round.objects.filter(pk=again.pk).update(closed_at=timezone.now())
