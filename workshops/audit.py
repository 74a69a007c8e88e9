"""Writing the audit trail of a workshop."""

from .models import AuditEntry

Action = AuditEntry.Action


def record(workshop, viewer, action, about=""):
    """Note that `viewer` did this to the workshop, in the transaction that does it.

    `about` names a person, a stage or the like; never anything that somebody answered.
    """
    seat = viewer.seat_in(workshop)
    actor = str(viewer.user or seat or "")
    AuditEntry.objects.create(workshop=workshop, action=action, actor=actor[:254], about=str(about)[:254])
