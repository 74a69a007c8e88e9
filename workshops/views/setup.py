from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workshops import audit, brief, calendar_file, candour, promises
from workshops.copying import copy_workshop
from workshops.forms.setup import BriefForm, NewWorkshopForm
from workshops.models import Membership, Team, Workshop
from workshops.setup_page import BlankSheet, compared, modes, still_missing
from workshops.voices import missing_voices

from . import write
from .opening import facilitated, frame, workshop_for


@require_http_methods(["GET", "HEAD", "POST"])
def new_workshop(request, public_id):
    """Make a workshop, a blank one or one that continues an earlier one."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), public_id=public_id)
    if not Membership.objects.of(request.viewer, team).may_facilitate:
        raise PermissionDenied
    if request.method != "POST":
        form = NewWorkshopForm(team=team, initial={"continues": request.GET.get("from", "")})
        return render(request, "workshops/new_workshop.html", {"team": team, "form": form})
    form = NewWorkshopForm(request.POST, team=team)
    if not form.is_valid():
        return render(request, "workshops/new_workshop.html", {"team": team, "form": form}, status=422)
    return redirect("setup", _make_once(form, request.viewer).public_id)


def _make_once(form, viewer):
    """The form's workshop; sent a second time, the form finds the one that is there."""
    public_id = form.public_id()
    made = form.team.workshops.filter(public_id=public_id).first()
    if made is None:
        try:
            with transaction.atomic():
                return _make(form, public_id, viewer)
        except IntegrityError:  # the same form, a moment ago
            made = form.team.workshops.get(public_id=public_id)
    return made


def _make(form, public_id, viewer):
    typed = form.cleaned_data
    if earlier := typed["continues"]:
        other = {"question": typed["question"]} if typed["question"] else {}
        same_people = typed["same_people"]
        return copy_workshop(earlier, typed["title"], viewer, same_people=same_people, public_id=public_id, **other)
    made = Workshop.objects.create(
        team=form.team,
        public_id=public_id,
        title=typed["title"],
        question=typed["question"],
        time_zone=settings.TIME_ZONE,
    )
    audit.record(made, viewer, audit.Action.MADE)
    return made


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request, public_id):
    """The brief: what is asked about whom, who sees what, until when."""
    workshop = facilitated(request, public_id)
    if request.method != "POST":
        return render_setup(request, workshop, BriefForm(workshop=workshop))
    form = BriefForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return render_setup(request, workshop, form, seen=request.POST.get("seen", ""), status=422)
    try:
        brief.save(workshop, form.values(), seen=request.POST.get("seen", ""), viewer=request.viewer)
    except brief.CannotLoosen as refusal:
        form.add_error("candour", str(refusal))
        return render_setup(request, workshop, form, seen=request.POST.get("seen", ""), status=422)
    except brief.ChangedMeanwhile as change:
        both = compared(form.values(), change.stored)
        return render_setup(request, workshop, form, both=both, seen=brief.version_of(change.stored), status=409)
    messages.success(request, _("Saved."))
    return redirect("setup", public_id)


def render_setup(request, workshop, form, *, both=(), seen=None, status=200):
    """The page, with a refused form as it was typed; `both` are the lines that somebody else has saved otherwise."""
    context = frame(request, workshop) | {
        "form": form,
        "seen_brief": brief.version_of(brief.values_of(workshop)) if seen is None else seen,
        "both": both,
        "modes": modes(form),
        "table": promises.table(),
        "missing": still_missing(workshop),
        "voices": missing_voices(workshop),
        "is_owner": Membership.objects.of(request.viewer, workshop.team_id).is_owner,
        "keeper": salted_hmac("workshops.keep", str(request.viewer.user.pk), algorithm="sha256").hexdigest()[:16],
    }
    return render(request, "workshops/setup.html", context, status=status)


@require_safe
def preview(request, public_id):
    """The pre-work as a participant meets it, switched off: nothing is kept and nobody is counted."""
    workshop = facilitated(request, public_id)
    sheet = BlankSheet(request.GET.get("step"))
    show = write.show_view if sheet.step == "view" else write.show_warm_up
    return show(request, workshop, sheet)


@require_safe
def promise(request, public_id):
    """Who sees what in this workshop, for everybody who may open it."""
    workshop = workshop_for(request, public_id)
    k_roles = workshop.k if workshop.candour != Workshop.Candour.TEAM else candour.SMALLEST[Workshop.Candour.ROLES]
    k_team = max(workshop.k, candour.SMALLEST[Workshop.Candour.TEAM])
    context = frame(request, workshop) | {
        "sentence": promises.sentence(workshop),
        "said": [promises.until_the_reveal(), promises.reuse()],
        "limits": promises.honest_limits(),
        "table": promises.table(k_roles=k_roles, k_team=k_team),
    }
    return render(request, "workshops/promise.html", context)


@require_safe
def live_ics(request, public_id):
    """The live session for one's calendar; 404 while it has no date."""
    workshop = workshop_for(request, public_id)
    if workshop.live_at is None:
        raise Http404
    return HttpResponse(
        calendar_file.live_session(workshop),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="parallax-live-session.ics"'},
    )
