"""Files on the web: what may be taken out of a workshop, and a workshop made of a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workshops import downloads, uploading
from workshops.files.refusals import FileRefused
from workshops.forms.upload import UploadForm
from workshops.models import Membership, Team, Workshop

from .opening import frame, workshop_for


@require_safe
def files(request, public_id):
    """What this viewer may take, and why not the rest."""
    return render_files(request, workshop_for(request, public_id))


@require_POST
def download(request, public_id, name):
    """One file; that it was taken stands in the audit trail."""
    workshop = workshop_for(request, public_id)
    try:
        with transaction.atomic():
            file = downloads.of(downloads.locked(workshop), request.viewer).take(name)
    except (KeyError, Workshop.DoesNotExist):
        raise Http404 from None
    except downloads.NotAllowed as reason:
        raise PermissionDenied(str(reason)) from None
    except downloads.NotNow as reason:
        return render_files(request, workshop, refusal=str(reason), status=409)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


def render_files(request, workshop, *, refusal="", status=200):
    """The page, with why a file was not given on top of it."""
    context = frame(request, workshop) | {"downloads": downloads.of(workshop, request.viewer), "refusal": refusal}
    return render(request, "workshops/files.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, public_id):
    """Make a workshop of a file; what is wrong with the file is told with its place in it."""
    team = get_object_or_404(Team.objects.visible_to(request.viewer), public_id=public_id)
    mine = Membership.objects.of(request.viewer, team)
    if not mine.may_facilitate:
        raise PermissionDenied
    if request.method != "POST":
        return _asked(request, UploadForm(team=team))
    form = UploadForm(request.POST, request.FILES, team=team)
    if not form.is_valid():
        return _asked(request, form, status=form.status)
    try:
        made = uploading.upload(form.said(), mine, request.viewer)
    except uploading.TooOften as reason:
        return _asked(request, form, too_often=str(reason), status=429)
    except FileRefused as refusal:
        return _asked(request, form, refusal=refusal, status=422)
    messages.success(request, made.sentence)
    return redirect("setup" if made.is_list else "workshop", made.workshop.public_id)


def _asked(request, form, *, status=200, **refused):
    """The form, with what is wrong with the file that was sent."""
    return render(request, "workshops/upload.html", {"team": form.team, "form": form} | refused, status=status)
