"""One person of a workshop: name and role, links and browsers, a successor, the way out."""

import pytest
from django.utils import timezone

from tests.people import close, make_workshop, rate, take_seat
from tests.queries import assert_same_queries
from workshops import live
from workshops.models import Letter, Participant, Round, Statement, Workshop
from workshops.models.public_id import hash_of


@pytest.fixture
def workshop(team):
    """Eight people are writing, among them Mia, of whom there is a draft."""
    made = make_workshop(team, people=8, items=1)
    Workshop.objects.update(stage="write")
    made.rounds.update(kind=Round.Kind.WRITE)
    made.refresh_from_db()
    return made


@pytest.fixture
def mia(workshop):
    person = workshop.participants.get(key="p003")
    Participant.objects.filter(pk=person.pk).update(name="Mia", email="mia@example.com", invited_at=timezone.now())
    person.refresh_from_db()
    write(person, draft=True)
    return person


@pytest.fixture
def streams_asked(monkeypatch):
    """The workshops whose streams were asked again who may follow them."""
    asked = []
    monkeypatch.setattr(live, "close_streams", asked.extend)
    return asked


def write(person, *, draft):
    return Statement.objects.create(
        workshop=person.workshop,
        participant=person,
        key=f"s{person.pk}",
        kind="goal",
        label="Paid on Friday",
        draft=draft,
    )


def post(client, person, where="", **data):
    return client.post(f"/workshops/{person.workshop.public_id}/people/{person.public_id}/{where}", data)


def audited(workshop):
    return [(e.actor, e.action, e.about) for e in workshop.audit.all()]


# -- name and role -----------------------------------------------------------------------------------------------------
def test_a_facilitator_changes_name_and_role(client, mia, team, ana):
    client.force_login(ana)

    response = post(client, mia, name=" Mia  Lin ", role=team.roles.get(key="sales").pk)

    mia.refresh_from_db()
    assert response.status_code == 302
    assert (mia.name, mia.role.key) == ("Mia Lin", "sales")
    assert audited(mia.workshop) == [("Ana", "changed", "Mia")]


@pytest.mark.parametrize("name", ["", " ", "a\x00b", "x" * 121])
def test_a_name_that_cannot_be_kept_is_refused(client, mia, ana, name):
    client.force_login(ana)

    response = post(client, mia, name=name, role=mia.role_id)

    mia.refresh_from_db()
    assert response.status_code == 422
    assert mia.name == "Mia"


@pytest.mark.parametrize(("candour", "status"), [("open", 302), ("roles", 422), ("team", 422)])
def test_where_names_are_hidden_roles_freeze_when_the_first_rating_closes(client, team, ana, candour, status):
    workshop = make_workshop(team, people=3, items=1)
    Workshop.objects.update(candour=candour, k=5)
    close(workshop, reveal=False)
    person = workshop.participants.first()
    sales = team.roles.get(key="sales")
    client.force_login(ana)

    response = post(client, person, name=person.name, role=sales.pk)
    renamed = post(client, person, name="Mia", role=Participant.objects.get(pk=person.pk).role_id)

    person.refresh_from_db()
    assert response.status_code == status
    assert (person.role == sales) == (status == 302)
    assert ("A rating has closed: roles stay as they are" in response.content.decode()) == (status == 422)
    assert (renamed.status_code, person.name) == (302, "Mia")


# -- the way in --------------------------------------------------------------------------------------------------------
def test_a_new_link_is_mailed_and_shown_to_nobody(client, mia, ana):
    client.force_login(ana)

    response = post(client, mia, "link/")

    assert response.status_code == 302
    assert [(letter.kind, letter.participant) for letter in Letter.objects.all()] == [("link", mia)]
    assert audited(mia.workshop) == [("Ana", "new_link", "Mia")]


def test_somebody_gets_five_letters_an_hour_by_hand(client, mia, ana):
    client.force_login(ana)

    for _time in range(6):
        response = post(client, mia, "link/")

    page = client.get(response["Location"]).content.decode()
    assert "Mia has had enough mail for now." in page
    assert len(audited(mia.workshop)) == 5


def test_a_guest_without_an_address_cannot_be_mailed_a_link(client, workshop, ana):
    guest = workshop.participants.first()
    client.force_login(ana)

    response = post(client, guest, "link/")

    assert "There is no e-mail address to send a link to." in client.get(response["Location"]).content.decode()
    assert not Letter.objects.exists()


def test_ending_links_and_browsers_locks_somebody_out_and_keeps_what_they_wrote(client, mia, ana, streams_asked):
    take_seat(client, mia)
    mia.new_link()
    inside = client.get(f"/workshops/{mia.workshop.public_id}/people/").status_code
    facilitator = type(client)()
    facilitator.force_login(ana)

    post(facilitator, mia, "access/")

    assert (inside, client.get(f"/workshops/{mia.workshop.public_id}/people/").status_code) == (200, 404)
    assert not mia.personal_links.filter(revoked_at__isnull=True).exists()
    assert mia.statements.count() == 1
    assert streams_asked == [mia.workshop]
    assert audited(mia.workshop) == [("Ana", "revoked", "Mia")]


# -- removing and replacing --------------------------------------------------------------------------------------------
def test_before_a_round_has_closed_somebody_is_removed_with_their_drafts(client, mia, ana, streams_asked):
    workshop = mia.workshop
    client.force_login(ana)
    asked = client.get(f"/workshops/{workshop.public_id}/people/{mia.public_id}/removal/")

    response = post(client, mia, "removal/")

    assert "Remove Mia?" in asked.content.decode()
    assert response.status_code == 302
    assert not workshop.participants.filter(name="Mia").exists()
    assert not Statement.with_deleted.exists()
    assert streams_asked == [workshop]
    assert audited(workshop) == [("Ana", "removed", "Mia")]


def test_asking_whether_to_remove_removes_nobody(client, mia, ana):
    client.force_login(ana)

    client.get(f"/workshops/{mia.workshop.public_id}/people/{mia.public_id}/removal/")

    assert Participant.objects.filter(pk=mia.pk).exists()


def test_a_removed_person_is_out_at_once(client, mia, ana):
    take_seat(client, mia)
    facilitator = type(client)()
    facilitator.force_login(ana)

    post(facilitator, mia, "removal/")

    assert client.get(f"/workshops/{mia.workshop.public_id}/people/").status_code == 404


def test_in_open_somebody_with_answers_in_a_closed_round_stays(client, mia, ana):
    write_round = mia.workshop.rounds.get()
    Statement.objects.update(draft=False)
    Round.objects.filter(pk=write_round.pk).update(closed_at=timezone.now())
    client.force_login(ana)

    response = post(client, mia, "removal/")

    assert response.status_code == 422
    assert "Mia has answered in a round that is closed" in response.content.decode()
    assert Participant.objects.filter(pk=mia.pk).exists()


def test_in_open_somebody_without_answers_in_a_closed_round_can_go(client, mia, ana):
    mia.workshop.rounds.update(closed_at=timezone.now())
    client.force_login(ana)

    response = post(client, mia, "removal/")

    assert response.status_code == 302
    assert not Participant.objects.filter(pk=mia.pk).exists()


def test_ratings_keep_somebody_too(client, team, ana):
    workshop = make_workshop(team, people=3, items=1)
    rate(workshop, {"i000": [1, 5, 3]}, reveal=False)
    client.force_login(ana)

    response = post(client, workshop.participants.first(), "removal/")

    assert response.status_code == 422
    assert workshop.participants.count() == 3


@pytest.mark.parametrize("candour", ["roles", "team"])
def test_where_names_are_hidden_the_answer_does_not_tell_who_has_answered(client, mia, workshop, ana, candour):
    Workshop.objects.update(candour=candour, k=5)
    answered = workshop.participants.exclude(pk=mia.pk).first()
    write(answered, draft=False)
    Participant.objects.filter(pk=answered.pk).update(name="Mia", submitted_at=timezone.now())
    workshop.rounds.update(closed_at=timezone.now())
    client.force_login(ana)

    pages = []
    for person in (mia, answered):
        response = post(client, person, "removal/")
        said = response.content.decode().partition("<main")[2].replace(person.public_id, "")
        pages.append((response.status_code, said))

    statuses, texts = zip(*pages, strict=True)
    assert statuses == (422, 422)
    assert "whether they answered or not" in texts[0]
    assert texts[0] == texts[1]
    assert workshop.participants.count() == 8


def test_a_replacement_comes_in_by_a_link_of_their_own(client, mia, workshop, ana, streams_asked):
    link = mia.new_link()
    role = mia.role
    client.force_login(ana)

    response = post(client, mia, "replacement/", name="Tom", email="Tom@Example.com")

    tom = workshop.participants.get(email="tom@example.com")
    assert response.status_code == 302
    assert (tom.name, tom.role, tom.statements.count()) == ("Tom", role, 0)
    assert not Participant.everybody.filter(name="Mia").exists()
    assert not tom.personal_links.filter(token_hash=hash_of(link)).exists()
    assert [(letter.kind, letter.participant) for letter in Letter.objects.all()] == [("invitation", tom)]
    assert streams_asked == [workshop]
    assert ("Ana", "replaced", "Mia → Tom") in audited(workshop)


def test_nobody_is_replaced_by_somebody_who_is_there(client, mia, workshop, ana):
    Participant.objects.filter(key="p001").update(email="tom@example.com")
    client.force_login(ana)

    response = post(client, mia, "replacement/", name="Tom", email="TOM@example.com")

    assert response.status_code == 422
    assert "Somebody of this address is in this workshop already." in response.content.decode()
    assert 'value="Tom"' in response.content.decode()
    assert Participant.objects.filter(pk=mia.pk).exists()


def test_an_observer_is_renamed_and_removed_without_a_role(client, workshop, ana):
    otto = Participant.everybody.create(workshop=workshop, key="o", name="Otto", standing="observer")
    client.force_login(ana)

    renamed = post(client, otto, name="Otto Falk")
    otto.refresh_from_db()
    removed = post(client, otto, "removal/")

    assert (renamed.status_code, otto.name, otto.role) == (302, "Otto Falk", None)
    assert removed.status_code == 302
    assert not Participant.everybody.filter(pk=otto.pk).exists()


def test_the_page_runs_as_many_queries_whatever_was_mailed(client, mia, ana):
    client.force_login(ana)

    def grow():
        for kind in ("invitation", "link", "reminder"):
            Letter.objects.create(kind=kind, participant=mia, state="sent")

    assert_same_queries(lambda: client.get(f"/workshops/{mia.workshop.public_id}/people/{mia.public_id}/"), grow)
