"""What waits for somebody in each of their workshops: one line for what is theirs to do, one for what they run."""

import datetime as dt
import zoneinfo

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Job, Participant, Round, Sitting, Statement, Workshop

Stage = Workshop.Stage
Standing = Participant.Standing
RATING_MINUTES = 8  # for about 30 items
OPEN_RATING = {"round__kind": Round.Kind.RATE, "round__closed_at__isnull": True}


def add_what_waits(workshops, viewer, memberships):
    """Give each workshop its `waits`: a list of lines. As many queries for one workshop as for a hundred.

    Parameters
    ----------
    workshops : list of Workshop
    viewer : Viewer
    memberships : list of Membership
        Those of the viewer.
    """
    mine = {seat.workshop_id: seat for seat in _own_seats(viewer, workshops)}
    rated = set(_finished(mine.values()))
    runs = {each.team_id for each in memberships if each.may_facilitate}
    run = [each for each in workshops if each.team_id in runs]
    people, material = _people(run), _material(run)
    for workshop in workshops:
        seat = mine.get(workshop.pk)
        own = [_own(workshop, seat, has_rated=seat.pk in rated)] if seat is not None else []
        if workshop.team_id in runs:
            own += _to_run(workshop, people.get(workshop.pk, {}), material[workshop.pk])
        workshop.waits = [line for line in own if line] or [_where_it_is(workshop)]


def _own_seats(viewer, workshops):
    """The viewer's seats; one taken by link or code in this browser goes before the account's, as on the pages."""
    ids = [workshop.pk for workshop in workshops]
    by_account = Participant.objects.filter(user=viewer.user, workshop__in=ids) if viewer.user else []
    return [*by_account, *(seat for seat in viewer.seats if seat.standing == Standing.ACCEPTED)]


def _finished(seats):
    own = Sitting.objects.filter(participant__in=[seat.pk for seat in seats], finished_at__isnull=False, **OPEN_RATING)
    return own.values_list("participant", flat=True)


def _people(workshops):
    counted, now = Q(standing=Standing.ACCEPTED), timezone.now()
    rated = Sitting.objects.filter(participant=OuterRef("pk"), finished_at__lte=now, **OPEN_RATING)
    rows = Participant.everybody.filter(workshop__in=workshops).values("workshop").order_by()
    rows = rows.annotate(
        everybody=Count("pk", filter=counted),
        submitted=Count("pk", filter=counted & Q(submitted_at__lte=now)),
        rated=Count("pk", filter=counted & Q(Exists(rated))),
        waiting=Count("pk", filter=Q(standing=Standing.WAITING)),
    )
    return {row["workshop"]: row for row in rows}


def _material(workshops):
    """For each workshop: what was submitted, how the last computation stands, whether a rating is open or closed."""
    of_it = {"workshop": OuterRef("pk")}
    submitted = Statement.objects.filter(**of_it, draft=False).exclude(label="").order_by().values("workshop")
    ratings = Round.objects.filter(**of_it, kind=Round.Kind.RATE)
    rows = Workshop.objects.filter(pk__in=[each.pk for each in workshops]).annotate(
        said=submitted.values(n=Count("pk")),
        job=Job.objects.filter(**of_it).order_by("-pk").values("state")[:1],
        is_rated=Exists(ratings) & ~Exists(ratings.filter(closed_at__isnull=True)),
    )
    return {row["pk"]: row for row in rows.values("pk", "said", "job", "is_rated")}


def _own(workshop, seat, *, has_rated):
    """What the viewer may do as a participant."""
    if workshop.stage == Stage.WRITE:
        return _("Submitted, thank you") if seat.has_submitted else write_until(workshop)
    if workshop.stage == Stage.CONSOLIDATE and seat.may_write_late and not seat.has_submitted:
        return _("You may write a little longer")
    if workshop.stage == Stage.RATE:
        return _("Rated, thank you") if has_rated else rate_until(workshop)
    return ""


def rate_until(workshop):
    """“Rate until Friday”, with how long it takes; a day that is over was the one for writing."""
    left = workshop.deadline - timezone.now() if workshop.deadline else dt.timedelta(0)
    about = _("about %(n)d minutes") % {"n": RATING_MINUTES}
    if left <= dt.timedelta(0):
        return _("Rate, whenever you like until it closes: %(about)s") % {"about": about}
    return _("Rate until %(day)s: %(about)s") % {"day": _day(workshop, left), "about": about}


def write_until(workshop):
    """“Write until Friday”, on the workshop's clock; a date that is far or over is named in full."""
    if workshop.deadline is None:
        return _("Write, whenever you like until it closes")
    left = workshop.deadline - timezone.now()
    if left < dt.timedelta(0):
        return _("Write: it was asked for until %(day)s and is still open") % {
            "day": formats.date_format(timezone.localtime(workshop.deadline, _zone(workshop)), "j F"),
        }
    return _("Write until %(day)s") % {"day": _day(workshop, left)}


def _day(workshop, left):
    """The deadline on the workshop's clock: the weekday where it is near."""
    near = left < dt.timedelta(days=6)
    day = timezone.localtime(workshop.deadline, _zone(workshop))
    return formats.date_format(day, "l, H:i" if near else "l, j F")


def _zone(workshop):
    try:
        return zoneinfo.ZoneInfo(workshop.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):  # this server does not know it
        return zoneinfo.ZoneInfo("UTC")


def _to_run(workshop, people, material):
    """What the viewer may do as a facilitator."""
    lines = []
    if waiting := people.get("waiting"):
        lines.append(ngettext("%(n)d guest waits", "%(n)d guests wait", waiting) % {"n": waiting})
    if workshop.stage == Stage.SETUP:
        lines.append(_("Set it up"))
    if workshop.stage in (Stage.WRITE, Stage.RATE):
        came = people.get("submitted" if workshop.stage == Stage.WRITE else "rated", 0)
        lines.append(_("%(n)d of %(all)d are in") % {"n": came, "all": people.get("everybody", 0)})
    if workshop.stage == Stage.CONSOLIDATE:
        lines.append(_consolidate(material["said"] or 0))
    if material["is_rated"] and not workshop.is_revealed:
        lines.append(_findings(workshop, material["job"]))
    return lines


def _consolidate(statements):
    if not statements:
        return _("Put the items together")
    return ngettext("Consolidate %(n)d statement", "Consolidate %(n)d statements", statements) % {"n": statements}


def _findings(workshop, job):
    if workshop.current_analysis_id is not None:
        return _("Ready to reveal")
    unfinished = job in (Job.State.WAITING, Job.State.RUNNING)
    return _("The findings are being computed") if unfinished else _("There are no findings")


def _where_it_is(workshop):
    """For whom nothing waits: what there is."""
    if workshop.is_revealed:
        return _("Differences are revealed")
    return workshop.get_stage_display()
