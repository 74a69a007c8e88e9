"""Moving a workshop from stage to stage, and letting a late person write."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import make_workshop, take_seat
from tests.workshops.facilitating import change, shown, submit, words
from tests.workshops.writers import join, open_workshop, post, write
from workshops.models import Letter, Participant, Rating, Statement
from workshops.models.public_id import new_public_id


@pytest.fixture
def writing(team, ana):
    """Mia and Tom write; Mia is in, Tom has a draft."""
    made = open_workshop(team)
    mia, tom = join(made, "Mia"), join(made, "Tom")
    write(mia, "Get paid", draft=False)
    write(tom, "No surprises")
    submit(made, "Mia")
    return made


def press(client, workshop, to, seen):
    """Press the button of a page that knew of `seen` moves."""
    return client.post(f"/workshops/{workshop.public_id}/stage/", {"to": to, "seen": seen})


def where(workshop):
    """The stage, how often it has moved, and how often the trail says so."""
    workshop.refresh_from_db()
    return workshop.stage, workshop.stage_version, workshop.audit.filter(action="stage").count()


@pytest.fixture
def closed(writing, ana, client):
    """The same, after Ana has closed writing; the client is hers."""
    client.force_login(ana)
    press(client, writing, "consolidate", 0)
    writing.refresh_from_db()
    assert writing.stage == "consolidate"
    return writing


def reopen(client, workshop, name, **more):
    """Let a person write late, or with `end` take it back."""
    person = workshop.participants.get(name=name)
    return client.post(f"/workshops/{workshop.public_id}/late-writing/", {"participant": person.public_id} | more)


def late(workshop):
    """Who may write late."""
    return list(workshop.participants.filter(may_write_late=True).values_list("name", flat=True))


def test_closing_and_opening_again_deletes_nothing(client, ana, writing):
    client.force_login(ana)

    answers = [
        press(client, writing, to, seen).status_code for seen, to in enumerate(("consolidate", "write", "setup"))
    ]

    assert answers == [302, 302, 302]
    assert where(writing) == ("setup", 3, 3)
    assert list(Statement.objects.order_by("pk").values_list("label", "draft")) == [
        ("Get paid", False),
        ("No surprises", True),
    ]
    assert writing.participants.get(name="Mia").has_submitted


def test_a_second_press_changes_nothing_and_says_so(client, ana, writing):
    client.force_login(ana)
    press(client, writing, "consolidate", 0)

    again = press(client, writing, "consolidate", 0)

    assert again.status_code == 409
    assert "It is at “Consolidate” already. Nothing was done twice." in words(again)
    assert where(writing) == ("consolidate", 1, 1)


@pytest.mark.parametrize("seen", ["0", "", "-1", "x", "9" * 40, "２"])
def test_a_late_press_changes_nothing_and_says_so(client, ana, writing, seen):
    client.force_login(ana)
    press(client, writing, "consolidate", 0)

    response = press(client, writing, "setup", seen)

    assert response.status_code == 409
    assert "Somebody has moved this workshop meanwhile: it is at “Consolidate” now." in words(response)
    assert where(writing) == ("consolidate", 1, 1)


@pytest.mark.parametrize("to", ["rate", "closed", "write", "", "nowhere"])
def test_a_stage_that_does_not_follow_is_refused(client, ana, writing, to):
    client.force_login(ana)

    response = press(client, writing, to, 0)

    assert response.status_code == 422
    assert "From “Write” it cannot go there." in words(response)
    assert where(writing) == ("write", 0, 0)


def test_writing_does_not_open_for_nobody(client, ana, team):
    workshop = open_workshop(team, stage="setup")
    client.force_login(ana)

    response = press(client, workshop, "write", 0)

    assert response.status_code == 422
    assert "Nobody takes part yet. Add people first." in words(response)
    assert where(workshop) == ("setup", 0, 0)


@pytest.mark.parametrize(
    ("field", "reason"),
    [("revealed_at", "Results have been revealed"), ("archived_at", "This workshop is archived.")],
)
def test_writing_does_not_open_again_after_the_reveal_or_in_the_archive(client, ana, closed, field, reason):
    change(closed, **{field: timezone.now()})

    response = press(client, closed, "write", 1)

    assert response.status_code == 422
    assert reason in words(response)
    assert where(closed)[0] == "consolidate"


# -- to the rating and on ----------------------------------------------------------------------------------------------
def test_a_facilitator_who_takes_part_submits_before_writing_closes(client, ana, writing):
    Participant.objects.filter(name="Tom").update(user=ana)
    client.force_login(ana)

    refused = press(client, writing, "consolidate", 0)
    page = shown(client, writing)
    submit(writing, "Tom")
    taken = press(client, writing, "consolidate", 0)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "You take part, and you are not in yet." in words(refused)
    assert "You take part, and you are not in yet." in page
    assert "Close it now" not in page


def test_from_statements_to_findings_and_back_as_long_as_nobody_has_seen_any(client, ana, closed):
    answers = [
        press(client, closed, to, seen).status_code
        for seen, to in enumerate(("rate", "consolidate", "rate", "live", "rate", "live", "closed", "live"), start=1)
    ]

    assert answers == [302] * 8
    assert where(closed) == ("live", 9, 9)
    assert list(closed.items.values_list("title", flat=True)) == ["Get paid"]
    assert [(each.key, each.closed_at is None) for each in closed.rounds.filter(kind="rate")] == [("rate", False)]
    assert closed.jobs.count() == 1


def test_items_stay_as_they_are_once_somebody_has_rated(client, ana, closed):
    press(client, closed, "rate", 1)
    mia = closed.participants.get(name="Mia")
    rating = {"round": closed.rounds.get(kind="rate"), "item": closed.items.get(), "participant": mia}
    Rating.objects.create(**rating, answer="rated", importance=3)

    response = press(client, closed, "consolidate", 2)

    assert response.status_code == 422
    assert "Somebody has begun to rate" in words(response)
    assert where(closed)[0] == "rate"


def test_nothing_to_rate_is_said_and_refused(client, ana, closed):
    closed.items.update(set_aside=True)

    response = press(client, closed, "rate", 1)

    assert response.status_code == 422
    assert "There is nothing to rate yet: no item, or all of them set aside." in words(response)
    assert "There is nothing to rate yet" in shown(client, closed)


def test_ready_made_items_go_to_rating_at_once(client, ana, team):
    workshop = make_workshop(team, people=2, items=3)
    workshop.rounds.all().delete()
    change(workshop, stage="setup")
    client.force_login(ana)

    page = shown(client, workshop)
    response = press(client, workshop, "rate", 0)

    assert "Skip writing and open the rating" in page
    assert "3 items are rated. Their words are fixed from then on." in page
    assert response.status_code == 302
    assert where(workshop)[0] == "rate"


# -- late people -------------------------------------------------------------------------------------------------------
def test_one_late_person_writes_until_the_workshop_moves_on(client, ana, closed, client_of):
    tom = client_of(closed.participants.get(name="Tom"))
    refused = post(tom, closed, new_public_id())
    reopen(client, closed, "Tom")
    taken = post(tom, closed, new_public_id())

    press(client, closed, "write", 1)

    assert (refused.status_code, taken.status_code) == (409, 200)
    assert late(closed) == []
    assert list(closed.audit.filter(action="reopened").values_list("actor", "about")) == [("Ana", "Tom")]


def test_what_comes_late_stands_among_the_items_at_once_and_leaves_with_its_author(client, closed, client_of):
    tom = client_of(closed.participants.get(name="Tom"))
    reopen(client, closed, "Tom")
    address = f"/workshops/{closed.public_id}/write/submission/"

    page = tom.get(f"/workshops/{closed.public_id}/write/view/").content.decode()
    tom.post(address)
    added = set(closed.items.values_list("title", flat=True))
    tom.post(address, {"take_back": "1"})
    left = set(closed.items.values_list("title", flat=True))

    assert "the facilitator may recognise what is added as yours" in page
    assert "Until this stage closes, nobody can see what you write" not in page
    assert (added, left) == ({"Get paid", "No surprises"}, {"Get paid"})


@pytest.fixture
def client_of():
    """Makes a browser of its own for a participant."""

    def make(participant):
        browser = Client()
        take_seat(browser, participant)
        return browser

    return make


def test_letting_somebody_in_twice_is_noted_once_and_written_once(client, closed):
    Participant.objects.filter(name="Tom").update(email="tom@example.com")

    answers = [reopen(client, closed, "Tom", remind="on").status_code for _ in range(2)]

    assert answers == [302, 302]
    assert closed.audit.filter(action="reopened").count() == 1
    assert list(Letter.objects.values_list("kind", "participant__name")) == [("reminder", "Tom")]


def test_it_can_be_taken_back_for_one_and_for_all(client, closed):
    for name in ("Mia", "Tom"):
        reopen(client, closed, name)

    reopen(client, closed, "Tom", end="1")
    one = late(closed)
    client.post(f"/workshops/{closed.public_id}/late-writing/", {"end": "1"})

    assert (one, late(closed)) == (["Mia"], [])


@pytest.mark.parametrize(
    "fields", [{"stage": "write"}, {"stage": "rate"}, {"revealed_at": timezone.now()}, {"archived_at": timezone.now()}]
)
def test_nobody_is_let_in_late_at_another_stage_or_after_the_reveal(client, closed, fields):
    change(closed, **fields)

    response = reopen(client, closed, "Tom")

    assert response.status_code == 422
    assert "Nobody can be let in late now" in words(response)
    assert late(closed) == []


def test_nobody_is_let_in_late_once_one_item_is_revealed(client, closed):
    closed.items.update(revealed_at=timezone.now())

    assert reopen(client, closed, "Tom").status_code == 422


def test_nobody_chosen_is_refused_and_a_stranger_is_not_found(client, closed):
    address = f"/workshops/{closed.public_id}/late-writing/"

    answers = [client.post(address, {"participant": chosen}).status_code for chosen in ("", "AAAAAAAAAAAAAAAA", "\x00")]

    assert answers == [422, 404, 404]


def test_in_open_the_page_offers_those_who_are_not_in_and_names_the_late(client, closed):
    before = shown(client, closed)
    reopen(client, closed, "Tom")

    after = shown(client, closed)

    assert "Choose a person Tom Tell this person" in before
    assert "1 person may write late. Tom Take it back Tom" in after
    assert "Tom , Sales may write late" in after


def test_without_names_the_page_offers_everybody_and_tells_nothing(client, closed):
    change(closed, candour="roles")
    before = shown(client, closed)
    reopen(client, closed, "Tom")

    after = shown(client, closed)

    assert "Choose a person Mia Tom Tell this person" in before
    assert "Choose a person Mia Tom Tell this person" in after
    assert "1 person may write late. Close it for everybody" in after
    assert "1 of 2 in" in before
    assert "of 2 in" not in after
    assert closed.audit.get(action="reopened").about == ""
