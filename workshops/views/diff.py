from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from workshops import jobs
from workshops.differences import Differences

from .opening import results_for, shared


@require_safe
def workshop(request, public_id):
    """The workshop's own address leads to what it shows now."""
    return redirect("diff", results_for(request, public_id).workshop.public_id)


@require_safe
def diff(request, public_id):
    """Where the team sees the customer differently; before the reveal, what is still missing."""
    results = results_for(request, public_id)
    part = "#differences" if request.GET.get("part") == "differences" else ""
    if part and request.GET.get("have") == results.version:
        return HttpResponse(status=204)  # the page has it already
    if not results.is_shown:
        return render(request, f"workshops/not_shown_yet.html{part}", shared(results))
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
