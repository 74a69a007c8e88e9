"""The facilitator's overview: where the workshop is, who is in, and what moves it on."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from workshops import letters, people, reminding, revealing, stages, writing_seat
from workshops.models import Bucket, Letter, Workshop
from workshops.overview import Overview

from .opening import facilitated, frame, workshop_for

Stage = Workshop.Stage
PARTS = ("progress", "findings")  # what is read again by itself


@require_safe
def overview(request, public_id):
    """Where the workshop is; who is in, and how far the findings are, are read again by themselves."""
    workshop = facilitated(request, public_id)
    part = request.GET.get("part", "")
    if part == "findings" and request.GET.get("have") == revealing.state(workshop):
        return HttpResponse(status=204)  # the page has it already, and somebody may be about to press a button in it
    return render_overview(request, workshop, partial=f"#{part}" if part in PARTS else "")


@require_POST
def stage(request, public_id):
    """Move the workshop to another stage; opening writing or rating writes to people if asked to."""
    workshop = facilitated(request, public_id)
    try:
        with transaction.atomic():
            stages.move(workshop, request.POST.get("to", ""), seen=seen_by(request), viewer=request.viewer)
            told = _tell(request, workshop)
    except stages.MovedMeanwhile as reason:
        return refused(request, public_id, reason, 409)
    except stages.CannotMove as reason:
        return refused(request, public_id, reason, 422)
    messages.success(request, " ".join([_MOVED[workshop.stage](), *told]))
    return redirect("overview", public_id)


@require_POST
def reminders(request, public_id):
    """Remind those who are not in. The answer is the same however many they are."""
    workshop = facilitated(request, public_id)
    try:
        reminding.remind(workshop, request.viewer)
    except reminding.CannotRemind as reason:
        return refused(request, public_id, reason, 422)
    messages.success(request, _("Reminders go to those who are not in."))
    return redirect("overview", public_id)


@require_POST
def late(request, public_id):
    """Let one late person write, or end that for one or for everybody."""
    workshop = facilitated(request, public_id)
    chosen = request.POST.get("participant", "")
    person = get_object_or_404(workshop.participants, public_id=chosen) if chosen else None
    if "end" in request.POST:
        stages.end_late_writing(workshop, person)
        messages.success(request, _("Writing is closed again. What was submitted stays in."))
        return redirect("overview", public_id)
    if person is None:
        return refused(request, public_id, _("Choose who may write."), 422)
    try:
        _reopen(request, person)
    except stages.CannotMove as reason:
        return refused(request, public_id, reason, 422)
    messages.success(request, _("%(name)s may write until the workshop moves on.") % {"name": person.name})
    return redirect("overview", public_id)


@require_safe
def stage_line(request, public_id):
    """For pages that are open while the stage moves: a line that says so, and nothing else of the page changes."""
    workshop = workshop_for(request, public_id)
    you = request.viewer.participant_in(workshop)
    context = {
        "workshop": workshop,
        "you": you,
        "seen": request.GET.get("seen", ""),
        "may_write": you is not None and writing_seat.is_open(workshop, you),
    }
    return render(request, "workshops/_moved.html", context)


def render_overview(request, workshop, *, refusal="", partial="", status=200):
    """The page, or what was refused on top of it."""
    context = frame(request, workshop) | {
        "overview": Overview(workshop, request.viewer),
        "refusal": refusal,
        "job": workshop.jobs.order_by("-pk").first(),
        "may_recompute": True,
    }
    return render(request, f"workshops/overview.html{partial}", context, status=status)


def refused(request, public_id, reason, status):
    """The page as it is now, with why nothing was done."""
    return render_overview(request, workshop_for(request, public_id), refusal=str(reason), status=status)


def seen_by(request):
    """Which moves of the stage the page knew of; one that does not say so knew of none that there is."""
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else -1


def _tell(request, workshop):
    """Write to people about the stage that has opened, where that was asked for."""
    if workshop.stage == Stage.WRITE and "invite" in request.POST:
        count = people.invite(workshop, people.not_invited(workshop), request.viewer)
        said = ngettext("An invitation is on its way.", "%(n)d invitations are on their way.", count)
        return [said % {"n": count}] if count else []
    if workshop.stage == Stage.RATE and "tell" in request.POST:
        return [_tell_to_rate(request, workshop)]
    return []


def _tell_to_rate(request, workshop):
    try:
        reminding.remind(workshop, request.viewer)
    except reminding.CannotRemind as reason:
        return str(reason)
    return _("A mail to everybody who takes part is on its way.")


@transaction.atomic
def _reopen(request, person):
    """Open writing for one person, with a mail if asked for, unless they have had enough mail for now."""
    is_new = stages.reopen_for(person, request.viewer)
    wanted = is_new and "remind" in request.POST and letters.address_of(person)
    if wanted and Bucket.objects.take("letters", person.pk, most=5, seconds=3600):
        letters.ask(Letter.Kind.REMINDER, participant=person)


_MOVED = {
    Stage.SETUP: lambda: _("It is back at setup. Nobody can write now; nothing is deleted."),
    Stage.WRITE: lambda: _("Writing is open."),
    Stage.CONSOLIDATE: lambda: _("Writing is closed. What was submitted is in."),
    Stage.RATE: lambda: _("The rating is open. Nobody sees an answer until you close it."),
    Stage.LIVE: lambda: _("The rating is closed. Nobody is shown anything until you reveal it."),
    Stage.CLOSED: lambda: _("The workshop is closed. All its pages stay."),
}
