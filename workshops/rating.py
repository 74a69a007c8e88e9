"""Rating alone: every answer of one participant about an item, in one transaction in which the rating cannot close.

All that somebody says of an item stands in one row with one version. An answer names the version it changes; equal ones
sent again do nothing twice, and one that another window overtook is told what stands there now.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import rating_round
from .models import Item, Link, Rating, Round, RoundItem
from .models.item import Kind

MOST_STARS = 5
STARRED = (Kind.GOAL, Kind.PAIN)
Answer = Rating.Answer
# field: the round's points of its scale, and where that scale begins
SCALES = {
    "importance": ("importance_levels", 1),
    "expected": ("importance_levels", 1),
    "satisfaction": ("satisfaction_levels", 1),
    "evidence": ("evidence_levels", 0),
    "same_meaning": ("same_meaning_levels", 0),
}


class Stale(Exception):
    """Another window was faster; `current` is the rating that stands there now."""

    def __init__(self, current):
        super().__init__()
        self.current = current


class Refused(Exception):
    """Why an answer is not taken, in words for people."""


class NotAsked(Exception):
    """No open rating asks about this item, or there is none of this name."""


def say(seat, key, said):
    """Keep how much an item matters, or that it is new or not real, and whether it is among what matters most.

    Parameters
    ----------
    seat : Seat
    key : str
        The item's public id.
    said : dict
        `version`; `says`: 1 to 5, an answer, or None; `star`.

    Returns
    -------
    Rating

    Raises
    ------
    NotAsked, Refused, Stale
    """
    row = _row(seat, key)
    says = said["says"]
    is_rated = isinstance(says, int)
    new = {
        "answer": Answer.RATED if is_rated else says or Answer.ASKED,
        "importance": says if is_rated else None,
        "star": said["star"] and row.item.kind in STARRED,
    }
    if not is_rated:  # how well served and how well known is asked only about what was rated
        new |= {"satisfaction": None, "evidence": None}
    if new["star"] and not row.star:
        _leave_room_for_a_star(seat, row)
    return _change(row, said["version"], new)


def say_more(seat, key, said):
    """Keep how well served an item is today, how that is known, and whether its definition is what one means by it."""
    row = _row(seat, key)
    new = {name: said[name] for name in ("satisfaction", "evidence", "same_meaning")}
    if row.answer != Answer.RATED:
        new |= {"satisfaction": None, "evidence": None}
    new["revision"] = None if new["same_meaning"] is None else row.item.revision
    return _change(row, said["version"], new)


def expect(seat, key, said):
    """Keep what somebody thinks that most of the team will say."""
    return _change(_row(seat, key), said["version"], {"expected": said["expected"]})


def block(seat, key, said):
    """Keep which goals a pain blocks: one link for each goal that was asked about, drawn or not.

    Parameters
    ----------
    said : dict
        `version`; `goals`: public ids; `none`: that it blocks none of them.
    """
    row = _row(seat, key)
    if row.item.kind != Kind.PAIN:
        raise NotAsked
    goals = list(_goals(seat).values_list("pk", "public_id"))
    if said["goals"] - {public_id for _pk, public_id in goals}:
        raise Refused(_("One of the ticks leads nowhere. Reload the page and tick again."))
    drawn = {pk for pk, public_id in goals if public_id in said["goals"]}
    links = Link.objects.filter(participant=seat.participant_id, kind=Link.Kind.BLOCKS, from_item=row.item)
    before = dict(links.values_list("to_item_id", "drawn"))
    after = {pk: pk in drawn for pk, _public_id in goals} if drawn or said["none"] else {}
    if before == after:
        return row
    _refuse_stale(row, said["version"])
    links.delete()
    Link.objects.bulk_create(_links(seat, row.item, after))
    return _keep(row, {})


def _goals(seat):
    """The goals that open ratings ask this person about."""
    rounds = rating_round.open_to(seat.workshop_id, seat.participant_id)
    asked = Q(pk__in=RoundItem.objects.filter(round__in=rounds).values("item"))
    if rounds.filter(asks_all_items=True).exists():
        asked = Q()
    return Item.objects.filter(asked, workshop=seat.workshop_id, kind=Kind.GOAL)


# -- one row ---------------------------------------------------------------------------------------------------------
def _row(seat, key):
    """What this person has said of the item, or a row of version 0 that is not stored yet."""
    item = Item.objects.filter(workshop=seat.workshop_id, public_id=key.replace("\0", "\ufffd")).first()
    if item is None:
        raise NotAsked
    asks = Q(asks_all_items=True) | Q(asked_items__item=item)
    round_ = rating_round.open_to(seat.workshop_id, seat.participant_id).filter(asks).first()
    if round_ is None:
        raise NotAsked
    place = {"round": round_, "participant_id": seat.participant_id, "item": item}
    row = Rating.objects.filter(**place).first()
    if row is None:
        return Rating(answer=Answer.ASKED, version=0, **place)
    row.round, row.item = round_, item
    return row


def _change(row, version, new):
    if all(getattr(row, name) == value for name, value in new.items()):
        return row  # sent again, because the answer got lost
    _refuse_off_scale(row, new)
    _refuse_stale(row, version)
    return _keep(row, new)


def _refuse_off_scale(row, new):
    """A rating that came with a file may ask on other scales than ours, or not ask everything."""
    for name, value in new.items():
        if name in SCALES and value is not None:
            levels, begin = SCALES[name]
            points = getattr(row.round, levels)
            if points is None or not begin <= value < begin + points:
                raise Refused(_("This answer is not on the scale of this rating. Reload the page and answer again."))


def _refuse_stale(row, version):
    if version != row.version:
        raise Stale(row)


def _keep(row, new):
    for name, value in new.items():
        setattr(row, name, value)
    row.version += 1
    if row.pk is not None:
        row.save(update_fields=[*new, "version"])
        return row
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # the participant's row is held, so this is no race of their own
        raise NotAsked from error
    return row


def _leave_room_for_a_star(seat, row):
    given = Rating.objects.filter(participant=seat.participant_id, round__workshop=seat.workshop_id, star=True)
    given = given.filter(round__kind=Round.Kind.RATE).exclude(item=row.item)
    if given.count() >= MOST_STARS:
        raise Refused(_("You have given five stars already. Take one away to give it to another."))


def _links(seat, pain, drawn):
    place = {"workshop_id": seat.workshop_id, "participant_id": seat.participant_id, "kind": Link.Kind.BLOCKS}
    return [Link(from_item=pain, to_item_id=goal, drawn=is_drawn, **place) for goal, is_drawn in drawn.items()]
