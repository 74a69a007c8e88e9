"""Reminding those who are not in. Who they are is seen by nobody: what is asked for goes from here to the mail.

The letters are asked for in the transaction that notes the reminder, and sent by the workers: nothing is lost while
Redis is away, and one reminder never becomes two.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import audit, letters
from .models import Letter, Workshop
from .viewer import NOBODY
from .who_is_in import OPEN, not_in

PAUSE = dt.timedelta(hours=1)
BEFORE_DEADLINE = dt.timedelta(hours=24)


class CannotRemind(Exception):
    """Why nobody is reminded now, in words."""


def why_not(workshop):
    """Why nobody can be reminded now, in words; nothing if they can. Says nothing about who is in."""
    if workshop.stage not in OPEN or workshop.archived_at is not None:
        return _("Nobody can write or rate now, so there is nothing to be reminded of.")
    if workshop.reminded_at is not None and workshop.reminded_at > timezone.now() - PAUSE:
        return _("A reminder went out less than an hour ago. One an hour is enough.")
    return ""


@transaction.atomic
def remind(workshop, viewer):
    """Mail a reminder to everybody who is not in and has an address.

    Raises
    ------
    CannotRemind
        If nobody is asked for anything now, or the last reminder is less than an hour old. Nothing has changed then.
    """
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if reason := why_not(locked):
        raise CannotRemind(reason)
    _ask(locked, viewer)


def remind_before_deadlines():
    """Remind once in each workshop whose deadline is less than a day away, unless somebody has reminded since then.

    A deadline does nothing else: the stage goes on until the facilitator closes it.
    """
    now = timezone.now()
    near = Workshop.objects.in_use().filter(stage__in=OPEN, deadline__gt=now)
    for workshop_id in near.filter(deadline__lte=now + BEFORE_DEADLINE).values_list("pk", flat=True):
        with transaction.atomic():
            workshop = Workshop.objects.select_for_update().filter(pk=workshop_id).first()
            if workshop is not None and not why_not(workshop) and is_due(workshop):
                _ask(workshop, NOBODY)


def is_due(workshop):
    """Whether the reminder before the deadline is still to be sent."""
    if workshop.deadline is None or not timezone.now() < workshop.deadline:
        return False
    begins = workshop.deadline - BEFORE_DEADLINE
    return begins <= timezone.now() and (workshop.reminded_at is None or workshop.reminded_at < begins)


def _ask(workshop, viewer):
    """Under the workshop's lock."""
    Workshop.objects.filter(pk=workshop.pk).update(reminded_at=timezone.now())
    reachable = not_in(workshop).exclude(email="", user__isnull=True)
    letters.ask_all(Letter.Kind.REMINDER, list(reachable))
    audit.record(workshop, viewer, audit.Action.REMINDED)
