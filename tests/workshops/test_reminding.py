"""Reminding those who are not in, by hand and before the deadline, without saying who that is."""

import datetime as dt

import pytest
from django.utils import timezone

from alignment.celery import app
from tests.queries import queries_of
from tests.workshops.facilitating import change, shown, submit, words
from tests.workshops.writers import join, open_workshop
from workshops import letters, reminding, tasks
from workshops.models import Letter, Participant
from workshops.viewer import NOBODY


@pytest.fixture
def writing(team, ana):
    """Mia is in; Tom and Zoe are not, and Zoe has no address."""
    made = open_workshop(team)
    for name in ("Mia", "Tom", "Zoe"):
        join(made, name)
    for name in ("Mia", "Tom"):
        made.participants.filter(name=name).update(email=f"{name.lower()}@example.com")
    submit(made, "Mia")
    return made


def reminded():
    """To whom reminders were asked for, in the order of their names."""
    return sorted(Letter.objects.filter(kind="reminder").values_list("participant__name", flat=True))


def remind(client, workshop):
    """Press the button."""
    return client.post(f"/workshops/{workshop.public_id}/reminders/", follow=True)


def hours(count):
    """From now."""
    return timezone.now() + dt.timedelta(hours=count)


def test_those_who_are_not_in_and_have_an_address_are_reminded(client, ana, writing):
    client.force_login(ana)

    response = remind(client, writing)

    assert "Reminders go to those who are not in." in words(response)
    assert reminded() == ["Tom"]
    assert list(writing.audit.values_list("actor", "action", "about")) == [("Ana", "reminded", "")]


def test_who_submitted_a_moment_ago_is_not_reminded(client, ana, writing):
    submit(writing, "Tom", seconds_ago=-5)
    client.force_login(ana)

    remind(client, writing)

    assert reminded() == []


@pytest.mark.parametrize("candour", ["roles", "team"])
def test_without_names_the_answer_is_the_same_whoever_is_in(client, ana, writing, candour):
    change(writing, candour=candour, k=5)
    client.force_login(ana)
    one = words(remind(client, writing))
    change(writing, reminded_at=None)
    submit(writing, "Tom", seconds_ago=-5)

    none = words(remind(client, writing))

    assert one == none
    assert "Tom" not in one
    assert reminded() == ["Tom"]


def test_a_second_press_within_the_hour_reminds_nobody(client, ana, writing):
    client.force_login(ana)
    remind(client, writing)

    again = remind(client, writing)

    assert again.status_code == 422
    assert "A reminder went out less than an hour ago. One an hour is enough." in words(again)
    assert reminded() == ["Tom"]
    assert writing.audit.count() == 1


def test_after_an_hour_there_may_be_another(client, ana, writing):
    client.force_login(ana)
    remind(client, writing)
    change(writing, reminded_at=hours(-1.1))
    Letter.objects.update(state="sent")

    remind(client, writing)

    assert reminded() == ["Tom", "Tom"]


@pytest.mark.parametrize("fields", [{"stage": "setup"}, {"stage": "consolidate"}, {"archived_at": timezone.now()}])
def test_nobody_is_reminded_when_nobody_can_write(client, ana, writing, fields):
    change(writing, **fields)
    client.force_login(ana)

    response = remind(client, writing)

    assert response.status_code == 422
    assert reminded() == []


def test_reminders_wait_while_redis_is_away_and_are_sent_once(
    client, ana, writing, monkeypatch, django_capture_on_commit_callbacks
):
    handed = []
    client.force_login(ana)
    monkeypatch.setattr(letters, "hand_over", lambda _letter_id: False)
    with django_capture_on_commit_callbacks(execute=True):
        remind(client, writing)
    monkeypatch.setattr(letters, "hand_over", lambda letter_id: handed.append(letter_id) or True)
    Letter.objects.update(send_again_at=timezone.now())

    for _ in range(3):
        tasks.sweep_jobs()

    assert handed == [Letter.objects.get().pk]


# -- before the deadline -----------------------------------------------------------------------------------------------
def test_the_scheduler_looks_every_minute():
    entry = app.conf.beat_schedule["remind before deadlines"]

    assert (entry["task"], entry["schedule"]) == (tasks.remind_before_deadlines.name, 60.0)


@pytest.mark.parametrize(
    ("left", "names"), [(30, []), (24.1, []), (23.9, ["Tom"]), (0.1, ["Tom"]), (-0.1, []), (None, [])]
)
def test_a_day_before_the_deadline_one_reminder_goes_out(writing, left, names):
    change(writing, deadline=None if left is None else hours(left))

    for _ in range(3):
        tasks.remind_before_deadlines()

    assert reminded() == names
    assert list(writing.audit.values_list("actor", "action")) == [("", "reminded")] * len(names)


def test_it_closes_nothing(writing):
    change(writing, deadline=hours(-1))

    tasks.remind_before_deadlines()

    writing.refresh_from_db()
    assert (writing.stage, writing.stage_version) == ("write", 0)


def test_who_was_reminded_within_that_day_is_not_reminded_again(writing):
    change(writing, deadline=hours(10), reminded_at=hours(-2))

    tasks.remind_before_deadlines()

    assert reminded() == []


def test_a_deadline_that_moves_is_reminded_of_again(writing):
    change(writing, deadline=hours(10))
    tasks.remind_before_deadlines()
    Letter.objects.update(state="sent")
    change(writing, deadline=hours(20), reminded_at=hours(-30))

    tasks.remind_before_deadlines()

    assert reminded() == ["Tom", "Tom"]


@pytest.mark.parametrize("fields", [{"stage": "setup"}, {"stage": "consolidate"}, {"archived_at": timezone.now()}])
def test_no_reminder_goes_out_when_nobody_can_write(writing, fields):
    change(writing, deadline=hours(10), **fields)

    tasks.remind_before_deadlines()

    assert reminded() == []


def test_the_page_says_that_one_goes_out_by_itself(client, ana, writing):
    change(writing, deadline=hours(48))
    client.force_login(ana)

    assert "A reminder goes out by itself a day before the deadline." in shown(client, writing)


def test_reminding_costs_as_many_questions_for_one_as_for_nineteen(writing):
    few = len(queries_of(lambda: reminding.remind(writing, NOBODY)))
    change(writing, reminded_at=None)
    for n in range(18):
        person = join(writing, f"Person {n}")
        Participant.objects.filter(pk=person.pk).update(email=f"p{n}@example.com")

    many = len(queries_of(lambda: reminding.remind(writing, NOBODY)))

    assert few == many
    assert len(reminded()) == 19
