"""The live session as a calendar's entry."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from tests.people import take_seat
from workshops.models import AuditEntry, Workshop


@pytest.fixture
def dated(workshop):
    """With a live session on a summer's afternoon in Berlin."""
    Workshop.objects.filter(pk=workshop.pk).update(
        live_at=datetime(2030, 5, 31, 12, tzinfo=UTC), time_zone="Europe/Berlin", title="Paid; late, again\\"
    )
    workshop.refresh_from_db()
    return workshop


def entry(client, workshop):
    """The one event of the file."""
    response = client.get(f"/workshops/{workshop.public_id}/live.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).events[0]


def test_a_participant_takes_the_live_session_into_a_calendar(client, dated, settings):
    settings.SITE_URL = "https://parallax.example.com"
    take_seat(client, dated.participants.first())

    event = entry(client, dated)

    address = f"https://parallax.example.com/workshops/{dated.public_id}/"
    assert event["UID"] == f"{dated.public_id}@parallax.example.com"
    assert event.start == datetime(2030, 5, 31, 12, tzinfo=UTC)
    assert event.end == datetime(2030, 5, 31, 13, 30, tzinfo=UTC)
    assert (event["SUMMARY"], event["URL"], event["DESCRIPTION"]) == ("Paid; late, again\\", address, address)


def test_a_calendar_knows_the_entry_again_after_a_change(client, ana, dated):
    client.force_login(ana)
    before = entry(client, dated)
    AuditEntry.objects.create(workshop=dated, action="brief")

    after = entry(client, dated)

    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_no_link_or_code_by_which_somebody_comes_in_is_in_the_file(client, ana, dated):
    client.force_login(ana)

    text = client.get(f"/workshops/{dated.public_id}/live.ics").content.decode()

    assert dated.join_code not in text
    assert dated.join_token not in text


def test_without_a_date_and_for_outsiders_there_is_no_file(client, ana, olga, workshop, dated):
    client.force_login(olga)
    outsider = client.get(f"/workshops/{dated.public_id}/live.ics")
    Workshop.objects.filter(pk=workshop.pk).update(live_at=None)
    client.force_login(ana)

    assert (outsider.status_code, client.get(f"/workshops/{workshop.public_id}/live.ics").status_code) == (404, 404)
