"""Coming back: to one's own seat, to the list of one's workshops, and after somebody was turned away or has left."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.people import make_workshop, take_seat
from workshops import people
from workshops.doorkeeper import is_allowed
from workshops.models import Device, Participant, Workshop
from workshops.viewer import NOBODY

NONCE = re.compile(r'name="nonce" value="([^"]+)"')


@pytest.fixture
def lobby(team):
    """A workshop in which people write."""
    made = make_workshop(team, people=3, items=0)
    Workshop.objects.filter(pk=made.pk).update(stage="write")
    made.refresh_from_db()
    return made


def come_in(client, workshop, **said):
    """Gus comes in by the QR code; gives the page with his own link."""
    page = client.get(f"/join/{workshop.join_token}/").content.decode()
    sent = {"name": "Gus", "role": workshop.team.roles.get(key="sales").pk, "nonce": NONCE.search(page)[1]}
    return client.post(f"/join/{workshop.join_token}/", sent | said)


def own_link(page):
    """The link that the page shows."""
    return re.search(r"/in/[\w-]{43}/", page.content.decode())[0]


# -- by one's own link -------------------------------------------------------------------------------------------------
def test_a_guest_who_waits_comes_back_to_the_waiting_page(client, lobby):
    link = own_link(come_in(client, lobby))
    phone = Client()

    answer = phone.post(link, follow=True)

    assert answer.redirect_chain == [(f"/workshops/{lobby.public_id}/waiting/", 302)]
    assert "One moment, Gus" in answer.content.decode()


def test_the_link_is_who_one_is_from_then_on_also_where_one_sat_before(client, lobby):
    first, second = lobby.participants.order_by("pk")[:2]
    for person in (first, second, first):
        client.post(f"/in/{person.new_link()}/")

    assert "You are Person 0 here." in client.get(f"/workshops/{lobby.public_id}/my-data/").content.decode()


def test_pressing_the_button_twice_is_one_device(client, lobby):
    person = lobby.participants.first()
    token = person.new_link()

    for _ in range(2):
        client.post(f"/in/{token}/")

    assert Device.objects.count() == 1


def test_a_double_press_still_shows_one_s_own_link(client, lobby):
    nonce = NONCE.search(client.get(f"/join/{lobby.join_token}/").content.decode())[1]
    first, second = (come_in(Client(), lobby, nonce=nonce) for _ in range(2))  # neither has had the other's cookie yet

    links = {own_link(first), own_link(second)}

    assert len(links) == 2
    assert [client.get(link).status_code for link in links] == [200, 200]
    assert Participant.everybody.filter(name="Gus").count() == 1


# -- the list of one's workshops ---------------------------------------------------------------------------------------
def test_a_guest_finds_the_workshops_of_this_browser_at_the_start(client, lobby, team):
    make_workshop(team)
    take_seat(client, lobby.participants.first())

    page = client.get("/").content.decode()

    assert page.count('href="/workshops/') == 1
    assert f'href="/workshops/{lobby.public_id}/"' in page
    assert "Ask the owner" not in page
    assert "import_workshop" not in page


def test_whoever_only_waits_is_a_stranger_at_the_start(client, lobby):
    come_in(client, lobby)

    page = client.get("/").content.decode()

    assert lobby.title not in page
    assert "Join with a code" in page


# -- turned away, signed out -------------------------------------------------------------------------------------------
def test_a_guest_who_is_turned_away_is_told_so_by_the_page_that_waits(client, lobby):
    come_in(client, lobby)
    people.turn_away(Participant.everybody.get(name="Gus"), NOBODY)

    page = client.get(f"/workshops/{lobby.public_id}/waiting/")
    part = client.get(f"/workshops/{lobby.public_id}/waiting/", headers={"HX-Request": "true"})
    stranger = Client().get(f"/workshops/{lobby.public_id}/waiting/")

    assert (page.status_code, part.status_code, stranger.status_code) == (200, 200, 404)
    for told in (page, part):
        assert "You were not let in" in told.content.decode()
        assert 'hx-trigger="every' not in told.content.decode()


def test_whoever_waits_hears_no_stream(client, lobby):
    come_in(client, lobby)

    assert not is_allowed(client.session.session_key, lobby.public_id)


def test_signing_this_browser_out_leads_to_the_start(client, lobby):
    person = lobby.participants.first()
    take_seat(client, person)

    answer = client.post(f"/workshops/{lobby.public_id}/my-data/devices/{person.devices.get().public_id}/", follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert "This browser is signed out." in answer.content.decode()
    assert client.session["devices"] == []


# -- what is forged ----------------------------------------------------------------------------------------------------
def test_coming_in_needs_the_form_s_token_and_gives_a_new_session(lobby):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["session"] = "planted-by-somebody-else-0123456"

    refused = come_in(strict, lobby)
    strict.handler.enforce_csrf_checks = False
    taken = come_in(strict, lobby)

    assert (refused.status_code, taken.status_code) == (403, 200)
    assert strict.cookies["session"].value != "planted-by-somebody-else-0123456"


def test_looking_at_the_pages_of_joining_changes_nothing(client, lobby):
    pages = ("/join/", f"/join/{lobby.join_token}/", "/lost-link/")

    answers = [ask(page) for page in pages for ask in (client.head, client.get, client.get)]

    assert {answer.status_code for answer in answers} == {200}
    assert (Participant.everybody.count(), Device.objects.count(), Session.objects.count()) == (3, 0, 0)
    assert "session" not in client.cookies
