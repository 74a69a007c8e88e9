"""The list of people: who sees what of whom, and how they are invited and let in."""

import pytest
from django.utils import timezone

from tests.people import add_people, make_workshop, take_seat
from tests.queries import assert_same_queries
from tests.workshops.guest_list import audited, paste, put_in, read, there
from workshops.models import AuditEntry, Letter, Participant, Workshop


@pytest.fixture
def workshop(team):
    """In setup, with nobody in it."""
    made = make_workshop(team, people=0)
    Workshop.objects.update(stage="setup")
    made.refresh_from_db()
    return made


# -- who sees what -----------------------------------------------------------------------------------------------------
def test_everybody_in_the_workshop_sees_names_and_roles_and_only_facilitators_addresses(client, workshop, ana, ben):
    mia = put_in(workshop, "Mia", invited_at=timezone.now())
    put_in(workshop, "Otto", standing="observer")
    put_in(workshop, "Gina", role="sales", standing="waiting")
    client.force_login(ben)
    members = read(client, workshop)
    client.logout()
    take_seat(client, mia)
    participants = read(client, workshop)
    client.logout()
    client.force_login(ana)
    facilitators = read(client, workshop)

    for page in (members, participants):
        assert "Mia" in page
        assert "Design" in page
        assert "1 participant" in page
        assert "1 observer" in page
        for hidden in ("mia@example.com", "otto@example.com", "Gina", "invited", workshop.join_code[:4]):
            assert hidden not in page
    for shown in ("mia@example.com", "otto@example.com", "Gina", "1 guest waits", "invited", workshop.join_code[:4]):
        assert shown in facilitators


def test_two_people_of_one_name_are_told_apart_by_their_roles(client, workshop, ana):
    client.force_login(ana)

    response = paste(client, workshop, "Ana <ana@one.example>, Design\nAna <ana@two.example>, Sales")

    assert response.status_code == 302
    assert there(workshop) == [("Ana", "ana@one.example", "design", None), ("Ana", "ana@two.example", "sales", None)]


@pytest.mark.parametrize(("candour", "is_shown"), [("open", True), ("roles", False), ("team", False)])
def test_who_has_come_in_is_shown_where_names_are(client, workshop, ana, candour, is_shown):
    Workshop.objects.update(candour=candour, k=5)
    mia = put_in(workshop, "Mia", invited_at=timezone.now())
    mia.new_device()
    client.force_login(ana)

    page = read(client, workshop)
    own_page = client.get(f"/workshops/{workshop.public_id}/people/{mia.public_id}/").content.decode()

    assert ("came in" in page, "came in" in own_page) == (is_shown, is_shown)


def test_neither_submitting_nor_a_reminder_changes_a_letter_of_the_page(client, workshop, ana):
    Workshop.objects.update(candour="roles")
    mia, tom = put_in(workshop, "Mia"), put_in(workshop, "Tom")
    client.force_login(ana)
    before = client.get(f"/workshops/{workshop.public_id}/people/?part=who").content

    Participant.objects.filter(pk=mia.pk).update(submitted_at=timezone.now())
    mia.new_device()
    Letter.objects.create(kind="reminder", participant=tom, state="failed", error="The mail server is away.")
    after = client.get(f"/workshops/{workshop.public_id}/people/?part=who").content

    assert strip_tokens(after) == strip_tokens(before)


def strip_tokens(html):
    """A page without the tokens against forged posts, which differ each time."""
    return [line for line in html.split(b"\n") if b"csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("who", ["facilitator", "participant"])
def test_the_page_runs_as_many_queries_for_30_people_as_for_3(client, workshop, ana, who):
    add_people(workshop, 3)
    if who == "facilitator":
        client.force_login(ana)
    else:
        take_seat(client, workshop.participants.first())

    assert_same_queries(lambda: read(client, workshop), lambda: add_people(workshop, 27))


# -- inviting and letting in -------------------------------------------------------------------------------------------
def test_inviting_writes_to_everybody_who_was_not_invited_yet(client, workshop, ana):
    for name in ("Mia", "Tom"):
        put_in(workshop, name)
    put_in(workshop, "Otto", standing="observer")
    put_in(workshop, "Ivo", invited_at=timezone.now())
    put_in(workshop, "Gina", standing="waiting")
    put_in(workshop, "Nemo", email="")
    client.force_login(ana)

    page = client.post(f"/workshops/{workshop.public_id}/invitations/", follow=True).content.decode()

    asked = Letter.objects.order_by("participant__name").values_list("participant__name", "kind", "state")
    assert list(asked) == [(name, "invitation", "waiting") for name in ("Mia", "Otto", "Tom")]
    assert "3 invitations are on their way." in page
    assert audited(workshop) == [("Ana", "invited", "3 people")]


def test_inviting_twice_writes_once(client, workshop, ana):
    put_in(workshop, "Mia")
    client.force_login(ana)

    for _time in range(2):
        page = client.post(f"/workshops/{workshop.public_id}/invitations/", follow=True).content.decode()

    assert "Everybody with an address has been invited." in page
    assert Letter.objects.count() == 1


def test_a_failed_invitation_shows_and_can_be_tried_again(client, workshop, ana):
    mia = put_in(workshop, "Mia", invited_at=timezone.now())
    Letter.objects.create(kind="invitation", participant=mia, state="failed", error="The mail server is away.")
    client.force_login(ana)
    before = read(client, workshop)

    client.post(f"/workshops/{workshop.public_id}/people/{mia.public_id}/invitation/")

    assert "Could not be sent." in before
    assert "The mail server is away." in before
    assert mia.letters.get(state="waiting").kind == "invitation"
    assert "Could not be sent." not in read(client, workshop)


def test_a_waiting_guest_is_let_in_once(client, workshop, ana):
    gina = put_in(workshop, "Gina", standing="waiting")
    client.force_login(ana)

    for _time in range(2):
        page = client.post(
            f"/workshops/{workshop.public_id}/people/{gina.public_id}/admission/", follow=True
        ).content.decode()

    assert "Gina was let in already." in page
    assert Participant.objects.get() == gina
    assert audited(workshop) == [("Ana", "accepted", "Gina")]


def test_a_guest_who_is_turned_away_is_gone(client, workshop, ana):
    gina = put_in(workshop, "Gina", standing="waiting")
    client.force_login(ana)

    client.post(f"/workshops/{workshop.public_id}/people/{gina.public_id}/admission/", {"turn_away": "1"})

    assert there(workshop) == []
    assert audited(workshop) == [("Ana", "removed", "Gina")]


def test_somebody_who_was_let_in_is_not_turned_away_by_an_old_page(client, workshop, ana):
    mia = put_in(workshop, "Mia")
    client.force_login(ana)

    client.post(f"/workshops/{workshop.public_id}/people/{mia.public_id}/admission/", {"turn_away": "1"})

    assert [name for name, *_rest in there(workshop)] == ["Mia"]


def test_people_whose_view_is_missing_are_named_to_the_facilitator(client, workshop, ana, ben):
    put_in(workshop, "Mia")
    client.force_login(ana)
    facilitators = read(client, workshop)
    client.force_login(ben)

    assert "You have no voice from Marketing, Sales or Customer support yet" in facilitators
    assert "no voice from" not in read(client, workshop)


@pytest.mark.parametrize(("who", "status"), [("ben", 403), ("olga", 404), ("mia", 403), ("gina", 404)])
@pytest.mark.parametrize(
    "address",
    [
        "people/",
        "people/members/",
        "invitations/",
        "people/PERSON/",
        "people/PERSON/admission/",
        "people/PERSON/invitation/",
        "people/PERSON/link/",
        "people/PERSON/access/",
        "people/PERSON/replacement/",
        "people/PERSON/removal/",
        "join-link/",
    ],
)
def test_others_change_nothing(client, workshop, ben, olga, who, status, address):
    mia = put_in(workshop, "Mia")
    gina = put_in(workshop, "Gina", standing="waiting")
    if who in ("ben", "olga"):
        client.force_login({"ben": ben, "olga": olga}[who])
    else:
        take_seat(client, {"mia": mia, "gina": gina}[who])
    before = there(workshop)

    response = client.post(
        f"/workshops/{workshop.public_id}/{address.replace('PERSON', gina.public_id)}",
        {"lines": "eve@example.com, Design", "name": "Eve", "email": "eve@example.com"},
    )

    assert response.status_code == status
    assert there(workshop) == before
    assert not Letter.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_person_of_another_workshop_is_not_there(client, workshop, team, ana):
    other = make_workshop(team, people=1)
    stranger = other.participants.get()
    client.force_login(ana)

    response = client.post(f"/workshops/{workshop.public_id}/people/{stranger.public_id}/removal/")

    assert response.status_code == 404
    assert other.participants.count() == 1


def test_an_account_that_was_added_takes_part_without_a_link(client, workshop, ana, ben):
    client.force_login(ana)
    paste(client, workshop, "ben@example.com, Sales")
    client.force_login(ben)

    assert '<span class="tag">you</span>' in read(client, workshop)
