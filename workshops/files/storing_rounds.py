"""One round of a workshop file -> rows. It is closed last: a closed round takes no more answers."""

from itertools import batched

from django.utils import timezone
from django.utils.translation import gettext as _

from workshops.models import Judgement, Rating, Restatement, Round, RoundItem, RoundPerson

BATCH = 2000
RATINGS_AT_A_TIME = 20_000  # rows take many times the memory of what they are made from
ANSWERS = ("answer", "importance", "satisfaction", "evidence", "expected", "same_meaning", "fist", "star", "late")


def store(said, position, stored, on_progress=lambda what: None):
    """Make the round with all its answers.

    Parameters
    ----------
    said : schema.Round
    position : int
        Its place among the workshop's rounds, from 0.
    stored : storing.Stored
        The rows that its answers point to.
    on_progress : callable
        Called with a few words while many ratings are stored.
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
    _ratings(said, row, stored, on_progress)
    _restatements(said, row, stored)
    if said.closed:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
    return row


def _ratings(said, row, stored, on_progress):
    people = {key: person.pk for key, person in stored.people.items()}
    items = {key: item.pk for key, item in stored.items.items()}
    done = 0
    for some in batched(said.ratings, RATINGS_AT_A_TIME):
        if done:
            on_progress(_("%(done)d of %(n)d answers") % {"done": done, "n": len(said.ratings)})
        Rating.objects.bulk_create(
            (
                Rating(
                    round_id=row.pk,
                    participant_id=people[rating.person],
                    item_id=items[rating.item],
                    **{name: getattr(rating, name) for name in ANSWERS},
                )
                for rating in some
            ),
            batch_size=BATCH,
        )
        done += len(some)


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
