"""Who answers, and whether they may: asked under a lock that keeps the stage open until the answer is kept."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from .viewer import Claim, claim_of, device_hashes


class Closed(Exception):
    """The stage takes nothing from this person any more, or not yet."""


class NotTakingPart(Exception):
    """Whoever asks has no place in this workshop, or there is no such workshop."""


@dataclass(frozen=True)
class Who:
    """Who asks to write, and where: an account, the devices that a browser holds, and a workshop's public id.

    With a `claim`, nobody has looked at the account yet; `held` does, in the same breath as at everything else.
    """

    user: int | None
    devices: list[str]
    workshop: str
    claim: Claim | None = None

    @classmethod
    def of(cls, session, workshop):
        """Whoever this session belongs to."""
        claim = claim_of(session)
        return cls(claim and claim.user, device_hashes(session), workshop, claim)


@dataclass(frozen=True)
class Seat:
    """Whose write it is, read under the lock that keeps the stage open."""

    participant_id: int
    workshop_id: int
    candour: str
    has_submitted: bool


# One look at both rows: a move of the stage waits until this transaction ends, or this one sees the stage it moved to.
# A person's own writes come one after the other. Same order of locks as in erasing: first the workshop, then people.
# Who may is what `views.opening.taking_part` says, asked in the same breath: a test holds the two against each other.
HOLD = """
WITH held AS (SELECT participant_id, max(id) AS newest FROM workshops_device
              WHERE secret_hash = ANY(%(devices)s) GROUP BY participant_id)
SELECT p.id, w.id, w.candour, p.submitted_at IS NOT NULL,
    CASE WHEN held.newest IS NULL THEN u.password END, p.standing = 'accepted', w.archived_at IS NULL AND ({is_open})
FROM workshops_participant p JOIN workshops_workshop w ON w.id = p.workshop_id
LEFT JOIN held ON held.participant_id = p.id
LEFT JOIN workshops_user u ON u.id = p.user_id AND u.id = %(user)s AND u.is_active
WHERE w.public_id = %(workshop)s AND (held.newest IS NOT NULL OR EXISTS (
    SELECT FROM workshops_membership m WHERE m.team_id = w.team_id AND m.user_id = u.id))
ORDER BY held.newest DESC NULLS LAST LIMIT 1
FOR SHARE OF w FOR NO KEY UPDATE OF p
"""


def hold_where(is_open):
    """The SQL of `held` for a stage that is open under this condition on the workshop `w` and the participant `p`."""
    return HOLD.format(is_open=is_open)


@contextmanager
def held(who, sql):
    """A transaction in which this person may answer, and the stage does not close.

    Parameters
    ----------
    who : Who
    sql : str
        Made by `hold_where`.

    Raises
    ------
    NotTakingPart, Closed
    """
    asked = {"workshop": who.workshop.replace("\0", "\ufffd"), "user": who.user, "devices": who.devices}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            *seat, password, takes_part, may_answer = cursor.fetchone() or (None, None, False, False)
        if not takes_part or not _is_theirs(who, password):
            raise NotTakingPart
        if not may_answer:
            raise Closed
        yield Seat(*seat)


def _is_theirs(who, password):
    """Whether the session that led to this seat still holds; one that a device led to has no `password` to ask."""
    return password is None or who.claim is None or who.claim.holds(password)
