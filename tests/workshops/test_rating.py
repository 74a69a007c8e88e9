"""What becomes of each answer that somebody gives while they rate."""

import pytest
from django.test import Client

from tests.workshops.raters import rating_workshop, row, say, sit_down
from workshops import rating_round
from workshops.models import Item, Link, Rating, Round, Sitting, Workshop
from workshops.rating_sheet import Sheet


@pytest.fixture
def workshop(team):
    return rating_workshop(team)


@pytest.fixture
def mia(client, workshop):
    """Mia's browser."""
    return sit_down(client, workshop.participants.get(name="Mia"))


@pytest.mark.parametrize(
    ("says", "kept"),
    [
        ("1", ("rated", 1)),
        ("5", ("rated", 5)),
        ("unknown", ("unknown", None)),
        ("not_real", ("not_real", None)),
        ("", ("asked", None)),
    ],
)
def test_an_answer_is_kept_as_one_row(mia, workshop, says, kept):
    response = say(mia, workshop, "Get paid on time", says=says, star="on")

    assert response.status_code == 200
    assert response.json()["version"] == 1
    found = row(workshop, "Mia", "Get paid on time")
    assert (found.answer, found.importance, found.star) == (*kept, True)
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("said", [{"says": "6"}, {"says": "0"}, {"says": "rated"}, {"says": "\x00"}, {"version": "x"}])
def test_an_answer_off_the_scale_or_without_a_version_is_refused_and_changes_nothing(mia, workshop, said):
    say(mia, workshop, "Get paid on time", says="3")

    response = say(mia, workshop, "Get paid on time", **({"version": 1, "says": "4"} | said))

    assert response.status_code == 422
    assert response.json()["errors"]
    assert row(workshop, "Mia", "Get paid on time").importance == 3


def test_the_same_answer_sent_again_does_nothing_twice(mia, workshop):
    versions = [say(mia, workshop, "Get paid on time", says="4").json()["version"] for _ in range(3)]

    assert versions == [1, 1, 1]


def test_an_answer_from_an_older_page_is_told_what_stands_there_now(mia, workshop):
    say(mia, workshop, "Get paid on time", says="4")

    response = say(mia, workshop, "Get paid on time", says="2")

    assert response.status_code == 409
    assert response.json() == {
        "reason": "stale",
        "version": 1,
        "is_gone": False,
        "theirs": {"says": "4", "star": ""},
        "shown": [["Your answer", "4"]],
    }
    assert row(workshop, "Mia", "Get paid on time").importance == 4


def test_without_a_script_both_answers_are_shown_to_choose_from(mia, workshop):
    item = workshop.items.get(title="Get paid on time")
    say(mia, workshop, item.title, says="4")

    page = mia.post(f"/workshops/{workshop.public_id}/rate/items/{item.public_id}/", {"version": 0, "says": "2"})

    assert page.status_code == 409
    assert "This was changed in another window" in page.text
    assert 'name="says" value="2"' in page.text


def test_a_sixth_star_is_refused_in_words(client, team):
    titles = {"goal": [f"Goal {n}" for n in range(4)], "pain": ["Pain 0", "Pain 1"], "alternative": ["Excel"]}
    workshop = rating_workshop(team, titles)
    mia = sit_down(client, workshop.participants.get(name="Mia"))
    for title in [*titles["goal"], "Pain 0"]:
        assert say(mia, workshop, title, says="5", star="on").status_code == 200

    sixth = say(mia, workshop, "Pain 1", says="5", star="on")

    assert sixth.status_code == 422
    assert "You have given five stars already." in sixth.text
    assert row(workshop, "Mia", "Pain 1") is None
    assert say(mia, workshop, "Goal 0", says="5", version=1).status_code == 200
    assert say(mia, workshop, "Pain 1", says="5", star="on").status_code == 200
    assert say(mia, workshop, "Excel", says="5", star="on").status_code == 200
    assert row(workshop, "Mia", "Excel").star is False


def test_the_closer_look_is_kept_with_the_revision_it_was_asked_about(mia, workshop):
    Item.objects.update(revision=3)
    say(mia, workshop, "Get paid on time", says="4")

    say(mia, workshop, "Get paid on time", "more/", version=1, satisfaction=2, evidence=0, same_meaning=0)

    found = row(workshop, "Mia", "Get paid on time")
    assert (found.satisfaction, found.evidence, found.same_meaning, found.revision) == (2, 0, 0, 3)
    assert (found.importance, found.version) == (4, 2)


def test_what_is_new_to_somebody_is_not_asked_how_well_it_is_served(mia, workshop):
    say(mia, workshop, "Get paid on time", says="4")
    say(mia, workshop, "Get paid on time", "more/", version=1, satisfaction=2, evidence=1, same_meaning=1)

    say(mia, workshop, "Get paid on time", version=2, says="unknown")
    say(mia, workshop, "Get paid on time", "more/", version=3, satisfaction=5, evidence=3, same_meaning=1)

    found = row(workshop, "Mia", "Get paid on time")
    assert (found.answer, found.satisfaction, found.evidence, found.same_meaning) == ("unknown", None, None, 1)


def test_which_goals_a_pain_blocks_keeps_also_what_was_not_ticked(mia, workshop):
    goals = {item.title: item.public_id for item in workshop.items.filter(kind="goal")}
    say(mia, workshop, "Chasing invoices", says="5")

    say(mia, workshop, "Chasing invoices", "blocks/", version=1, goal=[goals["Sleep at night"]])
    links = Link.objects.filter(participant__name="Mia", from_item__title="Chasing invoices")

    assert dict(links.values_list("to_item__title", "drawn")) == {"Get paid on time": False, "Sleep at night": True}
    say(mia, workshop, "Chasing invoices", "blocks/", version=2, none="on")
    assert set(links.values_list("drawn", flat=True)) == {False}
    assert say(mia, workshop, "Chasing invoices", "blocks/", version=3, goal="A" * 16).status_code == 422


def test_what_the_others_say_leaves_ones_own_answer_open(mia, workshop):
    say(mia, workshop, "Get paid on time", "expected/", expected=5)

    found = row(workshop, "Mia", "Get paid on time")
    assert (found.answer, found.importance, found.expected) == ("asked", None, 5)


def everything(mia, workshop):
    """Answer all that is asked."""
    for item in workshop.items.all():
        last = say(mia, workshop, item.title, says="4")
        last = say(mia, workshop, item.title, "expected/", version=1, expected=3)
        last = say(mia, workshop, item.title, "more/", version=2, satisfaction=1, evidence=1, same_meaning=2)
    for item in workshop.items.filter(kind="pain"):
        last = say(mia, workshop, item.title, "blocks/", version=3, none="on")
    return last


def test_it_submits_itself_with_the_last_answer_and_may_still_be_changed(mia, workshop):
    assert everything(mia, workshop).json()["done"] is True

    sitting = Sitting.objects.get()
    again = say(mia, workshop, "Sleep at night", says="", version=3)

    assert again.json()["done"] is False
    assert Sitting.objects.get().finished_at == sitting.finished_at
    assert "Thank you, Mia." in mia.get(f"/workshops/{workshop.public_id}/rate/done/").text


def test_whoever_leaves_something_out_says_that_this_is_all(mia, workshop):
    address = f"/workshops/{workshop.public_id}/rate/done/"
    mia.post(address)
    nothing = mia.get(address).text
    say(mia, workshop, "Sleep at night", says="4")
    early = mia.get(address).text

    mia.post(address)
    moment = Sitting.objects.get().finished_at
    mia.post(address)
    page = mia.get(address).text

    assert "You have not answered anything yet" in nothing
    assert "That is all from me" not in nothing
    assert "What you answered is kept, and it counts" in early
    assert "That is all from me" in early
    assert "Thank you, Mia. It is in." in page
    assert "Still open" in page
    assert Sitting.objects.get().finished_at == moment


def test_nobody_comes_to_the_end_of_a_rating_that_has_closed(mia, workshop):
    say(mia, workshop, "Sleep at night", says="4")
    Workshop.objects.update(stage="live")

    assert mia.post(f"/workshops/{workshop.public_id}/rate/done/").status_code == 409
    assert Client().post(f"/workshops/{workshop.public_id}/rate/done/").status_code == 404
    assert not Sitting.objects.exists()


def test_without_a_script_what_was_refused_comes_back_as_it_was_chosen(client, team):
    workshop = rating_workshop(team, {"goal": [f"Goal {n}" for n in range(6)]})
    mia = sit_down(client, workshop.participants.get(name="Mia"))
    for n in range(5):
        say(mia, workshop, f"Goal {n}", says="5", star="on")
    item = workshop.items.get(title="Goal 5")

    page = mia.post(
        f"/workshops/{workshop.public_id}/rate/items/{item.public_id}/", {"version": 0, "says": "3", "star": "on"}
    )

    card = page.text.split(f'id="card-{item.public_id}"')[1].split("</article>")[0]
    assert page.status_code == 422
    assert "You have given five stars already." in card
    assert 'name="says" value="3" checked' in card
    assert 'name="star" value="on" checked' in card


def test_an_answer_that_came_too_late_is_told_and_not_taken(mia, workshop):
    Workshop.objects.update(stage="live")

    response = say(mia, workshop, "Get paid on time", says="4")
    item = workshop.items.get(title="Get paid on time")
    page = mia.post(f"/workshops/{workshop.public_id}/rate/items/{item.public_id}/", {"version": 0, "says": "4"})

    assert response.status_code == page.status_code == 409
    assert response.json()["reason"] == "closed"
    assert "The rating has closed; this answer was not taken." in page.text
    assert not Rating.objects.exists()


def test_nobody_rates_for_another_or_an_item_of_another_workshop(mia, workshop, olga, ana, ben):
    other = rating_workshop(olga.memberships.get().team)
    foreign = other.items.first()
    path = f"/workshops/{workshop.public_id}/rate/items/"
    own = workshop.items.first()

    answers = [
        mia.post(f"{path}{key}/", {"version": 0, "says": 3}) for key in (foreign.public_id, "x", "\x00", "A" * 16)
    ]
    for user in (olga, ana, ben):
        client = Client()
        client.force_login(user)
        answers.append(client.post(f"{path}{own.public_id}/", {"version": 0, "says": 3}))

    assert [answer.status_code for answer in answers] == [404] * 7
    assert not Rating.objects.exists()


# -- what each meets ---------------------------------------------------------------------------------------------------
def test_each_meets_every_item_once_kinds_together_in_an_order_of_their_own(team):
    titles = {"goal": [f"Goal {n}" for n in range(9)], "pain": [f"Pain {n}" for n in range(9)]}
    workshop = rating_workshop(team, titles)
    orders = {}
    for person in workshop.participants.all():
        sheet = Sheet(workshop, person)
        orders[person.name] = [item.title for item in sheet.items]
        assert orders[person.name] == [item.title for item in Sheet(workshop, person).items]
        assert sheet.items[0].pk not in sheet.own
    assert sorted(orders["Mia"]) == sorted(orders["Tom"]) == sorted(titles["goal"] + titles["pain"])
    assert {title[:4] for title in orders["Mia"][:9]} == {"Goal"}
    assert orders["Mia"] != orders["Tom"]


def test_the_common_items_are_those_of_most_authors_then_of_most_statements(team):
    workshop = rating_workshop(team, {"goal": [f"Goal {n}" for n in range(12)]})
    tom, mia = (workshop.participants.get(name=name) for name in ("Tom", "Mia"))
    goals = {item.title: item for item in workshop.items.all()}
    from tests.workshops.writers import write

    write(tom, "Mine too", draft=False, item=goals["Goal 0"])
    write(mia, "Once more", draft=False, item=goals["Goal 2"])
    write(tom, "A draft does not count", draft=True, item=goals["Goal 1"])
    common = rating_round.common_items(list(goals.values()), seed=7)

    by_key = {item.key: item.title for item in goals.values()}
    assert [by_key[key] for key in common[:2]] == ["Goal 0", "Goal 2"]
    assert {by_key[key] for key in common[2:6]} == {"Goal 4", "Goal 6", "Goal 8", "Goal 10"}
    assert len(common) == 8
    assert common == rating_round.common_items(list(goals.values()), seed=7)
    assert Round.objects.get(workshop=workshop).common[0] in by_key
