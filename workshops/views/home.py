from django.shortcuts import render
from django.views.decorators.http import require_safe

from workshops.models import Membership, Workshop

from . import site


@require_safe
def home(request):
    """What waits for a signed-in person; for a stranger, what Parallax is."""
    if request.viewer.user is None:
        return site.landing(request)
    workshops = Workshop.objects.visible_to(request.viewer).select_related("team", "segment", "current_analysis")
    memberships = Membership.objects.filter(user=request.viewer.user).select_related("team", "role")
    return render(
        request,
        "workshops/home.html",
        {"workshops": workshops, "memberships": memberships.order_by("team__name", "team_id")},
    )
