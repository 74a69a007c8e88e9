import time
from contextlib import ExitStack

from django.db import connection

from tests.live.listening import Listener, session_of
from workshops import live
from workshops.hub import PER_SESSION


def other_connections():
    """Database connections of everybody but this thread."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_beyond_the_limit_of_a_process_pages_are_told_to_come_later(serve, workshop, ana, ben):
    address = serve(limit=2)
    with ExitStack() as open_pages:
        first = open_pages.enter_context(Listener(address, workshop.public_id, session_of(ana)))
        second = open_pages.enter_context(Listener(address, workshop.public_id, session_of(ben)))
        third = open_pages.enter_context(Listener(address, workshop.public_id, session_of(ben)))

        assert [page.status for page in (first, second, third)] == [200, 200, 503]
        assert third.headers["retry-after"] == "15"


def test_a_page_that_left_makes_room(serve, workshop, ben):
    address, session_key = serve(limit=1), session_of(ben)
    statuses = []
    with Listener(address, workshop.public_id, session_key):
        pass

    deadline = time.monotonic() + 5
    while 200 not in statuses and time.monotonic() < deadline:
        with Listener(address, workshop.public_id, session_key) as page:
            statuses.append(page.status)

    assert statuses[-1] == 200


def test_one_browser_s_oldest_stream_ends_when_it_opens_too_many(serve, workshop, ben):
    address, session_key = serve(), session_of(ben)
    with ExitStack() as open_pages:
        pages = [
            open_pages.enter_context(Listener(address, workshop.public_id, session_key)) for _ in range(PER_SESSION + 1)
        ]

        assert pages[0].ends_within(3)
        live.announce(workshop, "job")
        assert [page.next_events(2)[1].name for page in pages[1:]] == ["job"] * PER_SESSION


def test_a_stream_that_had_to_make_room_stays_away_for_half_a_minute(serve, workshop, ben):
    address, session_key = serve(), session_of(ben)
    with ExitStack() as open_pages:
        oldest = open_pages.enter_context(Listener(address, workshop.public_id, session_key))
        for _ in range(PER_SESSION):
            open_pages.enter_context(Listener(address, workshop.public_id, session_key))

        assert oldest.ends_within(3)

    pauses = [int(line.removeprefix("retry: ")) for line in oldest.text.splitlines() if line.startswith("retry: ")]
    assert 30_000 <= pauses[-1] <= 60_000


def test_open_streams_hold_no_database_connection(serve, workshop, ben):
    address = serve()
    before = other_connections()
    with ExitStack() as open_pages:
        sessions = [session_of(ben) for _ in range(10)]
        pages = [
            open_pages.enter_context(Listener(address, workshop.public_id, session_key)) for session_key in sessions * 5
        ]
        live.announce(workshop, "job")
        heard = [page.next_events(2)[1].name for page in pages]
        deadline = time.monotonic() + 5
        while other_connections() > before and time.monotonic() < deadline:
            time.sleep(0.02)

        assert heard == ["job"] * 50
        assert other_connections() == before
