import time

import redis
from django.db import transaction

from tests.live.listening import Listener, session_of
from workshops import live
from workshops.models import Workshop


def test_a_page_is_told_that_live_updates_pause_and_reads_everything_when_they_are_back(
    own_redis, serve, workshop, ben
):
    with Listener(serve(), workshop.public_id, session_of(ben)) as page:
        page.next_event()

        own_redis.stop()
        paused = page.next_event().name
        own_redis.start()
        back = page.next_event().name
        live.announce(workshop, "job")
        then = page.next_event().name

    assert (paused, back, then) == ("paused", "everything", "job")


def test_a_page_opened_while_redis_is_away_is_told_so(own_redis, serve, workshop, ben):
    own_redis.stop()

    with Listener(serve(), workshop.public_id, session_of(ben)) as page:
        assert [event.name for event in page.next_events(2)] == ["everything", "paused"]


def test_saving_works_at_its_usual_speed_while_redis_is_away(own_redis, workshop):
    own_redis.stop()
    began = time.monotonic()

    for number in range(20):
        with transaction.atomic():
            Workshop.objects.filter(pk=workshop.pk).update(title=f"Autumn {number}")
            live.announce(workshop, "stage")

    assert time.monotonic() - began < 0.5
    workshop.refresh_from_db()
    assert workshop.title == "Autumn 19"


def test_what_could_not_be_told_is_told_when_redis_is_back(own_redis, workshop):
    own_redis.stop()
    live.announce(workshop, "stage")
    live.announce(workshop, "stage")
    live.announce(workshop, "job")

    own_redis.start()

    assert live.sender.flush(10)
    with redis.Redis.from_url(own_redis.url, decode_responses=True) as client:
        told = client.xrange(live.kept_key(workshop.public_id))
    assert [fields["region"] for _, fields in told] == ["stage", "job"]


def test_more_waiting_hints_than_are_worth_keeping_become_one_for_every_page(own_redis, serve, workshop, ben):
    with Listener(serve(), workshop.public_id, session_of(ben)) as page:
        page.next_event()
        own_redis.stop()
        assert page.next_event().name == "paused"

        for number in range(live.MOST_WAITING + 1):
            live.sender.put(f"another{number}", "job")
        waiting = live.sender.flush(0)
        own_redis.start()

        assert not waiting
        assert page.next_event().name == "everything"
        assert live.sender.flush(10)


def test_a_server_started_while_redis_is_away_catches_up(own_redis, serve, workshop, ben):
    own_redis.stop()
    with Listener(serve(), workshop.public_id, session_of(ben)) as page:
        page.next_events(2)

        own_redis.start()

        assert page.next_event().name == "everything"
