"""What a workshop holds of the person who looks: to see, to download, to withdraw; and their devices."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workshops import live, my_data_words, withdrawing
from workshops import my_data as domain
from workshops.viewer import device_hashes, forget_device

from .opening import frame, workshop_for


def _seated(request, public_id):
    """The workshop and the viewer's own seat, observers included; 404 for whoever has none."""
    workshop = workshop_for(request, public_id)
    seat = request.viewer.seat_in(workshop)
    if seat is None:
        raise Http404
    return workshop, seat


@require_safe
def my_data(request, public_id):
    """Everything of mine on one page."""
    workshop, seat = _seated(request, public_id)
    held = device_hashes(request.session)
    devices = [(device, device.secret_hash in held) for device in seat.devices.all()]
    data = my_data_words.in_words(domain.of(seat))
    return render(request, "workshops/my_data.html", frame(request, workshop) | {"data": data, "devices": devices})


@require_safe
def download(request, public_id):
    """The same as a file."""
    workshop, seat = _seated(request, public_id)
    text = json.dumps(domain.of(seat), ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = slugify(workshop.title)[:60] or "workshop"
    response["Content-Disposition"] = f'attachment; filename="my-data-{name}.json"'
    return response


@require_POST
def device(request, public_id, device_id):
    """Sign one device out, at once."""
    workshop, seat = _seated(request, public_id)
    found = get_object_or_404(seat.devices, public_id=device_id)
    found.delete()
    live.close_streams([workshop])
    if found.secret_hash in device_hashes(request.session):
        forget_device(request, found)
        messages.success(request, _("This browser is signed out."))
        return redirect("home")
    messages.success(request, _("That device is signed out."))
    return redirect("my-data", public_id)


@require_POST
def other_devices(request, public_id):
    """Sign every other device out."""
    workshop, seat = _seated(request, public_id)
    seat.devices.exclude(secret_hash__in=device_hashes(request.session)).delete()
    live.close_streams([workshop])
    messages.success(request, _("All other devices are signed out."))
    return redirect("my-data", public_id)


def _asked(request, workshop, seat):
    return frame(request, workshop) | {"seat": seat, "were_shown": withdrawing.were_shown(workshop)}


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request, public_id):
    """What withdrawing does, and a button that does it."""
    workshop, seat = _seated(request, public_id)
    if request.method != "POST":
        return render(request, "workshops/withdrawal.html", _asked(request, workshop, seat))
    if "sure" not in request.POST:
        said = _("Tick that you are sure. Nothing was withdrawn.")
        context = _asked(request, workshop, seat) | {"said": said}
        return render(request, "workshops/withdrawal.html", context, status=422)
    leave = "leave" in request.POST
    withdrawing.withdraw(seat, request.viewer, leave=leave)
    messages.success(request, _("All that you said in this workshop is deleted."))
    return redirect("home") if leave else redirect("my-data", public_id)
