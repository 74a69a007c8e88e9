"""Findings that rest on what two people wrote, stored beside those of the answers and shown with their words."""

import pytest
from django.test import Client

from tests.people import account, close, compute, make_workshop
from tests.workshops.facilitating import change, words
from tests.workshops.writers import write
from workshops import meaning
from workshops.models import Membership, Merge, Rating, Statement, Workshop

MORE = ("Invoice in steps", "They want to send more invoices during a job, so that money comes in before the end.")
FEWER = ("Invoice by steps", "They want to send fewer invoices during a job, so that nobody is asked every week.")
SPOUSE = ("Spouse keeps a spreadsheet", "The wife or husband keeps a list of open invoices in Excel")
WIFE = ("My wife does it in Excel", "She has a sheet with every invoice that is still open")


@pytest.fixture
def workshop(team):
    """Revealed, in open, with names; four people and three items, which all four rated 4."""
    made = make_workshop(team, people=4, items=3)
    for item in made.items.all():
        for person in made.participants.all():
            Rating.objects.create(round=made.rounds.get(), participant=person, item=item, answer="rated", importance=4)
    change(made, candour=Workshop.Candour.OPEN)
    return made


@pytest.fixture
def facilitator(team):
    user = account("Ana")
    team.add_member(user, Membership.Access.FACILITATOR)
    browser = Client()
    browser.force_login(user)
    return browser


def say(workshop, item, *texts):
    """Each text by a person of its own, under this item."""
    people = workshop.participants.order_by("key")
    return [
        write(person, label, meaning=text, draft=False, item=workshop.items.get(key=item))
        for person, (label, text) in zip(people, texts, strict=False)
    ]


def found(workshop):
    close(workshop)
    rows = compute(workshop).findings.exclude(statements=[])
    return [(row.kind, row.variant, row.tier, row.item.key) for row in rows]


def test_two_texts_that_say_the_contrary_are_possibly_opposite_and_stand_side_by_side(workshop, facilitator):
    say(workshop, "i000", MORE, FEWER)

    assert found(workshop) == [("opposite", "direction", "possible", "i000")]
    page = facilitator.get(f"/workshops/{workshop.public_id}/diff/")
    assert "Two of you may say the contrary about ‘Item 0’." in words(page)
    assert "<mark>more</mark>" in page.text
    assert "<mark>fewer</mark>" in page.text


def test_what_a_facilitator_put_together_in_other_words_is_likely_agreement(workshop):
    one, other = sorted(say(workshop, "i001", SPOUSE, WIFE), key=lambda row: row.public_id)
    Merge.objects.create(workshop=workshop, one=one, other=other, answer=Merge.Answer.ACCEPTED)

    assert found(workshop) == [("violent_agreement", "confirmed", "likely", "i001")]


def test_the_same_words_explained_differently_are_a_question(workshop):
    say(
        workshop,
        "i000",
        ("Look professional", "The invoice carries the logo and the colours"),
        ("Look professional", "Clients pay by card from a link, as they do everywhere else"),
    )

    assert found(workshop) == [("superficial", "explained_differently", "possible", "i000")]


def test_two_texts_of_one_person_are_not_compared(workshop):
    person, item = workshop.participants.first(), workshop.items.first()
    for label, text in (MORE, FEWER):
        write(person, label, meaning=text, draft=False, item=item)

    assert found(workshop) == []


def test_drafts_and_items_set_aside_say_nothing(workshop):
    one, _other = say(workshop, "i000", MORE, FEWER)
    Statement.objects.filter(pk=one.pk).update(draft=True)
    say(workshop, "i001", MORE, FEWER)
    Rating.objects.filter(item__key="i001").delete()
    workshop.items.filter(key="i001").update(set_aside=True)

    assert found(workshop) == []


@pytest.mark.parametrize("candour, k", [("roles", 3), ("team", 5)])
def test_without_names_no_text_is_told_to_anybody(workshop, facilitator, candour, k):
    change(workshop, candour=candour, k=k)
    say(workshop, "i000", MORE, FEWER)

    assert len(found(workshop)) == 1
    page = facilitator.get(f"/workshops/{workshop.public_id}/diff/")
    assert "contrary" not in page.text
    assert "more invoices" not in page.text


def test_in_another_language_and_without_a_model_texts_are_not_compared(workshop, monkeypatch):
    say(workshop, "i000", MORE, FEWER)
    monkeypatch.setattr(meaning, "model", lambda: None)

    assert found(workshop) == []


def test_new_words_make_a_new_analysis_and_the_same_words_the_same(workshop):
    close(workshop)
    first = compute(workshop)
    say(workshop, "i000", MORE, FEWER)
    second = compute(workshop)

    assert second != first
    assert compute(workshop) == second


def test_the_map_places_pairs_of_texts_by_words_and_meanings(workshop, facilitator):
    say(
        workshop,
        "i000",
        ("Look good", "The invoice carries the logo"),
        ("Look good", "Clients pay by card from a link"),
    )
    one, other = sorted(say(workshop, "i001", SPOUSE, WIFE), key=lambda row: row.public_id)
    Merge.objects.create(workshop=workshop, one=one, other=other, answer=Merge.Answer.ACCEPTED)
    say(workshop, "i002", ("Sleep at night", "Nobody works late"), ("Sleep at night", "No work late at night"))
    found(workshop)

    told = words(facilitator.get(f"/workshops/{workshop.public_id}/diff/")).split("The same words, or the same thing")[
        1
    ]

    assert "3 pairs of texts, those that stand out." in told
    listed = told[told.index("Superficial alignment the same words, another meaning") :]
    places = [listed.index(text) for text in ("“Look good”", "“Sleep at night”", "Spouse keeps a spreadsheet")]
    assert "Deep alignment the same words, the same meaning" in listed
    assert places[0] == min(places)


def test_without_names_there_is_no_map_of_words_and_meanings(workshop, facilitator):
    change(workshop, candour=Workshop.Candour.ROLES)
    say(
        workshop,
        "i000",
        ("Look good", "The invoice carries the logo"),
        ("Look good", "Clients pay by card from a link"),
    )
    found(workshop)

    page = facilitator.get(f"/workshops/{workshop.public_id}/diff/")

    assert "pairs of texts" not in page.text
    assert "Look good" not in page.text


def test_a_text_that_was_withdrawn_is_not_quoted(workshop, facilitator):
    one, _other = say(workshop, "i000", MORE, FEWER)
    found(workshop)
    Statement.objects.filter(pk=one.pk).delete()

    page = facilitator.get(f"/workshops/{workshop.public_id}/diff/")

    assert "more" not in words(page).split("Two of you may say the contrary")[1][:200]
    assert "fewer invoices" not in page.text
