"""The glossary: facilitators write it, everybody in the workshop reads it once results are revealed."""

import pytest
from django.test import Client

from tests.people import account, make_workshop, rate, rate_at_random, take_seat
from tests.queries import queries_of
from tests.workshops.facilitating import change, words
from workshops.models import GlossaryEntry, Membership, Outcome, Workshop

LATE = {"term": "Late", "meaning": "More than 30 days after the invoice.", "item": "", "version": 0}


@pytest.fixture
def workshop(team):
    """Revealed, of three items: Item 0 is about being late."""
    made = make_workshop(team, people=4, items=3)
    made.items.filter(key="i000").update(title="Late payers", definition="Clients who pay late")
    rate_at_random(made)
    return made


@pytest.fixture
def facilitator(team):
    user = account("Ana")
    team.add_member(user, Membership.Access.FACILITATOR)
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def participant(workshop):
    browser = Client()
    take_seat(browser, workshop.participants.first())
    return browser


def of(workshop, rest=""):
    return f"/workshops/{workshop.public_id}/glossary/{rest}"


def add(workshop, **said):
    return GlossaryEntry.objects.create(workshop=workshop, **{"term": "Late", "meaning": "After 30 days."} | said)


def test_an_entry_is_read_by_everybody_with_the_items_that_use_its_term(workshop, facilitator, participant):
    response = facilitator.post(of(workshop), LATE)

    assert response.status_code == 302
    told = words(participant.get(of(workshop)))
    assert "1 entry. Late More than 30 days after the invoice. Used in Late payers" in told
    assert "Add an entry" not in told


@pytest.mark.parametrize("term, is_used", [("late payers", True), ("LATE", True), ("ate", False), ("lat", False)])
def test_a_term_is_used_where_its_whole_words_stand(workshop, participant, term, is_used):
    add(workshop, term=term)

    assert ("Used in Late payers" in words(participant.get(of(workshop)))) == is_used


def test_the_page_of_an_item_says_what_is_meant_by_the_words_it_uses(workshop, participant):
    add(workshop)
    late, other = (workshop.items.get(key=key) for key in ("i000", "i001"))

    shown = [
        words(participant.get(f"/workshops/{workshop.public_id}/items/{item.public_id}/")) for item in (late, other)
    ]

    assert "When we say “Late”, we mean: After 30 days." in shown[0]
    assert "When we say" not in shown[1]


def test_before_the_reveal_only_facilitators_read_it(team, facilitator):
    workshop = make_workshop(team, people=4, items=1)
    rate(workshop, {"i000": [5, 4, 3, 2]}, reveal=False)
    participant = Client()
    take_seat(participant, workshop.participants.first())
    add(workshop)

    assert "The glossary opens when results are revealed." in words(participant.get(of(workshop)))
    assert "After 30 days." not in participant.get(of(workshop)).text
    assert "After 30 days." in words(facilitator.get(of(workshop)))


def test_participants_can_neither_add_nor_change_nor_take_out(workshop, participant):
    entry = add(workshop)

    answers = [
        participant.post(of(workshop), LATE),
        participant.post(of(workshop, f"{entry.public_id}/"), LATE),
        participant.post(of(workshop, f"{entry.public_id}/removal/"), {"version": 1}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert list(GlossaryEntry.objects.values_list("term", "meaning")) == [("Late", "After 30 days.")]


def test_the_same_entry_sent_twice_stands_once_and_another_meaning_is_refused(workshop, facilitator):
    first, again = facilitator.post(of(workshop), LATE), facilitator.post(of(workshop), LATE)
    other = facilitator.post(of(workshop), LATE | {"term": "LATE", "meaning": "Ever."})

    assert [first.status_code, again.status_code, other.status_code] == [302, 302, 409]
    assert "“Late” stands in the glossary already. Change it there." in words(other)
    assert ">Ever.</textarea>" in other.text.replace("\n", "")
    assert GlossaryEntry.objects.count() == 1


@pytest.mark.parametrize("name, message", [("term", "Say which word"), ("meaning", "Say what you mean by it.")])
def test_an_entry_needs_both_and_keeps_what_was_typed(workshop, facilitator, name, message):
    response = facilitator.post(of(workshop), LATE | {name: " "})

    assert response.status_code == 422
    assert message in words(response)
    assert not GlossaryEntry.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_shown_beside_what_was_typed(workshop, facilitator):
    entry = add(workshop)
    address = of(workshop, f"{entry.public_id}/")
    facilitator.post(address, LATE | {"meaning": "After 14 days.", "version": 1})

    stale = facilitator.post(address, LATE | {"meaning": "After a year.", "version": 1})

    assert stale.status_code == 409
    told = words(stale)
    assert "Somebody changed it meanwhile. It says now: Late After 14 days." in told
    assert "After a year." in told
    assert GlossaryEntry.objects.get().meaning == "After 14 days."
    assert 'name="version" value="2"' in stale.text
    assert facilitator.post(address, LATE | {"meaning": "After a year.", "version": 2}).status_code == 302
    assert GlossaryEntry.objects.get().meaning == "After a year."


def test_an_entry_that_was_taken_out_meanwhile_can_be_added_anew(workshop, facilitator):
    entry = add(workshop)
    GlossaryEntry.objects.all().delete()

    response = facilitator.post(of(workshop, f"{entry.public_id}/"), LATE | {"version": 1})

    assert response.status_code == 409
    assert "Somebody took it out meanwhile." in words(response)
    assert f'action="{of(workshop)}"' in response.text


def test_what_is_taken_out_can_be_put_back(workshop, facilitator):
    entry = add(workshop, item=workshop.items.get(key="i001"))

    facilitator.post(of(workshop, f"{entry.public_id}/removal/"), {"version": 1})

    page = facilitator.get(of(workshop))
    assert "“Late” is out of the glossary. Put it back" in words(page)
    item = workshop.items.get(key="i001").public_id
    back = {"term": "Late", "meaning": "After 30 days.", "item": item, "version": 0}
    assert all(f'name="{name}" value="{value}"' in page.text for name, value in back.items())
    facilitator.post(of(workshop), back)
    assert GlossaryEntry.objects.get().item.key == "i001"
    assert "Put it back" not in words(facilitator.get(of(workshop)))


def test_a_changed_entry_is_not_taken_out_by_who_saw_the_one_before(workshop, facilitator):
    entry = add(workshop, version=2)

    response = facilitator.post(of(workshop, f"{entry.public_id}/removal/"), {"version": 1}, follow=True)

    assert "It was changed meanwhile, so it is still there." in words(response)
    assert GlossaryEntry.objects.exists()


def test_it_grows_from_what_was_agreed_with_one_button(workshop, facilitator):
    item = workshop.items.get(key="i000")
    agreed = {"workshop": workshop, "item": item, "verdict": Outcome.Verdict.AGREED}
    Outcome.objects.create(**agreed, wording="Wages can be paid on Friday.")
    Outcome.objects.create(
        **agreed | {"verdict": Outcome.Verdict.PARKED, "item": workshop.items.last()}, wording="Later"
    )

    page = words(facilitator.get(of(workshop)))
    facilitator.post(
        of(workshop), LATE | {"term": item.title, "meaning": "Wages can be paid on Friday.", "item": item.public_id}
    )

    assert "From what you agreed Late payers Wages can be paid on Friday. Take it into the glossary" in page
    assert "From what you agreed" not in words(facilitator.get(of(workshop)))
    assert GlossaryEntry.objects.get().item == item


def test_a_term_with_marks_of_markup_is_shown_as_typed(workshop, facilitator, participant):
    facilitator.post(of(workshop), LATE | {"term": "<b>Late</b>", "meaning": "<script>alert(1)</script>"})

    page = participant.get(of(workshop)).text

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_the_number_of_queries_depends_on_neither_entries_nor_items(workshop, participant):
    counts = []
    for n in range(2):
        for m in range(1 + 5 * n):
            add(workshop, term=f"Word {n} {m}", item=workshop.items.first())
        counts.append(len(queries_of(lambda: participant.get(of(workshop)))))

    assert counts[0] == counts[1]


def test_candour_changes_nothing_about_it_as_no_answer_stands_in_it(workshop, participant):
    add(workshop)
    change(workshop, candour=Workshop.Candour.TEAM, k=5)

    assert "After 30 days." in words(participant.get(of(workshop)))
