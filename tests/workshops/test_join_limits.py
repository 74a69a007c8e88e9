"""What a guessed code costs: from one address, from a thousand, and from many at the same moment."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.people import make_workshop
from workshops.models import Bucket


@pytest.fixture(autouse=True)
def one_moment(monkeypatch):
    """The clock of the limits stands still: nothing comes back while the test asks."""
    now = timezone.now()
    monkeypatch.setattr("workshops.models.bucket.timezone.now", lambda: now)


def guess(client, code, **headers):
    """Type a code; the status."""
    return client.post("/join/", {"code": code}, **headers).status_code


def test_a_thousand_forged_addresses_are_one_visitor(client, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    answers = [guess(client, "AAAAAAAA", HTTP_X_FORWARDED_FOR=f"10.{n // 250}.0.{n % 250}") for n in range(1000)]

    assert answers.count(422) == 10


def test_behind_a_proxy_only_what_it_saw_counts(client, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    forged = [guess(client, "AAAAAAAA", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 198.51.100.7") for n in range(11)]
    neighbour = guess(client, "AAAAAAAA", HTTP_X_FORWARDED_FOR="198.51.100.8")

    assert forged == [422] * 10 + [429]
    assert neighbour == 422


def test_a_right_code_costs_nothing(client, team):
    workshop = make_workshop(team)

    answers = [guess(client, workshop.join_code) for _ in range(15)]

    assert answers == [302] * 15


def test_what_was_typed_stays_and_it_says_when_to_try_again(client, db):
    for _ in range(10):
        guess(client, "AAAAAAAA")

    answer = client.post("/join/", {"code": "BBBB BBBB"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert 'value="BBBB BBBB"' in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_forty_guesses_at_once_are_ten():
    start, answers = threading.Barrier(40), []

    def post():
        start.wait()
        answers.append(guess(Client(), "AAAAAAAA"))
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [422] * 10 + [429] * 30
    assert Bucket.objects.count() == 3
