"""The live session as a file for calendars. It names the workshop's address, and nobody's personal link."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from .audit import Action

LENGTH = timedelta(minutes=90)


def live_session(workshop):
    """The bytes of an .ics file with the workshop's live session.

    The event keeps its id when the date moves, and its sequence grows with every change of the brief, so that calendars
    move the entry that they have.
    """
    address = settings.SITE_URL + reverse("workshop", args=[workshop.public_id])
    event = Event.new(
        uid=f"{workshop.public_id}@{urlsplit(settings.SITE_URL).hostname}",
        stamp=timezone.now(),
        start=workshop.live_at,
        end=workshop.live_at + LENGTH,
        summary=workshop.title,
        description=address,
        url=address,
        sequence=workshop.audit.filter(action=Action.BRIEF).count(),
    )
    return Calendar.new(method="PUBLISH", prodid="-//Parallax//EN", subcomponents=[event]).to_ical()
