"""Items that are added once rating has opened: they continue one that is there, in a rating of their own."""

import pytest
from django.test import Client

from tests.people import account, compute
from tests.queries import assert_same_queries
from tests.workshops.facilitating import words
from tests.workshops.raters import rating_workshop, say, sit_down
from workshops import rating_round, stages
from workshops.answers import rounds_to_analyse
from workshops.models import Rating, Round, Workshop
from workshops.rating_sheet import Sheet
from workshops.results import Results
from workshops.viewer import Viewer

pytestmark = pytest.mark.usefixtures("at_leisure")


@pytest.fixture
def workshop(team):
    return rating_workshop(team, {"goal": [f"Goal {n:02}" for n in range(9)], "pain": ["Chasing invoices"]})


@pytest.fixture
def mia(client, workshop):
    """Mia's browser."""
    return sit_down(client, workshop.participants.get(name="Mia"))


def add(workshop, title="Be paid by Friday", of="Goal 00"):
    """Ana adds a goal that continues another."""
    continues, viewer = workshop.items.get(title=of), Viewer(user=account("Ana"))
    return rating_round.add_later(workshop, title, "In the bank.", continues=continues, viewer=viewer)


def close(workshop):
    workshop.refresh_from_db()
    stages.move(workshop, "live", seen=workshop.stage_version, viewer=Viewer(user=account("Ana")))


def test_an_item_that_is_added_later_continues_another_in_a_rating_of_its_own(mia, workshop):
    say(mia, workshop, "Goal 00", says="4")

    item = add(workshop)

    first, later = workshop.rounds.filter(kind="rate")
    assert item.lineage == workshop.items.get(title="Goal 00").key
    assert list(later.items.all()) == [item]
    assert set(first.items.all()) == set(workshop.items.exclude(pk=item.pk))
    assert (first.asks_all_items, later.asks_all_items) == (False, False)
    assert first.ratings.get().importance == 4
    assert list(workshop.audit.values_list("actor", "about")) == [("Ana", "Be paid by Friday")]


def test_what_is_added_is_asked_with_the_rest_and_moves_nothing_of_it(mia, workshop):
    tom = workshop.participants.get(name="Tom")
    before = Sheet(workshop, tom)
    order, guesses = before.items, [card.item for card in before.expected]

    item = add(workshop)

    after = Sheet(workshop, tom)
    assert [each for each in after.items if each != item] == order
    assert [card.item for card in after.expected if card.item != item] == guesses
    assert item in after.items
    assert item in [card.item for card in after.expected]
    assert say(mia, workshop, item.title, says="5", star="on").status_code == 200
    assert "Be paid by Friday" in mia.get(f"/workshops/{workshop.public_id}/rate/more/").text
    say(mia, workshop, "Chasing invoices", says="5")
    blocked = [item.public_id, workshop.items.get(title="Goal 00").public_id]
    assert say(mia, workshop, "Chasing invoices", "blocks/", version=1, goal=blocked).status_code == 200


def test_five_stars_are_five_over_all_ratings_together(mia, workshop):
    item = add(workshop)
    for n in range(5):
        say(mia, workshop, f"Goal {n:02}", says="5", star="on")

    assert say(mia, workshop, item.title, says="5", star="on").status_code == 422


@pytest.mark.parametrize("fields", [{"stage": "consolidate"}, {"stage": "live"}, {"archived_at": "2027-01-01T00:00Z"}])
def test_nothing_is_added_where_no_rating_is_open(workshop, fields):
    Workshop.objects.filter(pk=workshop.pk).update(**fields)

    with pytest.raises(rating_round.CannotAdd, match="No rating is open"):
        add(workshop)

    assert (workshop.items.count(), Round.objects.filter(kind="rate").count()) == (10, 1)


def test_both_ratings_close_together_and_are_analysed_together(mia, workshop):
    item = add(workshop)
    tom = sit_down(Client(), workshop.participants.get(name="Tom"))
    for browser, points in ((mia, "5"), (tom, "1")):
        say(browser, workshop, item.title, says=points)
        say(browser, workshop, "Goal 00", says="3")

    close(workshop)
    analysis = compute(workshop)

    raters = {view["item"]: (view["raters"], view["mean"]) for view in analysis.figures["items"]}
    assert not workshop.rounds.filter(kind="rate", closed_at__isnull=True).exists()
    assert raters[item.key] == (2, 3.0)
    assert raters[item.lineage] == (2, 3.0)
    assert Rating.objects.count() == 22
    results = Results(workshop, Viewer(seats=(workshop.participants.get(name="Mia"),)))
    assert results.own_points == {item.key: 5, item.lineage: 3}


def test_a_rating_that_asks_about_an_item_again_is_compared_and_not_mixed_in(workshop):
    first = workshop.rounds.get(kind="rate")
    rating_round.name_items(first, list(workshop.items.all()))
    again = rating_round.open_round(workshop, [workshop.items.first()])
    item = add(workshop)
    close(workshop)

    counted = rounds_to_analyse(list(workshop.rounds.all()))

    assert first in counted
    assert again not in counted
    assert [list(each.items.all()) for each in counted[1:]] == [[item]]


# -- the page ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def facilitator(ana):
    """Ana's browser."""
    browser = Client()
    browser.force_login(ana)
    return browser


def page_of(workshop):
    return f"/workshops/{workshop.public_id}/rate/items/"


def send(browser, workshop, title="Be paid by Friday", of="Goal 00"):
    said = {"continues": workshop.items.get(title=of).public_id, "title": title, "definition": "In the bank."}
    return browser.post(page_of(workshop), said)


def test_the_facilitator_adds_an_item_on_a_page_that_the_overview_leads_to(facilitator, mia, workshop):
    assert page_of(workshop) in facilitator.get(f"/workshops/{workshop.public_id}/overview/").text

    assert send(facilitator, workshop).status_code == 302

    page = words(facilitator.get(page_of(workshop)))
    assert "Be paid by Friday In the bank. Beside “Goal 00”" in page
    assert workshop.items.get(title="Be paid by Friday").kind == "goal"
    assert "Be paid by Friday" in mia.get(f"/workshops/{workshop.public_id}/rate/").text


def test_sent_twice_an_item_is_added_once(facilitator, workshop):
    send(facilitator, workshop)
    send(facilitator, workshop)

    assert (workshop.items.count(), workshop.rounds.filter(kind="rate").count(), workshop.audit.count()) == (11, 2, 1)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": ""}, "Say it in a few words first."),
        ({"title": "x" * 201}, "This is too long: at most 200 characters, and it has 201."),
        ({"definition": "half \ufffd"}, "This text holds a broken character."),
        ({"continues": ""}, "Choose the item it is about."),
        ({"continues": "not-one-of-these"}, "This leads nowhere."),
    ],
)
def test_what_cannot_be_taken_is_told_and_what_was_typed_stays(facilitator, workshop, said, why):
    whole = {"continues": workshop.items.first().public_id, "title": "Be paid by Friday", "definition": "In the bank."}

    response = facilitator.post(page_of(workshop), whole | said)

    assert response.status_code == 422
    assert why in words(response)
    assert "In the bank." in response.text or "definition" in said
    assert workshop.items.count() == 10


def test_an_item_of_another_workshop_is_not_continued(facilitator, workshop, team):
    other = rating_workshop(team, {"goal": ["Elsewhere"]})

    response = facilitator.post(
        page_of(workshop), {"continues": other.items.get().public_id, "title": "Be paid by Friday"}
    )

    assert (response.status_code, workshop.items.count()) == (422, 10)


def test_when_the_rating_closed_meanwhile_the_page_says_so_and_keeps_what_was_typed(facilitator, workshop):
    close(workshop)

    response = send(facilitator, workshop)

    assert response.status_code == 409
    assert "No rating is open, so nothing can be added to it." in words(response)
    assert 'value="Be paid by Friday"' in response.text


def test_who_does_not_facilitate_adds_nothing(client, ben, mia, workshop):
    client.force_login(ben)

    assert send(client, workshop).status_code == 403
    assert send(mia, workshop).status_code == 403
    assert send(Client(), workshop).status_code == 404


def test_the_page_asks_the_same_however_many_were_added(facilitator, workshop):
    add(workshop)

    def add_more():
        for n in range(5):
            add(workshop, title=f"Be paid on day {n}")

    assert_same_queries(lambda: facilitator.get(page_of(workshop)), add_more)
