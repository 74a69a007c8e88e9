"""Taking back what one person said in a workshop, also from rounds that are closed."""

from django.utils import timezone

from . import audit, jobs, live
from .erasing import erasing
from .models import (
    Analysis,
    Edit,
    Erasure,
    Judgement,
    Link,
    Participant,
    Rating,
    Readiness,
    Restatement,
    Round,
    Sitting,
    Statement,
    Workshop,
)
from .viewer import NOBODY

SAID = (Link, Readiness, Judgement, Restatement, Rating, Sitting)


def withdraw(participant, viewer, *, leave):
    """Delete all that this participant said; items made of their words stay, without the words.

    It is one recorded transaction. What was computed with their answers is computed anew; a report that was shared
    keeps its numbers. Where figures of it were shown before, none are shown without names from now on (`visibility`).

    Parameters
    ----------
    participant : Participant
    viewer : Viewer
    leave : bool
        Whether the person goes off the list as well, and out of the workshop.
    """
    workshop = participant.workshop
    with erasing(Erasure.Kind.PERSON):
        locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
        Participant.everybody.select_for_update().get(pk=participant.pk)
        if were_shown(locked) and _is_counted(participant):
            Workshop.objects.filter(pk=locked.pk).update(withdrawn_at=timezone.now())
        for model in SAID:
            model.objects.filter(participant=participant).delete()
        Statement.with_deleted.filter(participant=participant).delete()
        Edit.objects.filter(workshop=workshop).delete()  # it quotes; what was put together can then not be undone
        Participant.everybody.filter(pk=participant.pk).update(submitted_at=None)
        _compute_anew(workshop)
        # Where names are hidden, that somebody withdrew tells nobody who.
        known = viewer if workshop.candour == Workshop.Candour.OPEN else NOBODY
        audit.record(workshop, known, audit.Action.WITHDRAWN)
        live.announce(workshop, "items")
        if leave:
            participant.delete()
            live.close_streams([workshop])
            live.announce(workshop, "team")


def were_shown(workshop):
    """Whether anybody has seen figures of what people said."""
    moments = (workshop.prepared_at, workshop.revealed_at)
    return any(moments) or workshop.items.filter(revealed_at__isnull=False).exists()


def _is_counted(participant):
    """Whether this participant's answers are in any figure."""
    answered = Rating.objects.filter(participant=participant).exclude(answer=Rating.Answer.ASKED)
    wrote = Statement.objects.filter(participant=participant, draft=False, item__isnull=False)
    return answered.exists() or wrote.exists()


def _compute_anew(workshop):
    """Delete what was computed with the answers that are gone, and compute findings of those that are left, if any.

    Also where none are shown yet: a computation that runs just now has read what is gone.
    """
    workshop.show_analysis(None)
    Analysis.objects.filter(workshop=workshop).delete()
    rounds = workshop.rounds.filter(kind=Round.Kind.RATE, closed_at__isnull=False)
    if Rating.objects.filter(round__in=rounds).exclude(answer=Rating.Answer.ASKED).exists():
        jobs.request_analysis(workshop)
