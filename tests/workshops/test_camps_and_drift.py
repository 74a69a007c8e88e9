"""What the page of differences says about ways of seeing the whole, and about answers that moved."""

import pytest
from django.test import Client

from tests.people import account, add_items, add_people, ask_again, compute, make_workshop, rate
from tests.queries import queries_of
from tests.workshops.facilitating import change, words
from workshops.answers import again_from_rows, round_to_analyse
from workshops.models import Membership, Workshop

LOW, HIGH = [1, 2, 1, 2, 1], [5, 4, 5, 4, 5]


@pytest.fixture
def facilitator(team):
    user = account("Ana")
    team.add_member(user, Membership.Access.FACILITATOR)
    browser = Client()
    browser.force_login(user)
    return browser


def workshop_of(team, answers, *, people=10):
    """Everybody's answers, revealed in open."""
    workshop = make_workshop(team, people=0, items=0)
    add_people(workshop, people)
    add_items(workshop, len(answers))
    rate(workshop, dict(zip(workshop.items.values_list("key", flat=True), answers, strict=True)))
    change(workshop, candour=Workshop.Candour.OPEN)
    return workshop


def in_two_camps(team):
    """Five people who see twelve items one way, five who see them the other way, and two items that all call vital."""
    rows = [LOW + HIGH if n % 2 else HIGH + LOW for n in range(12)]
    return workshop_of(team, [*rows, [5] * 10, [5, 4] * 5])


def page(browser, workshop):
    response = browser.get(f"/workshops/{workshop.public_id}/diff/")
    assert response.status_code == 200
    return words(response)


def test_camps_stand_with_their_people_where_they_part_and_what_they_share(facilitator, team):
    workshop = in_two_camps(team)
    compute(workshop)

    told = page(facilitator, workshop)

    assert "There are 2 ways of seeing these customers among you, whatever your roles." in told
    assert "Camp 1 5 people Person 0 Person 1 Person 2 Person 3 Person 4 Camp 2 5 people Person 5" in told
    assert "Item 0 4.6 1.4" in told
    assert "All camps call important: Item 12 , Item 13" in told


def test_without_names_there_is_no_word_of_camps_or_of_who_moved(facilitator, team):
    workshop = in_two_camps(team)
    ask_again(workshop, {"i000": [3] * 10})
    change(workshop, candour=Workshop.Candour.ROLES)
    compute(workshop)

    told = page(facilitator, workshop)

    assert "findings" in told
    assert [word for word in ("Camp 1", "ways of seeing", "asked again", "Drift likely") if word in told] == []


def test_who_changed_their_answer_is_counted_and_drawn_before_and_now(facilitator, team):
    workshop = workshop_of(team, [[1, 1, 1, 5, 5, 5, 5, 5], [4] * 8, [3] * 8], people=8)
    ask_again(workshop, {"i000": [5, 5, 5, 5, 5, 5, 5, 1]}, late=["p007"])
    compute(workshop)

    told = page(facilitator, workshop)

    words_of_item = "asked again, 3 of 7 changed their answer. The mean went from 3.3 to 5.0"
    assert f"‘Item 0’: {words_of_item}, and they are nearer to each other." in told
    assert "Item 0 Person Before Now Person 1, Product management 1 5 Person 0, Executive 1 5" in told
    assert "Person 7, Executive 5 1" not in told


def test_of_two_votes_on_an_item_the_last_counts(team):
    workshop = workshop_of(team, [[1, 2, 3], [4, 4, 4], [5, 5, 5]], people=3)
    ask_again(workshop, {"i000": [2, 2, 2], "i001": [1, 1, 1]})
    ask_again(workshop, {"i000": [3, None, 3]})
    rounds = list(workshop.rounds.select_related("workshop__team"))

    again = again_from_rows(rounds, round_to_analyse(rounds))

    assert list(again.items) == ["i000", "i001"]
    assert again.importance[:, 1].tolist() == [1, 1, 1]
    assert again.importance[[0, 2], 0].tolist() == [3, 3]
    assert again.rated[1].tolist() == [False, True]


def test_nobody_was_asked_again(team):
    workshop = workshop_of(team, [[1, 2, 3]], people=3)
    rounds = list(workshop.rounds.select_related("workshop__team"))

    assert again_from_rows(rounds, round_to_analyse(rounds)) is None


def test_an_analysis_after_a_vote_is_a_new_one_and_the_same_answers_give_the_same(team):
    workshop = in_two_camps(team)
    first = compute(workshop)
    ask_again(workshop, {"i000": [5] * 10})
    second = compute(workshop)

    assert second != first
    assert compute(workshop) == second
    assert second.figures["camps"] == first.figures["camps"] or second.figures["camps"]["p"] <= 0.05


def test_queries_with_votes_depend_on_neither_people_nor_items(facilitator, team):
    counts = []
    for people, items in ((8, 3), (20, 9)):
        rows = [[1 + (n + person) % 5 for person in range(people)] for n in range(items)]
        workshop = workshop_of(team, rows, people=people)
        ask_again(workshop, {f"i{n:03}": [5] * people for n in range(items)})
        compute(workshop)
        address = f"/workshops/{workshop.public_id}/diff/"
        facilitator.get(address)
        counts.append(len(queries_of(lambda address=address: facilitator.get(address))))

    assert counts[0] == counts[1]
