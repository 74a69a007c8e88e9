from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workshops import audit, live
from workshops.erasing import erase_workshop
from workshops.forms.keeping import DeletionForm
from workshops.models import Membership, Workshop

from .opening import facilitated, frame


@require_POST
def archive(request, public_id):
    """Put the workshop away, closed to new people; or, with `restore`, bring it back."""
    workshop = facilitated(request, public_id)
    if "restore" in request.POST:
        action, said = audit.Action.RESTORED, _("“%(title)s” is back from the archive.")
    else:
        action, said = audit.Action.ARCHIVED, _("“%(title)s” is archived. Nobody can join it now; nothing is lost.")
    is_archived = action == audit.Action.ARCHIVED
    waiting = Workshop.objects.filter(pk=workshop.pk, archived_at__isnull=is_archived)
    with transaction.atomic():
        if waiting.update(archived_at=timezone.now() if is_archived else None):
            audit.record(workshop, request.viewer, action)
            live.announce(workshop, "stage")
    messages.success(request, said % {"title": workshop.title})
    return redirect("setup", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request, public_id):
    """Delete the workshop with all that was answered in it, once its title is typed. Owners only."""
    workshop = facilitated(request, public_id)
    if not Membership.objects.of(request.viewer, workshop.team_id).is_owner:
        raise PermissionDenied
    form = DeletionForm(request.POST if request.method == "POST" else None, workshop=workshop)
    if form.is_valid():
        with suppress(Workshop.DoesNotExist):  # somebody else deleted it a moment ago
            erase_workshop(workshop)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": workshop.title})
        return redirect("team", workshop.team.public_id)
    context = frame(request, workshop) | {"form": form, "people": workshop.participants.count()}
    return render(request, "workshops/delete_workshop.html", context, status=422 if form.is_bound else 200)
