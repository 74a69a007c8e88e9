"""A workshop that continues an earlier one has its brief and items, and none of its answers."""

import pytest

from tests.people import account, make_workshop
from tests.queries import queries_of
from tests.workshops.talkative import make_talkative
from workshops.copying import copy_workshop
from workshops.models import Item, Participant, Workshop
from workshops.viewer import Viewer


@pytest.fixture
def earlier(team):
    """One in which people wrote and rated, with a tree of items."""
    made = make_talkative(team, candour="roles", k=4, strategy="One place for invoices.", horizon="A year")
    items = {item.key: item for item in made.items.all()}
    Item.objects.filter(pk=items["i001"].pk).update(parent=items["i000"], revision=3)
    return made


def continued(client, team, earlier, **typed):
    """Make a workshop by the form that continues `earlier`."""
    typed = {"title": "Getting paid, again", "question": "", "continues": earlier.public_id} | typed
    return client.post(f"/teams/{team.public_id}/workshops/", typed)


def test_brief_items_and_tree_come_along_and_no_answer_does(client, ana, team, earlier):
    client.force_login(ana)

    continued(client, team, earlier)

    made = team.workshops.exclude(pk=earlier.pk).get()
    assert (made.title, made.question, made.continues) == ("Getting paid, again", earlier.question, earlier)
    assert (made.candour, made.k, made.strategy, made.horizon) == ("roles", 4, "One place for invoices.", "A year")
    assert (made.segment, made.stage, made.revealed_at) == (earlier.segment, "setup", None)
    assert list(made.items.values_list("key", "lineage", "kind", "title", "definition", "parent__key", "revision")) == [
        ("i000", "i000", "goal", "Item 0", "Money in the bank", None, 1),
        ("i001", "i001", "pain", "Item 1", "", "i000", 1),
        ("i002", "i002", "alternative", "Item 2", "", None, 1),
    ]
    assert all(item.parent is None or item.parent.workshop_id == made.pk for item in made.items.all())
    for rows in ("participants", "statements", "links", "readiness", "rounds", "outcomes", "analyses"):
        assert not getattr(made, rows).exists(), rows
    assert list(made.audit.values_list("action", "actor", "about")) == [("copied", "Ana", "Getting paid")]


def test_the_same_people_come_without_what_they_had(client, ana, ben, team, earlier):
    gone = account("Gus")
    Participant.objects.filter(workshop=earlier, key="p000").update(user=ben, email="ben@example.com")
    Participant.objects.filter(workshop=earlier, key="p001").update(user=gone)  # no member of the team any more
    first = earlier.participants.get(key="p000")
    first.new_link()
    first.new_device()
    standing = Participant.Standing
    Participant.everybody.create(workshop=earlier, key="o", name="Otto", standing=standing.OBSERVER)
    Participant.everybody.create(
        workshop=earlier, key="w", name="Wanda", standing=standing.WAITING, role=team.roles.first()
    )
    client.force_login(ana)

    continued(client, team, earlier, same_people="on", question="Another one?")

    made = team.workshops.exclude(pk=earlier.pk).get()
    people = {person.key: person for person in Participant.everybody.filter(workshop=made)}
    assert sorted(people) == ["o", "p000", *[f"p{n:03}" for n in range(2, 11)]]
    same = people["p000"]
    assert (same.user, same.email, same.role, same.submitted_at, same.invited_at) == (
        ben,
        "ben@example.com",
        first.role,
        None,
        None,
    )
    assert not same.personal_links.exists()
    assert not same.devices.exists()
    assert people["o"].standing == "observer"
    assert made.question == "Another one?"


def test_a_workshop_of_another_team_is_not_continued(client, ana, team, olga):
    elsewhere = make_workshop(olga.memberships.get().team)
    client.force_login(ana)

    response = continued(client, team, elsewhere)

    assert response.status_code == 422
    assert not team.workshops.exists()


def test_copying_costs_the_same_for_many_items_and_people(ana, team):
    small, large = make_workshop(team, people=2, items=2), make_workshop(team, people=20, items=30)
    Item.objects.filter(workshop=large, key="i001").update(parent=large.items.get(key="i000"))
    Item.objects.filter(workshop=small, key="i001").update(parent=small.items.get(key="i000"))
    viewer = Viewer(user=ana)

    few, many = (
        queries_of(lambda earlier=earlier: copy_workshop(earlier, "Again", viewer, same_people=True))
        for earlier in (small, large)
    )

    assert len(few) == len(many)
    assert Workshop.objects.filter(title="Again").count() == 2
