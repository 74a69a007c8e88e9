"""Coming in: by a personal link, or by code and QR as a guest whom the facilitator lets in."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from . import letters, live
from .models import Letter, Membership, Participant, PersonalLink, Workshop
from .models.public_id import JOIN_LENGTH, JOIN_LETTERS, hash_of
from .people import MOST_PEOPLE

LINKS_LIVE = dt.timedelta(days=180)
MOST_LETTERS = 10
Standing = Participant.Standing


class Full(Exception):
    """The workshop takes nobody any more."""


def workshop_of_code(typed):
    """The workshop that a join code leads to, or None. Spaces, hyphens and small letters are forgiven."""
    code = "".join(typed.upper().replace("-", "").split())
    if len(code) != JOIN_LENGTH or not set(code) <= set(JOIN_LETTERS):
        return None
    return _open_to_newcomers().filter(join_code=code).first()


def workshop_of_token(token):
    """The workshop that the link behind a QR code leads to, or None."""
    return _open_to_newcomers().filter(join_token=_text(token)).first()


def _open_to_newcomers():
    kept = Workshop.objects.in_use().exclude(stage=Workshop.Stage.CLOSED)
    return kept.select_related("team", "segment")


def participant_of_link(token):
    """Whose personal link this is; None for one that was revoked, is too old, or never was.

    Archived workshops let nobody in by link.
    """
    links = PersonalLink.objects.filter(token_hash=hash_of(_text(token)), revoked_at__isnull=True)
    links = links.filter(created_at__gt=timezone.now() - LINKS_LIVE, participant__workshop__archived_at__isnull=True)
    link = links.select_related("participant__workshop", "participant__role").first()
    return link and link.participant


def _text(token):
    """What a browser sent may hold what no text in UTF-8 can."""
    return token.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


@transaction.atomic
def join(workshop, *, nonce, name, role, email, viewer):
    """Take a seat: a member of the team at once, anybody else once the facilitator lets them in.

    The nonce belongs to the form: however often the form is sent, it makes one row.

    Returns
    -------
    (Participant, str)
        The seat, and the token of a personal link to show; none for a seat that was not made by this form. A form sent
        twice gets two that both lead here: nobody knows which of the answers the browser shows.

    Raises
    ------
    Full
    """
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    there = _there_already(locked, nonce, viewer)
    if there is not None:
        return there, there.new_link(revoke=False) if there.key == f"g-{nonce}" else ""
    if not locked.takes_new_people or Participant.everybody.filter(workshop=locked).count() >= MOST_PEOPLE:
        raise Full
    member = Membership.objects.of(viewer, locked.team_id)
    taken = email and Participant.everybody.filter(workshop=locked, email__iexact=email).exists()
    seat = Participant.objects.create(
        workshop=locked,
        key=f"g-{nonce}",
        name=name,
        role=role,
        email="" if taken else email,  # what is taken is told to nobody; the facilitator sees two of one name
        user=viewer.user if member else None,
        standing=Standing.ACCEPTED if member else Standing.WAITING,
    )
    live.announce(locked, "team")
    return seat, seat.new_link()


def _there_already(workshop, nonce, viewer):
    own = Q(key=f"g-{nonce}")
    if viewer.user is not None:
        own |= Q(user=viewer.user)
    seats = Participant.everybody.filter(workshop=workshop)
    return seats.filter(own).first() or viewer.seat_in(workshop)


def send_lost_links(email):
    """Mail a new link for every running workshop in which somebody has this address. Says nothing about whether any."""
    people = Participant.everybody.exclude(standing=Standing.WAITING).filter(
        Q(email__iexact=email) | Q(email="", user__email__iexact=email), workshop__archived_at__isnull=True
    )
    for person in people.exclude(workshop__stage=Workshop.Stage.CLOSED).order_by("-pk")[:MOST_LETTERS]:
        letters.ask(Letter.Kind.LINK, participant=person)
