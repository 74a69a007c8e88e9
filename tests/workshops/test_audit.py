"""The trail of what was done to a workshop: readable by everybody in it, changed by nobody."""

import re

import pytest
from django.db import DatabaseError, connection, transaction

from tests.people import take_seat
from tests.queries import assert_same_queries
from tests.workshops.facilitating import change, words
from tests.workshops.writers import join, open_workshop
from workshops import audit
from workshops.erasing import erase_workshop
from workshops.models import AuditEntry, User, Workshop
from workshops.viewer import Viewer


@pytest.fixture
def writing(team, ana):
    """Tom takes part."""
    made = open_workshop(team)
    join(made, "Tom")
    return made


def note(workshop, user, action, about=""):
    """Something that this user, or a participant, did."""
    viewer = Viewer(user=user) if isinstance(user, User) else Viewer(seats=(user,))
    audit.record(workshop, viewer, action, about)


def lines(client, workshop, query=""):
    """What the page says, line by line."""
    response = client.get(f"/workshops/{workshop.public_id}/audit/{query}")
    assert response.status_code == 200
    return re.findall(r"<p>([^<]*)</p>\s*</li>", response.content.decode())


def test_everybody_in_the_workshop_reads_who_did_what(client, ana, writing):
    note(writing, ana, "made")
    note(writing, ana, "added", "Tom")
    note(writing, ana, "stage", "Write")
    note(writing, ana, "brief", "question, live_at")
    take_seat(client, writing.participants.get())

    said = lines(client, writing)

    assert said == [
        "Ana changed the brief: question, date of the live session.",
        "Ana moved the workshop to “Write”.",
        "Ana added Tom.",
        "Ana made the workshop.",
    ]


@pytest.mark.parametrize("action", AuditEntry.Action)
@pytest.mark.parametrize("about", ["", "Tom"])
def test_every_action_makes_a_sentence(client, ana, writing, action, about):
    note(writing, ana, action, about)
    client.force_login(ana)

    (said,) = lines(client, writing)

    assert said.startswith("Ana ")
    assert said.endswith(".")
    assert "%(" not in said


def test_an_account_without_a_name_goes_by_its_address_for_the_team_only(client, ana, writing):
    User.objects.filter(pk=ana.pk).update(name="")
    ana.refresh_from_db()
    note(writing, ana, "made")
    client.force_login(ana)
    team_reads = lines(client, writing)
    client.logout()
    take_seat(client, writing.participants.get())

    tom_reads = lines(client, writing)

    assert (team_reads, tom_reads) == (["ana@example.com made the workshop."], ["A facilitator made the workshop."])


@pytest.mark.parametrize(
    ("candour", "withdrew", "late"),
    [
        ("open", "Tom withdrew what they had said.", "Ana let Tom write after the stage had closed."),
        ("roles", "Somebody withdrew what they had said.", "Ana let somebody write after the stage had closed."),
        ("team", "Somebody withdrew what they had said.", "Ana let somebody write after the stage had closed."),
    ],
)
def test_without_names_nobodys_own_doings_carry_one(client, ana, writing, candour, withdrew, late):
    change(writing, candour=candour, k=5)
    note(writing, writing.participants.get(), "withdrawn")
    note(writing, ana, "reopened", "Tom")
    client.force_login(ana)

    said = lines(client, writing)

    assert said == [late, withdrew]


def test_without_names_the_hour_of_a_withdrawal_is_not_told(client, ana, writing):
    change(writing, candour="roles")
    note(writing, writing.participants.get(), "withdrawn")
    client.force_login(ana)

    page = client.get(f"/workshops/{writing.public_id}/audit/")

    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">[^<:]*</time>', page.content.decode())


def test_the_trail_is_read_in_pages_of_fifty_by_as_many_questions(client, ana, writing):
    AuditEntry.objects.bulk_create(AuditEntry(workshop=writing, action="brief", actor="Ana") for _ in range(60))
    client.force_login(ana)

    counts = [len(lines(client, writing, query)) for query in ("", "?page=2", "?page=99", "?page=x")]

    assert counts == [50, 10, 10, 50]
    assert_same_queries(
        lambda: client.get(f"/workshops/{writing.public_id}/audit/"),
        lambda: AuditEntry.objects.bulk_create(AuditEntry(workshop=writing, action="made") for _ in range(200)),
    )


def test_an_empty_trail_says_so(client, ana, writing):
    client.force_login(ana)

    response = client.get(f"/workshops/{writing.public_id}/audit/")

    assert "What is done to the workshop is noted here from now on." in words(response)


@pytest.mark.parametrize(
    "statement", ["UPDATE workshops_auditentry SET actor = 'Olga'", "DELETE FROM workshops_auditentry"]
)
def test_the_database_lets_nobody_change_it(ana, writing, statement):
    note(writing, ana, "made")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(AuditEntry.objects.values_list("actor", "action")) == [("Ana", "made")]


def test_a_workshop_with_a_trail_can_be_erased(ana, writing):
    note(writing, ana, "made")

    erase_workshop(writing)

    assert (Workshop.objects.count(), AuditEntry.objects.count()) == (0, 0)
