"""Reading a pasted list of people: one line each, every wrong line answered with its number and the reason."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.models import Participant
from workshops.people import MOST_PEOPLE, Newcomer, room_in

OBSERVER = "observer"
MOST_SHOWN = 20
NAME_LENGTH = Participant._meta.get_field("name").max_length
BROKEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class WrongLine(Exception):
    """Why a line cannot be used, in words."""


class Places:
    """What somebody may be in a workshop: of one of the team's roles, or an observer."""

    def __init__(self, workshop):
        self.roles = list(workshop.team.roles.all())
        self._named = {OBSERVER: None, _("Observer").casefold(): None}
        self._named |= {role.key.casefold(): role for role in self.roles}
        self._named |= {role.name.casefold(): role for role in self.roles}

    @property
    def choices(self):
        """For a select: the roles, and to observe."""
        roles = [(str(role.pk), role.name) for role in self.roles]
        return [*roles, (OBSERVER, _("Observer: watches, is not counted"))]

    def chosen(self, value):
        """The role behind a choice; None for an observer."""
        return next((role for role in self.roles if str(role.pk) == value), None)

    def named(self, word):
        """The role that a line names; None for an observer."""
        try:
            return self._named[word.casefold()]
        except KeyError:
            raise WrongLine(_("the team has no role “%(word)s”.") % {"word": word[:60]}) from None


class PastedPeople:
    """The people that a text lists, and what is wrong with its lines.

    Parameters
    ----------
    workshop : Workshop
    text : str
        One person a line: ``Name <address>, Role``, where all but the address may be left out.
    places : Places
    otherwise : str
        The choice of `places` for lines that name no role; empty if they have to.
    """

    def __init__(self, workshop, text, places, otherwise=""):
        self.places, self.otherwise = places, otherwise
        self.members = {
            member.user.email: member for member in workshop.team.memberships.select_related("user", "role")
        }
        here = Participant.everybody.filter(workshop=workshop).values_list("email", "user__email")
        self.taken = {address.lower() for pair in here for address in pair if address}
        self.newcomers, self.problems = [], []
        self._lines = {}  # address: the number of its line
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                self._read(number, line.strip())
        if not self._lines and not self.problems:
            self.problems.append(_("Write down at least one person."))
        if not self.problems and len(self.newcomers) > room_in(workshop):
            self.problems.append(_("A workshop has room for %(n)d people.") % {"n": MOST_PEOPLE})

    @property
    def shown_problems(self):
        """The first problems, and how many more there are."""
        more = len(self.problems) - MOST_SHOWN
        if more <= 0:
            return self.problems
        words = ngettext("%(n)d more line cannot be used.", "%(n)d more lines cannot be used.", more)
        return [*self.problems[:MOST_SHOWN], words % {"n": more}]

    def _read(self, number, line):
        try:
            name, address, word = _parts(line)
            self._expect_new(address, number)
            self.newcomers.append(self._newcomer(name, address, word))
        except WrongLine as wrong:
            self.problems.append(_("Line %(n)d: %(reason)s") % {"n": number, "reason": wrong})

    def _expect_new(self, address, number):
        if address in self._lines:
            raise WrongLine(_("it has the address of line %(n)d.") % {"n": self._lines[address]})
        self._lines[address] = number
        if address in self.taken:
            raise WrongLine(_("%(address)s is in this workshop already.") % {"address": address})

    def _newcomer(self, name, address, word):
        member = self.members.get(address)
        user = member.user if member else None
        if not name:
            name = (user.name if user else "") or address.partition("@")[0]
        return Newcomer(name[:NAME_LENGTH], address, self._role(word, address, member), user)

    def _role(self, word, address, member):
        """The role that the line names, else the member's own, else the one for all other lines."""
        if word:
            return self.places.named(word)
        if member and member.role:
            return member.role
        if not self.otherwise:
            raise WrongLine(_("a role is missing, such as “%(line)s”.") % {"line": f"{address}, {self._example()}"})
        return self.places.chosen(self.otherwise)

    def _example(self):
        return self.places.roles[0].name if self.places.roles else _("Observer")


def _parts(line):
    """Name, address and role of a line; the name and the role may be empty."""
    if BROKEN.search(line):
        raise WrongLine(_("it holds a broken character."))
    if "<" in line:
        name, _bracket, rest = line.partition("<")
        address, closed, rest = rest.partition(">")
        role = rest.strip()
        if not closed or (role and role[0] not in ",;"):
            raise WrongLine(_("write it as “Name <address>, Role”."))
        name, role = name.strip().strip('"“”').strip(" ,;"), role[1:].strip()
    else:
        address, _comma, role = re.sub(r"[;\t]", ",", line).partition(",")
        name = ""
    return _name(name), _address(address), " ".join(role.split())


def _name(said):
    name = " ".join(said.split())
    if len(name) > NAME_LENGTH:
        raise WrongLine(_("its name has more than %(n)d characters.") % {"n": NAME_LENGTH})
    return name


def _address(said):
    address = said.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise WrongLine(_("“%(said)s” is no e-mail address.") % {"said": said.strip()[:60]}) from None
    if len(address) > 254:
        raise WrongLine(_("its address is too long."))
    return address
