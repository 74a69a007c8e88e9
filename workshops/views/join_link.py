"""The code, link and QR by which guests come in, big enough for a projector or a sheet of paper."""

import io

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from workshops import people as domain
from workshops import people_page

from .opening import facilitated, frame


@require_http_methods(["GET", "HEAD", "POST"])
def join_link(request, public_id):
    """The join link; a POST makes another one."""
    workshop = facilitated(request, public_id)
    if request.method == "POST":
        domain.renew_join_code(workshop, request.viewer)
        messages.success(request, _("There is a new code. The old one, its link and its QR lead nowhere now."))
        return redirect("join-link", public_id)
    context = frame(request, workshop) | {
        "join_address": people_page.join_address(workshop),
        "short_address": people_page.short_address(),
        "join_code": people_page.grouped(workshop.join_code),
    }
    return render(request, "workshops/join_link.html", context)


@require_safe
@never_cache
def picture(request, public_id):
    """The QR code as an SVG, dark on light whatever the page's colours are, so that every camera reads it."""
    workshop = facilitated(request, public_id)
    drawn = io.BytesIO()
    code = segno.make(people_page.join_address(workshop), error="m", micro=False)
    code.save(drawn, kind="svg", dark="#000", light="#fff", border=4, omitsize=True, xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
