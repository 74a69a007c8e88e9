"""One person of a workshop, for its facilitators: name and role, links, a successor, the way out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workshops import people as domain
from workshops import people_page
from workshops.forms.people import PersonForm, ReplacementForm
from workshops.models import Participant

from .opening import facilitated, frame


@require_http_methods(["GET", "HEAD", "POST"])
def person(request, public_id, person_id):
    """A person; a POST gives them another name or role."""
    found = _found(request, public_id, person_id)
    if request.method != "POST":
        return render_person(request, found)
    form = PersonForm(request.POST, person=found)
    if not form.is_valid():
        return render_person(request, found, form=form, status=422)
    try:
        domain.change(found, form.cleaned_data["name"], form.cleaned_data.get("role"), request.viewer)
    except domain.CannotChange as reason:
        form.add_error("role", str(reason))
        return render_person(request, found, form=form, status=422)
    messages.success(request, _("Saved for %(name)s.") % {"name": found.name})
    return redirect("people", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, public_id, person_id):
    """Ask whether to remove somebody; a POST does it."""
    found = _found(request, public_id, person_id)
    if request.method != "POST":
        return _render(request, found, "workshops/person_removal.html")
    try:
        domain.remove(found, request.viewer)
    except domain.CannotChange:  # the page says why
        return _render(request, found, "workshops/person_removal.html", status=422)
    messages.success(request, _("%(name)s is no longer in this workshop.") % {"name": found.name})
    return redirect("people", public_id)


@require_POST
def replacement(request, public_id, person_id):
    """Put somebody else in their place."""
    found = _found(request, public_id, person_id)
    form = ReplacementForm(request.POST, person=found)
    if not form.is_valid():
        return render_person(request, found, replacement_form=form, status=422)
    try:
        successor = domain.replace(found, form.newcomer(), request.viewer)
    except domain.CannotChange as reason:
        form.add_error(None, str(reason))
        return render_person(request, found, replacement_form=form, status=422)
    said = _("%(name)s is in the place of %(before)s now.")
    messages.success(request, said % {"name": successor.name, "before": found.name})
    return redirect("people", public_id)


@require_POST
def admission(request, public_id, person_id):
    """Let a waiting guest in, or turn them away."""
    found = _found(request, public_id, person_id)
    if "turn_away" in request.POST:
        done, said = domain.turn_away(found, request.viewer), _("%(name)s was turned away.")
    else:
        done, said = domain.accept(found, request.viewer), _("%(name)s is in.")
    if not done:
        said = _("%(name)s was let in already.")
    messages.success(request, said % {"name": found.name})
    return redirect("people", public_id)


@require_POST
def invitation(request, public_id, person_id):
    """Mail them their invitation, for the first time or again."""
    found = _found(request, public_id, person_id)
    if domain.invite_one(found, request.viewer):
        messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": found.name})
    else:
        messages.error(request, _("%(name)s cannot be sent one now.") % {"name": found.name})
    return redirect("people", public_id)


@require_POST
def link(request, public_id, person_id):
    """Mail them a new link instead of those they had."""
    found = _found(request, public_id, person_id)
    try:
        domain.send_new_link(found, request.viewer)
    except domain.CannotChange as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("A new link for %(name)s is on its way.") % {"name": found.name})
    return redirect("person", public_id, person_id)


@require_POST
def access(request, public_id, person_id):
    """End their links and sign out their browsers."""
    found = _found(request, public_id, person_id)
    domain.lock_out(found, request.viewer)
    messages.success(request, _("The links of %(name)s lead nowhere now, and no browser is in.") % {"name": found.name})
    return redirect("person", public_id, person_id)


def _found(request, public_id, person_id):
    """The person, for the facilitators of their workshop."""
    workshop = facilitated(request, public_id)
    people = Participant.everybody.filter(workshop=workshop).select_related("workshop__team", "role", "user")
    return get_object_or_404(people, public_id=person_id)


def render_person(request, found, *, form=None, replacement_form=None, status=200):
    """The page, with a refused form as it was typed."""
    return _render(
        request,
        found,
        "workshops/person.html",
        status=status,
        form=form or PersonForm(person=found),
        replacement_form=replacement_form or ReplacementForm(person=found),
    )


def _render(request, found, template, *, status=200, **more):
    context = frame(request, found.workshop) | {"page": people_page.Person(found), "person": found} | more
    return render(request, template, context, status=status)
