"""When somebody may write: while the stage is open, or late, as long as nobody has seen a result."""

from .models import Workshop
from .seat_lock import Closed, NotTakingPart, Seat, Who, held, hold_where

__all__ = ["Closed", "NotTakingPart", "Seat", "Who", "held_open", "is_open"]

HOLD = hold_where(
    """
    w.stage = 'write' OR w.stage = 'consolidate' AND p.may_write_late AND w.revealed_at IS NULL
    AND NOT EXISTS (SELECT FROM workshops_item i WHERE i.workshop_id = w.id AND i.revealed_at IS NOT NULL)
    """
)


def held_open(who):
    """A transaction in which this person may write, and the stage does not close.

    Raises
    ------
    NotTakingPart, Closed
    """
    return held(who, HOLD)


def is_open(workshop, participant):
    """Whether pages offer this participant to write; `held_open` decides when they do."""
    stage = Workshop.Stage
    if workshop.archived_at is not None:
        return False
    if workshop.stage != stage.CONSOLIDATE or not participant.may_write_late:
        return workshop.stage == stage.WRITE
    return not workshop.is_revealed and not workshop.items.filter(revealed_at__isnull=False).exists()
