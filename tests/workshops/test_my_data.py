"""My data: each person sees, downloads and withdraws their own, and nobody else's."""

import json

import pytest
from django.utils import timezone

from tests.people import close, compute, make_workshop, rate_at_random, take_seat
from tests.queries import assert_same_queries
from workshops import jobs
from workshops.models import Analysis, AuditEntry, Erasure, Participant, Rating, Readiness, Statement, Workshop


@pytest.fixture
def clara(client, team):
    """A participant of a workshop in which people write, in this browser."""
    workshop = make_workshop(team, people=6, items=3)
    person = workshop.participants.order_by("pk").first()
    write(person, 2)
    take_seat(client, person)
    return person


def write(person, count):
    """Statements of somebody, one of them deleted."""
    for n in range(count):
        key = f"{person.pk}-{n}"
        Statement.objects.create(
            workshop=person.workshop, participant=person, key=key, kind="goal", label=f"Canary {key}", draft=True
        )


def address(person, more=""):
    return f"/workshops/{person.workshop.public_id}/my-data/{more}"


def test_one_sees_and_downloads_one_s_own_and_nobody_else_s(client, clara):
    other = clara.workshop.participants.exclude(pk=clara.pk).first()
    write(other, 1)
    Readiness.objects.create(workshop=clara.workshop, participant=clara, strategy="Be paid by Friday", vision=4)

    page = client.get(address(clara)).content.decode()
    file = client.get(address(clara, "file/"))

    said = json.loads(file.content)
    assert file["Content-Disposition"] == 'attachment; filename="my-data-getting-paid.json"'
    assert [each["label"] for each in said["statements"]] == [f"Canary {clara.pk}-0", f"Canary {clara.pk}-1"]
    assert said["readiness"][0]["strategy"] == "Be paid by Friday"
    for word in (f"Canary {clara.pk}-0", "Be paid by Friday"):
        assert word in page
    assert f"Canary {other.pk}" not in page + file.content.decode()


def test_what_one_deleted_stands_there_until_it_is_gone(client, clara):
    clara.statements.filter(key=f"{clara.pk}-0").update(deleted_at=timezone.now())

    page = client.get(address(clara)).content.decode()
    said = json.loads(client.get(address(clara, "file/")).content)["statements"]

    assert [each.get("deleted", False) for each in said] == [True, False]
    assert "deleted, kept until writing closes" in page


def test_ratings_stand_there_in_words(client, clara):
    item = clara.workshop.items.first()
    Rating.objects.create(
        round=clara.workshop.rounds.get(),
        participant=clara,
        item=item,
        answer="rated",
        importance=4,
        expected=2,
        star=True,
    )

    page = client.get(address(clara)).content.decode()

    assert "<td>Rated</td>" in page
    assert "matters most · the team will say: 2" in page


def test_the_page_costs_the_same_however_much_one_wrote(client, clara):
    assert_same_queries(lambda: client.get(address(clara)), lambda: write(clara, 0) or grow(clara))


def grow(person):
    """58 more statements."""
    Statement.objects.bulk_create(
        Statement(workshop=person.workshop, participant=person, team=person.team, key=f"more-{n}", kind="pain")
        for n in range(58)
    )


def test_withdrawing_is_asked_about_first(client, clara):
    assert client.get(address(clara, "withdrawal/")).status_code == 200
    assert client.post(address(clara, "withdrawal/")).status_code == 422
    assert clara.statements.count() == 2


def test_withdrawing_deletes_what_one_said_and_nothing_of_the_others(client, clara):
    other = clara.workshop.participants.exclude(pk=clara.pk).first()
    write(other, 1)

    answer = client.post(address(clara, "withdrawal/"), {"sure": "1"})

    assert answer.url == address(clara)
    assert not Statement.with_deleted.filter(participant=clara).exists()
    assert other.statements.count() == 1
    assert Erasure.objects.get().kind == "person"
    assert AuditEntry.objects.get().actor == clara.name


def test_withdrawing_reaches_closed_rounds_and_has_the_findings_computed_anew(client, clara):
    rate_at_random(clara.workshop)
    compute(clara.workshop)

    client.post(address(clara, "withdrawal/"), {"sure": "1"})

    assert not Rating.objects.filter(participant=clara).exists()
    assert Rating.objects.filter(round__workshop=clara.workshop).count() == 15
    assert clara.workshop.jobs.filter(state="waiting").count() == 1
    assert not Analysis.objects.exists()


def test_what_is_computed_while_somebody_withdraws_is_computed_again(client, clara):
    rate_at_random(clara.workshop)
    job = jobs.request_analysis(clara.workshop)
    job.claim()  # it has read the answers, and shows nothing yet

    client.post(address(clara, "withdrawal/"), {"sure": "1"})

    assert list(clara.workshop.jobs.order_by("pk").values_list("state", flat=True)) == ["running", "waiting"]


def test_where_nobody_s_answers_are_left_no_findings_are_shown(client, clara):
    rate_at_random(clara.workshop)
    compute(clara.workshop)
    for person in clara.workshop.participants.all():
        take_seat(client, person)
        client.post(address(clara, "withdrawal/"), {"sure": "1"})

    clara.workshop.refresh_from_db()

    assert clara.workshop.current_analysis is None


def test_without_names_the_trail_does_not_tell_who_withdrew(client, clara):
    Workshop.objects.filter(pk=clara.workshop_id).update(candour="roles")
    asked = client.get(address(clara, "withdrawal/")).content.decode()

    client.post(address(clara, "withdrawal/"), {"sure": "1"})

    assert "audit trail, without a name." in asked
    assert AuditEntry.objects.get().actor == ""


@pytest.mark.parametrize(("candour", "shown"), [("open", True), ("roles", False)])
def test_without_names_results_that_were_shown_are_not_shown_again_once_somebody_withdrew(
    client, clara, candour, shown
):
    """Between the figures before and after stands nothing but what they took back."""
    workshop = clara.workshop
    Workshop.objects.filter(pk=workshop.pk).update(candour=candour)
    rate_at_random(workshop)
    compute(workshop)
    item = workshop.items.first()
    pages = [f"/workshops/{workshop.public_id}/{page}/" for page in ("diff", "compare", f"items/{item.public_id}")]
    warned = "this workshop shows no results to anybody" in client.get(address(clara, "withdrawal/")).content.decode()

    client.post(address(clara, "withdrawal/"), {"sure": "1"})
    compute(workshop)

    said = ["Results are not shown any more" in client.get(page).content.decode() for page in pages]
    assert said == [not shown] * 3
    assert warned is not shown


def test_whoever_said_nothing_does_not_end_the_results_by_withdrawing(client, clara):
    rate_at_random(clara.workshop)
    Workshop.objects.filter(pk=clara.workshop_id).update(candour="roles")
    watcher = Participant.everybody.create(workshop=clara.workshop, key="w", name="Wim", standing="observer")
    take_seat(client, watcher)

    client.post(address(clara, "withdrawal/"), {"sure": "1"})

    assert Workshop.objects.get(pk=clara.workshop_id).withdrawn_at is None


def test_whoever_leaves_is_off_the_list_and_out(client, clara):
    close(clara.workshop)

    answer = client.post(address(clara, "withdrawal/"), {"sure": "1", "leave": "1"})

    assert answer.url == "/"
    assert not Participant.everybody.filter(pk=clara.pk).exists()
    assert client.get(address(clara)).status_code == 404


def test_a_device_that_was_signed_out_stays_out(client, clara):
    from django.test import Client

    phone = Client()
    take_seat(phone, clara)
    device = clara.devices.last()

    client.post(address(clara, f"devices/{device.public_id}/"))

    assert phone.get(address(clara)).status_code == 404
    assert client.get(address(clara)).status_code == 200


def test_all_other_devices_are_signed_out_at_once(client, clara):
    for _ in range(3):
        clara.new_device()

    client.post(address(clara, "devices/"))

    assert clara.devices.count() == 1
    assert client.get(address(clara)).status_code == 200


def test_nobody_signs_out_another_s_device(client, clara):
    other = clara.workshop.participants.exclude(pk=clara.pk).first()
    other.new_device()

    answer = client.post(address(clara, f"devices/{other.devices.get().public_id}/"))

    assert answer.status_code == 404
    assert other.devices.count() == 1


def test_whoever_has_no_seat_has_no_data_here(client, clara, ana):
    client.force_login(ana)
    client.cookies.pop("devices", None)
    session = client.session
    session.pop("devices", None)
    session.save()

    assert client.get(address(clara)).status_code == 404
