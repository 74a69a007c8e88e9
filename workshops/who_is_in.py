"""Who has come to the end of what is asked for: of writing, or of the rating that is open."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .models import Round, Sitting, Workshop

Stage = Workshop.Stage
OPEN = (Stage.WRITE, Stage.RATE)  # stages at which everybody is asked for something


def is_in(workshop):
    """The condition on a participant that they are counted as in; where names are hidden, a few seconds late."""
    now = timezone.now()
    if workshop.stage != Stage.RATE:
        return Q(submitted_at__isnull=False, submitted_at__lte=now)
    return Q(Exists(_finished(workshop).filter(participant=OuterRef("pk"), finished_at__lte=now)))


def not_in(workshop):
    """Those of whom something is still asked for. Who came to its end a moment ago is none of them."""
    if workshop.stage != Stage.RATE:
        return workshop.participants.not_in()
    return workshop.participants.exclude(pk__in=_finished(workshop).values("participant"))


def is_asked(person):
    """Whether something is asked of this participant now and they have not come to its end."""
    workshop = person.workshop
    if workshop.stage == Stage.RATE:
        return not_in(workshop).filter(pk=person.pk).exists()
    may_write = workshop.stage == Stage.WRITE or (workshop.stage == Stage.CONSOLIDATE and person.may_write_late)
    return may_write and not person.has_submitted


def _finished(workshop):
    ratings = {"round__workshop": workshop, "round__kind": Round.Kind.RATE, "round__closed_at__isnull": True}
    return Sitting.objects.filter(**ratings, finished_at__isnull=False)
