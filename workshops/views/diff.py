from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from workshops import jobs
from workshops.differences import Differences
from workshops.models import Workshop


@require_safe
def workshop(request, public_id):
    """The workshop's own address leads to what it shows now."""
    found = get_object_or_404(Workshop.objects.visible_to(request.viewer), public_id=public_id)
    return redirect("diff", found.public_id)


@require_safe
def diff(request, public_id):
    """Where the team sees the customer differently; before the reveal, what is still missing."""
    found = _found(request, public_id)
    context = _job_context(request, found)
    part = "#differences" if request.GET.get("part") == "differences" else ""
    if not found.is_shown:
        return render(request, f"workshops/not_shown_yet.html{part}", context)
    context["differences"] = Differences(found, request.viewer)
    return render(request, f"workshops/diff.html{part}", context)


@require_safe
def job(request, public_id):
    """How far the computation is: the line above the page, read again while it moves."""
    found = _found(request, public_id)
    return render(request, "workshops/_job.html", _job_context(request, found))


@require_POST
def analyses(request, public_id):
    """Ask for the findings to be computed anew."""
    found = _found(request, public_id)
    if not found.may_be_facilitated_by(request.viewer):
        raise PermissionDenied
    with transaction.atomic():
        jobs.request_analysis(found)
    if request.htmx:
        return render(request, "workshops/_job.html", _job_context(request, found))
    return redirect("diff", found.public_id)


def _job_context(request, found):
    return {
        "workshop": found,
        "job": found.jobs.order_by("-pk").first(),
        "may_recompute": found.may_be_facilitated_by(request.viewer),
    }


def _found(request, public_id):
    seen = Workshop.objects.visible_to(request.viewer).select_related("team", "segment", "current_analysis")
    return get_object_or_404(seen, public_id=public_id)
