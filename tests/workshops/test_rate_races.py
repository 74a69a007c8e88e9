"""Answers that come at the same moment, or as the rating closes: real threads, each with a connection of its own."""

import threading

import pytest

from tests.people import account
from tests.workshops.raters import rating_workshop
from tests.workshops.test_write_races import at_once, browser_of, crowd
from workshops import stages
from workshops.models import Rating, Team, Workshop
from workshops.rating_seat import HOLD
from workshops.viewer import Viewer

pytestmark = [pytest.mark.usefixtures("at_leisure"), pytest.mark.django_db(transaction=True)]
ROUNDS = 50
WITHOUT_LOCK = HOLD.replace("FOR SHARE OF w FOR NO KEY UPDATE OF p", "")
WITHOUT_LOCK_OF_PERSON = HOLD.replace("FOR NO KEY UPDATE OF p", "")


@pytest.fixture
def team(transactional_db):
    made = Team.objects.create(name="Invoicing for builders")
    made.add_default_roles()
    return made


@pytest.fixture
def workshop(team):
    return rating_workshop(team)


@pytest.fixture
def mia(workshop):
    return workshop.participants.get(name="Mia")


def say(client, workshop, item, part="", **said):
    path = f"/workshops/{workshop.public_id}/rate/items/{item.public_id}/{part}"
    return client.post(path, {"version": 0} | said, headers={"accept": "application/json"})


def kept():
    """Every answer that somebody gave."""
    rows = Rating.objects.exclude(answer="asked")
    return set(rows.values_list("participant", "item", "importance", "version"))


@pytest.mark.parametrize("count", [2, 20])
def test_however_many_equal_answers_come_at_once_they_are_one_row(workshop, mia, count):
    browsers = [browser_of(mia) for _n in range(count)]

    with crowd(count) as at_the_same_moment:
        for item in workshop.items.all():
            answers = at_the_same_moment(
                *[lambda one=one, item=item: say(one, workshop, item, says=4) for one in browsers]
            )

            assert {answer.status_code for answer in answers} == {200}
            assert {answer.json()["version"] for answer in answers} == {1}
            assert Rating.objects.get(item=item).importance == 4


def test_of_two_windows_that_answer_at_once_one_is_told(workshop, mia):
    windows = [browser_of(mia), browser_of(mia)]
    item = workshop.items.first()

    with crowd(2) as at_the_same_moment:
        for version in range(ROUNDS):
            points = (1 + version % 2, 3 + version % 2)
            answers = at_the_same_moment(
                *[
                    lambda one=one, says=says, version=version: say(one, workshop, item, version=version, says=says)
                    for one, says in zip(windows, points, strict=True)
                ]
            )

            codes = [answer.status_code for answer in answers]
            assert sorted(codes) == [200, 409]
            winner = points[codes.index(200)]
            assert Rating.objects.values_list("importance", "version").get() == (winner, version + 1)
            assert answers[codes.index(409)].json()["theirs"]["says"] == str(winner)


def last_star_given_twice(workshop, mia, pairs):
    """Two windows give the fifth and a sixth star at once, `pairs` times; how many stars there were afterwards."""
    first, second = workshop.items.filter(kind="pain")
    windows = [browser_of(mia), browser_of(mia)]
    stars = set()
    with crowd(2) as at_the_same_moment:
        for _n in range(pairs):
            Rating.objects.filter(item__in=[first, second]).delete()
            at_the_same_moment(
                lambda: say(windows[0], workshop, first, says=5, star="on"),
                lambda: say(windows[1], workshop, second, says=5, star="on"),
            )
            stars.add(Rating.objects.filter(star=True).count())
    return stars


@pytest.fixture
def four_stars(team):
    """A workshop in which Mia has given four stars to goals; two pains are left."""
    made = rating_workshop(team, {"goal": [f"Goal {n}" for n in range(4)], "pain": ["Pain 0", "Pain 1"]})
    mia, round_ = made.participants.get(name="Mia"), made.rounds.get(kind="rate")
    Rating.objects.bulk_create(
        Rating(round=round_, participant=mia, item=goal, answer="rated", importance=5, star=True)
        for goal in made.items.filter(kind="goal")
    )
    return made


def test_two_windows_never_give_a_sixth_star(four_stars):
    assert last_star_given_twice(four_stars, four_stars.participants.get(name="Mia"), ROUNDS) == {5}


def test_without_the_lock_of_the_person_a_sixth_star_is_given(four_stars, monkeypatch):
    """The control: what the lock prevents does happen without it."""
    monkeypatch.setattr("workshops.rating_seat.HOLD", WITHOUT_LOCK_OF_PERSON)
    both_counted = threading.Barrier(2, timeout=10)
    save = Rating.save

    def save_late(row, **options):
        both_counted.wait()
        save(row, **options)

    monkeypatch.setattr(Rating, "save", save_late)

    assert last_star_given_twice(four_stars, four_stars.participants.get(name="Mia"), 1) == {6}


def test_an_answer_is_in_before_the_close_or_told(workshop, mia):
    people = [mia, workshop.participants.get(name="Tom")]
    browsers = [browser_of(person) for person in people for _window in range(2)]
    items = list(workshop.items.all())
    asked = [(person, item) for person, item in zip([people[0]] * 2 + [people[1]] * 2, items, strict=True)]
    viewer = Viewer(user=account("Ana"))

    def close():
        stages.move(workshop, Workshop.Stage.LIVE, seen=workshop.stage_version, viewer=viewer)
        return kept()

    with crowd(5) as at_the_same_moment:
        for n in range(ROUNDS):
            workshop.refresh_from_db()
            posts = [
                lambda one=one, item=item, says=1 + n % 5: say(one, workshop, item, says=says)
                for one, (_person, item) in zip(browsers, asked, strict=True)
            ]
            at_the_close, *answers = at_the_same_moment(close, *posts)

            there = kept()
            assert there == at_the_close
            taken = [(person.pk, item.pk, 1 + n % 5, 1) in there for person, item in asked]
            assert [answer.status_code for answer in answers] == [200 if is_in else 409 for is_in in taken]
            assert Rating.objects.count() == len(people) * len(items)  # the others are kept as asked
            open_anew(workshop, viewer)


def open_anew(workshop, viewer):
    """The rating is open again, and nobody has answered."""
    workshop.refresh_from_db()
    stages.move(workshop, Workshop.Stage.RATE, seen=workshop.stage_version, viewer=viewer)
    Rating.objects.all().delete()


def test_without_the_lock_an_answer_gets_past_the_close(workshop, mia, monkeypatch):
    """The control: the stage has moved, and yet the answer is about to be written. The closed round refuses it then."""
    monkeypatch.setattr("workshops.rating_seat.HOLD", WITHOUT_LOCK)
    slow, closed = threading.Event(), threading.Event()
    save = Rating.save

    def save_late(row, **options):
        slow.set()
        closed.wait(10)
        save(row, **options)

    monkeypatch.setattr(Rating, "save", save_late)

    def close():
        slow.wait(10)
        viewer = Viewer(user=account("Ana"))
        stages.move(workshop, Workshop.Stage.LIVE, seen=workshop.stage_version, viewer=viewer)
        closed.set()

    browser = browser_of(mia)
    browser.raise_request_exception = False
    _moved, answer = at_once(close, lambda: say(browser, workshop, workshop.items.first(), says=4))

    assert answer.status_code not in (200, 409)  # neither in nor told
    assert kept() == set()
