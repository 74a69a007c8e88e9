"""Who takes part in a workshop: adding, inviting, letting in, replacing and removing people.

Every change locks the workshop's row, so that two equal requests make one row, and none comes between a check and what
it allowed.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import audit, letters, live
from .models import Bucket, Letter, Participant, Role, Round, RoundPerson, User, Workshop
from .models.public_id import new_public_id

MOST_PEOPLE = 500
Standing = Participant.Standing
Action = audit.Action


class CannotChange(Exception):
    """Why people stay as they are, in words."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added; an observer has no role."""

    name: str
    email: str
    role: Role | None
    user: User | None = None

    @property
    def standing(self):
        return Standing.ACCEPTED if self.role else Standing.OBSERVER


def lock(workshop):
    """Let nobody else change the people or the stage of this workshop until the transaction ends."""
    return Workshop.objects.select_for_update().get(pk=workshop.pk)


def room_in(workshop):
    """How many more people a workshop takes."""
    return MOST_PEOPLE - Participant.everybody.filter(workshop=workshop).count()


@transaction.atomic
def add(workshop, newcomers, viewer):
    """Add people, all of them or, if one is there already, none."""
    if not workshop.takes_new_people:
        raise CannotChange(_("This workshop is over: it takes no new people."))
    rows = [_row(workshop, newcomer) for newcomer in newcomers]
    try:
        with transaction.atomic():
            Participant.everybody.bulk_create(rows)
    except IntegrityError:
        raise CannotChange(_("Somebody of these came in just now. Look at the list and try again.")) from None
    for row in rows:
        audit.record(workshop, viewer, Action.ADDED, row.name)
    live.announce(workshop, "team")
    return rows


def _row(workshop, newcomer):
    return Participant(
        workshop=workshop,
        key=new_public_id(),  # tells no order
        name=newcomer.name,
        email=newcomer.email,
        role=newcomer.role,
        user=newcomer.user,
        standing=newcomer.standing,
    )


def roles_are_frozen(workshop):
    """Whether roles stay as they are: without names, two people moved into a role would lift it to k."""
    rated = workshop.rounds.filter(kind=Round.Kind.RATE, closed_at__isnull=False)
    return workshop.candour != Workshop.Candour.OPEN and rated.exists()


@transaction.atomic
def change(person, name, role, viewer):
    """Give a person another name, or another role."""
    lock(person.workshop)
    if role != person.role and roles_are_frozen(person.workshop):
        raise CannotChange(_("A rating has closed: roles stay as they are, so that no role can be made to show."))
    before, person.name, person.role = person.name, name, role
    person.save(update_fields=["name", "role"])
    audit.record(person.workshop, viewer, Action.CHANGED, before)
    live.announce(person.workshop, "team")


def why_not_removable(person):
    """Why a person cannot be taken out any more, in words; nothing if they can.

    Where names are hidden, the answer is the same for everybody: else it would tell who has answered.
    """
    workshop = person.workshop
    closed = workshop.rounds.filter(closed_at__isnull=False)
    if person.standing != Standing.ACCEPTED or not closed.exists():
        return ""
    if workshop.candour != Workshop.Candour.OPEN:
        return _(
            "A round has closed. From then on nobody is removed here, whether they answered or not: who answered"
            " stays hidden. Everybody can withdraw what they said themselves, on their page “My data”."
        )
    if has_answered(person):
        return _(
            "%(name)s has answered in a round that is closed, and closed rounds never change. %(name)s can withdraw"
            " what they said themselves, on their page “My data”."
        ) % {"name": person.name}
    return ""


def has_answered(person):
    """Whether a closed round holds something of this person."""
    closed = person.workshop.rounds.filter(closed_at__isnull=False)
    in_closed = Q(round__in=closed)
    if closed.filter(kind=Round.Kind.WRITE).exists() and (
        person.has_submitted or person.statements.filter(draft=False).exists()
    ):
        return True
    return (
        RoundPerson.objects.filter(in_closed, participant=person).exists()  # was asked by name
        or person.ratings.filter(in_closed).exists()
        or person.restatements.filter(in_closed).exists()
        or person.judgements.filter(restatement__round__in=closed).exists()
    )


@transaction.atomic
def remove(person, viewer):
    """Take a person out, with drafts, links and devices. Their open pages end."""
    _take_out(person)
    audit.record(person.workshop, viewer, Action.REMOVED, person.name)


@transaction.atomic
def replace(person, newcomer, viewer):
    """Put somebody else in a person's place, who comes in by a link of their own; what was drafted is deleted."""
    was_invited = person.invited_at is not None
    name = person.name
    _take_out(person)
    try:
        with transaction.atomic():
            row = _row(person.workshop, newcomer)
            row.standing = person.standing
            row.save(force_insert=True)
    except IntegrityError:
        raise CannotChange(_("Somebody of this address is in this workshop already.")) from None
    audit.record(person.workshop, viewer, Action.REPLACED, f"{name} → {row.name}")
    if was_invited:
        invite(person.workshop, [row], viewer)
    return row


def _take_out(person):
    lock(person.workshop)
    if reason := why_not_removable(person):
        raise CannotChange(reason)
    live.close_streams([person.workshop])
    live.announce(person.workshop, "team")
    Participant.everybody.filter(pk=person.pk).delete()


@transaction.atomic
def accept(guest, viewer):
    """Let a waiting guest in. False, and nothing changed, when somebody was faster."""
    waiting = Participant.everybody.filter(pk=guest.pk, standing=Standing.WAITING)
    if not waiting.update(standing=Standing.ACCEPTED):
        return False
    audit.record(guest.workshop, viewer, Action.ACCEPTED, guest.name)
    live.announce(guest.workshop, "team")
    return True


@transaction.atomic
def turn_away(guest, viewer):
    """Send a waiting guest away. False, and nothing changed, when somebody let them in meanwhile."""
    waiting = Participant.everybody.filter(pk=guest.pk, standing=Standing.WAITING)
    if not waiting.select_for_update().exists():
        return False
    waiting.delete()
    audit.record(guest.workshop, viewer, Action.REMOVED, guest.name)
    live.close_streams([guest.workshop])
    live.announce(guest.workshop, "team")
    return True


def not_invited(workshop):
    """Those who have an address and were not invited yet."""
    admitted = Participant.everybody.filter(workshop=workshop).exclude(standing=Standing.WAITING)
    reachable = admitted.exclude(email="", user__isnull=True)
    return reachable.filter(invited_at__isnull=True).select_related("user")


@transaction.atomic
def invite(workshop, people, viewer):
    """Mail their personal links to people. How many."""
    invited = [person for person in people if person.is_admitted and letters.address_of(person)]
    if not invited:
        return 0
    Participant.everybody.filter(pk__in=[person.pk for person in invited]).update(invited_at=timezone.now())
    count = ngettext("%(n)d person", "%(n)d people", len(invited)) % {"n": len(invited)}
    audit.record(workshop, viewer, Action.INVITED, invited[0].name if len(invited) == 1 else count)
    letters.ask_all(Letter.Kind.INVITATION, invited)
    return len(invited)


@transaction.atomic
def invite_one(person, viewer):
    """Mail one person their link, for the first time or again; false when they cannot be sent one now."""
    return _may_be_written_to(person) and bool(invite(person.workshop, [person], viewer))


@transaction.atomic
def send_new_link(person, viewer):
    """Mail a new personal link; those before it lead nowhere once it is sent."""
    if not letters.address_of(person):
        raise CannotChange(_("There is no e-mail address to send a link to."))
    if not _may_be_written_to(person):
        raise CannotChange(_("%(name)s has had enough mail for now. Try again in an hour.") % {"name": person.name})
    letters.ask(Letter.Kind.LINK, participant=person)
    audit.record(person.workshop, viewer, Action.NEW_LINK, person.name)


def _may_be_written_to(person):
    """Whether somebody gets another letter of one that is asked for by hand: five an hour."""
    return Bucket.objects.take("letters", person.pk, most=5, seconds=3600)


@transaction.atomic
def lock_out(person, viewer):
    """End every link and every browser of a person; what they wrote stays. They come back by a new link."""
    person.end_links()
    person.devices.all().delete()
    audit.record(person.workshop, viewer, Action.REVOKED, person.name)
    live.close_streams([person.workshop])


@transaction.atomic
def renew_join_code(workshop, viewer):
    """Another code and join link; the old ones lead nowhere."""
    workshop.renew_join_link()
    audit.record(workshop, viewer, Action.NEW_CODE)
