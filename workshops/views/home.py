from django.shortcuts import render
from django.views.decorators.http import require_safe

from workshops.home_page import add_what_waits
from workshops.models import Membership, Workshop

from . import site


@require_safe
def home(request):
    """What waits for a signed-in person, or a guest with a seat; for a stranger, what Parallax is."""
    user = request.viewer.user
    if user is None and not any(seat.is_admitted for seat in request.viewer.seats):
        return site.landing(request)
    workshops = list(Workshop.objects.visible_to(request.viewer).select_related("team", "segment", "current_analysis"))
    mine = Membership.objects.filter(user=user) if user else Membership.objects.none()
    memberships = list(mine.select_related("team", "role").order_by("team__name", "team_id"))
    add_what_waits(workshops, request.viewer, memberships)
    context = {
        "workshops": [each for each in workshops if each.archived_at is None],
        "archived": [each for each in workshops if each.archived_at is not None],
        "memberships": memberships,
        "facilitated": [each.team for each in memberships if each.may_facilitate],
    }
    return render(request, "workshops/home.html", context)
