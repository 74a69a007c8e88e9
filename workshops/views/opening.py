"""How pages begin: find the workshop that the viewer may open, and ask for the right to do what the page does."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from workshops.missing import Missing
from workshops.models import Membership, Workshop
from workshops.results import Results


def workshop_for(request, public_id):
    """The workshop, with team and segment at hand; 404 for whoever may not open it."""
    seen = Workshop.objects.visible_to(request.viewer).select_related("team", "segment", "current_analysis")
    return get_object_or_404(seen, public_id=public_id)


def facilitated(request, public_id):
    """The workshop, for its facilitators; 403 for others who may open it, 404 for everybody else."""
    workshop = workshop_for(request, public_id)
    if not may_facilitate(request.viewer, workshop):
        raise PermissionDenied
    return workshop


def may_facilitate(viewer, workshop):
    """Whether this viewer runs the workshop: owners and facilitators of its team do."""
    membership = Membership.objects.of(viewer, workshop.team_id)
    return membership is not None and membership.may_facilitate


def taking_part(request, public_id):
    """The workshop and the viewer's own participant in it; 404 for whoever does not take part."""
    workshop = workshop_for(request, public_id)
    participant = request.viewer.participant_in(workshop)
    if participant is None:
        raise Http404
    return workshop, participant


def frame(request, workshop):
    """What the frame around every page of a workshop shows: who is looking, and where they can go."""
    return {
        "workshop": workshop,
        "seat": request.viewer.seat_in(workshop),
        "you": request.viewer.participant_in(workshop),
        "may_facilitate": may_facilitate(request.viewer, workshop),
        "is_member": Membership.objects.of(request.viewer, workshop.team_id) is not None,
    }


def results_for(request, public_id):
    """The results of a workshop as this viewer may see them; 404 for whoever may not open it."""
    return Results(workshop_for(request, public_id), request.viewer)


def not_shown_yet(request, results):
    """The page that says what is still missing, or only the part of it that is read again."""
    missing = Missing(results)
    part = "#differences" if request.GET.get("part") == "differences" else ""
    if part and request.GET.get("have") == missing.version:
        return HttpResponse(status=204)  # the page has it already
    return render(request, f"workshops/not_shown_yet.html{part}", shared(results) | {"missing": missing})


def shared(results):
    """What the frame around every page of results shows."""
    workshop = results.workshop
    return {
        "workshop": workshop,
        "you": results.you,
        "may_facilitate": results.may_facilitate,
        "is_member": results.membership is not None,
        "results": results,
        "job": workshop.jobs.order_by("-pk").first(),
        "may_recompute": results.may_facilitate,
    }
