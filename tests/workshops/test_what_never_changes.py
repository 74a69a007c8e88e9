"""Blind answers stay what they were: closed rounds, analyses, what was revealed, and the promise of candour."""

import pytest
from django.utils import timezone

from tests.people import make_workshop
from tests.workshops.breaking import add_copy, refused, row_of, write
from tests.workshops.filled import filled_workshop
from workshops.models import (
    Analysis,
    Finding,
    Item,
    Judgement,
    Link,
    Rating,
    Readiness,
    Restatement,
    Round,
    RoundItem,
    RoundPerson,
    Statement,
)

OF_A_ROUND = [Rating, Restatement, Judgement, RoundItem, RoundPerson]
CLOSED = "is refused: its round is closed"


@pytest.fixture
def filled(db):
    """A workshop with a row in every table, all its rounds open."""
    return filled_workshop()


@pytest.fixture
def closed(filled):
    """The same with its rounds closed, and nothing revealed."""
    filled.rounds.update(closed_at=timezone.now())
    return filled


# -- answers -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", OF_A_ROUND)
def test_an_open_round_takes_answers_and_lets_them_change_and_go(filled, model):
    row = row_of(model, filled)
    write(row, item_id=row.item_id) if hasattr(row, "item_id") else write(row, participant_id=row.participant_id)

    model.objects.get(pk=row.pk).delete()
    again = add_copy(row)

    assert row_of(model, filled) == again


@pytest.mark.parametrize("model", OF_A_ROUND)
def test_a_closed_round_takes_no_answer(closed, model):
    refused(f"INSERT of .* {CLOSED}", add_copy, row_of(model, closed))


@pytest.mark.parametrize("model", OF_A_ROUND)
def test_no_answer_in_a_closed_round_changes(closed, model):
    row = row_of(model, closed)

    for field in row._meta.concrete_fields:
        if field.name not in ("id", "team"):
            refused(f"UPDATE of .* {CLOSED}", write, row, **{field.column: getattr(row, field.attname)})


@pytest.mark.parametrize("model", OF_A_ROUND)
def test_no_answer_in_a_closed_round_is_deleted(closed, model):
    refused(f"DELETE of .* {CLOSED}", row_of(model, closed).delete)


def test_a_late_answer_is_taken_and_then_stays(closed):
    person = row_of(Rating, closed).participant
    late = closed.participants.create(key="late", name="Lia", role=person.role)

    rating = add_copy(row_of(Rating, closed), participant=late, late=True)

    refused(CLOSED, write, rating, importance=1)
    refused(CLOSED, write, rating, late=False)
    refused(CLOSED, rating.delete)


def test_an_answer_does_not_leave_a_closed_round_for_an_open_one(closed):
    revote = closed.rounds.create(key="revote", kind="revote", position=2)

    refused("it stays where it was made", write, row_of(Rating, closed), round_id=revote.pk)


def test_a_person_or_an_item_with_answers_in_a_closed_round_is_not_deleted(closed):
    refused(CLOSED, closed.participants.get().delete)
    refused(CLOSED, closed.items.get(key="zq-item-key").delete)


def test_a_workshop_with_closed_rounds_is_not_deleted(closed):
    refused("refused", closed.delete)


# -- scales ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "dimension, scale, highest",
    [
        ("importance", "importance_levels", 3),
        ("expected", "importance_levels", 3),
        ("satisfaction", "satisfaction_levels", 3),
        ("evidence", "evidence_levels", 2),
        ("same_meaning", "same_meaning_levels", 2),
    ],
)
def test_an_answer_lies_on_the_scale_of_its_round(filled, dimension, scale, highest):
    item = filled.items.get(key="zq-item-key")
    person = filled.participants.get()
    short = filled.rounds.create(key="short", kind="revote", position=2, **{scale: 3})
    silent = filled.rounds.create(key="silent", kind="revote", position=3, **{scale: None})
    answer = {"participant": person, "item": item, "answer": "rated"}

    rating = Rating.objects.create(round=short, **answer, **{dimension: highest})

    refused("off the scale", write, rating, **{dimension: highest + 1})
    refused("off the scale", Rating.objects.create, round=silent, **answer, **{dimension: 1})


def test_scales_change_until_somebody_answered(filled):
    unanswered = filled.rounds.create(key="later", kind="pulse", position=2)
    rate = row_of(Rating, filled).round

    write(unanswered, importance_levels=3)

    for scale in ("importance_levels", "satisfaction_levels", "evidence_levels", "same_meaning_levels"):
        refused("scales of a round that was answered never change", write, rate, **{scale: 7})
        refused("scales of a round that was answered never change", write, rate, **{scale: None})


# -- rounds ------------------------------------------------------------------------------------------------------------
def test_nothing_of_a_closed_round_changes(closed):
    round_ = closed.rounds.first()
    others = {"key": "new", "kind": "pulse", "position": 9, "asks_all_items": False, "importance_levels": 7}

    for column, value in others.items():
        refused("UPDATE of a closed round is refused", write, round_, **{column: value})
    refused("UPDATE of a closed round is refused", write, round_, closed_at=timezone.now())
    refused("UPDATE of a closed round is refused", write, round_, closed_at=None, position=9)


def test_a_closed_round_is_not_deleted_even_without_answers(closed):
    empty = closed.rounds.create(key="empty", kind="pulse", position=2, closed_at=timezone.now())

    refused("DELETE of a closed round is refused", empty.delete)


def test_a_closed_round_opens_again_before_anybody_saw_a_result(closed):
    round_ = closed.rounds.first()

    write(round_, closed_at=None)

    assert Round.objects.get(pk=round_.pk).closed_at is None


def test_a_closed_round_does_not_open_again_after_the_reveal(closed):
    write(closed, revealed_at=timezone.now())

    refused("UPDATE of a closed round is refused", write, closed.rounds.first(), closed_at=None)


def test_a_closed_round_does_not_open_again_after_one_item_was_revealed(closed):
    write(closed.items.first(), revealed_at=timezone.now())

    refused("UPDATE of a closed round is refused", write, closed.rounds.first(), closed_at=None)


def test_what_was_revealed_stays_revealed(closed):
    item = closed.items.first()
    for row in (closed, item):
        write(row, revealed_at=timezone.now())

        refused("what was revealed stays so", write, row, revealed_at=None)


# -- results -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", [Analysis, Finding])
def test_what_was_computed_never_changes(filled, model):
    row = row_of(model, filled)
    columns = {field.column: getattr(row, field.attname) for field in model._meta.concrete_fields}
    figures = {column: "{}" for column, value in columns.items() if isinstance(value, dict | list)}

    for column, value in (columns | figures).items():
        refused("UPDATE of .* is refused: it never changes", write, row, **{column: value})
    refused("DELETE of .* is refused: it never changes", row.delete)


# -- candour -----------------------------------------------------------------------------------------------------------
def first_answer(workshop, model):
    """The first thing that anybody says in the workshop, of this kind."""
    own = {"workshop": workshop, "participant": workshop.participants.first()}
    asked = {"round": workshop.rounds.first(), "participant": own["participant"], "item": workshop.items.first()}
    one, other = workshop.items.all()[:2]
    {
        Statement: lambda: Statement.objects.create(key="s", kind="goal", draft=True, **own),
        Readiness: lambda: Readiness.objects.create(strategy="Fewer late payers", **own),
        Link: lambda: Link.objects.create(kind="blocks", from_item=other, to_item=one, **own),
        Rating: lambda: Rating.objects.create(answer="unknown", **asked),
        Restatement: lambda: Restatement.objects.create(outcome="Paid in time", **asked),
    }[model]()


ANSWERS = [Statement, Readiness, Link, Rating, Restatement]
LOOSER = [("team", "roles"), ("team", "open"), ("roles", "open")]


@pytest.mark.parametrize("before, after", LOOSER)
def test_candour_is_free_to_choose_before_the_first_answer(workshop, before, after):
    write(workshop, candour=before, k=7)

    write(workshop, candour=after, k=5)

    assert (workshop.candour, workshop.k) == (after, 5)


@pytest.mark.parametrize("model", ANSWERS)
@pytest.mark.parametrize("before, after", LOOSER)
def test_candour_never_loosens_after_the_first_answer_of_any_kind(workshop, model, before, after):
    write(workshop, candour=before, k=5)
    first_answer(workshop, model)

    refused("candour only tightens", write, workshop, candour=after)


@pytest.mark.parametrize("model", ANSWERS)
def test_k_never_sinks_after_the_first_answer_not_even_as_candour_tightens(workshop, model):
    write(workshop, candour="roles", k=7)
    first_answer(workshop, model)

    refused("candour only tightens", write, workshop, k=6)
    refused("candour only tightens", write, workshop, candour="team", k=5)


@pytest.mark.parametrize("after, before", LOOSER)
def test_candour_tightens_at_any_time(workshop, before, after):
    write(workshop, candour=before, k=5)
    first_answer(workshop, Rating)

    write(workshop, candour=after, k=6)

    assert (workshop.candour, workshop.k) == (after, 6)


def test_answers_in_another_workshop_bind_nobody_here(workshop):
    write(workshop, candour="roles")
    first_answer(make_workshop(workshop.team), Rating)

    write(workshop, candour="open")

    assert workshop.candour == "open"


def test_an_item_s_words_may_change_also_after_the_round_is_closed(closed):
    item = closed.items.first()

    write(item, title="Paid in time")

    assert Item.objects.get(pk=item.pk).title == "Paid in time"
