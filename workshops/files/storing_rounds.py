"""One round of a workshop file -> rows. It is closed last: a closed round takes no more answers."""

from django.utils import timezone

from workshops.models import Judgement, Rating, Restatement, Round, RoundItem, RoundPerson

BATCH = 2000
ANSWERS = ("answer", "importance", "satisfaction", "evidence", "expected", "same_meaning", "fist", "star", "late")


def store(said, position, stored):
    """Make the round with all its answers.

    Parameters
    ----------
    said : schema.Round
    position : int
        Its place among the workshop's rounds, from 0.
    stored : storing.Stored
        The rows that its answers point to.
    """
    row = Round.objects.create(
        workshop=stored.workshop,
        key=said.key,
        kind=said.kind,
        position=position,
        asks_all_items=said.items is None,
        asks_everybody=said.people is None,
        **{f"{name}_levels": levels for name, levels in said.scales.model_dump().items()},
    )
    RoundItem.objects.bulk_create(RoundItem(round=row, item=stored.items[key]) for key in said.items or ())
    RoundPerson.objects.bulk_create(RoundPerson(round=row, participant=stored.people[key]) for key in said.people or ())
    _ratings(said, row, stored)
    _restatements(said, row, stored)
    if said.closed:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
    return row


def _ratings(said, row, stored):
    Rating.objects.bulk_create(
        (
            Rating(
                round=row,
                participant=stored.people[rating.person],
                item=stored.items[rating.item],
                **{name: getattr(rating, name) for name in ANSWERS},
            )
            for rating in said.ratings
        ),
        batch_size=BATCH,
    )


def _restatements(said, row, stored):
    made = Restatement.objects.bulk_create(
        (
            Restatement(
                round=row,
                participant=stored.people[text.person],
                item=stored.items[text.item],
                outcome=text.outcome,
                action=text.action,
                tradeoff=text.tradeoff,
            )
            for text in said.restatements
        ),
        batch_size=BATCH,
    )
    Judgement.objects.bulk_create(
        (
            Judgement(restatement=restatement, participant=stored.people[judged.person], same=judged.same)
            for restatement, text in zip(made, said.restatements, strict=True)
            for judged in text.judgements
        ),
        batch_size=BATCH,
    )
