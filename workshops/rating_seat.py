"""When somebody may rate: while the stage is open. Asked under the lock that keeps it open until the answer is kept."""

from .models import Workshop
from .seat_lock import held, hold_where

HOLD = hold_where("w.stage = 'rate'")


def held_open(who):
    """A transaction in which this person may rate, and the rating does not close.

    Raises
    ------
    seat_lock.NotTakingPart, seat_lock.Closed
    """
    return held(who, HOLD)


def is_open(workshop):
    """Whether pages offer to rate; `held_open` decides when somebody does."""
    return workshop.stage == Workshop.Stage.RATE and workshop.archived_at is None
