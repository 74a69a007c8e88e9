"""What the facilitator sees of a workshop while people write, and where everybody lands."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from tests.people import make_workshop, take_seat
from tests.queries import assert_same_queries
from tests.workshops.facilitating import change, shown, submit, words
from tests.workshops.writers import join, open_workshop, write
from workshops import letters
from workshops.models import Letter, Participant


@pytest.fixture
def writing(team, ana):
    """Mia, Tom and Zoe write; Mia is in."""
    made = open_workshop(team)
    for name in ("Mia", "Tom", "Zoe"):
        join(made, name)
    submit(made, "Mia")
    return made


# -- before people write -----------------------------------------------------------------------------------------------
def test_setup_shows_what_is_done_and_what_is_not(client, ana, team):
    workshop = open_workshop(team, stage="setup", question="")
    client.force_login(ana)

    said = shown(client, workshop)

    assert "Nobody can write yet" in said
    assert "The question not yet" in said
    assert "Which customers are meant done" in said
    assert "People not yet" in said
    assert "Nobody takes part yet. Writing can open as soon as somebody does." in said


def test_opening_says_whom_it_lets_in_and_whom_it_writes_to(client, ana, team):
    workshop = open_workshop(team, stage="setup")
    for name in ("Mia", "Tom", "Zoe"):
        join(workshop, name)
    workshop.participants.exclude(name="Zoe").update(email="")
    workshop.participants.filter(name="Zoe").update(email="zoe@example.com")
    client.force_login(ana)

    said = shown(client, workshop)

    assert "Open writing: 3 people can begin" in said
    assert "Send invitations now: one goes out by mail" in said
    assert "2 people have no e-mail address and come in by the code" in said
    assert "You have no voice from" in said


def test_opening_sends_invitations_once_when_asked_to(client, ana, team):
    workshop = open_workshop(team, stage="setup")
    zoe, mia = join(workshop, "Zoe"), join(workshop, "Mia")
    Participant.objects.filter(pk=zoe.pk).update(email="zoe@example.com")
    client.force_login(ana)

    response = client.post(
        f"/workshops/{workshop.public_id}/stage/", {"to": "write", "seen": 0, "invite": "on"}, follow=True
    )

    zoe.refresh_from_db()
    mia.refresh_from_db()
    assert "Writing is open. An invitation is on its way." in words(response)
    assert list(Letter.objects.values_list("kind", "participant__name")) == [("invitation", "Zoe")]
    assert (zoe.invited_at is None, mia.invited_at is None) == (False, True)
    assert list(workshop.audit.order_by("pk").values_list("action", "about")) == [
        ("stage", "Write"),
        ("invited", "Zoe"),
    ]


def test_opening_without_the_box_writes_to_nobody(client, ana, team):
    workshop = open_workshop(team, stage="setup")
    zoe = join(workshop, "Zoe")
    Participant.objects.filter(pk=zoe.pk).update(email="zoe@example.com")
    client.force_login(ana)

    client.post(f"/workshops/{workshop.public_id}/stage/", {"to": "write", "seen": 0})

    workshop.refresh_from_db()
    assert workshop.stage == "write"
    assert not Letter.objects.exists()


# -- who is in ---------------------------------------------------------------------------------------------------------
def test_in_open_the_facilitator_sees_who_is_in_and_no_time(client, ana, writing):
    client.force_login(ana)

    said = shown(client, writing, "?part=progress")

    assert re.search(r"1 of 3 in Tom , Sales not in Zoe , Sales not in Mia , Sales in", said)
    assert "1 of 3 is in; drafts of the others are not used." in said
    assert not re.search(r"\d\d:\d\d", said)


@pytest.mark.parametrize(("candour", "k"), [("roles", 3), ("team", 5)])
def test_without_names_only_the_count_is_told(client, ana, writing, candour, k):
    change(writing, candour=candour, k=k)
    client.force_login(ana)

    response = client.get(f"/workshops/{writing.public_id}/overview/")

    said = words(response)
    assert "1 of 3 in" in said
    assert [name for name in ("Mia", "Tom", "Zoe") if name in said] == []
    assert 'hx-trigger="every 10s, team from:body' in response.content.decode()
    assert 'data-regions="stage team job analysis"' in response.content.decode()


def test_who_submitted_a_moment_ago_is_not_counted_yet(client, ana, writing):
    change(writing, candour="roles")
    client.force_login(ana)
    submit(writing, "Tom", seconds_ago=-5)

    before = shown(client, writing)
    submit(writing, "Tom", seconds_ago=0)
    after = shown(client, writing)

    assert ("1 of 3 in" in before, "2 of 3 in" in after) == (True, True)


def test_nothing_that_anybody_wrote_is_in_the_page(client, ana, writing):
    write(writing.participants.get(name="Mia"), label="Canary", meaning="Canary", draft=False)
    client.force_login(ana)

    response = client.get(f"/workshops/{writing.public_id}/overview/")

    assert "Canary" not in response.content.decode()


def test_guests_who_wait_and_observers_are_not_counted(client, ana, writing):
    for name, standing in (("Gil", "waiting"), ("Ona", "observer")):
        person = join(writing, name)
        Participant.everybody.filter(pk=person.pk).update(standing=standing)
    client.force_login(ana)

    said = shown(client, writing, "?part=progress")

    assert "1 of 3 in" in said
    assert "1 guest waits to be let in." in said


def test_a_deadline_that_is_over_closes_nothing(client, ana, writing):
    change(writing, deadline=timezone.now() - dt.timedelta(days=1))
    client.force_login(ana)

    assert "That is over. It closes nothing: people can write until you close writing." in shown(client, writing)


def test_the_page_asks_as_many_questions_for_three_as_for_thirty(client, ana, writing):
    client.force_login(ana)

    assert_same_queries(
        lambda: client.get(f"/workshops/{writing.public_id}/overview/"),
        lambda: [join(writing, f"Person {n}") for n in range(27)],
    )


# -- at rating ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def rating(team, ana):
    """Mia, Tom and Zoe rate; Mia is through, Tom will be in a moment."""
    made = open_workshop(team, stage="rate")
    for name in ("Mia", "Tom", "Zoe"):
        join(made, name)
    round_ = made.rounds.create(kind="rate", key="rate", position=0)
    for name, seconds in (("Mia", -1), ("Tom", 60)):
        moment = timezone.now() + dt.timedelta(seconds=seconds)
        round_.sittings.create(participant=made.participants.get(name=name), finished_at=moment)
    return made


def test_at_rating_in_open_the_facilitator_sees_who_is_through(client, ana, rating):
    client.force_login(ana)

    said = shown(client, rating, "?part=progress")

    assert "1 of 3 in Tom , Sales not in Zoe , Sales not in Mia , Sales in" in said
    assert "1 of 3 is in; what the others have saved counts, too." in said


@pytest.mark.parametrize(("candour", "k"), [("roles", 3), ("team", 5)])
def test_at_rating_without_names_only_the_count_is_told(client, ana, rating, candour, k):
    change(rating, candour=candour, k=k)
    client.force_login(ana)

    said = shown(client, rating)

    assert "1 of 3 in" in said
    assert [name for name in ("Mia", "Tom", "Zoe") if name in said] == []


def test_who_has_not_come_to_the_end_of_the_rating_is_reminded_of_that(client, ana, rating):
    for name in ("Mia", "Tom", "Zoe"):
        rating.participants.filter(name=name).update(email=f"{name.lower()}@example.com", submitted_at=None)
    client.force_login(ana)

    client.post(f"/workshops/{rating.public_id}/reminders/")
    (letter,) = Letter.objects.filter(kind="reminder")
    letters.deliver(letter.pk)

    (mailed,) = mail.outbox
    assert mailed.to == ["zoe@example.com"]
    assert "what everybody wrote waits for your ratings" in mailed.body


def test_a_reminder_that_the_stage_has_overtaken_is_not_sent(client, ana, rating):
    rating.participants.filter(name="Zoe").update(email="zoe@example.com")
    letter = letters.ask(Letter.Kind.REMINDER, participant=rating.participants.get(name="Zoe"))
    change(rating, stage="live")

    letters.deliver(letter.pk)

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"stage": "consolidate"}, "Consolidate 2 statements"),
        ({"stage": "rate"}, "1 of 3 are in"),
        ({"stage": "live"}, "There are no findings"),
        ({"stage": "live", "revealed_at": timezone.now()}, "Differences are revealed"),
    ],
)
def test_home_and_the_team_say_what_waits_for_the_facilitator(client, ana, team, rating, fields, line):
    for n in range(2):
        write(rating.participants.get(name="Mia"), f"Goal {n}", draft=False)
    if fields["stage"] == "live":
        rating.rounds.update(closed_at=timezone.now())
    change(rating, **fields)
    client.force_login(ana)

    pages = [words(client.get(address)) for address in ("/", f"/teams/{team.public_id}/")]

    assert [line in page for page in pages] == [True, True]


@pytest.mark.parametrize(
    ("name", "line"),
    [("Zoe", "Rate, whenever you like until it closes: about 8 minutes"), ("Mia", "Rated, thank you")],
)
def test_home_says_what_waits_for_who_rates(client, rating, name, line):
    take_seat(client, rating.participants.get(name=name))

    assert line in words(client.get("/"))


# -- where everybody lands ---------------------------------------------------------------------------------------------
def lands(client, workshop):
    """The name of the page to which the workshop's address leads."""
    response = client.get(f"/workshops/{workshop.public_id}/")
    assert response.status_code == 302
    return response["Location"].removeprefix(f"/workshops/{workshop.public_id}")


def test_a_facilitator_lands_on_the_overview_until_the_reveal(client, ana, writing):
    client.force_login(ana)
    before = lands(client, writing)
    change(writing, revealed_at=timezone.now())

    after = lands(client, writing)

    assert (before, after) == ("/overview/", "/diff/")


@pytest.mark.parametrize(
    ("name", "stage", "late", "page"),
    [
        ("Tom", "setup", False, "/diff/"),
        ("Tom", "write", False, "/write/"),
        ("Mia", "write", False, "/write/thanks/"),
        ("Tom", "consolidate", False, "/diff/"),
        ("Tom", "consolidate", True, "/write/"),
        ("Tom", "rate", False, "/rate/"),
    ],
)
def test_a_participant_lands_where_something_waits(client, writing, name, stage, late, page):
    change(writing, stage=stage)
    tom = writing.participants.get(name=name)
    writing.participants.filter(name=name).update(may_write_late=late)
    take_seat(client, tom)

    assert lands(client, writing) == page


def test_a_member_who_does_not_take_part_lands_on_the_differences(client, ben, writing):
    client.force_login(ben)

    assert lands(client, writing) == "/diff/"


@pytest.mark.parametrize(
    ("who", "tabs"),
    [
        ("ana", ["Overview", "People", "Setup", "Differences", "Compare"]),
        ("ben", ["People", "Differences", "Compare"]),
        ("Tom", ["Write", "People", "Differences", "Compare", "My data"]),
    ],
)
def test_tabs_lead_where_one_may_go(client, ana, ben, writing, who, tabs):
    if who == "Tom":
        take_seat(client, writing.participants.get(name="Tom"))
    else:
        client.force_login({"ana": ana, "ben": ben}[who])

    page = client.get(f"/workshops/{writing.public_id}/diff/").content.decode()

    nav = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    assert re.findall(r">([^<>]+)</a>", nav) == tabs


# -- while the stage moves ---------------------------------------------------------------------------------------------
def test_an_open_page_is_told_that_the_stage_has_moved(client, writing):
    take_seat(client, writing.participants.get(name="Tom"))
    address = f"/workshops/{writing.public_id}/stage/line/?seen=0"
    before = client.get(address).content.decode()
    change(writing, stage="consolidate", stage_version=1)

    after = client.get(address).content.decode()

    assert "alert" not in before
    assert "The workshop has moved meanwhile: it is at “Consolidate” now." in after
    assert "?seen=0" in after


def test_a_late_person_is_told_on_the_open_page(client, writing):
    change(writing, stage="consolidate", stage_version=1)
    writing.participants.filter(name="Tom").update(may_write_late=True)
    take_seat(client, writing.participants.get(name="Tom"))

    said = client.get(f"/workshops/{writing.public_id}/stage/line/?seen=1").content.decode()

    assert "The facilitator lets you write a little longer." in said


# -- home --------------------------------------------------------------------------------------------------------------
def test_home_says_what_waits(client, ana, team, writing):
    mia = writing.participants.get(name="Mia")
    Participant.objects.filter(pk=mia.pk).update(user=ana)
    gil = join(writing, "Gil")
    Participant.everybody.filter(pk=gil.pk).update(standing="waiting")
    client.force_login(ana)

    said = words(client.get("/"))

    assert "Submitted, thank you · 1 guest waits · 1 of 3 are in" in said


def test_home_names_the_day_until_which_to_write(client, ben, writing):
    friday = timezone.now() + dt.timedelta(days=20)
    change(writing, deadline=friday)
    writing.participants.filter(name="Tom").update(user=ben)
    client.force_login(ben)

    said = words(client.get("/"))

    assert f"Write until {friday:%A, }{friday.day} {friday:%B}" in said


def test_home_asks_as_many_questions_for_one_workshop_as_for_three(client, ana, team, writing):
    client.force_login(ana)

    assert_same_queries(lambda: client.get("/"), lambda: [make_workshop(team, people=3) for _ in range(2)])
