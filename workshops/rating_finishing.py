"""Coming to the end of a rating: it submits itself with the last answer, once, and may still be changed.

Whoever leaves answers out may say that this is all.
"""

from .models import Participant, Round, Sitting, Workshop
from .rating_sheet import Sheet
from .writing_submitting import counts_from, tell_progress


def look_how_far(seat):
    """What is left for this person after an answer; at the last one they are in.

    Returns
    -------
    Sheet
    """
    sheet = _sheet(seat)
    if sheet.is_done:
        _finish(seat, sheet.rounds)
    return sheet


def end(seat):
    """Come to the end although something is left out; nothing happens for somebody who has answered nothing."""
    sheet = _sheet(seat)
    if sheet.has_begun:
        _finish(seat, sheet.rounds)


def _sheet(seat):
    return Sheet(Workshop(pk=seat.workshop_id), Participant.objects.get(pk=seat.participant_id))


def _finish(seat, rounds):
    """Where names are hidden, the count goes up at a time of its own: see `counts_from`."""
    moment = counts_from(seat)
    made = [
        Sitting.objects.get_or_create(
            round=round_, participant_id=seat.participant_id, defaults={"finished_at": moment}
        )[1]
        for round_ in rounds
        if round_.kind == Round.Kind.RATE
    ]
    if any(made):
        tell_progress(seat)
