import pytest

from tests.live.listening import Event, Listener, session_of
from workshops import live


@pytest.fixture
def follow(serve, ben, workshop):
    """Opens Ben's page of the workshop; `last` is the last hint it had got."""
    address, session_key = serve(), session_of(ben)

    def open_page(last=None):
        return Listener(address, workshop.public_id, session_key, last)

    return open_page


def announce(workshop, *regions):
    """Announce each, one after the other."""
    for region in regions:
        live.announce(workshop, region)
        assert live.sender.flush(5)


def test_a_page_that_comes_back_hears_exactly_what_it_missed(follow, workshop):
    with follow() as page:
        page.next_event()
        announce(workshop, "stage")
        last = page.next_event().hint
    start = last.removesuffix("-1")
    announce(workshop, "job", "team", "items")

    with follow(last) as page:
        missed = page.next_events(3)
        announce(workshop, "analysis")
        then = page.next_event()

    assert missed == [Event("job", f"{start}-2"), Event("team", f"{start}-3"), Event("items", f"{start}-4")]
    assert then == Event("analysis", f"{start}-5")


def test_a_region_missed_often_is_told_once_with_its_last_hint(follow, workshop):
    announce(workshop, "stage", "job", "team", "job")
    with follow() as page:
        start = page.next_event().hint.removesuffix("-4")

    with follow(f"{start}-1") as page:
        assert page.next_events(2) == [Event("team", f"{start}-3"), Event("job", f"{start}-4")]


def test_a_page_that_missed_nothing_is_told_nothing(follow, workshop):
    announce(workshop, "stage")
    with follow() as page:
        last = page.next_event().hint

    with follow(last) as page:
        announce(workshop, "job")
        assert page.next_event().name == "job"


def test_everything_carries_the_hint_to_go_on_from(follow, workshop):
    announce(workshop, "stage", "job")

    with follow() as page:
        event = page.next_event()

    assert event.name == "everything"
    assert event.hint.endswith("-2")


@pytest.mark.parametrize("last", ["1-1", "99999999999999999-7", "nonsense", "1-1-1", "-", "9" * 40 + "-1"])
def test_a_hint_that_nobody_knows_means_everything(follow, workshop, last):
    announce(workshop, "stage")

    with follow(last) as page:
        assert page.next_event().name == "everything"


def test_a_hint_no_longer_kept_means_everything(follow, workshop, redis_client):
    announce(workshop, "stage", "job", "team")
    with follow() as page:
        start = page.next_event().hint.removesuffix("-3")
    redis_client.xtrim(live.kept_key(workshop.public_id), maxlen=1, approximate=False)

    with follow(f"{start}-1") as page:
        assert page.next_event() == Event("everything", f"{start}-3")


def test_after_redis_forgot_all_old_hints_mean_everything(follow, workshop, redis_client):
    announce(workshop, "stage")
    with follow() as page:
        last = page.next_event().hint
    redis_client.flushdb()
    announce(workshop, "job", "team")

    with follow(last) as page:
        event = page.next_event()

    assert event.name == "everything"
    assert event.hint > last


def test_only_some_hundred_hints_are_kept_and_not_for_long(workshop, redis_client):
    key = live.kept_key(workshop.public_id)
    for _ in range(live.KEPT + 200):
        live.announce(workshop, "job")
        assert live.sender.flush(5)

    assert live.KEPT <= redis_client.xlen(key) <= live.KEPT + 100
    assert 0 < redis_client.ttl(key) <= live.KEPT_SECONDS
