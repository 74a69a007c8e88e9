from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from workshops import jobs, rating_seat, writing_seat
from workshops.differences import Differences

from .opening import may_facilitate, not_shown_yet, results_for, shared, workshop_for


@require_safe
def workshop(request, public_id):
    """The workshop's own address leads to what this viewer can do now."""
    found = workshop_for(request, public_id)
    return redirect(_where(request.viewer, found), found.public_id)


def _where(viewer, workshop):
    """The name of the page: to run it, to write or rate, to know that one's own is in, or to see what there is."""
    you = viewer.participant_in(workshop)
    if may_facilitate(viewer, workshop):
        return "diff" if workshop.is_revealed else "overview"
    if you is not None and writing_seat.is_open(workshop, you):
        return "write-thanks" if you.has_submitted else "write"
    if you is not None and rating_seat.is_open(workshop):
        return "rate"
    return "diff"


@require_safe
def diff(request, public_id):
    """Where the team sees the customer differently; before the reveal, what is still missing."""
    results = results_for(request, public_id)
    if not results.is_shown:
        return not_shown_yet(request, results)
    part = "#differences" if request.GET.get("part") == "differences" else ""
    if part and request.GET.get("have") == results.version:
        return HttpResponse(status=204)  # the page has it already
    context = shared(results) | {"differences": Differences(results, request.GET)}
    return render(request, f"workshops/diff.html{part}", context)


@require_safe
def job(request, public_id):
    """How far the computation is: the line above the page, read again while it moves."""
    return render(request, "workshops/_job.html", shared(results_for(request, public_id)))


@require_POST
def analyses(request, public_id):
    """Ask for the findings to be computed anew."""
    results = results_for(request, public_id)
    if not results.may_facilitate:
        raise PermissionDenied
    with transaction.atomic():
        jobs.request_analysis(results.workshop)
    if request.htmx:
        return render(request, "workshops/_job.html", shared(results))
    return redirect("diff", results.workshop.public_id)
