"""Opening the findings: to facilitators, so that they can prepare, and to everybody at the same moment.

Neither can be taken back: from the first look on, closed rounds stay closed.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import audit, live
from .models import Item, Job, Round, Workshop


class CannotReveal(Exception):
    """Why nothing is opened now, in words for people."""


class DoneMeanwhile(CannotReveal):
    """It has been done already, or the page that asks for it is out of date."""


def state(workshop):
    """How far findings are: "" before the rating closes, then computing, failed, ready, prepared or revealed."""
    if workshop.is_revealed:
        return "revealed"
    if not _is_rated(workshop):
        return ""
    if workshop.current_analysis_id is None:
        job = workshop.jobs.order_by("-pk").first()
        return "failed" if job is None or job.state == Job.State.FAILED else "computing"
    return "prepared" if workshop.prepared_at is not None else "ready"


def _is_rated(workshop):
    """Whether there was a rating, and all of it is closed."""
    ratings = Round.objects.filter(workshop=workshop, kind=Round.Kind.RATE)
    moments = list(ratings.values_list("closed_at", flat=True))
    return bool(moments) and None not in moments


def why_not(workshop):
    """Why nobody can be shown findings now, in words; nothing if they can."""
    if workshop.archived_at is not None:
        return _("This workshop is archived. Bring it back first.")
    if not _is_rated(workshop):
        return _("The rating is not closed yet. Until it is, nobody can be shown what came of it.")
    if workshop.current_analysis_id is None:
        return _("There are no findings yet. As soon as they are computed, they can be shown.")
    return ""


@transaction.atomic
def prepare(workshop, viewer, *, seen):
    """Let the facilitators see the findings, without names, to prepare the conversation.

    Parameters
    ----------
    workshop : Workshop
    viewer : Viewer
        Who asks for it, for the audit trail.
    seen : int
        The `stage_version` of the page on which the button was pressed.

    Raises
    ------
    CannotReveal
        If the rating is open or there are no findings. Nothing has changed then.
    DoneMeanwhile
        If somebody was faster. Nothing has changed then.
    """
    locked = _held(workshop, seen)
    if locked.is_revealed:
        raise DoneMeanwhile(_("Everything is revealed already: there is nothing to prepare any more."))
    if locked.prepared_at is not None:
        raise DoneMeanwhile(_("The findings are open to the facilitators already. Nothing was done twice."))
    _open(locked, viewer, "prepared_at", audit.Action.PREPARED)
    live.announce(locked, "stage")


@transaction.atomic
def reveal(workshop, viewer, *, seen):
    """Show the findings to everybody, at the same moment. Parameters and refusals are those of `prepare`."""
    locked = _held(workshop, seen)
    if locked.is_revealed:
        raise DoneMeanwhile(_("Everything is revealed already. Nothing was done twice."))
    _open(locked, viewer, "revealed_at", audit.Action.REVEALED)
    _tell(locked)


@transaction.atomic
def reveal_item(item, viewer, *, seen):
    """Show those who take part what was said about one item. Parameters and refusals are those of `prepare`."""
    locked = _held(item.workshop, seen)
    if item.set_aside:
        raise CannotReveal(_("This item is set aside: nobody was asked about it."))
    unseen = Item.objects.filter(pk=item.pk, revealed_at__isnull=True)
    if locked.is_revealed or not unseen.update(revealed_at=timezone.now()):
        raise DoneMeanwhile(_("This item is revealed already. Nothing was done twice."))
    audit.record(locked, viewer, audit.Action.REVEALED, item.title)
    _tell(locked)


def _held(workshop, seen):
    """The workshop under its lock, so that the rating is not opened again meanwhile."""
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if locked.stage_version != seen:
        here = {"stage": locked.get_stage_display()}
        raise DoneMeanwhile(_("Somebody has moved this workshop meanwhile: it is at “%(stage)s” now.") % here)
    if reason := why_not(locked):
        raise CannotReveal(reason)
    return locked


def _open(locked, viewer, field, action):
    Workshop.objects.filter(pk=locked.pk).update(**{field: timezone.now()})
    audit.record(locked, viewer, action)


def _tell(workshop):
    """Pages that wait for it show it by themselves."""
    live.announce(workshop, "analysis")
    live.announce(workshop, "stage")
