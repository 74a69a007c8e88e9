import time

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction

from tests.live.listening import Listener, session_of
from workshops import doorkeeper, live
from workshops.models import Membership


def test_a_removed_member_s_stream_ends_at_once_and_nobody_else_s(serve, workshop, ana, ben):
    address = serve()
    with (
        Listener(address, workshop.public_id, session_of(ben)) as bens_page,
        Listener(address, workshop.public_id, session_of(ana)) as anas_page,
    ):
        bens_page.next_event()
        anas_page.next_event()
        Membership.objects.filter(user=ben).delete()
        live.close_streams([workshop])

        assert bens_page.ends_within(3)
        live.announce(workshop, "team")
        assert anas_page.next_event().name == "team"


def test_a_stream_ends_by_itself_soon_after_access_was_lost(serve, workshop, ben):
    with Listener(serve(recheck_seconds=1), workshop.public_id, session_of(ben)) as page:
        page.next_event()
        Membership.objects.filter(user=ben).delete()

        assert page.ends_within(3)


def test_signing_out_ends_the_stream(serve, workshop, ben):
    with Listener(serve(recheck_seconds=1), workshop.public_id, session_of(ben)) as page:
        page.next_event()
        Session.objects.all().delete()

        assert page.ends_within(3)


def test_a_stream_goes_on_while_access_lasts(serve, workshop, ben):
    with Listener(serve(recheck_seconds=1), workshop.public_id, session_of(ben)) as page:
        assert not page.ends_within(3)


def test_a_removal_that_is_rolled_back_asks_nobody_again(serve, workshop, ben, monkeypatch):
    with Listener(serve(), workshop.public_id, session_of(ben)) as page:
        page.next_event()
        asked = []
        monkeypatch.setattr(doorkeeper, "is_allowed", lambda *question: asked.append(question) or True)
        with transaction.atomic():
            live.close_streams([workshop])
            transaction.set_rollback(True)

        live.announce(workshop, "team")
        assert page.next_event().name == "team"
        assert asked == []


def test_the_streams_of_one_browser_share_one_check(serve, workshop, ben, monkeypatch):
    asked = []
    address, session_key = serve(), session_of(ben)
    with Listener(address, workshop.public_id, session_key), Listener(address, workshop.public_id, session_key):
        monkeypatch.setattr(doorkeeper, "is_allowed", lambda *question: asked.append(question) or True)
        live.close_streams([workshop])
        deadline = time.monotonic() + 5
        while not asked and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)  # in which a second one would come

    assert asked == [(session_key, workshop.public_id)]


@pytest.fixture
def answers(monkeypatch):
    """What the database answers from now on, one after the other; the last for ever."""
    answers = []

    def is_allowed(*question):
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if answer is OperationalError:
            raise OperationalError
        return answer

    monkeypatch.setattr(doorkeeper, "is_allowed", is_allowed)
    return answers


def test_a_database_that_is_away_once_ends_no_stream(serve, workshop, ben, answers):
    answers += [True, OperationalError, True, OperationalError, True]
    with Listener(serve(recheck_seconds=0.5), workshop.public_id, session_of(ben)) as page:
        assert not page.ends_within(5)
    assert answers == [True]


def test_a_database_that_stays_away_ends_the_streams(serve, workshop, ben, answers):
    answers += [True, OperationalError]
    with Listener(serve(recheck_seconds=0.5), workshop.public_id, session_of(ben)) as page:
        assert page.ends_within(5)
