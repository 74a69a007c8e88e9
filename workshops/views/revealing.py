"""What opens the findings: to facilitators, to everybody, or one item of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workshops import revealing

from .opening import facilitated
from .overview import refused, seen_by


@require_POST
def preparation(request, public_id):
    """Open the findings to the facilitators, without names."""
    workshop = facilitated(request, public_id)
    try:
        revealing.prepare(workshop, request.viewer, seen=seen_by(request))
    except revealing.CannotReveal as reason:
        return refused(request, public_id, reason, _status(reason))
    messages.success(request, _("You see the findings now, without names. Nobody else does."))
    return redirect("diff", public_id)


@require_POST
def reveal(request, public_id):
    """Open the findings to everybody."""
    workshop = facilitated(request, public_id)
    try:
        revealing.reveal(workshop, request.viewer, seen=seen_by(request))
    except revealing.CannotReveal as reason:
        return refused(request, public_id, reason, _status(reason))
    messages.success(request, _("Everything is revealed. Open pages of the others show it by themselves."))
    return redirect("diff", public_id)


@require_POST
def item_reveal(request, public_id, item_id):
    """Open one item to those who take part."""
    workshop = facilitated(request, public_id)
    item = get_object_or_404(workshop.items.select_related("workshop"), public_id=item_id)
    try:
        revealing.reveal_item(item, request.viewer, seen=seen_by(request))
    except revealing.CannotReveal as reason:
        return refused(request, public_id, reason, _status(reason))
    messages.success(request, _("This item is revealed to everybody who takes part."))
    return redirect("item", public_id, item_id)


def _status(reason):
    return 409 if isinstance(reason, revealing.DoneMeanwhile) else 422
