import re

import pytest
from django.db import transaction

from tests.live.listening import Event, Listener, session_of
from workshops import live


@pytest.fixture
def bens_page(serve, workshop, ben):
    """Ben's page of the workshop, which has read everything."""
    with Listener(serve(), workshop.public_id, session_of(ben)) as page:
        assert page.next_event().name == "everything"
        yield page


def test_a_region_is_told_when_the_change_is_committed_and_not_before(bens_page, workshop):
    with transaction.atomic():
        live.announce(workshop, "job")
        live.sender.put(workshop.public_id, "team")
        first = bens_page.next_event()
    second = bens_page.next_event()

    assert (first.name, second.name) == ("team", "job")


def test_what_is_rolled_back_is_not_told(bens_page, workshop):
    with transaction.atomic():
        live.announce(workshop, "job")
        transaction.set_rollback(True)
    live.announce(workshop, "stage")

    assert bens_page.next_event().name == "stage"


def test_hints_are_numbered_one_after_the_other(bens_page, workshop):
    hints = []
    for region in ("job", "job", "analysis"):
        live.announce(workshop, region)
        hints.append(bens_page.next_event())

    start = hints[0].hint.removesuffix("-1")
    assert hints == [Event("job", f"{start}-1"), Event("job", f"{start}-2"), Event("analysis", f"{start}-3")]


def test_another_workshop_s_changes_are_not_told(bens_page, workshop, olga):
    live.announce(olga.memberships.get().team.workshops.get(), "stage")
    live.announce(workshop, "job")

    assert bens_page.next_event().name == "job"


def test_a_region_that_no_page_knows_is_refused(workshop):
    with pytest.raises(ValueError, match=r"no page listens to 'jobs'"):
        live.announce(workshop, "jobs")


def test_frames_hold_names_and_digits_only(bens_page, workshop):
    for region in live.REGIONS:
        live.announce(workshop, region)
        assert bens_page.next_event().name == region

    names = "|".join([*live.REGIONS, "everything", "alive", "paused"])
    frame = rf"(?:id: \d+-\d+\n)?event: (?:{names})\ndata: [\d-]+\n\n"
    assert re.fullmatch(rf"retry: \d+\n\n(?:{frame})+", bens_page.text)


def test_a_stream_is_not_kept_by_caches_or_proxies(bens_page):
    told = {name: bens_page.headers[name] for name in ("content-type", "cache-control", "x-accel-buffering")}

    assert told == {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
    }


def test_a_page_hears_a_heartbeat_within_fifteen_seconds(bens_page):
    bens_page.socket.settimeout(16)

    while "event: alive\ndata: 0\n" not in bens_page.text:
        assert bens_page.read_line()
