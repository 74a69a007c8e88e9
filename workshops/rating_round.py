"""Opening and closing the blind collection of ratings. Every caller holds the workshop's row."""

import random

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from . import audit, gathering, jobs, live
from .models import Item, Job, Rating, Round, RoundItem, RoundPerson, Workshop

MOST_COMMON = 8
SEED_BITS = 53  # whole numbers that JSON and browsers keep exactly


def open_to(workshop, participant):
    """Ratings that are open and ask this participant how much items matter, the first one first; both by their ids."""
    named = RoundPerson.objects.filter(round=OuterRef("pk"), participant=participant)
    open_ones = Round.objects.filter(workshop=workshop, kind=Round.Kind.RATE, closed_at__isnull=True)
    asked = Q(asks_everybody=True) | Exists(named)
    return open_ones.filter(asked, importance_levels__isnull=False).order_by("position")


def open_round(workshop, items=None):
    """Ask everybody about items: about all that are not set aside, or about `items` alone, which were added later.

    Returns
    -------
    Round
    """
    seed = random.SystemRandom().getrandbits(SEED_BITS)
    asked = list(items if items is not None else workshop.items.filter(set_aside=False))
    asks_all = items is None and not workshop.items.filter(set_aside=True).exists()
    position = workshop.rounds.count()
    round_ = Round.objects.create(
        workshop=workshop,
        kind=Round.Kind.RATE,
        key=_free_key(workshop),
        position=position,
        asks_all_items=asks_all,
        seed=seed,
        common=common_items(asked, seed),
    )
    if not asks_all:
        name_items(round_, asked)
    return round_


class CannotAdd(Exception):
    """Why nothing is added to a rating, in words for people."""


@transaction.atomic
def add_later(workshop, title, definition, *, continues, viewer):
    """Add an item while the rating is open, and ask everybody about it in a round of its own.

    Merging and splitting are over by then: what is understood anew becomes another item, which continues the one it
    comes from, of the same kind. That one stays as it is, with all that was answered about it. Twice the same words
    about the same item are one.

    Parameters
    ----------
    workshop : Workshop
    title, definition : str
    continues : Item
    viewer : Viewer
        Who adds it, for the audit trail.

    Returns
    -------
    Item

    Raises
    ------
    CannotAdd
        If no rating is open; nothing has changed then.
    """
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if not takes_more(locked):
        raise CannotAdd(_("No rating is open, so nothing can be added to it."))
    words = {"kind": continues.kind, "title": title, "definition": definition, "lineage": continues.key}
    if there := locked.items.filter(**words).first():
        return there
    for round_ in locked.rounds.filter(kind=Round.Kind.RATE, closed_at__isnull=True, asks_all_items=True):
        name_items(round_, list(locked.items.filter(set_aside=False)))
    item = gathering.new_item(locked, **words)
    item.save(force_insert=True)
    open_round(locked, [item])
    audit.record(locked, viewer, audit.Action.ADDED_ITEM, title)
    live.announce(locked, "stage")
    return item


def takes_more(workshop):
    """Whether items can be added: the stage is rate, and a rating is open."""
    is_open = workshop.stage == Workshop.Stage.RATE and workshop.archived_at is None
    return is_open and workshop.rounds.filter(kind=Round.Kind.RATE, closed_at__isnull=True).exists()


def added(workshop):
    """The items that have been added to the rating; `before` is the title of the one that each continues."""
    before = Item.objects.filter(workshop=OuterRef("workshop"), key=OuterRef("lineage")).values("title")
    first = workshop.rounds.filter(kind=Round.Kind.RATE).order_by("position").values("pk")[:1]
    later = RoundItem.objects.filter(item=OuterRef("pk"), round__kind=Round.Kind.RATE).exclude(round=Subquery(first))
    return workshop.items.filter(Exists(later), Exists(before)).annotate(before=Subquery(before[:1]))


def name_items(round_, items):
    """Say by name what a round asks about, so that items added from now on are none of its own."""
    Round.objects.filter(pk=round_.pk).update(asks_all_items=False)
    RoundItem.objects.bulk_create([RoundItem(round=round_, item=item) for item in items], ignore_conflicts=True)


def common_items(items, seed):
    """Keys of the items that everybody answers more about.

    Those of two authors or more come first, then those with most statements; equal ones as the seed has it.
    """
    submitted = Q(statements__draft=False, statements__deleted_at__isnull=True)
    rows = Item.objects.filter(pk__in=[item.pk for item in items]).annotate(
        authors=Count("statements__participant", filter=submitted, distinct=True),
        said=Count("statements", filter=submitted, distinct=True),
    )
    shuffled = sorted(rows, key=lambda item: item.key)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  it only has to be the same order for everybody
    shuffled.sort(key=lambda item: (item.authors < 2, -item.said))
    return [item.key for item in shuffled[:MOST_COMMON]]


# -- closing and opening again -----------------------------------------------------------------------------------------
ASKED = """
INSERT INTO workshops_rating (round_id, participant_id, item_id, answer, star, late, version, team_id)
SELECT r.id, p.id, i.id, 'asked', false, false, 1, r.team_id
FROM workshops_round r
JOIN workshops_participant p ON p.workshop_id = r.workshop_id AND p.standing = 'accepted'
JOIN workshops_item i ON i.workshop_id = r.workshop_id
WHERE r.id = %s AND (r.asks_all_items OR EXISTS (
    SELECT FROM workshops_rounditem a WHERE a.round_id = r.id AND a.item_id = i.id))
AND (r.asks_everybody OR EXISTS (
    SELECT FROM workshops_roundperson a WHERE a.round_id = r.id AND a.participant_id = p.id))
ON CONFLICT (round_id, participant_id, item_id) DO NOTHING
"""


def close_rounds(workshop):
    """Close every open rating and ask for the findings. Whoever was asked and did not answer is kept as asked."""
    for round_ in workshop.rounds.filter(kind=Round.Kind.RATE, closed_at__isnull=True):
        with connection.cursor() as cursor:
            cursor.execute(ASKED, [round_.pk])
        jobs.close_round(round_)


def open_again(workshop):
    """Open what was closed; findings of it, or a computation that waits, are of no use from now on."""
    workshop.rounds.filter(kind=Round.Kind.RATE, closed_at__isnull=False).update(closed_at=None)
    workshop.jobs.filter(state=Job.State.WAITING).delete()
    workshop.show_analysis(None)


def take_back(workshop):
    """Remove the open rating if nobody has answered; False, and nothing changed, when somebody has."""
    rounds = workshop.rounds.filter(kind=Round.Kind.RATE)
    if Rating.objects.filter(round__in=rounds).exists() or rounds.filter(closed_at__isnull=False).exists():
        return False
    rounds.delete()
    return True


def _free_key(workshop):
    taken = set(workshop.rounds.values_list("key", flat=True))
    return next(key for key in ("rate", *(f"rate-{n}" for n in range(2, 1000))) if key not in taken)
