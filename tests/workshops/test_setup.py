"""The brief: what may stand in it, that no other facilitator's change is lost, and that no promise is loosened."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from tests.people import add_people, make_workshop, take_seat
from tests.queries import assert_same_queries
from workshops import candour
from workshops.models import AuditEntry, Readiness, Segment, Statement, Workshop

FORM = "application/x-www-form-urlencoded"
BRIEF = {
    "title": "Getting paid",
    "question": "Why do builders get paid late?",
    "segment": "Builders with 3 to 15 people",
    "new_segment": "",
    "strategy": "",
    "horizon": "",
    "candour": "open",
    "k": "3",
    "deadline": "",
    "live_at": "",
    "time_zone": "UTC",
}


def address(workshop, page="setup"):
    return f"/workshops/{workshop.public_id}/{page}/"


def seen_by(client, workshop):
    """The version that the form on the page carries."""
    return re.search(r'name="seen" value="(\w+)"', client.get(address(workshop)).content.decode())[1]


def save(client, workshop, **typed):
    """Load the page, change what is `typed`, and send it."""
    sent = urlencode(BRIEF | {"seen": seen_by(client, workshop)} | typed, errors="surrogatepass")
    return client.post(address(workshop), sent, content_type=FORM)


def trail(workshop):
    return list(workshop.audit.order_by("pk").values_list("action", "actor", "about"))


@pytest.fixture
def facilitator(client, ana):
    client.force_login(ana)
    return client


# -- saving -----------------------------------------------------------------------------------------------------------
def test_a_facilitator_saves_the_brief(facilitator, workshop):
    response = save(
        facilitator,
        workshop,
        question="Who  pays late?",
        new_segment="Roofers",
        strategy="One place\r\nfor every invoice.",
        horizon="Next 12 months",
        candour="team",
        k="6",
        deadline="2030-05-30T18:00",
        live_at="2030-05-31T14:00",
        time_zone="Europe/Berlin",
    )

    workshop.refresh_from_db()
    assert response.status_code == 302
    assert (workshop.question, workshop.segment.name, workshop.horizon) == (
        "Who pays late?",
        "Roofers",
        "Next 12 months",
    )
    assert workshop.strategy == "One place\nfor every invoice."
    assert (workshop.candour, workshop.k) == ("team", 6)
    assert workshop.deadline == datetime(2030, 5, 30, 16, tzinfo=UTC)
    assert workshop.live_at == datetime(2030, 5, 31, 12, tzinfo=UTC)
    assert trail(workshop) == [
        ("candour", "Ana", "team, k = 6"),
        ("brief", "Ana", "question, segment, strategy, horizon, deadline, live_at, time_zone"),
    ]


def test_saving_what_is_there_already_leaves_no_trace(facilitator, workshop):
    save(facilitator, workshop)

    assert trail(workshop) == []


def test_a_segment_that_the_team_has_is_not_made_twice(facilitator, workshop):
    save(facilitator, workshop, segment="", new_segment="builders with 3 TO 15 people")

    workshop.refresh_from_db()
    assert workshop.segment.name == "Builders with 3 to 15 people"
    assert Segment.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": "a\x00b"}, "broken character"),
        ({"question": "x" * 601}, "at most 600 characters"),
        ({"strategy": "x" * 2001}, "at most 2000 characters"),
        ({"strategy": "a\x00b"}, "broken character"),
        ({"strategy": "a\ud800b"}, "broken character"),
        ({"segment": "Of another team"}, "Select a valid choice"),
        ({"segment": "a\x00b"}, "Null characters are not allowed."),
        ({"candour": "secret"}, "Select a valid choice"),
        ({"candour": ""}, "This field is required."),
        ({"k": "2"}, "no group smaller than 3 is shown"),
        ({"candour": "team", "k": "4"}, "no group smaller than 5 is shown"),
        ({"k": "51"}, "less than or equal to 50"),
        ({"k": "9" * 40}, "less than or equal to 50"),
        ({"k": "many"}, "Enter a whole number."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"time_zone": "../../etc/passwd"}, "Select a valid choice"),
        ({"deadline": "tomorrow"}, "Say a day and a time"),
        ({"deadline": "2030-02-30T10:00"}, "Say a day and a time"),
        ({"deadline": "0001-01-01T00:00"}, "Say a day and a time"),
        ({"live_at": "2030-05-31T14:00+02:00"}, "Say a day and a time"),
        ({"live_at": "2030-03-31T02:30", "time_zone": "Europe/Berlin"}, "The clocks go forward then"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_was_typed(facilitator, workshop, olga, typed, said):
    Segment.objects.create(team=olga.memberships.get().team, name="Of another team")

    response = save(facilitator, workshop, **({"horizon": "Typed with care"} | typed))

    page = response.content.decode()
    workshop.refresh_from_db()
    assert response.status_code == 422
    assert said in page
    assert 'value="Typed with care"' in page
    assert (workshop.title, workshop.horizon, trail(workshop)) == ("Getting paid", "", [])


def test_a_stored_moment_is_shown_by_the_clock_of_its_zone(facilitator, workshop):
    Workshop.objects.filter(pk=workshop.pk).update(
        deadline=datetime(2030, 1, 15, 23, 30, 59, tzinfo=UTC), time_zone="Asia/Kolkata"
    )

    assert 'value="2030-01-16T05:00"' in facilitator.get(address(workshop)).content.decode()


# -- two at once ------------------------------------------------------------------------------------------------------
def test_of_two_facilitators_the_second_sees_both_versions_and_chooses(client, ana, oda, workshop):
    client.force_login(ana)
    seen = seen_by(client, workshop)
    client.force_login(oda)
    save(client, workshop, question="Oda’s question")
    client.force_login(ana)

    response = client.post(address(workshop), BRIEF | {"seen": seen, "question": "Ana’s question"})

    page = response.content.decode()
    workshop.refresh_from_db()
    assert response.status_code == 409
    assert workshop.question == "Oda’s question"
    assert '<td data-mode="Theirs">Oda’s question</td><td data-mode="Yours">Ana’s question</td>' in page
    again = re.search(r'name="seen" value="(\w+)"', page)[1]
    client.post(address(workshop), BRIEF | {"seen": again, "question": "Ana’s question"})
    workshop.refresh_from_db()
    assert workshop.question == "Ana’s question"


def test_a_brief_sent_without_its_version_is_refused_unless_it_changes_nothing(facilitator, workshop):
    changing = facilitator.post(address(workshop), BRIEF | {"question": "Another"})
    same = facilitator.post(address(workshop), BRIEF)

    assert (changing.status_code, same.status_code) == (409, 302)


# -- the promise ------------------------------------------------------------------------------------------------------
@pytest.fixture
def answered(workshop):
    """In *roles* with k = 4, and somebody has begun to write."""
    Workshop.objects.filter(pk=workshop.pk).update(candour="roles", k=4)
    Readiness.objects.create(workshop=workshop, participant=workshop.participants.first())
    workshop.refresh_from_db()
    return workshop


@pytest.mark.parametrize("looser", [{"candour": "open", "k": "4"}, {"candour": "roles", "k": "3"}])
def test_a_promise_that_was_answered_under_is_not_loosened_and_nothing_typed_is_lost(facilitator, answered, looser):
    response = save(facilitator, answered, strategy="Typed with care", **looser)

    page = response.content.decode()
    answered.refresh_from_db()
    assert response.status_code == 422
    assert "it can only be made stricter now." in page
    assert "Typed with care</textarea>" in page
    assert (answered.candour, answered.k, answered.strategy, trail(answered)) == ("roles", 4, "", [])


def test_the_database_has_the_last_word_on_the_promise(facilitator, answered, monkeypatch):
    monkeypatch.setattr(candour, "has_answers", lambda workshop: False)  # the answer comes after we asked

    response = save(facilitator, answered, candour="open", k="4")

    answered.refresh_from_db()
    assert response.status_code == 422
    assert "it can only be made stricter now." in response.content.decode()
    assert answered.candour == "roles"


def test_a_promise_is_made_stricter_at_any_time(facilitator, answered):
    save(facilitator, answered, candour="team", k="5")

    answered.refresh_from_db()
    assert (answered.candour, answered.k) == ("team", 5)
    assert trail(answered) == [("candour", "Ana", "team, k = 5")]


def test_a_deleted_statement_counts_as_an_answer_as_it_does_for_the_database(workshop):
    said = Statement.objects.create(workshop=workshop, participant=workshop.participants.first(), key="s", kind="goal")
    before = candour.has_answers(workshop)
    Statement.with_deleted.filter(pk=said.pk).update(deleted_at=datetime.now(UTC))

    assert (before, candour.has_answers(workshop)) == (True, True)
    assert not candour.has_answers(make_workshop(workshop.team))


def test_everybody_in_the_workshop_reads_the_promise_with_its_own_mode_marked(client, workshop):
    Workshop.objects.filter(pk=workshop.pk).update(candour="roles", k=4)
    take_seat(client, workshop.participants.first())

    page = client.get(address(workshop, "promise")).content.decode()

    assert "at least 4 people of it answered." in page
    assert '<th scope="col">Roles <span class="tag likely">this workshop</span></th>' in page
    assert "Colleagues may recognise how you write." in page


# -- who may, and what it costs ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["setup", "preview"])
def test_only_facilitators_open_what_is_theirs(client, ben, olga, workshop, page):
    answers = {}

    for name, user in (("Ben", ben), ("Olga", olga)):
        client.force_login(user)
        answers[name] = client.get(address(workshop, page)).status_code

    assert answers == {"Ben": 403, "Olga": 404}


def test_a_member_changes_nothing_of_the_brief(client, ben, workshop):
    client.force_login(ben)

    response = client.post(address(workshop), BRIEF | {"question": "Mine"})

    workshop.refresh_from_db()
    assert response.status_code == 403
    assert workshop.question == "Why do builders get paid late?"


def test_setup_costs_the_same_for_many_people_and_segments(facilitator, workshop):
    def grow():
        add_people(workshop, 20)
        Segment.objects.bulk_create(Segment(team=workshop.team, name=f"Segment {n}") for n in range(5))
        AuditEntry.objects.bulk_create(AuditEntry(workshop=workshop, action="brief") for _ in range(5))

    assert_same_queries(lambda: facilitator.get(address(workshop)), grow)
