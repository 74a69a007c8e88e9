"""Moving a workshop from stage to stage: one guarded move at a time, and going back deletes nothing.

While a stage is closed and nobody has seen a result, one late person may be let in once more.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import audit, gathering, live, rating_round
from .models import Membership, Participant, Round, Statement, Workshop

Stage = Workshop.Stage

# Where the facilitator may go from a stage: on first, then back.
MOVES = {
    Stage.SETUP: [Stage.WRITE, Stage.RATE],  # to rating at once where items are there already
    Stage.WRITE: [Stage.CONSOLIDATE, Stage.SETUP],
    Stage.CONSOLIDATE: [Stage.RATE, Stage.WRITE],
    Stage.RATE: [Stage.LIVE, Stage.CONSOLIDATE],
    Stage.LIVE: [Stage.CLOSED, Stage.RATE],
    Stage.CLOSED: [Stage.LIVE],
}


class CannotMove(Exception):
    """Why the stage stays as it is, in words for people."""


class MovedMeanwhile(CannotMove):
    """Somebody was faster, or pressed twice."""


def moves_from(workshop):
    """The stages that the facilitator may go to now, the next one first."""
    return MOVES.get(workshop.stage, [])


@transaction.atomic
def move(workshop, to, *, seen, viewer):
    """Move the workshop to stage `to`.

    Parameters
    ----------
    workshop : Workshop
    to : Stage
    seen : int
        The `stage_version` of the page on which the button was pressed.
    viewer : Viewer
        Who moves it, for the audit trail.

    Raises
    ------
    MovedMeanwhile
        If somebody has moved it since. Nothing has changed then.
    CannotMove
        If the stage does not follow, or what it needs is missing. Nothing has changed then.
    """
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    _refuse(locked, to, seen)
    _on_the_way(locked, to, viewer)
    _end_late(locked)
    locked.stage, locked.stage_version = to, seen + 1
    locked.save(update_fields=["stage", "stage_version"])
    audit.record(locked, viewer, audit.Action.STAGE, locked.get_stage_display())
    live.announce(locked, "stage")
    workshop.stage, workshop.stage_version = locked.stage, locked.stage_version


def _refuse(workshop, to, seen):
    """Raise why the workshop stays where it is, if it does."""
    here = {"stage": workshop.get_stage_display()}
    if workshop.stage_version != seen:
        if workshop.stage == to:
            raise MovedMeanwhile(_("It is at “%(stage)s” already. Nothing was done twice.") % here)
        raise MovedMeanwhile(_("Somebody has moved this workshop meanwhile: it is at “%(stage)s” now.") % here)
    if workshop.archived_at is not None:
        raise CannotMove(_("This workshop is archived. Bring it back first."))
    if to not in moves_from(workshop):
        raise CannotMove(_("From “%(stage)s” it cannot go there.") % here)


def _on_the_way(workshop, to, viewer):
    """What opens and closes between the stage where it is and the one where it goes."""
    match workshop.stage, to:
        case _, Stage.WRITE:
            _open_writing(workshop)
        case Stage.WRITE, Stage.CONSOLIDATE:
            _close_writing(workshop, viewer)
        case ((Stage.SETUP | Stage.CONSOLIDATE), Stage.RATE):
            _open_rating(workshop)
        case Stage.RATE, Stage.CONSOLIDATE:
            _take_rating_back(workshop)
        case Stage.RATE, Stage.LIVE:
            rating_round.close_rounds(workshop)
        case Stage.LIVE, Stage.RATE:
            _open_rating_again(workshop)


def _open_writing(workshop):
    """Open the write round, or open it again while nobody has seen a result of it."""
    if has_shown_results(workshop):
        raise CannotMove(_("Results have been revealed: nobody can write alone any more."))
    if not workshop.participants.exists():
        raise CannotMove(_("Nobody takes part yet. Add people first."))
    if workshop.stage == Stage.CONSOLIDATE:
        gathering.scatter(workshop)
    rounds = workshop.rounds.filter(kind=Round.Kind.WRITE)
    if not rounds.update(closed_at=None):
        position = workshop.rounds.count()
        Round.objects.create(workshop=workshop, kind=Round.Kind.WRITE, key="write", position=position)


def _close_writing(workshop, viewer):
    """Close the write round: what is submitted counts from here on, what was deleted is gone."""
    if must_submit_first(workshop, viewer):
        raise CannotMove(why_submit_first())
    workshop.rounds.filter(kind=Round.Kind.WRITE).update(closed_at=timezone.now())
    Statement.with_deleted.filter(workshop=workshop, deleted_at__isnull=False).delete()
    gathering.gather(workshop)


def must_submit_first(workshop, viewer):
    """Whether this viewer takes part and is not in: whoever puts statements together has written their own before."""
    you = viewer.participant_in(workshop)
    return you is not None and not you.has_submitted


def why_submit_first():
    """What such a viewer can do, in words."""
    return _(
        "You take part, and you are not in yet. Once writing is closed you see what the others wrote: submit your own"
        " view first. If you would rather watch, remove yourself under People and add yourself again as an observer."
    )


def _open_rating(workshop):
    """Ask everybody about the items, whose words are fixed from now on."""
    if not workshop.participants.exists():
        raise CannotMove(_("Nobody takes part yet. Add people first."))
    gathering.gather(workshop)
    if not workshop.items.filter(set_aside=False).exists():
        raise CannotMove(_("There is nothing to rate yet: no item, or all of them set aside."))
    rating_round.open_round(workshop)


def _take_rating_back(workshop):
    if not rating_round.take_back(workshop):
        raise CannotMove(_("Somebody has begun to rate: from now on items are not merged or split any more."))


def _open_rating_again(workshop):
    if has_shown_results(workshop):
        raise CannotMove(_("Somebody has seen findings of this rating, so nobody can rate alone any more."))
    rating_round.open_again(workshop)


# -- late people -------------------------------------------------------------------------------------------------------
def has_shown_results(workshop):
    """Whether anybody has seen a result, be it a facilitator who prepares: from then on closed rounds stay closed."""
    seen = workshop.is_revealed or workshop.prepared_at is not None
    return seen or workshop.items.filter(revealed_at__isnull=False).exists()


def takes_late(workshop):
    """Whether the facilitator may let a late person write."""
    return workshop.stage == Stage.CONSOLIDATE and workshop.archived_at is None and not has_shown_results(workshop)


@transaction.atomic
def reopen_for(participant, viewer):
    """Let one person write until the stage moves on. False, and nothing changed, when they may already.

    Raises
    ------
    CannotMove
        If the stage is not closed, or somebody has seen a result.
    """
    workshop = Workshop.objects.select_for_update().get(pk=participant.workshop_id)
    if not takes_late(workshop):
        raise CannotMove(_("Nobody can be let in late now: the stage has moved on, or results have been revealed."))
    if _may_have_seen(participant):
        raise CannotMove(
            _("%(name)s facilitates and may have seen what the others wrote: it would not be written alone any more.")
            % {"name": participant.name}
        )
    if not Participant.objects.filter(pk=participant.pk, may_write_late=False).update(may_write_late=True):
        return False
    # Where names are hidden, the trail, which everybody reads, does not tell who was late.
    name = participant.name if workshop.candour == Workshop.Candour.OPEN else ""
    audit.record(workshop, viewer, audit.Action.REOPENED, name)
    live.announce(workshop, "stage")
    return True


def _may_have_seen(participant):
    """Whether this person runs the workshop, be it under an account that they take part with or by the same address."""
    theirs = Q(user__isnull=False, user=participant.user_id)
    if participant.email:
        theirs |= Q(user__email__iexact=participant.email)
    runs = [Membership.Access.OWNER, Membership.Access.FACILITATOR]
    return Membership.objects.filter(theirs, team=participant.team_id, access__in=runs).exists()


@transaction.atomic
def end_late_writing(workshop, participant=None):
    """Let nobody write late any more, or not this one person; what they submitted stays in."""
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    _end_late(locked, participant)
    if locked.stage == Stage.CONSOLIDATE:
        gathering.gather(locked, settled=True)
        live.announce(locked, "items")
    live.announce(locked, "stage")


def _end_late(workshop, participant=None):
    late = workshop.participants.filter(may_write_late=True)
    (late if participant is None else late.filter(pk=participant.pk)).update(may_write_late=False)
