"""The warm-up, handing in what one wrote and taking it back, and how long it took."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.workshops.writers import KEY, OTHER, post, sit_down, write
from workshops.models import Pace, Readiness, Statement, Workshop

pytestmark = pytest.mark.usefixtures("at_leisure")


@pytest.fixture
def client(client, mia):
    return sit_down(client, mia)


def test_the_warm_up_follows_the_same_rules(client, writing, mia):
    address = f"/workshops/{writing.public_id}/write/warm-up/"
    json = {"accept": "application/json"}

    first = client.post(address, {"version": 0, "strategy": "Be simple"}, headers=json)
    again = client.post(address, {"version": 0, "strategy": "Be simple"}, headers=json)
    stale = client.post(address, {"version": 0, "strategy": "Be first"}, headers=json)
    change = client.post(address, {"version": 1, "strategy": "Be simple", "vision": 4}, headers=json)
    off_the_scale = client.post(address, {"version": 2, "strategy": "Be simple", "voice": 6}, headers=json)

    found = Readiness.objects.get()
    assert [each.status_code for each in (first, again, stale, change, off_the_scale)] == [200, 200, 409, 200, 422]
    assert stale.json()["theirs"]["strategy"] == "Be simple"
    assert (found.participant, found.strategy, found.vision, found.voice, found.version) == (
        mia,
        "Be simple",
        4,
        None,
        2,
    )


@pytest.mark.parametrize(("candour", "k", "soonest", "latest"), [("open", 3, 0, 2.9), ("roles", 3, 3, 20)])
def test_submitting_counts_every_statement_that_has_a_label(client, writing, mia, candour, k, soonest, latest):
    Workshop.objects.filter(pk=writing.pk).update(candour=candour, k=k)
    named, unnamed = write(mia, "Named"), write(mia, "", meaning="No name yet")
    before = timezone.now()

    response = client.post(f"/workshops/{writing.public_id}/write/submission/", {"seconds-goals": "61"})
    mia.refresh_from_db()
    client.post(f"/workshops/{writing.public_id}/write/submission/")
    first = mia.submitted_at
    mia.refresh_from_db()

    assert response["Location"] == f"/workshops/{writing.public_id}/write/thanks/"
    assert dt.timedelta(seconds=soonest) <= first - before <= dt.timedelta(seconds=latest)
    assert mia.submitted_at == first
    assert dict(Statement.objects.values_list("label", "draft")) == {named.label: False, unnamed.label: True}
    assert list(Pace.objects.values_list("part", "seconds")) == [("goals", 61)]


def test_after_submitting_changes_count_too_until_it_is_taken_back(client, writing, mia):
    write(mia, "First")
    submission = f"/workshops/{writing.public_id}/write/submission/"
    client.post(submission)

    post(client, writing, KEY, label="Second")
    post(client, writing, OTHER, label="", meaning="Third, without a name")
    counted = set(Statement.objects.filter(draft=False).values_list("label", flat=True))
    client.post(submission, {"take_back": "1"})

    mia.refresh_from_db()
    assert counted == {"First", "Second"}
    assert mia.submitted_at is None
    assert not Statement.objects.filter(draft=False).exists()


def test_after_submitting_a_statement_counts_for_as_long_as_it_has_a_label(client, writing, mia):
    first = write(mia, "First")
    client.post(f"/workshops/{writing.public_id}/write/submission/")

    counts = []
    for version, label in enumerate(["Second", "", "Third"], start=1):
        post(client, writing, first.public_id, version=version, label=label, meaning="By Friday")
        counts.append(not Statement.objects.get().draft)

    assert counts == [True, False, True]


def test_there_has_to_be_something_to_submit(client, writing, mia):
    write(mia, "", meaning="No name yet")

    response = client.post(f"/workshops/{writing.public_id}/write/submission/")

    mia.refresh_from_db()
    assert response.status_code == 422
    assert "There is nothing to submit yet" in response.content.decode()
    assert mia.submitted_at is None


@pytest.mark.parametrize("seconds", ["", "0", "-5", "3601", "1e3", "99999999", "²", "NaN", "<script>"])
def test_a_measured_time_that_cannot_be_is_left_out(client, writing, mia, seconds):
    write(mia)

    response = client.post(f"/workshops/{writing.public_id}/write/submission/", {"seconds-goals": seconds})

    assert response.status_code == 302
    assert not Pace.objects.exists()


def test_one_person_bends_the_median_once_a_day(client, writing, mia):
    write(mia)
    submission = f"/workshops/{writing.public_id}/write/submission/"

    for _n in range(3):
        client.post(submission, {"seconds-goals": "3600"})
        client.post(submission, {"take_back": "1"})

    assert Pace.objects.count() == 1
