"""Writes that come at the same moment: real threads, each with a connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connections
from django.test import Client

from tests.people import account
from tests.workshops.writers import join, open_workshop, post, sit_down, write
from workshops import stages
from workshops.models import Participant, Statement, Team, Workshop
from workshops.viewer import Viewer

pytestmark = [pytest.mark.usefixtures("at_leisure"), pytest.mark.django_db(transaction=True)]
KEY = "a-key-16-letters"


@pytest.fixture
def writing(transactional_db):
    team = Team.objects.create(name="Invoicing for builders")
    team.add_default_roles()
    return open_workshop(team)


@pytest.fixture
def mia(writing):
    return join(writing, "Mia")


@contextmanager
def crowd(size):
    """Runs that many actions at the same moment, their results in order; again and again, on the same connections."""
    start = threading.Barrier(size)

    def run(action):
        start.wait()
        return action()

    with ThreadPoolExecutor(size) as threads:
        try:
            yield lambda *actions: list(threads.map(run, actions))
        finally:
            list(threads.map(run, [connections.close_all] * size))


def at_once(*actions):
    """Run all of these at the same moment; their results in order."""
    with crowd(len(actions)) as run:
        return run(*actions)


def browser_of(participant):
    return sit_down(Client(), participant)


def test_twenty_equal_posts_make_one_statement(writing, mia):
    browsers = [browser_of(mia) for _n in range(20)]
    for n in range(5):
        key = f"a-key-letters-{n:02}"

        answers = at_once(*[lambda one=one, key=key: post(one, writing, key) for one in browsers])

        assert {answer.status_code for answer in answers} == {200}
        assert {answer.json()["version"] for answer in answers} == {1}
        assert Statement.objects.filter(public_id=key).count() == 1


def test_two_people_with_one_key_make_one_statement(writing, mia):
    browsers = [browser_of(mia), browser_of(join(writing, "Tom"))]

    for n in range(10):
        answers = at_once(*[lambda one=one, n=n: post(one, writing, f"a-key-letters-{n:02}") for one in browsers])

        assert sorted(answer.status_code for answer in answers) == [200, 404]


def test_of_two_windows_one_is_told(writing, mia):
    windows = [browser_of(mia), browser_of(mia)]
    write(mia, public_id=KEY, key=KEY)

    for version in range(1, 21):
        said = [f"{name}, version {version}" for name in ("Laptop", "Phone")]
        answers = at_once(
            *[
                lambda one=one, label=label, version=version: post(one, writing, KEY, version=version, label=label)
                for one, label in zip(windows, said, strict=True)
            ]
        )

        codes = [answer.status_code for answer in answers]
        winner = said[codes.index(200)]
        assert sorted(codes) == [200, 409]
        assert Statement.objects.values_list("version", "label").get() == (version + 1, winner)
        assert answers[codes.index(409)].json()["theirs"]["label"] == winner


def test_nothing_is_written_after_the_stage_has_closed(writing, mia):
    people = [mia, *(join(writing, name) for name in ("Tom", "Lea", "Ida"))]
    browsers = [browser_of(person) for person in people]
    viewer = Viewer(user=account("Ana"))

    def close():
        stages.move(writing, Workshop.Stage.CONSOLIDATE, seen=writing.stage_version, viewer=viewer)
        return set(Statement.objects.values_list("public_id", "version"))

    with crowd(5) as at_the_same_moment:
        for n in range(50):
            writing.refresh_from_db()
            keys = [f"key-of-{who}-{n:07}" for who in range(len(browsers))]
            posts = [lambda one=one, key=key: post(one, writing, key) for one, key in zip(browsers, keys, strict=True)]

            at_the_close, *answers = at_the_same_moment(close, *posts)

            there = set(Statement.objects.values_list("public_id", "version"))
            assert there == at_the_close
            assert [answer.status_code for answer in answers] == [200 if (key, 1) in there else 409 for key in keys]
            stages.move(writing, Workshop.Stage.WRITE, seen=writing.stage_version, viewer=viewer)


def test_moving_statements_about_leaves_each_in_one_place(writing, mia):
    browsers = [browser_of(mia) for _n in range(5)]
    made = [write(mia, f"Goal {n}") for n in range(5)]

    for n in range(10):
        versions = dict(Statement.objects.values_list("public_id", "version"))
        at_once(
            *[
                lambda one=one, row=row, to=to, versions=versions: post(
                    one, writing, row.public_id, "place/", version=versions[row.public_id], to=to
                )
                for one, row, to in zip(browsers, made, ["up", "down"] * 2 + ["up" if n % 2 else "down"], strict=True)
            ]
        )

        places = list(Statement.objects.values_list("position", flat=True))
        assert places == [0, 1, 2, 3, 4]


def test_a_statement_added_while_submitting_counts(writing, mia):
    one, other = browser_of(mia), browser_of(mia)
    write(mia)

    for n in range(10):
        at_once(
            lambda n=n: post(one, writing, f"a-key-letters-{n:02}", label=f"Goal {n}"),
            lambda: other.post(f"/workshops/{writing.public_id}/write/submission/"),
        )

        assert Participant.objects.get().has_submitted
        assert not Statement.objects.filter(draft=True).exists()
        other.post(f"/workshops/{writing.public_id}/write/submission/", {"take_back": "1"})


def test_without_the_lock_a_write_does_get_past_the_close(writing, mia, monkeypatch):
    """The control: what the lock prevents does happen without it."""
    monkeypatch.setattr("workshops.writing_seat.HOLD", _HOLD_WITHOUT_LOCK)
    slow = threading.Event()
    closed = threading.Event()
    add = Statement.save

    def save_late(statement, **options):
        slow.set()
        closed.wait(10)
        add(statement, **options)

    monkeypatch.setattr(Statement, "save", save_late)

    def close():
        slow.wait(10)
        stages.move(writing, Workshop.Stage.CONSOLIDATE, seen=writing.stage_version, viewer=Viewer(user=account("Ana")))
        closed.set()
        return Statement.objects.count()

    at_the_close, _answer = at_once(close, lambda: post(browser_of(mia), writing, KEY))

    assert (at_the_close, Statement.objects.count()) == (0, 1)


def _without_lock():
    from workshops.writing_seat import HOLD

    return HOLD.replace("FOR SHARE OF w FOR NO KEY UPDATE OF p", "")


_HOLD_WITHOUT_LOCK = _without_lock()
