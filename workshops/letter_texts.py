"""What letters say: plain text from templates/mail, made when a letter is sent."""

import re
import zoneinfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import promises
from .models import AuditEntry, Letter, Membership

Kind = Letter.Kind


def of_participant(kind, participant, token):
    """Subject and text of a letter with a personal link, in the language and the time zone of the workshop."""
    workshop = participant.workshop
    with translation.override(_language(workshop)), timezone.override(_zone(workshop)):
        context = {
            "person": participant,
            "workshop": workshop,
            "watches": participant.standing == participant.Standing.OBSERVER,
            "writes": workshop.stage in (workshop.Stage.SETUP, workshop.Stage.WRITE),
            # At rating, a deadline that is over was the one for writing.
            "asks_until": workshop.deadline is not None and workshop.deadline > timezone.now(),
            "rates": workshop.stage == workshop.Stage.RATE,
            "who": _who_invites(workshop),
            "promise": promises.sentence(workshop),
            "until_the_reveal": promises.until_the_reveal(),
            "link": f"{settings.SITE_URL}/in/{token}/",
            "site": settings.SITE_URL,
        }
        subject = _subject(kind) % {"workshop": workshop.title}
        return _one_line(subject), _text(f"mail/{kind}.txt", context)


def of_membership(membership):
    """Subject and text of the letter to a new member of a team. It has no link that signs in: a code is mailed then."""
    owners = membership.team.memberships.filter(access=Membership.Access.OWNER).exclude(pk=membership.pk)
    names = [str(owner.user) for owner in owners.select_related("user")[:2]]
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "membership": membership,
            "who": names[0] if len(names) == 1 else "",  # only owners add members
            "sign_in": f"{settings.SITE_URL}/sign-in/",
            "site": settings.SITE_URL,
        }
        subject = _("You are in the team “%(team)s”") % {"team": membership.team.name}
        return _one_line(subject), _text("mail/membership.txt", context)


def _subject(kind):
    return {
        Kind.INVITATION: _("Your view is asked for: %(workshop)s"),
        Kind.LINK: _("Your new link: %(workshop)s"),
        Kind.REMINDER: _("A reminder: %(workshop)s"),
    }[kind]


def _text(template, context):
    """The text, with one empty line where what was left out had lines of its own."""
    return re.sub(r"\n{3,}", "\n\n", render_to_string(template, context)).strip() + "\n"


def _one_line(subject):
    return " ".join(subject.split())


def _who_invites(workshop):
    """The facilitator who sent the last invitations."""
    entry = workshop.audit.filter(action=AuditEntry.Action.INVITED).first()
    return entry.actor if entry else ""


def _language(workshop):
    known = {code for code, _name in settings.LANGUAGES}
    return workshop.language if workshop.language in known else settings.LANGUAGE_CODE


def _zone(workshop):
    try:
        return zoneinfo.ZoneInfo(workshop.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):  # this server does not know it
        return zoneinfo.ZoneInfo("UTC")
