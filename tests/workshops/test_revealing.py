"""Who sees the findings when: nobody, then facilitators without names, then all who may, one item or everything."""

import pytest
from django.utils import timezone

from tests.people import compute, make_workshop, take_seat
from tests.queries import assert_same_queries
from tests.workshops.facilitating import change, words
from workshops import stages
from workshops.models import Participant, Rating, Statement

WHO = ("participant", "member", "observer", "facilitator")
STEPS = ("before", "prepared", "item", "revealed")
# What each of them is shown, at each step, of the whole (diff, compare) and of the items "first" and "second".
WHOLE, FIRST, SECOND = "whole", "first", "second"
SHOWN = (
    {("before", who): set() for who in WHO}
    | {
        ("prepared", "participant"): set(),
        ("prepared", "member"): set(),
        ("prepared", "observer"): set(),
        ("prepared", "facilitator"): {WHOLE, FIRST, SECOND},
        ("item", "participant"): {FIRST},
        ("item", "member"): set(),
        ("item", "observer"): set(),
        ("item", "facilitator"): {FIRST},  # who has stayed blind sees what the others see
    }
    | {("revealed", who): {WHOLE, FIRST, SECOND} for who in WHO}
)
WORDS = {FIRST: "canary-first-meaning", SECOND: "canary-second-meaning"}


@pytest.fixture
def rated(team, ana, ben):
    """Nine people have rated two items of one statement each; the rating is closed, the findings are there."""
    workshop = make_workshop(team, people=9, items=0)
    for n, name in enumerate(WORDS):
        item = workshop.items.create(key=name, kind="goal", title=f"Title of the {name}", position=n)
        author = workshop.participants.order_by("key")[n]
        Statement.objects.create(
            workshop=workshop,
            participant=author,
            key=name,
            kind="goal",
            label=f"label {name}",
            position=0,
            meaning=WORDS[name],
            draft=False,
            item=item,
        )
    Rating.objects.bulk_create(
        Rating(round=workshop.rounds.get(), participant=person, item=item, answer="rated", importance=1 + n % 2 * 4)
        for item in workshop.items.all()
        for n, person in enumerate(workshop.participants.order_by("key"))
    )
    workshop.rounds.update(closed_at=timezone.now())
    change(workshop, stage="live")
    compute(workshop)
    return workshop


@pytest.fixture
def become(client, rated, ana, ben):
    """Makes the client one of WHO."""
    ona = Participant.objects.create(workshop=rated, key="o", name="Ona", standing="observer")

    def sit(who):
        client.logout()
        if who == "facilitator":
            client.force_login(ana)
        elif who == "member":
            client.force_login(ben)
        elif who == "participant":
            take_seat(client, rated.participants.last())
        else:
            take_seat(client, ona)

    return sit


def press(client, workshop, what, seen=None):
    """Press a button of a page that knew of so many moves of the stage."""
    return client.post(
        f"/workshops/{workshop.public_id}/{what}/", {"seen": workshop.stage_version if seen is None else seen}
    )


def item_address(workshop, key):
    return f"items/{workshop.items.get(key=key).public_id}"


@pytest.fixture
def go(client, rated, ana):
    """Takes the workshop to one of STEPS, as Ana would."""

    def to(step):
        what = {"prepared": "preparation", "item": f"{item_address(rated, FIRST)}/reveal", "revealed": "reveal"}
        if step in what:
            client.force_login(ana)
            assert press(client, rated, what[step]).status_code == 302
            client.logout()

    return to


def pages(client, workshop):
    """The three addresses and both items: {name: page}."""
    begin = f"/workshops/{workshop.public_id}/"
    found = {name: client.get(f"{begin}{item_address(workshop, name)}/") for name in (FIRST, SECOND)}
    found |= {"diff": client.get(f"{begin}diff/"), "part": client.get(f"{begin}diff/?part=differences")}
    found["compare"] = client.get(f"{begin}compare/")
    assert {response.status_code for response in found.values()} == {200}
    return {name: response.content.decode() for name, response in found.items()}


@pytest.mark.parametrize("candour", ["open", "roles", "team"])
@pytest.mark.parametrize("step", STEPS)
def test_each_is_shown_what_is_theirs_to_see_and_nothing_else(client, rated, become, go, candour, step):
    change(rated, candour=candour, k=5 if candour == "team" else 3)
    go(step)
    for who in WHO:
        become(who)
        check(pages(client, rated), candour, step, who)


def check(found, candour, step, who):
    """These pages show this viewer what SHOWN says, names where they stand by them, and nothing else."""
    may_see = SHOWN[step, who]
    asked = f"{who}, {candour}, {step}"
    assert {name for name, word in WORDS.items() if word in found[name]} == may_see - {WHOLE}, asked
    for name in (FIRST, SECOND):
        assert ("How you answered" in found[name]) == (name in may_see), asked
    for name in ("diff", "part"):
        assert ("How alike you answer" in found[name]) == (WHOLE in may_see), asked
    assert ('id="differences"' not in found["compare"]) == (WHOLE in may_see), asked
    named = {name for name, page in found.items() if "Person 0" in page or "Person 1" in page}
    knows_names = candour == "open" and who in ("participant", "facilitator")
    assert (FIRST in named) == (knows_names and step in ("item", "revealed")), asked
    assert bool(named - {FIRST}) == (knows_names and step == "revealed"), asked
    if not may_see and who in ("member", "observer"):  # who rates knows what items are called, and so who facilitates
        assert [name for name, page in found.items() if "Title of the" in page or "canary" in page] == [], asked


def test_with_one_item_revealed_the_whole_says_what_is_missing_and_leads_there(client, rated, become, go):
    go("item")
    said = {}
    for who in WHO:
        become(who)
        said[who] = words(client.get(f"/workshops/{rated.public_id}/diff/"))

    for who in ("participant", "facilitator"):
        assert "Not everything is revealed yet" in said[who]
        assert "The others follow one by one, or all at once" in said[who]
        assert "Title of the first" in said[who]
        assert "Title of the second" not in said[who]
    for who in ("member", "observer"):
        assert "The differences are not revealed yet" in said[who]


@pytest.mark.parametrize(
    ("stage", "heading"),
    [
        ("setup", "It has not begun yet"),
        ("write", "Everybody writes alone now"),
        ("consolidate", "What was written is being put together"),
        ("rate", "Everybody rates alone now"),
    ],
)
@pytest.mark.parametrize("who", ["participant", "facilitator"])
def test_before_that_the_address_says_what_is_missing(client, team, ana, stage, heading, who):
    workshop = make_workshop(team)
    change(workshop, stage=stage)
    client.force_login(ana)
    if who == "participant":
        client.logout()
        take_seat(client, workshop.participants.first())

    said = words(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert heading in said
    assert ("0 of 11 are in." in said) == (who == "facilitator" and stage in ("write", "rate"))


# -- what is refused ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("what", ["preparation", "reveal", "items/{}/reveal"])
def test_nothing_opens_while_the_rating_is_open(client, ana, workshop, what):
    client.force_login(ana)

    response = press(client, workshop, what.format(workshop.items.first().public_id))

    assert response.status_code == 422
    assert "The rating is not closed yet." in words(response)
    assert stages.has_shown_results(workshop) is False


@pytest.mark.parametrize("what", ["preparation", "reveal", "items/{}/reveal"])
def test_nothing_opens_before_there_are_findings(client, ana, rated, what):
    change(rated, current_analysis=None)
    client.force_login(ana)

    response = press(client, rated, what.format(rated.items.first().public_id))

    assert response.status_code == 422
    assert "There are no findings yet." in words(response)
    assert stages.has_shown_results(rated) is False


@pytest.mark.parametrize("seen", [1, -1, ""])
@pytest.mark.parametrize("what", ["preparation", "reveal"])
def test_a_page_that_is_out_of_date_opens_nothing(client, ana, rated, what, seen):
    client.force_login(ana)

    response = press(client, rated, what, seen)

    assert response.status_code == 409
    assert stages.has_shown_results(rated) is False


def test_a_second_press_changes_nothing_and_says_so(client, ana, rated):
    client.force_login(ana)
    buttons = ["preparation", f"{item_address(rated, FIRST)}/reveal", "reveal"]

    answers = [press(client, rated, what).status_code for what in buttons for _ in range(2)]

    assert answers == [302, 409] * 3
    assert list(rated.audit.order_by("pk").values_list("action", "about")) == [
        ("prepared", ""),
        ("revealed", "Title of the first"),
        ("revealed", ""),
    ]


@pytest.mark.parametrize("what", ["preparation", "reveal", "item"])
def test_after_a_look_nobody_rates_alone_any_more(client, ana, rated, what):
    client.force_login(ana)
    press(client, rated, f"{item_address(rated, FIRST)}/reveal" if what == "item" else what)

    response = client.post(f"/workshops/{rated.public_id}/stage/", {"to": "rate", "seen": 0})

    assert response.status_code == 422
    assert rated.rounds.get(kind="rate").closed_at is not None


def test_the_page_says_before_whom_it_opens(client, ana, rated):
    client.force_login(ana)
    address = f"/workshops/{rated.public_id}/overview/"
    is_open = words(client.get(address))
    change(rated, candour="roles")

    roles = words(client.get(address))

    assert "sees who answered what and who wrote what, by name." in is_open
    assert "Observers, and members of the team who do not take part, see it without names." in is_open
    assert "No names, ever: a role is shown only where at least 3 people of it answered." in roles


def test_the_trail_names_the_item_only_to_those_who_are_in_it(client, rated, become, go):
    go("item")
    said = {}
    for who in WHO:
        become(who)
        said[who] = words(client.get(f"/workshops/{rated.public_id}/audit/"))

    named = {who for who, page in said.items() if "revealed the item “Title of the first”" in page}
    assert named == {"participant", "facilitator"}
    assert "Ana revealed one item." in said["member"]


# -- the overview after the rating -------------------------------------------------------------------------------------
def test_the_overview_leads_from_the_computation_to_the_reveal(client, ana, rated):
    client.force_login(ana)
    address = f"/workshops/{rated.public_id}/overview/?part=findings"
    said = [words(client.get(address))]
    for what in ("preparation", "reveal"):
        press(client, rated, what)
        said.append(words(client.get(address)))

    assert "Look at the findings to prepare" in said[0]
    assert "You see the findings, the others do not" in said[1]
    assert "Reveal everything now" in said[1]
    assert "Everything is revealed" in said[2]
    assert client.get(f"{address}&have=revealed").status_code == 204
    assert client.get(f"{address}&have=ready").status_code == 200


def test_the_pages_ask_as_many_questions_for_two_items_as_for_twenty(client, ana, rated, go):
    go("item")
    client.force_login(ana)

    for page in ("diff", "overview"):
        assert_same_queries(
            lambda page=page: client.get(f"/workshops/{rated.public_id}/{page}/"),
            lambda: rated.items.filter(key=SECOND).update(revealed_at=timezone.now()),
        )
