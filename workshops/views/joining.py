"""Coming in without an account: by personal link, by code, by QR."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workshops import joining, limits, promises
from workshops.forms.joining import CodeForm, GuestForm, LostLinkForm, new_nonce
from workshops.models import Membership, Workshop
from workshops.viewer import admit

# In the session: the workshops at whose door this browser waited, to tell a guest who was sent away from a stranger.
KNOCKED_KEY = "knocked"
MOST_KNOCKED = 20


def _private(response):
    """The address of this page lets somebody in: it goes into no referrer and no index.

    Not `no-referrer`: with that, browsers send the form from "nowhere", and Django refuses it.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


# -- a personal link ---------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def personal_link(request, token):
    """Ask whether to continue as this person; only the button signs in, so that a scanner of mail changes nothing."""
    person = joining.participant_of_link(token)
    if person is None:
        return _private(render(request, "joining/dead_link.html", status=404))
    here = request.viewer.seat_in(person.workshop)
    if request.method == "POST":
        # Of two seats that a browser holds in one workshop, the one taken last counts.
        if person not in request.viewer.seats or here != person:
            admit(request, person)
        return _private(redirect("workshop" if person.is_admitted else "waiting", person.workshop.public_id))
    context = {"person": person, "workshop": person.workshop, "other": here if here and here != person else None}
    return _private(render(request, "joining/personal_link.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request):
    """Mail a new link. The answer is the same whether anybody has this address."""
    form = LostLinkForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "joining/lost_link.html", {"form": form}, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    if limits.may_ask_for_link(request, email):
        joining.send_lost_links(email)
    return render(request, "joining/lost_link.html", {"form": form, "asked": email})


# -- a code, or the link behind it -------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request):
    """Type the code from the wall. Misses are counted, for one visitor and for all."""
    slow = limits.is_under_attack()
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask_for_code(request, form, slow, status=422 if form.is_bound else 200)
    if slow and not limits.use_ticket(form.cleaned_data["ticket"]):
        form.add_error("code", _("Many codes are being tried just now. Wait five seconds, and press the button again."))
        return _ask_for_code(request, form, slow, status=429, wait=limits.WAIT)
    try:
        workshop = limits.guess(request, partial(joining.workshop_of_code, form.cleaned_data["code"]))
    except limits.TooManyMisses:
        form.add_error("code", _("Too many codes were tried from here. Wait a minute, or use the QR code."))
        return _ask_for_code(request, form, slow, status=429)
    if workshop is None:
        form.add_error("code", _("No workshop has this code. Look at it once more: it has eight letters and digits."))
        return _ask_for_code(request, form, slow, status=422)
    return _private(redirect("join", workshop.join_token))


def _ask_for_code(request, form, slow, status, wait=60):
    context = {"form": form, "ticket": limits.new_ticket() if slow else ""}
    response = render(request, "joining/join_code.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(wait)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def join(request, token):
    """Say who one is. Members of the team are in at once; everybody else waits for the facilitator."""
    workshop = joining.workshop_of_token(token)
    if workshop is None:
        return _private(render(request, "joining/nobody_any_more.html", status=404))
    if request.viewer.seat_in(workshop) is not None:
        return _private(redirect("waiting", workshop.public_id))
    form = GuestForm(request.POST or None, team=workshop.team, initial=_known(request, workshop))
    if request.method != "POST" or not form.is_valid():
        return _ask_who(request, workshop, form, status=422 if form.is_bound else 200)
    try:
        seat, token = joining.join(workshop, viewer=request.viewer, **form.cleaned_data)
    except joining.Full:
        return _private(render(request, "joining/nobody_any_more.html", status=409))
    admit(request, seat)
    if not seat.is_admitted:
        knocked = [*request.session.get(KNOCKED_KEY, []), workshop.public_id]
        request.session[KNOCKED_KEY] = knocked[-MOST_KNOCKED:]
    if not token:
        return _private(redirect("waiting", workshop.public_id))
    link = settings.SITE_URL + reverse("personal-link", args=[token])
    return _private(render(request, "joining/your_link.html", {"workshop": workshop, "seat": seat, "link": link}))


def _known(request, workshop):
    """What a signed-in member need not type."""
    member = Membership.objects.of(request.viewer, workshop.team_id)
    known = {"name": request.viewer.user.name, "email": request.viewer.user.email} if member else {}
    return known | {"nonce": new_nonce(), "role": member.role if member else None}


def _ask_who(request, workshop, form, status):
    context = {"workshop": workshop, "form": form, "promise": promises.sentence(workshop)}
    return _private(render(request, "joining/join.html", context, status=status))


@require_safe
def waiting(request, public_id):
    """Where a guest waits until the facilitator lets them in; the page looks every few seconds by itself."""
    workshop = Workshop.objects.filter(public_id=public_id).select_related("team").first()
    seat = workshop and request.viewer.seat_in(workshop)
    part = "#lobby" if request.htmx else ""
    if seat is None and workshop is not None and public_id in request.session.get(KNOCKED_KEY, []):
        return render(request, f"joining/turned_away.html{part}")
    if seat is None:
        raise Http404
    if seat.is_admitted:
        address = reverse("workshop", args=[public_id])
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    return render(request, f"joining/waiting.html{part}", {"workshop": workshop, "seat": seat})
