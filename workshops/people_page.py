"""What the page of a workshop's people shows, and to whom."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from .charts.marks import RoleMark, role_marks
from .letters import address_of
from .models import Device, Letter, Participant, Workshop
from .people import roles_are_frozen, why_not_removable
from .voices import missing_voices

Standing = Participant.Standing


def join_address(workshop):
    """The address that the QR code holds."""
    return f"{settings.SITE_URL}/join/{workshop.join_token}/"


def short_address():
    """Where people type the code, as they would say it."""
    return f"{settings.SITE.netloc}{settings.SITE.path.rstrip('/')}/join/"


def grouped(code):
    """A join code as it is read aloud: ABCD EFGH."""
    return f"{code[:4]} {code[4:]}"


@dataclass(frozen=True)
class Row:
    """One person on the list; what only facilitators see is empty for others."""

    person: Participant
    mark: RoleMark | None
    email: str = ""
    state: str = ""
    trouble: str = ""


class People:
    """Everybody of a workshop. Addresses, who waits and how far invitations are is for facilitators alone."""

    def __init__(self, workshop, facilitates):
        self.workshop, self.facilitates = workshop, facilitates

    @cached_property
    def counted(self):
        """Those who take part, by role and name."""
        return [row for row in self._rows if row.person.standing == Standing.ACCEPTED]

    @cached_property
    def observers(self):
        """Those who watch."""
        return [row for row in self._rows if row.person.standing == Standing.OBSERVER]

    @cached_property
    def waiting(self):
        """Guests to be let in or turned away."""
        return [row for row in self._rows if row.person.standing == Standing.WAITING]

    @property
    def to_invite(self):
        """How many have an address and no invitation."""
        admitted = (row for row in self._rows if row.person.is_admitted)
        return sum(1 for row in admitted if row.email and row.person.invited_at is None)

    @cached_property
    def voices(self):
        """For facilitators, while somebody may still be added: whose view is missing."""
        is_of_use = self.facilitates and self.workshop.takes_new_people and self.counted
        return missing_voices(self.workshop) if is_of_use else []

    @cached_property
    def roles_are_frozen(self):
        return roles_are_frozen(self.workshop)

    @cached_property
    def _rows(self):
        everybody = Participant.everybody.filter(workshop=self.workshop).select_related("role", "user")
        everybody = everybody.order_by("role__position", "role__key", Lower("name"), "public_id")
        if not self.facilitates:
            return [Row(person, self._mark(person)) for person in everybody.exclude(standing=Standing.WAITING)]
        return [row_for_facilitator(self.workshop, person, self._mark(person)) for person in with_news(everybody)]

    def _mark(self, person):
        return self._marks_by_key[person.role.key] if person.role else None

    @cached_property
    def _marks_by_key(self):
        return role_marks(self.workshop.team.roles.all())

    @property
    def marks(self):
        """The marks of the team's roles, once a page."""
        return self._marks_by_key.values()

    @property
    def short_address(self):
        """Where guests type the code."""
        return short_address()

    @property
    def join_code(self):
        """For facilitators, while somebody may still come in."""
        return grouped(self.workshop.join_code) if self.workshop.takes_new_people else ""


def with_news(people):
    """The people with what facilitators want to know of them: their last letters and whether they came in.

    Reminders are left out: they go to those who have not submitted, and that stays hidden.
    """
    letters = Letter.objects.filter(kind__in=[Letter.Kind.INVITATION, Letter.Kind.LINK]).order_by("-pk")
    came_in = Exists(Device.objects.filter(participant=OuterRef("pk")))
    return people.annotate(came_in=came_in).prefetch_related(Prefetch("letters", letters, to_attr="last_letters"))


def row_for_facilitator(workshop, person, mark=None):
    """A person as facilitators see them; without names, who came in is as hidden as who answered."""
    last = person.last_letters[0] if person.last_letters else None
    email = address_of(person)
    return Row(
        person=person,
        mark=mark,
        email=email,
        state=_state(workshop, person, last, email),
        trouble=last.error if last is not None and last.state == Letter.State.FAILED else "",
    )


def _state(workshop, person, last, email):
    if workshop.candour == Workshop.Candour.OPEN and person.came_in:
        return _("came in")
    if not email:
        return _("no e-mail address")
    if last is not None and last.kind == Letter.Kind.INVITATION and last.is_under_way:
        return _("mail on its way")
    if person.invited_at is not None:
        return _("invited")
    return _("not invited yet")


class Person:
    """One person's page, for facilitators."""

    def __init__(self, person):
        self.person, self.workshop = person, person.workshop

    @cached_property
    def row(self):
        """As on the list."""
        found = Participant.everybody.filter(pk=self.person.pk).select_related("role", "user")
        return row_for_facilitator(self.workshop, with_news(found).get())

    @cached_property
    def why_not_removable(self):
        return why_not_removable(self.person)

    @cached_property
    def roles_are_frozen(self):
        return self.person.role_id is not None and roles_are_frozen(self.workshop)
