"""A personal link: it asks first, lets one person in, and leads nowhere once it was revoked."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.people import make_workshop, take_seat
from workshops import letters
from workshops.logs import JsonFormatter
from workshops.models import Device, Letter, Participant, PersonalLink, Workshop

TOKEN = re.compile(r'"X-CSRFToken": "\w+"|value="\w{64}"')


def words(answer):
    """A page without what differs each time: Django's token."""
    return TOKEN.sub("", answer.content.decode())


@pytest.fixture
def clara(workshop):
    """A participant with an address."""
    person = workshop.participants.order_by("pk").first()
    Participant.objects.filter(pk=person.pk).update(name="Clara", email="clara@example.com")
    person.refresh_from_db()
    return person


def test_opening_the_link_changes_nothing(client, clara):
    token = clara.new_link()

    answers = [client.head(f"/in/{token}/"), *[client.get(f"/in/{token}/") for _ in range(5)]]

    assert {answer.status_code for answer in answers} == {200}
    assert "Continue as Clara?" in answers[-1].content.decode()
    assert answers[-1]["Referrer-Policy"] == "strict-origin"
    assert not Device.objects.exists()
    assert "session" not in client.cookies


def test_the_button_lets_this_browser_in_under_a_new_session(client, clara):
    client.get("/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = client.cookies["session"] = session.session_key

    answer = client.post(f"/in/{clara.new_link()}/")

    assert answer.url == f"/workshops/{clara.workshop.public_id}/"
    assert client.cookies["session"].value != planted
    assert client.get(f"/workshops/{clara.workshop.public_id}/my-data/").status_code == 200


def test_a_link_is_a_seat_and_no_account(client, clara, oda):
    Participant.objects.filter(pk=clara.pk).update(user=oda)

    client.post(f"/in/{clara.new_link()}/")

    assert client.get(f"/teams/{clara.workshop.team.public_id}/").status_code == 404


def test_only_the_hash_is_kept(clara):
    token = clara.new_link()

    assert token not in str(PersonalLink.objects.values_list())
    assert len(token) == 43


@pytest.mark.parametrize("token", ["a" * 43, "x", "%00", "%ED%A0%80", "a" * 3000])
def test_a_link_that_never_was_leads_nowhere(client, clara, token):
    answer = client.get(f"/in/{token}/")

    assert answer.status_code == 404
    assert "leads nowhere any more" in answer.content.decode()


def test_a_link_that_ended_looks_like_one_that_never_was(client, clara):
    revoked, old, archived = clara.new_link(), clara.new_link(revoke=False), clara.new_link(revoke=False)
    never = words(client.get(f"/in/{'a' * 43}/"))
    clara.end_link(revoked)
    PersonalLink.objects.filter(pk=PersonalLink.objects.order_by("-pk")[1].pk).update(
        created_at=timezone.now() - dt.timedelta(days=181)
    )
    pages = [words(client.get(f"/in/{token}/")) for token in (revoked, old)]
    Workshop.objects.filter(pk=clara.workshop_id).update(archived_at=timezone.now())
    pages.append(words(client.post(f"/in/{archived}/")))

    assert pages == [never] * 3
    assert not Device.objects.exists()


def test_somebody_else_s_browser_is_told_so(client, clara, workshop):
    take_seat(client, workshop.participants.exclude(pk=clara.pk).order_by("pk").first())

    page = client.get(f"/in/{clara.new_link()}/").content.decode()

    assert "somebody has come in as Person 1 already" in page


def test_one_browser_holds_seats_in_two_workshops(client, clara):
    other = make_workshop(clara.workshop.team)

    client.post(f"/in/{clara.new_link()}/")
    client.post(f"/in/{other.participants.first().new_link()}/")

    pages = [client.get(f"/workshops/{each.public_id}/my-data/").status_code for each in (clara.workshop, other)]
    assert pages == [200, 200]


def test_a_post_without_its_token_lets_nobody_in(clara):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(f"/in/{clara.new_link()}/").status_code == 403
    assert not Device.objects.exists()


# -- lost --------------------------------------------------------------------------------------------------------------
def test_a_lost_link_is_mailed_again_and_nobody_learns_who_takes_part(client, clara):
    known = words(client.post("/lost-link/", {"email": "Clara@Example.com"}))
    unknown = words(client.post("/lost-link/", {"email": "nobody@example.com"}))

    assert known.replace("Clara@Example.com", "X") == unknown.replace("nobody@example.com", "X")
    letter = Letter.objects.get()
    assert (letter.kind, letter.participant) == ("link", clara)
    letters.deliver(letter.pk)
    assert "/in/" in mail.outbox[-1].body


def test_asking_again_and_again_sends_few_letters(client, clara):
    for _ in range(8):
        client.post("/lost-link/", {"email": "clara@example.com"})
        Letter.objects.update(state="sent")

    assert Letter.objects.count() == 5


def test_guests_who_wait_and_workshops_that_are_over_get_no_letter(client, clara):
    Participant.everybody.filter(pk=clara.pk).update(standing="waiting")
    client.post("/lost-link/", {"email": "clara@example.com"})
    Participant.everybody.filter(pk=clara.pk).update(standing="accepted")
    Workshop.objects.update(stage="closed")
    client.post("/lost-link/", {"email": "clara@example.com"})

    assert not Letter.objects.exists()


def test_what_is_no_address_is_said(client, db):
    assert client.post("/lost-link/", {"email": "clara"}).status_code == 422


def test_no_log_holds_a_link(client, clara, caplog):
    token = clara.new_link()
    strict = Client(enforce_csrf_checks=True)

    client.get(f"/in/{token}/")
    strict.post(f"/in/{token}/")
    clara.end_link(token)
    client.get(f"/in/{token}/")
    lines = "".join(JsonFormatter().format(record) for record in caplog.records)

    assert lines.count("/in/<str:token>/") >= 5
    assert token not in lines
