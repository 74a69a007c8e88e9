"""Submitting what one wrote, and taking it back."""

import datetime as dt
import random

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from . import gathering, live, pace
from .models import Item, Participant, Statement, Workshop
from .writing import Refused

SOONEST, LATEST = 3.0, 10.0  # seconds until it counts


def submit(seat, seconds):
    """Hand in every statement that has a label; a second time changes nothing.

    Parameters
    ----------
    seat : Seat
    seconds : dict
        How long the parts took, as the page measured it and `pace.clean` understood it. Kept without the person.

    Raises
    ------
    Refused
    """
    if seat.has_submitted:
        return
    if not Statement.objects.filter(participant=seat.participant_id).exclude(label="").update(draft=False):
        raise Refused(_("There is nothing to submit yet: write down at least one goal, pain or alternative."))
    Participant.objects.filter(pk=seat.participant_id).update(submitted_at=counts_from(seat))
    pace.keep(seat.participant_id, seconds)
    if late := _held_late(seat):
        gathering.gather(late)
        live.announce(late, "items")
    tell_progress(seat)


def take_back(seat):
    """Nothing is in any more, and everything is still there to work on."""
    if late := _held_late(seat):
        _take_out(seat)
        live.announce(late, "items")
    Statement.with_deleted.filter(participant=seat.participant_id).update(draft=True)
    Participant.objects.filter(pk=seat.participant_id).update(submitted_at=None)
    tell_progress(seat)


def _held_late(seat):
    """The workshop while items are put together, for one late person at a time; else None.

    The seat keeps everybody out who changes items under the workshop's lock; among themselves late people take turns.
    To take that lock here, two of them would wait for each other.
    """
    workshop = Workshop.objects.filter(pk=seat.workshop_id, stage=Workshop.Stage.CONSOLIDATE).first()
    if workshop is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('late writing'), %s)", [workshop.pk])
    return workshop


def _take_out(seat):
    """Items that nobody has touched since they were made of these words go with them; others stay as they are."""
    own = Statement.with_deleted.filter(participant=seat.participant_id, item__isnull=False)
    made_of_them = list(own.filter(item__version=1).values_list("item", flat=True))
    own.update(item=None)
    Item.objects.filter(pk__in=made_of_them, statements__isnull=True, children__isnull=True).delete()


def counts_from(seat):
    """When the count of those who are in goes up. Where names are hidden it must not tell who pressed the button."""
    if seat.candour == Workshop.Candour.OPEN:
        return timezone.now()
    return timezone.now() + dt.timedelta(seconds=random.SystemRandom().uniform(SOONEST, LATEST))


def tell_progress(seat):
    """Where names are told, open overviews read again who is in."""
    if seat.candour == Workshop.Candour.OPEN:
        live.announce(Workshop.objects.get(pk=seat.workshop_id), "progress")
