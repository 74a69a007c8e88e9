"""Coming in by code and QR as a guest: who waits, who is let in, and what a code is worth."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.people import make_workshop, take_seat
from workshops.models import Bucket, Participant, Workshop

NONCE = re.compile(r'name="nonce" value="([^"]+)"')


@pytest.fixture
def lobby(team):
    """A workshop that takes guests."""
    made = make_workshop(team, people=3, items=0)
    Workshop.objects.filter(pk=made.pk).update(stage="write")
    made.refresh_from_db()
    return made


def form_of(client, workshop):
    """The nonce of the form behind the QR code."""
    return NONCE.search(client.get(f"/join/{workshop.join_token}/").content.decode())[1]


def come_in(client, workshop, name="Gus", **said):
    """Send the form; gives the answer."""
    sales = workshop.team.roles.get(key="sales")
    sent = {"name": name, "role": sales.pk, "nonce": form_of(client, workshop)} | said
    return client.post(f"/join/{workshop.join_token}/", sent)


def test_a_guest_waits_until_they_are_let_in(client, lobby):
    answer = come_in(client, lobby)

    guest = Participant.everybody.get(name="Gus")
    assert (answer.status_code, guest.standing, guest.role.key) == (200, "waiting", "sales")
    assert lobby.participants.count() == 3
    assert "lets you in" in client.get(f"/workshops/{lobby.public_id}/waiting/").content.decode()
    Participant.everybody.filter(pk=guest.pk).update(standing="accepted")
    assert client.get(f"/workshops/{lobby.public_id}/waiting/").url == f"/workshops/{lobby.public_id}/"
    polled = client.get(f"/workshops/{lobby.public_id}/waiting/", headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == f"/workshops/{lobby.public_id}/"


def test_whoever_waits_opens_nothing_else(client, lobby):
    come_in(client, lobby)
    pages = ["", "write/", "diff/", "people/", "my-data/", "promise/", "overview/", "setup/"]

    answers = {page: client.get(f"/workshops/{lobby.public_id}/{page}").status_code for page in pages}

    assert answers == dict.fromkeys(pages, 404)


def test_the_own_link_is_shown_once_and_brings_back_another_device(client, lobby):
    page = come_in(client, lobby).content.decode()
    token = re.search(r"/in/([\w-]{43})/", page)[1]
    again = client.get(f"/join/{lobby.join_token}/")

    phone = Client()
    phone.post(f"/in/{token}/")

    assert again.url == f"/workshops/{lobby.public_id}/waiting/"
    assert phone.get(f"/workshops/{lobby.public_id}/waiting/").status_code == 200


def test_a_member_who_joins_is_in_at_once(client, lobby, ben):
    client.force_login(ben)

    come_in(client, lobby, name="Ben")

    assert lobby.participants.get(name="Ben").user == ben


def test_a_form_sent_again_makes_no_second_guest(client, lobby):
    nonce = form_of(client, lobby)
    others = [Client(), Client()]

    for browser in (client, *others):
        come_in(browser, lobby, nonce=nonce)

    assert Participant.everybody.filter(name="Gus").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_equal_posts_at_once_make_one_guest(client, lobby):
    sales = lobby.team.roles.get(key="sales").pk
    sent = {"name": "Gus", "role": sales, "nonce": form_of(client, lobby)}
    start = threading.Barrier(20)

    def post():
        start.wait()
        Client().post(f"/join/{lobby.join_token}/", sent)
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Participant.everybody.filter(name="Gus").count() == 1


@pytest.mark.parametrize("change", [{"stage": "closed"}, {"archived_at": "2026-01-01T00:00Z"}, {"join_token": "new"}])
def test_nobody_comes_in_when_it_is_over_or_the_code_was_changed(client, lobby, change):
    nonce = form_of(client, lobby)
    Workshop.objects.filter(pk=lobby.pk).update(**change)

    answer = client.post(f"/join/{lobby.join_token}/", {"name": "Gus", "role": "1", "nonce": nonce})

    assert answer.status_code == 404
    assert "Nobody comes in here any more" in answer.content.decode()
    assert not Participant.everybody.filter(name="Gus").exists()


@pytest.mark.parametrize(
    "said",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "a\0b"},
        {"role": "999999"},
        {"email": "no"},
        {"nonce": "forged"},
        {"nonce": ""},
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client, lobby, said):
    answer = come_in(client, lobby, **({"email": "gus@example.com"} | said))

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert "name" in said or 'value="Gus"' in answer.content.decode()
    assert not Participant.everybody.filter(name="Gus").exists()


def test_a_role_of_another_team_is_refused(client, lobby, olga):
    theirs = olga.memberships.get().team.roles.first()

    assert come_in(client, lobby, role=theirs.pk).status_code == 422


def test_an_address_that_is_taken_is_told_to_nobody(client, lobby):
    lobby.participants.update(email="")
    Participant.objects.filter(pk=lobby.participants.first().pk).update(email="person@example.com")

    answer = come_in(client, lobby, email="Person@example.com")

    assert answer.status_code == 200
    assert Participant.everybody.get(name="Gus").email == ""


def test_whoever_sits_there_already_is_led_on(client, lobby):
    take_seat(client, lobby.participants.first())

    answer = client.get(f"/join/{lobby.join_token}/")

    assert answer.url == f"/workshops/{lobby.public_id}/waiting/"


# -- codes -------------------------------------------------------------------------------------------------------------
def guess(client, code, **headers):
    """Type a code; the status."""
    return client.post("/join/", {"code": code}, **headers).status_code


def test_the_code_on_the_wall_leads_to_the_form(client, lobby):
    typed = f" {lobby.join_code[:4].lower()}-{lobby.join_code[4:]} "

    answer = client.post("/join/", {"code": typed})

    assert answer.url == f"/join/{lobby.join_token}/"


def test_ten_misses_a_minute_are_enough_for_one_address(client, lobby):
    misses = [guess(client, "AAAAAAAA") for _ in range(11)]

    assert misses == [422] * 10 + [429]
    assert guess(client, lobby.join_code) == 429
    assert guess(client, lobby.join_code, REMOTE_ADDR="198.51.100.7") == 302


def test_a_forged_header_makes_nobody_another_visitor(client, lobby):
    misses = [guess(client, "AAAAAAAA", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}") for n in range(11)]

    assert misses[-1] == 429


def test_one_household_of_ipv6_is_one_visitor(client, lobby):
    misses = [guess(client, "AAAAAAAA", REMOTE_ADDR=f"2001:db8::{n + 1:x}") for n in range(11)]

    assert misses[-1] == 429


def test_when_thousands_guess_everybody_waits_before_a_try(client, lobby, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr("workshops.models.bucket.timezone.now", lambda: now)
    for n in range(300):
        guess(client, "AAAAAAAA", REMOTE_ADDR=f"10.0.{n // 250}.{n % 250 + 1}")

    without = guess(client, lobby.join_code)
    ticket = re.search(r'name="ticket" value="([^"]+)"', client.get("/join/").content.decode())[1]
    with_ticket = {"code": lobby.join_code, "ticket": ticket}
    early = client.post("/join/", with_ticket).status_code
    monkeypatch.setattr("workshops.limits.WAIT", 0)
    right = [client.post("/join/", with_ticket).status_code for _ in range(2)]

    assert (without, early, right) == (429, 429, [302, 429])


def test_of_an_address_that_guessed_only_a_hash_is_kept(client, lobby):
    guess(client, "AAAAAAAA", REMOTE_ADDR="198.51.100.7")

    assert Bucket.objects.count() == 3
    assert not any("198.51" in digest for digest in Bucket.objects.values_list("digest", flat=True))


def test_a_code_that_is_no_text_is_refused_in_words(client, lobby):
    answer = client.post("/join/", b"code=%ED%A0%80", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422


@pytest.mark.parametrize("code", ["", "ABC", "a\0b", "O0O0O0O0", "x" * 5000])
def test_what_is_no_code_is_said_in_words(client, lobby, code):
    answer = client.post("/join/", {"code": code})

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
