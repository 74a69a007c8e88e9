import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from tests.live.listening import Event, Listener, session_of
from tests.people import take_seat
from workshops import doorkeeper
from workshops.models import Membership, Participant, User

MISSING = "AAAAAAAAAAAAAAAA"


def answer(address, public_id, session_key=None):
    """All that a refused page gets to see, without the date."""
    with Listener(address, public_id, session_key) as page:
        headers = {name: value for name, value in page.headers.items() if name != "date"}
        return page.status, headers, page.response.read()


def test_a_member_follows_the_workshop(serve, workshop, ben):
    with Listener(serve(), workshop.public_id, session_of(ben)) as page:
        assert (page.status, page.next_event()) == (200, Event("everything", ""))


def test_a_guest_follows_the_workshop_they_are_in_and_no_other(serve, workshop, olga, client):
    guest = Participant.objects.create(
        workshop=workshop, key="gus", name="Gus", role=workshop.team.roles.create(key="sales", name="Sales")
    )
    take_seat(client, guest)
    other = olga.memberships.get().team.workshops.get()
    address = serve()

    with Listener(address, workshop.public_id, client.session.session_key) as page:
        assert page.status == 200
    assert answer(address, other.public_id, client.session.session_key)[0] == 404


def test_whoever_may_not_follow_gets_the_answer_of_a_missing_workshop(serve, workshop, ben, olga):
    address = serve()
    sessions = {"stranger": None, "signed out": "a" * 32, "owner of another team": session_of(olga)}
    sessions["removed member"] = session_of(ben)
    Membership.objects.filter(user=ben).delete()
    stranger = User.objects.create(email="sam@example.org")

    missing = answer(address, MISSING, session_of(stranger))

    assert missing[0] == 404
    assert {who: answer(address, workshop.public_id, key) for who, key in sessions.items()} == dict.fromkeys(
        sessions, missing
    )


@pytest.mark.parametrize("public_id", ["", "a/b", "a%00", "%C3%A9", "a" * 40, "..%2f"])
def test_an_address_that_names_no_workshop_is_a_missing_one(serve, ben, public_id):
    address = serve()
    session_key = session_of(ben)

    assert answer(address, public_id, session_key) == answer(address, MISSING, session_key)


@pytest.mark.parametrize("session_key", ["%00" * 8, "a;b", "'" * 32, "é" * 9])
def test_a_forged_session_is_a_stranger(serve, workshop, session_key):
    address = serve()

    assert answer(address, workshop.public_id, session_key) == answer(address, MISSING)


def test_an_account_that_may_not_sign_in_any_more_follows_nothing(serve, workshop, ben):
    session_key = session_of(ben)
    User.objects.filter(pk=ben.pk).update(is_active=False)

    assert answer(serve(), workshop.public_id, session_key)[0] == 404


def test_asking_changes_no_session(serve, workshop, ben, settings):
    session_key = session_of(ben)
    before = list(Session.objects.values())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "k" * 50  # a request would now give the session a new key, and the browser a new cookie

    with Listener(serve(), workshop.public_id, session_key) as page:
        assert page.status == 200
    assert list(Session.objects.values()) == before


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "DELETE"])
def test_only_get_opens_a_stream(serve, workshop, ben, method):
    with Listener(serve(), workshop.public_id, session_of(ben), method=method) as page:
        assert (page.status, page.headers["allow"]) == (405, "GET")


def test_a_stream_cannot_open_while_the_database_is_away(serve, workshop, ben, monkeypatch):
    def away(*question):
        raise OperationalError

    session_key = session_of(ben)
    monkeypatch.setattr(doorkeeper, "is_allowed", away)

    with Listener(serve(), workshop.public_id, session_key) as page:
        assert (page.status, page.headers["retry-after"]) == (503, "15")
