from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workshops import trail

from .opening import frame, workshop_for

PER_PAGE = 50


@require_safe
def audit(request, public_id):
    """Who did what to the workshop, for everybody in it."""
    workshop = workshop_for(request, public_id)
    page = Paginator(workshop.audit.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = frame(request, workshop) | {"page": page}
    knows_items = workshop.is_revealed or context["you"] is not None or context["may_facilitate"]
    told = {"shows_addresses": context["is_member"], "shows_items": knows_items}
    context["lines"] = [trail.line(entry, workshop, **told) for entry in page]
    return render(request, "workshops/audit.html", context)
