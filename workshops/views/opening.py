"""How every page of results begins: find the workshop that the viewer may open, or say what is still missing."""

from django.shortcuts import get_object_or_404, render

from workshops.models import Workshop
from workshops.results import Results


def results_for(request, public_id):
    """The results of a workshop as this viewer may see them; 404 for whoever may not open it."""
    seen = Workshop.objects.visible_to(request.viewer).select_related("team", "segment", "current_analysis")
    return Results(get_object_or_404(seen, public_id=public_id), request.viewer)


def not_shown_yet(request, results):
    """The page that says what is still missing."""
    return render(request, "workshops/not_shown_yet.html", shared(results))


def shared(results):
    """What the frame around every page of results shows."""
    workshop = results.workshop
    return {
        "workshop": workshop,
        "results": results,
        "job": workshop.jobs.order_by("-pk").first(),
        "may_recompute": results.may_facilitate,
    }
